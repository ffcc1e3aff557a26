// core/plugin/native_host.h - the host's side of one call into a native plugin.
//
// Internal to core/plugin.
#ifndef DTL_PLUGIN_NATIVE_HOST_H
#define DTL_PLUGIN_NATIVE_HOST_H

#include "dateline/plugin.h"

#include "doc/doc.h"

enum {
    DTL_NATIVE_OUTPUT_MAX = 64 * 1024 * 1024,  // bytes that one renderer may make
};

typedef struct dtl_native_memory dtl_native_memory;

struct dtl_plugin_call {
    const char *plugin;   // its name, NUL-terminated, for messages
    dtl_str file;         // the file at hand, or ""
    dtl_code code;        // of what the plugin says went wrong
    dtl_error failure;    // its first
    const dtl_doc *doc;   // of a renderer and a check; NULL: there is none
    dtl_buf *output;      // of a renderer; NULL: there is none
    size_t output_max;    // bytes that this call may add
    int64_t deadline_ms;  // by the monotonic clock; 0: none
    int64_t wall_ms;      // the limit itself, for messages
    size_t memory_max;
    size_t memory_used;
    dtl_native_memory *memory;  // what allocate gave and release did not take back
    // A remark of the plugin's; NULL: dropped.
    void (*on_warning)(void *context, dtl_str text);
    void *warning_context;
    dtl_arena scratch;  // texts made for node_get_text
};

extern const dtl_plugin_host dtl_native_host;

// The deadline of a call that starts now and may take [wall_ms].
int64_t dtl_native_deadline(int64_t wall_ms);
// Why the call failed: what the plugin said, or a limit that it broke, or that it did not say.
bool dtl_native_failed(const dtl_plugin_call *call, dtl_error *err);
// Frees what is left of the call's memory.
void dtl_native_call_release(dtl_plugin_call *call);

#endif
