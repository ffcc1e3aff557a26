// core/render/render.h - the tree as bytes: same tree, same bytes.
#ifndef DTL_RENDER_RENDER_H
#define DTL_RENDER_RENDER_H

#include "doc/doc.h"

typedef struct dtl_render_options {
    bool
        fragment;  // only what the document holds, and its sources: no page around it, no title added
} dtl_render_options;

typedef struct dtl_renderer {
    const char *name;        // "html"
    const char *extensions;  // "html htm": chosen by the ending of -o FILE
    const char *media_type;  // "text/html; charset=utf-8"
    bool (*render)(const dtl_doc *doc, const dtl_render_options *options, dtl_buf *out,
                   dtl_error *err);
} dtl_renderer;

extern const dtl_renderer dtl_renderer_markdown;  // CommonMark 0.30 with GFM tables
extern const dtl_renderer dtl_renderer_html;      // a whole accessible page, or a fragment
extern const dtl_renderer dtl_renderer_text;      // for terminals and mail, 72 columns
extern const dtl_renderer dtl_renderer_json;      // the tree and the ledger

// By name, or by the extension of a file name ("out/today.html"); NULL: none.
const dtl_renderer *dtl_renderer_named(dtl_str name);
const dtl_renderer *dtl_renderer_for_file(dtl_str path);
size_t dtl_renderer_count(void);
const dtl_renderer *dtl_renderer_at(size_t index);

// The ledger alone, as JSON: {"ledger":[...],"sources":[...]}, the same objects as in the JSON
// renderer's output.
DTL_CHECK
bool dtl_render_ledger(const dtl_doc *doc, dtl_buf *out, dtl_error *err);

#endif
