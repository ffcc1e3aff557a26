// core/import/import.c - one file into the store, in one transaction.
#include "import/import.h"

#include "base/file.h"
#include "base/sha256.h"
#include "import/table_rows.h"

static const dtl_importer *const builtin[] = {&dtl_importer_csv, &dtl_importer_json};
const dtl_importer_list dtl_importers_builtin = {builtin, DTL_COUNT(builtin)};

enum {
    TABLES_MAX = 1000,  // of one file
    NAMES_BYTES = 400,  // of them in a message
};

// One file on its way.
typedef struct job {
    dtl_import_file_info file;
    dtl_source_file source;
    dtl_stream stream;
    dtl_arena arena;     // of one table
    size_t table_count;  // met so far
    dtl_str names;       // of those that were skipped, in the report's arena
    dtl_error other;     // why the last of them is no dataset's
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
        int score = list->importers[i]->probe(list->importers[i], file);
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

// ---- its tables ----

static dtl_str base_name(dtl_str path)
{
    size_t at = path.size;
    while (at > 0 && path.data[at - 1] != '/')
        at--;
    return dtl_str_slice(path, at, path.size);
}

// How messages name a table: "x.ods[SB_01]".
static dtl_str table_path(job *j)
{
    dtl_str sheet = dtl_buf_str(&j->stream.sheet);
    if (sheet.size == 0)
        return j->source.path;
    return dtl_arena_printf(&j->file.report->arena, "%.*s[%.*s]", DTL_ARG(j->source.path),
                            DTL_ARG(sheet));
}

static dtl_str keep_sheet(job *j)
{
    return dtl_arena_str(&j->file.report->arena, dtl_buf_str(&j->stream.sheet));
}

// Lists in the report's arena grow by copying: a file has few tables.
static void add_table(dtl_import_report *report, const dtl_import_table *table)
{
    dtl_import_table *tables =
        dtl_arena_alloc(&report->arena, (report->table_count + 1) * sizeof *tables);
    if (report->table_count)
        memcpy(tables, report->tables, report->table_count * sizeof *tables);
    tables[report->table_count++] = *table;
    report->tables = tables;
}

static void skip_table(job *j)
{
    dtl_import_report *report = j->file.report;
    dtl_skipped_table *skipped =
        dtl_arena_alloc(&report->arena, (report->skipped_count + 1) * sizeof *skipped);
    if (report->skipped_count)
        memcpy(skipped, report->skipped, report->skipped_count * sizeof *skipped);
    skipped[report->skipped_count++] = (dtl_skipped_table){
        keep_sheet(j), dtl_arena_str(&report->arena, dtl_str_from(j->other.message))};
    report->skipped = skipped;
    if (j->names.size > NAMES_BYTES)
        return;
    j->names = dtl_arena_printf(&report->arena, "%.*s%s\"%.*s\"", DTL_ARG(j->names),
                                j->names.size ? ", " : "", DTL_ARG(dtl_buf_str(&j->stream.sheet)));
}

// A sheet whose header was changed must not go missing in silence.
static void warn_near(const job *j, const dtl_table_rows *rows)
{
    const dtl_table *table = &rows->table;
    if (!table->is_near || j->file.options->dataset.size || j->stream.sheet.size == 0)
        return;
    dtl_warning_add(j->file.report, rows->path, rows->head[table->header_row].line,
                    "passed over: it looks like %.*s, but has no column '%.*s'",
                    DTL_ARG(table->dataset->name), DTL_ARG(table->lacking->name));
}

// Two tables of one dataset would be two statements about the same days.
static bool check_only_one(const job *j, const dtl_dataset *dataset, dtl_error *err)
{
    const dtl_import_report *report = j->file.report;
    for (size_t i = 0; i < report->table_count; i++) {
        if (!dtl_str_equal(report->tables[i].dataset, dataset->name))
            continue;
        dtl_error_set(err, DTL_EDATA, "two tables fit %.*s: \"%.*s\" and \"%.*s\"",
                      DTL_ARG(dataset->name), DTL_ARG(report->tables[i].sheet),
                      DTL_ARG(dtl_buf_str(&j->stream.sheet)));
        return dtl_error_at(err, j->source.path, 0, 0);
    }
    return true;
}

static bool import_fitting(job *j, dtl_table_rows *rows, dtl_error *err)
{
    dtl_import_report *report = j->file.report;
    if (!check_only_one(j, rows->table.dataset, err))
        return false;
    dtl_import_table table = {.sheet = keep_sheet(j),
                              .dataset = dtl_arena_str(&report->arena, rows->table.dataset->name)};
    if (report->table_count == 0)
        report->dataset = table.dataset;
    if (!dtl_table_rows_import(rows, err))
        return false;
    table.result = rows->result;
    add_table(report, &table);
    return true;
}

static bool import_table(job *j, dtl_error *err)
{
    dtl_table_rows *rows = dtl_arena_alloc(&j->arena, sizeof *rows);
    *rows = (dtl_table_rows){
        .file = &j->file, .path = table_path(j), .stream = &j->stream, .arena = &j->arena};
    if (++j->table_count > TABLES_MAX) {
        dtl_error_set(err, DTL_ELIMIT, "more than %d tables", TABLES_MAX);
        return dtl_error_at(err, j->source.path, 0, 0);
    }
    if (!dtl_table_read_head(&j->stream, &j->arena, rows->head, &rows->head_count, err))
        return false;
    j->other = (dtl_error){0};
    switch (dtl_table_find(j->file.options, rows->path, rows->head, rows->head_count, &j->arena,
                           &rows->table, &j->other)) {
    case DTL_TABLE_FITS:
        return import_fitting(j, rows, err);
    case DTL_TABLE_OTHER:
        skip_table(j);
        warn_near(j, rows);
        return true;
    default:
        *err = j->other;
        return false;
    }
}

// A file of one table says itself why it does not fit.
static bool check_any(const job *j, dtl_error *err)
{
    if (j->file.report->table_count)
        return true;
    if (j->table_count == 1) {
        *err = j->other;
        return false;
    }
    dtl_error_set(err, DTL_EDATA,
                  "none of the file's %zu tables is of a dataset that is known: %.*s",
                  j->table_count, DTL_ARG(j->names));
    dtl_error_at(err, j->source.path, 0, 0);
    return dtl_error_expected(err, "%s", j->other.expected);
}

static void tell_remarks(const job *j)
{
    const dtl_importer *importer = j->stream.importer;
    const dtl_error *remark;
    for (size_t i = 0; importer->remark; i++) {
        remark = importer->remark(j->stream.state, i);
        if (!remark)
            return;
        dtl_warning_add(j->file.report, j->source.path, remark->line, "%s", remark->message);
    }
}

static bool import_tables(job *j, dtl_error *err)
{
    bool more = true;
    while (more) {
        if (!dtl_stream_next_table(&j->stream, &more, err))
            return false;
        if (!more && j->table_count)
            break;
        if (!import_table(j, err))
            return false;
        dtl_arena_reset(&j->arena);
    }
    tell_remarks(j);
    return check_any(j, err);
}

// ---- the file ----

static void finish_results(dtl_import_report *report, bool dry_run)
{
    for (size_t i = 0; dry_run && i < report->table_count; i++)
        if (!report->tables[i].result.already_known)
            report->tables[i].result.release_id = 0;
    if (report->table_count)
        report->result = report->tables[0].result;
}

static bool run(job *j, dtl_error *err)
{
    bool dry_run = j->file.options->dry_run;
    if (!dtl_stream_open(&j->stream, j->stream.importer, &j->source, err) ||
        !dtl_store_group_begin(j->file.store, err))
        return false;
    bool ok = import_tables(j, err);
    if (!dtl_store_group_end(j->file.store, ok && !dry_run, err))
        return false;
    if (ok)
        finish_results(j->file.report, dry_run);
    return ok;
}

bool dtl_import_bytes(dtl_store *store, dtl_str name, dtl_str bytes,
                      const dtl_import_options *options, dtl_import_report *report, dtl_error *err)
{
    *report = (dtl_import_report){0};
    const dtl_sha256 digest = dtl_sha256_of(bytes);
    job j = {.file = {.store = store,
                      .options = options,
                      .bytes = bytes,
                      .name = base_name(name),
                      .sha256 = dtl_str_from(digest.hex),
                      .report = report},
             .source = {name, bytes, options->limits}};
    const dtl_importer_list *list =
        options->importers ? options->importers : &dtl_importers_builtin;
    j.stream.importer = dtl_importer_for(list, &j.source, err);
    bool ok = j.stream.importer && run(&j, err);
    dtl_stream_close(&j.stream);
    dtl_arena_release(&j.arena);
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
