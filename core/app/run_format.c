// core/app/run_format.c - what a run renders with, and which checks look it over.
#include "app/run_format.h"

// The names of the core's renderers, then of plugins' [kind]; in [arena].
static size_t known_names(dtl_provide_kind kind, const dtl_plugin_service *plugins,
                          dtl_arena *arena, dtl_str **out)
{
    dtl_str *added;
    size_t own = kind == DTL_PROVIDE_RENDERER ? dtl_renderer_count() : 0;
    size_t count = dtl_plugin_service_names(plugins, kind, arena, &added, NULL);
    *out = dtl_arena_alloc(arena, (own + count + 1) * sizeof **out);
    for (size_t i = 0; i < own; i++)
        (*out)[i] = dtl_str_from(dtl_renderer_at(i)->name);
    for (size_t i = 0; i < count; i++)
        (*out)[own + i] = added[i];
    return own + count;
}

static void expect_names(const dtl_str *names, size_t count, dtl_error *err)
{
    dtl_buf list = {0};
    for (size_t i = 0; i < count; i++)
        dtl_buf_printf(&list, "%s%.*s", i ? ", " : "", DTL_ARG(names[i]));
    if (count)
        dtl_error_expected(err, "one of %.*s", DTL_ARG(dtl_buf_str(&list)));
    dtl_buf_release(&list);
}

// What is wrong is set; what [name] may have meant is added.
static bool fail_unknown(dtl_provide_kind kind, dtl_str name, const dtl_plugin_service *plugins,
                         dtl_arena *arena, dtl_error *err)
{
    dtl_str *names;
    size_t count = known_names(kind, plugins, arena, &names);
    size_t colon = dtl_str_find(name, DTL_STR(":"));  // of "PLUGIN:NAME", the name
    dtl_str own = dtl_str_slice(name, colon == SIZE_MAX ? 0 : colon + 1, name.size);
    expect_names(names, count, err);
    dtl_str meant = dtl_str_nearest(own, names, count);
    if (meant.size && !dtl_str_equal(meant, own))
        return dtl_error_hint(err, "did you mean '%.*s'?", DTL_ARG(meant));
    return dtl_error_hint(err, "dateline plugins lists what plugins provide");
}

static bool unknown_format(dtl_str name, const dtl_plugin_service *plugins, dtl_arena *arena,
                           dtl_error *err)
{
    dtl_error_set(err, DTL_EUSAGE, "no format '%.*s'", DTL_ARG(name));
    return fail_unknown(DTL_PROVIDE_RENDERER, name, plugins, arena, err);
}

// The single words of [list], which spaces keep apart, behind the [count] of [out].
static size_t add_words(dtl_str list, dtl_str *out, size_t count, size_t max)
{
    while (list.size && count < max) {
        size_t end = dtl_str_find(list, DTL_STR(" "));
        out[count++] = dtl_str_slice(list, 0, end);
        list = end == SIZE_MAX ? DTL_STR("") : dtl_str_slice(list, end + 1, list.size);
    }
    return count;
}

static bool unknown_ending(dtl_str ending, const dtl_plugin_service *plugins, dtl_arena *arena,
                           dtl_error *err)
{
    enum {
        ENDINGS_MAX = 256
    };
    dtl_str endings[ENDINGS_MAX];
    dtl_str *names;
    dtl_str *added;
    size_t count = 0;
    for (size_t i = 0; i < dtl_renderer_count(); i++)
        count =
            add_words(dtl_str_from(dtl_renderer_at(i)->extensions), endings, count, ENDINGS_MAX);
    size_t by_plugins =
        dtl_plugin_service_names(plugins, DTL_PROVIDE_RENDERER, arena, &names, &added);
    for (size_t i = 0; i < by_plugins; i++)
        count = add_words(added[i], endings, count, ENDINGS_MAX);
    dtl_error_set(err, DTL_EUSAGE, "no format has the ending '%.*s'", DTL_ARG(ending));
    expect_names(endings, count, err);
    dtl_str meant = dtl_str_nearest(dtl_str_slice(ending, 1, ending.size), endings, count);
    if (meant.size)
        return dtl_error_hint(err, "did you mean '.%.*s'?", DTL_ARG(meant));
    dtl_buf list = {0};
    size_t all = known_names(DTL_PROVIDE_RENDERER, plugins, arena, &names);
    for (size_t i = 0; i < all; i++)
        dtl_buf_printf(&list, "%s%.*s", i ? i + 1 < all ? ", " : " or " : "", DTL_ARG(names[i]));
    dtl_error_hint(err, "name one: --to %.*s", DTL_ARG(dtl_buf_str(&list)));
    dtl_buf_release(&list);
    return false;
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
    // One that was found by its ending need not be the first of its name.
    dtl_str whole =
        name.size ? name : dtl_arena_printf(arena, "%.*s:%.*s", DTL_ARG(info->name), DTL_ARG(own));
    *out = (dtl_run_format){
        .name = dtl_arena_str(arena, own).data,
        .added = dtl_plugin_service_extension(plugins, info, DTL_PROVIDE_RENDERER, whole)};
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
    return unknown_ending(ending, plugins, arena, err);
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
    return err->code == DTL_OK && unknown_format(to, plugins, arena, err);
}

static bool find_named(dtl_provide_kind kind, const char *name, dtl_plugin_service *plugins,
                       dtl_arena *arena, const dtl_plugin_info **out, dtl_error *err)
{
    if (!dtl_plugin_service_find(plugins, kind, dtl_str_from(name), DTL_STR(""), out, err))
        return false;
    if (*out)
        return true;
    dtl_error_set(err, DTL_EUSAGE, "no plugin provides the %s '%s'", dtl_provide_kind_name(kind),
                  name);
    return fail_unknown(kind, dtl_str_from(name), plugins, arena, err);
}

bool dtl_run_checks_choose(const dtl_option_list *names, dtl_plugin_service *plugins,
                           dtl_arena *arena, const dtl_extension **out, dtl_error *err)
{
    dtl_extension *list = dtl_arena_alloc(arena, (names->count + 1) * sizeof *list);
    for (size_t i = 0; i < names->count; i++) {
        const dtl_plugin_info *info;
        if (!find_named(DTL_PROVIDE_CHECK, names->values[i], plugins, arena, &info, err))
            return false;
        list[i] = dtl_plugin_service_extension(plugins, info, DTL_PROVIDE_CHECK,
                                               dtl_str_from(names->values[i]));
    }
    *out = list;
    return true;
}

bool dtl_run_publisher_choose(const char *name, dtl_plugin_service *plugins, dtl_arena *arena,
                              dtl_error *err)
{
    const dtl_plugin_info *info;
    if (!find_named(DTL_PROVIDE_PUBLISHER, name, plugins, arena, &info, err))
        return false;
    if (!info->library.size)
        return true;
    return dtl_error_set(err, DTL_EUSAGE, "the publisher '%s' is a native one; publishers are Lua",
                         name);
}
