// core/store/lock.c - one writer at a time, by a lock of our own on a side file ("<store>.lock").
//
// flock, not fcntl: its locks belong to the open file, so that two stores in one process exclude each
// other too, and closing another descriptor of the same file drops nothing.
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "store/internal.h"

enum {
    WAIT_MS = 10000,
    STEP_MS = 20
};

static int open_side_file(const dtl_store *store, dtl_error *err)
{
    dtl_buf path = {0};
    dtl_buf_printf(&path, "%s.lock", store->path);
    int fd = open(path.data, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (fd < 0)
        dtl_error_system(err, "cannot open the lock file", path.data, errno);
    dtl_buf_release(&path);
    return fd;
}

static bool wait_for(int fd, const dtl_store *store, dtl_error *err)
{
    const struct timespec step = {.tv_nsec = STEP_MS * 1000000L};
    for (int waited = 0;; waited += STEP_MS) {
        if (flock(fd, LOCK_EX | LOCK_NB) == 0)
            return true;
        if (errno != EWOULDBLOCK && errno != EINTR)
            return dtl_error_system(err, "cannot lock", store->path, errno);
        if (waited >= WAIT_MS)
            break;
        nanosleep(&step, NULL);
    }
    dtl_error_set(err, DTL_EIO, "another program has been writing to %s for %d seconds",
                  store->path, WAIT_MS / 1000);
    return dtl_error_hint(err, "wait until it has finished, then try again");
}

bool dtl_store_lock(dtl_store *store, dtl_error *err)
{
    if (!store->is_file || store->lock >= 0)
        return true;
    int fd = open_side_file(store, err);
    if (fd < 0)
        return false;
    if (!wait_for(fd, store, err)) {
        close(fd);
        return false;
    }
    store->lock = fd;
    return true;
}

void dtl_store_unlock(dtl_store *store)
{
    if (store->lock < 0)
        return;
    close(store->lock);  // gives the lock back
    store->lock = -1;
}
