// tests/unit/test_sandbox.c - runs the attacks of tests/lua/sandbox, each in a worker of its own.
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "base/file.h"
#include "support/script.h"
#include "support/test.h"

enum {
    WALL_MS = 300,
    OTHER_WALL_MS = 3000,  // where another limit should break first, on a busy machine too
    SLACK_MS = 250,        // beyond the limit, until all is over
    SLACK_SANITIZED_MS = 3000,
    MEMORY_SLACK_KB = 16 << 10,
};

typedef enum outcome {
    ENDS_WELL,
    ENDS_IN_ERROR,
    ENDS_AT_LIMIT,
    ENDS_ANYHOW,
} outcome;

typedef struct attack {
    const char *file;
    int line;  // of its name, for messages
    dtl_str name;
    outcome expected;
    dtl_str message;
    dtl_str hint;
    dtl_str source;
} attack;

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void report(const attack *what, const char *text, const dtl_error *err)
{
    dtl_buf out = {0};
    dtl_buf_printf(&out, "%.*s: %s", DTL_ARG(what->name), text);
    dtl_test_check(false, out.data, what->file, what->line);
    dtl_buf_clear(&out);
    dtl_error_print(err, &out);
    printf("      %s", out.data);
    dtl_buf_release(&out);
}

static void check_failure(const attack *what, dtl_code code, const dtl_error *err)
{
    dtl_str message = dtl_str_from(err->message);
    // Under the sanitizers the clock may be the first limit to break.
    bool slow_limit = code == DTL_ELIMIT && dtl_is_sanitized();
    if (err->code != code && !(code == DTL_ESCRIPT && err->code == DTL_EUSAGE))
        report(what, "ended otherwise", err);
    else if (dtl_str_find(message, what->message) == SIZE_MAX && !slow_limit)
        report(what, "said something else", err);
    else if (dtl_str_find(dtl_str_from(err->hint), what->hint) == SIZE_MAX && !slow_limit)
        report(what, "gave another hint", err);
    else if (err->line == 0 || strcmp(err->file, "script.lua") != 0)
        report(what, "named no line of the script", err);
    else if (dtl_holds(err->message, "[C]") || dtl_holds(err->message, "0x"))
        report(what, "shows what is inside", err);
}

static void check_outcome(const attack *what, bool ok, const dtl_error *err)
{
    switch (what->expected) {
    case ENDS_WELL:
        if (!ok)
            report(what, "failed", err);
        break;
    case ENDS_IN_ERROR:
        check_failure(what, DTL_ESCRIPT, err);
        break;
    case ENDS_AT_LIMIT:
        check_failure(what, DTL_ELIMIT, err);
        break;
    case ENDS_ANYHOW:
        break;
    }
}

// The largest that any worker was so far.
static long worker_kilobytes(void)
{
    struct rusage used;
    getrusage(RUSAGE_CHILDREN, &used);
    return used.ru_maxrss;
}

static void check_memory(const attack *what, const dtl_try *try, long idle_kilobytes)
{
    long most = idle_kilobytes + (long)(try->limits.memory_bytes >> 10) + MEMORY_SLACK_KB;
    if (!dtl_is_sanitized() && worker_kilobytes() > most)
        report(what, "took too much memory", &try->err);
}

static void run_attack(const attack *what)
{
    static long idle_kilobytes;
    bool timed = what->expected == ENDS_ANYHOW || dtl_str_starts(what->message, DTL_STR("time"));
    int64_t wall_ms = timed ? WALL_MS : OTHER_WALL_MS;
    dtl_try try = DTL_TRY(wall_ms);
    try.in_worker = true;
    if (idle_kilobytes == 0) {
        CHECK(dtl_try_run(&try, DTL_STR("print(1)")));
        idle_kilobytes = worker_kilobytes();
    }
    int64_t most = wall_ms + (dtl_is_sanitized() ? SLACK_SANITIZED_MS : SLACK_MS);
    int64_t start = now_ms();
    bool ok = dtl_try_run(&try, what->source);
    if (now_ms() - start > most) {  // once more: the machine may have been busy
        start = now_ms();
        ok = dtl_try_run(&try, what->source);
        if (now_ms() - start > most)
            report(what, "took too long", &try.err);
    }
    check_outcome(what, ok, &try.err);
    check_memory(what, &try, idle_kilobytes);
    if (!dtl_try_run(&try, DTL_STR("print(#('x'):rep(1000))")) ||
        !dtl_str_equal(dtl_buf_str(&try.log), DTL_STR("1000\n")))
        report(what, "and then a harmless script failed", &try.err);
    dtl_try_release(&try);
}

// ---- the files ----

static void read_expectation(attack *what, dtl_str line)
{
    static const struct {
        const char *word;
        outcome expected;
    } words[] = {{"--= ok", ENDS_WELL},
                 {"--= error", ENDS_IN_ERROR},
                 {"--= limit", ENDS_AT_LIMIT},
                 {"--= any", ENDS_ANYHOW}};
    if (dtl_str_starts(line, DTL_STR("--~ ")))
        what->hint = dtl_str_slice(line, 4, line.size);
    for (size_t i = 0; i < DTL_COUNT(words); i++) {
        dtl_str word = dtl_str_from(words[i].word);
        if (!dtl_str_starts(line, word))
            continue;
        what->expected = words[i].expected;
        what->message = dtl_str_trim(dtl_str_slice(line, word.size, line.size));
    }
}

static void run_file(const char *file)
{
    dtl_buf text = {0};
    dtl_error err = {0};
    attack what = {.file = file};
    int number = 0;
    int count = 0;
    CHECK(dtl_file_read(file, 1 << 20, &text, &err));
    dtl_str rest = dtl_buf_str(&text);
    while (rest.size) {
        size_t end = dtl_str_find(rest, DTL_STR("\n"));
        dtl_str line = dtl_str_slice(rest, 0, end);
        number++;
        if (dtl_str_starts(line, DTL_STR("--# "))) {
            if (count++)
                run_attack(&what);
            what =
                (attack){.file = file, .line = number, .name = dtl_str_slice(line, 4, line.size)};
            what.source.data = line.data;
        }
        read_expectation(&what, line);
        rest = dtl_str_slice(rest, end == SIZE_MAX ? rest.size : end + 1, rest.size);
        what.source.size = (size_t)(rest.data - what.source.data);
    }
    if (count)
        run_attack(&what);
    CHECK(count > 0);
    dtl_buf_release(&text);
}

#define ATTACKS(name)                                                                              \
    TEST(attacks_on_##name)                                                                        \
    {                                                                                              \
        run_file("tests/lua/sandbox/" #name ".lua");                                               \
    }

ATTACKS(absent)
ATTACKS(read_only)
ATTACKS(loops)
ATTACKS(patterns)
ATTACKS(memory)
ATTACKS(tables)
ATTACKS(recursion)
ATTACKS(values)
ATTACKS(faults)
