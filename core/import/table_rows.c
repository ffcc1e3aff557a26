// core/import/table_rows.c - one table, from its first row to the release: all of it or nothing.
#include "import/table_rows.h"

#include <inttypes.h>

enum {
    PROGRESS_ROWS = 8192,  // records between two calls of progress
    HELD_SHARE = 20        // one row in so many may be held: 5 %
};

static bool is_blank(const dtl_record *record)
{
    for (size_t i = 0; i < record->count; i++)
        if (record->fields[i].is_null || dtl_cell_trim(record->fields[i].text).size)
            return false;
    return true;
}

// "End of table" alone in its row: what national statistics write under a table.
static bool is_footer(dtl_table_rows *rows, const dtl_record *record)
{
    static const dtl_str endings[] = {
        {"end of table", 12}, {"end of worksheet", 16}, {"end of data", 11}, {"end of sheet", 12}};
    size_t filled = 0;
    dtl_str text = {NULL, 0};
    for (size_t i = 0; i < record->count && filled < 2; i++) {
        dtl_str cell = dtl_cell_trim(record->fields[i].text);
        if (cell.size == 0)
            continue;
        text = cell;
        filled++;
    }
    if (filled != 1 || text.size > 32 || (text.data[0] | 0x20) != 'e')
        return false;
    dtl_str words = dtl_header_normalise(rows->arena, text);
    for (size_t i = 0; i < DTL_COUNT(endings); i++)
        if (dtl_str_equal(words, endings[i]))
            return true;
    return false;
}

static void refuse_row(dtl_table_rows *rows, const dtl_record *record, dtl_error *reason)
{
    dtl_problem_add(&rows->problems, reason, (dtl_place){record->line, DTL_NO_FIELD, DTL_STR("")});
}

static bool add_row(dtl_table_rows *rows, const dtl_record *record)
{
    dtl_error *reason = &rows->reason;
    bool is_event = rows->table.dataset->grain == DTL_GRAIN_EVENT;
    if (!(is_event ? dtl_cells_read_event(&rows->cells, record)
                   : dtl_cells_read(&rows->cells, record)))
        return false;
    bool ok = is_event
                  ? dtl_writer_add_event(rows->writer, &rows->cells.event, record->line, reason)
                  : dtl_writer_add(rows->writer, &rows->cells.row, reason);
    if (ok)
        return true;
    if (reason->code == DTL_EDATA)
        refuse_row(rows, record, reason);
    else if (rows->problems.failure.code == DTL_OK)
        rows->problems.failure = *reason;
    *reason = (dtl_error){0};
    return false;
}

static void refuse_behind_end(dtl_table_rows *rows, const dtl_record *record)
{
    dtl_error reason = {0};
    rows->rows_bad++;
    dtl_error_set(&reason, DTL_EDATA, "a row behind the end of the table");
    refuse_row(rows, record, &reason);
}

static void take_record(dtl_table_rows *rows, const dtl_record *record)
{
    if (is_blank(record))
        return;
    if (rows->ended) {
        refuse_behind_end(rows, record);
        return;
    }
    if (is_footer(rows, record)) {
        rows->ended = true;
        return;
    }
    rows->rows_in++;
    if (!add_row(rows, record))
        rows->rows_bad++;
}

static void tell_progress(const dtl_table_rows *rows, const dtl_record *record)
{
    const dtl_import_options *options = rows->file->options;
    dtl_str bytes = rows->file->bytes;
    if (!options->progress || record->count == 0)
        return;
    const char *at = record->fields[0].text.data;
    if (at >= bytes.data && at <= bytes.data + bytes.size)
        options->progress(options->progress_context, (size_t)(at - bytes.data), bytes.size);
}

// Everything below the header. False: the file itself cannot be read on.
static bool take_records(dtl_table_rows *rows, dtl_error *err)
{
    for (size_t i = rows->table.header_row + 1; i < rows->head_count; i++)
        take_record(rows, &rows->head[i]);
    dtl_record record;
    bool more = true;
    for (size_t count = 0; rows->problems.failure.code == DTL_OK; count++) {
        if (!dtl_stream_next(rows->stream, &record, &more, err))
            return false;
        if (!more)
            break;
        take_record(rows, &record);
        if (count % PROGRESS_ROWS == 0)
            tell_progress(rows, &record);
    }
    return true;
}

// ---- the file as a whole ----

static bool note_titles(dtl_table_rows *rows, dtl_error *err)
{
    for (size_t i = 0; i < rows->table.header_row; i++) {
        const dtl_record *record = &rows->head[i];
        for (size_t k = 0; k < record->count; k++)
            if (dtl_cell_trim(record->fields[k].text).size &&
                !dtl_writer_note(rows->writer, record->line, record->fields[k].text, err))
                return false;
    }
    return true;
}

static bool begin(dtl_table_rows *rows, dtl_error *err)
{
    const dtl_import_file_info *file = rows->file;
    const dtl_import_options *options = file->options;
    const dtl_release_info info = {
        .dataset = rows->table.dataset,
        .file_name = file->name,
        .sha256 = file->sha256,
        .published = options->published,
        .retrieved = options->retrieved,
        .kind = options->has_kind ? options->kind : rows->table.dataset->kind,
    };
    if (!dtl_writer_begin(file->store, &info, &rows->writer, &rows->result, err))
        return false;
    if (!rows->writer)
        return true;
    dtl_rules_init(&rows->rules, file->report, &rows->table, rows->path, options);
    dtl_writer_on_change(rows->writer, dtl_rules_take_change, &rows->rules);
    rows->problems.table = &rows->table;
    if (options->keep_good_rows)
        rows->problems.writer = rows->writer;
    dtl_cells_init(&rows->cells, &rows->table, &rows->problems, dtl_rules_latest_date(options));
    return note_titles(rows, err);
}

// The first problem as the reason, when there is one.
static bool refuse_all(dtl_table_rows *rows, dtl_error *err)
{
    if (rows->problems.failure.code)
        *err = rows->problems.failure;
    else if (rows->file->report->problem_count)
        *err = rows->file->report->problems[0];
    return false;
}

static bool check_share(dtl_table_rows *rows, dtl_error *err)
{
    if (rows->rows_bad * HELD_SHARE <= rows->rows_in)
        return true;
    dtl_error_set(err, DTL_EDATA,
                  "%" PRId64 " of %" PRId64
                  " rows cannot be read, which is more than 5 %%; nothing "
                  "was imported",
                  rows->rows_bad, rows->rows_in);
    return dtl_error_at(err, rows->path, 0, 0);
}

static bool check_rows(dtl_table_rows *rows, dtl_error *err)
{
    dtl_problems_finish(&rows->problems);
    bool refused = rows->file->report->problem_total && !rows->file->options->keep_good_rows;
    if (rows->problems.failure.code || rows->broken || refused)
        return refuse_all(rows, err);
    if (!check_share(rows, err))
        return false;
    if (rows->rows_in > rows->rows_bad)
        return true;
    dtl_error_set(err, DTL_EDATA, "no data in the file: a header, and no rows");
    return dtl_error_at(err, rows->path, 0, 0);
}

static bool finish(dtl_table_rows *rows, dtl_error *err)
{
    dtl_writer *writer = rows->writer;
    if (!dtl_rules_check_vanished(&rows->rules, &rows->problems, writer, err) ||
        !check_rows(rows, err))
        return false;
    rows->writer = NULL;
    if (!dtl_writer_finish(writer, true, &rows->result, err))
        return false;
    dtl_rules_warn(&rows->rules, &rows->result);
    return true;
}

static bool import_rows(dtl_table_rows *rows, dtl_error *err)
{
    if (!begin(rows, err))
        return false;
    if (!rows->writer)
        return true;  // known already
    dtl_error broken = {0};
    if (!take_records(rows, &broken)) {
        if (rows->file->report->problem_total == 0) {
            *err = broken;
            return false;
        }
        dtl_problem_add_whole(&rows->problems, &broken);
        rows->broken = true;
    }
    return finish(rows, err);
}

bool dtl_table_rows_import(dtl_table_rows *rows, dtl_error *err)
{
    dtl_import_report *report = rows->file->report;
    dtl_problems_init(&rows->problems, report, rows->path, rows->file->options->problem_max);
    bool ok = import_rows(rows, err);
    dtl_writer_abort(rows->writer);
    dtl_cells_release(&rows->cells);
    dtl_rules_release(&rows->rules);
    return ok;
}
