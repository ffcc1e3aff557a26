// core/app/shipped.h - files that ship inside the program: templates, and the API's types for editors.
#ifndef DTL_APP_SHIPPED_H
#define DTL_APP_SHIPPED_H

#include "base/arena.h"
#include "base/error.h"

// The text of a shipped file ("templates/report.lua"), or "" when there is none.
dtl_str dtl_shipped_text(const char *name);

// Writes a file that was not there; DTL_EUSAGE when something stands in its place.
DTL_CHECK
bool dtl_shipped_write_new(const char *path, dtl_str bytes, dtl_error *err);

// Lets an editor know the API, in the working directory: the types under .dateline/types (brought up
// to date when they are of another version), and .luarc.json, which points there, unless the project
// has one. Adds what was written to [written], one path a line.
DTL_CHECK
bool dtl_shipped_write_types(dtl_buf *written, dtl_error *err);

#endif
