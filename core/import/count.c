// core/import/count.c - a count as sources write it.
#include "import/import.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool refuse(const char **why, const char *reason)
{
    if (why)
        *why = reason;
    return false;
}

// ".0", ".000": what spreadsheets add.
static bool skip_zero_fraction(dtl_str *text)
{
    size_t point = dtl_str_find(*text, DTL_STR("."));
    if (point == SIZE_MAX)
        return true;
    if (point + 1 == text->size)
        return false;
    for (size_t i = point + 1; i < text->size; i++)
        if (text->data[i] != '0')
            return false;
    *text = dtl_str_slice(*text, 0, point);
    return true;
}

// "1,305": one to three digits, then groups of exactly three.
static bool groups_are_whole(dtl_str text)
{
    size_t first = dtl_str_find(text, DTL_STR(","));
    if (first == SIZE_MAX)
        return true;
    if (first < 1 || first > 3 || (text.size - first) % 4 != 0)
        return false;
    for (size_t i = first; i < text.size; i++)
        if ((text.data[i] == ',') != ((i - first) % 4 == 0))
            return false;
    return true;
}

static bool only_digits_and_commas(dtl_str text)
{
    for (size_t i = 0; i < text.size; i++)
        if (!is_digit(text.data[i]) && text.data[i] != ',')
            return false;
    return text.size > 0;
}

bool dtl_count_parse(dtl_str text, int64_t *out, const char **why)
{
    bool negative = text.size > 0 && text.data[0] == '-';
    if (negative || (text.size > 0 && text.data[0] == '+'))
        text = dtl_str_slice(text, 1, text.size);
    if (text.size == 0)
        return refuse(why, "a whole number");
    if (!skip_zero_fraction(&text))
        return refuse(why, "a whole number, without a fraction");
    if (!only_digits_and_commas(text))
        return refuse(why, "a whole number in digits");
    if (!groups_are_whole(text))
        return refuse(why, "a whole number; a comma only before each three digits");
    int64_t value = 0;
    for (size_t i = 0; i < text.size; i++) {
        int digit = text.data[i] - '0';
        if (!is_digit(text.data[i]))
            continue;
        if (__builtin_mul_overflow(value, 10, &value) ||
            (negative ? __builtin_sub_overflow(value, digit, &value)
                      : __builtin_add_overflow(value, digit, &value)))
            return refuse(why, "a whole number of at most 18 digits");
    }
    *out = value;
    return true;
}
