// core/script/bindings/lua_sql.c - read-only SQL in Lua: bound parameters, an iterator of rows.
//
//   for row in sql.rows("select date, people from small_boats_daily where people > ?", 1000) do
//   for date, people in sql.each("select date, people from small_boats_daily") do
//   local row = sql.one(...)   local value = sql.value(...)   local rows = sql.all(...)
#include "script/bindings/binding.h"

static const char type_name[] = "dateline.Rows";

enum {
    COLUMNS_MAX = 200,
    ALL_ROWS_MAX = 100000
};

// A statement being read. It is closed at the last row, by `break` (as the closing value of its
// loop) and by the collector, whichever comes first.
typedef struct rows {
    dtl_query *query;  // NULL once closed
    bool at_end;       // closed since all rows were read, not by an error or by `break`
    bool named;        // rows as tables by name, or as several values
    int columns;
} rows;

static void close_rows(rows *r)
{
    dtl_query_free(r->query);
    r->query = NULL;
}

static int rows_close(lua_State *L)
{
    close_rows(luaL_checkudata(L, 1, type_name));
    return 0;
}

static void bind_value(lua_State *L, dtl_query *query, int index, int at)
{
    dtl_query_value value = {.type = DTL_QUERY_NULL};
    dtl_date date;
    const dtl_fact *fact = dtl_to_fact(L, at);
    char iso[16];
    if (lua_isinteger(L, at)) {
        value = (dtl_query_value){.type = DTL_QUERY_INTEGER, .integer = lua_tointeger(L, at)};
    } else if (lua_type(L, at) == LUA_TNUMBER) {
        value = (dtl_query_value){.type = DTL_QUERY_REAL, .real = lua_tonumber(L, at)};
    } else if (lua_type(L, at) == LUA_TSTRING) {
        value = (dtl_query_value){.type = DTL_QUERY_TEXT, .text = dtl_check_str(L, at)};
    } else if (lua_type(L, at) == LUA_TBOOLEAN) {
        value = (dtl_query_value){.type = DTL_QUERY_INTEGER, .integer = lua_toboolean(L, at)};
    } else if (dtl_to_date(L, at, &date)) {
        dtl_buf *text = dtl_session_text(dtl_session_of(L));
        dtl_date_add(text, date);
        size_t size = text->size < sizeof iso ? text->size : sizeof iso;
        memcpy(iso, text->data, size);
        value = (dtl_query_value){.type = DTL_QUERY_TEXT, .text = {iso, size}};
    } else if (fact && dtl_rational_is_integer(fact->value)) {
        value = (dtl_query_value){.type = DTL_QUERY_INTEGER, .integer = fact->value.num};
    } else if (!lua_isnil(L, at)) {
        dtl_error err = {0};
        dtl_error_set(&err, DTL_ESCRIPT, "cannot bind %s to parameter %d", luaL_typename(L, at),
                      index);
        dtl_error_expected(&err, "a number, text, a date, true, false or nil");
        dtl_raise(L, &err);
    }
    dtl_error err = {0};
    if (!dtl_query_bind(query, index, &value, &err))
        dtl_raise(L, &err);
}

static void bind_named(lua_State *L, dtl_query *query, int table_at)
{
    int bound = 0;
    lua_pushnil(L);
    while (lua_next(L, table_at)) {
        dtl_error err = {0};
        int index = 0;
        if (lua_type(L, -2) == LUA_TSTRING) {
            lua_pushliteral(L, ":");
            lua_pushvalue(L, -3);
            lua_concat(L, 2);
            index = dtl_query_parameter_index(query, dtl_check_str(L, -1));
            lua_pop(L, 1);
        }
        if (!index) {
            if (lua_type(L, -2) == LUA_TSTRING)
                dtl_error_set(&err, DTL_ESCRIPT, "SQL: the statement has no parameter ':%s'",
                              lua_tostring(L, -2));
            else
                dtl_error_set(&err, DTL_ESCRIPT, "SQL: the values of ? stand in no table");
            dtl_error_expected(&err, "value, value for each ?, or { name = value } for each :name");
            dtl_raise(L, &err);
        }
        bind_value(L, query, index, lua_gettop(L));
        bound++;
        lua_pop(L, 1);
    }
    if (bound != dtl_query_parameter_count(query))
        dtl_raise_argument(L, "sql", "not every parameter has a value",
                           "a table with each :name of the statement");
}

static void bind_all(lua_State *L, dtl_query *query, int top)
{
    int wanted = dtl_query_parameter_count(query);
    if (top == 2 && lua_type(L, 2) == LUA_TTABLE) {
        bind_named(L, query, 2);
        return;
    }
    if (top - 1 != wanted) {
        dtl_error err = {0};
        dtl_error_set(&err, DTL_ESCRIPT,
                      "SQL: the statement has %d parameter%s, and %d value%s given", wanted,
                      wanted == 1 ? "" : "s", top - 1, top == 2 ? " was" : "s were");
        dtl_error_expected(&err, "behind the statement, one value for each ? in it");
        dtl_raise(L, &err);
    }
    for (int i = 1; i <= wanted; i++)
        bind_value(L, query, i, i + 1);
}

// Prepares and binds the statement at 1 with the values behind it; pushes the rows handle.
static rows *open_rows(lua_State *L, bool named)
{
    int top = lua_gettop(L);
    dtl_str sql = dtl_check_str(L, 1);
    rows *r = lua_newuserdatauv(L, sizeof *r, 0);  // before the statement: this can raise
    *r = (rows){.named = named};
    luaL_setmetatable(L, type_name);
    dtl_error err = {0};
    dtl_guard_check(L);
    dtl_note_place(L);  // one call of one of SQLite's functions may outlast every limit
    if (!dtl_query_prepare(dtl_session_store(dtl_session_of(L)), sql, &r->query, &err))
        dtl_raise(L, &err);
    bind_all(L, r->query, top);
    r->columns = dtl_query_column_count(r->query);
    if (r->columns > COLUMNS_MAX)
        dtl_raise_argument(L, "sql", "too many columns", "at most 200");
    return r;
}

// True with the next row ready; false, and closed, behind the last.
static bool step(lua_State *L, rows *r)
{
    if (!r->query && !r->at_end)
        dtl_raise_argument(L, "sql", "these rows are closed",
                           "rows inside their own loop, before any error in it");
    if (r->at_end)
        return false;
    bool row = false;
    dtl_error err = {0};
    if (!dtl_query_step(r->query, &row, &err)) {
        close_rows(r);
        dtl_guard_check(L);  // an interrupt is the limit's doing: that is the better message
        dtl_raise(L, &err);
    }
    if (row) {
        dtl_guard_count_rows(L, 1);
        return true;
    }
    close_rows(r);
    r->at_end = true;
    return false;
}

static void push_value(lua_State *L, const rows *r, int column)
{
    dtl_query_value value = dtl_query_value_at(r->query, column);
    switch (value.type) {
    case DTL_QUERY_NULL:
        lua_pushnil(L);
        return;
    case DTL_QUERY_INTEGER:
        lua_pushinteger(L, value.integer);
        return;
    case DTL_QUERY_REAL:
        lua_pushnumber(L, value.real);
        return;
    case DTL_QUERY_TEXT:
    case DTL_QUERY_BLOB:
        dtl_push_str(L, value.text);
        return;
    }
}

static const char *push_column_name(lua_State *L, const rows *r, int column)
{
    dtl_push_str(L, dtl_query_column_name(r->query, column));
    return lua_tostring(L, -1);
}

// The __index of rows (upvalue 1: the set of column names): NULL reads as nil, a misspelt column is
// an error.
static int row_index(lua_State *L)
{
    lua_settop(L, 2);
    lua_pushvalue(L, 2);
    lua_rawget(L, lua_upvalueindex(1));
    if (!lua_isnil(L, -1)) {
        lua_pushnil(L);
        return 1;
    }
    dtl_str names[COLUMNS_MAX];
    size_t count = 0;
    lua_pushnil(L);
    while (count < COLUMNS_MAX && lua_next(L, lua_upvalueindex(1))) {
        lua_pop(L, 1);
        names[count++] = dtl_check_str(L, -1);
    }
    dtl_str key = lua_type(L, 2) == LUA_TSTRING ? dtl_check_str(L, 2) : DTL_STR("?");
    return dtl_raise_no_field(L, "this row", key, names, count);
}

// Pushes the names (interned once a statement) and the metatable that rows share.
static void push_row_shape(lua_State *L, const rows *r)
{
    lua_createtable(L, 0, r->columns);
    int set = lua_gettop(L);
    for (int i = 0; i < r->columns; i++) {
        push_column_name(L, r, i);
        lua_pushboolean(L, 1);
        lua_rawset(L, set);
    }
    lua_createtable(L, 0, 2);
    lua_insert(L, set);
    lua_pushcclosure(L, row_index, 1);
    lua_setfield(L, set, "__index");
    lua_pushboolean(L, 0);
    lua_setfield(L, set, "__metatable");
}

// Upvalues: the rows handle, the metatable, then one name a column.
static int next_named(lua_State *L)
{
    rows *r = lua_touserdata(L, lua_upvalueindex(1));
    if (!step(L, r))
        return 0;
    lua_createtable(L, 0, r->columns);
    for (int i = 0; i < r->columns; i++) {
        push_value(L, r, i);
        if (lua_isnil(L, -1)) {
            lua_pop(L, 1);
            continue;
        }
        lua_pushvalue(L, lua_upvalueindex(3 + i));
        lua_insert(L, -2);
        lua_rawset(L, -3);
    }
    lua_pushvalue(L, lua_upvalueindex(2));
    lua_setmetatable(L, -2);
    return 1;
}

static int next_values(lua_State *L)
{
    rows *r = lua_touserdata(L, lua_upvalueindex(1));
    if (!step(L, r))
        return 0;
    luaL_checkstack(L, r->columns, "a row");
    for (int i = 0; i < r->columns; i++)
        push_value(L, r, i);
    return r->columns;
}

// Pushes the iterator over the rows handle at [handle_at].
static void push_iterator(lua_State *L, int handle_at)
{
    const rows *r = lua_touserdata(L, handle_at);
    lua_pushvalue(L, handle_at);
    if (!r->named) {
        lua_pushcclosure(L, next_values, 1);
        return;
    }
    luaL_checkstack(L, r->columns + 4, "a row");
    push_row_shape(L, r);
    for (int i = 0; i < r->columns; i++)
        push_column_name(L, r, i);
    lua_pushcclosure(L, next_named, 2 + r->columns);
}

static int iterate(lua_State *L, bool named)
{
    open_rows(L, named);
    int handle_at = lua_gettop(L);
    push_iterator(L, handle_at);
    lua_pushnil(L);
    lua_pushnil(L);
    lua_pushvalue(L, handle_at);  // the loop's closing value
    return 4;
}

// sql.rows(statement, values...) -> iterator of tables by column name.
static int sql_rows(lua_State *L)
{
    return iterate(L, true);
}

// sql.each(statement, values...) -> iterator of the columns as several values: the fast way.
static int sql_each(lua_State *L)
{
    return iterate(L, false);
}

// sql.one(statement, values...) -> the first row, or nil when there is none.
static int sql_one(lua_State *L)
{
    rows *r = open_rows(L, true);
    push_iterator(L, lua_gettop(L));
    lua_call(L, 0, 1);
    close_rows(r);
    return 1;
}

// sql.value(statement, values...) -> the first column of the first row; nil when NULL or no row.
static int sql_value(lua_State *L)
{
    rows *r = open_rows(L, false);
    if (step(L, r))
        push_value(L, r, 0);
    else
        lua_pushnil(L);
    close_rows(r);
    return 1;
}

// sql.all(statement, values...) -> list of rows; raises beyond 100,000.
static int sql_all(lua_State *L)
{
    rows *r = open_rows(L, true);
    push_iterator(L, lua_gettop(L));
    int iterator = lua_gettop(L);
    lua_newtable(L);
    for (lua_Integer n = 1;; n++) {
        lua_pushvalue(L, iterator);
        lua_call(L, 0, 1);
        if (lua_isnil(L, -1))
            break;
        if (n > ALL_ROWS_MAX) {
            close_rows(r);
            return dtl_raise_argument(L, "sql.all", "more than 100,000 rows",
                                      "use sql.rows, which holds one row at a time");
        }
        lua_rawseti(L, -2, n);
    }
    lua_pop(L, 1);
    return 1;
}

static const dtl_member functions[] = {
    {"rows", "statement, ...", sql_rows}, {"each", "statement, ...", sql_each},
    {"one", "statement, ...", sql_one},   {"value", "statement, ...", sql_value},
    {"all", "statement, ...", sql_all},
};
const dtl_members dtl_sql_functions = {functions, DTL_COUNT(functions)};

int dtl_open_sql(lua_State *L)
{
    static const luaL_Reg meta[] = {{"__gc", rows_close}, {"__close", rows_close}, {NULL, NULL}};
    dtl_new_type(L, type_name, "rows", meta);
    lua_pop(L, 1);
    dtl_push_members(L, &dtl_sql_functions);
    return 1;
}
