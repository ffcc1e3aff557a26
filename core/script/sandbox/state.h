// core/script/sandbox/state.h - one closed Lua state: the shipped library inside, scripts in an allow-list.
//
// Shipped modules ("dateline.phrase", compiled in) are trusted: they see the C modules as
// require "native.NAME". A script sees the allow-list of state.c, its own globals, and through
// require the public modules "dateline.*", modules beside the report and modules that reports share.
// Tables shared between scripts and library are read-only.
#ifndef DTL_SCRIPT_STATE_H
#define DTL_SCRIPT_STATE_H

#include "base/arena.h"
#include "script/sandbox/limits.h"

typedef struct dtl_state dtl_state;

typedef struct dtl_state_options {
    dtl_limits limits;
    const char *module_root;  // the folder of the report, for require; NULL: none
    const char *shared_root;  // a folder of modules for several reports, looked in next; NULL: none
    // Asks the host about plugins (extend.h); NULL: there are none.
    bool (*ask)(void *context, dtl_str question, dtl_buf *answer, dtl_error *err);
    void *ask_context;
    // Where print writes, as whole lines; NULL: nowhere.
    void (*log)(void *context, dtl_str line);
    void *log_context;
    // Told where the script stands before work that cannot be interrupted (dtl_note_place); NULL:
    // nobody.
    void (*at)(void *context, dtl_str file, int64_t line);
    void *at_context;
    // Each failure's frames, those of C and of the library too, go to [log].
    bool debug;
} dtl_state_options;

DTL_CHECK
bool dtl_state_new(const dtl_state_options *options, dtl_state **out, dtl_error *err);
void dtl_state_free(dtl_state *state);  // NULL is allowed
lua_State *dtl_state_lua(dtl_state *state);
dtl_guard *dtl_state_guard(dtl_state *state);

// Adds a C module that only shipped modules can require, as "native.NAME". [open] is called at the
// first require, with the same state.
void dtl_state_add_native(dtl_state *state, const char *name, lua_CFunction open);
// A pointer of the host's that bindings find again: dtl_state_get_context(L).
void dtl_state_set_context(dtl_state *state, void *context);
void *dtl_state_get_context(lua_State *L);

// Compiles [source] (text only: a precompiled chunk is refused by name; a BOM and a '#!' line are
// skipped) as [name] in a fresh script environment and pushes the function. Errors: DTL_ESCRIPT with
// file, line, the source line and what was expected. The source is kept for later messages.
DTL_CHECK
bool dtl_state_load(dtl_state *state, dtl_str name, dtl_str source, dtl_error *err);
// Requires a shipped module with the library's own rights and pushes it.
DTL_CHECK
bool dtl_state_require(dtl_state *state, const char *name, dtl_error *err);
// Calls the function below its [arguments] on the stack, under the limits. On failure the stack is as
// before the function was pushed and [err] says what happened, at the nearest line of a script (never
// of the library or of C), with that line's text, a caret where the name in question stands, and a
// hint.
DTL_CHECK
bool dtl_state_call(dtl_state *state, int arguments, int results, dtl_error *err);

// For bindings, before a call into C that may last and that nothing can interrupt: notes the script's
// line, for the host to name should it have to kill.
void dtl_note_place(lua_State *L);
// Adds one line for each thing that the Lua at hand gets wrong, for `doctor`; none when all is well.
void dtl_state_self_test(dtl_buf *out);

// For bindings: raises an error that keeps all parts of [err] (message, expected, hint), at the
// script's line. Does not return.
int dtl_raise(lua_State *L, const dtl_error *err);
// For bindings: pushes nil and the reason, and notes it, so that a template that meets the nil can
// tell why. Returns 2.
int dtl_push_none(lua_State *L, const dtl_error *err);
// For bindings that do either: DTL_ENONE is nil and a reason, all else is raised.
int dtl_push_failure(lua_State *L, const dtl_error *err);
// Add to [out] why a value is missing: one that the script's line asks for, a variable of it, or
// [slot] in the table that it hands over. Nothing, when no reason noted belongs to it.
void dtl_add_reasons(lua_State *L, dtl_buf *out);
void dtl_add_variable_reasons(lua_State *L, dtl_str name, dtl_buf *out);
void dtl_add_slot_reasons(lua_State *L, dtl_str slot, dtl_buf *out);
void dtl_forget_reasons(lua_State *L);

#endif
