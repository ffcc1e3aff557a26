// core/script/bindings/reasons.h - why the data could not say, kept until somebody asks why a value is missing.
//
// A nil has no reason of its own: "n = phrase.count(c.people:on(d))" keeps the nil alone. So each
// reason is kept with the script's lines that were running, and told for a value only where the
// script's text shows that it is that value's: the reason was noted by the value's own expression, or
// by the line that assigned a variable in it.
#ifndef DTL_SCRIPT_REASONS_H
#define DTL_SCRIPT_REASONS_H

#include <lua.h>

#include "base/buf.h"
#include "script/sandbox/sources.h"

enum {
    DTL_REASONS_MAX = 32,      // the oldest goes first
    DTL_REASON_FRAMES_MAX = 4  // of the script, the nearest first
};

typedef struct dtl_reason {
    dtl_buf text;
    const dtl_source *sources[DTL_REASON_FRAMES_MAX];
    int64_t lines[DTL_REASON_FRAMES_MAX];
    size_t frame_count;
} dtl_reason;

typedef struct dtl_reasons {  // empty is all zeroes
    dtl_reason all[DTL_REASONS_MAX];
    size_t next;  // counts on; its place is the remainder
} dtl_reasons;

void dtl_reasons_release(dtl_reasons *reasons);
void dtl_reasons_clear(dtl_reasons *reasons);
// Keeps [text] with the lines that are running. One of the same subject ("people: ...") and line is
// replaced: in a loop the latest counts.
void dtl_reasons_note(lua_State *L, dtl_reasons *reasons, dtl_str text);

// Add to [out] what explains a missing value, several joined by "; "; nothing when nothing does.
// The value is that of the running line, of a variable in it, or of [slot] in the table that this line hands over
// (doc:para { "{slot}", slot = ... }).
void dtl_reasons_add_of_line(lua_State *L, const dtl_reasons *reasons, dtl_buf *out);
void dtl_reasons_add_of_variable(lua_State *L, const dtl_reasons *reasons, dtl_str name,
                                 dtl_buf *out);
void dtl_reasons_add_of_slot(lua_State *L, const dtl_reasons *reasons, dtl_str slot, dtl_buf *out);

#endif
