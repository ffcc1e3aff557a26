// core/base/json.h - writes JSON (RFC 8259): our own, so that every number prints exactly.
#ifndef DTL_BASE_JSON_H
#define DTL_BASE_JSON_H

#include "base/buf.h"

enum {
    DTL_JSON_DEPTH_MAX = 64
};

// A writer puts the commas. [out] is borrowed. Asserts that begin and end pair up.
typedef struct dtl_json {
    dtl_buf *out;
    unsigned depth;
    bool has_items[DTL_JSON_DEPTH_MAX];
    bool after_key;
} dtl_json;

void dtl_json_init(dtl_json *json, dtl_buf *out);
void dtl_json_begin_object(dtl_json *json);
void dtl_json_end_object(dtl_json *json);
void dtl_json_begin_array(dtl_json *json);
void dtl_json_end_array(dtl_json *json);
void dtl_json_key(dtl_json *json, dtl_str key);
void dtl_json_string(dtl_json *json, dtl_str text);  // invalid UTF-8 becomes U+FFFD
void dtl_json_int(dtl_json *json, int64_t value);
void dtl_json_bool(dtl_json *json, bool value);
void dtl_json_null(dtl_json *json);
void dtl_json_number(dtl_json *json, dtl_str digits);  // number text that is JSON already

// key and value at once.
void dtl_json_put_string(dtl_json *json, const char *key, dtl_str value);
void dtl_json_put_int(dtl_json *json, const char *key, int64_t value);
void dtl_json_put_bool(dtl_json *json, const char *key, bool value);

// Adds [text] as a quoted JSON string. With [for_script], also escapes `<`, `>`, `&`, U+2028 and
// U+2029, so that it may stand inside an HTML script element.
void dtl_json_quote(dtl_buf *out, dtl_str text, bool for_script);

#endif
