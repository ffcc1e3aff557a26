// core/plugin/native.h - native plugins (dateline/plugin.h): loaded, checked, and run in a worker.
//
// A library that was loaded stays loaded until its process ends. A problem of the plugin itself
// is DTL_EUSAGE and names the library; a problem of the file it reads is DTL_EDATA.
#ifndef DTL_PLUGIN_NATIVE_H
#define DTL_PLUGIN_NATIVE_H

#include "dateline/plugin.h"

#include "doc/doc.h"
#include "import/import.h"
#include "plugin/manifest.h"

// Loads the library in a process of its own, asks for its description, compares it with the manifest
// and the ABI. What is wrong is told in [err]: file, what was wanted, what was found, what to do.
DTL_CHECK
bool dtl_native_verify(const dtl_plugin_info *info, dtl_error *err);
// The same in this process, which may then be confined: what follows below finds the library there.
// The library's own code runs: only where nothing it does can do harm.
DTL_CHECK
bool dtl_native_load(const dtl_plugin_info *info, dtl_error *err);

typedef struct dtl_native_limits {
    int64_t wall_ms;
    size_t memory_bytes;  // what host->allocate gives; the process may take this and 48 MB more
    size_t output_bytes;  // of all records
    bool in_process;      // for debuggers and leak checkers: no worker, nothing confined
} dtl_native_limits;
extern const dtl_native_limits dtl_native_usual_limits;

// How sure the importer [name] is that [file] is its own: 0 (it is not) to 100, asked in a worker. An
// importer without a probe gives 1.
DTL_CHECK
bool dtl_native_probe(const dtl_plugin_info *info, dtl_str name, const dtl_source_file *file,
                      int *score, dtl_error *err);

// Reads one file with a native plugin's importer [name]: in a worker (script/worker/worker.h) that is confined
// and limited, whose records come back through the pipe. [out] is an importer over what came back,
// for dtl_import_file; its records live in [arena]. Errors name file, sheet row and column.
// [limits]: NULL for the usual ones.
DTL_CHECK
bool dtl_native_import(const dtl_plugin_info *info, dtl_str name, const dtl_source_file *file,
                       const dtl_native_limits *limits, dtl_arena *arena, dtl_importer *out,
                       dtl_error *err);

// What follows is called in the run's own worker, which called dtl_native_load between the two steps
// of its confinement (script/worker/confine.h).

// What it says by host->warn is added to [remarks], a line each, whether or not the call succeeds.

// Renders [doc] with a native plugin's renderer [name]; [out] is as it was on failure.
DTL_CHECK
bool dtl_native_render(const dtl_plugin_info *info, dtl_str name, const dtl_doc *doc, dtl_buf *out,
                       dtl_buf *remarks, dtl_error *err);
// Runs a native check; each finding is added to [findings] as a line; on failure to [remarks].
DTL_CHECK
bool dtl_native_check(const dtl_plugin_info *info, dtl_str name, const dtl_doc *doc,
                      dtl_buf *findings, dtl_buf *remarks, dtl_error *err);
// Calls a function for scripts. A text in [out] is copied into [arena].
DTL_CHECK
bool dtl_native_call(const dtl_plugin_info *info, dtl_str name, const dtl_plugin_value *arguments,
                     size_t count, dtl_arena *arena, dtl_plugin_value *out, dtl_buf *remarks,
                     dtl_error *err);
// The same in a worker of its own, from any process, with packed arguments and a packed value
// (script/run/extend.h): for functions that scripts call.
DTL_CHECK
bool dtl_native_call_apart(const dtl_plugin_info *info, dtl_str name, dtl_str arguments,
                           dtl_buf *remarks, dtl_buf *answer, dtl_error *err);

#endif
