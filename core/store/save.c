// core/store/save.c - a store as one compact file that can be carried inside the program.
#include "base/file.h"
#include "store/internal.h"

enum {
    HEADER_SIZE = 100
};

// VACUUM also makes the copy a file that asks for no write-ahead log, which an image cannot have.
static bool copy_to(dtl_store *store, sqlite3 *copy, dtl_error *err)
{
    sqlite3_backup *backup = sqlite3_backup_init(copy, "main", store->sql.db, "main");
    if (!backup)
        return dtl_error_set(err, DTL_EIO, "cannot copy the store: %s", sqlite3_errmsg(copy));
    sqlite3_backup_step(backup, -1);
    int code = sqlite3_backup_finish(backup);
    if (code == SQLITE_OK)
        code = sqlite3_exec(copy, "VACUUM", NULL, NULL, NULL);
    return code == SQLITE_OK ||
           dtl_error_set(err, DTL_EIO, "cannot copy the store: %s", sqlite3_errmsg(copy));
}

static bool write_copy(sqlite3 *copy, const char *path, dtl_error *err)
{
    sqlite3_int64 size = 0;
    unsigned char *bytes = sqlite3_serialize(copy, "main", &size, 0);
    if (!bytes || size < HEADER_SIZE) {
        sqlite3_free(bytes);
        return dtl_error_set(err, DTL_EIO, "cannot copy the store: out of memory");
    }
    bool ok = dtl_file_write(path, (dtl_str){(const char *)bytes, (size_t)size}, err);
    sqlite3_free(bytes);
    return ok;
}

bool dtl_store_save_image(dtl_store *store, const char *path, dtl_error *err)
{
    sqlite3 *copy = NULL;
    bool ok = sqlite3_open_v2(":memory:", &copy, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                              NULL) == SQLITE_OK;
    if (!ok)
        dtl_error_set(err, DTL_EIO, "cannot copy the store: %s", sqlite3_errmsg(copy));
    ok = ok && copy_to(store, copy, err) && write_copy(copy, path, err);
    sqlite3_close(copy);
    return ok;
}
