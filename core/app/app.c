// core/app/app.c - which command runs, and how the program ends.
#include "app/app.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/help.h"

typedef struct program {
    dtl_app app;
    const dtl_command *const *commands;
    size_t command_count;
    const char **arguments;  // behind the program's name
    size_t count;
} program;

int dtl_app_fail(dtl_app *app, const dtl_error *err)
{
    if (!app->output.reader_gone)
        dtl_diagnostics_error(&app->diagnostics, err);
    return dtl_code_exit_status(err->code);
}

int dtl_app_show(dtl_app *app, dtl_buf *text)
{
    dtl_error err = {0};
    bool ok = dtl_output_write(&app->output, dtl_buf_str(text), &err);
    dtl_buf_release(text);
    return ok ? 0 : dtl_app_fail(app, &err);
}

// A standard descriptor that came closed would be given to the next file opened, and what is meant
// for standard output would end up in it. In its place stands one that fails as a closed one does.
static void hold_standard_descriptors(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) == -1)
            (void)!open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

// The commands that a word chooses from: the program's own, or a group's.
typedef struct choice {
    const char *group;  // "plugin"; NULL: the program's own, where "help" is one too
    const dtl_command *const *commands;
    size_t count;
} choice;

static choice choice_of(const program *p, const dtl_command *group)
{
    if (group)
        return (choice){group->name, group->group, group->group_count};
    return (choice){NULL, p->commands, p->command_count};
}

// A command's name as it is written behind its group's.
static dtl_str own_name(const choice *among, const dtl_command *command)
{
    return dtl_str_from(command->name + (among->group ? strlen(among->group) + 1 : 0));
}

static void fail_unknown(const choice *among, dtl_str name, dtl_str meant, dtl_error *err)
{
    const char *group = among->group ? among->group : "";
    const char *space = among->group ? " " : "";
    dtl_error_set(err, DTL_EUSAGE, "no command '%s%s%.*s'", group, space, DTL_ARG(name));
    if (meant.size)
        dtl_error_hint(err, "did you mean '%.*s'?", DTL_ARG(meant));
    else
        dtl_error_hint(err, "dateline %s%s--help lists the commands", group, space);
}

static const dtl_command *find_command(const choice *among, dtl_str name, dtl_error *err)
{
    dtl_str *names = dtl_realloc_array(NULL, among->count + 1, sizeof *names);
    const dtl_command *found = NULL;
    for (size_t i = 0; i < among->count; i++) {
        names[i] = own_name(among, among->commands[i]);
        if (dtl_str_equal(names[i], name))
            found = among->commands[i];
    }
    names[among->count] = DTL_STR("help");
    if (!found)
        fail_unknown(among, name, dtl_str_nearest(name, names, among->count + !among->group), err);
    free(names);
    return found;
}

static int show_command_help(dtl_app *app, const dtl_command *command)
{
    dtl_buf text = {0};
    dtl_help_command(command, &text);
    return dtl_app_show(app, &text);
}

static int show_program_help(program *p)
{
    dtl_buf text = {0};
    dtl_help_program(p->commands, p->command_count, &text);
    return dtl_app_show(&p->app, &text);
}

static int show_version(program *p)
{
    dtl_buf text = {0};
    DTL_BUF_LITERAL(&text, "dateline " DTL_VERSION "\n");
    return dtl_app_show(&p->app, &text);
}

static int run_command(dtl_app *app, const dtl_command *command, const char **arguments,
                       size_t count)
{
    dtl_error err = {0};
    dtl_command_line line;
    void *values = dtl_arena_alloc(&app->arena, command->values_size);
    memcpy(values, command->defaults, command->values_size);
    bool ok =
        dtl_options_parse(&command->options, arguments, count, values, &app->arena, &line, &err);
    if (dtl_options_ask_help(arguments, count) && !(ok && command->helps && line.operand_count > 0))
        return show_command_help(app, command);
    return ok ? command->run(app, &line, values) : dtl_app_fail(app, &err);
}

static bool is_help(const char *argument)
{
    return strcmp(argument, "help") == 0 || strcmp(argument, "--help") == 0 ||
           strcmp(argument, "-h") == 0;
}

// dateline help [COMMAND], and of a group dateline help GROUP [COMMAND]
static int run_help(program *p, size_t at)
{
    dtl_error err = {0};
    const dtl_command *command = NULL;
    for (; at < p->count && !is_help(p->arguments[at]); at++) {
        choice among = choice_of(p, command);
        command = find_command(&among, dtl_str_from(p->arguments[at]), &err);
        if (!command)
            return dtl_app_fail(&p->app, &err);
        if (!command->group)
            break;
    }
    return command ? show_command_help(&p->app, command) : show_program_help(p);
}

// The command at [at], whose group's word may stand before it.
static int run_chosen(program *p, size_t at)
{
    dtl_error err = {0};
    choice among = choice_of(p, NULL);
    const dtl_command *command = find_command(&among, dtl_str_from(p->arguments[at++]), &err);
    if (command && command->group) {
        if (at == p->count || is_help(p->arguments[at]))
            return show_command_help(&p->app, command);
        among = choice_of(p, command);
        command = find_command(&among, dtl_str_from(p->arguments[at++]), &err);
    }
    if (!command)
        return dtl_app_fail(&p->app, &err);
    return run_command(&p->app, command, p->arguments + at, p->count - at);
}

static int refuse_option(program *p, const char *option)
{
    dtl_error err = {0};
    dtl_error_set(&err, DTL_EUSAGE, "no option '%s' before a command", option);
    dtl_error_hint(&err, "options stand behind the command: dateline run REPORT --to html");
    return dtl_app_fail(&p->app, &err);
}

// Behind --diagnostics, which may stand before the command, and its value.
static size_t skip_diagnostics(const program *p)
{
    size_t at = 0;
    while (at < p->count &&
           dtl_str_starts(dtl_str_from(p->arguments[at]), DTL_STR("--diagnostics")))
        at += strcmp(p->arguments[at], "--diagnostics") == 0 ? 2 : 1;
    return at < p->count ? at : p->count;
}

static int dispatch(program *p)
{
    dtl_error err = {0};
    if (!dtl_options_diagnostics(p->arguments, p->count, &p->app.diagnostics.json, &err))
        return dtl_app_fail(&p->app, &err);
    size_t at = skip_diagnostics(p);
    if (at == p->count)
        return show_program_help(p);
    const char *first = p->arguments[at];
    if (strcmp(first, "--help") == 0 || strcmp(first, "-h") == 0)
        return show_program_help(p);
    if (strcmp(first, "--version") == 0)
        return show_version(p);
    if (strcmp(first, "help") == 0)
        return run_help(p, at + 1);
    if (first[0] == '-')
        return refuse_option(p, first);
    return run_chosen(p, at);
}

// A worker wipes the command line out of its memory, and yet needs what was on it.
static void copy_arguments(program *p, int argc, char **argv)
{
    p->count = argc > 1 ? (size_t)argc - 1 : 0;
    p->arguments = dtl_arena_alloc(&p->app.arena, (p->count + 1) * sizeof *p->arguments);
    for (size_t i = 0; i < p->count; i++)
        p->arguments[i] = dtl_arena_str(&p->app.arena, dtl_str_from(argv[i + 1])).data;
}

int dtl_app_main(const dtl_command *const *commands, size_t command_count, int argc, char **argv)
{
    program p = {.commands = commands, .command_count = command_count};
    copy_arguments(&p, argc, argv);
    hold_standard_descriptors();
    signal(SIGPIPE, SIG_IGN);  // a write to a reader that is gone fails, and is seen
    signal(SIGXFSZ, SIG_IGN);  // so does one to a file that may not grow
    int status = dispatch(&p);
    dtl_error err = {0};
    if (!dtl_output_close(&p.app.output, &err)) {
        int closing = dtl_app_fail(&p.app, &err);
        status = status ? status : closing;
    }
    dtl_arena_release(&p.app.arena);
    return status;
}
