// core/script/bindings/lua_date.c - calendar dates in Lua: immutable, compared by day.
#include "script/bindings/binding.h"

#include <stdio.h>

static const char type_name[] = "dateline.Date";

enum date_field {
    FIELD_YEAR,
    FIELD_MONTH,
    FIELD_DAY,
    FIELD_WEEKDAY,
    FIELD_ISO,
    FIELD_WEEKDAY_NAME,
    FIELD_MONTH_NAME,
    FIELD_YEARDAY,
    FIELD_COUNT,
};

void dtl_push_date(lua_State *L, dtl_date date)
{
    if (date == DTL_DATE_NONE) {
        lua_pushnil(L);
        return;
    }
    dtl_date *box = lua_newuserdatauv(L, sizeof *box, 0);
    *box = date;
    luaL_setmetatable(L, type_name);
}

bool dtl_to_date(lua_State *L, int index, dtl_date *out)
{
    if (lua_type(L, index) == LUA_TSTRING) {
        size_t size;
        const char *text = lua_tolstring(L, index, &size);
        return dtl_date_parse((dtl_str){text, size}, out);
    }
    const dtl_date *box = luaL_testudata(L, index, type_name);
    if (box) {
        *out = *box;
        return true;
    }
    const dtl_fact *fact = dtl_to_fact(L, index);
    if (!fact || fact->kind != DTL_FACT_DATE)
        return false;
    *out = fact->date_value;
    return true;
}

// Three numbers with one kind of sign between, or eight digits; false for any other text.
static bool read_numbers(dtl_str text, int *numbers, size_t *first_size)
{
    size_t at = 0;
    char sign = '\0';
    *first_size = 0;
    for (int i = 0; i < 3; i++) {
        size_t size = 0;
        numbers[i] = 0;
        while (at < text.size && size < 4 && text.data[at] >= '0' && text.data[at] <= '9' &&
               !(sign == '8' && size == 2)) {
            numbers[i] = numbers[i] * 10 + (text.data[at++] - '0');
            size++;
        }
        if (size == 0)
            return false;
        if (i == 0) {
            *first_size = size;
            sign = text.size == 8 && size == 4 ? '8' : '\0';
            sign = sign || at == text.size ? sign : text.data[at];
        }
        if (i < 2 && sign != '8' && (at == text.size || text.data[at++] != sign))
            return false;
    }
    return at == text.size && sign && strchr("8-/.", sign);
}

// What may have been meant by a text that is no date: another order, or a day too many.
static bool hint_date(dtl_str text, dtl_error *err)
{
    int numbers[3];
    size_t first_size;
    if (!read_numbers(text, numbers, &first_size))
        return false;
    int year = first_size == 4 ? numbers[0] : numbers[2];
    int month = numbers[1];
    int day = first_size == 4 ? numbers[2] : numbers[0];
    dtl_date date;
    if (dtl_date_make(year, month, day, &date)) {
        dtl_error_hint(err, "did you mean '%04d-%02d-%02d'?", year, month, day);
        return true;
    }
    int length = 31;
    while (length > 0 && !dtl_date_make(year, month, length, &date))
        length--;
    if (length == 0 || day <= length)
        return false;
    dtl_error_hint(err, "that month has %d days", length);
    return true;
}

// "argument 1 of 'on'", or "this" where Lua does not know the function's name.
static void name_argument(lua_State *L, int index, char *out, size_t size)
{
    lua_Debug frame;
    snprintf(out, size, "this");
    if (!lua_getstack(L, 0, &frame) || !lua_getinfo(L, "n", &frame) || !frame.name)
        return;
    bool is_method = strcmp(frame.namewhat, "method") == 0;
    snprintf(out, size, "argument %d of '%s'", is_method ? index - 1 : index, frame.name);
}

dtl_date dtl_check_date(lua_State *L, int index)
{
    dtl_date date;
    if (dtl_to_date(L, index, &date))
        return date;
    dtl_error err = {0};
    char argument[80];
    name_argument(L, index, argument, sizeof argument);
    if (lua_type(L, index) == LUA_TSTRING) {
        dtl_error_set(&err, DTL_ESCRIPT, "'%.*s' is no date", DTL_ARG(dtl_check_str(L, index)));
        hint_date(dtl_check_str(L, index), &err);
    } else if (lua_type(L, index) == LUA_TNUMBER) {
        dtl_error_set(&err, DTL_ESCRIPT, "%s is a number, no date", argument);
        dtl_error_hint(&err, "write a date in quotation marks: \"2024-10-18\"");
    } else if (lua_isnone(L, index)) {
        dtl_error_set(&err, DTL_ESCRIPT, "%s is missing", argument);
    } else {
        dtl_error_set(&err, DTL_ESCRIPT, "%s is %s%s, no date", argument,
                      lua_isnil(L, index) ? "" : "a ", luaL_typename(L, index));
    }
    dtl_error_expected(&err, "a date such as \"2024-10-18\" (year-month-day)");
    dtl_raise(L, &err);
    return DTL_DATE_NONE;
}

static void check_range(lua_State *L, int64_t days)
{
    if (days < dtl_date_year_start(DTL_YEAR_MIN) || days > dtl_date_year_end(DTL_YEAR_MAX))
        dtl_raise_argument(L, "date", "outside the calendar", "a year from 1 to 9999");
}

static int check_year(lua_State *L, int index)
{
    lua_Integer year = luaL_checkinteger(L, index);
    if (year < DTL_YEAR_MIN || year > DTL_YEAR_MAX)
        dtl_raise_argument(L, "date", "outside the calendar", "a year from 1 to 9999");
    return (int)year;
}

static int date_in_year(lua_State *L)
{
    bool moved = false;
    dtl_push_date(L, dtl_date_in_year(dtl_check_date(L, 1), check_year(L, 2), &moved));
    lua_pushboolean(L, moved);
    return 2;
}

static int date_year_start(lua_State *L)
{
    dtl_push_date(L, dtl_date_year_start(dtl_date_year(dtl_check_date(L, 1))));
    return 1;
}

static int date_year_end(lua_State *L)
{
    dtl_push_date(L, dtl_date_year_end(dtl_date_year(dtl_check_date(L, 1))));
    return 1;
}

static int date_month_start(lua_State *L)
{
    dtl_push_date(L, dtl_date_month_start(dtl_check_date(L, 1)));
    return 1;
}

static int date_month_end(lua_State *L)
{
    dtl_push_date(L, dtl_date_month_end(dtl_check_date(L, 1)));
    return 1;
}

static int date_last_weekday(lua_State *L)
{
    dtl_date date = dtl_check_date(L, 1);
    lua_Integer weekday = luaL_checkinteger(L, 2);
    if (weekday < 1 || weekday > 7)
        return dtl_raise_argument(L, "last_weekday", "no such weekday", "1 (Monday) to 7 (Sunday)");
    int back = (dtl_date_weekday(date) - (int)weekday + 7) % 7;
    check_range(L, (int64_t)date - back);
    dtl_push_date(L, date - back);
    return 1;
}

static const dtl_member members[] = {
    [FIELD_YEAR] = {"year", NULL, NULL},
    [FIELD_MONTH] = {"month", NULL, NULL},
    [FIELD_DAY] = {"day", NULL, NULL},
    [FIELD_WEEKDAY] = {"weekday", NULL, NULL},
    [FIELD_ISO] = {"iso", NULL, NULL},
    [FIELD_WEEKDAY_NAME] = {"weekday_name", NULL, NULL},
    [FIELD_MONTH_NAME] = {"month_name", NULL, NULL},
    [FIELD_YEARDAY] = {"yearday", NULL, NULL},
    {"in_year", "year", date_in_year},
    {"year_start", "", date_year_start},
    {"year_end", "", date_year_end},
    {"month_start", "", date_month_start},
    {"month_end", "", date_month_end},
    {"last_weekday", "weekday", date_last_weekday},
};
const dtl_members dtl_date_members = {members, DTL_COUNT(members)};

static int push_field(lua_State *L, dtl_date date, lua_Integer field)
{
    dtl_civil civil = dtl_date_civil(date);
    char iso[16];
    dtl_buf text = {0};
    switch ((enum date_field)field) {
    case FIELD_YEAR:
        lua_pushinteger(L, civil.year);
        return 1;
    case FIELD_MONTH:
        lua_pushinteger(L, civil.month);
        return 1;
    case FIELD_DAY:
        lua_pushinteger(L, civil.day);
        return 1;
    case FIELD_WEEKDAY:
        lua_pushinteger(L, dtl_date_weekday(date));
        return 1;
    case FIELD_WEEKDAY_NAME:
        lua_pushstring(L, dtl_date_weekday_name(dtl_date_weekday(date)));
        return 1;
    case FIELD_MONTH_NAME:
        lua_pushstring(L, dtl_date_month_name(civil.month));
        return 1;
    case FIELD_YEARDAY:
        lua_pushinteger(L, date - dtl_date_year_start(civil.year) + 1);
        return 1;
    case FIELD_ISO:
    case FIELD_COUNT:
        break;
    }
    // Copied out before the push, which may raise and would leak the buffer.
    dtl_date_add(&text, date);
    size_t size = text.size < sizeof iso ? text.size : sizeof iso;
    memcpy(iso, text.data, size);
    dtl_buf_release(&text);
    lua_pushlstring(L, iso, size);
    return 1;
}

// The members table (upvalue 1) maps a name to its field number or its function.
static int date_index(lua_State *L)
{
    const dtl_date *box = luaL_checkudata(L, 1, type_name);
    lua_Integer field = dtl_find_member(L, DTL_STR("a date"), &dtl_date_members);
    return field < 0 ? 1 : push_field(L, *box, field);
}

static int date_tostring(lua_State *L)
{
    const dtl_date *box = luaL_checkudata(L, 1, type_name);
    return push_field(L, *box, FIELD_ISO);
}

static int date_add(lua_State *L)
{
    int days_at = lua_isinteger(L, 1) ? 1 : 2;
    dtl_date date = dtl_check_date(L, 3 - days_at);
    lua_Integer days = luaL_checkinteger(L, days_at);
    if (days > 4000000 || days < -4000000)
        check_range(L, INT64_MAX);
    check_range(L, (int64_t)date + days);
    dtl_push_date(L, date + (dtl_date)days);
    return 1;
}

static int date_sub(lua_State *L)
{
    dtl_date date = dtl_check_date(L, 1);
    if (lua_isinteger(L, 2)) {
        lua_Integer days = lua_tointeger(L, 2);
        if (days > 4000000 || days < -4000000)
            check_range(L, INT64_MAX);
        check_range(L, (int64_t)date - days);
        dtl_push_date(L, date - (dtl_date)days);
        return 1;
    }
    lua_pushinteger(L, (lua_Integer)date - dtl_check_date(L, 2));
    return 1;
}

static int date_eq(lua_State *L)
{
    lua_pushboolean(L, dtl_check_date(L, 1) == dtl_check_date(L, 2));
    return 1;
}

static int date_lt(lua_State *L)
{
    lua_pushboolean(L, dtl_check_date(L, 1) < dtl_check_date(L, 2));
    return 1;
}

static int date_le(lua_State *L)
{
    lua_pushboolean(L, dtl_check_date(L, 1) <= dtl_check_date(L, 2));
    return 1;
}

static const luaL_Reg meta[] = {
    {"__tostring", date_tostring},
    {"__add", date_add},
    {"__sub", date_sub},
    {"__eq", date_eq},
    {"__lt", date_lt},
    {"__le", date_le},
    {NULL, NULL},
};

// native.date.new(any date) -> date; raises on anything else.
static int module_new(lua_State *L)
{
    dtl_push_date(L, dtl_check_date(L, 1));
    return 1;
}

// native.date.parse(text) -> date, or nil and a reason.
static int module_parse(lua_State *L)
{
    dtl_date date;
    if (dtl_to_date(L, 1, &date)) {
        dtl_push_date(L, date);
        return 1;
    }
    const char *text = luaL_tolstring(L, 1, NULL);  // pushes it, so before what is returned
    lua_pushnil(L);
    lua_pushfstring(L, "'%s' is no date such as 2024-10-18", text);
    return 2;
}

// native.date.make(year, month, day) -> date; raises when there is no such day.
static int module_make(lua_State *L)
{
    dtl_date date;
    lua_Integer month = luaL_checkinteger(L, 2);
    lua_Integer day = luaL_checkinteger(L, 3);
    int year = check_year(L, 1);
    if (month < 1 || month > 12 || day < 1 || day > 31 ||
        !dtl_date_make(year, (int)month, (int)day, &date))
        return dtl_raise_argument(L, "date", "there is no such day", "year, month, day");
    dtl_push_date(L, date);
    return 1;
}

// native.date.hint(text) -> what may have been meant by a text that is no date, or nil.
static int module_hint(lua_State *L)
{
    dtl_error err = {0};
    if (!hint_date(dtl_check_str(L, 1), &err))
        return 0;
    lua_pushstring(L, err.hint);
    return 1;
}

// native.date.is(value) -> whether it is a date.
static int module_is(lua_State *L)
{
    lua_pushboolean(L, luaL_testudata(L, 1, type_name) != NULL);
    return 1;
}

int dtl_open_date(lua_State *L)
{
    static const luaL_Reg functions[] = {{"new", module_new},   {"parse", module_parse},
                                         {"hint", module_hint}, {"make", module_make},
                                         {"is", module_is},     {NULL, NULL}};
    dtl_new_type(L, type_name, "date", meta);
    dtl_push_members(L, &dtl_date_members);
    lua_pushcclosure(L, date_index, 1);
    lua_setfield(L, -2, "__index");
    lua_pop(L, 1);
    luaL_newlib(L, functions);
    return 1;
}
