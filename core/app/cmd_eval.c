// core/app/cmd_eval.c - dateline eval: one Lua expression, a calculator over the data.
#include "app/commands.h"
#include "app/script_options.h"
#include "app/sink.h"

typedef struct eval_values {
    dtl_script_options script;
    int to;
} eval_values;

enum {
    TO_TEXT,
    TO_JSON
};

static const dtl_option options[] = {
    {.name = "to",
     .value = "text|json",
     .help = "one line, or one object",
     .read = dtl_read_choice,
     .offset = offsetof(eval_values, to)},
};

static const eval_values defaults = {.script = DTL_SCRIPT_OPTIONS_DEFAULT, .to = TO_TEXT};

static int run(dtl_app *app, const dtl_command_line *line, const void *given)
{
    const eval_values *values = given;
    dtl_sink sink = {.app = app};
    dtl_run_events events = dtl_sink_events(&sink);
    dtl_plugin_service *plugins = dtl_script_plugins(&values->script, NULL, &app->arena);
    dtl_run_options run = dtl_script_run_options(&values->script, plugins, &app->arena);
    dtl_error err = {0};
    bool json = values->to == TO_JSON;
    if (dtl_run_eval(dtl_str_from(line->operands[0]), json, &run, &events, &err))
        return 0;
    if (err.code == DTL_ENONE && json && sink.count > 0)
        return dtl_code_exit_status(err.code);  // the object says why
    return dtl_app_fail(app, &err);
}

const dtl_command dtl_command_eval = {
    .name = "eval",
    .usage = "EXPR [options]",
    .summary = "Evaluates one Lua expression over the data.",
    .details = "At hand: c (crossings), phrase, data, sql, date. Exit status 1 when the data\n"
               "cannot say.\n",
    .example = "eval 'c.people:year_to_date(\"2024-10-18\")'",
    .options = {.options = options,
                .count = DTL_COUNT(options),
                .shared = dtl_script_options_shared,
                .shared_count = DTL_SCRIPT_OPTIONS_COUNT,
                .shared_offset = offsetof(eval_values, script),
                .operand = "EXPR",
                .operand_min = 1,
                .operand_max = 1},
    .defaults = &defaults,
    .values_size = sizeof defaults,
    .run = run,
};
