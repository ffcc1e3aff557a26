// core/store/writer.c - one release, from its first row to the commit: all of it or nothing.
#include "store/writer.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>

// ---- beginning ----

static bool begin_transaction(dtl_store *store, dtl_error *err)
{
    if (!store->writable || store->guarded)
        return dtl_error_set(err, DTL_EUSAGE, "the store %.*s is open for reading only",
                             DTL_ARG(store->sql.name));
    assert(!store->writer);
    if (store->in_group)
        return dtl_sql_exec(&store->sql, "SAVEPOINT one", err);
    if (!dtl_store_lock(store, err))
        return false;
    if (dtl_sql_exec(&store->sql, "BEGIN IMMEDIATE", err))
        return true;
    dtl_store_unlock(store);
    return false;
}

static void roll_back(dtl_store *store)
{
    if (store->in_group) {
        sqlite3_exec(store->sql.db, "ROLLBACK TO one; RELEASE one", NULL, NULL, NULL);
        return;
    }
    if (!sqlite3_get_autocommit(store->sql.db))
        sqlite3_exec(store->sql.db, "ROLLBACK", NULL, NULL, NULL);
    dtl_store_unlock(store);
}

static bool find_known(dtl_store *store, const dtl_release_info *info, int64_t *id, dtl_error *err)
{
    static const char text[] = "SELECT r.id FROM release r JOIN dataset d ON d.id = r.dataset"
                               " WHERE d.name = ?1 AND r.sha256 = ?2";
    *id = 0;
    return info->sha256.size == 0 ||
           dtl_sql_integer(&store->sql, err, text, 0, id, DTL_ARG_TEXT(info->dataset->name),
                           DTL_ARG_TEXT(info->sha256));
}

// Two releases of a dataset never share a moment: the later comer stands a millisecond behind.
static bool choose_moment(dtl_writer *w, dtl_moment retrieved, dtl_error *err)
{
    dtl_sql *sql = &w->store->sql;
    int64_t taken = 1;
    w->seen = retrieved;
    while (true) {
        if (!dtl_sql_integer(sql, err, "SELECT 1 FROM release WHERE dataset = ?1 AND seen = ?2", 0,
                             &taken, DTL_ARG_INT(w->dataset_id), DTL_ARG_INT(w->seen)))
            return false;
        if (!taken)
            break;
        w->seen++;
    }
    return dtl_sql_integer(sql, err, "SELECT max(seen) FROM release WHERE dataset = ?1", INT64_MIN,
                           &w->latest_seen, DTL_ARG_INT(w->dataset_id));
}

static bool insert_release(dtl_writer *w, const dtl_release_info *info, dtl_error *err)
{
    static const char text[] =
        "INSERT INTO release (dataset, seen, file_name, sha256, kind, published, retrieved,"
        " rows_in, rows_kept, rows_held, values_new, values_revised)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, 0, 0, 0, 0)";
    dtl_sql *sql = &w->store->sql;
    if (!dtl_sql_run(sql, err, text, DTL_ARG_INT(w->dataset_id), DTL_ARG_INT(w->seen),
                     DTL_ARG_TEXT(info->file_name), DTL_ARG_TEXT(info->sha256),
                     DTL_ARG_TEXT(dtl_str_from(dtl_release_kind_name(info->kind))),
                     dtl_sql_date_arg(info->published), DTL_ARG_INT(info->retrieved)))
        return false;
    w->release_id = sqlite3_last_insert_rowid(sql->db);
    w->result.release_id = w->release_id;
    return true;
}

static void free_writer(dtl_writer *w)
{
    w->store->writer = NULL;
    dtl_rows_release(&w->rows);
    free(w->events);
    dtl_intern_release(&w->event_names);
    dtl_arena_release(&w->arena);
    free(w);
}

static dtl_writer *new_writer(dtl_store *store, const dtl_release_info *info)
{
    dtl_writer *w = dtl_alloc(sizeof *w);
    w->store = store;
    w->dataset = info->dataset;
    w->kind = info->kind;
    w->covers_from = DTL_DATE_NONE;
    w->covers_to = DTL_DATE_NONE;
    dtl_rows_init(&w->rows, info->dataset);
    dtl_intern_init(&w->event_names);
    store->writer = w;
    return w;
}

bool dtl_writer_begin(dtl_store *store, const dtl_release_info *info, dtl_writer **out,
                      dtl_release_result *result, dtl_error *err)
{
    int64_t known;
    *out = NULL;
    *result = (dtl_release_result){0};
    if (!dtl_dataset_check(info->dataset, err) || !begin_transaction(store, err))
        return false;
    if (!find_known(store, info, &known, err) || known) {
        roll_back(store);
        result->release_id = known;
        result->already_known = known != 0;
        return known != 0;
    }
    dtl_writer *w = new_writer(store, info);
    if (!dtl_catalog_put(store, info->dataset, &w->dataset_id, err) ||
        !choose_moment(w, info->retrieved, err) || !insert_release(w, info, err)) {
        dtl_writer_abort(w);
        return false;
    }
    *out = w;
    return true;
}

// ---- rows ----

static void cover(dtl_writer *w, dtl_date period)
{
    if (w->covers_from == DTL_DATE_NONE || period < w->covers_from)
        w->covers_from = period;
    if (w->covers_to == DTL_DATE_NONE || period > w->covers_to)
        w->covers_to = period;
}

static bool insert_held(dtl_writer *w, const dtl_error *reason, dtl_str raw, dtl_error *err)
{
    return dtl_sql_run(&w->store->sql, err,
                       "INSERT INTO held (release, line, position, header, raw, message, expected)"
                       " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                       DTL_ARG_INT(w->release_id), DTL_ARG_INT(reason->line),
                       DTL_ARG_INT(reason->column), DTL_ARG_TEXT(dtl_str_from(reason->cell)),
                       DTL_ARG_TEXT(raw), DTL_ARG_TEXT(dtl_str_from(reason->message)),
                       DTL_ARG_TEXT(dtl_str_from(reason->expected)));
}

bool dtl_writer_hold(dtl_writer *w, const dtl_error *reason, dtl_str raw, dtl_error *err)
{
    if (reason->line == 0 || reason->line != w->held_line)
        w->result.rows_held++;
    w->held_line = reason->line;
    return insert_held(w, reason, raw, err);
}

bool dtl_writer_note(dtl_writer *w, int64_t line, dtl_str text, dtl_error *err)
{
    return dtl_sql_run(&w->store->sql, err,
                       "INSERT INTO note (release, line, text) VALUES (?1, ?2, ?3)",
                       DTL_ARG_INT(w->release_id), DTL_ARG_INT(line), DTL_ARG_TEXT(text));
}

static void set_clash(dtl_error *reason, int64_t line, int64_t other)
{
    dtl_error_set(reason, DTL_EDATA,
                  "line %" PRId64 " and line %" PRId64 " give different values for the same key",
                  other < line ? other : line, other < line ? line : other);
    reason->line = line;
}

// The earlier of two rows that clash was taken before the later one was seen: it is held after all.
static bool refuse_clash(dtl_writer *w, const dtl_row *row, int64_t earlier, bool hold_earlier,
                         dtl_error *err)
{
    dtl_error reason = {0};
    if (hold_earlier) {
        set_clash(&reason, earlier, row->line);
        w->result.rows_kept--;
        w->result.rows_held++;
        if (!insert_held(w, &reason, DTL_STR(""), err))
            return false;
    }
    set_clash(err, row->line, earlier);
    return dtl_error_expected(err, "one row for each date%s",
                              row->dimension_count ? " and dimension" : "");
}

bool dtl_writer_add(dtl_writer *w, const dtl_row *row, dtl_error *err)
{
    const dtl_stored_row *earlier = NULL;
    dtl_rows_result result = dtl_rows_add(&w->rows, row, &earlier);
    switch (result) {
    case DTL_ROWS_CLASH:
    case DTL_ROWS_CLASH_AGAIN:
        return refuse_clash(w, row, earlier->line, result == DTL_ROWS_CLASH, err);
    case DTL_ROWS_OVERFLOW:
        dtl_error_set(err, DTL_EDATA, "the sum for this key is too large");
        err->line = row->line;
        return false;
    case DTL_ROWS_SAME:
        w->result.rows_repeated++;
        break;
    default:
        break;
    }
    w->result.rows_kept++;
    cover(w, row->period);
    return true;
}

bool dtl_writer_add_event(dtl_writer *w, const dtl_event *event, int64_t line, dtl_error *err)
{
    uint32_t number = dtl_intern_add(&w->event_names, event->name);
    if (number < w->event_count) {
        dtl_error_set(err, DTL_EDATA,
                      "line %" PRId64 " and line %" PRId64 " both name the event '%.*s'",
                      w->events[number].line, line, DTL_ARG(event->name));
        err->line = line;
        return false;
    }
    if (w->event_count == w->event_capacity) {
        w->event_capacity = w->event_capacity ? w->event_capacity * 2 : 32;
        w->events = dtl_realloc_array(w->events, w->event_capacity, sizeof *w->events);
    }
    w->events[w->event_count++] = (dtl_stored_event){
        .event = {.name = dtl_intern_get(&w->event_names, number),
                  .label = dtl_arena_str(&w->arena, event->label),
                  .from = event->from,
                  .to = event->to},
        .line = line,
    };
    w->result.rows_kept++;
    cover(w, event->from);
    if (event->to != DTL_DATE_NONE)
        cover(w, event->to);
    return true;
}

bool dtl_writer_vanished(dtl_writer *w, dtl_vanished_fn *each, void *context, dtl_error *err)
{
    static const char text[] = "SELECT id, file_name FROM release WHERE dataset = ?1 AND kind ="
                               " 'full' AND seen < ?2 ORDER BY seen DESC LIMIT 1";
    if (w->kind != DTL_RELEASE_FULL)
        return true;
    dtl_sql *sql = &w->store->sql;
    sqlite3_stmt *statement = dtl_sql_begin(sql, text, err);
    if (!statement)
        return false;
    dtl_sql_bind(statement, (dtl_sql_arg[]){DTL_ARG_INT(w->dataset_id), DTL_ARG_INT(w->seen)}, 2);
    bool row = false;
    bool ok = dtl_sql_step(sql, statement, &row, err);
    int64_t earlier = row ? sqlite3_column_int64(statement, 0) : 0;
    dtl_str name = row ? dtl_sql_text_in(&w->arena, statement, 1) : (dtl_str){NULL, 0};
    dtl_sql_done(sql, statement);
    if (!ok || !row)
        return ok;
    return w->dataset->grain == DTL_GRAIN_EVENT
               ? dtl_events_vanished(w, earlier, name, each, context, err)
               : dtl_rows_vanished(w, earlier, name, each, context, err);
}

void dtl_writer_on_change(dtl_writer *w, dtl_change_fn *each, void *context)
{
    w->on_change = each;
    w->change_context = context;
}

// ---- finishing ----

static bool complete_release(dtl_writer *w, dtl_error *err)
{
    static const char text[] =
        "UPDATE release SET rows_in = ?2, rows_kept = ?3, rows_held = ?4, values_new = ?5,"
        " values_revised = ?6, covers_from = ?7, covers_to = ?8 WHERE id = ?1";
    const dtl_release_result *r = &w->result;
    return dtl_sql_run(&w->store->sql, err, text, DTL_ARG_INT(w->release_id),
                       DTL_ARG_INT(r->rows_kept + r->rows_held), DTL_ARG_INT(r->rows_kept),
                       DTL_ARG_INT(r->rows_held), DTL_ARG_INT(r->values_new),
                       DTL_ARG_INT(r->values_revised), dtl_sql_date_arg(w->covers_from),
                       dtl_sql_date_arg(w->covers_to));
}

// Moves the log into the file while no one else may. Readers that are still at work are no failure:
// the log then stays until the next write.
static void checkpoint(dtl_store *store)
{
    if (!store->is_file)
        return;
    sqlite3_busy_timeout(store->sql.db, 0);
    sqlite3_wal_checkpoint_v2(store->sql.db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    sqlite3_busy_timeout(store->sql.db, DTL_STORE_BUSY_MS);
}

bool dtl_writer_finish(dtl_writer *w, bool commit, dtl_release_result *result, dtl_error *err)
{
    dtl_store *store = w->store;
    dtl_rows_sort(&w->rows);
    bool ok = dtl_merge_rows(w, err) && dtl_merge_events(w, err) && complete_release(w, err) &&
              dtl_verify_rows(w, err) && dtl_verify_events(w, err);
    bool in_group = store->in_group;
    if (ok && commit)
        ok = dtl_sql_exec(&store->sql, in_group ? "RELEASE one" : "COMMIT", err);
    bool kept = ok && commit;
    if (kept && !in_group)
        checkpoint(store);
    *result = w->result;
    if (!kept)
        result->release_id = 0;
    if (!kept || !in_group)  // a group stays open, and locked
        roll_back(store);
    free_writer(w);
    return ok;
}

void dtl_writer_abort(dtl_writer *w)
{
    if (!w)
        return;
    roll_back(w->store);
    free_writer(w);
}

// ---- several in one go ----

bool dtl_store_group_begin(dtl_store *store, dtl_error *err)
{
    assert(!store->in_group);
    if (!begin_transaction(store, err))
        return false;
    store->in_group = true;
    return true;
}

bool dtl_store_group_end(dtl_store *store, bool commit, dtl_error *err)
{
    assert(store->in_group && !store->writer);
    store->in_group = false;
    bool ok = !commit || dtl_sql_exec(&store->sql, "COMMIT", err);
    if (ok && commit)
        checkpoint(store);
    roll_back(store);
    return ok;
}
