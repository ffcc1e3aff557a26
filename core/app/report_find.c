// core/app/report_find.c - reports by name.
#include "app/report_find.h"

#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "script/embed/embedded.h"

static const dtl_str folder = {"reports/", 8};
static const dtl_str ending = {".lua", 4};

// The report's name in a file name without folders; "" for what is no report: "x.test.lua", ".lua".
static dtl_str name_of(dtl_str file)
{
    if (!dtl_str_ends(file, ending))
        return DTL_STR("");
    dtl_str name = dtl_str_slice(file, 0, file.size - ending.size);
    bool is_plain = dtl_str_find(name, DTL_STR(".")) == SIZE_MAX &&
                    dtl_str_find(name, DTL_STR("/")) == SIZE_MAX;
    return is_plain ? name : DTL_STR("");
}

static dtl_str embedded_name(const dtl_embedded *file)
{
    dtl_str path = dtl_str_from(file->name);
    if (!dtl_str_starts(path, folder))
        return DTL_STR("");
    return name_of(dtl_str_slice(path, folder.size, path.size));
}

static int compare_names(const void *a, const void *b)
{
    const dtl_report_name *left = a;
    const dtl_report_name *right = b;
    int order = dtl_str_compare(left->name, right->name);
    return order ? order : (int)left->bundled - (int)right->bundled;  // the local one first
}

typedef struct name_list {
    dtl_arena *arena;
    dtl_report_name *names;  // on the heap while it grows
    size_t count;
} name_list;

static void add_name(name_list *list, dtl_str name, bool bundled)
{
    if (name.size == 0)
        return;
    list->names = dtl_realloc_array(list->names, list->count + 1, sizeof *list->names);
    list->names[list->count++] = (dtl_report_name){
        .name = dtl_arena_str(list->arena, name),
        .file = dtl_arena_printf(list->arena, "reports/%.*s.lua", DTL_ARG(name)),
        .bundled = bundled,
    };
}

static void add_local_names(name_list *list)
{
    DIR *reports = opendir("reports");
    if (!reports)
        return;
    const struct dirent *entry;
    for (int i = 0; i < DTL_REPORT_MAX_NAMES && (entry = readdir(reports)) != NULL; i++)
        add_name(list, name_of(dtl_str_from(entry->d_name)), false);
    closedir(reports);
}

size_t dtl_report_names(dtl_arena *arena, dtl_report_name **out)
{
    name_list list = {.arena = arena};
    add_local_names(&list);
    for (size_t i = 0; i < dtl_embedded_count; i++)
        add_name(&list, embedded_name(&dtl_embedded_files[i]), true);
    *out = dtl_arena_alloc(arena, (list.count + 1) * sizeof **out);
    if (list.count)
        qsort(list.names, list.count, sizeof *list.names, compare_names);
    size_t kept = 0;
    for (size_t i = 0; i < list.count; i++)
        if (kept == 0 || !dtl_str_equal((*out)[kept - 1].name, list.names[i].name))
            (*out)[kept++] = list.names[i];
    free(list.names);
    return kept;
}

size_t dtl_report_names_of_plugins(const dtl_plugin_search *search, dtl_arena *arena,
                                   dtl_report_name **out)
{
    dtl_plugin_info *plugins;
    size_t count = 0;
    size_t all = dtl_plugins_list(search, arena, &plugins);
    *out = dtl_arena_alloc(arena, (all * DTL_PLUGIN_PROVIDES_MAX + 1) * sizeof **out);
    for (size_t i = 0; i < all; i++) {
        for (size_t p = 0; plugins[i].usable && p < plugins[i].provide_count; p++) {
            const dtl_provision *provided = &plugins[i].provides[p];
            if (provided->kind != DTL_PROVIDE_REPORT)
                continue;
            (*out)[count++] = (dtl_report_name){
                .name = provided->name,
                .file = dtl_arena_printf(arena, "%.*s/reports/%.*s.lua", DTL_ARG(plugins[i].folder),
                                         DTL_ARG(provided->name)),
                .plugin = plugins[i].name};
        }
    }
    return count;
}

static bool unknown_report(dtl_str name, dtl_str shown, dtl_arena *arena, dtl_error *err)
{
    dtl_report_name *known;
    size_t count = dtl_report_names(arena, &known);
    dtl_str *names = dtl_arena_alloc(arena, (count + 1) * sizeof *names);
    for (size_t i = 0; i < count; i++)
        names[i] = known[i].name;
    dtl_str meant = dtl_str_nearest(name, names, count);
    dtl_error_set(err, DTL_EUSAGE, "no report '%.*s'", DTL_ARG(shown));
    if (meant.size)
        dtl_error_hint(err, "did you mean '%.*s'?", DTL_ARG(meant));
    else
        dtl_error_hint(err, "dateline reports lists those with a name");
    return false;
}

// The last part of a path, without its ".lua".
static dtl_str base_name(dtl_str path)
{
    size_t from = path.size;
    while (from > 0 && path.data[from - 1] != '/')
        from--;
    dtl_str name = dtl_str_slice(path, from, path.size);
    return dtl_str_ends(name, ending) ? dtl_str_slice(name, 0, name.size - ending.size) : name;
}

// The folder of [path], for require beside the report.
static const char *folder_of(dtl_str path, dtl_arena *arena)
{
    size_t end = path.size;
    while (end > 0 && path.data[end - 1] != '/')
        end--;
    if (end == 0)
        return ".";
    return dtl_arena_str(arena, dtl_str_slice(path, 0, end > 1 ? end - 1 : 1)).data;
}

// The last name of [path], or of the folder we are in, which "." stands for.
static dtl_str folder_name(dtl_str path, dtl_arena *arena)
{
    if (dtl_str_equal(path, DTL_STR("."))) {
        char *here = getcwd(NULL, 0);
        path = dtl_arena_str(arena, dtl_str_from(here ? here : ""));
        free(here);
    }
    size_t from = path.size;
    while (from > 0 && path.data[from - 1] != '/')
        from--;
    return dtl_str_slice(path, from, path.size);
}

// scripts/ beside the report's folder when that is reports/, else in it; NULL when there is none.
static const char *shared_folder_of(dtl_str reports, dtl_arena *arena)
{
    dtl_str name = folder_name(reports, arena);
    dtl_str prefix;
    if (dtl_str_equal(reports, DTL_STR(".")))
        prefix = dtl_str_equal(name, DTL_STR("reports")) ? DTL_STR("../") : DTL_STR("");
    else if (dtl_str_equal(name, DTL_STR("reports")))
        prefix = dtl_str_slice(reports, 0, reports.size - name.size);
    else
        prefix = dtl_arena_printf(arena, "%.*s/", DTL_ARG(reports));
    const char *shared = dtl_arena_printf(arena, "%.*sscripts", DTL_ARG(prefix)).data;
    struct stat info;  // of the name itself: nobody named this folder, so no link chooses it
    return lstat(shared, &info) == 0 && S_ISDIR(info.st_mode) ? shared : NULL;
}

static bool read_script(dtl_str path, dtl_arena *arena, dtl_script *out, dtl_error *err)
{
    dtl_buf text = {0};
    bool ok = dtl_file_read(path.data, DTL_REPORT_MAX_BYTES, &text, err);
    const char *root = folder_of(path, arena);
    if (ok)
        *out = (dtl_script){
            .name = base_name(path),
            .file = path,
            .source = dtl_arena_str(arena, dtl_buf_str(&text)),
            .module_root = root,
            .shared_root = shared_folder_of(dtl_str_from(root), arena),
        };
    dtl_buf_release(&text);
    return ok;
}

static bool find_path(dtl_str path, dtl_arena *arena, dtl_script *out, dtl_error *err)
{
    if (access(path.data, F_OK) == 0)
        return read_script(path, arena, out, err);
    unknown_report(base_name(path), path, arena, err);
    dtl_str longer = dtl_arena_printf(arena, "%.*s.lua", DTL_ARG(path));
    if (access(longer.data, F_OK) == 0)
        dtl_error_hint(err, "did you mean '%.*s'?", DTL_ARG(longer));
    return false;
}

static int compare_embedded(const void *name, const void *file)
{
    return strcmp(name, ((const dtl_embedded *)file)->name);
}

bool dtl_report_find(const char *name, dtl_arena *arena, dtl_script *out, dtl_error *err)
{
    dtl_str text = dtl_str_from(name);
    if (strchr(name, '/') || dtl_str_ends(text, ending))
        return find_path(text, arena, out, err);
    dtl_str file = dtl_arena_printf(arena, "reports/%s.lua", name);
    if (access(file.data, F_OK) == 0)
        return read_script(file, arena, out, err);
    const dtl_embedded *found = bsearch(file.data, dtl_embedded_files, dtl_embedded_count,
                                        sizeof *dtl_embedded_files, compare_embedded);
    if (!found)
        return unknown_report(text, text, arena, err);
    *out = (dtl_script){
        .name = text,
        .file = file,
        .source = {(const char *)found->source, found->source_size},
    };
    return true;
}

bool dtl_report_find_any(const char *name, dtl_plugin_service *plugins, dtl_arena *arena,
                         dtl_script *out, dtl_error *err)
{
    const dtl_plugin_info *info = NULL;
    dtl_error unknown = {0};
    if (dtl_report_find(name, arena, out, &unknown))
        return true;
    if (unknown.code == DTL_EUSAGE && !strchr(name, '/') &&
        !dtl_plugin_service_find(plugins, DTL_PROVIDE_REPORT, dtl_str_from(name), DTL_STR(""),
                                 &info, err))
        return false;
    if (!info) {
        *err = unknown;
        return false;
    }
    dtl_str own =
        dtl_plugin_provision(info, DTL_PROVIDE_REPORT, dtl_str_from(name), DTL_STR(""))->name;
    return read_script(
        dtl_arena_printf(arena, "%.*s/reports/%.*s.lua", DTL_ARG(info->folder), DTL_ARG(own)),
        arena, out, err);
}
