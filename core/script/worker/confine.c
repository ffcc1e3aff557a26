// core/script/worker/confine.c - what a worker gives up: resource limits first, since reading what is mapped
// needs /proc; then privileges, files (Landlock) and system calls (seccomp), which end all that.
#include "script/worker/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define ADDRESS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ADDRESS_SANITIZER 1
#endif
#endif

enum {
    DESCRIPTORS_MAX = 64,
    LIBRARIES_BYTES = 256 * 1024 * 1024,  // what a library and those that it needs may map
};

static const char memory_file[] = "/proc/self/statm";

// Where a loader looks, and nothing of the user's.
static const char *const library_roots[] = {
    "/lib",         "/lib64",         "/usr/lib",         "/usr/lib64",
    "/usr/libexec", "/usr/local/lib", "/usr/local/lib64", "/opt",
    "/nix/store",   "/gnu/store",     "/etc/ld.so.cache",
};

static bool set_limit(int resource, const char *name, rlim_t soft, rlim_t hard, dtl_error *err)
{
    struct rlimit now;
    if (getrlimit((__rlimit_resource_t)resource, &now) != 0)
        return dtl_error_system(err, "cannot read the limit of", name, errno);
    if (hard > now.rlim_max)
        hard = now.rlim_max;
    struct rlimit wanted = {soft < hard ? soft : hard, hard};
    if (setrlimit((__rlimit_resource_t)resource, &wanted) != 0)
        return dtl_error_system(err, "cannot set the limit of", name, errno);
    return true;
}

// Address space in use, or 0 when /proc cannot say. The file is opened once: a first step closes /proc.
static size_t mapped_bytes(dtl_confinement *what)
{
    char text[32];
    if (what->memory_fd < 0)
        what->memory_fd = open(memory_file, O_RDONLY | O_CLOEXEC);
    ssize_t size = what->memory_fd < 0 ? -1 : pread(what->memory_fd, text, sizeof text - 1, 0);
    if (size <= 0)
        return 0;
    text[size] = '\0';
    return strtoul(text, NULL, 10) * (size_t)sysconf(_SC_PAGESIZE);
}

static bool limit_memory(dtl_confinement *what, size_t more, dtl_error *err)
{
#ifdef ADDRESS_SANITIZER
    (void)what;  // its shadow alone takes terabytes
    (void)more;
    (void)err;
    (void)mapped_bytes;
    return true;
#else
    size_t mapped = more ? mapped_bytes(what) : 0;
    return mapped == 0 || set_limit(RLIMIT_AS, "memory", mapped + more, mapped + more, err);
#endif
}

// The hard limit of processor time stays: the host moves the soft one at each step.
static bool limit_resources(dtl_confinement *what, size_t memory_bytes, dtl_error *err)
{
    return limit_memory(what, memory_bytes, err) &&
           (what->cpu_seconds == 0 || set_limit(RLIMIT_CPU, "processor time",
                                                (rlim_t)what->cpu_seconds, RLIM_INFINITY, err)) &&
           set_limit(RLIMIT_FSIZE, "file size", 0, 0, err) &&
           set_limit(RLIMIT_NOFILE, "descriptors", DESCRIPTORS_MAX, DESCRIPTORS_MAX, err) &&
           set_limit(RLIMIT_NPROC, "processes", 0, 0, err) &&
           set_limit(RLIMIT_CORE, "core files", 0, 0, err);
}

static bool give_up_privileges(dtl_error *err)
{
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
        return dtl_error_system(err, "cannot give up", "privileges", errno);
    return true;
}

static bool close_files_to_load(const dtl_confinement *what, dtl_error *err)
{
    bool has_landlock;
    size_t count = 0;
    const char **roots = dtl_realloc_array(
        NULL, what->read_root_count + what->load_root_count + DTL_COUNT(library_roots),
        sizeof *roots);
    for (size_t i = 0; i < what->read_root_count; i++)
        roots[count++] = what->read_roots[i];
    for (size_t i = 0; i < what->load_root_count; i++)
        roots[count++] = what->load_roots[i];
    for (size_t i = 0; i < DTL_COUNT(library_roots); i++)
        roots[count++] = library_roots[i];
    bool ok = dtl_landlock_close(roots, count, &has_landlock, err);
    free(roots);
    return ok;
}

bool dtl_confine_to_load(dtl_confinement *what, dtl_error *err)
{
    // What is refused here stays refused: folders that are read later need their call now.
    unsigned beneath = what->read_root_count ? DTL_MAY_OPEN_BENEATH : 0;
    size_t memory = what->memory_bytes ? what->memory_bytes + LIBRARIES_BYTES : 0;
    return limit_resources(what, memory, err) && give_up_privileges(err) &&
           close_files_to_load(what, err) &&
           dtl_seccomp_close(DTL_MAY_OPEN | DTL_MAY_LOAD | beneath, err);
}

bool dtl_confine(dtl_confinement *what, dtl_error *err)
{
    bool has_landlock;
    bool limited = limit_resources(what, what->memory_bytes, err);
    if (what->memory_fd >= 0)
        close(what->memory_fd);
    what->memory_fd = -1;
    return limited && give_up_privileges(err) &&
           dtl_landlock_close(what->read_roots, what->read_root_count, &has_landlock, err) &&
           dtl_seccomp_close(what->read_root_count ? DTL_MAY_OPEN | DTL_MAY_OPEN_BENEATH : 0, err);
}

void dtl_confine_missing(dtl_buf *out)
{
    int version = dtl_landlock_version();
    if (version == 0)
        DTL_BUF_LITERAL(out,
                        "Landlock is not there (Linux 5.13 or later has it, unless it is turned "
                        "off): a script that broke out of Lua could read files\n");
    else if (version < 3)
        dtl_buf_printf(out,
                       "Landlock is of version %d (Linux 6.2 has 3): a script that broke out of "
                       "Lua could cut files short\n",
                       version);
    if (!dtl_seccomp_is_there())
        DTL_BUF_LITERAL(out, "seccomp is not there: a script that broke out of Lua could start "
                             "programs and use the network\n");
}
