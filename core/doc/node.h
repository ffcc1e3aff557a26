// core/doc/node.h - what a document and a node are made of. For core/doc alone.
#ifndef DTL_DOC_NODE_H
#define DTL_DOC_NODE_H

#include "doc/doc.h"

typedef enum dtl_node_flag {
    DTL_NODE_ORDERED = 1,
    DTL_NODE_HEADER = 2,
    DTL_NODE_LITERAL = 4,
    DTL_NODE_LEAF = 8,  // its kind holds nothing
} dtl_node_flag;

// 48 bytes: a table of 100,000 rows is a million of them.
struct dtl_node {
    dtl_node *parent;  // NULL: the root, which is a document's first field
    dtl_node *next;
    union {
        struct {
            dtl_node *first;
            dtl_node *last;
        } child;
        size_t fact;    // FACT: its place in the ledger
        dtl_date date;  // DATE
    } has;
    const char *text;
    uint32_t text_size;  // of a ROW, which has no text: how many cells it holds
    uint8_t kind;
    uint8_t flags;   // dtl_node_flag
    uint8_t detail;  // a heading's level, a cell's alignment, an aside's role
    uint8_t depth;   // the root's is 1
};

struct dtl_doc {
    dtl_node root;  // first, so that a root is its document
    dtl_arena arena;
    dtl_doc_meta meta;

    size_t node_count;
    dtl_node *free_nodes;  // of the newest block
    size_t free_node_count;
    size_t node_block;  // how many nodes the newest block was made with

    size_t text_bytes;
    char *free_text;  // of the newest block
    size_t free_text_size;
    size_t text_block;
    dtl_buf scratch;  // where unclean text is cleaned

    dtl_ledger_entry *ledger;
    size_t ledger_count;
    size_t ledger_capacity;
    uint32_t *ledger_slots;  // a hash table of places in the ledger plus one; 0 is empty
    size_t ledger_slot_count;

    dtl_doc_source *sources;
    size_t source_count;
    size_t source_capacity;
};

dtl_doc *dtl_node_get_doc(const dtl_node *node);
// A cleaned copy of [text] (doc/clean.h). DTL_ELIMIT beyond DTL_DOC_MAX_BYTES.
DTL_CHECK
bool dtl_doc_copy_text(dtl_doc *doc, dtl_str text, dtl_str *out, dtl_error *err);
// Enters [fact] in the ledger, or finds it there, and stores its place.
DTL_CHECK
bool dtl_doc_enter_fact(dtl_doc *doc, const dtl_fact *fact, size_t *place, dtl_error *err);

#endif
