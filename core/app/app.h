// core/app/app.h - the program: what its commands share, what a command is, and which one runs.
#ifndef DTL_APP_APP_H
#define DTL_APP_APP_H

#include "app/diagnostics.h"
#include "app/options.h"
#include "app/output.h"

typedef struct dtl_app {
    dtl_diagnostics diagnostics;
    dtl_output output;
    dtl_arena arena;  // as long as the program runs
} dtl_app;

typedef struct dtl_command {
    const char *name;     // of one in a group with the group's before it: "plugin add"
    const char *usage;    // behind the name: "REPORT [--PARAM VALUE ...] [options]"
    const char *summary;  // one line, for the list of commands
    const char *details;  // more, as whole lines; NULL: none
    const char *example;  // one command that works
    dtl_option_table options;
    const void *defaults;  // of the struct of values
    size_t values_size;
    bool helps;  // with --help and an operand it runs all the same, and tells about that
    // A group: the next word chooses one of these, and it is all that a group has beside [name],
    // [summary], [details] and [example].
    const struct dtl_command *const *group;
    size_t group_count;
    // [values] is the struct of values, filled. Gives the program's exit status.
    int (*run)(dtl_app *app, const dtl_command_line *line, const void *values);
} dtl_command;

// Tells [err] on standard error and gives the exit status that follows from it. Nothing is told
// when standard output's reader is gone: there is nothing to be done about it.
int dtl_app_fail(dtl_app *app, const dtl_error *err);

// Writes [text] to standard output and releases it; gives the exit status.
int dtl_app_show(dtl_app *app, dtl_buf *text);

// Runs the program: finds the command, reads its options, runs it, closes standard output.
int dtl_app_main(const dtl_command *const *commands, size_t command_count, int argc, char **argv);

#endif
