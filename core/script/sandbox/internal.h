// core/script/sandbox/internal.h - what the files of this folder share about a state, and nobody else sees.
#ifndef DTL_SCRIPT_INTERNAL_H
#define DTL_SCRIPT_INTERNAL_H

#include <lauxlib.h>

#include "script/sandbox/sources.h"
#include "script/sandbox/state.h"

// The limits of a script's own text.
enum {
    DTL_SCRIPT_MAX_BYTES = 4 * 1024 * 1024
};

// ---- of a state (state.c) ----

dtl_state *dtl_state_of(lua_State *L);
const dtl_state_options *dtl_state_get_options(const dtl_state *state);
dtl_sources *dtl_state_sources(dtl_state *state);
// For a text read on the way into Lua, so that a raise leaks nothing; used at once.
dtl_buf *dtl_state_scratch(dtl_state *state);
// Where the message handler leaves what went wrong, for dtl_state_call.
dtl_error *dtl_state_failure(dtl_state *state);
// Compiles as dtl_state_load does, with the environment on the top (popped), and pushes the function;
// raises on failure.
void dtl_state_compile(lua_State *L, dtl_str name, dtl_str source);

// ---- errors (failure.c) ----

// The message handler of every call from C into a script: fills dtl_state_failure.
int dtl_failure_handle(lua_State *L);
// The message handler of a protected call whose error is raised again: makes the error value one that
// keeps what can only be told where it was raised.
int dtl_failure_keep(lua_State *L);
// Reads an error value without a stack to ask: message, and what a raised dtl_error holds.
void dtl_failure_read(lua_State *L, int index, dtl_error *err);
// Registers the type of raised dtl_errors. Raises when out of memory.
void dtl_failure_open(lua_State *L);
// Turns Lua's own message in [err] into one for an analyst, with caret and hint. [level]: the
// script's frame, or -1 when there is none (any more).
void dtl_explain(lua_State *L, int level, dtl_error *err);

// ---- the environments (environment.c, base_library.c) ----

// Fills a new state: the library's globals, the scripts' allow-list, the strings' metatable.
void dtl_environment_open(lua_State *L);
// Pushes a fresh environment for one script, whose require is the function on the top (popped).
void dtl_environment_push(lua_State *L);
// Pushes a view of the table at [index] that cannot be changed, nor can the plain tables in it. When
// [strict], reading a field it does not have is an error that calls it [name].
void dtl_push_read_only(lua_State *L, int index, const char *name, bool strict);
// Pushes the value at [index] as text without addresses; asks __tostring.
dtl_str dtl_push_text(lua_State *L, int index);
// Whether the value at [index] is a table whose metatable may be neither seen nor changed.
bool dtl_is_protected(lua_State *L, int index);
extern const luaL_Reg dtl_base_functions[];         // for the library and for scripts
extern const luaL_Reg dtl_script_base_functions[];  // in place of the library's, for scripts

// Replace what is boundless in the library table on the top (safe_string.c, safe_table.c).
void dtl_make_strings_safe(lua_State *L);
void dtl_make_tables_safe(lua_State *L);

// ---- require (require.c) ----

// Pushes the library's require, or one for a new script, with modules of its own.
void dtl_push_library_require(lua_State *L);
// [plugin]: whose script it is, which then finds its modules in the plugin's folder; "": a report's.
void dtl_push_script_require(lua_State *L, dtl_str plugin);
// Pushes the source and the file's name of a plugin's module; false when there is none. Asks the host.
bool dtl_push_plugin_module(lua_State *L, dtl_str plugin, dtl_str module);

#endif
