// core/import/internal.h - what the files of core/import share; no other layer includes it.
#ifndef DTL_IMPORT_INTERNAL_H
#define DTL_IMPORT_INTERNAL_H

#include "import/import.h"

// ---- text.c ----

// The limits with the defaults filled in.
dtl_importer_limits dtl_limits_complete(dtl_importer_limits limits);
// The file's text without a byte order mark. DTL_ELIMIT: larger than allowed; DTL_EDATA: UTF-16, a
// NUL, or bytes that are no UTF-8, with their place.
DTL_CHECK
bool dtl_text_open(const dtl_source_file *file, dtl_str *out, dtl_error *err);
// What the first bytes are when they are no table: "an HTML page", or NULL.
const char *dtl_text_foreign(dtl_str bytes);
// Whether [word] is among [list], which is separated by spaces; ASCII case folded.
bool dtl_word_in(dtl_str word, const char *list);
// The part behind the last '.' of the path's last name, or "".
dtl_str dtl_path_extension(dtl_str path);

// ---- sniff.c ----

// The delimiter of the first lines: a comma unless only another one is in all of them.
char dtl_csv_sniff(dtl_str text, dtl_str extension);

#endif
