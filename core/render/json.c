// core/render/json.c - the tree and the ledger, for programs.
//
// {"title":..., "lang":..., "report":..., "style":..., "date":..., "summary":..., "blocks":[...],
// "ledger":[...], "sources":[...]}. A node is {"kind":..., what its kind has, "content":[...]}.
#include "render/ledger_json.h"
#include "render/outline.h"
#include "render/render.h"
#include "render/rules.h"

// An object and an array a level, and the document's own two around them.
_Static_assert(2 * DTL_DOC_MAX_DEPTH <= DTL_JSON_DEPTH_MAX, "the tree fits the writer");

typedef struct json {
    dtl_json to;
    dtl_outline outline;
} json;

static void begin_node(json *j, const dtl_node *node)
{
    const char *kind = dtl_node_kind_name(dtl_node_get_kind(node));
    dtl_json_begin_object(&j->to);
    dtl_json_put_string(&j->to, "kind", dtl_str_from(kind));
}

static void begin_content(json *j)
{
    dtl_json_key(&j->to, DTL_STR("content"));
    dtl_json_begin_array(&j->to);
}

static void enter_node(void *renderer, const dtl_node *node)
{
    json *j = renderer;
    begin_node(j, node);
    begin_content(j);
}

static void leave_node(void *renderer, const dtl_node *node)
{
    json *j = renderer;
    (void)node;
    dtl_json_end_array(&j->to);
    dtl_json_end_object(&j->to);
}

static void enter_heading(void *renderer, const dtl_node *node)
{
    json *j = renderer;
    begin_node(j, node);
    dtl_json_put_int(&j->to, "level", dtl_outline_level(&j->outline, node));
    begin_content(j);
}

static void enter_list(void *renderer, const dtl_node *node)
{
    json *j = renderer;
    begin_node(j, node);
    dtl_json_put_bool(&j->to, "ordered", dtl_node_is_ordered(node));
    begin_content(j);
}

static void enter_table(void *renderer, const dtl_node *node)
{
    json *j = renderer;
    begin_node(j, node);
    dtl_json_put_string(&j->to, "caption", dtl_node_get_text(node));
    begin_content(j);
}

static void enter_row(void *renderer, const dtl_node *node)
{
    json *j = renderer;
    begin_node(j, node);
    dtl_json_put_bool(&j->to, "header", dtl_node_is_header(node));
    begin_content(j);
}

static void enter_cell(void *renderer, const dtl_node *node)
{
    static const char *const aligns[] = {
        [DTL_ALIGN_START] = "start",
        [DTL_ALIGN_END] = "end",
        [DTL_ALIGN_CENTRE] = "centre",
    };
    json *j = renderer;
    begin_node(j, node);
    dtl_json_put_bool(&j->to, "header", dtl_node_is_header(node));
    dtl_json_put_string(&j->to, "align", dtl_str_from(aligns[dtl_node_get_align(node)]));
    begin_content(j);
}

static void enter_aside(void *renderer, const dtl_node *node)
{
    json *j = renderer;
    bool is_source = dtl_node_get_role(node) == DTL_ASIDE_SOURCE;
    begin_node(j, node);
    dtl_json_put_string(&j->to, "role", is_source ? DTL_STR("source") : DTL_STR("note"));
    begin_content(j);
}

static void enter_leaf(void *renderer, const dtl_node *node)
{
    json *j = renderer;
    begin_node(j, node);
    dtl_json_end_object(&j->to);
}

static void enter_text(void *renderer, const dtl_node *node)
{
    json *j = renderer;
    begin_node(j, node);
    dtl_json_put_string(&j->to, "text", dtl_node_get_text(node));
    dtl_json_end_object(&j->to);
}

static void enter_link(void *renderer, const dtl_node *node)
{
    json *j = renderer;
    begin_node(j, node);
    dtl_json_put_string(&j->to, "url", dtl_node_get_text(node));
    begin_content(j);
}

static void enter_fact(void *renderer, const dtl_node *node)
{
    json *j = renderer;
    begin_node(j, node);
    dtl_json_put_string(&j->to, "text", dtl_node_get_text(node));
    dtl_json_put_string(&j->to, "fact", dtl_node_get_fact(node)->id);
    dtl_json_end_object(&j->to);
}

static void enter_date(void *renderer, const dtl_node *node)
{
    json *j = renderer;
    dtl_buf date = {0};
    dtl_date_add(&date, dtl_node_get_date(node));
    begin_node(j, node);
    dtl_json_put_string(&j->to, "text", dtl_node_get_text(node));
    dtl_json_put_string(&j->to, "date", dtl_buf_str(&date));
    dtl_json_end_object(&j->to);
    dtl_buf_release(&date);
}

const dtl_render_rules dtl_rules_json = {
    .name = "json",
    .on =
        {
            [DTL_NODE_DOCUMENT] = {dtl_render_nothing, NULL},
            [DTL_NODE_HEADING] = {enter_heading, leave_node},
            [DTL_NODE_PARAGRAPH] = {enter_node, leave_node},
            [DTL_NODE_LIST] = {enter_list, leave_node},
            [DTL_NODE_ITEM] = {enter_node, leave_node},
            [DTL_NODE_TABLE] = {enter_table, leave_node},
            [DTL_NODE_ROW] = {enter_row, leave_node},
            [DTL_NODE_CELL] = {enter_cell, leave_node},
            [DTL_NODE_ASIDE] = {enter_aside, leave_node},
            [DTL_NODE_RULE] = {enter_leaf, NULL},
            [DTL_NODE_TEXT] = {enter_text, NULL},
            [DTL_NODE_STRONG] = {enter_node, leave_node},
            [DTL_NODE_EMPHASIS] = {enter_node, leave_node},
            [DTL_NODE_CODE] = {enter_text, NULL},
            [DTL_NODE_LINK] = {enter_link, leave_node},
            [DTL_NODE_FACT] = {enter_fact, NULL},
            [DTL_NODE_DATE] = {enter_date, NULL},
            [DTL_NODE_BREAK] = {enter_leaf, NULL},
        },
};

static bool render_json(const dtl_doc *doc, const dtl_render_options *options, dtl_buf *out,
                        dtl_error *err)
{
    (void)options;
    (void)err;
    json j = {.outline = dtl_outline_of(doc)};
    dtl_json_init(&j.to, out);
    dtl_json_begin_object(&j.to);
    dtl_ledger_put_meta(&j.to, doc);
    dtl_json_key(&j.to, DTL_STR("blocks"));
    dtl_json_begin_array(&j.to);
    dtl_render_walk(&dtl_rules_json, &j, dtl_doc_get_root(doc));
    dtl_json_end_array(&j.to);
    dtl_ledger_put(&j.to, doc);
    dtl_json_end_object(&j.to);
    dtl_buf_add_char(out, '\n');
    return true;
}

const dtl_renderer dtl_renderer_json = {
    .name = "json",
    .extensions = "json",
    .media_type = "application/json",
    .render = render_json,
};
