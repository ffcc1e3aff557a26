// core/store/sql.c - the store's own use of SQLite.
#include "store/sql.h"

#include <assert.h>

bool dtl_sql_failed(dtl_sql *sql, int code, dtl_error *err)
{
    const char *reason = sqlite3_errmsg(sql->db);
    switch (code & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return dtl_error_set(err, DTL_EDATA, "the store %.*s is damaged: %s", DTL_ARG(sql->name),
                             reason);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return dtl_error_set(err, DTL_EIO, "the store %.*s is in use by another program: %s",
                             DTL_ARG(sql->name), reason);
    case SQLITE_FULL:
        return dtl_error_set(err, DTL_EIO, "no room left for the store %.*s: %s",
                             DTL_ARG(sql->name), reason);
    case SQLITE_INTERRUPT:
        return dtl_error_set(err, DTL_ELIMIT, "reading the store was interrupted at its limit");
    case SQLITE_NOMEM:
    case SQLITE_TOOBIG:
        return dtl_error_set(err, DTL_ELIMIT, "reading the store took more memory than allowed");
    default:
        return dtl_error_set(err, DTL_EIO, "the store %.*s cannot be used: %s", DTL_ARG(sql->name),
                             reason);
    }
}

static sqlite3_stmt *prepare(dtl_sql *sql, const char *text, unsigned flags, dtl_error *err)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v3(sql->db, text, -1, flags, &statement, NULL);
    if (code != SQLITE_OK)
        dtl_sql_failed(sql, code, err);
    return statement;
}

sqlite3_stmt *dtl_sql_begin(dtl_sql *sql, const char *text, dtl_error *err)
{
    dtl_sql_cache *cache = &sql->cache;
    for (size_t i = 0; i < cache->count; i++) {
        if (cache->texts[i] != text)
            continue;
        if (sqlite3_stmt_busy(cache->statements[i]))
            return prepare(sql, text, 0, err);
        return cache->statements[i];
    }
    if (cache->count == DTL_STATEMENT_MAX)
        return prepare(sql, text, 0, err);
    sqlite3_stmt *statement = prepare(sql, text, SQLITE_PREPARE_PERSISTENT, err);
    if (!statement)
        return NULL;
    cache->texts[cache->count] = text;
    cache->statements[cache->count++] = statement;
    return statement;
}

void dtl_sql_done(dtl_sql *sql, sqlite3_stmt *statement)
{
    if (!statement)
        return;
    for (size_t i = 0; i < sql->cache.count; i++) {
        if (sql->cache.statements[i] == statement) {
            sqlite3_reset(statement);
            sqlite3_clear_bindings(statement);
            return;
        }
    }
    sqlite3_finalize(statement);
}

void dtl_sql_release(dtl_sql *sql)
{
    for (size_t i = 0; i < sql->cache.count; i++)
        sqlite3_finalize(sql->cache.statements[i]);
    sql->cache.count = 0;
}

void dtl_sql_bind(sqlite3_stmt *statement, const dtl_sql_arg *args, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int at = (int)i + 1;
        int code = SQLITE_OK;
        if (args[i].kind == DTL_SQL_INT)
            code = sqlite3_bind_int64(statement, at, args[i].integer);
        else if (args[i].kind == DTL_SQL_TEXT)
            code = sqlite3_bind_text64(statement, at, args[i].text.data ? args[i].text.data : "",
                                       args[i].text.size, SQLITE_STATIC, SQLITE_UTF8);
        assert(code == SQLITE_OK);  // only a wrong index or a text beyond 1 GB can fail
        (void)code;
    }
}

bool dtl_sql_step(dtl_sql *sql, sqlite3_stmt *statement, bool *row, dtl_error *err)
{
    int code = sqlite3_step(statement);
    *row = code == SQLITE_ROW;
    if (code == SQLITE_ROW || code == SQLITE_DONE)
        return true;
    return dtl_sql_failed(sql, code, err);
}

bool dtl_sql_run_args(dtl_sql *sql, const char *text, const dtl_sql_arg *args, size_t count,
                      dtl_error *err)
{
    sqlite3_stmt *statement = dtl_sql_begin(sql, text, err);
    if (!statement)
        return false;
    dtl_sql_bind(statement, args, count);
    bool row = true;
    bool ok = true;
    while (ok && row)
        ok = dtl_sql_step(sql, statement, &row, err);
    dtl_sql_done(sql, statement);
    return ok;
}

bool dtl_sql_integer_args(dtl_sql *sql, const char *text, const dtl_sql_arg *args, size_t count,
                          int64_t otherwise, int64_t *out, dtl_error *err)
{
    sqlite3_stmt *statement = dtl_sql_begin(sql, text, err);
    if (!statement)
        return false;
    dtl_sql_bind(statement, args, count);
    bool row;
    bool ok = dtl_sql_step(sql, statement, &row, err);
    if (ok) {
        bool found = row && !dtl_sql_is_null(statement, 0);
        *out = found ? sqlite3_column_int64(statement, 0) : otherwise;
    }
    dtl_sql_done(sql, statement);
    return ok;
}

bool dtl_sql_exec(dtl_sql *sql, const char *text, dtl_error *err)
{
    int code = sqlite3_exec(sql->db, text, NULL, NULL, NULL);
    return code == SQLITE_OK || dtl_sql_failed(sql, code, err);
}

dtl_str dtl_sql_text(sqlite3_stmt *statement, int column)
{
    const unsigned char *text = sqlite3_column_text(statement, column);
    int size = sqlite3_column_bytes(statement, column);
    return (dtl_str){(const char *)text, text && size > 0 ? (size_t)size : 0};
}

dtl_str dtl_sql_text_in(dtl_arena *arena, sqlite3_stmt *statement, int column)
{
    return dtl_arena_str(arena, dtl_sql_text(statement, column));
}

bool dtl_sql_is_null(sqlite3_stmt *statement, int column)
{
    return sqlite3_column_type(statement, column) == SQLITE_NULL;
}

dtl_date dtl_sql_date(sqlite3_stmt *statement, int column)
{
    return dtl_sql_is_null(statement, column) ? DTL_DATE_NONE
                                              : (dtl_date)sqlite3_column_int64(statement, column);
}

dtl_sql_arg dtl_sql_date_arg(dtl_date date)
{
    return date == DTL_DATE_NONE ? DTL_ARG_NULL : DTL_ARG_INT(date);
}
