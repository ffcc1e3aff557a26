// tests/unit/test_confine.c - what a confined worker still can do, had it broken out of Lua.
//
// Each attempt runs in a worker after it was confined, as native code of a script's would.
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "script/worker/confine.h"
#include "script/worker/worker.h"
#include "support/script.h"
#include "support/test.h"

typedef struct attempt {
    long (*call)(void);
    bool (*prepare)(void *context, dtl_error *err);
    const char *root;
} attempt;

static bool work(void *context, dtl_channel *channel, dtl_error *err)
{
    const attempt *what = context;
    dtl_buf text = {0};
    errno = 0;
    long result = what->call();
    dtl_buf_printf(&text, "%ld %d", result, result < 0 ? errno : 0);
    return dtl_channel_send(channel, DTL_FRAME_USER, dtl_buf_str(&text), err);
}

static bool on_frame(void *context, uint32_t type, dtl_str payload, dtl_error *err)
{
    (void)type;
    (void)err;
    dtl_buf_add_str(context, payload);
    return true;
}

// What [call] gives in a worker, or -1 with [*error].
static long try_in_worker(attempt what, int *error)
{
    dtl_buf said = {0};
    dtl_error err = {0};
    long result = 0;
    dtl_worker_options options = {
        .wall_ms = 5000,
        .memory_bytes = 16 << 20,
        .prepare = what.prepare,
        .read_roots = &what.root,
        .read_root_count = what.root ? 1 : 0,
    };
    if (!dtl_worker_run(work, &what, on_frame, &said, &options, &err)) {
        printf("    %s\n", err.message);
        CHECK(false);
    } else {
        CHECK(sscanf(said.data, "%ld %d", &result, error) == 2);
    }
    dtl_buf_release(&said);
    return result;
}

static void check_denied(long (*call)(void), const char *name)
{
    int error = 0;
    long result = try_in_worker((attempt){.call = call}, &error);
    if (result == -1 && (error == EPERM || error == EACCES))
        return;
    printf("    %s: %ld, errno %d\n", name, result, error);
    CHECK(false);
}

#define DENIED(name, expression)                                                                   \
    static long call_##name(void)                                                                  \
    {                                                                                              \
        return (long)(expression);                                                                 \
    }                                                                                              \
    TEST(name##_is_denied)                                                                         \
    {                                                                                              \
        if (!dtl_seccomp_is_there())                                                               \
            SKIP("no seccomp here");                                                               \
        check_denied(call_##name, #name);                                                          \
    }

static char *const no_arguments[] = {NULL};

DENIED(reading_passwd, open("/etc/passwd", O_RDONLY))
DENIED(reading_proc, open("/proc/self/environ", O_RDONLY))
DENIED(creating_a_file, open("made-by-a-worker", O_WRONLY | O_CREAT, 0600))
DENIED(listing_a_folder, open(".", O_RDONLY | O_DIRECTORY))
DENIED(removing_a_file, unlink("README.md"))
DENIED(renaming_a_file, rename("README.md", "read.me"))
DENIED(making_a_folder, mkdir("made-by-a-worker", 0700))
DENIED(making_a_link, symlink("/etc/passwd", "made-by-a-worker"))
DENIED(changing_the_mode, chmod(".", 0777))
DENIED(changing_the_folder, chdir("/"))
DENIED(a_socket, socket(AF_INET, SOCK_STREAM, 0))
DENIED(a_unix_socket, socket(AF_UNIX, SOCK_STREAM, 0))
DENIED(fork, syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0))
DENIED(exec, execve("/bin/true", no_arguments, no_arguments))
DENIED(ptrace, ptrace(PTRACE_TRACEME, 0, NULL, NULL))
DENIED(killing_the_host, kill(getppid(), SIGTERM))
DENIED(signalling_the_host, syscall(SYS_tgkill, getppid(), getppid(), SIGTERM))
DENIED(reading_other_memory, process_vm_readv(getppid(), &(struct iovec){&(char){0}, 1}, 1,
                                              &(struct iovec){(void *)no_arguments, 1}, 1, 0))
DENIED(a_pipe, syscall(SYS_pipe2, (int[2]){0, 0}, 0))
DENIED(a_memory_file, syscall(SYS_memfd_create, "x", 0))
DENIED(executable_memory,
       mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0))
DENIED(raising_a_limit, setrlimit(RLIMIT_CPU, &(struct rlimit){RLIM_INFINITY, RLIM_INFINITY}))
DENIED(becoming_another, setuid(1))
DENIED(io_uring, syscall(SYS_io_uring_setup, 1, NULL))
DENIED(a_namespace, syscall(SYS_unshare, 0x10000000))
DENIED(bpf, syscall(SYS_bpf, 0, NULL, 0))
DENIED(a_terminal, syscall(SYS_ioctl, 3, 0x5412, "x"))

static long make_executable(void)
{
    void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return page == MAP_FAILED ? 0 : mprotect(page, 4096, PROT_READ | PROT_EXEC);
}
DENIED(making_memory_executable, make_executable())

// ---- while native code is loaded ----

typedef struct loading {
    long (*call)(void);
    const char *root;
    long result;
    int error;
} loading;

static bool call_in_load(void *context, dtl_channel *channel, dtl_error *err)
{
    loading *what = context;
    (void)channel;
    (void)err;
    errno = 0;
    what->result = what->call();
    what->error = what->result < 0 ? errno : 0;
    return true;
}

static bool tell_of_load(void *context, dtl_channel *channel, dtl_error *err)
{
    const loading *what = context;
    dtl_buf text = {0};
    dtl_buf_printf(&text, "%ld %d", what->result, what->error);
    return dtl_channel_send(channel, DTL_FRAME_USER, dtl_buf_str(&text), err);
}

// What [call] gives between the two steps, or -1 with [*error].
static long try_while_loading(long (*call)(void), int *error)
{
    loading what = {.call = call, .root = "tests/lua"};
    dtl_buf said = {0};
    dtl_error err = {0};
    long result = 0;
    const dtl_worker_options options = {.wall_ms = 5000,
                                        .memory_bytes = 16 << 20,
                                        .load = call_in_load,
                                        .load_roots = &what.root,
                                        .load_root_count = 1};
    bool ok = dtl_worker_run(tell_of_load, &what, on_frame, &said, &options, &err);
    dtl_test_check(ok, err.message, __FILE__, __LINE__);
    CHECK(ok && sscanf(said.data, "%ld %d", &result, error) == 2);
    dtl_buf_release(&said);
    return result;
}

static long limit_the_host(void)
{
    return prlimit(getppid(), RLIMIT_CPU, &(struct rlimit){1, 1}, NULL);
}

static long create_by_openat2(void)
{
    const uint64_t how[3] = {O_WRONLY | O_CREAT, 0600, 0};
    return syscall(SYS_openat2, AT_FDCWD, "made-by-a-worker", how, sizeof how);
}

static long read_beneath_load_root(void)
{
    return open("tests/lua/sandbox/README.md", O_RDONLY) < 0 ? -1 : 1;
}

static long map_code(void)
{
    return mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED
               ? -1
               : 1;
}

TEST(native_code_that_is_loaded_can_read_what_it_needs_and_do_nothing_else)
{
    static long (*const denied[])(void) = {
        call_creating_a_file,
        call_removing_a_file,
        call_renaming_a_file,
        call_making_a_folder,
        call_making_a_link,
        call_changing_the_mode,
        call_a_socket,
        call_a_unix_socket,
        call_fork,
        call_exec,
        call_ptrace,
        call_killing_the_host,
        call_reading_other_memory,
        call_signalling_the_host,
        call_a_memory_file,
        call_becoming_another,
        call_io_uring,
        limit_the_host,
        create_by_openat2,
    };
    if (!dtl_seccomp_is_there())
        SKIP("no seccomp here");
    int error = 0;
    for (size_t i = 0; i < DTL_COUNT(denied); i++) {
        CHECK_INT(try_while_loading(denied[i], &error), -1);
        CHECK(error == EPERM || error == EACCES);
    }
    CHECK_INT(try_while_loading(read_beneath_load_root, &error), 1);
    CHECK_INT(try_while_loading(map_code, &error), 1);
    if (dtl_landlock_version() == 0)
        SKIP("no Landlock here");
    CHECK_INT(try_while_loading(call_reading_passwd, &error), -1);
    CHECK_INT(try_while_loading(call_reading_proc, &error), -1);
}

static long keep_memory(void)
{
    return 0;
}

static bool take_too_much(void *context, dtl_channel *channel, dtl_error *err)
{
    loading *what = context;
    what->result = malloc((size_t)128 << 20) != NULL;
    return tell_of_load(context, channel, err);
}

TEST(memory_is_limited_behind_the_second_step)
{
    loading what = {.call = keep_memory, .root = "tests/lua"};
    dtl_buf said = {0};
    dtl_error err = {0};
    const dtl_worker_options options = {.wall_ms = 5000,
                                        .memory_bytes = 16 << 20,
                                        .load = call_in_load,
                                        .load_roots = &what.root,
                                        .load_root_count = 1};
    if (dtl_is_sanitized())
        SKIP("no limit of memory with a sanitizer");
    CHECK(dtl_worker_run(take_too_much, &what, on_frame, &said, &options, &err));
    CHECK(said.size > 0 && said.data[0] == '0');
    dtl_buf_release(&said);
}

// ---- what it keeps ----

static long count_descriptors(void)
{
    long open_count = 0;
    for (int fd = 0; fd < 1024; fd++)
        open_count += fcntl(fd, F_GETFD) >= 0;
    return open_count;
}

static bool open_a_file(void *context, dtl_error *err)
{
    (void)context;
    (void)err;
    return open("CMakeLists.txt", O_RDONLY) >= 0;
}

TEST(a_worker_holds_its_channel_and_what_it_prepared)
{
    int error = 0;
    int extra = dtl_is_sanitized() ? 1 : 0;  // stderr, for the sanitizer's reports
    int inherited = open("CMakeLists.txt", O_RDONLY);
    CHECK_INT(try_in_worker((attempt){.call = count_descriptors}, &error), 1 + extra);
    CHECK_INT(try_in_worker((attempt){.call = count_descriptors, .prepare = open_a_file}, &error),
              2 + extra);
    close(inherited);
}

static long look_for_environment(void)
{
    extern char **environ;
    long found = getenv("DATELINE_SECRET") != NULL;
    for (char **at = environ; at && *at; at++)
        found++;
    return found;
}

TEST(the_environment_is_not_visible)
{
    int error = 0;
    setenv("DATELINE_SECRET", "1", 1);
    CHECK_INT(try_in_worker((attempt){.call = look_for_environment}, &error), 0);
    unsetenv("DATELINE_SECRET");
    CHECK(getenv("PATH") != NULL);  // the host keeps its own
}

static char constant_variable[] = "DATELINE_CONSTANT=secret";

static long look_at_constant(void)
{
    return constant_variable[0];
}

TEST(a_variable_outside_the_start_area_is_wiped_too)
{
    int error = 0;
    putenv(constant_variable);
    CHECK_INT(try_in_worker((attempt){.call = look_at_constant}, &error), 0);
    unsetenv("DATELINE_CONSTANT");
}

static long read_a_test(void)
{
    int fd = open("tests/lua/sandbox/README.md", O_RDONLY);
    char byte;
    long got = fd < 0 ? -1 : read(fd, &byte, 1);
    if (fd >= 0)
        close(fd);
    return got;
}

static long read_outside_root(void)
{
    return open("tests/CMakeLists.txt", O_RDONLY);
}

static long write_below_root(void)
{
    return open("tests/lua/made-by-a-worker", O_WRONLY | O_CREAT, 0600);
}

TEST(only_the_folders_named_can_be_read)
{
    int error = 0;
    if (dtl_landlock_version() == 0)
        SKIP("no Landlock here");
    CHECK_INT(try_in_worker((attempt){.call = read_a_test, .root = "tests/lua"}, &error), 1);
    CHECK_INT(try_in_worker((attempt){.call = read_outside_root, .root = "tests/lua"}, &error), -1);
    CHECK(error == EACCES || error == EPERM);
    CHECK_INT(try_in_worker((attempt){.call = write_below_root, .root = "tests/lua"}, &error), -1);
}

static int prepared_fd;

static bool open_for_writing(void *context, dtl_error *err)
{
    char name[] = "/tmp/dateline-test-XXXXXX";
    (void)context;
    (void)err;
    prepared_fd = mkstemp(name);
    unlink(name);
    return prepared_fd >= 0;
}

static long write_to_prepared(void)
{
    return write(prepared_fd, "x", 1);
}

TEST(even_an_open_file_cannot_grow)
{
    attempt what = {.call = write_to_prepared, .prepare = open_for_writing};
    dtl_buf said = {0};
    dtl_error err = {0};
    dtl_worker_options options = {.wall_ms = 5000, .prepare = open_for_writing};
    // The signal of that limit ends the process, or the write fails.
    bool ended = !dtl_worker_run(work, &what, on_frame, &said, &options, &err);
    CHECK(ended || dtl_holds(said.data, "-1"));
    dtl_buf_release(&said);
}

static long clock_and_memory(void)
{
    char *bytes = malloc(1 << 20);
    long sum = 0;
    for (int i = 0; bytes && i < 1 << 20; i += 4096) {
        bytes[i] = 1;
        sum += bytes[i];
    }
    free(bytes);
    return sum;
}

TEST(memory_and_clocks_work_as_before)
{
    int error = 0;
    CHECK_INT(try_in_worker((attempt){.call = clock_and_memory}, &error), 256);
}

static long abort_now(void)
{
    abort();
}

TEST(abort_still_ends_the_worker)
{
    attempt what = {.call = abort_now};
    dtl_buf said = {0};
    dtl_error err = {0};
    dtl_worker_options options = {.wall_ms = 5000};
    CHECK(!dtl_worker_run(work, &what, on_frame, &said, &options, &err));
    CHECK(dtl_holds(err.message, "crashed the Lua interpreter (signal 6, abort)") ||
          dtl_is_sanitized());
}

TEST(what_is_missing_is_said_in_whole_lines)
{
    dtl_buf missing = {0};
    dtl_confine_missing(&missing);
    CHECK(missing.size == 0 || missing.data[missing.size - 1] == '\n');
    dtl_buf_release(&missing);
}
