// core/store/query.h - read-only SQL with bound parameters, for analysts and their scripts.
//
// What a script may not do is refused twice: by the connection (read-only, defensive, limits) and by
// an allow-list authorizer of actions and functions. The datasets' plain views (small_boats_daily:
// date, people, boats, ...) are what it reads.
#ifndef DTL_STORE_QUERY_H
#define DTL_STORE_QUERY_H

#include "store/store.h"

typedef struct dtl_query dtl_query;

typedef enum dtl_query_type {
    DTL_QUERY_NULL,
    DTL_QUERY_INTEGER,
    DTL_QUERY_REAL,
    DTL_QUERY_TEXT,
    DTL_QUERY_BLOB,
} dtl_query_type;

typedef struct dtl_query_value {
    dtl_query_type type;
    int64_t integer;
    double real;
    dtl_str text;  // TEXT and BLOB; borrowed until the next step
} dtl_query_value;

// Closes the store's connection to all but reading, for good: afterwards nothing but SELECT over the
// store's own tables and views prepares, and [stop] is asked every few thousand steps (it returns
// true to interrupt). Called once, in the worker, before any script runs.
typedef bool dtl_query_stop_fn(void *context);
DTL_CHECK
bool dtl_store_guard(dtl_store *store, dtl_query_stop_fn *stop, void *context, dtl_error *err);

// Prepares one SELECT. Errors (DTL_ESCRIPT) carry the position inside [sql] as line and column, the
// SQL's line as source, and a hint for a misspelt table or column. Two statements, an empty one, or
// a NUL inside are refused by name.
DTL_CHECK
bool dtl_query_prepare(dtl_store *store, dtl_str sql, dtl_query **out, dtl_error *err);
void dtl_query_free(dtl_query *query);  // NULL is allowed
int dtl_query_parameter_count(const dtl_query *query);
// The 1-based index of ":name", "@name" or "$name" (with its mark), or 0.
int dtl_query_parameter_index(const dtl_query *query, dtl_str name);
DTL_CHECK
bool dtl_query_bind(dtl_query *query, int index, const dtl_query_value *value, dtl_error *err);
int dtl_query_column_count(const dtl_query *query);
dtl_str dtl_query_column_name(const dtl_query *query, int column);
// Moves to the next row: [*row] is false behind the last, and stays so. A failing step (interrupt,
// input/output) is an error, never the end of the rows.
DTL_CHECK
bool dtl_query_step(dtl_query *query, bool *row, dtl_error *err);
dtl_query_value dtl_query_value_at(dtl_query *query, int column);
void dtl_query_reset(dtl_query *query);  // ready to bind and step again

#endif
