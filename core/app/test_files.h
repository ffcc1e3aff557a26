// core/app/test_files.h - which test scripts `dateline test` runs.
#ifndef DTL_APP_TEST_FILES_H
#define DTL_APP_TEST_FILES_H

#include "base/arena.h"
#include "base/error.h"

typedef struct dtl_test_files {
    dtl_str *paths;  // in [arena]; each ends in ".test.lua"; a folder's sorted by name
    size_t count;
} dtl_test_files;

// [operands]: folders (of a plugin, its reports/ too), test scripts, reports with one beside them, names
// of reports under reports/; none: reports/, or the working directory where there is no such folder.
// DTL_EUSAGE: one that does not exist, or no test script at all.
DTL_CHECK
bool dtl_test_files_find(const char *const *operands, size_t count, dtl_arena *arena,
                         dtl_test_files *out, dtl_error *err);
// "reports/x.test.lua" -> "reports/x.lua".
dtl_str dtl_test_files_report(dtl_str test, dtl_arena *arena);

#endif
