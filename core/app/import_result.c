// core/app/import_result.c - tells what became of an imported file.
#include "app/import_result.h"

#include "base/number.h"
#include "base/utf8.h"

// "3,154 rows read": [one] and [many] come behind the number.
static void add_count(dtl_buf *out, int64_t count, const char *one, const char *many)
{
    if (!dtl_number_add(out, dtl_rational_from(count), (dtl_number_format){.group = true}))
        return;  // never: no decimals are asked for
    dtl_buf_printf(out, " %s", count == 1 ? one : many);
}

static void add_changes(const dtl_release_result *result, dtl_buf *out)
{
    add_count(out, result->rows_kept + result->rows_held, "row read", "rows read");
    DTL_BUF_LITERAL(out, ", ");
    add_count(out, result->values_new, "value new", "values new");
    DTL_BUF_LITERAL(out, ", ");
    add_count(out, result->values_revised, "revised", "revised");
    DTL_BUF_LITERAL(out, ", ");
    add_count(out, result->values_same, "unchanged", "unchanged");
    if (result->rows_held > 0) {
        DTL_BUF_LITERAL(out, ", ");
        add_count(out, result->rows_held, "row held back", "rows held back");
    }
}

// "x.ods: small-boats-daily (SB_01): 3,154 rows read, ...".
static void add_table(const dtl_import_result *result, const dtl_import_table *table, dtl_buf *out)
{
    if (result->name_file) {
        dtl_utf8_add_visible(out, result->file, false);
        DTL_BUF_LITERAL(out, ": ");
    }
    dtl_buf_add_str(out, table->dataset);
    if (table->sheet.size) {
        DTL_BUF_LITERAL(out, " (");
        dtl_utf8_add_visible(out, table->sheet, false);
        dtl_buf_add_char(out, ')');
    }
    DTL_BUF_LITERAL(out, ": ");
    if (table->result.already_known)
        DTL_BUF_LITERAL(out, "already imported, nothing changed");
    else
        add_changes(&table->result, out);
    if (result->dry_run)
        DTL_BUF_LITERAL(out, " (dry run: nothing was written)");
    dtl_buf_add_char(out, '\n');
}

void dtl_import_result_add(const dtl_import_result *result, dtl_buf *out)
{
    for (size_t i = 0; i < result->report->table_count; i++)
        add_table(result, &result->report->tables[i], out);
}

// An object that stands inside another has no line end of its own.
static void put_error(dtl_json *json, const dtl_error *error, const char *severity)
{
    dtl_buf text = {0};
    dtl_error_print_json(error, severity, &text);
    dtl_json_number(json, dtl_str_trim(dtl_buf_str(&text)));  // JSON already
    dtl_buf_release(&text);
}

static void put_errors(dtl_json *json, const char *key, const char *severity,
                       const dtl_error *errors, size_t count)
{
    dtl_json_key(json, dtl_str_from(key));
    dtl_json_begin_array(json);
    for (size_t i = 0; i < count; i++)
        put_error(json, &errors[i], severity);
    dtl_json_end_array(json);
}

static void put_changes(dtl_json *json, const dtl_release_result *changes)
{
    dtl_json_put_bool(json, "already_known", changes->already_known);
    dtl_json_put_int(json, "rows_read", changes->rows_kept + changes->rows_held);
    dtl_json_put_int(json, "rows_held", changes->rows_held);
    dtl_json_put_int(json, "values_new", changes->values_new);
    dtl_json_put_int(json, "values_revised", changes->values_revised);
    dtl_json_put_int(json, "values_same", changes->values_same);
}

// Of a file with sheets: each that became a release, and those that did not.
static void put_tables(dtl_json *json, const dtl_import_report *report)
{
    dtl_json_key(json, DTL_STR("tables"));
    dtl_json_begin_array(json);
    for (size_t i = 0; i < report->table_count; i++) {
        dtl_json_begin_object(json);
        dtl_json_put_string(json, "sheet", report->tables[i].sheet);
        dtl_json_put_string(json, "dataset", report->tables[i].dataset);
        put_changes(json, &report->tables[i].result);
        dtl_json_end_object(json);
    }
    dtl_json_end_array(json);
    dtl_json_key(json, DTL_STR("skipped"));
    dtl_json_begin_array(json);
    for (size_t i = 0; i < report->skipped_count; i++) {
        dtl_json_begin_object(json);
        dtl_json_put_string(json, "sheet", report->skipped[i].sheet);
        dtl_json_put_string(json, "reason", report->skipped[i].reason);
        dtl_json_end_object(json);
    }
    dtl_json_end_array(json);
}

void dtl_import_result_add_json(const dtl_import_result *result, const dtl_error *failure,
                                dtl_json *json)
{
    const dtl_import_report *report = result->report;
    dtl_json_begin_object(json);
    dtl_json_put_string(json, "file", result->file);
    dtl_json_put_string(json, "dataset", report->dataset);
    dtl_json_put_bool(json, "imported", result->imported && !result->dry_run);
    dtl_json_put_bool(json, "dry_run", result->dry_run);
    if (result->imported) {
        put_changes(json, &report->result);
        if (report->tables[0].sheet.size)
            put_tables(json, report);
    }
    dtl_json_put_int(json, "problem_count", (int64_t)report->problem_total);
    if (!result->imported) {
        dtl_json_key(json, DTL_STR("error"));
        put_error(json, failure, "error");
    }
    put_errors(json, "problems", result->imported ? "warning" : "error", report->problems,
               report->problem_count);
    put_errors(json, "warnings", "warning", report->warnings, report->warning_count);
    dtl_json_end_object(json);
}

// Rows can be held back; what is wrong with the file or its header cannot.
static bool are_rows(const dtl_error *problems, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (problems[i].line <= 1)
            return false;
    return true;
}

// What follows the problems: the reason itself where it is none of them, else how many there are.
static void conclude(const dtl_import_result *result, const dtl_error *failure, dtl_error *out)
{
    const dtl_import_report *report = result->report;
    const dtl_error *first = &report->problems[0];
    if (strcmp(failure->message, first->message) != 0) {
        *out = *failure;
        return;
    }
    dtl_error_set(out, DTL_EDATA, "nothing was imported: %zu %s%s", report->problem_total,
                  report->problem_total == 1 ? "problem" : "problems",
                  report->problem_total > report->problem_count ? ", of which the first are shown"
                                                                : "");
    dtl_error_at(out, result->file, 0, 0);
    if (!result->kept_good_rows && are_rows(report->problems, report->problem_count))
        dtl_error_hint(out, "--keep-good-rows imports the other rows and holds these back");
}

static void diagnose_failure(const dtl_import_result *result, const dtl_error *failure,
                             const dtl_diagnostics *diagnostics)
{
    const dtl_import_report *report = result->report;
    if (report->problem_count == 0) {
        dtl_diagnostics_error(diagnostics, failure);
        return;
    }
    dtl_error conclusion = {0};
    conclude(result, failure, &conclusion);
    for (size_t i = 0; i < report->problem_count; i++)
        dtl_diagnostics_error(diagnostics, &report->problems[i]);
    dtl_diagnostics_error(diagnostics, &conclusion);
}

static void name_skipped(const dtl_import_result *result, const dtl_diagnostics *diagnostics)
{
    const dtl_import_report *report = result->report;
    dtl_buf list = {0};
    for (size_t i = 0; i < report->skipped_count; i++) {
        dtl_buf_printf(&list, "%s\"", i ? ", " : "");
        dtl_utf8_add_visible(&list, report->skipped[i].sheet, false);
        dtl_buf_add_char(&list, '"');
    }
    if (report->skipped_count)
        dtl_diagnostics_note(diagnostics, "of no dataset, passed over: %.*s",
                             DTL_ARG(dtl_buf_str(&list)));
    dtl_buf_release(&list);
}

void dtl_import_result_diagnose(const dtl_import_result *result, const dtl_error *failure,
                                const dtl_diagnostics *diagnostics)
{
    const dtl_import_report *report = result->report;
    for (size_t i = 0; i < report->warning_count; i++)
        dtl_diagnostics_warning(diagnostics, &report->warnings[i]);
    if (!result->imported) {
        diagnose_failure(result, failure, diagnostics);
        return;
    }
    for (size_t i = 0; i < report->problem_count; i++)
        dtl_diagnostics_warning(diagnostics, &report->problems[i]);
    name_skipped(result, diagnostics);
}
