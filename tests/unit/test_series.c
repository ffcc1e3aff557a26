// tests/unit/test_series.c - core/series: periods, sums, sources.
#include "series/series.h"

#include <stdlib.h>

#include "support/series.h"
#include "support/test.h"

enum {
    RANDOM_DAYS = 700,
    RANDOM_RANGES = 400
};

static dtl_cell at(const dtl_series *series, const char *iso)
{
    return dtl_series_at(series, test_date(iso));
}

static int64_t sum(const dtl_series *series, const char *from, const char *to, dtl_coverage *found)
{
    int64_t total = 0;
    CHECK(dtl_series_sum(series, test_date(from), test_date(to), &total, found));
    return total;
}

// 2 to 8 January 2024: 5, 0, not collected, no row, 7, 1, not collected.
static dtl_store *patchy_store(void)
{
    dtl_date second = test_date("2024-01-02");
    const test_row rows[] = {
        {.period = second, .values = {5, 1}},
        {.period = second + 1, .values = {0, 0}},
        {.period = second + 2, .values = {TEST_NOT_COLLECTED, 2}},
        {.period = second + 4, .values = {7, 2}},
        {.period = second + 5, .values = {1, 1}},
        {.period = second + 6, .values = {TEST_NOT_COLLECTED, 0}},
    };
    dtl_store *store = test_store_new();
    test_store_add(store, &test_daily, second + 30, rows, DTL_COUNT(rows));
    return store;
}

TEST(each_day_says_why_it_has_no_value)
{
    dtl_store *store = patchy_store();
    dtl_series *people = test_series(store, "small-boats-daily", "people");
    CHECK_INT(at(people, "2024-01-01").state, DTL_STATE_BEFORE);
    CHECK_INT(at(people, "2024-01-02").state, DTL_STATE_VALUE);
    CHECK_INT(at(people, "2024-01-02").value, 5);
    CHECK_INT(at(people, "2024-01-03").state, DTL_STATE_VALUE);
    CHECK_INT(at(people, "2024-01-03").value, 0);
    CHECK_INT(at(people, "2024-01-04").state, DTL_STATE_MISSING);
    CHECK_TEXT(at(people, "2024-01-04").reason, "not_collected");
    CHECK_INT(at(people, "2024-01-05").state, DTL_STATE_GAP);
    CHECK_INT(at(people, "2024-01-06").value, 7);
    CHECK_INT(at(people, "2024-01-08").state, DTL_STATE_MISSING);
    CHECK_INT(at(people, "2024-01-09").state, DTL_STATE_NOT_YET_PUBLISHED);
    dtl_series_free(people);
    dtl_store_close(store);
}

TEST(its_ends_are_its_rows_and_its_values)
{
    dtl_store *store = patchy_store();
    dtl_series *people = test_series(store, "small-boats-daily", "people");
    CHECK_INT(dtl_series_first(people), test_date("2024-01-02"));
    CHECK_INT(dtl_series_last(people), test_date("2024-01-08"));
    CHECK_INT(dtl_series_first_value(people), test_date("2024-01-02"));
    CHECK_INT(dtl_series_last_value(people), test_date("2024-01-07"));
    CHECK_TEXT(dtl_series_dataset(people), "small-boats-daily");
    CHECK_TEXT(dtl_series_measure(people), "people");
    CHECK_TEXT(dtl_series_unit(people), "person");
    CHECK(dtl_series_is_provisional(people));
    CHECK(!dtl_series_is_empty(people));
    dtl_series_free(people);
    dtl_store_close(store);
}

TEST(a_sum_says_what_it_met)
{
    dtl_store *store = patchy_store();
    dtl_series *people = test_series(store, "small-boats-daily", "people");
    dtl_coverage c;
    CHECK_INT(sum(people, "2023-12-30", "2024-01-10", &c), 13);
    CHECK_INT(c.days, 12);
    CHECK_INT(c.present, 4);
    CHECK_INT(c.missing, 2);
    CHECK_INT(c.gaps, 1);
    CHECK_INT(c.before, 3);
    CHECK_INT(c.not_yet, 2);
    CHECK_INT(c.first_absent, test_date("2023-12-30"));
    dtl_series_free(people);
    dtl_store_close(store);
}

TEST(the_first_absent_day_is_found_wherever_it_lies)
{
    dtl_store *store = patchy_store();
    dtl_series *people = test_series(store, "small-boats-daily", "people");
    dtl_coverage c;
    CHECK_INT(sum(people, "2024-01-02", "2024-01-03", &c), 5);
    CHECK_INT(c.first_absent, DTL_DATE_NONE);
    sum(people, "2024-01-03", "2024-01-07", &c);
    CHECK_INT(c.first_absent, test_date("2024-01-04"));
    sum(people, "2024-01-05", "2024-01-07", &c);
    CHECK_INT(c.first_absent, test_date("2024-01-05"));
    sum(people, "2024-01-06", "2024-01-08", &c);
    CHECK_INT(c.first_absent, test_date("2024-01-08"));
    sum(people, "2024-02-01", "2024-02-02", &c);
    CHECK_INT(c.first_absent, test_date("2024-02-01"));
    CHECK_INT(c.not_yet, 2);
    sum(people, "2023-02-01", "2023-02-02", &c);
    CHECK_INT(c.before, 2);
    CHECK_INT(c.not_yet, 0);
    CHECK_INT(sum(people, "2024-01-07", "2024-01-02", &c), 0);
    CHECK_INT(c.days, 0);
    dtl_series_free(people);
    dtl_store_close(store);
}

TEST(values_stand_in_a_row_only_where_every_day_has_one)
{
    dtl_store *store = patchy_store();
    dtl_series *people = test_series(store, "small-boats-daily", "people");
    size_t count = 0;
    const int64_t *values =
        dtl_series_values(people, test_date("2024-01-06"), test_date("2024-01-07"), &count);
    CHECK(values && count == 2 && values[0] == 7 && values[1] == 1);
    CHECK(!dtl_series_values(people, test_date("2024-01-03"), test_date("2024-01-04"), &count));
    CHECK(!dtl_series_values(people, test_date("2024-01-01"), test_date("2024-01-02"), &count));
    CHECK(!dtl_series_values(people, test_date("2024-01-07"), test_date("2024-01-06"), &count));
    CHECK(!dtl_series_values(people, test_date("2025-01-01"), test_date("2025-01-02"), &count));
    dtl_series_free(people);
    dtl_store_close(store);
}

TEST(an_absent_row_is_none_where_the_source_says_so)
{
    dtl_dataset dataset = test_daily;
    dataset.absent_is_zero = true;
    dtl_date first = test_date("2024-02-28");
    const test_row rows[] = {{.period = first, .values = {3}},
                             {.period = first + 2, .values = {4}}};
    dtl_store *store = test_store_new();
    int64_t release = test_store_add(store, &dataset, first + 9, rows, DTL_COUNT(rows));
    dtl_series *people = test_series(store, "small-boats-daily", "people");
    CHECK_INT(at(people, "2024-02-29").state, DTL_STATE_VALUE);
    CHECK_INT(at(people, "2024-02-29").value, 0);
    CHECK_INT(at(people, "2024-02-29").release, release);
    CHECK_INT(at(people, "2024-02-27").state, DTL_STATE_BEFORE);
    CHECK_INT(at(people, "2024-03-02").state, DTL_STATE_NOT_YET_PUBLISHED);
    dtl_series_free(people);
    dtl_store_close(store);
}

TEST(a_series_without_rows_is_empty_and_answers)
{
    dtl_store *store = patchy_store();
    const dtl_series_key key = {
        .dataset = DTL_STR("small-boats-daily"), .measure = DTL_STR("people"), .as_of = 0};
    dtl_series *people = test_series_of(store, &key);
    dtl_coverage c;
    CHECK(dtl_series_is_empty(people));
    CHECK_INT(dtl_series_first(people), DTL_DATE_NONE);
    CHECK_INT(dtl_series_last(people), DTL_DATE_NONE);
    CHECK_INT(dtl_series_first_value(people), DTL_DATE_NONE);
    CHECK_INT(at(people, "2024-01-02").state, DTL_STATE_NOT_YET_PUBLISHED);
    CHECK_INT(sum(people, "2024-01-02", "2024-01-03", &c), 0);
    CHECK_INT(c.not_yet, 2);
    CHECK_INT(c.first_absent, test_date("2024-01-02"));
    CHECK(dtl_series_releases(people, test_date("2024-01-02"), test_date("2024-01-03"), NULL, 0) ==
          0);
    dtl_series_free(people);
    dtl_store_close(store);
}

TEST(a_measure_that_is_not_there_is_refused_by_name)
{
    dtl_store *store = patchy_store();
    const dtl_series_key key = {.dataset = DTL_STR("small-boats-daily"),
                                .measure = DTL_STR("peple"),
                                .as_of = DTL_MOMENT_LATEST};
    dtl_series *series = NULL;
    dtl_error err = {0};
    CHECK(!dtl_series_load(store, &key, &series, &err));
    CHECK_INT(err.code, DTL_EUSAGE);
    CHECK(strstr(err.message, "no measure 'peple'") != NULL);
    dtl_store_close(store);
}

TEST(a_sum_that_does_not_fit_is_refused_and_one_that_does_is_not)
{
    dtl_date first = test_date("2024-01-01");
    const test_row rows[] = {
        {.period = first, .values = {INT64_MAX}},
        {.period = first + 1, .values = {1}},
        {.period = first + 2, .values = {INT64_MAX - 1}},
    };
    dtl_store *store = test_store_new();
    test_store_add(store, &test_daily, first + 9, rows, DTL_COUNT(rows));
    dtl_series *people = test_series(store, "small-boats-daily", "people");
    dtl_coverage c;
    int64_t total = 0;
    CHECK(!dtl_series_sum(people, first, first + 1, &total, &c));
    CHECK_INT(c.present, 2);
    CHECK(!dtl_series_sum(people, first, first + 2, &total, &c));
    CHECK(dtl_series_sum(people, first + 1, first + 2, &total, &c));
    CHECK(total == INT64_MAX);
    dtl_series_free(people);
    dtl_store_close(store);
}

TEST(weeks_begin_on_the_day_after_the_one_they_end_on)
{
    dtl_date monday = test_date("2024-09-30");
    const test_row rows[] = {{.period = monday, .values = {2100}},
                             {.period = monday + 7, .values = {613}}};
    dtl_store *store = test_store_new();
    test_store_add(store, &test_weekly, monday + 20, rows, DTL_COUNT(rows));
    dtl_series *people = test_series(store, "small-boats-weekly", "people");
    CHECK_INT(dtl_series_period(people, test_date("2024-10-13")), test_date("2024-10-07"));
    CHECK_INT(dtl_series_period(people, test_date("2024-10-07")), test_date("2024-10-07"));
    CHECK_INT(dtl_series_period(people, test_date("2024-10-06")), test_date("2024-09-30"));
    CHECK_INT(dtl_series_period(people, test_date("1969-12-31")), test_date("1969-12-29"));
    CHECK_INT(dtl_series_period_end(people, test_date("2024-10-08")), test_date("2024-10-13"));
    CHECK_INT(at(people, "2024-10-13").value, 613);
    CHECK_INT(at(people, "2024-10-14").state, DTL_STATE_NOT_YET_PUBLISHED);
    dtl_coverage c;
    // A week counts where its first day lies.
    CHECK_INT(sum(people, "2024-09-29", "2024-10-07", &c), 2713);
    CHECK_INT(c.days, 2);
    CHECK_INT(sum(people, "2024-10-01", "2024-10-06", &c), 0);
    CHECK_INT(c.days, 0);
    CHECK_INT(sum(people, "2024-09-01", "2024-10-31", &c), 2713);
    CHECK_INT(c.before, 4);
    CHECK_INT(c.not_yet, 3);
    CHECK_INT(c.first_absent, test_date("2024-09-02"));
    dtl_series_free(people);
    dtl_store_close(store);
}

TEST(months_and_years_are_periods_too)
{
    const test_row months[] = {{.period = test_date("2023-12-01"), .values = {10}},
                               {.period = test_date("2024-02-01"), .values = {20}}};
    const test_row years[] = {{.period = test_date("2023-01-01"), .values = {7}},
                              {.period = test_date("2024-01-01"), .values = {8}}};
    dtl_store *store = test_store_new();
    test_store_add(store, &test_monthly, test_date("2024-03-10"), months, DTL_COUNT(months));
    test_store_add(store, &test_yearly, test_date("2025-03-10"), years, DTL_COUNT(years));
    dtl_series *returns = test_series(store, "returns", "returns");
    dtl_series *claims = test_series(store, "claims", "claims");
    dtl_coverage c;
    CHECK_INT(dtl_series_period(returns, test_date("2024-02-29")), test_date("2024-02-01"));
    CHECK_INT(dtl_series_period_end(returns, test_date("2024-02-01")), test_date("2024-02-29"));
    CHECK_INT(sum(returns, "2023-12-01", "2024-02-29", &c), 30);
    CHECK_INT(c.days, 3);
    CHECK_INT(c.gaps, 1);
    CHECK_INT(c.first_absent, test_date("2024-01-01"));
    CHECK_INT(dtl_series_period_end(claims, test_date("2024-02-01")), test_date("2024-12-31"));
    CHECK_INT(sum(claims, "2023-01-01", "2024-12-31", &c), 15);
    CHECK_INT(c.days, 2);
    CHECK_INT(at(claims, "2024-06-05").value, 8);
    dtl_series_free(returns);
    dtl_series_free(claims);
    dtl_store_close(store);
}

TEST(a_running_count_gives_the_latest_statement_with_who_made_it)
{
    const test_row rows[] = {
        {test_date("2024-10-17"), {45}, "French coastguards", "press of 19 October 2024"},
        {test_date("2024-10-25"), {48}, "French coastguards", "press of 26 October 2024"},
        {test_date("2024-10-30"), {TEST_NOT_COLLECTED}, "French coastguards", "nobody"},
        {test_date("2024-10-20"), {52}, "IOM", "IOM"},
    };
    dtl_store *store = test_store_new();
    test_store_add(store, &test_deaths, test_date("2024-11-01"), rows, DTL_COUNT(rows));
    const dtl_filter filter = {DTL_STR("source"), DTL_STR("French coastguards")};
    const dtl_series_key key = {DTL_STR("channel-deaths"), DTL_STR("deaths"), &filter, 1,
                                DTL_MOMENT_LATEST};
    dtl_series *deaths = test_series_of(store, &key);
    dtl_date as_at = 0;
    CHECK_TEXT(dtl_series_subject(deaths), "deaths (French coastguards)");
    CHECK_INT(dtl_series_latest_at(deaths, test_date("2024-10-24"), &as_at).value, 45);
    CHECK_INT(as_at, test_date("2024-10-17"));
    dtl_cell last = dtl_series_latest_at(deaths, test_date("2025-06-01"), &as_at);
    CHECK_INT(last.value, 48);
    CHECK_TEXT(last.attribution, "press of 26 October 2024");
    CHECK_INT(as_at, test_date("2024-10-25"));
    CHECK(dtl_series_latest_at(deaths, test_date("2024-10-16"), &as_at).state == DTL_STATE_BEFORE);
    CHECK_INT(as_at, DTL_DATE_NONE);
    CHECK_INT(dtl_series_at(deaths, test_date("2024-10-18")).state, DTL_STATE_GAP);
    CHECK_INT(dtl_series_at(deaths, test_date("2024-10-17")).value, 45);
    dtl_series_free(deaths);
    dtl_store_close(store);
}

TEST(as_of_a_moment_it_is_what_was_known_then)
{
    dtl_date day = test_date("2024-01-01");
    const test_row first[] = {{.period = day, .values = {5}}, {.period = day + 1, .values = {6}}};
    const test_row second[] = {{.period = day + 1, .values = {9}},
                               {.period = day + 2, .values = {1}}};
    dtl_store *store = test_store_new();
    int64_t early = test_store_add(store, &test_daily, day + 5, first, DTL_COUNT(first));
    int64_t late = test_store_add(store, &test_daily, day + 12, second, DTL_COUNT(second));
    dtl_series_key key = {.dataset = DTL_STR("small-boats-daily"),
                          .measure = DTL_STR("people"),
                          .as_of = dtl_moment_end_of(day + 6)};
    dtl_series *then = test_series_of(store, &key);
    dtl_series *now = test_series(store, "small-boats-daily", "people");
    CHECK_INT(dtl_series_at(then, day + 1).value, 6);
    CHECK_INT(dtl_series_last(then), day + 1);
    CHECK_INT(dtl_series_at(now, day + 1).value, 9);
    int64_t releases[3] = {0, 0, 0};
    CHECK(dtl_series_releases(now, day, day + 2, releases, 3) == 2);
    CHECK(releases[0] == early && releases[1] == late && releases[2] == 0);
    CHECK(dtl_series_releases(now, day, day, releases, 3) == 1);
    CHECK(dtl_series_releases(now, day, day + 2, NULL, 0) == 2);
    CHECK(dtl_series_releases(then, day, day + 9, releases, 3) == 1);
    dtl_series_free(then);
    dtl_series_free(now);
    dtl_store_close(store);
}

// A day's value, TEST_NOT_COLLECTED, or no row at all.
static const int64_t NO_ROW = INT64_MIN + 1;

static void make_days(test_random *random, int64_t *days, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int64_t dice = test_random_below(random, 40);
        days[i] = dice == 0 ? NO_ROW : dice == 1 ? TEST_NOT_COLLECTED : dice < 12 ? 0 : dice * dice;
    }
    days[0] = 1;  // both ends have rows
    days[count - 1] = 1;
}

static dtl_series *load_days(dtl_store *store, dtl_date first, const int64_t *days, size_t count)
{
    test_row *rows = dtl_realloc_array(NULL, count, sizeof *rows);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (days[i] != NO_ROW)
            rows[kept++] = (test_row){.period = first + (dtl_date)i, .values = {days[i]}};
    }
    test_store_add(store, &test_daily, first + (dtl_date)count, rows, kept);
    free(rows);
    return test_series(store, "small-boats-daily", "people");
}

static void check_range(const dtl_series *series, const int64_t *days, dtl_date first,
                        dtl_date from, dtl_date to)
{
    int64_t expected = 0;
    dtl_coverage e = {.first_absent = DTL_DATE_NONE};
    for (dtl_date day = from; day <= to; day++) {
        int64_t value = day < first || day >= first + RANDOM_DAYS ? NO_ROW : days[day - first];
        e.days++;
        bool absent = value == NO_ROW || value == TEST_NOT_COLLECTED;
        if (absent && e.first_absent == DTL_DATE_NONE)
            e.first_absent = day;
        if (!absent)
            expected += value;
        e.present += !absent;
        e.missing += value == TEST_NOT_COLLECTED;
        e.before += day < first;
        e.not_yet += day >= first + RANDOM_DAYS;
        e.gaps += value == NO_ROW && day >= first && day < first + RANDOM_DAYS;
    }
    int64_t total = -1;
    dtl_coverage c;
    CHECK(dtl_series_sum(series, from, to, &total, &c));
    CHECK_INT(total, expected);
    CHECK(c.days == e.days && c.present == e.present && c.missing == e.missing);
    CHECK(c.gaps == e.gaps && c.before == e.before && c.not_yet == e.not_yet);
    CHECK_INT(c.first_absent, e.first_absent);
}

TEST(every_range_of_a_random_series_equals_a_loop)
{
    test_random random = {20241018};
    int64_t days[RANDOM_DAYS];
    dtl_date first = test_date("2023-03-01");
    make_days(&random, days, RANDOM_DAYS);
    dtl_store *store = test_store_new();
    dtl_series *series = load_days(store, first, days, RANDOM_DAYS);
    for (int i = 0; i < RANDOM_RANGES; i++) {
        dtl_date from = first - 20 + (dtl_date)test_random_below(&random, RANDOM_DAYS + 40);
        dtl_date to = from - 2 + (dtl_date)test_random_below(&random, RANDOM_DAYS);
        check_range(series, days, first, from, to);
    }
    dtl_series_free(series);
    dtl_store_close(store);
}

TEST(every_date_lies_in_its_period_and_periods_follow_each_other)
{
    const dtl_dataset *datasets[] = {&test_daily, &test_weekly, &test_monthly, &test_yearly};
    for (size_t i = 0; i < DTL_COUNT(datasets); i++) {
        dtl_store *store = test_store_new();
        const test_row none = {.period = test_date("2024-01-01"), .values = {0}};
        test_store_add(store, datasets[i], test_date("2024-06-01"), &none, 1);
        dtl_series *series =
            test_series(store, datasets[i]->name.data, datasets[i]->columns[1].name.data);
        for (dtl_date day = test_date("1967-12-25"); day < test_date("1972-03-05"); day++) {
            dtl_date start = dtl_series_period(series, day);
            dtl_date end = dtl_series_period_end(series, day);
            CHECK(start <= day && day <= end);
            CHECK_INT(dtl_series_period(series, start), start);
            CHECK_INT(dtl_series_period(series, end), start);
            CHECK_INT(dtl_series_period(series, end + 1), end + 1);
        }
        dtl_series_free(series);
        dtl_store_close(store);
    }
}
