// tests/unit/test_sequence.c - slips of the year among rows that follow each other.
#include "import/sequence.h"

#include "support/datasets.h"
#include "support/test.h"

// The likely date of the last of [dates], or DTL_DATE_NONE; all before it are taken.
static dtl_date slip_of(int step, const char *const *dates, size_t count)
{
    dtl_sequence sequence = {.step = step};
    dtl_date likely = DTL_DATE_NONE;
    for (size_t i = 0; i < count; i++)
        if (!dtl_sequence_take(&sequence, dtl_test_date(dates[i]), &likely))
            return likely;
    return DTL_DATE_NONE;
}

#define SLIP(step, ...)                                                                            \
    slip_of(step, (const char *const[]){__VA_ARGS__},                                              \
            DTL_COUNT(((const char *const[]){__VA_ARGS__})))

TEST(a_year_too_early_or_late_is_a_slip_in_either_direction)
{
    CHECK_INT(SLIP(1, "2026-04-17", "2026-04-18", "2026-04-19", "2025-04-20"),
              dtl_test_date("2026-04-20"));
    CHECK_INT(SLIP(1, "2025-12-30", "2025-12-31", "2026-01-01", "2025-01-02"),
              dtl_test_date("2026-01-02"));
    CHECK_INT(SLIP(1, "2026-04-19", "2026-04-18", "2026-04-17", "2027-04-16"),
              dtl_test_date("2026-04-16"));
    CHECK_INT(SLIP(7, "2026-01-04", "2026-01-11", "2026-01-18", "2025-01-25"),
              dtl_test_date("2026-01-25"));
}

TEST(a_second_slip_is_found_behind_the_first)
{
    dtl_sequence sequence = {.step = 1};
    dtl_date likely = DTL_DATE_NONE;
    const char *good[] = {"2026-04-17", "2026-04-18", "2026-04-19"};
    for (size_t i = 0; i < DTL_COUNT(good); i++)
        CHECK(dtl_sequence_take(&sequence, dtl_test_date(good[i]), &likely));
    CHECK(!dtl_sequence_take(&sequence, dtl_test_date("2025-04-20"), &likely));
    CHECK(!dtl_sequence_take(&sequence, dtl_test_date("2025-04-21"), &likely));
    CHECK_INT(likely, dtl_test_date("2026-04-21"));
    CHECK(dtl_sequence_take(&sequence, dtl_test_date("2026-04-22"), &likely));
}

TEST(gaps_blocks_and_unsorted_rows_are_no_slips)
{
    CHECK_INT(SLIP(1, "2026-04-17", "2026-04-18", "2026-04-19", "2026-08-01"), DTL_DATE_NONE);
    CHECK_INT(SLIP(1, "2026-04-17", "2026-04-18", "2026-04-19", "2024-04-19"), DTL_DATE_NONE);
    CHECK_INT(SLIP(1, "2026-04-19", "2025-04-20"), DTL_DATE_NONE);
    CHECK_INT(SLIP(1, "2026-04-10", "2026-04-19", "2025-04-20"), DTL_DATE_NONE);
    CHECK_INT(SLIP(0, "2026-04-17", "2026-04-18", "2026-04-19", "2025-04-20"), DTL_DATE_NONE);
    CHECK_INT(SLIP(1, "2024-02-27", "2024-02-28", "2024-02-29", "2023-02-28"), DTL_DATE_NONE);
}
