// tests/support/figures.h - the bundled figures as measures, for tests of what is asked of them.
#ifndef DTL_TESTS_SUPPORT_FIGURES_H
#define DTL_TESTS_SUPPORT_FIGURES_H

#include <stdio.h>

#include "fact/measure.h"
#include "support/series.h"

typedef struct test_figures {
    dtl_store *store;
    dtl_measure people, boats, uncontrolled, per_boat;  // by day
    dtl_measure weekly, prevented;                      // by week
    dtl_arena arena;                                    // of the facts asked for
    dtl_fact fact;
    dtl_error err;
    int64_t tied;
} test_figures;

void test_figures_open(test_figures *figures);
void test_figures_close(test_figures *figures);

// Questions to a `test_figures f`: ASK(on, &f.people, day) leaves its answer in f.fact, ASK_TIED also
// in f.tied; IS(647) checks it; REFUSED(code, words, on, &f.people, day) checks why there is none.
#define ASK(question, ...)                                                                         \
    (f.err = (dtl_error){0}, dtl_measure_##question(__VA_ARGS__, &f.arena, &f.fact, &f.err) ||     \
                                 (printf("      %s\n", f.err.message), false))
#define REFUSED(code_name, words, question, ...)                                                   \
    do {                                                                                           \
        f.err = (dtl_error){0};                                                                    \
        CHECK(!dtl_measure_##question(__VA_ARGS__, &f.arena, &f.fact, &f.err));                    \
        CHECK_INT(f.err.code, code_name);                                                          \
        CHECK_STR(f.err.message, words);                                                           \
    } while (0)
#define IS(number)                                                                                 \
    do {                                                                                           \
        CHECK_INT(f.fact.value.num, (number));                                                     \
        CHECK_INT(f.fact.value.den, 1);                                                            \
    } while (0)
#define ASK_TIED(question, ...)                                                                    \
    (f.err = (dtl_error){0},                                                                       \
     dtl_measure_##question(__VA_ARGS__, &f.arena, &f.fact, &f.tied, &f.err) ||                    \
         (printf("      %s\n", f.err.message), false))
#define REFUSED_TIED(code_name, words, question, ...)                                              \
    do {                                                                                           \
        f.err = (dtl_error){0};                                                                    \
        CHECK(!dtl_measure_##question(__VA_ARGS__, &f.arena, &f.fact, &f.tied, &f.err));           \
        CHECK_INT(f.err.code, code_name);                                                          \
        CHECK_STR(f.err.message, words);                                                           \
    } while (0)

#endif
