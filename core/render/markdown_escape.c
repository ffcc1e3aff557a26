// core/render/markdown_escape.c - which characters would mean something in Markdown where they stand.
#include "render/markdown_escape.h"

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool is_alnum(char c)
{
    return is_letter(c) || (c >= '0' && c <= '9');
}

// Whether a character that means something at the start of a line does so before [next], which is
// '\0' where it is not known.
static bool starts_block(const dtl_pen *pen, char c, char next)
{
    if (pen->place == DTL_PEN_HEADING)
        return c == '#' && pen->last == DTL_PEN_SPACE;  // also what would close the heading
    if (pen->place != DTL_PEN_PARAGRAPH)
        return false;
    if (pen->line_digits > 0)
        return (c == '.' || c == ')') && !is_alnum(next);
    if (!pen->at_line_start)
        return false;
    if (c == '-' || c == '+')
        return !is_alnum(next);
    if (c == ':')
        return next == '-' || next == '\0';
    return c == '#' || c == '>' || c == '=';
}

// Whether the text written so far ends in "www", which with a full stop makes a link on GitHub.
static bool ends_in_www(const dtl_pen *pen)
{
    const dtl_buf *out = pen->out;
    for (size_t i = 1; i <= 3; i++) {
        if (out->size < i || (out->data[out->size - i] | 0x20) != 'w')
            return false;
    }
    return true;
}

// Whether what follows an '&' makes a character reference of it, or may do so with what comes next.
static bool may_be_reference(dtl_str rest)
{
    size_t at = 0;
    while (at < rest.size && (is_alnum(rest.data[at]) || rest.data[at] == '#'))
        at++;
    return at == rest.size || (at > 0 && rest.data[at] == ';');
}

static bool is_code_char(char c)
{
    return is_alnum(c) || c == '_' || c == '+' || c == '-';
}

// Whether what follows a ':' is a short code, which GitHub shows as an emoji: ":smile:", ":+1:". A time,
// "12:30:45", is none.
static bool may_be_emoji(dtl_str rest)
{
    size_t at = 0;
    bool all_digits = true;
    while (at < rest.size && is_code_char(rest.data[at])) {
        all_digits = all_digits && rest.data[at] >= '0' && rest.data[at] <= '9';
        at++;
    }
    return at > 0 && at < rest.size && rest.data[at] == ':' && !all_digits;
}

bool dtl_pen_must_escape(const dtl_pen *pen, char c, dtl_str rest)
{
    char next = rest.size > 0 ? rest.data[0] : '\0';
    bool after_word = pen->last == DTL_PEN_WORD;
    switch (c) {
    case '\\':
    case '*':
    case '`':
    case '[':
    case ']':
    case '<':
    case '~':
    case '|':
        return true;
    case '_':
        return !after_word || !is_alnum(next);
    case '&':
        return may_be_reference(rest);
    case ':':
        return starts_block(pen, c, next) || may_be_emoji(rest) ||
               (after_word && (next == '\0' || dtl_str_starts(rest, DTL_STR("//"))));
    case '.':
        return starts_block(pen, c, next) || (after_word && ends_in_www(pen));
    case '^':  // "[^" begins a footnote
        return pen->is_in_link && pen->out->data[pen->out->size - 1] == '[';
    case '@':
        return pen->last != DTL_PEN_SPACE && (is_alnum(next) || next == '\0');
    default:
        return starts_block(pen, c, next);
    }
}
