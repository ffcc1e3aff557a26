// core/render/markdown_escape.h - which characters would mean something in Markdown where they stand.
#ifndef DTL_RENDER_MARKDOWN_ESCAPE_H
#define DTL_RENDER_MARKDOWN_ESCAPE_H

#include "render/markdown_pen.h"

// Whether the ASCII punctuation [c], which [pen] is about to write, needs a backslash; [rest] is what
// follows in the same text. What follows after that is not known, and taken for the worst.
bool dtl_pen_must_escape(const dtl_pen *pen, char c, dtl_str rest);

#endif
