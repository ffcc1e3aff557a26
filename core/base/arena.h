// core/base/arena.h - many small allocations, freed together. One owner: whoever holds the arena.
#ifndef DTL_BASE_ARENA_H
#define DTL_BASE_ARENA_H

#include <stdarg.h>

#include "base/str.h"

typedef struct dtl_arena_block dtl_arena_block;
typedef struct dtl_arena {
    dtl_arena_block *blocks;  // newest first
    size_t used;              // bytes handed out, all blocks
} dtl_arena;

// An empty arena is all zeroes: `dtl_arena arena = {0};`.
void dtl_arena_release(dtl_arena *arena);  // frees all; may be called twice
void dtl_arena_reset(dtl_arena *arena);    // forgets all, keeps one block for the next use
void *dtl_arena_alloc(dtl_arena *arena, size_t size);   // zeroed, aligned for any type
dtl_str dtl_arena_str(dtl_arena *arena, dtl_str text);  // a copy, with a NUL behind it
dtl_str dtl_arena_printf(dtl_arena *arena, const char *format, ...) DTL_PRINTF(2, 3);
dtl_str dtl_arena_vprintf(dtl_arena *arena, const char *format, va_list args) DTL_PRINTF(2, 0);

#endif
