// tests/unit/test_import_samples.c - real files, where they are at hand.
#include <stdio.h>

#include "base/file.h"
#include "support/imports.h"

static bool sample_path(const char *name, char path[512])
{
    const char *folder = getenv("DATELINE_SAMPLES");
    snprintf(path, 512, "%s/%s", folder ? folder : DTL_SAMPLES, name);
    return access(path, R_OK) == 0;
}

static bool import_sample(fixture *f, const char *name, const char *retrieved)
{
    char path[512];
    if (!sample_path(name, path))
        return false;
    dtl_import_report_release(&f->report);
    f->err = (dtl_error){0};
    f->options.retrieved = dtl_test_moment(retrieved);
    bool ok = dtl_import_file(f->store, path, &f->options, &f->report, &f->err);
    dtl_test_check(ok, f->err.message, __FILE__, __LINE__);
    return ok;
}

typedef struct year_sum {
    dtl_date from, to;
    int64_t sum;
} year_sum;

static bool add_in_range(void *context, const dtl_observation *observation, dtl_error *err)
{
    year_sum *y = context;
    (void)err;
    if (observation->period >= y->from && observation->period <= y->to)
        y->sum += observation->value;
    return true;
}

static int64_t people_in(fixture *f, const char *from, const char *to, const char *as_of)
{
    year_sum y = {dtl_test_date(from), dtl_test_date(to), 0};
    CHECK(dtl_store_observations(f->store, DTL_STR("small-boats-daily"), DTL_STR("people"), NULL, 0,
                                 dtl_test_moment(as_of), add_in_range, &y, &f->err));
    return y.sum;
}

TEST(the_one_revised_day_of_july_2026_is_one_revision_of_thirty)
{
    char path[512];
    fixture f;
    if (!sample_path("rvaughan_daily_2026-07-12.csv", path))
        SKIP("the sample files are not at hand");
    set_up(&f);
    CHECK(import_sample(&f, "rvaughan_daily_2026-07-12.csv", "2026-07-12T12:00:00Z"));
    CHECK_INT(f.report.result.rows_kept, 3114);
    CHECK(import_sample(&f, "rvaughan_daily_2026-07-13_revised.csv", "2026-07-13T12:00:00Z"));
    CHECK_INT(f.report.result.values_revised, 1);
    CHECK_INT(f.report.result.values_new, 2);
    CHECK_INT(people_in(&f, "2026-01-01", "2026-07-11", "2026-07-12T12:00:00Z"), 12439);
    CHECK_INT(people_in(&f, "2026-01-01", "2026-07-11", "2026-07-14"), 12469);
    CHECK_INT(people_in(&f, "2026-07-10", "2026-07-10", "2026-07-12T12:00:00Z"), 225);
    CHECK_INT(people_in(&f, "2026-07-10", "2026-07-10", "2026-07-14"), 255);
    tear_down(&f);
}

TEST(the_backfill_of_december_2025_is_known_only_after_it)
{
    char path[512];
    fixture f;
    if (!sample_path("rvaughan_daily_2025-12-15_after_backfill.csv", path))
        SKIP("the sample files are not at hand");
    set_up(&f);
    // The newer file first: the older one must not overwrite it.
    CHECK(import_sample(&f, "rvaughan_daily_2026-08-22.csv", "2026-08-22"));
    CHECK(
        import_sample(&f, "rvaughan_daily_2025-12-15_after_backfill.csv", "2025-12-15T10:37:00Z"));
    CHECK(import_sample(&f, "rvaughan_daily_2025-12-14_before_backfill.csv", "2025-12-14"));
    CHECK_INT(people_in(&f, "2023-01-01", "2023-12-31", "2025-12-14T12:00:00Z"), 738);
    CHECK_INT(people_in(&f, "2023-01-01", "2023-12-31", "2025-12-20"), 29437);
    CHECK_INT(people_in(&f, "2024-01-01", "2024-12-31", "2026-08-23"), 36816);
    CHECK_INT(people_in(&f, "2022-01-01", "2022-12-31", "2026-08-23"), 45755);
    tear_down(&f);
}

TEST(a_file_with_rows_of_two_layouts_is_refused_by_row)
{
    char path[512];
    fixture f;
    dtl_buf text = {0};
    if (!sample_path("rvaughan_weekly_2022-05-24_old_layout.csv", path))
        SKIP("the sample files are not at hand");
    set_up(&f);
    CHECK(dtl_file_read(path, 1 << 20, &text, &f.err));
    dtl_buf mixed = {0};
    DTL_BUF_LITERAL(&mixed, "#week_ending,migrants_arrived,boats_arrived,migrants_prevented,"
                            "events_prevented\n\"2022-06-05\",10,1,0,0\n");
    dtl_str rows = dtl_buf_str(&text);
    dtl_buf_add_str(&mixed, dtl_str_slice(rows, dtl_str_find(rows, DTL_STR("\n")) + 1, rows.size));
    CHECK(!import_text(&f, "weekly.csv", dtl_buf_str(&mixed)));
    CHECK_INT((int64_t)f.report.problem_total, 35);
    CHECK_STR(f.report.problems[0].message, "the row has 3 fields, the header has 5");
    CHECK_INT(f.report.problems[0].line, 3);
    CHECK_INT(f.report.problems[1].line, 4);
    CHECK(store_is_empty(&f));
    dtl_buf_release(&text);
    dtl_buf_release(&mixed);
    tear_down(&f);
}

TEST(blank_zeros_of_a_mirror_are_refused_unless_declared)
{
    char path[512];
    fixture f;
    if (!sample_path("national_long_daily_2026-08-21.csv", path))
        SKIP("the sample files are not at hand");
    set_up(&f);
    static const dtl_str date[] = {{"full_date", 9}};
    static const dtl_str people[] = {{"migrants_arrived", 16}};
    static const dtl_str boats[] = {{"boats_arrived", 13}};
    dtl_column columns[3] = {dtl_test_daily_columns[0], dtl_test_daily_columns[1],
                             dtl_test_daily_columns[2]};
    columns[0].headers = date;
    columns[1].headers = people;
    columns[2].headers = boats;
    columns[0].header_count = columns[1].header_count = columns[2].header_count = 1;
    dtl_dataset dataset = dtl_test_daily;
    dataset.columns = columns;
    dataset.column_count = 3;
    const dtl_dataset *datasets[] = {&dataset};
    f.options.datasets = datasets;
    f.options.dataset_count = 1;
    CHECK(!dtl_import_file(f.store, path, &f.options, &f.report, &f.err));
    CHECK_STR(f.err.message, "an empty cell, and nothing says what that means here");
    CHECK_INT((int64_t)f.report.problem_total, 2 * 2089);
    tear_down(&f);
}

static const dtl_column detail_columns[] = {
    {.name = {"year", 4}, .role = DTL_ROLE_PERIOD, DTL_HEADERS({"year", 4})},
    {.name = {"quarter", 7}, .role = DTL_ROLE_DIMENSION, DTL_HEADERS({"quarter", 7})},
    {.name = {"nationality", 11}, .role = DTL_ROLE_DIMENSION, DTL_HEADERS({"nationality", 11})},
    {.name = {"people", 6},
     .unit = {"person", 6},
     .role = DTL_ROLE_MEASURE,
     DTL_HEADERS({"number of detections", 20})},
};

TEST(a_title_row_and_a_footer_of_a_real_file_are_no_data)
{
    static const dtl_str formats[] = {{"%Y", 2}};
    char path[512];
    fixture f;
    if (!sample_path("uk_irr_d01_smallboats_2022Q4-2023Q3.csv", path))
        SKIP("the sample files are not at hand");
    set_up(&f);
    const dtl_dataset dataset = {.name = DTL_STR("routes-detail"),
                                 .grain = DTL_GRAIN_YEAR,
                                 .fold = true,
                                 .absent_is_zero = true,
                                 .kind = DTL_RELEASE_FULL,
                                 .date_formats = formats,
                                 .date_format_count = 1,
                                 .columns = detail_columns,
                                 .column_count = DTL_COUNT(detail_columns)};
    const dtl_dataset *datasets[] = {&dataset};
    f.options.datasets = datasets;
    f.options.dataset_count = 1;
    bool ok = dtl_import_file(f.store, path, &f.options, &f.report, &f.err);
    dtl_test_check(ok, f.err.message, __FILE__, __LINE__);
    CHECK_INT(f.report.result.rows_kept, 879);
    tear_down(&f);
}
