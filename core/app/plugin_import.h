// core/app/plugin_import.h - files that a plugin reads: looked for when the core reads none of their
// kind.
#ifndef DTL_APP_PLUGIN_IMPORT_H
#define DTL_APP_PLUGIN_IMPORT_H

#include "import/import.h"
#include "plugin/registry.h"

// What a plugin read of one file, for dtl_import_bytes. All zeroes: nothing yet.
typedef struct dtl_plugin_import {
    dtl_arena arena;
    dtl_buf bytes;
    dtl_importer importer;
    const dtl_importer *list[1];
    dtl_importer_list importers;
    bool used;  // whether a plugin reads this kind of file
} dtl_plugin_import;

// Looks for the plugin that reads files called like [path], and has it read the file (in a process of
// its own). [used] stays false, and nothing is read, when the core reads them itself or no plugin does.
// DTL_EUSAGE: the plugin has not been granted what it asks for; DTL_EDATA: it refused the file.
DTL_CHECK
bool dtl_plugin_import_read(dtl_plugin_import *import, const dtl_plugin_search *search,
                            const char *path, dtl_error *err);
void dtl_plugin_import_release(dtl_plugin_import *import);  // may be called twice

#endif
