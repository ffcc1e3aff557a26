// core/script/run/job.c - what every run shares.
#include "script/run/job.h"

#include <stdlib.h>

#include "script/run/report.h"
#include "script/worker/frame.h"

enum {
    FRAME_OUTPUT = DTL_FRAME_USER,
    FRAME_GIVE,
    FRAME_WARNING,
    FRAME_LOG,
    FRAME_REMARKS,
    FRAME_ASK,
    FRAME_ASK_PLUGIN,
    FRAME_ABOUT,
};

static bool send_packed(dtl_job *job, uint32_t type, dtl_buf *frame, dtl_error *err)
{
    bool ok = dtl_channel_send(job->channel, type, dtl_buf_str(frame), err);
    dtl_buf_release(frame);
    return ok;
}

bool dtl_job_output(dtl_job *job, dtl_str key, dtl_str bytes, dtl_str ledger, dtl_error *err)
{
    dtl_buf frame = {0};
    dtl_buf_reserve(&frame, key.size + bytes.size + ledger.size + 64);
    dtl_pack_str(&frame, key);
    dtl_pack_str(&frame, bytes);
    dtl_pack_str(&frame, ledger);
    return send_packed(job, FRAME_OUTPUT, &frame, err);
}

bool dtl_job_about(dtl_job *job, const dtl_about *about, dtl_error *err)
{
    dtl_buf frame = {0};
    dtl_pack_str(&frame, about->title);
    dtl_pack_str(&frame, about->summary);
    dtl_pack_str(&frame, about->style);
    dtl_pack_int(&frame, about->date);
    return send_packed(job, FRAME_ABOUT, &frame, err);
}

bool dtl_job_give(dtl_job *job, dtl_str payload, dtl_error *err)
{
    return dtl_channel_send(job->channel, FRAME_GIVE, payload, err);
}

bool dtl_job_ask(dtl_job *job, dtl_str payload, dtl_buf *answer, dtl_error *err)
{
    return dtl_channel_ask(job->channel, FRAME_ASK, payload, answer, err);
}

bool dtl_job_warn(dtl_job *job, const dtl_error *warning, dtl_error *err)
{
    dtl_buf frame = {0};
    dtl_pack_error(&frame, warning);
    return send_packed(job, FRAME_WARNING, &frame, err);
}

bool dtl_job_remark(dtl_job *job, dtl_str lines, dtl_error *err)
{
    return lines.size == 0 || dtl_channel_send(job->channel, FRAME_REMARKS, lines, err);
}

static void log_line(void *context, dtl_str line)
{
    dtl_job *job = context;
    dtl_error lost = {0};  // the host is gone: the next result will say so
    (void)!dtl_channel_send(job->channel, FRAME_LOG, line, &lost);
}

static bool bad_frame(dtl_error *err)
{
    return dtl_error_set(err, DTL_EINTERNAL, "the worker sent a frame that makes no sense");
}

static bool on_output(const dtl_job *job, dtl_str payload, dtl_error *err)
{
    dtl_str key;
    dtl_str bytes;
    dtl_str ledger;
    if (!dtl_unpack_str(&payload, &key) || !dtl_unpack_str(&payload, &bytes) ||
        !dtl_unpack_str(&payload, &ledger))
        return bad_frame(err);
    return job->events->output(job->events->context, key, bytes, ledger, err);
}

static bool on_about(const dtl_job *job, dtl_str payload, dtl_error *err)
{
    dtl_about about;
    int64_t date;
    if (!dtl_unpack_str(&payload, &about.title) || !dtl_unpack_str(&payload, &about.summary) ||
        !dtl_unpack_str(&payload, &about.style) || !dtl_unpack_int(&payload, &date))
        return bad_frame(err);
    about.date = date < INT32_MIN || date > INT32_MAX ? DTL_DATE_NONE : (dtl_date)date;
    if (job->events->about)
        job->events->about(job->events->context, &about);
    return true;
}

// In the host: tells each line of a plugin's remarks.
static void tell_remarks(const dtl_job *job, dtl_str lines)
{
    const dtl_run_events *events = job->events;
    while (lines.size) {
        size_t size = dtl_str_find(lines, DTL_STR("\n"));
        dtl_str line = dtl_str_slice(lines, 0, size);
        dtl_error warning = {0};
        lines = dtl_str_slice(lines, line.size + 1, lines.size);
        if (job->remarks_are_logged) {
            if (events->log)
                events->log(events->context, line);
            continue;
        }
        dtl_error_set(&warning, DTL_ESCRIPT, "%.*s", DTL_ARG(line));
        if (events->warning)
            events->warning(events->context, &warning);
    }
}

static bool on_frame(void *context, uint32_t type, dtl_str payload, dtl_error *err)
{
    const dtl_job *job = context;
    dtl_error warning;
    switch (type) {
    case FRAME_OUTPUT:
        return on_output(job, payload, err);
    case FRAME_GIVE:
        return job->take ? job->take(job->take_context, payload, err) : bad_frame(err);
    case FRAME_ABOUT:
        return on_about(job, payload, err);
    case FRAME_WARNING:
        if (!dtl_unpack_error(&payload, &warning))
            return bad_frame(err);
        if (job->events->warning)
            job->events->warning(job->events->context, &warning);
        return true;
    case FRAME_REMARKS:
        tell_remarks(job, payload);
        return true;
    case FRAME_LOG:
        if (job->events->log)
            job->events->log(job->events->context, payload);
        return true;
    default:
        return bad_frame(err);
    }
}

static bool on_ask(void *context, uint32_t type, dtl_str payload, dtl_buf *answer, dtl_error *err)
{
    const dtl_job *job = context;
    const dtl_extensions *extensions = &job->options->extensions;
    if (type == FRAME_ASK_PLUGIN && extensions->answer) {
        dtl_buf remarks = {0};
        bool ok = extensions->answer(extensions->context, payload, &remarks, answer, err);
        tell_remarks(job, dtl_buf_str(&remarks));
        dtl_buf_release(&remarks);
        return ok;
    }
    if (type != FRAME_ASK || !job->ask)
        return bad_frame(err);
    return job->ask(job->ask_context, payload, answer, err);
}

// In the worker: asks about plugins.
static bool ask_plugin(void *context, dtl_str question, dtl_buf *answer, dtl_error *err)
{
    const dtl_job *job = context;
    return dtl_channel_ask(job->channel, FRAME_ASK_PLUGIN, question, answer, err);
}

static bool open_store(dtl_job *job, dtl_error *err)
{
    const dtl_store_ref *ref = &job->options->store;
    if (ref->path)
        return dtl_store_open(ref->path, DTL_STORE_READ, &job->store, err);
    return dtl_store_open_image(ref->image, ref->image_size, &job->store, err);
}

static void note_place(void *context, dtl_str file, int64_t line)
{
    const dtl_job *job = context;
    if (job->channel)
        dtl_channel_at(job->channel, file, line);
}

// Opens and reads once, while files may still be opened.
static bool prepare(void *context, dtl_error *err)
{
    dtl_job *job = context;
    const dtl_dataset *datasets;
    size_t count;
    if (!open_store(job, err))
        return false;
    job->session = dtl_session_new(job->store, job->options->as_of);
    dtl_session_set_style(job->session, job->options->style);
    if (!dtl_session_datasets(job->session, &datasets, &count, err))
        return false;
    dtl_state_options options = {
        .limits = job->options->limits,
        .module_root = job->script ? job->script->module_root : NULL,
        .shared_root = job->script ? job->script->shared_root : NULL,
        .log = log_line,
        .log_context = job,
        .at = note_place,
        .at_context = job,
        .ask = job->options->extensions.answer ? ask_plugin : NULL,
        .ask_context = job,
        .debug = job->options->debug,
    };
    if (!dtl_state_new(&options, &job->state, err))
        return false;
    dtl_state_set_context(job->state, job->session);
    return dtl_add_natives(job->state, err) &&
           dtl_store_guard(job->store, dtl_guard_stop, dtl_state_guard(job->state), err);
}

static bool load(void *context, dtl_channel *channel, dtl_error *err)
{
    dtl_job *job = context;
    job->channel = channel;
    return dtl_report_load_native(job, job->report, err);
}

static bool work(void *context, dtl_channel *channel, dtl_error *err)
{
    dtl_job *job = context;
    job->channel = channel;
    dtl_guard *guard = dtl_state_guard(job->state);
    dtl_guard_arm(guard, dtl_state_lua(job->state));
    bool ok = job->work(job, err);
    dtl_guard_disarm(guard);
    return ok;
}

// Only matters in-process: a worker ends with all it holds.
static void release(dtl_job *job)
{
    dtl_state_free(job->state);
    dtl_session_free(job->session);
    dtl_store_close(job->store);
}

bool dtl_job_run(dtl_job *job, dtl_error *err)
{
    const char *roots[2];
    size_t root_count = 0;
    if (job->script && job->script->module_root)
        roots[root_count++] = job->script->module_root;
    if (job->script && job->script->shared_root)
        roots[root_count++] = job->script->shared_root;
    const char **folders = NULL;
    size_t folder_count = 0;
    if (job->report) {
        folders = dtl_realloc_array(NULL, job->report->check_count + 1, sizeof *folders);
        folder_count = dtl_report_native_folders(job->report, folders);
    }
    dtl_worker_options options = {
        .wall_ms = job->options->limits.wall_ms,
        .memory_bytes = job->options->limits.memory_bytes,
        .output_bytes = job->options->limits.output_bytes,
        .steps_max = job->steps_max,
        .read_roots = roots,
        .read_root_count = root_count,
        .prepare = prepare,
        .load = folder_count ? load : NULL,
        .load_roots = folders,
        .load_root_count = folder_count,
        .on_ask = on_ask,
        .in_process = job->options->in_process,
        .limits_are_fixed = job->options->limits.fixed,
    };
    bool ok = dtl_worker_run(work, job, on_frame, job, &options, err);
    release(job);
    free(folders);
    return ok;
}

void dtl_job_set_global(lua_State *L, const char *name)
{
    // A main function's first upvalue is its environment.
    if (!lua_getupvalue(L, -2, 1)) {
        lua_pop(L, 1);
        return;
    }
    lua_insert(L, -2);
    lua_pushstring(L, name);
    lua_insert(L, -2);
    lua_rawset(L, -3);
    lua_pop(L, 1);
}
