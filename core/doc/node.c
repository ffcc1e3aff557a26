// core/doc/node.c - the grammar of a document, and its nodes.
#include "doc/node.h"

#include <assert.h>

#include "doc/inline.h"

#define HOLDS(kind) (1u << (kind))
#define BLOCKS                                                                                     \
    (HOLDS(DTL_NODE_HEADING) | HOLDS(DTL_NODE_PARAGRAPH) | HOLDS(DTL_NODE_LIST) |                  \
     HOLDS(DTL_NODE_TABLE) | HOLDS(DTL_NODE_RULE))
#define INLINES                                                                                    \
    (HOLDS(DTL_NODE_TEXT) | HOLDS(DTL_NODE_STRONG) | HOLDS(DTL_NODE_EMPHASIS) |                    \
     HOLDS(DTL_NODE_CODE) | HOLDS(DTL_NODE_LINK) | HOLDS(DTL_NODE_FACT) | HOLDS(DTL_NODE_DATE) |   \
     HOLDS(DTL_NODE_BREAK))

enum {
    FIRST_NODE_BLOCK = 32,
    LAST_NODE_BLOCK = 8192,
};

// For each kind: its name, and the kinds of children it may hold.
static const struct {
    const char *name;
    unsigned holds;
    bool never_inside_itself;  // at any depth: Markdown and HTML have no such thing
} kinds[DTL_NODE_KINDS] = {
    [DTL_NODE_DOCUMENT] = {"document", BLOCKS | HOLDS(DTL_NODE_ASIDE), false},
    [DTL_NODE_HEADING] = {"heading", INLINES, false},
    [DTL_NODE_PARAGRAPH] = {"paragraph", INLINES, false},
    [DTL_NODE_LIST] = {"list", HOLDS(DTL_NODE_ITEM), false},
    [DTL_NODE_ITEM] = {"item",
                       HOLDS(DTL_NODE_PARAGRAPH) | HOLDS(DTL_NODE_LIST) | HOLDS(DTL_NODE_TABLE),
                       false},
    [DTL_NODE_TABLE] = {"table", HOLDS(DTL_NODE_ROW), false},
    [DTL_NODE_ROW] = {"row", HOLDS(DTL_NODE_CELL), false},
    [DTL_NODE_CELL] = {"cell", INLINES, false},
    [DTL_NODE_ASIDE] = {"aside", BLOCKS, false},
    [DTL_NODE_RULE] = {"rule", 0, false},
    [DTL_NODE_TEXT] = {"text", 0, false},
    [DTL_NODE_STRONG] = {"strong", INLINES, true},
    [DTL_NODE_EMPHASIS] = {"emphasis", INLINES, true},
    [DTL_NODE_CODE] = {"code", 0, false},
    [DTL_NODE_LINK] = {"link", INLINES, true},
    [DTL_NODE_FACT] = {"fact", 0, false},
    [DTL_NODE_DATE] = {"date", 0, false},
    [DTL_NODE_BREAK] = {"break", 0, false},
};

// The kinds whose text dtl_node_append takes.
static const unsigned with_text = HOLDS(DTL_NODE_TEXT) | HOLDS(DTL_NODE_CODE) |
                                  HOLDS(DTL_NODE_FACT) | HOLDS(DTL_NODE_DATE) |
                                  HOLDS(DTL_NODE_TABLE) | HOLDS(DTL_NODE_LINK);

const char *dtl_node_kind_name(dtl_node_kind kind)
{
    return kind < DTL_NODE_KINDS ? kinds[kind].name : "unknown";
}

bool dtl_node_kind_is_inline(dtl_node_kind kind)
{
    return kind < DTL_NODE_KINDS && (INLINES & HOLDS(kind)) != 0;
}

bool dtl_node_kind_may_hold(dtl_node_kind parent, dtl_node_kind child)
{
    return parent < DTL_NODE_KINDS && child < DTL_NODE_KINDS &&
           (kinds[parent].holds & HOLDS(child)) != 0;
}

dtl_doc *dtl_node_get_doc(const dtl_node *node)
{
    while (node->parent)
        node = node->parent;
    return (dtl_doc *)(uintptr_t)node;  // a root is the first field of its document
}

static const char *article(const char *word)
{
    return strchr("aeiou", word[0]) ? "an" : "a";
}

static bool refuse(const dtl_node *parent, dtl_node_kind kind, dtl_error *err)
{
    const char *outer = kinds[parent->kind].name;
    const char *inner = dtl_node_kind_name(kind);
    return dtl_error_set(err, DTL_ESCRIPT, "%s %s cannot hold %s %s", article(outer), outer,
                         article(inner), inner);
}

static bool is_inside(const dtl_node *node, dtl_node_kind kind)
{
    for (; node; node = node->parent) {
        if (node->kind == kind)
            return true;
    }
    return false;
}

// Whether the grammar and the limits allow a [kind] node under [parent].
static bool may_append(const dtl_doc *doc, const dtl_node *parent, dtl_node_kind kind,
                       dtl_error *err)
{
    if (!dtl_node_kind_may_hold((dtl_node_kind)parent->kind, kind))
        return refuse(parent, kind, err);
    if (kinds[kind].never_inside_itself && is_inside(parent, kind))
        return dtl_error_set(err, DTL_ESCRIPT, "%s %s cannot stand inside another",
                             article(kinds[kind].name), kinds[kind].name);
    if (parent->depth == DTL_DOC_MAX_DEPTH)
        return dtl_error_set(err, DTL_ELIMIT, "a document is at most %d nodes deep",
                             DTL_DOC_MAX_DEPTH);
    if (parent->kind == DTL_NODE_ROW && parent->text_size == DTL_DOC_MAX_COLUMNS)
        return dtl_error_set(err, DTL_ELIMIT, "a table has at most %d columns",
                             DTL_DOC_MAX_COLUMNS);
    if (doc->node_count == DTL_DOC_MAX_NODES)
        return dtl_error_set(err, DTL_ELIMIT, "a document has at most %d nodes", DTL_DOC_MAX_NODES);
    return true;
}

static dtl_node *new_node(dtl_doc *doc)
{
    if (doc->free_node_count == 0) {
        doc->node_block = doc->node_block == 0                ? FIRST_NODE_BLOCK
                          : doc->node_block < LAST_NODE_BLOCK ? doc->node_block * 2
                                                              : LAST_NODE_BLOCK;
        doc->free_nodes = dtl_arena_alloc(&doc->arena, doc->node_block * sizeof(dtl_node));
        doc->free_node_count = doc->node_block;
    }
    doc->node_count++;
    doc->free_node_count--;
    return doc->free_nodes++;
}

static dtl_node *link_node(dtl_doc *doc, dtl_node *parent, dtl_node_kind kind, dtl_str text)
{
    dtl_node *node = new_node(doc);
    node->parent = parent;
    node->kind = (uint8_t)kind;
    node->flags = kinds[kind].holds ? 0 : DTL_NODE_LEAF;
    node->depth = (uint8_t)(parent->depth + 1);
    node->detail = kind == DTL_NODE_HEADING ? 1 : 0;
    node->text = text.data;
    node->text_size = (uint32_t)text.size;
    if (parent->has.child.last)
        parent->has.child.last->next = node;
    else
        parent->has.child.first = node;
    parent->has.child.last = node;
    if (parent->kind == DTL_NODE_ROW)
        parent->text_size++;
    return node;
}

// Appends a node of which all but its fact or date is known.
static bool append(dtl_node *parent, dtl_node_kind kind, dtl_str text, const dtl_fact *fact,
                   dtl_node **out, dtl_error *err)
{
    dtl_doc *doc = dtl_node_get_doc(parent);
    size_t place = 0;
    dtl_str copy;
    if (!may_append(doc, parent, kind, err) || !dtl_doc_copy_text(doc, text, &copy, err) ||
        (fact && !dtl_doc_enter_fact(doc, fact, &place, err)))
        return false;
    dtl_node *node = link_node(doc, parent, kind, copy);
    if (fact)
        node->has.fact = place;
    if (out)
        *out = node;
    return true;
}

bool dtl_node_append(dtl_node *parent, dtl_node_kind kind, dtl_str text, dtl_node **out,
                     dtl_error *err)
{
    if (kind >= DTL_NODE_KINDS || kind == DTL_NODE_FACT || kind == DTL_NODE_DATE)
        return dtl_error_set(err, DTL_EINTERNAL, "a %s node needs more than text",
                             dtl_node_kind_name(kind));
    assert(text.size == 0 || (with_text & HOLDS(kind)));
    if (kind == DTL_NODE_LINK && !dtl_url_is_allowed(text))
        return dtl_error_set(err, DTL_ESCRIPT, "a link cannot go to '%.*s'",
                             DTL_ARG(dtl_str_slice(text, 0, 200)));
    if (!(with_text & HOLDS(kind)))
        text = (dtl_str){0};
    return append(parent, kind, text, NULL, out, err);
}

bool dtl_node_append_fact(dtl_node *parent, dtl_str shown, const dtl_fact *fact, dtl_node **out,
                          dtl_error *err)
{
    return append(parent, DTL_NODE_FACT, shown, fact, out, err);
}

bool dtl_node_append_date(dtl_node *parent, dtl_str shown, dtl_date date, dtl_node **out,
                          dtl_error *err)
{
    dtl_node *node;
    if (date == DTL_DATE_NONE)
        return dtl_error_set(err, DTL_EINTERNAL, "a date node needs its date");
    if (!append(parent, DTL_NODE_DATE, shown, NULL, &node, err))
        return false;
    node->has.date = date;
    if (out)
        *out = node;
    return true;
}

void dtl_node_set_level(dtl_node *node, int level)
{
    assert(node->kind == DTL_NODE_HEADING);
    node->detail = (uint8_t)(level < 1 ? 1 : level > 6 ? 6 : level);
}

static void set_flag(dtl_node *node, dtl_node_flag flag, bool on)
{
    node->flags = (uint8_t)(on ? node->flags | flag : node->flags & ~(unsigned)flag);
}

void dtl_node_set_ordered(dtl_node *node, bool ordered)
{
    assert(node->kind == DTL_NODE_LIST);
    set_flag(node, DTL_NODE_ORDERED, ordered);
}

void dtl_node_set_header(dtl_node *node, bool header)
{
    assert(node->kind == DTL_NODE_ROW || node->kind == DTL_NODE_CELL);
    set_flag(node, DTL_NODE_HEADER, header);
}

void dtl_node_set_align(dtl_node *node, dtl_align align)
{
    assert(node->kind == DTL_NODE_CELL);
    node->detail = (uint8_t)align;
}

void dtl_node_set_role(dtl_node *node, dtl_aside_role role)
{
    assert(node->kind == DTL_NODE_ASIDE);
    node->detail = (uint8_t)role;
}

void dtl_node_set_literal(dtl_node *node)
{
    assert(node->kind == DTL_NODE_TEXT);
    set_flag(node, DTL_NODE_LITERAL, true);
}

dtl_node_kind dtl_node_get_kind(const dtl_node *node)
{
    return (dtl_node_kind)node->kind;
}

dtl_str dtl_node_get_text(const dtl_node *node)
{
    return (dtl_str){node->text, node->text ? node->text_size : 0};
}

int dtl_node_get_level(const dtl_node *node)
{
    return node->kind == DTL_NODE_HEADING ? node->detail : 0;
}

bool dtl_node_is_ordered(const dtl_node *node)
{
    return node->flags & DTL_NODE_ORDERED;
}

bool dtl_node_is_header(const dtl_node *node)
{
    return node->flags & DTL_NODE_HEADER;
}

bool dtl_node_is_literal(const dtl_node *node)
{
    return node->flags & DTL_NODE_LITERAL;
}

dtl_align dtl_node_get_align(const dtl_node *node)
{
    return node->kind == DTL_NODE_CELL ? (dtl_align)node->detail : DTL_ALIGN_START;
}

dtl_aside_role dtl_node_get_role(const dtl_node *node)
{
    return node->kind == DTL_NODE_ASIDE ? (dtl_aside_role)node->detail : DTL_ASIDE_NOTE;
}

dtl_date dtl_node_get_date(const dtl_node *node)
{
    return node->kind == DTL_NODE_DATE ? node->has.date : DTL_DATE_NONE;
}

dtl_node *dtl_node_get_parent(const dtl_node *node)
{
    return node->parent;
}

dtl_node *dtl_node_get_first(const dtl_node *node)
{
    return node->flags & DTL_NODE_LEAF ? NULL : node->has.child.first;
}

dtl_node *dtl_node_get_last(const dtl_node *node)
{
    return node->flags & DTL_NODE_LEAF ? NULL : node->has.child.last;
}

dtl_node *dtl_node_get_next(const dtl_node *node)
{
    return node->next;
}
