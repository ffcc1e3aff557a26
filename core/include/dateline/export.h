// core/include/dateline/export.h - marks what libdateline shows to other programs; all else is hidden.
#ifndef DTL_INCLUDE_DATELINE_EXPORT_H
#define DTL_INCLUDE_DATELINE_EXPORT_H

#define DTL_API __attribute__((visibility("default")))

#endif
