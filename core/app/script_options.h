// core/app/script_options.h - the options that run, eval and sql share: the store, and the limits that
// a script runs within; as of when and in which style, which not all of them take.
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

// --as-of and --style, which not every command takes, and behind them what all do that run scripts.
// Offsets are into dtl_script_options.
enum {
    DTL_SCRIPT_OPTIONS_COUNT = 10,
    DTL_SCRIPT_OPTIONS_PLAIN_FROM = 2
};
extern const dtl_option dtl_script_options_shared[DTL_SCRIPT_OPTIONS_COUNT];

dtl_run_options dtl_script_run_options(const dtl_script_options *options, dtl_arena *arena);

#endif
