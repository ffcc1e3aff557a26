// core/script/worker/frame.c - what a worker's frames hold. Both ends are one program on one machine, so
// integers travel as they are.
#include "script/worker/frame.h"

void dtl_pack_int(dtl_buf *out, int64_t value)
{
    dtl_buf_add(out, &value, sizeof value);
}

void dtl_pack_str(dtl_buf *out, dtl_str text)
{
    dtl_pack_int(out, (int64_t)text.size);
    dtl_buf_add_str(out, text);
}

bool dtl_unpack_int(dtl_str *at, int64_t *out)
{
    if (at->size < sizeof *out)
        return false;
    memcpy(out, at->data, sizeof *out);
    *at = dtl_str_slice(*at, sizeof *out, at->size);
    return true;
}

bool dtl_unpack_str(dtl_str *at, dtl_str *out)
{
    int64_t size;
    if (!dtl_unpack_int(at, &size) || size < 0 || (uint64_t)size > at->size)
        return false;
    *out = dtl_str_slice(*at, 0, (size_t)size);
    *at = dtl_str_slice(*at, (size_t)size, at->size);
    return true;
}

typedef struct part {
    size_t offset;
    size_t size;
} part;

#define PART(member)                                                                               \
    {                                                                                              \
        offsetof(dtl_error, member), sizeof(((dtl_error *)NULL)->member)                           \
    }

static const part parts[] = {PART(message), PART(file),     PART(cell),
                             PART(source),  PART(expected), PART(hint)};

void dtl_pack_error(dtl_buf *out, const dtl_error *err)
{
    dtl_pack_int(out, err->code);
    dtl_pack_int(out, err->line);
    dtl_pack_int(out, err->column);
    for (size_t i = 0; i < DTL_COUNT(parts); i++)
        dtl_pack_str(out, dtl_str_from((const char *)err + parts[i].offset));
}

bool dtl_unpack_error(dtl_str *at, dtl_error *out)
{
    int64_t code;
    *out = (dtl_error){0};
    if (!dtl_unpack_int(at, &code) || code < DTL_OK || code > DTL_EINTERNAL ||
        !dtl_unpack_int(at, &out->line) || !dtl_unpack_int(at, &out->column))
        return false;
    out->code = (dtl_code)code;
    for (size_t i = 0; i < DTL_COUNT(parts); i++) {
        dtl_str text;
        if (!dtl_unpack_str(at, &text) || text.size >= parts[i].size)
            return false;
        memcpy((char *)out + parts[i].offset, text.data, text.size);
    }
    return true;
}
