// core/plugin/registry.c - which plugins there are, and which one provides a thing.
#include "plugin/registry.h"

#include <stdlib.h>
#include <unistd.h>

#include "plugin/folder.h"
#include "plugin/places.h"

typedef struct registry {
    dtl_arena *arena;
    dtl_plugin_info *plugins;  // on the heap while it grows
    size_t count;
} registry;

static void add_plugin(registry *r, const char *folder, dtl_plugin_origin origin)
{
    r->plugins = dtl_realloc_array(r->plugins, r->count + 1, sizeof *r->plugins);
    dtl_plugin_manifest_read(folder, origin, r->arena, &r->plugins[r->count++]);
}

static bool has_manifest(const char *folder, dtl_arena *arena)
{
    return access(dtl_arena_printf(arena, "%s/plugin.json", folder).data, F_OK) == 0;
}

// The plugins in the folders of [place]; a folder without a manifest is none.
static size_t add_place(registry *r, dtl_str place, dtl_plugin_origin origin)
{
    dtl_str *folders;
    size_t before = r->count;
    size_t count = place.size ? dtl_folder_folders(place.data, r->arena, &folders) : 0;
    for (size_t i = 0; i < count; i++)
        if (has_manifest(folders[i].data, r->arena))
            add_plugin(r, folders[i].data, origin);
    return r->count - before;
}

static void add_option(registry *r, const char *path)
{
    dtl_str trimmed = dtl_str_from(path);
    while (trimmed.size > 1 && trimmed.data[trimmed.size - 1] == '/')
        trimmed.size--;
    path = dtl_arena_str(r->arena, trimmed).data;
    if (has_manifest(path, r->arena) ||
        add_place(r, dtl_str_from(path), DTL_PLUGIN_FROM_OPTION) == 0)
        add_plugin(r, path, DTL_PLUGIN_FROM_OPTION);  // which says what is missing
}

// The folder that a folder called reports is in; NULL of any other.
static const char *above_reports(const char *folder, dtl_arena *arena)
{
    dtl_str path = dtl_str_from(folder);
    if (dtl_str_equal(path, DTL_STR("reports")))
        return ".";
    if (!dtl_str_ends(path, DTL_STR("/reports")))
        return NULL;
    return dtl_arena_str(arena, dtl_str_slice(path, 0, path.size - strlen("/reports"))).data;
}

// plugins/ in the report's folder; and the plugin whose report it is.
static void add_beside(registry *r, const char *report_folder)
{
    const char *above = above_reports(report_folder, r->arena);
    if (above && has_manifest(above, r->arena))
        add_plugin(r, above, DTL_PLUGIN_FROM_REPORT);
    add_place(r, dtl_arena_printf(r->arena, "%s/plugins", report_folder), DTL_PLUGIN_FROM_REPORT);
}

static void spoil(dtl_plugin_info *plugin, dtl_code code, const char *why, dtl_str folder)
{
    if (!plugin->usable)
        return;
    plugin->usable = false;
    dtl_error_set(&plugin->problem, code, "the plugin '%.*s' in %.*s %s %.*s",
                  DTL_ARG(plugin->name), DTL_ARG(plugin->folder), why, DTL_ARG(folder));
}

// Of two plugins of one name, the one found first hides the other; in one place neither can be meant.
static void resolve_names(registry *r)
{
    for (size_t i = 1; i < r->count; i++) {
        dtl_plugin_info *later = &r->plugins[i];
        for (size_t j = 0; j < i; j++) {
            dtl_plugin_info *first = &r->plugins[j];
            if (!dtl_str_equal(first->name, later->name) ||
                dtl_str_equal(first->folder, later->folder))
                continue;
            bool same_place = first->origin == later->origin;
            spoil(later, DTL_EUSAGE, same_place ? "has the same name as" : "is hidden by",
                  first->folder);
            if (same_place)
                spoil(first, DTL_EUSAGE, "has the same name as", later->folder);
            break;
        }
    }
}

size_t dtl_plugins_list(const dtl_plugin_search *search, dtl_arena *arena, dtl_plugin_info **out)
{
    registry r = {.arena = arena};
    for (size_t i = 0; i < search->path_count; i++)
        add_option(&r, search->paths[i]);
    if (search->report_folder)
        add_beside(&r, search->report_folder);
    add_place(&r, dtl_place_user_plugins(arena), DTL_PLUGIN_FROM_USER);
    add_place(&r, dtl_place_installed_plugins(arena), DTL_PLUGIN_FROM_INSTALLED);
    resolve_names(&r);
    *out = dtl_arena_alloc(arena, (r.count + 1) * sizeof **out);
    if (r.count)
        memcpy(*out, r.plugins, r.count * sizeof **out);
    free(r.plugins);
    return r.count;
}

const dtl_provision *dtl_plugin_provision(const dtl_plugin_info *plugin, dtl_provide_kind kind,
                                          dtl_str name, dtl_str extension)
{
    size_t colon = dtl_str_find(name, DTL_STR(":"));
    if (colon != SIZE_MAX) {
        if (!dtl_str_equal(dtl_str_slice(name, 0, colon), plugin->name) || colon + 1 == name.size)
            return NULL;
        name = dtl_str_slice(name, colon + 1, name.size);
        extension = DTL_STR("");
    }
    for (size_t i = 0; i < plugin->provide_count; i++) {
        const dtl_provision *p = &plugin->provides[i];
        if (p->kind == kind &&
            (name.size ? dtl_str_equal(p->name, name) : dtl_str_has_word(p->extensions, extension)))
            return p;
    }
    return NULL;
}

const dtl_plugin_info *dtl_plugins_provider(const dtl_plugin_search *search, dtl_provide_kind kind,
                                            dtl_str name, dtl_str extension, dtl_arena *arena,
                                            dtl_error *err)
{
    dtl_plugin_info *plugins;
    const dtl_plugin_info *broken = NULL;
    size_t count = dtl_plugins_list(search, arena, &plugins);
    for (size_t i = 0; i < count; i++) {
        if (!dtl_plugin_provision(&plugins[i], kind, name, extension))
            continue;
        if (plugins[i].usable)
            return &plugins[i];
        if (!broken)
            broken = &plugins[i];
    }
    if (broken && err->code == DTL_OK) {
        *err = broken->problem;
        err->code = DTL_EUSAGE;
    }
    return NULL;
}

size_t dtl_plugins_names(const dtl_plugin_search *search, dtl_provide_kind kind, dtl_arena *arena,
                         dtl_str **names, dtl_str **endings)
{
    dtl_plugin_info *plugins;
    size_t count = 0;
    size_t all = dtl_plugins_list(search, arena, &plugins);
    *names = dtl_arena_alloc(arena, (all * DTL_PLUGIN_PROVIDES_MAX + 1) * sizeof **names);
    if (endings)
        *endings = dtl_arena_alloc(arena, (all * DTL_PLUGIN_PROVIDES_MAX + 1) * sizeof **endings);
    for (size_t i = 0; i < all; i++) {
        for (size_t p = 0; plugins[i].usable && p < plugins[i].provide_count; p++) {
            if (plugins[i].provides[p].kind != kind)
                continue;
            if (endings)
                (*endings)[count] = plugins[i].provides[p].extensions;
            (*names)[count++] = plugins[i].provides[p].name;
        }
    }
    return count;
}

const dtl_plugin_info *dtl_plugins_named(const dtl_plugin_search *search, dtl_str name,
                                         dtl_arena *arena)
{
    dtl_plugin_info *plugins;
    size_t count = dtl_plugins_list(search, arena, &plugins);
    for (size_t i = 0; i < count; i++)
        if (dtl_str_equal(plugins[i].name, name))
            return &plugins[i];
    return NULL;
}
