// core/plugin/registry.h - which plugins there are, and which one provides a thing that the core has not.
//
// Nothing is looked for until something is not found in the core: a run that uses no plugin reads no
// manifest. The order is --plugin, beside the report, the user's folder, the installed folder; a
// duplicate name in one place is an error that shows both paths.
#ifndef DTL_PLUGIN_REGISTRY_H
#define DTL_PLUGIN_REGISTRY_H

#include "plugin/manifest.h"

typedef struct dtl_plugin_search {
    const char *const *paths;  // --plugin PATH, in order: a plugin's folder, or a folder of plugins
    size_t path_count;
    // Its plugins/ is searched, and the plugin whose reports/ it is; NULL: none.
    const char *report_folder;
} dtl_plugin_search;

// Every plugin, broken ones too, in order of search; all in [arena].
size_t dtl_plugins_list(const dtl_plugin_search *search, dtl_arena *arena, dtl_plugin_info **out);
// The first usable plugin that provides [kind] [name]; by extension when [name] is empty. A name may say
// whose it is, "PLUGIN:NAME". NULL when none does; a broken plugin that declares it is then told in [err]
// (DTL_EUSAGE), else [err] is left.
const dtl_plugin_info *dtl_plugins_provider(const dtl_plugin_search *search, dtl_provide_kind kind,
                                            dtl_str name, dtl_str extension, dtl_arena *arena,
                                            dtl_error *err);
// What [plugin] provides as [kind] [name] (by [extension] when [name] is empty), or NULL.
const dtl_provision *dtl_plugin_provision(const dtl_plugin_info *plugin, dtl_provide_kind kind,
                                          dtl_str name, dtl_str extension);
// What all usable plugins provide of [kind], by name; their endings in [endings] (NULL: not wanted), as
// "ods fods", one text for each. In [arena].
size_t dtl_plugins_names(const dtl_plugin_search *search, dtl_provide_kind kind, dtl_arena *arena,
                         dtl_str **names, dtl_str **endings);
// The plugin called [name], or NULL.
const dtl_plugin_info *dtl_plugins_named(const dtl_plugin_search *search, dtl_str name,
                                         dtl_arena *arena);

#endif
