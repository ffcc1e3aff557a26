// tests/unit/test_worker.c - work in a process of its own: what comes back, and what may go wrong.
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "script/worker/channel.h"
#include "script/run/job.h"
#include "script/worker/worker.h"
#include "store/image.h"
#include "support/script.h"
#include "support/test.h"

enum {
    FRAME_TEXT = DTL_FRAME_USER,
    FRAME_COUNT
};

typedef struct heard {
    dtl_buf text;
    int frames;
    int stop_at;  // refuse this frame; 0: none
} heard;

static bool on_frame(void *context, uint32_t type, dtl_str payload, dtl_error *err)
{
    heard *to = context;
    (void)type;
    dtl_buf_add_str(&to->text, payload);
    if (++to->frames == to->stop_at)
        return dtl_error_set(err, DTL_EIO, "the disk is full");
    return true;
}

static bool run(dtl_work_fn *work, void *context, heard *to, dtl_worker_options options,
                dtl_error *err)
{
    *err = (dtl_error){0};
    return dtl_worker_run(work, context, on_frame, to, &options, err);
}

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool say_words(void *context, dtl_channel *channel, dtl_error *err)
{
    (void)context;
    return dtl_channel_send(channel, FRAME_TEXT, DTL_STR("one "), err) &&
           dtl_channel_send(channel, FRAME_TEXT, DTL_STR(""), err) &&
           dtl_channel_send(channel, FRAME_COUNT, DTL_STR("two"), err);
}

TEST(frames_arrive_in_order)
{
    heard to = {.frames = 0};
    dtl_error err;
    CHECK(run(say_words, NULL, &to, (dtl_worker_options){.wall_ms = 5000}, &err));
    CHECK_TEXT(dtl_buf_str(&to.text), "one two");
    CHECK_INT(to.frames, 3);
    dtl_buf_release(&to.text);
}

TEST(work_in_process_is_the_same)
{
    heard to = {.frames = 0};
    dtl_error err;
    CHECK(run(say_words, NULL, &to, (dtl_worker_options){.in_process = true}, &err));
    CHECK_TEXT(dtl_buf_str(&to.text), "one two");
    dtl_buf_release(&to.text);
}

static bool say_much(void *context, dtl_channel *channel, dtl_error *err)
{
    size_t size = *(size_t *)context;
    char *bytes = dtl_alloc(size);
    memset(bytes, 'x', size);
    bool ok = dtl_channel_send(channel, FRAME_TEXT, (dtl_str){bytes, size}, err);
    free(bytes);
    return ok;
}

TEST(a_frame_larger_than_the_channel_arrives_whole)
{
    size_t size = 20 << 20;
    heard to = {.frames = 0};
    dtl_error err;
    CHECK(run(say_much, &size, &to, (dtl_worker_options){.wall_ms = 5000}, &err));
    CHECK_INT((int64_t)to.text.size, (int64_t)size);
    dtl_buf_release(&to.text);
}

TEST(output_beyond_its_limit_is_refused)
{
    size_t size = (1 << 20) + 1;
    heard to = {.frames = 0};
    dtl_error err;
    dtl_worker_options options = {.wall_ms = 5000, .output_bytes = 1 << 20};
    CHECK(!run(say_much, &size, &to, options, &err));
    CHECK_INT(err.code, DTL_ELIMIT);
    CHECK_STR(err.message, "output limit: the script made more than 1 MB (--output-limit)");
    CHECK_INT(to.frames, 0);
    options.output_bytes = 300 << 10;
    CHECK(!run(say_much, &size, &to, options, &err));
    CHECK_STR(err.message, "output limit: the script made more than 300 kB (--output-limit)");
    options.output_bytes = 1 << 20;
    size--;
    CHECK(run(say_much, &size, &to, options, &err));
    dtl_buf_release(&to.text);
}

static bool fail(void *context, dtl_channel *channel, dtl_error *err)
{
    (void)context;
    (void)channel;
    dtl_error_set(err, DTL_ENONE, "not yet published");
    dtl_error_at(err, DTL_STR("r.lua"), 7, 3);
    return dtl_error_hint(err, "wait");
}

TEST(an_error_arrives_in_all_its_parts)
{
    heard to = {.frames = 0};
    dtl_error err;
    CHECK(!run(fail, NULL, &to, (dtl_worker_options){.wall_ms = 5000}, &err));
    CHECK_INT(err.code, DTL_ENONE);
    CHECK_STR(err.message, "not yet published");
    CHECK_STR(err.file, "r.lua");
    CHECK_INT(err.line, 7);
    CHECK_INT(err.column, 3);
    CHECK_STR(err.hint, "wait");
}

static bool crash(void *context, dtl_channel *channel, dtl_error *err)
{
    (void)err;
    dtl_channel_at(channel, DTL_STR("report.lua"), 12);
    signal(*(int *)context, SIG_DFL);
    raise(*(int *)context);
    return true;
}

TEST(a_crash_is_the_scripts_failure_and_names_the_place)
{
    int number = SIGSEGV;
    heard to = {.frames = 0};
    dtl_error err;
    CHECK(!run(crash, &number, &to, (dtl_worker_options){.wall_ms = 5000}, &err));
    CHECK_INT(err.code, DTL_ESCRIPT);
    CHECK_STR(err.message,
              "the script crashed the Lua interpreter (signal 11, segmentation fault)");
    CHECK_STR(err.file, "report.lua");
    CHECK_INT(err.line, 12);
}

static bool hang(void *context, dtl_channel *channel, dtl_error *err)
{
    (void)context;
    (void)err;
    dtl_channel_at(channel, DTL_STR("report.lua"), 9);
    for (volatile bool forever = true; forever;)
        continue;
    return true;
}

TEST(work_that_never_ends_is_killed_at_its_limit)
{
    heard to = {.frames = 0};
    dtl_error err;
    int64_t start = now_ms();
    CHECK(!run(hang, NULL, &to, (dtl_worker_options){.wall_ms = 200}, &err));
    int64_t took = now_ms() - start;
    CHECK(took >= 200);
    CHECK(took < 200 + 250 + (dtl_is_sanitized() ? 1000 : 0));
    CHECK_INT(err.code, DTL_ELIMIT);
    CHECK_STR(err.message, "time limit: the script ran longer than 200 ms (--time-limit)");
    CHECK_STR(err.file, "report.lua");
    CHECK_INT(err.line, 9);
}

static bool step_slowly(void *context, dtl_channel *channel, dtl_error *err)
{
    (void)context;
    for (int i = 0; i < 6; i++) {
        struct timespec nap = {0, 80000000};
        nanosleep(&nap, NULL);
        if (!dtl_channel_send(channel, FRAME_TEXT, DTL_STR("."), err) ||
            !dtl_channel_step(channel, err))
            return false;
    }
    return true;
}

TEST(each_step_has_the_whole_time)
{
    heard to = {.frames = 0};
    dtl_error err;
    CHECK(run(step_slowly, NULL, &to, (dtl_worker_options){.wall_ms = 250}, &err));
    CHECK_INT(to.frames, 6);
    dtl_buf_release(&to.text);
}

TEST(more_steps_than_agreed_are_refused)
{
    heard to = {.frames = 0};
    dtl_error err;
    CHECK(run(step_slowly, NULL, &to, (dtl_worker_options){.wall_ms = 250, .steps_max = 6}, &err));
    CHECK(!run(step_slowly, NULL, &to, (dtl_worker_options){.wall_ms = 250, .steps_max = 5}, &err));
    CHECK_INT(err.code, DTL_ESCRIPT);
    dtl_buf_release(&to.text);
}

static bool step_for_each(dtl_job *job, dtl_error *err)
{
    const int *steps = job->request;
    for (int i = 0; i < *steps; i++)
        if (!dtl_channel_step(job->channel, err))
            return false;
    return true;
}

TEST(a_run_takes_no_more_steps_than_it_was_asked_for)
{
    dtl_run_options options = {.store = {.image = dtl_image_bytes, .image_size = dtl_image_size},
                               .as_of = DTL_MOMENT_LATEST,
                               .limits = DTL_LIMITS_DEFAULT};
    dtl_run_events events = {0};
    for (int steps = 30; steps <= 32; steps++) {
        dtl_job job = {.options = &options,
                       .events = &events,
                       .work = step_for_each,
                       .request = &steps,
                       .steps_max = 31};
        dtl_error err = {0};
        CHECK(dtl_job_run(&job, &err) == (steps <= 31));
    }
}

TEST(a_refused_frame_stops_the_work)
{
    heard to = {.stop_at = 2};
    dtl_error err;
    CHECK(!run(step_slowly, NULL, &to, (dtl_worker_options){.wall_ms = 5000}, &err));
    CHECK_STR(err.message, "the disk is full");
    CHECK_INT(to.frames, 2);
    dtl_buf_release(&to.text);
}

static bool take_memory(void *context, dtl_channel *channel, dtl_error *err)
{
    (void)context;
    (void)channel;
    (void)err;
    for (volatile bool forever = true; forever;)
        memset(dtl_alloc(1 << 20), 1, 1 << 20);
    return true;
}

TEST(memory_beyond_the_limit_is_not_to_be_had)
{
    heard to = {.frames = 0};
    dtl_error err;
    if (dtl_is_sanitized())
        SKIP("the address sanitizer's shadow needs all the address space");
    dtl_worker_options options = {.wall_ms = 5000, .memory_bytes = 8 << 20};
    CHECK(!run(take_memory, NULL, &to, options, &err));
    CHECK_INT(err.code, DTL_ELIMIT);
    CHECK_STR(err.message,
              "memory limit: the script's process needs more than 56 MB (--memory-limit)");
}

// ---- a hostile child ----

static bool send_raw(void *context, dtl_channel *channel, dtl_error *err)
{
    const dtl_buf *bytes = context;
    (void)err;
    if (write(channel->fd, bytes->data, bytes->size) < 0)
        _exit(2);
    hang(NULL, channel, err);
    return true;
}

static void check_raw(const void *bytes, size_t size, const char *message)
{
    dtl_buf raw = {0};
    heard to = {.frames = 0};
    dtl_error err;
    dtl_buf_add(&raw, bytes, size);
    CHECK(!run(send_raw, &raw, &to, (dtl_worker_options){.wall_ms = 5000}, &err));
    CHECK_STR(err.message, message);
    CHECK_INT(to.frames, 0);
    dtl_buf_release(&raw);
    dtl_buf_release(&to.text);
}

TEST(what_a_hostile_child_sends_is_refused)
{
    static const char refused[] = "the script's process sent what makes no sense, and was stopped";
    check_raw(&(dtl_frame_head){0, 0}, sizeof(dtl_frame_head), refused);
    check_raw(&(dtl_frame_head){DTL_FRAME_ANSWER, 0}, sizeof(dtl_frame_head), refused);
    check_raw(&(dtl_frame_head){15, 4}, sizeof(dtl_frame_head), refused);
    check_raw(&(dtl_frame_head){DTL_FRAME_FAILED, 0}, sizeof(dtl_frame_head), refused);
    check_raw(&(dtl_frame_head){DTL_FRAME_ASK, 0}, sizeof(dtl_frame_head), refused);
    check_raw(&(dtl_frame_head){FRAME_TEXT, UINT32_MAX}, sizeof(dtl_frame_head),
              "output limit: the script made more than 256 MB (--output-limit)");
    char error[4096] = {0};
    memset(error + sizeof(dtl_frame_head), 0xff, sizeof error - sizeof(dtl_frame_head));
    *(dtl_frame_head *)(void *)error =
        (dtl_frame_head){DTL_FRAME_FAILED, sizeof error - sizeof(dtl_frame_head)};
    check_raw(error, sizeof error, refused);
}

static bool half_a_frame(void *context, dtl_channel *channel, dtl_error *err)
{
    (void)context;
    (void)err;
    dtl_frame_head head = {FRAME_TEXT, 100};
    if (write(channel->fd, &head, sizeof head) < 0)
        _exit(2);
    _exit(0);
}

TEST(an_end_in_the_middle_of_a_frame_is_no_success)
{
    heard to = {.frames = 0};
    dtl_error err;
    CHECK(!run(half_a_frame, NULL, &to, (dtl_worker_options){.wall_ms = 5000}, &err));
    CHECK_STR(err.message, "the script's process ended without a result");
}

static bool close_and_stay(void *context, dtl_channel *channel, dtl_error *err)
{
    (void)context;
    dtl_channel_at(channel, DTL_STR("r.lua"), 1);
    shutdown(channel->fd, SHUT_RDWR);
    close(channel->fd);
    return hang(NULL, channel, err);
}

TEST(a_child_that_closes_its_end_and_stays_is_killed)
{
    heard to = {.frames = 0};
    dtl_error err;
    int64_t start = now_ms();
    CHECK(!run(close_and_stay, NULL, &to, (dtl_worker_options){.wall_ms = 5000}, &err));
    CHECK(now_ms() - start < 3000);
}

// ---- questions ----

static bool answer(void *context, uint32_t type, dtl_str payload, dtl_buf *reply, dtl_error *err)
{
    (void)context;
    if (dtl_str_equal(payload, DTL_STR("secret")))
        return dtl_error_set(err, DTL_EUSAGE, "that is not for you");
    dtl_buf_printf(reply, "%u:%.*s", type, DTL_ARG(payload));
    return true;
}

static bool ask(void *context, dtl_channel *channel, dtl_error *err)
{
    (void)context;
    dtl_buf reply = {0};
    dtl_error refusal = {0};
    bool ok = dtl_channel_ask(channel, FRAME_COUNT, DTL_STR("name?"), &reply, err) &&
              !dtl_channel_ask(channel, FRAME_COUNT, DTL_STR("secret"), &reply, &refusal) &&
              dtl_channel_ask(channel, FRAME_COUNT, DTL_STR("again"), &reply, err) &&
              dtl_channel_send(channel, FRAME_TEXT, dtl_buf_str(&reply), err) &&
              dtl_channel_send(channel, FRAME_TEXT, dtl_str_from(refusal.message), err);
    dtl_buf_release(&reply);
    return ok;
}

TEST(a_question_is_answered_or_refused_and_the_work_goes_on)
{
    for (int in_process = 0; in_process < 2; in_process++) {
        heard to = {.frames = 0};
        dtl_error err;
        dtl_worker_options options = {
            .wall_ms = 5000, .on_ask = answer, .in_process = in_process != 0};
        CHECK(run(ask, NULL, &to, options, &err));
        CHECK_TEXT(dtl_buf_str(&to.text), "17:name?17:againthat is not for you");
        dtl_buf_release(&to.text);
    }
}

TEST(a_question_that_nobody_answers_is_refused)
{
    heard to = {.frames = 0};
    dtl_error err;
    CHECK(!run(ask, NULL, &to, (dtl_worker_options){.wall_ms = 5000}, &err));
    CHECK_STR(err.message, "nobody is there to answer");
}

// ---- the process ----

static bool prepare(void *context, dtl_error *err)
{
    (void)context;
    return dtl_error_set(err, DTL_EIO, "cannot open the store");
}

TEST(a_failure_to_prepare_is_told_and_nothing_runs)
{
    heard to = {.frames = 0};
    dtl_error err;
    dtl_worker_options options = {.wall_ms = 5000, .prepare = prepare};
    CHECK(!run(say_words, NULL, &to, options, &err));
    CHECK_STR(err.message, "cannot open the store");
    CHECK_INT(to.frames, 0);
}

TEST(no_child_is_left_behind)
{
    heard to = {.frames = 0};
    dtl_error err;
    CHECK(run(say_words, NULL, &to, (dtl_worker_options){.wall_ms = 5000}, &err));
    CHECK(!run(hang, NULL, &to, (dtl_worker_options){.wall_ms = 50}, &err));
    CHECK(waitpid(-1, NULL, WNOHANG) < 0);
    dtl_buf_release(&to.text);
}

TEST(a_host_that_reaps_its_children_elsewhere_still_gets_the_result)
{
    heard to = {.frames = 0};
    dtl_error err;
    signal(SIGCHLD, SIG_IGN);
    CHECK(run(say_words, NULL, &to, (dtl_worker_options){.wall_ms = 5000}, &err));
    signal(SIGCHLD, SIG_DFL);
    dtl_buf_release(&to.text);
}

TEST(a_worker_starts_and_ends_in_less_than_a_millisecond)
{
    enum {
        RUNS = 50
    };
    heard to = {.frames = 0};
    dtl_error err;
    struct timespec start;
    struct timespec end;
    if (dtl_is_sanitized())
        SKIP("the sanitizers' own time");
    int64_t least = INT64_MAX;
    for (int i = 0; i < RUNS; i++) {
        clock_gettime(CLOCK_MONOTONIC, &start);
        CHECK(run(say_words, NULL, &to, (dtl_worker_options){.wall_ms = 5000}, &err));
        clock_gettime(CLOCK_MONOTONIC, &end);
        int64_t took = (end.tv_sec - start.tv_sec) * 1000000000 + end.tv_nsec - start.tv_nsec;
        least = took < least ? took : least;
    }
    printf("    %lld us\n", (long long)least / 1000);
    CHECK(least < 1000000);
    dtl_buf_release(&to.text);
}
