// core/import/stream.h - an importer's records, one table behind the other.
//
// Internal to core/import. A file without sheets is one table, whose name is "".
#ifndef DTL_IMPORT_STREAM_H
#define DTL_IMPORT_STREAM_H

#include "import/internal.h"

typedef struct dtl_stream {
    const dtl_importer *importer;
    void *state;
    dtl_record pending;  // read, and of the next table; its texts are valid until the next read
    bool has_pending;
    bool started;
    bool ended;
    dtl_buf sheet;  // the name of the table at hand
} dtl_stream;

DTL_CHECK
bool dtl_stream_open(dtl_stream *stream, const dtl_importer *importer, const dtl_source_file *file,
                     dtl_error *err);
void dtl_stream_close(dtl_stream *stream);
// Passes over what is left of the table at hand and goes to the next one; [*more] is false behind the
// last.
DTL_CHECK
bool dtl_stream_next_table(dtl_stream *stream, bool *more, dtl_error *err);
// The next record of the table at hand; [*more] is false behind its last.
DTL_CHECK
bool dtl_stream_next(dtl_stream *stream, dtl_record *out, bool *more, dtl_error *err);

#endif
