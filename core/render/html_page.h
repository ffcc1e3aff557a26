// core/render/html_page.h - what stands around the article: head, style, ledger.
#ifndef DTL_RENDER_HTML_PAGE_H
#define DTL_RENDER_HTML_PAGE_H

#include "doc/doc.h"

// Never empty: a page without a title has no name.
dtl_str dtl_html_title(const dtl_doc *doc);
// From the doctype up to and with the article's opening tag.
void dtl_html_begin_page(dtl_buf *out, const dtl_doc *doc);
// From the article's closing tag to the end, with the ledger as data.
void dtl_html_end_page(dtl_buf *out, const dtl_doc *doc);

// The style sheet (html_style.c).
extern const dtl_str dtl_html_style;

#endif
