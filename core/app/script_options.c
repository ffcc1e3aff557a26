// core/app/script_options.c - the options that run, eval and sql share.
#include "app/script_options.h"

#include "app/plugin_choice.h"

const dtl_option dtl_script_options_shared[DTL_SCRIPT_OPTIONS_COUNT] = {
    {.name = "as-of",
     .value = "DATE",
     .help = "what was known at the end of that day",
     .read = dtl_read_as_of,
     .offset = offsetof(dtl_script_options, as_of)},
    {.name = "style",
     .value = "NAME",
     .help = "a house style: percent_word, pa, govuk, guardian, ...",
     .read = dtl_read_text,
     .offset = offsetof(dtl_script_options, style)},
    DTL_OPTION_PLUGIN(dtl_script_options, plugins),
    {.name = "db",
     .value = "FILE",
     .help = "the database (else $DATELINE_DB, else dateline.db here)",
     .read = dtl_read_path,
     .offset = offsetof(dtl_script_options, db)},
    {.name = "memory-limit",
     .value = "SIZE",
     .help = "what a script may hold (64M)",
     .read = dtl_read_size,
     .offset = offsetof(dtl_script_options, limits.memory_bytes)},
    {.name = "time-limit",
     .value = "TIME",
     .help = "how long one result may take (10s)",
     .read = dtl_read_duration,
     .offset = offsetof(dtl_script_options, limits.wall_ms)},
    {.name = "instruction-limit",
     .value = "N",
     .help = "how many Lua instructions (0: not counted)",
     .read = dtl_read_count,
     .offset = offsetof(dtl_script_options, limits.instructions)},
    {.name = "output-limit",
     .value = "SIZE",
     .help = "how large one result may be (64M)",
     .read = dtl_read_size,
     .offset = offsetof(dtl_script_options, limits.output_bytes)},
    {.name = "log-limit",
     .value = "SIZE",
     .help = "how much print may write (1M)",
     .read = dtl_read_size,
     .offset = offsetof(dtl_script_options, limits.log_bytes)},
    {.name = "row-limit",
     .value = "N",
     .help = "how many rows SQL may read (20000000)",
     .read = dtl_read_count,
     .offset = offsetof(dtl_script_options, limits.sql_rows)},
    {.name = "debug",
     .help = "show the library's and C's frames in errors",
     .offset = offsetof(dtl_script_options, debug)},
};

dtl_plugin_service *dtl_script_plugins(const dtl_script_options *options, const char *report_folder,
                                       dtl_arena *arena)
{
    dtl_plugin_search search = dtl_plugin_choice(&options->plugins);
    if (report_folder)
        search.report_folder = report_folder;
    return dtl_plugin_service_new(&search, arena);
}

dtl_run_options dtl_script_run_options(const dtl_script_options *options,
                                       dtl_plugin_service *plugins, dtl_arena *arena)
{
    dtl_extensions extensions = {.answer = NULL};
    if (plugins)
        extensions = dtl_plugin_service_extensions(plugins);
    return (dtl_run_options){
        .store = dtl_store_choice(options->db, arena),
        .as_of = options->as_of,
        .style = options->style,
        .limits = options->limits,
        .extensions = extensions,
        .debug = options->debug,
    };
}
