// core/app/plugin_import.c - files that a plugin reads.
#include "app/plugin_import.h"

#include "base/file.h"
#include "plugin/grants.h"
#include "plugin/native.h"

enum {
    FILE_BYTES_MAX = 256 * 1024 * 1024,
    EXTENSION_MAX = 16
};

static bool has_word(dtl_str words, dtl_str word)
{
    while (words.size) {
        size_t space = dtl_str_find(words, DTL_STR(" "));
        if (dtl_str_equal(dtl_str_slice(words, 0, space), word))
            return true;
        words = dtl_str_slice(words, space == SIZE_MAX ? words.size : space + 1, words.size);
    }
    return false;
}

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
        if (has_word(dtl_str_from(dtl_importers_builtin.importers[i]->extensions), extension))
            return true;
    return extension.size == 0;
}

static dtl_str importer_of(const dtl_plugin_info *info, dtl_str extension)
{
    for (size_t i = 0; i < info->provide_count; i++) {
        const dtl_provision *p = &info->provides[i];
        if (p->kind == DTL_PROVIDE_IMPORTER && has_word(p->extensions, extension))
            return p->name;
    }
    return (dtl_str){NULL, 0};
}

bool dtl_plugin_import_read(dtl_plugin_import *import, const dtl_plugin_search *search,
                            const char *path, dtl_error *err)
{
    dtl_str extension = extension_of(dtl_str_from(path), &import->arena);
    if (core_reads(extension))
        return true;
    const dtl_plugin_info *info = dtl_plugins_provider(
        search, DTL_PROVIDE_IMPORTER, (dtl_str){NULL, 0}, extension, &import->arena, err);
    if (!info)
        return err->code == DTL_OK;  // the core then says what the file looks like
    if (!info->library.size)
        return dtl_error_set(err, DTL_EUSAGE,
                             "the plugin %.*s is no native one: it cannot read files",
                             DTL_ARG(info->name));
    if (!dtl_grants_check(info, err) || !dtl_file_read(path, FILE_BYTES_MAX, &import->bytes, err))
        return false;
    const dtl_source_file file = {.path = dtl_str_from(path), .bytes = dtl_buf_str(&import->bytes)};
    if (!dtl_native_import(info, importer_of(info, extension), &file, NULL, &import->arena,
                           &import->importer, err))
        return false;
    import->list[0] = &import->importer;
    import->importers = (dtl_importer_list){import->list, 1};
    import->used = true;
    return true;
}

void dtl_plugin_import_release(dtl_plugin_import *import)
{
    dtl_arena_release(&import->arena);
    dtl_buf_release(&import->bytes);
    import->used = false;
}
