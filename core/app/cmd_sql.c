// core/app/cmd_sql.c - dateline sql: one SELECT over the store.
#include "app/commands.h"
#include "app/script_options.h"
#include "app/sink.h"

typedef struct sql_values {
    dtl_script_options script;
    int to;
} sql_values;

static const dtl_option options[] = {
    {.name = "to",
     .value = "table|csv|json",  // in the order of dtl_rows_format
     .help = "how the rows are printed",
     .read = dtl_read_choice,
     .offset = offsetof(sql_values, to)},
};

static const sql_values defaults = {.script = DTL_SCRIPT_OPTIONS_DEFAULT, .to = DTL_ROWS_TABLE};

static int run(dtl_app *app, const dtl_command_line *line, const void *given)
{
    const sql_values *values = given;
    dtl_sink sink = {.app = app};
    dtl_run_events events = dtl_sink_events(&sink);
    dtl_run_options run = dtl_script_run_options(&values->script, NULL, &app->arena);
    dtl_error err = {0};
    bool ok = dtl_run_sql(dtl_str_from(line->operands[0]), (dtl_rows_format)values->to, &run,
                          &events, &err);
    return ok ? 0 : dtl_app_fail(app, &err);
}

const dtl_command dtl_command_sql = {
    .name = "sql",
    .usage = "'SELECT ...' [options]",
    .summary = "Runs one SELECT over the store.",
    .details =
        "Each dataset is a view of its name: small_boats_daily has date, people, boats, ...\n"
        "dateline datasets lists them.\n",
    .example = "sql 'SELECT date, people FROM small_boats_daily WHERE people > 1000'",
    .options = {.options = options,
                .count = DTL_COUNT(options),
                .shared = dtl_script_options_shared + DTL_SCRIPT_OPTIONS_PLAIN_FROM,
                .shared_count = DTL_SCRIPT_OPTIONS_COUNT - DTL_SCRIPT_OPTIONS_PLAIN_FROM,
                .shared_offset = offsetof(sql_values, script),
                .operand = "SELECT",
                .operand_min = 1,
                .operand_max = 1},
    .defaults = &defaults,
    .values_size = sizeof defaults,
    .run = run,
};
