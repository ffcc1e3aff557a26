// core/doc/clean.c - text as every renderer may rely on it.
#include "doc/clean.h"

#include "base/utf8.h"

// What becomes of a character.
typedef enum fate {
    KEEP,
    REPLACE,  // by U+FFFD
    SPACE,
    SHOW,  // by its number
} fate;

static fate fate_of(uint32_t character)
{
    if (character >= 0x20 && character < 0x7F)
        return KEEP;
    if (character == 0)
        return REPLACE;
    if ((character >= '\t' && character <= '\r') || character == 0x85 || character == 0x2028 ||
        character == 0x2029)
        return SPACE;
    if (character < 0xA0 || character == 0xFEFF || dtl_utf8_is_bidi_control(character))
        return SHOW;
    bool is_noncharacter =
        (character & 0xFFFE) == 0xFFFE || (character >= 0xFDD0 && character <= 0xFDEF);
    return is_noncharacter ? REPLACE : KEEP;
}

// The offset of the first character that does not stay as it is, or the text's size.
static size_t clean_until(dtl_str text, size_t at)
{
    while (at < text.size) {
        unsigned char byte = (unsigned char)text.data[at];
        if (byte >= 0x20 && byte < 0x7F) {
            at++;
            continue;
        }
        size_t start = at;
        bool valid;
        uint32_t character = dtl_utf8_next(text, &at, &valid);
        if (!valid || fate_of(character) != KEEP)
            return start;
    }
    return at;
}

bool dtl_text_is_clean(dtl_str text)
{
    return clean_until(text, 0) == text.size;
}

void dtl_text_add_clean(dtl_buf *out, dtl_str text)
{
    size_t at = 0;
    while (at < text.size) {
        size_t stop = clean_until(text, at);
        dtl_buf_add_str(out, dtl_str_slice(text, at, stop));
        at = stop;
        if (at == text.size)
            return;
        bool valid;
        uint32_t character = dtl_utf8_next(text, &at, &valid);
        switch (valid ? fate_of(character) : REPLACE) {
        case SPACE:
            dtl_buf_add_char(out, ' ');
            if (character == '\r' && at < text.size && text.data[at] == '\n')
                at++;
            break;
        case SHOW:
            dtl_buf_printf(out, "[U+%04X]", (unsigned)character);
            break;
        case REPLACE:
        case KEEP:
            dtl_utf8_add(out, DTL_UTF8_INVALID);
            break;
        }
    }
}
