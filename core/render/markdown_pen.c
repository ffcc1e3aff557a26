// core/render/markdown_pen.c - writes the inside of one Markdown block, exactly.
#include "render/markdown_pen.h"

#include "base/utf8.h"
#include "render/escape.h"
#include "render/markdown_escape.h"

enum {
    MAX_JOINED =
        4096,  // bytes of code that more code right behind it is joined to; then it is text
};

static const dtl_str signs[DTL_PEN_MARKS] = {
    [DTL_PEN_STRONG] = {"**", 2},
    [DTL_PEN_EMPHASIS] = {"_", 1},
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool is_alnum(char c)
{
    return is_digit(c) || is_letter(c);
}

// Zs of Unicode, which is what CommonMark calls white space (but for ASCII).
static bool is_unicode_space(uint32_t character)
{
    return character == 0xA0 || character == 0x1680 ||
           (character >= 0x2000 && character <= 0x200A) || character == 0x202F ||
           character == 0x205F || character == 0x3000;
}

static dtl_pen_class class_of(uint32_t character)
{
    if (character < 0x80)
        return is_alnum((char)character) ? DTL_PEN_WORD : DTL_PEN_PUNCTUATION;
    bool is_latin =
        character >= 0xC0 && character < 0x250 && character != 0xD7 && character != 0xF7;
    return is_latin ? DTL_PEN_WORD : DTL_PEN_OTHER;
}

void dtl_pen_begin(dtl_pen *pen, dtl_pen_place place, dtl_str prefix)
{
    pen->prefix = prefix;
    pen->place = place;
    pen->at_line_start = true;
    pen->line_digits = 0;
    dtl_buf_clear(&pen->space);
    dtl_buf_clear(&pen->code);
    pen->has_break = false;
    pen->is_in_link = false;
    pen->last = DTL_PEN_SPACE;
    pen->last_is_exclamation = false;
    pen->wanted_count = 0;
    pen->open_count = 0;
}

void dtl_pen_release(dtl_pen *pen)
{
    dtl_buf_release(&pen->space);
    dtl_buf_release(&pen->code);
}

static bool is_wanted(const dtl_pen *pen, dtl_pen_mark mark)
{
    for (size_t i = 0; i < pen->wanted_count; i++) {
        if (pen->wanted[i] == mark)
            return true;
    }
    return false;
}

static bool is_open(const dtl_pen *pen, dtl_pen_mark mark)
{
    for (size_t i = 0; i < pen->open_count; i++) {
        if (pen->open[i] == mark)
            return true;
    }
    return false;
}

// How many open marks stay: those outside the first that is no longer wanted.
static size_t open_that_stay(const dtl_pen *pen)
{
    size_t stay = 0;
    while (stay < pen->open_count && is_wanted(pen, pen->open[stay]))
        stay++;
    return stay;
}

// Whether the next character needs nothing before it.
static bool is_settled(const dtl_pen *pen)
{
    return pen->space.size == 0 && !pen->has_break && pen->wanted_count == pen->open_count &&
           open_that_stay(pen) == pen->open_count;
}

static void add_reference(dtl_buf *out, uint32_t character)
{
    dtl_buf_printf(out, "&#%u;", (unsigned)character);
}

// Writes the last character as a reference instead: it ends in punctuation, which no mark minds.
static void refer_to_last(dtl_pen *pen)
{
    size_t at = pen->out->size - pen->last_size;
    bool valid;
    size_t from = at;
    uint32_t character = dtl_utf8_next(dtl_buf_str(pen->out), &at, &valid);
    pen->out->size = from;
    add_reference(pen->out, character);
    pen->last = DTL_PEN_PUNCTUATION;
}

static void wrote(dtl_pen *pen, dtl_pen_class last)
{
    pen->last = last;
    pen->last_is_exclamation = false;
    pen->at_line_start = false;
    pen->line_digits = 0;
}

// Closes the marks no longer wanted. True: the next character must be written as a reference, or the
// last mark would not close. It does before white space and punctuation; "**" also between words.
static bool close_marks(dtl_pen *pen, dtl_pen_class next)
{
    size_t stay = open_that_stay(pen);
    size_t count = pen->open_count - stay;
    if (count == 0)
        return false;
    bool is_strong = pen->open[stay] == DTL_PEN_STRONG;
    bool closes_in_word = count == 1 && is_strong && pen->last == DTL_PEN_WORD;
    while (pen->open_count > stay)
        dtl_buf_add_str(pen->out, signs[pen->open[--pen->open_count]]);
    wrote(pen, DTL_PEN_PUNCTUATION);
    return (next == DTL_PEN_WORD || next == DTL_PEN_OTHER) && !closes_in_word;
}

// Opens the marks wanted. It does after white space and punctuation; "**" also between words.
static void open_marks(dtl_pen *pen, dtl_pen_class next)
{
    size_t count = pen->wanted_count - pen->open_count;
    if (count == 0)
        return;
    bool is_strong = !is_open(pen, DTL_PEN_STRONG) && is_wanted(pen, DTL_PEN_STRONG);
    bool opens_in_word = count == 1 && is_strong && next == DTL_PEN_WORD;
    if ((pen->last == DTL_PEN_WORD || pen->last == DTL_PEN_OTHER) && !opens_in_word)
        refer_to_last(pen);
    for (size_t i = 0; i < pen->wanted_count; i++) {
        if (is_open(pen, pen->wanted[i]))
            continue;
        dtl_buf_add_str(pen->out, signs[pen->wanted[i]]);
        pen->open[pen->open_count++] = pen->wanted[i];
    }
    wrote(pen, DTL_PEN_PUNCTUATION);
}

static void write_break(dtl_pen *pen)
{
    pen->has_break = false;
    if (pen->at_line_start)
        return;
    DTL_BUF_LITERAL(pen->out, "\\\n");
    dtl_buf_add_str(pen->out, pen->prefix);
    wrote(pen, DTL_PEN_SPACE);
    pen->at_line_start = true;
}

// White space at the start of a line shows nothing, and could make it code.
static void write_space(dtl_pen *pen)
{
    if (!pen->at_line_start && pen->space.size > 0) {
        dtl_buf_add_str(pen->out, dtl_buf_str(&pen->space));
        wrote(pen, DTL_PEN_SPACE);
    }
    dtl_buf_clear(&pen->space);
}

// All that must stand before a character of class [next]. True: it must be a reference.
static bool prepare(dtl_pen *pen, dtl_pen_class next)
{
    bool is_next = pen->space.size == 0 && !pen->has_break;
    size_t stay = open_that_stay(pen);
    if (pen->open_count > stay) {
        bool will_open = pen->wanted_count > stay;
        bool refer = close_marks(pen, is_next && !will_open ? next : DTL_PEN_SPACE);
        if (refer)
            return true;
    }
    if (pen->has_break)
        write_break(pen);
    write_space(pen);
    open_marks(pen, next);
    return false;
}

void dtl_pen_end(dtl_pen *pen)
{
    pen->wanted_count = 0;
    close_marks(pen, DTL_PEN_SPACE);
    dtl_buf_clear(&pen->space);
}

void dtl_pen_break(dtl_pen *pen)
{
    if (pen->place != DTL_PEN_PARAGRAPH) {
        dtl_pen_text(pen, DTL_STR(" "));
        return;
    }
    dtl_buf_clear(&pen->space);
    pen->has_break = true;
}

static void write_ascii(dtl_pen *pen, char c, dtl_str rest)
{
    dtl_pen_class class = class_of((unsigned char)c);
    if (prepare(pen, class)) {
        add_reference(pen->out, (unsigned char)c);
        wrote(pen, DTL_PEN_PUNCTUATION);
        return;
    }
    bool escape = class == DTL_PEN_PUNCTUATION && dtl_pen_must_escape(pen, c, rest);
    bool in_number = is_digit(c) && (pen->at_line_start || pen->line_digits > 0);
    size_t digits = in_number ? pen->line_digits + 1 : 0;
    if (escape)
        dtl_buf_add_char(pen->out, '\\');
    dtl_buf_add_char(pen->out, c);
    wrote(pen, class);
    pen->last_size = 1;
    pen->last_is_exclamation = c == '!' && !escape;
    pen->line_digits = digits;
}

static void write_other(dtl_pen *pen, uint32_t character, dtl_str bytes)
{
    dtl_pen_class class = class_of(character);
    if (prepare(pen, class)) {
        add_reference(pen->out, character);
        wrote(pen, DTL_PEN_PUNCTUATION);
        return;
    }
    dtl_buf_add_str(pen->out, bytes);
    wrote(pen, class);
    pen->last_size = bytes.size;
}

static void hold_space(dtl_pen *pen, dtl_str space)
{
    bool is_blank = space.size == 1;
    if (is_blank && pen->space.size > 0 && pen->space.data[pen->space.size - 1] == ' ')
        return;
    dtl_buf_add_str(&pen->space, space);
}

// The length of a run of letters inside a word, which need no thought.
static size_t plain_run(const dtl_pen *pen, dtl_str text, size_t at)
{
    if (pen->last != DTL_PEN_WORD || pen->line_digits > 0 || !is_settled(pen))
        return 0;
    size_t stop = at;
    while (stop < text.size && is_letter(text.data[stop]))
        stop++;
    return stop - at;
}

void dtl_pen_text(dtl_pen *pen, dtl_str text)
{
    for (size_t at = 0; at < text.size;) {
        char c = text.data[at];
        size_t from = at;
        size_t run = plain_run(pen, text, at);
        if (run > 0) {
            dtl_buf_add(pen->out, text.data + at, run);
            pen->last_size = 1;
            at += run;
        } else if (c == ' ') {
            hold_space(pen, dtl_str_slice(text, at, at + 1));
            at++;
        } else if (!(c & 0x80)) {
            at++;
            write_ascii(pen, c, dtl_str_slice(text, at, text.size));
        } else {
            bool valid;
            uint32_t character = dtl_utf8_next(text, &at, &valid);
            dtl_str bytes = dtl_str_slice(text, from, at);
            if (is_unicode_space(character))
                hold_space(pen, bytes);
            else
                write_other(pen, character, bytes);
        }
    }
}

static size_t longest_run(dtl_str text, char c)
{
    size_t longest = 0;
    size_t run = 0;
    for (size_t i = 0; i < text.size; i++) {
        run = text.data[i] == c ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest;
}

static void add_fence(dtl_buf *out, size_t size)
{
    for (size_t i = 0; i < size; i++)
        dtl_buf_add_char(out, '`');
}

// A cell cannot say "\|" in code in a way that all readers split alike; and in a link that begins a
// paragraph, "]:" in code makes all of it a link reference definition, which shows nothing.
static bool can_be_code(const dtl_pen *pen, dtl_str text)
{
    bool splits_cell = pen->place == DTL_PEN_CELL && dtl_str_find(text, DTL_STR("\\|")) != SIZE_MAX;
    bool ends_link = pen->is_in_link && dtl_str_find(text, DTL_STR("]")) != SIZE_MAX;
    return !splits_cell && !ends_link;
}

// Writes [text] between backticks: more of them than it holds in a row. Readers drop one space at
// both ends, so it is written where that would cost a space, or where backticks would touch.
static void write_code(dtl_pen *pen, dtl_str text)
{
    size_t fence = longest_run(text, '`') + 1;
    char first = text.data[0];
    char last = text.data[text.size - 1];
    bool is_padded = first == '`' || last == '`' || (first == ' ' && last == ' ');
    add_fence(pen->out, fence);
    if (is_padded)
        dtl_buf_add_char(pen->out, ' ');
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '|' && pen->place == DTL_PEN_CELL)
            dtl_buf_add_char(pen->out, '\\');
        dtl_buf_add_char(pen->out, text.data[i]);
    }
    if (is_padded)
        dtl_buf_add_char(pen->out, ' ');
    add_fence(pen->out, fence);
    wrote(pen, DTL_PEN_PUNCTUATION);
}

void dtl_pen_code(dtl_pen *pen, dtl_str text)
{
    if (dtl_str_trim(text).size == 0) {
        dtl_pen_text(pen, text);
        return;
    }
    bool continues = pen->code.size > 0 && pen->code_end == pen->out->size && is_settled(pen);
    size_t before = continues ? pen->code.size : 0;
    pen->code.size = before;
    dtl_buf_add_str(&pen->code, text);
    if (before > MAX_JOINED || !can_be_code(pen, dtl_buf_str(&pen->code))) {
        pen->code.size = 0;
        dtl_pen_text(pen, text);
        return;
    }
    prepare(pen, DTL_PEN_PUNCTUATION);
    if (continues)
        pen->out->size = pen->code_at;
    pen->code_at = pen->out->size;
    write_code(pen, dtl_buf_str(&pen->code));
    pen->code_end = pen->out->size;
}

void dtl_pen_mark_begin(dtl_pen *pen, dtl_pen_mark mark)
{
    pen->wanted[pen->wanted_count++] = mark;
}

void dtl_pen_mark_end(dtl_pen *pen)
{
    pen->wanted_count--;
}

void dtl_pen_link_begin(dtl_pen *pen)
{
    prepare(pen, DTL_PEN_PUNCTUATION);
    if (pen->last_is_exclamation) {
        pen->out->size--;
        DTL_BUF_LITERAL(pen->out, "\\!");
    }
    dtl_buf_add_char(pen->out, '[');
    pen->is_in_link = true;
    wrote(pen, DTL_PEN_PUNCTUATION);
}

void dtl_pen_link_end(dtl_pen *pen, dtl_str url)
{
    close_marks(pen, DTL_PEN_PUNCTUATION);
    if (!pen->has_break)
        write_space(pen);
    dtl_buf escaped = {0};
    dtl_escape_url(&escaped, url);
    DTL_BUF_LITERAL(pen->out, "](");
    for (size_t i = 0; i < escaped.size; i++) {
        if (strchr("()&", escaped.data[i]))
            dtl_buf_add_char(pen->out, '\\');
        dtl_buf_add_char(pen->out, escaped.data[i]);
    }
    dtl_buf_add_char(pen->out, ')');
    dtl_buf_release(&escaped);
    pen->is_in_link = false;
    wrote(pen, DTL_PEN_PUNCTUATION);
}
