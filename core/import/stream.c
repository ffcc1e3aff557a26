// core/import/stream.c - tells the tables of a file apart by the sheet that each record names.
#include "import/stream.h"

bool dtl_stream_open(dtl_stream *stream, const dtl_importer *importer, const dtl_source_file *file,
                     dtl_error *err)
{
    *stream = (dtl_stream){.importer = importer};
    return importer->open(importer, file, &stream->state, err);
}

void dtl_stream_close(dtl_stream *stream)
{
    if (stream->state)
        stream->importer->close(stream->state);
    dtl_buf_release(&stream->sheet);
    *stream = (dtl_stream){.ended = true};
}

static bool read_on(dtl_stream *stream, dtl_error *err)
{
    bool more;
    if (!stream->importer->next(stream->state, &stream->pending, &more, err))
        return false;
    stream->has_pending = more;
    stream->ended = !more;
    return true;
}

static bool is_of_table(const dtl_stream *stream)
{
    return dtl_str_equal(stream->pending.sheet, dtl_buf_str(&stream->sheet));
}

bool dtl_stream_next_table(dtl_stream *stream, bool *more, dtl_error *err)
{
    dtl_record passed;
    bool left = stream->started;
    stream->started = true;
    *more = false;
    while (left)
        if (!dtl_stream_next(stream, &passed, &left, err))
            return false;
    if (!stream->has_pending && !stream->ended && !read_on(stream, err))
        return false;
    *more = stream->has_pending;
    dtl_buf_clear(&stream->sheet);
    if (stream->has_pending)
        dtl_buf_add_str(&stream->sheet, stream->pending.sheet);
    return true;
}

bool dtl_stream_next(dtl_stream *stream, dtl_record *out, bool *more, dtl_error *err)
{
    *more = false;
    if (!stream->has_pending && (stream->ended || !read_on(stream, err)))
        return stream->ended;
    if (!stream->has_pending || !is_of_table(stream))
        return true;
    *out = stream->pending;
    stream->has_pending = false;
    *more = true;
    return true;
}
