// core/app/progress.c - a bar on standard error.
#include "app/progress.h"

#include <time.h>
#include <unistd.h>

#include "base/file.h"

enum {
    WAIT_MS = 1000,
    REDRAW_MS = 100,
    BAR_WIDTH = 40
};

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void tell(dtl_str text)
{
    dtl_error lost = {0};
    (void)!dtl_fd_write(STDERR_FILENO, text, "standard error", &lost);
}

void dtl_progress_start(dtl_progress *progress, bool wanted)
{
    *progress = (dtl_progress){.wanted = wanted && isatty(STDERR_FILENO) == 1};
    if (progress->wanted)
        progress->started_ms = now_ms();
}

void dtl_progress_show(void *context, size_t done, size_t total)
{
    dtl_progress *progress = context;
    if (!progress->wanted || total == 0)
        return;
    int64_t now = now_ms();
    if (now - progress->started_ms < WAIT_MS || now - progress->drawn_at_ms < REDRAW_MS)
        return;
    progress->drawn = true;
    progress->drawn_at_ms = now;
    uint64_t share = done >= total ? 100 : (uint64_t)done * 100 / total;
    dtl_buf bar = {0};
    DTL_BUF_LITERAL(&bar, "\r[");
    for (uint64_t i = 0; i < BAR_WIDTH; i++)
        dtl_buf_add_char(&bar, i * 100 < share * BAR_WIDTH ? '#' : ' ');
    dtl_buf_printf(&bar, "] %3u%%", (unsigned)share);
    tell(dtl_buf_str(&bar));
    dtl_buf_release(&bar);
}

void dtl_progress_finish(dtl_progress *progress)
{
    if (progress->drawn)
        tell(DTL_STR("\r\x1b[K"));
    progress->drawn = false;
}
