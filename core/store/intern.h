// core/store/intern.h - texts that repeat, kept once and known by a number.
//
// Internal to core/store and core/import. Numbers are given in the order of first sight, from 0;
// hashing is seeded anew in each process, so that no file can be made to collide.
#ifndef DTL_STORE_INTERN_H
#define DTL_STORE_INTERN_H

#include "base/arena.h"

typedef struct dtl_intern {
    dtl_arena arena;
    dtl_str *texts;
    uint32_t *slots;  // number + 1; 0 is free
    uint64_t seed;
    uint32_t count;
    uint32_t capacity;
    uint32_t mask;
} dtl_intern;

void dtl_intern_init(dtl_intern *intern);
void dtl_intern_release(dtl_intern *intern);
uint32_t dtl_intern_add(dtl_intern *intern, dtl_str text);
static inline dtl_str dtl_intern_get(const dtl_intern *intern, uint32_t number)
{
    return intern->texts[number];
}

// A seed that no one outside can know.
uint64_t dtl_hash_seed(void);
static inline uint64_t dtl_hash_mix(uint64_t a, uint64_t b)
{
    unsigned __int128 product = (unsigned __int128)(a ^ 0x9e3779b97f4a7c15u) * (b | 1);
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

#endif
