// core/script/worker/worker.h - work done in a process of its own, that may crash or hang and hurt nothing.
//
// The host forks; the child gives up what it does not need (confine.h), works, and sends frames back
// through a pipe; the host writes files. The host kills the child at the wall-clock limit. Knows
// nothing of Lua.
#ifndef DTL_SCRIPT_WORKER_H
#define DTL_SCRIPT_WORKER_H

#include "base/error.h"

typedef struct dtl_channel dtl_channel;  // the child's end of the pipe

// What a frame is; types from DTL_FRAME_USER on belong to the caller.
enum {
    DTL_FRAME_USER = 16,
    DTL_FRAME_MAX_BYTES = 256 * 1024 * 1024,
};

// In the child: sends one frame. A failure means the host is gone: give up.
DTL_CHECK
bool dtl_channel_send(dtl_channel *channel, uint32_t type, dtl_str payload, dtl_error *err);
// In the child: sends a question and waits for the host's answer, which is added to [answer]. False:
// the host refused (its error), or is gone.
DTL_CHECK
bool dtl_channel_ask(dtl_channel *channel, uint32_t type, dtl_str payload, dtl_buf *answer,
                     dtl_error *err);
// In the child: one piece of work is done; the wall-clock limit starts anew for the next.
DTL_CHECK
bool dtl_channel_step(dtl_channel *channel, dtl_error *err);
// In the child: where the work stands ("report.lua", line 12), kept in shared memory, so that the
// host can name it when it has to kill. Cheap; cut to fit.
void dtl_channel_at(dtl_channel *channel, dtl_str file, int64_t line);
// In the child: who is at work from now on, for the same purpose: "the plugin hello"; "": the script.
// With what part of it: "in its renderer outline"; "": it does not say.
void dtl_channel_by(dtl_channel *channel, const char *who, const char *part);

// The work. Returning false sends [err] to the host, which gives it to its caller untouched.
typedef bool dtl_work_fn(void *context, dtl_channel *channel, dtl_error *err);
// In the host: one frame came. Returning false stops the work (the child is killed) with its error.
typedef bool dtl_frame_fn(void *context, uint32_t type, dtl_str payload, dtl_error *err);

// In the host: a question came (a line of input, a file that a plugin was granted). Adds the answer to
// [answer]; returning false sends [err] back to the child, which goes on. The wall clock stands still
// meanwhile.
typedef bool dtl_answer_fn(void *context, uint32_t type, dtl_str payload, dtl_buf *answer,
                           dtl_error *err);

typedef struct dtl_worker_options {
    int64_t wall_ms;      // the limit of each step; the kill comes a little (100 ms) after it
    size_t memory_bytes;  // what Lua may take; the process may take this and 48 MB more
    size_t output_bytes;  // of all frames of a step together; 0: DTL_FRAME_MAX_BYTES
    size_t steps_max;     // steps that the work may take, each with the time anew; 0: any number
    const char *const *read_roots;  // folders it may read under (modules beside a report)
    size_t read_root_count;
    // Called in the child with the work's context, after every inherited descriptor but the pipe and
    // the standard ones is closed and before it is confined: opens what the work reads (the store),
    // reading once from it. Its failure ends the work. NULL: nothing to open.
    bool (*prepare)(void *context, dtl_error *err);
    // Called in the child behind [prepare], in a first confinement (dtl_confine_to_load): brings in
    // native code, which runs as it is loaded. It reads beneath [load_roots], [read_roots] and the
    // system's library folders. Its failure ends the work. NULL: nothing to load.
    dtl_work_fn *load;
    const char *const *load_roots;
    size_t load_root_count;
    dtl_answer_fn *on_ask;  // NULL: every question is refused; called with the frame context
    bool in_process;        // for debuggers and leak checkers: no fork, nothing confined
    // Who is at work, for messages: "the plugin ods". NULL: "the script", whose limits are options of
    // the command line.
    const char *name;
    bool limits_are_fixed;  // no option changes them, whoever is at work
} dtl_worker_options;

// Runs [work] in a child and waits for its end. False: [work] failed (its own error), or crashed
// ("the script crashed the Lua interpreter (signal 11, segmentation fault)"), or broke the wall-clock limit (DTL_ELIMIT,
// with the place last told by dtl_channel_at).
DTL_CHECK
bool dtl_worker_run(dtl_work_fn *work, void *work_context, dtl_frame_fn *on_frame,
                    void *frame_context, const dtl_worker_options *options, dtl_error *err);

#endif
