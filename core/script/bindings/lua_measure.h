// core/script/bindings/lua_measure.h - a measure in Lua: the handle (lua_measure.c) and the questions that may
// be asked of it (lua_question.c).
#ifndef DTL_SCRIPT_LUA_MEASURE_H
#define DTL_SCRIPT_LUA_MEASURE_H

#include "script/bindings/binding.h"

typedef struct dtl_measure_handle dtl_measure_handle;

// The measure at [index], or raises.
const dtl_measure_handle *dtl_check_measure(lua_State *L, int index);
// Reads the series behind [handle] where that has not been done; raises when the store fails.
void dtl_measure_resolve(lua_State *L, const dtl_measure_handle *handle, dtl_measure *out);
dtl_str dtl_measure_handle_name(const dtl_measure_handle *handle);
dtl_str dtl_measure_handle_dataset(const dtl_measure_handle *handle);

int dtl_measure_where(lua_State *L);
int dtl_measure_as_of(lua_State *L);
// Pushes the __index of measures: fields, functions, and a hint for anything else.
void dtl_push_measure_index(lua_State *L);

#endif
