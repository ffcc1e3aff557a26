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

static bool core_reads(dtl_str extension)
{
    for (size_t i = 0; i < dtl_importers_builtin.count; i++)
        if (dtl_str_has_word(dtl_str_from(dtl_importers_builtin.importers[i]->extensions),
                             extension))
            return true;
    return extension.size == 0;
}

// Has [info]'s importer read the file in a process of its own.
static bool read_by(const dtl_plugin_info *info, dtl_str extension, const dtl_source_file *file,
                    dtl_arena *arena, dtl_importer *out, dtl_error *err)
{
    const dtl_store_ref store = dtl_store_choice_bundled();
    dtl_str name =
        dtl_plugin_provision(info, DTL_PROVIDE_IMPORTER, (dtl_str){NULL, 0}, extension)->name;
    if (info->library.size)
        return dtl_native_import(info, name, file, NULL, arena, out, err);
    return dtl_lua_plugin_import(info, name, file, &store, arena, out, err);
}

static bool import_by(const dtl_plugin_info *info, dtl_str extension, dtl_store *store,
                      const char *path, const dtl_import_options *options,
                      dtl_import_report *report, dtl_error *err)
{
    dtl_arena arena = {0};
    dtl_buf bytes = {0};
    dtl_importer importer;
    const dtl_importer *list[] = {&importer};
    const dtl_importer_list importers = {list, 1};
    dtl_import_options how = *options;
    how.importers = &importers;
    bool ok = dtl_grants_check(info, err) && dtl_file_read(path, FILE_BYTES_MAX, &bytes, err);
    const dtl_source_file file = {.path = dtl_str_from(path), .bytes = dtl_buf_str(&bytes)};
    ok = ok && read_by(info, extension, &file, &arena, &importer, err) &&
         dtl_import_bytes(store, file.path, file.bytes, &how, report, err);
    dtl_buf_release(&bytes);
    dtl_arena_release(&arena);
    return ok;
}

bool dtl_plugin_import_file(dtl_store *store, const dtl_plugin_search *search, const char *path,
                            const dtl_import_options *options, dtl_import_report *report,
                            dtl_error *err)
{
    dtl_arena arena = {0};
    const dtl_plugin_info *info = NULL;
    dtl_error broken = {0};
    dtl_str extension = extension_of(dtl_str_from(path), &arena);
    if (!core_reads(extension))
        info = dtl_plugins_provider(search, DTL_PROVIDE_IMPORTER, (dtl_str){NULL, 0}, extension,
                                    &arena, &broken);
    bool ok = false;
    if (info)
        ok = import_by(info, extension, store, path, options, report, err);
    else if (broken.code == DTL_OK)
        ok = dtl_import_file(store, path, options, report, err);  // which says what it looks like
    else
        *err = broken;
    dtl_arena_release(&arena);
    return ok;
}
