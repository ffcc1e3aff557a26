// tests/support/random.h - numbers for generated test data: the same ones in every run.
#ifndef DTL_TESTS_SUPPORT_RANDOM_H
#define DTL_TESTS_SUPPORT_RANDOM_H

#include <stdint.h>

typedef struct dtl_random {
    uint64_t state;  // the seed, at first
} dtl_random;

// SplitMix64: every seed will do, and every 64-bit value comes up once.
static inline uint64_t dtl_random_next(dtl_random *random)
{
    uint64_t z = random->state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

// 0 to [limit] - 1.
static inline uint64_t dtl_random_below(dtl_random *random, uint64_t limit)
{
    return dtl_random_next(random) % limit;
}

// A signed value of any length from 0 to 64 bits, all lengths equally likely: small values,
// products that just fit and the extremes all come up.
static inline int64_t dtl_random_int64(dtl_random *random)
{
    uint64_t length = dtl_random_below(random, 65);
    uint64_t value = length ? dtl_random_next(random) >> (64 - length) : 0;
    return (int64_t)(dtl_random_next(random) & 1 ? 0 - value : value);
}

#endif
