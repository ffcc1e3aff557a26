// core/fact/ask.h - one question under way: what every measure function is made of.
#ifndef DTL_FACT_ASK_H
#define DTL_FACT_ASK_H

#include "fact/measure.h"
#include "fact/say.h"

typedef struct dtl_ask {
    const dtl_measure *m;
    dtl_arena *arena;
    dtl_fact *out;  // written by a successful answer alone
    dtl_error *err;
    dtl_saying with;  // with.from and with.to: the span that is asked about
} dtl_ask;

// The days of a span, each with a value.
typedef struct dtl_ask_days {
    dtl_date first;
    size_t count;
    const int64_t *over;
    const int64_t *under;  // NULL but for a ratio; a day without a base has no value
} dtl_ask_days;

dtl_ask dtl_ask_start(const dtl_measure *m, dtl_arena *arena, dtl_fact *out, dtl_error *err);
// What its periods are called: "days", "weeks".
dtl_str dtl_ask_periods(const dtl_series *series);
// Sets the error from a template; returns false.
bool dtl_ask_refuse(dtl_ask *ask, dtl_code code, const char *template);

// Refuse a span that ends before it begins; a running count; a measure that is not by day.
DTL_CHECK
bool dtl_ask_span(dtl_ask *ask);
DTL_CHECK
bool dtl_ask_summable(dtl_ask *ask);
DTL_CHECK
bool dtl_ask_daily(dtl_ask *ask);
// Refuses [series] for having figures for its own periods and not for [wanted] ("months").
bool dtl_ask_refuse_grain(dtl_ask *ask, const dtl_series *series, const char *wanted);

// The sum over with.from .. with.to, for a ratio sum over sum. Refuses a span of which a period has
// no value, one that cuts a period, a zero base.
DTL_CHECK
bool dtl_ask_sum(dtl_ask *ask, dtl_rational *out);
// The same for any span, without a word.
typedef enum dtl_ask_sum_state {
    DTL_ASK_SUM,
    DTL_ASK_SUM_INCOMPLETE,  // a period has no value, or is cut
    DTL_ASK_SUM_NO_BASE,
    DTL_ASK_SUM_TOO_LARGE,
} dtl_ask_sum_state;
dtl_ask_sum_state dtl_ask_try_sum(const dtl_ask *ask, dtl_date from, dtl_date to,
                                  dtl_rational *out);
// The days of with.from .. with.to; refuses as dtl_ask_sum does.
DTL_CHECK
bool dtl_ask_read_days(dtl_ask *ask, dtl_ask_days *out);
// Whether that day has a value: a day without a base has no ratio.
static inline bool dtl_ask_has_day(const dtl_ask_days *days, size_t at)
{
    return !days->under || days->under[at] > 0;
}
// Compares two days that have a value.
int dtl_ask_compare_days(const dtl_ask_days *days, size_t a, size_t b);
// The value of a day that has one.
DTL_CHECK
bool dtl_ask_day_value(dtl_ask *ask, const dtl_ask_days *days, size_t at, dtl_rational *out);

// Sets the error that says why [series] has no value for all of with.from .. with.to; returns false.
bool dtl_ask_explain(dtl_ask *ask, const dtl_series *series, const dtl_coverage *coverage);

// Why [series] has no value on [date]: "not collected".
dtl_str dtl_ask_why_absent(const dtl_series *series, dtl_date date, dtl_arena *arena);

// What an answer says of itself; templates for dtl_say.
typedef struct dtl_answer {
    const char *label;
    const char *expression;
    dtl_str unit;  // numbers
    dtl_str note;
    dtl_date rests_from, rests_to;  // whose releases count
} dtl_answer;

// Each writes ask->out (its span is with.from .. with.to) and returns true.
bool dtl_ask_number(dtl_ask *ask, dtl_rational value, const dtl_answer *answer);
bool dtl_ask_date(dtl_ask *ask, dtl_date date, const dtl_answer *answer);

// The unit of the measure: "person", "person/boat".
dtl_str dtl_ask_unit(dtl_ask *ask);
// The first and last day for which the measure has a value; refuses one that has none at all.
DTL_CHECK
bool dtl_ask_ends(dtl_ask *ask, dtl_date *first, dtl_date *last);

#endif
