// core/plugin/native.c - a plugin's renderers, checks and functions, called; and a plugin verified.
#include "plugin/native.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/utf8.h"
#include "plugin/native_host.h"
#include "plugin/native_load.h"
#include "script/worker/worker.h"

enum {
    VERIFY_MS = 2000,
    LABEL_BYTES = 160,
    FUNCTION_MEMORY = 16 * 1024 * 1024,
    RENDER_MEMORY = 64 * 1024 * 1024,
    FINDINGS_MAX = 1000,
};

// ---- verifying ----

typedef struct verification {
    const dtl_plugin_info *info;
} verification;

static bool load(void *context, dtl_channel *channel, dtl_error *err)
{
    const verification *v = context;
    (void)channel;
    return dtl_native_load(v->info, err);
}

static bool no_work(void *context, dtl_channel *channel, dtl_error *err)
{
    (void)context;
    (void)channel;
    (void)err;
    return true;
}

static bool no_frame(void *context, uint32_t type, dtl_str payload, dtl_error *err)
{
    (void)context;
    (void)type;
    (void)payload;
    return dtl_error_set(err, DTL_ESCRIPT, "a library that is only looked at sent something");
}

bool dtl_native_verify(const dtl_plugin_info *info, dtl_error *err)
{
    char label[LABEL_BYTES];
    verification v = {info};
    snprintf(label, sizeof label, "the plugin %.*s", DTL_ARG(info->name));
    const dtl_worker_options options = {.wall_ms = VERIFY_MS,
                                        .memory_bytes = FUNCTION_MEMORY,
                                        .load = load,
                                        .load_roots = &info->folder.data,
                                        .load_root_count = 1,
                                        .name = label};
    if (dtl_worker_run(no_work, &v, no_frame, NULL, &options, err))
        return true;
    return err->file[0] ? false : dtl_error_at(err, info->folder, 0, 0);
}

bool dtl_native_load(const dtl_plugin_info *info, dtl_error *err)
{
    const dtl_plugin *plugin;
    return dtl_native_describe(info, &plugin, err);
}

// ---- a document ----

typedef struct doc_call {
    dtl_plugin_call call;
    char plugin[LABEL_BYTES];
    dtl_buf *said;      // by host->warn
    const char *whose;  // before each line of it
    size_t count;
} doc_call;

// One line each, whatever the plugin says.
static void add_line(void *context, dtl_str text)
{
    doc_call *c = context;
    if (c->count++ >= FINDINGS_MAX)
        return;
    if (c->whose)
        dtl_buf_printf(c->said, "the plugin %s: ", c->whose);
    for (size_t i = 0; i < text.size; i++)
        dtl_buf_add_char(c->said, text.data[i] == '\n' ? ' ' : text.data[i]);
    dtl_buf_add_char(c->said, '\n');
}

static void start(doc_call *c, const dtl_plugin_info *info, const dtl_doc *doc, dtl_buf *remarks)
{
    snprintf(c->plugin, sizeof c->plugin, "%.*s", DTL_ARG(info->name));
    c->said = remarks;
    c->whose = c->plugin;
    c->count = 0;
    c->call = (dtl_plugin_call){
        .plugin = c->plugin,
        .code = DTL_ESCRIPT,
        .doc = doc,
        .memory_max = doc ? RENDER_MEMORY : FUNCTION_MEMORY,
        .on_warning = add_line,
        .warning_context = c,
    };
}

static bool end(doc_call *c, bool done, dtl_error *err)
{
    bool ok = (done && c->call.failure.code == DTL_OK) || dtl_native_failed(&c->call, err);
    dtl_native_call_release(&c->call);
    return ok;
}

static const dtl_plugin_node *root_of(const dtl_doc *doc)
{
    return (const dtl_plugin_node *)dtl_doc_get_root(doc);
}

bool dtl_native_render(const dtl_plugin_info *info, dtl_str name, const dtl_doc *doc, dtl_buf *out,
                       dtl_buf *remarks, dtl_error *err)
{
    const dtl_plugin_renderer *renderer;
    doc_call c;
    size_t before = out->size;
    if (!dtl_native_find_renderer(info, name, &renderer, err))
        return false;
    start(&c, info, doc, remarks);
    c.call.output = out;
    c.call.output_max = DTL_NATIVE_OUTPUT_MAX;
    if (end(&c, renderer->render(&dtl_native_host, &c.call, root_of(doc)) != 0, err))
        return true;
    out->size = before;
    return false;
}

bool dtl_native_check(const dtl_plugin_info *info, dtl_str name, const dtl_doc *doc, dtl_buf *out,
                      dtl_buf *remarks, dtl_error *err)
{
    const dtl_plugin_check *check;
    doc_call c;
    size_t before = out->size;
    if (!dtl_native_find_check(info, name, &check, err))
        return false;
    start(&c, info, doc, out);
    c.whose = NULL;
    if (end(&c, check->check(&dtl_native_host, &c.call, root_of(doc)) != 0, err))
        return true;
    dtl_buf_add_str(remarks, dtl_str_slice(dtl_buf_str(out), before, out->size));
    out->size = before;
    return false;
}

// ---- functions ----

static bool check_text(dtl_plugin_text text, dtl_error *err)
{
    if (!text.data && text.size)
        return dtl_error_set(err, DTL_ESCRIPT, "a text of %zu bytes that is nowhere", text.size);
    size_t bad = dtl_utf8_check(dtl_native_text(text));
    return bad == SIZE_MAX ||
           dtl_error_set(err, DTL_ESCRIPT, "a text that is no valid UTF-8 from byte %zu", bad + 1);
}

// Says what of [value] is wrong, as what a function gave.
static bool check_value(const dtl_plugin_value *value, dtl_error *err)
{
    switch (value->kind) {
    case DTL_PLUGIN_VALUE_NIL:
    case DTL_PLUGIN_VALUE_INTEGER:
        return true;
    case DTL_PLUGIN_VALUE_TEXT:
        return check_text(value->text, err);
    case DTL_PLUGIN_VALUE_FRACTION:
        if (value->denominator > 0)
            return true;
        dtl_error_set(err, DTL_ESCRIPT, "a fraction whose denominator is %" PRId64,
                      value->denominator);
        return dtl_error_expected(err, "a denominator above 0");
    default:
        dtl_error_set(err, DTL_ESCRIPT, "a value of the unknown kind %" PRIu32, value->kind);
        return dtl_error_expected(err, "a DTL_PLUGIN_VALUE: NIL, INTEGER, TEXT or FRACTION");
    }
}

static bool take_value(const dtl_plugin_info *info, dtl_str name, dtl_arena *arena,
                       dtl_plugin_value *value, dtl_error *err)
{
    dtl_error what = {0};
    if (!check_value(value, &what)) {
        dtl_error_set(err, what.code, "the plugin %.*s: its function %.*s gave %s",
                      DTL_ARG(info->name), DTL_ARG(name), what.message);
        if (what.expected[0])
            dtl_error_expected(err, "%s", what.expected);
        return false;
    }
    if (value->kind == DTL_PLUGIN_VALUE_TEXT)
        value->text = dtl_native_lend(dtl_arena_str(arena, dtl_native_text(value->text)));
    return true;
}

bool dtl_native_call(const dtl_plugin_info *info, dtl_str name, const dtl_plugin_value *arguments,
                     size_t count, dtl_arena *arena, dtl_plugin_value *out, dtl_buf *remarks,
                     dtl_error *err)
{
    const dtl_plugin_function *function;
    doc_call c;
    if (!dtl_native_find_function(info, name, &function, err))
        return false;
    start(&c, info, NULL, remarks);
    *out = (dtl_plugin_value){.kind = DTL_PLUGIN_VALUE_NIL};
    bool done = function->call(&dtl_native_host, &c.call, arguments, count, out) != 0 &&
                (c.call.failure.code != DTL_OK || take_value(info, name, arena, out, err));
    if (err->code != DTL_OK) {
        dtl_native_call_release(&c.call);
        return false;
    }
    return end(&c, done, err);
}
