// dateline/dateline.h - Dateline in another program: open a store, import files, run reports to memory.
//
//     dtl_context *context = dtl_context_new();
//     dtl_context_open(context, "crossings.db");  // or NULL: the bundled figures
//     dtl_context_set_parameter(context, "date", "2024-10-18");
//     if (dtl_context_run(context, "latest-developments", "html") == DTL_OUTCOME_DONE)
//         fputs(dtl_context_output(context, NULL), stdout);
//     for (size_t i = 0; i < dtl_context_problem_count(context); i++)
//         fprintf(stderr, "%s\n", dtl_context_problem(context, i).message);
//     dtl_context_free(context);
//
// A context belongs to one thread at a time; several threads may each have one of their own. Scripts
// run in a process of their own (fork), so a script can crash, hang or run out of memory and harm
// nothing; nothing is printed, no file is written but the store, and the calling program never exits.
// Link with pkg-config: `cc x.c $(pkg-config --cflags --libs dateline)`. Plain C11, usable from C++.
#ifndef DTL_INCLUDE_DATELINE_DATELINE_H
#define DTL_INCLUDE_DATELINE_DATELINE_H

#include <stddef.h>
#include <stdint.h>

#include "dateline/export.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct dtl_context dtl_context;

// What kind of outcome a call had.
typedef enum dtl_outcome {
    DTL_OUTCOME_DONE = 0,
    DTL_OUTCOME_NO = 1,      // the data cannot say (not yet published, missing): nothing was made
    DTL_OUTCOME_MISUSE = 2,  // an unknown report, parameter, style, dataset
    DTL_OUTCOME_DATA = 3,    // bad input data, or a file that cannot be read or written
    DTL_OUTCOME_SCRIPT = 4,  // the report script failed or broke a limit
} dtl_outcome;

// One error or warning. Text is NUL-terminated and belongs to the context until its next call.
typedef struct dtl_problem {
    int is_warning;
    dtl_outcome outcome;
    const char *message;
    const char *file;      // "" when there is none
    int64_t line, column;  // 0: unknown
    const char *cell;      // the column's header text, for data
    const char *source;    // the line as it stands, or a cell's raw text
    const char *expected;
    const char *hint;
} dtl_problem;

DTL_API const char *dtl_version(void);

// Never NULL: out of memory ends the program, as everywhere in the library.
DTL_API dtl_context *dtl_context_new(void);
DTL_API void dtl_context_free(dtl_context *context);  // NULL is allowed

// Chooses the store: a file, which importing creates when it does not exist; or NULL, the figures
// bundled with the library, which nothing can be imported into. A new context has those.
DTL_API dtl_outcome dtl_context_open(dtl_context *context, const char *path);
// Reads only what was known at the end of that day ("2024-10-18"); NULL: all that is known.
DTL_API dtl_outcome dtl_context_set_as_of(dtl_context *context, const char *date);
// A house style's name; NULL: the default.
DTL_API void dtl_context_set_style(dtl_context *context, const char *style);
// A report's parameter, as text; NULL takes it away. Kept for the runs that follow.
DTL_API void dtl_context_set_parameter(dtl_context *context, const char *name, const char *value);
// A plugin's folder, or a folder of plugins, where what the library itself has not is looked for: report,
// format, house style, dataset, kind of file. Before the user's own plugins and the installed ones.
DTL_API void dtl_context_add_plugin(dtl_context *context, const char *path);
// The limits of one run; 0 keeps the default (64 MB, 10 seconds).
DTL_API void dtl_context_set_limits(dtl_context *context, size_t memory_bytes, int64_t wall_ms);

// Imports one file in one transaction. [dataset] is a name or the path of a manifest (.lua); NULL: the
// one whose columns the file has. [retrieved] is when the file was obtained ("2026-08-21T12:00:00Z");
// [published] a date, or NULL when unknown. On failure nothing was imported, and every bad cell is a
// problem, up to a thousand.
DTL_API dtl_outcome dtl_context_import(dtl_context *context, const char *file, const char *dataset,
                                       const char *retrieved, const char *published);

// Runs a report (a bundled report's name, or a path to a script) and keeps its output. [format] is
// "markdown", "html", "text", "json" or a plugin's.
DTL_API dtl_outcome dtl_context_run(dtl_context *context, const char *report, const char *format);
// The same from a script in memory; [name] stands for it in messages.
DTL_API dtl_outcome dtl_context_run_source(dtl_context *context, const char *name,
                                           const char *source, size_t size, const char *format);
// One expression, as `dateline eval --to json` gives it.
DTL_API dtl_outcome dtl_context_eval(dtl_context *context, const char *expression);
// The output of the last run or eval, NUL-terminated, with its length in [size] (may be NULL). Empty
// after a failure. Valid until the context's next call.
DTL_API const char *dtl_context_output(const dtl_context *context, size_t *size);

// What the last call had to say, errors before warnings.
DTL_API size_t dtl_context_problem_count(const dtl_context *context);
DTL_API dtl_problem dtl_context_problem(const dtl_context *context, size_t index);

#ifdef __cplusplus
}
#endif

#endif
