// core/script/sandbox/sort.h - a stable sort of a Lua table that ends whatever the comparison says.
#ifndef DTL_SCRIPT_SORT_H
#define DTL_SCRIPT_SORT_H

#include <stddef.h>

#include <lua.h>

// Sorts elements 1 to [size] of the value at index 1 by the function at index 2 (nil: by <). The
// elements are written back at the end: an error on the way leaves the table as it was.
void dtl_sort(lua_State *L, size_t size);

#endif
