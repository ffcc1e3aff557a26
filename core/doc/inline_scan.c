// core/doc/inline_scan.c - cuts a template into pieces and pairs its marks.
//
// Openers wait on a stack. A closer takes the nearest opener of its kind; what was opened in
// between and not closed is text. The stack and every look ahead are bounded, so the time is linear
// whatever the template holds.
#include "doc/inline_scan.h"

#include <stdlib.h>

#include "base/base.h"

enum {
    MAX_FENCE = 8,   // backticks around code; a longer run is text
    MAX_MARKS = 3,   // "***both***"; a longer run is text
    MAX_URL = 2000,  // bytes of a link's address
    MAX_SLOT = 10,   // digits of a slot's number
    MAX_OPEN = 100,  // openers that wait at once; one more is text
};

// What waits for its partner.
typedef enum opener_kind {
    OPEN_STRONG,
    OPEN_STAR,
    OPEN_UNDERSCORE,
    OPEN_BRACKET,
    OPENER_KINDS,
} opener_kind;

typedef struct opener {
    opener_kind kind;
    size_t piece;
} opener;

typedef struct scanner {
    dtl_str markup;
    size_t at;
    size_t text_from;  // text not yet made a piece
    dtl_pieces *out;
    opener stack[MAX_OPEN];
    size_t depth;
    size_t waiting[OPENER_KINDS];  // how many of each are on the stack
    size_t link_end;               // a '[' before this piece would hold a link: it is text
} scanner;

static dtl_piece *add_piece(scanner *s, dtl_piece_kind kind, dtl_str text)
{
    dtl_pieces *out = s->out;
    if (out->count == out->capacity) {
        out->capacity = out->capacity ? out->capacity * 2 : 16;
        out->items = dtl_realloc_array(out->items, out->capacity, sizeof *out->items);
    }
    out->items[out->count] = (dtl_piece){.kind = kind, .text = text};
    return &out->items[out->count++];
}

// Makes a piece of the text before the cursor, and puts both ends [size] bytes further.
static void flush_text(scanner *s, size_t size)
{
    if (s->at > s->text_from)
        add_piece(s, DTL_PIECE_TEXT, dtl_str_slice(s->markup, s->text_from, s->at));
    s->at += size;
    s->text_from = s->at;
}

static char peek(const scanner *s, size_t at)
{
    return at < s->markup.size ? s->markup.data[at] : '\0';
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == '\0';
}

static bool is_alnum(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c & 0x80;
}

static bool is_punctuation(char c)
{
    return c > ' ' && c < 0x7F && !is_alnum(c);
}

// The piece stays text until its partner is found.
static void push_opener(scanner *s, opener_kind kind, size_t size)
{
    if (s->depth == MAX_OPEN) {
        s->at += size;
        return;
    }
    s->stack[s->depth++] = (opener){kind, s->out->count};
    s->waiting[kind]++;
    add_piece(s, DTL_PIECE_TEXT, dtl_str_slice(s->markup, s->at, s->at + size));
    s->at += size;
    s->text_from = s->at;
}

// Takes openers off the stack up to and including [index].
static void pop_openers(scanner *s, size_t index)
{
    while (s->depth > index)
        s->waiting[s->stack[--s->depth].kind]--;
}

static void close_pair(scanner *s, size_t index, dtl_piece_kind kind, dtl_str text)
{
    dtl_piece *open = &s->out->items[s->stack[index].piece];
    open->kind = kind;
    open->text = text;
    pop_openers(s, index);
    add_piece(s, kind, (dtl_str){0})->closing = true;
}

// The nearest waiting opener among [wanted] (bits of opener_kind), or SIZE_MAX.
static size_t find_opener(const scanner *s, unsigned wanted)
{
    bool is_there = false;
    for (unsigned kind = 0; kind < OPENER_KINDS; kind++)
        is_there = is_there || ((wanted >> kind & 1) && s->waiting[kind] > 0);
    if (!is_there)
        return SIZE_MAX;
    size_t index = s->depth - 1;
    while (!(wanted >> s->stack[index].kind & 1))
        index--;
    return index;
}

static void scan_stars(scanner *s)
{
    size_t size = 1;
    while (peek(s, s->at + size) == '*')
        size++;
    bool can_close = s->at > 0 && !is_space(s->markup.data[s->at - 1]);
    bool can_open = !is_space(peek(s, s->at + size));
    if (size > MAX_MARKS || (!can_close && !can_open)) {
        s->at += size;
        return;
    }
    flush_text(s, 0);
    while (can_close && size > 0) {
        unsigned wanted = size >= 2 ? 1u << OPEN_STRONG | 1u << OPEN_STAR : 1u << OPEN_STAR;
        size_t index = find_opener(s, wanted);
        if (index == SIZE_MAX)
            break;
        bool is_strong = s->stack[index].kind == OPEN_STRONG;
        close_pair(s, index, is_strong ? DTL_PIECE_STRONG : DTL_PIECE_EMPHASIS, (dtl_str){0});
        size -= is_strong ? 2 : 1;
        flush_text(s, is_strong ? 2 : 1);
    }
    while (can_open && size > 0) {
        size_t used = size >= 2 ? 2 : 1;
        push_opener(s, used == 2 ? OPEN_STRONG : OPEN_STAR, used);
        size -= used;
    }
    s->at += size;
}

static void scan_underscore(scanner *s)
{
    char before = s->at > 0 ? s->markup.data[s->at - 1] : '\0';
    char after = peek(s, s->at + 1);
    bool can_close = !is_space(before) && !is_alnum(after);
    bool can_open = !is_space(after) && !is_alnum(before);
    if (before == '_' || after == '_' || (!can_close && !can_open)) {
        s->at++;
        return;
    }
    size_t index = can_close ? find_opener(s, 1u << OPEN_UNDERSCORE) : SIZE_MAX;
    if (index == SIZE_MAX && !can_open) {
        s->at++;
        return;
    }
    flush_text(s, 0);
    if (index == SIZE_MAX) {
        push_opener(s, OPEN_UNDERSCORE, 1);
        return;
    }
    close_pair(s, index, DTL_PIECE_EMPHASIS, (dtl_str){0});
    flush_text(s, 1);
}

static void scan_code(scanner *s)
{
    size_t fence = 1;
    while (peek(s, s->at + fence) == '`')
        fence++;
    size_t from = s->at + fence;
    if (fence > MAX_FENCE) {
        s->at = from;
        return;
    }
    for (size_t at = from; at < s->markup.size;) {
        size_t run = 0;
        while (peek(s, at + run) == '`')
            run++;
        if (run == fence) {
            flush_text(s, at + run - s->at);
            add_piece(s, DTL_PIECE_CODE, dtl_str_slice(s->markup, from, at));
            return;
        }
        at += run ? run : 1;
    }
    s->at = from;
}

// The size of "(address)" behind a ']', or 0: no white space, parentheses balanced.
static size_t link_target(const scanner *s, size_t at, dtl_str *url)
{
    if (peek(s, at) != '(')
        return 0;
    size_t nesting = 0;
    for (size_t i = at + 1; i < s->markup.size && i - at <= MAX_URL; i++) {
        char c = s->markup.data[i];
        if (is_space(c))
            return 0;
        if (c == '(')
            nesting++;
        if (c != ')' || nesting-- > 0)
            continue;
        *url = dtl_str_slice(s->markup, at + 1, i);
        return i + 1 - at;
    }
    return 0;
}

static void scan_bracket_end(scanner *s)
{
    size_t index = find_opener(s, 1u << OPEN_BRACKET);
    dtl_str url;
    size_t target = index == SIZE_MAX ? 0 : link_target(s, s->at + 1, &url);
    if (target > 0 && s->stack[index].piece >= s->link_end) {
        flush_text(s, 0);
        close_pair(s, index, DTL_PIECE_LINK, url);
        s->link_end = s->out->count;
        flush_text(s, 1 + target);
        return;
    }
    // What was opened since the '[' may still be closed behind it, so only it is given up.
    if (index != SIZE_MAX) {
        memmove(&s->stack[index], &s->stack[index + 1], (s->depth - index - 1) * sizeof *s->stack);
        s->depth--;
        s->waiting[OPEN_BRACKET]--;
    }
    s->at++;
}

static void scan_slot(scanner *s)
{
    size_t size = 1;
    while (size <= MAX_SLOT && peek(s, s->at + size) >= '0' && peek(s, s->at + size) <= '9')
        size++;
    size_t from = s->at + 1;
    if (size == 1 || peek(s, s->at + size) != DTL_SLOT_END) {
        s->at++;
        return;
    }
    flush_text(s, size + 1);
    add_piece(s, DTL_PIECE_SLOT, dtl_str_slice(s->markup, from, from + size - 1));
}

static void scan_backslash(scanner *s)
{
    char next = peek(s, s->at + 1);
    if (next == '\n') {
        flush_text(s, 2);
        add_piece(s, DTL_PIECE_BREAK, (dtl_str){0});
    } else if (is_punctuation(next)) {
        flush_text(s, 1);
        s->at++;  // the next piece begins with it
    } else {
        s->at++;
    }
}

void dtl_inline_scan(dtl_str markup, dtl_pieces *out)
{
    scanner s = {.markup = markup, .out = out};
    while (s.at < markup.size) {
        switch (markup.data[s.at]) {
        case '\\':
            scan_backslash(&s);
            break;
        case '*':
            scan_stars(&s);
            break;
        case '_':
            scan_underscore(&s);
            break;
        case '`':
            scan_code(&s);
            break;
        case '[':
            flush_text(&s, 0);
            push_opener(&s, OPEN_BRACKET, 1);
            break;
        case ']':
            scan_bracket_end(&s);
            break;
        case DTL_SLOT_BEGIN:
            scan_slot(&s);
            break;
        default:
            s.at++;
        }
    }
    flush_text(&s, 0);
}

void dtl_pieces_release(dtl_pieces *pieces)
{
    free(pieces->items);
    *pieces = (dtl_pieces){0};
}
