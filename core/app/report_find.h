// core/app/report_find.h - reports by name: one under ./reports/, a bundled one, or a path.
#ifndef DTL_APP_REPORT_FIND_H
#define DTL_APP_REPORT_FIND_H

#include "plugin/service.h"

enum {
    DTL_REPORT_MAX_BYTES = 4 * 1024 * 1024,  // of one script's text
    DTL_REPORT_MAX_NAMES = 10000             // looked at under ./reports/
};

typedef struct dtl_report_name {
    dtl_str name;    // "latest-developments"
    dtl_str file;    // "reports/latest-developments.lua"
    bool bundled;    // and not under ./reports/ as well: that one is used
    dtl_str plugin;  // whose report it is; "": nobody's
} dtl_report_name;

// The reports that have names, sorted by name, once each; all in [arena].
size_t dtl_report_names(dtl_arena *arena, dtl_report_name **out);
// Those of the plugins that [search] finds, which are found where there is no other of that name; in [arena].
size_t dtl_report_names_of_plugins(const dtl_plugin_search *search, dtl_arena *arena,
                                   dtl_report_name **out);
// Reads the report [name]: a path if it holds a '/' or ends in ".lua", else a name. [out] and what it
// points to live in [arena]. DTL_EUSAGE: there is none, with a hint; DTL_EIO: it cannot be read.
DTL_CHECK
bool dtl_report_find(const char *name, dtl_arena *arena, dtl_script *out, dtl_error *err);
// The same, and where there is none of that name, a plugin's report.
DTL_CHECK
bool dtl_report_find_any(const char *name, dtl_plugin_service *plugins, dtl_arena *arena,
                         dtl_script *out, dtl_error *err);

#endif
