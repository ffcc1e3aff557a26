// core/app/cmd_reports.c - dateline reports: the reports that have a name, each in its own words.
#include "app/commands.h"
#include "app/listing.h"
#include "app/plugin_choice.h"
#include "app/report_find.h"
#include "app/script_options.h"
#include "import/json_reader.h"

typedef struct reports_values {
    const char *db;
    dtl_option_list plugins;
    int to;
} reports_values;

enum {
    TO_TEXT,
    TO_JSON
};

static const dtl_option options[] = {
    {.name = "to",
     .value = "text|json",
     .help = "a table, or an array of objects",
     .read = dtl_read_choice,
     .offset = offsetof(reports_values, to)},
    DTL_OPTION_PLUGIN(reports_values, plugins),
    DTL_OPTION_DB(reports_values, db),
};

static const reports_values defaults = {.to = TO_TEXT};

static const dtl_listing_column columns[] = {
    {"name", "REPORT", DTL_LISTING_TEXT},
    {"title", "TITLE", DTL_LISTING_TEXT},
    {"parameters", "PARAMETERS", DTL_LISTING_LIST},
    {"file", "FILE", DTL_LISTING_TEXT},
};

typedef struct account {  // what a report says of itself
    dtl_buf json;
    dtl_app *app;
} account;

static bool on_output(void *context, dtl_str key, dtl_str bytes, dtl_str ledger, dtl_error *err)
{
    account *a = context;
    (void)key;
    (void)ledger;
    (void)err;
    dtl_buf_add_str(&a->json, bytes);
    return true;
}

static void on_log(void *context, dtl_str line)
{
    const account *a = context;
    dtl_diagnostics_log(&a->app->diagnostics, line);
}

static dtl_str text_of(const dtl_json_value *object, dtl_str key)
{
    const dtl_json_value *value = dtl_json_get(object, key);
    return value && value->kind == DTL_JSON_STRING ? value->text : DTL_STR("");
}

static void add_parameters(dtl_listing *listing, const dtl_json_value *described)
{
    dtl_buf names = {0};
    const dtl_json_value *parameters = dtl_json_get(described, DTL_STR("parameters"));
    for (size_t i = 0; parameters && i < parameters->count; i++)
        dtl_buf_printf(&names, "%s%.*s", names.size ? " " : "",
                       DTL_ARG(text_of(&parameters->children[i], DTL_STR("name"))));
    dtl_listing_add(listing, dtl_buf_str(&names));
    dtl_buf_release(&names);
}

// Adds the report's row, or in [json] its object. A worker that ran a hostile script wrote it: it
// is read before it is used.
static bool add_described(const dtl_report_name *name, dtl_str text, dtl_listing *listing,
                          dtl_buf *json, dtl_error *err)
{
    dtl_json_value *described;
    text = dtl_str_trim(text);
    if (!dtl_json_read(name->file, text, listing->arena, &described, err))
        return false;
    dtl_listing_add(listing, name->name);
    dtl_listing_add(listing, text_of(described, DTL_STR("title")));
    add_parameters(listing, described);
    dtl_listing_add(listing, name->bundled ? DTL_STR("(bundled)") : name->file);
    if (described->kind != DTL_JSON_OBJECT || described->count == 0)
        return true;
    dtl_buf_add_str(json, json->size ? DTL_STR(",\n{\"file\":") : DTL_STR("{\"file\":"));
    dtl_json_quote(json, name->file, false);
    dtl_buf_printf(json, ",\"bundled\":%s,", name->bundled ? "true" : "false");
    if (name->plugin.size) {
        DTL_BUF_LITERAL(json, "\"plugin\":");
        dtl_json_quote(json, name->plugin, false);
        dtl_buf_add_char(json, ',');
    }
    dtl_buf_add_str(json, dtl_str_slice(text, 1, text.size));  // behind its '{'
    return true;
}

static bool add_report(dtl_app *app, const dtl_report_name *name, const dtl_run_options *run,
                       dtl_listing *listing, dtl_buf *json, dtl_error *err)
{
    account a = {.app = app};
    dtl_run_events events = {.output = on_output, .log = on_log, .context = &a};
    dtl_script script;
    const char *which = name->plugin.size ? name->file.data : name->name.data;
    bool ok = dtl_report_find(which, &app->arena, &script, err) &&
              dtl_run_describe(&script, true, run, &events, err) &&
              add_described(name, dtl_buf_str(&a.json), listing, json, err);
    dtl_buf_release(&a.json);
    return ok;
}

static bool show_json(dtl_app *app, const dtl_buf *objects, dtl_error *err)
{
    bool any = objects->size > 0;
    return dtl_output_write(&app->output, any ? DTL_STR("[\n") : DTL_STR("["), err) &&
           dtl_output_write(&app->output, dtl_buf_str(objects), err) &&
           dtl_output_write(&app->output, any ? DTL_STR("\n]\n") : DTL_STR("]\n"), err);
}

// A report that does not load is told as a warning; the others are listed.
static int run(dtl_app *app, const dtl_command_line *line, const void *given)
{
    const reports_values *values = given;
    (void)line;
    dtl_report_name *names[2];
    const dtl_plugin_search search = dtl_plugin_choice(&values->plugins);
    const size_t counts[] = {dtl_report_names(&app->arena, &names[0]),
                             dtl_report_names_of_plugins(&search, &app->arena, &names[1])};
    dtl_script_options script = DTL_SCRIPT_OPTIONS_DEFAULT;
    script.db = values->db;
    script.plugins = values->plugins;
    dtl_plugin_service *plugins = dtl_script_plugins(&script, NULL, &app->arena);
    dtl_run_options options_of_run = dtl_script_run_options(&script, plugins, &app->arena);
    dtl_listing listing;
    dtl_buf json = {0};
    dtl_listing_init(&listing, columns, DTL_COUNT(columns), &app->arena);
    for (size_t i = 0; i < counts[0] + counts[1]; i++) {
        const dtl_report_name *name = i < counts[0] ? &names[0][i] : &names[1][i - counts[0]];
        dtl_error warning = {0};
        if (!add_report(app, name, &options_of_run, &listing, &json, &warning))
            dtl_diagnostics_warning(&app->diagnostics, &warning);
    }
    dtl_error err = {0};
    bool ok = values->to == TO_JSON ? show_json(app, &json, &err)
                                    : dtl_listing_show(&listing, false, &app->output, &err);
    dtl_buf_release(&json);
    dtl_listing_release(&listing);
    return ok ? 0 : dtl_app_fail(app, &err);
}

const dtl_command dtl_command_reports = {
    .name = "reports",
    .usage = "[options]",
    .summary = "Lists the reports: bundled ones, and those under reports/.",
    .details = "dateline run REPORT --help tells more about one.\n",
    .example = "reports --to json",
    .options = {.options = options, .count = DTL_COUNT(options)},
    .defaults = &defaults,
    .values_size = sizeof defaults,
    .run = run,
};
