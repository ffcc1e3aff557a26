// core/app/run_format.c - what a run renders with, and which checks look it over.
#include "app/run_format.h"

enum {
    NAMES_MAX = 16
};

static bool unknown_format(dtl_str name, dtl_error *err)
{
    dtl_str names[NAMES_MAX];
    dtl_buf expected = {0};
    size_t count = dtl_renderer_count();
    if (count > NAMES_MAX)
        count = NAMES_MAX;
    for (size_t i = 0; i < count; i++) {
        names[i] = dtl_str_from(dtl_renderer_at(i)->name);
        dtl_buf_printf(&expected, "%s%.*s", i ? ", " : "", DTL_ARG(names[i]));
    }
    dtl_error_set(err, DTL_EUSAGE, "no format '%.*s'", DTL_ARG(name));
    dtl_error_expected(err, "one of %.*s, or a plugin's renderer", DTL_ARG(dtl_buf_str(&expected)));
    dtl_buf_release(&expected);
    dtl_str meant = dtl_str_nearest(name, names, count);
    if (meant.size)
        return dtl_error_hint(err, "did you mean '%.*s'?", DTL_ARG(meant));
    return dtl_error_hint(err, "dateline plugins lists what plugins provide");
}

// The last part of [path] from its last '.', or "" when it has none.
static dtl_str ending_of(dtl_str path)
{
    for (size_t i = path.size; i-- > 1 && path.data[i] != '/';)
        if (path.data[i] == '.' && path.data[i - 1] != '/')
            return dtl_str_slice(path, i, path.size);
    return DTL_STR("");
}

// False without an error: no plugin has such a renderer.
static bool find_added(dtl_str name, dtl_str extension, dtl_plugin_service *plugins,
                       dtl_arena *arena, dtl_run_format *out, dtl_error *err)
{
    const dtl_plugin_info *info;
    if (!dtl_plugin_service_find(plugins, DTL_PROVIDE_RENDERER, name, extension, &info, err) ||
        !info)
        return false;
    dtl_str own = dtl_plugin_provision(info, DTL_PROVIDE_RENDERER, name, extension)->name;
    *out = (dtl_run_format){
        .name = dtl_arena_str(arena, own).data,
        .added = dtl_plugin_service_extension(plugins, info, DTL_PROVIDE_RENDERER, own)};
    return true;
}

static bool choose_by_file(const char *output, dtl_plugin_service *plugins, dtl_arena *arena,
                           dtl_run_format *out, dtl_error *err)
{
    dtl_str path = dtl_str_from(output);
    dtl_str ending = ending_of(path);
    const dtl_renderer *found = dtl_renderer_for_file(path);
    if (found)
        *out = (dtl_run_format){.name = found->name, .renderer = found};
    if (found || ending.size < 2)
        return true;
    if (find_added(DTL_STR(""), dtl_str_slice(ending, 1, ending.size), plugins, arena, out, err))
        return true;
    if (err->code != DTL_OK)
        return false;
    dtl_error_set(err, DTL_EUSAGE, "no format has the ending '%.*s'", DTL_ARG(ending));
    return dtl_error_hint(err, "name one: --to markdown, html, text or json");
}

bool dtl_run_format_choose(dtl_str to, const char *output, dtl_plugin_service *plugins,
                           dtl_arena *arena, dtl_run_format *out, dtl_error *err)
{
    *out = (dtl_run_format){.name = dtl_renderer_markdown.name, .renderer = &dtl_renderer_markdown};
    if (!to.size)
        return !output || choose_by_file(output, plugins, arena, out, err);
    const dtl_renderer *found = dtl_renderer_named(to);
    if (found)
        *out = (dtl_run_format){.name = found->name, .renderer = found};
    if (found || find_added(to, DTL_STR(""), plugins, arena, out, err))
        return true;
    return err->code == DTL_OK ? unknown_format(to, err) : false;
}

static bool find_named(dtl_provide_kind kind, const char *name, dtl_plugin_service *plugins,
                       const dtl_plugin_info **out, dtl_error *err)
{
    if (!dtl_plugin_service_find(plugins, kind, dtl_str_from(name), DTL_STR(""), out, err))
        return false;
    if (*out)
        return true;
    dtl_error_set(err, DTL_EUSAGE, "no plugin provides the %s '%s'", dtl_provide_kind_name(kind),
                  name);
    return dtl_error_hint(err, "dateline plugins lists what plugins provide");
}

bool dtl_run_checks_choose(const dtl_path_list *names, dtl_plugin_service *plugins,
                           dtl_arena *arena, const dtl_extension **out, dtl_error *err)
{
    dtl_extension *list = dtl_arena_alloc(arena, (names->count + 1) * sizeof *list);
    for (size_t i = 0; i < names->count; i++) {
        const dtl_plugin_info *info;
        if (!find_named(DTL_PROVIDE_CHECK, names->paths[i], plugins, &info, err))
            return false;
        list[i] = dtl_plugin_service_extension(plugins, info, DTL_PROVIDE_CHECK,
                                               dtl_str_from(names->paths[i]));
    }
    *out = list;
    return true;
}

bool dtl_run_publisher_choose(const char *name, dtl_plugin_service *plugins, dtl_error *err)
{
    const dtl_plugin_info *info;
    if (!find_named(DTL_PROVIDE_PUBLISHER, name, plugins, &info, err))
        return false;
    if (!info->library.size)
        return true;
    return dtl_error_set(err, DTL_EUSAGE, "the publisher '%s' is a native one; publishers are Lua",
                         name);
}
