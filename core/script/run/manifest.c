// core/script/run/manifest.c - a dataset's Lua manifest as a dtl_dataset.
//
// A manifest is plain data: text, booleans, lists and tables. It is read with raw access, so nothing
// in it runs.
#include "script/run/manifest.h"

#include <stdlib.h>

#include <lauxlib.h>

enum {
    LIST_MAX = 512
};

typedef struct reader {
    lua_State *L;
    dtl_str file;
    dtl_arena *arena;
    dtl_error *err;
    const char *where;  // "columns[3]", or "" at the top
} reader;

static bool fail(const reader *r, const char *field, const char *what, const char *expected)
{
    dtl_error_set(r->err, DTL_EDATA, "%s%s%s: %s", r->where, *r->where ? "." : "", field, what);
    dtl_error_at(r->err, r->file, 0, 0);
    dtl_error_expected(r->err, "%s", expected);
    return false;
}

static void push_field(const reader *r, int table, const char *field)
{
    lua_pushstring(r->L, field);
    lua_rawget(r->L, table);
}

static dtl_str keep(const reader *r, int index)
{
    size_t size;
    const char *text = lua_tolstring(r->L, index, &size);
    return dtl_arena_str(r->arena, (dtl_str){text, size});
}

static bool read_text(const reader *r, int table, const char *field, bool required, dtl_str *out)
{
    bool ok = true;
    push_field(r, table, field);
    if (lua_type(r->L, -1) == LUA_TSTRING)
        *out = keep(r, -1);
    else if (!lua_isnil(r->L, -1) || required)
        ok = fail(r, field, lua_isnil(r->L, -1) ? "is missing" : "is not text", "text");
    else
        *out = DTL_STR("");
    lua_pop(r->L, 1);
    return ok;
}

static bool read_flag(const reader *r, int table, const char *field, bool *out)
{
    push_field(r, table, field);
    bool ok = lua_isboolean(r->L, -1) || lua_isnil(r->L, -1);
    *out = lua_toboolean(r->L, -1);
    lua_pop(r->L, 1);
    return ok ? true : fail(r, field, "is neither true nor false", "true or false");
}

static bool read_list(const reader *r, int table, const char *field, const dtl_str **out,
                      size_t *count)
{
    *out = NULL;
    *count = 0;
    push_field(r, table, field);
    bool ok = lua_isnil(r->L, -1) || lua_istable(r->L, -1);
    size_t size = lua_istable(r->L, -1) ? lua_rawlen(r->L, -1) : 0;
    if (ok && size > 0 && size <= LIST_MAX) {
        dtl_str *list = dtl_arena_alloc(r->arena, size * sizeof *list);
        for (size_t i = 0; i < size && ok; i++) {
            lua_rawgeti(r->L, -1, (lua_Integer)i + 1);
            ok = lua_type(r->L, -1) == LUA_TSTRING;
            if (ok)
                list[i] = keep(r, -1);
            lua_pop(r->L, 1);
        }
        *out = list;
        *count = size;
    }
    lua_pop(r->L, 1);
    return ok && size <= LIST_MAX ? true : fail(r, field, "is no list of texts", "a list of texts");
}

static int compare_marks(const void *a, const void *b)
{
    return dtl_str_compare(((const dtl_missing_mark *)a)->mark,
                           ((const dtl_missing_mark *)b)->mark);
}

// missing = { ["-"] = "not_collected" }, sorted by mark so that no hash order is kept.
static bool read_missing(const reader *r, int table, const dtl_missing_mark **out, size_t *count)
{
    static const char field[] = "missing";
    bool ok = true;
    size_t size = 0;
    dtl_missing_mark *marks = dtl_arena_alloc(r->arena, LIST_MAX * sizeof *marks);
    push_field(r, table, field);
    if (lua_istable(r->L, -1)) {
        lua_pushnil(r->L);
        while (ok && lua_next(r->L, -2)) {
            ok = lua_type(r->L, -2) == LUA_TSTRING && lua_type(r->L, -1) == LUA_TSTRING &&
                 size < LIST_MAX;
            if (ok)
                marks[size++] = (dtl_missing_mark){keep(r, -2), keep(r, -1)};
            lua_pop(r->L, ok ? 1 : 2);
        }
    } else {
        ok = lua_isnil(r->L, -1);
    }
    lua_pop(r->L, 1);
    if (!ok)
        return fail(r, field, "is no table of marks",
                    "a table such as { [\"-\"] = \"not_collected\" }");
    qsort(marks, size, sizeof *marks, compare_marks);
    *out = marks;
    *count = size;
    return true;
}

static bool check_fields(const reader *r, int table, const dtl_str *names, size_t count)
{
    lua_pushnil(r->L);
    while (lua_next(r->L, table)) {
        lua_pop(r->L, 1);
        dtl_str key = DTL_STR("?");
        bool known = false;
        if (lua_type(r->L, -1) == LUA_TSTRING) {
            key = keep(r, -1);
            for (size_t i = 0; i < count && !known; i++)
                known = dtl_str_equal(names[i], key);
        }
        if (known)
            continue;
        lua_pop(r->L, 1);
        dtl_error_set(r->err, DTL_EDATA, "%s%sunknown field '%.*s'", r->where,
                      *r->where ? ": " : "", DTL_ARG(key));
        dtl_error_at(r->err, r->file, 0, 0);
        dtl_str near = dtl_str_nearest(key, names, count);
        if (near.size)
            dtl_error_hint(r->err, "did you mean '%.*s'?", DTL_ARG(near));
        return false;
    }
    return true;
}

static bool read_column(const reader *r, int table, dtl_column *column)
{
    static const dtl_str names[] = {
        DTL_STR("name"),    DTL_STR("title"),    DTL_STR("unit"),    DTL_STR("role"),
        DTL_STR("headers"), DTL_STR("optional"), DTL_STR("missing"), DTL_STR("may_be_negative")};
    dtl_str role = DTL_STR("");
    const dtl_str *headers;
    if (!check_fields(r, table, names, DTL_COUNT(names)) ||
        !read_text(r, table, "name", true, &column->name) ||
        !read_text(r, table, "title", false, &column->title) ||
        !read_text(r, table, "unit", false, &column->unit) ||
        !read_text(r, table, "role", true, &role) ||
        !read_flag(r, table, "optional", &column->optional) ||
        !read_flag(r, table, "may_be_negative", &column->may_be_negative) ||
        !read_missing(r, table, &column->missing, &column->missing_count) ||
        !read_list(r, table, "headers", &headers, &column->header_count))
        return false;
    if (!dtl_role_parse(role, &column->role))
        return fail(r, "role", "is not known",
                    "period, measure, dimension, attribution, key, label, from, to or ignored");
    dtl_str *normal = dtl_arena_alloc(r->arena, (column->header_count + 1) * sizeof *normal);
    for (size_t i = 0; headers && i < column->header_count; i++)
        normal[i] = dtl_header_normalise(r->arena, headers[i]);
    if (column->header_count == 0) {  // its own name, when no other is given
        normal[0] = dtl_header_normalise(r->arena, column->name);
        column->header_count = 1;
    }
    column->headers = normal;
    return true;
}

static bool read_columns(reader *r, int table, dtl_dataset *out)
{
    bool ok = true;
    push_field(r, table, "columns");
    size_t size = lua_istable(r->L, -1) ? lua_rawlen(r->L, -1) : 0;
    if (size == 0 || size > LIST_MAX) {
        lua_pop(r->L, 1);
        return fail(r, "columns", "is missing or no list", "a list of columns");
    }
    int list = lua_gettop(r->L);
    dtl_column *columns = dtl_arena_alloc(r->arena, size * sizeof *columns);
    for (size_t i = 0; i < size && ok; i++) {
        r->where = dtl_arena_printf(r->arena, "columns[%zu]", i + 1).data;
        lua_rawgeti(r->L, list, (lua_Integer)i + 1);
        ok = lua_istable(r->L, -1) ? read_column(r, lua_gettop(r->L), &columns[i])
                                   : fail(r, "", "is no table", "a column");
        lua_settop(r->L, list);
    }
    r->where = "";
    lua_pop(r->L, 1);
    out->columns = columns;
    out->column_count = size;
    return ok;
}

static bool read_week_end(const reader *r, int table, dtl_dataset *out)
{
    dtl_str text;
    if (!read_text(r, table, "week_end", false, &text))
        return false;
    out->week_end = 7;
    for (int day = 1; day <= 7 && text.size; day++) {
        dtl_str name = dtl_str_from(dtl_date_weekday_name(day));
        if (name.size == text.size && (text.data[0] | 0x20) == (name.data[0] | 0x20) &&
            dtl_str_equal(dtl_str_slice(name, 1, name.size), dtl_str_slice(text, 1, text.size))) {
            out->week_end = day;
            return true;
        }
    }
    return text.size ? fail(r, "week_end", "is no weekday", "a weekday such as \"sunday\"") : true;
}

static bool read_bundled(const reader *r, int table, dtl_bundled *out)
{
    *out = (dtl_bundled){.published = DTL_DATE_NONE};
    bool ok = true;
    push_field(r, table, "bundled");
    if (lua_istable(r->L, -1)) {
        int at = lua_gettop(r->L);
        dtl_str published = DTL_STR("");
        dtl_str retrieved = DTL_STR("");
        ok = read_text(r, at, "file", true, &out->file) &&
             read_text(r, at, "published", false, &published) &&
             read_text(r, at, "retrieved", true, &retrieved);
        if (ok && published.size && !dtl_date_parse(published, &out->published))
            ok = fail(r, "bundled.published", "is no date", "a date such as 2026-08-21");
        if (ok && !dtl_moment_parse(retrieved, &out->retrieved))
            ok = fail(r, "bundled.retrieved", "is no moment", "as in 2026-08-21T12:00:00Z");
    }
    lua_pop(r->L, 1);
    return ok;
}

static bool read_kinds(const reader *r, int table, dtl_dataset *out)
{
    dtl_str grain;
    dtl_str kind;
    dtl_str absent;
    if (!read_text(r, table, "grain", true, &grain) ||
        !read_text(r, table, "release", false, &kind) ||
        !read_text(r, table, "absent", false, &absent))
        return false;
    if (!dtl_grain_parse(grain, &out->grain))
        return fail(r, "grain", "is not known", "day, week, month, year, as_at or event");
    out->kind = DTL_RELEASE_FULL;
    if (kind.size && !dtl_release_kind_parse(kind, &out->kind))
        return fail(r, "release", "is not known", "full, window or hand");
    out->absent_is_zero = dtl_str_equal(absent, DTL_STR("zero"));
    if (absent.size && !out->absent_is_zero && !dtl_str_equal(absent, DTL_STR("missing")))
        return fail(r, "absent", "is not known", "missing or zero");
    return true;
}

static bool read_table(reader *r, int table, dtl_dataset *out, dtl_bundled *bundled)
{
    static const dtl_str names[] = {
        DTL_STR("name"),        DTL_STR("title"),    DTL_STR("publisher"),   DTL_STR("licence"),
        DTL_STR("attribution"), DTL_STR("homepage"), DTL_STR("caveat"),      DTL_STR("grain"),
        DTL_STR("week_end"),    DTL_STR("release"),  DTL_STR("provisional"), DTL_STR("absent"),
        DTL_STR("fold"),        DTL_STR("dates"),    DTL_STR("missing"),     DTL_STR("columns"),
        DTL_STR("bundled")};
    return check_fields(r, table, names, DTL_COUNT(names)) &&
           read_text(r, table, "name", true, &out->name) &&
           read_text(r, table, "title", true, &out->title) &&
           read_text(r, table, "publisher", true, &out->publisher) &&
           read_text(r, table, "licence", true, &out->licence) &&
           read_text(r, table, "attribution", false, &out->attribution) &&
           read_text(r, table, "homepage", false, &out->homepage) &&
           read_text(r, table, "caveat", false, &out->caveat) && read_kinds(r, table, out) &&
           read_week_end(r, table, out) && read_flag(r, table, "provisional", &out->provisional) &&
           read_flag(r, table, "fold", &out->fold) &&
           read_list(r, table, "dates", &out->date_formats, &out->date_format_count) &&
           read_missing(r, table, &out->missing, &out->missing_count) &&
           read_columns(r, table, out) && read_bundled(r, table, bundled);
}

bool dtl_manifest_read(lua_State *L, dtl_str file, dtl_arena *arena, dtl_dataset *out,
                       dtl_bundled *bundled, dtl_error *err)
{
    static const dtl_str iso = DTL_STR("%Y-%m-%d");
    reader r = {.L = L, .file = file, .arena = arena, .err = err, .where = ""};
    *out = (dtl_dataset){0};
    if (!lua_istable(L, -1))
        return fail(&r, "manifest", "is no table", "a file that returns one table");
    luaL_checkstack(L, 16, "a manifest");
    int top = lua_gettop(L);
    bool ok = read_table(&r, top, out, bundled);
    lua_settop(L, top);
    if (!ok)
        return false;
    if (out->date_format_count == 0) {
        dtl_str *formats = dtl_arena_alloc(arena, sizeof *formats);
        *formats = iso;
        out->date_formats = formats;
        out->date_format_count = 1;
    }
    return dtl_dataset_check(out, err);
}
