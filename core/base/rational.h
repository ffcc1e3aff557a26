// core/base/rational.h - exact fractions of 64-bit integers. Nothing here ever rounds or wraps.
#ifndef DTL_BASE_RATIONAL_H
#define DTL_BASE_RATIONAL_H

#include "base/base.h"

// In lowest terms, den > 0. Zero is 0/1.
typedef struct dtl_rational {
    int64_t num;
    int64_t den;
} dtl_rational;

static inline dtl_rational dtl_rational_from(int64_t value)
{
    return (dtl_rational){value, 1};
}

// False when the exact result does not fit, or on division by zero; [out] is then not written.
DTL_CHECK
bool dtl_rational_make(int64_t num, int64_t den, dtl_rational *out);
DTL_CHECK
bool dtl_rational_add(dtl_rational a, dtl_rational b, dtl_rational *out);
DTL_CHECK
bool dtl_rational_sub(dtl_rational a, dtl_rational b, dtl_rational *out);
DTL_CHECK
bool dtl_rational_mul(dtl_rational a, dtl_rational b, dtl_rational *out);
DTL_CHECK
bool dtl_rational_div(dtl_rational a, dtl_rational b, dtl_rational *out);
// Negative, zero or positive; exact for every pair.
int dtl_rational_compare(dtl_rational a, dtl_rational b);
static inline bool dtl_rational_is_integer(dtl_rational a)
{
    return a.den == 1;
}
// [a] times 10^decimals rounded half up, away from zero for the negative half (-0.5 gives -1, so
// that a fall rounds as the same rise would). decimals 0..9. False when it does not fit, or when
// decimals is above 9.
DTL_CHECK
bool dtl_rational_round(dtl_rational a, unsigned decimals, int64_t *out);
// The nearest double, for callers outside prose only (a Lua comparison, a chart).
double dtl_rational_to_double(dtl_rational a);
// The exact fraction of an integral double: false for NaN, infinities, fractions, beyond 2^53.
DTL_CHECK
bool dtl_rational_from_double(double value, dtl_rational *out);

#endif
