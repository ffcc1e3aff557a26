// core/base/error.h - one failure, told once, where the fact is known; callers pass it up untouched.
#ifndef DTL_BASE_ERROR_H
#define DTL_BASE_ERROR_H

#include "base/buf.h"

// What kind of failure; the command line's exit status follows from it (dtl_code_exit_status).
typedef enum dtl_code {
    DTL_OK = 0,
    DTL_ENONE,      // the data cannot say: missing, not yet published, zero base. The answer is no
    DTL_EUSAGE,     // the caller asked for something that does not exist: option, report, dataset
    DTL_EDATA,      // bad input data: file, row, cell
    DTL_ESCRIPT,    // a report script failed
    DTL_ELIMIT,     // a script or an input broke a named limit
    DTL_EIO,        // the system refused: open, write, sync
    DTL_EINTERNAL,  // a fault of ours
} dtl_code;

// All parts are NUL-terminated, cut to their size at a character's border, never owned.
typedef struct dtl_error {
    dtl_code code;
    char message[768];   // what is wrong, without a final full stop
    char file[512];      // the file, or "" where there is none
    int64_t line;        // 1 is the first line or row; 0: unknown
    int64_t column;      // 1 is the first character of the line, or cell of the row; 0: unknown
    char cell[64];       // the column's header text, for data
    char source[256];    // the line as it stands, or the raw text of the cell
    char expected[256];  // "a whole number, zero or more"
    char hint[256];      // "did you mean 'year_to_date'?"
} dtl_error;

// Each sets what it names and returns false, so that a caller may `return dtl_error_set(...)`.
// An error starts empty (`dtl_error err = {0};`). dtl_error_set keeps an earlier failure: the first
// wins.
bool dtl_error_set(dtl_error *err, dtl_code code, const char *format, ...) DTL_PRINTF(3, 4);
bool dtl_error_at(dtl_error *err, dtl_str file, int64_t line, int64_t column);
bool dtl_error_source(dtl_error *err, dtl_str text);
// Line, column and source line of the byte at [offset] of [text].
bool dtl_error_point(dtl_error *err, dtl_str file, dtl_str text, size_t offset);
bool dtl_error_expected(dtl_error *err, const char *format, ...) DTL_PRINTF(2, 3);
bool dtl_error_hint(dtl_error *err, const char *format, ...) DTL_PRINTF(2, 3);
// A system call's failure: "[what] [path]: No such file or directory".
bool dtl_error_system(dtl_error *err, const char *what, const char *path, int error_number);

// Adds the message as a person reads it, ending in a newline:
//   report.lua:12:9: no function 'year_to_dat' on people
//       local x = c.people:year_to_dat(p.date)
//               ^
//     expected: ...
//     hint: did you mean 'year_to_date'?
// or, where [cell] is set (the source is left out when the message quotes it):
//   figures.csv:12:3: column 'people': '12x' is not a whole number
// Control codes and invalid UTF-8 are shown as escapes: the text may come from a hostile file.
void dtl_error_print(const dtl_error *err, dtl_buf *out);
// The same as one JSON object on one line, ending in a newline: {"severity":"error","code":"data",
// "message":...,"file":...,"line":...,"column":...,"cell":...,"source":...,"expected":...,"hint":...};
// unknown parts are left out. [severity] is "error" or "warning".
void dtl_error_print_json(const dtl_error *err, const char *severity, dtl_buf *out);

const char *dtl_code_name(dtl_code code);  // "none" "usage" "data" "script" "limit" "io" "internal"
// 0 done, 1 the answer is no, 2 misuse, 3 bad data or input/output, 4 script error or limit,
// 70 a fault of ours.
int dtl_code_exit_status(dtl_code code);

#endif
