// core/app/listing.h - rows of a listing as a table for people or as JSON for programs.
#ifndef DTL_APP_LISTING_H
#define DTL_APP_LISTING_H

#include "app/output.h"
#include "store/dataset.h"

typedef enum dtl_listing_kind {
    DTL_LISTING_TEXT,     // JSON: a string, null when empty
    DTL_LISTING_INTEGER,  // a table groups its digits: 3,154; JSON: a number
    DTL_LISTING_FLAG,     // a table says yes or nothing; JSON: true or false
    DTL_LISTING_LIST,     // words separated by one space; JSON: an array of strings
} dtl_listing_kind;

typedef struct dtl_listing_column {
    const char *key;    // of the JSON object
    const char *title;  // of the table's column; NULL: in JSON only
    dtl_listing_kind kind;
} dtl_listing_column;

enum {
    DTL_LISTING_COLUMNS_MAX = 32
};

// Cells are added row by row, in the columns' order. Text is copied.
typedef struct dtl_listing {
    const dtl_listing_column *columns;
    size_t column_count;
    dtl_arena *arena;
    dtl_str *cells;
    size_t cell_count;
    size_t capacity;
} dtl_listing;

void dtl_listing_init(dtl_listing *listing, const dtl_listing_column *columns, size_t count,
                      dtl_arena *arena);
void dtl_listing_release(dtl_listing *listing);
void dtl_listing_add(dtl_listing *listing, dtl_str text);
void dtl_listing_add_int(dtl_listing *listing, int64_t value);
void dtl_listing_add_flag(dtl_listing *listing, bool value);
void dtl_listing_add_date(dtl_listing *listing, dtl_date date);  // DTL_DATE_NONE: empty
// The last day of the period of [grain] that starts on [start].
void dtl_listing_add_period_end(dtl_listing *listing, dtl_grain grain, dtl_date start);
void dtl_listing_add_moment(dtl_listing *listing, dtl_moment moment);
// A table with a header; nothing at all without rows. Control codes show as escapes.
void dtl_listing_print(const dtl_listing *listing, dtl_buf *out);
// An array of objects, one a line.
void dtl_listing_print_json(const dtl_listing *listing, dtl_buf *out);
// Either, on standard output.
DTL_CHECK
bool dtl_listing_show(const dtl_listing *listing, bool json, dtl_output *output, dtl_error *err);

#endif
