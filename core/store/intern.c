// core/store/intern.c - texts that repeat, kept once and known by a number.
#include "store/intern.h"

#include <stdlib.h>
#include <sys/random.h>
#include <time.h>

enum {
    FIRST_SLOTS = 64
};

uint64_t dtl_hash_seed(void)
{
    uint64_t seed = 0;
    if (getrandom(&seed, sizeof seed, GRND_NONBLOCK) == (ssize_t)sizeof seed)
        return seed;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return dtl_hash_mix((uint64_t)now.tv_nsec, (uint64_t)(uintptr_t)&seed);
}

void dtl_intern_init(dtl_intern *intern)
{
    *intern = (dtl_intern){.seed = dtl_hash_seed(), .mask = FIRST_SLOTS - 1};
    intern->slots = dtl_alloc(FIRST_SLOTS * sizeof *intern->slots);
}

void dtl_intern_release(dtl_intern *intern)
{
    dtl_arena_release(&intern->arena);
    free(intern->texts);
    free(intern->slots);
    *intern = (dtl_intern){0};
}

static uint64_t hash(const dtl_intern *intern, dtl_str text)
{
    uint64_t state = dtl_hash_mix(intern->seed, text.size + 1);
    size_t at = 0;
    uint64_t word = 0;
    for (; text.size - at >= sizeof word; at += sizeof word) {
        memcpy(&word, text.data + at, sizeof word);
        state = dtl_hash_mix(state ^ word, intern->seed);
    }
    word = 0;
    if (text.size > at)
        memcpy(&word, text.data + at, text.size - at);
    return dtl_hash_mix(state ^ word, intern->seed);
}

static void grow_slots(dtl_intern *intern)
{
    uint32_t size = (intern->mask + 1) * 2;
    free(intern->slots);
    intern->slots = dtl_alloc(size * sizeof *intern->slots);
    intern->mask = size - 1;
    for (uint32_t i = 0; i < intern->count; i++) {
        uint32_t at = (uint32_t)hash(intern, intern->texts[i]) & intern->mask;
        while (intern->slots[at])
            at = (at + 1) & intern->mask;
        intern->slots[at] = i + 1;
    }
}

uint32_t dtl_intern_add(dtl_intern *intern, dtl_str text)
{
    uint32_t at = (uint32_t)hash(intern, text) & intern->mask;
    for (; intern->slots[at]; at = (at + 1) & intern->mask) {
        uint32_t number = intern->slots[at] - 1;
        if (dtl_str_equal(intern->texts[number], text))
            return number;
    }
    if (intern->count == intern->capacity) {
        intern->capacity = intern->capacity ? intern->capacity * 2 : FIRST_SLOTS;
        intern->texts = dtl_realloc_array(intern->texts, intern->capacity, sizeof *intern->texts);
    }
    uint32_t number = intern->count++;
    intern->texts[number] = dtl_arena_str(&intern->arena, text);
    intern->slots[at] = number + 1;
    if (intern->count > intern->mask / 2)
        grow_slots(intern);
    return number;
}
