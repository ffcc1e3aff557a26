// core/plugin/lua_plugin.h - plugins written in Lua, used from outside of a report. Each runs in a worker,
// with what it was granted.
#ifndef DTL_PLUGIN_LUA_PLUGIN_H
#define DTL_PLUGIN_LUA_PLUGIN_H

#include "plugin/manifest.h"
#include "script/run/extend.h"

// Runs main.lua and compares what it registers with what plugin.json declares. It needs no grant, and
// nothing that needs one is done for it. [store] is what scripts may read.
DTL_CHECK
bool dtl_lua_plugin_verify(const dtl_plugin_info *info, const dtl_store_ref *store, dtl_error *err);
// Reads one file with the importer [name] of a plugin whose grant was checked (grants.h); [out] is an importer over what came back, whose records
// live in [arena].
DTL_CHECK
bool dtl_lua_plugin_import(const dtl_plugin_info *info, dtl_str name, const dtl_source_file *file,
                           const dtl_store_ref *store, dtl_arena *arena, dtl_importer *out,
                           dtl_error *err);

#endif
