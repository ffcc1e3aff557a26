// core/doc/ledger.c - the facts a document shows, each distinct one once, in order of appearance.
#include "doc/node.h"

enum {
    FIRST_SLOTS = 64,  // a power of two
};

// FNV-1a. What it finds is compared in full, so that a clash costs time and nothing else.
static uint64_t hash_bytes(uint64_t hash, const void *data, size_t size)
{
    const unsigned char *bytes = data;
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ bytes[i]) * UINT64_C(0x100000001B3);
    return hash;
}

static uint64_t hash_fact(const dtl_fact *fact)
{
    uint64_t hash = UINT64_C(0xCBF29CE484222325);
    hash = hash_bytes(hash, fact->expression.data, fact->expression.size);
    if (fact->kind == DTL_FACT_DATE)
        return hash_bytes(hash, &fact->date_value, sizeof fact->date_value);
    return hash_bytes(hash, &fact->value, sizeof fact->value);
}

static bool same_fact(const dtl_fact *a, const dtl_fact *b)
{
    if (a->kind != b->kind || !dtl_str_equal(a->expression, b->expression))
        return false;
    if (a->kind == DTL_FACT_DATE)
        return a->date_value == b->date_value;
    return a->value.num == b->value.num && a->value.den == b->value.den;
}

// The slot that holds [fact], or the empty one where it belongs.
static size_t find_slot(const dtl_doc *doc, const dtl_fact *fact)
{
    size_t mask = doc->ledger_slot_count - 1;
    size_t slot = (size_t)hash_fact(fact) & mask;
    while (doc->ledger_slots[slot] &&
           !same_fact(doc->ledger[doc->ledger_slots[slot] - 1].fact, fact))
        slot = (slot + 1) & mask;
    return slot;
}

// Keeps the slots at most half full.
static void grow_slots(dtl_doc *doc)
{
    if (doc->ledger_count * 2 < doc->ledger_slot_count)
        return;
    size_t count = doc->ledger_slot_count ? doc->ledger_slot_count * 2 : FIRST_SLOTS;
    doc->ledger_slots = dtl_realloc_array(doc->ledger_slots, count, sizeof *doc->ledger_slots);
    memset(doc->ledger_slots, 0, count * sizeof *doc->ledger_slots);
    doc->ledger_slot_count = count;
    for (size_t i = 0; i < doc->ledger_count; i++)
        doc->ledger_slots[find_slot(doc, doc->ledger[i].fact)] = (uint32_t)(i + 1);
}

bool dtl_doc_enter_fact(dtl_doc *doc, const dtl_fact *fact, size_t *place, dtl_error *err)
{
    grow_slots(doc);
    size_t slot = find_slot(doc, fact);
    if (doc->ledger_slots[slot]) {
        *place = doc->ledger_slots[slot] - 1;
        return true;
    }
    if (doc->ledger_count == DTL_DOC_MAX_FACTS)
        return dtl_error_set(err, DTL_ELIMIT, "a document shows at most %d different facts",
                             DTL_DOC_MAX_FACTS);
    size_t text = fact->unit.size + fact->label.size + fact->expression.size + fact->note.size;
    if (text > DTL_DOC_MAX_BYTES - doc->text_bytes)
        return dtl_error_set(err, DTL_ELIMIT, "a document holds at most %d bytes of text",
                             DTL_DOC_MAX_BYTES);
    doc->text_bytes += text;
    if (doc->ledger_count == doc->ledger_capacity) {
        doc->ledger_capacity = doc->ledger_capacity ? doc->ledger_capacity * 2 : 16;
        doc->ledger = dtl_realloc_array(doc->ledger, doc->ledger_capacity, sizeof *doc->ledger);
    }
    dtl_fact *copy = dtl_arena_alloc(&doc->arena, sizeof *copy);
    *copy = dtl_fact_copy(&doc->arena, fact);
    *place = doc->ledger_count++;
    doc->ledger[*place] = (dtl_ledger_entry){
        .id = dtl_arena_printf(&doc->arena, "f%zu", doc->ledger_count),
        .fact = copy,
    };
    doc->ledger_slots[slot] = (uint32_t)doc->ledger_count;
    return true;
}

size_t dtl_doc_ledger(const dtl_doc *doc, const dtl_ledger_entry **out)
{
    *out = doc->ledger;
    return doc->ledger_count;
}

const dtl_ledger_entry *dtl_node_get_fact(const dtl_node *node)
{
    return node->kind == DTL_NODE_FACT ? &dtl_node_get_doc(node)->ledger[node->has.fact] : NULL;
}
