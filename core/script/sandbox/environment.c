// core/script/sandbox/environment.c - what the library sees and what a script sees.
//
// Both live in one Lua state. The library's environment is the table of globals; a script's is an
// empty table of its own, in front of an allow-list that it can neither reach nor change.
#include <lauxlib.h>
#include <lualib.h>

#include "script/bindings/binding.h"
#include "script/errors/hints.h"
#include "script/sandbox/internal.h"
#include "script/sandbox/ordered.h"

// Key in the registry: what every script may use, by name; require is added for each script.
static const char allowed_key;

// Taken as Lua has them.
static const char *const stock_base[] = {
    "assert", "error", "ipairs", "rawequal", "rawlen", "select", "tonumber", "type",
};

static const char *const library_only[] = {"getmetatable", "rawget", "rawset", "setmetatable"};
static const char *const library_tables[] = {"math", "string", "table", "utf8"};

enum {
    READ_ONLY_DEPTH_MAX = 16
};

// ---- what is not there ----

static int raise_assignment(lua_State *L)
{
    dtl_error err = {0};
    dtl_str name = dtl_push_text(L, 2);
    dtl_error_set(&err, DTL_ESCRIPT, "'%.*s' is not declared, so it cannot be assigned",
                  DTL_ARG(name));
    dtl_error_hint(&err, "write: local %.*s = ...", DTL_ARG(name));
    return dtl_raise(L, &err);
}

// The nearest script's frame: its level, or -1.
static int script_level(lua_State *L)
{
    lua_Debug frame;
    for (int level = 0; lua_getstack(L, level, &frame) && level < 50; level++) {
        lua_getinfo(L, "Sl", &frame);
        if (frame.source[0] == '=' && frame.currentline > 0)
            return level;
    }
    return -1;
}

// Upvalue 1: whether the script is a plugin's.
static int raise_unknown_global(lua_State *L)
{
    dtl_error err = {0};
    dtl_str name = dtl_push_text(L, 2);
    const char *instead = dtl_hint_absent(name);
    if (instead) {
        bool of_plugin = lua_toboolean(L, lua_upvalueindex(1));
        dtl_error_set(&err, DTL_ESCRIPT, "a %s has no '%.*s'", of_plugin ? "plugin" : "report",
                      DTL_ARG(name));
        dtl_error_hint(&err, "%s",
                       of_plugin && dtl_str_equal(name, DTL_STR("io"))
                           ? "ask for read-files or write-files in plugin.json; then host.read and "
                             "host.write are there"
                           : instead);
        return dtl_raise(L, &err);
    }
    dtl_error_set(&err, DTL_ESCRIPT, "nothing is called '%.*s' here", DTL_ARG(name));
    dtl_names names = {.count = 0};
    dtl_names_add_locals(&names, L, script_level(L));
    dtl_names_add_fields(&names, L, 1);
    dtl_names_suggest(&names, name, &err);
    if (!err.hint[0])
        dtl_error_hint(&err, "declare it with 'local', or require the module it comes from");
    return dtl_raise(L, &err);
}

// Upvalue 1: the name of the table read.
static int raise_unknown_field(lua_State *L)
{
    dtl_error err = {0};
    const char *table = lua_tostring(L, lua_upvalueindex(1));
    dtl_str field = dtl_push_text(L, 2);
    dtl_error_set(&err, DTL_ESCRIPT, "'%s' has no '%.*s'", table, DTL_ARG(field));
    dtl_str full = {NULL, 0};
    lua_pushfstring(L, "%s.%s", table, field.data);
    full.data = lua_tolstring(L, -1, &full.size);
    const char *instead = dtl_hint_absent(full);
    if (instead) {
        dtl_error_hint(&err, "%s", instead);
    } else {
        dtl_names names = {.count = 0};
        dtl_names_add_fields(&names, L, 1);
        dtl_names_suggest(&names, field, &err);
    }
    return dtl_raise(L, &err);
}

// Upvalue 1: the name of the table written to.
static int raise_read_only(lua_State *L)
{
    dtl_error err = {0};
    dtl_str field = dtl_push_text(L, 2);
    dtl_error_set(&err, DTL_ESCRIPT, "'%s' is read-only: '%.*s' cannot be changed",
                  lua_tostring(L, lua_upvalueindex(1)), DTL_ARG(field));
    return dtl_raise(L, &err);
}

// ---- read-only views ----

// Upvalue 1: the copy behind the view.
static int view_pairs(lua_State *L)
{
    return dtl_push_ordered_pairs(L, lua_upvalueindex(1));
}

static int view_length(lua_State *L)
{
    lua_pushinteger(L, (lua_Integer)lua_rawlen(L, lua_upvalueindex(1)));
    return 1;
}

static bool is_plain_table(lua_State *L, int index)
{
    if (!lua_istable(L, index))
        return false;
    if (!lua_getmetatable(L, index))
        return true;
    lua_pop(L, 1);
    return false;
}

// Turns the copy on the top into a view of itself. [name] is a stack index.
static void wrap(lua_State *L, int name, bool strict)
{
    int copy = lua_gettop(L);
    if (strict) {
        lua_createtable(L, 0, 1);
        lua_pushvalue(L, name);
        lua_pushcclosure(L, raise_unknown_field, 1);
        lua_setfield(L, -2, "__index");
        lua_setmetatable(L, copy);
    }
    lua_createtable(L, 0, 5);
    lua_pushvalue(L, copy);
    lua_setfield(L, -2, "__index");
    lua_pushvalue(L, name);
    lua_pushcclosure(L, raise_read_only, 1);
    lua_setfield(L, -2, "__newindex");
    lua_pushvalue(L, copy);
    lua_pushcclosure(L, view_pairs, 1);
    lua_setfield(L, -2, "__pairs");
    lua_pushvalue(L, copy);
    lua_pushcclosure(L, view_length, 1);
    lua_setfield(L, -2, "__len");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_createtable(L, 0, 0);  // the view: always empty
    lua_insert(L, -2);
    lua_setmetatable(L, -2);
    lua_replace(L, copy);
}

// Pushes a view of the table at [index]. [seen], a stack index: the views made so far, by table.
static void push_view(lua_State *L, int index, int name, int seen, bool strict, int depth)
{
    luaL_checkstack(L, 12, NULL);
    lua_pushvalue(L, index);
    if (lua_rawget(L, seen) != LUA_TNIL)
        return;
    lua_pop(L, 1);
    if (depth > READ_ONLY_DEPTH_MAX)
        luaL_error(L, "'%s' is nested too deeply to be shared", lua_tostring(L, name));
    lua_createtable(L, 0, 0);  // becomes the copy; noted first, since tables may hold each other
    int copy = lua_gettop(L);
    lua_pushnil(L);
    while (lua_next(L, index)) {
        if (is_plain_table(L, copy + 2)) {
            push_view(L, copy + 2, name, seen, false, depth + 1);
            lua_replace(L, copy + 2);
        }
        lua_pushvalue(L, copy + 1);
        lua_insert(L, -2);
        lua_rawset(L, copy);
    }
    wrap(L, name, strict);
    lua_pushvalue(L, index);
    lua_pushvalue(L, -2);
    lua_rawset(L, seen);
}

void dtl_push_read_only(lua_State *L, int index, const char *name, bool strict)
{
    index = lua_absindex(L, index);
    int top = lua_gettop(L);
    lua_pushstring(L, name);
    lua_createtable(L, 0, 0);
    push_view(L, index, top + 1, top + 2, strict, 0);
    lua_replace(L, top + 1);
    lua_settop(L, top + 1);
}

// ---- building ----

static void open_library(lua_State *L, const char *name, lua_CFunction open)
{
    luaL_requiref(L, name, open, 1);
    lua_pop(L, 1);
}

// Replaces the global library [name] by a table of those of its fields that are [kept].
static void keep_fields(lua_State *L, const char *name, const char *const *kept, size_t count)
{
    lua_getglobal(L, name);
    lua_createtable(L, 0, (int)count);
    for (size_t i = 0; i < count; i++) {
        lua_getfield(L, -2, kept[i]);
        lua_setfield(L, -2, kept[i]);
    }
    lua_pushvalue(L, -1);
    lua_setglobal(L, name);
    lua_remove(L, -2);
}

// Leaves out chance, precompiled code, and what only some builds of Lua have.
static void trim_libraries(lua_State *L)
{
    static const char *const math_kept[] = {
        "abs",  "acos", "asin", "atan", "ceil",       "cos",  "deg",        "exp",  "floor",
        "fmod", "huge", "log",  "max",  "maxinteger", "min",  "mininteger", "modf", "pi",
        "rad",  "sin",  "sqrt", "tan",  "tointeger",  "type", "ult",
    };
    static const char *const string_kept[] = {
        "byte",  "char", "find",     "format", "gmatch",  "gsub", "len",    "lower",
        "match", "pack", "packsize", "rep",    "reverse", "sub",  "unpack", "upper",
    };
    static const char *const table_kept[] = {
        "concat", "insert", "move", "pack", "remove", "sort", "unpack",
    };
    static const char *const utf8_kept[] = {
        "char", "charpattern", "codepoint", "codes", "len", "offset",
    };
    keep_fields(L, "math", math_kept, DTL_COUNT(math_kept));
    keep_fields(L, "utf8", utf8_kept, DTL_COUNT(utf8_kept));
    keep_fields(L, "table", table_kept, DTL_COUNT(table_kept));
    dtl_make_tables_safe(L);
    keep_fields(L, "string", string_kept, DTL_COUNT(string_kept));
    dtl_make_strings_safe(L);
    lua_pushliteral(L, "");  // whose methods are these from now on
    lua_getmetatable(L, -1);
    lua_pushvalue(L, -3);
    lua_setfield(L, -2, "__index");
    lua_pop(L, 6);
}

// Copies what the library may use from Lua's globals ([stock]) into a new table on the top.
static void push_library_globals(lua_State *L, int stock)
{
    lua_createtable(L, 0, 32);
    int globals = lua_gettop(L);
    for (size_t i = 0; i < DTL_COUNT(stock_base); i++) {
        lua_getfield(L, stock, stock_base[i]);
        lua_setfield(L, globals, stock_base[i]);
    }
    for (size_t i = 0; i < DTL_COUNT(library_only); i++) {
        lua_getfield(L, stock, library_only[i]);
        lua_setfield(L, globals, library_only[i]);
    }
    for (size_t i = 0; i < DTL_COUNT(library_tables); i++) {
        lua_getfield(L, stock, library_tables[i]);
        lua_setfield(L, globals, library_tables[i]);
    }
    luaL_setfuncs(L, dtl_base_functions, 0);
    dtl_push_library_require(L);
    lua_setfield(L, globals, "require");
}

// Pushes the allow-list: the library's globals but for what would reach too far.
static void push_allowed(lua_State *L, int globals)
{
    lua_createtable(L, 0, 32);
    int allowed = lua_gettop(L);
    lua_pushnil(L);
    while (lua_next(L, globals)) {
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_rawset(L, allowed);
    }
    luaL_setfuncs(L, dtl_script_base_functions, 0);
    lua_pushnil(L);
    lua_setfield(L, allowed, "require");  // the library's
    for (size_t i = 0; i < DTL_COUNT(library_tables); i++) {
        lua_getfield(L, globals, library_tables[i]);
        dtl_push_read_only(L, -1, library_tables[i], true);
        lua_setfield(L, allowed, library_tables[i]);
        lua_pop(L, 1);
    }
}

void dtl_environment_open(lua_State *L)
{
    open_library(L, LUA_GNAME, luaopen_base);
    open_library(L, LUA_MATHLIBNAME, luaopen_math);
    open_library(L, LUA_STRLIBNAME, luaopen_string);
    open_library(L, LUA_TABLIBNAME, luaopen_table);
    open_library(L, LUA_UTF8LIBNAME, luaopen_utf8);
    trim_libraries(L);
    lua_pushglobaltable(L);
    push_library_globals(L, lua_gettop(L));
    push_allowed(L, lua_gettop(L));
    lua_rawsetp(L, LUA_REGISTRYINDEX, &allowed_key);
    lua_rawseti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    // It held Lua's own globals. What is left names functions in errors: "string.rep".
    lua_createtable(L, 0, DTL_COUNT(library_tables));
    for (size_t i = 0; i < DTL_COUNT(library_tables); i++) {
        lua_getglobal(L, library_tables[i]);
        lua_setfield(L, -2, library_tables[i]);
    }
    lua_setfield(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
    lua_pop(L, 1);
}

void dtl_environment_push(lua_State *L)
{
    int require = lua_gettop(L);
    lua_createtable(L, 0, 32);  // this script's allow-list
    int own = lua_gettop(L);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &allowed_key);
    lua_pushnil(L);
    while (lua_next(L, -2)) {
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_rawset(L, own);
    }
    lua_pop(L, 1);
    lua_pushvalue(L, require);
    lua_setfield(L, own, "require");
    lua_createtable(L, 0, 1);
    bool of_plugin = lua_getupvalue(L, require, 2) != NULL && !lua_isnil(L, -1);
    lua_settop(L, own + 1);  // whatever that has pushed
    if (of_plugin) {
        lua_pushcfunction(L, dtl_refuse);
        lua_setfield(L, own, "refuse");
    }
    lua_pushboolean(L, of_plugin);
    lua_pushcclosure(L, raise_unknown_global, 1);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, own);
    lua_createtable(L, 0, 0);  // the environment
    lua_createtable(L, 0, 4);
    lua_pushvalue(L, own);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, raise_assignment);
    lua_setfield(L, -2, "__newindex");
    lua_pushvalue(L, own);
    lua_pushcclosure(L, view_pairs, 1);
    lua_setfield(L, -2, "__pairs");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    lua_replace(L, require);
    lua_settop(L, require);
}
