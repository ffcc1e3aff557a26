// core/import/json_scan.h - the grammar of RFC 8259, checked before a tree is built.
//
// Internal to core/import.
#ifndef DTL_IMPORT_JSON_SCAN_H
#define DTL_IMPORT_JSON_SCAN_H

#include "import/json_reader.h"

enum {
    DTL_JSON_READ_DEPTH_MAX = 64,
};
#define DTL_JSON_READ_BYTES_MAX ((size_t)256 << 20)

typedef struct dtl_json_token {  // one value, in the order in which they begin
    dtl_json_kind kind;
    size_t start, end;  // NUMBER: its text
    int64_t line, column;
} dtl_json_token;

typedef struct dtl_json_scan {
    dtl_str file_name;
    dtl_str text;  // without a byte order mark
    size_t at;
    int64_t line;
    size_t line_start;
    size_t counted;  // characters of the line before this byte are in counted_column
    int64_t counted_column;
    unsigned depth;
    dtl_buf tokens;  // of dtl_json_token
    // The text with every number replaced by 0: cJSON reads numbers as doubles, by the locale, and
    // breaks long ones apart.
    dtl_buf plain;
    size_t copied;  // text before this byte is in plain
} dtl_json_scan;

// Fills tokens and plain, or refuses the text. Release both buffers in either case.
DTL_CHECK
bool dtl_json_scan_all(dtl_json_scan *scan, dtl_error *err);

#endif
