// tests/support/releases.h - releases for tests: days of people and boats, written and summed up.
#ifndef DTL_TESTS_SUPPORT_RELEASES_H
#define DTL_TESTS_SUPPORT_RELEASES_H

#include "support/datasets.h"
#include "support/test.h"

// One release in the making.
typedef struct fixture {
    dtl_store *store;
    dtl_writer *writer;
    dtl_release_result result;
    dtl_error err;
} fixture;

static inline void open_memory(fixture *f)
{
    *f = (fixture){0};
    CHECK(dtl_store_open_memory(&f->store, &f->err));
}

static inline bool begin(fixture *f, const dtl_dataset *dataset, const char *sha256,
                         const char *retrieved)
{
    const dtl_release_info info = {
        .dataset = dataset,
        .file_name = DTL_STR("daily.csv"),
        .sha256 = dtl_str_from(sha256),
        .published = DTL_DATE_NONE,
        .retrieved = dtl_test_moment(retrieved),
        .kind = dataset->kind,
    };
    f->err = (dtl_error){0};
    return dtl_writer_begin(f->store, &info, &f->writer, &f->result, &f->err);
}

static inline bool add_day(fixture *f, const char *date, int64_t people, int64_t boats,
                           int64_t line)
{
    const dtl_value values[] = {
        {.measure = &dtl_test_daily_columns[1], .has_value = true, .value = people},
        {.measure = &dtl_test_daily_columns[2], .has_value = true, .value = boats},
        {.measure = &dtl_test_daily_columns[3], .missing = DTL_STR("not_collected")},
    };
    const dtl_row row = {
        .period = dtl_test_date(date), .values = values, .value_count = 3, .line = line};
    return dtl_writer_add(f->writer, &row, &f->err);
}

static inline bool finish(fixture *f)
{
    return dtl_writer_finish(f->writer, true, &f->result, &f->err);
}

typedef struct sums {
    int64_t count, sum, missing;
    dtl_date last;
} sums;

static inline bool sum_up(void *context, const dtl_observation *observation, dtl_error *err)
{
    sums *s = context;
    (void)err;
    s->count++;
    s->sum += observation->value;
    s->missing += observation->has_value ? 0 : 1;
    s->last = observation->period;
    return true;
}

static inline sums read_sums(fixture *f, const char *measure, dtl_moment as_of)
{
    sums s = {0};
    CHECK(dtl_store_observations(f->store, DTL_STR("small-boats-daily"), dtl_str_from(measure),
                                 NULL, 0, as_of, sum_up, &s, &f->err));
    return s;
}

static inline void write_two_days(fixture *f)
{
    CHECK(begin(f, &dtl_test_daily, "aa", "2024-10-19T12:00:00Z"));
    CHECK(add_day(f, "2024-10-17", 0, 0, 2));
    CHECK(add_day(f, "2024-10-18", 647, 10, 3));
    CHECK(finish(f));
}

#endif
