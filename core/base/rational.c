// core/base/rational.c - exact fractions of 64-bit integers.
// Every intermediate is 128 bits wide: a product of two parts is at most 2^126, and a sum of two
// products stays below 2^127. So only the last step, back to 64 bits, can fail.
#include "base/rational.h"

typedef __int128 wide;
typedef unsigned __int128 unsigned_wide;

enum {
    DECIMALS_MAX = 9
};

static const int64_t powers_of_ten[DECIMALS_MAX + 1] = {
    1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000,
};

static unsigned_wide magnitude(wide value)
{
    return value < 0 ? -(unsigned_wide)value : (unsigned_wide)value;
}

static uint64_t magnitude64(int64_t value)
{
    return value < 0 ? -(uint64_t)value : (uint64_t)value;
}

static unsigned_wide greatest_divisor(unsigned_wide a, unsigned_wide b)
{
    while (b > UINT64_MAX) {
        unsigned_wide rest = a % b;
        a = b;
        b = rest;
    }
    if (b == 0)
        return a;
    // A 128-bit division costs several times a 64-bit one: the rest of the way is short words.
    uint64_t c = (uint64_t)b;
    uint64_t d = (uint64_t)(a % b);
    while (d) {
        uint64_t rest = c % d;
        c = d;
        d = rest;
    }
    return c;
}

static bool fits(wide value)
{
    return value >= INT64_MIN && value <= INT64_MAX;
}

static bool reduce(wide num, wide den, dtl_rational *out)
{
    if (den == 0)
        return false;
    wide divisor = (wide)greatest_divisor(magnitude(num), magnitude(den));
    if (den < 0)
        divisor = -divisor;
    num /= divisor;
    den /= divisor;
    if (!fits(num) || !fits(den))
        return false;
    *out = (dtl_rational){(int64_t)num, (int64_t)den};
    return true;
}

bool dtl_rational_make(int64_t num, int64_t den, dtl_rational *out)
{
    return reduce(num, den, out);
}

bool dtl_rational_add(dtl_rational a, dtl_rational b, dtl_rational *out)
{
    return reduce((wide)a.num * b.den + (wide)b.num * a.den, (wide)a.den * b.den, out);
}

bool dtl_rational_sub(dtl_rational a, dtl_rational b, dtl_rational *out)
{
    return reduce((wide)a.num * b.den - (wide)b.num * a.den, (wide)a.den * b.den, out);
}

bool dtl_rational_mul(dtl_rational a, dtl_rational b, dtl_rational *out)
{
    return reduce((wide)a.num * b.num, (wide)a.den * b.den, out);
}

bool dtl_rational_div(dtl_rational a, dtl_rational b, dtl_rational *out)
{
    return reduce((wide)a.num * b.den, (wide)a.den * b.num, out);
}

int dtl_rational_compare(dtl_rational a, dtl_rational b)
{
    wide left = (wide)a.num * b.den;
    wide right = (wide)b.num * a.den;
    return (left > right) - (left < right);
}

bool dtl_rational_round(dtl_rational a, unsigned decimals, int64_t *out)
{
    if (decimals > DECIMALS_MAX)
        return false;
    wide scaled = (wide)magnitude64(a.num) * powers_of_ten[decimals];
    wide rounded = (2 * scaled + a.den) / (2 * (wide)a.den);
    if (a.num < 0)
        rounded = -rounded;
    if (!fits(rounded))
        return false;
    *out = (int64_t)rounded;
    return true;
}

static int bit_length(uint64_t value)
{
    return value ? 64 - __builtin_clzll(value) : 0;
}

// Dividing two doubles would round three times. Here the quotient keeps 62 or 63 bits, its lowest
// standing for everything below it, so that the conversion is the one place that rounds.
double dtl_rational_to_double(dtl_rational a)
{
    uint64_t num = magnitude64(a.num);
    uint64_t den = (uint64_t)a.den;
    int shift = 62 + bit_length(den) - bit_length(num);
    if (num == 0)
        return 0.0;
    if (shift < 0)  // only -2^63 itself
        shift = 0;
    unsigned_wide scaled = (unsigned_wide)num << shift;
    uint64_t quotient = (uint64_t)(scaled / den);
    if (scaled % den)
        quotient |= 1;
    double value = (double)quotient / (double)((unsigned_wide)1 << shift);
    return a.num < 0 ? -value : value;
}

bool dtl_rational_from_double(double value, dtl_rational *out)
{
    const double limit = 9007199254740992.0;   // 2^53: above it a double skips integers
    if (!(value >= -limit && value <= limit))  // also false for NaN
        return false;
    int64_t whole = (int64_t)value;
    if ((double)whole < value || (double)whole > value)
        return false;
    *out = dtl_rational_from(whole);
    return true;
}
