// core/import/json_reader.h - strict JSON reading: a scan of our own (RFC 8259, UTF-8, depth, size,
// duplicate keys) that keeps each number's source text; cJSON then builds the tree.
#ifndef DTL_IMPORT_JSON_READER_H
#define DTL_IMPORT_JSON_READER_H

#include "base/arena.h"
#include "base/error.h"

// A value of the tree; text and children live in the arena given to dtl_json_read.
typedef enum dtl_json_kind {
    DTL_JSON_NULL,
    DTL_JSON_FALSE,
    DTL_JSON_TRUE,
    DTL_JSON_NUMBER,
    DTL_JSON_STRING,
    DTL_JSON_ARRAY,
    DTL_JSON_OBJECT,
} dtl_json_kind;

typedef struct dtl_json_value {
    dtl_json_kind kind;
    dtl_str text;                     // NUMBER: its source text; STRING: decoded
    dtl_str key;                      // of an object's member
    struct dtl_json_value *children;  // ARRAY items or OBJECT members, in the file's order
    size_t count;
    int64_t line, column;
} dtl_json_value;

// DTL_EDATA with line and column on the first violation: trailing text, a NUL, bad UTF-8, a lone
// surrogate, "\u0000", a duplicate key, depth beyond 64.
DTL_CHECK
bool dtl_json_read(dtl_str file_name, dtl_str bytes, dtl_arena *arena, dtl_json_value **out,
                   dtl_error *err);
// The member [key] of an object, or NULL.
const dtl_json_value *dtl_json_get(const dtl_json_value *object, dtl_str key);

#endif
