// core/base/arena.c - many small allocations, freed together.
#include "base/arena.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    BLOCK_SIZE = 16 * 1024,
    ALIGNMENT = 16
};

struct dtl_arena_block {
    dtl_arena_block *next;
    size_t size;
    size_t used;
    _Alignas(ALIGNMENT) char bytes[];
};

void dtl_arena_release(dtl_arena *arena)
{
    dtl_arena_block *block = arena->blocks;
    while (block) {
        dtl_arena_block *next = block->next;
        free(block);
        block = next;
    }
    *arena = (dtl_arena){0};
}

void dtl_arena_reset(dtl_arena *arena)
{
    dtl_arena_block *keep = arena->blocks;
    if (!keep)
        return;
    arena->blocks = keep->next;
    dtl_arena_release(arena);
    keep->next = NULL;
    keep->used = 0;
    arena->blocks = keep;
}

void *dtl_arena_alloc(dtl_arena *arena, size_t size)
{
    size_t rounded;
    if (__builtin_add_overflow(size ? size : 1, (size_t)ALIGNMENT - 1, &rounded))
        rounded = SIZE_MAX;
    rounded &= ~((size_t)ALIGNMENT - 1);
    dtl_arena_block *block = arena->blocks;
    if (!block || block->size - block->used < rounded) {
        size_t capacity = rounded > BLOCK_SIZE ? rounded : BLOCK_SIZE;
        size_t whole;
        if (__builtin_add_overflow(sizeof *block, capacity, &whole))
            whole = SIZE_MAX;  // which no allocator has, so that it ends there
        block = dtl_realloc(NULL, whole);
        *block = (dtl_arena_block){.next = arena->blocks, .size = capacity};
        arena->blocks = block;
    }
    void *memory = block->bytes + block->used;
    block->used += rounded;
    arena->used += rounded;
    return memset(memory, 0, rounded);
}

dtl_str dtl_arena_str(dtl_arena *arena, dtl_str text)
{
    char *copy = dtl_arena_alloc(arena, text.size + 1);
    if (text.size)
        memcpy(copy, text.data, text.size);
    return (dtl_str){copy, text.size};
}

dtl_str dtl_arena_vprintf(dtl_arena *arena, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int size = vsnprintf(NULL, 0, format, args);
    size_t length = size > 0 ? (size_t)size : 0;
    char *text = dtl_arena_alloc(arena, length + 1);
    vsnprintf(text, length + 1, format, again);
    va_end(again);
    return (dtl_str){text, length};
}

dtl_str dtl_arena_printf(dtl_arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    dtl_str text = dtl_arena_vprintf(arena, format, args);
    va_end(args);
    return text;
}
