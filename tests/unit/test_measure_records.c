// tests/unit/test_measure_records.c - core/fact: peaks, ranks, milestones, gaps, and running counts.
#include "fact/measure.h"

#include "support/figures.h"
#include "support/test.h"

static const dtl_date none = DTL_DATE_NONE;

TEST(the_peak_year_is_found_among_whole_years)
{
    test_figures f;
    test_figures_open(&f);
    CHECK(ASK_TIED(peak, &f.people, DTL_BY_YEAR, none, test_date("2024-10-18")));
    IS(45755);
    CHECK_INT(f.tied, 1);
    CHECK_INT(f.fact.from, test_date("2022-01-01"));
    CHECK_INT(f.fact.to, test_date("2022-12-31"));
    CHECK_TEXT(f.fact.label,
               "people, 2022, the highest year from 1 January 2018 to 18 October 2024");
    CHECK_TEXT(f.fact.expression, "people.peak{by=year, from=2018-01-01, to=2024-10-18}");
    CHECK_TEXT(f.fact.note, "2024 is not complete and not compared");
    CHECK(ASK_TIED(peak, &f.people, DTL_BY_YEAR, none, test_date("2022-12-30")));
    CHECK_INT(f.fact.from, test_date("2021-01-01"));
    CHECK(ASK_TIED(peak, &f.people, DTL_BY_YEAR, none, none));
    CHECK_INT(f.fact.from, test_date("2022-01-01"));
    CHECK_TEXT(f.fact.expression, "people.peak{by=year, from=2018-01-01, to=2026-08-20}");
    CHECK_TEXT(f.fact.note, "2026 is not complete and not compared");
    CHECK(ASK_TIED(peak, &f.people, DTL_BY_YEAR, test_date("2017-05-05"), test_date("2020-12-31")));
    CHECK_INT(f.fact.value.num, 8462);
    CHECK_TEXT(f.fact.note, "the figures begin on 1 January 2018");
    test_figures_close(&f);
}

TEST(without_a_whole_year_there_is_no_peak_year)
{
    test_figures f;
    test_figures_open(&f);
    REFUSED_TIED(DTL_ENONE, "people: no year is complete from 1 January to 18 October 2018", peak,
                 &f.people, DTL_BY_YEAR, none, test_date("2018-10-18"));
    REFUSED_TIED(DTL_ENONE, "people: the figures begin on 1 January 2018", peak, &f.people,
                 DTL_BY_YEAR, none, test_date("2017-10-18"));
    REFUSED_TIED(DTL_ENONE, "people: not yet published (the figures end on 20 August 2026)", peak,
                 &f.people, DTL_BY_DAY, test_date("2027-01-01"), none);
    REFUSED_TIED(DTL_EUSAGE, "people: the figures are for weeks, not for years", peak, &f.weekly,
                 DTL_BY_YEAR, none, none);
    REFUSED_TIED(DTL_EUSAGE, "people: the figures are for weeks, not for single days", peak,
                 &f.weekly, DTL_BY_DAY, none, none);
    test_figures_close(&f);
}

TEST(the_record_day_is_three_september_2022)
{
    test_figures f;
    test_figures_open(&f);
    CHECK(ASK_TIED(peak, &f.people, DTL_BY_DAY, none, none));
    IS(1305);
    CHECK_INT(f.fact.from, test_date("2022-09-03"));
    CHECK_INT(f.fact.to, test_date("2022-09-03"));
    CHECK_TEXT(f.fact.label, "people, 3 September 2022, the highest day from 1 January 2018 to 20 "
                             "August 2026");
    CHECK(ASK_TIED(peak, &f.people, DTL_BY_DAY, test_date("2024-01-01"), test_date("2024-10-18")));
    CHECK_TEXT(f.fact.label,
               "people, 5 October 2024, the highest day from 1 January to 18 October 2024");
    CHECK_TEXT(f.fact.expression, "people.peak{by=day, from=2024-01-01, to=2024-10-18}");
    REFUSED_TIED(
        DTL_ENONE,
        "people: no figure for 1 August to 31 December 2026: not yet published (the series "
        "ends on 20 August 2026)",
        peak, &f.people, DTL_BY_DAY, test_date("2026-08-01"), test_date("2026-12-31"));
    test_figures_close(&f);
}

TEST(the_peak_month_is_a_whole_month)
{
    test_figures f;
    test_figures_open(&f);
    CHECK(ASK_TIED(peak, &f.people, DTL_BY_MONTH, none, none));
    CHECK_INT(f.fact.from, test_date("2022-08-01"));
    CHECK_INT(f.fact.to, test_date("2022-08-31"));
    CHECK_TEXT(f.fact.note, "August 2026 is not complete and not compared");
    CHECK(ASK_TIED(peak, &f.uncontrolled, DTL_BY_YEAR, test_date("2018-01-01"), none));
    CHECK_TEXT(f.fact.note,
               "2026 is not complete and not compared; the figures begin on 1 January 2023");
    test_figures_close(&f);
}

TEST(a_ratio_peaks_where_it_has_a_base)
{
    test_figures f;
    test_figures_open(&f);
    CHECK(ASK_TIED(peak, &f.per_boat, DTL_BY_YEAR, none, none));
    CHECK_INT(f.fact.from, test_date("2025-01-01"));
    CHECK(ASK_TIED(peak, &f.per_boat, DTL_BY_DAY, none, none));
    CHECK_TEXT(f.fact.unit, "person/boat");
    REFUSED_TIED(DTL_ENONE, "people per boat: no boats from 1 to 7 January 2018", peak, &f.per_boat,
                 DTL_BY_DAY, test_date("2018-01-01"), test_date("2018-01-07"));
    test_figures_close(&f);
}

TEST(a_rank_says_among_which_days)
{
    test_figures f;
    test_figures_open(&f);
    dtl_date record = test_date("2022-09-03");
    CHECK(ASK_TIED(rank, &f.people, record, DTL_STR("record")));
    IS(1);
    CHECK_INT(f.tied, 1);
    CHECK_TEXT(f.fact.unit, "rank");
    CHECK_TEXT(f.fact.label,
               "people, 3 September 2022, its place among all days from 1 January 2018 "
               "to 3 September 2022");
    CHECK_TEXT(f.fact.expression, "people.rank(2022-09-03, {within=record})");
    CHECK(ASK_TIED(rank, &f.people, test_date("2024-10-18"), DTL_STR("month")));
    CHECK_TEXT(f.fact.label,
               "people, 18 October 2024, its place among the days from 1 to 18 October 2024");
    CHECK(ASK_TIED(rank, &f.people, test_date("2024-10-18"), DTL_STR("calendar-month")));
    CHECK_TEXT(f.fact.label, "people, 18 October 2024, its place among the days of every October "
                             "from 1 January 2018 to 18 October 2024");
    CHECK(ASK_TIED(rank, &f.people, test_date("2024-10-05"), DTL_STR("year")));
    IS(1);
    REFUSED_TIED(DTL_EUSAGE, "people: a rank within 'yaer' is not known", rank, &f.people, record,
                 DTL_STR("yaer"));
    CHECK_STR(f.err.hint, "did you mean 'year'?");
    REFUSED_TIED(DTL_EUSAGE, "people: the figures are for weeks, not for single days", rank,
                 &f.weekly, record, DTL_STR("year"));
    REFUSED_TIED(DTL_ENONE, "people per boat: no boats on 1 January 2018", rank, &f.per_boat,
                 test_date("2018-01-01"), DTL_STR("record"));
    test_figures_close(&f);
}

TEST(the_highest_since_is_the_last_day_as_high)
{
    test_figures f;
    test_figures_open(&f);
    CHECK(ASK(highest_since, &f.people, test_date("2024-06-18")));
    CHECK_INT(f.fact.kind, DTL_FACT_DATE);
    CHECK_INT(f.fact.date_value, test_date("2022-11-29"));
    CHECK_TEXT(f.fact.label, "people, the last day before 18 June 2024 that was as high");
    CHECK_TEXT(f.fact.expression, "people.highest_since(2024-06-18)");
    REFUSED(DTL_ENONE,
            "people: no earlier day was as high as 3 September 2022 since the figures begin on 1 "
            "January 2018",
            highest_since, &f.people, test_date("2022-09-03"));
    REFUSED(DTL_ENONE,
            "people: no figure for 21 August 2026: not yet published (the series ends on 20 August "
            "2026)",
            highest_since, &f.people, test_date("2026-08-21"));
    test_figures_close(&f);
}

TEST(a_milestone_has_its_day)
{
    test_figures f;
    test_figures_open(&f);
    dtl_date start = test_date("2024-01-01");
    CHECK(ASK(first_reaching, &f.people, 28000, start, test_date("2024-12-31")));
    CHECK_INT(f.fact.date_value, test_date("2024-10-18"));
    CHECK_TEXT(f.fact.label, "people, the day the total from 1 January 2024 reached 28,000");
    CHECK_TEXT(f.fact.expression,
               "people.first_reaching(28000, {since=2024-01-01, to=2024-12-31})");
    CHECK(ASK(first_reaching, &f.people, 100000, test_date("2018-01-01"), none));
    CHECK_TEXT(f.fact.expression,
               "people.first_reaching(100000, {since=2018-01-01, to=2026-08-20})");
    REFUSED(DTL_ENONE,
            "people: 30,000 was not reached from 1 January to 18 October 2024 (the total "
            "is 28,204)",
            first_reaching, &f.people, 30000, start, test_date("2024-10-18"));
    REFUSED(
        DTL_ENONE,
        "people: 30,000 was not reached from 1 January to 20 August 2026 (the total is 15,897), "
        "and there is no figure for 21 August 2026",
        first_reaching, &f.people, 30000, test_date("2026-01-01"), test_date("2026-12-31"));
    REFUSED(DTL_ENONE,
            "people: no figure for 2027: not yet published (the series ends on 20 August 2026)",
            first_reaching, &f.people, 30000, test_date("2027-01-01"), test_date("2027-12-31"));
    REFUSED(DTL_EUSAGE, "people: a total of 0 is reached before it begins", first_reaching,
            &f.people, 0, start, test_date("2024-12-31"));
    REFUSED(DTL_EUSAGE, "people per boat: a ratio has no running total", first_reaching,
            &f.per_boat, 3, start, test_date("2024-12-31"));
    test_figures_close(&f);
}

TEST(a_gap_counts_days_without_any)
{
    test_figures f;
    test_figures_open(&f);
    CHECK(ASK(gap, &f.people, test_date("2024-10-18")));
    IS(0);
    CHECK_INT(f.fact.from, test_date("2024-10-18"));
    CHECK(ASK(gap, &f.people, test_date("2018-01-05")));
    IS(5);
    CHECK_TEXT(f.fact.unit, "day");
    CHECK_INT(f.fact.from, test_date("2018-01-01"));
    CHECK_TEXT(f.fact.note, "or more: the series begins on 1 January 2018");
    CHECK(ASK(gap, &f.people, test_date("2025-12-12")));
    IS(28);
    CHECK_INT(f.fact.from, test_date("2025-11-15"));
    CHECK_TEXT(f.fact.label, "people, days in a row without any up to 12 December 2025");
    CHECK_TEXT(f.fact.note, "");
    test_figures_close(&f);
}

TEST(days_of_at_least_so_many_are_counted)
{
    test_figures f;
    test_figures_open(&f);
    CHECK(ASK(days, &f.people, test_date("2022-01-01"), test_date("2022-12-31"), 1000));
    CHECK_TEXT(f.fact.label, "days with 1,000 or more, people, 2022");
    CHECK_TEXT(f.fact.expression, "people.days{from=2022-01-01, to=2022-12-31, min=1000}");
    int64_t high = f.fact.value.num;
    CHECK(high > 0 && high < 20);
    CHECK(ASK(days, &f.people, test_date("2022-01-01"), test_date("2022-12-31"), 0));
    IS(365);
    CHECK(ASK(days, &f.per_boat, test_date("2018-01-01"), test_date("2018-01-07"), 0));
    IS(0);
    test_figures_close(&f);
}

// Days from 1 January 2024, where -1 stands for a day without a row.
static dtl_store *small_store(const int64_t *people, size_t count)
{
    test_row rows[64];
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (people[i] >= 0)
            rows[kept++] =
                (test_row){.period = test_date("2024-01-01") + (dtl_date)i, .values = {people[i]}};
    }
    dtl_store *store = test_store_new();
    test_store_add(store, &test_daily, test_date("2024-06-01"), rows, kept);
    return store;
}

static test_figures small_figures(const int64_t *people, size_t count)
{
    test_figures f = {.store = small_store(people, count)};
    f.people =
        (dtl_measure){DTL_STR("people"), test_series(f.store, "small-boats-daily", "people"), NULL};
    return f;
}

TEST(a_missing_day_ends_a_claim_and_is_not_none)
{
    const int64_t people[] = {9, 0, -1, 0, 0, 7, 7, 3, 0};
    test_figures f = small_figures(people, DTL_COUNT(people));
    REFUSED(DTL_ENONE,
            "people: none from 4 to 5 January 2024, but there is no figure for 3 January 2024: how "
            "long the gap is cannot be said",
            gap, &f.people, test_date("2024-01-05"));
    REFUSED(DTL_ENONE,
            "people: no figure for 3 January 2024, and no day from then to 6 January 2024 was as "
            "high: whether an earlier one was cannot be said",
            highest_since, &f.people, test_date("2024-01-06"));
    CHECK(ASK(highest_since, &f.people, test_date("2024-01-08")));
    CHECK_INT(f.fact.date_value, test_date("2024-01-07"));
    REFUSED_TIED(DTL_ENONE,
                 "people: no figure for 1 to 9 January 2024: 1 of 9 days missing, the first on 3 "
                 "January 2024 (no row in the data)",
                 peak, &f.people, DTL_BY_DAY, none, none);
    REFUSED_TIED(DTL_ENONE,
                 "people: no figure for 1 to 8 January 2024: 1 of 8 days missing, the first on 3 "
                 "January 2024 (no row in the data)",
                 rank, &f.people, test_date("2024-01-08"), DTL_STR("year"));
    CHECK(ASK(first_reaching, &f.people, 9, test_date("2024-01-01"), test_date("2024-01-09")));
    CHECK_INT(f.fact.date_value, test_date("2024-01-01"));
    REFUSED(DTL_ENONE,
            "people: 10 was not reached from 1 to 2 January 2024 (the total is 9), and there is no "
            "figure for 3 January 2024",
            first_reaching, &f.people, 10, test_date("2024-01-01"), test_date("2024-01-09"));
    REFUSED(DTL_ENONE, "people: no figure for 3 January 2024: the data have no row for it", gap,
            &f.people, test_date("2024-01-03"));
    CHECK(ASK(coverage, &f.people, test_date("2024-01-01"), test_date("2024-01-09")));
    CHECK_TEXT(f.fact.note, "3 January 2024: no row in the data");
    dtl_series_free((dtl_series *)f.people.over);
    f.people.over = NULL;
    test_figures_close(&f);
}

TEST(ties_are_counted)
{
    const int64_t people[] = {5, 7, 0, 7, 5, 7, 0};
    test_figures f = small_figures(people, DTL_COUNT(people));
    CHECK(ASK_TIED(peak, &f.people, DTL_BY_DAY, none, none));
    CHECK_INT(f.tied, 3);
    CHECK_INT(f.fact.from, test_date("2024-01-02"));  // the earliest
    CHECK(ASK_TIED(rank, &f.people, test_date("2024-01-06"), DTL_STR("record")));
    IS(1);
    CHECK_INT(f.tied, 3);
    CHECK(ASK_TIED(rank, &f.people, test_date("2024-01-05"), DTL_STR("record")));
    IS(3);
    CHECK_INT(f.tied, 2);
    CHECK(ASK(highest_since, &f.people, test_date("2024-01-06")));
    CHECK_INT(f.fact.date_value, test_date("2024-01-04"));
    test_figures_close(&f);
}

TEST(coverage_names_five_spans_and_counts_the_rest)
{
    const int64_t people[] = {1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1};
    test_figures f = small_figures(people, DTL_COUNT(people));
    CHECK(ASK(coverage, &f.people, test_date("2024-01-01"), test_date("2024-01-15")));
    IS(8);
    CHECK(dtl_str_ends(f.fact.note, DTL_STR("10 January 2024: no row in the data; and 2 more")));
    test_figures_close(&f);
}

TEST(a_series_without_figures_answers_nothing)
{
    const int64_t people[] = {1};
    test_figures f = small_figures(people, 1);
    dtl_series *now = (dtl_series *)f.people.over;
    const dtl_series_key key = {.dataset = DTL_STR("small-boats-daily"),
                                .measure = DTL_STR("people"),
                                .as_of = dtl_moment_end_of(test_date("2020-05-05"))};
    f.people.over = test_series_of(f.store, &key);
    REFUSED(
        DTL_ENONE,
        "people: no figure for 18 October 2024: the data hold no figures of it as of 5 May 2020",
        on, &f.people, test_date("2024-10-18"));
    REFUSED(DTL_ENONE, "people: the data hold no figures of it", latest, &f.people);
    REFUSED_TIED(DTL_ENONE, "people: the data hold no figures of it", peak, &f.people, DTL_BY_YEAR,
                 none, none);
    REFUSED(DTL_ENONE, "people: the data hold no figures of it", first_reaching, &f.people, 5,
            test_date("2024-10-18"), none);
    REFUSED(DTL_ENONE, "people: the data hold no figures of it", highest_since, &f.people,
            test_date("2024-10-18"));
    CHECK(ASK(coverage, &f.people, test_date("2024-01-01"), test_date("2024-01-15")));
    IS(0);
    CHECK_TEXT(f.fact.note, "1 to 15 January 2024: the data hold no figures of it");
    dtl_series_free(now);
    test_figures_close(&f);
}

static dtl_measure deaths_measure(dtl_store *store)
{
    const test_row rows[] = {
        {test_date("2023-12-31"), {12}, "French coastguards", "annual report"},
        {test_date("2024-10-17"), {45}, "French coastguards", "press of 19 October 2024"},
        {test_date("2024-10-25"), {48}, "French coastguards", "press of 26 October 2024"},
    };
    test_store_add(store, &test_deaths, test_date("2024-11-01"), rows, DTL_COUNT(rows));
    static const dtl_filter filter = {{"source", 6}, {"French coastguards", 18}};
    const dtl_series_key key = {DTL_STR("channel-deaths"), DTL_STR("deaths"), &filter, 1,
                                DTL_MOMENT_LATEST};
    return (dtl_measure){DTL_STR("deaths{source=\"French coastguards\"}"),
                         test_series_of(store, &key), NULL};
}

TEST(a_running_count_gives_its_latest_statement_of_the_year)
{
    test_figures f = {.store = test_store_new()};
    f.people = deaths_measure(f.store);
    CHECK(ASK(on, &f.people, test_date("2024-10-18")));
    IS(45);
    CHECK_INT(f.fact.from, test_date("2024-01-01"));
    CHECK_INT(f.fact.to, test_date("2024-10-17"));
    CHECK_TEXT(f.fact.note, "press of 19 October 2024");
    CHECK_TEXT(f.fact.label, "deaths (French coastguards), 2024, as at 17 October 2024");
    CHECK_TEXT(f.fact.expression, "deaths{source=\"French coastguards\"}.on(2024-10-18)");
    REFUSED(DTL_ENONE,
            "deaths (French coastguards): no statement for 2024 by 16 October 2024 (the latest "
            "before is of 31 December 2023)",
            on, &f.people, test_date("2024-10-16"));
    REFUSED(DTL_ENONE, "deaths (French coastguards): no statement for 2023 by 30 December 2023", on,
            &f.people, test_date("2023-12-30"));
    CHECK(ASK(latest, &f.people));
    CHECK_INT(f.fact.date_value, test_date("2024-10-25"));
    test_figures_close(&f);
}

TEST(a_running_count_is_not_summed)
{
    test_figures f = {.store = test_store_new()};
    f.people = deaths_measure(f.store);
    static const char words[] = "deaths (French coastguards): a running count is not summed";
    dtl_date day = test_date("2024-10-18");
    REFUSED(DTL_EUSAGE, words, year_to_date, &f.people, day);
    CHECK_STR(f.err.hint, "on(date) gives the latest statement of that year");
    REFUSED(DTL_EUSAGE, words, total, &f.people, day, day);
    REFUSED(DTL_EUSAGE, words, year, &f.people, 2024);
    REFUSED(DTL_EUSAGE, words, week_ending, &f.people, day);
    REFUSED(DTL_EUSAGE, words, mean, &f.people, day, day);
    REFUSED(DTL_EUSAGE, words, coverage, &f.people, day, day);
    REFUSED_TIED(DTL_EUSAGE, words, peak, &f.people, DTL_BY_YEAR, none, none);
    REFUSED(DTL_EUSAGE,
            "deaths (French coastguards): the figures are for statements, not for single days", gap,
            &f.people, day);
    test_figures_close(&f);
}
