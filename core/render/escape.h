// core/render/escape.h - one escaper for each place where text may land; Markdown's is a pen of its
// own (markdown_pen.h).
//
// All take text as the document holds it: valid UTF-8 without control codes (doc/clean.h).
#ifndef DTL_RENDER_ESCAPE_H
#define DTL_RENDER_ESCAPE_H

#include "base/buf.h"

// Between tags, and inside <title>.
void dtl_escape_html(dtl_buf *out, dtl_str text);
// Between double quotes in a tag.
void dtl_escape_attribute(dtl_buf *out, dtl_str text);
// An address, with all that RFC 3986 gives no place as %XX (an escape it has already stays as it is):
// ASCII without white space, quotation marks, backslashes, backticks or any of < > { } | ^. It is
// still to be escaped for the place where it stands.
void dtl_escape_url(dtl_buf *out, dtl_str url);
// A JSON text that is to stand inside a script element: nothing in it can end the element.
void dtl_escape_script(dtl_buf *out, dtl_str json);

#endif
