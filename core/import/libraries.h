// core/import/libraries.h - which libraries read the files, for `doctor`.
#ifndef DTL_IMPORT_LIBRARIES_H
#define DTL_IMPORT_LIBRARIES_H

#include "base/buf.h"

// Adds their names and versions: "libcsv 3.0.3, cJSON 1.7.15".
void dtl_import_libraries(dtl_buf *out);

#endif
