// core/plugin/native_load.h - a native plugin's library and what it says of itself.
//
// Internal to core/plugin.
#ifndef DTL_PLUGIN_NATIVE_LOAD_H
#define DTL_PLUGIN_NATIVE_LOAD_H

#include "dateline/plugin.h"

#include "plugin/manifest.h"

// The library's own description, after every check of dtl_native_verify.
DTL_CHECK
bool dtl_native_describe(const dtl_plugin_info *info, const dtl_plugin **out, dtl_error *err);

// What the description provides under [name]. DTL_EUSAGE: nothing of that kind and name.
DTL_CHECK
bool dtl_native_find_importer(const dtl_plugin_info *info, dtl_str name,
                              const dtl_plugin_importer **out, dtl_error *err);
DTL_CHECK
bool dtl_native_find_renderer(const dtl_plugin_info *info, dtl_str name,
                              const dtl_plugin_renderer **out, dtl_error *err);
DTL_CHECK
bool dtl_native_find_check(const dtl_plugin_info *info, dtl_str name, const dtl_plugin_check **out,
                           dtl_error *err);
DTL_CHECK
bool dtl_native_find_function(const dtl_plugin_info *info, dtl_str name,
                              const dtl_plugin_function **out, dtl_error *err);

static inline dtl_str dtl_native_text(dtl_plugin_text text)
{
    return (dtl_str){text.data, text.data ? text.size : 0};
}

static inline dtl_plugin_text dtl_native_lend(dtl_str text)
{
    return (dtl_plugin_text){text.data ? text.data : "", text.size};
}

#endif
