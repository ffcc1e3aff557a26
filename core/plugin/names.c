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
