// core/app/plugin_import.c - files that a plugin reads.
#include "app/plugin_import.h"

#include "app/store_choice.h"
#include "base/file.h"
#include "plugin/grants.h"
#include "plugin/lua_plugin.h"
#include "plugin/native.h"

enum {
    FILE_BYTES_MAX = 256 * 1024 * 1024,
    EXTENSION_MAX = 16
};

// The ending of a file's name in lower case, in [arena]; empty when it has none that is of use.
static dtl_str extension_of(dtl_str path, dtl_arena *arena)
{
    size_t at = path.size;
    while (at > 0 && path.data[at - 1] != '.' && path.data[at - 1] != '/')
        at--;
    if (at < 2 || path.data[at - 1] != '.' || path.size - at > EXTENSION_MAX)
        return (dtl_str){NULL, 0};
    dtl_str extension = dtl_arena_str(arena, dtl_str_slice(path, at, path.size));
    char *lower = (char *)extension.data;  // the arena's own copy
    for (size_t i = 0; i < extension.size; i++)
        if (lower[i] >= 'A' && lower[i] <= 'Z')
            lower[i] = (char)(lower[i] | 0x20);
    return extension;
}

// An importer of a plugin's that may be the one for a file.
typedef struct candidate {
    const dtl_plugin_info *info;
    dtl_str name;
    int score;
} candidate;

typedef struct plugin_import {
    const dtl_plugin_search *search;
    dtl_source_file file;
    dtl_str extension;
    dtl_arena arena;
    candidate *candidates;
    size_t count;
} plugin_import;

static bool core_reads(dtl_str extension)
{
    for (size_t i = 0; i < dtl_importers_builtin.count; i++)
        if (dtl_str_has_word(dtl_str_from(dtl_importers_builtin.importers[i]->extensions),
                             extension))
            return true;
    return false;
}

// Those that take the file's ending; or with [any] all native ones that say what they know.
static void find_candidates(plugin_import *p, const dtl_plugin_info *plugins, size_t count,
                            bool any)
{
    p->candidates =
        dtl_arena_alloc(&p->arena, (count * DTL_PLUGIN_PROVIDES_MAX + 1) * sizeof *p->candidates);
    for (size_t i = 0; i < count; i++) {
        const dtl_plugin_info *info = &plugins[i];
        for (size_t k = 0; info->usable && k < info->provide_count; k++) {
            const dtl_provision *provision = &info->provides[k];
            if (provision->kind == DTL_PROVIDE_IMPORTER &&
                (any ? info->library.size > 0
                     : dtl_str_has_word(provision->extensions, p->extension)))
                p->candidates[p->count++] = (candidate){info, provision->name, 0};
        }
    }
}

// What the core's own importers make of the file, where its ending says nothing.
static int core_score(const dtl_source_file *file)
{
    int best = 0;
    for (size_t i = 0; i < dtl_importers_builtin.count; i++) {
        const dtl_importer *importer = dtl_importers_builtin.importers[i];
        int score = importer->probe(importer, file);
        if (score > best)
            best = score;
    }
    return best;
}

// The candidate that is surest, above [least]; the first of equals. NULL: none is. One that may not run
// or fails is passed over: the others may know the file.
static const candidate *ask_candidates(plugin_import *p, int least)
{
    const candidate *best = NULL;
    for (size_t i = 0; i < p->count; i++) {
        candidate *c = &p->candidates[i];
        dtl_error passed_over = {0};
        c->score = 1;  // of a Lua importer, which has no probe
        if (!dtl_grants_check(c->info, &passed_over) ||
            (c->info->library.size &&
             !dtl_native_probe(c->info, c->name, &p->file, &c->score, &passed_over)))
            continue;
        if (c->score > least) {
            least = c->score;
            best = c;
        }
    }
    return best;
}

// The one to read the file; NULL without an error: the core, which says what it looks like.
static const candidate *choose(plugin_import *p, dtl_error *err)
{
    dtl_plugin_info *plugins;
    size_t count = dtl_plugins_list(p->search, &p->arena, &plugins);
    dtl_error broken = {0};
    find_candidates(p, plugins, count, false);
    if (p->count == 1)
        return dtl_grants_check(p->candidates[0].info, err) ? p->candidates : NULL;
    if (p->count > 1)
        return dtl_grants_check(p->candidates[0].info, err) ? ask_candidates(p, 0) : NULL;
    if (p->extension.size &&
        !dtl_plugins_provider(p->search, DTL_PROVIDE_IMPORTER, (dtl_str){NULL, 0}, p->extension,
                              &p->arena, &broken) &&
        broken.code != DTL_OK) {
        *err = broken;
        return NULL;
    }
    find_candidates(p, plugins, count, true);
    return ask_candidates(p, core_score(&p->file));
}

// Has the importer read the file in a process of its own.
static bool read_by(plugin_import *p, const candidate *by, dtl_importer *out, dtl_error *err)
{
    const dtl_store_ref store = dtl_store_choice_bundled();
    if (by->info->library.size)
        return dtl_native_import(by->info, by->name, &p->file, NULL, &p->arena, out, err);
    return dtl_lua_plugin_import(by->info, by->name, &p->file, &store, &p->arena, out, err);
}

static bool import_by(plugin_import *p, const candidate *by, dtl_store *store,
                      const dtl_import_options *options, dtl_import_report *report, dtl_error *err)
{
    dtl_importer importer;
    const dtl_importer *list[] = {&importer};
    const dtl_importer_list importers = {list, 1};
    dtl_import_options how = *options;
    how.importers = &importers;
    return read_by(p, by, &importer, err) &&
           dtl_import_bytes(store, p->file.path, p->file.bytes, &how, report, err);
}

bool dtl_plugin_import_file(dtl_store *store, const dtl_plugin_search *search, const char *path,
                            const dtl_import_options *options, dtl_import_report *report,
                            dtl_error *err)
{
    plugin_import p = {.search = search};
    dtl_buf bytes = {0};
    dtl_error unread = {0};
    const candidate *by = NULL;
    p.extension = extension_of(dtl_str_from(path), &p.arena);
    // A file that cannot be read here, as it is too large for a plugin, is the core's.
    if (!core_reads(p.extension) && dtl_file_read(path, FILE_BYTES_MAX, &bytes, &unread)) {
        p.file = (dtl_source_file){.path = dtl_str_from(path), .bytes = dtl_buf_str(&bytes)};
        by = choose(&p, err);
    }
    bool ok = by ? import_by(&p, by, store, options, report, err)
                 : err->code == DTL_OK && dtl_import_file(store, path, options, report, err);
    dtl_buf_release(&bytes);
    dtl_arena_release(&p.arena);
    return ok;
}
