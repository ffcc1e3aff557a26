// core/app/cmd_run.c - dateline run: a report script into bulletins.
#include <stdlib.h>

#include "app/commands.h"
#include "app/report_find.h"
#include "app/run_format.h"
#include "app/script_options.h"
#include "app/sink.h"

typedef struct each_span {  // --each PARAM=FROM..TO
    dtl_str parameter;
    dtl_date from;
    dtl_date to;
} each_span;

typedef struct run_values {
    dtl_script_options script;
    dtl_str to;
    const char *output;
    each_span each;
    bool strict;
    bool fragment;
    bool facts;
    dtl_option_list checks;
    dtl_option_list publishers;
} run_values;

static bool refuse_each(const dtl_option *option, dtl_str text, dtl_error *err)
{
    dtl_error_set(err, DTL_EUSAGE, "--%s: '%.*s' is not understood", option->name, DTL_ARG(text));
    return dtl_error_expected(err, "a parameter and two dates: date=2024-01-01..2024-12-31");
}

static bool read_each(const dtl_option *option, dtl_str text, void *out, dtl_error *err)
{
    each_span *each = out;
    size_t equals = dtl_str_find(text, DTL_STR("="));
    size_t dots = dtl_str_find(text, DTL_STR(".."));
    if (equals == SIZE_MAX || equals == 0 || dots == SIZE_MAX || dots < equals)
        return refuse_each(option, text, err);
    each->parameter = dtl_str_slice(text, 0, equals);
    if (!dtl_date_parse(dtl_str_slice(text, equals + 1, dots), &each->from) ||
        !dtl_date_parse(dtl_str_slice(text, dots + 2, text.size), &each->to))
        return refuse_each(option, text, err);
    if (each->from > each->to)
        return dtl_error_set(err, DTL_EUSAGE, "--%s: the first date is after the last",
                             option->name);
    return true;
}

static const dtl_option options[] = {
    {.name = "to",
     .value = "FORMAT",
     .help = "markdown, html, text or json (else by the ending of -o)",
     .read = dtl_read_text,
     .offset = offsetof(run_values, to)},
    {.name = "output",
     .letter = 'o',
     .value = "FILE",
     .help = "write there; with --each 'out/{date}.md'",
     .read = dtl_read_path,
     .offset = offsetof(run_values, output)},
    {.name = "facts",
     .help = "with -o x.html, write its facts to x.facts.json",
     .offset = offsetof(run_values, facts)},
    {.name = "fragment",
     .help = "HTML without a page around it",
     .offset = offsetof(run_values, fragment)},
    {.name = "each",
     .value = "PARAM=FROM..TO",
     .help = "one bulletin for each day",
     .read = read_each,
     .offset = offsetof(run_values, each)},
    {.name = "strict",
     .help = "a number without a fact is an error",
     .offset = offsetof(run_values, strict)},
    {.name = "check",
     .value = "NAME",
     .help = "have a plugin's check look it over; may be repeated",
     .read = dtl_read_list,
     .offset = offsetof(run_values, checks)},
    {.name = "publish",
     .value = "NAME",
     .help = "when written, hand it to a publisher; may be repeated",
     .read = dtl_read_list,
     .offset = offsetof(run_values, publishers)},
};

static const run_values defaults = {.script = DTL_SCRIPT_OPTIONS_DEFAULT};

// What stands between two bulletins on standard output. A format that is not here cannot share it.
static const struct {
    const char *renderer;
    dtl_str separator;
} separators[] = {
    {"markdown", {"\n---\n\n", 6}},
    {"text", {"\n\f\n", 3}},
    {"json", {"", 0}},  // one value behind the other, as jq reads them
};

static bool choose_separator(const run_values *values, const dtl_run_format *format, dtl_str *out,
                             dtl_error *err)
{
    for (size_t i = 0; i < DTL_COUNT(separators); i++) {
        if (strcmp(separators[i].renderer, format->name) == 0) {
            *out = separators[i].separator;
            return true;
        }
    }
    *out = DTL_STR("");
    if (values->fragment)
        return true;
    dtl_error_set(err, DTL_EUSAGE, "whole %s pages cannot stand behind one another", format->name);
    return dtl_error_hint(err, "give each its file with -o 'out/{%.*s}.%s', or add --fragment",
                          DTL_ARG(values->each.parameter), format->name);
}

static bool set_up_sink(dtl_app *app, const run_values *values, const dtl_run_format *format,
                        dtl_sink *sink, dtl_error *err)
{
    *sink = (dtl_sink){.app = app, .path = values->output, .facts = values->facts};
    if (values->facts && !values->output) {
        dtl_error_set(err, DTL_EUSAGE, "--facts needs -o FILE, to stand beside it");
        return dtl_error_hint(err, "--to json gives the bulletin and its facts in one");
    }
    if (!values->each.parameter.size)
        return true;
    if (!values->output)
        return choose_separator(values, format, &sink->separator, err);
    sink->placeholder = dtl_arena_printf(&app->arena, "{%.*s}", DTL_ARG(values->each.parameter));
    if (dtl_str_find(dtl_str_from(values->output), sink->placeholder) != SIZE_MAX)
        return true;
    dtl_error_set(err, DTL_EUSAGE, "with --each, every bulletin would replace the one before");
    return dtl_error_hint(err, "name the files by the day: -o 'out/%.*s.md'",
                          DTL_ARG(sink->placeholder));
}

static bool check_each(const run_values *values, const dtl_command_line *line, dtl_error *err)
{
    dtl_str each = values->each.parameter;
    for (size_t i = 0; each.size && i < line->parameter_count; i++)
        if (dtl_str_equal(line->parameters[i].name, each))
            return dtl_error_set(err, DTL_EUSAGE, "--%.*s is given twice: by itself and by --each",
                                 DTL_ARG(each));
    return true;
}

// A parameter that the report does not have may be an option of ours, misspelt: "--stlye pa".
static void hint_option(const dtl_command_line *line, dtl_error *err)
{
    for (size_t i = 0; i < line->parameter_count && !err->hint[0]; i++) {
        dtl_str name = line->parameters[i].name;
        dtl_str meant = dtl_options_nearest(&dtl_command_run.options, name);
        if (meant.size && dtl_str_find(dtl_str_from(err->message), name) != SIZE_MAX)
            dtl_error_hint(err, "did you mean '--%.*s'?", DTL_ARG(meant));
    }
}

static bool describe(const dtl_script *script, const run_values *values,
                     dtl_plugin_service *plugins, dtl_app *app, dtl_error *err)
{
    dtl_sink sink = {.app = app};
    dtl_run_events events = dtl_sink_events(&sink);
    dtl_run_options run = dtl_script_run_options(&values->script, plugins, &app->arena);
    bool json = dtl_str_equal(values->to, DTL_STR("json"));
    return dtl_run_describe(script, json, &run, &events, err);
}

// What is to be handed to publishers, once the run is done.
typedef struct published {
    dtl_arena *arena;
    dtl_written *list;
    size_t count;
    dtl_about about;  // of the one to come
} published;

static void keep_about(void *context, const dtl_about *about)
{
    published *kept = context;
    kept->about = (dtl_about){.title = dtl_arena_str(kept->arena, about->title),
                              .summary = dtl_arena_str(kept->arena, about->summary),
                              .style = dtl_arena_str(kept->arena, about->style),
                              .date = about->date};
}

static void keep_written(void *context, dtl_str path, dtl_str key, dtl_str bytes)
{
    published *kept = context;
    kept->list = dtl_realloc_array(kept->list, kept->count + 1, sizeof *kept->list);
    kept->list[kept->count++] = (dtl_written){.path = dtl_arena_str(kept->arena, path),
                                              .key = dtl_arena_str(kept->arena, key),
                                              .about = kept->about,
                                              .bytes = dtl_arena_str(kept->arena, bytes)};
}

// What was written stays, whatever becomes of publishing it.
static bool publish(const dtl_script *script, const run_values *values,
                    const dtl_run_format *format, const dtl_run_options *run,
                    const dtl_run_events *events, const published *kept, dtl_error *err)
{
    for (size_t i = 0; i < kept->count; i++) {
        dtl_written bulletin = kept->list[i];
        bulletin.report = script->name;
        bulletin.format = dtl_str_from(format->name);
        for (size_t p = 0; p < values->publishers.count; p++)
            if (!dtl_run_publisher(dtl_str_from(values->publishers.values[p]), &bulletin, run,
                                   events, err))
                return false;
    }
    return true;
}

static bool choose_added(const run_values *values, dtl_plugin_service *plugins, dtl_arena *arena,
                         dtl_run_format *format, const dtl_extension **checks, dtl_error *err)
{
    for (size_t i = 0; i < values->publishers.count; i++)
        if (!dtl_run_publisher_choose(values->publishers.values[i], plugins, arena, err))
            return false;
    return dtl_run_format_choose(values->to, values->output, plugins, arena, format, err) &&
           dtl_run_checks_choose(&values->checks, plugins, arena, checks, err);
}

static bool make(const dtl_script *script, const run_values *values, const dtl_command_line *line,
                 dtl_plugin_service *plugins, dtl_app *app, dtl_error *err)
{
    dtl_sink sink;
    dtl_run_format format;
    const dtl_extension *checks;
    published kept = {.arena = &app->arena};
    if (!check_each(values, line, err) ||
        !choose_added(values, plugins, &app->arena, &format, &checks, err) ||
        !set_up_sink(app, values, &format, &sink, err))
        return false;
    if (values->publishers.count) {
        sink.went_out = keep_written;
        sink.about = keep_about;
        sink.context = &kept;
    }
    dtl_report_options report = {
        .arguments = line->parameters,
        .argument_count = line->parameter_count,
        .renderer = format.renderer,
        .added_renderer = &format.added,
        .checks = checks,
        .check_count = values->checks.count,
        .render = {.fragment = values->fragment},
        .strict = values->strict,
        .ledger = values->facts,
        .about = values->publishers.count > 0,
        .each = values->each.parameter,
        .each_from = values->each.from,
        .each_to = values->each.to,
    };
    dtl_run_events events = dtl_sink_events(&sink);
    dtl_run_options run = dtl_script_run_options(&values->script, plugins, &app->arena);
    bool ok = dtl_run_report(script, &report, &run, &events, err);
    if (!ok && err->code == DTL_EUSAGE)
        hint_option(line, err);
    ok = ok && publish(script, values, &format, &run, &events, &kept, err);
    free(kept.list);
    return ok;
}

// A report of a plugin's is looked for where any report's plugins are; then its own come first.
static bool find(const char *name, const run_values *values, dtl_arena *arena, dtl_script *script,
                 dtl_plugin_service **plugins, dtl_error *err)
{
    *plugins = dtl_script_plugins(&values->script, NULL, arena);
    if (!dtl_report_find_any(name, *plugins, arena, script, err))
        return false;
    if (script->module_root)
        *plugins = dtl_script_plugins(&values->script, script->module_root, arena);
    return true;
}

static int run(dtl_app *app, const dtl_command_line *line, const void *given)
{
    run_values values = *(const run_values *)given;
    dtl_error err = {0};
    dtl_script script;
    dtl_plugin_service *plugins;
    if (values.output && strcmp(values.output, "-") == 0)
        values.output = NULL;
    bool ok = find(line->operands[0], &values, &app->arena, &script, &plugins, &err) &&
              (line->help ? describe(&script, &values, plugins, app, &err)
                          : make(&script, &values, line, plugins, app, &err));
    return ok ? 0 : dtl_app_fail(app, &err);
}

const dtl_command dtl_command_run = {
    .name = "run",
    .usage = "REPORT [--PARAM VALUE ...] [options]",
    .summary = "Makes a bulletin from a report script.",
    .details = "REPORT is a bundled report, a name under reports/, or a path.\n"
               "dateline run REPORT --help tells which parameters it takes.\n",
    .example = "run latest-developments --date 2024-10-18 -o bulletin.html",
    .options = {.options = options,
                .count = DTL_COUNT(options),
                .shared = dtl_script_options_shared,
                .shared_count = DTL_SCRIPT_OPTIONS_COUNT,
                .shared_offset = offsetof(run_values, script),
                .operand = "REPORT",
                .operand_min = 1,
                .operand_max = 1,
                .takes_parameters = true},
    .defaults = &defaults,
    .values_size = sizeof defaults,
    .helps = true,
    .run = run,
};
