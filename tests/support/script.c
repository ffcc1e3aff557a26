// tests/support/script.c - runs a piece of Lua as a script, in this process or in a worker.
#include "support/script.h"

typedef struct job {
    dtl_try *what;
    dtl_str source;
    dtl_channel *channel;
} job;

enum {
    FRAME_LOG = DTL_FRAME_USER
};

static void log_line(void *context, dtl_str line)
{
    job *now = context;
    dtl_error lost = {0};
    (void)!dtl_channel_send(now->channel, FRAME_LOG, line, &lost);
}

static void note_place(void *context, dtl_str file, int64_t line)
{
    job *now = context;
    dtl_channel_at(now->channel, file, line);
}

static bool work(void *context, dtl_channel *channel, dtl_error *err)
{
    job *now = context;
    now->channel = channel;
    dtl_state_options options = {
        .limits = now->what->limits,
        .module_root = now->what->module_root,
        .log = log_line,
        .log_context = now,
        .at = note_place,
        .at_context = now,
    };
    dtl_state *state;
    if (!dtl_state_new(&options, &state, err))
        return false;
    bool ok = dtl_state_load(state, DTL_STR("script.lua"), now->source, err) &&
              dtl_state_call(state, 0, 0, err);
    dtl_state_free(state);
    return ok;
}

static bool on_frame(void *context, uint32_t type, dtl_str payload, dtl_error *err)
{
    job *now = context;
    (void)err;
    if (type == FRAME_LOG) {
        dtl_buf_add_str(&now->what->log, payload);
        dtl_buf_add_char(&now->what->log, '\n');
    }
    return true;
}

bool dtl_try_run(dtl_try *what, dtl_str source)
{
    job now = {.what = what, .source = source};
    dtl_worker_options options = {
        .wall_ms = what->limits.wall_ms,
        .memory_bytes = what->limits.memory_bytes,
        .output_bytes = what->limits.output_bytes,
        .read_roots = &what->module_root,
        .read_root_count = what->module_root ? 1 : 0,
        .in_process = !what->in_worker,
    };
    what->err = (dtl_error){0};
    dtl_buf_clear(&what->log);
    return dtl_worker_run(work, &now, on_frame, &now, &options, &what->err);
}

void dtl_try_release(dtl_try *what)
{
    dtl_buf_release(&what->log);
}

bool dtl_holds(const char *text, const char *part)
{
    return strstr(text, part) != NULL;
}

bool dtl_is_sanitized(void)
{
#if defined(__SANITIZE_ADDRESS__)
    return true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
    return true;
#endif
#endif
    return false;
}
