// core/app/test_store.c - the store of one test case that brings its own figures.
#include "app/test_store.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/known_datasets.h"
#include "app/plugin_import.h"
#include "base/file.h"
#include "import/import.h"

enum {
    IMAGE_MAX_BYTES = 256 * 1024 * 1024
};

// What a case brings, and how it is read.
typedef struct test_data {
    const dtl_argument *list;
    size_t count;
    const dtl_plugin_search *search;  // its report_folder is where the test stands
    dtl_moment retrieved;
    dtl_arena *arena;
} test_data;

// A release without a row: the dataset is known, and has no figures.
static bool add_empty(dtl_store *store, const dtl_dataset *dataset, dtl_moment retrieved,
                      dtl_error *err)
{
    dtl_release_info info = {
        .dataset = dataset,
        .file_name = DTL_STR("nothing"),
        .sha256 = DTL_STR("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        .published = DTL_DATE_NONE,
        .retrieved = retrieved,
        .kind = DTL_RELEASE_WINDOW,
    };
    dtl_writer *writer;
    dtl_release_result result;
    return dtl_writer_begin(store, &info, &writer, &result, err) &&
           (!writer || dtl_writer_finish(writer, true, &result, err));
}

// CSV text as it stands in the case, or a file beside the test, which a plugin may read.
static bool import_data(dtl_store *store, const test_data *all, const dtl_argument *data,
                        const dtl_import_options *options, dtl_error *err)
{
    dtl_import_report report = {0};
    bool ok;
    if (dtl_str_find(data->value, DTL_STR("\n")) != SIZE_MAX) {
        dtl_str name = dtl_arena_printf(all->arena, "data.%.*s.csv", DTL_ARG(data->name));
        ok = dtl_import_bytes(store, name, data->value, options, &report, err);
    } else {
        dtl_str path = dtl_arena_printf(all->arena, "%s/%.*s", all->search->report_folder,
                                        DTL_ARG(data->value));
        ok = dtl_plugin_import_file(store, all->search, path.data, options, &report, err);
    }
    if (!ok && report.problem_count)
        *err = report.problems[0];
    dtl_import_report_release(&report);
    return ok;
}

static bool add_data(dtl_store *store, dtl_known_datasets *known, const test_data *all,
                     const dtl_argument *data, dtl_error *err)
{
    // A name that a manifest beside the test gives: "ports.lua".
    dtl_str wanted = data->name;
    if (dtl_str_ends(wanted, DTL_STR(".lua")))
        wanted =
            dtl_arena_printf(all->arena, "%s/%.*s", all->search->report_folder, DTL_ARG(wanted));
    dtl_import_options options = {.published = DTL_DATE_NONE,
                                  .retrieved = all->retrieved,
                                  .has_kind = true,
                                  .kind = DTL_RELEASE_WINDOW};
    if (!dtl_known_datasets_choose(known, wanted, all->search, all->arena, &options.dataset, err))
        return false;
    options.datasets = known->datasets;
    options.dataset_count = known->count;
    return import_data(store, all, data, &options, err);
}

static bool fill(dtl_store *store, const test_data *all, dtl_error *err)
{
    dtl_known_datasets known;
    if (!dtl_known_datasets_read(NULL, all->arena, &known, err))
        return false;
    for (size_t i = 0; i < known.count; i++)
        if (!add_empty(store, known.datasets[i], all->retrieved, err))
            return false;
    for (size_t i = 0; i < all->count; i++)
        if (!add_data(store, &known, all, &all->list[i], err))
            return false;
    return true;
}

// By way of a file that is gone at once.
static bool take_image(dtl_store *store, dtl_arena *arena, dtl_buf *image, dtl_error *err)
{
    const char *folder = getenv("TMPDIR");
    dtl_str path =
        dtl_arena_printf(arena, "%s/dateline-XXXXXX", folder && *folder ? folder : "/tmp");
    char *name = (char *)(uintptr_t)path.data;
    if (!mkdtemp(name))
        return dtl_error_system(err, "cannot make", name, errno);
    dtl_str file = dtl_arena_printf(arena, "%s/test.db", name);
    bool ok = dtl_store_save_image(store, file.data, err) &&
              dtl_file_read(file.data, IMAGE_MAX_BYTES, image, err);
    unlink(file.data);
    rmdir(name);
    return ok;
}

bool dtl_test_store(const dtl_argument *data, size_t count, const dtl_plugin_search *search,
                    dtl_moment retrieved, dtl_arena *arena, dtl_buf *image, dtl_error *err)
{
    const test_data all = {data, count, search, retrieved, arena};
    dtl_store *store;
    if (!dtl_store_open_memory(&store, err))
        return false;
    bool ok = fill(store, &all, err) && take_image(store, arena, image, err);
    dtl_store_close(store);
    return ok;
}
