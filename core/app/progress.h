// core/app/progress.h - a bar on standard error, when it is a terminal and the work takes longer
// than a second.
#ifndef DTL_APP_PROGRESS_H
#define DTL_APP_PROGRESS_H

#include "base/base.h"

typedef struct dtl_progress {
    bool wanted;         // standard error is a terminal
    bool drawn;          // a bar stands there, to be wiped out
    int64_t started_ms;  // on a clock that only counts
    int64_t drawn_at_ms;
} dtl_progress;

void dtl_progress_start(dtl_progress *progress, bool wanted);
// Draws, at most ten times a second. [context] is the dtl_progress.
void dtl_progress_show(void *context, size_t done, size_t total);
void dtl_progress_finish(dtl_progress *progress);  // wipes the bar out

#endif
