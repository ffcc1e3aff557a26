// core/script/worker/frame.h - what a worker's frames hold: texts and errors, packed one behind the other.
#ifndef DTL_SCRIPT_FRAME_H
#define DTL_SCRIPT_FRAME_H

#include "base/error.h"

void dtl_pack_int(dtl_buf *out, int64_t value);
void dtl_pack_str(dtl_buf *out, dtl_str text);
void dtl_pack_error(dtl_buf *out, const dtl_error *err);

// Each takes its part from the front of [at] and moves it on. False when too little is left: the
// sender may be hostile. Texts are borrowed from the frame.
DTL_CHECK
bool dtl_unpack_int(dtl_str *at, int64_t *out);
DTL_CHECK
bool dtl_unpack_str(dtl_str *at, dtl_str *out);
DTL_CHECK
bool dtl_unpack_error(dtl_str *at, dtl_error *out);

#endif
