// core/script/worker/channel.c - the child's end of the frames between a worker and its host.
#include "script/worker/channel.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <sys/uio.h>
#include <unistd.h>

#include "script/worker/frame.h"

static bool host_is_gone(dtl_error *err)
{
    return dtl_error_set(err, DTL_EIO, "the program that started the script is gone");
}

// Writes head and payload whole. SIGPIPE is ignored in a worker.
static bool write_frame(int fd, uint32_t type, dtl_str payload, dtl_error *err)
{
    dtl_frame_head head = {type, (uint32_t)payload.size};
    struct iovec parts[2] = {{&head, sizeof head}, {(void *)(uintptr_t)payload.data, payload.size}};
    struct iovec *at = parts;
    int count = payload.size ? 2 : 1;
    while (count > 0) {
        ssize_t written = writev(fd, at, count);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return host_is_gone(err);
        size_t left = (size_t)written;
        while (count > 0 && left >= at->iov_len) {
            left -= at->iov_len;
            at++;
            count--;
        }
        if (count > 0) {
            at->iov_base = (char *)at->iov_base + left;
            at->iov_len -= left;
        }
    }
    return true;
}

static bool read_whole(int fd, void *bytes, size_t size)
{
    char *at = bytes;
    while (size) {
        ssize_t got = read(fd, at, size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        at += got;
        size -= (size_t)got;
    }
    return true;
}

static bool check_size(size_t size, dtl_error *err)
{
    if (size <= DTL_FRAME_MAX_BYTES)
        return true;
    return dtl_error_set(err, DTL_ELIMIT, "output limit: one piece is larger than %d MB",
                         DTL_FRAME_MAX_BYTES >> 20);
}

bool dtl_channel_send(dtl_channel *channel, uint32_t type, dtl_str payload, dtl_error *err)
{
    if (!check_size(payload.size, err))
        return false;
    if (channel->fd < 0)
        return type < DTL_FRAME_USER ||
               channel->on_frame(channel->frame_context, type, payload, err);
    return write_frame(channel->fd, type, payload, err);
}

static bool refuse_question(dtl_error *err)
{
    return dtl_error_set(err, DTL_ESCRIPT, "nobody is there to answer");
}

static bool read_answer(int fd, dtl_buf *answer, dtl_error *err)
{
    dtl_frame_head head;
    if (!read_whole(fd, &head, sizeof head) || head.size > DTL_FRAME_MAX_BYTES)
        return host_is_gone(err);
    dtl_buf payload = {0};
    dtl_buf_reserve(&payload, head.size);
    payload.size = head.size;
    bool ok = read_whole(fd, payload.data, head.size);
    if (!ok) {
        host_is_gone(err);
    } else if (head.type == DTL_FRAME_ANSWER) {
        dtl_buf_add_str(answer, dtl_buf_str(&payload));
    } else {
        dtl_str rest = dtl_buf_str(&payload);
        dtl_error refusal;
        if (err->code == DTL_OK && dtl_unpack_error(&rest, &refusal))
            *err = refusal;
        ok = refuse_question(err);  // the first failure wins
    }
    dtl_buf_release(&payload);
    return ok;
}

bool dtl_channel_ask(dtl_channel *channel, uint32_t type, dtl_str payload, dtl_buf *answer,
                     dtl_error *err)
{
    if (!check_size(payload.size + sizeof type, err))
        return false;
    if (channel->fd < 0)
        return channel->on_ask ? channel->on_ask(channel->frame_context, type, payload, answer, err)
                               : refuse_question(err);
    dtl_buf question = {0};
    dtl_buf_add(&question, &type, sizeof type);
    dtl_buf_add_str(&question, payload);
    bool ok = write_frame(channel->fd, DTL_FRAME_ASK, dtl_buf_str(&question), err);
    dtl_buf_release(&question);
    return ok && read_answer(channel->fd, answer, err);
}

bool dtl_channel_step(dtl_channel *channel, dtl_error *err)
{
    return dtl_channel_send(channel, DTL_FRAME_STEP, DTL_STR(""), err);
}

void dtl_channel_by(dtl_channel *channel, const char *who, const char *part)
{
    if (!channel->place)
        return;
    snprintf(channel->place->who, sizeof channel->place->who, "%s", who);
    snprintf(channel->place->part, sizeof channel->place->part, "%s", part);
}

void dtl_channel_at(dtl_channel *channel, dtl_str file, int64_t line)
{
    dtl_place *place = channel->place;
    if (!place)
        return;
    size_t size = file.size < sizeof place->file - 1 ? file.size : sizeof place->file - 1;
    if (size)
        memcpy(place->file, file.data, size);
    place->file[size] = '\0';
    place->line = line;
}
