// core/app/run_format.h - what a run renders with, and which checks look it over: the core's own, else a
// plugin's.
#ifndef DTL_APP_RUN_FORMAT_H
#define DTL_APP_RUN_FORMAT_H

#include "app/options.h"
#include "plugin/service.h"

typedef struct dtl_run_format {
    const char *name;              // "html"
    const dtl_renderer *renderer;  // NULL: [added]
    dtl_extension added;
} dtl_run_format;

// Of any name, "PLUGIN:NAME" is that plugin's. What is near to a name that nobody has is in the hint;
// [arena] takes what is looked at.

// By [to], else by the ending of [output] (NULL: none), else Markdown. Plugins are looked for only where
// the core has no such format. DTL_EUSAGE: nobody has, with a hint.
DTL_CHECK
bool dtl_run_format_choose(dtl_str to, const char *output, dtl_plugin_service *plugins,
                           dtl_arena *arena, dtl_run_format *out, dtl_error *err);
// The checks called [names]; [out], as many, lives in [arena]. DTL_EUSAGE: there is no such check.
DTL_CHECK
bool dtl_run_checks_choose(const dtl_option_list *names, dtl_plugin_service *plugins,
                           dtl_arena *arena, const dtl_extension **out, dtl_error *err);
// Whether there is a publisher of that name. DTL_EUSAGE: there is not, or it is native.
DTL_CHECK
bool dtl_run_publisher_choose(const char *name, dtl_plugin_service *plugins, dtl_arena *arena,
                              dtl_error *err);

#endif
