// core/store/store.c - opening and closing.
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "store/internal.h"
#include "store/schema.h"

static dtl_store *new_store(dtl_str name, const char *path)
{
    dtl_store *store = dtl_alloc(sizeof *store);
    size_t size = strlen(path) + 1;
    store->path = dtl_alloc(size);
    memcpy(store->path, path, size);
    store->sql.name = name.size ? name : dtl_str_from(store->path);
    store->lock = -1;
    return store;
}

void dtl_store_close(dtl_store *store)
{
    if (!store)
        return;
    dtl_writer_abort(store->writer);
    dtl_sql_release(&store->sql);
    sqlite3_close_v2(store->sql.db);  // v2: a query that is still open keeps the connection
    dtl_store_unlock(store);
    dtl_arena_release(&store->tables.arena);
    dtl_arena_release(&store->modules.arena);
    free(store->path);
    free(store);
}

dtl_str dtl_store_name(const dtl_store *store)
{
    return store->sql.name;
}

// Debian's SQLite takes "file:x?mode=..." as a URI and ":memory:" as no file; here a path is a path.
static char *plain_path(const char *path)
{
    dtl_buf plain = {0};
    if (path[0] == ':' || dtl_str_starts(dtl_str_from(path), DTL_STR("file:")))
        DTL_BUF_LITERAL(&plain, "./");
    dtl_buf_add_str(&plain, dtl_str_from(path));
    return plain.data ? plain.data : dtl_alloc(1);
}

// What every connection has: no extension, trigger or double-quoted text; no schema is trusted.
static bool configure(dtl_store *store, dtl_error *err)
{
    static const struct {
        int option;
        int value;
    } settings[] = {
        {SQLITE_DBCONFIG_DEFENSIVE, 1},        {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
        {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},   {SQLITE_DBCONFIG_DQS_DML, 0},
        {SQLITE_DBCONFIG_DQS_DDL, 0},          {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
        {SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1}, {SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0},
    };
    for (size_t i = 0; i < DTL_COUNT(settings); i++) {
        int code = sqlite3_db_config(store->sql.db, settings[i].option, settings[i].value, NULL);
        if (code != SQLITE_OK)
            return dtl_sql_failed(&store->sql, code, err);
    }
    sqlite3_busy_timeout(store->sql.db, DTL_STORE_BUSY_MS);
    return dtl_sql_exec(&store->sql, "PRAGMA temp_store=MEMORY; PRAGMA cell_size_check=ON;", err);
}

static bool connect(dtl_store *store, const char *path, int flags, dtl_error *err)
{
    int all = flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE;
    int code = sqlite3_open_v2(path, &store->sql.db, all, NULL);
    if (code != SQLITE_OK && store->is_file && errno)
        return dtl_error_system(err, "cannot open the store", store->path, errno);
    if (code != SQLITE_OK)
        return dtl_sql_failed(&store->sql, code, err);
    return configure(store, err);
}

// Creates the tables under the lock, unless another program just did.
static bool create_layout(dtl_store *store, dtl_error *err)
{
    bool is_new = false;
    if (!dtl_store_lock(store, err))
        return false;
    bool ok = dtl_sql_exec(&store->sql, "PRAGMA journal_mode=WAL", err) &&
              dtl_sql_exec(&store->sql, "BEGIN IMMEDIATE", err) &&
              dtl_schema_check(&store->sql, &is_new, err) &&
              (!is_new || dtl_schema_create(&store->sql, err)) &&
              dtl_sql_exec(&store->sql, "COMMIT", err);
    if (!ok && !sqlite3_get_autocommit(store->sql.db))
        sqlite3_exec(store->sql.db, "ROLLBACK", NULL, NULL, NULL);
    dtl_store_unlock(store);
    return ok;
}

static bool prepare_file(dtl_store *store, dtl_error *err)
{
    bool is_new;
    // A file that may not be written to is opened for reading without a word.
    if (store->writable && sqlite3_db_readonly(store->sql.db, "main") == 1)
        return dtl_error_system(err, "cannot write to the store", store->path, EACCES);
    if (store->writable &&
        !dtl_sql_exec(&store->sql, "PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0;", err))
        return false;
    if (!dtl_schema_check(&store->sql, &is_new, err))
        return false;
    if (!is_new)
        return true;
    if (store->writable)
        return create_layout(store, err);
    return dtl_error_set(err, DTL_EDATA, "the store %s is empty: no file was ever imported",
                         store->path);
}

static bool is_refused(const dtl_store *store)
{
    int code = sqlite3_errcode(store->sql.db) & 0xff;
    return code == SQLITE_CANTOPEN || code == SQLITE_READONLY || code == SQLITE_PERM;
}

// Whether the folder of [path] may be written to.
static bool folder_is_writable(const char *path)
{
    const char *slash = strrchr(path, '/');
    dtl_buf folder = {0};
    dtl_buf_add_str(&folder, slash ? (dtl_str){path, (size_t)(slash - path) + 1} : DTL_STR("."));
    bool writable = access(folder.data, W_OK) == 0;
    dtl_buf_release(&folder);
    return writable;
}

// SQLite tries several ways to open a file and tells of the last: find out what stood in the way.
static void explain_open_failure(const dtl_store *store, dtl_error *err)
{
    if (!is_refused(store) || (!store->writable && access(store->path, R_OK) != 0))
        return;
    bool exists = access(store->path, F_OK) == 0;
    int file_error = exists && store->writable && access(store->path, W_OK) != 0 ? errno : 0;
    int folder_error = folder_is_writable(store->path) ? 0 : errno;
    if (!file_error && !folder_error)
        return;
    *err = (dtl_error){0};
    if (store->writable) {
        dtl_error_system(err, exists ? "cannot write to the store" : "cannot create the store",
                         store->path, file_error ? file_error : folder_error);
        return;
    }
    // A reader of a write-ahead store needs its index beside it.
    dtl_error_set(err, DTL_EIO,
                  "cannot read the store %s: its index (%s-shm) is not there and cannot be made, "
                  "because the folder cannot be written to",
                  store->path, store->path);
    dtl_error_hint(err, "copy the store to a folder of your own, or let its owner open it once");
}

bool dtl_store_open(const char *path, dtl_store_mode mode, dtl_store **out, dtl_error *err)
{
    dtl_store *store = new_store(DTL_STR(""), path);
    store->is_file = true;
    store->writable = mode == DTL_STORE_WRITE;
    int flags = store->writable ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
    char *plain = plain_path(path);
    bool ok = path[0] ? true : dtl_error_set(err, DTL_EUSAGE, "the store's path is empty");
    if (ok && !store->writable && access(path, R_OK) != 0) {
        if (errno == ENOENT)
            dtl_error_hint(err, "dateline import FILE --db %s makes it", path);
        ok = dtl_error_system(err, "cannot open the store", path, errno);
    }
    errno = 0;
    if (ok && (!connect(store, plain, flags, err) || !prepare_file(store, err))) {
        ok = false;
        explain_open_failure(store, err);
    }
    free(plain);
    if (!ok) {
        dtl_store_close(store);
        return false;
    }
    *out = store;
    return true;
}

bool dtl_store_open_memory(dtl_store **out, dtl_error *err)
{
    dtl_store *store = new_store(DTL_STR(""), "");
    store->writable = true;
    if (!connect(store, ":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, err) ||
        !dtl_schema_create(&store->sql, err)) {
        dtl_store_close(store);
        return false;
    }
    *out = store;
    return true;
}

// SQLite asks for bytes it could change; READONLY and the absence of RESIZEABLE keep it from that.
static bool attach_image(dtl_store *store, const unsigned char *bytes, size_t size, dtl_error *err)
{
    union {
        const unsigned char *constant;
        unsigned char *changeable;
    } image = {.constant = bytes};
    bool is_new;
    int code = sqlite3_deserialize(store->sql.db, "main", image.changeable, (sqlite3_int64)size,
                                   (sqlite3_int64)size, SQLITE_DESERIALIZE_READONLY);
    if (code != SQLITE_OK)
        return dtl_sql_failed(&store->sql, code, err);
    if (!dtl_schema_check(&store->sql, &is_new, err))
        return false;
    return !is_new || dtl_error_set(err, DTL_EDATA, "the bundled figures are empty");
}

bool dtl_store_open_image(const unsigned char *bytes, size_t size, dtl_store **out, dtl_error *err)
{
    dtl_store *store = new_store(DTL_STR("bundled figures"), "");
    if (!connect(store, ":memory:", SQLITE_OPEN_READWRITE, err) ||
        !attach_image(store, bytes, size, err)) {
        dtl_store_close(store);
        return false;
    }
    *out = store;
    return true;
}
