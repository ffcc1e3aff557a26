// tests/support/script.h - runs a piece of Lua as a script, in this process or in a worker.
#ifndef DTL_TESTS_SUPPORT_SCRIPT_H
#define DTL_TESTS_SUPPORT_SCRIPT_H

#include "script/sandbox/state.h"
#include "script/worker/worker.h"

typedef struct dtl_try {
    dtl_limits limits;
    const char *module_root;  // NULL: none
    bool in_worker;
    dtl_buf log;    // what print wrote, a newline behind each line
    dtl_error err;  // when it failed
} dtl_try;

// Limits small enough that a test of them takes no time.
#define DTL_TRY(wall)                                                                              \
    ((dtl_try){.limits = {.memory_bytes = (size_t)16 << 20,                                        \
                          .wall_ms = (wall),                                                       \
                          .output_bytes = (size_t)1 << 20,                                         \
                          .log_bytes = (size_t)64 << 10,                                           \
                          .sql_rows = 1000}})

// Runs [source] as "script.lua". False leaves [what]->err. Earlier log and error are forgotten.
bool dtl_try_run(dtl_try *what, dtl_str source);
void dtl_try_release(dtl_try *what);

// Whether [text] holds [part].
bool dtl_holds(const char *text, const char *part);
// Whether this build slows everything down.
bool dtl_is_sanitized(void);

#endif
