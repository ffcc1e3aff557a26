// core/app/test_files.c - which test scripts `dateline test` runs.
#include "app/test_files.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    FILES_MAX = 10000
};

static const dtl_str ending = {".test.lua", 9};
static const dtl_str script_ending = {".lua", 4};

typedef struct finder {
    dtl_arena *arena;
    dtl_str *paths;  // on the heap while it grows
    size_t count;
} finder;

static void add(finder *f, dtl_str path)
{
    f->paths = dtl_realloc_array(f->paths, f->count + 1, sizeof *f->paths);
    f->paths[f->count++] = path;
}

static bool is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static int compare_paths(const void *a, const void *b)
{
    return dtl_str_compare(*(const dtl_str *)a, *(const dtl_str *)b);
}

static bool add_folder(finder *f, const char *folder, dtl_error *err)
{
    size_t from = f->count;
    DIR *open = opendir(folder);
    if (!open)
        return dtl_error_system(err, "cannot read", folder, errno);
    const struct dirent *entry;
    while (f->count < FILES_MAX && (entry = readdir(open)) != NULL) {
        dtl_str name = dtl_str_from(entry->d_name);
        if (!dtl_str_ends(name, ending) || name.size == ending.size)
            continue;
        bool here = strcmp(folder, ".") == 0;
        const char *slash = folder[strlen(folder) - 1] == '/' ? "" : "/";
        add(f, dtl_arena_printf(f->arena, "%s%s%.*s", here ? "" : folder, here ? "" : slash,
                                DTL_ARG(name)));
    }
    closedir(open);
    if (f->count > from)
        qsort(f->paths + from, f->count - from, sizeof *f->paths, compare_paths);
    return true;
}

// "x.test.lua" itself, beside "x.lua", or of the report called "x".
static dtl_str test_of(dtl_str operand, dtl_arena *arena)
{
    if (dtl_str_ends(operand, ending))
        return operand;
    if (dtl_str_ends(operand, script_ending))
        return dtl_arena_printf(arena, "%.*s%.*s",
                                DTL_ARG(dtl_str_slice(operand, 0, operand.size - 4)),
                                DTL_ARG(ending));
    if (dtl_str_find(operand, DTL_STR("/")) == SIZE_MAX)
        return dtl_arena_printf(arena, "reports/%.*s%.*s", DTL_ARG(operand), DTL_ARG(ending));
    return dtl_arena_printf(arena, "%.*s%.*s", DTL_ARG(operand), DTL_ARG(ending));
}

// The tests of a plugin stand beside its reports.
static bool add_reports_of_plugin(finder *f, const char *folder, dtl_error *err)
{
    size_t end = strlen(folder);
    while (end > 1 && folder[end - 1] == '/')
        end--;
    dtl_str manifest = dtl_arena_printf(f->arena, "%.*s/plugin.json", (int)end, folder);
    dtl_str reports = strcmp(folder, ".") == 0
                          ? DTL_STR("reports")
                          : dtl_arena_printf(f->arena, "%.*s/reports", (int)end, folder);
    return access(manifest.data, F_OK) != 0 || !is_folder(reports.data) ||
           add_folder(f, reports.data, err);
}

static bool add_operand(finder *f, const char *operand, dtl_error *err)
{
    if (is_folder(operand))
        return add_folder(f, operand, err) && add_reports_of_plugin(f, operand, err);
    dtl_str path = test_of(dtl_str_from(operand), f->arena);
    if (access(path.data, F_OK) == 0) {
        add(f, path);
        return true;
    }
    dtl_error_set(err, DTL_EUSAGE, "there are no tests for '%s'", operand);
    return dtl_error_expected(err, "the cases in %.*s, beside the report", DTL_ARG(path));
}

static bool find(finder *f, const char *const *operands, size_t count, dtl_error *err)
{
    for (size_t i = 0; i < count; i++)
        if (!add_operand(f, operands[i], err))
            return false;
    if (count == 0 && !add_folder(f, is_folder("reports") ? "reports" : ".", err))
        return false;
    if (f->count > 0)
        return true;
    dtl_error_set(err, DTL_EUSAGE, "there are no tests here");
    dtl_error_expected(err, "a file NAME.test.lua beside the report NAME.lua");
    return dtl_error_hint(err, "dateline new report NAME writes both");
}

bool dtl_test_files_find(const char *const *operands, size_t count, dtl_arena *arena,
                         dtl_test_files *out, dtl_error *err)
{
    finder f = {.arena = arena};
    bool ok = find(&f, operands, count, err);
    *out = (dtl_test_files){dtl_arena_alloc(arena, (f.count + 1) * sizeof *out->paths), f.count};
    if (f.count)
        memcpy(out->paths, f.paths, f.count * sizeof *out->paths);
    free(f.paths);
    return ok;
}

dtl_str dtl_test_files_report(dtl_str test, dtl_arena *arena)
{
    dtl_str name = dtl_str_slice(test, 0, test.size - ending.size);
    // A path, whatever it looks like: a bare name would be looked for under reports/.
    return dtl_arena_printf(arena, "%.*s%.*s", DTL_ARG(name), DTL_ARG(script_ending));
}
