// core/base/buf.c - a growing byte buffer.
#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    FIRST_CAPACITY = 256
};

void dtl_buf_release(dtl_buf *buf)
{
    free(buf->data);
    *buf = (dtl_buf){0};
}

void dtl_buf_clear(dtl_buf *buf)
{
    buf->size = 0;
    if (buf->data)
        buf->data[0] = '\0';
}

void dtl_buf_reserve(dtl_buf *buf, size_t more)
{
    size_t needed;
    if (__builtin_add_overflow(buf->size, more, &needed) ||
        __builtin_add_overflow(needed, 1, &needed))
        needed = SIZE_MAX;
    if (needed <= buf->capacity)
        return;
    size_t capacity = buf->capacity ? buf->capacity : FIRST_CAPACITY;
    while (capacity < needed && capacity <= SIZE_MAX / 2)
        capacity *= 2;
    if (capacity < needed)
        capacity = needed;
    buf->data = dtl_realloc(buf->data, capacity);
    buf->capacity = capacity;
}

void dtl_buf_vprintf(dtl_buf *buf, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int size = vsnprintf(NULL, 0, format, args);
    if (size > 0) {
        dtl_buf_reserve(buf, (size_t)size);
        vsnprintf(buf->data + buf->size, (size_t)size + 1, format, again);
        buf->size += (size_t)size;
    }
    va_end(again);
}

void dtl_buf_printf(dtl_buf *buf, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    dtl_buf_vprintf(buf, format, args);
    va_end(args);
}
