// core/render/outline.c - what all renderers agree on.
#include "render/outline.h"

#include <assert.h>

#include "doc/inline.h"

dtl_outline dtl_outline_of(const dtl_doc *doc)
{
    dtl_outline outline = {0};
    const dtl_node *root = dtl_doc_get_root(doc);
    for (const dtl_node *node = dtl_node_get_first(root); node; node = dtl_node_get_next(node)) {
        dtl_node_kind kind = dtl_node_get_kind(node);
        if (kind == DTL_NODE_HEADING && dtl_node_get_level(node) == 1 && !outline.title)
            outline.title = node;
        if (kind == DTL_NODE_ASIDE && dtl_node_get_role(node) == DTL_ASIDE_SOURCE)
            outline.names_sources = true;
    }
    return outline;
}

int dtl_outline_level(const dtl_outline *outline, const dtl_node *heading)
{
    int level = dtl_node_get_level(heading);
    return heading == outline->title ? 1 : level < 2 ? 2 : level;
}

// Whether nothing below [node] can be seen.
static bool is_blank(const dtl_node *node)
{
    dtl_walk walk = dtl_walk_start(node);
    while (dtl_walk_next(&walk)) {
        if (walk.entering && dtl_str_trim(dtl_node_get_text(walk.node)).size > 0)
            return false;
    }
    return true;
}

static bool is_tight_item(const dtl_node *item)
{
    const dtl_node *first = dtl_node_get_first(item);
    const dtl_node *second = first ? dtl_node_get_next(first) : NULL;
    if (!second)
        return true;
    if (dtl_node_get_kind(first) != DTL_NODE_PARAGRAPH ||
        dtl_node_get_kind(second) != DTL_NODE_LIST || dtl_node_get_next(second))
        return false;
    const dtl_node *inner = dtl_node_get_first(second);
    return inner && !is_blank(inner);
}

bool dtl_outline_is_tight(const dtl_node *list)
{
    for (const dtl_node *item = dtl_node_get_first(list); item; item = dtl_node_get_next(item)) {
        if (!is_tight_item(item))
            return false;
    }
    return true;
}

void dtl_outline_add_date(dtl_buf *out, const dtl_doc *doc, dtl_date date, bool weekday)
{
    if (!dtl_str_starts(dtl_doc_get_meta(doc)->lang, DTL_STR("en"))) {
        dtl_date_add(out, date);
        return;
    }
    dtl_civil civil = dtl_date_civil(date);
    if (weekday)
        dtl_buf_printf(out, "%s ", dtl_date_weekday_name(dtl_date_weekday(date)));
    dtl_buf_printf(out, "%d %s %d", civil.day, dtl_date_month_name(civil.month), civil.year);
}

// Builds the document of the sources. The first failure ends it: what follows does nothing.
typedef struct teller {
    dtl_node *at;
    bool ok;
    dtl_error err;
} teller;

static dtl_node *add(teller *t, dtl_node *parent, dtl_node_kind kind, dtl_str text)
{
    dtl_node *node = parent;
    t->ok = t->ok && dtl_node_append(parent, kind, text, &node, &t->err);
    return node;
}

static void add_sentence(teller *t, dtl_str text)
{
    if (text.size == 0)
        return;
    add(t, t->at, DTL_NODE_TEXT, DTL_STR(" "));
    add(t, t->at, DTL_NODE_TEXT, text);
    if (!dtl_str_ends(text, DTL_STR(".")))
        add(t, t->at, DTL_NODE_TEXT, DTL_STR("."));
}

// "Home Office, [title](homepage), published 21 August 2026. Provisional. Licence."
static void tell_source(teller *t, const dtl_doc *doc, const dtl_doc_source *source)
{
    dtl_str title = source->title.size ? source->title : source->dataset;
    if (source->publisher.size) {
        add(t, t->at, DTL_NODE_TEXT, source->publisher);
        add(t, t->at, DTL_NODE_TEXT, DTL_STR(", "));
    }
    bool has_link = dtl_url_is_allowed(source->homepage);
    dtl_node *link = has_link ? add(t, t->at, DTL_NODE_LINK, source->homepage) : t->at;
    add(t, link, DTL_NODE_TEXT, title);
    if (source->published != DTL_DATE_NONE) {
        dtl_buf words = {0};
        dtl_outline_add_date(&words, doc, source->published, false);
        add(t, t->at, DTL_NODE_TEXT, DTL_STR(", published "));
        t->ok = t->ok &&
                dtl_node_append_date(t->at, dtl_buf_str(&words), source->published, NULL, &t->err);
        dtl_buf_release(&words);
    }
    add(t, t->at, DTL_NODE_TEXT, DTL_STR("."));
    add_sentence(t, source->provisional ? DTL_STR("Provisional.") : DTL_STR(""));
    add_sentence(t, source->licence);
}

// Whether an earlier source has the same line to print.
static bool is_told(const dtl_doc_source *sources, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (dtl_str_equal(sources[i].attribution, sources[index].attribution))
            return true;
    }
    return false;
}

dtl_doc *dtl_outline_sources(const dtl_outline *outline, const dtl_doc *doc)
{
    const dtl_doc_source *sources;
    size_t count = dtl_doc_sources(doc, &sources);
    if (outline->names_sources || count == 0)
        return NULL;
    dtl_doc *told = dtl_doc_new();
    teller t = {.ok = true};
    dtl_node *aside = add(&t, dtl_doc_root(told), DTL_NODE_ASIDE, DTL_STR(""));
    dtl_node_set_role(aside, DTL_ASIDE_SOURCE);
    dtl_node *heading = add(&t, aside, DTL_NODE_HEADING, DTL_STR(""));
    dtl_node_set_level(heading, 2);
    add(&t, heading, DTL_NODE_TEXT, count == 1 ? DTL_STR("Source") : DTL_STR("Sources"));
    dtl_node *list = count == 1 ? aside : add(&t, aside, DTL_NODE_LIST, DTL_STR(""));
    for (size_t i = 0; i < count; i++) {
        dtl_node *item = count == 1 ? aside : add(&t, list, DTL_NODE_ITEM, DTL_STR(""));
        t.at = add(&t, item, DTL_NODE_PARAGRAPH, DTL_STR(""));
        tell_source(&t, doc, &sources[i]);
    }
    for (size_t i = 0; i < count; i++) {
        if (sources[i].attribution.size == 0 || is_told(sources, i))
            continue;
        t.at = add(&t, aside, DTL_NODE_PARAGRAPH, DTL_STR(""));
        add(&t, t.at, DTL_NODE_TEXT, sources[i].attribution);
    }
    assert(t.ok);
    return told;
}
