// core/base/str.h - text as pointer and length. Never owns, never assumes a final NUL.
#ifndef DTL_BASE_STR_H
#define DTL_BASE_STR_H

#include <limits.h>
#include <string.h>

#include "base/base.h"

typedef struct dtl_str {
    const char *data;  // may be NULL when size is 0
    size_t size;
} dtl_str;

// A dtl_str of a string literal.
#define DTL_STR(literal) ((dtl_str){"" literal, sizeof(literal) - 1})
// For printf's "%.*s"; longer than an int can say is cut.
#define DTL_ARG(string)                                                                            \
    (int)((string).size < INT_MAX ? (string).size : INT_MAX), (string).data ? (string).data : ""

// A dtl_str of a NUL-terminated string of the program's own (never of input); NULL is empty.
static inline dtl_str dtl_str_from(const char *text)
{
    return (dtl_str){text, text ? strlen(text) : 0};
}

static inline bool dtl_str_equal(dtl_str a, dtl_str b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

// Byte order, shorter first: negative, zero or positive. No locale.
int dtl_str_compare(dtl_str a, dtl_str b);
bool dtl_str_starts(dtl_str text, dtl_str prefix);
bool dtl_str_ends(dtl_str text, dtl_str suffix);
// The part from [from] (clamped) up to [to] (clamped), exclusive.
dtl_str dtl_str_slice(dtl_str text, size_t from, size_t to);
// Without ASCII white space at both ends.
dtl_str dtl_str_trim(dtl_str text);
// The index of the first [needle], or SIZE_MAX.
size_t dtl_str_find(dtl_str text, dtl_str needle);

// Reads a whole decimal int64 ("-12"): false on anything else, on overflow, on an empty string.
DTL_CHECK
bool dtl_str_to_int64(dtl_str text, int64_t *out);

// Whether [word] is one of the [words] that single spaces keep apart.
bool dtl_str_has_word(dtl_str words, dtl_str word);

// The candidate nearest to [word] by edit distance, for "did you mean ...?", or an empty string
// when none is near (more than a third of the letters differ).
dtl_str dtl_str_nearest(dtl_str word, const dtl_str *candidates, size_t count);

#endif
