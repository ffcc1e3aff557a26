// core/store/rows.h - the rows of one release, in memory until they are compared with the store.
//
// Internal to core/store. One entry a key (dimensions and period): a folding dataset needs the room
// of its keys, not of its file.
#ifndef DTL_STORE_ROWS_H
#define DTL_STORE_ROWS_H

#include "store/intern.h"
#include "store/store.h"

#define DTL_NO_TEXT UINT32_MAX

typedef struct dtl_stored_cell {
    int64_t value;
    uint32_t missing;  // text of rows.texts, or DTL_NO_TEXT: it has a value
    uint32_t raw;      // text of rows.texts, or DTL_NO_TEXT
    bool is_absent;    // this row says nothing of this measure
} dtl_stored_cell;

typedef struct dtl_stored_row {
    dtl_date period;
    uint32_t dimensions;   // text of rows.dimensions
    uint32_t attribution;  // text of rows.texts
    bool is_dropped;       // clashed with another row: neither counts
    int64_t line;
    dtl_stored_cell cells[];  // one a measure column, in column order
} dtl_stored_row;

enum {
    DTL_RECENT_ROWS = 64,
    DTL_RECENT_FILTERS = 8,
    DTL_RECENT_BYTES = 128,
};

typedef struct dtl_recent {  // a combination of dimensions seen lately
    size_t count;            // SIZE_MAX: none
    uint32_t dimensions;
    dtl_filter filters[DTL_RECENT_FILTERS];
    char bytes[DTL_RECENT_BYTES];
} dtl_recent;

typedef struct dtl_rows {
    const dtl_dataset *dataset;
    size_t measures[DTL_DATASET_COLUMN_MAX];  // the measure columns, in order
    size_t measure_of[DTL_DATASET_COLUMN_MAX];
    size_t measure_count;
    size_t stride;  // bytes of one stored row
    char *bytes;
    size_t count;
    size_t capacity;
    uint32_t *slots;  // row + 1; 0 is free
    size_t mask;
    uint64_t seed;
    uint32_t *order;  // after dtl_rows_sort: by dimensions, then period, without dropped ones
    size_t order_count;
    dtl_intern texts;
    dtl_intern dimensions;  // canonical JSON
    dtl_intern joined;      // the same dimensions as they come: joined with lengths
    uint32_t *joined_to;    // joined -> dimensions
    dtl_recent *recent;     // DTL_RECENT_ROWS
    size_t joined_capacity;
    dtl_buf scratch;
} dtl_rows;

typedef enum dtl_rows_result {
    DTL_ROWS_NEW,
    DTL_ROWS_FOLDED,
    DTL_ROWS_SAME,         // an earlier row says exactly this
    DTL_ROWS_CLASH,        // an earlier row of this key says otherwise: it is dropped now
    DTL_ROWS_CLASH_AGAIN,  // so does this one: the earlier row was dropped before
    DTL_ROWS_OVERFLOW,     // a folded sum does not fit
} dtl_rows_result;

void dtl_rows_init(dtl_rows *rows, const dtl_dataset *dataset);
void dtl_rows_release(dtl_rows *rows);
// [earlier] is set unless the key is new.
dtl_rows_result dtl_rows_add(dtl_rows *rows, const dtl_row *row, const dtl_stored_row **earlier);
void dtl_rows_sort(dtl_rows *rows);
static inline dtl_stored_row *dtl_rows_at(const dtl_rows *rows, size_t index)
{
    return (dtl_stored_row *)(void *)(rows->bytes + index * rows->stride);
}

#endif
