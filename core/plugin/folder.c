// core/plugin/folder.c - a plugin's folder: the files in it, and what they may be.
#include "plugin/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/utf8.h"

typedef struct listing {
    const char *folder;
    dtl_arena *arena;
    dtl_str *files;  // on the heap while it grows
    size_t count;
    dtl_error *err;
} listing;

static int compare_paths(const void *a, const void *b)
{
    return dtl_str_compare(*(const dtl_str *)a, *(const dtl_str *)b);
}

static bool add_path(listing *l, dtl_str path)
{
    if (l->count == DTL_PLUGIN_FILES_MAX)
        return dtl_error_set(l->err, DTL_ELIMIT, "%s: more than %d files are no plugin", l->folder,
                             DTL_PLUGIN_FILES_MAX);
    l->files = dtl_realloc_array(l->files, l->count + 1, sizeof *l->files);
    l->files[l->count++] = path;
    return true;
}

static bool add_folder(listing *l, int fd, dtl_str prefix, int depth);

static bool add_entry(listing *l, int folder, const char *name, dtl_str prefix, int depth)
{
    struct stat status;
    dtl_str path = dtl_arena_printf(l->arena, "%.*s%s", DTL_ARG(prefix), name);
    if (fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0)
        return dtl_error_system(l->err, "cannot read", path.data, errno);
    if (S_ISREG(status.st_mode))
        return add_path(l, path);
    if (!S_ISDIR(status.st_mode))
        return dtl_error_set(l->err, DTL_EIO, "%s/%s is neither a file nor a folder", l->folder,
                             path.data) ||
               dtl_error_hint(l->err, "a plugin holds no links: copy what it leads to");
    int fd = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return dtl_error_system(l->err, "cannot read", path.data, errno);
    return add_folder(l, fd, dtl_arena_printf(l->arena, "%.*s/", DTL_ARG(path)), depth + 1);
}

// Takes over [fd].
static bool add_folder(listing *l, int fd, dtl_str prefix, int depth)
{
    if (depth > DTL_PLUGIN_DEPTH_MAX) {
        close(fd);
        return dtl_error_set(l->err, DTL_ELIMIT, "%s: folders nested deeper than %d", l->folder,
                             DTL_PLUGIN_DEPTH_MAX);
    }
    DIR *folder = fdopendir(fd);
    if (!folder) {
        int error_number = errno;
        close(fd);
        return dtl_error_system(l->err, "cannot read", l->folder, error_number);
    }
    const struct dirent *entry;
    bool ok = true;
    while (ok && (entry = readdir(folder)) != NULL)
        if (entry->d_name[0] != '.')
            ok = add_entry(l, fd, entry->d_name, prefix, depth);
    closedir(folder);
    return ok;
}

bool dtl_folder_files(const char *folder, dtl_arena *arena, dtl_str **out, size_t *count,
                      dtl_error *err)
{
    listing l = {.folder = folder, .arena = arena, .err = err};
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = fd >= 0 ? add_folder(&l, fd, DTL_STR(""), 1)
                      : dtl_error_system(err, "cannot read", folder, errno);
    if (ok) {
        if (l.count)
            qsort(l.files, l.count, sizeof *l.files, compare_paths);
        *out = dtl_arena_alloc(arena, (l.count + 1) * sizeof **out);
        if (l.count)
            memcpy(*out, l.files, l.count * sizeof **out);
        *count = l.count;
    }
    free(l.files);
    return ok;
}

size_t dtl_folder_folders(const char *folder, dtl_arena *arena, dtl_str **out)
{
    listing l = {.folder = folder, .arena = arena, .err = &(dtl_error){0}};
    DIR *open_folder = opendir(folder);
    const struct dirent *entry;
    struct stat status;
    while (open_folder && (entry = readdir(open_folder)) != NULL) {
        dtl_str name = dtl_str_from(entry->d_name);
        if (entry->d_name[0] == '.' || dtl_str_ends(name, DTL_STR(".disabled")) ||
            fstatat(dirfd(open_folder), entry->d_name, &status, 0) != 0 || !S_ISDIR(status.st_mode))
            continue;
        if (!add_path(&l, dtl_arena_printf(arena, "%s/%s", folder, entry->d_name)))
            break;
    }
    if (open_folder)
        closedir(open_folder);
    if (l.count)
        qsort(l.files, l.count, sizeof *l.files, compare_paths);
    *out = dtl_arena_alloc(arena, (l.count + 1) * sizeof **out);
    if (l.count)
        memcpy(*out, l.files, l.count * sizeof **out);
    free(l.files);
    return l.count;
}

bool dtl_folder_is_inside(dtl_str file)
{
    bool at_start = true;
    for (size_t i = 0; i < file.size; i++) {
        char c = file.data[i];
        if (c == '\0' || (at_start && (c == '/' || c == '.')))
            return false;
        at_start = c == '/';
    }
    return file.size > 0 && !at_start;
}

static bool has_part(dtl_str file, dtl_str part)
{
    while (file.size) {
        size_t slash = dtl_str_find(file, DTL_STR("/"));
        if (dtl_str_equal(dtl_str_slice(file, 0, slash), part))
            return true;
        file = slash == SIZE_MAX ? DTL_STR("") : dtl_str_slice(file, slash + 1, file.size);
    }
    return false;
}

static size_t count_slashes(dtl_str file)
{
    size_t count = 0;
    for (size_t i = 0; i < file.size; i++)
        count += file.data[i] == '/';
    return count;
}

// Control codes, and what would show the name as another.
static bool is_visible(dtl_str file)
{
    dtl_buf shown = {0};
    dtl_utf8_add_visible(&shown, file, false);
    bool same = dtl_str_equal(dtl_buf_str(&shown), file);
    dtl_buf_release(&shown);
    return same;
}

static const char *why_no_name(dtl_str file)
{
    if (dtl_str_starts(file, DTL_STR("/")))
        return "is an absolute path";
    if (has_part(file, DTL_STR("..")))
        return "leads out of its folder";
    if (!is_visible(file))
        return "holds control codes, or is no UTF-8";
    if (dtl_str_starts(file, DTL_STR(".")) || dtl_str_find(file, DTL_STR("/.")) != SIZE_MAX)
        return "is hidden, which nothing in a plugin may be";
    return dtl_folder_is_inside(file) ? NULL : "is no path of a file";
}

bool dtl_folder_check_name(dtl_str file, dtl_error *err)
{
    if (file.size > DTL_PLUGIN_PATH_MAX_BYTES)
        return dtl_error_set(err, DTL_ELIMIT, "a path of %zu bytes, and %d are allowed", file.size,
                             DTL_PLUGIN_PATH_MAX_BYTES);
    const char *why = why_no_name(file);
    if (why) {
        dtl_error_set(err, DTL_EDATA, "'%.*s' %s", DTL_ARG(file), why);
        return dtl_error_expected(err, "names such as 'lib/words.lua' within the plugin's folder");
    }
    // One more than a plugin may have: an archive may hold the plugin in a folder.
    if (count_slashes(file) > DTL_PLUGIN_DEPTH_MAX)
        return dtl_error_set(err, DTL_ELIMIT, "'%.*s' is nested deeper than %d folders",
                             DTL_ARG(file), DTL_PLUGIN_DEPTH_MAX);
    return true;
}

// Opens [file] beneath [folder] one part at a time; -1 with errno.
static int open_beneath(const char *folder, const char *file)
{
    int at = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
    const char *slash;
    while (at >= 0 && (slash = strchr(file, '/')) != NULL) {
        dtl_buf part = {0};
        dtl_buf_add(&part, file, (size_t)(slash - file));
        int next = openat(at, part.data, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        int saved = errno;
        dtl_buf_release(&part);
        close(at);
        errno = saved;
        at = next;
        file = slash + 1;
    }
    if (at < 0)
        return -1;
    int fd = openat(at, file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    int saved = errno;
    close(at);
    errno = saved;
    return fd;
}

static bool read_to_end(int fd, const char *path, size_t limit, dtl_buf *out, dtl_error *err)
{
    size_t start = out->size;
    for (;;) {
        dtl_buf_reserve(out, 65536);
        ssize_t got = read(fd, out->data + out->size, 65536);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return dtl_error_system(err, "cannot read", path, errno);
        if (got == 0)
            return true;
        out->size += (size_t)got;
        if (out->size - start > limit)
            return dtl_error_set(err, DTL_ELIMIT, "cannot read %s: larger than %zu bytes", path,
                                 limit);
    }
}

bool dtl_folder_read(const char *folder, const char *file, size_t limit, dtl_buf *out,
                     dtl_error *err)
{
    struct stat status;
    if (!dtl_folder_is_inside(dtl_str_from(file)))
        return dtl_error_set(err, DTL_EIO, "'%s' does not lie in its folder", file);
    int fd = open_beneath(folder, file);
    int error_number = errno;
    dtl_buf path = {0};
    dtl_buf_printf(&path, "%s%s%s", folder, strcmp(folder, "/") == 0 ? "" : "/", file);
    bool ok = false;
    if (fd < 0)
        dtl_error_system(err, "cannot open", path.data, error_number);
    else if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode))
        dtl_error_set(err, DTL_EIO, "cannot read %s: not a regular file", path.data);
    else
        ok = read_to_end(fd, path.data, limit, out, err);
    if (fd >= 0)
        close(fd);
    dtl_buf_release(&path);
    return ok;
}

bool dtl_folder_make(dtl_str path, dtl_error *err)
{
    dtl_buf part = {0};
    bool ok = true;
    for (size_t i = 1; ok && i <= path.size; i++) {
        if (i < path.size && path.data[i] != '/')
            continue;
        dtl_buf_clear(&part);
        dtl_buf_add(&part, path.data, i);
        if (mkdir(part.data, 0777) != 0 && errno != EEXIST)
            ok = dtl_error_system(err, "cannot make the folder", part.data, errno);
    }
    dtl_buf_release(&part);
    return ok;
}

static bool remove_in(int parent, const char *name, int depth, dtl_error *err);

// Takes over [fd].
static bool empty_folder(int fd, const char *name, int depth, dtl_error *err)
{
    DIR *folder = fdopendir(fd);
    const struct dirent *entry;
    bool ok = depth < 64;
    if (!ok)
        dtl_error_set(err, DTL_ELIMIT, "%s is nested too deeply to remove", name);
    while (ok && folder && (entry = readdir(folder)) != NULL)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            ok = remove_in(fd, entry->d_name, depth + 1, err);
    if (folder)
        closedir(folder);
    else
        close(fd);
    return ok;
}

static bool remove_in(int parent, const char *name, int depth, dtl_error *err)
{
    if (unlinkat(parent, name, 0) == 0)
        return true;
    int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return dtl_error_system(err, "cannot remove", name, errno);
    if (!empty_folder(fd, name, depth, err))
        return false;
    return unlinkat(parent, name, AT_REMOVEDIR) == 0 ||
           dtl_error_system(err, "cannot remove", name, errno);
}

bool dtl_folder_remove(const char *path, dtl_error *err)
{
    return remove_in(AT_FDCWD, path, 0, err);
}
