// core/plugin/lua_plugin.c - plugins written in Lua, used from outside of a report.
#include "plugin/lua_plugin.h"

#include "plugin/service.h"

enum {
    VERIFY_MS = 2000,
    IMPORT_MS = 60000,
    IMPORT_MEMORY = 512 * 1024 * 1024,  // Lua holds the whole file, and what it makes of it
    IMPORT_OUTPUT = 256 * 1024 * 1024,
};

static dtl_run_options options_for(const dtl_store_ref *store, dtl_plugin_service *service)
{
    return (dtl_run_options){.store = *store,
                             .as_of = DTL_MOMENT_LATEST,
                             .limits = DTL_LIMITS_DEFAULT,
                             .extensions = dtl_plugin_service_extensions(service)};
}

bool dtl_lua_plugin_verify(const dtl_plugin_info *info, const dtl_store_ref *store, dtl_error *err)
{
    dtl_arena arena = {0};
    dtl_plugin_service *service = dtl_plugin_service_new_for(info, false, &arena);
    dtl_run_options options = options_for(store, service);
    options.limits.wall_ms = VERIFY_MS;
    options.limits.fixed = true;
    bool ok = dtl_run_plugin_verify(info->name, &options, err);
    dtl_arena_release(&arena);
    return ok;
}

bool dtl_lua_plugin_import(const dtl_plugin_info *info, dtl_str name, const dtl_source_file *file,
                           const dtl_store_ref *store, dtl_arena *arena, dtl_importer *out,
                           dtl_error *err)
{
    dtl_plugin_service *service = dtl_plugin_service_new_for(info, true, arena);
    dtl_run_options options = options_for(store, service);
    options.limits.wall_ms = IMPORT_MS;
    options.limits.memory_bytes = IMPORT_MEMORY;
    options.limits.output_bytes = IMPORT_OUTPUT;
    options.limits.fixed = true;
    return dtl_run_importer(name, file, &options, arena, out, err);
}
