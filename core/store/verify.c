// core/store/verify.c - reads a release back before it is committed, and looks for what it lacks.
#include <inttypes.h>

#include "store/writer.h"

// ---- what was written is what was said ----

typedef struct readback {
    dtl_writer *writer;
    const dtl_column *measure;
    size_t measure_index;
    size_t at, end;  // of rows.order
} readback;

static bool differs(const readback *r, dtl_date period, dtl_error *err)
{
    dtl_buf date = {0};
    dtl_date_add(&date, period);
    dtl_error_set(err, DTL_EINTERNAL,
                  "the store did not give back what was written (%.*s, %.*s); nothing was imported",
                  DTL_ARG(r->measure->name), DTL_ARG(dtl_buf_str(&date)));
    dtl_buf_release(&date);
    return false;
}

// The next row that speaks of the measure, or NULL.
static const dtl_stored_row *next_row(readback *r)
{
    const dtl_rows *rows = &r->writer->rows;
    while (r->at < r->end) {
        const dtl_stored_row *row = dtl_rows_at(rows, rows->order[r->at++]);
        if (!row->cells[r->measure_index].is_absent)
            return row;
    }
    return NULL;
}

static bool matches(const readback *r, const dtl_stored_row *row, sqlite3_stmt *statement)
{
    const dtl_rows *rows = &r->writer->rows;
    const dtl_stored_cell *cell = &row->cells[r->measure_index];
    if (sqlite3_column_int64(statement, 0) != row->period ||
        !dtl_str_equal(dtl_sql_text(statement, 3), dtl_intern_get(&rows->texts, row->attribution)))
        return false;
    if (cell->missing == DTL_NO_TEXT)
        return !dtl_sql_is_null(statement, 1) && dtl_sql_is_null(statement, 2) &&
               sqlite3_column_int64(statement, 1) == cell->value;
    return dtl_sql_is_null(statement, 1) &&
           dtl_str_equal(dtl_sql_text(statement, 2), dtl_intern_get(&rows->texts, cell->missing));
}

static bool compare(readback *r, sqlite3_stmt *statement, dtl_error *err)
{
    dtl_sql *sql = &r->writer->store->sql;
    bool more = false;
    if (!dtl_sql_step(sql, statement, &more, err))
        return false;
    for (const dtl_stored_row *row = next_row(r); row; row = next_row(r)) {
        // What the store knows between the file's periods is none of this release's business.
        while (more && sqlite3_column_int64(statement, 0) < row->period)
            if (!dtl_sql_step(sql, statement, &more, err))
                return false;
        if (!more || !matches(r, row, statement))
            return differs(r, row->period, err);
    }
    return true;
}

static bool verify_series(readback *r, uint32_t dimensions, dtl_error *err)
{
    static const char text[] =
        "SELECT o.period, o.value, o.missing, o.attribution FROM series s"
        " JOIN observation o ON o.series = s.id WHERE s.dataset = ?1 AND s.measure = ?2"
        " AND s.dimensions = ?3 AND o.seen_from <= ?4 AND (o.seen_to IS NULL OR o.seen_to > ?4)"
        " ORDER BY o.period";
    const dtl_writer *writer = r->writer;
    sqlite3_stmt *statement = dtl_sql_begin(&writer->store->sql, text, err);
    if (!statement)
        return false;
    dtl_sql_bind(statement,
                 (dtl_sql_arg[]){DTL_ARG_INT(writer->dataset_id), DTL_ARG_TEXT(r->measure->name),
                                 DTL_ARG_TEXT(dtl_intern_get(&writer->rows.dimensions, dimensions)),
                                 DTL_ARG_INT(writer->seen)},
                 4);
    bool ok = compare(r, statement, err);
    dtl_sql_done(&writer->store->sql, statement);
    return ok;
}

static bool verify_group(dtl_writer *writer, size_t first, size_t end, dtl_error *err)
{
    const dtl_rows *rows = &writer->rows;
    uint32_t dimensions = dtl_rows_at(rows, rows->order[first])->dimensions;
    for (size_t i = 0; i < rows->measure_count; i++) {
        readback r = {writer, &writer->dataset->columns[rows->measures[i]], i, first, end};
        if (!verify_series(&r, dimensions, err))
            return false;
    }
    return true;
}

static int64_t count_cells(const dtl_rows *rows)
{
    int64_t cells = 0;
    for (size_t i = 0; i < rows->order_count; i++)
        for (size_t k = 0; k < rows->measure_count; k++)
            cells += dtl_rows_at(rows, rows->order[i])->cells[k].is_absent ? 0 : 1;
    return cells;
}

bool dtl_verify_rows(dtl_writer *writer, dtl_error *err)
{
    const dtl_rows *rows = &writer->rows;
    const dtl_release_result *result = &writer->result;
    int64_t compared = result->values_new + result->values_revised + result->values_same;
    if (writer->dataset->grain != DTL_GRAIN_EVENT && count_cells(rows) != compared)
        return dtl_error_set(err, DTL_EINTERNAL,
                             "%" PRId64 " values were compared, but the file has %" PRId64
                             "; nothing was imported",
                             compared, count_cells(rows));
    for (size_t first = 0; first < rows->order_count;) {
        size_t end = first;
        while (end < rows->order_count && dtl_rows_at(rows, rows->order[end])->dimensions ==
                                              dtl_rows_at(rows, rows->order[first])->dimensions)
            end++;
        if (!verify_group(writer, first, end, err))
            return false;
        first = end;
    }
    return true;
}

// ---- what seems to be withdrawn ----

typedef struct absence {
    dtl_writer *writer;
    dtl_vanished run;
    dtl_vanished_fn *each;
    void *context;
} absence;

static bool flush(absence *a, dtl_error *err)
{
    bool ok = a->run.count == 0 || a->each(a->context, &a->run, err);
    a->run.count = 0;
    return ok;
}

static bool add_absent(absence *a, dtl_date period, dtl_error *err)
{
    const dtl_dataset *dataset = a->writer->dataset;
    if (a->run.count && period != dtl_period_next(dataset, a->run.last) && !flush(a, err))
        return false;
    if (a->run.count == 0)
        a->run.first = period;
    a->run.last = period;
    a->run.count++;
    return true;
}

// Whether the release says anything of the measure in [period], for the rows of one key from [*at].
static bool speaks_of(const dtl_writer *writer, const readback *r, size_t *at, dtl_date period)
{
    const dtl_rows *rows = &writer->rows;
    while (*at < r->end && dtl_rows_at(rows, rows->order[*at])->period < period)
        ++*at;
    if (*at == r->end)
        return false;
    const dtl_stored_row *row = dtl_rows_at(rows, rows->order[*at]);
    return row->period == period && !row->cells[r->measure_index].is_absent;
}

// The rows of the key with [dimensions]: an empty range when the release has none.
static void find_group(const dtl_rows *rows, dtl_str dimensions, size_t *first, size_t *end)
{
    for (*first = 0; *first < rows->order_count; *first = *end) {
        uint32_t group = dtl_rows_at(rows, rows->order[*first])->dimensions;
        for (*end = *first; *end < rows->order_count; ++*end)
            if (dtl_rows_at(rows, rows->order[*end])->dimensions != group)
                break;
        if (dtl_str_equal(dtl_intern_get(&rows->dimensions, group), dimensions))
            return;
    }
    *end = *first;
}

static bool speaks_at_all(const dtl_rows *rows, size_t measure_index)
{
    for (size_t i = 0; i < rows->order_count; i++)
        if (!dtl_rows_at(rows, rows->order[i])->cells[measure_index].is_absent)
            return true;
    return false;
}

static bool compare_run(absence *a, sqlite3_stmt *statement, dtl_error *err)
{
    const dtl_rows *rows = &a->writer->rows;
    readback r = {.writer = a->writer};
    const dtl_column *column =
        dtl_dataset_column(a->writer->dataset, DTL_ROLE_MEASURE, dtl_sql_text(statement, 0));
    if (!column || !speaks_at_all(rows, rows->measure_of[column - a->writer->dataset->columns]))
        return true;  // no such measure any more, or not in this file: it says nothing of it
    a->run.measure = column->name;
    a->run.dimensions = dtl_sql_text_in(&a->writer->arena, statement, 1);
    r.measure_index = rows->measure_of[column - a->writer->dataset->columns];
    find_group(rows, a->run.dimensions, &r.at, &r.end);
    size_t at = r.at;
    dtl_date last = (dtl_date)sqlite3_column_int64(statement, 3);
    for (dtl_date period = (dtl_date)sqlite3_column_int64(statement, 2); period <= last;
         period = dtl_period_next(a->writer->dataset, period))
        if (!speaks_of(a->writer, &r, &at, period) && !add_absent(a, period, err))
            return false;
    return flush(a, err);
}

bool dtl_rows_vanished(dtl_writer *writer, int64_t earlier, dtl_str file_name,
                       dtl_vanished_fn *each, void *context, dtl_error *err)
{
    static const char text[] = "SELECT s.measure, s.dimensions, c.first, c.last FROM series s"
                               " JOIN coverage c ON c.series = s.id AND c.release = ?2"
                               " WHERE s.dataset = ?1 ORDER BY s.id, c.first";
    absence a = {writer, {.release = file_name}, each, context};
    dtl_rows_sort(&writer->rows);
    sqlite3_stmt *statement = dtl_sql_begin(&writer->store->sql, text, err);
    if (!statement)
        return false;
    dtl_sql_bind(statement, (dtl_sql_arg[]){DTL_ARG_INT(writer->dataset_id), DTL_ARG_INT(earlier)},
                 2);
    bool row = false;
    bool ok = dtl_sql_step(&writer->store->sql, statement, &row, err);
    while (ok && row)
        ok = compare_run(&a, statement, err) &&
             dtl_sql_step(&writer->store->sql, statement, &row, err);
    dtl_sql_done(&writer->store->sql, statement);
    return ok;
}
