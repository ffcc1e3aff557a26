// core/app/test_store.c - the store of one test case that brings its own figures.
#include "app/test_store.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/known_datasets.h"
#include "app/plugin_choice.h"
#include "base/file.h"
#include "import/import.h"

enum {
    DATA_MAX_BYTES = 64 * 1024 * 1024,
    IMAGE_MAX_BYTES = 256 * 1024 * 1024
};

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

static bool read_data(const dtl_argument *data, const char *folder, dtl_arena *arena, dtl_str *name,
                      dtl_buf *bytes, dtl_error *err)
{
    if (dtl_str_find(data->value, DTL_STR("\n")) != SIZE_MAX) {
        *name = dtl_arena_printf(arena, "data.%.*s.csv", DTL_ARG(data->name));
        dtl_buf_add_str(bytes, data->value);
        return true;
    }
    *name = dtl_arena_printf(arena, "%s/%.*s", folder, DTL_ARG(data->value));
    return dtl_file_read(name->data, DATA_MAX_BYTES, bytes, err);
}

static bool add_data(dtl_store *store, dtl_known_datasets *known, const dtl_argument *data,
                     const char *folder, dtl_moment retrieved, dtl_arena *arena, dtl_error *err)
{
    // A name that a manifest beside the test gives: "ports.lua".
    dtl_str wanted = data->name;
    if (dtl_str_ends(wanted, DTL_STR(".lua")))
        wanted = dtl_arena_printf(arena, "%s/%.*s", folder, DTL_ARG(wanted));
    dtl_import_options options = {.published = DTL_DATE_NONE,
                                  .retrieved = retrieved,
                                  .has_kind = true,
                                  .kind = DTL_RELEASE_WINDOW};
    const dtl_plugin_search plugins = dtl_plugin_choice(NULL);
    if (!dtl_known_datasets_choose(known, wanted, &plugins, arena, &options.dataset, err))
        return false;
    options.datasets = known->datasets;
    options.dataset_count = known->count;
    dtl_buf bytes = {0};
    dtl_str name;
    bool ok = read_data(data, folder, arena, &name, &bytes, err);
    if (ok) {
        dtl_import_report report;
        ok = dtl_import_bytes(store, name, dtl_buf_str(&bytes), &options, &report, err);
        dtl_import_report_release(&report);
    }
    dtl_buf_release(&bytes);
    return ok;
}

static bool fill(dtl_store *store, const dtl_argument *data, size_t count, const char *folder,
                 dtl_moment retrieved, dtl_arena *arena, dtl_error *err)
{
    dtl_known_datasets known;
    if (!dtl_known_datasets_read(NULL, arena, &known, err))
        return false;
    for (size_t i = 0; i < known.count; i++)
        if (!add_empty(store, known.datasets[i], retrieved, err))
            return false;
    for (size_t i = 0; i < count; i++)
        if (!add_data(store, &known, &data[i], folder, retrieved, arena, err))
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

bool dtl_test_store(const dtl_argument *data, size_t count, const char *folder,
                    dtl_moment retrieved, dtl_arena *arena, dtl_buf *image, dtl_error *err)
{
    dtl_store *store;
    if (!dtl_store_open_memory(&store, err))
        return false;
    bool ok = fill(store, data, count, folder, retrieved, arena, err) &&
              take_image(store, arena, image, err);
    dtl_store_close(store);
    return ok;
}
