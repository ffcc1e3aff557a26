// core/script/worker/seccomp.c - the system calls a confined worker may still make; all others fail with
// EPERM, so that a library that probes for one goes on without it.
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "script/worker/confine.h"

#if defined(__x86_64__)
#define ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCH AUDIT_ARCH_AARCH64
#endif

enum {
    PROGRAM_MAX = 512,
    OPEN_FLAGS = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_DIRECTORY | O_PATH | O_NONBLOCK | O_NOCTTY |
                 0100000,  // what O_LARGEFILE is to the kernel
};

// Whatever their arguments. Reading and writing need a descriptor, and there are only ours.
static const int allowed[] = {
    SYS_read,
    SYS_readv,
    SYS_pread64,
    SYS_write,
    SYS_writev,
    SYS_lseek,
    SYS_close,
    SYS_fstat,
    SYS_statx,
#ifdef SYS_newfstatat
    SYS_newfstatat,
#endif
#ifdef SYS_stat
    SYS_stat,
    SYS_lstat,
#endif
#ifdef SYS_access
    SYS_access,
#endif
    SYS_faccessat,
#ifdef SYS_poll
    SYS_poll,
#endif
    SYS_ppoll,
    // Memory, but for mmap and mprotect: below.
    SYS_munmap,
    SYS_mremap,
    SYS_madvise,
    SYS_brk,
    // Signals to itself, timers, clocks.
    SYS_rt_sigaction,
    SYS_rt_sigprocmask,
    SYS_rt_sigreturn,
    SYS_sigaltstack,
    SYS_restart_syscall,
    SYS_timer_create,
    SYS_timer_settime,
    SYS_timer_gettime,
    SYS_timer_delete,
    SYS_clock_gettime,
    SYS_clock_getres,
    SYS_clock_nanosleep,
    SYS_nanosleep,
    SYS_gettimeofday,
#ifdef SYS_time
    SYS_time,
#endif
    // Itself.
    SYS_futex,
    SYS_sched_yield,
    SYS_getpid,
    SYS_gettid,
    SYS_getuid,
    SYS_geteuid,
    SYS_getgid,
    SYS_getegid,
    SYS_getrandom,
    SYS_exit,
    SYS_exit_group,
};

// By what the worker may do more. openat2's flags are in memory, where no filter looks: Landlock
// answers for it.
static const int allowed_to_open[] = {SYS_getdents64};
static const int allowed_to_open_beneath[] = {SYS_openat2};
static const int allowed_to_load[] = {
    SYS_getcwd,  // of a library's own folder
    SYS_mprotect,
    SYS_mmap,
    // More is given up.
    SYS_landlock_create_ruleset,
    SYS_landlock_add_rule,
    SYS_landlock_restrict_self,
    SYS_seccomp,
};
static const unsigned prctl_allowed[] = {PR_SET_NO_NEW_PRIVS, PR_SET_DUMPABLE};

// Locks on files that are open; nothing that makes descriptors but a copy.
static const unsigned fcntl_allowed[] = {F_GETFD, F_SETFD, F_GETFL, F_GETLK, F_SETLK, F_SETLKW};

typedef struct program {
    struct sock_filter code[PROGRAM_MAX];
    unsigned short size;
} program;

static void add(program *to, unsigned short code, unsigned value, unsigned char yes,
                unsigned char no)
{
    if (to->size < PROGRAM_MAX)
        to->code[to->size++] = (struct sock_filter){code, yes, no, value};
}

static void add_return(program *to, unsigned action)
{
    add(to, BPF_RET | BPF_K, action, 0, 0);
}

static void add_refusal(program *to)
{
    add_return(to, SECCOMP_RET_ERRNO | EPERM);
}

static void load(program *to, size_t offset)
{
    add(to, BPF_LD | BPF_W | BPF_ABS, (unsigned)offset, 0, 0);
}

// The low half of an argument: both machines are little-endian, and the flags asked about are ints.
static void load_argument(program *to, size_t index)
{
    load(to, offsetof(struct seccomp_data, args) + index * sizeof(__u64));
}

// Goes on behind [length] instructions unless the call is [number].
static void begin_call(program *to, int number, unsigned char length)
{
    add(to, BPF_JMP | BPF_JEQ | BPF_K, (unsigned)number, 0, length);
}

static int compare_numbers(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

// Allows the calls in [numbers] (sorted), refuses all others. A search tree: the kernel tries the
// filter on every call there is when it is installed, and a list would make that the slowest part
// of a worker's start.
static void add_tree(program *to, const int *numbers, size_t count)
{
    if (count == 1) {
        begin_call(to, numbers[0], 1);
        add_return(to, SECCOMP_RET_ALLOW);
        add_refusal(to);
        return;
    }
    size_t half = count / 2;
    unsigned short branch = to->size;
    add(to, BPF_JMP | BPF_JGE | BPF_K, (unsigned)numbers[half], 0, 0);
    add_tree(to, numbers, half);
    to->code[branch].jt = (unsigned char)(to->size - branch - 1);
    add_tree(to, numbers + half, count - half);
}

static void allow_without_flags(program *to, int number, size_t index, unsigned refused)
{
    begin_call(to, number, 4);
    load_argument(to, index);
    add(to, BPF_JMP | BPF_JSET | BPF_K, refused, 0, 1);
    add_refusal(to);
    add_return(to, SECCOMP_RET_ALLOW);
}

static void allow_if_one_of(program *to, int number, size_t index, const unsigned *values,
                            unsigned char count)
{
    begin_call(to, number, (unsigned char)(2 + 2 * count));
    load_argument(to, index);
    for (unsigned char i = 0; i < count; i++) {
        add(to, BPF_JMP | BPF_JEQ | BPF_K, values[i], 0, 1);
        add_return(to, SECCOMP_RET_ALLOW);
    }
    add_refusal(to);
}

#ifdef ARCH
// Those that are allowed whatever their arguments, sorted; how many.
static size_t collect(int *numbers, unsigned may)
{
    const struct {
        bool may;
        const int *numbers;
        size_t count;
    } parts[] = {
        {true, allowed, DTL_COUNT(allowed)},
        {may & DTL_MAY_OPEN, allowed_to_open, DTL_COUNT(allowed_to_open)},
        {may & DTL_MAY_OPEN_BENEATH, allowed_to_open_beneath, DTL_COUNT(allowed_to_open_beneath)},
        {may & DTL_MAY_LOAD, allowed_to_load, DTL_COUNT(allowed_to_load)},
    };
    size_t count = 0;
    for (size_t i = 0; i < DTL_COUNT(parts); i++)
        for (size_t k = 0; parts[i].may && k < parts[i].count; k++)
            numbers[count++] = parts[i].numbers[k];
    qsort(numbers, count, sizeof *numbers, compare_numbers);
    return count;
}

static void write_program(program *to, unsigned may)
{
    int numbers[DTL_COUNT(allowed) + DTL_COUNT(allowed_to_open) +
                DTL_COUNT(allowed_to_open_beneath) + DTL_COUNT(allowed_to_load)];
    unsigned self = (unsigned)getpid();
    unsigned this_process = 0;
    load(to, offsetof(struct seccomp_data, arch));
    add(to, BPF_JMP | BPF_JEQ | BPF_K, ARCH, 1, 0);
    add_return(to, SECCOMP_RET_KILL_PROCESS);
    load(to, offsetof(struct seccomp_data, nr));
    if (may & DTL_MAY_LOAD) {
        allow_if_one_of(to, SYS_prctl, 0, prctl_allowed, DTL_COUNT(prctl_allowed));
        allow_if_one_of(to, SYS_prlimit64, 0, &this_process, 1);
    } else {
        allow_without_flags(to, SYS_mmap, 2, PROT_EXEC);
        allow_without_flags(to, SYS_mprotect, 2, PROT_EXEC);
    }
    allow_if_one_of(to, SYS_fcntl, 1, fcntl_allowed, DTL_COUNT(fcntl_allowed));
    allow_if_one_of(to, SYS_tgkill, 0, &self, 1);  // abort()
    if (may & DTL_MAY_OPEN)
        allow_without_flags(to, SYS_openat, 2, ~(unsigned)OPEN_FLAGS);
    add_tree(to, numbers,
             collect(numbers, may));  // another numbering of calls (x32) is above all of these
}

bool dtl_seccomp_close(unsigned may, dtl_error *err)
{
    program filter = {.size = 0};
    write_program(&filter, may);
    struct sock_fprog handed = {filter.size, filter.code};
    if (filter.size == PROGRAM_MAX)
        return dtl_error_set(err, DTL_EINTERNAL, "the seccomp filter is too long");
    if (!dtl_seccomp_is_there())
        return true;
    if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &handed) != 0)
        return dtl_error_system(err, "cannot enter", "seccomp", errno);
    return true;
}
#else
bool dtl_seccomp_close(unsigned may, dtl_error *err)
{
    (void)may;
    (void)err;
    return true;
}
#endif

bool dtl_seccomp_is_there(void)
{
#ifdef ARCH
    // Asked with nothing to read: EFAULT says that filters are known.
    return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, NULL) != 0 && errno == EFAULT;
#else
    return false;
#endif
}
