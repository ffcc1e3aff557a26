// core/store/guard.c - closes a connection to all but reading.
//
// SQLite asks the authorizer for every table, column and function while it prepares a statement. The
// answer is an allow-list: what is not named here is refused, also what a later SQLite may add.
#include "store/guard.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    STOP_STEPS = 1000,            // virtual machine steps between two questions to [stop]
    HEAP_MAX = 64 * 1024 * 1024,  // of SQLite in the whole process
    LENGTH_MAX = 1000000,         // bytes of a text, a blob or a row
    SQL_MAX = 100000,             // bytes of a statement
};

// Sorted. printf and format can run for seconds in one step; randomblob, zeroblob and hex make memory;
// random and the clock would make two runs differ. instr, replace and the trims are our own; the date
// functions have lost the clock (clock.c).
const char *const dtl_guard_functions[] = {
    "abs",         "acos",       "asin",     "atan",         "atan2",      "avg",
    "ceil",        "ceiling",    "char",     "coalesce",     "cos",        "count",
    "cume_dist",   "date",       "datetime", "degrees",      "dense_rank", "exp",
    "first_value", "floor",      "glob",     "group_concat", "ifnull",     "iif",
    "instr",       "julianday",  "lag",      "last_value",   "lead",       "length",
    "like",        "likelihood", "likely",   "ln",           "log",        "log10",
    "log2",        "lower",      "ltrim",    "max",          "min",        "mod",
    "nth_value",   "ntile",      "nullif",   "percent_rank", "pi",         "pow",
    "power",       "quote",      "radians",  "rank",         "replace",    "round",
    "row_number",  "rtrim",      "sign",     "sin",          "sqrt",       "strftime",
    "substr",      "substring",  "sum",      "tan",          "time",       "total",
    "trim",        "trunc",      "typeof",   "unicode",      "unixepoch",  "unlikely",
    "upper",
};
const size_t dtl_guard_function_count = DTL_COUNT(dtl_guard_functions);

static const struct {
    int id;
    int value;
} limits[] = {
    {SQLITE_LIMIT_LENGTH, LENGTH_MAX},
    {SQLITE_LIMIT_SQL_LENGTH, SQL_MAX},
    {SQLITE_LIMIT_COLUMN, 100},
    {SQLITE_LIMIT_EXPR_DEPTH, 100},
    {SQLITE_LIMIT_COMPOUND_SELECT, 50},
    {SQLITE_LIMIT_VDBE_OP, 25000},
    {SQLITE_LIMIT_FUNCTION_ARG, 16},
    {SQLITE_LIMIT_ATTACHED, 0},
    {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 100},
    {SQLITE_LIMIT_VARIABLE_NUMBER, 100},
    {SQLITE_LIMIT_TRIGGER_DEPTH, 10},
    {SQLITE_LIMIT_WORKER_THREADS, 0},
};

// What the actions are called in a message, for those an author may meet.
static const struct {
    int action;
    const char *name;
} actions[] = {
    {SQLITE_INSERT, "INSERT"},
    {SQLITE_UPDATE, "UPDATE"},
    {SQLITE_DELETE, "DELETE"},
    {SQLITE_ATTACH, "ATTACH or VACUUM"},
    {SQLITE_DETACH, "DETACH"},
    {SQLITE_PRAGMA, "PRAGMA"},
    {SQLITE_TRANSACTION, "a transaction"},
    {SQLITE_SAVEPOINT, "SAVEPOINT"},
    {SQLITE_ALTER_TABLE, "ALTER"},
    {SQLITE_REINDEX, "REINDEX"},
    {SQLITE_ANALYZE, "ANALYZE"},
    {SQLITE_CREATE_TABLE, "CREATE"},
    {SQLITE_CREATE_VIEW, "CREATE"},
    {SQLITE_CREATE_INDEX, "CREATE"},
    {SQLITE_CREATE_TRIGGER, "CREATE"},
    {SQLITE_CREATE_TEMP_TABLE, "CREATE"},
    {SQLITE_CREATE_TEMP_VIEW, "CREATE"},
    {SQLITE_CREATE_TEMP_INDEX, "CREATE"},
    {SQLITE_CREATE_TEMP_TRIGGER, "CREATE"},
    {SQLITE_CREATE_VTABLE, "CREATE"},
    {SQLITE_DROP_TABLE, "DROP"},
    {SQLITE_DROP_VIEW, "DROP"},
    {SQLITE_DROP_INDEX, "DROP"},
    {SQLITE_DROP_VTABLE, "DROP"},
};

static int compare_name(const void *key, const void *entry)
{
    return sqlite3_stricmp(key, *(const char *const *)entry);
}

static bool is_allowed_function(const char *name)
{
    return name && bsearch(name, dtl_guard_functions, DTL_COUNT(dtl_guard_functions),
                           sizeof dtl_guard_functions[0], compare_name);
}

static int refuse(dtl_store *store, int action, const char *name)
{
    if (store->refusal[0])
        return SQLITE_DENY;
    if (action == SQLITE_FUNCTION && name &&
        dtl_guard_is_clock(name, store->refusal, sizeof store->refusal))
        return SQLITE_DENY;
    const char *what = NULL;
    for (size_t i = 0; i < DTL_COUNT(actions) && !what; i++)
        if (actions[i].action == action)
            what = actions[i].name;
    if (action == SQLITE_FUNCTION)
        snprintf(store->refusal, sizeof store->refusal, "scripts may not call the function %.60s",
                 name ? name : "");
    else if (what)
        snprintf(store->refusal, sizeof store->refusal, "scripts read only: %s is refused", what);
    else
        snprintf(store->refusal, sizeof store->refusal, "scripts read only");
    return SQLITE_DENY;
}

static bool is_listed(const dtl_name_list *list, const char *name)
{
    for (size_t i = 0; i < list->count; i++)
        if (sqlite3_stricmp(name, list->names[i].data) == 0)
            return true;
    return false;
}

// Only what is in the file: not the tables that SQLite makes up (pragma_table_info, json_each). A
// subquery is read without a database, under a name of its own.
static int authorize_read(dtl_store *store, const char *table, const char *database)
{
    bool made_up = is_listed(&store->modules, table) || !sqlite3_strnicmp(table, "pragma_", 7) ||
                   !sqlite3_strnicmp(table, "sqlite_temp", 11);
    bool elsewhere = database && strcmp(database, "main") != 0;
    if (!elsewhere && (is_listed(&store->tables, table) || (!database && !made_up)))
        return SQLITE_OK;
    store->unknown_table = true;
    if (!store->refusal[0])
        snprintf(store->refusal, sizeof store->refusal,
                 "scripts read the datasets' tables only, not %.60s", table);
    return SQLITE_DENY;
}

static int authorize(void *context, int action, const char *first, const char *second,
                     const char *database, const char *by)
{
    dtl_store *store = context;
    (void)by;
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_RECURSIVE:
        return SQLITE_OK;
    case SQLITE_READ:
        return authorize_read(store, first ? first : "", database);
    case SQLITE_FUNCTION:
        return is_allowed_function(second) ? SQLITE_OK : refuse(store, action, second);
    default:
        return refuse(store, action, first);
    }
}

static bool list_names(dtl_store *store, const char *text, dtl_name_list *out, dtl_error *err)
{
    dtl_name_list list = {{0}, NULL, 0};
    dtl_buf names = {0};
    bool row = false;
    sqlite3_stmt *statement = dtl_sql_begin(&store->sql, text, err);
    if (!statement)
        return false;
    bool ok = dtl_sql_step(&store->sql, statement, &row, err);
    while (ok && row) {
        dtl_str name = dtl_sql_text_in(&list.arena, statement, 0);
        dtl_buf_add(&names, &name, sizeof name);
        ok = dtl_sql_step(&store->sql, statement, &row, err);
    }
    dtl_sql_done(&store->sql, statement);
    list.count = names.size / sizeof *list.names;
    list.names = dtl_arena_alloc(&list.arena, names.size);
    if (names.size)
        memcpy(list.names, names.data, names.size);
    dtl_buf_release(&names);
    if (!ok) {
        dtl_arena_release(&list.arena);
        return false;
    }
    dtl_arena_release(&out->arena);
    *out = list;
    return true;
}

bool dtl_guard_list_tables(dtl_store *store, dtl_error *err)
{
    static const char text[] = "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')"
                               " AND sql NOT LIKE 'CREATE VIRTUAL%' UNION ALL"
                               " VALUES ('sqlite_schema'), ('sqlite_master')";
    return list_names(store, text, &store->tables, err);
}

static int ask_stop(void *context)
{
    dtl_store *store = context;
    return store->stop(store->stop_context) ? 1 : 0;
}

bool dtl_store_guard(dtl_store *store, dtl_query_stop_fn *stop, void *context, dtl_error *err)
{
    sqlite3 *db = store->sql.db;
    assert(!store->writer);
    if (!dtl_sql_exec(&store->sql, "PRAGMA query_only=ON", err) ||
        !dtl_guard_register_functions(store, err) || !dtl_guard_close_clock(store, err) ||
        !dtl_guard_list_tables(store, err) ||
        !list_names(store, "PRAGMA module_list", &store->modules, err))
        return false;
    for (size_t i = 0; i < DTL_COUNT(limits); i++)
        sqlite3_limit(db, limits[i].id, limits[i].value);
    sqlite3_hard_heap_limit64(HEAP_MAX);
    store->stop = stop;
    store->stop_context = context;
    sqlite3_progress_handler(db, STOP_STEPS, stop ? ask_stop : NULL, store);
    int code = sqlite3_set_authorizer(db, authorize, store);
    if (code != SQLITE_OK)
        return dtl_sql_failed(&store->sql, code, err);
    store->guarded = true;
    return true;
}
