// cell.c - a cell as data: its typed value where it has one, else its text.
//
// What a cell shows depends on a locale and a format ("03/09/2022", "1.3e+3"); what it holds is in its
// attributes, and that is what counts.
#include "ods.h"

#include <stdlib.h>
#include <string.h>

enum {
    DIGITS_MAX = 400,   // of a number
    EXPONENT_MAX = 40,  // a larger one is left as it stands
};

const char *attribute(xmlTextReaderPtr reader, const char *name, const char *space)
{
    const char *value = NULL;
    if (xmlTextReaderMoveToAttributeNs(reader, (const xmlChar *)name, (const xmlChar *)space) == 1)
        value = (const char *)xmlTextReaderConstValue(reader);
    xmlTextReaderMoveToElement(reader);
    return value;
}

bool read_repeat(context *c, xmlTextReaderPtr reader, const char *name, int64_t column,
                 int64_t *out)
{
    const char *text = attribute(reader, name, space_table);
    size_t size = text ? strlen(text) : 0;
    *out = 1;
    if (!text)
        return true;
    if (size == 0 || size > 10 || strspn(text, "0123456789") != size)
        return refuse(c, column, "%s is '%.20s', which is no count", name, text);
    *out = strtoll(text, NULL, 10);
    return *out > 0 || refuse(c, column, "%s is 0", name);
}

// ---- numbers ----

typedef struct decimal {
    char digits[DIGITS_MAX];  // without leading zeros
    int count;
    int point;  // how many of them stand before the point; may be negative
    bool negative;
} decimal;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool read_exponent(const char *at, int *out)
{
    bool negative = *at == '-';
    *out = 0;
    if (*at == '-' || *at == '+')
        at++;
    if (!is_digit(*at))
        return false;
    for (; is_digit(*at); at++)
        if (*out <= EXPONENT_MAX)
            *out = *out * 10 + (*at - '0');
    if (negative)
        *out = -*out;
    return *at == '\0' && *out <= EXPONENT_MAX && *out >= -EXPONENT_MAX;
}

static bool read_decimal(const char *at, decimal *out)
{
    bool seen_point = false;
    int exponent = 0;
    size_t figures = 0;
    *out = (decimal){.negative = *at == '-'};
    if (*at == '-' || *at == '+')
        at++;
    for (; is_digit(*at) || (*at == '.' && !seen_point); at++) {
        if (*at == '.') {
            seen_point = true;
            continue;
        }
        figures++;
        if (out->count == DIGITS_MAX)
            return false;
        if (out->count || *at != '0')
            out->digits[out->count++] = *at;
        if (!seen_point && out->count)
            out->point++;
        if (seen_point && !out->count)
            out->point--;
    }
    if (figures == 0 || (*at != '\0' && *at != 'e' && *at != 'E'))
        return false;
    if (*at != '\0' && !read_exponent(at + 1, &exponent))
        return false;
    out->point += exponent;
    while (out->count && out->digits[out->count - 1] == '0')
        out->count--;
    return true;
}

static bool add_zeros(context *c, int count, bytes *to)
{
    for (; count > 0; count--)
        if (!bytes_add(c, to, "0", 1))
            return false;
    return true;
}

// The shortest text that is exactly the number; a float is never made of it.
static bool add_number(context *c, const char *text, bytes *to)
{
    decimal d;
    if (!read_decimal(text, &d))
        return bytes_add(c, to, text, strlen(text));
    if (d.count == 0)
        return bytes_add(c, to, "0", 1);
    int whole = d.point < 0 ? 0 : d.point;
    int shown = whole < d.count ? whole : d.count;
    if (d.negative && !bytes_add(c, to, "-", 1))
        return false;
    if (whole == 0 ? !bytes_add(c, to, "0", 1)
                   : !bytes_add(c, to, d.digits, (size_t)shown) || !add_zeros(c, whole - shown, to))
        return false;
    return shown == d.count || (bytes_add(c, to, ".", 1) && add_zeros(c, -d.point, to) &&
                                bytes_add(c, to, d.digits + shown, (size_t)(d.count - shown)));
}

// ---- typed values ----

static bool add_plain(context *c, const char *text, bytes *to)
{
    return bytes_add(c, to, text, strlen(text));
}

// "2018-01-01T00:00:00" is a day: its midnight is of the format, not of the data.
static bool add_date(context *c, const char *text, bytes *to)
{
    enum {
        DAY_BYTES = 10
    };
    size_t size = strlen(text);
    if (size > DAY_BYTES && text[DAY_BYTES] == 'T' &&
        strspn(text + DAY_BYTES + 1, "0:.") == size - DAY_BYTES - 1)
        size = DAY_BYTES;
    return bytes_add(c, to, text, size);
}

static const struct {
    const char *type;
    const char *attribute;
    bool (*add)(context *c, const char *text, bytes *to);
} types[] = {
    {"float", "value", add_number},        {"date", "date-value", add_date},
    {"string", "string-value", add_plain}, {"boolean", "boolean-value", add_plain},
    {"percentage", "value", add_number},   {"currency", "value", add_number},
    {"time", "time-value", add_plain},
};

// An empty value is none: that is how an error is written, whose name is in the text.
static bool add_value(context *c, xmlTextReaderPtr reader, bytes *text)
{
    const char *type = attribute(reader, "value-type", space_office);
    for (size_t i = 0; type && i < sizeof types / sizeof types[0]; i++) {
        if (strcmp(type, types[i].type) != 0)
            continue;
        const char *value = attribute(reader, types[i].attribute, space_office);
        return !value || types[i].add(c, value, text);
    }
    return true;
}

// ---- the cell ----

// Lists and sections may stand around a paragraph. Comments and drawings are not the cell's text.
static bool read_text(context *c, xmlTextReaderPtr reader, size_t start, int64_t column,
                      bool wanted, bytes *text)
{
    int depth = xmlTextReaderDepth(reader);
    if (xmlTextReaderIsEmptyElement(reader))
        return true;
    while (read_node(c, reader)) {
        if (xmlTextReaderDepth(reader) == depth)
            return true;
        if (xmlTextReaderNodeType(reader) != XML_READER_TYPE_ELEMENT)
            continue;
        bool is_paragraph =
            is_element(reader, space_text, "p") || is_element(reader, space_text, "h");
        bool is_text = is_element(reader, space_text, NULL);
        if (wanted && is_paragraph ? !paragraph_read(c, reader, start, column, text)
                                   : (!is_text || !wanted) && !skip_element(c, reader))
            return false;
    }
    return false;
}

bool cell_read(context *c, xmlTextReaderPtr reader, int64_t column, bytes *text, cell *out)
{
    bool covered = is_element(reader, space_table, "covered-table-cell");
    *out = (cell){.start = text->size};
    if (!read_repeat(c, reader, "number-columns-repeated", column, &out->repeat))
        return false;
    bool has_formula = !covered && attribute(reader, "formula", space_table);
    if (!covered && !add_value(c, reader, text))
        return false;
    bool has_value = text->size > out->start;
    if (!read_text(c, reader, out->start, column, !covered && !has_value, text))
        return false;
    out->lacks_value = has_formula && text->size == out->start;
    if (out->lacks_value && !add_plain(c, "(a formula without a value)", text))
        return false;
    out->size = text->size - out->start;
    return out->size <= TEXT_MAX || refuse(c, column, "a cell of more than %d bytes", TEXT_MAX);
}
