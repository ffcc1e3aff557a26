// tests/support/series.h - series made for tests, by way of a real store in memory.
#ifndef DTL_TESTS_SUPPORT_SERIES_H
#define DTL_TESTS_SUPPORT_SERIES_H

#include "series/series.h"

enum {
    TEST_MEASURES_MAX = 6
};
// Instead of a value: the row is there and its cell says "not_collected".
#define TEST_NOT_COLLECTED INT64_MIN

typedef struct test_row {
    dtl_date period;
    int64_t values[TEST_MEASURES_MAX];  // in the order of the dataset's measures
    const char *dimension;              // the value of its one dimension, where it has one
    const char *attribution;
} test_row;

extern const dtl_dataset test_daily;    // people, boats, uncontrolled_boats; provisional
extern const dtl_dataset test_weekly;   // people, boats, uncontrolled_boats, people_prevented,
                                        // prevention_events; weeks end on Sundays
extern const dtl_dataset test_monthly;  // returns
extern const dtl_dataset test_yearly;   // claims
extern const dtl_dataset test_deaths;   // deaths by source: a running count

// A store with one release for each call; [published] also is the day it was retrieved. Ends the
// process when the store refuses: no test could go on.
dtl_store *test_store_new(void);
int64_t test_store_add(dtl_store *store, const dtl_dataset *dataset, dtl_date published,
                       const test_row *rows, size_t count);
// The bundled figures that fit [dataset], as one release of 21 August 2026.
void test_store_add_figures(dtl_store *store, const dtl_dataset *dataset);

// The series, or the end of the process.
dtl_series *test_series(dtl_store *store, const char *dataset, const char *measure);
dtl_series *test_series_of(dtl_store *store, const dtl_series_key *key);

dtl_date test_date(const char *iso);

// A generator of its own, so that a failure can be met again: the same seed gives the same numbers.
typedef struct test_random {
    uint64_t state;
} test_random;
uint64_t test_random_next(test_random *random);
int64_t test_random_below(test_random *random, int64_t limit);  // 0 .. limit - 1

#endif
