// core/script/sandbox/limits.h - how much a script may use, and the guard that holds it to that in-process.
//
// The guard is there for good messages; the worker's kill is the boundary (worker.h).
#ifndef DTL_SCRIPT_LIMITS_H
#define DTL_SCRIPT_LIMITS_H

#include <lua.h>

#include "base/error.h"

typedef struct dtl_limits {
    size_t memory_bytes;   // all that Lua holds
    int64_t wall_ms;       // of one report
    int64_t instructions;  // 0: not counted (a count hook costs twice the time on tight loops)
    size_t output_bytes;   // what one report may render to
    size_t log_bytes;      // what print may write
    int64_t sql_rows;      // rows that one report may read
    bool fixed;            // no option of the command line changes them: messages name none
} dtl_limits;

#define DTL_LIMITS_DEFAULT                                                                         \
    ((dtl_limits){.memory_bytes = (size_t)64 << 20,                                                \
                  .wall_ms = 10000,                                                                \
                  .instructions = 0,                                                               \
                  .output_bytes = (size_t)64 << 20,                                                \
                  .log_bytes = (size_t)1 << 20,                                                    \
                  .sql_rows = 20000000})

typedef struct dtl_guard dtl_guard;  // one a Lua state; opaque

dtl_guard *dtl_guard_new(const dtl_limits *limits);
void dtl_guard_free(dtl_guard *guard);  // after lua_close; NULL is allowed
// Makes [guard] the one that dtl_guard_of finds from [L]; [owner] is handed back by dtl_guard_owner.
void dtl_guard_bind(dtl_guard *guard, lua_State *L, void *owner);
void *dtl_guard_owner(const dtl_guard *guard);
// lua_Alloc over a guard ([user]): refuses beyond the memory limit, and to grow after expiry.
void *dtl_guard_alloc(void *user, void *block, size_t old_size, size_t new_size);
// Starts (and stops) the clock, and counts rows, log bytes and instructions from zero: one report.
// Sticky: once a limit is broken every later check fails too.
void dtl_guard_arm(dtl_guard *guard, lua_State *L);
void dtl_guard_disarm(dtl_guard *guard);
bool dtl_guard_is_armed(const dtl_guard *guard);
// Whether a limit was broken; then [err] (NULL is allowed) names it with its value (DTL_ELIMIT) and
// the line of the script where it broke, if that is known.
bool dtl_guard_broken(const dtl_guard *guard, dtl_error *err);
// Raises in [L] when a limit was broken: every host function that loops calls this.
void dtl_guard_check(lua_State *L);
// The same question without raising, for SQLite's progress handler.
bool dtl_guard_stop(void *user);
// Raises the memory limit unless [bytes] more can be had, after a collection if need be. To be asked
// before a large block is taken: what Lua's own buffers are refused is not collected for.
void dtl_guard_need(lua_State *L, size_t bytes);
// For whoever catches errors: whether the one on the top of the stack, caught with [status], is a
// broken limit, which must be raised again. Notes a memory limit that Lua itself reported.
bool dtl_guard_caught(lua_State *L, int status);
// Counts towards a limit, raising when it is passed: rows read by SQL, bytes written by print.
void dtl_guard_count_rows(lua_State *L, int64_t rows);
void dtl_guard_count_log(lua_State *L, size_t bytes);
dtl_guard *dtl_guard_of(lua_State *L);
size_t dtl_guard_memory_used(const dtl_guard *guard);

// The nearest script's frame (not the library's, not C's): its chunk name as luaL_where would print
// it, cut to [size], and its current line. False when no script is running.
bool dtl_script_place(lua_State *L, char *file, size_t size, int64_t *line);

#endif
