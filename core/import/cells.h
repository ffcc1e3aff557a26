// core/import/cells.h - records of text into typed rows.
//
// Internal to core/import.
#ifndef DTL_IMPORT_CELLS_H
#define DTL_IMPORT_CELLS_H

#include "import/problems.h"
#include "import/sequence.h"

enum {
    DTL_DATE_CACHE = 4096,      // dates repeat: most are read once
    DTL_DATE_CACHE_BYTES = 24,  // of a text worth keeping
};

typedef struct dtl_cached_date {
    char text[DTL_DATE_CACHE_BYTES];
    uint32_t size;  // 0: empty
    dtl_date date;
} dtl_cached_date;

// A measure or dimension column that the file has.
typedef struct dtl_cell_column {
    const dtl_column *column;
    int field;
    bool marks_are_numbers;  // a text like "0" may mean "no value" here
} dtl_cell_column;

typedef struct dtl_cells {
    const dtl_table *table;
    const dtl_dataset *dataset;
    dtl_problems *problems;
    dtl_date latest;  // a row dated later is of a day that had not come when the file was made
    dtl_sequence sequence;
    int period_field;
    int attribution_field;
    dtl_cell_column measures[DTL_DATASET_COLUMN_MAX];
    size_t measure_count;
    dtl_cell_column dimensions[DTL_DATASET_COLUMN_MAX];
    size_t dimension_count;
    dtl_cached_date *dates;        // owned
    dtl_cached_date *recent_date;  // the place of the last one read
    dtl_value values[DTL_DATASET_COLUMN_MAX];
    dtl_filter filters[DTL_DATASET_COLUMN_MAX];
    dtl_row row;
    dtl_event event;
} dtl_cells;

void dtl_cells_init(dtl_cells *cells, const dtl_table *table, dtl_problems *problems,
                    dtl_date latest);
void dtl_cells_release(dtl_cells *cells);
// Reads a record into cells->row, whose texts are the record's. False: it has a bad cell, and all of
// them were reported.
bool dtl_cells_read(dtl_cells *cells, const dtl_record *record);
// The same for a dataset of events, into cells->event.
bool dtl_cells_read_event(dtl_cells *cells, const dtl_record *record);
// [text] without white space at both ends, no-break spaces too.
dtl_str dtl_cell_trim(dtl_str text);

#endif
