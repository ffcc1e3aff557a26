// core/import/table.h - which dataset a file is of, and which of its fields is which column.
//
// Internal to core/import.
#ifndef DTL_IMPORT_TABLE_H
#define DTL_IMPORT_TABLE_H

#include "import/stream.h"

enum {
    DTL_HEADER_ROWS = 20,  // how far down a header is looked for
    DTL_NO_FIELD = -1,
};

typedef struct dtl_table {
    const dtl_dataset *dataset;
    size_t header_row;                   // of the records looked at
    size_t field_count;                  // of the header
    const dtl_str *headers;              // as they stand in the file
    int fields[DTL_DATASET_COLUMN_MAX];  // per column: the field, or DTL_NO_FIELD
    dtl_str *unknown;                    // headers that no column takes
    size_t unknown_count;
    const dtl_column *lacking;  // of a table that does not fit: a required column it has not
    bool is_near;               // ... though it has most of what is required
} dtl_table;

typedef enum dtl_table_fit {
    DTL_TABLE_FITS,
    DTL_TABLE_OTHER,  // no dataset's: [err] lists the headers seen, [out] has what is nearest
    DTL_TABLE_WRONG,  // no such dataset, two fit equally, a column comes twice: [err]
} dtl_table_fit;

// Copies up to DTL_HEADER_ROWS records out of the table at hand.
DTL_CHECK
bool dtl_table_read_head(dtl_stream *stream, dtl_arena *arena, dtl_record records[DTL_HEADER_ROWS],
                         size_t *count, dtl_error *err);
// Finds header and dataset among the given records.
DTL_CHECK
dtl_table_fit dtl_table_find(const dtl_import_options *options, dtl_str path,
                             const dtl_record *records, size_t count, dtl_arena *arena,
                             dtl_table *out, dtl_error *err);

#endif
