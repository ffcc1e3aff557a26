// core/script/sandbox/base_library.c - the basic functions that scripts get in place of Lua's own.
//
// pcall and xpcall let no broken limit pass; setmetatable refuses what would run code outside the
// limits or what this Lua gets wrong; no text made here holds an address.
#include <math.h>

#include <lauxlib.h>

#include "base/utf8.h"
#include "script/sandbox/internal.h"
#include "script/sandbox/ordered.h"

// Key in the registry: the metatable set on tables that serve as metatables.
static const char watch_key;

static const struct {
    const char *name;
    const char *why;
} refused_fields[] = {
    {"__gc", "a report's tables have no finalizers"},
    {"__mode", "a report's tables are not weak: clear what is no longer needed"},
    {"__close", "close what is open before returning"},
    {"__metatable", "use a local to keep a table to yourself"},
    {"__name", "the names of types belong to the library"},
};

// ---- calls ----

static int finish_call(lua_State *L, int status, int results_from)
{
    if (status == LUA_OK) {
        dtl_guard_check(L);
        return lua_gettop(L) - results_from;
    }
    if (dtl_guard_caught(L, status))
        dtl_guard_check(L);  // raises
    lua_pushboolean(L, 0);
    lua_insert(L, -2);
    return 2;
}

static int sticky_pcall(lua_State *L)
{
    luaL_checkany(L, 1);
    lua_pushboolean(L, 1);
    lua_insert(L, 1);
    return finish_call(L, lua_pcall(L, lua_gettop(L) - 2, LUA_MULTRET, 0), 0);
}

// Calls the script's handler, unless a limit is broken: then nothing of the script runs any more.
static int careful_handler(lua_State *L)
{
    if (dtl_guard_stop(dtl_guard_of(L)))
        return 1;
    lua_settop(L, 1);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, 1, 1);
    return 1;
}

static int sticky_xpcall(lua_State *L)
{
    int arguments = lua_gettop(L) - 2;
    luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_pushvalue(L, 2);
    lua_pushcclosure(L, careful_handler, 1);
    lua_replace(L, 2);  // f, handler, arguments
    lua_pushboolean(L, 1);
    lua_pushvalue(L, 1);
    lua_rotate(L, 3, 2);  // f, handler, true, f, arguments
    return finish_call(L, lua_pcall(L, arguments, LUA_MULTRET, 2), 2);
}

// ---- text ----

static dtl_str pushed(lua_State *L)
{
    dtl_str text;
    text.data = lua_tolstring(L, -1, &text.size);
    return text;
}

static void push_number(lua_State *L, int index)
{
    if (!lua_isinteger(L, index) && isnan(lua_tonumber(L, index))) {
        lua_pushliteral(L, "nan");  // the C library knows two
        return;
    }
    lua_pushvalue(L, index);
    lua_tolstring(L, -1, NULL);
}

dtl_str dtl_push_text(lua_State *L, int index)
{
    index = lua_absindex(L, index);
    if (luaL_callmeta(L, index, "__tostring")) {
        if (!lua_isstring(L, -1))
            luaL_error(L, "__tostring must return a string");
        lua_tolstring(L, -1, NULL);
        return pushed(L);
    }
    switch (lua_type(L, index)) {
    case LUA_TNUMBER:
        push_number(L, index);
        break;
    case LUA_TSTRING:
        lua_pushvalue(L, index);
        break;
    case LUA_TBOOLEAN:
        lua_pushstring(L, lua_toboolean(L, index) ? "true" : "false");
        break;
    case LUA_TUSERDATA:
        if (luaL_getmetafield(L, index, "__name") != LUA_TSTRING)
            lua_pushliteral(L, "userdata");
        break;
    default:
        lua_pushstring(L, luaL_typename(L, index));
    }
    return pushed(L);
}

static int base_tostring(lua_State *L)
{
    luaL_checkany(L, 1);
    dtl_push_text(L, 1);
    return 1;
}

static void log_lines(const dtl_state_options *options, dtl_str text)
{
    dtl_buf line = {0};
    while (text.size) {
        size_t end = dtl_str_find(text, DTL_STR("\n"));
        dtl_buf_clear(&line);
        dtl_utf8_add_visible(&line, dtl_str_slice(text, 0, end), true);
        options->log(options->log_context, dtl_buf_str(&line));
        text = end == SIZE_MAX ? (dtl_str){NULL, 0} : dtl_str_slice(text, end + 1, text.size);
    }
    dtl_buf_release(&line);
}

// print(...): to the log, as whole lines, control codes made visible.
static int base_print(lua_State *L)
{
    const dtl_state_options *options = dtl_state_get_options(dtl_state_of(L));
    int count = lua_gettop(L);
    luaL_Buffer text;
    luaL_checkstack(L, 4, NULL);
    for (int i = 1; i <= count; i++) {  // all texts first: __tostring may run anything
        dtl_push_text(L, i);
        lua_replace(L, i);
    }
    luaL_buffinit(L, &text);
    for (int i = 1; i <= count; i++) {
        if (i > 1)
            luaL_addchar(&text, '\t');
        lua_pushvalue(L, i);
        luaL_addvalue(&text);
    }
    luaL_addchar(&text, '\n');
    luaL_pushresult(&text);
    dtl_str whole = pushed(L);
    dtl_guard_count_log(L, whole.size);
    if (options->log)
        log_lines(options, whole);
    return 0;
}

// ---- metatables and raw access ----

static bool is_watch(lua_State *L, int index)
{
    index = lua_absindex(L, index);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &watch_key);
    bool same = lua_rawequal(L, index, -1);
    lua_pop(L, 1);
    return same;
}

bool dtl_is_protected(lua_State *L, int index)
{
    index = lua_absindex(L, index);
    if (!lua_istable(L, index) || !lua_getmetatable(L, index))
        return false;
    lua_pushliteral(L, "__metatable");
    bool hidden = lua_rawget(L, -2) != LUA_TNIL && !is_watch(L, -2);
    lua_pop(L, 2);
    return hidden;
}

static void check_open(lua_State *L, const char *function)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    if (!dtl_is_protected(L, 1))
        return;
    dtl_error err = {0};
    dtl_error_set(&err, DTL_ESCRIPT, "%s: this table belongs to the library and is read-only",
                  function);
    dtl_raise(L, &err);
}

static void check_field(lua_State *L, const char *function, const char *field)
{
    for (size_t i = 0; i < DTL_COUNT(refused_fields); i++) {
        if (strcmp(field, refused_fields[i].name) != 0)
            continue;
        dtl_error err = {0};
        dtl_error_set(&err, DTL_ESCRIPT, "%s: a report may not set '%s'", function, field);
        dtl_error_hint(&err, "%s", refused_fields[i].why);
        dtl_raise(L, &err);
    }
}

// __newindex of a table in use as a metatable: a refused field may not be added later either.
static int watch_newindex(lua_State *L)
{
    if (lua_type(L, 2) == LUA_TSTRING)
        check_field(L, "a metatable", lua_tostring(L, 2));
    lua_settop(L, 3);
    lua_rawset(L, 1);
    return 0;
}

static void watch(lua_State *L, int metatable)
{
    if (lua_getmetatable(L, metatable)) {
        lua_pop(L, 1);
        return;
    }
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &watch_key) == LUA_TNIL) {
        lua_pop(L, 1);
        lua_createtable(L, 0, 2);
        lua_pushcfunction(L, watch_newindex);
        lua_setfield(L, -2, "__newindex");
        lua_pushboolean(L, 0);
        lua_setfield(L, -2, "__metatable");
        lua_pushvalue(L, -1);
        lua_rawsetp(L, LUA_REGISTRYINDEX, &watch_key);
    }
    lua_setmetatable(L, metatable);
}

static int script_setmetatable(lua_State *L)
{
    int type = lua_type(L, 2);
    luaL_argexpected(L, type == LUA_TNIL || type == LUA_TTABLE, 2, "nil or table");
    check_open(L, "setmetatable");
    lua_settop(L, 2);
    if (type == LUA_TTABLE) {
        for (size_t i = 0; i < DTL_COUNT(refused_fields); i++) {
            lua_pushstring(L, refused_fields[i].name);
            if (lua_rawget(L, 2) != LUA_TNIL)
                check_field(L, "setmetatable", refused_fields[i].name);
            lua_pop(L, 1);
        }
        watch(L, 2);
    }
    lua_setmetatable(L, 1);
    return 1;
}

static int script_getmetatable(lua_State *L)
{
    luaL_checkany(L, 1);
    if (!lua_istable(L, 1) || dtl_is_protected(L, 1) || !lua_getmetatable(L, 1) || is_watch(L, -1))
        lua_pushnil(L);
    return 1;
}

static int script_rawget(lua_State *L)
{
    check_open(L, "rawget");
    luaL_checkany(L, 2);
    lua_settop(L, 2);
    lua_rawget(L, 1);
    return 1;
}

static int script_rawset(lua_State *L)
{
    check_open(L, "rawset");
    luaL_checkany(L, 2);
    luaL_checkany(L, 3);
    lua_settop(L, 3);
    if (lua_type(L, 2) == LUA_TSTRING)
        check_field(L, "rawset", lua_tostring(L, 2));
    lua_rawset(L, 1);
    return 1;
}

static int script_next(lua_State *L)
{
    check_open(L, "next");
    return dtl_ordered_next(L);
}

const luaL_Reg dtl_base_functions[] = {
    {"next", dtl_ordered_next},
    {"pairs", dtl_ordered_pairs},
    {"pcall", sticky_pcall},
    {"print", base_print},
    {"tostring", base_tostring},
    {"xpcall", sticky_xpcall},
    {NULL, NULL},
};

const luaL_Reg dtl_script_base_functions[] = {
    {"getmetatable", script_getmetatable},
    {"next", script_next},
    {"rawget", script_rawget},
    {"rawset", script_rawset},
    {"setmetatable", script_setmetatable},
    {NULL, NULL},
};
