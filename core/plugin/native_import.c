// core/plugin/native_import.c - reads a file with a plugin's importer, in a worker.
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "plugin/native.h"
#include "plugin/native_host.h"
#include "plugin/native_load.h"
#include "script/worker/frame.h"
#include "script/worker/records.h"
#include "script/worker/worker.h"

enum {
    FRAME_RECORDS = DTL_FRAME_USER,
    FRAME_REMARK,
    RECORDS_MAX = 5000000,  // of one file
    RECORDS_BETWEEN_LOOKS = 1024,
    TEXT_MAX = 1 << 20,  // bytes of one cell, as dtl_importer_limits has it
    FIELDS_MAX = 16384,
    NAME_BYTES = 100,
    LABEL_BYTES = NAME_BYTES + 12,
};

const dtl_native_limits dtl_native_usual_limits = {
    .wall_ms = 60000,
    .memory_bytes = (size_t)128 << 20,
    .output_bytes = (size_t)256 << 20,
};

typedef struct import_run {
    const dtl_plugin_info *info;
    dtl_str name;
    const dtl_source_file *file;
    const dtl_native_limits *limits;
    char plugin[NAME_BYTES];  // its name alone
    char label[LABEL_BYTES];  // "the plugin ods"

    // In the worker.
    const dtl_plugin_importer *importer;
    dtl_channel *channel;
    dtl_error lost;  // the host is gone
    dtl_buf packed;
    dtl_field *fields;
    dtl_arena arena;

    // In the host.
    dtl_records *records;
} import_run;

// ---- in the worker ----

static bool load(void *context, dtl_channel *channel, dtl_error *err)
{
    import_run *run = context;
    (void)channel;
    return dtl_native_find_importer(run->info, run->name, &run->importer, err);
}

static bool flush(import_run *run, dtl_error *err)
{
    bool ok = run->packed.size == 0 ||
              dtl_channel_send(run->channel, FRAME_RECORDS, dtl_buf_str(&run->packed), err);
    dtl_buf_clear(&run->packed);
    return ok;
}

static void send_remark(void *context, dtl_str text)
{
    import_run *run = context;
    if (!dtl_channel_send(run->channel, FRAME_REMARK, text, &run->lost))
        run->lost.code = DTL_EIO;
}

static bool refuse(const import_run *run, int64_t line, dtl_error *err)
{
    return dtl_error_at(err, run->file->path, line, 0);
}

static bool take_record(import_run *run, const dtl_plugin_record *record, dtl_error *err)
{
    if (record->field_count > FIELDS_MAX) {
        dtl_error_set(err, DTL_ELIMIT, "a row of %zu cells, and %d are allowed",
                      record->field_count, FIELDS_MAX);
        return refuse(run, record->line, err);
    }
    for (size_t i = 0; i < record->field_count; i++) {
        const dtl_plugin_field *field = &record->fields[i];
        if (!field->is_empty && !field->text.data && field->text.size) {
            dtl_error_set(err, DTL_ESCRIPT,
                          "the plugin %s gave a cell of %zu bytes that are nowhere", run->plugin,
                          field->text.size);
            return refuse(run, record->line, err);
        }
        if (field->text.size > TEXT_MAX) {
            dtl_error_set(err, DTL_ELIMIT, "a cell of %zu bytes, and %d are allowed",
                          field->text.size, TEXT_MAX);
            return refuse(run, record->line, err);
        }
        run->fields[i] =
            (dtl_field){.text = field->is_empty ? DTL_STR("") : dtl_native_text(field->text)};
    }
    const dtl_record packed = {.fields = run->fields,
                               .count = record->field_count,
                               .line = record->line,
                               .sheet = dtl_native_text(record->sheet)};
    dtl_records_pack(&run->packed, &packed);
    return run->packed.size < DTL_RECORDS_BATCH_BYTES || flush(run, err);
}

static bool read_records(import_run *run, void *state, dtl_plugin_call *call, dtl_error *err)
{
    for (int64_t count = 0;; count++) {
        dtl_plugin_record record = {.size = sizeof record};
        int more = run->importer->next(state, call, &record);
        if (more < 0 || call->failure.code != DTL_OK)
            return dtl_native_failed(call, err);
        if (more == 0)
            return flush(run, err);
        if (count % RECORDS_BETWEEN_LOOKS == 0) {
            dtl_channel_at(run->channel, run->file->path, record.line);
            if (dtl_native_host.cancelled(call))
                return dtl_native_failed(call, err);
        }
        if (count == RECORDS_MAX) {
            dtl_error_set(err, DTL_ELIMIT, "more than %d rows", RECORDS_MAX);
            return refuse(run, 0, err);
        }
        if (!take_record(run, &record, err))
            return false;
    }
}

// What is said of it if the process ends.
static void enter(const import_run *run, const char *function)
{
    char part[LABEL_BYTES + 24];
    snprintf(part, sizeof part, "in %s of its importer %.*s", function, DTL_ARG(run->name));
    dtl_channel_by(run->channel, "", part);
}

static bool read_file(import_run *run, dtl_plugin_call *call, dtl_error *err)
{
    const dtl_plugin_file file = {
        .size = sizeof file,
        .path = dtl_native_lend(run->file->path),
        .bytes = dtl_native_lend(run->file->bytes),
    };
    enter(run, "open");
    void *state = run->importer->open(&dtl_native_host, call, &file);
    if (!state)
        return dtl_native_failed(call, err);
    enter(run, "next");
    bool ok = read_records(run, state, call, err);
    enter(run, "close");
    run->importer->close(state);
    return ok;
}

static bool work(void *context, dtl_channel *channel, dtl_error *err)
{
    import_run *run = context;
    run->channel = channel;
    dtl_plugin_call call = {
        .plugin = run->plugin,
        .file = run->file->path,
        .code = DTL_EDATA,
        .deadline_ms = dtl_native_deadline(run->limits->wall_ms),
        .wall_ms = run->limits->wall_ms,
        .memory_max = run->limits->memory_bytes,
        .on_warning = send_remark,
        .warning_context = run,
    };
    run->fields = dtl_realloc_array(NULL, FIELDS_MAX, sizeof *run->fields);
    bool ok = read_file(run, &call, err);
    if (ok && run->lost.code) {
        *err = run->lost;
        ok = false;
    }
    free(run->fields);
    dtl_buf_release(&run->packed);
    dtl_native_call_release(&call);
    return ok;
}

// ---- in the host ----

static bool on_frame(void *context, uint32_t type, dtl_str payload, dtl_error *err)
{
    import_run *run = context;
    dtl_error remark = {0};
    switch (type) {
    case FRAME_RECORDS:
        return dtl_records_add(run->records, payload, err);
    case FRAME_REMARK:
        dtl_error_set(&remark, DTL_EDATA, "%.*s", DTL_ARG(payload));
        dtl_error_at(&remark, run->file->path, 0, 0);
        dtl_records_warn(run->records, &remark);
        return true;
    default:
        return dtl_error_set(err, DTL_ESCRIPT, "%s sent what makes no sense", run->label);
    }
}

bool dtl_native_import(const dtl_plugin_info *info, dtl_str name, const dtl_source_file *file,
                       const dtl_native_limits *limits, dtl_arena *arena, dtl_importer *out,
                       dtl_error *err)
{
    import_run run = {.info = info,
                      .name = name,
                      .file = file,
                      .limits = limits ? limits : &dtl_native_usual_limits,
                      .records = dtl_records_new(arena)};
    snprintf(run.plugin, sizeof run.plugin, "%.*s", DTL_ARG(info->name));
    snprintf(run.label, sizeof run.label, "the plugin %s", run.plugin);
    const dtl_worker_options options = {
        .wall_ms = run.limits->wall_ms,
        .memory_bytes = run.limits->memory_bytes,
        .output_bytes = run.limits->output_bytes,
        .load = load,
        .load_roots = &info->folder.data,
        .load_root_count = 1,
        .in_process = run.limits->in_process,
        .name = run.label,
    };
    if (!dtl_worker_run(work, &run, on_frame, &run, &options, err)) {
        if (!err->file[0])
            dtl_error_at(err, file->path, 0, 0);
        return false;
    }
    *out = dtl_records_importer(run.records, dtl_arena_str(arena, name).data);
    return true;
}
