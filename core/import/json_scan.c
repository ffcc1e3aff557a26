// core/import/json_scan.c - the grammar of RFC 8259, by recursive descent with a bounded depth.
#include "import/json_scan.h"

#include <inttypes.h>

#include "base/utf8.h"

static bool refuse(dtl_json_scan *s, const char *message, dtl_error *err)
{
    dtl_error_set(err, DTL_EDATA, "%s", message);
    return dtl_error_point(err, s->file_name, s->text, s->at);
}

static bool is_at(const dtl_json_scan *s, char c)
{
    return s->at < s->text.size && s->text.data[s->at] == c;
}

static bool is_digit_at(const dtl_json_scan *s)
{
    return s->at < s->text.size && s->text.data[s->at] >= '0' && s->text.data[s->at] <= '9';
}

static void skip_space(dtl_json_scan *s)
{
    for (; s->at < s->text.size; s->at++) {
        char c = s->text.data[s->at];
        if (c == '\n') {
            s->line++;
            s->line_start = s->counted = s->at + 1;
            s->counted_column = 1;
        } else if (c != ' ' && c != '\t' && c != '\r') {
            return;
        }
    }
}

// Columns count characters; each byte of a line is looked at once.
static int64_t column(dtl_json_scan *s)
{
    for (; s->counted < s->at; s->counted++)
        if ((s->text.data[s->counted] & 0xc0) != 0x80)
            s->counted_column++;
    return s->counted_column;
}

static void add_token(dtl_json_scan *s, dtl_json_kind kind, size_t start, size_t end,
                      int64_t at_column)
{
    dtl_json_token token = {kind, start, end, s->line, at_column};
    dtl_buf_add(&s->tokens, &token, sizeof token);
}

// ---- strings ----

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// The four digits behind "\u", which stands at [at]: -1 when there is no such escape.
static int escape_unit(const dtl_json_scan *s, size_t at)
{
    if (s->text.size - at < 6 || s->text.data[at] != '\\' || s->text.data[at + 1] != 'u')
        return -1;
    int unit = 0;
    for (size_t i = at + 2; i < at + 6; i++) {
        int digit = hex_digit(s->text.data[i]);
        if (digit < 0)
            return -1;
        unit = unit * 16 + digit;
    }
    return unit;
}

static bool scan_unicode_escape(dtl_json_scan *s, dtl_error *err)
{
    int unit = escape_unit(s, s->at);
    if (unit < 0)
        return refuse(s, "\\u needs four hexadecimal digits", err);
    if (unit == 0)
        return refuse(s, "\\u0000 (NUL) in a string", err);
    if (unit >= 0xdc00 && unit <= 0xdfff)
        return refuse(s, "half a surrogate pair", err);
    if (unit >= 0xd800 && unit <= 0xdbff) {
        int low = s->text.size - s->at >= 12 ? escape_unit(s, s->at + 6) : -1;
        if (low < 0xdc00 || low > 0xdfff)
            return refuse(s, "half a surrogate pair", err);
        s->at += 6;
    }
    s->at += 6;
    return true;
}

static bool scan_escape(dtl_json_scan *s, dtl_error *err)
{
    if (s->text.size - s->at < 2)
        return refuse(s, "a string is not closed", err);
    char c = s->text.data[s->at + 1];
    if (c == 'u')
        return scan_unicode_escape(s, err);
    if (c == '\0' || !strchr("\"\\/bfnrt", c))
        return refuse(s, "no such escape in a string", err);
    s->at += 2;
    return true;
}

static bool scan_string(dtl_json_scan *s, dtl_error *err)
{
    size_t start = s->at++;
    while (s->at < s->text.size) {
        unsigned char c = (unsigned char)s->text.data[s->at];
        bool valid = true;
        if (c == '"') {
            s->at++;
            return true;
        }
        if (c == '\\') {
            if (!scan_escape(s, err))
                return false;
        } else if (c < 0x20) {
            return refuse(s, "a control character in a string", err);
        } else if (c < 0x80) {
            s->at++;
        } else {
            size_t next = s->at;
            dtl_utf8_next(s->text, &next, &valid);
            if (!valid)
                return refuse(s, "invalid UTF-8", err);
            s->at = next;
        }
    }
    s->at = start;
    return refuse(s, "a string is not closed", err);
}

// ---- numbers and words ----

static bool scan_digits(dtl_json_scan *s, dtl_error *err)
{
    if (!is_digit_at(s))
        return refuse(s, "a number needs a digit here", err);
    while (is_digit_at(s))
        s->at++;
    return true;
}

static bool scan_number_text(dtl_json_scan *s, dtl_error *err)
{
    if (is_at(s, '-'))
        s->at++;
    if (is_at(s, '0')) {
        s->at++;
        if (is_digit_at(s))
            return refuse(s, "a number starts with 0", err);
    } else if (!scan_digits(s, err)) {
        return false;
    }
    if (is_at(s, '.')) {
        s->at++;
        if (!scan_digits(s, err))
            return false;
    }
    if (is_at(s, 'e') || is_at(s, 'E')) {
        s->at++;
        if (is_at(s, '+') || is_at(s, '-'))
            s->at++;
        return scan_digits(s, err);
    }
    return true;
}

static bool scan_number(dtl_json_scan *s, dtl_error *err)
{
    size_t start = s->at;
    int64_t at_column = column(s);
    if (!scan_number_text(s, err))
        return false;
    add_token(s, DTL_JSON_NUMBER, start, s->at, at_column);
    dtl_buf_add_str(&s->plain, dtl_str_slice(s->text, s->copied, start));
    dtl_buf_add_char(&s->plain, '0');
    s->copied = s->at;
    return true;
}

static bool scan_word(dtl_json_scan *s, dtl_error *err)
{
    static const struct {
        const char *word;
        dtl_json_kind kind;
    } words[] = {{"null", DTL_JSON_NULL}, {"true", DTL_JSON_TRUE}, {"false", DTL_JSON_FALSE}};
    dtl_str rest = dtl_str_slice(s->text, s->at, s->text.size);
    for (size_t i = 0; i < DTL_COUNT(words); i++) {
        dtl_str word = dtl_str_from(words[i].word);
        if (!dtl_str_starts(rest, word))
            continue;
        add_token(s, words[i].kind, 0, 0, column(s));
        s->at += word.size;
        return true;
    }
    return refuse(s, s->at < s->text.size ? "no JSON value starts like this" : "a value is missing",
                  err);
}

// ---- values ----

static bool scan_value(dtl_json_scan *s, dtl_error *err);

static bool scan_member(dtl_json_scan *s, dtl_error *err)
{
    if (!is_at(s, '"'))
        return refuse(s, "an object's key must be a string", err);
    if (!scan_string(s, err))
        return false;
    skip_space(s);
    if (!is_at(s, ':'))
        return refuse(s, "a ':' is missing behind a key", err);
    s->at++;
    skip_space(s);
    return scan_value(s, err);
}

// An array or an object, from its opening bracket to the closing one.
static bool scan_items(dtl_json_scan *s, char close, dtl_error *err)
{
    s->at++;
    skip_space(s);
    if (is_at(s, close)) {
        s->at++;
        return true;
    }
    while (true) {
        if (!(close == '}' ? scan_member(s, err) : scan_value(s, err)))
            return false;
        skip_space(s);
        if (is_at(s, close)) {
            s->at++;
            return true;
        }
        if (!is_at(s, ','))
            return refuse(s, close == '}' ? "a ',' or '}' is missing" : "a ',' or ']' is missing",
                          err);
        size_t comma = s->at++;
        skip_space(s);
        if (is_at(s, close)) {
            s->at = comma;
            return refuse(s, close == '}' ? "a comma before '}'" : "a comma before ']'", err);
        }
    }
}

static bool scan_container(dtl_json_scan *s, dtl_json_kind kind, char close, dtl_error *err)
{
    if (s->depth == DTL_JSON_READ_DEPTH_MAX)
        return refuse(s, "more than 64 arrays and objects inside one another", err);
    add_token(s, kind, 0, 0, column(s));
    s->depth++;
    bool ok = scan_items(s, close, err);
    s->depth--;
    return ok;
}

static bool scan_value(dtl_json_scan *s, dtl_error *err)
{
    char c = s->at < s->text.size ? s->text.data[s->at] : '\0';
    if (c == '{')
        return scan_container(s, DTL_JSON_OBJECT, '}', err);
    if (c == '[')
        return scan_container(s, DTL_JSON_ARRAY, ']', err);
    if (c == '"') {
        add_token(s, DTL_JSON_STRING, 0, 0, column(s));
        return scan_string(s, err);
    }
    if (c == '-' || (c >= '0' && c <= '9'))
        return scan_number(s, err);
    return scan_word(s, err);
}

bool dtl_json_scan_all(dtl_json_scan *s, dtl_error *err)
{
    if (s->text.size > DTL_JSON_READ_BYTES_MAX) {
        dtl_error_set(err, DTL_ELIMIT, "the file has %zu bytes; JSON may have %zu", s->text.size,
                      DTL_JSON_READ_BYTES_MAX);
        return dtl_error_at(err, s->file_name, 0, 0);
    }
    if (dtl_str_starts(s->text, DTL_STR("\xef\xbb\xbf")))
        s->text = dtl_str_slice(s->text, 3, s->text.size);
    s->line = 1;
    s->counted_column = 1;
    skip_space(s);
    if (s->at == s->text.size)
        return refuse(s, "there is no JSON value", err);
    if (!scan_value(s, err))
        return false;
    skip_space(s);
    if (s->at < s->text.size)
        return refuse(s, "text behind the end of the JSON value", err);
    dtl_buf_add_str(&s->plain, dtl_str_slice(s->text, s->copied, s->text.size));
    return true;
}
