// core/app/output.h - standard output: results, and nothing else. Every write and the close are
// checked: a full disk or a reader that is gone never passes for success.
#ifndef DTL_APP_OUTPUT_H
#define DTL_APP_OUTPUT_H

#include "base/error.h"

// An output starts empty (`dtl_output output = {0};`) and is closed once.
typedef struct dtl_output {
    dtl_buf pending;
    bool asked;        // whether [terminal] is known
    bool terminal;     // control codes are shown as escapes
    bool failed;       // told once; nothing more is written
    bool reader_gone;  // it failed because nobody reads: no message is wanted
} dtl_output;

// Adds [bytes]; they are written when enough are there, to a terminal line by line. DTL_EIO.
DTL_CHECK
bool dtl_output_write(dtl_output *output, dtl_str bytes, dtl_error *err);
DTL_CHECK
bool dtl_output_flush(dtl_output *output, dtl_error *err);
typedef enum dtl_colour {
    DTL_COLOUR_PLAIN,
    DTL_COLOUR_RED,
    DTL_COLOUR_GREEN,
    DTL_COLOUR_BOLD,
    DTL_COLOUR_DIM,
} dtl_colour;
// What follows is shown so, on a terminal that takes it (and unless $NO_COLOR is set); elsewhere
// nothing changes.
DTL_CHECK
bool dtl_output_colour(dtl_output *output, dtl_colour colour, dtl_error *err);
// Writes what is pending and closes. True when an earlier call has failed: that one told.
DTL_CHECK
bool dtl_output_close(dtl_output *output, dtl_error *err);

#endif
