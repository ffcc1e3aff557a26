// core/script/embed/bundle.c - a tool of the build: imports the figures that ship into one database image.
//
//   dtl-bundle IMAGE.db FOLDER
//
// Every manifest compiled in under "datasets/" that names a bundled file has that file imported from
// FOLDER, as an analyst would import it. Any problem fails the build, and names file and cell.
#include <stdio.h>

#include "import/import.h"
#include "script/embed/embedded.h"
#include "script/run/manifest.h"
#include "script/sandbox/state.h"

static bool fail(const dtl_error *err)
{
    dtl_buf text = {0};
    dtl_error_print(err, &text);
    fprintf(stderr, "%s", text.data);
    dtl_buf_release(&text);
    return false;
}

static bool read_manifest(dtl_state *state, const dtl_embedded *file, dtl_arena *arena,
                          dtl_dataset *dataset, dtl_bundled *bundled, dtl_error *err)
{
    dtl_str name = dtl_str_from(file->name);
    dtl_str source = {(const char *)file->source, file->source_size};
    lua_State *L = dtl_state_lua(state);
    int top = lua_gettop(L);
    bool ok = dtl_state_load(state, name, source, err) && dtl_state_call(state, 0, 1, err) &&
              dtl_manifest_read(L, name, arena, dataset, bundled, err);
    lua_settop(L, top);
    return ok;
}

static bool import_bundled(dtl_store *store, const char *folder, const dtl_dataset *dataset,
                           const dtl_bundled *bundled, dtl_error *err)
{
    dtl_buf path = {0};
    dtl_buf_printf(&path, "%s/%.*s", folder, DTL_ARG(bundled->file));
    dtl_import_options options = {
        .datasets = &dataset,
        .dataset_count = 1,
        .dataset = dataset->name,
        .published = bundled->published,
        .retrieved = bundled->retrieved,
    };
    dtl_import_report report;
    bool ok = dtl_import_file(store, path.data, &options, &report, err);
    for (size_t i = 0; i < report.problem_count; i++)
        fail(&report.problems[i]);
    dtl_import_report_release(&report);
    dtl_buf_release(&path);
    return ok;
}

static bool bundle(dtl_store *store, const char *folder, dtl_error *err)
{
    dtl_state_options options = {.limits = DTL_LIMITS_DEFAULT};
    dtl_state *state;
    if (!dtl_state_new(&options, &state, err))
        return false;
    dtl_arena arena = {0};
    bool ok = true;
    for (size_t i = 0; i < dtl_embedded_count && ok; i++) {
        dtl_dataset dataset;
        dtl_bundled bundled;
        if (!dtl_str_starts(dtl_str_from(dtl_embedded_files[i].name), DTL_STR("datasets/")))
            continue;
        ok = read_manifest(state, &dtl_embedded_files[i], &arena, &dataset, &bundled, err);
        if (ok && bundled.file.size)
            ok = import_bundled(store, folder, &dataset, &bundled, err);
    }
    dtl_arena_release(&arena);
    dtl_state_free(state);
    return ok;
}

int main(int argc, char **argv)
{
    dtl_error err = {0};
    dtl_store *store = NULL;
    if (argc != 3) {
        fprintf(stderr, "usage: dtl-bundle IMAGE.db FOLDER\n");
        return 2;
    }
    bool ok = dtl_store_open_memory(&store, &err) && bundle(store, argv[2], &err) &&
              dtl_store_save_image(store, argv[1], &err);
    if (!ok)
        fail(&err);
    dtl_store_close(store);
    return ok ? 0 : 1;
}
