// core/store/internal.h - what the files of core/store share; no other layer includes it.
#ifndef DTL_STORE_INTERNAL_H
#define DTL_STORE_INTERNAL_H

#include "store/query.h"
#include "store/sql.h"

enum {
    DTL_STORE_BUSY_MS = 5000  // how long SQLite itself waits for another connection
};

typedef struct dtl_name_list {
    dtl_arena arena;
    dtl_str *names;
    size_t count;
} dtl_name_list;

struct dtl_store {
    dtl_sql sql;
    char *path;  // owned; "" in memory
    bool is_file;
    bool writable;
    int lock;            // descriptor of the side file, -1 while it is not held
    dtl_writer *writer;  // the release under way, or NULL
    bool in_group;       // of several releases (dtl_store_group_begin)
    bool guarded;        // dtl_store_guard was called
    dtl_query_stop_fn *stop;
    void *stop_context;
    char refusal[160];     // what the authorizer said no to, for the error of the prepare under way
    bool unknown_table;    // ... was a table that is not in the list
    dtl_name_list tables;  // what scripts may read
    dtl_name_list modules;  // what SQLite makes up, which they may not
};

// ---- lock.c ----

// Waits (some seconds) for the right to write to or checkpoint the store's file; nothing to wait for
// in memory. SQLite 3.40's write-ahead log can be damaged by two connections that checkpoint at once.
DTL_CHECK
bool dtl_store_lock(dtl_store *store, dtl_error *err);
void dtl_store_unlock(dtl_store *store);

// ---- catalog.c ----

// Makes the store's record of [dataset] the given one, with its view, inside the open transaction.
DTL_CHECK
bool dtl_catalog_put(dtl_store *store, const dtl_dataset *dataset, int64_t *id, dtl_error *err);
// The row of a dataset by name. DTL_EUSAGE with a hint when there is none.
DTL_CHECK
bool dtl_catalog_find(dtl_store *store, dtl_str name, int64_t *id, dtl_error *err);
// The names of all datasets, in order.
DTL_CHECK
bool dtl_catalog_names(dtl_store *store, dtl_arena *arena, dtl_str **out, size_t *count,
                       dtl_error *err);

// ---- series.c ----

// Adds the text that tells a dataset's series apart: a JSON object, names sorted.
void dtl_series_add_dimensions(const dtl_filter *filters, size_t count, dtl_buf *out);
// The one series that [filters] pick, 0 when none does. DTL_EUSAGE: an unknown measure or
// dimension, or several series.
DTL_CHECK
bool dtl_series_find(dtl_store *store, dtl_str dataset, dtl_str measure, const dtl_filter *filters,
                     size_t count, int64_t *id, dtl_error *err);

#endif
