// core/fact/merge.h - what two facts have in common once they are one.
#ifndef DTL_FACT_MERGE_H
#define DTL_FACT_MERGE_H

#include "fact/fact.h"

// The releases of both, ascending, distinct, in [out]. Borrowed from either where one list holds the
// other, else in the arena.
void dtl_fact_merge_releases(const dtl_fact *a, const dtl_fact *b, dtl_arena *arena, dtl_fact *out);
// Both notes, "; " between them, each once.
dtl_str dtl_fact_merge_notes(dtl_str a, dtl_str b, dtl_arena *arena);

#endif
