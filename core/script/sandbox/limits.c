// core/script/sandbox/limits.c - how much a script may use, and the guard that holds it to that in-process.
//
// The clock is a POSIX timer whose signal, on this thread, sets a flag and a hook: nothing is paid
// before the deadline, and from then on every instruction raises. The handler finds its guard in a
// list of this thread's armed guards, never by a pointer alone: a late signal may outlive a guard.
#include "script/sandbox/limits.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <lauxlib.h>

enum {
    PLACE_DEPTH_MAX = 100,       // frames looked through for the script's
    INSTRUCTIONS_A_HOOK = 1000,  // how finely instructions are counted
    CLOCK_INSTRUCTIONS = 100000  // without a timer: instructions between looks at the clock
};

typedef enum broken_limit {
    INTACT = 0,
    BROKEN_WALL,
    BROKEN_MEMORY,
    BROKEN_INSTRUCTIONS,
    BROKEN_ROWS,
    BROKEN_LOG,
} broken_limit;

struct dtl_guard {
    dtl_limits limits;
    lua_State *L;
    void *owner;
    size_t used;   // bytes that Lua holds
    bool refused;  // the allocator said no: the next "not enough memory" is ours
    volatile sig_atomic_t broken;
    char file[512];  // where: the script's line when the limit broke, or when memory was refused
    int64_t line;
    int64_t instructions;
    int64_t rows;
    size_t log_bytes;
    bool armed;
    bool has_timer;
    timer_t timer;
    int64_t deadline_ms;  // on the monotonic clock; 0: none
    dtl_guard *next_armed;
};

// What is raised: no script can make a light userdata, so none can forge it.
static const char raised;

static _Thread_local dtl_guard *armed_guards;

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int deadline_signal(void)
{
    return SIGRTMIN + 7;
}

bool dtl_script_place(lua_State *L, char *file, size_t size, int64_t *line)
{
    lua_Debug frame;
    for (int level = 0; level < PLACE_DEPTH_MAX && lua_getstack(L, level, &frame); level++) {
        lua_getinfo(L, "Sl", &frame);
        if (frame.source[0] != '=' || frame.currentline <= 0)
            continue;
        snprintf(file, size, "%s", frame.short_src);
        *line = frame.currentline;
        return true;
    }
    return false;
}

static void note_place(dtl_guard *guard, lua_State *L)
{
    if (!dtl_script_place(L, guard->file, sizeof guard->file, &guard->line))
        guard->line = 0;
}

// ---- memory ----

// Lua's stack may not be looked at while it moves, which later releases do by way of offsets; this
// call is then a realloc. In 5.4.4 it may.
static bool may_look_at_stack(const void *block)
{
    return !block || strstr(lua_ident, "Lua 5.4.4 ") != NULL;
}

static bool may_grow(dtl_guard *guard, const void *block, size_t more)
{
    size_t limit = guard->limits.memory_bytes;
    if (!guard->broken && (limit == 0 || (guard->used <= limit && more <= limit - guard->used)))
        return true;
    guard->refused = true;
    if (guard->L && (!guard->broken || guard->line == 0) && may_look_at_stack(block))
        note_place(guard, guard->L);
    return false;
}

void *dtl_guard_alloc(void *user, void *block, size_t old_size, size_t new_size)
{
    dtl_guard *guard = user;
    size_t held = block ? old_size : 0;  // of a new block, [old_size] is its type
    if (new_size == 0) {
        free(block);
        guard->used -= held;
        return NULL;
    }
    if (new_size > held && !may_grow(guard, block, new_size - held))
        return NULL;
    void *moved = realloc(block, new_size);
    if (!moved) {
        guard->refused = true;
        return new_size <= held ? block : NULL;  // Lua counts on shrinking
    }
    guard->used = guard->used - held + new_size;
    return moved;
}

size_t dtl_guard_memory_used(const dtl_guard *guard)
{
    return guard->used;
}

// ---- breaking ----

static int raise_broken(lua_State *L, dtl_guard *guard)
{
    if (guard->line == 0)
        note_place(guard, L);
    lua_pushlightuserdata(L, (void *)(uintptr_t)&raised);
    return lua_error(L);
}

static void on_broken_hook(lua_State *L, lua_Debug *frame)
{
    (void)frame;
    raise_broken(L, dtl_guard_of(L));
}

// From here on every call, return and instruction raises. Only what a signal handler may do.
static void break_limit(dtl_guard *guard, broken_limit which)
{
    if (guard->broken)
        return;
    guard->line = 0;
    guard->broken = (sig_atomic_t)which;
    if (guard->L)
        lua_sethook(guard->L, on_broken_hook, LUA_MASKCALL | LUA_MASKRET | LUA_MASKCOUNT, 1);
}

static bool deadline_passed(const dtl_guard *guard)
{
    return guard->armed && !guard->has_timer && guard->deadline_ms &&
           now_ms() >= guard->deadline_ms;
}

static void on_count(lua_State *L, lua_Debug *frame)
{
    (void)frame;
    dtl_guard *guard = dtl_guard_of(L);
    guard->instructions += lua_gethookcount(L);
    if (guard->limits.instructions && guard->instructions >= guard->limits.instructions)
        break_limit(guard, BROKEN_INSTRUCTIONS);
    else if (deadline_passed(guard))
        break_limit(guard, BROKEN_WALL);
    if (guard->broken)
        raise_broken(L, guard);
}

// ---- the clock ----

static void on_deadline(int number, siginfo_t *info, void *context)
{
    (void)number;
    (void)context;
    if (info->si_code != SI_TIMER)
        return;
    for (dtl_guard *guard = armed_guards; guard; guard = guard->next_armed) {
        if (guard == info->si_value.sival_ptr) {
            int saved = errno;
            break_limit(guard, BROKEN_WALL);
            errno = saved;
        }
    }
}

// False when the program around us uses the signal itself.
static bool own_signal(void)
{
    struct sigaction current;
    if (sigaction(deadline_signal(), NULL, &current) != 0)
        return false;
    if (!(current.sa_flags & SA_SIGINFO) && current.sa_handler == SIG_DFL) {
        struct sigaction ours = {.sa_sigaction = on_deadline, .sa_flags = SA_SIGINFO | SA_RESTART};
        sigemptyset(&ours.sa_mask);
        if (sigaction(deadline_signal(), &ours, NULL) != 0)
            return false;
    } else if (!(current.sa_flags & SA_SIGINFO) || current.sa_sigaction != on_deadline) {
        return false;
    }
    sigset_t wanted;
    sigemptyset(&wanted);
    sigaddset(&wanted, deadline_signal());
    return pthread_sigmask(SIG_UNBLOCK, &wanted, NULL) == 0;
}

static bool start_timer(dtl_guard *guard)
{
    struct sigevent event = {.sigev_notify = SIGEV_THREAD_ID,
                             .sigev_signo = deadline_signal(),
                             .sigev_value.sival_ptr = guard};
    event._sigev_un._tid = (pid_t)syscall(SYS_gettid);
    if (!own_signal() || timer_create(CLOCK_MONOTONIC, &event, &guard->timer) != 0)
        return false;
    struct itimerspec when = {
        .it_value = {.tv_sec = (time_t)(guard->limits.wall_ms / 1000),
                     .tv_nsec = (long)(guard->limits.wall_ms % 1000) * 1000000}};
    if (timer_settime(guard->timer, 0, &when, NULL) == 0)
        return true;
    timer_delete(guard->timer);
    return false;
}

static void set_count_hook(dtl_guard *guard, lua_State *L)
{
    int64_t step = 0;
    if (guard->deadline_ms && !guard->has_timer)
        step = CLOCK_INSTRUCTIONS;
    if (guard->limits.instructions) {
        step = guard->limits.instructions;
        if (step > INSTRUCTIONS_A_HOOK)
            step = INSTRUCTIONS_A_HOOK;
    }
    if (step)
        lua_sethook(L, on_count, LUA_MASKCOUNT, (int)step);
}

void dtl_guard_arm(dtl_guard *guard, lua_State *L)
{
    dtl_guard_disarm(guard);
    guard->L = L;
    guard->instructions = 0;
    guard->rows = 0;
    guard->log_bytes = 0;
    guard->refused = false;
    guard->armed = true;
    guard->next_armed = armed_guards;
    armed_guards = guard;
    if (guard->broken)
        return;
    if (guard->limits.wall_ms > 0) {
        guard->deadline_ms = now_ms() + guard->limits.wall_ms;
        guard->has_timer = start_timer(guard);
    }
    set_count_hook(guard, L);
}

void dtl_guard_disarm(dtl_guard *guard)
{
    if (!guard->armed)
        return;
    if (guard->has_timer)
        timer_delete(guard->timer);
    dtl_guard **at = &armed_guards;
    while (*at && *at != guard)
        at = &(*at)->next_armed;
    assert(*at);  // disarmed by the thread that armed it
    if (*at)
        *at = guard->next_armed;
    guard->has_timer = false;
    guard->armed = false;
    guard->deadline_ms = 0;
    if (!guard->broken)
        lua_sethook(guard->L, NULL, 0, 0);
}

bool dtl_guard_is_armed(const dtl_guard *guard)
{
    return guard->armed;
}

// ---- asking ----

dtl_guard *dtl_guard_new(const dtl_limits *limits)
{
    dtl_guard *guard = dtl_alloc(sizeof *guard);
    guard->limits = *limits;
    return guard;
}

void dtl_guard_free(dtl_guard *guard)
{
    if (!guard)
        return;
    assert(!guard->armed);
    free(guard);
}

void dtl_guard_bind(dtl_guard *guard, lua_State *L, void *owner)
{
    guard->L = L;
    guard->owner = owner;
    *(dtl_guard **)lua_getextraspace(L) = guard;
}

void *dtl_guard_owner(const dtl_guard *guard)
{
    return guard->owner;
}

dtl_guard *dtl_guard_of(lua_State *L)
{
    return *(dtl_guard **)lua_getextraspace(L);
}

// "10 s", "1.5 s" or "250 ms".
static void format_ms(char *out, size_t size, int64_t ms)
{
    if (ms % 1000 == 0)
        snprintf(out, size, "%" PRId64 " s", ms / 1000);
    else if (ms > 1000 && ms % 100 == 0)
        snprintf(out, size, "%" PRId64 ".%" PRId64 " s", ms / 1000, ms % 1000 / 100);
    else
        snprintf(out, size, "%" PRId64 " ms", ms);
}

// "64 MB", "512 kB" or "100 bytes".
static void format_bytes(char *out, size_t size, size_t bytes)
{
    if (bytes >= 1 << 20 && bytes % (1 << 20) == 0)
        snprintf(out, size, "%zu MB", bytes >> 20);
    else if (bytes >= 1 << 10 && bytes % (1 << 10) == 0)
        snprintf(out, size, "%zu kB", bytes >> 10);
    else
        snprintf(out, size, "%zu bytes", bytes);
}

// " (--time-limit)", or nothing where no option changes it.
static const char *option_of(const dtl_guard *guard, const char *option)
{
    return guard->limits.fixed ? "" : option;
}

static void describe(const dtl_guard *guard, dtl_error *err)
{
    char value[64];
    switch ((broken_limit)guard->broken) {
    case INTACT:
        break;
    case BROKEN_WALL:
        format_ms(value, sizeof value, guard->limits.wall_ms);
        dtl_error_set(err, DTL_ELIMIT, "time limit: the script ran longer than %s%s", value,
                      option_of(guard, " (--time-limit)"));
        break;
    case BROKEN_MEMORY:
        format_bytes(value, sizeof value, guard->limits.memory_bytes);
        dtl_error_set(err, DTL_ELIMIT, "memory limit: the script needs more than %s%s", value,
                      option_of(guard, " (--memory-limit)"));
        break;
    case BROKEN_INSTRUCTIONS:
        dtl_error_set(err, DTL_ELIMIT,
                      "instruction limit: the script took more than %" PRId64 " instructions%s",
                      guard->limits.instructions, option_of(guard, " (--instruction-limit)"));
        break;
    case BROKEN_ROWS:
        dtl_error_set(err, DTL_ELIMIT, "row limit: the script read more than %" PRId64 " rows%s",
                      guard->limits.sql_rows, option_of(guard, " (--row-limit)"));
        break;
    case BROKEN_LOG:
        format_bytes(value, sizeof value, guard->limits.log_bytes);
        dtl_error_set(err, DTL_ELIMIT, "output limit: print wrote more than %s%s", value,
                      option_of(guard, " (--log-limit)"));
        break;
    }
}

bool dtl_guard_broken(const dtl_guard *guard, dtl_error *err)
{
    if (!guard->broken)
        return false;
    if (err) {
        *err = (dtl_error){0};
        describe(guard, err);
        if (guard->line > 0)
            dtl_error_at(err, dtl_str_from(guard->file), guard->line, 0);
    }
    return true;
}

bool dtl_guard_stop(void *user)
{
    dtl_guard *guard = user;
    if (!guard->broken && deadline_passed(guard))
        break_limit(guard, BROKEN_WALL);
    return guard->broken != INTACT;
}

void dtl_guard_check(lua_State *L)
{
    dtl_guard *guard = dtl_guard_of(L);
    if (dtl_guard_stop(guard))
        raise_broken(L, guard);
}

void dtl_guard_need(lua_State *L, size_t bytes)
{
    dtl_guard *guard = dtl_guard_of(L);
    dtl_guard_check(L);
    size_t limit = guard->limits.memory_bytes;
    if (limit == 0 || (guard->used <= limit && bytes <= limit - guard->used))
        return;
    if (bytes <= limit) {
        lua_gc(L, LUA_GCCOLLECT);
        if (guard->used <= limit && bytes <= limit - guard->used)
            return;
    }
    break_limit(guard, BROKEN_MEMORY);
    raise_broken(L, guard);
}

bool dtl_guard_caught(lua_State *L, int status)
{
    dtl_guard *guard = dtl_guard_of(L);
    if (guard->broken)
        return true;
    // Lua's own buffers and its stack report it by text; a script that raises the text without need
    // is not believed.
    const char *text = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "";
    bool memory =
        guard->refused && (status == LUA_ERRMEM || strcmp(text, "not enough memory") == 0 ||
                           strstr(text, "stack overflow") != NULL);
    guard->refused = false;
    if (!memory)
        return false;
    int64_t line = guard->line;  // noted when the allocator refused
    break_limit(guard, BROKEN_MEMORY);
    guard->line = line;
    return true;
}

void dtl_guard_count_rows(lua_State *L, int64_t rows)
{
    dtl_guard *guard = dtl_guard_of(L);
    guard->rows += rows;
    if (guard->limits.sql_rows && guard->rows > guard->limits.sql_rows)
        break_limit(guard, BROKEN_ROWS);
    dtl_guard_check(L);
}

void dtl_guard_count_log(lua_State *L, size_t bytes)
{
    dtl_guard *guard = dtl_guard_of(L);
    guard->log_bytes += bytes;
    if (guard->limits.log_bytes && guard->log_bytes > guard->limits.log_bytes)
        break_limit(guard, BROKEN_LOG);
    dtl_guard_check(L);
}
