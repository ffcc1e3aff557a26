// core/render/text.c - plain text for terminals and mail, wrapped at 72 columns.
#include "render/escape.h"
#include "render/outline.h"
#include "render/render.h"
#include "render/rules.h"
#include "render/width.h"

enum {
    COLUMNS = 72,
    MAX_CELL = 60,  // a longer cell overflows its column rather than widening it
};

// A list under way.
typedef struct list {
    bool is_tight;
    bool has_begun;
    bool is_in_tight;
    int number;
} list;

typedef struct text {
    dtl_buf *out;
    dtl_outline outline;
    size_t indents[DTL_DOC_MAX_DEPTH];
    size_t indent_count;
    size_t indent;
    list lists[DTL_DOC_MAX_DEPTH];
    size_t list_count;
    bool is_fresh;     // on the line stands nothing yet but indent and list marker
    dtl_buf inside;    // the text of the block or cell under way
    size_t link_from;  // where the link under way begins in it
    bool in_table;
    bool in_head;  // only header rows so far
    size_t column;
    size_t widths[DTL_DOC_MAX_COLUMNS];  // of the table under way
    size_t column_count;
} text;

static void add_repeated(dtl_buf *out, char c, size_t count)
{
    dtl_buf_reserve(out, count);
    for (size_t i = 0; i < count; i++)
        dtl_buf_add_char(out, c);
}

static void begin_line(text *t, bool is_tight)
{
    if (t->is_fresh) {
        t->is_fresh = false;
        return;
    }
    dtl_buf_add_str(t->out, is_tight ? DTL_STR("\n") : DTL_STR("\n\n"));
    add_repeated(t->out, ' ', t->indent);
}

static void next_line(text *t)
{
    dtl_buf_add_char(t->out, '\n');
    add_repeated(t->out, ' ', t->indent);
}

static void begin_block(text *t, const dtl_node *node)
{
    bool in_item = dtl_node_get_kind(dtl_node_get_parent(node)) == DTL_NODE_ITEM;
    begin_line(t, in_item && t->lists[t->list_count - 1].is_tight);
}

// Writes [words] in lines of at most COLUMNS columns, each word whole. Gives the widest line's.
static size_t add_wrapped(text *t, dtl_str words)
{
    size_t widest = 0;
    size_t width = 0;  // of the line so far
    for (size_t at = 0; at < words.size;) {
        if (words.data[at] == ' ' || words.data[at] == '\n') {
            bool is_break = words.data[at++] == '\n';
            if (is_break && width > 0 && at < words.size) {
                next_line(t);
                width = 0;
            }
            continue;
        }
        size_t stop = at;
        while (stop < words.size && words.data[stop] != ' ' && words.data[stop] != '\n')
            stop++;
        dtl_str word = dtl_str_slice(words, at, stop);
        size_t word_width = dtl_text_width(word);
        if (width > 0 && t->indent + width + 1 + word_width > COLUMNS) {
            next_line(t);
            width = 0;
        }
        if (width > 0)
            dtl_buf_add_char(t->out, ' ');
        dtl_buf_add_str(t->out, word);
        width += word_width + (width > 0);
        widest = width > widest ? width : widest;
        at = stop;
    }
    return widest;
}

static void enter_block(void *renderer, const dtl_node *node)
{
    text *t = renderer;
    (void)node;
    dtl_buf_clear(&t->inside);
}

static void leave_paragraph(void *renderer, const dtl_node *node)
{
    text *t = renderer;
    if (dtl_str_trim(dtl_buf_str(&t->inside)).size == 0)
        return;
    begin_block(t, node);
    add_wrapped(t, dtl_buf_str(&t->inside));
}

// The title is underlined with '=', the level below it with '-'.
static void add_heading(text *t, int level)
{
    size_t width = add_wrapped(t, dtl_buf_str(&t->inside));
    if (level > 2 || width == 0)
        return;
    next_line(t);
    add_repeated(t->out, level == 1 ? '=' : '-', width);
}

static void leave_heading(void *renderer, const dtl_node *node)
{
    text *t = renderer;
    if (dtl_str_trim(dtl_buf_str(&t->inside)).size == 0)
        return;
    begin_block(t, node);
    add_heading(t, dtl_outline_level(&t->outline, node));
}

static void enter_list(void *renderer, const dtl_node *node)
{
    text *t = renderer;
    bool in_item = dtl_node_get_kind(dtl_node_get_parent(node)) == DTL_NODE_ITEM;
    list new_list = {
        .is_tight = dtl_outline_is_tight(node),
        .is_in_tight = in_item && t->lists[t->list_count - 1].is_tight,
    };
    t->lists[t->list_count++] = new_list;
}

static void leave_list(void *renderer, const dtl_node *node)
{
    text *t = renderer;
    (void)node;
    t->list_count--;
}

static void push_indent(text *t, size_t more)
{
    t->indents[t->indent_count++] = t->indent;
    t->indent += more;
    t->is_fresh = true;
}

static void enter_item(void *renderer, const dtl_node *node)
{
    text *t = renderer;
    list *in = &t->lists[t->list_count - 1];
    begin_line(t, in->has_begun ? in->is_tight : in->is_in_tight);
    in->has_begun = true;
    size_t from = t->out->size;
    if (dtl_node_is_ordered(dtl_node_get_parent(node)))
        dtl_buf_printf(t->out, "%d. ", ++in->number);
    else
        DTL_BUF_LITERAL(t->out, "- ");
    push_indent(t, t->out->size - from);
}

static void leave_container(void *renderer, const dtl_node *node)
{
    text *t = renderer;
    (void)node;
    t->indent = t->indents[--t->indent_count];
    t->is_fresh = false;
}

static void enter_aside(void *renderer, const dtl_node *node)
{
    text *t = renderer;
    begin_block(t, node);
    DTL_BUF_LITERAL(t->out, "    ");
    push_indent(t, 4);
}

static void enter_rule(void *renderer, const dtl_node *node)
{
    text *t = renderer;
    begin_block(t, node);
    add_repeated(t->out, '-', t->indent < COLUMNS ? COLUMNS - t->indent : 1);
}

static void lines_to_spaces(dtl_buf *buf)
{
    for (size_t i = 0; i < buf->size; i++) {
        if (buf->data[i] == '\n' || buf->data[i] == '\t')
            buf->data[i] = ' ';
    }
}

static void measure_columns(text *t, const dtl_node *table)
{
    t->column_count = 0;
    for (const dtl_node *row = dtl_node_get_first(table); row; row = dtl_node_get_next(row)) {
        size_t column = 0;
        for (const dtl_node *cell = dtl_node_get_first(row); cell;
             cell = dtl_node_get_next(cell), column++) {
            dtl_buf_clear(&t->inside);
            dtl_node_add_text(&t->inside, cell);
            size_t width = dtl_text_width(dtl_buf_str(&t->inside));
            if (column == t->column_count)
                t->widths[t->column_count++] = 0;
            if (width > MAX_CELL)
                width = MAX_CELL;
            if (width > t->widths[column])
                t->widths[column] = width;
        }
    }
}

static void enter_table(void *renderer, const dtl_node *node)
{
    text *t = renderer;
    dtl_str caption = dtl_node_get_text(node);
    begin_block(t, node);
    if (dtl_str_trim(caption).size > 0) {
        add_wrapped(t, caption);
        dtl_buf_add_char(t->out, '\n');
    }
    measure_columns(t, node);
    t->in_table = true;
    t->in_head = true;
    t->is_fresh = dtl_str_trim(caption).size == 0;
}

static void leave_table(void *renderer, const dtl_node *node)
{
    text *t = renderer;
    (void)node;
    t->in_table = false;
    t->is_fresh = false;
}

static void trim_line(dtl_buf *out)
{
    while (out->size > 0 && out->data[out->size - 1] == ' ')
        out->size--;
}

static void enter_row(void *renderer, const dtl_node *node)
{
    text *t = renderer;
    (void)node;
    begin_line(t, true);
    t->column = 0;
}

static void leave_row(void *renderer, const dtl_node *node)
{
    text *t = renderer;
    trim_line(t->out);
    const dtl_node *next = dtl_node_get_next(node);
    bool ends_head = t->in_head && dtl_node_is_header(node);
    t->in_head = ends_head && next && dtl_node_is_header(next);
    if (!ends_head || t->in_head)
        return;
    next_line(t);
    for (size_t i = 0; i < t->column_count; i++) {
        add_repeated(t->out, '-', t->widths[i]);
        DTL_BUF_LITERAL(t->out, "  ");
    }
    trim_line(t->out);
}

static void leave_cell(void *renderer, const dtl_node *node)
{
    text *t = renderer;
    lines_to_spaces(&t->inside);
    dtl_str shown = dtl_buf_str(&t->inside);
    size_t width = dtl_text_width(shown);
    size_t wide = t->widths[t->column++];
    size_t padding = wide > width ? wide - width : 0;
    dtl_align align = dtl_node_get_align(node);
    size_t before = align == DTL_ALIGN_END ? padding : align == DTL_ALIGN_CENTRE ? padding / 2 : 0;
    add_repeated(t->out, ' ', before);
    dtl_buf_add_str(t->out, shown);
    add_repeated(t->out, ' ', padding - before + 2);
}

static void enter_text(void *renderer, const dtl_node *node)
{
    text *t = renderer;
    dtl_buf_add_str(&t->inside, dtl_node_get_text(node));
}

static void enter_link(void *renderer, const dtl_node *node)
{
    text *t = renderer;
    (void)node;
    t->link_from = t->inside.size;
}

// The address follows the text, unless it is the text; in tables there is no room for it.
static void leave_link(void *renderer, const dtl_node *node)
{
    text *t = renderer;
    dtl_str shown = dtl_str_slice(dtl_buf_str(&t->inside), t->link_from, t->inside.size);
    dtl_buf url = {0};
    dtl_escape_url(&url, dtl_node_get_text(node));
    if (!t->in_table && !dtl_str_equal(shown, dtl_buf_str(&url))) {
        DTL_BUF_LITERAL(&t->inside, " <");
        dtl_buf_add_str(&t->inside, dtl_buf_str(&url));
        DTL_BUF_LITERAL(&t->inside, ">");
    }
    dtl_buf_release(&url);
}

static void enter_break(void *renderer, const dtl_node *node)
{
    text *t = renderer;
    (void)node;
    dtl_buf_add_char(&t->inside, '\n');
}

const dtl_render_rules dtl_rules_text = {
    .name = "text",
    .on =
        {
            [DTL_NODE_DOCUMENT] = {dtl_render_nothing, NULL},
            [DTL_NODE_HEADING] = {enter_block, leave_heading},
            [DTL_NODE_PARAGRAPH] = {enter_block, leave_paragraph},
            [DTL_NODE_LIST] = {enter_list, leave_list},
            [DTL_NODE_ITEM] = {enter_item, leave_container},
            [DTL_NODE_TABLE] = {enter_table, leave_table},
            [DTL_NODE_ROW] = {enter_row, leave_row},
            [DTL_NODE_CELL] = {enter_block, leave_cell},
            [DTL_NODE_ASIDE] = {enter_aside, leave_container},
            [DTL_NODE_RULE] = {enter_rule, NULL},
            [DTL_NODE_TEXT] = {enter_text, NULL},
            [DTL_NODE_STRONG] = {dtl_render_nothing, NULL},
            [DTL_NODE_EMPHASIS] = {dtl_render_nothing, NULL},
            [DTL_NODE_CODE] = {enter_text, NULL},
            [DTL_NODE_LINK] = {enter_link, leave_link},
            [DTL_NODE_FACT] = {enter_text, NULL},
            [DTL_NODE_DATE] = {enter_text, NULL},
            [DTL_NODE_BREAK] = {enter_break, NULL},
        },
};

static bool render_text(const dtl_doc *doc, const dtl_render_options *options, dtl_buf *out,
                        dtl_error *err)
{
    (void)err;
    size_t start = out->size;
    text t = {.out = out, .outline = dtl_outline_of(doc), .is_fresh = true};
    dtl_str title = dtl_doc_get_meta(doc)->title;
    if (!options->fragment && !t.outline.title && title.size > 0) {
        begin_line(&t, true);
        dtl_buf_add_str(&t.inside, title);
        add_heading(&t, 1);
    }
    dtl_render_walk(&dtl_rules_text, &t, dtl_doc_get_root(doc));
    dtl_doc *sources = dtl_outline_sources(&t.outline, doc);
    if (sources)
        dtl_render_walk(&dtl_rules_text, &t, dtl_doc_get_root(sources));
    dtl_doc_free(sources);
    if (out->size > start)
        dtl_buf_add_char(out, '\n');
    dtl_buf_release(&t.inside);
    return true;
}

const dtl_renderer dtl_renderer_text = {
    .name = "text",
    .extensions = "txt text",
    .media_type = "text/plain; charset=utf-8",
    .render = render_text,
};
