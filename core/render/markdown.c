// core/render/markdown.c - CommonMark with GitHub's tables.
//
// A block is written without its last line end; the next one begins with what must stand between
// them. The prefix is what every line starts with inside the containers around a block.
#include "render/markdown_pen.h"
#include "render/outline.h"
#include "render/render.h"
#include "render/rules.h"

// A list under way.
typedef struct list {
    bool is_tight;     // no blank lines between its items
    bool has_begun;    // an item was written
    bool is_in_tight;  // the list itself stands in an item of a tight one
    char sign;
    int number;
} list;

// What is restored when a block turns out to be empty, so that it leaves no blank lines.
typedef struct place {
    size_t size;
    bool is_fresh;
    char after_list;
} place;

typedef struct markdown {
    dtl_buf *out;
    dtl_outline outline;
    dtl_pen pen;
    dtl_buf prefix;
    size_t prefix_sizes[DTL_DOC_MAX_DEPTH];
    size_t prefix_count;
    list lists[DTL_DOC_MAX_DEPTH];
    size_t list_count;
    bool is_fresh;    // on the line stands nothing yet but prefix and list marker
    char after_list;  // the sign of the list that ended just here, or 0
    place before;     // the block under way
    size_t inside_at;
    size_t columns;  // of the table under way
} markdown;

static void trim_end(dtl_buf *out, size_t from)
{
    while (out->size > from && out->data[out->size - 1] == ' ')
        out->size--;
}

// Begins a line for a block, with a blank one before it unless [is_tight].
static void begin_line(markdown *m, bool is_tight)
{
    m->after_list = 0;
    if (m->is_fresh) {
        m->is_fresh = false;
        return;
    }
    dtl_buf_add_char(m->out, '\n');
    if (!is_tight) {
        size_t from = m->out->size;
        dtl_buf_add_str(m->out, dtl_buf_str(&m->prefix));
        trim_end(m->out, from);
        dtl_buf_add_char(m->out, '\n');
    }
    dtl_buf_add_str(m->out, dtl_buf_str(&m->prefix));
}

static void begin_block(markdown *m, const dtl_node *node)
{
    bool in_item = dtl_node_get_kind(dtl_node_get_parent(node)) == DTL_NODE_ITEM;
    m->before = (place){m->out->size, m->is_fresh, m->after_list};
    begin_line(m, in_item && m->lists[m->list_count - 1].is_tight);
}

static void begin_pen(markdown *m, dtl_pen_place where)
{
    m->inside_at = m->out->size;
    dtl_pen_begin(&m->pen, where, dtl_buf_str(&m->prefix));
}

// Ends the pen, and takes back the block if nothing was written in it.
static void end_block(markdown *m)
{
    dtl_pen_end(&m->pen);
    if (m->out->size > m->inside_at)
        return;
    m->out->size = m->before.size;
    m->is_fresh = m->before.is_fresh;
    m->after_list = m->before.after_list;
}

static void push_prefix(markdown *m, dtl_str more)
{
    m->prefix_sizes[m->prefix_count++] = m->prefix.size;
    dtl_buf_add_str(&m->prefix, more);
}

static void pop_prefix(markdown *m)
{
    m->prefix.size = m->prefix_sizes[--m->prefix_count];
}

static void add_heading_sign(markdown *m, int level)
{
    for (; level > 0; level--)
        dtl_buf_add_char(m->out, '#');
    dtl_buf_add_char(m->out, ' ');
    begin_pen(m, DTL_PEN_HEADING);
}

static void enter_heading(void *renderer, const dtl_node *node)
{
    markdown *m = renderer;
    begin_block(m, node);
    add_heading_sign(m, dtl_outline_level(&m->outline, node));
}

static void enter_paragraph(void *renderer, const dtl_node *node)
{
    markdown *m = renderer;
    begin_block(m, node);
    begin_pen(m, DTL_PEN_PARAGRAPH);
}

static void leave_block(void *renderer, const dtl_node *node)
{
    (void)node;
    end_block(renderer);
}

// Signs change from level to level ("- - -" would be a rule), and between a list and one right
// behind it, which would else be read as one.
static char list_sign(const markdown *m, bool ordered)
{
    if (ordered)
        return m->after_list == '.' ? ')' : '.';
    char usual = m->list_count % 2 == 0 ? '-' : '*';
    return m->after_list == usual ? '+' : usual;
}

static void enter_list(void *renderer, const dtl_node *node)
{
    markdown *m = renderer;
    bool in_item = dtl_node_get_kind(dtl_node_get_parent(node)) == DTL_NODE_ITEM;
    list new_list = {
        .is_tight = dtl_outline_is_tight(node),
        .is_in_tight = in_item && m->lists[m->list_count - 1].is_tight,
        .sign = list_sign(m, dtl_node_is_ordered(node)),
    };
    m->lists[m->list_count++] = new_list;
}

static void leave_list(void *renderer, const dtl_node *node)
{
    markdown *m = renderer;
    (void)node;
    list *ended = &m->lists[--m->list_count];
    if (ended->has_begun)
        m->after_list = ended->sign;
}

static void enter_item(void *renderer, const dtl_node *node)
{
    static const dtl_str spaces = {"                ", 16};
    markdown *m = renderer;
    list *in = &m->lists[m->list_count - 1];
    begin_line(m, in->has_begun ? in->is_tight : in->is_in_tight);
    in->has_begun = true;
    size_t from = m->out->size;
    if (dtl_node_is_ordered(dtl_node_get_parent(node)))
        dtl_buf_printf(m->out, "%d", ++in->number);
    dtl_buf_add_char(m->out, in->sign);
    dtl_buf_add_char(m->out, ' ');
    push_prefix(m, dtl_str_slice(spaces, 0, m->out->size - from));
    m->is_fresh = true;
}

static void leave_container(void *renderer, const dtl_node *node)
{
    markdown *m = renderer;
    (void)node;
    pop_prefix(m);
    if (m->is_fresh)
        trim_end(m->out, 0);
    m->is_fresh = false;
}

static void enter_aside(void *renderer, const dtl_node *node)
{
    markdown *m = renderer;
    begin_block(m, node);
    DTL_BUF_LITERAL(m->out, "> ");
    push_prefix(m, DTL_STR("> "));
    m->is_fresh = true;
}

static void enter_rule(void *renderer, const dtl_node *node)
{
    markdown *m = renderer;
    begin_block(m, node);
    DTL_BUF_LITERAL(m->out, "* * *");  // "---" at the very start would be front matter to some
}

static size_t count_cells(const dtl_node *row)
{
    size_t count = 0;
    for (const dtl_node *cell = row ? dtl_node_get_first(row) : NULL; cell;
         cell = dtl_node_get_next(cell))
        count++;
    return count;
}

static size_t count_columns(const dtl_node *table)
{
    size_t columns = 0;
    for (const dtl_node *row = dtl_node_get_first(table); row; row = dtl_node_get_next(row)) {
        size_t cells = count_cells(row);
        columns = cells > columns ? cells : columns;
    }
    return columns;
}

// Fills the header up to all columns; other rows may be short, but not empty.
static void pad_row(markdown *m, size_t cells, bool is_header)
{
    for (; cells < (is_header ? m->columns : 1); cells++)
        DTL_BUF_LITERAL(m->out, "  |");
}

static void enter_table(void *renderer, const dtl_node *node)
{
    markdown *m = renderer;
    begin_block(m, node);
    begin_pen(m, DTL_PEN_PARAGRAPH);
    dtl_pen_mark_begin(&m->pen, DTL_PEN_STRONG);
    dtl_pen_text(&m->pen, dtl_node_get_text(node));
    end_block(m);
    m->columns = count_columns(node);
    if (m->columns == 0)
        return;
    begin_line(m, false);
    const dtl_node *first = dtl_node_get_first(node);
    if (!dtl_node_is_header(first)) {
        dtl_buf_add_char(m->out, '|');
        pad_row(m, 0, true);
    }
}

// The line below the header. A column is aligned as its first figure, or as its heading.
static void add_delimiters(markdown *m, const dtl_node *header, const dtl_node *body)
{
    static const dtl_str delimiters[] = {
        [DTL_ALIGN_START] = {" --- |", 6},
        [DTL_ALIGN_END] = {" ---: |", 7},
        [DTL_ALIGN_CENTRE] = {" :---: |", 8},
    };
    const dtl_node *cell = dtl_node_get_first(body ? body : header);
    dtl_buf_add_char(m->out, '\n');
    dtl_buf_add_str(m->out, dtl_buf_str(&m->prefix));
    dtl_buf_add_char(m->out, '|');
    for (size_t i = 0; i < m->columns; i++) {
        dtl_buf_add_str(m->out, delimiters[cell ? dtl_node_get_align(cell) : DTL_ALIGN_START]);
        cell = cell ? dtl_node_get_next(cell) : NULL;
    }
}

static void enter_row(void *renderer, const dtl_node *node)
{
    markdown *m = renderer;
    bool is_first = dtl_node_get_first(dtl_node_get_parent(node)) == node;
    if (m->columns == 0)
        return;
    if (is_first && !dtl_node_is_header(node))
        add_delimiters(m, node, node);
    if (!is_first || !dtl_node_is_header(node)) {
        dtl_buf_add_char(m->out, '\n');
        dtl_buf_add_str(m->out, dtl_buf_str(&m->prefix));
    }
    dtl_buf_add_char(m->out, '|');
}

static void leave_row(void *renderer, const dtl_node *node)
{
    markdown *m = renderer;
    if (m->columns == 0)
        return;
    bool is_head =
        dtl_node_is_header(node) && dtl_node_get_first(dtl_node_get_parent(node)) == node;
    pad_row(m, count_cells(node), is_head);
    if (is_head)
        add_delimiters(m, node, dtl_node_get_next(node));
}

static void enter_cell(void *renderer, const dtl_node *node)
{
    markdown *m = renderer;
    (void)node;
    dtl_buf_add_char(m->out, ' ');
    begin_pen(m, DTL_PEN_CELL);
}

static void leave_cell(void *renderer, const dtl_node *node)
{
    markdown *m = renderer;
    (void)node;
    dtl_pen_end(&m->pen);
    DTL_BUF_LITERAL(m->out, " |");
}

static void enter_text(void *renderer, const dtl_node *node)
{
    markdown *m = renderer;
    dtl_pen_text(&m->pen, dtl_node_get_text(node));
}

static void enter_strong(void *renderer, const dtl_node *node)
{
    markdown *m = renderer;
    (void)node;
    dtl_pen_mark_begin(&m->pen, DTL_PEN_STRONG);
}

static void enter_emphasis(void *renderer, const dtl_node *node)
{
    markdown *m = renderer;
    (void)node;
    dtl_pen_mark_begin(&m->pen, DTL_PEN_EMPHASIS);
}

static void leave_mark(void *renderer, const dtl_node *node)
{
    markdown *m = renderer;
    (void)node;
    dtl_pen_mark_end(&m->pen);
}

static void enter_code(void *renderer, const dtl_node *node)
{
    markdown *m = renderer;
    dtl_pen_code(&m->pen, dtl_node_get_text(node));
}

static void enter_link(void *renderer, const dtl_node *node)
{
    markdown *m = renderer;
    (void)node;
    dtl_pen_link_begin(&m->pen);
}

static void leave_link(void *renderer, const dtl_node *node)
{
    markdown *m = renderer;
    dtl_pen_link_end(&m->pen, dtl_node_get_text(node));
}

static void enter_break(void *renderer, const dtl_node *node)
{
    markdown *m = renderer;
    (void)node;
    dtl_pen_break(&m->pen);
}

const dtl_render_rules dtl_rules_markdown = {
    .name = "markdown",
    .on =
        {
            [DTL_NODE_DOCUMENT] = {dtl_render_nothing, NULL},
            [DTL_NODE_HEADING] = {enter_heading, leave_block},
            [DTL_NODE_PARAGRAPH] = {enter_paragraph, leave_block},
            [DTL_NODE_LIST] = {enter_list, leave_list},
            [DTL_NODE_ITEM] = {enter_item, leave_container},
            [DTL_NODE_TABLE] = {enter_table, NULL},
            [DTL_NODE_ROW] = {enter_row, leave_row},
            [DTL_NODE_CELL] = {enter_cell, leave_cell},
            [DTL_NODE_ASIDE] = {enter_aside, leave_container},
            [DTL_NODE_RULE] = {enter_rule, NULL},
            [DTL_NODE_TEXT] = {enter_text, NULL},
            [DTL_NODE_STRONG] = {enter_strong, leave_mark},
            [DTL_NODE_EMPHASIS] = {enter_emphasis, leave_mark},
            [DTL_NODE_CODE] = {enter_code, NULL},
            [DTL_NODE_LINK] = {enter_link, leave_link},
            [DTL_NODE_FACT] = {enter_text, NULL},
            [DTL_NODE_DATE] = {enter_text, NULL},
            [DTL_NODE_BREAK] = {enter_break, NULL},
        },
};

static bool render_markdown(const dtl_doc *doc, const dtl_render_options *options, dtl_buf *out,
                            dtl_error *err)
{
    (void)err;
    size_t start = out->size;
    markdown m = {.out = out, .outline = dtl_outline_of(doc), .pen = {.out = out}};
    m.is_fresh = true;
    dtl_str title = dtl_doc_get_meta(doc)->title;
    if (!options->fragment && !m.outline.title && title.size > 0) {
        begin_line(&m, true);
        add_heading_sign(&m, 1);
        dtl_pen_text(&m.pen, title);
        end_block(&m);
    }
    dtl_render_walk(&dtl_rules_markdown, &m, dtl_doc_get_root(doc));
    dtl_doc *sources = dtl_outline_sources(&m.outline, doc);
    if (sources)
        dtl_render_walk(&dtl_rules_markdown, &m, dtl_doc_get_root(sources));
    dtl_doc_free(sources);
    if (out->size > start)
        dtl_buf_add_char(out, '\n');
    dtl_pen_release(&m.pen);
    dtl_buf_release(&m.prefix);
    return true;
}

const dtl_renderer dtl_renderer_markdown = {
    .name = "markdown",
    .extensions = "md markdown",
    .media_type = "text/markdown; charset=utf-8",
    .render = render_markdown,
};
