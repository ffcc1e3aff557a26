// core/store/complaint.h - what SQLite says of a statement that does not prepare, in an analyst's
// words. Private to core/store.
#ifndef DTL_STORE_COMPLAINT_H
#define DTL_STORE_COMPLAINT_H

#include "base/error.h"

// Sets the message of [err] (DTL_ESCRIPT) from SQLite's own, and a hint where the text of [sql] shows
// the mistake. [*offset] is where SQLite stumbled (-1: not known), and is moved to where the mistake
// stands.
void dtl_complaint_explain(dtl_str sql, dtl_str message, int64_t *offset, dtl_error *err);

#endif
