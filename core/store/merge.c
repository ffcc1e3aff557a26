// core/store/merge.c - compares the rows of a release with what was known, and writes what differs.
//
// Series by series, both sides by period. Histories are read whole before anything is written: a
// statement that reads must not see what another writes.
#include <limits.h>
#include <stdlib.h>

#include "store/writer.h"

typedef struct span {
    dtl_date period;
    uint32_t missing;      // text of rows.texts, or DTL_NO_TEXT
    uint32_t attribution;  // text of rows.texts
    dtl_moment from, to;
    int64_t value;
} span;

// One series under comparison.
typedef struct merge {
    dtl_writer *writer;
    dtl_sql *sql;
    const dtl_column *measure;
    size_t measure_index;
    uint32_t dimensions;
    size_t first_row, end_row;  // of rows.order
    int64_t series;
    span *spans;
    size_t span_count;
    size_t span_capacity;
    bool has_record;
    int64_t record;
} merge;

dtl_date dtl_period_next(const dtl_dataset *dataset, dtl_date period)
{
    switch (dataset->grain) {
    case DTL_GRAIN_WEEK:
        return period + 7;
    case DTL_GRAIN_MONTH:
        return dtl_date_month_end(period) + 1;
    case DTL_GRAIN_YEAR:
        return dtl_date_year_end(dtl_date_year(period)) + 1;
    default:
        return period + 1;
    }
}

// ---- the series ----

static bool put_dimension_values(merge *m, dtl_error *err)
{
    static const char text[] = "INSERT INTO series_dimension"
                               " SELECT ?1, key, value FROM json_each(?2)";
    dtl_str dimensions = dtl_intern_get(&m->writer->rows.dimensions, m->dimensions);
    return dtl_sql_run(m->sql, err, text, DTL_ARG_INT(m->series), DTL_ARG_TEXT(dimensions));
}

static bool find_or_make_series(merge *m, dtl_error *err)
{
    static const char find[] =
        "SELECT id FROM series WHERE dataset = ?1 AND measure = ?2 AND dimensions = ?3";
    static const char make[] =
        "INSERT INTO series (dataset, measure, dimensions) VALUES (?1, ?2, ?3)";
    const dtl_sql_arg args[] = {
        DTL_ARG_INT(m->writer->dataset_id), DTL_ARG_TEXT(m->measure->name),
        DTL_ARG_TEXT(dtl_intern_get(&m->writer->rows.dimensions, m->dimensions))};
    if (!dtl_sql_integer_args(m->sql, find, args, DTL_COUNT(args), 0, &m->series, err))
        return false;
    if (m->series)
        return true;
    if (!dtl_sql_run_args(m->sql, make, args, DTL_COUNT(args), err))
        return false;
    m->series = sqlite3_last_insert_rowid(m->sql->db);
    return put_dimension_values(m, err);
}

static void keep_span(merge *m, sqlite3_stmt *statement)
{
    if (m->span_count == m->span_capacity) {
        m->span_capacity = m->span_capacity ? m->span_capacity * 2 : 1024;
        m->spans = dtl_realloc_array(m->spans, m->span_capacity, sizeof *m->spans);
    }
    dtl_intern *texts = &m->writer->rows.texts;
    span *s = &m->spans[m->span_count++];
    *s = (span){
        .period = (dtl_date)sqlite3_column_int64(statement, 0),
        .missing = DTL_NO_TEXT,
        .attribution = dtl_intern_add(texts, dtl_sql_text(statement, 5)),
        .from = sqlite3_column_int64(statement, 1),
        .to = DTL_SEEN_FOREVER,
        .value = sqlite3_column_int64(statement, 3),
    };
    if (!dtl_sql_is_null(statement, 2))
        s->to = sqlite3_column_int64(statement, 2);
    if (!dtl_sql_is_null(statement, 4))
        s->missing = dtl_intern_add(texts, dtl_sql_text(statement, 4));
    if (s->missing != DTL_NO_TEXT || s->from > m->writer->seen)
        return;
    if (!m->has_record || s->value > m->record)
        m->record = s->value;
    m->has_record = true;
}

// The history of the series from the release's moment on.
static bool read_spans(merge *m, dtl_error *err)
{
    static const char text[] =
        "SELECT period, seen_from, seen_to, value, missing, attribution FROM observation"
        " WHERE series = ?1 AND (seen_to IS NULL OR seen_to > ?2) ORDER BY period, seen_from";
    m->span_count = 0;
    m->has_record = false;
    sqlite3_stmt *statement = dtl_sql_begin(m->sql, text, err);
    if (!statement)
        return false;
    dtl_sql_bind(statement, (dtl_sql_arg[]){DTL_ARG_INT(m->series), DTL_ARG_INT(m->writer->seen)},
                 2);
    bool row = false;
    bool ok = dtl_sql_step(m->sql, statement, &row, err);
    while (ok && row) {
        keep_span(m, statement);
        ok = dtl_sql_step(m->sql, statement, &row, err);
    }
    dtl_sql_done(m->sql, statement);
    return ok;
}

// ---- one value ----

// What the release says of one period, and what the store knew around that moment.
typedef struct statement {
    const dtl_stored_row *row;
    const dtl_stored_cell *cell;
    bool is_known;
    span known;
    bool has_next;
    span next;
    int64_t repeated_by;  // the later release that said again what was known
} statement;

static bool is_same(const span *old, const statement *s)
{
    return old->value == s->cell->value && old->missing == s->cell->missing &&
           old->attribution == s->row->attribution;
}

// The next later release that spoke of this period, by the time it was seen.
static bool find_repeat(const merge *m, statement *s, dtl_moment *seen, dtl_error *err)
{
    static const char text[] =
        "SELECT r.seen, r.id FROM coverage c JOIN release r ON r.id = c.release"
        " WHERE c.series = ?1 AND c.first <= ?2 AND c.last >= ?2 AND r.seen > ?3"
        " ORDER BY r.seen LIMIT 1";
    *seen = DTL_SEEN_FOREVER;
    if (m->writer->seen > m->writer->latest_seen)
        return true;
    sqlite3_stmt *query = dtl_sql_begin(m->sql, text, err);
    if (!query)
        return false;
    dtl_sql_bind(query,
                 (dtl_sql_arg[]){DTL_ARG_INT(m->series), DTL_ARG_INT(s->row->period),
                                 DTL_ARG_INT(m->writer->seen)},
                 3);
    bool row = false;
    bool ok = dtl_sql_step(m->sql, query, &row, err);
    if (ok && row) {
        *seen = sqlite3_column_int64(query, 0);
        s->repeated_by = sqlite3_column_int64(query, 1);
    }
    dtl_sql_done(m->sql, query);
    return ok;
}

static dtl_sql_arg text_arg(const dtl_rows *rows, uint32_t text)
{
    return text == DTL_NO_TEXT ? DTL_ARG_NULL : DTL_ARG_TEXT(dtl_intern_get(&rows->texts, text));
}

static dtl_sql_arg attribution_arg(const dtl_rows *rows, uint32_t text)
{
    dtl_str attribution = dtl_intern_get(&rows->texts, text);
    return attribution.size ? DTL_ARG_TEXT(attribution) : DTL_ARG_NULL;
}

static bool insert_span(const merge *m, const statement *s, dtl_moment until, dtl_error *err)
{
    static const char text[] =
        "INSERT INTO observation (series, period, seen_from, seen_to, value, missing, raw, line,"
        " attribution, release) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    const dtl_rows *rows = &m->writer->rows;
    const dtl_stored_cell *cell = s->cell;
    return dtl_sql_run(
        m->sql, err, text, DTL_ARG_INT(m->series), DTL_ARG_INT(s->row->period),
        DTL_ARG_INT(m->writer->seen), until == DTL_SEEN_FOREVER ? DTL_ARG_NULL : DTL_ARG_INT(until),
        cell->missing == DTL_NO_TEXT ? DTL_ARG_INT(cell->value) : DTL_ARG_NULL,
        text_arg(rows, cell->missing), text_arg(rows, cell->raw), DTL_ARG_INT(s->row->line),
        attribution_arg(rows, s->row->attribution), DTL_ARG_INT(m->writer->release_id));
}

// The known span goes on from the moment at which a later release said it again.
static bool copy_tail(const merge *m, const statement *s, dtl_moment from, dtl_error *err)
{
    static const char text[] =
        "INSERT INTO observation SELECT series, period, ?4, seen_to, value, missing, status, raw,"
        " NULL, attribution, ?5 FROM observation"
        " WHERE series = ?1 AND period = ?2 AND seen_from = ?3";
    return dtl_sql_run(m->sql, err, text, DTL_ARG_INT(m->series), DTL_ARG_INT(s->row->period),
                       DTL_ARG_INT(s->known.from), DTL_ARG_INT(from), DTL_ARG_INT(s->repeated_by));
}

static bool cut_known(const merge *m, const statement *s, dtl_error *err)
{
    return dtl_sql_run(m->sql, err,
                       "UPDATE observation SET seen_to = ?4"
                       " WHERE series = ?1 AND period = ?2 AND seen_from = ?3",
                       DTL_ARG_INT(m->series), DTL_ARG_INT(s->row->period),
                       DTL_ARG_INT(s->known.from), DTL_ARG_INT(m->writer->seen));
}

static bool move_next(const merge *m, const statement *s, dtl_error *err)
{
    return dtl_sql_run(m->sql, err,
                       "UPDATE observation SET seen_from = ?4, raw = ?5, line = ?6, release = ?7"
                       " WHERE series = ?1 AND period = ?2 AND seen_from = ?3",
                       DTL_ARG_INT(m->series), DTL_ARG_INT(s->row->period),
                       DTL_ARG_INT(s->next.from), DTL_ARG_INT(m->writer->seen),
                       text_arg(&m->writer->rows, s->cell->raw), DTL_ARG_INT(s->row->line),
                       DTL_ARG_INT(m->writer->release_id));
}

static bool apply(const merge *m, const statement *s, const dtl_span_plan *plan, dtl_error *err)
{
    return (!plan->copy_tail || copy_tail(m, s, plan->until, err)) &&
           (!plan->cut || cut_known(m, s, err)) && (!plan->move_next || move_next(m, s, err)) &&
           (!plan->insert || insert_span(m, s, plan->until, err));
}

static void tell_change(const merge *m, const statement *s)
{
    if (!m->writer->on_change)
        return;
    dtl_change change = {
        .measure = m->measure,
        .dimensions = dtl_intern_get(&m->writer->rows.dimensions, m->dimensions),
        .period = s->row->period,
        .was_known = s->is_known,
        .had_value = s->is_known && s->known.missing == DTL_NO_TEXT,
        .before = s->known.value,
        .has_value = s->cell->missing == DTL_NO_TEXT,
        .after = s->cell->value,
        .has_record = m->has_record,
        .record = m->record,
        .line = s->row->line,
    };
    m->writer->on_change(m->writer->change_context, &change);
}

// The spans around the release's moment; [at] is the first span of the row's period.
static void find_spans(const merge *m, size_t at, statement *s)
{
    for (; at < m->span_count && m->spans[at].period == s->row->period && !s->has_next; at++) {
        if (m->spans[at].from < m->writer->seen) {
            s->is_known = true;
            s->known = m->spans[at];
        } else {
            s->has_next = true;
            s->next = m->spans[at];
        }
    }
}

static bool merge_value(const merge *m, statement *s, dtl_error *err)
{
    dtl_span_place place = {
        .is_known = s->is_known,
        .same_as_known = s->is_known && is_same(&s->known, s),
        .known_to = s->known.to,
        .has_next = s->has_next,
        .same_as_next = s->has_next && is_same(&s->next, s),
        .next_from = s->next.from,
    };
    dtl_release_result *result = &m->writer->result;
    if (place.same_as_known) {
        result->values_same++;
        return true;
    }
    *(s->is_known ? &result->values_revised : &result->values_new) += 1;
    tell_change(m, s);
    if (s->is_known && !find_repeat(m, s, &place.repeated, err))
        return false;
    dtl_span_plan plan = dtl_span_plan_for(&place);
    return apply(m, s, &plan, err);
}

// ---- one series ----

static bool put_coverage(const merge *m, dtl_date first, dtl_date last, dtl_error *err)
{
    return dtl_sql_run(m->sql, err, "INSERT INTO coverage VALUES (?1, ?2, ?3, ?4)",
                       DTL_ARG_INT(m->series), DTL_ARG_INT(m->writer->release_id),
                       DTL_ARG_INT(first), DTL_ARG_INT(last));
}

// The periods of a series that the file leaves out; a statement as at a date leaves out none.
static void count_absent(const merge *m, dtl_date last, dtl_date period)
{
    const dtl_dataset *dataset = m->writer->dataset;
    dtl_release_result *result = &m->writer->result;
    if (m->measure_index > 0 || dataset->grain == DTL_GRAIN_AS_AT)
        return;
    dtl_date absent = dtl_period_next(dataset, last);
    if (result->periods_absent == 0 && absent < period)
        result->first_absent = absent;
    for (; absent < period; absent = dtl_period_next(dataset, absent))
        result->periods_absent++;
}

// A run of periods that the release speaks of grows by one, or is written and begun anew.
static bool extend_coverage(const merge *m, dtl_date period, dtl_date *first, dtl_date *last,
                            dtl_error *err)
{
    if (*first == DTL_DATE_NONE) {
        *first = period;
    } else if (period != dtl_period_next(m->writer->dataset, *last)) {
        if (!put_coverage(m, *first, *last, err))
            return false;
        count_absent(m, *last, period);
        *first = period;
    }
    *last = period;
    return true;
}

static bool merge_series(merge *m, dtl_error *err)
{
    const dtl_rows *rows = &m->writer->rows;
    dtl_date first = DTL_DATE_NONE;
    dtl_date last = DTL_DATE_NONE;
    size_t at = 0;
    m->series = 0;
    for (size_t i = m->first_row; i < m->end_row; i++) {
        const dtl_stored_row *row = dtl_rows_at(rows, rows->order[i]);
        statement s = {.row = row, .cell = &row->cells[m->measure_index]};
        if (s.cell->is_absent)
            continue;
        if (!m->series && (!find_or_make_series(m, err) || !read_spans(m, err)))
            return false;
        while (at < m->span_count && m->spans[at].period < row->period)
            at++;
        find_spans(m, at, &s);
        if (!merge_value(m, &s, err) || !extend_coverage(m, row->period, &first, &last, err))
            return false;
    }
    return first == DTL_DATE_NONE || put_coverage(m, first, last, err);
}

// Every period as text, once, for the views.
static bool put_day(const merge *m, dtl_date day, dtl_error *err)
{
    int64_t known;
    return dtl_sql_integer(m->sql, err, "SELECT 1 FROM day WHERE period = ?1", 0, &known,
                           DTL_ARG_INT(day)) &&
           (known ||
            dtl_sql_run(m->sql, err, "INSERT INTO day VALUES (?1, date(?1 * 86400, 'unixepoch'))",
                        DTL_ARG_INT(day)));
}

static bool put_days(const merge *m, dtl_error *err)
{
    const dtl_rows *rows = &m->writer->rows;
    dtl_date shift = m->writer->dataset->grain == DTL_GRAIN_WEEK ? 6 : 0;
    if (rows->order_count == 0)
        return true;
    // One bit a day: the calendar has under four million.
    dtl_date first = m->writer->covers_from;
    unsigned char *done = dtl_alloc((size_t)(m->writer->covers_to - first) / CHAR_BIT + 1);
    bool ok = true;
    for (size_t i = 0; ok && i < rows->order_count; i++) {
        dtl_date period = dtl_rows_at(rows, rows->order[i])->period;
        size_t at = (size_t)(period - first);
        unsigned char bit = (unsigned char)(1u << at % CHAR_BIT);
        if (done[at / CHAR_BIT] & bit)
            continue;
        done[at / CHAR_BIT] |= bit;
        ok = put_day(m, period + shift, err);
    }
    free(done);
    return ok;
}

bool dtl_merge_rows(dtl_writer *writer, dtl_error *err)
{
    const dtl_rows *rows = &writer->rows;
    merge m = {.writer = writer, .sql = &writer->store->sql};
    bool ok = put_days(&m, err);
    while (ok && m.end_row < rows->order_count) {
        m.first_row = m.end_row;
        m.dimensions = dtl_rows_at(rows, rows->order[m.first_row])->dimensions;
        while (m.end_row < rows->order_count &&
               dtl_rows_at(rows, rows->order[m.end_row])->dimensions == m.dimensions)
            m.end_row++;
        for (m.measure_index = 0; ok && m.measure_index < rows->measure_count; m.measure_index++) {
            m.measure = &writer->dataset->columns[rows->measures[m.measure_index]];
            ok = merge_series(&m, err);
        }
    }
    free(m.spans);
    return ok;
}
