// core/doc/lint.h - what a bulletin must never say, found before it is rendered.
#ifndef DTL_DOC_LINT_H
#define DTL_DOC_LINT_H

#include "doc/doc.h"

// Adds one line a finding to [out] and returns how many: a digit in prose that is neither a fact, a
// date nor literal ("paragraph 3: '528' is no fact: ..."), and what no reader should meet: "nil",
// "nan", "inf" as words, a double space, an empty paragraph, a sentence without its full stop, a
// float with a trailing ".0", "1 people". Headings, code and table cells need no full stop.
size_t dtl_doc_lint(const dtl_doc *doc, dtl_buf *out);

#endif
