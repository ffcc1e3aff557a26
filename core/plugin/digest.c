// core/plugin/digest.c - the digest of a plugin: over every file that counts, by name and content.
#include "plugin/folder.h"
#include "plugin/manifest.h"

// ---- which files count ----

static dtl_str name_of(dtl_str file)
{
    size_t from = file.size;
    while (from > 0 && file.data[from - 1] != '/')
        from--;
    return dtl_str_slice(file, from, file.size);
}

static bool is_about(dtl_str name)
{
    return dtl_str_equal(name, DTL_STR("Makefile")) || dtl_str_starts(name, DTL_STR("README")) ||
           dtl_str_starts(name, DTL_STR("LICENSE")) || dtl_str_starts(name, DTL_STR("CHANGELOG"));
}

static bool is_source(dtl_str name)
{
    return dtl_str_ends(name, DTL_STR(".c")) || dtl_str_ends(name, DTL_STR(".h")) ||
           dtl_str_ends(name, DTL_STR(".o"));
}

bool dtl_plugin_counts(dtl_str file)
{
    dtl_str name = name_of(file);
    // A library counts wherever it stands: another may be linked to it.
    if (dtl_str_find(name, DTL_STR(".so")) != SIZE_MAX)
        return true;
    if (dtl_str_starts(file, DTL_STR("test/")) || dtl_str_starts(file, DTL_STR("tests/")))
        return false;
    if (dtl_str_ends(name, DTL_STR(".lua")))
        return !dtl_str_ends(name, DTL_STR(".test.lua"));
    if (dtl_str_starts(file, DTL_STR("datasets/")))
        return true;
    return !dtl_str_starts(file, DTL_STR("reports/")) && !is_source(name) && !is_about(name);
}

// ---- the digest ----

static bool add_file(const char *folder, dtl_str file, size_t *left, dtl_buf *list, dtl_error *err)
{
    dtl_buf bytes = {0};
    bool ok = dtl_folder_read(folder, file.data, *left, &bytes, err);
    if (ok) {
        *left -= bytes.size;
        dtl_buf_add_str(list, file);
        dtl_buf_add_char(list, '\0');  // which no name holds
        dtl_buf_printf(list, "%s\n", dtl_sha256_of(dtl_buf_str(&bytes)).hex);
    } else if (err->code == DTL_ELIMIT) {
        dtl_error_hint(err, "all files of a plugin together may take %d MB",
                       DTL_PLUGIN_BYTES_MAX >> 20);
    }
    dtl_buf_release(&bytes);
    return ok;
}

bool dtl_plugin_digest(const dtl_plugin_info *info, dtl_sha256 *out, dtl_error *err)
{
    dtl_arena arena = {0};
    dtl_buf list = {0};
    dtl_str *files = NULL;
    size_t count = 0;
    size_t left = DTL_PLUGIN_BYTES_MAX;
    bool ok = dtl_folder_files(info->folder.data, &arena, &files, &count, err);
    for (size_t i = 0; ok && i < count; i++)
        ok = !dtl_plugin_counts(files[i]) ||
             add_file(info->folder.data, files[i], &left, &list, err);
    if (ok)
        *out = dtl_sha256_of(dtl_buf_str(&list));
    dtl_buf_release(&list);
    dtl_arena_release(&arena);
    return ok;
}
