// core/plugin/grants.h - what the user has allowed each plugin, kept with the plugin's digest.
//
// Kept in $XDG_CONFIG_HOME/dateline/grants.json, outside every plugin's folder. A grant is for the files
// that it was given to, wherever a copy of them stands; each copy of a plugin may have one of its own. A
// plugin whose files changed has to be allowed again.
#ifndef DTL_PLUGIN_GRANTS_H
#define DTL_PLUGIN_GRANTS_H

#include "plugin/manifest.h"

// Whether all that [info] asks for has been granted to exactly these files. False with DTL_EUSAGE
// says what is asked, whether it was granted to other files, and the command that grants it.
// Plugins of the installed folder need no grant: whoever installed the program chose them.
DTL_CHECK
bool dtl_grants_check(const dtl_plugin_info *info, dtl_error *err);
// Records that [info] may have what it asks for, in place of what the plugin in its folder was granted
// before; with read-files, beneath [folders] alone, which are kept as absolute paths. The file is written
// whole or not at all. DTL_EUSAGE: one is no folder.
DTL_CHECK
bool dtl_grants_add(const dtl_plugin_info *info, const dtl_str *folders, size_t folder_count,
                    dtl_error *err);
// The folders that [info] may read beneath, by the grant to these files; in [arena].
DTL_CHECK
bool dtl_grants_folders(const dtl_plugin_info *info, dtl_arena *arena, dtl_str **out, size_t *count,
                        dtl_error *err);
// Those of its latest grant, which may have been to other files of the same folder; in [arena].
DTL_CHECK
bool dtl_grants_folders_before(const dtl_plugin_info *info, dtl_arena *arena, dtl_str **out,
                               size_t *count, dtl_error *err);
// What the plugin in [info]'s folder was granted goes; a copy elsewhere keeps its own.
DTL_CHECK
bool dtl_grants_remove(const dtl_plugin_info *info, dtl_error *err);
// The same, and what its very files were granted elsewhere: it has nothing after that. [*revoked]:
// whether there was anything.
DTL_CHECK
bool dtl_grants_revoke(const dtl_plugin_info *info, bool *revoked, dtl_error *err);
// What all plugins called [name] were granted goes.
DTL_CHECK
bool dtl_grants_revoke_name(dtl_str name, dtl_error *err);
// The names of the plugins that were granted something, there or not; in [arena].
DTL_CHECK
bool dtl_grants_names(dtl_arena *arena, dtl_str **out, size_t *count, dtl_error *err);

#endif
