// core/script/run/extend.h - what plugins add to a run, as this layer sees it: it asks the host, which
// knows where plugins are and what they were granted (plugin/extensions.h).
//
// A Lua plugin runs in the worker, in an environment of its own. Its files come through questions,
// so that a run that uses none looks for none. Native code that a run needs from its start (a
// renderer, a check) is brought in before the worker is confined; its functions are called by the host.
#ifndef DTL_SCRIPT_EXTEND_H
#define DTL_SCRIPT_EXTEND_H

#include "import/import.h"
#include "script/run/run.h"

// What a worker asks. A question is its number and texts, packed (frame.h), as is the answer.
typedef enum dtl_question {
    // kind, name ("style", "newsroom"; or "plugin", "social") -> a dtl_plugin_answer; an empty answer
    // when no plugin provides it.
    DTL_ASK_FIND = 1,
    // plugin, module ("lib.words") -> found (0 or 1), file, source.
    DTL_ASK_MODULE,
    // plugin, function, count, values -> a value: of a native plugin.
    DTL_ASK_CALL,
    // plugin, action ("read", "write", "request"), count, texts -> a text: needs a capability.
    DTL_ASK_ACT,
} dtl_question;

// A value on its way to a native function or back.
typedef enum dtl_value_kind {
    DTL_VALUE_NIL,
    DTL_VALUE_INTEGER,   // an integer
    DTL_VALUE_TEXT,      // a text
    DTL_VALUE_FRACTION,  // two integers
} dtl_value_kind;

// A plugin as the worker gets it.
typedef struct dtl_plugin_answer {
    dtl_str name, version;
    dtl_str label;   // its folder, as messages show it
    dtl_str source;  // main.lua; "" for a native one
    bool native;
    size_t provides;  // how many pairs of kind and name follow, packed, in [rest]
    dtl_str rest;
} dtl_plugin_answer;

void dtl_pack_plugin(dtl_buf *out, const dtl_plugin_answer *plugin);
// Texts are borrowed. False: it makes no sense.
DTL_CHECK
bool dtl_unpack_plugin(dtl_str *at, dtl_plugin_answer *out);

// Checks that a plugin's main.lua runs and registers what plugin.json declares. [options]->extensions
// must find it as the plugin [plugin].
DTL_CHECK
bool dtl_run_plugin_verify(dtl_str plugin, const dtl_run_options *options, dtl_error *err);

// Reads [file] with the Lua importer [name]; [out] is an importer over what came back, for
// dtl_import_file; its records live in [arena]. DTL_EDATA names the file's own line.
DTL_CHECK
bool dtl_run_importer(dtl_str name, const dtl_source_file *file, const dtl_run_options *options,
                      dtl_arena *arena, dtl_importer *out, dtl_error *err);

// A bulletin that was written, for publishers.
typedef struct dtl_written {
    dtl_str path;    // the file; "" for standard output
    dtl_str format;  // "html"
    dtl_str report;  // "latest-developments"
    dtl_str key;     // of one among several: "2024-10-18"; else ""
    dtl_about about;
    dtl_str bytes;
} dtl_written;

// Hands [bulletin] to the Lua publisher [name]; what it prints is logged.
DTL_CHECK
bool dtl_run_publisher(dtl_str name, const dtl_written *bulletin, const dtl_run_options *options,
                       const dtl_run_events *events, dtl_error *err);

#endif
