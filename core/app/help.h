// core/app/help.h - help text, made from the commands' own declarations.
#ifndef DTL_APP_HELP_H
#define DTL_APP_HELP_H

#include "app/app.h"

void dtl_help_program(const dtl_command *const *commands, size_t count, dtl_buf *out);
void dtl_help_command(const dtl_command *command, dtl_buf *out);

#endif
