// core/base/error.c - one failure, told once, where the fact is known.
#include "base/error.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>

#include "base/json.h"
#include "base/utf8.h"

static const char *const code_names[] = {
    [DTL_OK] = "ok",      [DTL_ENONE] = "none",         [DTL_EUSAGE] = "usage",
    [DTL_EDATA] = "data", [DTL_ESCRIPT] = "script",     [DTL_ELIMIT] = "limit",
    [DTL_EIO] = "io",     [DTL_EINTERNAL] = "internal",
};

static const int exit_statuses[] = {
    [DTL_OK] = 0,      [DTL_ENONE] = 1,  [DTL_EUSAGE] = 2, [DTL_EDATA] = 3,
    [DTL_ESCRIPT] = 4, [DTL_ELIMIT] = 4, [DTL_EIO] = 3,    [DTL_EINTERNAL] = 70,
};

// Copies [text] into a field of [size] bytes. A NUL would end the field early and hide what stands
// behind it, so it is spelled out.
static void store(char *field, size_t size, dtl_str text)
{
    dtl_buf spelled = {0};
    for (size_t at = 0; at < text.size && spelled.size < size; at++) {
        if (text.data[at] == '\0')
            DTL_BUF_LITERAL(&spelled, "\\x00");
        else
            dtl_buf_add_char(&spelled, text.data[at]);
    }
    dtl_str kept = dtl_utf8_cut(dtl_buf_str(&spelled), size - 1);
    if (kept.size)
        memcpy(field, kept.data, kept.size);
    field[kept.size] = '\0';
    dtl_buf_release(&spelled);
}

static void store_format(char *field, size_t size, const char *format, va_list args)
    DTL_PRINTF(3, 0);

static void store_format(char *field, size_t size, const char *format, va_list args)
{
    dtl_buf text = {0};
    dtl_buf_vprintf(&text, format, args);
    store(field, size, dtl_buf_str(&text));
    dtl_buf_release(&text);
}

bool dtl_error_set(dtl_error *err, dtl_code code, const char *format, ...)
{
    assert(code != DTL_OK);
    if (err->code != DTL_OK)
        return false;
    va_list args;
    va_start(args, format);
    err->code = code;
    store_format(err->message, sizeof err->message, format, args);
    va_end(args);
    return false;
}

bool dtl_error_at(dtl_error *err, dtl_str file, int64_t line, int64_t column)
{
    store(err->file, sizeof err->file, file);
    err->line = line;
    err->column = column;
    return false;
}

bool dtl_error_source(dtl_error *err, dtl_str text)
{
    store(err->source, sizeof err->source, text);
    return false;
}

bool dtl_error_point(dtl_error *err, dtl_str file, dtl_str text, size_t offset)
{
    dtl_str before = dtl_str_slice(text, 0, offset);
    size_t start = 0;
    int64_t line = 1;
    for (size_t at = 0; at < before.size; at++) {
        if (before.data[at] == '\n') {
            line++;
            start = at + 1;
        }
    }
    dtl_str rest = dtl_str_slice(text, start, text.size);
    size_t end = dtl_str_find(rest, DTL_STR("\n"));
    if (end != SIZE_MAX && end > 0 && rest.data[end - 1] == '\r')
        end--;
    dtl_error_source(err, dtl_str_slice(rest, 0, end));
    dtl_str to_column = dtl_str_slice(before, start, before.size);
    return dtl_error_at(err, file, line, (int64_t)dtl_utf8_count(to_column) + 1);
}

bool dtl_error_expected(dtl_error *err, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    store_format(err->expected, sizeof err->expected, format, args);
    va_end(args);
    return false;
}

bool dtl_error_hint(dtl_error *err, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    store_format(err->hint, sizeof err->hint, format, args);
    va_end(args);
    return false;
}

bool dtl_error_system(dtl_error *err, const char *what, const char *path, int error_number)
{
    const char *reason = strerrordesc_np(error_number);  // unlike strerror, never translated
    if (!reason)
        return dtl_error_set(err, DTL_EIO, "%s %s: system error %d", what, path, error_number);
    return dtl_error_set(err, DTL_EIO, "%s %s: %s", what, path, reason);
}

static void add_visible(dtl_buf *out, const char *text)
{
    dtl_utf8_add_visible(out, dtl_str_from(text), false);
}

static void add_location(const dtl_error *err, dtl_buf *out)
{
    if (!err->file[0])
        return;
    add_visible(out, err->file);
    if (err->line > 0)
        dtl_buf_printf(out, ":%" PRId64, err->line);
    if (err->line > 0 && err->column > 0)
        dtl_buf_printf(out, ":%" PRId64, err->column);
    DTL_BUF_LITERAL(out, ": ");
}

// The caret stands under the character at [err->column]: the text before it is made visible as it
// was above, then each of its characters but a tab becomes a space. No caret where the source was
// cut before that column.
static void add_caret(const dtl_error *err, dtl_buf *out)
{
    dtl_str source = dtl_str_from(err->source);
    size_t end = 0;
    bool valid;
    for (int64_t column = 1; column < err->column; column++) {
        if (end >= source.size)
            return;
        dtl_utf8_next(source, &end, &valid);
    }
    dtl_buf before = {0};
    dtl_utf8_add_visible(&before, dtl_str_slice(source, 0, end), true);
    DTL_BUF_LITERAL(out, "    ");
    for (size_t at = 0; at < before.size;) {
        bool is_tab = dtl_utf8_next(dtl_buf_str(&before), &at, &valid) == '\t';
        dtl_buf_add_char(out, is_tab ? '\t' : ' ');
    }
    DTL_BUF_LITERAL(out, "^\n");
    dtl_buf_release(&before);
}

// For data the source is a cell and the column counts cells, so there is nothing to point at, and
// nothing to show either when the message quotes the cell.
static void add_source(const dtl_error *err, dtl_buf *out)
{
    if (!err->source[0] || (err->cell[0] && strstr(err->message, err->source)))
        return;
    DTL_BUF_LITERAL(out, "    ");
    dtl_utf8_add_visible(out, dtl_str_from(err->source), true);
    dtl_buf_add_char(out, '\n');
    if (!err->cell[0] && err->column > 0)
        add_caret(err, out);
}

static void add_note(dtl_buf *out, const char *name, const char *text)
{
    if (!text[0])
        return;
    dtl_buf_printf(out, "  %s: ", name);
    add_visible(out, text);
    dtl_buf_add_char(out, '\n');
}

void dtl_error_print(const dtl_error *err, dtl_buf *out)
{
    add_location(err, out);
    if (err->cell[0]) {
        DTL_BUF_LITERAL(out, "column '");
        add_visible(out, err->cell);
        DTL_BUF_LITERAL(out, "': ");
    }
    add_visible(out, err->message);
    dtl_buf_add_char(out, '\n');
    add_source(err, out);
    add_note(out, "expected", err->expected);
    add_note(out, "hint", err->hint);
}

static void put_text(dtl_json *json, const char *key, const char *text)
{
    if (text[0])
        dtl_json_put_string(json, key, dtl_str_from(text));
}

static void put_count(dtl_json *json, const char *key, int64_t count)
{
    if (count > 0)
        dtl_json_put_int(json, key, count);
}

void dtl_error_print_json(const dtl_error *err, const char *severity, dtl_buf *out)
{
    dtl_json json;
    dtl_json_init(&json, out);
    dtl_json_begin_object(&json);
    put_text(&json, "severity", severity);
    put_text(&json, "code", dtl_code_name(err->code));
    put_text(&json, "message", err->message);
    put_text(&json, "file", err->file);
    put_count(&json, "line", err->line);
    put_count(&json, "column", err->column);
    put_text(&json, "cell", err->cell);
    put_text(&json, "source", err->source);
    put_text(&json, "expected", err->expected);
    put_text(&json, "hint", err->hint);
    dtl_json_end_object(&json);
    dtl_buf_add_char(out, '\n');
}

const char *dtl_code_name(dtl_code code)
{
    return code_names[code];
}

int dtl_code_exit_status(dtl_code code)
{
    return exit_statuses[code];
}
