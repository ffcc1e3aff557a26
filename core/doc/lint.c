// core/doc/lint.c - what a bulletin must never say, found before it is rendered.
#include "doc/lint.h"

#include "base/utf8.h"

enum {
    SHOWN_MAX = 60,      // bytes of a text in a finding
    SENTENCE_WORDS = 8,  // a list item of at least as many words is a sentence
};

// A block's text, and for each of its bytes what it is: a kind of node, or LITERAL.
enum {
    LITERAL = DTL_NODE_KINDS
};

typedef struct lint {
    dtl_buf *out;
    size_t findings;
    size_t counts[DTL_NODE_KINDS];  // blocks of each kind met so far
    const dtl_node *block;
    dtl_buf text;
    dtl_buf kinds;
} lint;

// Adds a finding about [shown], which may be empty.
static void find(lint *l, dtl_str shown, const char *what)
{
    dtl_node_kind kind = dtl_node_get_kind(l->block);
    dtl_buf_printf(l->out, "%s %zu: ", dtl_node_kind_name(kind), l->counts[kind]);
    if (shown.size > 0) {
        dtl_buf_add_char(l->out, '\'');
        dtl_utf8_add_visible(l->out, dtl_utf8_cut(shown, SHOWN_MAX), false);
        DTL_BUF_LITERAL(l->out, "' ");
    }
    dtl_buf_printf(l->out, "%s\n", what);
    l->findings++;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c & 0x80);
}

static dtl_str slice(const lint *l, size_t from, size_t to)
{
    return dtl_str_slice(dtl_buf_str(&l->text), from, to);
}

static char char_at(const lint *l, size_t at)
{
    return at < l->text.size ? l->text.data[at] : '\0';
}

static int kind_at(const lint *l, size_t at)
{
    return l->kinds.data ? l->kinds.data[at] : LITERAL;
}

// Where the word that starts at [at] ends.
static size_t word_end(const lint *l, size_t at)
{
    while (is_letter(char_at(l, at)))
        at++;
    return at;
}

// Where the number that starts at [at] ends: digits, with commas and points between them.
static size_t number_end(const lint *l, size_t at)
{
    size_t end = at;
    for (; is_digit(char_at(l, at)) || char_at(l, at) == ',' || char_at(l, at) == '.'; at++) {
        if (is_digit(char_at(l, at)))
            end = at + 1;
    }
    return end;
}

static void check_word(lint *l, dtl_str word)
{
    static const char *const never[] = {"nil", "nan", "NaN", "inf"};
    for (size_t i = 0; i < DTL_COUNT(never); i++) {
        if (dtl_str_equal(word, dtl_str_from(never[i])))
            find(l, word, "is no word for a reader");
    }
}

// Whether the number has decimals and all of them are zero.
static bool ends_in_zeros(dtl_str number)
{
    size_t point = dtl_str_find(number, DTL_STR("."));
    if (point == SIZE_MAX)
        return false;
    for (size_t i = point + 1; i < number.size; i++) {
        if (number.data[i] != '0')
            return false;
    }
    return true;
}

// What one of anything is not called, and what nothing is not.
static void check_agreement(lint *l, size_t from, size_t to)
{
    static const char *const plurals[] = {" people",   " persons",  " boats",     " deaths",
                                          " days",     " weeks",    " months",    " years",
                                          " arrivals", " migrants", " crossings", " events",
                                          " places",   " attempts", " times"};
    static const char *const changes[] = {" per cent higher", " per cent lower", " per cent up",
                                          " per cent down",   " per cent more",  " per cent fewer",
                                          "% higher",         "% lower",         "% up",
                                          "% down",           "% more",          "% fewer"};
    dtl_str number = slice(l, from, to);
    bool is_one = dtl_str_equal(number, DTL_STR("1"));
    bool is_none = dtl_str_equal(number, DTL_STR("0"));
    const char *const *wrong = is_one ? plurals : changes;
    size_t count = is_one ? DTL_COUNT(plurals) : is_none ? DTL_COUNT(changes) : 0;
    for (size_t i = 0; i < count; i++) {
        size_t end = to + strlen(wrong[i]);
        if (dtl_str_equal(slice(l, to, end), dtl_str_from(wrong[i])) && !is_letter(char_at(l, end)))
            find(l, slice(l, from, end), is_one ? "is not how one is counted" : "says nothing");
    }
}

static void check_number(lint *l, size_t from, size_t to)
{
    bool is_prose = dtl_node_get_kind(l->block) != DTL_NODE_CELL;
    if (kind_at(l, from) == DTL_NODE_TEXT && is_prose)
        find(l, slice(l, from, to), "is no fact: compute it, or mark it as literal");
    if (kind_at(l, from) != LITERAL && ends_in_zeros(slice(l, from, to)))
        find(l, slice(l, from, to), "has decimals that say nothing");
    check_agreement(l, from, to);
}

// A letter or digit before a number makes it part of a name: "A20", "v3.0".
static void check_words(lint *l)
{
    for (size_t at = 0; at < l->text.size;) {
        size_t from = at;
        bool is_code = kind_at(l, at) == DTL_NODE_CODE;
        if (!is_code && is_letter(char_at(l, at))) {
            at = word_end(l, at);
            check_word(l, slice(l, from, at));
            if (is_digit(char_at(l, at)))
                at = number_end(l, at);
        } else if (!is_code && is_digit(char_at(l, at))) {
            at = number_end(l, at);
            check_number(l, from, at);
        } else {
            at++;
        }
    }
}

// What a clause that was left out leaves behind.
static void check_gaps(lint *l)
{
    static const struct {
        const char *gap, *what;
    } gaps[] = {
        {"  ", "there is a double space"},
        {" ,", "there is a space before a comma"},
        {" .", "there is a space before a full stop"},
        {",,", "there is nothing between two commas"},
        {",.", "there is nothing behind a comma"},
        {"()", "there is nothing in brackets"},
    };
    for (size_t i = 0; i < DTL_COUNT(gaps); i++) {
        size_t at = dtl_str_find(dtl_buf_str(&l->text), dtl_str_from(gaps[i].gap));
        bool is_ellipsis = at != SIZE_MAX && char_at(l, at + 2) == '.';
        if (at != SIZE_MAX && kind_at(l, at) != DTL_NODE_CODE && !is_ellipsis)
            find(l, (dtl_str){0}, gaps[i].what);
    }
}

static size_t count_words(dtl_str text)
{
    size_t count = text.size > 0;
    for (size_t i = 0; i < text.size; i++)
        count += text.data[i] == ' ';
    return count;
}

// The text without spaces, quotation marks and brackets at its end.
static dtl_str trim_closers(dtl_str text)
{
    static const char *const closers[] = {" ", "\n", "\"", "'", ")", "]", "”", "’", "»"};
    for (size_t i = 0; i < DTL_COUNT(closers); i++) {
        if (!dtl_str_ends(text, dtl_str_from(closers[i])))
            continue;
        text.size -= strlen(closers[i]);
        i = SIZE_MAX;  // from the first again
    }
    return text;
}

// A colon ends what introduces a list or a table.
static void check_full_stop(lint *l)
{
    static const char *const stops[] = {".", "!", "?", "…"};
    const dtl_node *next = dtl_node_get_next(l->block);
    bool introduces = next && dtl_node_get_kind(next) != DTL_NODE_PARAGRAPH;
    dtl_str text = trim_closers(dtl_buf_str(&l->text));
    bool in_item = dtl_node_get_kind(dtl_node_get_parent(l->block)) == DTL_NODE_ITEM;
    if (in_item && count_words(text) < SENTENCE_WORDS)
        return;
    for (size_t i = 0; i < DTL_COUNT(stops); i++) {
        if (dtl_str_ends(text, dtl_str_from(stops[i])))
            return;
    }
    if (introduces && dtl_str_ends(text, DTL_STR(":")))
        return;
    size_t from = text.size > SHOWN_MAX / 2 ? text.size - SHOWN_MAX / 2 : 0;
    while (from < text.size && text.data[from] != ' ' && from > 0)
        from++;
    find(l, dtl_str_trim(dtl_str_slice(text, from, text.size)), "has no full stop");
}

static void begin_block(lint *l, const dtl_node *node)
{
    l->block = node;
    l->counts[dtl_node_get_kind(node)]++;
    dtl_buf_clear(&l->text);
    dtl_buf_clear(&l->kinds);
}

static void add_text(lint *l, const dtl_node *node)
{
    dtl_node_kind kind = dtl_node_get_kind(node);
    if (kind == DTL_NODE_LINK)
        return;
    dtl_str text = kind == DTL_NODE_BREAK ? DTL_STR("\n") : dtl_node_get_text(node);
    dtl_buf_add_str(&l->text, text);
    for (size_t i = 0; i < text.size; i++)
        dtl_buf_add_char(&l->kinds, (char)(dtl_node_is_literal(node) ? LITERAL : (int)kind));
}

static void end_block(lint *l)
{
    dtl_node_kind kind = dtl_node_get_kind(l->block);
    bool is_empty = dtl_str_trim(dtl_buf_str(&l->text)).size == 0;
    if (is_empty && kind != DTL_NODE_CELL)
        find(l, (dtl_str){0}, "there is nothing in it");
    if (is_empty)
        return;
    check_words(l);
    check_gaps(l);
    bool ends_in_code = kind_at(l, l->kinds.size - 1) == DTL_NODE_CODE;
    if (kind == DTL_NODE_PARAGRAPH && !ends_in_code)
        check_full_stop(l);
}

size_t dtl_doc_lint(const dtl_doc *doc, dtl_buf *out)
{
    lint l = {.out = out};
    dtl_walk walk = dtl_walk_start(dtl_doc_get_root(doc));
    while (dtl_walk_next(&walk)) {
        dtl_node_kind kind = dtl_node_get_kind(walk.node);
        bool is_block =
            kind == DTL_NODE_PARAGRAPH || kind == DTL_NODE_HEADING || kind == DTL_NODE_CELL;
        if (dtl_node_kind_is_inline(kind)) {
            if (walk.entering)
                add_text(&l, walk.node);
        } else if (is_block && walk.entering) {
            begin_block(&l, walk.node);
        } else if (is_block) {
            end_block(&l);
        }
    }
    dtl_buf_release(&l.text);
    dtl_buf_release(&l.kinds);
    return l.findings;
}
