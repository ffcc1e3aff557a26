// core/plugin/digest.c - the digest of a plugin: over every file of its folder, by name and content.
#include "plugin/folder.h"
#include "plugin/manifest.h"

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
        ok = add_file(info->folder.data, files[i], &left, &list, err);
    if (ok)
        *out = dtl_sha256_of(dtl_buf_str(&list));
    dtl_buf_release(&list);
    dtl_arena_release(&arena);
    return ok;
}
