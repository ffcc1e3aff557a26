// core/script/run/job.h - what every run shares: a worker with the store open, a Lua state, and the frames
// that bring results back. Private to core/script.
#ifndef DTL_SCRIPT_JOB_H
#define DTL_SCRIPT_JOB_H

#include "script/bindings/binding.h"
#include "script/run/run.h"

typedef struct dtl_job dtl_job;
typedef bool dtl_job_work(dtl_job *job, dtl_error *err);

struct dtl_job {
    const dtl_run_options *options;
    const dtl_run_events *events;
    const dtl_script *script;          // NULL for SQL
    const dtl_report_options *report;  // whose native renderer and checks it needs; NULL: none
    dtl_job_work *work;                // runs in the worker
    const void *request;               // what [work] is about
    bool remarks_are_logged;           // what a plugin remarks is no warning
    size_t steps_max;  // pieces of it, each with the whole time limit; 0: any number
    // A frame the host takes itself, instead of giving it to events.output; NULL: none.
    bool (*take)(void *context, dtl_str payload, dtl_error *err);
    void *take_context;
    // A question of the worker's (dtl_job_ask); NULL: refused. In the host.
    bool (*ask)(void *context, dtl_str payload, dtl_buf *answer, dtl_error *err);
    void *ask_context;

    // in the worker only
    dtl_channel *channel;
    dtl_store *store;
    dtl_session *session;
    dtl_state *state;
};

// Runs [job] in a worker, and gives its frames to [job]->events.
DTL_CHECK
bool dtl_job_run(dtl_job *job, dtl_error *err);

// In the worker: sends a result, a warning, a line of the log.
DTL_CHECK
bool dtl_job_output(dtl_job *job, dtl_str key, dtl_str bytes, dtl_str ledger, dtl_error *err);
DTL_CHECK
bool dtl_job_about(dtl_job *job, const dtl_about *about, dtl_error *err);
DTL_CHECK
bool dtl_job_give(dtl_job *job, dtl_str payload, dtl_error *err);  // to [take]
DTL_CHECK
bool dtl_job_ask(dtl_job *job, dtl_str payload, dtl_buf *answer, dtl_error *err);  // of [ask]
DTL_CHECK
bool dtl_job_warn(dtl_job *job, const dtl_error *warning, dtl_error *err);
// A plugin's remarks, a line each.
DTL_CHECK
bool dtl_job_remark(dtl_job *job, dtl_str lines, dtl_error *err);

// In the worker: compiles an expression with c, phrase, data, sql and date at hand, and pushes its
// function. Places in [err] are in the expression, which is called [name].
DTL_CHECK
bool dtl_job_load_expression(dtl_job *job, dtl_str name, dtl_str expression, dtl_error *err);
// For an error of calling it: the same.
bool dtl_job_expression_failed(dtl_error *err);

// In the worker: sets the name [name] in the environment of the script function on top of the stack
// to the value above it, and pops the value.
void dtl_job_set_global(lua_State *L, const char *name);

#endif
