// tests/support/archives.c - archives of plugins, good ones and hostile ones.
#include "support/archives.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plugin/folder.h"

static char folder[64];

static void remove_folder(void)
{
    dtl_error err = {0};
    (void)!dtl_folder_remove(folder, &err);
}

bool test_archives_make(void)
{
    static bool made;
    char command[200];
    if (folder[0])
        return made;
    strcpy(folder, "/tmp/dateline-archives-XXXXXX");
    if (!mkdtemp(folder))
        return false;
    atexit(remove_folder);
    snprintf(command, sizeof command, "python3 -BW ignore tests/support/make_archives.py %s",
             folder);
    made = system(command) == 0;
    return made;
}

const char *test_archive(const char *name)
{
    static char path[200];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}
