// core/import/table_rows.h - the rows of one table, into one release.
//
// Internal to core/import.
#ifndef DTL_IMPORT_TABLE_ROWS_H
#define DTL_IMPORT_TABLE_ROWS_H

#include "import/cells.h"
#include "import/rules.h"
#include "import/stream.h"

// The file that the table is of.
typedef struct dtl_import_file_info {
    dtl_store *store;
    const dtl_import_options *options;
    dtl_str bytes;
    dtl_str name;    // without its folder
    dtl_str sha256;  // of the whole file
    dtl_import_report *report;
} dtl_import_file_info;

typedef struct dtl_table_rows {
    const dtl_import_file_info *file;
    dtl_str path;  // as messages name the table
    dtl_stream *stream;
    dtl_record head[DTL_HEADER_ROWS];  // records looked at for the header
    size_t head_count;
    dtl_table table;
    dtl_arena *arena;

    dtl_error reason;  // of the row at hand, empty as a rule: an error is large to clear
    dtl_problems problems;
    dtl_cells cells;
    dtl_rules rules;
    dtl_writer *writer;
    dtl_release_result result;
    int64_t rows_in;  // rows of the table, good or bad
    int64_t rows_bad;
    bool ended;   // a footer was seen
    bool broken;  // the file could not be read to its end
} dtl_table_rows;

// Imports the table that [rows]' first members describe. On failure the store is as it was, but for
// the group that is open.
DTL_CHECK
bool dtl_table_rows_import(dtl_table_rows *rows, dtl_error *err);

#endif
