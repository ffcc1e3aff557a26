// core/script/worker/channel.h - the frames between a worker and its host, and the child's end of them.
//
// A frame is a dtl_frame_head and [size] bytes. Whatever comes from the child is hostile until it is
// checked: the host reads through worker.c, which does.
#ifndef DTL_SCRIPT_CHANNEL_H
#define DTL_SCRIPT_CHANNEL_H

#include "script/worker/worker.h"

// The frames that are the worker's own, below DTL_FRAME_USER.
enum {
    DTL_FRAME_DONE = 1,  // the work returned true
    DTL_FRAME_FAILED,    // the work returned false: its error
    DTL_FRAME_STEP,      // one piece of work is done
    DTL_FRAME_ASK,       // the type of the question, then the question
    DTL_FRAME_ANSWER,    // from the host
    DTL_FRAME_REFUSAL,   // from the host: its error
};

typedef struct dtl_frame_head {
    uint32_t type;
    uint32_t size;
} dtl_frame_head;

// In memory shared by both: where the work stands. The child may write anything here.
enum {
    DTL_WHO_BYTES = 96,
    DTL_PART_BYTES = 96,
};
typedef struct dtl_place {
    int64_t line;
    char file[248];
    char who[DTL_WHO_BYTES];    // not the script: "the plugin hello"
    char part[DTL_PART_BYTES];  // "in its renderer outline"
} dtl_place;

struct dtl_channel {
    int fd;  // a socket to the host; -1: the work runs in the host's own process
    dtl_place *place;
    // In-process only.
    dtl_frame_fn *on_frame;
    dtl_answer_fn *on_ask;
    void *frame_context;
};

#endif
