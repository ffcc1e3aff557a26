// core/app/script_options.h - the options that run, eval and sql share: the store, as of when, in
// which style, within which limits.
#ifndef DTL_APP_SCRIPT_OPTIONS_H
#define DTL_APP_SCRIPT_OPTIONS_H

#include "app/options.h"
#include "app/store_choice.h"

typedef struct dtl_script_options {
    const char *db;  // what --db gave, or NULL
    dtl_moment as_of;
    dtl_str style;
    dtl_limits limits;
    bool debug;
} dtl_script_options;

// The values before any option is read.
#define DTL_SCRIPT_OPTIONS_DEFAULT                                                                 \
    {                                                                                              \
        .as_of = DTL_MOMENT_LATEST, .limits = DTL_LIMITS_DEFAULT                                   \
    }

#define DTL_SCRIPT_OPTION(type, member, option_name, option_value, option_help, reader)            \
    {                                                                                              \
        .name = option_name, .value = option_value, .help = option_help, .read = reader,           \
        .offset = offsetof(type, member)                                                           \
    }

// Rows of an option table. [type] is the command's struct of values, [script] its dtl_script_options.
#define DTL_OPTIONS_STYLE(type, script)                                                            \
    DTL_SCRIPT_OPTION(type, script.style, "style", "NAME", "a house style: percent_word, pa, ...", \
                      dtl_read_text)
#define DTL_OPTIONS_AS_OF(type, script)                                                            \
    DTL_SCRIPT_OPTION(type, script.as_of, "as-of", "DATE",                                         \
                      "what was known at the end of that day", dtl_read_as_of)
#define DTL_OPTIONS_SCRIPT(type, script)                                                           \
    DTL_OPTION_DB(type, script.db),                                                                \
        DTL_SCRIPT_OPTION(type, script.limits.memory_bytes, "memory-limit", "SIZE",                \
                          "what a script may hold (64M)", dtl_read_size),                          \
        DTL_SCRIPT_OPTION(type, script.limits.wall_ms, "time-limit", "TIME",                       \
                          "how long one result may take (10s)", dtl_read_duration),                \
        DTL_SCRIPT_OPTION(type, script.limits.instructions, "instruction-limit", "N",              \
                          "how many Lua instructions (0: not counted)", dtl_read_count),           \
        DTL_SCRIPT_OPTION(type, script.limits.output_bytes, "output-limit", "SIZE",                \
                          "how large one result may be (64M)", dtl_read_size),                     \
        DTL_SCRIPT_OPTION(type, script.limits.log_bytes, "log-limit", "SIZE",                      \
                          "how much print may write (1M)", dtl_read_size),                         \
        DTL_SCRIPT_OPTION(type, script.limits.sql_rows, "row-limit", "N",                          \
                          "how many rows SQL may read (20000000)", dtl_read_count),                \
        DTL_SCRIPT_OPTION(type, script.debug, "debug", NULL,                                       \
                          "show the library's and C's frames in errors", NULL)

dtl_run_options dtl_script_run_options(const dtl_script_options *options, dtl_arena *arena);

#endif
