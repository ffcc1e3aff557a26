// core/plugin/install.h - plugins put into the user's folder, and taken out of it.
//
// Each change is one rename: whoever lists plugins meanwhile sees the old one or the new one, whole.
#ifndef DTL_PLUGIN_INSTALL_H
#define DTL_PLUGIN_INSTALL_H

#include "plugin/manifest.h"

typedef struct dtl_installed {
    dtl_plugin_info info;  // as it stands in the user's folder
    bool replaced;         // another was there,
    dtl_str old_version;   // of this version; "" when its manifest was broken
    bool same_files;       // as far as a grant looks at them (dtl_plugin_digest)
} dtl_installed;

// Copies the plugin in the folder or archive [from] into the user's folder, under its own name, in
// place of an older one of that name. On failure that is as it was, and nothing else is left.
// DTL_EDATA: the archive or what it holds is refused, or the manifest is wrong, or a file that it
// names is not there. DTL_ELIMIT: more or larger files than a plugin may have (folder.h). DTL_EUSAGE:
// [from] is neither, or holds no plugin or several, or something else bears the name. [out] lives in
// [arena].
DTL_CHECK
bool dtl_plugin_install(const char *from, dtl_arena *arena, dtl_installed *out, dtl_error *err);
// Removes a plugin of the user's folder. DTL_EUSAGE: it stands elsewhere.
DTL_CHECK
bool dtl_plugin_uninstall(const dtl_plugin_info *info, dtl_error *err);

typedef void dtl_plugin_finding_fn(void *context, const dtl_error *finding);
// Whether every file that the manifest names is there; each that is not is told to [on_finding].
bool dtl_plugin_check_files(const dtl_plugin_info *info, dtl_plugin_finding_fn *on_finding,
                            void *context);
// A source in C that is newer than the plugin's library, in [arena]; "" when there is none.
dtl_str dtl_plugin_newer_source(const dtl_plugin_info *info, dtl_arena *arena);
// The file that [provision] is, "reports/NAME.lua", in [arena]; "" when it is code.
dtl_str dtl_plugin_file_of(const dtl_provision *provision, dtl_arena *arena);

#endif
