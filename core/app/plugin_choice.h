// core/app/plugin_choice.h - where commands about plugins look for them, and which one is meant.
#ifndef DTL_APP_PLUGIN_CHOICE_H
#define DTL_APP_PLUGIN_CHOICE_H

#include "app/options.h"
#include "plugin/registry.h"

// For a command that runs no report: plugins/ under reports/ where that folder is, else here.
// [paths] (NULL: none) is borrowed.
dtl_plugin_search dtl_plugin_choice(const dtl_option_list *paths);
// The plugin that [wanted] means: what has a slash is its folder; anything else its name, else its
// folder. A plugin that is not usable is found too. NULL with DTL_EUSAGE: there is none; names the nearest.
const dtl_plugin_info *dtl_plugin_choice_find(const char *wanted, const dtl_plugin_search *search,
                                              dtl_arena *arena, dtl_error *err);
// Why [wanted] is no plugin: with the nearest of [names], when one is near. Returns false.
bool dtl_plugin_choice_unknown(dtl_str wanted, const dtl_str *names, size_t count, dtl_error *err);
// What it provides, in few words: "importer ods, renderer outline".
void dtl_plugin_choice_provides(const dtl_plugin_info *info, dtl_buf *out);

#endif
