// core/script/run/report.h - a report in the worker: its script run, its document built. Private to
// core/script.
#ifndef DTL_SCRIPT_REPORT_H
#define DTL_SCRIPT_REPORT_H

#include "script/run/job.h"

// Runs the script's text and leaves what it returned on the stack.
DTL_CHECK
bool dtl_report_load(dtl_job *job, const dtl_script *script, dtl_error *err);
// Builds the document of the report at [report_at] on the stack, with its sources; what lint and the
// report itself find is added to [warnings], a line each. [key] is the value of the parameter that
// varies, or "". Leaves the parameters, as the report saw them, on the stack; nothing on failure.
DTL_CHECK
bool dtl_report_build(dtl_job *job, const dtl_script *script, const dtl_report_options *options,
                      int report_at, dtl_str key, dtl_doc *doc, dtl_buf *warnings, dtl_error *err);

// The folders of the native code that [report] needs, in [out], which has room for one more than
// there are checks; how many.
size_t dtl_report_native_folders(const dtl_report_options *report, const char **out);
// Brings that code in, before the worker is fully confined.
DTL_CHECK
bool dtl_report_load_native(dtl_job *job, const dtl_report_options *report, dtl_error *err);
// Adds the document's bytes by the run's renderer.
DTL_CHECK
bool dtl_report_render(dtl_job *job, const dtl_report_options *report, const dtl_doc *doc,
                       dtl_buf *out, dtl_error *err);
// Adds what the run's checks find, a line each.
DTL_CHECK
bool dtl_report_check(dtl_job *job, const dtl_report_options *report, const dtl_doc *doc,
                      dtl_buf *findings, dtl_error *err);

#endif
