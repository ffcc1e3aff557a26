// core/app/shipped.c - files that ship inside the program, and their copies in a project.
#include "app/shipped.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "script/embed/embedded.h"

enum {
    TYPES_MAX_BYTES = 1024 * 1024
};

static const char types_folder[] = ".dateline/types";
static const dtl_str types_prefix = {"types/", 6};

// What scripts do not have is switched off, so that an editor says so before a run does.
static const char luarc[] = "{\n"
                            "  \"runtime.version\": \"Lua 5.4\",\n"
                            "  \"runtime.builtin\": {\n"
                            "    \"coroutine\": \"disable\",\n"
                            "    \"debug\": \"disable\",\n"
                            "    \"io\": \"disable\",\n"
                            "    \"os\": \"disable\",\n"
                            "    \"package\": \"disable\"\n"
                            "  },\n"
                            "  \"workspace.library\": [\".dateline/types\"],\n"
                            "  \"workspace.checkThirdParty\": false\n"
                            "}\n";

static int compare_names(const void *name, const void *file)
{
    return strcmp(name, ((const dtl_embedded *)file)->name);
}

dtl_str dtl_shipped_text(const char *name)
{
    const dtl_embedded *found = bsearch(name, dtl_embedded_files, dtl_embedded_count,
                                        sizeof *dtl_embedded_files, compare_names);
    return found ? (dtl_str){(const char *)found->source, found->source_size} : DTL_STR("");
}

bool dtl_shipped_write_new(const char *path, dtl_str bytes, dtl_error *err)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (fd < 0 && errno == EEXIST) {
        dtl_error_set(err, DTL_EUSAGE, "'%s' is there already, and stays as it is", path);
        return dtl_error_hint(err, "choose another name, or move the file away");
    }
    if (fd < 0)
        return dtl_error_system(err, "cannot write", path, errno);
    bool ok = dtl_fd_write(fd, bytes, path, err);
    if (close(fd) != 0 && errno != EINTR)
        ok = dtl_error_system(err, "cannot write", path, errno);
    if (!ok)
        unlink(path);
    return ok;
}

static bool make_folder(const char *path, dtl_error *err)
{
    if (mkdir(path, 0777) == 0 || errno == EEXIST)
        return true;
    return dtl_error_system(err, "cannot make", path, errno);
}

static bool is_current(const char *path, dtl_str bytes)
{
    dtl_buf there = {0};
    dtl_error absent = {0};
    bool same = dtl_file_read(path, TYPES_MAX_BYTES, &there, &absent) &&
                dtl_str_equal(dtl_buf_str(&there), bytes);
    dtl_buf_release(&there);
    return same;
}

static bool is_there(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0;
}

// ".dateline/types/dateline/crossings.lua" for "types/dateline/crossings.lua".
static bool write_types_file(const dtl_embedded *file, bool *changed, dtl_error *err)
{
    dtl_str bytes = {(const char *)file->source, file->source_size};
    dtl_buf path = {0};
    dtl_buf_printf(&path, ".dateline/%s", file->name);
    bool current = is_current(path.data, bytes);
    bool ok = current || dtl_file_write(path.data, bytes, err);
    *changed = *changed || !current;
    dtl_buf_release(&path);
    return ok;
}

static bool write_types(bool *changed, dtl_error *err)
{
    static const char *const folders[] = {".dateline", types_folder, ".dateline/types/dateline"};
    for (size_t i = 0; i < DTL_COUNT(folders); i++)
        if (!make_folder(folders[i], err))
            return false;
    for (size_t i = 0; i < dtl_embedded_count; i++)
        if (dtl_str_starts(dtl_str_from(dtl_embedded_files[i].name), types_prefix) &&
            !write_types_file(&dtl_embedded_files[i], changed, err))
            return false;
    return true;
}

bool dtl_shipped_write_types(dtl_buf *written, dtl_error *err)
{
    bool chosen = is_there(".luarc.json") || is_there(".luarc.jsonc");
    bool changed = false;
    if (chosen && !is_there(types_folder))
        return true;  // the project points to types of its own
    if (!write_types(&changed, err))
        return false;
    if (changed)
        dtl_buf_printf(written, "%s\n", types_folder);
    if (chosen)
        return true;
    if (!dtl_shipped_write_new(".luarc.json", dtl_str_from(luarc), err))
        return false;
    DTL_BUF_LITERAL(written, ".luarc.json\n");
    return true;
}
