// core/app/diff.h - what differs between two texts, line by line.
#ifndef DTL_APP_DIFF_H
#define DTL_APP_DIFF_H

#include "base/buf.h"

// Adds the lines that differ, each with '-' (only in [before]), '+' (only in [after]) or ' ' (in
// both: up to two around a difference) and a space before it; "@@" stands for what is left out.
// Nothing when the texts are the same.
void dtl_diff(dtl_str before, dtl_str after, dtl_buf *out);

#endif
