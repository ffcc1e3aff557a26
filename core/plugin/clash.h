// core/plugin/clash.h - what of a plugin is not reached by its name or ending, as something else has it.
#ifndef DTL_PLUGIN_CLASH_H
#define DTL_PLUGIN_CLASH_H

#include "plugin/registry.h"

// [text]: "--to html means the program's own; this one is --to mine:html".
typedef void dtl_clash_fn(void *context, const dtl_provision *provision, dtl_str text);

// Tells each name and ending of [info]'s provisions that the program has itself, or that one of
// [plugins], as dtl_plugins_list gave them, provides before it. One that is not among them is looked at
// as if it came first, as with --plugin.
void dtl_plugin_clashes(const dtl_plugin_info *info, const dtl_plugin_info *plugins, size_t count,
                        dtl_clash_fn *tell, void *context);

#endif
