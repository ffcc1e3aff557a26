// tests/unit/test_measure.c - core/fact: the figure of a span, over the bundled figures.
#include "fact/measure.h"

#include <stdio.h>

#include "support/figures.h"
#include "support/test.h"

// The figure's decimal text, to nine places.
static bool reads(const dtl_fact *fact, const char *decimal)
{
    dtl_buf out = {0};
    dtl_number_add_decimal(&out, fact->value);
    bool same = dtl_str_equal(dtl_buf_str(&out), dtl_str_from(decimal));
    if (!same)
        printf("      reads %s\n", out.data);
    dtl_buf_release(&out);
    return same;
}

TEST(eighteen_october_2024_is_as_published)
{
    test_figures f;
    test_figures_open(&f);
    dtl_date day = test_date("2024-10-18");
    CHECK(ASK(on, &f.people, day));
    IS(647);
    CHECK_TEXT(f.fact.label, "people, 18 October 2024");
    CHECK_TEXT(f.fact.expression, "people.on(2024-10-18)");
    CHECK_TEXT(f.fact.unit, "person");
    CHECK_TEXT(f.fact.note, "");
    CHECK(f.fact.provisional);
    CHECK_INT((int64_t)f.fact.release_count, 1);
    CHECK_INT(f.fact.from, day);
    CHECK_INT(f.fact.to, day);
    CHECK(ASK(on, &f.boats, day));
    IS(10);
    CHECK(ASK(on, &f.per_boat, day));
    CHECK(reads(&f.fact, "64.7"));
    CHECK_TEXT(f.fact.label, "people per boat, 18 October 2024");
    CHECK_TEXT(f.fact.expression, "(people / boats).on(2024-10-18)");
    CHECK_TEXT(f.fact.unit, "person/boat");
    test_figures_close(&f);
}

TEST(the_year_to_date_stands_beside_the_same_point_of_other_years)
{
    test_figures f;
    test_figures_open(&f);
    dtl_date day = test_date("2024-10-18");
    CHECK(ASK(year_to_date, &f.people, day));
    IS(28204);
    CHECK_TEXT(f.fact.label, "people, 1 January to 18 October 2024");
    CHECK_TEXT(f.fact.expression, "people.year_to_date(2024-10-18)");
    dtl_fact now = f.fact;
    CHECK(ASK(same_point, &f.people, day, 2023));
    IS(26116);
    CHECK_TEXT(f.fact.label, "people, 1 January to 18 October 2023");
    CHECK_TEXT(f.fact.expression, "people.same_point(2024-10-18, 2023)");
    CHECK_TEXT(f.fact.note, "");
    dtl_fact change;
    CHECK(dtl_fact_change(&now, &f.fact, &f.arena, &change, &f.err));
    CHECK(reads(&change, "7.99509879"));
    CHECK(ASK(same_point, &f.people, day, 2022));
    IS(37603);
    CHECK(dtl_fact_change(&now, &f.fact, &f.arena, &change, &f.err));
    CHECK(reads(&change, "-24.995346116"));
    test_figures_close(&f);
}

TEST(whole_years_are_as_published)
{
    static const int64_t people[] = {299, 1843, 8462, 28526, 45755, 29437, 36816, 41472};
    static const int64_t boats[] = {43, 164, 641, 1034, 1110, 602, 695, 672};
    test_figures f;
    test_figures_open(&f);
    for (int i = 0; i < 8; i++) {
        CHECK(ASK(year, &f.people, 2018 + i));
        IS(people[i]);
        CHECK(ASK(year, &f.boats, 2018 + i));
        IS(boats[i]);
    }
    CHECK_TEXT(f.fact.label, "boats, 2025");
    CHECK_TEXT(f.fact.expression, "boats.year(2025)");
    CHECK(ASK(year_to_date, &f.people, test_date("2026-08-20")));
    IS(15897);
    CHECK(ASK(year_to_date, &f.boats, test_date("2026-08-20")));
    IS(234);
    test_figures_close(&f);
}

TEST(spans_are_named_as_readers_name_them)
{
    test_figures f;
    test_figures_open(&f);
    dtl_date day = test_date("2024-10-18");
    CHECK(ASK(total, &f.people, test_date("2024-10-12"), day));
    CHECK_TEXT(f.fact.label, "people, 12 to 18 October 2024");
    CHECK_TEXT(f.fact.expression, "people.total(2024-10-12, 2024-10-18)");
    CHECK(ASK(last, &f.people, 7, day));
    CHECK_TEXT(f.fact.label, "people, 12 to 18 October 2024");
    CHECK_TEXT(f.fact.expression, "people.last(7, 2024-10-18)");
    CHECK(ASK(total, &f.people, test_date("2023-12-25"), test_date("2024-01-03")));
    CHECK_TEXT(f.fact.label, "people, 25 December 2023 to 3 January 2024");
    CHECK(ASK(month, &f.people, 2024, 2));
    CHECK_TEXT(f.fact.label, "people, February 2024");
    CHECK_TEXT(f.fact.expression, "people.month(2024-02)");
    CHECK_INT(f.fact.to, test_date("2024-02-29"));
    CHECK(ASK(month_to_date, &f.people, day));
    CHECK_TEXT(f.fact.label, "people, 1 to 18 October 2024");
    CHECK_TEXT(f.fact.expression, "people.month_to_date(2024-10-18)");
    CHECK(ASK(year_to_date, &f.people, test_date("2024-01-01")));
    CHECK_TEXT(f.fact.label, "people, 1 January 2024");
    CHECK(ASK(year_to_date, &f.people, test_date("2024-12-31")));
    CHECK_TEXT(f.fact.label, "people, 2024");
    test_figures_close(&f);
}

TEST(a_week_ends_on_its_last_day)
{
    test_figures f;
    test_figures_open(&f);
    dtl_date sunday = test_date("2024-10-13");
    CHECK(ASK(week_ending, &f.people, sunday));
    IS(613);
    CHECK_TEXT(f.fact.label, "people, week ending 13 October 2024");
    CHECK_TEXT(f.fact.expression, "people.week_ending(2024-10-13)");
    CHECK_INT(f.fact.from, test_date("2024-10-07"));
    CHECK(ASK(week_ending, &f.weekly, sunday));
    IS(613);
    CHECK_INT(f.fact.from, test_date("2024-10-07"));
    CHECK(ASK(week_ending, &f.prevented, sunday));
    IS(528);
    CHECK_TEXT(f.fact.label, "people prevented, week ending 13 October 2024");
    CHECK(ASK(on, &f.prevented, test_date("2024-10-09")));
    IS(528);
    CHECK_TEXT(f.fact.label, "people prevented, week ending 13 October 2024");
    CHECK_TEXT(f.fact.expression, "people_prevented.on(2024-10-09)");
    CHECK(ASK(total, &f.weekly, test_date("2024-10-07"), test_date("2024-10-20")));
    test_figures_close(&f);
}

TEST(a_week_that_is_none_is_refused_with_the_nearest)
{
    test_figures f;
    test_figures_open(&f);
    REFUSED(DTL_EUSAGE, "people prevented: no week ends on 16 October 2024: weeks end on a Sunday",
            week_ending, &f.prevented, test_date("2024-10-16"));
    CHECK_STR(f.err.hint, "the nearest end on 2024-10-13 and 2024-10-20");
    REFUSED(DTL_EUSAGE,
            "people: the figures are for weeks, and 1 January to 18 October 2024 is not made of "
            "whole weeks",
            year_to_date, &f.weekly, test_date("2024-10-18"));
    CHECK_STR(f.err.hint, "weeks end on a Sunday");
    test_figures_close(&f);
}

TEST(since_takes_an_event_and_may_leave_its_day_out)
{
    test_figures f;
    test_figures_open(&f);
    dtl_date start = test_date("2024-07-05");
    dtl_date day = test_date("2024-10-18");
    CHECK(ASK(since, &f.people, start, DTL_STR("labour"), false, day));
    int64_t with_it = f.fact.value.num;
    CHECK_TEXT(f.fact.label, "people, 5 July to 18 October 2024 (since labour)");
    CHECK_TEXT(f.fact.expression, "people.since(labour, 2024-10-18)");
    CHECK(ASK(since, &f.people, start, DTL_STR(""), true, day));
    CHECK_TEXT(f.fact.label, "people, 6 July to 18 October 2024");
    CHECK_TEXT(f.fact.expression, "people.since(2024-07-05, 2024-10-18, {exclusive=true})");
    int64_t without = f.fact.value.num;
    CHECK(ASK(on, &f.people, start));
    CHECK_INT(with_it - without, f.fact.value.num);
    CHECK(ASK(since, &f.people, start, DTL_STR("a \"day\""), false, start));
    CHECK_TEXT(f.fact.expression, "people.since(\"a \\\"day\\\"\", 2024-07-05)");
    REFUSED(DTL_ENONE, "people: 18 October 2023 is before 5 July 2024", since, &f.people, start,
            DTL_STR("labour"), false, test_date("2023-10-18"));
    REFUSED(DTL_ENONE, "people: 5 July 2024 is not after 5 July 2024", since, &f.people, start,
            DTL_STR("labour"), true, start);
    test_figures_close(&f);
}

TEST(a_mean_is_per_day)
{
    test_figures f;
    test_figures_open(&f);
    CHECK(ASK(mean, &f.people, test_date("2024-10-01"), test_date("2024-10-18")));
    CHECK_TEXT(f.fact.unit, "person/day");
    CHECK_TEXT(f.fact.label, "people, mean per day, 1 to 18 October 2024");
    CHECK_TEXT(f.fact.expression, "people.mean(2024-10-01, 2024-10-18)");
    dtl_rational sum;
    CHECK(dtl_rational_mul(f.fact.value, dtl_rational_from(18), &sum));
    CHECK(ASK(month_to_date, &f.people, test_date("2024-10-18")));
    CHECK_INT(sum.num, f.fact.value.num);
    REFUSED(DTL_EUSAGE, "people per boat: a ratio has no mean per day", mean, &f.per_boat,
            test_date("2024-10-01"), test_date("2024-10-18"));
    test_figures_close(&f);
}

TEST(twenty_nine_february_falls_back_and_says_so)
{
    test_figures f;
    test_figures_open(&f);
    dtl_date leap = test_date("2024-02-29");
    CHECK(ASK(same_point, &f.people, leap, 2023));
    int64_t fallen = f.fact.value.num;
    CHECK_TEXT(f.fact.note, "29 February compared with 28 February");
    CHECK_TEXT(f.fact.expression, "people.same_point(2024-02-29, 2023)");
    CHECK_INT(f.fact.to, test_date("2023-02-28"));
    CHECK(ASK(year_to_date, &f.people, test_date("2023-02-28")));
    CHECK_INT(f.fact.value.num, fallen);
    CHECK(ASK(same_point, &f.people, leap, 2020));
    CHECK_TEXT(f.fact.note, "");
    CHECK_INT(f.fact.to, test_date("2020-02-29"));
    REFUSED(DTL_EUSAGE, "people: there is no year 0", same_point, &f.people, leap, 0);
    REFUSED(DTL_EUSAGE, "people: there is no year 10000", year, &f.people, 10000);
    REFUSED(DTL_EUSAGE, "people: there is no month 13", month, &f.people, 2024, 13);
    test_figures_close(&f);
}

TEST(a_day_without_a_figure_is_refused_with_the_reason)
{
    test_figures f;
    test_figures_open(&f);
    REFUSED(DTL_ENONE,
            "people: no figure for 21 August 2026: not yet published (the series ends on 20 August "
            "2026)",
            on, &f.people, test_date("2026-08-21"));
    REFUSED(DTL_ENONE,
            "people: no figure for 31 December 2017: the series begins on 1 January 2018", on,
            &f.people, test_date("2017-12-31"));
    REFUSED(DTL_ENONE, "uncontrolled boats: no figure for 18 October 2020: not collected", on,
            &f.uncontrolled, test_date("2020-10-18"));
    REFUSED(DTL_ENONE, "uncontrolled boats: no figure for 2020: not collected", year,
            &f.uncontrolled, 2020);
    REFUSED(DTL_ENONE,
            "people prevented: no figure for the week ending 6 September 2020: not collected", on,
            &f.prevented, test_date("2020-09-05"));
    REFUSED(DTL_ENONE,
            "people: no figure for 2026: not yet published (the series ends on 20 August 2026)",
            year, &f.people, 2026);
    REFUSED(DTL_ENONE, "people: no figure for 2017: the series begins on 1 January 2018", year,
            &f.people, 2017);
    REFUSED(DTL_ENONE,
            "uncontrolled boats: no figure for 31 December 2022 to 2 January 2023: 1 of 3 days "
            "missing, the first on 31 December 2022 (not collected)",
            total, &f.uncontrolled, test_date("2022-12-31"), test_date("2023-01-02"));
    REFUSED(DTL_ENONE,
            "people prevented: no figure for 22 April to 5 May 2024: 1 of 2 weeks missing, the "
            "first in the week ending 28 April 2024 (not collected)",
            total, &f.prevented, test_date("2024-04-22"), test_date("2024-05-05"));
    test_figures_close(&f);
}

TEST(a_ratio_without_a_base_is_refused)
{
    test_figures f;
    test_figures_open(&f);
    REFUSED(DTL_ENONE, "people per boat: no boats on 1 January 2018", on, &f.per_boat,
            test_date("2018-01-01"));
    REFUSED(DTL_ENONE, "people per boat: no boats in the week ending 7 January 2018", week_ending,
            &f.per_boat, test_date("2018-01-07"));
    REFUSED(DTL_ENONE,
            "people: no figure for 21 August 2026: not yet published (the series ends on 20 August "
            "2026)",
            on, &f.per_boat, test_date("2026-08-21"));
    CHECK(ASK(year, &f.per_boat, 2024));
    CHECK_INT(f.fact.value.num * 695, (int64_t)36816 * f.fact.value.den);
    CHECK_TEXT(f.fact.expression, "(people / boats).year(2024)");
    test_figures_close(&f);
}

TEST(a_span_that_ends_before_it_begins_is_misuse)
{
    test_figures f;
    test_figures_open(&f);
    REFUSED(DTL_EUSAGE, "people: a span from 2024-10-18 to 2024-10-17 ends before it begins", total,
            &f.people, test_date("2024-10-18"), test_date("2024-10-17"));
    REFUSED(DTL_EUSAGE, "people: there are no last 0 days", last, &f.people, 0,
            test_date("2024-10-18"));
    REFUSED(DTL_EUSAGE, "people: there are no last 9,223,372,036,854,775,807 days", last, &f.people,
            INT64_MAX, test_date("2024-10-18"));
    test_figures_close(&f);
}

TEST(the_latest_is_the_last_day_with_a_figure)
{
    test_figures f;
    test_figures_open(&f);
    CHECK(ASK(latest, &f.people));
    CHECK_INT(f.fact.kind, DTL_FACT_DATE);
    CHECK_INT(f.fact.date_value, test_date("2026-08-20"));
    CHECK_TEXT(f.fact.expression, "people.latest()");
    CHECK(ASK(latest, &f.prevented));
    CHECK_INT(f.fact.date_value, test_date("2026-08-16"));
    CHECK(ASK(latest, &f.per_boat));
    CHECK_INT(f.fact.date_value, test_date("2026-08-20"));
    test_figures_close(&f);
}

TEST(coverage_counts_days_and_names_what_is_absent)
{
    test_figures f;
    test_figures_open(&f);
    CHECK(ASK(coverage, &f.people, test_date("2024-01-01"), test_date("2024-12-31")));
    IS(366);
    CHECK_TEXT(f.fact.unit, "day");
    CHECK_TEXT(f.fact.note, "");
    CHECK_TEXT(f.fact.expression, "people.coverage(2024-01-01, 2024-12-31)");
    CHECK(ASK(coverage, &f.uncontrolled, test_date("2017-12-30"), test_date("2026-08-31")));
    IS(1328);
    CHECK_TEXT(f.fact.note,
               "30 to 31 December 2017: before the series begins; 1 January 2018 to 31 "
               "December 2022: not collected; 21 to 31 August 2026: not yet published");
    CHECK(ASK(coverage, &f.people, test_date("0001-01-01"), test_date("9999-12-31")));
    IS(3154);
    CHECK(ASK(coverage, &f.weekly, test_date("2026-08-10"), test_date("2026-08-20")));
    IS(7);
    CHECK_TEXT(f.fact.note, "17 to 20 August 2026: not yet published");
    test_figures_close(&f);
}

TEST(the_ends_of_the_calendar_are_dates_like_others)
{
    test_figures f;
    test_figures_open(&f);
    dtl_date first = test_date("0001-01-01");
    dtl_date last = test_date("9999-12-31");
    REFUSED(DTL_ENONE, "people: no figure for 1 January 1: the series begins on 1 January 2018", on,
            &f.people, first);
    REFUSED(DTL_ENONE,
            "people: no figure for 9999: not yet published (the series ends on 20 August 2026)",
            year, &f.people, DTL_YEAR_MAX);
    REFUSED(DTL_ENONE,
            "people: no figure for 1 January 1 to 31 December 9999: 3,648,905 of 3,652,059 days "
            "missing, the first on 1 January 1 (before the series begins)",
            total, &f.people, first, last);
    const dtl_measure *const both[] = {&f.people, &f.weekly};
    for (size_t i = 0; i < DTL_COUNT(both); i++) {
        const dtl_date ends[] = {first, last};
        for (size_t j = 0; j < DTL_COUNT(ends); j++) {
            f.err = (dtl_error){0};
            CHECK(!dtl_measure_on(both[i], ends[j], &f.arena, &f.fact, &f.err));
            CHECK_INT(f.err.code, DTL_ENONE);
            f.err = (dtl_error){0};
            CHECK(!dtl_measure_week_ending(both[i], ends[j], &f.arena, &f.fact, &f.err));
            f.err = (dtl_error){0};
            CHECK(!dtl_measure_since(both[i], ends[j], DTL_STR(""), true, ends[j], &f.arena,
                                     &f.fact, &f.err));
            f.err = (dtl_error){0};
            CHECK(!dtl_measure_last(both[i], 1, ends[j], &f.arena, &f.fact, &f.err));
        }
    }
    test_figures_close(&f);
}
