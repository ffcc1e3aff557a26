// core/app/help.c - help text, made from the commands' own declarations.
#include "app/help.h"

enum {
    COMMAND_WIDTH = 10,
    OPTION_WIDTH = 27
};

// [left] padded to [width]; what is longer gets a line of its own.
static void add_pair(dtl_buf *out, dtl_str left, size_t width, const char *right)
{
    size_t column = left.size;
    dtl_buf_printf(out, "  %.*s", DTL_ARG(left));
    if (left.size >= width) {
        DTL_BUF_LITERAL(out, "\n  ");
        column = 0;
    }
    dtl_buf_printf(out, "%*s%s\n", (int)(width - column), "", right);
}

static void add_options(dtl_buf *out, const dtl_option *options, size_t count)
{
    dtl_buf left = {0};
    for (size_t i = 0; i < count; i++) {
        const dtl_option *option = &options[i];
        dtl_buf_clear(&left);
        if (option->letter)
            dtl_buf_printf(&left, "-%c, ", option->letter);
        dtl_buf_printf(&left, "--%s", option->name);
        if (option->value)
            dtl_buf_printf(&left, " %s", option->value);
        add_pair(out, dtl_buf_str(&left), OPTION_WIDTH, option->help);
    }
    dtl_buf_release(&left);
}

// What the group's commands are, each without the group's name.
static void help_group(const dtl_command *group, dtl_buf *out)
{
    dtl_buf_printf(out, "usage: dateline %s COMMAND [options]\n\n%s\n", group->name,
                   group->summary);
    if (group->details)
        dtl_buf_printf(out, "%s", group->details);
    DTL_BUF_LITERAL(out, "\ncommands:\n");
    for (size_t i = 0; i < group->group_count; i++)
        add_pair(out, dtl_str_from(group->group[i]->name + strlen(group->name) + 1), COMMAND_WIDTH,
                 group->group[i]->summary);
    DTL_BUF_LITERAL(out, "\noptions:\n");
    add_options(out, dtl_options_common, dtl_options_common_count);
    dtl_buf_printf(out, "\nexample:\n  dateline %s\n", group->example);
}

void dtl_help_command(const dtl_command *command, dtl_buf *out)
{
    if (command->group) {
        help_group(command, out);
        return;
    }
    dtl_buf_printf(out, "usage: dateline %s %s\n\n%s\n", command->name, command->usage,
                   command->summary);
    if (command->details)
        dtl_buf_printf(out, "%s", command->details);
    DTL_BUF_LITERAL(out, "\noptions:\n");
    add_options(out, command->options.options, command->options.count);
    add_options(out, command->options.shared, command->options.shared_count);
    add_options(out, dtl_options_common, dtl_options_common_count);
    dtl_buf_printf(out, "\nexample:\n  dateline %s\n", command->example);
}

void dtl_help_program(const dtl_command *const *commands, size_t count, dtl_buf *out)
{
    DTL_BUF_LITERAL(out, "usage: dateline COMMAND [options]\n\n"
                         "Turns crossing data into bulletins, each number with its source.\n\n"
                         "commands:\n");
    for (size_t i = 0; i < count; i++)
        add_pair(out, dtl_str_from(commands[i]->name), COMMAND_WIDTH, commands[i]->summary);
    add_pair(out, DTL_STR("help"), COMMAND_WIDTH, "Tells about a command: dateline help run");
    DTL_BUF_LITERAL(out, "\noptions:\n");
    add_options(out, dtl_options_common, dtl_options_common_count);
    add_pair(out, DTL_STR("--version"), OPTION_WIDTH, "show the version");
    DTL_BUF_LITERAL(out, "\nexit status: 0 done, 1 the answer is no, 2 misuse, 3 bad data or "
                         "files, 4 script error\n"
                         "\nexample:\n"
                         "  dateline run latest-developments --date 2024-10-18\n");
}
