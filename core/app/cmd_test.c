// core/app/cmd_test.c - dateline test: the cases that stand beside the reports, run and judged.
#include <stdlib.h>
#include <unistd.h>

#include "app/commands.h"
#include "app/diff.h"
#include "app/plugin_choice.h"
#include "app/report_find.h"
#include "app/run_format.h"
#include "app/script_options.h"
#include "app/test_files.h"
#include "app/test_store.h"
#include "app/test_tell.h"
#include "base/file.h"
#include "import/json_reader.h"
#include "script/run/cases.h"

enum {
    GOLDEN_MAX_BYTES = 64 * 1024 * 1024,
    LATE_YEAR = 2999
};

typedef struct test_values {
    dtl_script_options script;
    int to;
    dtl_str only;
    bool accept;
} test_values;

enum {
    TO_TEXT,
    TO_JSON,
    TO_JUNIT
};

static const dtl_option options[] = {
    {.name = "accept",
     .help = "write golden files anew, from the bulletins as they are now",
     .offset = offsetof(test_values, accept)},
    {.name = "only",
     .value = "TEXT",
     .help = "run the cases whose name holds this",
     .read = dtl_read_text,
     .offset = offsetof(test_values, only)},
    {.name = "to",
     .value = "text|json|junit",
     .help = "for a person, or for a program",
     .read = dtl_read_choice,
     .offset = offsetof(test_values, to)},
};

static const test_values defaults = {.script = DTL_SCRIPT_OPTIONS_DEFAULT, .to = TO_TEXT};

typedef struct tests {
    dtl_app *app;
    const test_values *values;
    dtl_test_result *results;
    size_t count;
    size_t accepted;
} tests;

typedef struct test_case {  // one entry of what the worker listed
    const dtl_json_value *entry;
    dtl_str name;
    dtl_str golden;  // its path, or ""
    dtl_run_format format;
    dtl_case_options which;
    dtl_run_options run;
} test_case;

typedef struct listener {
    tests *all;
    dtl_test_result *result;
    dtl_buf output;
} listener;

// ---- what the worker tells ----

static bool on_output(void *context, dtl_str key, dtl_str bytes, dtl_str ledger, dtl_error *err)
{
    listener *l = context;
    (void)key;
    (void)ledger;
    (void)err;
    dtl_buf_add_str(&l->output, bytes);
    return true;
}

static void add_problem(dtl_test_result *result, const dtl_error *problem)
{
    result->problems =
        dtl_realloc_array(result->problems, result->problem_count + 1, sizeof *result->problems);
    result->problems[result->problem_count++] = *problem;
}

static void on_problem(void *context, const dtl_error *problem)
{
    const listener *l = context;
    add_problem(l->result, problem);
}

static void on_log(void *context, dtl_str line)
{
    const listener *l = context;
    dtl_diagnostics_log(&l->all->app->diagnostics, line);
}

static dtl_run_events events_of(listener *l)
{
    return (dtl_run_events){
        .output = on_output, .warning = on_problem, .log = on_log, .context = l};
}

// ---- reading a case ----

static dtl_str text_of(const dtl_json_value *object, dtl_str key)
{
    const dtl_json_value *value = dtl_json_get(object, key);
    return value && value->kind == DTL_JSON_STRING ? value->text : DTL_STR("");
}

static const dtl_argument *arguments_of(const dtl_json_value *entry, dtl_str key, size_t *count,
                                        dtl_arena *arena)
{
    const dtl_json_value *list = dtl_json_get(entry, key);
    *count = list && list->kind == DTL_JSON_ARRAY ? list->count : 0;
    dtl_argument *arguments = dtl_arena_alloc(arena, (*count + 1) * sizeof *arguments);
    for (size_t i = 0; i < *count; i++)
        arguments[i] = (dtl_argument){text_of(&list->children[i], DTL_STR("name")),
                                      text_of(&list->children[i], DTL_STR("value"))};
    return arguments;
}

// The folder that [script]'s file names are relative to.
static dtl_str beside(const dtl_script *script, dtl_str file, dtl_arena *arena)
{
    if (strcmp(script->module_root, ".") == 0 || dtl_str_starts(file, DTL_STR("/")))
        return file;
    return dtl_arena_printf(arena, "%s/%.*s", script->module_root, DTL_ARG(file));
}

static dtl_run_options run_options(const tests *all, const dtl_script *script)
{
    dtl_arena *arena = &all->app->arena;
    const dtl_script_options *given = &all->values->script;
    return dtl_script_run_options(given, dtl_script_plugins(given, script->module_root, arena),
                                  arena);
}

static bool choose_checks(const dtl_json_value *entry, dtl_plugin_service *plugins, test_case *c,
                          dtl_arena *arena, dtl_error *err)
{
    const dtl_json_value *list = dtl_json_get(entry, DTL_STR("checks"));
    dtl_option_list names = {.count = 0};
    size_t count = list && list->kind == DTL_JSON_ARRAY ? list->count : 0;
    if (count > DTL_OPTION_LIST_MAX)
        return dtl_error_set(err, DTL_EUSAGE, "the case names %zu checks, and %d are allowed",
                             count, DTL_OPTION_LIST_MAX);
    for (; names.count < count; names.count++)
        names.values[names.count] = dtl_arena_str(arena, list->children[names.count].text).data;
    c->which.check_count = names.count;
    return dtl_run_checks_choose(&names, plugins, arena, &c->which.checks, err);
}

// What the case is judged as, which its golden file then is as well.
static bool choose_format(const tests *all, const dtl_script *script, test_case *c, dtl_str format,
                          dtl_error *err)
{
    dtl_arena *arena = &all->app->arena;
    dtl_plugin_service *plugins =
        dtl_script_plugins(&all->values->script, script->module_root, arena);
    if (!choose_checks(c->entry, plugins, c, arena, err))
        return false;
    if (!format.size)
        return true;
    if (!dtl_run_format_choose(format, NULL, plugins, arena, &c->format, err))
        return false;
    c->which.renderer = c->format.renderer;
    c->which.added_renderer = c->format.renderer ? NULL : &c->format.added;
    c->which.golden_as_judged = c->golden.size > 0;
    return true;
}

static bool choose_golden(test_case *c, dtl_error *err)
{
    if (!c->golden.size || c->which.golden_as_judged)
        return true;
    c->which.golden = dtl_renderer_for_file(c->golden);
    if (c->which.golden)
        return true;
    dtl_error_set(err, DTL_EUSAGE, "no format has the ending of '%.*s'", DTL_ARG(c->golden));
    return dtl_error_expected(err, "a name such as weekly.md, weekly.html or weekly.txt");
}

// Borrows from [entry]; dates were checked by the worker, which is not to be trusted.
static bool read_case(const tests *all, const dtl_script *script, const dtl_json_value *entry,
                      int64_t number, test_case *c, dtl_error *err)
{
    dtl_arena *arena = &all->app->arena;
    *c = (test_case){.entry = entry,
                     .name = text_of(entry, DTL_STR("name")),
                     .which = {.number = number, .each = text_of(entry, DTL_STR("each"))},
                     .run = run_options(all, script)};
    dtl_str golden = text_of(entry, DTL_STR("golden"));
    dtl_str as_of = text_of(entry, DTL_STR("as_of"));
    dtl_str style = text_of(entry, DTL_STR("style"));
    if (golden.size)
        c->golden = beside(script, golden, arena);
    if (style.size)
        c->run.style = style;
    c->which.arguments = arguments_of(entry, DTL_STR("params"), &c->which.argument_count, arena);
    dtl_date known;
    bool ok = as_of.size == 0 || dtl_date_parse(as_of, &known);
    if (ok && as_of.size)
        c->run.as_of = dtl_moment_end_of(known);
    if (ok && c->which.each.size)
        ok = dtl_date_parse(text_of(entry, DTL_STR("from")), &c->which.each_from) &&
             dtl_date_parse(text_of(entry, DTL_STR("to")), &c->which.each_to);
    if (!ok)
        return dtl_error_set(err, DTL_ESCRIPT, "a date of the case cannot be read");
    return choose_format(all, script, c, text_of(entry, DTL_STR("format")), err) &&
           choose_golden(c, err);
}

// The line of the script on which the case is named, for editors; 0 when it is put together.
static int64_t line_of(const dtl_script *script, dtl_str name)
{
    size_t at = dtl_str_find(script->source, name);
    if (at == SIZE_MAX)
        return 0;
    int64_t line = 1;
    for (size_t i = 0; i < at; i++)
        line += script->source.data[i] == '\n';
    return line;
}

// ---- running ----

// When a case's own figures were known: by the day it asks for, else whatever dates they have.
static dtl_moment retrieved_of(const test_case *c)
{
    dtl_date late;
    if (c->run.as_of != DTL_MOMENT_LATEST || !dtl_date_make(LATE_YEAR, 12, 31, &late))
        return c->run.as_of;
    return dtl_moment_end_of(late);
}

static bool compare_golden(tests *all, const test_case *c, dtl_str bulletin,
                           dtl_test_result *result, dtl_error *err)
{
    if (!c->golden.size || result->problem_count)
        return true;
    result->golden = c->golden;
    dtl_buf kept = {0};
    dtl_buf diff = {0};
    bool is_there = access(c->golden.data, F_OK) == 0;
    bool ok = !is_there || dtl_file_read(c->golden.data, GOLDEN_MAX_BYTES, &kept, err);
    bool same = ok && is_there && dtl_str_equal(dtl_buf_str(&kept), bulletin);
    if (ok && !same && all->values->accept) {
        ok = dtl_file_write(c->golden.data, bulletin, err);
        result->accepted = ok;
        all->accepted += ok;
    } else if (ok && !same && !is_there) {
        dtl_error_set(err, DTL_ESCRIPT, "the golden file %.*s is not there", DTL_ARG(c->golden));
        ok = dtl_error_hint(err, "--accept writes it from the bulletin as it is now");
    } else if (ok && !same) {
        dtl_diff(dtl_buf_str(&kept), bulletin, &diff);
        result->diff = dtl_arena_str(&all->app->arena, dtl_buf_str(&diff));
    }
    dtl_buf_release(&diff);
    dtl_buf_release(&kept);
    return ok;
}

// Figures that are refused, where the case says that they must be.
static bool is_expected_refusal(const test_case *c, const dtl_error *err)
{
    const dtl_json_value *refuses = dtl_json_get(c->entry, DTL_STR("refuses"));
    if (!refuses || dtl_code_exit_status(err->code) != dtl_code_exit_status(DTL_EDATA))
        return false;
    if (refuses->kind == DTL_JSON_TRUE)
        return true;
    dtl_buf said = {0};
    dtl_buf_printf(&said, "%s:%lld: %s", err->file, (long long)err->line, err->message);
    bool is_so = dtl_str_find(dtl_buf_str(&said), refuses->text) != SIZE_MAX;
    dtl_buf_release(&said);
    return is_so;
}

static bool run_case(tests *all, const dtl_script *script, const dtl_script *report, test_case *c,
                     dtl_test_result *result, dtl_error *err)
{
    size_t data_count;
    dtl_arena *arena = &all->app->arena;
    const dtl_argument *data = arguments_of(c->entry, DTL_STR("data"), &data_count, arena);
    dtl_buf image = {0};
    listener l = {.all = all, .result = result};
    dtl_run_events events = events_of(&l);
    dtl_plugin_search search = dtl_plugin_choice(&all->values->script.plugins);
    search.report_folder = script->module_root;
    bool ok = data_count == 0 ||
              dtl_test_store(data, data_count, &search, retrieved_of(c), arena, &image, err);
    if (!ok && is_expected_refusal(c, err)) {
        *err = (dtl_error){0};
        return true;
    }
    if (ok && data_count)
        c->run.store =
            (dtl_store_ref){.image = (const unsigned char *)image.data, .image_size = image.size};
    ok = ok && dtl_run_case(script, report, &c->which, &c->run, &events, err) &&
         compare_golden(all, c, dtl_buf_str(&l.output), result, err);
    dtl_buf_release(&l.output);
    dtl_buf_release(&image);
    return ok;
}

static dtl_test_result *new_result(tests *all, const dtl_script *script)
{
    all->results = dtl_realloc_array(all->results, all->count + 1, sizeof *all->results);
    dtl_test_result *result = &all->results[all->count++];
    *result = (dtl_test_result){.file = script->file};
    return result;
}

static bool tell(tests *all, const dtl_test_result *result, dtl_error *err)
{
    bool first = result == all->results || !dtl_str_equal(result[-1].file, result->file);
    return all->values->to != TO_TEXT || dtl_test_tell(&all->app->output, result, first, err);
}

static bool run_entry(tests *all, const dtl_script *script, const dtl_script *report,
                      const dtl_json_value *entry, int64_t number, dtl_error *err)
{
    test_case c;
    dtl_error problem = {0};
    bool ok = read_case(all, script, entry, number, &c, &problem);
    if (dtl_str_find(c.name, all->values->only) == SIZE_MAX)
        return true;
    dtl_test_result *result = new_result(all, script);
    result->name = c.name;
    result->line = line_of(script, c.name);
    if (!ok || !run_case(all, script, report, &c, result, &problem))
        add_problem(result, &problem);
    return tell(all, result, err);
}

// What the script declares; and the report it is about.
static bool list_cases(tests *all, const dtl_script *script, dtl_script *report,
                       dtl_json_value **list, dtl_error *err)
{
    dtl_arena *arena = &all->app->arena;
    dtl_run_options run = run_options(all, script);
    dtl_test_result ignored = {0};
    listener l = {.all = all, .result = &ignored};
    dtl_run_events events = events_of(&l);
    dtl_str path = dtl_test_files_report(script->file, arena);
    bool ok = dtl_report_find(path.data, arena, report, err) &&
              dtl_run_cases_list(script, &run, &events, err) &&
              dtl_json_read(script->file, dtl_str_trim(dtl_buf_str(&l.output)), arena, list, err);
    dtl_buf_release(&l.output);
    free(ignored.problems);
    return ok;
}

// A script that does not load is one failure; the other scripts are run.
static bool run_file(tests *all, dtl_str path, dtl_error *err)
{
    dtl_script script;
    dtl_script report;
    dtl_json_value *list = NULL;
    dtl_error problem = {0};
    if (!dtl_report_find(path.data, &all->app->arena, &script, err))
        return false;
    if (!list_cases(all, &script, &report, &list, &problem)) {
        dtl_test_result *result = new_result(all, &script);
        add_problem(result, &problem);
        return tell(all, result, err);
    }
    bool ok = true;
    for (size_t i = 0; ok && list->kind == DTL_JSON_ARRAY && i < list->count; i++)
        ok = run_entry(all, &script, &report, &list->children[i], (int64_t)i + 1, err);
    return ok;
}

static bool tell_all(const tests *all, size_t failed, dtl_error *err)
{
    dtl_buf text = {0};
    if (all->values->to == TO_TEXT)
        return dtl_test_tell_summary(&all->app->output, all->count - failed, failed, all->accepted,
                                     err);
    if (all->values->to == TO_JSON)
        dtl_test_add_json(all->results, all->count, &text);
    else
        dtl_test_add_junit(all->results, all->count, &text);
    bool ok = dtl_output_write(&all->app->output, dtl_buf_str(&text), err);
    dtl_buf_release(&text);
    return ok;
}

static int run(dtl_app *app, const dtl_command_line *line, const void *given)
{
    tests all = {.app = app, .values = given};
    dtl_error err = {0};
    dtl_test_files files;
    size_t failed = 0;
    bool ok = dtl_test_files_find(line->operands, line->operand_count, &app->arena, &files, &err);
    for (size_t i = 0; ok && i < files.count; i++)
        ok = run_file(&all, files.paths[i], &err);
    if (ok && all.count == 0 && all.values->only.size)
        ok = dtl_error_set(&err, DTL_EUSAGE, "no case has '%.*s' in its name",
                           DTL_ARG(all.values->only));
    for (size_t i = 0; i < all.count; i++)
        failed += !dtl_test_passed(&all.results[i]);
    ok = ok && tell_all(&all, failed, &err);
    for (size_t i = 0; i < all.count; i++)
        free(all.results[i].problems);
    free(all.results);
    if (!ok)
        return dtl_app_fail(app, &err);
    return failed ? 1 : 0;
}

const dtl_command dtl_command_test = {
    .name = "test",
    .usage = "[PATH...] [options]",
    .summary = "Runs the cases that stand beside reports, in NAME.test.lua.",
    .details = "PATH is a folder, a plugin's folder, a test script, a report or its name; without\n"
               "one, reports/. Each case gives parameters, perhaps a style, a date of knowledge or "
               "figures of its own,\n"
               "and says what the bulletin must and must not say. Exit status 1 when one fails.\n",
    .example = "test reports/ --to junit",
    .options = {.options = options,
                .count = DTL_COUNT(options),
                .shared = dtl_script_options_shared,
                .shared_count = DTL_SCRIPT_OPTIONS_COUNT,
                .shared_offset = offsetof(test_values, script),
                .operand = "PATH",
                .operand_max = 1000},
    .defaults = &defaults,
    .values_size = sizeof defaults,
    .run = run,
};
