// core/plugin/archive.c - the files of an archive, read in a worker.
//
// The worker is confined, so the library can harm nobody; but what comes out of it may still be all
// that a hostile archive could make it say, so the host trusts neither names nor numbers.
#include "plugin/archive.h"

#include <dlfcn.h>

#include <archive.h>
#include <archive_entry.h>

#include "base/file.h"
#include "script/worker/frame.h"
#include "script/worker/worker.h"

enum {
    FRAME_FILE = DTL_FRAME_USER,
    FRAME_FOLDER,
    WALL_MS = 60000,
    MEMORY_BYTES = 192 * 1024 * 1024,  // a .tar.xz may need 64 MB for its dictionary alone
    FRAMES_MORE_BYTES = 8 * 1024 * 1024,
    BLOCK_BYTES = 64 * 1024,
};

#define LIBRARY "libarchive.so.13"

// The functions used, by their own names.
#define FUNCTIONS(X)                                                                               \
    X(archive_read_new)                                                                            \
    X(archive_read_free)                                                                           \
    X(archive_read_support_filter_gzip)                                                            \
    X(archive_read_support_filter_bzip2)                                                           \
    X(archive_read_support_filter_xz)                                                              \
    X(archive_read_support_filter_zstd)                                                            \
    X(archive_read_support_format_tar)                                                             \
    X(archive_read_support_format_zip)                                                             \
    X(archive_read_open_memory)                                                                    \
    X(archive_read_next_header)                                                                    \
    X(archive_read_data)                                                                           \
    X(archive_error_string)                                                                        \
    X(archive_entry_pathname)                                                                      \
    X(archive_entry_pathname_utf8)                                                                 \
    X(archive_entry_filetype)                                                                      \
    X(archive_entry_hardlink)                                                                      \
    X(archive_entry_is_encrypted)                                                                  \
    X(archive_entry_size)                                                                          \
    X(archive_entry_size_is_set)

#define MEMBER(name) __typeof__ (&(name))(name);
typedef struct library {
    FUNCTIONS(MEMBER)
} library;

typedef struct reading {
    const char *file;
    dtl_str archive;
    size_t bytes_max;

    // In the worker.
    library lib;
    struct archive *handle;
    dtl_channel *channel;
    size_t left;     // bytes that may still come
    size_t entries;  // seen so far
    dtl_buf bytes;
    dtl_buf frame;

    // In the host.
    dtl_archive_entry_fn *on_entry;
    void *context;
} reading;

static bool fail_at(const reading *r, dtl_error *err)
{
    return dtl_error_at(err, dtl_str_from(r->file), 0, 0);
}

// ---- the library ----

static bool fail_library(dtl_error *err)
{
    const char *why = dlerror();
    dtl_error_set(err, DTL_EIO, "archives cannot be read here: %s", why ? why : "no reason given");
    return dtl_error_hint(err, "install libarchive (Debian: libarchive13), or unpack the archive "
                               "and add its folder");
}

static bool find_function(void *from, const char *name, void *to, dtl_error *err)
{
    void *symbol = dlsym(from, name);
    if (!symbol)
        return fail_library(err);
    memcpy(to, &symbol, sizeof symbol);
    return true;
}

// In the worker, before it is confined: afterwards nothing that runs can be mapped.
static bool prepare(void *context, dtl_error *err)
{
    reading *r = context;
    void *from = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
    if (!from)
        return fail_library(err);
#define FIND(name) find_function(from, #name, &r->lib.name, err) &&
    return FUNCTIONS(FIND) true;
}

// ---- in the worker ----

static bool fail_read(const reading *r, dtl_error *err)
{
    const char *why = r->lib.archive_error_string(r->handle);
    dtl_error_set(err, DTL_EDATA, "this archive cannot be read: %s", why ? why : "no reason given");
    fail_at(r, err);
    if (r->entries > 0)
        return dtl_error_hint(err, "it may be cut off: fetch it again");
    return dtl_error_expected(err, "a .zip, a .tar, or a .tar.gz, .tar.xz, .tar.bz2 or .tar.zst");
}

static bool refuse(const reading *r, dtl_str path, const char *why, const char *hint,
                   dtl_error *err)
{
    dtl_error_set(err, DTL_EDATA, "'%.*s' in the archive %s", DTL_ARG(path), why);
    dtl_error_hint(err, "%s", hint);
    return fail_at(r, err);
}

static bool refuse_size(const reading *r, dtl_str path, dtl_error *err)
{
    dtl_error_set(err, DTL_ELIMIT, "with '%.*s' the archive's files have more than %zu MB",
                  DTL_ARG(path), r->bytes_max >> 20);
    return fail_at(r, err);
}

static bool check_kind(const reading *r, struct archive_entry *entry, dtl_str path, dtl_error *err)
{
    static const char copy_hint[] = "a plugin holds files and folders alone: copy what it leads to";
    unsigned kind = r->lib.archive_entry_filetype(entry);
    if (r->lib.archive_entry_is_encrypted(entry))
        return refuse(r, path, "is encrypted", "make the archive without a password", err);
    if (r->lib.archive_entry_hardlink(entry))
        return refuse(r, path, "is a hard link", copy_hint, err);
    if (kind == AE_IFLNK)
        return refuse(r, path, "is a symbolic link", copy_hint, err);
    if (kind != AE_IFREG && kind != AE_IFDIR)
        return refuse(r, path, "is a device, a pipe or a socket",
                      "a plugin holds files and folders alone", err);
    return true;
}

static bool read_bytes(reading *r, struct archive_entry *entry, dtl_str path, dtl_error *err)
{
    dtl_buf_clear(&r->bytes);
    if (r->lib.archive_entry_size_is_set(entry) &&
        (r->lib.archive_entry_size(entry) < 0 ||
         (uint64_t)r->lib.archive_entry_size(entry) > r->left))
        return refuse_size(r, path, err);
    for (;;) {
        dtl_buf_reserve(&r->bytes, BLOCK_BYTES);
        la_ssize_t got =
            r->lib.archive_read_data(r->handle, r->bytes.data + r->bytes.size, BLOCK_BYTES);
        if (got < 0)
            return fail_read(r, err);
        if (got == 0)
            return true;
        if ((size_t)got > r->left)
            return refuse_size(r, path, err);
        r->left -= (size_t)got;
        r->bytes.size += (size_t)got;
    }
}

// What `tar -C folder .` puts before each name.
static dtl_str without_dots(dtl_str path)
{
    while (dtl_str_starts(path, DTL_STR("./")))
        path = dtl_str_slice(path, 2, path.size);
    while (path.size > 1 && path.data[path.size - 1] == '/')
        path.size--;
    return dtl_str_equal(path, DTL_STR(".")) ? DTL_STR("") : path;
}

static bool take_entry(reading *r, struct archive_entry *entry, dtl_error *err)
{
    // Bytes as they are; a name that is kept as UTF-8 alone is had as such.
    const char *name = r->lib.archive_entry_pathname(entry);
    if (!name)
        name = r->lib.archive_entry_pathname_utf8(entry);
    dtl_str path = without_dots(dtl_str_from(name));
    bool is_folder = r->lib.archive_entry_filetype(entry) == AE_IFDIR;
    dtl_channel_at(r->channel, path, 0);
    if (!name) {
        dtl_error_set(err, DTL_EDATA, "the name of entry %zu cannot be read", r->entries);
        return fail_at(r, err);
    }
    if (!check_kind(r, entry, path, err) || (!is_folder && !read_bytes(r, entry, path, err)))
        return false;
    if (is_folder && path.size == 0)
        return true;
    dtl_buf_clear(&r->frame);
    dtl_pack_str(&r->frame, path);
    if (!is_folder)
        dtl_pack_str(&r->frame, dtl_buf_str(&r->bytes));
    return dtl_channel_send(r->channel, is_folder ? FRAME_FOLDER : FRAME_FILE,
                            dtl_buf_str(&r->frame), err);
}

static bool take_entries(reading *r, dtl_error *err)
{
    for (;;) {
        struct archive_entry *entry;
        int got = r->lib.archive_read_next_header(r->handle, &entry);
        if (got == ARCHIVE_EOF)
            return true;
        if (got < ARCHIVE_WARN)
            return fail_read(r, err);
        if (r->entries++ == DTL_ARCHIVE_ENTRIES_MAX) {
            dtl_error_set(err, DTL_ELIMIT, "the archive has more than %d files and folders",
                          DTL_ARCHIVE_ENTRIES_MAX);
            return fail_at(r, err);
        }
        if (!take_entry(r, entry, err))
            return false;
    }
}

static bool work(void *context, dtl_channel *channel, dtl_error *err)
{
    reading *r = context;
    r->channel = channel;
    r->left = r->bytes_max;
    r->handle = r->lib.archive_read_new();
    if (!r->handle)
        return dtl_error_set(err, DTL_ELIMIT, "there is no memory left for the archive");
    // A compression that this libarchive lacks shows when an archive needs it.
    r->lib.archive_read_support_filter_gzip(r->handle);
    r->lib.archive_read_support_filter_bzip2(r->handle);
    r->lib.archive_read_support_filter_xz(r->handle);
    r->lib.archive_read_support_filter_zstd(r->handle);
    r->lib.archive_read_support_format_tar(r->handle);
    r->lib.archive_read_support_format_zip(r->handle);
    bool ok = (r->lib.archive_read_open_memory(r->handle, r->archive.data, r->archive.size) ==
                   ARCHIVE_OK ||
               fail_read(r, err)) &&
              take_entries(r, err);
    r->lib.archive_read_free(r->handle);
    dtl_buf_release(&r->bytes);
    dtl_buf_release(&r->frame);
    return ok;
}

// ---- in the host ----

static bool on_frame(void *context, uint32_t type, dtl_str payload, dtl_error *err)
{
    reading *r = context;
    dtl_str path;
    dtl_str bytes = DTL_STR("");
    bool known = (type == FRAME_FILE || type == FRAME_FOLDER) && dtl_unpack_str(&payload, &path) &&
                 (type == FRAME_FOLDER || dtl_unpack_str(&payload, &bytes)) && payload.size == 0;
    if (!known)
        return dtl_error_set(err, DTL_EDATA, "the reader of archives sent what makes no sense");
    return r->on_entry(r->context, path, type == FRAME_FOLDER, bytes, err);
}

bool dtl_archive_read(const char *file, size_t bytes_max, dtl_archive_entry_fn *on_entry,
                      void *context, dtl_error *err)
{
    dtl_buf bytes = {0};
    reading r = {.file = file, .bytes_max = bytes_max, .on_entry = on_entry, .context = context};
    const dtl_worker_options options = {
        .wall_ms = WALL_MS,
        .memory_bytes = MEMORY_BYTES,
        .output_bytes = bytes_max + FRAMES_MORE_BYTES,
        .prepare = prepare,
        .name = "the reader of archives",
    };
    bool ok = dtl_file_read(file, DTL_ARCHIVE_MAX_BYTES, &bytes, err);
    r.archive = dtl_buf_str(&bytes);
    ok = ok && dtl_worker_run(work, &r, on_frame, &r, &options, err);
    dtl_buf_release(&bytes);
    return ok;
}
