// core/base/utf8.c - reading UTF-8 (RFC 3629) that may be wrong.
#include "base/utf8.h"

// The smallest character that needs a sequence of this length; a smaller one is an overlong form.
static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};

static bool is_surrogate(uint32_t character)
{
    return character >= 0xD800 && character <= 0xDFFF;
}

// The length that the first byte promises, or 0 where no character starts with it.
static size_t sequence_length(unsigned char first)
{
    if (first < 0x80)
        return 1;
    if (first < 0xC2 || first > 0xF4)
        return 0;
    return first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

static bool is_continuation(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

// Reads the [length] bytes of one character: false when they are not one.
static bool decode(const unsigned char *bytes, size_t length, uint32_t *out)
{
    uint32_t character = length == 1 ? bytes[0] : bytes[0] & (0x7Fu >> length);
    for (size_t i = 1; i < length; i++) {
        if (!is_continuation(bytes[i]))
            return false;
        character = character << 6 | (bytes[i] & 0x3Fu);
    }
    *out = character;
    return character >= smallest[length] && character <= 0x10FFFF && !is_surrogate(character);
}

uint32_t dtl_utf8_next(dtl_str text, size_t *at, bool *valid)
{
    const unsigned char *bytes = (const unsigned char *)text.data + *at;
    size_t length = sequence_length(bytes[0]);
    uint32_t character = DTL_UTF8_INVALID;
    *valid = length > 0 && length <= text.size - *at && decode(bytes, length, &character);
    *at += *valid ? length : 1;
    return *valid ? character : DTL_UTF8_INVALID;
}

size_t dtl_utf8_check(dtl_str text)
{
    bool valid = true;
    for (size_t at = 0; at < text.size;) {
        size_t start = at;
        dtl_utf8_next(text, &at, &valid);
        if (!valid)
            return start;
    }
    return SIZE_MAX;
}

void dtl_utf8_add(dtl_buf *out, uint32_t character)
{
    if (character > 0x10FFFF || is_surrogate(character))
        character = DTL_UTF8_INVALID;
    if (character < 0x80) {
        dtl_buf_add_char(out, (char)character);
        return;
    }
    unsigned length = character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    unsigned char bytes[4];
    for (unsigned i = length - 1; i > 0; i--) {
        bytes[i] = (unsigned char)(0x80 | (character & 0x3F));
        character >>= 6;
    }
    bytes[0] = (unsigned char)((0xF00u >> length & 0xFF) | character);
    dtl_buf_add(out, bytes, length);
}

size_t dtl_utf8_count(dtl_str text)
{
    size_t count = 0;
    bool valid;
    for (size_t at = 0; at < text.size; count++)
        dtl_utf8_next(text, &at, &valid);
    return count;
}

dtl_str dtl_utf8_cut(dtl_str text, size_t size)
{
    if (text.size <= size)
        return text;
    size_t start = size;  // of the character that [size] would split
    while (start > 0 && size - start < 3 && is_continuation((unsigned char)text.data[start]))
        start--;
    size_t length = sequence_length((unsigned char)text.data[start]);
    return dtl_str_slice(text, 0, start + length > size ? start : size);
}

bool dtl_utf8_is_bidi_control(uint32_t character)
{
    return (character >= 0x202A && character <= 0x202E) ||
           (character >= 0x2066 && character <= 0x2069) || character == 0x200E ||
           character == 0x200F || character == 0x061C;
}

void dtl_utf8_add_visible(dtl_buf *out, dtl_str text, bool keep_tab)
{
    bool valid;
    for (size_t at = 0; at < text.size;) {
        size_t start = at;
        uint32_t character = dtl_utf8_next(text, &at, &valid);
        bool is_control = character < 0x20 && !(character == '\t' && keep_tab);
        if (!valid || is_control || character == 0x7F)
            dtl_buf_printf(out, "\\x%02x", (unsigned)(unsigned char)text.data[start]);
        else if ((character >= 0x80 && character < 0xA0) || dtl_utf8_is_bidi_control(character))
            dtl_buf_printf(out, "\\u{%x}", (unsigned)character);
        else
            dtl_buf_add(out, text.data + start, at - start);
    }
}
