// core/doc/clean.h - text as every renderer may rely on it: valid UTF-8 without a hidden character.
//
// Done once, on the way into the tree, so that all renderers show the same:
// - invalid bytes, NUL and noncharacters become U+FFFD;
// - a tab, a line end (CR LF counts as one), U+0085, U+2028 and U+2029 become a space;
// - the other control codes, a byte order mark and bidirectional controls, which reorder what a
//   reader sees, are shown: "[U+202E]".
#ifndef DTL_DOC_CLEAN_H
#define DTL_DOC_CLEAN_H

#include "base/buf.h"

bool dtl_text_is_clean(dtl_str text);
void dtl_text_add_clean(dtl_buf *out, dtl_str text);

#endif
