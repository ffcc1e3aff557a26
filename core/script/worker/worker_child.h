// core/script/worker/worker_child.h - what the worker's process does before and after its work.
#ifndef DTL_SCRIPT_WORKER_CHILD_H
#define DTL_SCRIPT_WORKER_CHILD_H

#include <sys/types.h>

#include "script/worker/worker.h"

// Behind the fork, in the child: gives up what it inherited, prepares, is confined, works, sends the
// end, exits. [parent] is who forked.
_Noreturn void dtl_worker_be_child(dtl_work_fn *work, void *context, dtl_channel *channel,
                                   const dtl_worker_options *options, pid_t parent);
// Processor time that a step of [wall_ms] may take.
int64_t dtl_worker_cpu_seconds(int64_t wall_ms);
// What the process may take for Lua to have [memory_bytes]; 0 is no limit, both ways.
size_t dtl_worker_process_bytes(size_t memory_bytes);

#endif
