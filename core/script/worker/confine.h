// core/script/worker/confine.h - what a worker gives up before it runs a script: files, network, processes.
//
// A worker that loads native code does so between two steps: the first leaves what a loader needs, the
// second is the same for all workers.
#ifndef DTL_SCRIPT_CONFINE_H
#define DTL_SCRIPT_CONFINE_H

#include "base/error.h"

typedef struct dtl_confinement {
    const char *const *read_roots;  // the only folders it may still read under
    size_t read_root_count;
    const char *const *load_roots;  // what native code is loaded from: read in the first step only
    size_t load_root_count;
    size_t memory_bytes;  // address space beyond what is mapped now; 0: no limit
    int64_t cpu_seconds;  // 0: no limit
    int memory_fd;        // -1; the first step's own, for the second
} dtl_confinement;

// The first step, before a library is loaded: no file is written or made, no network, no process
// started, traced or signalled; files are read beneath the roots and in the system's library folders.
// Memory may grow by what libraries take. Where the kernel has no Landlock, files can be read
// anywhere.
DTL_CHECK
bool dtl_confine_to_load(dtl_confinement *what, dtl_error *err);

// Closes to this process for good: resource limits, no new privileges, Landlock, seccomp. What the
// kernel lacks is left out (dtl_confine_missing says so); what it has and refuses is an error.
DTL_CHECK
bool dtl_confine(dtl_confinement *what, dtl_error *err);
// Adds one line for each protection this kernel lacks, for `doctor`; none when all are there.
void dtl_confine_missing(dtl_buf *out);

// The parts of dtl_confine, which says in what order.

// Landlock: reading [roots], files or all that is beneath folders, and nothing else of files, no network, no signals to others.
// [*closed] is false where the kernel has no Landlock.
DTL_CHECK
bool dtl_landlock_close(const char *const *roots, size_t count, bool *closed, dtl_error *err);
int dtl_landlock_version(void);  // 0: none
// seccomp: only the system calls that memory, clocks, the channel and reading need.
enum {
    DTL_MAY_OPEN = 1 << 0,          // files may still be opened for reading
    DTL_MAY_OPEN_BENEATH = 1 << 1,  // by openat2, whose flags only Landlock sees
    DTL_MAY_LOAD = 1 << 2,          // code may be mapped, and more be given up
};
DTL_CHECK
bool dtl_seccomp_close(unsigned may, dtl_error *err);
bool dtl_seccomp_is_there(void);

#endif
