// core/script/worker/worker_child.c - what the worker's process does before and after its work.
#include "script/worker/worker_child.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "script/worker/channel.h"
#include "script/worker/confine.h"
#include "script/worker/frame.h"

enum {
    FIRST_FREE_DESCRIPTOR = 3,
    PROCESS_MORE_BYTES = 48 * 1024 * 1024  // beyond what Lua may take
};

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

int64_t dtl_worker_cpu_seconds(int64_t wall_ms)
{
    return wall_ms > 0 ? wall_ms / 1000 + 2 : 0;
}

size_t dtl_worker_process_bytes(size_t memory_bytes)
{
    return memory_bytes ? memory_bytes + PROCESS_MORE_BYTES : 0;
}

// The host's handlers would run in the wrong process. SIGPIPE becomes an error of write.
static void reset_signals(void)
{
    static const int crashes[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP};
    struct sigaction usual = {.sa_handler = SIG_DFL};
    struct sigaction ignored = {.sa_handler = SIG_IGN};
    for (int number = 1; number < NSIG; number++) {
        bool is_crash = false;
        for (size_t i = 0; i < DTL_COUNT(crashes); i++)
            is_crash = is_crash || crashes[i] == number;
        if (!(SANITIZED && is_crash))  // whose report is wanted
            sigaction(number, &usual, NULL);
    }
    sigaction(SIGPIPE, &ignored, NULL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

// The channel moves above the standard descriptors; all others but those are closed.
static bool keep_only_channel(dtl_channel *channel, dtl_error *err)
{
    int fd = fcntl(channel->fd, F_DUPFD_CLOEXEC, FIRST_FREE_DESCRIPTOR);
    if (fd < 0)
        return dtl_error_system(err, "cannot keep", "the channel", errno);
    if (dup3(fd, FIRST_FREE_DESCRIPTOR, O_CLOEXEC) < 0 && errno != EINVAL)  // EINVAL: is there
        return dtl_error_system(err, "cannot keep", "the channel", errno);
    channel->fd = FIRST_FREE_DESCRIPTOR;
    if (syscall(SYS_close_range, FIRST_FREE_DESCRIPTOR + 1, ~0u, 0) != 0) {
        long last = sysconf(_SC_OPEN_MAX);  // a kernel before 5.9
        for (int at = FIRST_FREE_DESCRIPTOR + 1; at < last; at++)
            close(at);
    }
    return true;
}

static void close_standard(void)
{
    close(STDIN_FILENO);
    close(STDOUT_FILENO);
    if (!SANITIZED)  // which reports there
        close(STDERR_FILENO);
}

// Through the kernel: the text may be a constant of the host's, which a write would crash on.
static void wipe_text(char *text)
{
    static const char zeroes[256];
    for (size_t left = strlen(text); left;) {
        size_t size = left < sizeof zeroes ? left : sizeof zeroes;
        struct iovec from = {(void *)(uintptr_t)zeroes, size};
        struct iovec to = {text, size};
        if (process_vm_writev(getpid(), &from, 1, &to, 1, 0) != (ssize_t)size)
            return;
        text += size;
        left -= size;
    }
}

// Where the kernel put the environment: fields 50 and 51 of /proc/self/stat. (The arguments stay:
// the work itself is made of them.)
static void wipe_environment_area(void)
{
    enum {
        FIRST_FIELD = 3,
        ENVIRONMENT_FIELD = 50
    };
    char text[2048];
    int fd = open("/proc/self/stat", O_RDONLY | O_CLOEXEC);
    ssize_t size = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
    if (fd >= 0)
        close(fd);
    if (size <= 0)
        return;
    text[size] = '\0';
    char *at = strrchr(text, ')');  // the name may hold spaces
    for (int field = FIRST_FIELD; at && field <= ENVIRONMENT_FIELD; field++)
        at = strchr(at + 1, ' ');
    uintptr_t from = at ? strtoul(at, &at, 10) : 0;
    uintptr_t to = at ? strtoul(at, &at, 10) : 0;
    if (from && from < to)
        memset((void *)from, 0, to - from);
}

// The host's environment is no business of a script.
static void forget_host(void)
{
    for (char **variable = environ; variable && *variable; variable++)
        wipe_text(*variable);
    clearenv();
    wipe_environment_area();
    prctl(PR_SET_NAME, "dateline-worker", 0, 0, 0);
    setlocale(LC_ALL, "C");  // no number or order may depend on the host's
}

// Native code is not trusted from its first instruction on, which runs as it is loaded.
static bool load_confined(void *context, dtl_channel *channel, const dtl_worker_options *options,
                          dtl_confinement *what, dtl_error *err)
{
    if (!options->load)
        return true;
    dtl_channel_by(channel, "", "while it was loaded");
    if (!dtl_confine_to_load(what, err) || !options->load(context, channel, err))
        return false;
    dtl_channel_by(channel, "", "");
    return true;
}

static bool become_worker(void *context, dtl_channel *channel, const dtl_worker_options *options,
                          pid_t parent, dtl_error *err)
{
    dtl_confinement what = {
        .read_roots = options->read_roots,
        .read_root_count = options->read_root_count,
        .load_roots = options->load_roots,
        .load_root_count = options->load_root_count,
        .memory_fd = -1,
        .memory_bytes = dtl_worker_process_bytes(options->memory_bytes),
        .cpu_seconds = dtl_worker_cpu_seconds(options->wall_ms),
    };
    if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0 || getppid() != parent)
        return dtl_error_set(err, DTL_EIO, "the program that started the script is gone");
    reset_signals();
    if (!keep_only_channel(channel, err))
        return false;
    if (options->prepare && !options->prepare(context, err))
        return false;
    forget_host();  // after prepare: the name of the store may stand in the environment
    close_standard();
    return load_confined(context, channel, options, &what, err) && dtl_confine(&what, err);
}

void dtl_worker_be_child(dtl_work_fn *work, void *context, dtl_channel *channel,
                         const dtl_worker_options *options, pid_t parent)
{
    dtl_error err = {0};
    dtl_error lost = {0};
    bool ok =
        become_worker(context, channel, options, parent, &err) && work(context, channel, &err);
    dtl_buf frame = {0};
    if (!ok) {
        dtl_error_set(&err, DTL_EINTERNAL, "the work failed without saying why");
        dtl_pack_error(&frame, &err);
    }
    bool sent = dtl_channel_send(channel, ok ? DTL_FRAME_DONE : DTL_FRAME_FAILED,
                                 dtl_buf_str(&frame), &lost);
    dtl_buf_release(&frame);
    _exit(sent ? EXIT_SUCCESS : EXIT_FAILURE);
}
