// core/fact/measure_coverage.c - how much of a span the data speak of, and what is absent.
#include "fact/ask.h"

enum {
    SPANS_NAMED_MAX = 5
};

// What is absent, as a note: "5 to 7 May 2024: not collected; 9 May 2024: no row in the data".
typedef struct absences {
    dtl_buf text;
    size_t spans;
    dtl_date from, to;  // the span under way, or DTL_DATE_NONE
    dtl_str reason;
} absences;

static void end_span(absences *found)
{
    if (found->from == DTL_DATE_NONE)
        return;
    if (found->spans++ < SPANS_NAMED_MAX) {
        if (found->spans > 1)
            DTL_BUF_LITERAL(&found->text, "; ");
        dtl_say_span(&found->text, found->from, found->to);
        DTL_BUF_LITERAL(&found->text, ": ");
        dtl_buf_add_str(&found->text, found->reason);
    }
    found->from = DTL_DATE_NONE;
}

static void add_absence(absences *found, dtl_date from, dtl_date to, dtl_str reason)
{
    bool goes_on = found->from != DTL_DATE_NONE && found->to + 1 == from &&
                   dtl_str_equal(found->reason, reason);
    if (!goes_on) {
        end_span(found);
        found->from = from;
        found->reason = reason;
    }
    found->to = to;
}

// The series that has no value on [day], or NULL.
static const dtl_series *absent_on(const dtl_measure *m, dtl_date day)
{
    if (dtl_series_at(m->over, day).state != DTL_STATE_VALUE)
        return m->over;
    if (m->under && dtl_series_at(m->under, day).state != DTL_STATE_VALUE)
        return m->under;
    return NULL;
}

// The days for which every series of the measure has a row or could have one; false: none.
static bool find_ends(const dtl_measure *m, dtl_date *first, dtl_date *last)
{
    const dtl_series *under = m->under ? m->under : m->over;
    if (dtl_series_is_empty(m->over) || dtl_series_is_empty(under))
        return false;
    dtl_date a = dtl_series_first(m->over);
    dtl_date b = dtl_series_first(under);
    *first = a > b ? a : b;
    a = dtl_series_period_end(m->over, dtl_series_last(m->over));
    b = dtl_series_period_end(under, dtl_series_last(under));
    *last = a < b ? a : b;
    return *first <= *last;
}

// How many days of with.from .. with.to have a value. What lies on either side of the series is said
// whole: it may be thousands of years.
static int64_t count_days(dtl_ask *ask, absences *found)
{
    dtl_date from = ask->with.from;
    dtl_date to = ask->with.to;
    dtl_date first = DTL_DATE_NONE;
    dtl_date last = DTL_DATE_NONE;
    int64_t count = 0;
    if (!find_ends(ask->m, &first, &last)) {
        add_absence(found, from, to, DTL_STR("the data hold no figures of it"));
        return 0;
    }
    if (from < first)
        add_absence(found, from, to < first ? to : first - 1, DTL_STR("before the series begins"));
    for (dtl_date day = from > first ? from : first; day <= to && day <= last; day++) {
        const dtl_series *absent = absent_on(ask->m, day);
        if (absent)
            add_absence(found, day, day, dtl_ask_why_absent(absent, day, ask->arena));
        else
            count++;
    }
    if (to > last)
        add_absence(found, from > last ? from : last + 1, to, DTL_STR("not yet published"));
    return count;
}

bool dtl_measure_coverage(const dtl_measure *m, dtl_date from, dtl_date to, dtl_arena *arena,
                          dtl_fact *out, dtl_error *err)
{
    dtl_ask ask = dtl_ask_start(m, arena, out, err);
    ask.with.from = from;
    ask.with.to = to;
    if (!dtl_ask_span(&ask) || !dtl_ask_summable(&ask))
        return false;
    absences found = {.from = DTL_DATE_NONE};
    int64_t count = count_days(&ask, &found);
    end_span(&found);
    if (found.spans > SPANS_NAMED_MAX)
        dtl_buf_printf(&found.text, "; and %zu more", found.spans - SPANS_NAMED_MAX);
    dtl_answer answer = {
        .label = "days with a figure, $s, $p",
        .expression = "$m.coverage($f, $t)",
        .unit = DTL_STR("day"),
        .note = dtl_arena_str(arena, dtl_buf_str(&found.text)),
        .rests_from = from,
        .rests_to = to,
    };
    dtl_buf_release(&found.text);
    return dtl_ask_number(&ask, dtl_rational_from(count), &answer);
}
