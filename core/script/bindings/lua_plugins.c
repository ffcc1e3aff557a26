// core/script/bindings/lua_plugins.c - plugins in the worker: asked of the host, each in an environment of its
// own. What a plugin may register, and how it is called, is dateline/plugins.lua's business.
#include "script/run/extend.h"
#include "script/bindings/binding.h"
#include "script/worker/frame.h"
#include "script/sandbox/internal.h"

enum {
    TEXTS_MAX = 16  // of one action, arguments of one call
};

// The answer lives in a userdata on the stack: a raise cannot leak it.
static int release_answer(lua_State *L)
{
    dtl_buf_release(lua_touserdata(L, 1));
    return 0;
}

static dtl_buf *push_buffer(lua_State *L)
{
    static const char type_name[] = "dateline.Answer";
    dtl_buf *buffer = lua_newuserdatauv(L, sizeof *buffer, 0);
    *buffer = (dtl_buf){0};
    if (luaL_newmetatable(L, type_name)) {
        lua_pushcfunction(L, release_answer);
        lua_setfield(L, -2, "__gc");
    }
    lua_setmetatable(L, -2);
    return buffer;
}

// Asks the host; its refusal is raised at the script's line. The answer is on the top of the stack.
static dtl_str ask(lua_State *L, const dtl_buf *question)
{
    const dtl_state_options *options = dtl_state_get_options(dtl_state_of(L));
    dtl_error err = {0};
    dtl_buf *answer = push_buffer(L);
    dtl_note_place(L);
    if (!options->ask)
        dtl_error_set(&err, DTL_EUSAGE, "there are no plugins here");
    else if (options->ask(options->ask_context, dtl_buf_str(question), answer, &err))
        return dtl_buf_str(answer);
    dtl_raise(L, &err);
    return DTL_STR("");
}

static int raise_nonsense(lua_State *L)
{
    dtl_error err = {0};
    dtl_error_set(&err, DTL_EINTERNAL, "the host's answer about a plugin makes no sense");
    return dtl_raise(L, &err);
}

// {kind = {name = true}}: what plugin.json says that it provides.
static void push_provides(lua_State *L, const dtl_plugin_answer *plugin)
{
    dtl_str rest = plugin->rest;
    lua_newtable(L);
    for (size_t i = 0; i < plugin->provides; i++) {
        dtl_str kind = {NULL, 0};
        dtl_str name = {NULL, 0};
        if (!dtl_unpack_str(&rest, &kind) || !dtl_unpack_str(&rest, &name))
            raise_nonsense(L);
        dtl_push_str(L, kind);
        if (lua_rawget(L, -2) == LUA_TNIL) {
            lua_pop(L, 1);
            lua_newtable(L);
            dtl_push_str(L, kind);
            lua_pushvalue(L, -2);
            lua_rawset(L, -4);
        }
        dtl_push_str(L, name);
        lua_pushboolean(L, 1);
        lua_rawset(L, -3);
        lua_pop(L, 1);
    }
}

// native.plugins.find(kind, name) -> {name, version, label, source, native, provides}, or nil. Kind
// "plugin" finds it by its own name.
static int plugins_find(lua_State *L)
{
    dtl_str kind = dtl_check_str(L, 1);
    dtl_str name = dtl_check_str(L, 2);
    if (!dtl_state_get_options(dtl_state_of(L))->ask)
        return 0;
    dtl_buf *question = push_buffer(L);
    dtl_pack_int(question, DTL_ASK_FIND);
    dtl_pack_str(question, kind);
    dtl_pack_str(question, name);
    dtl_str answer = ask(L, question);
    if (answer.size == 0)
        return 0;
    dtl_plugin_answer plugin;
    if (!dtl_unpack_plugin(&answer, &plugin))
        return raise_nonsense(L);
    lua_createtable(L, 0, 6);
    const struct {
        const char *name;
        dtl_str text;
    } texts[] = {{"name", plugin.name},
                 {"version", plugin.version},
                 {"label", plugin.label},
                 {"source", plugin.source}};
    for (size_t i = 0; i < DTL_COUNT(texts); i++) {
        dtl_push_str(L, texts[i].text);
        lua_setfield(L, -2, texts[i].name);
    }
    lua_pushboolean(L, plugin.native);
    lua_setfield(L, -2, "native");
    push_provides(L, &plugin);
    lua_setfield(L, -2, "provides");
    return 1;
}

// native.plugins.load(name, label, source) -> main.lua as a function in an environment of its own,
// whose require finds the plugin's files.
static int plugins_load(lua_State *L)
{
    dtl_str label = dtl_check_str(L, 2);
    dtl_str source = dtl_check_str(L, 3);
    dtl_push_script_require(L, dtl_check_str(L, 1));
    dtl_environment_push(L);
    const char *file = lua_pushfstring(L, "%s/main.lua", label.data);
    lua_insert(L, -2);
    dtl_state_compile(L, dtl_str_from(file), source);
    return 1;
}

// Pushes the source text and the file of a plugin's module; false when there is none.
bool dtl_push_plugin_module(lua_State *L, dtl_str plugin, dtl_str module)
{
    int64_t found = 0;
    dtl_str file = {NULL, 0};
    dtl_str source = {NULL, 0};
    dtl_buf *question = push_buffer(L);
    dtl_pack_int(question, DTL_ASK_MODULE);
    dtl_pack_str(question, plugin);
    dtl_pack_str(question, module);
    dtl_str answer = ask(L, question);
    if (!dtl_unpack_int(&answer, &found) || !dtl_unpack_str(&answer, &file) ||
        !dtl_unpack_str(&answer, &source))
        raise_nonsense(L);
    if (!found) {
        lua_pop(L, 2);
        return false;
    }
    dtl_push_str(L, source);
    dtl_push_str(L, file);
    lua_remove(L, -3);
    lua_remove(L, -3);
    return true;
}

// ---- native functions ----

static void pack_value(lua_State *L, dtl_buf *out, int index)
{
    const dtl_fact *fact = dtl_to_fact(L, index);
    dtl_date date;
    if (lua_isnil(L, index)) {
        dtl_pack_int(out, DTL_VALUE_NIL);
    } else if (fact && fact->kind == DTL_FACT_NUMBER) {
        dtl_pack_int(out, DTL_VALUE_FRACTION);
        dtl_pack_int(out, fact->value.num);
        dtl_pack_int(out, fact->value.den);
    } else if (lua_isinteger(L, index)) {
        dtl_pack_int(out, DTL_VALUE_INTEGER);
        dtl_pack_int(out, lua_tointeger(L, index));
    } else if (lua_type(L, index) != LUA_TSTRING && dtl_to_date(L, index, &date)) {
        dtl_buf text = {0};
        dtl_date_add(&text, date);
        dtl_pack_int(out, DTL_VALUE_TEXT);
        dtl_pack_str(out, dtl_buf_str(&text));
        dtl_buf_release(&text);
    } else if (lua_type(L, index) == LUA_TSTRING) {
        dtl_pack_int(out, DTL_VALUE_TEXT);
        dtl_pack_str(out, dtl_check_str(L, index));
    } else {
        dtl_raise_argument(L, "plugin", "a native function cannot be given this",
                           "nil, an integer, a text, a date or a fact");
    }
}

// Exact: an integer where it is one, else a fact without a unit.
static int push_fraction(lua_State *L, int64_t num, int64_t den)
{
    dtl_rational value;
    if (den == 0 || !dtl_rational_make(num, den, &value))
        return dtl_raise_argument(L, "plugin", "the plugin gave no fraction", "a base above zero");
    if (dtl_rational_is_integer(value)) {
        lua_pushinteger(L, value.num);
        return 1;
    }
    dtl_fact fact = dtl_fact_constant(value, dtl_session_scratch(dtl_session_of(L)));
    dtl_push_fact(L, &fact);
    return 1;
}

// Pushes the value at the front of [at].
static int push_value(lua_State *L, dtl_str at)
{
    int64_t kind;
    int64_t number;
    int64_t denominator;
    dtl_str text;
    if (!dtl_unpack_int(&at, &kind))
        return raise_nonsense(L);
    if (kind == DTL_VALUE_INTEGER && dtl_unpack_int(&at, &number))
        return lua_pushinteger(L, number), 1;
    if (kind == DTL_VALUE_TEXT && dtl_unpack_str(&at, &text))
        return dtl_push_str(L, text), 1;
    if (kind == DTL_VALUE_FRACTION && dtl_unpack_int(&at, &number) &&
        dtl_unpack_int(&at, &denominator))
        return push_fraction(L, number, denominator);
    return kind == DTL_VALUE_NIL ? 0 : raise_nonsense(L);
}

// native.plugins.call(plugin, function, ...) -> its value.
static int plugins_call(lua_State *L)
{
    int count = lua_gettop(L) - 2;
    dtl_str plugin = dtl_check_str(L, 1);
    dtl_str function = dtl_check_str(L, 2);
    if (count > TEXTS_MAX)
        return dtl_raise_argument(L, "plugin", "too many arguments", "at most 16");
    dtl_buf *question = push_buffer(L);
    dtl_pack_int(question, DTL_ASK_CALL);
    dtl_pack_str(question, plugin);
    dtl_pack_str(question, function);
    dtl_pack_int(question, count);
    for (int i = 0; i < count; i++)
        pack_value(L, question, 3 + i);
    return push_value(L, ask(L, question));
}

// native.plugins.act(plugin, action, text...) -> a text: what a capability is for.
static int plugins_act(lua_State *L)
{
    int count = lua_gettop(L) - 2;
    dtl_str texts[TEXTS_MAX + 2] = {{NULL, 0}};
    if (count < 0 || count > TEXTS_MAX)
        return dtl_raise_argument(L, "plugin", "too many arguments", "at most 16");
    for (int i = 0; i < count + 2; i++)
        texts[i] = dtl_check_str(L, i + 1);
    dtl_buf *question = push_buffer(L);
    dtl_pack_int(question, DTL_ASK_ACT);
    dtl_pack_str(question, texts[0]);
    dtl_pack_str(question, texts[1]);
    dtl_pack_int(question, count);
    for (int i = 0; i < count; i++)
        dtl_pack_str(question, texts[i + 2]);
    dtl_push_str(L, ask(L, question));
    return 1;
}

static int call_upvalue(lua_State *L)
{
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, lua_gettop(L) - 1, LUA_MULTRET);
    return lua_gettop(L);
}

// native.plugins.framed(f) -> f behind a function of C: called as the last thing of a script's function,
// Lua would forget that line, and an error could not name it.
static int plugins_framed(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TFUNCTION);
    lua_settop(L, 1);
    lua_pushcclosure(L, call_upvalue, 1);
    return 1;
}

int dtl_open_plugins(lua_State *L)
{
    static const luaL_Reg functions[] = {{"find", plugins_find},     {"load", plugins_load},
                                         {"call", plugins_call},     {"act", plugins_act},
                                         {"framed", plugins_framed}, {NULL, NULL}};
    luaL_newlib(L, functions);
    return 1;
}
