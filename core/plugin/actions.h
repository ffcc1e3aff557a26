// core/plugin/actions.h - what a Lua plugin's capabilities let the host do for it.
#ifndef DTL_PLUGIN_ACTIONS_H
#define DTL_PLUGIN_ACTIONS_H

#include "plugin/manifest.h"

enum {
    DTL_ACTION_FILE_MAX_BYTES = 64 * 1024 * 1024
};

// Does [action] for [info], whose grant was checked; what comes of it is added to [answer]:
//   "read" PATH           the file's bytes; read-files
//   "write" PATH TEXT     nothing: the file is written whole or not at all; write-files
//   "request" URL METHOD BODY HEADER...   the answer's body; network (request.h)
// Paths stay beneath the folders of the grant, and no link is followed. DTL_EUSAGE: a capability that
// plugin.json does not ask for, or a path outside; DTL_EIO: it cannot be done.
DTL_CHECK
bool dtl_action_do(const dtl_plugin_info *info, dtl_str action, const dtl_str *texts, size_t count,
                   dtl_buf *answer, dtl_error *err);

#endif
