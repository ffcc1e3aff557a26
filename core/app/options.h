// core/app/options.h - the command line as typed values: each command declares a table, this reads it.
//
// --name VALUE and --name=VALUE, -o FILE and -oFILE, flags, and `--` behind which all are operands.
// What starts with "--" is never taken as a value, so that a forgotten value is seen; --name=--x
// gives such a one.
#ifndef DTL_APP_OPTIONS_H
#define DTL_APP_OPTIONS_H

#include "script/run/run.h"

typedef struct dtl_option dtl_option;

// Reads [text] into [out], whose type is the reader's own. DTL_EUSAGE names the option.
typedef bool dtl_option_reader(const dtl_option *option, dtl_str text, void *out, dtl_error *err);

struct dtl_option {
    const char *name;         // "as-of", without its dashes
    char letter;              // 'o' for -o; 0: none
    const char *value;        // what help calls its value; with dtl_read_choice the choices, by '|'
    const char *help;         // one line
    dtl_option_reader *read;  // NULL: a flag, a bool that becomes true
    size_t offset;            // where its value stands in the command's struct of values
};

// What a command takes.
typedef struct dtl_option_table {
    const dtl_option *options;
    size_t count;
    const dtl_option *shared;  // those that several commands have, whose values are a struct
    size_t shared_count;       // inside of the command's own,
    size_t shared_offset;      // there
    const char *operand;       // what help calls an operand: "FILE"
    size_t operand_min;
    size_t operand_max;
    bool takes_parameters;  // options not in the table go to the report
} dtl_option_table;

// What is left beside the values. Everything points into the arguments given.
typedef struct dtl_command_line {
    const char **operands;
    size_t operand_count;
    dtl_argument *parameters;
    size_t parameter_count;
    bool help;  // --help or -h
} dtl_command_line;

// Options that every command takes, on top of its own: --diagnostics and --help. The first is read
// ahead of all others (dtl_options_diagnostics), the second shows in [line].
extern const dtl_option dtl_options_common[];
extern const size_t dtl_options_common_count;

// Reads [arguments] into the struct [values] and [line]; lists live in [arena]. DTL_EUSAGE: an
// unknown option, with what was probably meant; a value missing, wrong or too much; operands too few
// or too many (not looked at when help was asked for).
DTL_CHECK
bool dtl_options_parse(const dtl_option_table *table, const char **arguments, size_t count,
                       void *values, dtl_arena *arena, dtl_command_line *line, dtl_error *err);
// Looks through [arguments] for --diagnostics alone, before any failure can be told. [json] is
// written when it is given.
DTL_CHECK
bool dtl_options_diagnostics(const char **arguments, size_t count, bool *json, dtl_error *err);
// The option of [table] whose name is nearest to [name], without dashes; "" when none is near.
dtl_str dtl_options_nearest(const dtl_option_table *table, dtl_str name);
// Whether --help or -h is among the [arguments], for when they cannot be parsed.
bool dtl_options_ask_help(const char **arguments, size_t count);

enum {
    DTL_OPTION_LIST_MAX = 64
};

// What an option that may be given more than once gave, in the order given.
typedef struct dtl_option_list {
    const char *values[DTL_OPTION_LIST_MAX];
    size_t count;
} dtl_option_list;

// The row of an option table that --plugin is; [member], a dtl_option_list, goes to dtl_plugin_search.
#define DTL_OPTION_PLUGIN(type, member)                                                            \
    {                                                                                              \
        .name = "plugin", .value = "PATH",                                                         \
        .help = "a plugin, or a folder of some; may be repeated", .read = dtl_read_list,           \
        .offset = offsetof(type, member)                                                           \
    }

// Readers, and the type that each writes.
dtl_option_reader dtl_read_text;      // dtl_str
dtl_option_reader dtl_read_path;      // const char *: not empty
dtl_option_reader dtl_read_list;      // dtl_option_list: each time one more, none empty
dtl_option_reader dtl_read_choice;    // int: its place among option->value
dtl_option_reader dtl_read_date;      // dtl_date
dtl_option_reader dtl_read_as_of;     // dtl_moment: of a date its last, "latest"
dtl_option_reader dtl_read_moment;    // dtl_moment: of a date its first
dtl_option_reader dtl_read_size;      // size_t: "64M"; powers of 1,024
dtl_option_reader dtl_read_duration;  // int64_t of milliseconds: "500ms", "10s", "2m"
dtl_option_reader dtl_read_count;     // int64_t, zero or more

#endif
