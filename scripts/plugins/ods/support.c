// support.c - refusals, and bytes that grow.
#include "ods.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool refuse(context *c, int64_t column, const char *format, ...)
{
    static const dtl_plugin_text nothing = {"", 0};
    char message[600];
    int size = 0;
    va_list args;
    if (c->failed)
        return false;
    c->failed = true;
    if (c->sheet.size && column > 0)
        size = snprintf(message, sizeof message, "sheet \"%.*s\": ", (int)c->sheet.size,
                        c->sheet.data);
    va_start(args, format);
    size += vsnprintf(message + size, sizeof message - (size_t)size, format, args);
    va_end(args);
    size_t length = size < (int)sizeof message ? (size_t)size : sizeof message - 1;
    dtl_plugin_text text = {message, length};
    c->host->fail(c->call, column > 0 ? c->row : 0, column, text, nothing);
    return false;
}

bool bytes_add(context *c, bytes *to, const void *data, size_t size)
{
    if (size > to->capacity - to->size) {
        size_t capacity = to->capacity ? to->capacity : 256;
        while (capacity - to->size < size)
            capacity *= 2;
        char *larger = c->host->allocate(c->call, capacity);
        if (!larger) {
            c->failed = true;  // the host has said why
            return false;
        }
        if (to->size)
            memcpy(larger, to->data, to->size);
        c->host->release(c->call, to->data);
        to->data = larger;
        to->capacity = capacity;
    }
    if (size)
        memcpy(to->data + to->size, data, size);
    to->size += size;
    return true;
}
