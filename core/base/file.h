// core/base/file.h - whole files in and out. What is written is whole or not there at all.
#ifndef DTL_BASE_FILE_H
#define DTL_BASE_FILE_H

#include "base/error.h"

// Reads all of [path] into [out] (appending). Refuses what is not a regular file, or larger than
// [limit] bytes (DTL_ELIMIT).
DTL_CHECK
bool dtl_file_read(const char *path, size_t limit, dtl_buf *out, dtl_error *err);

// Writes [bytes] to [path] by way of a temporary file beside it: written, synced, renamed, and the
// folder synced. Refuses to replace a symbolic link, a device, a folder or another owner's file.
// On failure the old file is as it was and no temporary is left; only when syncing the folder is
// what failed does the new file stand there already.
DTL_CHECK
bool dtl_file_write(const char *path, dtl_str bytes, dtl_error *err);

// Writes all of [bytes] to a descriptor, through short writes and interruptions.
DTL_CHECK
bool dtl_fd_write(int fd, dtl_str bytes, const char *name, dtl_error *err);

#endif
