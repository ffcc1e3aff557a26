// tests/unit/test_import_rules.c - what looks odd in a file as a whole, or beside what was known.
#include "support/imports.h"

TEST(what_an_earlier_full_release_had_may_not_vanish)
{
    fixture f;
    set_up(&f);
    CHECK(IMPORT(&f, "date,people,boats\n2024-10-16,5,1\n2024-10-17,6,1\n2024-10-18,7,1\n"));
    CHECK(!IMPORT(&f, "date,people,boats\n2024-10-18,7,1\n2024-10-19,8,1\n"));
    CHECK_STR(f.err.message, "2 days in a.csv are not in this file: 2024-10-16 to 2024-10-17");
    CHECK_INT((int64_t)f.report.problem_total, 1);
    f.options.has_kind = true;
    f.options.kind = DTL_RELEASE_WINDOW;
    CHECK(IMPORT(&f, "date,people,boats\n2024-10-18,7,1\n2024-10-19,8,1\n"));
    CHECK_INT(read_sums(&f, "small-boats-daily", "people", DTL_MOMENT_LATEST).sum, 26);
    tear_down(&f);
}

TEST(a_column_that_a_file_lacks_is_not_withdrawn)
{
    fixture f;
    set_up(&f);
    CHECK(IMPORT(&f, "date,people,boats,uncontrolled_boats\n2024-10-18,7,1,1\n"));
    CHECK(IMPORT(&f, "date,people,boats\n2024-10-18,8,1\n"));
    CHECK_INT(f.report.result.values_revised, 1);
    CHECK_INT(read_sums(&f, "small-boats-daily", "uncontrolled_boats", DTL_MOMENT_LATEST).sum, 1);
    tear_down(&f);
}

TEST(gaps_are_told_and_stay_unknown)
{
    fixture f;
    set_up(&f);
    CHECK(IMPORT(&f, "date,people,boats\n2024-10-16,5,1\n2024-10-18,7,1\n2024-10-21,7,1\n"));
    CHECK_INT((int64_t)f.report.warning_count, 1);
    CHECK_STR(f.report.warnings[0].message,
              "3 days between the first and the last are not in the file, the first is 2024-10-17; "
              "they count as unknown, not as zero");
    tear_down(&f);
}

TEST(large_late_and_record_values_are_told)
{
    fixture f;
    set_up(&f);
    f.options.retrieved = dtl_test_moment("2024-10-20");
    CHECK(IMPORT(&f, "date,people,boats\n2024-10-17,700,10\n2024-10-18,647,10\n"));
    f.options.retrieved = dtl_test_moment("2024-10-21");
    CHECK(IMPORT(&f, "date,people,boats\n2024-10-17,700,10\n2024-10-18,800,10\n"
                     "2024-10-19,1305,20\n"));
    CHECK_INT((int64_t)f.report.warning_count, 3);
    CHECK_STR(f.report.warnings[0].message, "people of 2024-10-18 was 647 and is now 800");
    CHECK_STR(f.report.warnings[1].message,
              "people of 2024-10-19 is 1,305; the most so far was 700");
    CHECK_STR(f.report.warnings[2].message, "boats of 2024-10-19 is 20; the most so far was 10");
    f.options.retrieved = dtl_test_moment("2024-12-21");
    CHECK(IMPORT(&f, "date,people,boats\n2024-10-17,701,10\n2024-10-18,800,10\n"
                     "2024-10-19,1305,20\n"));
    CHECK_STR(f.report.warnings[0].message, "people of 2024-10-17 was 700 and is now 701");
    tear_down(&f);
}
