// core/app/commands.h - the commands, each in its own file.
#ifndef DTL_APP_COMMANDS_H
#define DTL_APP_COMMANDS_H

#include "app/app.h"

extern const dtl_command dtl_command_run;
extern const dtl_command dtl_command_import;
extern const dtl_command dtl_command_eval;
extern const dtl_command dtl_command_sql;
extern const dtl_command dtl_command_reports;
extern const dtl_command dtl_command_datasets;
extern const dtl_command dtl_command_releases;
extern const dtl_command dtl_command_doctor;
extern const dtl_command dtl_command_new;
extern const dtl_command dtl_command_plugins;
extern const dtl_command dtl_command_plugin;

// In the group plugin.
extern const dtl_command dtl_command_plugin_add;
extern const dtl_command dtl_command_plugin_remove;
extern const dtl_command dtl_command_plugin_check;
extern const dtl_command dtl_command_plugin_grant;
extern const dtl_command dtl_command_plugin_revoke;
extern const dtl_command dtl_command_test;
extern const dtl_command dtl_command_repl;

#endif
