// core/import/sequence.c - a date whose year is a slip, told by the rows before it.
#include "import/sequence.h"

enum {
    RUN_LEAST = 3,          // rows that follow each other before a jump is odd
    JUMP_LEAST_DAYS = 300,  // a jump of fewer days is no slip of the year
};

static bool is_slip(const dtl_sequence *sequence, dtl_date date, dtl_date expected)
{
    bool moved;
    int64_t jump = (int64_t)date - expected;
    if (sequence->run < RUN_LEAST || (jump < JUMP_LEAST_DAYS && jump > -JUMP_LEAST_DAYS))
        return false;
    return dtl_date_in_year(date, dtl_date_year(expected), &moved) == expected && !moved;
}

bool dtl_sequence_take(dtl_sequence *sequence, dtl_date date, dtl_date *likely)
{
    if (sequence->step == 0)
        return true;
    bool is_first = sequence->run == 0;
    int64_t gap = (int64_t)date - sequence->last;
    int direction = gap < 0 ? -1 : 1;
    bool follows = !is_first && gap == (int64_t)direction * sequence->step &&
                   (sequence->run == 1 || direction == sequence->direction);
    dtl_date expected = sequence->last + sequence->direction * sequence->step;
    if (!is_first && !follows && is_slip(sequence, date, expected)) {
        *likely = expected;
        sequence->last = expected;
        return false;
    }
    sequence->run = !follows ? 1 : sequence->run < RUN_LEAST ? sequence->run + 1 : RUN_LEAST;
    sequence->direction = direction;
    sequence->last = date;
    return true;
}
