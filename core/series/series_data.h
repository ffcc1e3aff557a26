// core/series/series_data.h - the fields of a series, for the files of this folder alone.
//
// Periods are numbered by an ordinal that grows by one a period (a day's number, a week's, a
// month's, a year's), so that a range of dates is a range of array places. Statements (as_at) come
// on any date: their places are found by search in [dates].
#ifndef DTL_SERIES_SERIES_DATA_H
#define DTL_SERIES_SERIES_DATA_H

#include "series/series.h"

// Wide enough for the sum of every day of every year at the largest value: no sum ever wraps.
typedef __int128 dtl_wide;

// Neighbouring periods that are alike in all but their value. A series from one release is one run.
typedef struct dtl_run {
    size_t start;   // place of its first period
    dtl_cell cell;  // its value is not used
} dtl_run;

struct dtl_series {
    dtl_arena arena;  // the text
    dtl_str dataset, measure, subject, unit, title;
    dtl_grain grain;
    int week_end;
    bool provisional;
    dtl_moment as_of;

    size_t count;         // periods from the first row to the last
    int64_t base;         // ordinal of the first; not for statements
    dtl_date *dates;      // statements only: when each was made
    int64_t *values;      // 0 where there is none
    dtl_wide *sums;       // count + 1: of all values before a place
    uint32_t *presences;  // count + 1: how many values there are before a place
    dtl_run *runs;
    size_t run_count;
    dtl_date first_value, last_value;
};

// The ordinal of the period that holds [date]. Not for statements.
int64_t dtl_series_ordinal(const dtl_series *series, dtl_date date);
// The first day of the period of that ordinal.
dtl_date dtl_series_ordinal_date(const dtl_series *series, int64_t ordinal);

#endif
