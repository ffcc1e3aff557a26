// core/script/worker/records.h - a file's records on their way out of a worker, and an importer over them.
//
// The sender packs each record behind the one before it; the taker keeps the frames as they came and
// unpacks one record at a time, so that a file costs the host little more than its text.
#ifndef DTL_SCRIPT_RECORDS_H
#define DTL_SCRIPT_RECORDS_H

#include "import/import.h"

enum {
    DTL_RECORDS_BATCH_BYTES = 256 * 1024,  // packed bytes worth a frame
};

// Packs one record; an absent field (is_absent or is_null) is kept apart from an empty text.
void dtl_records_pack(dtl_buf *out, const dtl_record *record);

typedef struct dtl_records dtl_records;  // lives in its arena, as all that was added does
dtl_records *dtl_records_new(dtl_arena *arena);
// Adds packed records, copying them. DTL_ESCRIPT: they make no sense (the sender may be hostile).
DTL_CHECK
bool dtl_records_add(dtl_records *records, dtl_str packed, dtl_error *err);
// A remark about the file, told with the report of the import.
void dtl_records_warn(dtl_records *records, const dtl_error *warning);
// An importer over them, whatever file it is given. [name] is NUL-terminated and stays the caller's.
dtl_importer dtl_records_importer(const dtl_records *records, const char *name);

#endif
