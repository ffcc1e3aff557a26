// core/script/bindings/binding.c - what the bindings share: types no script can reach into, clear refusals.
#include "script/bindings/binding.h"

dtl_session *dtl_session_of(lua_State *L)
{
    return dtl_state_get_context(L);
}

// A handle may be made before its module is required: their types are there from the start.
static int open_types(lua_State *L)
{
    static const lua_CFunction types[] = {dtl_open_date, dtl_open_fact, dtl_open_measure,
                                          dtl_open_doc, dtl_open_sql};
    for (size_t i = 0; i < DTL_COUNT(types); i++) {
        types[i](L);
        lua_settop(L, 0);
    }
    dtl_open_node(L);
    return 0;
}

bool dtl_add_natives(dtl_state *state, dtl_error *err)
{
    static const luaL_Reg natives[] = {
        {"date", dtl_open_date},       {"fact", dtl_open_fact},       {"measure", dtl_open_measure},
        {"data", dtl_open_data},       {"doc", dtl_open_doc},         {"sql", dtl_open_sql},
        {"run", dtl_open_run},         {"reasons", dtl_open_reasons}, {"tools", dtl_open_tools},
        {"plugins", dtl_open_plugins},
    };
    for (size_t i = 0; i < DTL_COUNT(natives); i++)
        dtl_state_add_native(state, natives[i].name, natives[i].func);
    lua_pushcfunction(dtl_state_lua(state), open_types);
    return dtl_state_call(state, 0, 0, err);
}

dtl_str dtl_check_str(lua_State *L, int index)
{
    size_t size;
    const char *text = luaL_checklstring(L, index, &size);
    return (dtl_str){text, size};
}

void dtl_push_str(lua_State *L, dtl_str text)
{
    lua_pushlstring(L, text.data ? text.data : "", text.size);
}

dtl_str dtl_field_str(lua_State *L, int index, const char *key)
{
    dtl_str text = {NULL, 0};
    lua_getfield(L, index, key);
    if (lua_type(L, -1) == LUA_TSTRING)
        text.data = lua_tolstring(L, -1, &text.size);
    lua_pop(L, 1);  // the table still holds the text
    return text;
}

int dtl_raise_no_field(lua_State *L, const char *what, dtl_str key, const dtl_str *names,
                       size_t count)
{
    dtl_error err = {0};
    dtl_error_set(&err, DTL_ESCRIPT, "%s has no function or field '%.*s'", what, DTL_ARG(key));
    dtl_str near = dtl_str_nearest(key, names, count);
    if (near.size)
        dtl_error_hint(&err, "did you mean '%.*s'?", DTL_ARG(near));
    return dtl_raise(L, &err);
}

void dtl_push_members(lua_State *L, const dtl_members *members)
{
    lua_createtable(L, 0, (int)members->count);
    for (size_t i = 0; i < members->count; i++) {
        const dtl_member *member = &members->all[i];
        if (member->function)
            lua_pushcfunction(L, member->function);
        else
            lua_pushinteger(L, (lua_Integer)i);
        lua_setfield(L, -2, member->name);
    }
}

enum {
    MEMBERS_MAX = 64
};

static void raise_no_member(lua_State *L, dtl_str what, dtl_str key, const dtl_members *members)
{
    dtl_str names[MEMBERS_MAX];
    size_t count = 0;
    for (size_t i = 0; i < members->count && count < MEMBERS_MAX; i++)
        names[count++] = dtl_str_from(members->all[i].name);
    dtl_str subject =
        dtl_arena_printf(dtl_session_scratch(dtl_session_of(L)), "%.*s", DTL_ARG(what));
    dtl_raise_no_field(L, subject.data, key, names, count);
}

lua_Integer dtl_find_member(lua_State *L, dtl_str what, const dtl_members *members)
{
    lua_pushvalue(L, 2);
    if (lua_rawget(L, lua_upvalueindex(1)) == LUA_TNUMBER)
        return lua_tointeger(L, -1);
    if (lua_isnil(L, -1))
        raise_no_member(L, what, dtl_check_str(L, 2), members);
    return -1;
}

int dtl_raise_argument(lua_State *L, const char *name, const char *what, const char *expected)
{
    dtl_error err = {0};
    dtl_error_set(&err, DTL_ESCRIPT, "%s: %s", name, what);
    dtl_error_expected(&err, "%s", expected);
    return dtl_raise(L, &err);
}

void dtl_new_type(lua_State *L, const char *type, const char *what, const luaL_Reg *meta)
{
    luaL_newmetatable(L, type);
    luaL_setfuncs(L, meta, 0);
    lua_pushstring(L, what);
    lua_setfield(L, -2, "__name");
    lua_pushstring(L, type);
    lua_setfield(L, -2, "__metatable");
}
