// core/series/calendar.c - the calendar of each grain: periods, their numbers, their ends.
#include <stdlib.h>

#include "series/series_data.h"

enum {
    DAYS_A_WEEK = 7,
    MONTHS_A_YEAR = 12,
    EPOCH_WEEKDAY = 4  // 1970-01-01 was a Thursday
};

static int64_t floor_divide(int64_t a, int64_t b)
{
    return a / b - (a % b < 0 ? 1 : 0);
}

// A first day of a week near the epoch.
static int64_t week_anchor(const dtl_series *series)
{
    return series->week_end + 1 - EPOCH_WEEKDAY;
}

int64_t dtl_series_ordinal(const dtl_series *series, dtl_date date)
{
    if (series->grain == DTL_GRAIN_WEEK)
        return floor_divide(date - week_anchor(series), DAYS_A_WEEK);
    if (series->grain == DTL_GRAIN_MONTH) {
        dtl_civil civil = dtl_date_civil(date);
        return (int64_t)civil.year * MONTHS_A_YEAR + civil.month - 1;
    }
    return series->grain == DTL_GRAIN_YEAR ? dtl_date_year(date) : date;
}

dtl_date dtl_series_ordinal_date(const dtl_series *series, int64_t ordinal)
{
    if (series->grain == DTL_GRAIN_WEEK)
        return (dtl_date)(ordinal * DAYS_A_WEEK + week_anchor(series));
    if (series->grain == DTL_GRAIN_MONTH) {
        dtl_date date = DTL_DATE_NONE;
        int month = (int)(ordinal % MONTHS_A_YEAR) + 1;
        return dtl_date_make((int)(ordinal / MONTHS_A_YEAR), month, 1, &date) ? date
                                                                              : DTL_DATE_NONE;
    }
    return series->grain == DTL_GRAIN_YEAR ? dtl_date_year_start((int)ordinal) : (dtl_date)ordinal;
}

dtl_date dtl_series_period(const dtl_series *series, dtl_date date)
{
    return dtl_series_ordinal_date(series, dtl_series_ordinal(series, date));
}

dtl_date dtl_series_period_end(const dtl_series *series, dtl_date date)
{
    if (series->grain == DTL_GRAIN_WEEK)
        return dtl_series_period(series, date) + DAYS_A_WEEK - 1;
    if (series->grain == DTL_GRAIN_MONTH)
        return dtl_date_month_end(date);
    return series->grain == DTL_GRAIN_YEAR ? dtl_date_year_end(dtl_date_year(date)) : date;
}
