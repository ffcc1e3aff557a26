// core/script/run/run.h - runs scripts in a worker: a report into bulletins, an expression into a value,
// an SQL statement into rows.
//
// Every function forks a worker (worker.h), which opens the store itself, is confined, builds, renders
// and sends bytes back. Nothing is written here: the caller gets the bytes.
#ifndef DTL_SCRIPT_RUN_H
#define DTL_SCRIPT_RUN_H

#include "render/render.h"
#include "script/sandbox/limits.h"
#include "script/worker/worker.h"

// Which store the worker opens: a file, or (path NULL) the figures bundled with the program.
typedef struct dtl_store_ref {
    const char *path;
    const unsigned char *image;  // the bundled figures (dtl_image_bytes)
    size_t image_size;
} dtl_store_ref;

// What a bulletin says of itself.
typedef struct dtl_about {
    dtl_str title, summary, style;
    dtl_date date;  // DTL_DATE_NONE: of no day
} dtl_about;

// What the caller is told while a script runs. Every member may be NULL but `output`.
typedef struct dtl_run_events {
    // One bulletin, or the text of eval and sql. [key] tells bulletins apart when there are several:
    // the value of the parameter that varies ("2024-10-18"), else "". [ledger] is the bulletin's
    // facts as JSON, or "" when not asked for. False stops the run with [err].
    bool (*output)(void *context, dtl_str key, dtl_str bytes, dtl_str ledger, dtl_error *err);
    // Before the output of each bulletin, when dtl_report_options asks for it; may be NULL.
    void (*about)(void *context, const dtl_about *about);
    void (*warning)(void *context, const dtl_error *warning);  // for the author, with file and line
    void (*log)(void *context, dtl_str line);                  // what print wrote
    void *context;
} dtl_run_events;

typedef struct dtl_argument {  // a report's parameter as given on the command line
    dtl_str name;
    dtl_str value;
} dtl_argument;

typedef struct dtl_script {
    dtl_str name;             // "latest-developments"
    dtl_str file;             // as messages show it: "reports/latest-developments.lua"
    dtl_str source;           // its text
    const char *module_root;  // its folder, for require; NULL: none (a bundled report)
    const char *shared_root;  // where require looks next: scripts/ beside reports/; NULL: none
} dtl_script;

// Where a run asks for what the core has not (extend.h). In the host; NULL members: there are no
// plugins.
typedef struct dtl_extensions {
    // Adds what a plugin remarked on the way to [remarks], a line each, whether or not it failed.
    bool (*answer)(void *context, dtl_str question, dtl_buf *remarks, dtl_buf *answer,
                   dtl_error *err);
    void *context;
} dtl_extensions;

// A renderer or a check of a plugin's.
typedef struct dtl_extension {
    dtl_str name;
    // Native code: brought into the worker from [folder], in a first confinement, and called there for
    // each document; a renderer adds its bytes to [out], a check its findings, a line each. NULL: it is
    // a Lua plugin's. What it remarks besides is added to [remarks], a line each.
    const char *folder;
    bool (*load)(void *context, dtl_error *err);
    bool (*call)(void *context, const dtl_doc *doc, dtl_buf *out, dtl_buf *remarks, dtl_error *err);
    void *context;
    const char *by;    // whose native code it is, for messages: "the plugin hello"
    const char *part;  // and what of it: "in its renderer outline"
} dtl_extension;

typedef struct dtl_run_options {
    dtl_store_ref store;
    dtl_moment as_of;  // DTL_MOMENT_LATEST: all that is known
    dtl_str style;     // a house style's name; "": the report's own, else the default
    dtl_limits limits;
    dtl_extensions extensions;
    bool in_process;  // no worker: for debuggers
    bool debug;       // C and library frames stay in error messages
} dtl_run_options;

typedef struct dtl_report_options {
    const dtl_argument *arguments;
    size_t argument_count;
    const dtl_renderer *renderer;  // NULL: [added_renderer]
    const dtl_extension *added_renderer;
    const dtl_extension *checks;  // what they find is a warning, like what lint finds
    size_t check_count;
    dtl_render_options render;
    bool strict;   // what lint finds is an error, not a warning
    bool ledger;   // also give each bulletin's facts as JSON
    bool about;    // also tell what each says of itself
    dtl_str each;  // the parameter that varies; "": one bulletin
    dtl_date each_from, each_to;
} dtl_report_options;

// Runs a report. DTL_ENONE: the data cannot say (a day not yet published); DTL_ESCRIPT and DTL_ELIMIT
// name the script's line; DTL_EUSAGE: an unknown parameter or style, with a hint.
DTL_CHECK
bool dtl_run_report(const dtl_script *script, const dtl_report_options *report,
                    const dtl_run_options *options, const dtl_run_events *events, dtl_error *err);
// The report's own account of itself: title, parameters with type, default and help, as text for a
// person ([json] false) or one JSON object {"name","title","help","parameters":[{"name","type",
// "default","help","choices"}]}.
DTL_CHECK
bool dtl_run_describe(const dtl_script *script, bool json, const dtl_run_options *options,
                      const dtl_run_events *events, dtl_error *err);
// One Lua expression with c, phrase, data, sql and date at hand; gives one line of text, or the JSON
// object of design.md ("The command line"). DTL_ENONE: it was nil, with its reason; with [json] the
// object {"kind":"none"} was given as well.
DTL_CHECK
bool dtl_run_eval(dtl_str expression, bool json, const dtl_run_options *options,
                  const dtl_run_events *events, dtl_error *err);

// The interactive prompt: inputs are read by [read_line] in the caller's process and run one after
// another in one worker, each under limits of its own; names that an input sets stay. Results come
// as output, an input's failure as a warning. False: a limit was broken or the worker died (all names
// are lost; it may be run again).
typedef struct dtl_repl {
    // The next line, without its newline, added to [line]; [more]: it goes on an unfinished input.
    // False: there are no more.
    bool (*read_line)(void *context, bool more, dtl_buf *line);
    void (*words)(void *context, dtl_str words);  // what can be completed, one a line; may be NULL
    void *context;
} dtl_repl;
DTL_CHECK
bool dtl_run_repl(dtl_repl *repl, const dtl_run_options *options, const dtl_run_events *events,
                  dtl_error *err);

typedef enum dtl_rows_format {
    DTL_ROWS_TABLE,
    DTL_ROWS_CSV,   // RFC 4180; text that a spreadsheet would run as a formula is prefixed with '
    DTL_ROWS_JSON,  // an array of objects
} dtl_rows_format;
// One SELECT. The output comes in pieces, in order.
DTL_CHECK
bool dtl_run_sql(dtl_str sql, dtl_rows_format format, const dtl_run_options *options,
                 const dtl_run_events *events, dtl_error *err);
// The datasets described by a Lua manifest file, read in a worker; [out] and what it points to live
// in [arena].
DTL_CHECK
bool dtl_run_manifest(const dtl_script *script, const dtl_run_options *options, dtl_arena *arena,
                      dtl_dataset *out, dtl_error *err);

#endif
