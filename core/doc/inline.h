// core/doc/inline.h - an author's line of inline Markdown, with values put into it, as nodes.
//
// The template is the author's markup: **strong**, *emphasis* (or _emphasis_), `code`,
// [text](url) and a backslash before ASCII punctuation. What is put into it is data and never
// markup: a slot stands in the template as the byte 0x01, the slot's number as decimal digits, and
// the byte 0x02, and becomes the nodes of its runs.
#ifndef DTL_DOC_INLINE_H
#define DTL_DOC_INLINE_H

#include "doc/doc.h"

typedef enum dtl_run_kind {
    DTL_RUN_TEXT,
    DTL_RUN_LITERAL,  // text whose digits are meant
    DTL_RUN_FACT,     // text shows fact
    DTL_RUN_DATE,     // text shows date
    DTL_RUN_LINK,     // text links to url
} dtl_run_kind;

typedef struct dtl_run {
    dtl_run_kind kind;
    dtl_str text;
    const dtl_fact *fact;
    dtl_date date;
    dtl_str url;
} dtl_run;

typedef struct dtl_slot {
    const dtl_run *runs;
    size_t count;
} dtl_slot;

// Appends the template's nodes to [parent]. A mark without its partner is text ("5 * 3"). A slot
// number out of range is DTL_EINTERNAL; a link with a refused scheme keeps its text and adds a
// warning line to [warnings] (may be NULL).
DTL_CHECK
bool dtl_inline_parse(dtl_node *parent, dtl_str markup, const dtl_slot *slots, size_t slot_count,
                      dtl_buf *warnings, dtl_error *err);
// Appends runs with no markup at all.
DTL_CHECK
bool dtl_inline_append(dtl_node *parent, const dtl_run *runs, size_t count, dtl_buf *warnings,
                       dtl_error *err);

// Whether a link may go out: http, https, mailto, or relative, judged after removing C0 controls and
// white space as browsers do. Nothing with a control byte inside its scheme passes.
bool dtl_url_is_allowed(dtl_str url);

#endif
