// core/store/query.c - read-only SQL with bound parameters.
#include "store/query.h"

#include <assert.h>
#include <stdlib.h>

#include "store/complaint.h"
#include "store/guard.h"

struct dtl_query {
    dtl_store *store;
    sqlite3_stmt *statement;
    bool is_done;    // SQLite would start again from the first row
    bool is_broken;  // a step failed: that stays an error, and is never the end
};

enum {
    CANDIDATE_MAX = 512  // names looked through for a hint
};

// ---- where a statement went wrong ----

static void set_position(dtl_str sql, size_t offset, dtl_error *err)
{
    dtl_error_point(err, DTL_STR(""), sql, offset);
}

static bool is_name_part(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// Where [name] stands in [sql] as a word of its own, or SIZE_MAX.
static size_t find_word(dtl_str sql, dtl_str name)
{
    for (size_t from = 0; name.size && from + name.size <= sql.size;) {
        size_t at = dtl_str_find(dtl_str_slice(sql, from, sql.size), name);
        if (at == SIZE_MAX)
            return SIZE_MAX;
        at += from;
        bool starts = at == 0 || !is_name_part(sql.data[at - 1]);
        bool ends = at + name.size == sql.size || !is_name_part(sql.data[at + name.size]);
        if (starts && ends)
            return at;
        from = at + 1;
    }
    return SIZE_MAX;
}

// ---- hints ----

typedef struct names {
    dtl_arena arena;
    dtl_str items[CANDIDATE_MAX];
    size_t count;
} names;

static void add_name(names *list, dtl_str name)
{
    if (list->count < CANDIDATE_MAX)
        list->items[list->count++] = dtl_arena_str(&list->arena, name);
}

static bool add_views(dtl_store *store, names *list, dtl_error *err)
{
    dtl_str *datasets;
    size_t count;
    if (!dtl_catalog_names(store, &list->arena, &datasets, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        add_name(list, dtl_dataset_view_name(&list->arena, datasets[i]));
    return true;
}

// The columns of the views that the statement names, or of all when it names none.
static bool add_columns(dtl_store *store, dtl_str sql, bool all, names *list, dtl_error *err)
{
    static const char text[] = "SELECT d.name, c.name FROM dataset d"
                               " JOIN dataset_column c ON c.dataset = d.id"
                               " WHERE c.role <> 'ignored' ORDER BY d.name, c.position";
    sqlite3_stmt *statement = dtl_sql_begin(&store->sql, text, err);
    if (!statement)
        return false;
    bool row = false;
    bool ok = dtl_sql_step(&store->sql, statement, &row, err);
    while (ok && row) {
        dtl_str view = dtl_dataset_view_name(&list->arena, dtl_sql_text(statement, 0));
        if (all || find_word(sql, view) != SIZE_MAX)
            add_name(list, dtl_sql_text(statement, 1));
        ok = dtl_sql_step(&store->sql, statement, &row, err);
    }
    dtl_sql_done(&store->sql, statement);
    if (ok && !all && list->count == 0)
        return add_columns(store, sql, true, list, err);
    return ok;
}

static void add_functions(names *list)
{
    for (size_t i = 0; i < dtl_guard_function_count; i++)
        add_name(list, dtl_str_from(dtl_guard_functions[i]));
}

static void hint_nearest(const names *list, dtl_str word, const char *what, dtl_error *err)
{
    dtl_str nearest = dtl_str_nearest(word, list->items, list->count);
    if (nearest.size) {
        dtl_error_hint(err, "did you mean '%.*s'?", DTL_ARG(nearest));
        return;
    }
    dtl_buf text = {0};
    for (size_t i = 0; i < list->count && text.size < sizeof err->hint; i++)
        dtl_buf_printf(&text, "%s%.*s", i ? ", " : "", DTL_ARG(list->items[i]));
    if (list->count)
        dtl_error_hint(err, "%s: %.*s", what, DTL_ARG(dtl_buf_str(&text)));
    dtl_buf_release(&text);
}

// SQLite's own words, which name what it did not find.
static const struct {
    const char *message;
    const char *list;
} complaints[] = {
    {"no such table: ", "there are"},
    {"no such column: ", "columns"},
    {"no such function: ", "functions"},
};

static void add_hint(dtl_store *store, dtl_str sql, dtl_str message, dtl_error *err)
{
    names list = {0};
    dtl_error ignored = {0};
    for (size_t i = 0; i < DTL_COUNT(complaints); i++) {
        dtl_str start = dtl_str_from(complaints[i].message);
        if (!dtl_str_starts(message, start))
            continue;
        dtl_str word = dtl_str_slice(message, start.size, message.size);
        size_t at = find_word(sql, word);
        if (err->line == 0 && at != SIZE_MAX)
            set_position(sql, at, err);
        size_t dot = dtl_str_find(word, DTL_STR("."));
        if (dot != SIZE_MAX)
            word = dtl_str_slice(word, dot + 1, word.size);
        bool ok = true;
        if (i == 0)
            ok = add_views(store, &list, &ignored);
        else if (i == 1)
            ok = add_columns(store, sql, false, &list, &ignored);
        else
            add_functions(&list);
        if (ok)
            hint_nearest(&list, word, complaints[i].list, err);
        break;
    }
    dtl_arena_release(&list.arena);
}

static void set_refusal(const char *refusal, dtl_error *err)
{
    if (!dtl_guard_explain_clock(refusal, err))
        dtl_error_set(err, DTL_ESCRIPT, "%s", refusal);
}

static bool prepare_failed(dtl_store *store, dtl_str sql, int code, dtl_error *err)
{
    sqlite3 *db = store->sql.db;
    dtl_arena arena = {0};
    dtl_str message = dtl_arena_str(&arena, dtl_str_from(sqlite3_errmsg(db)));
    int64_t offset = sqlite3_error_offset(db);
    if (store->refusal[0])
        set_refusal(store->refusal, err);
    else if (code == SQLITE_TOOBIG)
        dtl_error_set(err, DTL_ELIMIT, "the SQL is too long or too large: %.*s", DTL_ARG(message));
    else if (code == SQLITE_NOMEM)
        dtl_error_set(err, DTL_ELIMIT, "the SQL takes more memory than allowed");
    else
        dtl_complaint_explain(sql, message, &offset, err);
    if (offset >= 0)
        set_position(sql, (size_t)offset, err);
    if (!store->refusal[0] && !err->hint[0])
        add_hint(store, sql, message, err);
    if (err->line == 0)
        set_position(sql, 0, err);
    dtl_arena_release(&arena);
    return false;
}

// ---- preparing ----

static bool refuse_at(dtl_str sql, size_t at, const char *message, dtl_error *err)
{
    dtl_error_set(err, DTL_ESCRIPT, "%s", message);
    set_position(sql, at, err);
    return false;
}

// The offset of the first byte behind [from] that is no space, semicolon or comment, or SIZE_MAX.
static size_t skip_nothing(dtl_str sql, size_t from)
{
    size_t at = from;
    while (at < sql.size) {
        dtl_str rest = dtl_str_slice(sql, at, sql.size);
        char c = sql.data[at];
        if (c == ' ' || (c >= '\t' && c <= '\r') || c == ';') {
            at++;
            continue;
        }
        bool is_line = dtl_str_starts(rest, DTL_STR("--"));
        if (!is_line && !dtl_str_starts(rest, DTL_STR("/*")))
            return at;
        size_t end = dtl_str_find(dtl_str_slice(rest, 2, rest.size),
                                  is_line ? DTL_STR("\n") : DTL_STR("*/"));
        if (end == SIZE_MAX)
            return SIZE_MAX;
        at += 2 + end + (is_line ? 1 : 2);
    }
    return SIZE_MAX;
}

static bool check_text(dtl_str sql, dtl_error *err)
{
    size_t nul = dtl_str_find(sql, DTL_STR("\0"));
    if (nul != SIZE_MAX)
        return refuse_at(sql, nul, "SQL: a NUL byte inside", err);
    if (skip_nothing(sql, 0) == SIZE_MAX)
        return refuse_at(sql, 0, "SQL: the statement is empty", err);
    return true;
}

static bool check_statement(dtl_str sql, sqlite3_stmt *statement, const char *tail, dtl_error *err)
{
    size_t second = skip_nothing(sql, (size_t)(tail - sql.data));
    if (second != SIZE_MAX)
        return refuse_at(sql, second, "SQL: one statement at a time", err);
    if (!statement || !sqlite3_stmt_readonly(statement) || sqlite3_column_count(statement) == 0)
        return refuse_at(sql, skip_nothing(sql, 0), "scripts read only: this is no SELECT", err);
    if (sqlite3_stmt_isexplain(statement))
        return refuse_at(sql, skip_nothing(sql, 0), "scripts read only: EXPLAIN is refused", err);
    return true;
}

static int prepare(dtl_store *store, dtl_str sql, sqlite3_stmt **statement, const char **tail)
{
    store->refusal[0] = '\0';
    store->unknown_table = false;
    int size = sql.size < INT32_MAX ? (int)sql.size : INT32_MAX;
    return sqlite3_prepare_v3(store->sql.db, sql.data, size, 0, statement, tail);
}

bool dtl_query_prepare(dtl_store *store, dtl_str sql, dtl_query **out, dtl_error *err)
{
    if (!store->guarded && !dtl_store_guard(store, NULL, NULL, err))
        return false;
    if (!check_text(sql, err))
        return false;
    sqlite3_stmt *statement = NULL;
    const char *tail = NULL;
    int code = prepare(store, sql, &statement, &tail);
    // A dataset may have been imported since the tables were listed.
    if (code != SQLITE_OK && store->unknown_table && dtl_guard_list_tables(store, err))
        code = prepare(store, sql, &statement, &tail);
    if (code != SQLITE_OK)
        return prepare_failed(store, sql, code & 0xff, err);
    if (!check_statement(sql, statement, tail, err)) {
        sqlite3_finalize(statement);
        return false;
    }
    dtl_query *query = dtl_alloc(sizeof *query);
    *query = (dtl_query){.store = store, .statement = statement};
    *out = query;
    return true;
}

void dtl_query_free(dtl_query *query)
{
    if (!query)
        return;
    sqlite3_finalize(query->statement);
    free(query);
}

// ---- parameters ----

int dtl_query_parameter_count(const dtl_query *query)
{
    return sqlite3_bind_parameter_count(query->statement);
}

int dtl_query_parameter_index(const dtl_query *query, dtl_str name)
{
    int count = sqlite3_bind_parameter_count(query->statement);
    for (int i = 1; i <= count; i++)
        if (dtl_str_equal(dtl_str_from(sqlite3_bind_parameter_name(query->statement, i)), name))
            return i;
    return 0;
}

bool dtl_query_bind(dtl_query *query, int index, const dtl_query_value *value, dtl_error *err)
{
    sqlite3_stmt *statement = query->statement;
    const char *bytes = value->text.data ? value->text.data : "";
    int code = SQLITE_OK;
    if (index < 1 || index > dtl_query_parameter_count(query))
        return dtl_error_set(err, DTL_ESCRIPT, "SQL: no parameter %d; the statement has %d", index,
                             dtl_query_parameter_count(query));
    switch (value->type) {
    case DTL_QUERY_NULL:
        code = sqlite3_bind_null(statement, index);
        break;
    case DTL_QUERY_INTEGER:
        code = sqlite3_bind_int64(statement, index, value->integer);
        break;
    case DTL_QUERY_REAL:
        code = sqlite3_bind_double(statement, index, value->real);
        break;
    case DTL_QUERY_TEXT:
        code = sqlite3_bind_text64(statement, index, bytes, value->text.size, SQLITE_TRANSIENT,
                                   SQLITE_UTF8);
        break;
    case DTL_QUERY_BLOB:
        code = sqlite3_bind_blob64(statement, index, bytes, value->text.size, SQLITE_TRANSIENT);
        break;
    }
    switch (code & 0xff) {
    case SQLITE_OK:
        return true;
    case SQLITE_TOOBIG:
        return dtl_error_set(err, DTL_ELIMIT, "SQL: the value of parameter %d is too long", index);
    default:
        return dtl_error_set(err, DTL_ESCRIPT,
                             "SQL: parameter %d cannot be set while rows are read", index);
    }
}

// ---- rows ----

int dtl_query_column_count(const dtl_query *query)
{
    return sqlite3_column_count(query->statement);
}

dtl_str dtl_query_column_name(const dtl_query *query, int column)
{
    return dtl_str_from(sqlite3_column_name(query->statement, column));
}

static bool step_failed(dtl_query *query, int code, dtl_error *err)
{
    const char *message = sqlite3_errmsg(query->store->sql.db);
    switch (code & 0xff) {
    case SQLITE_INTERRUPT:
        return dtl_error_set(err, DTL_ELIMIT, "SQL: stopped at its time limit");
    case SQLITE_NOMEM:
        return dtl_error_set(err, DTL_ELIMIT, "SQL: more memory than allowed");
    case SQLITE_TOOBIG:
        return dtl_error_set(err, DTL_ELIMIT, "SQL: a text or blob longer than allowed");
    case SQLITE_ERROR:
    case SQLITE_AUTH:
    case SQLITE_MISMATCH:
        if (!dtl_guard_explain_clock(message, err))
            dtl_error_set(err, DTL_ESCRIPT, "SQL: %s", message);
        return false;
    default:
        return dtl_sql_failed(&query->store->sql, code, err);
    }
}

bool dtl_query_step(dtl_query *query, bool *row, dtl_error *err)
{
    *row = false;
    if (query->is_broken)
        return dtl_error_set(err, DTL_ESCRIPT, "SQL: the rows ended in an error before");
    if (query->is_done)
        return true;
    int code = sqlite3_step(query->statement);
    if (code == SQLITE_ROW) {
        *row = true;
        return true;
    }
    query->is_done = code == SQLITE_DONE;
    query->is_broken = !query->is_done;
    return query->is_done || step_failed(query, code, err);
}

dtl_query_value dtl_query_value_at(dtl_query *query, int column)
{
    sqlite3_stmt *statement = query->statement;
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER:
        return (dtl_query_value){.type = DTL_QUERY_INTEGER,
                                 .integer = sqlite3_column_int64(statement, column)};
    case SQLITE_FLOAT:
        return (dtl_query_value){.type = DTL_QUERY_REAL,
                                 .real = sqlite3_column_double(statement, column)};
    case SQLITE_TEXT:
        return (dtl_query_value){.type = DTL_QUERY_TEXT, .text = dtl_sql_text(statement, column)};
    case SQLITE_BLOB: {
        const char *bytes = sqlite3_column_blob(statement, column);
        int size = sqlite3_column_bytes(statement, column);
        return (dtl_query_value){.type = DTL_QUERY_BLOB, .text = {bytes, (size_t)size}};
    }
    default:
        return (dtl_query_value){.type = DTL_QUERY_NULL};
    }
}

void dtl_query_reset(dtl_query *query)
{
    sqlite3_reset(query->statement);
    query->is_done = false;
    query->is_broken = false;
}
