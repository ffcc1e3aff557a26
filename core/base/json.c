// core/base/json.c - writes JSON (RFC 8259).
#include "base/json.h"

#include <assert.h>
#include <inttypes.h>

#include "base/utf8.h"

void dtl_json_init(dtl_json *json, dtl_buf *out)
{
    *json = (dtl_json){.out = out};
}

// Writes the comma that stands before an item, if any. After a key there is none.
static void before_item(dtl_json *json)
{
    if (json->after_key) {
        json->after_key = false;
        return;
    }
    if (json->depth == 0)
        return;
    bool *has_items = &json->has_items[json->depth - 1];
    if (*has_items)
        dtl_buf_add_char(json->out, ',');
    *has_items = true;
}

static void begin(dtl_json *json, char bracket)
{
    assert(json->depth < DTL_JSON_DEPTH_MAX);
    before_item(json);
    dtl_buf_add_char(json->out, bracket);
    json->has_items[json->depth++] = false;
}

static void end(dtl_json *json, char bracket)
{
    assert(json->depth > 0 && !json->after_key);
    json->depth--;
    dtl_buf_add_char(json->out, bracket);
}

void dtl_json_begin_object(dtl_json *json)
{
    begin(json, '{');
}

void dtl_json_end_object(dtl_json *json)
{
    end(json, '}');
}

void dtl_json_begin_array(dtl_json *json)
{
    begin(json, '[');
}

void dtl_json_end_array(dtl_json *json)
{
    end(json, ']');
}

void dtl_json_key(dtl_json *json, dtl_str key)
{
    assert(json->depth > 0 && !json->after_key);
    before_item(json);
    dtl_json_quote(json->out, key, false);
    dtl_buf_add_char(json->out, ':');
    json->after_key = true;
}

void dtl_json_string(dtl_json *json, dtl_str text)
{
    before_item(json);
    dtl_json_quote(json->out, text, false);
}

void dtl_json_int(dtl_json *json, int64_t value)
{
    before_item(json);
    dtl_buf_printf(json->out, "%" PRId64, value);
}

void dtl_json_bool(dtl_json *json, bool value)
{
    before_item(json);
    dtl_buf_add_str(json->out, value ? DTL_STR("true") : DTL_STR("false"));
}

void dtl_json_null(dtl_json *json)
{
    before_item(json);
    DTL_BUF_LITERAL(json->out, "null");
}

void dtl_json_number(dtl_json *json, dtl_str digits)
{
    assert(digits.size > 0);
    before_item(json);
    dtl_buf_add_str(json->out, digits);
}

void dtl_json_put_string(dtl_json *json, const char *key, dtl_str value)
{
    dtl_json_key(json, dtl_str_from(key));
    dtl_json_string(json, value);
}

void dtl_json_put_int(dtl_json *json, const char *key, int64_t value)
{
    dtl_json_key(json, dtl_str_from(key));
    dtl_json_int(json, value);
}

void dtl_json_put_bool(dtl_json *json, const char *key, bool value)
{
    dtl_json_key(json, dtl_str_from(key));
    dtl_json_bool(json, value);
}

static bool is_markup(uint32_t character)
{
    return character == '<' || character == '>' || character == '&';
}

// An ASCII byte that stands for itself: most text is runs of these, copied whole.
static bool is_plain(unsigned char byte, bool for_script)
{
    return byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\' &&
           !(for_script && is_markup(byte));
}

static void add_character(dtl_buf *out, uint32_t character, bool for_script)
{
    static const char short_escapes[0x80] = {
        ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n',  ['\f'] = 'f',
        ['\r'] = 'r', ['"'] = '"',  ['\\'] = '\\',
    };
    bool ends_script_line = character == 0x2028 || character == 0x2029;
    if (character < sizeof short_escapes && short_escapes[character])
        dtl_buf_printf(out, "\\%c", short_escapes[character]);
    else if (character < 0x20 || (for_script && (is_markup(character) || ends_script_line)))
        dtl_buf_printf(out, "\\u%04x", (unsigned)character);
    else
        dtl_utf8_add(out, character);
}

void dtl_json_quote(dtl_buf *out, dtl_str text, bool for_script)
{
    bool valid;
    dtl_buf_add_char(out, '"');
    for (size_t at = 0; at < text.size;) {
        size_t start = at;
        while (at < text.size && is_plain((unsigned char)text.data[at], for_script))
            at++;
        dtl_buf_add_str(out, dtl_str_slice(text, start, at));
        if (at < text.size)
            add_character(out, dtl_utf8_next(text, &at, &valid), for_script);
    }
    dtl_buf_add_char(out, '"');
}
