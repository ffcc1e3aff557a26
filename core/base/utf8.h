// core/base/utf8.h - reading UTF-8 (RFC 3629) that may be wrong.
#ifndef DTL_BASE_UTF8_H
#define DTL_BASE_UTF8_H

#include "base/buf.h"

enum {
    DTL_UTF8_INVALID = 0xFFFD
};

// Decodes the character at [*at] (which must be below text.size) and moves [*at] behind it. Invalid
// bytes, overlong forms and surrogates give DTL_UTF8_INVALID one byte at a time, with [*valid]
// false; else it is true.
uint32_t dtl_utf8_next(dtl_str text, size_t *at, bool *valid);
// SIZE_MAX when all of [text] is valid, else the offset of the first bad byte.
size_t dtl_utf8_check(dtl_str text);
void dtl_utf8_add(dtl_buf *out, uint32_t character);  // what is no character becomes U+FFFD
// Characters, not bytes; invalid bytes count one each.
size_t dtl_utf8_count(dtl_str text);
// The longest start of [text] of at most [size] bytes that splits no character.
dtl_str dtl_utf8_cut(dtl_str text, size_t size);
// Adds [text] safe to show on a terminal or in a log: C0, DEL, C1, invalid bytes and bidirectional
// controls become "\x1b" or "\u{202e}". A tab stays when [keep_tab].
void dtl_utf8_add_visible(dtl_buf *out, dtl_str text, bool keep_tab);
// U+202A..E, U+2066..9, U+200E, U+200F, U+061C: they reorder what a reader sees.
bool dtl_utf8_is_bidi_control(uint32_t character);

#endif
