// core/import/rules.h - what looks odd in a file as a whole, or beside what was known.
//
// Internal to core/import.
#ifndef DTL_IMPORT_RULES_H
#define DTL_IMPORT_RULES_H

#include "import/problems.h"

enum {
    DTL_RUNS_MAX = 64,  // runs of vanished periods that are told apart
};

typedef struct dtl_rules {
    dtl_import_report *report;
    const dtl_table *table;
    dtl_str path;
    dtl_date release_date;
    int64_t revisions;  // that were worth a warning
    int64_t records;
    dtl_problems *problems;
    dtl_vanished runs[DTL_RUNS_MAX];
    size_t run_count;
    dtl_arena arena;
} dtl_rules;

void dtl_rules_init(dtl_rules *rules, dtl_import_report *report, const dtl_table *table,
                    dtl_str path, const dtl_import_options *options);
void dtl_rules_release(dtl_rules *rules);
// No row may be dated later: the day of publishing, or else of retrieving.
dtl_date dtl_rules_latest_date(const dtl_import_options *options);
// A dtl_change_fn; context: dtl_rules.
void dtl_rules_take_change(void *context, const dtl_change *change);
// What the full release before this one had, and this one lacks, becomes problems.
DTL_CHECK
bool dtl_rules_check_vanished(dtl_rules *rules, dtl_problems *problems, dtl_writer *writer,
                              dtl_error *err);
// The warnings about the file as a whole.
void dtl_rules_warn(dtl_rules *rules, const dtl_release_result *result);

#endif
