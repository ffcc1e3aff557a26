// tests/support/imports.h - imports for tests: into a store in memory, from text.
#ifndef DTL_TESTS_SUPPORT_IMPORTS_H
#define DTL_TESTS_SUPPORT_IMPORTS_H

#include "import/import.h"
#include "support/datasets.h"
#include "support/test.h"

static const dtl_dataset *const all_datasets[] = {
    &dtl_test_daily, &dtl_test_weekly, &dtl_test_deaths, &dtl_test_events, &dtl_test_crossings};

// One import, and what came of it.
typedef struct fixture {
    dtl_store *store;
    dtl_import_options options;
    dtl_import_report report;
    dtl_error err;
} fixture;

static inline void set_up(fixture *f)
{
    *f = (fixture){.options = {.datasets = all_datasets,
                               .dataset_count = DTL_COUNT(all_datasets),
                               .published = DTL_DATE_NONE,
                               .retrieved = dtl_test_moment("2026-08-22T12:00:00Z")}};
    CHECK(dtl_store_open_memory(&f->store, &f->err));
}

static inline void tear_down(fixture *f)
{
    dtl_import_report_release(&f->report);
    dtl_store_close(f->store);
}

static inline bool import_text(fixture *f, const char *name, dtl_str text)
{
    dtl_import_report_release(&f->report);
    f->err = (dtl_error){0};
    return dtl_import_bytes(f->store, dtl_str_from(name), text, &f->options, &f->report, &f->err);
}

#define IMPORT(f, literal) import_text(f, "a.csv", DTL_STR(literal))

typedef struct sums {
    int64_t count, sum, missing;
} sums;

static inline bool sum_up(void *context, const dtl_observation *observation, dtl_error *err)
{
    sums *s = context;
    (void)err;
    s->count++;
    s->sum += observation->value;
    s->missing += observation->has_value ? 0 : 1;
    return true;
}

static inline sums read_sums(fixture *f, const char *dataset, const char *measure, dtl_moment as_of)
{
    sums s = {0};
    dtl_error err = {0};
    dtl_test_check(dtl_store_observations(f->store, dtl_str_from(dataset), dtl_str_from(measure),
                                          NULL, 0, as_of, sum_up, &s, &err),
                   err.message, __FILE__, __LINE__);
    return s;
}

static inline bool store_is_empty(fixture *f)
{
    dtl_arena arena = {0};
    dtl_release *releases;
    size_t count = 1;
    dtl_error err = {0};
    CHECK(dtl_store_releases(f->store, DTL_STR(""), DTL_MOMENT_LATEST, &arena, &releases, &count,
                             &err));
    dtl_arena_release(&arena);
    return count == 0;
}

#endif
