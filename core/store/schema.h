// core/store/schema.h - the layout of a store: its tables, and one plain view a dataset.
//
// Internal to core/store.
#ifndef DTL_STORE_SCHEMA_H
#define DTL_STORE_SCHEMA_H

#include "store/sql.h"

enum {
    DTL_STORE_APPLICATION_ID = 0x44544c31,  // "DTL1", in the file's header
    DTL_STORE_LAYOUT = 1,                   // user_version
};

// Creates all tables, inside the caller's transaction, and marks the file as ours.
DTL_CHECK
bool dtl_schema_create(dtl_sql *sql, dtl_error *err);
// DTL_EDATA: not a store of ours, or of a newer layout. [*is_new] when it has nothing in it at all.
DTL_CHECK
bool dtl_schema_check(dtl_sql *sql, bool *is_new, dtl_error *err);
// Adds the statement that creates the view of [dataset], whose row is [dataset_id].
void dtl_schema_view(const dtl_dataset *dataset, int64_t dataset_id, dtl_buf *out);

#endif
