// core/plugin/grants.h - what the user has allowed each plugin, kept with the plugin's digest.
//
// Kept in $XDG_CONFIG_HOME/dateline/grants.json, outside every plugin's folder. A plugin whose files
// changed has to be allowed again.
#ifndef DTL_PLUGIN_GRANTS_H
#define DTL_PLUGIN_GRANTS_H

#include "plugin/manifest.h"

// Whether all that [info] asks for has been granted to exactly these files. False with DTL_EUSAGE
// says what is asked, whether it was granted to other files, and the command that grants it.
// Plugins of the installed folder need no grant: whoever installed the program chose them.
DTL_CHECK
bool dtl_grants_check(const dtl_plugin_info *info, dtl_error *err);
// Records that [info] may have what it asks for; with read-files, beneath [folders] alone, which are
// kept as absolute paths. The file is written whole or not at all. DTL_EUSAGE: one is no folder.
DTL_CHECK
bool dtl_grants_add(const dtl_plugin_info *info, const dtl_str *folders, size_t folder_count,
                    dtl_error *err);
// The folders that [info] may read beneath, by the grant to these files; in [arena].
DTL_CHECK
bool dtl_grants_folders(const dtl_plugin_info *info, dtl_arena *arena, dtl_str **out, size_t *count,
                        dtl_error *err);
DTL_CHECK
bool dtl_grants_remove(dtl_str name, dtl_error *err);
// The names of the plugins that were granted something, there or not; in [arena].
DTL_CHECK
bool dtl_grants_names(dtl_arena *arena, dtl_str **out, size_t *count, dtl_error *err);

#endif
