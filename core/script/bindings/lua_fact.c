// core/script/bindings/lua_fact.c - facts in Lua: immutable, exact, each with its own copy of what it knows.
#include "script/bindings/binding.h"

static const char type_name[] = "dateline.Fact";

enum fact_field {
    FIELD_KIND,
    FIELD_VALUE,
    FIELD_NUM,
    FIELD_DEN,
    FIELD_IS_INTEGER,
    FIELD_UNIT,
    FIELD_TEXT,
    FIELD_LABEL,
    FIELD_EXPRESSION,
    FIELD_NOTE,
    FIELD_FROM,
    FIELD_TO,
    FIELD_DATE,
    FIELD_PROVISIONAL,
    FIELD_SOURCES,
    FIELD_COUNT,
};

const dtl_fact *dtl_to_fact(lua_State *L, int index)
{
    return luaL_testudata(L, index, type_name);
}

const dtl_fact *dtl_check_fact(lua_State *L, int index)
{
    const dtl_fact *fact = dtl_to_fact(L, index);
    if (!fact)
        dtl_raise_argument(
            L, "fact", "this is no fact",
            "a fact, as people:on(date) gives; is it nil because the data cannot say?");
    return fact;
}

void dtl_push_fact(lua_State *L, const dtl_fact *fact)
{
    void *block = lua_newuserdatauv(L, dtl_fact_packed_size(fact), 0);
    dtl_fact_pack(fact, block);
    luaL_setmetatable(L, type_name);
}

static void push_source(lua_State *L, const dtl_doc_source *source)
{
    lua_createtable(L, 0, 12);
    lua_pushinteger(L, source->release);
    lua_setfield(L, -2, "release");
    const struct {
        const char *name;
        dtl_str text;
    } texts[] = {
        {"dataset", source->dataset},         {"title", source->title},
        {"publisher", source->publisher},     {"licence", source->licence},
        {"attribution", source->attribution}, {"homepage", source->homepage},
        {"file", source->file_name},          {"sha256", source->sha256},
    };
    for (size_t i = 0; i < DTL_COUNT(texts); i++) {
        dtl_push_str(L, texts[i].text);
        lua_setfield(L, -2, texts[i].name);
    }
    dtl_push_date(L, source->published);
    lua_setfield(L, -2, "published");
    dtl_push_date(L, source->retrieved);
    lua_setfield(L, -2, "retrieved");
    lua_pushboolean(L, source->provisional);
    lua_setfield(L, -2, "provisional");
}

static void push_sources(lua_State *L, const dtl_fact *fact)
{
    lua_createtable(L, (int)fact->release_count, 0);
    for (size_t i = 0; i < fact->release_count; i++) {
        const dtl_doc_source *source;
        dtl_error err = {0};
        if (!dtl_session_source(dtl_session_of(L), fact->releases[i], &source, &err))
            dtl_raise(L, &err);
        push_source(L, source);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

static void push_text(lua_State *L, const dtl_fact *fact)
{
    dtl_buf *text = dtl_session_text(dtl_session_of(L));
    dtl_fact_add_text(text, fact);
    dtl_push_str(L, dtl_buf_str(text));
}

static void push_value(lua_State *L, const dtl_fact *fact)
{
    if (fact->kind == DTL_FACT_DATE)
        dtl_push_date(L, fact->date_value);
    else if (dtl_rational_is_integer(fact->value))
        lua_pushinteger(L, fact->value.num);
    else
        lua_pushnumber(L, dtl_rational_to_double(fact->value));
}

static int push_field(lua_State *L, const dtl_fact *fact, lua_Integer field)
{
    switch ((enum fact_field)field) {
    case FIELD_KIND:
        lua_pushstring(L, fact->kind == DTL_FACT_DATE ? "date" : "number");
        return 1;
    case FIELD_VALUE:
        push_value(L, fact);
        return 1;
    case FIELD_NUM:
        lua_pushinteger(L, fact->value.num);
        return 1;
    case FIELD_DEN:
        lua_pushinteger(L, fact->value.den);
        return 1;
    case FIELD_IS_INTEGER:
        lua_pushboolean(L, dtl_rational_is_integer(fact->value));
        return 1;
    case FIELD_UNIT:
        dtl_push_str(L, fact->unit);
        return 1;
    case FIELD_TEXT:
        push_text(L, fact);
        return 1;
    case FIELD_LABEL:
        dtl_push_str(L, fact->label);
        return 1;
    case FIELD_EXPRESSION:
        dtl_push_str(L, fact->expression);
        return 1;
    case FIELD_NOTE:
        dtl_push_str(L, fact->note);
        return 1;
    case FIELD_FROM:
        dtl_push_date(L, fact->from);
        return 1;
    case FIELD_TO:
        dtl_push_date(L, fact->to);
        return 1;
    case FIELD_DATE:
        dtl_push_date(L, fact->kind == DTL_FACT_DATE ? fact->date_value : fact->to);
        return 1;
    case FIELD_PROVISIONAL:
        lua_pushboolean(L, fact->provisional);
        return 1;
    case FIELD_SOURCES:
        push_sources(L, fact);
        return 1;
    case FIELD_COUNT:
        break;
    }
    return 0;
}

static int fact_tostring(lua_State *L)
{
    push_text(L, luaL_checkudata(L, 1, type_name));
    return 1;
}

// Neither a fact nor a number. [done]: "combined", "compared".
static void refuse_operand(lua_State *L, int index, const char *done)
{
    dtl_error err = {0};
    bool is_number = lua_type(L, index) == LUA_TNUMBER;
    const char *what = luaL_typename(L, index);
    dtl_error_set(&err, DTL_ESCRIPT, "a fact cannot be %s with %s%s", done,
                  lua_isnil(L, index) || is_number ? "" : "a ",
                  is_number ? "a number that is not whole" : what);
    dtl_error_expected(&err, "another fact, or a whole number");
    if (is_number)
        dtl_error_hint(&err, "divide by a whole number instead of multiplying by a fraction");
    else if (lua_isstring(L, index) && lua_stringtonumber(L, lua_tostring(L, index)))
        dtl_error_hint(&err, "write the number without quotation marks: %s",
                       lua_tostring(L, index));
    dtl_raise(L, &err);
}

// The fact at [index], or a whole number as a constant in [store], made in [arena].
static const dtl_fact *operand(lua_State *L, int index, const char *done, dtl_arena *arena,
                               dtl_fact *store)
{
    const dtl_fact *fact = dtl_to_fact(L, index);
    if (fact)
        return fact;
    dtl_rational value;
    if (lua_isinteger(L, index)) {
        value = dtl_rational_from(lua_tointeger(L, index));
    } else if (lua_type(L, index) != LUA_TNUMBER ||
               !dtl_rational_from_double(lua_tonumber(L, index), &value)) {
        refuse_operand(L, index, done);
        return NULL;
    }
    *store = dtl_fact_constant(value, arena);
    return store;
}

static int push_result(lua_State *L, bool ok, const dtl_fact *fact, const dtl_error *err)
{
    if (!ok)
        return dtl_push_failure(L, err);
    dtl_push_fact(L, fact);
    return 1;
}

static int combine(lua_State *L, dtl_fact_op op)
{
    dtl_arena *scratch = dtl_session_scratch(dtl_session_of(L));
    dtl_fact constant = {0};
    const dtl_fact *a = operand(L, 1, "combined", scratch, &constant);
    const dtl_fact *b = operand(L, 2, "combined", scratch, &constant);
    dtl_fact result;
    dtl_error err = {0};
    bool ok = dtl_fact_combine(op, a, b, scratch, &result, &err);
    return push_result(L, ok, &result, &err);
}

static int fact_add(lua_State *L)
{
    return combine(L, DTL_FACT_ADD);
}

static int fact_sub(lua_State *L)
{
    return combine(L, DTL_FACT_SUB);
}

static int fact_mul(lua_State *L)
{
    return combine(L, DTL_FACT_MUL);
}

static int fact_div(lua_State *L)
{
    return combine(L, DTL_FACT_DIV);
}

static int fact_unm(lua_State *L)
{
    lua_settop(L, 1);
    lua_pushinteger(L, 0);
    lua_insert(L, 1);
    return combine(L, DTL_FACT_SUB);
}

// Negative, zero or positive; raises for a date against a number, or people against boats.
static int compare(lua_State *L)
{
    dtl_arena *scratch = dtl_session_scratch(dtl_session_of(L));
    dtl_fact constant = {0};
    const dtl_fact *a = operand(L, 1, "compared", scratch, &constant);
    const dtl_fact *b = operand(L, 2, "compared", scratch, &constant);
    bool constants = a == &constant || b == &constant;
    if (a->kind != b->kind || (!constants && !dtl_str_equal(a->unit, b->unit))) {
        dtl_error err = {0};
        dtl_error_set(&err, DTL_ESCRIPT, "cannot compare %.*s with %.*s", DTL_ARG(a->label),
                      DTL_ARG(b->label));
        dtl_error_expected(&err, "facts of one unit");
        dtl_raise(L, &err);
    }
    if (a->kind == DTL_FACT_DATE)
        return (a->date_value > b->date_value) - (a->date_value < b->date_value);
    return dtl_rational_compare(a->value, b->value);
}

static int fact_eq(lua_State *L)
{
    lua_pushboolean(L, compare(L) == 0);
    return 1;
}

static int fact_lt(lua_State *L)
{
    lua_pushboolean(L, compare(L) < 0);
    return 1;
}

static int fact_le(lua_State *L)
{
    lua_pushboolean(L, compare(L) <= 0);
    return 1;
}

// Joining a fact to text would lose where it comes from: a template keeps it.
static int fact_concat(lua_State *L)
{
    dtl_error err = {0};
    dtl_error_set(&err, DTL_ESCRIPT, "a fact cannot be joined to text with '..'");
    dtl_error_hint(&err, "doc:para{ \"{n} people\", n = fact } keeps its source; tostring(fact) "
                         "gives bare text");
    return dtl_raise(L, &err);
}

// fact:change(was) -> fact in per cent, or nil and the reason.
static int fact_change(lua_State *L)
{
    const dtl_fact *now = dtl_check_fact(L, 1);
    const dtl_fact *was = dtl_check_fact(L, 2);
    dtl_fact result;
    dtl_error err = {0};
    bool ok = dtl_fact_change(now, was, dtl_session_scratch(dtl_session_of(L)), &result, &err);
    return push_result(L, ok, &result, &err);
}

static unsigned check_decimals(lua_State *L, int index)
{
    lua_Integer decimals = luaL_optinteger(L, index, 0);
    if (decimals < 0 || decimals > 9)
        dtl_raise_argument(L, "format", "so many decimals cannot be shown", "0 to 9");
    return (unsigned)decimals;
}

static int push_number(lua_State *L, dtl_rational value, dtl_number_format format)
{
    dtl_buf *text = dtl_session_text(dtl_session_of(L));
    if (!dtl_number_add(text, value, format))
        return dtl_raise_argument(L, "format", "the number is too large", "a 64-bit number");
    dtl_push_str(L, dtl_buf_str(text));
    return 1;
}

// fact:format(decimals) -> its digits.
static int fact_format(lua_State *L)
{
    const dtl_fact *fact = dtl_check_fact(L, 1);
    if (fact->kind == DTL_FACT_DATE)
        return fact_tostring(L);
    return push_number(L, fact->value,
                       (dtl_number_format){.decimals = check_decimals(L, 2), .group = true});
}

static const dtl_member members[] = {
    [FIELD_KIND] = {"kind", NULL, NULL},
    [FIELD_VALUE] = {"value", NULL, NULL},
    [FIELD_NUM] = {"num", NULL, NULL},
    [FIELD_DEN] = {"den", NULL, NULL},
    [FIELD_IS_INTEGER] = {"is_integer", NULL, NULL},
    [FIELD_UNIT] = {"unit", NULL, NULL},
    [FIELD_TEXT] = {"text", NULL, NULL},
    [FIELD_LABEL] = {"label", NULL, NULL},
    [FIELD_EXPRESSION] = {"expression", NULL, NULL},
    [FIELD_NOTE] = {"note", NULL, NULL},
    [FIELD_FROM] = {"from", NULL, NULL},
    [FIELD_TO] = {"to", NULL, NULL},
    [FIELD_DATE] = {"date", NULL, NULL},
    [FIELD_PROVISIONAL] = {"provisional", NULL, NULL},
    [FIELD_SOURCES] = {"sources", NULL, NULL},
    {"change", "was", fact_change},
    {"format", "decimals", fact_format},
};
const dtl_members dtl_fact_members = {members, DTL_COUNT(members)};

// The members table (upvalue 1) maps a name to its field number or its function.
static int fact_index(lua_State *L)
{
    const dtl_fact *fact = luaL_checkudata(L, 1, type_name);
    lua_Integer field = dtl_find_member(L, DTL_STR("a fact"), &dtl_fact_members);
    return field < 0 ? 1 : push_field(L, fact, field);
}

static const luaL_Reg meta[] = {
    {"__tostring", fact_tostring},
    {"__add", fact_add},
    {"__sub", fact_sub},
    {"__mul", fact_mul},
    {"__div", fact_div},
    {"__unm", fact_unm},
    {"__eq", fact_eq},
    {"__lt", fact_lt},
    {"__le", fact_le},
    {"__concat", fact_concat},
    {NULL, NULL},
};

// native.fact.is(value) -> whether it is a fact.
static int module_is(lua_State *L)
{
    lua_pushboolean(L, dtl_to_fact(L, 1) != NULL);
    return 1;
}

// native.fact.format(num, den, decimals, group, trim) -> digits, rounded half up.
static int module_format(lua_State *L)
{
    dtl_rational value;
    if (!dtl_rational_make(luaL_checkinteger(L, 1), luaL_optinteger(L, 2, 1), &value))
        return dtl_raise_argument(L, "format", "no such fraction", "a base other than zero");
    return push_number(L, value,
                       (dtl_number_format){.decimals = check_decimals(L, 3),
                                           .group = lua_isnoneornil(L, 4) || lua_toboolean(L, 4),
                                           .trim = lua_toboolean(L, 5)});
}

// native.fact.constant(integer) -> fact of unit "".
static int module_constant(lua_State *L)
{
    dtl_arena *scratch = dtl_session_scratch(dtl_session_of(L));
    dtl_fact fact = dtl_fact_constant(dtl_rational_from(luaL_checkinteger(L, 1)), scratch);
    dtl_push_fact(L, &fact);
    return 1;
}

int dtl_open_fact(lua_State *L)
{
    static const luaL_Reg functions[] = {
        {"is", module_is}, {"format", module_format}, {"constant", module_constant}, {NULL, NULL}};
    dtl_new_type(L, type_name, "fact", meta);
    dtl_push_members(L, &dtl_fact_members);
    lua_pushcclosure(L, fact_index, 1);
    lua_setfield(L, -2, "__index");
    lua_pop(L, 1);
    luaL_newlib(L, functions);
    return 1;
}
