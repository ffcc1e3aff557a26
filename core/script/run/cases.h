// core/script/run/cases.h - runs the cases that an analyst keeps beside a report, in a worker: what is in
// NAME.test.lua is a script like any other.
#ifndef DTL_SCRIPT_CASES_H
#define DTL_SCRIPT_CASES_H

#include "script/run/run.h"

// What a test script declares, checked, as one JSON array: {"name", "style", "as_of", "each", "from",
// "to", "format", "golden", "refuses" (text or true), "checks":["name"], "params":[{"name","value"}], "data":[{"name","value"}]}; absent parts are left out.
DTL_CHECK
bool dtl_run_cases_list(const dtl_script *test, const dtl_run_options *options,
                        const dtl_run_events *events, dtl_error *err);

typedef struct dtl_case_options {
    int64_t number;                 // of the case, from 1
    const dtl_argument *arguments;  // the report's parameters
    size_t argument_count;
    dtl_str each;  // the parameter that varies; "": one bulletin
    dtl_date each_from, each_to;
    // What the bulletin is judged as; both NULL: its plain text.
    const dtl_renderer *renderer;
    const dtl_extension *added_renderer;
    const dtl_extension *checks;
    size_t check_count;
    const dtl_renderer *golden;  // gives the bulletin as output; NULL: it is not asked for
    bool golden_as_judged;       // as output goes what was judged
} dtl_case_options;

// Runs one case. What is wrong with the bulletin comes as events.warning, the bulletin itself as
// events.output. False: the case could not be run to its end.
DTL_CHECK
bool dtl_run_case(const dtl_script *test, const dtl_script *report, const dtl_case_options *which,
                  const dtl_run_options *options, const dtl_run_events *events, dtl_error *err);

#endif
