// core/base/file.c - whole files in and out.
// A target is judged and replaced by its name within an open folder, so that nobody can exchange
// the folder in between; the rename itself replaces a link, never follows one.
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    READ_SIZE = 64 * 1024,
    NAME_TRIES = 16,
    TEMPORARY_SIZE = 32
};

// Where a file is written: its folder, its name there, and the temporary that becomes it.
typedef struct target {
    const char *path;
    const char *name;  // the last part of [path]
    int folder;
    int fd;
    char temporary[TEMPORARY_SIZE];
} target;

static bool read_to_end(int fd, const char *path, size_t limit, dtl_buf *out, dtl_error *err)
{
    size_t start = out->size;
    for (;;) {
        dtl_buf_reserve(out, READ_SIZE);
        ssize_t count = read(fd, out->data + out->size, READ_SIZE);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return dtl_error_system(err, "cannot read", path, errno);
        if (count == 0)
            break;
        out->size += (size_t)count;
        if (out->size - start > limit)
            return dtl_error_set(err, DTL_ELIMIT, "cannot read %s: larger than %zu bytes", path,
                                 limit);
    }
    out->data[out->size] = '\0';
    return true;
}

bool dtl_file_read(const char *path, size_t limit, dtl_buf *out, dtl_error *err)
{
    // Not blocking: opening a pipe without a writer would otherwise wait for ever.
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd < 0)
        return dtl_error_system(err, "cannot open", path, errno);
    size_t start = out->size;
    bool ok = false;
    struct stat status;
    if (fstat(fd, &status) != 0)
        dtl_error_system(err, "cannot read", path, errno);
    else if (!S_ISREG(status.st_mode))
        dtl_error_set(err, DTL_EIO, "cannot read %s: not a regular file", path);
    else
        ok = read_to_end(fd, path, limit, out, err);
    if (!ok && out->data) {
        out->size = start;
        out->data[start] = '\0';
    }
    close(fd);  // only read from: nothing can be lost here
    return ok;
}

static bool open_folder(target *t, dtl_error *err)
{
    const char *slash = strrchr(t->path, '/');
    t->name = slash ? slash + 1 : t->path;
    if (!t->name[0])
        return dtl_error_set(err, DTL_EIO, "cannot write '%s': not a file name", t->path);
    dtl_buf folder = {0};
    if (slash)  // with its slash, so that "/name" keeps its root
        dtl_buf_add(&folder, t->path, (size_t)(t->name - t->path));
    else
        dtl_buf_add_char(&folder, '.');
    t->folder = open(folder.data, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int error_number = errno;
    dtl_buf_release(&folder);
    if (t->folder < 0)
        return dtl_error_system(err, "cannot write", t->path, error_number);
    return true;
}

static bool check_replaceable(const target *t, dtl_error *err)
{
    struct stat status;
    if (fstatat(t->folder, t->name, &status, AT_SYMLINK_NOFOLLOW) != 0)
        return errno == ENOENT || dtl_error_system(err, "cannot write", t->path, errno);
    const char *reason = NULL;
    if (S_ISLNK(status.st_mode))
        reason = "it is a symbolic link";
    else if (S_ISDIR(status.st_mode))
        reason = "it is a folder";
    else if (!S_ISREG(status.st_mode))
        reason = "it is not a regular file";
    else if (status.st_uid != geteuid())
        reason = "it belongs to another user";
    if (reason)
        return dtl_error_set(err, DTL_EIO, "cannot replace %s: %s", t->path, reason);
    return true;
}

static bool create_temporary(target *t, dtl_error *err)
{
    for (int i = 0; i < NAME_TRIES; i++) {
        uint64_t random;
        if (getrandom(&random, sizeof random, 0) != (ssize_t)sizeof random)
            return dtl_error_system(err, "cannot write", t->path, errno);
        snprintf(t->temporary, sizeof t->temporary, ".dateline-%016" PRIx64, random);
        // Created with every bit that the umask leaves, as any other program would.
        t->fd = openat(t->folder, t->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (t->fd >= 0)
            return true;
        if (errno != EEXIST)
            break;
    }
    return dtl_error_system(err, "cannot write", t->path, errno);
}

static bool fill_temporary(target *t, dtl_str bytes, dtl_error *err)
{
    bool ok = dtl_fd_write(t->fd, bytes, t->path, err);
    if (ok && fsync(t->fd) != 0)
        ok = dtl_error_system(err, "cannot write", t->path, errno);
    if (close(t->fd) != 0 && errno != EINTR)
        ok = dtl_error_system(err, "cannot write", t->path, errno);
    return ok;
}

static bool sync_folder(const target *t, dtl_error *err)
{
    // EINVAL: a file system that has nothing to sync for a folder.
    if (fsync(t->folder) == 0 || errno == EINVAL)
        return true;
    return dtl_error_system(err, "cannot write", t->path, errno);
}

static bool replace(target *t, dtl_str bytes, dtl_error *err)
{
    if (!check_replaceable(t, err) || !create_temporary(t, err))
        return false;
    bool ok = fill_temporary(t, bytes, err);
    if (ok && renameat(t->folder, t->temporary, t->folder, t->name) != 0)
        ok = dtl_error_system(err, "cannot write", t->path, errno);
    if (!ok) {
        unlinkat(t->folder, t->temporary, 0);
        return false;
    }
    return sync_folder(t, err);
}

bool dtl_file_write(const char *path, dtl_str bytes, dtl_error *err)
{
    target t = {.path = path};
    if (!open_folder(&t, err))
        return false;
    bool ok = replace(&t, bytes, err);
    close(t.folder);
    return ok;
}

bool dtl_fd_write(int fd, dtl_str bytes, const char *name, dtl_error *err)
{
    for (size_t at = 0; at < bytes.size;) {
        ssize_t count = write(fd, bytes.data + at, bytes.size - at);
        if (count >= 0) {
            at += (size_t)count;
        } else if (errno == EAGAIN) {
            struct pollfd ready = {.fd = fd, .events = POLLOUT};
            poll(&ready, 1, -1);  // a failure shows at the next write
        } else if (errno != EINTR) {
            return dtl_error_system(err, "cannot write", name, errno);
        }
    }
    return true;
}
