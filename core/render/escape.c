// core/render/escape.c - one escaper for each place where text may land.
#include "render/escape.h"

// The bytes that some place cannot hold, those of running text first.
enum {
    PLAIN,
    AMPERSAND,
    LESS,
    GREATER,
    QUOTE,
    APOSTROPHE,
    SPECIALS,
};

static const unsigned char specials[256] = {
    ['&'] = AMPERSAND, ['<'] = LESS, ['>'] = GREATER, ['"'] = QUOTE, ['\''] = APOSTROPHE,
};

// A place: the bytes up to [last] are escaped.
typedef struct sink {
    unsigned char last;
    dtl_str escapes[SPECIALS];
} sink;

#define ESCAPE(literal)                                                                            \
    {                                                                                              \
        literal, sizeof(literal) - 1                                                               \
    }

static const sink html = {
    .last = GREATER,
    .escapes =
        {
            [AMPERSAND] = ESCAPE("&amp;"),
            [LESS] = ESCAPE("&lt;"),
            [GREATER] = ESCAPE("&gt;"),
        },
};

static const sink attribute = {
    .last = APOSTROPHE,
    .escapes =
        {
            [AMPERSAND] = ESCAPE("&amp;"),
            [LESS] = ESCAPE("&lt;"),
            [GREATER] = ESCAPE("&gt;"),
            [QUOTE] = ESCAPE("&quot;"),
            [APOSTROPHE] = ESCAPE("&#39;"),
        },
};

// In JSON these stand inside strings only. U+2028 and U+2029 need nothing: the element holds data,
// which no browser reads as a program.
static const sink script = {
    .last = GREATER,
    .escapes =
        {
            [AMPERSAND] = ESCAPE("\\u0026"),
            [LESS] = ESCAPE("\\u003c"),
            [GREATER] = ESCAPE("\\u003e"),
        },
};

static void add_escaped(dtl_buf *out, dtl_str text, const sink *to)
{
    size_t from = 0;
    for (size_t at = 0; at < text.size; at++) {
        unsigned char special = specials[(unsigned char)text.data[at]];
        if (special == PLAIN || special > to->last)
            continue;
        dtl_buf_add(out, text.data + from, at - from);
        dtl_buf_add_str(out, to->escapes[special]);
        from = at + 1;
    }
    if (from < text.size)
        dtl_buf_add(out, text.data + from, text.size - from);
}

void dtl_escape_html(dtl_buf *out, dtl_str text)
{
    add_escaped(out, text, &html);
}

void dtl_escape_attribute(dtl_buf *out, dtl_str text)
{
    add_escaped(out, text, &attribute);
}

void dtl_escape_script(dtl_buf *out, dtl_str json)
{
    add_escaped(out, json, &script);
}

static bool stands_in_url(unsigned char byte)
{
    return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= 'a' && byte <= 'z') || (byte && strchr("-._~:/?#[]@!$&'()*+,;=%", byte));
}

void dtl_escape_url(dtl_buf *out, dtl_str url)
{
    static const char digits[] = "0123456789ABCDEF";
    url = dtl_str_trim(url);
    for (size_t at = 0; at < url.size; at++) {
        unsigned char byte = (unsigned char)url.data[at];
        if (stands_in_url(byte)) {
            dtl_buf_add_char(out, (char)byte);
        } else {
            char escape[] = {'%', digits[byte >> 4], digits[byte & 15]};
            dtl_buf_add(out, escape, sizeof escape);
        }
    }
}
