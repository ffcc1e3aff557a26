// core/base/number.h - the one place where a number becomes digits.
#ifndef DTL_BASE_NUMBER_H
#define DTL_BASE_NUMBER_H

#include "base/buf.h"
#include "base/rational.h"

typedef struct dtl_number_format {
    unsigned decimals;  // digits behind the point, 0..9; rounded half up
    bool group;         // 28,204 rather than 28204
    bool trim;          // 64.70 with trim is 64.7, and 65.0 is 65
} dtl_number_format;

// Adds [value]: "28,204", "-3.5". Never exponents, never "-0". False when decimals is above 9.
DTL_CHECK
bool dtl_number_add(dtl_buf *out, dtl_rational value, dtl_number_format format);
// Exact text: "28204" or "323/5".
void dtl_number_add_exact(dtl_buf *out, dtl_rational value);
// A decimal for machines: exact where it has at most 9 decimals, else rounded to 9 ("64.7").
void dtl_number_add_decimal(dtl_buf *out, dtl_rational value);

#endif
