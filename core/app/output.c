// core/app/output.c - standard output.
#include "app/output.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/utf8.h"

enum {
    PENDING_MAX = 64 * 1024
};

// A pipe whose reader has gone away says so to poll; nothing else does.
static bool is_reader_gone(void)
{
    struct pollfd output = {.fd = STDOUT_FILENO, .events = POLLOUT};
    return poll(&output, 1, 0) == 1 && (output.revents & (POLLERR | POLLHUP)) != 0;
}

static bool fail(dtl_output *output)
{
    output->failed = true;
    output->reader_gone = is_reader_gone();
    return false;
}

static bool is_terminal(dtl_output *output)
{
    if (!output->asked) {
        output->asked = true;
        output->terminal = isatty(STDOUT_FILENO) == 1;
    }
    return output->terminal;
}

// Line ends stay as they are, the rest as dtl_utf8_add_visible has it.
static void add_visible_lines(dtl_buf *out, dtl_str text)
{
    for (size_t at = 0; at < text.size;) {
        dtl_str rest = dtl_str_slice(text, at, text.size);
        dtl_str line = dtl_str_slice(rest, 0, dtl_str_find(rest, DTL_STR("\n")));
        at += line.size;
        if (line.size && at < text.size && line.data[line.size - 1] == '\r')
            line.size--;  // CSV's line ends
        dtl_utf8_add_visible(out, line, true);
        if (at < text.size) {
            dtl_buf_add_char(out, '\n');
            at++;
        }
    }
}

static bool write_out(dtl_output *output, dtl_str bytes, dtl_error *err)
{
    dtl_buf visible = {0};
    if (is_terminal(output)) {
        add_visible_lines(&visible, bytes);
        bytes = dtl_buf_str(&visible);
    }
    bool ok = dtl_fd_write(STDOUT_FILENO, bytes, "standard output", err) || fail(output);
    dtl_buf_release(&visible);
    return ok;
}

// Behind the last line end; all, where a line is too long to wait for.
static size_t ready_size(const dtl_output *output)
{
    size_t size = output->pending.size;
    while (size > 0 && output->pending.data[size - 1] != '\n')
        size--;
    return size > 0 || output->pending.size < PENDING_MAX ? size : output->pending.size;
}

static bool write_pending(dtl_output *output, size_t size, dtl_error *err)
{
    dtl_buf *pending = &output->pending;
    if (size == 0)
        return true;
    bool ok = write_out(output, (dtl_str){pending->data, size}, err);
    memmove(pending->data, pending->data + size, pending->size - size);
    pending->size -= size;
    return ok;
}

bool dtl_output_write(dtl_output *output, dtl_str bytes, dtl_error *err)
{
    if (output->failed)
        return dtl_error_set(err, DTL_EIO, "cannot write standard output");
    dtl_buf_add_str(&output->pending, bytes);
    if (output->pending.size < PENDING_MAX && !is_terminal(output))
        return true;
    return write_pending(output, ready_size(output), err);
}

bool dtl_output_flush(dtl_output *output, dtl_error *err)
{
    if (output->failed)
        return dtl_error_set(err, DTL_EIO, "cannot write standard output");
    return write_pending(output, output->pending.size, err);
}

static bool takes_colours(dtl_output *output)
{
    const char *refused = getenv("NO_COLOR");
    const char *kind = getenv("TERM");
    return is_terminal(output) && !(refused && *refused) && kind && strcmp(kind, "dumb") != 0;
}

bool dtl_output_colour(dtl_output *output, dtl_colour colour, dtl_error *err)
{
    static const char *const codes[] = {
        [DTL_COLOUR_PLAIN] = "\x1b[0m",  [DTL_COLOUR_RED] = "\x1b[31m",
        [DTL_COLOUR_GREEN] = "\x1b[32m", [DTL_COLOUR_BOLD] = "\x1b[1m",
        [DTL_COLOUR_DIM] = "\x1b[2m",
    };
    if (output->failed || !takes_colours(output))
        return true;
    return dtl_output_flush(output, err) &&
           (dtl_fd_write(STDOUT_FILENO, dtl_str_from(codes[colour]), "standard output", err) ||
            fail(output));
}

bool dtl_output_close(dtl_output *output, dtl_error *err)
{
    bool ok = output->failed || dtl_output_flush(output, err);
    dtl_buf_release(&output->pending);
    if (close(STDOUT_FILENO) != 0 && errno != EINTR && ok && !output->failed) {
        ok = dtl_error_system(err, "cannot write", "standard output", errno);
        output->failed = true;
    }
    return ok;
}
