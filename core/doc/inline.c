// core/doc/inline.c - an author's template and the values put into it, as nodes.
#include "doc/inline.h"

#include "base/utf8.h"
#include "doc/inline_scan.h"

enum {
    SHOWN_URL = 100,  // bytes of a refused address in a warning
};

typedef struct builder {
    dtl_node *at;     // where the next node goes
    dtl_buf text;     // text not yet made a node
    unsigned strong;  // how many of each the place is inside: a second one adds no node
    unsigned emphasis;
    unsigned link;
    const dtl_slot *slots;
    size_t slot_count;
    dtl_buf *warnings;
    dtl_error *err;
} builder;

static void builder_init(builder *b, dtl_node *parent, dtl_buf *warnings, dtl_error *err)
{
    *b = (builder){.at = parent, .warnings = warnings, .err = err};
    for (const dtl_node *node = parent; node; node = dtl_node_get_parent(node)) {
        b->strong += dtl_node_get_kind(node) == DTL_NODE_STRONG;
        b->emphasis += dtl_node_get_kind(node) == DTL_NODE_EMPHASIS;
        b->link += dtl_node_get_kind(node) == DTL_NODE_LINK;
    }
}

static bool flush_text(builder *b)
{
    if (b->text.size == 0)
        return true;
    bool ok = dtl_node_append(b->at, DTL_NODE_TEXT, dtl_buf_str(&b->text), NULL, b->err);
    dtl_buf_clear(&b->text);
    return ok;
}

static bool append(builder *b, dtl_node_kind kind, dtl_str text, dtl_node **out)
{
    return flush_text(b) && dtl_node_append(b->at, kind, text, out, b->err);
}

static void warn_refused(builder *b, dtl_str url)
{
    if (!b->warnings)
        return;
    DTL_BUF_LITERAL(b->warnings, "link to '");
    dtl_utf8_add_visible(b->warnings, dtl_utf8_cut(url, SHOWN_URL), false);
    DTL_BUF_LITERAL(b->warnings, "' left out: only http, https, mailto and relative ones go out\n");
}

static bool add_literal(builder *b, dtl_str text)
{
    dtl_node *node;
    if (!append(b, DTL_NODE_TEXT, text, &node))
        return false;
    dtl_node_set_literal(node);
    return true;
}

static bool add_link(builder *b, const dtl_run *run)
{
    dtl_node *link;
    bool is_allowed = dtl_url_is_allowed(run->url);
    if (!is_allowed)
        warn_refused(b, run->url);
    if (!is_allowed || b->link > 0) {
        dtl_buf_add_str(&b->text, run->text);
        return true;
    }
    return append(b, DTL_NODE_LINK, run->url, &link) &&
           dtl_node_append(link, DTL_NODE_TEXT, run->text, NULL, b->err);
}

static bool add_run(builder *b, const dtl_run *run)
{
    switch (run->kind) {
    case DTL_RUN_TEXT:
        dtl_buf_add_str(&b->text, run->text);
        return true;
    case DTL_RUN_LITERAL:
        return add_literal(b, run->text);
    case DTL_RUN_FACT:
        return flush_text(b) && dtl_node_append_fact(b->at, run->text, run->fact, NULL, b->err);
    case DTL_RUN_DATE:
        return flush_text(b) && dtl_node_append_date(b->at, run->text, run->date, NULL, b->err);
    case DTL_RUN_LINK:
        return add_link(b, run);
    }
    return dtl_error_set(b->err, DTL_EINTERNAL, "unknown kind of run: %d", (int)run->kind);
}

static bool add_runs(builder *b, const dtl_run *runs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!add_run(b, &runs[i]))
            return false;
    }
    return true;
}

// The slot whose number is [digits], or NULL with the error set.
static const dtl_slot *find_slot(builder *b, dtl_str digits)
{
    int64_t number;
    if (dtl_str_to_int64(digits, &number) && (uint64_t)number < b->slot_count)
        return &b->slots[number];
    dtl_error_set(b->err, DTL_EINTERNAL, "a template names slot %.*s of %zu", DTL_ARG(digits),
                  b->slot_count);
    return NULL;
}

static bool add_slot(builder *b, dtl_str digits)
{
    const dtl_slot *slot = find_slot(b, digits);
    return slot && add_runs(b, slot->runs, slot->count);
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

// A template may be written over several lines: white space that holds a line end is one space.
static void add_markup(dtl_buf *out, dtl_str text)
{
    for (size_t at = 0; at < text.size;) {
        size_t stop = at;
        bool has_line_end = false;
        for (; stop < text.size && is_space(text.data[stop]); stop++)
            has_line_end = has_line_end || text.data[stop] == '\n';
        if (has_line_end) {
            dtl_buf_add_char(out, ' ');
        } else {
            if (stop == at)
                stop++;
            dtl_buf_add_str(out, dtl_str_slice(text, at, stop));
        }
        at = stop;
    }
}

// Adds code or an address: slots in it stand for the text of their runs, and nothing is a mark.
static bool add_expanded(builder *b, dtl_buf *out, dtl_str text)
{
    while (text.size > 0) {
        size_t begin = dtl_str_find(text, DTL_STR("\x01"));
        size_t end = dtl_str_find(text, DTL_STR("\x02"));
        bool has_slot = begin < end && end != SIZE_MAX;
        add_markup(out, dtl_str_slice(text, 0, has_slot ? begin : text.size));
        if (!has_slot)
            return true;
        const dtl_slot *slot = find_slot(b, dtl_str_slice(text, begin + 1, end));
        if (!slot)
            return false;
        for (size_t i = 0; i < slot->count; i++)
            dtl_buf_add_str(out, slot->runs[i].text);
        text = dtl_str_slice(text, end + 1, text.size);
    }
    return true;
}

static bool add_code(builder *b, dtl_str text)
{
    dtl_buf code = {0};
    bool ok = add_expanded(b, &code, text) && append(b, DTL_NODE_CODE, dtl_buf_str(&code), NULL);
    dtl_buf_release(&code);
    return ok;
}

// Enters or leaves a pair of marks. Inside the same kind already, there is nothing to add.
static bool add_mark(builder *b, dtl_node_kind kind, unsigned *inside, bool closing)
{
    if (!closing)
        return (*inside)++ > 0 || append(b, kind, (dtl_str){0}, &b->at);
    if (--*inside > 0)
        return true;
    bool ok = flush_text(b);
    b->at = dtl_node_get_parent(b->at);
    return ok;
}

// A refused address leaves the text of its link: from there on it is as if inside another one.
static bool open_link(builder *b, dtl_str address)
{
    dtl_buf url = {0};
    bool ok = add_expanded(b, &url, address);
    if (ok && b->link > 0) {
        b->link++;
    } else if (ok && dtl_url_is_allowed(dtl_buf_str(&url))) {
        ok = append(b, DTL_NODE_LINK, dtl_buf_str(&url), &b->at);
        b->link++;
    } else if (ok) {
        warn_refused(b, dtl_buf_str(&url));
    }
    dtl_buf_release(&url);
    return ok;
}

static bool close_link(builder *b)
{
    if (b->link == 0)
        return true;
    return add_mark(b, DTL_NODE_LINK, &b->link, true);
}

static bool add_piece(builder *b, const dtl_piece *piece)
{
    switch (piece->kind) {
    case DTL_PIECE_TEXT:
        add_markup(&b->text, piece->text);
        return true;
    case DTL_PIECE_SLOT:
        return add_slot(b, piece->text);
    case DTL_PIECE_CODE:
        return add_code(b, piece->text);
    case DTL_PIECE_BREAK:
        return append(b, DTL_NODE_BREAK, (dtl_str){0}, NULL);
    case DTL_PIECE_STRONG:
        return add_mark(b, DTL_NODE_STRONG, &b->strong, piece->closing);
    case DTL_PIECE_EMPHASIS:
        return add_mark(b, DTL_NODE_EMPHASIS, &b->emphasis, piece->closing);
    case DTL_PIECE_LINK:
        return piece->closing ? close_link(b) : open_link(b, piece->text);
    }
    return false;
}

// Without the white space at both ends, as far as it holds a line end.
static dtl_str trim_lines(dtl_str markup)
{
    dtl_str trimmed = dtl_str_trim(markup);
    if (trimmed.size == 0)
        return dtl_str_find(markup, DTL_STR("\n")) == SIZE_MAX ? markup : trimmed;
    size_t from = (size_t)(trimmed.data - markup.data);
    size_t to = from + trimmed.size;
    if (dtl_str_find(dtl_str_slice(markup, 0, from), DTL_STR("\n")) == SIZE_MAX)
        from = 0;
    if (dtl_str_find(dtl_str_slice(markup, to, markup.size), DTL_STR("\n")) == SIZE_MAX)
        to = markup.size;
    return dtl_str_slice(markup, from, to);
}

bool dtl_inline_parse(dtl_node *parent, dtl_str markup, const dtl_slot *slots, size_t slot_count,
                      dtl_buf *warnings, dtl_error *err)
{
    builder b;
    builder_init(&b, parent, warnings, err);
    b.slots = slots;
    b.slot_count = slot_count;
    dtl_pieces pieces = {0};
    dtl_inline_scan(trim_lines(markup), &pieces);
    bool ok = true;
    for (size_t i = 0; ok && i < pieces.count; i++)
        ok = add_piece(&b, &pieces.items[i]);
    ok = ok && flush_text(&b);
    dtl_pieces_release(&pieces);
    dtl_buf_release(&b.text);
    return ok;
}

bool dtl_inline_append(dtl_node *parent, const dtl_run *runs, size_t count, dtl_buf *warnings,
                       dtl_error *err)
{
    builder b;
    builder_init(&b, parent, warnings, err);
    bool ok = add_runs(&b, runs, count) && flush_text(&b);
    dtl_buf_release(&b.text);
    return ok;
}
