// core/script/worker/landlock.c - Landlock by raw system calls: the C library has no functions for it, and
// the kernel at hand may know more rights than the headers it was built with.
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "script/worker/confine.h"

// From the kernel's ABI, which never changes.
enum {
    CREATE_VERSION = 1,
    RULE_PATH_BENEATH = 1,
    NET_ALL = 1 << 0 | 1 << 1,    // bind, connect TCP: version 4
    SCOPE_ALL = 1 << 0 | 1 << 1,  // abstract Unix sockets, signals: version 6
    FS_READ_FILE = 1 << 2,
    FS_READ_DIR = 1 << 3,
};

typedef struct ruleset {
    uint64_t fs;
    uint64_t net;
    uint64_t scoped;
} ruleset;

typedef struct path_beneath {
    uint64_t allowed;
    int32_t parent;
} __attribute__((packed)) path_beneath;

int dtl_landlock_version(void)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, CREATE_VERSION);
    return version > 0 ? (int)version : 0;
}

// Every right that [version] knows. Each version only ever added some.
static ruleset all_rights(int version)
{
    ruleset all = {.fs = (1u << 13) - 1};
    if (version >= 2)
        all.fs |= 1u << 13;  // refer
    if (version >= 3)
        all.fs |= 1u << 14;  // truncate
    if (version >= 5)
        all.fs |= 1u << 15;  // ioctl on devices
    if (version >= 4)
        all.net = NET_ALL;
    if (version >= 6)
        all.scoped = SCOPE_ALL;
    return all;
}

static size_t ruleset_size(int version)
{
    if (version >= 6)
        return sizeof(ruleset);
    return version >= 4 ? offsetof(ruleset, scoped) : offsetof(ruleset, net);
}

// What is not there needs no right.
static bool allow_reading(int rules, const char *root, dtl_error *err)
{
    struct stat info;
    int fd = open(root, O_PATH | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT || dtl_error_system(err, "cannot open", root, errno);
    bool is_folder = fstat(fd, &info) == 0 && S_ISDIR(info.st_mode);
    path_beneath rule = {is_folder ? FS_READ_FILE | FS_READ_DIR : FS_READ_FILE, fd};
    bool ok = syscall(SYS_landlock_add_rule, rules, RULE_PATH_BENEATH, &rule, 0) == 0 ||
              dtl_error_system(err, "cannot allow reading", root, errno);
    close(fd);
    return ok;
}

bool dtl_landlock_close(const char *const *roots, size_t count, bool *closed, dtl_error *err)
{
    int version = dtl_landlock_version();
    *closed = version > 0;
    if (!*closed)
        return true;
    ruleset all = all_rights(version);
    int rules = (int)syscall(SYS_landlock_create_ruleset, &all, ruleset_size(version), 0);
    if (rules < 0)
        return dtl_error_system(err, "cannot set up", "Landlock", errno);
    bool ok = true;
    for (size_t i = 0; ok && i < count; i++)
        ok = allow_reading(rules, roots[i], err);
    if (ok && syscall(SYS_landlock_restrict_self, rules, 0) != 0)
        ok = dtl_error_system(err, "cannot enter", "Landlock", errno);
    close(rules);
    return ok;
}
