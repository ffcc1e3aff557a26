// core/series/load.c - builds a series from what the store says.
//
// A series is dense: a period without a row takes a place. Calendar dates end with the year 9999,
// which bounds every array here (3,652,059 days).
#include <stdlib.h>

#include "series/series_data.h"

enum {
    FIRST_CAPACITY = 256
};

typedef struct builder {
    dtl_series *series;
    bool absent_is_zero;
    size_t capacity;
    size_t run_capacity;
    dtl_date last;  // the latest period taken
} builder;

static bool is_statement(const dtl_series *series)
{
    return series->grain == DTL_GRAIN_AS_AT;
}

static void grow(builder *b)
{
    dtl_series *s = b->series;
    if (s->count < b->capacity)
        return;
    b->capacity = b->capacity ? b->capacity * 2 : FIRST_CAPACITY;
    if (is_statement(s))
        s->dates = dtl_realloc_array(s->dates, b->capacity, sizeof *s->dates);
    s->values = dtl_realloc_array(s->values, b->capacity, sizeof *s->values);
    s->sums = dtl_realloc_array(s->sums, b->capacity + 1, sizeof *s->sums);
    s->presences = dtl_realloc_array(s->presences, b->capacity + 1, sizeof *s->presences);
    s->sums[0] = 0;
    s->presences[0] = 0;
}

static bool same_but_value(const dtl_cell *a, const dtl_cell *b)
{
    return a->state == b->state && a->release == b->release &&
           dtl_str_equal(a->reason, b->reason) && dtl_str_equal(a->attribution, b->attribution);
}

// Starts a run at the next place, unless the last one goes on.
static void add_run(builder *b, const dtl_cell *cell)
{
    dtl_series *s = b->series;
    if (s->run_count && same_but_value(&s->runs[s->run_count - 1].cell, cell))
        return;
    if (s->run_count == b->run_capacity) {
        b->run_capacity = b->run_capacity ? b->run_capacity * 2 : 4;
        s->runs = dtl_realloc_array(s->runs, b->run_capacity, sizeof *s->runs);
    }
    dtl_run *run = &s->runs[s->run_count++];
    *run = (dtl_run){s->count, *cell};
    run->cell.value = 0;
    run->cell.reason = dtl_arena_str(&s->arena, cell->reason);
    run->cell.attribution = dtl_arena_str(&s->arena, cell->attribution);
}

static void push(builder *b, const dtl_cell *cell)
{
    dtl_series *s = b->series;
    grow(b);
    add_run(b, cell);
    bool present = cell->state == DTL_STATE_VALUE;
    size_t at = s->count++;
    s->values[at] = present ? cell->value : 0;
    s->sums[at + 1] = s->sums[at] + s->values[at];
    s->presences[at + 1] = s->presences[at] + (present ? 1 : 0);
}

// The periods between the last row and [ordinal]: unknown, or none where the source declares that.
static void push_gap(builder *b, int64_t ordinal)
{
    dtl_series *s = b->series;
    dtl_cell absent = {.state = DTL_STATE_GAP};
    if (b->absent_is_zero) {
        absent.state = DTL_STATE_VALUE;
        absent.release = s->runs[s->run_count - 1].cell.release;
    }
    while (s->base + (int64_t)s->count < ordinal)
        push(b, &absent);
}

static bool place(builder *b, dtl_date period, dtl_error *err)
{
    dtl_series *s = b->series;
    if (s->count && period <= b->last)
        return dtl_error_set(err, DTL_EINTERNAL, "%.*s: the store gave periods out of order",
                             DTL_ARG(s->measure));
    b->last = period;
    if (is_statement(s)) {
        grow(b);
        s->dates[s->count] = period;
        return true;
    }
    int64_t ordinal = dtl_series_ordinal(s, period);
    if (dtl_series_ordinal_date(s, ordinal) != period) {
        dtl_buf text = {0};
        dtl_date_add(&text, period);
        dtl_error_set(err, DTL_EDATA, "%.*s: %.*s is not the first day of a %s",
                      DTL_ARG(s->measure), DTL_ARG(dtl_buf_str(&text)), dtl_grain_name(s->grain));
        dtl_buf_release(&text);
        return false;
    }
    if (s->count)
        push_gap(b, ordinal);
    else
        s->base = ordinal;
    return true;
}

static bool take(void *context, const dtl_observation *row, dtl_error *err)
{
    builder *b = context;
    dtl_series *s = b->series;
    if (!place(b, row->period, err))
        return false;
    dtl_cell cell = {
        .state = row->has_value ? DTL_STATE_VALUE : DTL_STATE_MISSING,
        .value = row->value,
        .reason = row->has_value ? DTL_STR("") : row->missing,
        .attribution = row->attribution,
        .release = row->release,
    };
    push(b, &cell);
    if (row->has_value) {
        if (s->first_value == DTL_DATE_NONE)
            s->first_value = row->period;
        s->last_value = row->period;
    }
    return true;
}

static void add_words(dtl_buf *out, dtl_str name)
{
    for (size_t i = 0; i < name.size; i++)
        dtl_buf_add_char(out, name.data[i] == '_' ? ' ' : name.data[i]);
}

// "deaths (French coastguards)".
static dtl_str make_subject(dtl_arena *arena, const dtl_series_key *key)
{
    dtl_buf text = {0};
    add_words(&text, key->measure);
    for (size_t i = 0; i < key->filter_count; i++) {
        dtl_buf_add_str(&text, i ? DTL_STR(", ") : DTL_STR(" ("));
        dtl_buf_add_str(&text, key->filters[i].value);
    }
    if (key->filter_count)
        dtl_buf_add_char(&text, ')');
    dtl_str subject = dtl_arena_str(arena, dtl_buf_str(&text));
    dtl_buf_release(&text);
    return subject;
}

static bool describe(builder *b, dtl_store *store, const dtl_series_key *key, dtl_error *err)
{
    dtl_series *s = b->series;
    dtl_dataset dataset = {0};
    if (!dtl_store_dataset(store, key->dataset, &s->arena, &dataset, err))
        return false;
    if (dataset.grain == DTL_GRAIN_EVENT)
        return dtl_error_set(err, DTL_EUSAGE, "%.*s holds named events, not a series of figures",
                             DTL_ARG(dataset.name));
    s->dataset = dataset.name;
    s->measure = dtl_arena_str(&s->arena, key->measure);
    s->subject = make_subject(&s->arena, key);
    s->grain = dataset.grain;
    s->week_end = dataset.week_end;
    s->provisional = dataset.provisional;
    s->as_of = key->as_of;
    b->absent_is_zero = dataset.absent_is_zero;
    const dtl_column *column =
        key->measure.size ? dtl_dataset_column(&dataset, DTL_ROLE_MEASURE, key->measure) : NULL;
    if (column) {  // else the store refuses, and says which measures there are
        s->unit = column->unit;
        s->title = column->title;
    }
    return true;
}

bool dtl_series_load(dtl_store *store, const dtl_series_key *key, dtl_series **out, dtl_error *err)
{
    dtl_series *s = dtl_alloc(sizeof *s);
    s->first_value = DTL_DATE_NONE;
    s->last_value = DTL_DATE_NONE;
    builder b = {.series = s};
    if (!describe(&b, store, key, err) ||
        !dtl_store_observations(store, key->dataset, key->measure, key->filters, key->filter_count,
                                key->as_of, take, &b, err)) {
        dtl_series_free(s);
        return false;
    }
    *out = s;
    return true;
}

void dtl_series_free(dtl_series *series)
{
    if (!series)
        return;
    free(series->dates);
    free(series->values);
    free(series->sums);
    free(series->presences);
    free(series->runs);
    dtl_arena_release(&series->arena);
    free(series);
}
