// core/script/bindings/session.h - what the bindings of one state stand on: the store as of a moment, the
// series read so far, who released what.
#ifndef DTL_SCRIPT_SESSION_H
#define DTL_SCRIPT_SESSION_H

#include "doc/doc.h"
#include "fact/measure.h"
#include "store/query.h"

typedef struct dtl_session dtl_session;  // opaque: its fields are in session.c

// [store] is borrowed and must outlive the session; the session must outlive its Lua state.
dtl_session *dtl_session_new(dtl_store *store, dtl_moment as_of);
void dtl_session_free(dtl_session *session);  // NULL is allowed
dtl_store *dtl_session_store(const dtl_session *session);
dtl_moment dtl_session_as_of(const dtl_session *session);
// The house style that whoever started the run chose; "": none. Copied.
void dtl_session_set_style(dtl_session *session, dtl_str style);
dtl_str dtl_session_style(const dtl_session *session);
dtl_arena *dtl_session_arena(dtl_session *session);    // lives as long as the session
dtl_arena *dtl_session_scratch(dtl_session *session);  // emptied at each call
// A buffer, emptied at each call and kept by the session: a raise between filling and pushing it
// cannot leak it.
dtl_buf *dtl_session_text(dtl_session *session);

// The series of [key], read once and kept. Borrowed.
DTL_CHECK
bool dtl_session_series(dtl_session *session, const dtl_series_key *key, const dtl_series **out,
                        dtl_error *err);
// The dataset [name]: DTL_EUSAGE with a hint when there is none. Borrowed.
DTL_CHECK
bool dtl_session_dataset(dtl_session *session, dtl_str name, const dtl_dataset **out,
                         dtl_error *err);
DTL_CHECK
bool dtl_session_datasets(dtl_session *session, const dtl_dataset **out, size_t *count,
                          dtl_error *err);
// The named event, or DTL_EUSAGE with a hint.
DTL_CHECK
bool dtl_session_event(dtl_session *session, dtl_str name, const dtl_event **out, dtl_error *err);
DTL_CHECK
bool dtl_session_events(dtl_session *session, const dtl_event **out, size_t *count, dtl_error *err);
// A release and its dataset, as a reader needs them. Borrowed.
DTL_CHECK
bool dtl_session_source(dtl_session *session, int64_t release, const dtl_doc_source **out,
                        dtl_error *err);

#endif
