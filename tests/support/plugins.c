// tests/support/plugins.c - folders of plugins to test with.
#include "support/plugins.h"

#include <stdlib.h>

#include "base/file.h"
#include "plugin/folder.h"
#include "support/test.h"

test_plugins test_plugins_new(void)
{
    test_plugins at = {.folder = "/tmp/dateline-test-XXXXXX"};
    CHECK(mkdtemp(at.folder) != NULL);
    CHECK(setenv("XDG_DATA_HOME", test_plugins_path(&at, "data"), 1) == 0);
    CHECK(setenv("XDG_CONFIG_HOME", test_plugins_path(&at, "config"), 1) == 0);
    return at;
}

void test_plugins_release(test_plugins *at)
{
    dtl_error err = {0};
    CHECK(dtl_folder_remove(at->folder, &err));
    dtl_arena_release(&at->arena);
}

const char *test_plugins_path(test_plugins *at, const char *name)
{
    return dtl_arena_printf(&at->arena, "%s/%s", at->folder, name).data;
}

void test_plugins_write(test_plugins *at, const char *name, const char *text)
{
    dtl_error err = {0};
    const char *path = test_plugins_path(at, name);
    dtl_str folder = {path, (size_t)(strrchr(path, '/') - path)};
    CHECK(dtl_folder_make(folder, &err));
    CHECK(dtl_file_write(path, dtl_str_from(text), &err));
    CHECK_STR(err.message, "");
}

void test_plugins_add(test_plugins *at, const char *where, const char *name, const char *kind,
                      const char *provided, const char *capabilities)
{
    bool has_ending = strcmp(kind, "renderer") == 0 || strcmp(kind, "importer") == 0;
    dtl_str manifest = dtl_arena_printf(
        &at->arena,
        "{\"manifest\":1,\"name\":\"%s\",\"version\":\"1.0.0\",\"summary\":\"x\",\"license\":"
        "\"MIT\","
        "\"api\":1,\"main\":\"main.lua\",\"provides\":[{\"kind\":\"%s\",\"name\":\"%s\"%s}],"
        "\"capabilities\":[%s]}",
        name, kind, provided, has_ending ? ",\"extensions\":[\"abc\"]" : "", capabilities);
    test_plugins_write(at, dtl_arena_printf(&at->arena, "%s/plugin.json", where).data,
                       manifest.data);
    test_plugins_write(at, dtl_arena_printf(&at->arena, "%s/main.lua", where).data, "return {}\n");
}
