// core/script/bindings/lua_question.c - the questions a script may ask of a measure, one row each.
#include "script/bindings/lua_measure.h"

typedef struct ask {
    dtl_measure measure;
    dtl_arena *arena;
    dtl_fact fact;
    dtl_error err;
} ask;

static void begin(lua_State *L, ask *a)
{
    *a = (ask){.arena = NULL};
    dtl_measure_resolve(L, dtl_check_measure(L, 1), &a->measure);
    a->arena = dtl_session_scratch(dtl_session_of(L));
}

static int answer(lua_State *L, const ask *a, bool ok)
{
    if (!ok)
        return dtl_push_failure(L, &a->err);
    dtl_push_fact(L, &a->fact);
    return 1;
}

static int answer_with_ties(lua_State *L, const ask *a, bool ok, int64_t tied)
{
    if (!ok)
        return dtl_push_failure(L, &a->err);
    dtl_push_fact(L, &a->fact);
    lua_pushinteger(L, tied);
    return 2;
}

static int check_year(lua_State *L, int index)
{
    int is_integer = 0;
    lua_Integer year = lua_tointegerx(L, index, &is_integer);
    if (is_integer && year >= DTL_YEAR_MIN && year <= DTL_YEAR_MAX)
        return (int)year;
    dtl_error err = {0};
    const char *said = lua_isstring(L, index) ? lua_tostring(L, index) : luaL_typename(L, index);
    dtl_error_set(&err, DTL_ESCRIPT, "'%s' is no year", said);
    dtl_error_expected(&err, "a year from 1 to 9999, such as 2024");
    return dtl_raise(L, &err);
}

// Options come as one table; a key that is none of [names] is an error with a hint.
static void check_options(lua_State *L, int index, const char *function, const dtl_str *names,
                          size_t count)
{
    if (lua_type(L, index) != LUA_TTABLE)
        dtl_raise_argument(L, function, "its options come in a table", "as in f{ name = value }");
    lua_pushnil(L);
    while (lua_next(L, index)) {
        lua_pop(L, 1);
        bool known = false;
        for (size_t i = 0; i < count && lua_type(L, -1) == LUA_TSTRING && !known; i++)
            known = dtl_str_equal(names[i], dtl_check_str(L, -1));
        if (known)
            continue;
        dtl_error err = {0};
        dtl_str key = lua_type(L, -1) == LUA_TSTRING ? dtl_check_str(L, -1) : DTL_STR("?");
        dtl_error_set(&err, DTL_ESCRIPT, "%s has no option '%.*s'", function, DTL_ARG(key));
        dtl_str near = dtl_str_nearest(key, names, count);
        if (near.size)
            dtl_error_hint(&err, "did you mean '%.*s'?", DTL_ARG(near));
        dtl_raise(L, &err);
    }
}

static dtl_date option_date(lua_State *L, int index, const char *name)
{
    dtl_date date = DTL_DATE_NONE;
    lua_getfield(L, index, name);
    if (!lua_isnil(L, -1))
        date = dtl_check_date(L, lua_gettop(L));
    lua_pop(L, 1);
    return date;
}

static int64_t option_integer(lua_State *L, int index, const char *name, int64_t otherwise)
{
    int64_t value = otherwise;
    lua_getfield(L, index, name);
    if (!lua_isnil(L, -1))
        value = luaL_checkinteger(L, -1);
    lua_pop(L, 1);
    return value;
}

typedef bool date_question(const dtl_measure *m, dtl_date date, dtl_arena *arena, dtl_fact *out,
                           dtl_error *err);
typedef bool range_question(const dtl_measure *m, dtl_date from, dtl_date to, dtl_arena *arena,
                            dtl_fact *out, dtl_error *err);

static int ask_date(lua_State *L, date_question *question)
{
    ask a;
    dtl_date date = dtl_check_date(L, 2);
    begin(L, &a);
    bool ok = question(&a.measure, date, a.arena, &a.fact, &a.err);
    return answer(L, &a, ok);
}

static int ask_range(lua_State *L, range_question *question)
{
    ask a;
    dtl_date from = dtl_check_date(L, 2);
    dtl_date to = dtl_check_date(L, 3);
    begin(L, &a);
    bool ok = question(&a.measure, from, to, a.arena, &a.fact, &a.err);
    return answer(L, &a, ok);
}

static int measure_on(lua_State *L)
{
    return ask_date(L, dtl_measure_on);
}

static int measure_year_to_date(lua_State *L)
{
    return ask_date(L, dtl_measure_year_to_date);
}

static int measure_month_to_date(lua_State *L)
{
    return ask_date(L, dtl_measure_month_to_date);
}

static int measure_week_ending(lua_State *L)
{
    return ask_date(L, dtl_measure_week_ending);
}

static int measure_highest_since(lua_State *L)
{
    return ask_date(L, dtl_measure_highest_since);
}

static int measure_gap(lua_State *L)
{
    return ask_date(L, dtl_measure_gap);
}

static int measure_total(lua_State *L)
{
    return ask_range(L, dtl_measure_total);
}

static int measure_mean(lua_State *L)
{
    return ask_range(L, dtl_measure_mean);
}

static int measure_coverage(lua_State *L)
{
    return ask_range(L, dtl_measure_coverage);
}

static int measure_same_point(lua_State *L)
{
    ask a;
    dtl_date date = dtl_check_date(L, 2);
    int year = check_year(L, 3);
    begin(L, &a);
    bool ok = dtl_measure_same_point(&a.measure, date, year, a.arena, &a.fact, &a.err);
    return answer(L, &a, ok);
}

static int measure_year(lua_State *L)
{
    ask a;
    int year = check_year(L, 2);
    begin(L, &a);
    bool ok = dtl_measure_year(&a.measure, year, a.arena, &a.fact, &a.err);
    return answer(L, &a, ok);
}

static int refuse_month(lua_State *L, dtl_str text)
{
    dtl_error err = {0};
    dtl_error_set(&err, DTL_ESCRIPT, "'%.*s' is no month", DTL_ARG(text));
    dtl_error_expected(&err, "a month such as \"2024-10\" (year-month)");
    return dtl_raise(L, &err);
}

static int measure_month(lua_State *L)
{
    ask a;
    dtl_str text = dtl_check_str(L, 2);
    int64_t year = 0;
    int64_t month = 0;
    if (text.size != 7 || text.data[4] != '-' ||
        !dtl_str_to_int64(dtl_str_slice(text, 0, 4), &year) ||
        !dtl_str_to_int64(dtl_str_slice(text, 5, 7), &month) || year < DTL_YEAR_MIN || month < 1 ||
        month > 12)
        return refuse_month(L, text);
    begin(L, &a);
    bool ok = dtl_measure_month(&a.measure, (int)year, (int)month, a.arena, &a.fact, &a.err);
    return answer(L, &a, ok);
}

static int measure_last(lua_State *L)
{
    ask a;
    lua_Integer n = luaL_checkinteger(L, 2);
    dtl_date date = dtl_check_date(L, 3);
    if (n < 1 || n > 4000000)
        return dtl_raise_argument(L, "last", "this is no number of days", "one or more");
    begin(L, &a);
    bool ok = dtl_measure_last(&a.measure, n, date, a.arena, &a.fact, &a.err);
    return answer(L, &a, ok);
}

// A date, or a named event's first day with its name in [event].
static dtl_date check_start(lua_State *L, int index, dtl_str *event)
{
    dtl_date date;
    *event = DTL_STR("");
    if (lua_type(L, index) != LUA_TSTRING || dtl_to_date(L, index, &date))
        return dtl_check_date(L, index);
    const dtl_event *found;
    dtl_error err = {0};
    if (!dtl_session_event(dtl_session_of(L), dtl_check_str(L, index), &found, &err))
        dtl_raise(L, &err);
    *event = found->name;
    return found->from;
}

static int measure_since(lua_State *L)
{
    static const dtl_str names[] = {DTL_STR("exclusive")};
    ask a;
    dtl_str event;
    dtl_date start = check_start(L, 2, &event);
    bool exclusive = false;
    int date_at = 3;
    if (lua_type(L, 3) == LUA_TTABLE) {
        check_options(L, 3, "since", names, DTL_COUNT(names));
        lua_getfield(L, 3, "exclusive");
        exclusive = lua_toboolean(L, -1);
        date_at = 4;
    }
    dtl_date date = dtl_check_date(L, date_at);
    begin(L, &a);
    bool ok =
        dtl_measure_since(&a.measure, start, event, exclusive, date, a.arena, &a.fact, &a.err);
    return answer(L, &a, ok);
}

// The place of [word] among [words]; else raises "[what]: there is no 'weekk'".
static size_t check_word(lua_State *L, dtl_str word, const dtl_str *words, size_t count,
                         const char *what, const char *expected)
{
    for (size_t i = 0; i < count; i++)
        if (dtl_str_equal(words[i], word))
            return i;
    dtl_error err = {0};
    dtl_error_set(&err, DTL_ESCRIPT, "%s: there is no '%.*s'", what, DTL_ARG(word));
    dtl_error_expected(&err, "%s", expected);
    dtl_str near = dtl_str_nearest(word, words, count);
    if (near.size)
        dtl_error_hint(&err, "did you mean '%.*s'?", DTL_ARG(near));
    dtl_raise(L, &err);
    return count;
}

static dtl_by option_by(lua_State *L, int index)
{
    static const dtl_str words[] = {DTL_STR("day"), DTL_STR("month"), DTL_STR("year")};
    lua_getfield(L, index, "by");
    dtl_str word = lua_isnil(L, -1) ? words[0] : dtl_check_str(L, -1);
    size_t by = check_word(L, word, words, DTL_COUNT(words), "peak by",
                           "by = \"day\", \"month\" or \"year\"");
    lua_pop(L, 1);
    return (dtl_by)by;
}

static int measure_peak(lua_State *L)
{
    static const dtl_str names[] = {DTL_STR("by"), DTL_STR("from"), DTL_STR("to")};
    ask a;
    int64_t tied = 0;
    check_options(L, 2, "peak", names, DTL_COUNT(names));
    dtl_by by = option_by(L, 2);
    dtl_date from = option_date(L, 2, "from");
    dtl_date to = option_date(L, 2, "to");
    begin(L, &a);
    bool ok = dtl_measure_peak(&a.measure, by, from, to, a.arena, &a.fact, &tied, &a.err);
    return answer_with_ties(L, &a, ok, tied);
}

static int measure_rank(lua_State *L)
{
    static const dtl_str names[] = {DTL_STR("within")};
    static const dtl_str scopes[] = {DTL_STR("record"), DTL_STR("year"), DTL_STR("month"),
                                     DTL_STR("calendar-month")};
    ask a;
    int64_t tied = 0;
    dtl_date date = dtl_check_date(L, 2);
    dtl_str within = scopes[0];
    if (!lua_isnoneornil(L, 3)) {
        check_options(L, 3, "rank", names, DTL_COUNT(names));
        lua_getfield(L, 3, "within");
        if (!lua_isnil(L, -1))
            within = dtl_check_str(L, -1);
    }
    check_word(L, within, scopes, DTL_COUNT(scopes), "rank within",
               "within = \"record\", \"year\", \"month\" or \"calendar-month\"");
    begin(L, &a);
    bool ok = dtl_measure_rank(&a.measure, date, within, a.arena, &a.fact, &tied, &a.err);
    return answer_with_ties(L, &a, ok, tied);
}

static int measure_first_reaching(lua_State *L)
{
    static const dtl_str names[] = {DTL_STR("year"), DTL_STR("since"), DTL_STR("to")};
    ask a;
    dtl_str event;
    lua_Integer n = luaL_checkinteger(L, 2);
    check_options(L, 3, "first_reaching", names, DTL_COUNT(names));
    int64_t year = option_integer(L, 3, "year", 0);
    dtl_date to = option_date(L, 3, "to");
    lua_getfield(L, 3, "since");
    bool has_since = !lua_isnil(L, -1);
    if (has_since == (year != 0) || year < 0 || year > DTL_YEAR_MAX)
        return dtl_raise_argument(L, "first_reaching", "where does the count start?",
                                  "either year = 2024 or since = a date or event");
    dtl_date start =
        has_since ? check_start(L, lua_gettop(L), &event) : dtl_date_year_start((int)year);
    begin(L, &a);
    dtl_date end = has_since ? dtl_series_last(a.measure.over) : dtl_date_year_end((int)year);
    if (to != DTL_DATE_NONE && (end == DTL_DATE_NONE || to < end))
        end = to;
    bool ok = dtl_measure_first_reaching(&a.measure, n, start, end, a.arena, &a.fact, &a.err);
    return answer(L, &a, ok);
}

static int measure_days(lua_State *L)
{
    static const dtl_str names[] = {DTL_STR("from"), DTL_STR("to"), DTL_STR("min")};
    ask a;
    check_options(L, 2, "days", names, DTL_COUNT(names));
    dtl_date from = option_date(L, 2, "from");
    dtl_date to = option_date(L, 2, "to");
    int64_t least = option_integer(L, 2, "min", 1);
    if (from == DTL_DATE_NONE || to == DTL_DATE_NONE)
        return dtl_raise_argument(L, "days", "from when to when?", "from and to, both dates");
    begin(L, &a);
    bool ok = dtl_measure_days(&a.measure, from, to, least, a.arena, &a.fact, &a.err);
    return answer(L, &a, ok);
}

static int measure_latest(lua_State *L)
{
    ask a;
    begin(L, &a);
    bool ok = dtl_measure_latest(&a.measure, a.arena, &a.fact, &a.err);
    return answer(L, &a, ok);
}

// Upvalues: the measure, the next day, the last day. Gives date, fact or nil, reason.
static int each_next(lua_State *L)
{
    lua_Integer day = lua_tointeger(L, lua_upvalueindex(2));
    if (day > lua_tointeger(L, lua_upvalueindex(3)))
        return 0;
    lua_settop(L, 0);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_pushinteger(L, day + 1);
    lua_replace(L, lua_upvalueindex(2));
    ask a;
    begin(L, &a);
    bool ok = dtl_measure_on(&a.measure, (dtl_date)day, a.arena, &a.fact, &a.err);
    dtl_push_date(L, (dtl_date)day);
    return 1 + answer(L, &a, ok);
}

static int measure_each(lua_State *L)
{
    dtl_date from = dtl_check_date(L, 2);
    dtl_date to = dtl_check_date(L, 3);
    dtl_check_measure(L, 1);
    lua_pushvalue(L, 1);
    lua_pushinteger(L, from);
    lua_pushinteger(L, to);
    lua_pushcclosure(L, each_next, 3);
    return 1;
}

enum measure_field {
    FIELD_NAME,
    FIELD_UNIT,
    FIELD_TITLE,
    FIELD_DATASET,
    FIELD_GRAIN,
    FIELD_FIRST,
    FIELD_LAST_VALUE,
    FIELD_COUNT,
};

// "last" is a question, so the first and last day with a value are first_date and last_date.
static const dtl_member members[] = {
    [FIELD_NAME] = {"name", NULL, NULL},
    [FIELD_UNIT] = {"unit", NULL, NULL},
    [FIELD_TITLE] = {"title", NULL, NULL},
    [FIELD_DATASET] = {"dataset", NULL, NULL},
    [FIELD_GRAIN] = {"grain", NULL, NULL},
    [FIELD_FIRST] = {"first_date", NULL, NULL},
    [FIELD_LAST_VALUE] = {"last_date", NULL, NULL},
    {"on", "date", measure_on},
    {"total", "from, to", measure_total},
    {"year_to_date", "date", measure_year_to_date},
    {"same_point", "date, year", measure_same_point},
    {"year", "year", measure_year},
    {"month", "month", measure_month},
    {"month_to_date", "date", measure_month_to_date},
    {"week_ending", "date", measure_week_ending},
    {"last", "n, date", measure_last},
    {"since", "start, options, date", measure_since},
    {"peak", "options", measure_peak},
    {"rank", "date, options", measure_rank},
    {"highest_since", "date", measure_highest_since},
    {"first_reaching", "n, options", measure_first_reaching},
    {"gap", "date", measure_gap},
    {"days", "options", measure_days},
    {"mean", "from, to", measure_mean},
    {"latest", "", measure_latest},
    {"coverage", "from, to", measure_coverage},
    {"each", "from, to", measure_each},
    {"where", "filters", dtl_measure_where},
    {"as_of", "date", dtl_measure_as_of},
};
const dtl_members dtl_measure_members = {members, DTL_COUNT(members)};

static int push_field(lua_State *L, const dtl_measure_handle *handle, lua_Integer field)
{
    dtl_measure m;
    dtl_measure_resolve(L, handle, &m);
    switch ((enum measure_field)field) {
    case FIELD_NAME:
        dtl_push_str(L, dtl_measure_handle_name(handle));
        return 1;
    case FIELD_UNIT:
        dtl_push_str(L, dtl_series_unit(m.over));
        if (m.under) {
            lua_pushliteral(L, "/");
            dtl_push_str(L, dtl_series_unit(m.under));
            lua_concat(L, 3);
        }
        return 1;
    case FIELD_TITLE:
        dtl_push_str(L, dtl_series_title(m.over));
        return 1;
    case FIELD_DATASET:
        dtl_push_str(L, dtl_measure_handle_dataset(handle));
        return 1;
    case FIELD_GRAIN:
        lua_pushstring(L, dtl_grain_name(dtl_series_grain(m.over)));
        return 1;
    case FIELD_FIRST:
        dtl_push_date(L, dtl_series_first_value(m.over));
        return 1;
    case FIELD_LAST_VALUE:
        dtl_push_date(L, dtl_series_last_value(m.over));
        return 1;
    case FIELD_COUNT:
        break;
    }
    return 0;
}

// The members table (upvalue 1) maps a name to its field number or its function.
static int measure_index(lua_State *L)
{
    const dtl_measure_handle *handle = dtl_check_measure(L, 1);
    lua_Integer field = dtl_find_member(L, dtl_measure_handle_name(handle), &dtl_measure_members);
    return field < 0 ? 1 : push_field(L, handle, field);
}

void dtl_push_measure_index(lua_State *L)
{
    dtl_push_members(L, &dtl_measure_members);
    lua_pushcclosure(L, measure_index, 1);
}
