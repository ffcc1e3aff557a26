// core/app/known_datasets.c - the datasets that a file may be of.
#include "app/known_datasets.h"

#include "app/report_find.h"
#include "app/store_choice.h"
#include "base/file.h"

static const dtl_dataset *find(const dtl_known_datasets *known, dtl_str name)
{
    for (size_t i = 0; i < known->count; i++)
        if (dtl_str_equal(known->datasets[i]->name, name))
            return known->datasets[i];
    return NULL;
}

// What is known already stays: what ships is newer than what the store kept of it.
static void add_all(dtl_known_datasets *known, const dtl_dataset *datasets, size_t count,
                    dtl_arena *arena)
{
    const dtl_dataset **all =
        dtl_arena_alloc(arena, (known->count + count + 1) * sizeof(const dtl_dataset *));
    for (size_t i = 0; i < known->count; i++)
        all[i] = known->datasets[i];
    known->datasets = all;
    for (size_t i = 0; i < count; i++)
        if (!find(known, datasets[i].name))
            all[known->count++] = &datasets[i];
}

static bool add_from(dtl_store *store, dtl_arena *arena, dtl_known_datasets *known, dtl_error *err)
{
    const dtl_dataset *datasets;
    size_t count;
    if (!dtl_store_datasets(store, arena, &datasets, &count, err))
        return false;
    add_all(known, datasets, count, arena);
    return true;
}

bool dtl_known_datasets_read(dtl_store *store, dtl_arena *arena, dtl_known_datasets *out,
                             dtl_error *err)
{
    *out = (dtl_known_datasets){0};
    dtl_store_ref ref = dtl_store_choice_bundled();
    dtl_store *bundled;
    if (!dtl_store_choice_open(&ref, &bundled, err))
        return false;
    bool ok = add_from(bundled, arena, out, err);
    dtl_store_close(bundled);
    return ok && (!store || add_from(store, arena, out, err));
}

static bool read_manifest(dtl_str path, dtl_arena *arena, dtl_dataset *out, dtl_error *err)
{
    dtl_buf text = {0};
    bool ok = dtl_file_read(path.data, DTL_REPORT_MAX_BYTES, &text, err);
    if (ok) {
        dtl_script script = {.name = path, .file = path, .source = dtl_buf_str(&text)};
        dtl_run_options options = {.store = dtl_store_choice_bundled(),
                                   .as_of = DTL_MOMENT_LATEST,
                                   .limits = DTL_LIMITS_DEFAULT};
        ok = dtl_run_manifest(&script, &options, arena, out, err);
    }
    dtl_buf_release(&text);
    return ok;
}

// Puts [dataset] in the place of a known one of its name, or behind all.
static void put(dtl_known_datasets *known, const dtl_dataset *dataset, dtl_arena *arena)
{
    for (size_t i = 0; i < known->count; i++) {
        if (dtl_str_equal(known->datasets[i]->name, dataset->name)) {
            known->datasets[i] = dataset;
            return;
        }
    }
    add_all(known, dataset, 1, arena);
}

static bool add_manifest(dtl_known_datasets *known, dtl_str path, dtl_arena *arena, dtl_str *out,
                         dtl_error *err)
{
    dtl_dataset *dataset = dtl_arena_alloc(arena, sizeof *dataset);
    if (!read_manifest(path, arena, dataset, err))
        return false;
    put(known, dataset, arena);
    *out = dataset->name;
    return true;
}

bool dtl_known_datasets_choose(dtl_known_datasets *known, dtl_str name,
                               const dtl_plugin_search *plugins, dtl_arena *arena, dtl_str *out,
                               dtl_error *err)
{
    if (dtl_str_ends(name, DTL_STR(".lua")))
        return add_manifest(known, name, arena, out, err);
    *out = name;
    if (find(known, name))
        return true;
    const dtl_plugin_info *plugin =
        dtl_plugins_provider(plugins, DTL_PROVIDE_DATASET, name, DTL_STR(""), arena, err);
    if (plugin)
        return add_manifest(known,
                            dtl_arena_printf(arena, "%.*s/datasets/%.*s.lua",
                                             DTL_ARG(plugin->folder), DTL_ARG(name)),
                            arena, out, err);
    if (err->code != DTL_OK)
        return false;
    dtl_str *names = dtl_arena_alloc(arena, (known->count + 1) * sizeof *names);
    for (size_t i = 0; i < known->count; i++)
        names[i] = known->datasets[i]->name;
    dtl_str meant = dtl_str_nearest(name, names, known->count);
    dtl_error_set(err, DTL_EUSAGE, "no dataset '%.*s'", DTL_ARG(name));
    if (meant.size)
        dtl_error_hint(err, "did you mean '%.*s'?", DTL_ARG(meant));
    else
        dtl_error_hint(err, "dateline datasets lists them; a new one needs a manifest (.lua)");
    return false;
}
