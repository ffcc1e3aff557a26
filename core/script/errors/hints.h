// core/script/errors/hints.h - what to use instead of what a script reached for.
#ifndef DTL_SCRIPT_HINTS_H
#define DTL_SCRIPT_HINTS_H

#include <lua.h>

#include "base/error.h"

// What to use instead of a standard function, library or module that scripts do not have: "io",
// "os.time", "string.dump", "unpack". NULL when the name is none of Lua's.
const char *dtl_hint_absent(dtl_str name);

// Gathers names to compare a misspelt one with. Pointers are borrowed from Lua strings that the
// tables read hold.
enum {
    DTL_NAMES_MAX = 400
};
typedef struct dtl_names {
    dtl_str all[DTL_NAMES_MAX];
    size_t count;
} dtl_names;

void dtl_names_add(dtl_names *names, dtl_str name);
// The string keys of the value at [index], and of what its metatable's __index leads to. A userdata
// or table whose __index is a function may list its names in the metatable's "__names" (a sequence).
void dtl_names_add_fields(dtl_names *names, lua_State *L, int index);
// The names of the locals and upvalues that the function at [level] sees.
void dtl_names_add_locals(dtl_names *names, lua_State *L, int level);
// Sets the hint "did you mean '...'?" when a name is near enough. Sorts the names.
void dtl_names_suggest(dtl_names *names, dtl_str word, dtl_error *err);

#endif
