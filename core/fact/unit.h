// core/fact/unit.h - the algebra of units: "person" over "boat" is "person/boat", times "boat" "person".
#ifndef DTL_FACT_UNIT_H
#define DTL_FACT_UNIT_H

#include "base/arena.h"
#include "base/buf.h"

enum {
    DTL_UNIT_FACTORS_MAX = 8  // above or below the line
};

// The unit of a product or, with [divide], of a quotient, in the arena: factors sorted and joined by
// "*", those below the line behind "/", what stands on both sides cancelled; "" for a bare number.
// False: too many factors.
DTL_CHECK
bool dtl_unit_combine(dtl_str a, dtl_str b, bool divide, dtl_arena *arena, dtl_str *out);

#endif
