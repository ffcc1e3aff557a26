// core/store/events.c - named events of a release: the same history of spans, keyed by name.
#include <stdlib.h>

#include "store/writer.h"

// What a release says of one event, and what the store knew around that moment.
typedef struct statement {
    const dtl_stored_event *said;
    dtl_moment known_from, next_from;
    int64_t repeated_by;
    dtl_span_place place;
} statement;

static bool says_same(sqlite3_stmt *row, const dtl_event *event)
{
    return dtl_str_equal(dtl_sql_text(row, 2), event->label) &&
           dtl_sql_date(row, 3) == event->from && dtl_sql_date(row, 4) == event->to;
}

static void take_span(const dtl_writer *writer, sqlite3_stmt *row, statement *s)
{
    dtl_moment from = sqlite3_column_int64(row, 0);
    bool same = says_same(row, &s->said->event);
    if (from < writer->seen) {
        s->known_from = from;
        s->place.is_known = true;
        s->place.same_as_known = same;
        s->place.known_to =
            dtl_sql_is_null(row, 1) ? DTL_SEEN_FOREVER : sqlite3_column_int64(row, 1);
    } else if (!s->place.has_next) {
        s->next_from = from;
        s->place.has_next = true;
        s->place.same_as_next = same;
        s->place.next_from = from;
    }
}

static bool read_spans(const dtl_writer *writer, statement *s, dtl_error *err)
{
    static const char text[] =
        "SELECT seen_from, seen_to, label, from_day, to_day FROM event WHERE dataset = ?1"
        " AND name = ?2 AND (seen_to IS NULL OR seen_to > ?3) ORDER BY seen_from";
    dtl_sql *sql = &writer->store->sql;
    sqlite3_stmt *row = dtl_sql_begin(sql, text, err);
    if (!row)
        return false;
    dtl_sql_bind(row,
                 (dtl_sql_arg[]){DTL_ARG_INT(writer->dataset_id), DTL_ARG_TEXT(s->said->event.name),
                                 DTL_ARG_INT(writer->seen)},
                 3);
    bool more = false;
    bool ok = dtl_sql_step(sql, row, &more, err);
    while (ok && more) {
        take_span(writer, row, s);
        ok = dtl_sql_step(sql, row, &more, err);
    }
    dtl_sql_done(sql, row);
    return ok;
}

static bool find_repeat(const dtl_writer *writer, statement *s, dtl_error *err)
{
    static const char text[] =
        "SELECT r.seen, r.id FROM event_statement e JOIN release r ON r.id = e.release"
        " WHERE e.dataset = ?1 AND e.name = ?2 AND r.seen > ?3 ORDER BY r.seen LIMIT 1";
    dtl_sql *sql = &writer->store->sql;
    s->place.repeated = DTL_SEEN_FOREVER;
    sqlite3_stmt *row = dtl_sql_begin(sql, text, err);
    if (!row)
        return false;
    dtl_sql_bind(row,
                 (dtl_sql_arg[]){DTL_ARG_INT(writer->dataset_id), DTL_ARG_TEXT(s->said->event.name),
                                 DTL_ARG_INT(writer->seen)},
                 3);
    bool more = false;
    bool ok = dtl_sql_step(sql, row, &more, err);
    if (ok && more) {
        s->place.repeated = sqlite3_column_int64(row, 0);
        s->repeated_by = sqlite3_column_int64(row, 1);
    }
    dtl_sql_done(sql, row);
    return ok;
}

static bool insert_span(const dtl_writer *writer, const statement *s, dtl_moment until,
                        dtl_error *err)
{
    const dtl_event *event = &s->said->event;
    return dtl_sql_run(
        &writer->store->sql, err, "INSERT INTO event VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        DTL_ARG_INT(writer->dataset_id), DTL_ARG_TEXT(event->name), DTL_ARG_INT(writer->seen),
        until == DTL_SEEN_FOREVER ? DTL_ARG_NULL : DTL_ARG_INT(until), DTL_ARG_TEXT(event->label),
        dtl_sql_date_arg(event->from), dtl_sql_date_arg(event->to), DTL_ARG_INT(s->said->line),
        DTL_ARG_INT(writer->release_id));
}

static bool apply(const dtl_writer *writer, const statement *s, const dtl_span_plan *plan,
                  dtl_error *err)
{
    static const char copy[] =
        "INSERT INTO event SELECT dataset, name, ?4, seen_to, label, from_day, to_day, NULL, ?5"
        " FROM event WHERE dataset = ?1 AND name = ?2 AND seen_from = ?3";
    static const char cut[] =
        "UPDATE event SET seen_to = ?4 WHERE dataset = ?1 AND name = ?2 AND seen_from = ?3";
    static const char move[] = "UPDATE event SET seen_from = ?4, line = ?5, release = ?6"
                               " WHERE dataset = ?1 AND name = ?2 AND seen_from = ?3";
    dtl_sql *sql = &writer->store->sql;
    dtl_sql_arg id = DTL_ARG_INT(writer->dataset_id);
    dtl_sql_arg name = DTL_ARG_TEXT(s->said->event.name);
    dtl_sql_arg seen = DTL_ARG_INT(writer->seen);
    return (!plan->copy_tail ||
            dtl_sql_run(sql, err, copy, id, name, DTL_ARG_INT(s->known_from),
                        DTL_ARG_INT(plan->until), DTL_ARG_INT(s->repeated_by))) &&
           (!plan->cut || dtl_sql_run(sql, err, cut, id, name, DTL_ARG_INT(s->known_from), seen)) &&
           (!plan->move_next ||
            dtl_sql_run(sql, err, move, id, name, DTL_ARG_INT(s->next_from), seen,
                        DTL_ARG_INT(s->said->line), DTL_ARG_INT(writer->release_id))) &&
           (!plan->insert || insert_span(writer, s, plan->until, err));
}

static bool merge_event(dtl_writer *writer, const dtl_stored_event *said, dtl_error *err)
{
    statement s = {.said = said};
    if (!dtl_sql_run(&writer->store->sql, err, "INSERT INTO event_statement VALUES (?1, ?2, ?3)",
                     DTL_ARG_INT(writer->dataset_id), DTL_ARG_TEXT(said->event.name),
                     DTL_ARG_INT(writer->release_id)) ||
        !read_spans(writer, &s, err))
        return false;
    if (s.place.same_as_known) {
        writer->result.values_same++;
        return true;
    }
    *(s.place.is_known ? &writer->result.values_revised : &writer->result.values_new) += 1;
    if (s.place.is_known && !find_repeat(writer, &s, err))
        return false;
    dtl_span_plan plan = dtl_span_plan_for(&s.place);
    return apply(writer, &s, &plan, err);
}

bool dtl_merge_events(dtl_writer *writer, dtl_error *err)
{
    for (size_t i = 0; i < writer->event_count; i++)
        if (!merge_event(writer, &writer->events[i], err))
            return false;
    return true;
}

bool dtl_verify_events(dtl_writer *writer, dtl_error *err)
{
    static const char text[] =
        "SELECT count(*) FROM event WHERE dataset = ?1 AND name = ?2 AND label = ?3"
        " AND from_day = ?4 AND to_day IS ?5 AND seen_from <= ?6"
        " AND (seen_to IS NULL OR seen_to > ?6)";
    for (size_t i = 0; i < writer->event_count; i++) {
        const dtl_event *event = &writer->events[i].event;
        int64_t found;
        if (!dtl_sql_integer(&writer->store->sql, err, text, 0, &found,
                             DTL_ARG_INT(writer->dataset_id), DTL_ARG_TEXT(event->name),
                             DTL_ARG_TEXT(event->label), dtl_sql_date_arg(event->from),
                             dtl_sql_date_arg(event->to), DTL_ARG_INT(writer->seen)))
            return false;
        if (found != 1)
            return dtl_error_set(err, DTL_EINTERNAL,
                                 "the store did not give back the event '%.*s'; nothing was "
                                 "imported",
                                 DTL_ARG(event->name));
    }
    return true;
}

bool dtl_events_vanished(dtl_writer *writer, int64_t earlier, dtl_str file_name,
                         dtl_vanished_fn *each, void *context, dtl_error *err)
{
    static const char text[] =
        "SELECT name FROM event_statement WHERE dataset = ?1 AND release = ?2 ORDER BY name";
    dtl_sql *sql = &writer->store->sql;
    sqlite3_stmt *row = dtl_sql_begin(sql, text, err);
    if (!row)
        return false;
    dtl_sql_bind(row, (dtl_sql_arg[]){DTL_ARG_INT(writer->dataset_id), DTL_ARG_INT(earlier)}, 2);
    bool more = false;
    bool ok = dtl_sql_step(sql, row, &more, err);
    while (ok && more) {
        // A name not met yet gets the number behind the last.
        bool is_here =
            dtl_intern_add(&writer->event_names, dtl_sql_text(row, 0)) < writer->event_count;
        dtl_vanished one = {.dimensions = dtl_sql_text(row, 0),
                            .first = DTL_DATE_NONE,
                            .last = DTL_DATE_NONE,
                            .count = 1,
                            .release = file_name};
        ok = (is_here || each(context, &one, err)) && dtl_sql_step(sql, row, &more, err);
    }
    dtl_sql_done(sql, row);
    return ok;
}
