// core/app/test_store.h - the store of one test case that brings its own figures.
#ifndef DTL_APP_TEST_STORE_H
#define DTL_APP_TEST_STORE_H

#include "plugin/registry.h"
#include "script/run/run.h"

// A store in memory that holds [data] (a dataset's name, and its figures: the text of a CSV file, or
// the name of a file beside the test, under the report folder of [search], which a plugin may read) and
// of every other dataset nothing at all. All was retrieved at [retrieved]. The store's bytes are in
// [image], which must outlive the runs; errors name the figures' row and column.
DTL_CHECK
bool dtl_test_store(const dtl_argument *data, size_t count, const dtl_plugin_search *search,
                    dtl_moment retrieved, dtl_arena *arena, dtl_buf *image, dtl_error *err);

#endif
