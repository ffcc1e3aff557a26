// core/app/plugin_import.h - an import of any file: what the core does not read, a plugin may.
#ifndef DTL_APP_PLUGIN_IMPORT_H
#define DTL_APP_PLUGIN_IMPORT_H

#include "import/import.h"
#include "plugin/registry.h"

// As dtl_import_file; but where the core reads no files called like [path], the plugin that does is
// looked for and reads it in a process of its own: among several importers that take its ending, the one
// whose probe is surest; of a file whose ending nobody takes, or which has none, the native importer that
// is surer than the core. [report] starts as zeroes. DTL_EUSAGE: the plugin has
// not been granted what it asks for; DTL_EDATA: it refused the file.
DTL_CHECK
bool dtl_plugin_import_file(dtl_store *store, const dtl_plugin_search *search, const char *path,
                            const dtl_import_options *options, dtl_import_report *report,
                            dtl_error *err);

#endif
