// tests/unit/test_limits.c - the guard: each limit breaks once, says so, and stays broken.
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <lauxlib.h>

#include "support/script.h"
#include "support/test.h"

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

// Runs [source] in this process under [limits]; gives what it failed with.
static dtl_error run(dtl_limits limits, const char *source)
{
    dtl_try try = {.limits = limits};
    (void)dtl_try_run(&try, dtl_str_from(source));
    dtl_try_release(&try);
    return try.err;
}

static void check_limit(dtl_limits limits, const char *source, const char *message, int64_t line)
{
    dtl_error err = run(limits, source);
    CHECK_INT(err.code, DTL_ELIMIT);
    CHECK_STR(err.message, message);
    CHECK_STR(err.file, "script.lua");
    CHECK_INT(err.line, line);
}

TEST(the_defaults_are_64_MB_and_10_s)
{
    dtl_limits limits = DTL_LIMITS_DEFAULT;
    CHECK_INT((int64_t)limits.memory_bytes, 64 << 20);
    CHECK_INT(limits.wall_ms, 10000);
    CHECK_INT(limits.instructions, 0);
}

TEST(the_time_limit_names_its_value_and_the_line)
{
    check_limit((dtl_limits){.wall_ms = 100}, "local x = 1\nwhile true do\n x = x + 1 end",
                "time limit: the script ran longer than 100 ms (--time-limit)", 3);
    check_limit((dtl_limits){.wall_ms = 1000}, "while true do end",
                "time limit: the script ran longer than 1 s (--time-limit)", 1);
}

TEST(the_time_limit_stops_within_twice_its_setting)
{
    int64_t start = now_ms();
    dtl_error err =
        run((dtl_limits){.wall_ms = 100}, "while true do pcall(string.rep, 'x', 10) end");
    int64_t took = now_ms() - start;
    CHECK_INT(err.code, DTL_ELIMIT);
    CHECK(took >= 100 && took < (dtl_is_sanitized() ? 1000 : 200));
}

// Of every limit half may be used, and twice may not, in a worker as reports have it.
static void check_within_twice(dtl_limits limits, const char *half, const char *twice,
                               const char *message)
{
    dtl_try try = {.limits = limits, .in_worker = true};
    CHECK(dtl_try_run(&try, dtl_str_from(half)));
    CHECK(!dtl_try_run(&try, dtl_str_from(twice)));
    CHECK_INT(try.err.code, DTL_ELIMIT);
    CHECK(dtl_holds(try.err.message, message));
    CHECK(limits.log_bytes == 0 || try.log.size <= 2 * limits.log_bytes);
    dtl_try_release(&try);
}

TEST(each_limit_stops_within_twice_its_setting)
{
    check_within_twice((dtl_limits){.memory_bytes = 16 << 20, .wall_ms = 60000},
                       "local t = {} for i = 1, 8 do t[i] = ('x'):rep(2 ^ 20) .. i end",
                       "local t = {} for i = 1, 32 do t[i] = ('x'):rep(2 ^ 20) .. i end",
                       "memory limit");
    check_within_twice((dtl_limits){.instructions = 1000000, .wall_ms = 60000},
                       "for i = 1, 5e5 - 1000 do end", "for i = 1, 2e6 do end",
                       "instruction limit");
    check_within_twice((dtl_limits){.log_bytes = 64 << 10, .wall_ms = 60000},
                       "for _ = 1, 31 do print(('x'):rep(1023)) end",
                       "for _ = 1, 128 do print(('x'):rep(1023)) end", "output limit");
}

// The least of three times, in a worker: the machine may be busy.
static int64_t least_time(int64_t wall_ms, const char *source)
{
    dtl_try try = {.limits = {.memory_bytes = 16 << 20, .wall_ms = wall_ms, .log_bytes = 1 << 20},
                   .in_worker = true};
    int64_t least = INT64_MAX;
    for (int i = 0; i < 3; i++) {
        int64_t start = now_ms();
        CHECK(!dtl_try_run(&try, dtl_str_from(source)));
        int64_t took = now_ms() - start;
        least = took < least ? took : least;
        CHECK_INT(try.err.code, DTL_ELIMIT);
    }
    dtl_try_release(&try);
    return least;
}

TEST(whatever_a_script_does_its_time_is_over_within_twice_the_limit)
{
    enum {
        LIMIT_MS = 300
    };
    static const char *const scripts[] = {
        "while true do end",
        "while true do pcall(string.rep, 'x', 1e6) end",
        "local function f() pcall(f) pcall(f) end while true do f() end",
        "while true do pcall(string.find, ('a'):rep(500), '.-.-.-.-b') end",
        "table.move({}, 1, 2 ^ 53, 2)",
        "while true do pcall(table.sort, { 1, 2 }, function() while true do end end) end",
        ("local t = {} for i = 1, 5e4 do t[i] = { i } end "
         "while true do pcall(string.rep, 'x', 2e6) end"),
        "while true do xpcall(error, function() while true do end end) end",
    };
    for (size_t i = 0; i < DTL_COUNT(scripts); i++) {
        int64_t took = least_time(LIMIT_MS, scripts[i]);
        dtl_test_check(took >= LIMIT_MS && took <= 2 * LIMIT_MS * (dtl_is_sanitized() ? 4 : 1),
                       scripts[i], __FILE__, __LINE__);
    }
}

TEST(no_limit_is_no_limit)
{
    dtl_error err =
        run((dtl_limits){.wall_ms = 0},
            "local t = {} for i = 1, 1e5 do t[i] = {i} end for i = 1, 100 do print(i) end");
    CHECK_INT(err.code, DTL_OK);
}

TEST(the_memory_limit_names_its_value_and_the_line)
{
    dtl_limits limits = {.memory_bytes = 4 << 20};
    static const char message[] = "memory limit: the script needs more than 4 MB (--memory-limit)";
    check_limit(limits, "local t = {}\nfor i = 1, 1e7 do\n t[i] = {}\nend", message, 3);
    check_limit(limits, "local s = 'x'\nfor i = 1, 40 do\n s = s .. s\nend", message, 3);
    check_limit(limits, "\n\nlocal s = ('x'):rep(1e9)", message, 3);
    check_limit((dtl_limits){.memory_bytes = 512 << 10}, "local s = ('x'):rep(1e9)",
                "memory limit: the script needs more than 512 kB (--memory-limit)", 1);
    check_limit((dtl_limits){.memory_bytes = 500001}, "local s = ('x'):rep(1e9)",
                "memory limit: the script needs more than 500001 bytes (--memory-limit)", 1);
}

TEST(garbage_does_not_count_towards_the_memory_limit)
{
    dtl_error err = run((dtl_limits){.memory_bytes = 4 << 20},
                        "for i = 1, 2000 do local s = ('x'):rep(100000) .. i end");
    CHECK_INT(err.code, DTL_OK);
}

TEST(the_instruction_limit_counts_when_it_is_set)
{
    dtl_limits limits = {.instructions = 100000};
    check_limit(limits, "while true do end",
                "instruction limit: the script took more than 100000 instructions "
                "(--instruction-limit)",
                1);
    CHECK_INT(run(limits, "for i = 1, 1000 do end").code, DTL_OK);
    CHECK_INT(run((dtl_limits){.instructions = 10}, "for i = 1, 1000 do end").code, DTL_ELIMIT);
}

TEST(the_log_limit_counts_what_print_writes)
{
    dtl_limits limits = {.log_bytes = 1024};
    check_limit(limits, "for i = 1, 1024 do print 'x' end",
                "output limit: print wrote more than 1 kB (--log-limit)", 1);
    CHECK_INT(run(limits, "for i = 1, 512 do print 'x' end").code, DTL_OK);
}

static int read_rows(lua_State *L)
{
    dtl_guard_count_rows(L, luaL_checkinteger(L, 1));
    return 0;
}

// A new state in which scripts' modules can be given by C.
static dtl_state *new_state(dtl_limits limits)
{
    dtl_state *state = NULL;
    dtl_error err = {0};
    CHECK(dtl_state_new(&(dtl_state_options){.limits = limits}, &state, &err));
    return state;
}

TEST(the_row_limit_counts_over_the_whole_report)
{
    dtl_state *state = new_state((dtl_limits){.sql_rows = 1000});
    lua_State *L = dtl_state_lua(state);
    dtl_error err = {0};
    dtl_guard_arm(dtl_state_guard(state), L);
    for (int i = 0; i < 3; i++) {
        err = (dtl_error){0};
        lua_pushcfunction(L, read_rows);
        lua_pushinteger(L, 500);
        CHECK(dtl_state_call(state, 1, 0, &err) == (i < 2));
    }
    CHECK_STR(err.message, "row limit: the script read more than 1000 rows (--row-limit)");
    dtl_guard_disarm(dtl_state_guard(state));
    dtl_state_free(state);
}

TEST(a_new_report_counts_from_zero)
{
    dtl_state *state = new_state((dtl_limits){.sql_rows = 1000, .wall_ms = 200});
    lua_State *L = dtl_state_lua(state);
    for (int i = 0; i < 5; i++) {
        dtl_error err = {0};
        dtl_guard_arm(dtl_state_guard(state), L);
        lua_pushcfunction(L, read_rows);
        lua_pushinteger(L, 900);
        CHECK(dtl_state_call(state, 1, 0, &err));
        struct timespec nap = {0, 60000000};
        nanosleep(&nap, NULL);
    }
    dtl_guard_disarm(dtl_state_guard(state));
    dtl_state_free(state);
}

TEST(a_broken_limit_stays_broken)
{
    dtl_state *state = new_state((dtl_limits){.wall_ms = 50});
    dtl_error err = {0};
    CHECK(dtl_state_load(state, DTL_STR("a.lua"), DTL_STR("while true do end"), &err));
    CHECK(!dtl_state_call(state, 0, 0, &err));
    CHECK(dtl_guard_stop(dtl_state_guard(state)));
    dtl_error again = {0};
    CHECK(!dtl_state_load(state, DTL_STR("b.lua"), DTL_STR("return 1"), &again));
    CHECK_INT(again.code, DTL_ELIMIT);
    CHECK(dtl_guard_broken(dtl_state_guard(state), NULL));
    CHECK_INT(lua_gettop(dtl_state_lua(state)), 0);
    dtl_state_free(state);
}

TEST(time_that_is_over_in_c_is_noticed_at_the_return)
{
    dtl_state *state = new_state((dtl_limits){.wall_ms = 50});
    dtl_guard *guard = dtl_state_guard(state);
    CHECK(!dtl_guard_stop(guard));
    dtl_guard_arm(guard, dtl_state_lua(state));
    for (int64_t until = now_ms() + 100; now_ms() < until;)
        continue;
    CHECK(dtl_guard_stop(guard));
    dtl_guard_disarm(guard);
    dtl_state_free(state);
}

TEST(a_signal_of_the_hosts_own_leaves_the_clock_to_a_hook)
{
    signal(SIGRTMIN + 7, SIG_IGN);
    check_limit((dtl_limits){.wall_ms = 100}, "while true do end",
                "time limit: the script ran longer than 100 ms (--time-limit)", 1);
    signal(SIGRTMIN + 7, SIG_DFL);
    check_limit((dtl_limits){.wall_ms = 100}, "while true do end",
                "time limit: the script ran longer than 100 ms (--time-limit)", 1);
}

TEST(a_blocked_signal_is_unblocked)
{
    sigset_t blocked;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGRTMIN + 7);
    pthread_sigmask(SIG_BLOCK, &blocked, NULL);
    CHECK_INT(run((dtl_limits){.wall_ms = 50}, "while true do end").code, DTL_ELIMIT);
}

TEST(timers_are_given_back)
{
    dtl_state *state = new_state((dtl_limits){.wall_ms = 10000});
    for (int i = 0; i < 20000; i++) {
        dtl_guard_arm(dtl_state_guard(state), dtl_state_lua(state));
        dtl_guard_disarm(dtl_state_guard(state));
    }
    dtl_state_free(state);
}

// ---- threads ----

static void *run_in_thread(void *context)
{
    const int64_t *wall_ms = context;
    dtl_error err =
        run((dtl_limits){.wall_ms = *wall_ms},
            *wall_ms > 1000 ? "local n = 0 for i = 1, 2e7 do n = n + i end" : "while true do end");
    return (void *)(uintptr_t)(err.code == (*wall_ms > 1000 ? DTL_OK : DTL_ELIMIT));
}

TEST(each_thread_has_its_own_limit)
{
    int64_t walls[] = {60000, 60, 60000, 120};
    pthread_t threads[DTL_COUNT(walls)];
    for (size_t i = 0; i < DTL_COUNT(walls); i++)
        CHECK(pthread_create(&threads[i], NULL, run_in_thread, &walls[i]) == 0);
    for (size_t i = 0; i < DTL_COUNT(walls); i++) {
        void *held = NULL;
        pthread_join(threads[i], &held);
        CHECK(held != NULL);
    }
}

// ---- the allocator ----

TEST(the_allocator_counts_what_lua_holds)
{
    dtl_guard *guard = dtl_guard_new(&(dtl_limits){.memory_bytes = 1000});
    char *block = dtl_guard_alloc(guard, NULL, LUA_TSTRING, 600);
    CHECK(block != NULL);
    CHECK_INT((int64_t)dtl_guard_memory_used(guard), 600);
    CHECK(dtl_guard_alloc(guard, NULL, LUA_TSTRING, 401) == NULL);
    CHECK(dtl_guard_alloc(guard, block, 600, 1001) == NULL);
    block = dtl_guard_alloc(guard, block, 600, 1000);
    CHECK(block != NULL);
    block = dtl_guard_alloc(guard, block, 1000, 10);
    CHECK_INT((int64_t)dtl_guard_memory_used(guard), 10);
    CHECK(dtl_guard_alloc(guard, block, 10, 0) == NULL);
    CHECK_INT((int64_t)dtl_guard_memory_used(guard), 0);
    dtl_guard_free(guard);
}

// A bit of everything that a report does.
static const char busy[] =
    "local t = {}\n"
    "for i = 1, 50 do t[i] = ('%d %s'):format(i, 'x') end\n"
    "table.sort(t, function(a, b) return a > b end)\n"
    "local s = table.concat(t, ','):gsub('%d+', function(d) return d .. d end)\n"
    "for k, v in pairs { a = 1, b = 2, c = 3 } do t[k] = v end\n"
    "local ok, e = pcall(function() return nothing.at.all end)\n"
    "print(#s, ok, e, tostring(t))\n"
    "local C = {} C.__index = C function C.f() return s end\n"
    "print(#setmetatable({}, C):f())\n";

TEST(with_every_budget_memory_runs_out_as_an_ordinary_error)
{
    int passed = 0;
    int failed = 0;
    for (size_t budget = 1024; passed < 20; budget += failed < 300 ? 173 : 8192) {
        dtl_error err = run((dtl_limits){.memory_bytes = budget}, busy);
        if (err.code == DTL_OK) {
            passed++;
            continue;
        }
        failed++;
        passed = 0;
        if (err.code != DTL_ELIMIT || !dtl_holds(err.message, "memory limit")) {
            printf("    %zu bytes: %s\n", budget, err.message);
            CHECK(false);
            return;
        }
    }
    CHECK(failed > 50);
}

TEST(a_syntax_error_in_no_memory_is_still_an_error)
{
    for (size_t budget = 20000; budget < 60000; budget += 501)
        CHECK(run((dtl_limits){.memory_bytes = budget}, "local x = = (((").code != DTL_OK);
}
