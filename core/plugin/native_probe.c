// core/plugin/native_probe.c - whether a file is an importer's own, asked in a worker.
#include <stdio.h>

#include "plugin/native.h"
#include "plugin/native_load.h"
#include "script/worker/frame.h"
#include "script/worker/worker.h"

enum {
    FRAME_SCORE = DTL_FRAME_USER,
    PROBE_MS = 2000,
    PROBE_MEMORY = 64 * 1024 * 1024,
    LABEL_BYTES = 160,
    SCORE_MOST = 100,
};

typedef struct probe_run {
    const dtl_plugin_info *info;
    dtl_str name;
    const dtl_source_file *file;
    const dtl_plugin_importer *importer;  // in the worker
    int score;                            // in the host
} probe_run;

static int ask(const dtl_plugin_importer *importer, const dtl_source_file *file)
{
    const dtl_plugin_file given = {
        .size = sizeof given,
        .path = dtl_native_lend(file->path),
        .bytes = dtl_native_lend(file->bytes),
    };
    int score = importer->probe ? importer->probe(&given) : 1;
    if (score < 0)
        return 0;
    return score < SCORE_MOST ? score : SCORE_MOST;
}

static bool load(void *context, dtl_channel *channel, dtl_error *err)
{
    probe_run *run = context;
    (void)channel;
    return dtl_native_find_importer(run->info, run->name, &run->importer, err);
}

static bool work(void *context, dtl_channel *channel, dtl_error *err)
{
    const probe_run *run = context;
    dtl_buf packed = {0};
    char part[LABEL_BYTES];
    snprintf(part, sizeof part, "in probe of its importer %.*s", DTL_ARG(run->name));
    dtl_channel_by(channel, "", part);
    dtl_pack_int(&packed, ask(run->importer, run->file));
    bool ok = dtl_channel_send(channel, FRAME_SCORE, dtl_buf_str(&packed), err);
    dtl_buf_release(&packed);
    return ok;
}

static bool on_frame(void *context, uint32_t type, dtl_str payload, dtl_error *err)
{
    probe_run *run = context;
    int64_t score;
    if (type != FRAME_SCORE || !dtl_unpack_int(&payload, &score) || score < 0 || score > SCORE_MOST)
        return dtl_error_set(err, DTL_ESCRIPT, "the plugin %.*s sent what makes no sense",
                             DTL_ARG(run->info->name));
    run->score = (int)score;
    return true;
}

bool dtl_native_probe(const dtl_plugin_info *info, dtl_str name, const dtl_source_file *file,
                      int *score, dtl_error *err)
{
    char label[LABEL_BYTES];
    probe_run run = {.info = info, .name = name, .file = file};
    snprintf(label, sizeof label, "the plugin %.*s", DTL_ARG(info->name));
    const dtl_worker_options options = {.wall_ms = PROBE_MS,
                                        .memory_bytes = PROBE_MEMORY,
                                        .load = load,
                                        .load_roots = &info->folder.data,
                                        .load_root_count = 1,
                                        .name = label};
    bool ok = dtl_worker_run(work, &run, on_frame, &run, &options, err);
    *score = run.score;
    return ok || err->file[0] ? ok : dtl_error_at(err, file->path, 0, 0);
}
