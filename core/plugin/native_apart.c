// core/plugin/native_apart.c - a function of a native plugin, called for a script in a worker of its own:
// native code and the script never share a process.
#include <stdio.h>

#include "plugin/native.h"
#include "plugin/native_host.h"
#include "script/run/extend.h"
#include "script/worker/frame.h"
#include "script/worker/worker.h"

enum {
    FRAME_VALUE = DTL_FRAME_USER,
    FRAME_REMARKS,
    ARGUMENTS_MAX = 16,
    CALL_MS = 5000,
    CALL_MEMORY = 64 * 1024 * 1024,
    LABEL_BYTES = 160,
};

typedef struct apart {
    const dtl_plugin_info *info;
    dtl_str name;
    dtl_plugin_value arguments[ARGUMENTS_MAX];
    size_t count;
    dtl_buf *answer;
    dtl_buf *remarks;
} apart;

static bool unpack_value(dtl_str *at, dtl_plugin_value *out)
{
    static const uint32_t kinds[] = {
        [DTL_VALUE_NIL] = DTL_PLUGIN_VALUE_NIL,
        [DTL_VALUE_INTEGER] = DTL_PLUGIN_VALUE_INTEGER,
        [DTL_VALUE_TEXT] = DTL_PLUGIN_VALUE_TEXT,
        [DTL_VALUE_FRACTION] = DTL_PLUGIN_VALUE_FRACTION,
    };
    int64_t kind;
    dtl_str text;
    if (!dtl_unpack_int(at, &kind) || kind < 0 || kind >= (int64_t)DTL_COUNT(kinds))
        return false;
    *out = (dtl_plugin_value){.kind = kinds[kind]};
    switch ((dtl_value_kind)kind) {
    case DTL_VALUE_NIL:
        return true;
    case DTL_VALUE_INTEGER:
        return dtl_unpack_int(at, &out->integer);
    case DTL_VALUE_TEXT:
        if (!dtl_unpack_str(at, &text))
            return false;
        out->text = (dtl_plugin_text){text.data, text.size};
        return true;
    case DTL_VALUE_FRACTION:
        return dtl_unpack_int(at, &out->integer) && dtl_unpack_int(at, &out->denominator);
    }
    return false;
}

static void pack_value(dtl_buf *out, const dtl_plugin_value *value)
{
    switch (value->kind) {
    case DTL_PLUGIN_VALUE_INTEGER:
        dtl_pack_int(out, DTL_VALUE_INTEGER);
        dtl_pack_int(out, value->integer);
        break;
    case DTL_PLUGIN_VALUE_TEXT:
        dtl_pack_int(out, DTL_VALUE_TEXT);
        dtl_pack_str(out, (dtl_str){value->text.data, value->text.size});
        break;
    case DTL_PLUGIN_VALUE_FRACTION:
        dtl_pack_int(out, DTL_VALUE_FRACTION);
        dtl_pack_int(out, value->integer);
        dtl_pack_int(out, value->denominator);
        break;
    default:
        dtl_pack_int(out, DTL_VALUE_NIL);
    }
}

static bool load(void *context, dtl_channel *channel, dtl_error *err)
{
    const apart *a = context;
    (void)channel;
    return dtl_native_load(a->info, err);
}

static bool work(void *context, dtl_channel *channel, dtl_error *err)
{
    apart *a = context;
    dtl_plugin_value value;
    dtl_arena arena = {0};
    dtl_buf packed = {0};
    dtl_buf remarks = {0};
    dtl_error lost = {0};  // the host is gone: the answer will say so
    char part[LABEL_BYTES];
    snprintf(part, sizeof part, "in its function %.*s", DTL_ARG(a->name));
    dtl_channel_by(channel, "", part);
    bool ok =
        dtl_native_call(a->info, a->name, a->arguments, a->count, &arena, &value, &remarks, err);
    if (remarks.size)
        (void)!dtl_channel_send(channel, FRAME_REMARKS, dtl_buf_str(&remarks), &lost);
    if (ok) {
        pack_value(&packed, &value);
        ok = dtl_channel_send(channel, FRAME_VALUE, dtl_buf_str(&packed), err);
    }
    dtl_buf_release(&packed);
    dtl_buf_release(&remarks);
    dtl_arena_release(&arena);
    return ok;
}

static bool on_frame(void *context, uint32_t type, dtl_str payload, dtl_error *err)
{
    apart *a = context;
    if (type == FRAME_REMARKS) {
        dtl_buf_add_str(a->remarks, payload);
        return true;
    }
    if (type != FRAME_VALUE)
        return dtl_error_set(err, DTL_ESCRIPT, "the plugin %.*s sent what makes no sense",
                             DTL_ARG(a->info->name));
    dtl_buf_add_str(a->answer, payload);
    return true;
}

bool dtl_native_call_apart(const dtl_plugin_info *info, dtl_str name, dtl_str arguments,
                           dtl_buf *remarks, dtl_buf *answer, dtl_error *err)
{
    int64_t count;
    char label[LABEL_BYTES];
    apart a = {.info = info, .name = name, .answer = answer, .remarks = remarks};
    bool ok = dtl_unpack_int(&arguments, &count) && count >= 0 && count <= ARGUMENTS_MAX;
    for (; ok && a.count < (size_t)count; a.count++)
        ok = unpack_value(&arguments, &a.arguments[a.count]);
    if (!ok)
        return dtl_error_set(err, DTL_EINTERNAL, "a call of %.*s that makes no sense",
                             DTL_ARG(name));
    snprintf(label, sizeof label, "the plugin %.*s", DTL_ARG(info->name));
    const dtl_worker_options options = {.wall_ms = CALL_MS,
                                        .memory_bytes = CALL_MEMORY,
                                        .output_bytes = CALL_MEMORY,
                                        .load = load,
                                        .load_roots = &info->folder.data,
                                        .load_root_count = 1,
                                        .name = label};
    return dtl_worker_run(work, &a, on_frame, &a, &options, err);
}
