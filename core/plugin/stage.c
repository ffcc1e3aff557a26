// core/plugin/stage.c - a folder beside the user's plugins in which one is put together, then renamed.
#include "plugin/stage.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/file.h"
#include "plugin/archive.h"
#include "plugin/folder.h"
#include "plugin/places.h"

static bool lock(dtl_stage *stage, dtl_error *err)
{
    const char *path = dtl_arena_printf(stage->arena, "%.*s/.lock", DTL_ARG(stage->place)).data;
    stage->lock = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (stage->lock < 0)
        return dtl_error_system(err, "cannot write", path, errno);
    while (flock(stage->lock, LOCK_EX) != 0)
        if (errno != EINTR)
            return dtl_error_system(err, "cannot lock", path, errno);
    return true;
}

static bool is_there(const char *path)
{
    return faccessat(AT_FDCWD, path, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

bool dtl_stage_open(dtl_stage *stage, dtl_arena *arena, dtl_error *err)
{
    *stage = (dtl_stage){.arena = arena, .lock = -1};
    stage->place = dtl_place_user_plugins(arena);
    if (!stage->place.size) {
        dtl_error_set(err, DTL_EIO, "there is no place to keep plugins");
        return dtl_error_expected(err, "$HOME or $XDG_DATA_HOME to be set");
    }
    dtl_str folder = dtl_arena_printf(arena, "%.*s/.new", DTL_ARG(stage->place));
    if (!dtl_folder_make(stage->place, err) || !lock(stage, err) ||
        (is_there(folder.data) && !dtl_folder_remove(folder.data, err)) ||
        !dtl_folder_make(folder, err))
        return false;
    stage->folder = folder;
    return true;
}

static bool count(dtl_stage *stage, bool is_folder, size_t bytes, dtl_error *err)
{
    if (stage->entries++ == DTL_ARCHIVE_ENTRIES_MAX ||
        (!is_folder && stage->files++ == DTL_PLUGIN_FILES_MAX))
        return dtl_error_set(err, DTL_ELIMIT, "more than %d files are no plugin",
                             DTL_PLUGIN_FILES_MAX);
    if (bytes > DTL_PLUGIN_BYTES_MAX - stage->bytes)
        return dtl_error_set(err, DTL_ELIMIT, "all files of a plugin together may take %d MB",
                             DTL_PLUGIN_BYTES_MAX >> 20);
    stage->bytes += bytes;
    return true;
}

static bool write_file(dtl_str path, dtl_str name, dtl_str bytes, dtl_error *err)
{
    int fd = open(path.data, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
    if (fd < 0 && errno == EEXIST)
        return dtl_error_set(err, DTL_EDATA, "'%.*s' is there twice", DTL_ARG(name));
    if (fd < 0 && errno == ENOTDIR)
        return dtl_error_set(err, DTL_EDATA, "'%.*s' lies in what is a file", DTL_ARG(name));
    if (fd < 0)
        return dtl_error_system(err, "cannot write", path.data, errno);
    bool ok = dtl_fd_write(fd, bytes, path.data, err);
    if (close(fd) != 0 && ok)
        ok = dtl_error_system(err, "cannot write", path.data, errno);
    return ok;
}

bool dtl_stage_add(dtl_stage *stage, dtl_str path, bool is_folder, dtl_str bytes, dtl_error *err)
{
    if (!dtl_folder_check_name(path, err) || !count(stage, is_folder, bytes.size, err))
        return false;
    dtl_str whole =
        dtl_arena_printf(stage->arena, "%.*s/%.*s", DTL_ARG(stage->folder), DTL_ARG(path));
    if (is_folder)
        return dtl_folder_make(whole, err);
    size_t end = whole.size;
    while (whole.data[end - 1] != '/')
        end--;
    return dtl_folder_make(dtl_str_slice(whole, 0, end - 1), err) &&
           write_file(whole, path, bytes, err);
}

// One call for all files and folders of the stage; of others' too, which costs time, not truth.
static bool sync_all(const dtl_stage *stage, dtl_error *err)
{
    if (syncfs(stage->lock) != 0)
        return dtl_error_system(err, "cannot sync", stage->place.data, errno);
    return true;
}

bool dtl_stage_put(dtl_stage *stage, dtl_str folder, dtl_str name, bool replaces, dtl_error *err)
{
    const char *target =
        dtl_arena_printf(stage->arena, "%.*s/%.*s", DTL_ARG(stage->place), DTL_ARG(name)).data;
    if (!sync_all(stage, err))
        return false;
    // Moved away first, the old one would be lost to a crash before the second rename.
    if (renameat2(AT_FDCWD, folder.data, AT_FDCWD, target, replaces ? RENAME_EXCHANGE : 0) == 0)
        return sync_all(stage, err);
    int error_number = errno;
    dtl_error_system(err, "cannot put the plugin at", target, error_number);
    if (replaces && (error_number == EINVAL || error_number == ENOSYS))
        dtl_error_hint(err,
                       "this file system cannot swap folders: remove the old one first "
                       "(dateline plugin remove %.*s)",
                       DTL_ARG(name));
    return false;
}

bool dtl_stage_take(dtl_stage *stage, dtl_str folder, dtl_error *err)
{
    const char *target = dtl_arena_printf(stage->arena, "%.*s/taken", DTL_ARG(stage->folder)).data;
    if (rename(folder.data, target) != 0)
        return dtl_error_system(err, "cannot remove", folder.data, errno);
    return sync_all(stage, err);
}

void dtl_stage_close(dtl_stage *stage)
{
    dtl_error unheard = {0};  // what stays goes with the next
    if (stage->folder.size && is_there(stage->folder.data))
        (void)!dtl_folder_remove(stage->folder.data, &unheard);
    if (stage->lock >= 0)
        close(stage->lock);
    stage->folder.size = 0;
    stage->lock = -1;
}
