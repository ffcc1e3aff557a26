// core/app/sink.h - where a run's results go: standard output, or files; its warnings and what it
// prints go to standard error.
#ifndef DTL_APP_SINK_H
#define DTL_APP_SINK_H

#include "app/app.h"

// A sink for standard output needs [app] alone.
typedef struct dtl_sink {
    dtl_app *app;
    const char *path;     // NULL: standard output
    dtl_str placeholder;  // "{date}", replaced in [path] by each result's key; "": one result
    dtl_str separator;    // between results on standard output
    bool facts;           // each file's ledger beside it: x.html has x.facts.json
    size_t count;         // results so far
    // Told of each result that went out, with its path ("" for standard output); NULL: nobody.
    void (*went_out)(void *context, dtl_str path, dtl_str key, dtl_str bytes);
    void (*about)(void *context, const dtl_about *about);  // of the result that follows
    void *context;
} dtl_sink;

// What dtl_run_report and its kin call. [sink] is borrowed.
dtl_run_events dtl_sink_events(dtl_sink *sink);

#endif
