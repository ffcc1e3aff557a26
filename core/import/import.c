// core/import/import.c - one file into the store, in one transaction.
#include "import/import.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/sha256.h"
#include "import/cells.h"
#include "import/rules.h"

enum {
    PROGRESS_ROWS = 8192,  // records between two calls of progress
    HELD_SHARE = 20        // one row in so many may be held: 5 %
};

static const dtl_importer *const builtin[] = {&dtl_importer_csv, &dtl_importer_json};
const dtl_importer_list dtl_importers_builtin = {builtin, DTL_COUNT(builtin)};

// One file on its way.
typedef struct job {
    dtl_store *store;
    const dtl_import_options *options;
    dtl_source_file file;
    dtl_import_report *report;
    const dtl_importer *importer;
    void *state;
    dtl_record head[DTL_HEADER_ROWS];  // records looked at for the header
    size_t head_count;
    dtl_table table;
    dtl_problems problems;
    dtl_cells cells;
    dtl_rules rules;
    dtl_writer *writer;
    int64_t rows_in;  // rows of the table, good or bad
    int64_t rows_bad;
    bool ended;   // a footer was seen
    bool broken;  // the file could not be read to its end
    dtl_arena arena;
} job;

// ---- which importer ----

static void list_extensions(const dtl_importer_list *list, dtl_buf *out)
{
    for (size_t i = 0; i < list->count; i++)
        dtl_buf_printf(out, "%s%s", i ? ", " : "", list->importers[i]->name);
}

const dtl_importer *dtl_importer_for(const dtl_importer_list *list, const dtl_source_file *file,
                                     dtl_error *err)
{
    enum {
        EXTENSION_BONUS = 30
    };
    const dtl_importer *best = NULL;
    int best_score = 0;
    dtl_str extension = dtl_path_extension(file->path);
    for (size_t i = 0; i < list->count; i++) {
        int score = list->importers[i]->probe(file);
        if (score > 0 && dtl_word_in(extension, list->importers[i]->extensions))
            score += EXTENSION_BONUS;
        if (score > best_score) {
            best = list->importers[i];
            best_score = score;
        }
    }
    if (best)
        return best;
    const char *what = dtl_text_foreign(file->bytes);
    dtl_buf known = {0};
    list_extensions(list, &known);
    dtl_error_set(err, DTL_EDATA, "the file is %s", what ? what : "in no format that can be read");
    dtl_error_at(err, file->path, 0, 0);
    dtl_error_expected(err, "one of %.*s", DTL_ARG(dtl_buf_str(&known)));
    dtl_buf_release(&known);
    return NULL;
}

// ---- rows ----

static bool is_blank(const dtl_record *record)
{
    for (size_t i = 0; i < record->count; i++)
        if (record->fields[i].is_null || dtl_cell_trim(record->fields[i].text).size)
            return false;
    return true;
}

// "End of table" alone in its row: what national statistics write under a table.
static bool is_footer(job *j, const dtl_record *record)
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
    dtl_str words = dtl_header_normalise(&j->arena, text);
    for (size_t i = 0; i < DTL_COUNT(endings); i++)
        if (dtl_str_equal(words, endings[i]))
            return true;
    return false;
}

static void refuse_row(job *j, const dtl_record *record, dtl_error *reason)
{
    dtl_problem_add(&j->problems, reason, (dtl_place){record->line, DTL_NO_FIELD, DTL_STR("")});
}

static bool add_row(job *j, const dtl_record *record)
{
    dtl_error reason = {0};
    bool is_event = j->table.dataset->grain == DTL_GRAIN_EVENT;
    if (!(is_event ? dtl_cells_read_event(&j->cells, record) : dtl_cells_read(&j->cells, record)))
        return false;
    bool ok = is_event ? dtl_writer_add_event(j->writer, &j->cells.event, record->line, &reason)
                       : dtl_writer_add(j->writer, &j->cells.row, &reason);
    if (ok)
        return true;
    if (reason.code == DTL_EDATA)
        refuse_row(j, record, &reason);
    else if (j->problems.failure.code == DTL_OK)
        j->problems.failure = reason;
    return false;
}

static void take_record(job *j, const dtl_record *record)
{
    dtl_error reason = {0};
    if (is_blank(record))
        return;
    if (j->ended) {
        j->rows_bad++;
        dtl_error_set(&reason, DTL_EDATA, "a row behind the end of the table");
        refuse_row(j, record, &reason);
        return;
    }
    if (is_footer(j, record)) {
        j->ended = true;
        return;
    }
    j->rows_in++;
    if (!add_row(j, record))
        j->rows_bad++;
}

static void tell_progress(const job *j, const dtl_record *record)
{
    const dtl_import_options *options = j->options;
    dtl_str bytes = j->file.bytes;
    if (!options->progress || record->count == 0)
        return;
    const char *at = record->fields[0].text.data;
    if (at >= bytes.data && at <= bytes.data + bytes.size)
        options->progress(options->progress_context, (size_t)(at - bytes.data), bytes.size);
}

// Everything below the header. False: the file itself cannot be read on.
static bool take_records(job *j, dtl_error *err)
{
    for (size_t i = j->table.header_row + 1; i < j->head_count; i++)
        take_record(j, &j->head[i]);
    dtl_record record;
    bool more = true;
    for (size_t rows = 0; j->problems.failure.code == DTL_OK; rows++) {
        if (!j->importer->next(j->state, &record, &more, err))
            return false;
        if (!more)
            break;
        take_record(j, &record);
        if (rows % PROGRESS_ROWS == 0)
            tell_progress(j, &record);
    }
    return true;
}

// ---- the file as a whole ----

static bool note_titles(job *j, dtl_error *err)
{
    for (size_t i = 0; i < j->table.header_row; i++) {
        const dtl_record *record = &j->head[i];
        for (size_t k = 0; k < record->count; k++)
            if (dtl_cell_trim(record->fields[k].text).size &&
                !dtl_writer_note(j->writer, record->line, record->fields[k].text, err))
                return false;
    }
    return true;
}

static dtl_str base_name(dtl_str path)
{
    size_t at = path.size;
    while (at > 0 && path.data[at - 1] != '/')
        at--;
    return dtl_str_slice(path, at, path.size);
}

static bool begin(job *j, dtl_error *err)
{
    const dtl_import_options *options = j->options;
    const dtl_sha256 digest = dtl_sha256_of(j->file.bytes);
    const dtl_release_info info = {
        .dataset = j->table.dataset,
        .file_name = base_name(j->file.path),
        .sha256 = dtl_str_from(digest.hex),
        .published = options->published,
        .retrieved = options->retrieved,
        .kind = options->has_kind ? options->kind : j->table.dataset->kind,
    };
    if (!dtl_writer_begin(j->store, &info, &j->writer, &j->report->result, err))
        return false;
    if (!j->writer)
        return true;
    dtl_rules_init(&j->rules, j->report, &j->table, j->file.path, options);
    dtl_writer_on_change(j->writer, dtl_rules_take_change, &j->rules);
    j->problems.table = &j->table;
    if (options->keep_good_rows)
        j->problems.writer = j->writer;
    dtl_cells_init(&j->cells, &j->table, &j->problems, dtl_rules_latest_date(options));
    return note_titles(j, err);
}

// The first problem as the reason, when there is one.
static bool refuse_all(job *j, dtl_error *err)
{
    if (j->problems.failure.code)
        *err = j->problems.failure;
    else if (j->report->problem_count)
        *err = j->report->problems[0];
    return false;
}

static bool check_share(job *j, dtl_error *err)
{
    if (j->rows_bad * HELD_SHARE <= j->rows_in)
        return true;
    dtl_error_set(err, DTL_EDATA,
                  "%" PRId64 " of %" PRId64
                  " rows cannot be read, which is more than 5 %%; nothing "
                  "was imported",
                  j->rows_bad, j->rows_in);
    return dtl_error_at(err, j->file.path, 0, 0);
}

static bool check_rows(job *j, dtl_error *err)
{
    dtl_problems_finish(&j->problems);
    bool refused = j->report->problem_total && !j->options->keep_good_rows;
    if (j->problems.failure.code || j->broken || refused)
        return refuse_all(j, err);
    if (!check_share(j, err))
        return false;
    if (j->rows_in > j->rows_bad)
        return true;
    dtl_error_set(err, DTL_EDATA, "no data in the file: a header, and no rows");
    return dtl_error_at(err, j->file.path, 0, 0);
}

static bool finish(job *j, dtl_error *err)
{
    dtl_writer *writer = j->writer;
    if (!dtl_rules_check_vanished(&j->rules, &j->problems, writer, err) || !check_rows(j, err))
        return false;
    j->writer = NULL;
    if (!dtl_writer_finish(writer, !j->options->dry_run, &j->report->result, err))
        return false;
    dtl_rules_warn(&j->rules, &j->report->result);
    return true;
}

static bool run(job *j, dtl_error *err)
{
    if (!j->importer->open(&j->file, &j->state, err) ||
        !dtl_table_read_head(j->importer, j->state, &j->arena, j->head, &j->head_count, err) ||
        !dtl_table_find(j->options, j->file.path, j->head, j->head_count, &j->arena, &j->table,
                        err))
        return false;
    j->report->dataset = dtl_arena_str(&j->report->arena, j->table.dataset->name);
    if (!begin(j, err))
        return false;
    if (!j->writer)
        return true;  // known already
    dtl_error broken = {0};
    if (!take_records(j, &broken)) {
        if (j->report->problem_total == 0) {
            *err = broken;
            return false;
        }
        dtl_problem_add_whole(&j->problems, &broken);
        j->broken = true;
    }
    return finish(j, err);
}

bool dtl_import_bytes(dtl_store *store, dtl_str name, dtl_str bytes,
                      const dtl_import_options *options, dtl_import_report *report, dtl_error *err)
{
    *report = (dtl_import_report){0};
    job *j = dtl_alloc(sizeof *j);
    *j = (job){.store = store,
               .options = options,
               .file = {name, bytes, options->limits},
               .report = report};
    dtl_problems_init(&j->problems, report, name, options->problem_max);
    const dtl_importer_list *list =
        options->importers ? options->importers : &dtl_importers_builtin;
    j->importer = dtl_importer_for(list, &j->file, err);
    bool ok = j->importer && run(j, err);
    dtl_writer_abort(j->writer);
    if (j->state)
        j->importer->close(j->state);
    dtl_cells_release(&j->cells);
    dtl_rules_release(&j->rules);
    dtl_arena_release(&j->arena);
    free(j);
    return ok;
}

bool dtl_import_file(dtl_store *store, const char *path, const dtl_import_options *options,
                     dtl_import_report *report, dtl_error *err)
{
    dtl_buf bytes = {0};
    *report = (dtl_import_report){0};
    bool ok =
        dtl_file_read(path, dtl_limits_complete(options->limits).file_bytes, &bytes, err) &&
        dtl_import_bytes(store, dtl_str_from(path), dtl_buf_str(&bytes), options, report, err);
    dtl_buf_release(&bytes);
    return ok;
}

void dtl_import_report_release(dtl_import_report *report)
{
    dtl_arena_release(&report->arena);
    *report = (dtl_import_report){0};
}
