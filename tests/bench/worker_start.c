// tests/bench/worker_start.c - what the sandbox adds to a run. With "in_process" or "in_worker" it
// evaluates an expression once, so, and ends: the difference of two such runs is what a user waits
// for. Without, it times many rounds of these in one process, where all but the worker's memory is
// warm, beside a worker with nothing to do and a bare fork; it prints seconds behind their keys.
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "script/run/run.h"
#include "store/image.h"

enum {
    ROUNDS = 301,
    WARM_UP = 20
};

typedef enum way {
    FORK,
    EMPTY_WORKER,
    EVAL_IN_PROCESS,
    EVAL_IN_WORKER,
    WAYS
} way;

static const char *const keys[] = {"fork_s", "empty_worker_s", "in_process_s", "in_worker_s"};

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static bool take_output(void *context, dtl_str key, dtl_str bytes, dtl_str ledger, dtl_error *err)
{
    (void)key;
    (void)ledger;
    (void)err;
    *(size_t *)context += bytes.size;
    return true;
}

static bool do_nothing(void *context, dtl_channel *channel, dtl_error *err)
{
    (void)context;
    (void)channel;
    (void)err;
    return true;
}

static bool evaluate(bool in_process, dtl_error *err)
{
    size_t size = 0;
    const dtl_run_options options = {
        .store = {.image = dtl_image_bytes, .image_size = dtl_image_size},
        .as_of = DTL_MOMENT_LATEST,
        .limits = DTL_LIMITS_DEFAULT,
        .in_process = in_process};
    const dtl_run_events events = {.output = take_output, .context = &size};
    return dtl_run_eval(DTL_STR("c.people:year_to_date '2024-10-18'"), false, &options, &events,
                        err) &&
           size > 0;
}

static bool do_fork(void)
{
    int status = -1;
    pid_t child = fork();
    if (child == 0)
        _exit(0);
    return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

static bool do_once(way which, dtl_error *err)
{
    const dtl_worker_options options = {.wall_ms = 10000, .memory_bytes = (size_t)64 << 20};
    switch (which) {
    case FORK:
        return do_fork();
    case EMPTY_WORKER:
        return dtl_worker_run(do_nothing, NULL, NULL, NULL, &options, err);
    case EVAL_IN_PROCESS:
    case EVAL_IN_WORKER:
        return evaluate(which == EVAL_IN_PROCESS, err);
    default:
        return false;
    }
}

static int compare(const void *a, const void *b)
{
    double left = *(const double *)a;
    double right = *(const double *)b;
    return (left > right) - (left < right);
}

static int time_rounds(void)
{
    static double times[WAYS][ROUNDS];
    dtl_error err = {0};
    for (int round = -WARM_UP; round < ROUNDS; round++) {
        for (int which = 0; which < WAYS; which++) {  // in turns, so that all meet the same machine
            double start = now_s();
            if (!do_once((way)which, &err)) {
                fprintf(stderr, "%s: %s\n", keys[which], err.message);
                return 1;
            }
            if (round >= 0)
                times[which][round] = now_s() - start;
        }
    }
    for (int which = 0; which < WAYS; which++) {
        qsort(times[which], ROUNDS, sizeof times[which][0], compare);
        printf("%s %.6f\n", keys[which], times[which][ROUNDS / 2]);
    }
    return 0;
}

int main(int argc, char **argv)
{
    dtl_error err = {0};
    if (argc < 2)
        return time_rounds();
    return evaluate(strcmp(argv[1], "in_process") == 0, &err) ? 0 : 1;
}
