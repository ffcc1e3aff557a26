// core/app/plugin_choice.c - where commands about plugins look for them, and which one is meant.
#include "app/plugin_choice.h"

#include <sys/stat.h>
#include <unistd.h>

dtl_plugin_search dtl_plugin_choice(const dtl_option_list *paths)
{
    struct stat status;
    bool has_reports = stat("reports", &status) == 0 && S_ISDIR(status.st_mode);
    return (dtl_plugin_search){
        .paths = paths ? paths->values : NULL,
        .path_count = paths ? paths->count : 0,
        .report_folder = has_reports ? "reports" : ".",
    };
}

bool dtl_plugin_choice_unknown(dtl_str wanted, const dtl_str *names, size_t count, dtl_error *err)
{
    dtl_error_set(err, DTL_EUSAGE, "no plugin '%.*s'", DTL_ARG(wanted));
    dtl_str meant = dtl_str_nearest(wanted, names, count);
    if (meant.size)
        return dtl_error_hint(err, "did you mean '%.*s'?", DTL_ARG(meant));
    return dtl_error_hint(err, "dateline plugins lists them");
}

// Of a folder without a plugin.json the info says so, as its problem.
static const dtl_plugin_info *read_folder(dtl_str path, dtl_arena *arena, dtl_error *err)
{
    struct stat status;
    while (path.size > 1 && path.data[path.size - 1] == '/')
        path.size--;
    path = dtl_arena_str(arena, path);
    if (stat(path.data, &status) != 0 || !S_ISDIR(status.st_mode)) {
        dtl_error_set(err, DTL_EUSAGE, "'%s' is no folder", path.data);
        dtl_error_expected(err, "a plugin's folder, which has a plugin.json");
        return NULL;
    }
    dtl_plugin_info *info = dtl_arena_alloc(arena, sizeof *info);
    dtl_plugin_manifest_read(path.data, DTL_PLUGIN_FROM_OPTION, arena, info);
    return info;
}

const dtl_plugin_info *dtl_plugin_choice_find(const char *wanted, const dtl_plugin_search *search,
                                              dtl_arena *arena, dtl_error *err)
{
    dtl_str text = dtl_str_from(wanted);
    if (strchr(wanted, '/') || strcmp(wanted, ".") == 0 || strcmp(wanted, "..") == 0)
        return read_folder(text, arena, err);
    dtl_plugin_info *plugins;
    size_t count = dtl_plugins_list(search, arena, &plugins);
    dtl_str *names = dtl_arena_alloc(arena, (count + 1) * sizeof *names);
    for (size_t i = 0; i < count; i++) {
        names[i] = plugins[i].name;
        if (dtl_str_equal(plugins[i].name, text))
            return &plugins[i];
    }
    if (access(dtl_arena_printf(arena, "%s/plugin.json", wanted).data, F_OK) == 0)
        return read_folder(text, arena, err);
    dtl_plugin_choice_unknown(text, names, count, err);
    return NULL;
}

void dtl_plugin_choice_provides(const dtl_plugin_info *info, dtl_buf *out)
{
    for (size_t i = 0; i < info->provide_count; i++)
        dtl_buf_printf(out, "%s%s %.*s", i ? ", " : "",
                       dtl_provide_kind_name(info->provides[i].kind),
                       DTL_ARG(info->provides[i].name));
}
