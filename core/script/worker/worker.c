// core/script/worker/worker.c - the host's end: forks, reads frames that may be hostile, kills at the limit.
#include "script/worker/worker.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "script/worker/channel.h"
#include "script/worker/frame.h"
#include "script/worker/worker_child.h"

enum {
    GRACE_MS = 100,  // between the limit and the kill: the worker's own message is the better one
    GOODBYE_MS = 1000,  // for a worker that is done to be gone
    READ_BYTES = 64 * 1024,
    OUT_OF_MEMORY_STATUS = 70  // base.c
};

typedef struct host {
    const dtl_worker_options *options;
    dtl_frame_fn *on_frame;
    void *frame_context;
    int fd;
    pid_t pid;
    dtl_place *place;
    int64_t deadline_ms;  // 0: none
    size_t step_bytes;
    size_t steps;
    dtl_buf input;
    bool finished;  // a last frame came: nothing may follow
    bool succeeded;
    bool timed_out;
    char *who;  // a copy of the child's last dtl_channel_by
} host;

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

// The plugin at work, for messages; NULL: the script itself.
static const char *plugin_of(const host *worker)
{
    if (worker->options->name)
        return worker->options->name;
    memcpy(worker->who, worker->place->who, DTL_WHO_BYTES - 1);  // it may change under our eyes
    worker->who[DTL_WHO_BYTES - 1] = '\0';
    return worker->who[0] ? worker->who : NULL;
}

static const char *name_of(const host *worker)
{
    const char *plugin = plugin_of(worker);
    return plugin ? plugin : "the script";
}

// What changes a limit; nothing where no option does.
static const char *option_of(const host *worker, const char *option)
{
    return worker->options->name || worker->options->limits_are_fixed ? "" : option;
}

// ---- limits ----

static void start_step(host *worker)
{
    worker->step_bytes = 0;
    if (worker->options->wall_ms > 0)
        worker->deadline_ms = now_ms() + worker->options->wall_ms + GRACE_MS;
}

// The child's soft limit of processor time, from what it has used so far.
static void extend_cpu_limit(const host *worker)
{
    clockid_t clock;
    struct timespec used;
    struct rlimit limit;
    if (worker->options->wall_ms <= 0 || clock_getcpuclockid(worker->pid, &clock) != 0 ||
        clock_gettime(clock, &used) != 0 || prlimit(worker->pid, RLIMIT_CPU, NULL, &limit) != 0)
        return;
    limit.rlim_cur = (rlim_t)(used.tv_sec + 1 + dtl_worker_cpu_seconds(worker->options->wall_ms));
    if (limit.rlim_cur <= limit.rlim_max)
        (void)prlimit(worker->pid, RLIMIT_CPU, &limit, NULL);
}

static size_t output_limit(const host *worker)
{
    size_t limit = worker->options->output_bytes;
    return limit && limit < DTL_FRAME_MAX_BYTES ? limit : DTL_FRAME_MAX_BYTES;
}

// "memory limit: the script's process needs more than 112 MB (--memory-limit)"
static bool fail_limit(const host *worker, const char *limit, const char *verb, size_t bytes,
                       dtl_error *err)
{
    bool whole = bytes % (1 << 20) == 0;
    char option[32];
    snprintf(option, sizeof option, " (--%s-limit)", limit);
    return dtl_error_set(err, DTL_ELIMIT, "%s limit: %s%s more than %zu %s%s", limit,
                         name_of(worker), verb, bytes >> (whole ? 20 : 10), whole ? "MB" : "kB",
                         option_of(worker, option));
}

static bool add_place(const host *worker, dtl_error *err)
{
    dtl_place place = *worker->place;
    place.file[sizeof place.file - 1] = '\0';
    if (place.file[0] && place.line > 0)
        dtl_error_at(err, dtl_str_from(place.file), place.line, 0);
    return false;
}

static bool fail_time(const host *worker, dtl_error *err)
{
    int64_t ms = worker->options->wall_ms;
    if (ms % 1000 == 0)
        dtl_error_set(err, DTL_ELIMIT, "time limit: %s ran longer than %" PRId64 " s%s",
                      name_of(worker), ms / 1000, option_of(worker, " (--time-limit)"));
    else
        dtl_error_set(err, DTL_ELIMIT, "time limit: %s ran longer than %" PRId64 " ms%s",
                      name_of(worker), ms, option_of(worker, " (--time-limit)"));
    return add_place(worker, err);
}

// ---- frames ----

static bool fail_frame(const host *worker, dtl_error *err)
{
    return dtl_error_set(err, DTL_ESCRIPT, "%s's process sent what makes no sense, and was stopped",
                         name_of(worker));
}

static bool check_head(host *worker, const dtl_frame_head *head, dtl_error *err)
{
    bool known = head->type >= DTL_FRAME_USER ||
                 (head->type >= DTL_FRAME_DONE && head->type <= DTL_FRAME_ASK);
    if (!known || worker->finished)
        return fail_frame(worker, err);
    if (head->size <= output_limit(worker) &&
        worker->step_bytes + head->size <= output_limit(worker))
        return true;
    return fail_limit(worker, "output", " made", output_limit(worker), err);
}

// A child that reads nothing must not stop the host: what it does not take in time is lost with it.
static bool send_to_child(const host *worker, uint32_t type, dtl_str payload, dtl_error *err)
{
    dtl_frame_head head = {type, (uint32_t)payload.size};
    dtl_buf frame = {0};
    dtl_buf_add(&frame, &head, sizeof head);
    dtl_buf_add_str(&frame, payload);
    size_t sent = 0;
    bool ok = true;
    while (ok && sent < frame.size) {
        ssize_t got =
            send(worker->fd, frame.data + sent, frame.size - sent, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (got > 0) {
            sent += (size_t)got;
            continue;
        }
        struct pollfd wait = {.fd = worker->fd, .events = POLLOUT};
        bool again = errno == EINTR || (errno == EAGAIN && poll(&wait, 1, GOODBYE_MS) == 1);
        if (!again)
            ok = fail_frame(worker, err);
    }
    dtl_buf_release(&frame);
    return ok;
}

static bool answer(host *worker, dtl_str payload, dtl_error *err)
{
    uint32_t type;
    if (payload.size < sizeof type)
        return fail_frame(worker, err);
    memcpy(&type, payload.data, sizeof type);
    payload = dtl_str_slice(payload, sizeof type, payload.size);
    int64_t asked_ms = now_ms();
    dtl_buf reply = {0};
    dtl_error refusal = {0};
    bool ok = worker->options->on_ask
                  ? worker->options->on_ask(worker->frame_context, type, payload, &reply, &refusal)
                  : dtl_error_set(&refusal, DTL_ESCRIPT, "nobody is there to answer");
    if (!ok) {
        dtl_buf_clear(&reply);
        dtl_pack_error(&reply, &refusal);
    }
    bool sent = reply.size <= DTL_FRAME_MAX_BYTES
                    ? send_to_child(worker, ok ? DTL_FRAME_ANSWER : DTL_FRAME_REFUSAL,
                                    dtl_buf_str(&reply), err)
                    : dtl_error_set(err, DTL_ELIMIT, "the answer is too large");
    dtl_buf_release(&reply);
    if (worker->deadline_ms)
        worker->deadline_ms += now_ms() - asked_ms;
    return sent;
}

static bool take_failure(host *worker, dtl_str payload, dtl_error *err)
{
    dtl_error failure;
    if (!dtl_unpack_error(&payload, &failure) || payload.size || failure.code == DTL_OK)
        return fail_frame(worker, err);
    worker->finished = true;
    if (err->code == DTL_OK)
        *err = failure;
    return true;
}

// Each step starts the clock anew, so a hostile child could go on for ever.
static bool take_step(host *worker, dtl_str payload, dtl_error *err)
{
    size_t most = worker->options->steps_max;
    if (payload.size || (most && ++worker->steps > most))
        return fail_frame(worker, err);
    start_step(worker);
    extend_cpu_limit(worker);
    return true;
}

static bool take_frame(host *worker, uint32_t type, dtl_str payload, dtl_error *err)
{
    switch (type) {
    case DTL_FRAME_DONE:
        worker->finished = worker->succeeded = true;
        return payload.size == 0 || fail_frame(worker, err);
    case DTL_FRAME_FAILED:
        return take_failure(worker, payload, err);
    case DTL_FRAME_STEP:
        return take_step(worker, payload, err);
    case DTL_FRAME_ASK:
        return answer(worker, payload, err);
    default:
        worker->step_bytes += payload.size;
        return worker->on_frame(worker->frame_context, type, payload, err);
    }
}

// Takes every whole frame off the front of the input.
static bool take_input(host *worker, dtl_error *err)
{
    dtl_str rest = dtl_buf_str(&worker->input);
    dtl_frame_head head = {0, 0};
    while (rest.size >= sizeof head) {
        memcpy(&head, rest.data, sizeof head);
        if (!check_head(worker, &head, err))
            return false;
        if (rest.size - sizeof head < head.size)
            break;
        if (!take_frame(worker, head.type,
                        dtl_str_slice(rest, sizeof head, sizeof head + head.size), err))
            return false;
        rest = dtl_str_slice(rest, sizeof head + head.size, rest.size);
        head.size = 0;
    }
    if (rest.size && rest.data != worker->input.data)
        memmove(worker->input.data, rest.data, rest.size);
    worker->input.size = rest.size;
    if (head.size)
        dtl_buf_reserve(&worker->input, head.size + sizeof head - rest.size);
    return true;
}

// Waits for input until the deadline: 1 there is some, 0 the time is over, -1 failed.
static int wait_for_input(const host *worker)
{
    for (;;) {
        int timeout = -1;
        if (worker->deadline_ms) {
            int64_t left = worker->deadline_ms - now_ms();
            if (left <= 0)
                return 0;
            timeout = left < INT32_MAX ? (int)left : INT32_MAX;
        }
        struct pollfd wait = {.fd = worker->fd, .events = POLLIN};
        int ready = poll(&wait, 1, timeout);
        if (ready != 0 && !(ready < 0 && errno == EINTR))
            return ready;
    }
}

// Until the child closes its end, breaks a limit, or sends what it may not.
static bool read_frames(host *worker, dtl_error *err)
{
    for (;;) {
        int ready = wait_for_input(worker);
        if (ready == 0) {
            worker->timed_out = true;
            return false;
        }
        dtl_buf_reserve(&worker->input, READ_BYTES);
        ssize_t got = ready < 0 ? -1
                                : recv(worker->fd, worker->input.data + worker->input.size,
                                       READ_BYTES, MSG_DONTWAIT);
        if (got == 0 || (got < 0 && errno == ECONNRESET))
            return true;
        if (got < 0 && (errno == EINTR || errno == EAGAIN))
            continue;
        if (got < 0)
            return dtl_error_system(err, "cannot read from the process of", name_of(worker), errno);
        worker->input.size += (size_t)got;
        if (!take_input(worker, err))
            return false;
        if (worker->finished)
            return true;
    }
}

// ---- the end ----

// Whether the child ended by itself in the time it has for that.
static bool wait_for_end(const host *worker)
{
    int handle = (int)syscall(SYS_pidfd_open, worker->pid, 0);
    struct pollfd wait = {.fd = handle, .events = POLLIN};
    int64_t until = now_ms() + GOODBYE_MS;
    int ended = 0;
    while (ended <= 0 &&
           now_ms() < until)  // without a handle (before Linux 5.3) it just waits a bit
        ended = poll(&wait, 1, handle < 0 ? 1 : GOODBYE_MS) > 0 ||
                waitid(P_PID, (id_t)worker->pid, &(siginfo_t){0}, WEXITED | WNOHANG | WNOWAIT) < 0;
    if (handle >= 0)
        close(handle);
    return ended > 0;
}

// The child's status, or -1 when somebody else took it. Kills at once, or when it does not go.
static int end_child(const host *worker, bool at_once)
{
    int status;
    pid_t ended;
    if (at_once || !wait_for_end(worker))
        kill(worker->pid, SIGKILL);
    do
        ended = waitpid(worker->pid, &status, 0);
    while (ended < 0 && errno == EINTR);
    return ended == worker->pid ? status : -1;
}

static const char *signal_name(int number)
{
    static const struct {
        int number;
        const char *name;
    } known[] = {
        {SIGSEGV, "segmentation fault"}, {SIGABRT, "abort"},
        {SIGBUS, "bus error"},           {SIGFPE, "arithmetic error"},
        {SIGILL, "illegal instruction"}, {SIGTRAP, "trap"},
        {SIGSYS, "bad system call"},
    };
    for (size_t i = 0; i < DTL_COUNT(known); i++)
        if (known[i].number == number)
            return known[i].name;
    return "";
}

static void fail_crash(const host *worker, int number, dtl_error *err)
{
    char part[DTL_PART_BYTES];
    memcpy(part, worker->place->part, sizeof part);
    part[sizeof part - 1] = '\0';
    const char *where = plugin_of(worker) ? part : "the Lua interpreter";
    const char *name = signal_name(number);
    dtl_error_set(err, DTL_ESCRIPT, "%s crashed%s%s (signal %d%s%s)", name_of(worker),
                  where[0] ? " " : "", where, number, name[0] ? ", " : "", name);
}

static bool fail_signal(const host *worker, int number, dtl_error *err)
{
    if (number == SIGXCPU)
        return fail_time(worker, err);
    if (number == SIGKILL || number == SIGTERM || number == SIGINT || number == SIGHUP)
        dtl_error_set(err, DTL_ESCRIPT, "%s's process was stopped from outside (signal %d)",
                      name_of(worker), number);
    else
        fail_crash(worker, number, err);
    dtl_error_hint(err, "nothing was written; this is a fault of %s",
                   plugin_of(worker) ? "the plugin or of a library that it uses"
                                     : "the interpreter or of a library, which the script met");
    return add_place(worker, err);
}

static bool fail_memory(const host *worker, dtl_error *err)
{
    size_t bytes = dtl_worker_process_bytes(worker->options->memory_bytes);
    if (bytes)
        return fail_limit(worker, "memory", "'s process needs", bytes, err);
    return dtl_error_set(err, DTL_ELIMIT, "%s's process needs more memory than there is",
                         name_of(worker));
}

// The child closed its end without a last word.
static bool fail_silent(const host *worker, int status, dtl_error *err)
{
    if (status >= 0 && WIFSIGNALED(status))
        return fail_signal(worker, WTERMSIG(status), err);
    if (status >= 0 && WIFEXITED(status) && WEXITSTATUS(status) == OUT_OF_MEMORY_STATUS)
        fail_memory(worker, err);
    else
        dtl_error_set(err, DTL_ESCRIPT, "%s's process ended without a result", name_of(worker));
    return add_place(worker, err);
}

static bool serve(host *worker, dtl_error *err)
{
    bool heard = read_frames(worker, err);
    int status = end_child(worker, !heard);
    if (worker->timed_out)
        return fail_time(worker, err);
    if (!heard)
        return false;
    if (!worker->finished)
        return fail_silent(worker, status, err);
    return worker->succeeded;
}

// ---- the start ----

static bool run_forked(dtl_work_fn *work, void *context, host *worker, dtl_error *err)
{
    int ends[2];
    pid_t parent = getpid();
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return dtl_error_system(err, "cannot make", "a channel", errno);
    start_step(worker);
    worker->pid = fork();
    if (worker->pid == 0) {
        dtl_channel channel = {.fd = ends[1], .place = worker->place};
        dtl_worker_be_child(work, context, &channel, worker->options, parent);
    }
    int fork_error = errno;
    close(ends[1]);
    worker->fd = ends[0];
    bool ok = worker->pid > 0 ? serve(worker, err)
                              : dtl_error_system(err, "cannot start", "a process", fork_error);
    close(ends[0]);
    return ok;
}

static bool run_in_process(dtl_work_fn *work, void *context, const host *worker, dtl_error *err)
{
    dtl_channel channel = {.fd = -1,
                           .on_frame = worker->on_frame,
                           .on_ask = worker->options->on_ask,
                           .frame_context = worker->frame_context};
    const dtl_worker_options *options = worker->options;
    return (!options->prepare || options->prepare(context, err)) &&
           (!options->load || options->load(context, &channel, err)) &&
           work(context, &channel, err);
}

bool dtl_worker_run(dtl_work_fn *work, void *work_context, dtl_frame_fn *on_frame,
                    void *frame_context, const dtl_worker_options *options, dtl_error *err)
{
    char who[DTL_WHO_BYTES];
    host worker = {
        .options = options, .on_frame = on_frame, .frame_context = frame_context, .who = who};
    if (options->in_process)
        return run_in_process(work, work_context, &worker, err);
    worker.place =
        mmap(NULL, sizeof *worker.place, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (worker.place == MAP_FAILED)
        return dtl_error_system(err, "cannot share", "memory", errno);
    bool ok = run_forked(work, work_context, &worker, err);
    munmap(worker.place, sizeof *worker.place);
    dtl_buf_release(&worker.input);
    return ok;
}
