// tests/support/plugins.h - folders of plugins to test with, all beneath one that is removed at the end.
#ifndef DTL_TESTS_SUPPORT_PLUGINS_H
#define DTL_TESTS_SUPPORT_PLUGINS_H

#include "base/arena.h"

// Homes and plugins of a test's own; $XDG_DATA_HOME and $XDG_CONFIG_HOME point there.
typedef struct test_plugins {
    char folder[64];
    dtl_arena arena;
} test_plugins;

test_plugins test_plugins_new(void);
void test_plugins_release(test_plugins *at);
// The path of [name] beneath the test's folder, NUL-terminated.
const char *test_plugins_path(test_plugins *at, const char *name);
// Writes a file beneath the test's folder, making the folders on the way.
void test_plugins_write(test_plugins *at, const char *name, const char *text);
// A Lua plugin in the folder [where] (beneath the test's) that provides one [kind] called [provided].
void test_plugins_add(test_plugins *at, const char *where, const char *name, const char *kind,
                      const char *provided, const char *capabilities);

#endif
