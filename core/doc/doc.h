// core/doc/doc.h - a bulletin as one tree in one arena: headings, paragraphs, tables, figures.
//
// Text is never markup: a renderer escapes it for its place. What the tree may hold where is a table
// in doc.c; limits are named here, with their values, and each has its own error.
#ifndef DTL_DOC_DOC_H
#define DTL_DOC_DOC_H

#include "fact/fact.h"

typedef struct dtl_doc dtl_doc;    // opaque: its fields are in doc.c
typedef struct dtl_node dtl_node;  // borrowed: valid until its document is freed

enum {
    DTL_DOC_MAX_DEPTH = 32,
    DTL_DOC_MAX_NODES = 2000000,
    DTL_DOC_MAX_BYTES = 32 * 1024 * 1024,  // all text of one document
    DTL_DOC_MAX_COLUMNS = 256,
    DTL_DOC_MAX_FACTS = 100000,
};

typedef enum dtl_node_kind {
    DTL_NODE_DOCUMENT,
    DTL_NODE_HEADING,    // level 1..6; holds inlines
    DTL_NODE_PARAGRAPH,  // inlines
    DTL_NODE_LIST,       // items; ordered or not
    DTL_NODE_ITEM,       // blocks
    DTL_NODE_TABLE,      // caption (text), rows
    DTL_NODE_ROW,        // cells; a header row or not
    DTL_NODE_CELL,       // inlines; alignment; a row header or not
    DTL_NODE_ASIDE,      // blocks beside the story: a caveat, notes, the data's source; has a role
    DTL_NODE_RULE,       // a thematic break
    DTL_NODE_TEXT,       // inline from here on: plain text
    DTL_NODE_STRONG,     // inlines
    DTL_NODE_EMPHASIS,   // inlines
    DTL_NODE_CODE,       // text
    DTL_NODE_LINK,       // url; inlines
    DTL_NODE_FACT,       // text as shown, and the fact it shows
    DTL_NODE_DATE,       // text as shown, and the date it names
    DTL_NODE_BREAK,      // a line break inside a block
    DTL_NODE_KINDS,
} dtl_node_kind;

typedef enum dtl_align {
    DTL_ALIGN_START,
    DTL_ALIGN_END,  // figures
    DTL_ALIGN_CENTRE,
} dtl_align;

typedef enum dtl_aside_role {
    DTL_ASIDE_NOTE,    // a caveat a reader needs
    DTL_ASIDE_SOURCE,  // who says so: publisher, licence, when
} dtl_aside_role;

// What the bulletin is, beside its text. Copied by dtl_doc_set_meta.
typedef struct dtl_doc_meta {
    dtl_str title;    // for <title>, feeds, listings; plain text
    dtl_str lang;     // BCP 47: "en-GB"
    dtl_str report;   // "latest-developments"
    dtl_str style;    // the house style's name
    dtl_date date;    // what day the bulletin is about, or DTL_DATE_NONE
    dtl_str summary;  // one plain sentence, or ""
} dtl_doc_meta;

// One line of the ledger: a fact that is shown, once for each distinct expression and value.
typedef struct dtl_ledger_entry {
    dtl_str id;  // "f1", "f2", ... in order of first appearance
    const dtl_fact *fact;
} dtl_ledger_entry;

// A release that some fact rests on, as a reader needs it.
typedef struct dtl_doc_source {
    int64_t release;
    dtl_str dataset, title, publisher, licence, attribution, homepage, file_name, sha256;
    dtl_date published;  // DTL_DATE_NONE: not known
    dtl_date retrieved;
    bool provisional;
} dtl_doc_source;

dtl_doc *dtl_doc_new(void);
void dtl_doc_free(dtl_doc *doc);  // NULL is allowed
dtl_arena *dtl_doc_arena(dtl_doc *doc);
dtl_node *dtl_doc_root(dtl_doc *doc);
const dtl_node *dtl_doc_get_root(const dtl_doc *doc);  // to read
void dtl_doc_set_meta(dtl_doc *doc, const dtl_doc_meta *meta);
const dtl_doc_meta *dtl_doc_get_meta(const dtl_doc *doc);
size_t dtl_doc_ledger(const dtl_doc *doc, const dtl_ledger_entry **out);
void dtl_doc_add_source(dtl_doc *doc, const dtl_doc_source *source);  // once a release; copied
size_t dtl_doc_sources(const dtl_doc *doc, const dtl_doc_source **out);

// Appends a [kind] node under [parent], copying [text], and stores it in [out] (may be NULL).
// DTL_ESCRIPT: [parent] cannot hold [kind]; DTL_ELIMIT: deeper, more or longer than the limits.
// On failure the tree is unchanged. [text] is the text of TEXT and CODE, the caption of a TABLE, the
// url of a LINK (DTL_ESCRIPT when it may not go out, see inline.h); else empty. It is cleaned as it
// is copied (see clean.h). A FACT and a DATE are appended by the functions below.
DTL_CHECK
bool dtl_node_append(dtl_node *parent, dtl_node_kind kind, dtl_str text, dtl_node **out,
                     dtl_error *err);
// A FACT node: [shown] is the figure as it stands in the sentence ("almost eight" shows only
// "eight"); the fact is copied and entered in the ledger.
DTL_CHECK
bool dtl_node_append_fact(dtl_node *parent, dtl_str shown, const dtl_fact *fact, dtl_node **out,
                          dtl_error *err);
DTL_CHECK
bool dtl_node_append_date(dtl_node *parent, dtl_str shown, dtl_date date, dtl_node **out,
                          dtl_error *err);
void dtl_node_set_level(dtl_node *node, int level);        // HEADING
void dtl_node_set_ordered(dtl_node *node, bool ordered);   // LIST
void dtl_node_set_header(dtl_node *node, bool header);     // ROW: a header row; CELL: a row header
void dtl_node_set_align(dtl_node *node, dtl_align align);  // CELL
void dtl_node_set_role(dtl_node *node, dtl_aside_role role);  // ASIDE
void dtl_node_set_literal(dtl_node *node);  // TEXT: its digits are meant (see lint.h)

dtl_node_kind dtl_node_get_kind(const dtl_node *node);
dtl_str dtl_node_get_text(const dtl_node *node);
int dtl_node_get_level(const dtl_node *node);
bool dtl_node_is_ordered(const dtl_node *node);
bool dtl_node_is_header(const dtl_node *node);
bool dtl_node_is_literal(const dtl_node *node);
dtl_align dtl_node_get_align(const dtl_node *node);
dtl_aside_role dtl_node_get_role(const dtl_node *node);
const dtl_ledger_entry *dtl_node_get_fact(const dtl_node *node);  // FACT
dtl_date dtl_node_get_date(const dtl_node *node);                 // DATE
dtl_node *dtl_node_get_parent(const dtl_node *node);
dtl_node *dtl_node_get_first(const dtl_node *node);
dtl_node *dtl_node_get_last(const dtl_node *node);
dtl_node *dtl_node_get_next(const dtl_node *node);
const char *dtl_node_kind_name(dtl_node_kind kind);  // "paragraph"
bool dtl_node_kind_is_inline(dtl_node_kind kind);
bool dtl_node_kind_may_hold(dtl_node_kind parent, dtl_node_kind child);

// Walks the tree without recursion: enters each node, and leaves those that may hold others.
typedef struct dtl_walk {
    const dtl_node *root;
    const dtl_node *node;
    bool entering;
    size_t depth;
} dtl_walk;
dtl_walk dtl_walk_start(const dtl_node *root);
bool dtl_walk_next(dtl_walk *walk);  // false behind the last

// The plain text of a node and all below it, as a reader sees it.
void dtl_node_add_text(dtl_buf *out, const dtl_node *node);

#endif
