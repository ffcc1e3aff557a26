// core/store/read.c - what the store knew, as of a moment.
#include "store/internal.h"

static void read_observation(sqlite3_stmt *statement, dtl_observation *out)
{
    *out = (dtl_observation){
        .period = (dtl_date)sqlite3_column_int64(statement, 0),
        .has_value = !dtl_sql_is_null(statement, 1),
        .value = sqlite3_column_int64(statement, 1),
        .release = sqlite3_column_int64(statement, 4),
    };
    if (!out->has_value)
        out->missing = dtl_sql_text(statement, 2);
    if (!dtl_sql_is_null(statement, 3))
        out->attribution = dtl_sql_text(statement, 3);
}

static bool read_observations(dtl_store *store, int64_t series, dtl_moment as_of,
                              dtl_observation_fn *each, void *context, dtl_error *err)
{
    static const char text[] =
        "SELECT period, value, missing, attribution, release FROM observation WHERE series = ?1"
        " AND seen_from <= ?2 AND (seen_to IS NULL OR seen_to > ?2) ORDER BY period";
    sqlite3_stmt *statement = dtl_sql_begin(&store->sql, text, err);
    if (!statement)
        return false;
    dtl_sql_bind(statement, (dtl_sql_arg[]){DTL_ARG_INT(series), DTL_ARG_INT(as_of)}, 2);
    bool row = false;
    bool ok = dtl_sql_step(&store->sql, statement, &row, err);
    while (ok && row) {
        dtl_observation observation;
        read_observation(statement, &observation);
        if (!each(context, &observation, err)) {
            ok = err->code == DTL_OK;
            break;
        }
        ok = dtl_sql_step(&store->sql, statement, &row, err);
    }
    dtl_sql_done(&store->sql, statement);
    return ok;
}

bool dtl_store_observations(dtl_store *store, dtl_str dataset, dtl_str measure,
                            const dtl_filter *filters, size_t filter_count, dtl_moment as_of,
                            dtl_observation_fn *each, void *context, dtl_error *err)
{
    int64_t series;
    if (!dtl_series_find(store, dataset, measure, filters, filter_count, &series, err))
        return false;
    return series == 0 || read_observations(store, series, as_of, each, context, err);
}

static void read_release(sqlite3_stmt *statement, dtl_arena *arena, dtl_release *out)
{
    *out = (dtl_release){
        .id = sqlite3_column_int64(statement, 0),
        .dataset = dtl_sql_text_in(arena, statement, 1),
        .file_name = dtl_sql_text_in(arena, statement, 2),
        .sha256 = dtl_sql_text_in(arena, statement, 3),
        .kind = dtl_sql_text_in(arena, statement, 4),
        .published = dtl_sql_date(statement, 5),
        .retrieved = sqlite3_column_int64(statement, 6),
        .rows_in = sqlite3_column_int64(statement, 7),
        .rows_kept = sqlite3_column_int64(statement, 8),
        .rows_held = sqlite3_column_int64(statement, 9),
        .values_new = sqlite3_column_int64(statement, 10),
        .values_revised = sqlite3_column_int64(statement, 11),
        .covers_from = dtl_sql_date(statement, 12),
        .covers_to = dtl_sql_date(statement, 13),
    };
}

// Steps through [statement] and collects what [read] makes of each row, of [size] bytes.
static bool collect(dtl_store *store, sqlite3_stmt *statement, dtl_arena *arena, size_t size,
                    void (*read)(sqlite3_stmt *, dtl_arena *, void *), void **out, size_t *count,
                    dtl_error *err)
{
    dtl_buf items = {0};
    bool row = false;
    bool ok = dtl_sql_step(&store->sql, statement, &row, err);
    while (ok && row) {
        dtl_buf_reserve(&items, size);
        read(statement, arena, items.data + items.size);
        items.size += size;
        ok = dtl_sql_step(&store->sql, statement, &row, err);
    }
    *count = items.size / size;
    *out = dtl_arena_alloc(arena, items.size);
    if (items.size)
        memcpy(*out, items.data, items.size);
    dtl_buf_release(&items);
    return ok;
}

static void read_release_item(sqlite3_stmt *statement, dtl_arena *arena, void *out)
{
    dtl_release release;
    read_release(statement, arena, &release);
    memcpy(out, &release, sizeof release);
}

bool dtl_store_releases(dtl_store *store, dtl_str dataset, dtl_moment as_of, dtl_arena *arena,
                        dtl_release **out, size_t *count, dtl_error *err)
{
    static const char text[] =
        "SELECT r.id, d.name, r.file_name, r.sha256, r.kind, r.published, r.retrieved, r.rows_in,"
        " r.rows_kept, r.rows_held, r.values_new, r.values_revised, r.covers_from, r.covers_to"
        " FROM release r JOIN dataset d ON d.id = r.dataset"
        " WHERE (?1 = 0 OR r.dataset = ?1) AND r.seen <= ?2 ORDER BY r.id";
    int64_t id = 0;
    if (dataset.size && !dtl_catalog_find(store, dataset, &id, err))
        return false;
    sqlite3_stmt *statement = dtl_sql_begin(&store->sql, text, err);
    if (!statement)
        return false;
    dtl_sql_bind(statement, (dtl_sql_arg[]){DTL_ARG_INT(id), DTL_ARG_INT(as_of)}, 2);
    void *items;
    bool ok = collect(store, statement, arena, sizeof **out, read_release_item, &items, count, err);
    dtl_sql_done(&store->sql, statement);
    *out = items;
    return ok;
}

static void read_event_item(sqlite3_stmt *statement, dtl_arena *arena, void *out)
{
    dtl_event event = {
        .name = dtl_sql_text_in(arena, statement, 0),
        .label = dtl_sql_text_in(arena, statement, 1),
        .from = dtl_sql_date(statement, 2),
        .to = dtl_sql_date(statement, 3),
    };
    memcpy(out, &event, sizeof event);
}

bool dtl_store_events(dtl_store *store, dtl_moment as_of, dtl_arena *arena, dtl_event **out,
                      size_t *count, dtl_error *err)
{
    static const char text[] = "SELECT name, label, from_day, to_day FROM event"
                               " WHERE seen_from <= ?1 AND (seen_to IS NULL OR seen_to > ?1)"
                               " ORDER BY from_day, name, dataset";
    sqlite3_stmt *statement = dtl_sql_begin(&store->sql, text, err);
    if (!statement)
        return false;
    dtl_sql_bind(statement, (dtl_sql_arg[]){DTL_ARG_INT(as_of)}, 1);
    void *items;
    bool ok = collect(store, statement, arena, sizeof **out, read_event_item, &items, count, err);
    dtl_sql_done(&store->sql, statement);
    *out = items;
    return ok;
}
