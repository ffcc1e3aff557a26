// core/render/outline.h - what all renderers agree on: the title, the headings' levels, the sources.
#ifndef DTL_RENDER_OUTLINE_H
#define DTL_RENDER_OUTLINE_H

#include "doc/doc.h"

typedef struct dtl_outline {
    const dtl_node *title;  // the first heading of level 1 outside an aside, or NULL
    bool names_sources;     // an aside already tells where the figures are from
} dtl_outline;

dtl_outline dtl_outline_of(const dtl_doc *doc);
// The title's level is 1, and every other heading's 2 to 6.
int dtl_outline_level(const dtl_outline *outline, const dtl_node *heading);

// Whether a list's items stand without blank lines between them: each is one block, or a paragraph
// with a list below it that begins with something to see. (In Markdown, "-" alone below a paragraph
// would make a heading of it.)
bool dtl_outline_is_tight(const dtl_node *list);

// A document made of one aside that tells [doc]'s sources (publisher, title, date, licence, whether
// provisional), for a renderer to walk after [doc]'s own blocks; NULL when [doc] names them itself
// or has none. Owner: the caller.
dtl_doc *dtl_outline_sources(const dtl_outline *outline, const dtl_doc *doc);

// "18 October 2024", or "Friday 18 October 2024"; ISO 8601 in other languages than English.
void dtl_outline_add_date(dtl_buf *out, const dtl_doc *doc, dtl_date date, bool weekday);

#endif
