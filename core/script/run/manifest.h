// core/script/run/manifest.h - a dataset's Lua manifest as a dtl_dataset.
#ifndef DTL_SCRIPT_MANIFEST_H
#define DTL_SCRIPT_MANIFEST_H

#include <lua.h>

#include "store/dataset.h"

// The figures that ship with a manifest: a file beside it, and what is known of its release.
typedef struct dtl_bundled {
    dtl_str file;        // "small-boats-daily.csv"; "" when none ship
    dtl_date published;  // DTL_DATE_NONE: not known
    dtl_moment retrieved;
} dtl_bundled;

// Reads the manifest table on top of the stack; all of [out] lives in [arena]. DTL_EDATA names the
// manifest's field that is missing, unknown or of the wrong type, with a hint. The stack is left as
// it was. Never raises but for memory.
DTL_CHECK
bool dtl_manifest_read(lua_State *L, dtl_str file, dtl_arena *arena, dtl_dataset *out,
                       dtl_bundled *bundled, dtl_error *err);

#endif
