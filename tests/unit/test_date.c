// tests/unit/test_date.c - the calendar, and dates and moments as text.
#include "support/test.h"

#include "base/date.h"

static dtl_date day(int year, int month, int day_of_month)
{
    dtl_date date = DTL_DATE_NONE;
    CHECK(dtl_date_make(year, month, day_of_month, &date));
    return date;
}

// Counts days one by one, by the rule as everybody learns it.
static void step(dtl_civil *civil)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int last = days[civil->month - 1];
    int year = civil->year;
    if (civil->month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0))
        last = 29;
    if (civil->day < last) {
        civil->day++;
        return;
    }
    civil->day = 1;
    civil->month = civil->month % 12 + 1;
    if (civil->month == 1)
        civil->year++;
}

static bool same_civil(dtl_civil a, dtl_civil b)
{
    return a.year == b.year && a.month == b.month && a.day == b.day;
}

static bool reads_as(dtl_buf *text, const char *format, dtl_date expected)
{
    dtl_date date = DTL_DATE_NONE;
    return dtl_date_parse_format(dtl_buf_str(text), dtl_str_from(format), &date) &&
           date == expected;
}

// One day, as numbers and in every way that it may be written.
static bool round_trips(dtl_date date, dtl_civil civil, int weekday, dtl_buf *text)
{
    dtl_date made = DTL_DATE_NONE;
    dtl_date read = DTL_DATE_NONE;
    bool ok = dtl_date_make(civil.year, civil.month, civil.day, &made) && made == date &&
              same_civil(dtl_date_civil(date), civil) && dtl_date_weekday(date) == weekday &&
              dtl_date_year(date) == civil.year;
    dtl_buf_clear(text);
    dtl_date_add(text, date);
    ok = ok && dtl_date_parse(dtl_buf_str(text), &read) && read == date &&
         reads_as(text, "%Y-%m-%d", date);
    dtl_buf_clear(text);
    dtl_buf_printf(text, "%s, %d %s %04d", dtl_date_weekday_name(weekday), civil.day,
                   dtl_date_month_name(civil.month), civil.year);
    return ok && reads_as(text, "%A, %d %B %Y", date);
}

TEST(every_day_from_1600_to_2400_round_trips)
{
    dtl_buf text = {0};
    dtl_civil civil = {1600, 1, 1};
    int weekday = 6;  // 1 January 1600 was a Saturday
    for (dtl_date date = day(1600, 1, 1); date <= day(2400, 12, 31); date++) {
        if (!CHECK(round_trips(date, civil, weekday, &text)))
            break;
        step(&civil);
        weekday = weekday % 7 + 1;
    }
    CHECK(same_civil(civil, (dtl_civil){2401, 1, 1}));
    dtl_buf_release(&text);
}

TEST(every_year_has_its_days)
{
    int64_t days = 0;
    for (int year = DTL_YEAR_MIN; year <= DTL_YEAR_MAX; year++) {
        int length = dtl_date_year_end(year) - dtl_date_year_start(year) + 1;
        bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        if (!CHECK_INT(length, leap ? 366 : 365))
            return;
        days += length;
    }
    CHECK_INT(days, dtl_date_year_end(DTL_YEAR_MAX) - dtl_date_year_start(DTL_YEAR_MIN) + 1);
}

TEST(known_days_stand_where_they_should)
{
    CHECK_INT(day(1970, 1, 1), 0);
    CHECK_INT(day(2000, 2, 29), 11016);
    CHECK_INT(day(1, 1, 1), -719162);
    CHECK_INT(day(9999, 12, 31), 2932896);
    CHECK_INT(dtl_date_weekday(day(2024, 10, 18)), 5);
    CHECK_INT(dtl_date_weekday(day(2026, 1, 27)), 2);
    CHECK_INT(dtl_date_weekday(day(1, 1, 1)), 1);
}

TEST(days_that_are_not_are_refused)
{
    dtl_date date = 7;
    CHECK(!dtl_date_make(2023, 2, 29, &date));
    CHECK(!dtl_date_make(1900, 2, 29, &date));
    CHECK(!dtl_date_make(2024, 4, 31, &date));
    CHECK(!dtl_date_make(2024, 0, 1, &date));
    CHECK(!dtl_date_make(2024, 13, 1, &date));
    CHECK(!dtl_date_make(2024, 1, 0, &date));
    CHECK(!dtl_date_make(2024, -1, -1, &date));
    CHECK(!dtl_date_make(0, 1, 1, &date));
    CHECK(!dtl_date_make(10000, 1, 1, &date));
    CHECK(!dtl_date_make(INT32_MAX, 1, 1, &date));
    CHECK_INT(date, 7);
    CHECK_INT(dtl_date_year_start(0), DTL_DATE_NONE);
    CHECK_INT(dtl_date_year_end(10000), DTL_DATE_NONE);
    CHECK_INT(dtl_date_days_in_month(2024, 13), 0);
}

TEST(months_begin_and_end)
{
    CHECK_INT(dtl_date_month_start(day(2024, 2, 29)), day(2024, 2, 1));
    CHECK_INT(dtl_date_month_end(day(2024, 2, 1)), day(2024, 2, 29));
    CHECK_INT(dtl_date_month_end(day(2023, 2, 1)), day(2023, 2, 28));
    CHECK_INT(dtl_date_month_end(day(2024, 12, 31)), day(2024, 12, 31));
}

TEST(the_same_day_in_another_year_falls_back_on_29_february_only)
{
    bool moved = true;
    CHECK_INT(dtl_date_in_year(day(2024, 10, 18), 2023, &moved), day(2023, 10, 18));
    CHECK(!moved);
    CHECK_INT(dtl_date_in_year(day(2024, 2, 29), 2023, &moved), day(2023, 2, 28));
    CHECK(moved);
    CHECK_INT(dtl_date_in_year(day(2024, 2, 29), 2020, &moved), day(2020, 2, 29));
    CHECK(!moved);
    CHECK_INT(dtl_date_in_year(day(2023, 2, 28), 2024, &moved), day(2024, 2, 28));
    CHECK(!moved);
    CHECK_INT(dtl_date_in_year(day(2024, 1, 1), 10000, &moved), DTL_DATE_NONE);
}

TEST(civil_dates_do_not_overflow)
{
    CHECK_INT(dtl_date_civil(INT32_MAX).year, 5881580);
    CHECK_INT(dtl_date_civil(INT32_MIN).year, -5877641);
    CHECK(dtl_date_weekday(INT32_MIN) >= 1 && dtl_date_weekday(INT32_MAX) <= 7);
}

TEST(parse_takes_iso_dates_and_nothing_else)
{
    static const char *const wrong[] = {
        "",           "2024",        "2024-1-18",   "2024-10-1",   "2024-10-18 ", " 2024-10-18",
        "2024/10/18", "20241018",    "2024-13-01",  "2023-02-29",  "0000-01-01",  "+024-10-18",
        "12024-10-1", "2024-10-18T", "2024-10-181", "-2024-10-18", "2024-1a-18",  "2024-10-",
    };
    dtl_date date = 7;
    for (size_t i = 0; i < DTL_COUNT(wrong); i++)
        if (!CHECK(!dtl_date_parse(dtl_str_from(wrong[i]), &date)))
            CHECK_STR(wrong[i], "");
    CHECK(!dtl_date_parse(DTL_STR("2024-10-18\0"), &date));
    CHECK(!dtl_date_parse(DTL_STR("2024-10\0"
                                  "18"),
                          &date));
    CHECK(!dtl_date_parse((dtl_str){NULL, 0}, &date));
    CHECK_INT(date, 7);
}

static bool parses(const char *text, const char *format, dtl_date expected)
{
    dtl_date date = DTL_DATE_NONE;
    return dtl_date_parse_format(dtl_str_from(text), dtl_str_from(format), &date) &&
           date == expected;
}

static bool refuses(const char *text, const char *format)
{
    dtl_date date = 7;
    return !dtl_date_parse_format(dtl_str_from(text), dtl_str_from(format), &date) && date == 7;
}

TEST(formats_read_what_sources_write)
{
    CHECK(parses("13 December 2025", "%d %B %Y", day(2025, 12, 13)));
    CHECK(parses("13 DEC 2025", "%d %b %Y", day(2025, 12, 13)));
    CHECK(parses("3/7/2025", "%d/%m/%Y", day(2025, 7, 3)));
    CHECK(parses("Tue, 01/27/2026 - 12:00", "%a, %m/%d/%Y - %H:%M", day(2026, 1, 27)));
    CHECK(parses("Friday 18 october 2024", "%A %d %B %Y", day(2024, 10, 18)));
    CHECK(parses("20241018", "%Y%m%d", day(2024, 10, 18)));
    CHECK(parses("18   May  2024", "%d %b %Y", day(2024, 5, 18)));
    CHECK(parses("18 May 2024", "%d  %b   %Y", day(2024, 5, 18)));
    CHECK(parses("2024-10-18T23:59:59", "%Y-%m-%dT%H:%M:%S", day(2024, 10, 18)));
    CHECK(parses("100% 2024-10-18", "100%% %Y-%m-%d", day(2024, 10, 18)));
    CHECK(parses("Dec 2021", "%b %Y", day(2021, 12, 1)));
    CHECK(parses("2021", "%Y", day(2021, 1, 1)));
}

TEST(a_weekday_that_disagrees_is_refused)
{
    CHECK(refuses("Thu, 01/27/2026 - 12:00", "%a, %m/%d/%Y - %H:%M"));
    CHECK(refuses("Monday 18 October 2024", "%A %d %B %Y"));
}

TEST(formats_must_fit_whole)
{
    CHECK(refuses("13 December 2025 ", "%d %B %Y"));
    CHECK(refuses("13December 2025", "%d %B %Y"));
    CHECK(refuses("13 December 25", "%d %B %Y"));
    CHECK(refuses("13 Decembre 2025", "%d %B %Y"));
    CHECK(refuses("13 December 2025", "%d %b %Y"));
    CHECK(refuses("32 December 2025", "%d %B %Y"));
    CHECK(refuses("00 December 2025", "%d %B %Y"));
    CHECK(refuses("29 February 2025", "%d %B %Y"));
    CHECK(refuses("13 December", "%d %B %Y"));
    CHECK(refuses("", "%d %B %Y"));
    CHECK(refuses("2024-10-18 24:00", "%Y-%m-%d %H:%M"));
    CHECK(refuses("2024-10-18 12:60", "%Y-%m-%d %H:%M"));
    CHECK(refuses("13 December", "%d %B"));
    CHECK(refuses("", ""));
}

TEST(formats_that_ask_twice_want_one_answer)
{
    CHECK(parses("2024-10-18 (October)", "%Y-%m-%d (%B)", day(2024, 10, 18)));
    CHECK(refuses("2024-10-18 (November)", "%Y-%m-%d (%B)"));
}

TEST(formats_that_are_wrong_themselves_read_nothing)
{
    CHECK(refuses("2024-10-18", "%Y-%m-%"));
    CHECK(refuses("2024-10-18", "%Y-%m-%x"));
    CHECK(refuses("2024-10-18", "%F"));
}

TEST(a_nul_byte_is_read_as_any_other)
{
    dtl_date date = 7;
    CHECK(!dtl_date_parse_format(DTL_STR("2024-10-18\0"), DTL_STR("%Y-%m-%d"), &date));
    CHECK(!dtl_date_parse_format(DTL_STR("2024-10-18\0x"), DTL_STR("%Y-%m-%d"), &date));
    CHECK_INT(date, 7);
}

static void check_moment(const char *text, const char *expected, int line)
{
    dtl_buf buf = {0};
    dtl_moment moment = 0;
    dtl_test_check(dtl_moment_parse(dtl_str_from(text), &moment), text, __FILE__, line);
    dtl_moment_add(&buf, moment);
    dtl_test_check_str(buf.data, expected, text, __FILE__, line);
    dtl_buf_release(&buf);
}

TEST(moments_are_normalised_to_utc)
{
    check_moment("2024-10-19T11:58:00Z", "2024-10-19T11:58:00Z", __LINE__);
    check_moment("2024-10-19T11:58:00+01:00", "2024-10-19T10:58:00Z", __LINE__);
    check_moment("2024-10-19T23:30-01:00", "2024-10-20T00:30:00Z", __LINE__);
    check_moment("2024-10-19t11:58:00.5z", "2024-10-19T11:58:00.500Z", __LINE__);
    check_moment("2024-10-19T11:58:00.123456789Z", "2024-10-19T11:58:00.123Z", __LINE__);
    check_moment("2024-10-19T11:58:00.007Z", "2024-10-19T11:58:00.007Z", __LINE__);
    check_moment("2024-10-19 11:58", "2024-10-19T11:58:00Z", __LINE__);
    check_moment("2024-10-19", "2024-10-19T00:00:00Z", __LINE__);
    check_moment("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z", __LINE__);
    check_moment("0001-01-01", "0001-01-01T00:00:00Z", __LINE__);
}

TEST(moments_that_are_not_are_refused)
{
    static const char *const wrong[] = {
        "",
        "2024-10-19T",
        "2024-10-19T11",
        "2024-10-19T1:58",
        "2024-10-19T24:00",
        "2024-10-19T11:60",
        "2024-10-19T11:58:60Z",
        "2024-10-19T11:58:00.Z",
        "2024-10-19T11:58:00.1234567890Z",
        "2024-10-19T11:58:00+1:00",
        "2024-10-19T11:58:00+0100",
        "2024-10-19T11:58:00+24:00",
        "2024-10-19T11:58:00+01:60",
        "2024-10-19T11:58:00Z ",
        "2024-10-19T11:58:00 Z",
        "2024-10-19T11:58:00+",
        "2024-10-19T11:58:00-",
        "2024-10-19  11:58",
        "2024-10-19_11:58",
        "0001-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01",
    };
    dtl_moment moment = 7;
    for (size_t i = 0; i < DTL_COUNT(wrong); i++)
        if (!CHECK(!dtl_moment_parse(dtl_str_from(wrong[i]), &moment)))
            CHECK_STR(wrong[i], "");
    CHECK_INT(moment, 7);
}

TEST(a_day_is_all_its_moments)
{
    dtl_date date = day(2024, 10, 19);
    CHECK_INT(dtl_moment_date(dtl_moment_start_of(date)), date);
    CHECK_INT(dtl_moment_date(dtl_moment_end_of(date)), date);
    CHECK_INT(dtl_moment_end_of(date) + 1, dtl_moment_start_of(date + 1));
    CHECK_INT(dtl_moment_date(-1), -1);
    CHECK_INT(dtl_moment_date(DTL_MOMENT_LATEST), day(9999, 12, 31));
    CHECK_INT(dtl_moment_date(INT64_MIN), day(1, 1, 1));
}

TEST(the_latest_moment_has_a_name)
{
    dtl_buf buf = {0};
    dtl_moment_add(&buf, DTL_MOMENT_LATEST);
    CHECK_STR(buf.data, "latest");
    dtl_buf_release(&buf);
}
