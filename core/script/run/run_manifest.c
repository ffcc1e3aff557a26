// core/script/run/run_manifest.c - a dataset's manifest file, read in a worker like any other script.
#include "script/worker/frame.h"
#include "script/run/job.h"
#include "script/run/manifest.h"

enum {
    LIST_MAX = 4096
};  // of columns, headers, formats, marks: more is no manifest

static void pack_list(dtl_buf *out, const dtl_str *list, size_t count)
{
    dtl_pack_int(out, (int64_t)count);
    for (size_t i = 0; i < count; i++)
        dtl_pack_str(out, list[i]);
}

static void pack_marks(dtl_buf *out, const dtl_missing_mark *marks, size_t count)
{
    dtl_pack_int(out, (int64_t)count);
    for (size_t i = 0; i < count; i++) {
        dtl_pack_str(out, marks[i].mark);
        dtl_pack_str(out, marks[i].reason);
    }
}

static void pack_dataset(dtl_buf *out, const dtl_dataset *d)
{
    const dtl_str texts[] = {d->name,        d->title,    d->publisher, d->licence,
                             d->attribution, d->homepage, d->caveat};
    for (size_t i = 0; i < DTL_COUNT(texts); i++)
        dtl_pack_str(out, texts[i]);
    const int64_t numbers[] = {d->grain,       d->week_end,       d->kind,
                               d->provisional, d->absent_is_zero, d->fold};
    for (size_t i = 0; i < DTL_COUNT(numbers); i++)
        dtl_pack_int(out, numbers[i]);
    pack_list(out, d->date_formats, d->date_format_count);
    pack_marks(out, d->missing, d->missing_count);
    dtl_pack_int(out, (int64_t)d->column_count);
    for (size_t i = 0; i < d->column_count; i++) {
        const dtl_column *c = &d->columns[i];
        dtl_pack_str(out, c->name);
        dtl_pack_str(out, c->title);
        dtl_pack_str(out, c->unit);
        dtl_pack_int(out, c->role);
        dtl_pack_int(out, c->optional);
        dtl_pack_int(out, c->may_be_negative);
        pack_list(out, c->headers, c->header_count);
        pack_marks(out, c->missing, c->missing_count);
    }
}

typedef struct taker {
    dtl_arena *arena;
    dtl_dataset *out;
    bool taken;
} taker;

static bool take_str(dtl_arena *arena, dtl_str *at, dtl_str *out)
{
    dtl_str text;
    if (!dtl_unpack_str(at, &text))
        return false;
    *out = dtl_arena_str(arena, text);
    return true;
}

static bool take_count(dtl_str *at, size_t *out)
{
    int64_t count;
    if (!dtl_unpack_int(at, &count) || count < 0 || count > LIST_MAX)
        return false;
    *out = (size_t)count;
    return true;
}

static bool take_list(dtl_arena *arena, dtl_str *at, const dtl_str **out, size_t *count)
{
    if (!take_count(at, count))
        return false;
    dtl_str *list = dtl_arena_alloc(arena, (*count + 1) * sizeof *list);
    *out = list;
    for (size_t i = 0; i < *count; i++)
        if (!take_str(arena, at, &list[i]))
            return false;
    return true;
}

static bool take_marks(dtl_arena *arena, dtl_str *at, const dtl_missing_mark **out, size_t *count)
{
    if (!take_count(at, count))
        return false;
    dtl_missing_mark *marks = dtl_arena_alloc(arena, (*count + 1) * sizeof *marks);
    *out = marks;
    for (size_t i = 0; i < *count; i++)
        if (!take_str(arena, at, &marks[i].mark) || !take_str(arena, at, &marks[i].reason))
            return false;
    return true;
}

static bool take_column(dtl_arena *arena, dtl_str *at, dtl_column *c)
{
    int64_t role;
    int64_t optional;
    int64_t negative;
    if (!take_str(arena, at, &c->name) || !take_str(arena, at, &c->title) ||
        !take_str(arena, at, &c->unit) || !dtl_unpack_int(at, &role) || role < 0 ||
        role > DTL_ROLE_IGNORED || !dtl_unpack_int(at, &optional) || !dtl_unpack_int(at, &negative))
        return false;
    c->role = (dtl_role)role;
    c->optional = optional != 0;
    c->may_be_negative = negative != 0;
    return take_list(arena, at, &c->headers, &c->header_count) &&
           take_marks(arena, at, &c->missing, &c->missing_count);
}

static bool take_numbers(dtl_str *at, dtl_dataset *d)
{
    int64_t n[6];
    for (size_t i = 0; i < DTL_COUNT(n); i++)
        if (!dtl_unpack_int(at, &n[i]))
            return false;
    if (n[0] < 0 || n[0] > DTL_GRAIN_EVENT || n[1] < 0 || n[1] > 7 || n[2] < 0 ||
        n[2] > DTL_RELEASE_HAND)
        return false;
    d->grain = (dtl_grain)n[0];
    d->week_end = (int)n[1];
    d->kind = (dtl_release_kind)n[2];
    d->provisional = n[3] != 0;
    d->absent_is_zero = n[4] != 0;
    d->fold = n[5] != 0;
    return true;
}

static bool take_dataset(dtl_arena *arena, dtl_str *at, dtl_dataset *d)
{
    dtl_str *const texts[] = {&d->name,        &d->title,    &d->publisher, &d->licence,
                              &d->attribution, &d->homepage, &d->caveat};
    *d = (dtl_dataset){0};
    for (size_t i = 0; i < DTL_COUNT(texts); i++)
        if (!take_str(arena, at, texts[i]))
            return false;
    if (!take_numbers(at, d) || !take_list(arena, at, &d->date_formats, &d->date_format_count) ||
        !take_marks(arena, at, &d->missing, &d->missing_count) || !take_count(at, &d->column_count))
        return false;
    dtl_column *columns = dtl_arena_alloc(arena, (d->column_count + 1) * sizeof *columns);
    d->columns = columns;
    for (size_t i = 0; i < d->column_count; i++)
        if (!take_column(arena, at, &columns[i]))
            return false;
    return true;
}

static bool take(void *context, dtl_str payload, dtl_error *err)
{
    taker *t = context;
    t->taken = take_dataset(t->arena, &payload, t->out);
    if (!t->taken)
        return dtl_error_set(err, DTL_EINTERNAL, "the worker sent a manifest that makes no sense");
    return dtl_dataset_check(t->out, err);  // the sender is not trusted
}

static bool work(dtl_job *job, dtl_error *err)
{
    dtl_arena arena = {0};
    dtl_dataset dataset;
    dtl_bundled bundled;
    dtl_buf packed = {0};
    bool ok = dtl_state_load(job->state, job->script->file, job->script->source, err) &&
              dtl_state_call(job->state, 0, 1, err) &&
              dtl_manifest_read(dtl_state_lua(job->state), job->script->file, &arena, &dataset,
                                &bundled, err);
    if (ok) {
        pack_dataset(&packed, &dataset);
        ok = dtl_job_give(job, dtl_buf_str(&packed), err);
    }
    dtl_buf_release(&packed);
    dtl_arena_release(&arena);
    return ok;
}

static bool no_output(void *context, dtl_str key, dtl_str bytes, dtl_str ledger, dtl_error *err)
{
    (void)context;
    (void)key;
    (void)bytes;
    (void)ledger;
    return dtl_error_set(err, DTL_EINTERNAL, "a manifest has no output");
}

bool dtl_run_manifest(const dtl_script *script, const dtl_run_options *options, dtl_arena *arena,
                      dtl_dataset *out, dtl_error *err)
{
    taker t = {.arena = arena, .out = out};
    dtl_run_events events = {.output = no_output};
    dtl_job job = {.options = options,
                   .events = &events,
                   .script = script,
                   .work = work,
                   .take = take,
                   .take_context = &t};
    if (!dtl_job_run(&job, err))
        return false;
    return t.taken || dtl_error_set(err, DTL_EINTERNAL, "the worker sent no manifest");
}
