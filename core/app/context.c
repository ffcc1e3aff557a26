// core/app/context.c - the library's public face (dateline/dateline.h): what the commands do, with the
// results kept in memory instead of printed.
#include <stdlib.h>

#include "dateline/dateline.h"

#include "app/known_datasets.h"
#include "app/plugin_import.h"
#include "app/report_find.h"
#include "app/run_format.h"
#include "app/store_choice.h"
#include "import/import.h"

typedef struct parameter {
    char *name;
    char *value;  // NULL: taken away
} parameter;

typedef struct kept_problem {
    dtl_error error;
    bool is_warning;
} kept_problem;

enum {
    PROBLEMS_MAX = 1000
};

struct dtl_context {
    char *path;  // NULL: the bundled figures
    dtl_moment as_of;
    char *style;  // NULL: the default
    dtl_limits limits;
    parameter *parameters;
    size_t parameter_count;
    char **plugins;  // paths
    size_t plugin_count;
    dtl_buf output;
    kept_problem *problems;
    size_t problem_count;
};

const char *dtl_version(void)
{
    return DTL_VERSION;
}

dtl_context *dtl_context_new(void)
{
    dtl_context *context = dtl_alloc(sizeof *context);
    context->as_of = DTL_MOMENT_LATEST;
    context->limits = DTL_LIMITS_DEFAULT;
    dtl_buf_add(&context->output, "", 0);  // never NULL for the caller
    return context;
}

void dtl_context_free(dtl_context *context)
{
    if (!context)
        return;
    for (size_t i = 0; i < context->parameter_count; i++) {
        free(context->parameters[i].name);
        free(context->parameters[i].value);
    }
    for (size_t i = 0; i < context->plugin_count; i++)
        free(context->plugins[i]);
    free(context->plugins);
    free(context->path);
    free(context->style);
    free(context->parameters);
    free(context->problems);
    dtl_buf_release(&context->output);
    free(context);
}

// A copy on the heap, or NULL of NULL.
static char *copy_text(const char *text)
{
    if (!text)
        return NULL;
    size_t size = strlen(text) + 1;
    return memcpy(dtl_alloc(size), text, size);
}

static void begin(dtl_context *context)
{
    dtl_buf_clear(&context->output);
    context->problem_count = 0;
}

static void keep(dtl_context *context, const dtl_error *err, bool is_warning)
{
    if (context->problem_count >= PROBLEMS_MAX)
        return;
    context->problems =
        dtl_realloc_array(context->problems, context->problem_count + 1, sizeof *context->problems);
    context->problems[context->problem_count++] = (kept_problem){*err, is_warning};
}

static dtl_outcome outcome_of(dtl_code code)
{
    switch (code) {
    case DTL_OK:
        return DTL_OUTCOME_DONE;
    case DTL_ENONE:
        return DTL_OUTCOME_NO;
    case DTL_EUSAGE:
        return DTL_OUTCOME_MISUSE;
    case DTL_ESCRIPT:
    case DTL_ELIMIT:
        return DTL_OUTCOME_SCRIPT;
    case DTL_EDATA:
    case DTL_EIO:
    case DTL_EINTERNAL:
        break;
    }
    return DTL_OUTCOME_DATA;
}

// The outcome of a call that went [ok] or failed with [err]. After a failure there is no output.
static dtl_outcome finish(dtl_context *context, bool ok, const dtl_error *err)
{
    if (ok)
        return DTL_OUTCOME_DONE;
    dtl_buf_clear(&context->output);
    keep(context, err, false);
    return outcome_of(err->code);
}

dtl_outcome dtl_context_open(dtl_context *context, const char *path)
{
    begin(context);
    free(context->path);
    context->path = copy_text(path);
    return DTL_OUTCOME_DONE;
}

dtl_outcome dtl_context_set_as_of(dtl_context *context, const char *date)
{
    dtl_error err = {0};
    dtl_date day;
    begin(context);
    if (!date) {
        context->as_of = DTL_MOMENT_LATEST;
        return DTL_OUTCOME_DONE;
    }
    if (!dtl_date_parse(dtl_str_from(date), &day)) {
        dtl_error_set(&err, DTL_EUSAGE, "'%s' is no date", date);
        dtl_error_expected(&err, "a date such as 2024-10-18");
        return finish(context, false, &err);
    }
    context->as_of = dtl_moment_end_of(day);
    return DTL_OUTCOME_DONE;
}

void dtl_context_set_style(dtl_context *context, const char *style)
{
    free(context->style);
    context->style = copy_text(style);
}

void dtl_context_set_parameter(dtl_context *context, const char *name, const char *value)
{
    for (size_t i = 0; i < context->parameter_count; i++) {
        parameter *known = &context->parameters[i];
        if (strcmp(known->name, name) != 0)
            continue;
        free(known->value);
        known->value = copy_text(value);
        return;
    }
    if (!value)
        return;
    context->parameters = dtl_realloc_array(context->parameters, context->parameter_count + 1,
                                            sizeof *context->parameters);
    context->parameters[context->parameter_count++] =
        (parameter){copy_text(name), copy_text(value)};
}

void dtl_context_add_plugin(dtl_context *context, const char *path)
{
    context->plugins =
        dtl_realloc_array(context->plugins, context->plugin_count + 1, sizeof *context->plugins);
    context->plugins[context->plugin_count++] = copy_text(path);
}

void dtl_context_set_limits(dtl_context *context, size_t memory_bytes, int64_t wall_ms)
{
    context->limits = DTL_LIMITS_DEFAULT;
    if (memory_bytes)
        context->limits.memory_bytes = memory_bytes;
    if (wall_ms)
        context->limits.wall_ms = wall_ms;
}

static bool add_output(void *held, dtl_str key, dtl_str bytes, dtl_str ledger, dtl_error *err)
{
    dtl_context *context = held;
    (void)key;
    (void)ledger;
    (void)err;
    dtl_buf_add_str(&context->output, bytes);
    return true;
}

static void add_warning(void *held, const dtl_error *warning)
{
    keep(held, warning, true);
}

static dtl_run_events events_of(dtl_context *context)
{
    return (dtl_run_events){.output = add_output, .warning = add_warning, .context = context};
}

static dtl_plugin_search search_of(const dtl_context *context, const char *report_folder)
{
    return (dtl_plugin_search){.paths = (const char *const *)context->plugins,
                               .path_count = context->plugin_count,
                               .report_folder = report_folder};
}

static dtl_run_options options_of(const dtl_context *context, dtl_plugin_service *plugins)
{
    dtl_run_options options = {
        .extensions = dtl_plugin_service_extensions(plugins),
        .store = dtl_store_choice_bundled(),
        .as_of = context->as_of,
        .style = dtl_str_from(context->style),
        .limits = context->limits,
    };
    if (context->path)
        options.store = (dtl_store_ref){.path = context->path};
    return options;
}

static bool run(dtl_context *context, const dtl_script *script, const char *format,
                dtl_arena *arena, dtl_error *err)
{
    dtl_run_format chosen;
    const dtl_plugin_search search = search_of(context, script->module_root);
    dtl_plugin_service *plugins = dtl_plugin_service_new(&search, arena);
    if (!dtl_run_format_choose(dtl_str_from(format), NULL, plugins, arena, &chosen, err))
        return false;
    dtl_argument *arguments =
        dtl_arena_alloc(arena, (context->parameter_count + 1) * sizeof *arguments);
    dtl_report_options report = {
        .arguments = arguments, .renderer = chosen.renderer, .added_renderer = &chosen.added};
    for (size_t i = 0; i < context->parameter_count; i++) {
        const parameter *given = &context->parameters[i];
        if (given->value)
            arguments[report.argument_count++] =
                (dtl_argument){dtl_str_from(given->name), dtl_str_from(given->value)};
    }
    dtl_run_options options = options_of(context, plugins);
    dtl_run_events events = events_of(context);
    return dtl_run_report(script, &report, &options, &events, err);
}

dtl_outcome dtl_context_run(dtl_context *context, const char *report, const char *format)
{
    dtl_error err = {0};
    dtl_arena arena = {0};
    dtl_script script;
    const dtl_plugin_search search = search_of(context, NULL);
    begin(context);
    bool ok = dtl_report_find_any(report, dtl_plugin_service_new(&search, &arena), &arena, &script,
                                  &err) &&
              run(context, &script, format, &arena, &err);
    dtl_arena_release(&arena);
    return finish(context, ok, &err);
}

dtl_outcome dtl_context_run_source(dtl_context *context, const char *name, const char *source,
                                   size_t size, const char *format)
{
    dtl_error err = {0};
    dtl_arena arena = {0};
    dtl_script script = {
        .name = dtl_str_from(name), .file = dtl_str_from(name), .source = {source, size}};
    begin(context);
    bool ok = run(context, &script, format, &arena, &err);
    dtl_arena_release(&arena);
    return finish(context, ok, &err);
}

dtl_outcome dtl_context_eval(dtl_context *context, const char *expression)
{
    dtl_error err = {0};
    dtl_arena arena = {0};
    const dtl_plugin_search search = search_of(context, NULL);
    begin(context);
    dtl_run_options options = options_of(context, dtl_plugin_service_new(&search, &arena));
    dtl_run_events events = events_of(context);
    bool ok = dtl_run_eval(dtl_str_from(expression), true, &options, &events, &err);
    dtl_arena_release(&arena);
    return finish(context, ok, &err);
}

static bool read_moments(dtl_import_options *options, const char *retrieved, const char *published,
                         dtl_error *err)
{
    options->published = DTL_DATE_NONE;
    if (published && !dtl_date_parse(dtl_str_from(published), &options->published)) {
        dtl_error_set(err, DTL_EUSAGE, "'%s' is no date", published);
        return dtl_error_expected(err, "the date of publication, such as 2026-08-21");
    }
    if (!retrieved || !dtl_moment_parse(dtl_str_from(retrieved), &options->retrieved)) {
        dtl_error_set(err, DTL_EUSAGE, "'%s' is no moment", retrieved ? retrieved : "");
        return dtl_error_expected(err, "when the file was obtained, as in 2026-08-21T12:00:00Z");
    }
    return true;
}

static bool choose_dataset(dtl_store *store, const char *dataset, const dtl_plugin_search *plugins,
                           dtl_arena *arena, dtl_import_options *options, dtl_error *err)
{
    dtl_known_datasets known;
    if (!dtl_known_datasets_read(store, arena, &known, err) ||
        (dataset && !dtl_known_datasets_choose(&known, dtl_str_from(dataset), plugins, arena,
                                               &options->dataset, err)))
        return false;
    options->datasets = known.datasets;
    options->dataset_count = known.count;
    return true;
}

// Keeps what the import had to say, the file's problems in its order.
static bool import(dtl_context *context, dtl_store *store, const char *file,
                   const dtl_import_options *options, dtl_error *err)
{
    dtl_import_report report = {0};
    const dtl_plugin_search plugins = search_of(context, NULL);
    bool ok = dtl_plugin_import_file(store, &plugins, file, options, &report, err);
    for (size_t i = 0; i < report.problem_count; i++)
        keep(context, &report.problems[i], false);
    for (size_t i = 0; i < report.warning_count; i++)
        keep(context, &report.warnings[i], true);
    if (!ok && report.problem_count == 0)
        keep(context, err, false);
    dtl_import_report_release(&report);
    return ok;
}

static bool open_and_import(dtl_context *context, const char *file, const char *dataset,
                            dtl_import_options *options, dtl_error *err)
{
    dtl_arena arena = {0};
    dtl_store *store = NULL;
    const dtl_plugin_search plugins = search_of(context, NULL);
    bool is_ready = dtl_store_open(context->path, DTL_STORE_WRITE, &store, err) &&
                    choose_dataset(store, dataset, &plugins, &arena, options, err);
    if (!is_ready)
        keep(context, err, false);
    bool ok = is_ready && import(context, store, file, options, err);
    dtl_store_close(store);
    dtl_arena_release(&arena);
    return ok;
}

dtl_outcome dtl_context_import(dtl_context *context, const char *file, const char *dataset,
                               const char *retrieved, const char *published)
{
    dtl_error err = {0};
    dtl_import_options options = {.problem_max = PROBLEMS_MAX};
    begin(context);
    if (!context->path)
        dtl_error_set(&err, DTL_EUSAGE, "nothing can be imported into the bundled figures");
    if (!context->path || !read_moments(&options, retrieved, published, &err))
        return finish(context, false, &err);
    if (open_and_import(context, file, dataset, &options, &err))
        return DTL_OUTCOME_DONE;
    return err.code == DTL_ELIMIT ? DTL_OUTCOME_DATA : outcome_of(err.code);  // the file broke it
}

const char *dtl_context_output(const dtl_context *context, size_t *size)
{
    if (size)
        *size = context->output.size;
    return context->output.data;
}

size_t dtl_context_problem_count(const dtl_context *context)
{
    return context->problem_count;
}

// Errors come before warnings: the [index]-th in that order.
static const kept_problem *problem_at(const dtl_context *context, size_t index)
{
    for (int warnings = 0; warnings < 2; warnings++) {
        for (size_t i = 0; i < context->problem_count; i++) {
            if (context->problems[i].is_warning == (warnings == 1) && index-- == 0)
                return &context->problems[i];
        }
    }
    return NULL;
}

dtl_problem dtl_context_problem(const dtl_context *context, size_t index)
{
    const kept_problem *found = problem_at(context, index);
    if (!found)
        return (dtl_problem){
            .message = "", .file = "", .cell = "", .source = "", .expected = "", .hint = ""};
    return (dtl_problem){
        .is_warning = found->is_warning,
        .outcome = outcome_of(found->error.code),
        .message = found->error.message,
        .file = found->error.file,
        .line = found->error.line,
        .column = found->error.column,
        .cell = found->error.cell,
        .source = found->error.source,
        .expected = found->error.expected,
        .hint = found->error.hint,
    };
}
