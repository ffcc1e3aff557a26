// core/script/confine.h - what a worker gives up before it runs a script: files, network, processes.
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

#endif
