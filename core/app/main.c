// core/app/main.c - the program. A new command is one line here.
#include "app/commands.h"

static const dtl_command *const commands[] = {
    &dtl_command_run,     &dtl_command_import,   &dtl_command_eval,     &dtl_command_sql,
    &dtl_command_reports, &dtl_command_datasets, &dtl_command_releases, &dtl_command_doctor,
    &dtl_command_new,     &dtl_command_test,     &dtl_command_repl,     &dtl_command_plugins,
    &dtl_command_plugin,
};

int main(int argc, char **argv)
{
    return dtl_app_main(commands, DTL_COUNT(commands), argc, argv);
}
