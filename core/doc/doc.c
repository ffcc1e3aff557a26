// core/doc/doc.c - a document as a whole: its text, what it is, and where its figures come from.
#include <stdlib.h>

#include "doc/clean.h"
#include "doc/node.h"

enum {
    FIRST_TEXT_BLOCK = 2048,
    LAST_TEXT_BLOCK = 1 << 20,
};

dtl_doc *dtl_doc_new(void)
{
    dtl_doc *doc = dtl_alloc(sizeof *doc);
    doc->root.kind = DTL_NODE_DOCUMENT;
    doc->root.depth = 1;
    doc->node_count = 1;
    doc->text_block = FIRST_TEXT_BLOCK;
    doc->meta = (dtl_doc_meta){.lang = DTL_STR("en-GB"), .date = DTL_DATE_NONE};
    return doc;
}

void dtl_doc_free(dtl_doc *doc)
{
    if (!doc)
        return;
    free(doc->sources);
    free(doc->ledger_slots);
    free(doc->ledger);
    dtl_buf_release(&doc->scratch);
    dtl_arena_release(&doc->arena);
    free(doc);
}

dtl_arena *dtl_doc_arena(dtl_doc *doc)
{
    return &doc->arena;
}

dtl_node *dtl_doc_root(dtl_doc *doc)
{
    return &doc->root;
}

const dtl_node *dtl_doc_get_root(const dtl_doc *doc)
{
    return &doc->root;
}

// Room for [size] bytes of text, packed: small texts share blocks.
static char *text_room(dtl_doc *doc, size_t size)
{
    if (size > doc->text_block / 4)
        return dtl_arena_alloc(&doc->arena, size);
    if (size > doc->free_text_size) {
        doc->free_text = dtl_arena_alloc(&doc->arena, doc->text_block);
        doc->free_text_size = doc->text_block;
        if (doc->text_block < LAST_TEXT_BLOCK)
            doc->text_block *= 2;
    }
    char *room = doc->free_text;
    doc->free_text += size;
    doc->free_text_size -= size;
    return room;
}

static bool too_long(dtl_error *err)
{
    return dtl_error_set(err, DTL_ELIMIT, "a document holds at most %d bytes of text",
                         DTL_DOC_MAX_BYTES);
}

bool dtl_doc_copy_text(dtl_doc *doc, dtl_str text, dtl_str *out, dtl_error *err)
{
    if (text.size == 0) {
        *out = (dtl_str){0};
        return true;
    }
    if (text.size > DTL_DOC_MAX_BYTES)
        return too_long(err);
    if (!dtl_text_is_clean(text)) {
        dtl_buf_clear(&doc->scratch);
        dtl_text_add_clean(&doc->scratch, text);
        text = dtl_buf_str(&doc->scratch);
    }
    if (text.size > DTL_DOC_MAX_BYTES - doc->text_bytes)
        return too_long(err);
    char *copy = text_room(doc, text.size);
    memcpy(copy, text.data, text.size);
    doc->text_bytes += text.size;
    *out = (dtl_str){copy, text.size};
    return true;
}

// A cleaned copy outside the limit: the few texts about a document, not in it.
static dtl_str copy_clean(dtl_doc *doc, dtl_str text)
{
    dtl_buf_clear(&doc->scratch);
    dtl_text_add_clean(&doc->scratch, text);
    return dtl_arena_str(&doc->arena, dtl_buf_str(&doc->scratch));
}

void dtl_doc_set_meta(dtl_doc *doc, const dtl_doc_meta *meta)
{
    doc->meta = (dtl_doc_meta){
        .title = copy_clean(doc, meta->title),
        .lang = copy_clean(doc, meta->lang.size ? meta->lang : DTL_STR("en-GB")),
        .report = copy_clean(doc, meta->report),
        .style = copy_clean(doc, meta->style),
        .date = meta->date,
        .summary = copy_clean(doc, meta->summary),
    };
}

const dtl_doc_meta *dtl_doc_get_meta(const dtl_doc *doc)
{
    return &doc->meta;
}

void dtl_doc_add_source(dtl_doc *doc, const dtl_doc_source *source)
{
    for (size_t i = 0; i < doc->source_count; i++) {
        if (doc->sources[i].release == source->release)
            return;
    }
    if (doc->source_count == doc->source_capacity) {
        doc->source_capacity = doc->source_capacity ? doc->source_capacity * 2 : 8;
        doc->sources = dtl_realloc_array(doc->sources, doc->source_capacity, sizeof *doc->sources);
    }
    doc->sources[doc->source_count++] = (dtl_doc_source){
        .release = source->release,
        .dataset = copy_clean(doc, source->dataset),
        .title = copy_clean(doc, source->title),
        .publisher = copy_clean(doc, source->publisher),
        .licence = copy_clean(doc, source->licence),
        .attribution = copy_clean(doc, source->attribution),
        .homepage = copy_clean(doc, source->homepage),
        .file_name = copy_clean(doc, source->file_name),
        .sha256 = copy_clean(doc, source->sha256),
        .published = source->published,
        .retrieved = source->retrieved,
        .provisional = source->provisional,
    };
}

size_t dtl_doc_sources(const dtl_doc *doc, const dtl_doc_source **out)
{
    *out = doc->sources;
    return doc->source_count;
}
