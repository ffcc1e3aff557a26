// core/store/diagnose.c - what is wrong with a store, one line a finding.
#include <inttypes.h>

#include "store/internal.h"
#include "store/schema.h"

static bool add_integrity(dtl_store *store, dtl_buf *out, dtl_error *err)
{
    sqlite3_stmt *statement = dtl_sql_begin(&store->sql, "PRAGMA integrity_check(20)", err);
    if (!statement)
        return false;
    bool row = false;
    bool ok = dtl_sql_step(&store->sql, statement, &row, err);
    while (ok && row) {
        dtl_str line = dtl_sql_text(statement, 0);
        if (!dtl_str_equal(line, DTL_STR("ok")))
            dtl_buf_printf(out, "damaged: %.*s\n", DTL_ARG(line));
        ok = dtl_sql_step(&store->sql, statement, &row, err);
    }
    dtl_sql_done(&store->sql, statement);
    return ok;
}

// Counts what should not be there.
static bool add_count(dtl_store *store, const char *text, const char *what, dtl_buf *out,
                      dtl_error *err)
{
    int64_t count;
    if (!dtl_sql_integer_args(&store->sql, text, NULL, 0, 0, &count, err))
        return false;
    if (count)
        dtl_buf_printf(out, "%" PRId64 " %s\n", count, what);
    return true;
}

static bool is_our_view(dtl_store *store, dtl_str name, dtl_str text, bool *ours, dtl_error *err)
{
    dtl_arena arena = {0};
    dtl_buf expected = {0};
    dtl_str *names;
    size_t count;
    *ours = false;
    bool ok = dtl_catalog_names(store, &arena, &names, &count, err);
    for (size_t i = 0; ok && i < count && !*ours; i++) {
        dtl_dataset dataset;
        int64_t id;
        if (!dtl_str_equal(dtl_dataset_view_name(&arena, names[i]), name))
            continue;
        ok = dtl_catalog_find(store, names[i], &id, err) &&
             dtl_store_dataset(store, names[i], &arena, &dataset, err);
        if (ok)
            dtl_schema_view(&dataset, id, &expected);
        *ours = ok && dtl_str_equal(dtl_buf_str(&expected), text);
    }
    dtl_buf_release(&expected);
    dtl_arena_release(&arena);
    return ok;
}

static bool add_foreign(dtl_store *store, dtl_buf *out, dtl_error *err)
{
    static const char text[] =
        "SELECT type, name, sql FROM sqlite_schema WHERE type IN ('view', 'trigger') ORDER BY name";
    sqlite3_stmt *statement = dtl_sql_begin(&store->sql, text, err);
    if (!statement)
        return false;
    bool row = false;
    bool ok = dtl_sql_step(&store->sql, statement, &row, err);
    while (ok && row) {
        dtl_str type = dtl_sql_text(statement, 0);
        dtl_str name = dtl_sql_text(statement, 1);
        bool ours = false;
        if (dtl_str_equal(type, DTL_STR("view")))
            ok = is_our_view(store, name, dtl_sql_text(statement, 2), &ours, err);
        if (ok && !ours)
            dtl_buf_printf(out, "a %.*s that Dateline did not make: %.*s\n", DTL_ARG(type),
                           DTL_ARG(name));
        ok = ok && dtl_sql_step(&store->sql, statement, &row, err);
    }
    dtl_sql_done(&store->sql, statement);
    return ok;
}

bool dtl_store_diagnose(dtl_store *store, dtl_buf *out, dtl_error *err)
{
    static const char lost_rows[] =
        "SELECT count(*) FROM observation WHERE series NOT IN (SELECT id FROM series)"
        " OR release NOT IN (SELECT id FROM release)";
    static const char lost_days[] =
        "SELECT count(*) FROM observation o JOIN series s ON s.id = o.series"
        " JOIN dataset d ON d.id = s.dataset WHERE NOT EXISTS (SELECT 1 FROM day WHERE"
        " day.period = o.period + CASE d.grain WHEN 'week' THEN 6 ELSE 0 END)";
    static const char overlaps[] =
        "SELECT count(*) FROM (SELECT seen_to, lead(seen_from) OVER (PARTITION BY series, period"
        " ORDER BY seen_from) AS next FROM observation) WHERE next IS NOT NULL"
        " AND (seen_to IS NULL OR seen_to > next)";
    bool is_new;
    if (!dtl_schema_check(&store->sql, &is_new, err))
        return false;
    return add_integrity(store, out, err) &&
           add_count(store, lost_rows, "values belong to no series or release", out, err) &&
           add_count(store, lost_days, "values are of a day without a date", out, err) &&
           add_count(store, overlaps, "values overlap in time with another", out, err) &&
           add_foreign(store, out, err);
}

void dtl_store_engine(dtl_buf *out)
{
    dtl_buf_printf(out, "SQLite %s", sqlite3_libversion());
}
