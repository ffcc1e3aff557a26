// core/store/rows.c - the rows of one release, in memory.
#include "store/rows.h"

#include <assert.h>
#include <stdlib.h>

#include "store/internal.h"

enum {
    FIRST_ROWS = 1024,
    FIRST_SLOTS = 4096
};

void dtl_rows_init(dtl_rows *rows, const dtl_dataset *dataset)
{
    *rows = (dtl_rows){.dataset = dataset, .seed = dtl_hash_seed(), .mask = FIRST_SLOTS - 1};
    for (size_t i = 0; i < dataset->column_count; i++) {
        rows->measure_of[i] = rows->measure_count;
        if (dataset->columns[i].role == DTL_ROLE_MEASURE)
            rows->measures[rows->measure_count++] = i;
    }
    rows->stride = sizeof(dtl_stored_row) + rows->measure_count * sizeof(dtl_stored_cell);
    rows->slots = dtl_alloc(FIRST_SLOTS * sizeof *rows->slots);
    rows->recent = dtl_alloc(DTL_RECENT_ROWS * sizeof *rows->recent);
    for (size_t i = 0; i < DTL_RECENT_ROWS; i++)
        rows->recent[i].count = SIZE_MAX;
    dtl_intern_init(&rows->texts);
    dtl_intern_init(&rows->dimensions);
    dtl_intern_init(&rows->joined);
}

void dtl_rows_release(dtl_rows *rows)
{
    free(rows->bytes);
    free(rows->slots);
    free(rows->order);
    free(rows->joined_to);
    free(rows->recent);
    dtl_intern_release(&rows->texts);
    dtl_intern_release(&rows->dimensions);
    dtl_intern_release(&rows->joined);
    dtl_buf_release(&rows->scratch);
    *rows = (dtl_rows){0};
}

static uint32_t canonical_dimensions(dtl_rows *rows, const dtl_row *row)
{
    dtl_buf_clear(&rows->scratch);
    dtl_series_add_dimensions(row->dimensions, row->dimension_count, &rows->scratch);
    return dtl_intern_add(&rows->dimensions, dtl_buf_str(&rows->scratch));
}

static uint32_t join_dimensions(dtl_rows *rows, const dtl_row *row)
{
    dtl_buf *key = &rows->scratch;
    dtl_buf_clear(key);
    for (size_t i = 0; i < row->dimension_count; i++) {
        const dtl_filter *dimension = &row->dimensions[i];
        const size_t sizes[] = {dimension->dimension.size, dimension->value.size};
        dtl_buf_add(key, sizes, sizeof sizes);
        dtl_buf_add_str(key, dimension->dimension);
        dtl_buf_add_str(key, dimension->value);
    }
    uint32_t before = rows->joined.count;
    uint32_t joined = dtl_intern_add(&rows->joined, dtl_buf_str(key));
    if (rows->joined.count == before)
        return rows->joined_to[joined];
    if (joined >= rows->joined_capacity) {
        rows->joined_capacity = rows->joined_capacity ? rows->joined_capacity * 2 : 16;
        rows->joined_to =
            dtl_realloc_array(rows->joined_to, rows->joined_capacity, sizeof *rows->joined_to);
    }
    rows->joined_to[joined] = canonical_dimensions(rows, row);
    return rows->joined_to[joined];
}

static bool same_dimensions(const dtl_recent *recent, const dtl_row *row)
{
    if (recent->count != row->dimension_count)
        return false;
    for (size_t i = 0; i < recent->count; i++)
        if (recent->filters[i].dimension.data != row->dimensions[i].dimension.data ||
            !dtl_str_equal(recent->filters[i].value, row->dimensions[i].value))
            return false;
    return true;
}

static void keep_recent(dtl_recent *recent, const dtl_row *row, uint32_t dimensions)
{
    size_t used = 0;
    recent->count = SIZE_MAX;
    for (size_t i = 0; i < row->dimension_count; i++) {
        dtl_str value = row->dimensions[i].value;
        if (i == DTL_RECENT_FILTERS || value.size > sizeof recent->bytes - used)
            return;
        if (value.size)
            memcpy(recent->bytes + used, value.data, value.size);
        recent->filters[i].dimension = row->dimensions[i].dimension;
        recent->filters[i].value = (dtl_str){recent->bytes + used, value.size};
        used += value.size;
    }
    recent->count = row->dimension_count;
    recent->dimensions = dimensions;
}

// Rows repeat few combinations: the last ones seen are found without building a key.
static uint32_t find_dimensions(dtl_rows *rows, const dtl_row *row)
{
    uint32_t at = 0;
    for (size_t i = 0; i < row->dimension_count; i++) {
        dtl_str value = row->dimensions[i].value;
        at = at * 31 + (uint32_t)value.size;
        if (value.size)
            at = (at * 31 + (unsigned char)value.data[0]) * 31 +
                 (unsigned char)value.data[value.size - 1];
    }
    dtl_recent *recent = &rows->recent[(at ^ at >> 7) % DTL_RECENT_ROWS];
    if (!same_dimensions(recent, row))
        keep_recent(recent, row, join_dimensions(rows, row));
    return recent->count == SIZE_MAX ? join_dimensions(rows, row) : recent->dimensions;
}

static size_t slot_of(const dtl_rows *rows, uint32_t dimensions, dtl_date period)
{
    uint64_t key = (uint64_t)dimensions << 32 | (uint32_t)period;
    return (size_t)dtl_hash_mix(key ^ rows->seed, rows->seed) & rows->mask;
}

static void grow_slots(dtl_rows *rows)
{
    size_t size = (rows->mask + 1) * 2;
    free(rows->slots);
    rows->slots = dtl_alloc(size * sizeof *rows->slots);
    rows->mask = size - 1;
    for (size_t i = 0; i < rows->count; i++) {
        const dtl_stored_row *row = dtl_rows_at(rows, i);
        size_t at = slot_of(rows, row->dimensions, row->period);
        while (rows->slots[at])
            at = (at + 1) & rows->mask;
        rows->slots[at] = (uint32_t)i + 1;
    }
}

static dtl_stored_cell store_cell(dtl_rows *rows, const dtl_value *value)
{
    return (dtl_stored_cell){
        .value = value->has_value ? value->value : 0,
        .missing = value->has_value ? DTL_NO_TEXT : dtl_intern_add(&rows->texts, value->missing),
        .raw = value->raw.size ? dtl_intern_add(&rows->texts, value->raw) : DTL_NO_TEXT,
    };
}

static size_t measure_index(const dtl_rows *rows, const dtl_value *value)
{
    ptrdiff_t column = value->measure - rows->dataset->columns;
    assert(column >= 0 && (size_t)column < rows->dataset->column_count);
    assert(value->measure->role == DTL_ROLE_MEASURE);
    return rows->measure_of[column];
}

static void append(dtl_rows *rows, const dtl_row *row, uint32_t dimensions, size_t slot)
{
    if (rows->count == rows->capacity) {
        rows->capacity = rows->capacity ? rows->capacity * 2 : FIRST_ROWS;
        rows->bytes = dtl_realloc_array(rows->bytes, rows->capacity, rows->stride);
    }
    assert(rows->count < UINT32_MAX - 1);
    dtl_stored_row *stored = dtl_rows_at(rows, rows->count++);
    *stored = (dtl_stored_row){
        .period = row->period,
        .dimensions = dimensions,
        .attribution = dtl_intern_add(&rows->texts, row->attribution),
        .line = row->line,
    };
    for (size_t i = 0; i < rows->measure_count; i++)
        stored->cells[i] = (dtl_stored_cell){0, DTL_NO_TEXT, DTL_NO_TEXT, true};
    for (size_t i = 0; i < row->value_count; i++)
        stored->cells[measure_index(rows, &row->values[i])] = store_cell(rows, &row->values[i]);
    rows->slots[slot] = (uint32_t)rows->count;
    if (rows->count > rows->mask / 2)
        grow_slots(rows);
}

// A sum with an unknown part is unknown.
static bool fold_cell(dtl_stored_cell *cell, dtl_stored_cell other)
{
    cell->raw = DTL_NO_TEXT;
    if (cell->is_absent)
        *cell = other;
    else if (cell->missing == DTL_NO_TEXT && other.missing != DTL_NO_TEXT)
        *cell = (dtl_stored_cell){0, other.missing, DTL_NO_TEXT, false};
    else if (cell->missing == DTL_NO_TEXT)
        return !__builtin_add_overflow(cell->value, other.value, &cell->value);
    return true;
}

static dtl_rows_result fold(dtl_rows *rows, dtl_stored_row *stored, const dtl_row *row)
{
    if (!dtl_str_equal(dtl_intern_get(&rows->texts, stored->attribution), row->attribution))
        stored->attribution = dtl_intern_add(&rows->texts, DTL_STR(""));
    for (size_t i = 0; i < row->value_count; i++) {
        dtl_stored_cell *cell = &stored->cells[measure_index(rows, &row->values[i])];
        if (!fold_cell(cell, store_cell(rows, &row->values[i])))
            return DTL_ROWS_OVERFLOW;
    }
    return DTL_ROWS_FOLDED;
}

static bool says_same(dtl_rows *rows, const dtl_stored_row *stored, const dtl_row *row)
{
    size_t present = 0;
    for (size_t i = 0; i < rows->measure_count; i++)
        present += stored->cells[i].is_absent ? 0 : 1;
    if (stored->is_dropped || present != row->value_count ||
        !dtl_str_equal(dtl_intern_get(&rows->texts, stored->attribution), row->attribution))
        return false;
    for (size_t i = 0; i < row->value_count; i++) {
        const dtl_stored_cell *cell = &stored->cells[measure_index(rows, &row->values[i])];
        dtl_stored_cell other = store_cell(rows, &row->values[i]);
        if (cell->is_absent || cell->value != other.value || cell->missing != other.missing)
            return false;
    }
    return true;
}

dtl_rows_result dtl_rows_add(dtl_rows *rows, const dtl_row *row, const dtl_stored_row **earlier)
{
    uint32_t dimensions = find_dimensions(rows, row);
    size_t at = slot_of(rows, dimensions, row->period);
    for (; rows->slots[at]; at = (at + 1) & rows->mask) {
        dtl_stored_row *stored = dtl_rows_at(rows, rows->slots[at] - 1);
        if (stored->period != row->period || stored->dimensions != dimensions)
            continue;
        *earlier = stored;
        if (rows->dataset->fold)
            return fold(rows, stored, row);
        if (says_same(rows, stored, row))
            return DTL_ROWS_SAME;
        bool again = stored->is_dropped;
        stored->is_dropped = true;
        return again ? DTL_ROWS_CLASH_AGAIN : DTL_ROWS_CLASH;
    }
    append(rows, row, dimensions, at);
    return DTL_ROWS_NEW;
}

static int by_key(const void *a, const void *b, void *context)
{
    const dtl_rows *rows = context;
    const dtl_stored_row *x = dtl_rows_at(rows, *(const uint32_t *)a);
    const dtl_stored_row *y = dtl_rows_at(rows, *(const uint32_t *)b);
    if (x->dimensions != y->dimensions)
        return x->dimensions < y->dimensions ? -1 : 1;
    return (x->period > y->period) - (x->period < y->period);
}

void dtl_rows_sort(dtl_rows *rows)
{
    bool sorted = true;
    rows->order = dtl_realloc_array(rows->order, rows->count, sizeof *rows->order);
    rows->order_count = 0;
    for (size_t i = 0; i < rows->count; i++) {
        if (dtl_rows_at(rows, i)->is_dropped)
            continue;
        uint32_t *place = &rows->order[rows->order_count++];
        *place = (uint32_t)i;
        if (rows->order_count > 1 && by_key(place - 1, place, rows) > 0)
            sorted = false;
    }
    if (!sorted)
        qsort_r(rows->order, rows->order_count, sizeof *rows->order, by_key, rows);
}
