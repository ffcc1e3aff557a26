// core/plugin/places.c - the folders of the user and of the program that plugins are kept in.
#include "plugin/places.h"

#include <stdlib.h>
#include <unistd.h>

#ifndef DTL_DATA_FOLDER  // CMakeLists.txt: the configured ${datadir}/dateline
#define DTL_DATA_FOLDER "/usr/local/share/dateline"
#endif

// The folder that [variable] names, else [fallback] in the home folder, with [rest] behind it.
static dtl_str user_place(const char *variable, const char *fallback, const char *rest,
                          dtl_arena *arena)
{
    const char *folder = getenv(variable);
    if (folder && folder[0] == '/')  // by the standard, a relative one is to be ignored
        return dtl_arena_printf(arena, "%s/%s", folder, rest);
    const char *home = getenv("HOME");
    if (!home || home[0] != '/')
        return DTL_STR("");
    return dtl_arena_printf(arena, "%s/%s/%s", home, fallback, rest);
}

dtl_str dtl_place_user_plugins(dtl_arena *arena)
{
    return user_place("XDG_DATA_HOME", ".local/share", "dateline/plugins", arena);
}

dtl_str dtl_place_user_config(dtl_arena *arena)
{
    return user_place("XDG_CONFIG_HOME", ".config", "dateline", arena);
}

// The folder of the running program, without its final slash; "" when it is not known.
static dtl_str program_folder(dtl_arena *arena)
{
    char path[4096];
    ssize_t size = readlink("/proc/self/exe", path, sizeof path);
    if (size <= 0 || (size_t)size == sizeof path)
        return DTL_STR("");
    while (size > 0 && path[size - 1] != '/')
        size--;
    return dtl_arena_str(arena, (dtl_str){path, size ? (size_t)size - 1 : 0});
}

dtl_str dtl_place_installed_plugins(dtl_arena *arena)
{
    static const char *const relative[] = {"../share/dateline/plugins", "share/dateline/plugins"};
    dtl_str folder = program_folder(arena);
    for (size_t i = 0; folder.size && i < DTL_COUNT(relative); i++) {
        dtl_str path = dtl_arena_printf(arena, "%.*s/%s", DTL_ARG(folder), relative[i]);
        if (access(path.data, R_OK | X_OK) == 0)
            return path;
    }
    return DTL_STR(DTL_DATA_FOLDER "/plugins");
}
