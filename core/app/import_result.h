// core/app/import_result.h - tells what became of an imported file.
#ifndef DTL_APP_IMPORT_RESULT_H
#define DTL_APP_IMPORT_RESULT_H

#include "app/app.h"
#include "base/json.h"
#include "import/import.h"

typedef struct dtl_import_result {
    dtl_str file;
    bool imported;  // false: nothing of it was
    bool dry_run;
    bool kept_good_rows;  // as asked
    bool name_file;       // several files: the line starts with the file's name
    const dtl_import_report *report;
} dtl_import_result;

// "small-boats-daily: 3,154 rows read, 3 values new, 1 revised, 9,458 unchanged", one line.
void dtl_import_result_add(const dtl_import_result *result, dtl_buf *out);
// The same as one JSON object, for failed files too.
void dtl_import_result_add_json(const dtl_import_result *result, const dtl_error *failure,
                                dtl_json *json);
// Problems and warnings of the file, on standard error; [failure] when it was not imported.
void dtl_import_result_diagnose(const dtl_import_result *result, const dtl_error *failure,
                                const dtl_diagnostics *diagnostics);

#endif
