// core/render/html.c - HTML: a whole accessible page, or a fragment of one.
#include "render/escape.h"
#include "render/html_page.h"
#include "render/outline.h"
#include "render/render.h"
#include "render/rules.h"

// The part of a table under way.
typedef enum section {
    NO_SECTION,
    HEAD,
    BODY,
} section;

typedef struct html {
    dtl_buf *out;
    const dtl_doc *doc;
    dtl_outline outline;
    bool is_fragment;
    bool in_header;  // the page's <header> is still open
    section section;
    bool in_header_row;
    bool in_header_cell;
} html;

// The kinds that are always the same tags.
static const struct {
    dtl_str open, close;
} tags[DTL_NODE_KINDS] = {
    [DTL_NODE_PARAGRAPH] = {{"<p>", 3}, {"</p>\n", 5}},
    [DTL_NODE_ITEM] = {{"<li>", 4}, {"</li>\n", 6}},
    [DTL_NODE_ROW] = {{"<tr>", 4}, {"</tr>\n", 6}},
    [DTL_NODE_RULE] = {{"<hr>\n", 5}, {"", 0}},
    [DTL_NODE_STRONG] = {{"<strong>", 8}, {"</strong>", 9}},
    [DTL_NODE_EMPHASIS] = {{"<em>", 4}, {"</em>", 5}},
    [DTL_NODE_LINK] = {{"", 0}, {"</a>", 4}},
    [DTL_NODE_BREAK] = {{"<br>\n", 5}, {"", 0}},
};

static void open_tag(void *renderer, const dtl_node *node)
{
    html *h = renderer;
    dtl_buf_add_str(h->out, tags[dtl_node_get_kind(node)].open);
}

static void close_tag(void *renderer, const dtl_node *node)
{
    html *h = renderer;
    dtl_buf_add_str(h->out, tags[dtl_node_get_kind(node)].close);
}

static void close_header(html *h)
{
    if (h->in_header)
        DTL_BUF_LITERAL(h->out, "</header>\n");
    h->in_header = false;
}

// The header holds the date and the title, where the title comes first or is not in the text.
static void enter_document(void *renderer, const dtl_node *node)
{
    html *h = renderer;
    const dtl_doc_meta *meta = dtl_doc_get_meta(h->doc);
    if (h->is_fragment)
        return;
    dtl_html_begin_page(h->out, h->doc);
    DTL_BUF_LITERAL(h->out, "<header>\n");
    h->in_header = true;
    if (meta->date != DTL_DATE_NONE) {
        DTL_BUF_LITERAL(h->out, "<p class=\"dateline\"><time datetime=\"");
        dtl_date_add(h->out, meta->date);
        DTL_BUF_LITERAL(h->out, "\">");
        dtl_outline_add_date(h->out, h->doc, meta->date, true);
        DTL_BUF_LITERAL(h->out, "</time></p>\n");
    }
    if (!h->outline.title) {
        DTL_BUF_LITERAL(h->out, "<h1>");
        dtl_escape_html(h->out, dtl_html_title(h->doc));
        DTL_BUF_LITERAL(h->out, "</h1>\n");
    }
    if (!h->outline.title || h->outline.title != dtl_node_get_first(node))
        close_header(h);
}

static void enter_heading(void *renderer, const dtl_node *node)
{
    html *h = renderer;
    char tag[] = {'<', 'h', (char)('0' + dtl_outline_level(&h->outline, node)), '>'};
    dtl_buf_add(h->out, tag, sizeof tag);
}

static void leave_heading(void *renderer, const dtl_node *node)
{
    html *h = renderer;
    char tag[] = {'<', '/', 'h', (char)('0' + dtl_outline_level(&h->outline, node)), '>', '\n'};
    dtl_buf_add(h->out, tag, sizeof tag);
    close_header(h);
}

static void enter_list(void *renderer, const dtl_node *node)
{
    html *h = renderer;
    dtl_buf_add_str(h->out, dtl_node_is_ordered(node) ? DTL_STR("<ol>\n") : DTL_STR("<ul>\n"));
}

static void leave_list(void *renderer, const dtl_node *node)
{
    html *h = renderer;
    dtl_buf_add_str(h->out, dtl_node_is_ordered(node) ? DTL_STR("</ol>\n") : DTL_STR("</ul>\n"));
}

static void enter_aside(void *renderer, const dtl_node *node)
{
    html *h = renderer;
    bool is_source = dtl_node_get_role(node) == DTL_ASIDE_SOURCE;
    dtl_buf_add_str(h->out, is_source ? DTL_STR("<footer>\n") : DTL_STR("<aside role=\"note\">\n"));
}

static void leave_aside(void *renderer, const dtl_node *node)
{
    html *h = renderer;
    bool is_source = dtl_node_get_role(node) == DTL_ASIDE_SOURCE;
    dtl_buf_add_str(h->out, is_source ? DTL_STR("</footer>\n") : DTL_STR("</aside>\n"));
}

// A table wider than the screen scrolls by itself; focusable, so that the keyboard can do it too.
static void enter_table(void *renderer, const dtl_node *node)
{
    html *h = renderer;
    dtl_str caption = dtl_node_get_text(node);
    h->section = NO_SECTION;
    DTL_BUF_LITERAL(h->out, "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"");
    dtl_escape_attribute(h->out, caption.size > 0 ? caption : DTL_STR("Table"));
    DTL_BUF_LITERAL(h->out, "\">\n<table>\n");
    if (caption.size > 0) {
        DTL_BUF_LITERAL(h->out, "<caption>");
        dtl_escape_html(h->out, caption);
        DTL_BUF_LITERAL(h->out, "</caption>\n");
    }
}

static void end_section(html *h)
{
    if (h->section == HEAD)
        DTL_BUF_LITERAL(h->out, "</thead>\n");
    if (h->section == BODY)
        DTL_BUF_LITERAL(h->out, "</tbody>\n");
    h->section = NO_SECTION;
}

static void leave_table(void *renderer, const dtl_node *node)
{
    html *h = renderer;
    (void)node;
    end_section(h);
    DTL_BUF_LITERAL(h->out, "</table>\n</div>\n");
}

// Header rows at the top are the head; one further down stays in the body.
static void enter_row(void *renderer, const dtl_node *node)
{
    html *h = renderer;
    h->in_header_row = dtl_node_is_header(node);
    section wanted = h->in_header_row && h->section != BODY ? HEAD : BODY;
    if (h->section != wanted) {
        end_section(h);
        dtl_buf_add_str(h->out, wanted == HEAD ? DTL_STR("<thead>\n") : DTL_STR("<tbody>\n"));
        h->section = wanted;
    }
    open_tag(h, node);
}

// What opens a cell of each kind and alignment.
typedef enum cell_kind {
    DATA_CELL,
    ROW_HEADER,
    COLUMN_HEADER,
} cell_kind;

static const dtl_str cell_tags[][3] = {
    [DATA_CELL] =
        {
            [DTL_ALIGN_START] = {"<td>", 4},
            [DTL_ALIGN_END] = {"<td class=\"end\">", 16},
            [DTL_ALIGN_CENTRE] = {"<td class=\"centre\">", 19},
        },
    [ROW_HEADER] =
        {
            [DTL_ALIGN_START] = {"<th scope=\"row\">", 16},
            [DTL_ALIGN_END] = {"<th scope=\"row\" class=\"end\">", 28},
            [DTL_ALIGN_CENTRE] = {"<th scope=\"row\" class=\"centre\">", 31},
        },
    [COLUMN_HEADER] =
        {
            [DTL_ALIGN_START] = {"<th scope=\"col\">", 16},
            [DTL_ALIGN_END] = {"<th scope=\"col\" class=\"end\">", 28},
            [DTL_ALIGN_CENTRE] = {"<th scope=\"col\" class=\"centre\">", 31},
        },
};

// An empty cell heads nothing.
static void enter_cell(void *renderer, const dtl_node *node)
{
    html *h = renderer;
    cell_kind kind = h->in_header_row           ? COLUMN_HEADER
                     : dtl_node_is_header(node) ? ROW_HEADER
                                                : DATA_CELL;
    if (kind != DATA_CELL && !dtl_node_get_first(node))
        kind = DATA_CELL;
    h->in_header_cell = kind != DATA_CELL;
    dtl_buf_add_str(h->out, cell_tags[kind][dtl_node_get_align(node)]);
}

static void leave_cell(void *renderer, const dtl_node *node)
{
    html *h = renderer;
    (void)node;
    dtl_buf_add(h->out, h->in_header_cell ? "</th>" : "</td>", 5);
}

static void enter_text(void *renderer, const dtl_node *node)
{
    html *h = renderer;
    dtl_escape_html(h->out, dtl_node_get_text(node));
}

static void enter_code(void *renderer, const dtl_node *node)
{
    html *h = renderer;
    DTL_BUF_LITERAL(h->out, "<code>");
    dtl_escape_html(h->out, dtl_node_get_text(node));
    DTL_BUF_LITERAL(h->out, "</code>");
}

static void enter_link(void *renderer, const dtl_node *node)
{
    html *h = renderer;
    dtl_buf url = {0};
    dtl_escape_url(&url, dtl_node_get_text(node));
    DTL_BUF_LITERAL(h->out, "<a href=\"");
    dtl_escape_attribute(h->out, dtl_buf_str(&url));
    DTL_BUF_LITERAL(h->out, "\">");
    dtl_buf_release(&url);
}

// Every figure carries its exact value and its place in the ledger.
static void enter_fact(void *renderer, const dtl_node *node)
{
    html *h = renderer;
    const dtl_ledger_entry *entry = dtl_node_get_fact(node);
    bool is_date = entry->fact->kind == DTL_FACT_DATE;
    if (is_date) {
        DTL_BUF_LITERAL(h->out, "<time datetime=\"");
        dtl_date_add(h->out, entry->fact->date_value);
    } else {
        DTL_BUF_LITERAL(h->out, "<data value=\"");
        dtl_number_add_decimal(h->out, entry->fact->value);
    }
    DTL_BUF_LITERAL(h->out, "\" data-fact=\"");
    dtl_buf_add_str(h->out, entry->id);
    DTL_BUF_LITERAL(h->out, "\">");
    dtl_escape_html(h->out, dtl_node_get_text(node));
    dtl_buf_add_str(h->out, is_date ? DTL_STR("</time>") : DTL_STR("</data>"));
}

static void enter_date(void *renderer, const dtl_node *node)
{
    html *h = renderer;
    DTL_BUF_LITERAL(h->out, "<time datetime=\"");
    dtl_date_add(h->out, dtl_node_get_date(node));
    DTL_BUF_LITERAL(h->out, "\">");
    dtl_escape_html(h->out, dtl_node_get_text(node));
    DTL_BUF_LITERAL(h->out, "</time>");
}

const dtl_render_rules dtl_rules_html = {
    .name = "html",
    .on =
        {
            [DTL_NODE_DOCUMENT] = {enter_document, NULL},
            [DTL_NODE_HEADING] = {enter_heading, leave_heading},
            [DTL_NODE_PARAGRAPH] = {open_tag, close_tag},
            [DTL_NODE_LIST] = {enter_list, leave_list},
            [DTL_NODE_ITEM] = {open_tag, close_tag},
            [DTL_NODE_TABLE] = {enter_table, leave_table},
            [DTL_NODE_ROW] = {enter_row, close_tag},
            [DTL_NODE_CELL] = {enter_cell, leave_cell},
            [DTL_NODE_ASIDE] = {enter_aside, leave_aside},
            [DTL_NODE_RULE] = {open_tag, NULL},
            [DTL_NODE_TEXT] = {enter_text, NULL},
            [DTL_NODE_STRONG] = {open_tag, close_tag},
            [DTL_NODE_EMPHASIS] = {open_tag, close_tag},
            [DTL_NODE_CODE] = {enter_code, NULL},
            [DTL_NODE_LINK] = {enter_link, close_tag},
            [DTL_NODE_FACT] = {enter_fact, NULL},
            [DTL_NODE_DATE] = {enter_date, NULL},
            [DTL_NODE_BREAK] = {open_tag, NULL},
        },
};

static bool render_html(const dtl_doc *doc, const dtl_render_options *options, dtl_buf *out,
                        dtl_error *err)
{
    (void)err;
    html h = {
        .out = out,
        .doc = doc,
        .outline = dtl_outline_of(doc),
        .is_fragment = options->fragment,
    };
    dtl_render_walk(&dtl_rules_html, &h, dtl_doc_get_root(doc));
    dtl_doc *sources = dtl_outline_sources(&h.outline, doc);
    if (sources)
        dtl_render_walk(&dtl_rules_html, &h, dtl_node_get_first(dtl_doc_get_root(sources)));
    dtl_doc_free(sources);
    if (!h.is_fragment)
        dtl_html_end_page(out, doc);
    return true;
}

const dtl_renderer dtl_renderer_html = {
    .name = "html",
    .extensions = "html htm",
    .media_type = "text/html; charset=utf-8",
    .render = render_html,
};
