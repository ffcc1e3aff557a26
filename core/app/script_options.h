// core/app/script_options.h - the options that run, eval and sql share: the store, and the limits that
// a script runs within; as of when and in which style, which not all of them take.
#ifndef DTL_APP_SCRIPT_OPTIONS_H
#define DTL_APP_SCRIPT_OPTIONS_H

#include "app/options.h"
#include "app/store_choice.h"
#include "plugin/service.h"

typedef struct dtl_script_options {
    const char *db;  // what --db gave, or NULL
    dtl_moment as_of;
    dtl_str style;
    dtl_option_list plugins;
    dtl_limits limits;
    bool debug;
} dtl_script_options;

// The values before any option is read.
#define DTL_SCRIPT_OPTIONS_DEFAULT                                                                 \
    {                                                                                              \
        .as_of = DTL_MOMENT_LATEST, .limits = DTL_LIMITS_DEFAULT                                   \
    }

// --as-of, --style and --plugin, which not every command takes, and behind them what all do that run scripts.
// Offsets are into dtl_script_options.
enum {
    DTL_SCRIPT_OPTIONS_COUNT = 11,
    DTL_SCRIPT_OPTIONS_PLAIN_FROM = 3
};
extern const dtl_option dtl_script_options_shared[DTL_SCRIPT_OPTIONS_COUNT];

// What a run finds plugins by: --plugin, and plugins/ in [report_folder] (NULL: in reports/ where that
// is, else here). Lives in [arena].
dtl_plugin_service *dtl_script_plugins(const dtl_script_options *options, const char *report_folder,
                                       dtl_arena *arena);
// [plugins]: NULL for a run that can use none.
dtl_run_options dtl_script_run_options(const dtl_script_options *options,
                                       dtl_plugin_service *plugins, dtl_arena *arena);

#endif
