// core/plugin/names.c - which names a plugin's manifest may hold.
#include "plugin/names.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_small(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_letter(char c)
{
    return is_small(c) || (c >= 'A' && c <= 'Z');
}

// Whether all of [text] are small letters, digits or of [more].
static bool is_made_of(dtl_str text, const char *more)
{
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (!is_small(c) && !is_digit(c) && (c == '\0' || !strchr(more, c)))
            return false;
    }
    return text.size > 0 && text.size <= DTL_PLUGIN_NAME_MAX_BYTES;
}

bool dtl_is_plugin_name(dtl_str text)
{
    return is_made_of(text, "-") && is_small(text.data[0]);
}

bool dtl_is_provision_name(dtl_str text)
{
    return is_made_of(text, "_-") && is_small(text.data[0]);
}

bool dtl_is_extension(dtl_str text)
{
    return is_made_of(text, "") && text.size <= 16;
}

bool dtl_is_file_stem(dtl_str text)
{
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (!is_letter(c) && !is_digit(c) && c != '_' && (c != '-' || i == 0))
            return false;
    }
    return text.size > 0 && text.size <= DTL_PLUGIN_NAME_MAX_BYTES;
}

// Takes digits off the front: a number without a leading zero.
static bool take_number(dtl_str *at)
{
    size_t count = 0;
    while (count < at->size && is_digit(at->data[count]))
        count++;
    bool ok = count > 0 && count <= 9 && (count == 1 || at->data[0] != '0');
    *at = dtl_str_slice(*at, count, at->size);
    return ok;
}

static bool take_char(dtl_str *at, char c)
{
    if (at->size == 0 || at->data[0] != c)
        return false;
    *at = dtl_str_slice(*at, 1, at->size);
    return true;
}

// Letters, digits and '-' between single dots.
static bool take_identifiers(dtl_str *at)
{
    bool after_dot = true;
    while (at->size && at->data[0] != '+') {
        char c = at->data[0];
        if (c == '.' ? after_dot : !is_letter(c) && !is_digit(c) && c != '-')
            return false;
        after_dot = c == '.';
        *at = dtl_str_slice(*at, 1, at->size);
    }
    return !after_dot;
}

bool dtl_is_semver(dtl_str text)
{
    dtl_str at = text;
    if (text.size > DTL_PLUGIN_NAME_MAX_BYTES || !take_number(&at) || !take_char(&at, '.') ||
        !take_number(&at) || !take_char(&at, '.') || !take_number(&at))
        return false;
    if (take_char(&at, '-') && !take_identifiers(&at))
        return false;
    if (take_char(&at, '+') && !take_identifiers(&at))
        return false;
    return at.size == 0;
}

// The part of [*at] before [mark], taken off with it; all of it when there is no mark.
static dtl_str take_until(dtl_str *at, dtl_str mark)
{
    size_t end = dtl_str_find(*at, mark);
    dtl_str part = dtl_str_slice(*at, 0, end);
    *at = end == SIZE_MAX ? DTL_STR("") : dtl_str_slice(*at, end + mark.size, at->size);
    return part;
}

static bool is_number(dtl_str text)
{
    for (size_t i = 0; i < text.size; i++)
        if (!is_digit(text.data[i]))
            return false;
    return text.size > 0;
}

static int compare_bytes(dtl_str a, dtl_str b)
{
    size_t size = a.size < b.size ? a.size : b.size;
    int order = size ? memcmp(a.data, b.data, size) : 0;
    if (order != 0)
        return order;
    return a.size < b.size ? -1 : a.size > b.size;
}

static dtl_str without_zeros(dtl_str number)
{
    while (number.size > 1 && number.data[0] == '0')
        number = dtl_str_slice(number, 1, number.size);
    return number;
}

// Numbers by value, before words, and these by bytes; one that is not there comes before all.
static int compare_part(dtl_str a, dtl_str b)
{
    bool a_counts = is_number(a);
    bool b_counts = is_number(b);
    if (a.size == 0 || b.size == 0 || (!a_counts && !b_counts))
        return compare_bytes(a, b);
    if (a_counts != b_counts)
        return a_counts ? -1 : 1;
    a = without_zeros(a);
    b = without_zeros(b);
    if (a.size != b.size)
        return a.size < b.size ? -1 : 1;
    return compare_bytes(a, b);
}

static int compare_parts(dtl_str a, dtl_str b)
{
    int order = 0;
    while (order == 0 && (a.size || b.size))
        order = compare_part(take_until(&a, DTL_STR(".")), take_until(&b, DTL_STR(".")));
    return order;
}

int dtl_semver_compare(dtl_str a, dtl_str b)
{
    a = take_until(&a, DTL_STR("+"));
    b = take_until(&b, DTL_STR("+"));
    dtl_str a_numbers = take_until(&a, DTL_STR("-"));
    dtl_str b_numbers = take_until(&b, DTL_STR("-"));
    int order = compare_parts(a_numbers, b_numbers);
    if (order != 0 || (a.size == 0 && b.size == 0))
        return order;
    if (a.size == 0 || b.size == 0)
        return a.size == 0 ? 1 : -1;  // 1.0.0-beta comes before 1.0.0
    return compare_parts(a, b);
}
