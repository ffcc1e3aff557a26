// tests/support/test.c - runs the tests of one program: all, or those whose name holds a filter.
#include "support/test.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

// What ctest takes as "skipped" (SKIP_RETURN_CODE).
enum {
    EXIT_SKIPPED = 77
};

static dtl_test *first;
static dtl_test **last = &first;
// The test under way.
static bool failed;
static const char *skipped;

void dtl_test_register(dtl_test *test)
{
    *last = test;
    last = &test->next;
}

static void report(const char *file, int line, const char *text)
{
    failed = true;
    printf("    %s:%d: %s\n", file, line, text);
}

bool dtl_test_check(bool held, const char *text, const char *file, int line)
{
    if (!held)
        report(file, line, text);
    return held;
}

bool dtl_test_check_int(int64_t actual, int64_t expected, const char *text, const char *file,
                        int line)
{
    if (actual == expected)
        return true;
    report(file, line, text);
    printf("      is       %" PRId64 "\n      expected %" PRId64 "\n", actual, expected);
    return false;
}

bool dtl_test_check_str(const char *actual, const char *expected, const char *text,
                        const char *file, int line)
{
    if (actual && expected ? strcmp(actual, expected) == 0 : actual == expected)
        return true;
    report(file, line, text);
    printf("      is       %s\n      expected %s\n", actual ? actual : "(null)",
           expected ? expected : "(null)");
    return false;
}

bool dtl_test_check_text(dtl_str actual, dtl_str expected, const char *text, const char *file,
                         int line)
{
    if (dtl_str_equal(actual, expected))
        return true;
    report(file, line, text);
    printf("      is       ");
    fwrite(actual.data ? actual.data : "", 1, actual.size, stdout);
    printf("\n      expected ");
    fwrite(expected.data, 1, expected.size, stdout);
    printf("\n      (%zu bytes, expected %zu)\n", actual.size, expected.size);
    return false;
}

void dtl_test_skip(const char *reason)
{
    skipped = reason;
}

int main(int argc, char **argv)
{
    const char *filter = argc > 1 ? argv[1] : "";
    int passes = 0;
    int failures = 0;
    int skips = 0;
    setvbuf(stdout, NULL, _IOLBF, 0);  // what was said stays said if a test ends the process
    for (const dtl_test *test = first; test; test = test->next) {
        if (!strstr(test->name, filter))
            continue;
        failed = false;
        skipped = NULL;
        test->run();
        if (failed) {
            failures++;
            printf("failed  %s\n", test->name);
        } else if (skipped) {
            skips++;
            printf("skipped %s: %s\n", test->name, skipped);
        } else {
            passes++;
            printf("passed  %s\n", test->name);
        }
    }
    printf("%d passed, %d failed, %d skipped\n", passes, failures, skips);
    if (passes + failures + skips == 0) {
        printf("no test's name holds \"%s\"\n", filter);
        return EXIT_FAILURE;
    }
    if (failures)
        return EXIT_FAILURE;
    return passes ? EXIT_SUCCESS : EXIT_SKIPPED;
}
