// core/plugin/native.h - native plugins (dateline/plugin.h): loaded, checked, and run in a worker.
#ifndef DTL_PLUGIN_NATIVE_H
#define DTL_PLUGIN_NATIVE_H

#include "dateline/plugin.h"

#include "doc/doc.h"
#include "import/import.h"
#include "plugin/manifest.h"
#include "render/render.h"

// Reads one file with a native plugin's importer [name]: in a worker (script/worker.h) that is confined
// and limited, whose records come back through the pipe. [out] is an importer over what came back,
// for dtl_import_file; its records live in [arena]. Errors name file, sheet row and column.
DTL_CHECK
bool dtl_native_import(const dtl_plugin_info *info, dtl_str name, const dtl_source_file *file,
                       dtl_arena *arena, dtl_importer *out, dtl_error *err);
// Renders [doc] with a native plugin's renderer [name]. Called in the run's own worker.
DTL_CHECK
bool dtl_native_render(const dtl_plugin_info *info, dtl_str name, const dtl_doc *doc, dtl_buf *out,
                       dtl_error *err);
// Runs a native check; each finding is added to [findings] as a line.
DTL_CHECK
bool dtl_native_check(const dtl_plugin_info *info, dtl_str name, const dtl_doc *doc,
                      dtl_buf *findings, dtl_error *err);
// Loads the library, asks for its description, compares it with the manifest and the ABI. What is
// wrong is told in [err]: file, what was wanted, what was found, what to do.
DTL_CHECK
bool dtl_native_verify(const dtl_plugin_info *info, dtl_error *err);

#endif
