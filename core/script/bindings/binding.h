// core/script/bindings/binding.h - what the bindings of dates, facts, measures and documents share.
#ifndef DTL_SCRIPT_BINDING_H
#define DTL_SCRIPT_BINDING_H

#include <lauxlib.h>
#include <lua.h>

#include "script/bindings/session.h"
#include "script/sandbox/state.h"

// The native modules: each is a lua_CFunction for dtl_state_add_native and pushes one table.
int dtl_open_date(lua_State *L);     // native.date
int dtl_open_fact(lua_State *L);     // native.fact
int dtl_open_measure(lua_State *L);  // native.measure
int dtl_open_data(lua_State *L);     // native.data
int dtl_open_doc(lua_State *L);      // native.doc
int dtl_open_sql(lua_State *L);      // native.sql
int dtl_open_run(lua_State *L);      // native.run
int dtl_open_reasons(lua_State *L);  // native.reasons
int dtl_open_tools(lua_State *L);    // native.tools
int dtl_open_plugins(lua_State *L);  // native.plugins
// refuse(reason): the data cannot say; the run ends with that reason (exit status 1).
int dtl_refuse(lua_State *L);
void dtl_open_node(lua_State *L);  // no module: the type of a document's nodes

// All of them, for a state whose context is a dtl_session.
DTL_CHECK
bool dtl_add_natives(dtl_state *state, dtl_error *err);
dtl_session *dtl_session_of(lua_State *L);

// ---- values ----

dtl_str dtl_check_str(lua_State *L, int index);
void dtl_push_str(lua_State *L, dtl_str text);
// The text in the field [key] of the table at [index], which keeps it; {NULL, 0} for anything else.
dtl_str dtl_field_str(lua_State *L, int index, const char *key);
// A date userdata, the text "2024-10-18", or a date fact; else raises with what was expected.
dtl_date dtl_check_date(lua_State *L, int index);
bool dtl_to_date(lua_State *L, int index, dtl_date *out);  // the same without raising
void dtl_push_date(lua_State *L, dtl_date date);           // nil for DTL_DATE_NONE
// The fact at [index], or NULL. Borrowed from the userdata.
const dtl_fact *dtl_to_fact(lua_State *L, int index);
const dtl_fact *dtl_check_fact(lua_State *L, int index);
void dtl_push_fact(lua_State *L, const dtl_fact *fact);  // a copy of its own

// ---- what may be read of a value ----

// One name: a field, or a function with its parameters. __index, hints, completion and the check of
// the definitions for editors all go by these tables.
typedef struct dtl_member {
    const char *name;
    const char *parameters;  // "from, to"; NULL: a field
    lua_CFunction function;  // NULL: a field
} dtl_member;

typedef struct dtl_members {
    const dtl_member *all;
    size_t count;
} dtl_members;

extern const dtl_members dtl_date_members;
extern const dtl_members dtl_fact_members;
extern const dtl_members dtl_measure_members;
extern const dtl_members dtl_sql_functions;
extern const dtl_members dtl_node_members;

// Pushes the table that an __index looks names up in: a field has its place in [members], a function
// is there itself.
void dtl_push_members(lua_State *L, const dtl_members *members);
// For that __index, whose upvalue 1 is that table: the place of the field that the key at 2 names; or -1,
// with the function that it names on the top. Raises with a hint when it names neither.
lua_Integer dtl_find_member(lua_State *L, dtl_str what, const dtl_members *members);

// For __index of a handle: the key is neither field nor function. Raises "people has no function or
// field 'year_to_dat'", with a hint from [names].
int dtl_raise_no_field(lua_State *L, const char *what, dtl_str key, const dtl_str *names,
                       size_t count);
// An error about argument [index] (1 is the first after the colon) of a function called [name].
int dtl_raise_argument(lua_State *L, const char *name, const char *what, const char *expected);

// Makes the metatable [type] with [meta] (its __-functions) and leaves it on the stack. __metatable
// is its name, so that the library can tell kinds apart and nobody can change it; __name is [what].
void dtl_new_type(lua_State *L, const char *type, const char *what, const luaL_Reg *meta);

// ---- documents ----

// A builder over a document that the caller owns and frees after the state is closed, or after
// dtl_builder_close, from when on the builder refuses every call.
typedef struct dtl_builder dtl_builder;
void dtl_push_builder(lua_State *L, dtl_doc *doc, dtl_buf *warnings);
void dtl_builder_close(lua_State *L, int index);

// Pushes the root of [doc] to be read: what a plugin's renderer or check is given. The caller owns
// [doc] and calls dtl_tree_close with the same index before it frees it; from then on every node of
// it refuses to be read.
void dtl_push_tree(lua_State *L, const dtl_doc *doc);
void dtl_tree_close(lua_State *L, int index);

#endif
