// core/store/clock.c - the date functions without the clock and without the time zone.
//
// date('now') and its kin would make two runs over the same data differ, and so would 'localtime' and
// 'utc' on two machines. Only the arguments of a call tell, so each of SQLite's date functions is
// replaced by one that looks at them and hands the call on: to SQLite's own, which is still there on
// a second, empty connection.
#include "store/guard.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    ARGUMENTS_MAX = 16  // SQLITE_LIMIT_FUNCTION_ARG of guard.c
};

// What every refusal starts with: SQLite carries only a message from a function to its caller.
static const char no_clock[] = "SQL here has no clock";

typedef struct date_function {
    const char *name;
    int value_at;  // where the time value stands
    sqlite3 *db;   // where the function is SQLite's own; opened at the first call
    sqlite3_stmt *calls[ARGUMENTS_MAX + 1];  // by the number of arguments
} date_function;

static void free_function(void *context)
{
    date_function *function = context;
    for (size_t i = 0; i < DTL_COUNT(function->calls); i++)
        sqlite3_finalize(function->calls[i]);
    sqlite3_close(function->db);
    free(function);
}

// The word in [value] that asks the clock or the time zone, or NULL. SQLite reads any value as text
// up to a NUL, ignoring case.
static const char *find_clock(sqlite3_value *value, bool is_time_value)
{
    static const char *const time_values[] = {"now", "subsec", "subsecond"};
    static const char *const modifiers[] = {"localtime", "utc"};
    const char *const *words = is_time_value ? time_values : modifiers;
    size_t count = is_time_value ? DTL_COUNT(time_values) : DTL_COUNT(modifiers);
    int type = sqlite3_value_type(value);
    if (type != SQLITE_TEXT && type != SQLITE_BLOB)
        return NULL;
    const char *text = (const char *)sqlite3_value_text(value);
    for (size_t i = 0; text && i < count; i++)
        if (sqlite3_stricmp(text, words[i]) == 0)
            return words[i];
    return NULL;
}

static void refuse(sqlite3_context *context, const char *name, const char *word)
{
    char *text = word ? sqlite3_mprintf("%s: %s was asked for '%s'", no_clock, name, word)
                      : sqlite3_mprintf("%s: %s was given no date", no_clock, name);
    if (text)
        sqlite3_result_error(context, text, -1);
    else
        sqlite3_result_error_nomem(context);
    sqlite3_free(text);
}

static bool check_arguments(sqlite3_context *context, const date_function *function, int count,
                            sqlite3_value **values)
{
    if (count <= function->value_at) {
        refuse(context, function->name, NULL);
        return false;
    }
    for (int i = function->value_at; i < count; i++) {
        const char *word = find_clock(values[i], i == function->value_at);
        if (word) {
            refuse(context, function->name, word);
            return false;
        }
    }
    return true;
}

// Opens the second connection, which keeps to the first one's limit of length.
static bool open_database(date_function *function, sqlite3 *caller)
{
    if (function->db)
        return true;
    if (sqlite3_open(":memory:", &function->db) != SQLITE_OK) {
        sqlite3_close(function->db);
        function->db = NULL;
        return false;
    }
    sqlite3_limit(function->db, SQLITE_LIMIT_LENGTH,
                  sqlite3_limit(caller, SQLITE_LIMIT_LENGTH, -1));
    return true;
}

// SELECT name(?, ?, ...), prepared once for each number of arguments.
static sqlite3_stmt *find_call(date_function *function, sqlite3 *caller, int count)
{
    if (count > ARGUMENTS_MAX || !open_database(function, caller))
        return NULL;
    sqlite3_stmt **call = &function->calls[count];
    if (!*call) {
        dtl_buf sql = {0};
        dtl_buf_printf(&sql, "SELECT %s(", function->name);
        for (int i = 0; i < count; i++)
            DTL_BUF_LITERAL(&sql, "?,");
        sql.data[sql.size - 1] = ')';  // in the place of the last comma
        if (sqlite3_prepare_v2(function->db, sql.data, (int)sql.size, call, NULL) != SQLITE_OK)
            *call = NULL;
        dtl_buf_release(&sql);
    }
    return *call;
}

static void call_date(sqlite3_context *context, int count, sqlite3_value **values)
{
    date_function *function = sqlite3_user_data(context);
    if (!check_arguments(context, function, count, values))
        return;
    sqlite3_stmt *call = find_call(function, sqlite3_context_db_handle(context), count);
    if (!call) {
        sqlite3_result_error_nomem(context);
        return;
    }
    int code = SQLITE_OK;
    for (int i = 0; i < count && code == SQLITE_OK; i++)
        code = sqlite3_bind_value(call, i + 1, values[i]);
    if (code == SQLITE_OK)
        code = sqlite3_step(call);
    if (code == SQLITE_ROW)
        sqlite3_result_value(context, sqlite3_column_value(call, 0));
    else
        sqlite3_result_error_code(context, code);  // too big, or no memory
    sqlite3_reset(call);
    sqlite3_clear_bindings(call);
}

bool dtl_guard_close_clock(dtl_store *store, dtl_error *err)
{
    static const struct {
        const char *name;
        int value_at;
    } functions[] = {{"date", 0},      {"time", 0},      {"datetime", 0},
                     {"julianday", 0}, {"unixepoch", 0}, {"strftime", 1}};
    const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
    for (size_t i = 0; i < DTL_COUNT(functions); i++) {
        date_function *function = dtl_alloc(sizeof *function);
        *function = (date_function){.name = functions[i].name, .value_at = functions[i].value_at};
        int code = sqlite3_create_function_v2(store->sql.db, function->name, -1, flags, function,
                                              call_date, NULL, NULL, free_function);
        if (code != SQLITE_OK)  // SQLite has freed the function
            return dtl_sql_failed(&store->sql, code, err);
    }
    return true;
}

bool dtl_guard_is_clock(const char *function, char *message, size_t size)
{
    static const char *const names[] = {"current_date", "current_time", "current_timestamp"};
    for (size_t i = 0; i < DTL_COUNT(names); i++) {
        if (sqlite3_stricmp(function, names[i]) == 0) {
            snprintf(message, size, "%s: %s is refused", no_clock, function);
            return true;
        }
    }
    return false;
}

bool dtl_guard_explain_clock(const char *message, dtl_error *err)
{
    if (!dtl_str_starts(dtl_str_from(message), dtl_str_from(no_clock)))
        return false;
    dtl_error_set(err, DTL_ESCRIPT, "%s", message);
    dtl_error_hint(err, "the same data must give the same text on any day: write the date, or bind "
                        "it as a parameter (where date <= ?)");
    return true;
}
