// core/app/diagnostics.h - what goes to standard error: errors, warnings, notes, what scripts print.
//
// As text for people, or (--diagnostics=json) one JSON object a line for programs. Control codes in
// what is told show as escapes: it may come from a hostile file.
#ifndef DTL_APP_DIAGNOSTICS_H
#define DTL_APP_DIAGNOSTICS_H

#include "base/error.h"

typedef struct dtl_diagnostics {
    bool json;
} dtl_diagnostics;

void dtl_diagnostics_error(const dtl_diagnostics *diagnostics, const dtl_error *err);
void dtl_diagnostics_warning(const dtl_diagnostics *diagnostics, const dtl_error *warning);
// A remark that asks for nothing: "created dateline.db".
void dtl_diagnostics_note(const dtl_diagnostics *diagnostics, const char *format, ...)
    DTL_PRINTF(2, 3);
void dtl_diagnostics_log(const dtl_diagnostics *diagnostics, dtl_str line);  // a script's print

#endif
