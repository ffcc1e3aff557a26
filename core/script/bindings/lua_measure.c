// core/script/bindings/lua_measure.c - measures in Lua: which series, and what may be asked of it.
//
// A handle says which series is meant; the store is read at the first question. The questions
// themselves are a table in lua_question.c.
#include "script/bindings/lua_measure.h"

#include "base/json.h"

static const char type_name[] = "dateline.Measure";

enum {
    FILTERS_MAX = 16
};

// Text and filters stand behind the struct in one userdata.
struct dtl_measure_handle {
    dtl_str name;
    dtl_series_key key;
    const dtl_series *series;        // NULL until the first question; the session's
    const dtl_measure_handle *over;  // a ratio: the two handles, kept alive as user values
    const dtl_measure_handle *under;
};

const dtl_measure_handle *dtl_check_measure(lua_State *L, int index)
{
    const dtl_measure_handle *handle = luaL_testudata(L, index, type_name);
    if (!handle)
        dtl_raise_argument(L, "measure", "this is no measure",
                           "a measure before the colon, as in c.people:on(date)");
    return handle;
}

static const dtl_series *series_of(lua_State *L, const dtl_measure_handle *handle)
{
    if (!handle->series) {
        dtl_error err = {0};
        const dtl_series *series;
        if (!dtl_session_series(dtl_session_of(L), &handle->key, &series, &err))
            dtl_raise(L, &err);
        // The handle is our own userdata; only this cache of the session's series changes in it.
        ((dtl_measure_handle *)handle)->series = series;
    }
    return handle->series;
}

void dtl_measure_resolve(lua_State *L, const dtl_measure_handle *handle, dtl_measure *out)
{
    if (handle->over)
        *out = (dtl_measure){.name = handle->name,
                             .over = series_of(L, handle->over),
                             .under = series_of(L, handle->under)};
    else
        *out = (dtl_measure){.name = handle->name, .over = series_of(L, handle)};
}

static dtl_str take(char **at, dtl_str text)
{
    char *start = *at;
    if (text.size)
        memcpy(start, text.data, text.size);
    *at += text.size;
    return (dtl_str){start, text.size};
}

// Pushes a handle that holds copies of all that [key] and [name] point to.
static void push_handle(lua_State *L, dtl_str name, const dtl_series_key *key)
{
    size_t size = sizeof(dtl_measure_handle) + key->filter_count * sizeof(dtl_filter) + name.size +
                  key->dataset.size + key->measure.size;
    for (size_t i = 0; i < key->filter_count; i++)
        size += key->filters[i].dimension.size + key->filters[i].value.size;
    dtl_measure_handle *handle = lua_newuserdatauv(L, size, 2);
    dtl_filter *filters = (dtl_filter *)(handle + 1);
    char *at = (char *)(filters + key->filter_count);
    *handle = (dtl_measure_handle){.name = take(&at, name), .key = *key};
    handle->key.dataset = take(&at, key->dataset);
    handle->key.measure = take(&at, key->measure);
    handle->key.filters = filters;
    for (size_t i = 0; i < key->filter_count; i++)
        filters[i] =
            (dtl_filter){take(&at, key->filters[i].dimension), take(&at, key->filters[i].value)};
    luaL_setmetatable(L, type_name);
}

static bool is_bare(dtl_str value)
{
    for (size_t i = 0; i < value.size; i++) {
        char c = value.data[i];
        bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                     c == '_' || c == '.' || c == '-';
        if (!plain)
            return false;
    }
    return value.size > 0;
}

// "departures.boats{country=BE}": values that are no bare word are quoted as in JSON.
static dtl_str name_with_filters(lua_State *L, dtl_str name, const dtl_filter *filters,
                                 size_t count)
{
    dtl_buf *text = dtl_session_text(dtl_session_of(L));
    dtl_buf_add_str(text, name);
    dtl_buf_add_char(text, '{');
    for (size_t i = 0; i < count; i++) {
        if (i)
            DTL_BUF_LITERAL(text, ", ");
        dtl_buf_add_str(text, filters[i].dimension);
        dtl_buf_add_char(text, '=');
        if (is_bare(filters[i].value))
            dtl_buf_add_str(text, filters[i].value);
        else
            dtl_json_quote(text, filters[i].value, false);
    }
    dtl_buf_add_char(text, '}');
    return dtl_buf_str(text);
}

// Reads the table at [index] into [filters], sorted by dimension. Returns how many.
static size_t check_filters(lua_State *L, int index, const dtl_dataset *dataset,
                            dtl_filter *filters)
{
    size_t count = 0;
    for (size_t i = 0; i < dataset->column_count; i++) {
        const dtl_column *column = &dataset->columns[i];
        if (column->role != DTL_ROLE_DIMENSION)
            continue;
        dtl_push_str(L, column->name);
        lua_rawget(L, index);
        if (!lua_isnil(L, -1) && count < FILTERS_MAX) {
            if (lua_type(L, -1) != LUA_TSTRING)
                dtl_raise_argument(L, "where", "a dimension's value must be text",
                                   "as in boats:where{country = \"BE\"}");
            filters[count++] = (dtl_filter){column->name, dtl_check_str(L, -1)};
        }
        lua_pop(L, 1);  // the table still holds the text
    }
    return count;
}

// Every key of the filter table must be a dimension of the dataset.
static void check_dimensions(lua_State *L, int index, const dtl_dataset *dataset)
{
    dtl_str names[FILTERS_MAX];
    size_t count = 0;
    for (size_t i = 0; i < dataset->column_count && count < FILTERS_MAX; i++)
        if (dataset->columns[i].role == DTL_ROLE_DIMENSION)
            names[count++] = dataset->columns[i].name;
    lua_pushnil(L);
    while (lua_next(L, index)) {
        lua_pop(L, 1);
        if (lua_type(L, -1) == LUA_TSTRING) {
            dtl_str key = dtl_check_str(L, -1);
            if (dtl_dataset_column(dataset, DTL_ROLE_DIMENSION, key) && key.size)
                continue;
            dtl_error err = {0};
            dtl_error_set(&err, DTL_ESCRIPT, "%.*s has no dimension '%.*s'", DTL_ARG(dataset->name),
                          DTL_ARG(key));
            dtl_str near = dtl_str_nearest(key, names, count);
            if (near.size)
                dtl_error_hint(&err, "did you mean '%.*s'?", DTL_ARG(near));
            else if (count == 0)
                dtl_error_hint(&err, "this dataset has no dimensions to choose by");
            else
                dtl_error_hint(&err, "its first dimension is '%.*s'", DTL_ARG(names[0]));
            dtl_raise(L, &err);
        }
        dtl_raise_argument(L, "where", "takes dimensions by name",
                           "as in boats:where{country = \"BE\"}");
    }
}

static const dtl_dataset *dataset_of(lua_State *L, dtl_str name)
{
    const dtl_dataset *dataset = NULL;
    dtl_error err = {0};
    if (!dtl_session_dataset(dtl_session_of(L), name, &dataset, &err))
        dtl_raise(L, &err);
    return dataset;
}

static void need_plain(lua_State *L, const dtl_measure_handle *handle, const char *what)
{
    if (handle->over)
        dtl_raise_argument(L, what, "a ratio takes it on its parts",
                           "as in c.people:as_of(d) / c.boats:as_of(d)");
}

// measure:where{dimension = value} -> measure.
int dtl_measure_where(lua_State *L)
{
    const dtl_measure_handle *handle = dtl_check_measure(L, 1);
    need_plain(L, handle, "where");
    luaL_checktype(L, 2, LUA_TTABLE);
    const dtl_dataset *dataset = dataset_of(L, handle->key.dataset);
    check_dimensions(L, 2, dataset);
    dtl_filter filters[FILTERS_MAX];
    size_t count = check_filters(L, 2, dataset, filters);
    dtl_series_key key = handle->key;
    key.filters = filters;
    key.filter_count = count;
    // Without filters of its own a name is bare: what stands in braces is replaced whole.
    dtl_str bare = handle->name;
    size_t brace = dtl_str_find(bare, DTL_STR("{"));
    if (brace != SIZE_MAX)
        bare = dtl_str_slice(bare, 0, brace);
    push_handle(L, count ? name_with_filters(L, bare, filters, count) : bare, &key);
    return 1;
}

// measure:as_of(date) -> the measure as the store knew it at the end of that day.
int dtl_measure_as_of(lua_State *L)
{
    const dtl_measure_handle *handle = dtl_check_measure(L, 1);
    need_plain(L, handle, "as_of");
    dtl_series_key key = handle->key;
    dtl_date date = dtl_check_date(L, 2);
    key.as_of = dtl_moment_end_of(date);
    dtl_buf *text = dtl_session_text(dtl_session_of(L));
    dtl_buf_add_str(text, handle->name);
    DTL_BUF_LITERAL(text, ".as_of(");
    dtl_date_add(text, date);
    dtl_buf_add_char(text, ')');
    push_handle(L, dtl_buf_str(text), &key);
    return 1;
}

// over / under -> a ratio measure.
static int measure_div(lua_State *L)
{
    const dtl_measure_handle *over = dtl_check_measure(L, 1);
    const dtl_measure_handle *under = dtl_check_measure(L, 2);
    if (over->over || under->over)
        return dtl_raise_argument(L, "/", "a ratio cannot be divided again",
                                  "two plain measures, as in c.people / c.boats");
    dtl_buf *text = dtl_session_text(dtl_session_of(L));
    dtl_buf_add_char(text, '(');
    dtl_buf_add_str(text, over->name);
    DTL_BUF_LITERAL(text, " / ");
    dtl_buf_add_str(text, under->name);
    dtl_buf_add_char(text, ')');
    dtl_series_key none = {.as_of = over->key.as_of};
    push_handle(L, dtl_buf_str(text), &none);
    dtl_measure_handle *ratio = lua_touserdata(L, -1);
    ratio->over = over;
    ratio->under = under;
    lua_pushvalue(L, 1);
    lua_setiuservalue(L, -2, 1);
    lua_pushvalue(L, 2);
    lua_setiuservalue(L, -2, 2);
    return 1;
}

static int measure_tostring(lua_State *L)
{
    dtl_push_str(L, dtl_check_measure(L, 1)->name);
    return 1;
}

dtl_str dtl_measure_handle_name(const dtl_measure_handle *handle)
{
    return handle->name;
}

dtl_str dtl_measure_handle_dataset(const dtl_measure_handle *handle)
{
    return handle->over ? handle->over->key.dataset : handle->key.dataset;
}

// native.measure.open{dataset=, measure=, name=} -> measure. Raises for an unknown dataset or
// measure, with a hint; the values are not read yet.
static int module_open(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_getfield(L, 1, "dataset");
    lua_getfield(L, 1, "measure");
    lua_getfield(L, 1, "name");
    dtl_str dataset_name = dtl_check_str(L, 2);
    dtl_str measure = dtl_check_str(L, 3);
    const dtl_dataset *dataset = dataset_of(L, dataset_name);
    if (!measure.size || !dtl_dataset_column(dataset, DTL_ROLE_MEASURE, measure)) {
        dtl_str names[64];
        size_t count = 0;
        for (size_t i = 0; i < dataset->column_count && count < DTL_COUNT(names); i++)
            if (dataset->columns[i].role == DTL_ROLE_MEASURE)
                names[count++] = dataset->columns[i].name;
        dtl_error err = {0};
        dtl_error_set(&err, DTL_ESCRIPT, "%.*s has no measure '%.*s'", DTL_ARG(dataset_name),
                      DTL_ARG(measure));
        dtl_str near = dtl_str_nearest(measure, names, count);
        if (near.size)
            dtl_error_hint(&err, "did you mean '%.*s'?", DTL_ARG(near));
        return dtl_raise(L, &err);
    }
    dtl_str name = lua_isnil(L, 4) ? measure : dtl_check_str(L, 4);
    dtl_series_key key = {
        .dataset = dataset_name, .measure = measure, .as_of = dtl_session_as_of(dtl_session_of(L))};
    push_handle(L, name, &key);
    return 1;
}

// native.measure.is(value) -> whether it is a measure.
static int module_is(lua_State *L)
{
    lua_pushboolean(L, luaL_testudata(L, 1, type_name) != NULL);
    return 1;
}

int dtl_open_measure(lua_State *L)
{
    static const luaL_Reg meta[] = {
        {"__tostring", measure_tostring}, {"__div", measure_div}, {NULL, NULL}};
    static const luaL_Reg functions[] = {{"open", module_open}, {"is", module_is}, {NULL, NULL}};
    dtl_new_type(L, type_name, "measure", meta);
    dtl_push_measure_index(L);
    lua_setfield(L, -2, "__index");
    lua_pop(L, 1);
    luaL_newlib(L, functions);
    return 1;
}
