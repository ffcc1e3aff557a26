// core/base/buf.h - a growing byte buffer.
#ifndef DTL_BASE_BUF_H
#define DTL_BASE_BUF_H

#include <stdarg.h>

#include "base/str.h"

typedef struct dtl_buf {
    char *data;  // owned; always NUL-terminated once something was added; NULL before
    size_t size;
    size_t capacity;
} dtl_buf;

// An empty buffer is all zeroes: `dtl_buf text = {0};`.
void dtl_buf_release(dtl_buf *buf);  // frees and empties; may be called twice
void dtl_buf_clear(dtl_buf *buf);    // empties, keeps the memory
void dtl_buf_reserve(dtl_buf *buf, size_t more);
// Inline, as renderers add by the million: what is too large for the room left takes the long way.
static inline void dtl_buf_add(dtl_buf *buf, const void *bytes, size_t size)
{
    if (size >= buf->capacity - buf->size)
        dtl_buf_reserve(buf, size);
    if (size)
        memcpy(buf->data + buf->size, bytes, size);
    buf->size += size;
    buf->data[buf->size] = '\0';
}
static inline void dtl_buf_add_str(dtl_buf *buf, dtl_str text)
{
    dtl_buf_add(buf, text.data, text.size);
}
static inline void dtl_buf_add_char(dtl_buf *buf, char c)
{
    dtl_buf_add(buf, &c, 1);
}
// Only for integers and text ("%d", "%" PRId64, "%s", "%.*s"): a float never prints itself.
void dtl_buf_printf(dtl_buf *buf, const char *format, ...) DTL_PRINTF(2, 3);
void dtl_buf_vprintf(dtl_buf *buf, const char *format, va_list args) DTL_PRINTF(2, 0);
// Borrowed: valid until the buffer changes.
static inline dtl_str dtl_buf_str(const dtl_buf *buf)
{
    return (dtl_str){buf->data, buf->size};
}

#define DTL_BUF_LITERAL(buf, literal) dtl_buf_add((buf), "" literal, sizeof(literal) - 1)

#endif
