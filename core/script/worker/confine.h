// core/script/worker/confine.h - what a worker gives up before it runs a script: files, network, processes.
#ifndef DTL_SCRIPT_CONFINE_H
#define DTL_SCRIPT_CONFINE_H

#include "base/error.h"

typedef struct dtl_confinement {
    const char *const *read_roots;  // the only folders it may still read under
    size_t read_root_count;
    size_t memory_bytes;  // address space beyond what is mapped now; 0: no limit
    int64_t cpu_seconds;  // 0: no limit
} dtl_confinement;

// Closes to this process for good: resource limits, no new privileges, Landlock, seccomp. What the
// kernel lacks is left out (dtl_confine_missing says so); what it has and refuses is an error.
DTL_CHECK
bool dtl_confine(const dtl_confinement *what, dtl_error *err);
// Adds one line for each protection this kernel lacks, for `doctor`; none when all are there.
void dtl_confine_missing(dtl_buf *out);

// The parts of dtl_confine, which says in what order.

// Landlock: reading beneath [roots] and nothing else of files, no network, no signals to others.
// [*closed] is false where the kernel has no Landlock.
DTL_CHECK
bool dtl_landlock_close(const char *const *roots, size_t count, bool *closed, dtl_error *err);
int dtl_landlock_version(void);  // 0: none
// seccomp: only the system calls that memory, clocks, the channel and reading need. [may_open]:
// files may still be opened for reading.
DTL_CHECK
bool dtl_seccomp_close(bool may_open, dtl_error *err);
bool dtl_seccomp_is_there(void);

#endif
