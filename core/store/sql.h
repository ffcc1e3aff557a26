// core/store/sql.h - the store's own use of SQLite: cached statements, bound arguments, errors.
//
// Internal to core/store. A statement is known by the address of its SQL literal, so that the text
// stands where it is used and is prepared once a store.
#ifndef DTL_STORE_SQL_H
#define DTL_STORE_SQL_H

#include <sqlite3.h>

#include "store/store.h"

enum {
    DTL_STATEMENT_MAX = 96  // kept prepared; core/store has about as many
};

typedef struct dtl_sql_cache {
    const char *texts[DTL_STATEMENT_MAX];
    sqlite3_stmt *statements[DTL_STATEMENT_MAX];
    size_t count;
} dtl_sql_cache;

typedef struct dtl_sql {  // one connection
    sqlite3 *db;
    dtl_str name;  // of the store, for messages
    dtl_sql_cache cache;
} dtl_sql;

typedef struct dtl_sql_arg {
    enum {
        DTL_SQL_NULL,
        DTL_SQL_INT,
        DTL_SQL_TEXT
    } kind;
    int64_t integer;
    dtl_str text;
} dtl_sql_arg;

#define DTL_ARG_NULL ((dtl_sql_arg){.kind = DTL_SQL_NULL})
#define DTL_ARG_INT(value) ((dtl_sql_arg){.kind = DTL_SQL_INT, .integer = (value)})
#define DTL_ARG_TEXT(value) ((dtl_sql_arg){.kind = DTL_SQL_TEXT, .text = (value)})

// Hands out the statement, reset, or a fresh one when it is in use further up; NULL on failure.
// Give it back with dtl_sql_done, which keeps nothing bound.
sqlite3_stmt *dtl_sql_begin(dtl_sql *sql, const char *text, dtl_error *err);
void dtl_sql_done(dtl_sql *sql, sqlite3_stmt *statement);
// Binds from parameter 1; text must stay until dtl_sql_done.
void dtl_sql_bind(sqlite3_stmt *statement, const dtl_sql_arg *args, size_t count);
// Moves to the next row; [*row] is false behind the last.
DTL_CHECK
bool dtl_sql_step(dtl_sql *sql, sqlite3_stmt *statement, bool *row, dtl_error *err);
// Begin, bind, step to the end, done.
DTL_CHECK
bool dtl_sql_run_args(dtl_sql *sql, const char *text, const dtl_sql_arg *args, size_t count,
                      dtl_error *err);
// The first column of the first row as an integer, or [otherwise] when there is no row or a NULL.
DTL_CHECK
bool dtl_sql_integer_args(dtl_sql *sql, const char *text, const dtl_sql_arg *args, size_t count,
                          int64_t otherwise, int64_t *out, dtl_error *err);
// The same with the arguments written out; at least one.
#define dtl_sql_run(sql, err, text, ...)                                                           \
    dtl_sql_run_args(sql, text, (dtl_sql_arg[]){__VA_ARGS__},                                      \
                     DTL_COUNT(((dtl_sql_arg[]){__VA_ARGS__})), err)
#define dtl_sql_integer(sql, err, text, otherwise, out, ...)                                       \
    dtl_sql_integer_args(sql, text, (dtl_sql_arg[]){__VA_ARGS__},                                  \
                         DTL_COUNT(((dtl_sql_arg[]){__VA_ARGS__})), otherwise, out, err)
// Text that is used once (schema, pragmas), several statements at will; nothing cached.
DTL_CHECK
bool dtl_sql_exec(dtl_sql *sql, const char *text, dtl_error *err);

// Columns. Text is borrowed until the next step; NULL is empty.
dtl_str dtl_sql_text(sqlite3_stmt *statement, int column);
dtl_str dtl_sql_text_in(dtl_arena *arena, sqlite3_stmt *statement, int column);
bool dtl_sql_is_null(sqlite3_stmt *statement, int column);
// A date column where NULL is DTL_DATE_NONE, and its argument.
dtl_date dtl_sql_date(sqlite3_stmt *statement, int column);
dtl_sql_arg dtl_sql_date_arg(dtl_date date);

// Sets [err] from the connection's last failure and returns false.
bool dtl_sql_failed(dtl_sql *sql, int code, dtl_error *err);
// Finalises every cached statement.
void dtl_sql_release(dtl_sql *sql);

#endif
