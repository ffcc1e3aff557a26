// core/series/series.c - reading a series: one period, a range, its sources.
#include "series/series.h"

#include <assert.h>
#include <stdlib.h>

#include "series/series_data.h"

enum {
    RELEASES_ON_STACK = 64
};

// A range of dates as places in the arrays.
typedef struct places {
    size_t start, end;      // inside the series; [end] is exclusive
    int64_t before, after;  // periods asked for on either side of it
    int64_t low;            // ordinal of the first period asked for; not for statements
} places;

static bool is_statement(const dtl_series *series)
{
    return series->grain == DTL_GRAIN_AS_AT;
}

static int64_t smaller(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t larger(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

// How many statements were made before [date].
static size_t statements_before(const dtl_series *series, dtl_date date)
{
    size_t low = 0;
    size_t high = series->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (series->dates[middle] < date)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static dtl_date date_at(const dtl_series *series, size_t place)
{
    return is_statement(series) ? series->dates[place]
                                : dtl_series_ordinal_date(series, series->base + (int64_t)place);
}

static places find_places(const dtl_series *series, dtl_date from, dtl_date to)
{
    places at = {0};
    if (from > to)
        return at;
    if (is_statement(series)) {
        at.start = statements_before(series, from);
        at.end = statements_before(series, to + 1);
        return at;
    }
    int64_t low = dtl_series_ordinal(series, from);
    if (dtl_series_ordinal_date(series, low) != from)
        low++;  // that period begins before [from]
    int64_t high = larger(low, dtl_series_ordinal(series, to) + 1);
    at.low = low;
    if (series->count == 0) {
        at.after = high - low;
        return at;
    }
    int64_t base = series->base;
    int64_t end = base + (int64_t)series->count;
    at.before = larger(0, smaller(high, base) - low);
    at.after = larger(0, high - larger(low, end));
    at.start = (size_t)(smaller(larger(low, base), end) - base);
    at.end = at.start + (size_t)(high - low - at.before - at.after);
    return at;
}

// The index of the run that holds [place].
static size_t run_at(const dtl_series *series, size_t place)
{
    size_t low = 0;
    size_t high = series->run_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (series->runs[middle].start <= place)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static dtl_cell cell_at(const dtl_series *series, size_t place)
{
    dtl_cell cell = series->runs[run_at(series, place)].cell;
    cell.value = series->values[place];
    return cell;
}

// The places of run [run] that lie inside [at].
static places run_within(const dtl_series *series, size_t run, places at)
{
    size_t end = run + 1 < series->run_count ? series->runs[run + 1].start : series->count;
    if (series->runs[run].start > at.start)
        at.start = series->runs[run].start;
    if (end < at.end)
        at.end = end;
    return at;
}

dtl_cell dtl_series_at(const dtl_series *series, dtl_date period)
{
    if (is_statement(series)) {
        size_t place = statements_before(series, period);
        if (place < series->count && series->dates[place] == period)
            return cell_at(series, place);
        if (place == series->count)
            return (dtl_cell){.state = DTL_STATE_NOT_YET_PUBLISHED};
        return (dtl_cell){.state = place ? DTL_STATE_GAP : DTL_STATE_BEFORE};
    }
    int64_t offset = dtl_series_ordinal(series, period) - series->base;
    if (series->count == 0 || offset >= (int64_t)series->count)
        return (dtl_cell){.state = DTL_STATE_NOT_YET_PUBLISHED};
    if (offset < 0)
        return (dtl_cell){.state = DTL_STATE_BEFORE};
    return cell_at(series, (size_t)offset);
}

dtl_cell dtl_series_latest_at(const dtl_series *series, dtl_date date, dtl_date *as_at)
{
    assert(is_statement(series));
    *as_at = DTL_DATE_NONE;
    size_t place = statements_before(series, date + 1);
    while (place > 0) {
        place--;
        if (series->presences[place + 1] > series->presences[place]) {
            *as_at = series->dates[place];
            return cell_at(series, place);
        }
    }
    return (dtl_cell){.state = series->count ? DTL_STATE_BEFORE : DTL_STATE_NOT_YET_PUBLISHED};
}

// Fills in what the places that hold no value are. [at] has at least one.
static void count_absent(const dtl_series *series, places at, dtl_coverage *coverage)
{
    for (size_t run = run_at(series, at.start); run < series->run_count; run++) {
        const dtl_run *r = &series->runs[run];
        if (r->start >= at.end)
            return;
        if (r->cell.state == DTL_STATE_VALUE)
            continue;
        places part = run_within(series, run, at);
        int64_t count = (int64_t)(part.end - part.start);
        if (r->cell.state == DTL_STATE_MISSING)
            coverage->missing += count;
        else
            coverage->gaps += count;
        if (coverage->first_absent == DTL_DATE_NONE)
            coverage->first_absent = date_at(series, part.start);
    }
}

static dtl_coverage cover(const dtl_series *series, places at)
{
    int64_t inside = (int64_t)(at.end - at.start);
    dtl_coverage coverage = {
        .days = inside + at.before + at.after,
        .before = at.before,
        .not_yet = at.after,
        .first_absent = DTL_DATE_NONE,
    };
    if (inside)
        coverage.present = series->presences[at.end] - series->presences[at.start];
    if (coverage.present < inside)
        count_absent(series, at, &coverage);
    if (at.before)
        coverage.first_absent = dtl_series_ordinal_date(series, at.low);
    else if (at.after && coverage.first_absent == DTL_DATE_NONE)
        coverage.first_absent = dtl_series_ordinal_date(series, at.low + inside);
    return coverage;
}

bool dtl_series_sum(const dtl_series *series, dtl_date from, dtl_date to, int64_t *sum,
                    dtl_coverage *coverage)
{
    places at = find_places(series, from, to);
    *coverage = cover(series, at);
    dtl_wide total = at.end > at.start ? series->sums[at.end] - series->sums[at.start] : 0;
    if (total < INT64_MIN || total > INT64_MAX)
        return false;
    *sum = (int64_t)total;
    return true;
}

const int64_t *dtl_series_values(const dtl_series *series, dtl_date from, dtl_date to,
                                 size_t *count)
{
    places at = find_places(series, from, to);
    *count = at.end - at.start;
    if (*count == 0 || at.before || at.after)
        return NULL;
    if (series->presences[at.end] - series->presences[at.start] != *count)
        return NULL;
    return series->values + at.start;
}

static int compare_releases(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a;
    int64_t y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

// Sorts, and drops what comes twice.
static size_t make_distinct(int64_t *releases, size_t count)
{
    qsort(releases, count, sizeof *releases, compare_releases);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || releases[kept - 1] != releases[i])
            releases[kept++] = releases[i];
    }
    return kept;
}

size_t dtl_series_releases(const dtl_series *series, dtl_date from, dtl_date to, int64_t *out,
                           size_t max)
{
    places at = find_places(series, from, to);
    if (at.end == at.start)
        return 0;
    size_t first = run_at(series, at.start);
    size_t end = run_at(series, at.end - 1) + 1;
    int64_t on_stack[RELEASES_ON_STACK];
    int64_t *found = on_stack;
    if (end - first > RELEASES_ON_STACK)
        found = dtl_realloc_array(NULL, end - first, sizeof *found);
    size_t count = 0;
    for (size_t run = first; run < end; run++) {
        if (series->runs[run].cell.state != DTL_STATE_GAP)
            found[count++] = series->runs[run].cell.release;
    }
    if (count > 1)
        count = make_distinct(found, count);
    for (size_t i = 0; i < count && i < max; i++)
        out[i] = found[i];
    if (found != on_stack)
        free(found);
    return count;
}

dtl_grain dtl_series_grain(const dtl_series *series)
{
    return series->grain;
}

int dtl_series_week_end(const dtl_series *series)
{
    return series->week_end;
}

dtl_str dtl_series_dataset(const dtl_series *series)
{
    return series->dataset;
}

dtl_str dtl_series_measure(const dtl_series *series)
{
    return series->measure;
}

dtl_str dtl_series_subject(const dtl_series *series)
{
    return series->subject;
}

dtl_str dtl_series_unit(const dtl_series *series)
{
    return series->unit;
}

dtl_str dtl_series_title(const dtl_series *series)
{
    return series->title;
}

dtl_moment dtl_series_as_of(const dtl_series *series)
{
    return series->as_of;
}

bool dtl_series_is_provisional(const dtl_series *series)
{
    return series->provisional;
}

bool dtl_series_is_empty(const dtl_series *series)
{
    return series->count == 0;
}

dtl_date dtl_series_first(const dtl_series *series)
{
    return series->count ? date_at(series, 0) : DTL_DATE_NONE;
}

dtl_date dtl_series_last(const dtl_series *series)
{
    return series->count ? date_at(series, series->count - 1) : DTL_DATE_NONE;
}

dtl_date dtl_series_first_value(const dtl_series *series)
{
    return series->first_value;
}

dtl_date dtl_series_last_value(const dtl_series *series)
{
    return series->last_value;
}
