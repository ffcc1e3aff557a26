// core/script/sandbox/ordered.h - pairs and next in an order that is the same in every run.
//
// Lua walks a table by hash, whose seed differs from run to run. Here: positive whole numbers
// upwards, then other numbers upwards, then strings by their bytes, then false and true. A table
// keyed by tables or functions has no such order and is refused.
#ifndef DTL_SCRIPT_ORDERED_H
#define DTL_SCRIPT_ORDERED_H

#include <lua.h>

// pairs(t): respects __pairs.
int dtl_ordered_pairs(lua_State *L);
// next(t [, key]): each step looks through the whole table unless the keys are 1, 2, 3...
int dtl_ordered_next(lua_State *L);
// Pushes the three values of pairs over the table at [index], without asking __pairs and without
// handing out the table itself. Returns 3.
int dtl_push_ordered_pairs(lua_State *L, int index);

#endif
