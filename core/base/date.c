// core/base/date.c - the calendar: days, months, years and moments as numbers.
#include "base/date.h"

#include <assert.h>

enum {
    DAYS_PER_ERA = 146097,  // 400 years, counted from a 1 March
    DAYS_TO_1970 = 719468,  // from 1 March of the year 0
    DAY_MS = 24 * 60 * 60 * 1000,
};

static const char *const month_names[] = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December",
};

static const char *const weekday_names[] = {
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
};

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int64_t floor_divide(int64_t a, int64_t b)
{
    return a / b - (a % b < 0 ? 1 : 0);
}

int dtl_date_days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12)
        return 0;
    return days[month - 1] + (month == 2 && is_leap(year) ? 1 : 0);
}

// The year is counted from 1 March, which puts the leap day last: every month before it then
// starts at the same place, by a rule that integer division follows (153 days in five months).
bool dtl_date_make(int year, int month, int day, dtl_date *out)
{
    if (year < DTL_YEAR_MIN || year > DTL_YEAR_MAX || day < 1 ||
        day > dtl_date_days_in_month(year, month))
        return false;
    int march_year = month > 2 ? year : year - 1;
    int month_of_year = month > 2 ? month - 3 : month + 9;
    int day_of_year = (153 * month_of_year + 2) / 5 + day - 1;
    int days = march_year * 365 + march_year / 4 - march_year / 100 + march_year / 400;
    *out = days + day_of_year - DAYS_TO_1970;
    return true;
}

dtl_civil dtl_date_civil(dtl_date date)
{
    int64_t days = (int64_t)date + DAYS_TO_1970;
    int64_t era = floor_divide(days, DAYS_PER_ERA);
    int day_of_era = (int)(days - era * DAYS_PER_ERA);
    int year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int month_of_year = (5 * day_of_year + 2) / 153;
    int month = month_of_year < 10 ? month_of_year + 3 : month_of_year - 9;
    return (dtl_civil){
        .year = (int)(era * 400) + year_of_era + (month <= 2 ? 1 : 0),
        .month = month,
        .day = day_of_year - (153 * month_of_year + 2) / 5 + 1,
    };
}

int dtl_date_weekday(dtl_date date)
{
    int64_t from_monday = (int64_t)date + 3;  // 1970-01-01 was a Thursday
    return (int)(from_monday - floor_divide(from_monday, 7) * 7) + 1;
}

int dtl_date_year(dtl_date date)
{
    return dtl_date_civil(date).year;
}

static dtl_date make_or_none(int year, int month, int day)
{
    dtl_date date;
    return dtl_date_make(year, month, day, &date) ? date : DTL_DATE_NONE;
}

dtl_date dtl_date_year_start(int year)
{
    return make_or_none(year, 1, 1);
}

dtl_date dtl_date_year_end(int year)
{
    return make_or_none(year, 12, 31);
}

dtl_date dtl_date_month_start(dtl_date date)
{
    return date - dtl_date_civil(date).day + 1;
}

dtl_date dtl_date_month_end(dtl_date date)
{
    dtl_civil civil = dtl_date_civil(date);
    return date - civil.day + dtl_date_days_in_month(civil.year, civil.month);
}

dtl_date dtl_date_in_year(dtl_date date, int year, bool *moved)
{
    dtl_civil civil = dtl_date_civil(date);
    *moved = civil.day > dtl_date_days_in_month(year, civil.month);
    return make_or_none(year, civil.month, *moved ? 28 : civil.day);
}

const char *dtl_date_month_name(int month)
{
    assert(month >= 1 && month <= 12);
    return month_names[month - 1];
}

const char *dtl_date_weekday_name(int weekday)
{
    assert(weekday >= 1 && weekday <= 7);
    return weekday_names[weekday - 1];
}

dtl_moment dtl_moment_start_of(dtl_date date)
{
    return (dtl_moment)date * DAY_MS;
}

dtl_moment dtl_moment_end_of(dtl_date date)
{
    return dtl_moment_start_of(date) + DAY_MS - 1;
}

dtl_date dtl_moment_date(dtl_moment moment)
{
    if (moment > dtl_moment_end_of(dtl_date_year_end(DTL_YEAR_MAX)))
        return dtl_date_year_end(DTL_YEAR_MAX);
    if (moment < dtl_moment_start_of(dtl_date_year_start(DTL_YEAR_MIN)))
        return dtl_date_year_start(DTL_YEAR_MIN);
    return (dtl_date)floor_divide(moment, DAY_MS);
}
