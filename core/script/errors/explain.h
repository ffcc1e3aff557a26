// core/script/errors/explain.h - what the files that explain Lua's messages share. Private to core/script.
#ifndef DTL_SCRIPT_EXPLAIN_H
#define DTL_SCRIPT_EXPLAIN_H

#include "base/error.h"
#include "script/sandbox/sources.h"

// Takes [start] off the front of [text], if it stands there.
bool dtl_take_start(dtl_str *text, dtl_str start);
// Splits [text] at the first [at]: what stands before it, and moves [text] behind it.
bool dtl_take_until(dtl_str *text, dtl_str at, dtl_str *before);

// Replaces the message, keeping code and place. What is formatted may stand in the old message.
void dtl_explain_reword(dtl_error *err, const char *format, ...) DTL_PRINTF(2, 3);
// Puts the caret at the byte [offset] of the source line; SIZE_MAX leaves it where it is.
void dtl_explain_column(dtl_error *err, size_t offset);

// Explains what Lua says of a text that does not compile; false: the message is of another kind.
// [script] is the whole text, or "" when it is not known.
bool dtl_explain_syntax(dtl_error *err, dtl_str script);

// Put the caret where the name stands that the message quotes last, in the error's line; or where the
// part of a template stands that it speaks of, there or lines below.
void dtl_explain_quoted(dtl_error *err);
void dtl_explain_template(dtl_error *err, const dtl_source *script);
// For a mistake in what a report declares, found when its script has ended: the place in [script] of
// what the message quotes, else of the script's last return. [err] with a place is left alone.
void dtl_explain_declaration(dtl_error *err, dtl_str file, dtl_str script);

#endif
