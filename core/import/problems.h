// core/import/problems.h - what is wrong with a file, cell by cell: reported, and held where asked.
//
// Internal to core/import.
#ifndef DTL_IMPORT_PROBLEMS_H
#define DTL_IMPORT_PROBLEMS_H

#include "import/table.h"

enum {
    DTL_PROBLEM_MAX = 20,  // default of dtl_import_options.problem_max
    DTL_WARNING_MAX = 40,
};

// Problems of one kind that a file may have in every row: one message, with a count.
typedef struct dtl_problem_group {
    size_t at;      // of report.problems
    int64_t count;  // rows
    int64_t last_line;
} dtl_problem_group;

typedef struct dtl_problems {
    dtl_import_report *report;
    size_t max;
    dtl_str path;
    const dtl_table *table;
    dtl_writer *writer;  // holds bad rows there; NULL: does not
    dtl_problem_group late;
    dtl_error failure;  // of holding
} dtl_problems;

// Where a bad cell is.
typedef struct dtl_place {
    int64_t line;
    int field;    // of the record, or DTL_NO_FIELD: the whole row
    dtl_str raw;  // as it stands in the file
} dtl_place;

void dtl_problems_init(dtl_problems *problems, dtl_import_report *report, dtl_str path,
                       size_t problem_max);
// Adds [reason], whose message and expectation are set, at [place].
void dtl_problem_add(dtl_problems *problems, dtl_error *reason, dtl_place place);
// The same for a row dated after the release, of which a file may have a thousand.
void dtl_problem_add_late(dtl_problems *problems, dtl_error *reason, dtl_place place);
// A problem of the whole file, placed already.
void dtl_problem_add_whole(dtl_problems *problems, dtl_error *reason);
// Completes the messages of groups.
void dtl_problems_finish(dtl_problems *problems);

void dtl_warning_add(dtl_import_report *report, dtl_str path, int64_t line, const char *format, ...)
    DTL_PRINTF(4, 5);

#endif
