// core/plugin/service.h - the host's side of what runs ask about plugins (script/run/extend.h): finds them,
// checks their grants, hands out their files, calls native functions, acts for those who may.
//
// One service a run. Nothing is looked for before something is asked.
#ifndef DTL_PLUGIN_SERVICE_H
#define DTL_PLUGIN_SERVICE_H

#include "plugin/registry.h"
#include "script/run/extend.h"

typedef struct dtl_plugin_service dtl_plugin_service;

// Lives in [arena], as all that it finds does. [search] is copied; the paths in it are borrowed.
dtl_plugin_service *dtl_plugin_service_new(const dtl_plugin_search *search, dtl_arena *arena);
// One that knows [info] alone, which is borrowed. Unless its grant was checked ([granted]), nothing
// that needs one is done.
dtl_plugin_service *dtl_plugin_service_new_for(const dtl_plugin_info *info, bool granted,
                                               dtl_arena *arena);
// For dtl_run_options. [service] is borrowed.
dtl_extensions dtl_plugin_service_extensions(dtl_plugin_service *service);

// The plugin that provides [kind] [name] (by [extension] when [name] is empty), usable and granted;
// [*out] is NULL when none does. Belongs to the service.
DTL_CHECK
bool dtl_plugin_service_find(dtl_plugin_service *service, dtl_provide_kind kind, dtl_str name,
                             dtl_str extension, const dtl_plugin_info **out, dtl_error *err);
// What could be found: the names of usable plugins' [kind], and endings (dtl_plugins_names).
size_t dtl_plugin_service_names(const dtl_plugin_service *service, dtl_provide_kind kind,
                                dtl_arena *arena, dtl_str **names, dtl_str **endings);
// A renderer or check of [info], for dtl_report_options. [out] lives as long as the service.
dtl_extension dtl_plugin_service_extension(dtl_plugin_service *service, const dtl_plugin_info *info,
                                           dtl_provide_kind kind, dtl_str name);

#endif
