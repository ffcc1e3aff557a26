// core/app/line_editor.h - lines typed by a person, with history and completion (libedit), or read from
// a pipe.
#ifndef DTL_APP_LINE_EDITOR_H
#define DTL_APP_LINE_EDITOR_H

#include "base/arena.h"
#include "base/buf.h"

typedef struct dtl_line_editor dtl_line_editor;

// Standard input, edited when it is a terminal. History is kept in
// $XDG_STATE_HOME/dateline/history (else ~/.local/state), for terminals alone.
dtl_line_editor *dtl_line_editor_new(void);
void dtl_line_editor_free(dtl_line_editor *editor);  // saves the history; NULL is allowed
bool dtl_line_editor_is_terminal(const dtl_line_editor *editor);
// What TAB completes: one word a line, each with its prefix up to the last '.' or ':'. Copied.
void dtl_line_editor_set_words(dtl_line_editor *editor, dtl_str words);
// Adds the next line to [out], without its newline. False behind the last.
bool dtl_line_editor_read(dtl_line_editor *editor, const char *prompt, dtl_buf *out);

#endif
