// tests/support/test.h - a unit test is a TEST block in tests/unit/test_<file>.c; its name is its claim.
#ifndef DTL_TESTS_SUPPORT_TEST_H
#define DTL_TESTS_SUPPORT_TEST_H

#include "base/str.h"

typedef struct dtl_test {
    const char *name;
    void (*run)(void);
    struct dtl_test *next;
} dtl_test;

// TEST(rounds_half_up) { CHECK(...); } registers itself before main, which tests/support/test.c has.
#define TEST(test_name)                                                                            \
    static void test_##test_name(void);                                                            \
    __attribute__((constructor)) static void register_##test_name(void)                            \
    {                                                                                              \
        static dtl_test entry = {#test_name, test_##test_name, NULL};                              \
        dtl_test_register(&entry);                                                                 \
    }                                                                                              \
    static void test_##test_name(void)

// Each reports file, line and what it saw, marks the test failed, and lets it go on.
#define CHECK(condition) dtl_test_check((condition), #condition, __FILE__, __LINE__)
#define CHECK_INT(actual, expected)                                                                \
    dtl_test_check_int((actual), (expected), #actual, __FILE__, __LINE__)
// C strings; NULL equals only NULL.
#define CHECK_STR(actual, expected)                                                                \
    dtl_test_check_str((actual), (expected), #actual, __FILE__, __LINE__)
// A dtl_str against a string literal, which may hold NULs.
#define CHECK_TEXT(actual, literal)                                                                \
    dtl_test_check_text((actual), DTL_STR(literal), #actual, __FILE__, __LINE__)
// Leaves the test: what it needs is not at hand.
#define SKIP(reason)                                                                               \
    do {                                                                                           \
        dtl_test_skip(reason);                                                                     \
        return;                                                                                    \
    } while (0)

// For the macros above; each check gives back whether it held.
void dtl_test_register(dtl_test *test);
bool dtl_test_check(bool held, const char *text, const char *file, int line);
bool dtl_test_check_int(int64_t actual, int64_t expected, const char *text, const char *file,
                        int line);
bool dtl_test_check_str(const char *actual, const char *expected, const char *text,
                        const char *file, int line);
bool dtl_test_check_text(dtl_str actual, dtl_str expected, const char *text, const char *file,
                         int line);
void dtl_test_skip(const char *reason);

#endif
