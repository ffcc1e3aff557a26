// core/plugin/places.h - the folders of the user and of the program that plugins are kept in.
#ifndef DTL_PLUGIN_PLACES_H
#define DTL_PLUGIN_PLACES_H

#include "base/arena.h"

// $XDG_DATA_HOME/dateline/plugins, else ~/.local/share/...; "" when there is no home.
dtl_str dtl_place_user_plugins(dtl_arena *arena);
// $XDG_CONFIG_HOME/dateline, else ~/.config/...; "" when there is no home.
dtl_str dtl_place_user_config(dtl_arena *arena);
// share/dateline/plugins above the program's bin folder, where `cmake --install` puts it and the
// tree may be moved; else share/dateline/plugins beside the program, where a build puts it; else,
// for a library in somebody else's program, the folder it was configured for.
dtl_str dtl_place_installed_plugins(dtl_arena *arena);

#endif
