// core/script/bindings/lua_tools.c - what the shipped Lua needs of the host besides data: the run's settings,
// the reasons noted, errors in parts.
#include "base/json.h"
#include "script/bindings/binding.h"

// native.reasons.here() -> why the data could not say what the script's line asks for, or "".
static int reasons_here(lua_State *L)
{
    dtl_buf *text = dtl_session_text(dtl_session_of(L));
    dtl_add_reasons(L, text);
    dtl_push_str(L, dtl_buf_str(text));
    return 1;
}

// native.reasons.of(slot) -> the same of the value called so in the table that the line hands over.
static int reasons_of(lua_State *L)
{
    dtl_buf *text = dtl_session_text(dtl_session_of(L));
    dtl_add_slot_reasons(L, dtl_check_str(L, 1), text);
    dtl_push_str(L, dtl_buf_str(text));
    return 1;
}

// native.reasons.note(reason): for words that refuse, so that a template can tell why.
static int reasons_note(lua_State *L)
{
    dtl_str reason = dtl_check_str(L, 1);
    dtl_error err = {0};
    dtl_error_set(&err, DTL_ENONE, "%.*s", DTL_ARG(reason));
    dtl_push_none(L, &err);
    return 0;
}

// native.reasons.forget()
static int reasons_forget(lua_State *L)
{
    dtl_forget_reasons(L);
    return 0;
}

int dtl_open_reasons(lua_State *L)
{
    static const luaL_Reg functions[] = {{"here", reasons_here},
                                         {"of", reasons_of},
                                         {"note", reasons_note},
                                         {"forget", reasons_forget},
                                         {NULL, NULL}};
    luaL_newlib(L, functions);
    return 1;
}

// native.run: {style = the style chosen for this run, or nil; as_of = date or nil}
int dtl_open_run(lua_State *L)
{
    const dtl_session *session = dtl_session_of(L);
    lua_createtable(L, 0, 2);
    if (dtl_session_style(session).size) {
        dtl_push_str(L, dtl_session_style(session));
        lua_setfield(L, -2, "style");
    }
    if (dtl_session_as_of(session) != DTL_MOMENT_LATEST) {
        dtl_push_date(L, dtl_moment_date(dtl_session_as_of(session)));
        lua_setfield(L, -2, "as_of");
    }
    return 1;
}

// An integer field, or 0.
static int64_t field_int(lua_State *L, const char *key)
{
    lua_getfield(L, 1, key);
    int64_t value = lua_isinteger(L, -1) ? lua_tointeger(L, -1) : 0;
    lua_pop(L, 1);
    return value;
}

// native.tools.fail{code = "usage" | "none" | "script" | "data", message =, expected =, hint =, file =,
// line =, column =}: raises; without a file, at the script's line.
static int tools_fail(lua_State *L)
{
    static const dtl_code codes[] = {DTL_EUSAGE, DTL_ENONE, DTL_ESCRIPT, DTL_EDATA};
    luaL_checktype(L, 1, LUA_TTABLE);
    dtl_error err = {0};
    dtl_code code = DTL_ESCRIPT;
    dtl_str name = dtl_field_str(L, 1, "code");
    for (size_t i = 0; i < DTL_COUNT(codes); i++)
        if (dtl_str_equal(name, dtl_str_from(dtl_code_name(codes[i]))))
            code = codes[i];
    dtl_error_set(&err, code, "%.*s", DTL_ARG(dtl_field_str(L, 1, "message")));
    if (dtl_field_str(L, 1, "expected").size)
        dtl_error_expected(&err, "%.*s", DTL_ARG(dtl_field_str(L, 1, "expected")));
    if (dtl_field_str(L, 1, "hint").size)
        dtl_error_hint(&err, "%.*s", DTL_ARG(dtl_field_str(L, 1, "hint")));
    if (dtl_field_str(L, 1, "file").size)
        dtl_error_at(&err, dtl_field_str(L, 1, "file"), field_int(L, "line"),
                     field_int(L, "column"));
    return dtl_raise(L, &err);
}

// native.tools.quote(text) -> it as a JSON string.
static int tools_quote(lua_State *L)
{
    dtl_buf *text = dtl_session_text(dtl_session_of(L));
    dtl_json_quote(text, dtl_check_str(L, 1), false);
    dtl_push_str(L, dtl_buf_str(text));
    return 1;
}

// native.tools.fact_json(fact) -> the fact as one JSON object.
static int tools_fact_json(lua_State *L)
{
    const dtl_fact *fact = dtl_check_fact(L, 1);
    dtl_session *session = dtl_session_of(L);
    dtl_buf *text = dtl_session_text(session);
    dtl_error err = {0};
    if (!dtl_fact_add_json(text, fact, dtl_session_store(session), &err))
        return dtl_raise(L, &err);
    dtl_push_str(L, dtl_buf_str(text));
    return 1;
}

static void push_names(lua_State *L, const dtl_members *members, bool functions)
{
    lua_Integer count = 0;
    lua_newtable(L);
    for (size_t i = 0; i < members->count; i++) {
        if ((members->all[i].function != NULL) != functions)
            continue;
        lua_pushstring(L, members->all[i].name);
        lua_rawseti(L, -2, ++count);
    }
}

// native.tools.members() -> {date = {fields = {...}, functions = {...}}, fact =, measure =}: the names.
static int tools_members(lua_State *L)
{
    static const struct {
        const char *name;
        const dtl_members *members;
    } kinds[] = {{"date", &dtl_date_members},
                 {"fact", &dtl_fact_members},
                 {"measure", &dtl_measure_members}};
    lua_newtable(L);
    for (size_t i = 0; i < DTL_COUNT(kinds); i++) {
        lua_createtable(L, 0, 2);
        push_names(L, kinds[i].members, false);
        lua_setfield(L, -2, "fields");
        push_names(L, kinds[i].members, true);
        lua_setfield(L, -2, "functions");
        lua_setfield(L, -2, kinds[i].name);
    }
    return 1;
}

int dtl_refuse(lua_State *L)
{
    dtl_str reason = dtl_check_str(L, 1);
    dtl_error err = {0};
    dtl_error_set(&err, DTL_ENONE, "%.*s", DTL_ARG(reason));
    return dtl_raise(L, &err);
}

int dtl_open_tools(lua_State *L)
{
    static const luaL_Reg functions[] = {{"fail", tools_fail},
                                         {"quote", tools_quote},
                                         {"fact_json", tools_fact_json},
                                         {"members", tools_members},
                                         {NULL, NULL}};
    luaL_newlib(L, functions);
    return 1;
}
