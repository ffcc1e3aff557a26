// core/plugin/service.c - the host's side of what runs ask about plugins.
//
// What comes from a worker is hostile until it is checked: it is told of plugins that the user could
// name as well, and acts only through one that it was given in this run, with that one's grant.
#include "plugin/service.h"

#include "plugin/actions.h"
#include "plugin/folder.h"
#include "plugin/grants.h"
#include "plugin/native.h"
#include "script/worker/frame.h"

enum {
    TEXTS_MAX = 16
};

typedef struct met {
    const dtl_plugin_info *info;
    struct met *next;
} met;

struct dtl_plugin_service {
    dtl_plugin_search search;
    dtl_arena *arena;
    met *met;                     // those handed out in this run
    const dtl_plugin_info *only;  // the one it knows; NULL: it searches
    bool refuses;                 // to act
    dtl_buf *remarks;             // of the question at hand
};

typedef struct extension_of {
    const dtl_plugin_info *info;
    dtl_provide_kind kind;
    dtl_str name;
} extension_of;

dtl_plugin_service *dtl_plugin_service_new(const dtl_plugin_search *search, dtl_arena *arena)
{
    dtl_plugin_service *service = dtl_arena_alloc(arena, sizeof *service);
    *service = (dtl_plugin_service){.search = *search, .arena = arena};
    return service;
}

dtl_plugin_service *dtl_plugin_service_new_for(const dtl_plugin_info *info, bool granted,
                                               dtl_arena *arena)
{
    dtl_plugin_service *service = dtl_arena_alloc(arena, sizeof *service);
    met *known = dtl_arena_alloc(arena, sizeof *known);
    *known = (met){info, NULL};
    *service =
        (dtl_plugin_service){.arena = arena, .only = info, .refuses = !granted, .met = known};
    return service;
}

static const dtl_plugin_info *find_met(const dtl_plugin_service *service, dtl_str name)
{
    for (const met *m = service->met; m; m = m->next)
        if (dtl_str_equal(m->info->name, name))
            return m->info;
    return NULL;
}

// Usable and granted, and from now on one that this run has met.
static bool meet(dtl_plugin_service *service, const dtl_plugin_info *info, dtl_error *err)
{
    if (!info->usable) {
        *err = info->problem;
        err->code = DTL_EUSAGE;
        return false;
    }
    if (find_met(service, info->name))
        return true;
    if (!dtl_grants_check(info, err))
        return false;
    met *m = dtl_arena_alloc(service->arena, sizeof *m);
    *m = (met){info, service->met};
    service->met = m;
    return true;
}

bool dtl_plugin_service_find(dtl_plugin_service *service, dtl_provide_kind kind, dtl_str name,
                             dtl_str extension, const dtl_plugin_info **out, dtl_error *err)
{
    dtl_error broken = {0};
    *out = NULL;
    if (service->only) {
        for (size_t i = 0; i < service->only->provide_count; i++)
            if (service->only->provides[i].kind == kind &&
                dtl_str_equal(service->only->provides[i].name, name))
                *out = service->only;
        return true;
    }
    *out = dtl_plugins_provider(&service->search, kind, name, extension, service->arena, &broken);
    if (*out)
        return meet(service, *out, err);
    if (broken.code == DTL_OK)
        return true;
    *err = broken;
    return false;
}

size_t dtl_plugin_service_names(const dtl_plugin_service *service, dtl_provide_kind kind,
                                dtl_arena *arena, dtl_str **names, dtl_str **endings)
{
    return dtl_plugins_names(&service->search, kind, arena, names, endings);
}

// ---- native renderers and checks ----

static bool load_native(void *context, dtl_error *err)
{
    const extension_of *e = context;
    return dtl_native_load(e->info, err);
}

static bool call_native(void *context, const dtl_doc *doc, dtl_buf *out, dtl_buf *remarks,
                        dtl_error *err)
{
    const extension_of *e = context;
    return e->kind == DTL_PROVIDE_CHECK
               ? dtl_native_check(e->info, e->name, doc, out, remarks, err)
               : dtl_native_render(e->info, e->name, doc, out, remarks, err);
}

dtl_extension dtl_plugin_service_extension(dtl_plugin_service *service, const dtl_plugin_info *info,
                                           dtl_provide_kind kind, dtl_str name)
{
    dtl_extension extension = {.name = name};
    if (info->library.size) {
        extension_of *e = dtl_arena_alloc(service->arena, sizeof *e);
        *e = (extension_of){info, kind, dtl_plugin_provision(info, kind, name, DTL_STR(""))->name};
        extension.load = load_native;
        extension.folder = info->folder.data;
        extension.call = call_native;
        extension.context = e;
        extension.by =
            dtl_arena_printf(service->arena, "the plugin %.*s", DTL_ARG(info->name)).data;
        extension.part = dtl_arena_printf(service->arena, "in its %s %.*s",
                                          dtl_provide_kind_name(kind), DTL_ARG(e->name))
                             .data;
    }
    return extension;
}

// ---- questions ----

static bool bad_question(dtl_error *err)
{
    return dtl_error_set(err, DTL_EINTERNAL, "a question about a plugin that makes no sense");
}

static bool find_by_kind(dtl_plugin_service *service, dtl_str kind, dtl_str name,
                         const dtl_plugin_info **out, dtl_error *err)
{
    *out = NULL;
    if (dtl_str_equal(kind, DTL_STR("plugin"))) {
        *out = find_met(service, name);
        if (!*out && !service->only)
            *out = dtl_plugins_named(&service->search, name, service->arena);
        return !*out || meet(service, *out, err);
    }
    for (int i = 0; i < DTL_PROVIDE_KINDS; i++)
        if (dtl_str_equal(kind, dtl_str_from(dtl_provide_kind_name((dtl_provide_kind)i))))
            return dtl_plugin_service_find(service, (dtl_provide_kind)i, name, DTL_STR(""), out,
                                           err);
    return bad_question(err);
}

static bool read_script(const dtl_plugin_info *info, dtl_str file, dtl_buf *out, dtl_error *err)
{
    return dtl_folder_read(info->folder.data, file.data, DTL_PLUGIN_SCRIPT_MAX_BYTES, out, err);
}

static bool answer_find(dtl_plugin_service *service, dtl_str question, dtl_buf *answer,
                        dtl_error *err)
{
    dtl_str kind;
    dtl_str name;
    const dtl_plugin_info *info;
    dtl_buf source = {0};
    dtl_buf provides = {0};
    if (!dtl_unpack_str(&question, &kind) || !dtl_unpack_str(&question, &name))
        return bad_question(err);
    if (!find_by_kind(service, kind, name, &info, err))
        return false;
    if (!info)
        return true;
    bool native = info->library.size > 0;
    bool ok = native || !info->main.size || read_script(info, info->main, &source, err);
    for (size_t i = 0; ok && i < info->provide_count; i++) {
        dtl_pack_str(&provides, dtl_str_from(dtl_provide_kind_name(info->provides[i].kind)));
        dtl_pack_str(&provides, info->provides[i].name);
    }
    const dtl_plugin_answer plugin = {.name = info->name,
                                      .version = info->version,
                                      .label = info->folder,
                                      .source = dtl_buf_str(&source),
                                      .native = native,
                                      .provides = info->provide_count,
                                      .rest = dtl_buf_str(&provides)};
    if (ok)
        dtl_pack_plugin(answer, &plugin);
    dtl_buf_release(&provides);
    dtl_buf_release(&source);
    return ok;
}

// The plugin named at the front of [question], which this run must have met; else NULL.
static const dtl_plugin_info *unpack_met(const dtl_plugin_service *service, dtl_str *question,
                                         dtl_error *err)
{
    dtl_str name;
    const dtl_plugin_info *info = dtl_unpack_str(question, &name) ? find_met(service, name) : NULL;
    if (!info)
        bad_question(err);
    return info;
}

// "lib.words" is lib/words.lua in the plugin's folder.
static dtl_str file_of(dtl_str module, dtl_arena *arena)
{
    dtl_str file = dtl_arena_printf(arena, "%.*s.lua", DTL_ARG(module));
    char *text = (char *)file.data;  // the arena's own copy
    for (size_t i = 0; i + 4 < file.size; i++)
        if (text[i] == '.')
            text[i] = '/';
    return file;
}

static bool answer_module(dtl_plugin_service *service, dtl_str question, dtl_buf *answer,
                          dtl_error *err)
{
    dtl_str module;
    dtl_error absent = {0};
    dtl_buf source = {0};
    const dtl_plugin_info *info = unpack_met(service, &question, err);
    if (!info)
        return false;
    if (!dtl_unpack_str(&question, &module))
        return bad_question(err);
    dtl_str file = file_of(module, service->arena);
    // What does not count in the digest may change after the grant: it is no part of the plugin.
    bool found = dtl_folder_is_inside(file) && dtl_plugin_counts(file) &&
                 read_script(info, file, &source, &absent);
    dtl_str shown =
        dtl_arena_printf(service->arena, "%.*s/%.*s", DTL_ARG(info->folder), DTL_ARG(file));
    dtl_pack_int(answer, found);
    dtl_pack_str(answer, shown);
    dtl_pack_str(answer, dtl_buf_str(&source));
    dtl_buf_release(&source);
    return true;
}

static bool answer_call(dtl_plugin_service *service, dtl_str question, dtl_buf *answer,
                        dtl_error *err)
{
    dtl_str function;
    const dtl_plugin_info *info = unpack_met(service, &question, err);
    if (!info)
        return false;
    if (!dtl_unpack_str(&question, &function) || !info->library.size)
        return bad_question(err);
    return dtl_native_call_apart(info, function, question, service->remarks, answer, err);
}

static bool answer_act(dtl_plugin_service *service, dtl_str question, dtl_buf *answer,
                       dtl_error *err)
{
    dtl_str action;
    dtl_str texts[TEXTS_MAX];
    int64_t count;
    const dtl_plugin_info *info = unpack_met(service, &question, err);
    if (!info)
        return false;
    if (!dtl_unpack_str(&question, &action) || !dtl_unpack_int(&question, &count) || count < 0 ||
        count > TEXTS_MAX)
        return bad_question(err);
    for (int64_t i = 0; i < count; i++)
        if (!dtl_unpack_str(&question, &texts[i]))
            return bad_question(err);
    if (service->refuses)
        return dtl_error_set(err, DTL_EUSAGE, "host.%.*s is not for the time of loading",
                             DTL_ARG(action));
    return dtl_action_do(info, action, texts, (size_t)count, answer, err);
}

static bool answer(void *context, dtl_str question, dtl_buf *remarks, dtl_buf *out, dtl_error *err)
{
    static bool (*const answers[])(dtl_plugin_service *, dtl_str, dtl_buf *, dtl_error *) = {
        [DTL_ASK_FIND] = answer_find,
        [DTL_ASK_MODULE] = answer_module,
        [DTL_ASK_CALL] = answer_call,
        [DTL_ASK_ACT] = answer_act,
    };
    int64_t kind;
    if (!dtl_unpack_int(&question, &kind) || kind < DTL_ASK_FIND ||
        kind >= (int64_t)DTL_COUNT(answers))
        return bad_question(err);
    dtl_plugin_service *service = context;
    service->remarks = remarks;
    return answers[kind](service, question, out, err);
}

dtl_extensions dtl_plugin_service_extensions(dtl_plugin_service *service)
{
    return (dtl_extensions){answer, service};
}
