// core/base/str.c - text as pointer and length.
#include "base/str.h"

#include <stdlib.h>

// Words longer than this get no suggestion: the distance table would grow with input.
enum {
    NEAREST_MAX = 64
};

int dtl_str_compare(dtl_str a, dtl_str b)
{
    size_t shorter = a.size < b.size ? a.size : b.size;
    int order = shorter ? memcmp(a.data, b.data, shorter) : 0;
    if (order)
        return order;
    return (a.size > b.size) - (a.size < b.size);
}

bool dtl_str_starts(dtl_str text, dtl_str prefix)
{
    return text.size >= prefix.size && dtl_str_equal(dtl_str_slice(text, 0, prefix.size), prefix);
}

bool dtl_str_ends(dtl_str text, dtl_str suffix)
{
    return text.size >= suffix.size &&
           dtl_str_equal(dtl_str_slice(text, text.size - suffix.size, text.size), suffix);
}

dtl_str dtl_str_slice(dtl_str text, size_t from, size_t to)
{
    if (text.size == 0)  // there may be no data to point into
        return text;
    if (to > text.size)
        to = text.size;
    if (from > to)
        from = to;
    return (dtl_str){text.data + from, to - from};
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

dtl_str dtl_str_trim(dtl_str text)
{
    size_t from = 0;
    size_t to = text.size;
    while (from < to && is_space(text.data[from]))
        from++;
    while (to > from && is_space(text.data[to - 1]))
        to--;
    return dtl_str_slice(text, from, to);
}

size_t dtl_str_find(dtl_str text, dtl_str needle)
{
    if (needle.size == 0)
        return 0;
    if (text.size < needle.size)
        return SIZE_MAX;
    const char *found = memmem(text.data, text.size, needle.data, needle.size);
    return found ? (size_t)(found - text.data) : SIZE_MAX;
}

bool dtl_str_to_int64(dtl_str text, int64_t *out)
{
    bool negative = text.size > 0 && text.data[0] == '-';
    size_t at = negative ? 1 : 0;
    int64_t value = 0;
    if (at == text.size)
        return false;
    for (; at < text.size; at++) {
        int digit = text.data[at] - '0';
        if (digit < 0 || digit > 9 || __builtin_mul_overflow(value, 10, &value) ||
            __builtin_sub_overflow(value, digit, &value))
            return false;
    }
    // Counted downwards, so that the smallest int64 can be read.
    if (!negative && __builtin_sub_overflow((int64_t)0, value, &value))
        return false;
    *out = value;
    return true;
}

static unsigned least(unsigned a, unsigned b, unsigned c)
{
    unsigned ab = a < b ? a : b;
    return ab < c ? ab : c;
}

static unsigned distance(dtl_str a, dtl_str b)
{
    unsigned row[NEAREST_MAX + 1];
    for (unsigned j = 0; j <= b.size; j++)
        row[j] = j;
    for (size_t i = 1; i <= a.size; i++) {
        unsigned diagonal = row[0];
        row[0] = (unsigned)i;
        for (size_t j = 1; j <= b.size; j++) {
            unsigned above = row[j];
            unsigned same = a.data[i - 1] == b.data[j - 1] ? 0 : 1;
            row[j] = least(above + 1, row[j - 1] + 1, diagonal + same);
            diagonal = above;
        }
    }
    return row[b.size];
}

dtl_str dtl_str_nearest(dtl_str word, const dtl_str *candidates, size_t count)
{
    dtl_str best = {NULL, 0};
    if (word.size == 0 || word.size > NEAREST_MAX)
        return best;
    unsigned limit = word.size < 3 ? 1 : (unsigned)(word.size / 3 + 1);
    unsigned nearest = limit + 1;
    for (size_t i = 0; i < count; i++) {
        if (candidates[i].size == 0 || candidates[i].size > NEAREST_MAX)
            continue;
        unsigned far = distance(word, candidates[i]);
        if (far < nearest && far < candidates[i].size) {
            nearest = far;
            best = candidates[i];
        }
    }
    return best;
}

bool dtl_str_has_word(dtl_str words, dtl_str word)
{
    while (words.size > 0) {
        size_t space = dtl_str_find(words, DTL_STR(" "));
        if (dtl_str_equal(dtl_str_slice(words, 0, space), word))
            return true;
        words = dtl_str_slice(words, space == SIZE_MAX ? words.size : space + 1, words.size);
    }
    return false;
}
