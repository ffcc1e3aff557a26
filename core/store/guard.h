// core/store/guard.h - what SQL from a script may use.
//
// Internal to core/store.
#ifndef DTL_STORE_GUARD_H
#define DTL_STORE_GUARD_H

#include "store/internal.h"

// The functions that scripts may call, for hints.
extern const char *const dtl_guard_functions[];
extern const size_t dtl_guard_function_count;

// Lists the store's own tables and views, which are all that scripts may read.
DTL_CHECK
bool dtl_guard_list_tables(dtl_store *store, dtl_error *err);
// Registers our own versions of functions whose own run without bound.
DTL_CHECK
bool dtl_guard_register_functions(dtl_store *store, dtl_error *err);
// Takes the clock and the time zone from the date functions: a call that asks for them fails.
DTL_CHECK
bool dtl_guard_close_clock(dtl_store *store, dtl_error *err);
// Whether [function] gives nothing but the time; then [message] says that it is refused.
bool dtl_guard_is_clock(const char *function, char *message, size_t size);
// Whether [message], SQLite's or of the above, is about the clock; then [err] says so, with a hint.
bool dtl_guard_explain_clock(const char *message, dtl_error *err);

#endif
