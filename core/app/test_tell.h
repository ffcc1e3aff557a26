// core/app/test_tell.h - how `dateline test` tells what came out: to a person, or as JSON or JUnit's XML.
#ifndef DTL_APP_TEST_TELL_H
#define DTL_APP_TEST_TELL_H

#include "app/output.h"

typedef struct dtl_test_result {
    dtl_str file;  // the test script
    dtl_str name;  // of the case; "" when the script itself failed
    int64_t line;  // where the case stands; 0: not known
    dtl_error *problems;
    size_t problem_count;
    dtl_str golden;  // the golden file, and how the bulletin differs from it; "": it does not
    dtl_str diff;
    bool accepted;  // the golden was written anew
} dtl_test_result;

bool dtl_test_passed(const dtl_test_result *result);

// One result for a person; [file_changed] says that it is the first of its file.
DTL_CHECK
bool dtl_test_tell(dtl_output *output, const dtl_test_result *result, bool file_changed,
                   dtl_error *err);
DTL_CHECK
bool dtl_test_tell_summary(dtl_output *output, size_t passed, size_t failed, size_t accepted,
                           dtl_error *err);
// All results at once, in order, for a program.
void dtl_test_add_json(const dtl_test_result *results, size_t count, dtl_buf *out);
void dtl_test_add_junit(const dtl_test_result *results, size_t count, dtl_buf *out);

#endif
