// core/series/series.h - one measure as of one moment: dense by period, with prefix sums.
//
// Any sum over a range is two reads. Missing is not zero: each period is present, missing with a
// reason, or not there, and sums say how many of each they met.
#ifndef DTL_SERIES_SERIES_H
#define DTL_SERIES_SERIES_H

#include "store/store.h"

typedef struct dtl_series dtl_series;

typedef struct dtl_series_key {
    dtl_str dataset;
    dtl_str measure;
    const dtl_filter *filters;
    size_t filter_count;
    dtl_moment as_of;
} dtl_series_key;

// Why a period has or has no value.
typedef enum dtl_cell_state {
    DTL_STATE_VALUE,
    DTL_STATE_MISSING,            // the source gave a reason: dtl_cell.reason
    DTL_STATE_GAP,                // inside the series, no row
    DTL_STATE_BEFORE,             // before the series begins
    DTL_STATE_NOT_YET_PUBLISHED,  // after its last period
} dtl_cell_state;

typedef struct dtl_cell {
    dtl_cell_state state;
    int64_t value;
    dtl_str reason;       // MISSING: "not_collected"; borrowed from the series
    dtl_str attribution;  // who said this one, or ""
    int64_t release;
} dtl_cell;

// What a range holds.
typedef struct dtl_coverage {
    int64_t days;  // periods asked for
    int64_t present;
    int64_t missing;  // with a reason
    int64_t gaps;     // within the series, no row
    int64_t before;
    int64_t not_yet;
    dtl_date first_absent;  // the first period without a value, or DTL_DATE_NONE
} dtl_coverage;

// Reads the series from the store. Empty series are allowed (count 0). Owner: the caller.
DTL_CHECK
bool dtl_series_load(dtl_store *store, const dtl_series_key *key, dtl_series **out, dtl_error *err);
void dtl_series_free(dtl_series *series);  // NULL is allowed

dtl_grain dtl_series_grain(const dtl_series *series);
int dtl_series_week_end(const dtl_series *series);
dtl_str dtl_series_dataset(const dtl_series *series);
dtl_str dtl_series_measure(const dtl_series *series);
// The measure as a reader is told of it, with what it is filtered by: "deaths (French coastguards)".
dtl_str dtl_series_subject(const dtl_series *series);
dtl_str dtl_series_unit(const dtl_series *series);
dtl_str dtl_series_title(const dtl_series *series);
dtl_moment dtl_series_as_of(const dtl_series *series);
bool dtl_series_is_provisional(const dtl_series *series);
bool dtl_series_is_empty(const dtl_series *series);
dtl_date dtl_series_first(const dtl_series *series);  // first period with a row
dtl_date dtl_series_last(const dtl_series *series);   // last
// The first and last period with a value (a source may begin to collect later).
dtl_date dtl_series_first_value(const dtl_series *series);
dtl_date dtl_series_last_value(const dtl_series *series);

// The period that contains [date] (its first day): itself for days, the Monday of a week ending
// Sunday, the first of a month or year.
dtl_date dtl_series_period(const dtl_series *series, dtl_date date);
// The last day of that period.
dtl_date dtl_series_period_end(const dtl_series *series, dtl_date date);
// What the period that contains [period] holds.
dtl_cell dtl_series_at(const dtl_series *series, dtl_date period);
// The latest statement at or before [date] (DTL_GRAIN_AS_AT), with its date in [as_at]. A row without
// a value is no statement. None: the cell has no value and [as_at] is DTL_DATE_NONE.
dtl_cell dtl_series_latest_at(const dtl_series *series, dtl_date date, dtl_date *as_at);
// Sums periods whose first day lies from [from] to [to], inclusive. False when it does not fit.
DTL_CHECK
bool dtl_series_sum(const dtl_series *series, dtl_date from, dtl_date to, int64_t *sum,
                    dtl_coverage *coverage);
// The values of [from]..[to] one after another, their number in [count]; NULL when a single period
// has none. For going through days: one read each. Borrowed from the series.
const int64_t *dtl_series_values(const dtl_series *series, dtl_date from, dtl_date to,
                                 size_t *count);
// The distinct releases behind [from]..[to], ascending, at most [max]; returns how many there are.
size_t dtl_series_releases(const dtl_series *series, dtl_date from, dtl_date to, int64_t *out,
                           size_t max);

#endif
