// core/import/sequence.h - a date whose year is a slip, told by the rows before it.
//
// Internal to core/import. Pages written by hand say "20 April 2025" behind 19 April 2026: read as it
// stands, that row would overwrite a true day of a year ago.
#ifndef DTL_IMPORT_SEQUENCE_H
#define DTL_IMPORT_SEQUENCE_H

#include "base/date.h"

typedef struct dtl_sequence {
    int step;       // days between two rows: 1, 7; 0: the rows need not follow each other
    dtl_date last;  // of the row before, when there was one
    int run;        // how many rows up to it followed each other
    int direction;  // 1: the newest row last; -1: first
} dtl_sequence;

// Takes the next row's date. False: another year would have put it exactly where it stands, behind
// rows without a gap; [*likely] is that day, and the sequence goes on as if it were meant.
DTL_CHECK
bool dtl_sequence_take(dtl_sequence *sequence, dtl_date date, dtl_date *likely);

#endif
