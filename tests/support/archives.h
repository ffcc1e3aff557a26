// tests/support/archives.h - archives of plugins, good ones and hostile ones (make_archives.py).
#ifndef DTL_TESTS_SUPPORT_ARCHIVES_H
#define DTL_TESTS_SUPPORT_ARCHIVES_H

#include "base/base.h"

// Makes them, once; they are removed when the test ends. False: there is no Python.
bool test_archives_make(void);
// The path of one, good until the next call.
const char *test_archive(const char *name);

#endif
