// core/fact/measure_day.c - the questions that go through days: reaching, gaps, counts, the latest.
#include "fact/ask.h"

static bool check_no_ratio(dtl_ask *ask)
{
    return !ask->m->under || dtl_ask_refuse(ask, DTL_EUSAGE, "$s: a ratio has no running total");
}

// The last day of the unbroken run of values from [from], at most [to]; before [from] when that day
// has none.
static dtl_date unbroken_until(const dtl_series *series, dtl_date from, dtl_date to)
{
    size_t count = 0;
    if (dtl_series_values(series, from, to, &count))
        return to;
    int64_t sum = 0;
    dtl_coverage coverage;
    bool fits = dtl_series_sum(series, from, to, &sum, &coverage);
    (void)fits;  // what is missing is all that is asked
    return coverage.first_absent - 1;
}

static bool refuse_not_reached(dtl_ask *ask, dtl_date start, dtl_date end, dtl_date known_to)
{
    dtl_coverage coverage;
    int64_t sum = 0;
    ask->with.from = start;
    ask->with.to = end;
    if (known_to >= start && !dtl_series_sum(ask->m->over, start, known_to, &sum, &coverage))
        return dtl_ask_refuse(ask, DTL_ELIMIT, "$s: the sum for $r does not fit 64 bits");
    if (known_to == end) {
        ask->with.part = sum;
        return dtl_ask_refuse(ask, DTL_ENONE, "$s: $N was not reached $w (the total is $a)");
    }
    if (known_to < start) {
        bool fits = dtl_series_sum(ask->m->over, start, end, &sum, &coverage);
        (void)fits;
        return dtl_ask_explain(ask, ask->m->over, &coverage);
    }
    ask->with.to = known_to;
    ask->with.edge = known_to + 1;
    ask->with.part = sum;
    return dtl_ask_refuse(
        ask, DTL_ENONE,
        "$s: $N was not reached $w (the total is $a), and there is no figure for $E");
}

bool dtl_measure_first_reaching(const dtl_measure *m, int64_t n, dtl_date start, dtl_date end,
                                dtl_arena *arena, dtl_fact *out, dtl_error *err)
{
    dtl_ask ask = dtl_ask_start(m, arena, out, err);
    ask.with.number = n;
    ask.with.date = ask.with.from = ask.with.scope_from = start;
    dtl_date first = DTL_DATE_NONE;
    dtl_date last = DTL_DATE_NONE;
    if (!check_no_ratio(&ask) || !dtl_ask_daily(&ask) || !dtl_ask_ends(&ask, &first, &last))
        return false;
    if (end == DTL_DATE_NONE)
        end = start > last ? start : last;
    ask.with.to = ask.with.scope_to = end;
    if (!dtl_ask_span(&ask))
        return false;
    if (n < 1)
        return dtl_ask_refuse(&ask, DTL_EUSAGE, "$s: a total of $N is reached before it begins");
    dtl_date known_to = unbroken_until(m->over, start, end);
    size_t count = 0;
    const int64_t *values =
        known_to < start ? NULL : dtl_series_values(m->over, start, known_to, &count);
    int64_t total = 0;
    for (size_t i = 0; i < count && values; i++) {
        if (__builtin_add_overflow(total, values[i], &total))
            return dtl_ask_refuse(&ask, DTL_ELIMIT, "$s: the total does not fit 64 bits");
        if (total < n)
            continue;
        ask.with.to = start + (dtl_date)i;
        dtl_answer answer = {
            .label = "$s, the day the total from $D reached $N",
            .expression = "$m.first_reaching($n, {since=$g, to=$h})",
            .rests_from = start,
            .rests_to = ask.with.to,
        };
        return dtl_ask_date(&ask, ask.with.to, &answer);
    }
    return refuse_not_reached(&ask, start, end, known_to);
}

static bool is_zero(const dtl_cell *cell)
{
    return cell->state == DTL_STATE_VALUE && cell->value == 0;
}

bool dtl_measure_gap(const dtl_measure *m, dtl_date date, dtl_arena *arena, dtl_fact *out,
                     dtl_error *err)
{
    dtl_ask ask = dtl_ask_start(m, arena, out, err);
    ask.with.date = ask.with.from = ask.with.to = date;
    if (!check_no_ratio(&ask) || !dtl_ask_daily(&ask))
        return false;
    dtl_ask_days day;
    if (!dtl_ask_read_days(&ask, &day))
        return false;
    dtl_date start = date + 1;
    dtl_cell before = dtl_series_at(m->over, date);
    while (is_zero(&before)) {
        start--;
        before = dtl_series_at(m->over, start - 1);
    }
    int64_t length = (int64_t)date - start + 1;
    dtl_str note = DTL_STR("");
    if (length > 0)
        ask.with.from = start;
    if (length > 0 && before.state == DTL_STATE_BEFORE) {
        ask.with.edge = start;
        note = dtl_say_in(arena, "or more: the series begins on $E", &ask.with);
    } else if (before.state != DTL_STATE_VALUE) {
        ask.with.edge = start - 1;
        return dtl_ask_refuse(
            &ask, DTL_ENONE,
            "$s: none $w, but there is no figure for $E: how long the gap is cannot "
            "be said");
    }
    dtl_answer answer = {
        .label = "$s, days in a row without any up to $D",
        .expression = "$m.gap($d)",
        .unit = DTL_STR("day"),
        .note = note,
        .rests_from = ask.with.from,
        .rests_to = date,
    };
    return dtl_ask_number(&ask, dtl_rational_from(length), &answer);
}

static bool has_at_least(const dtl_ask_days *days, size_t at, int64_t min)
{
    if (!days->under)
        return days->over[at] >= min;
    return days->under[at] > 0 && days->over[at] >= (__int128)min * days->under[at];
}

bool dtl_measure_days(const dtl_measure *m, dtl_date from, dtl_date to, int64_t min,
                      dtl_arena *arena, dtl_fact *out, dtl_error *err)
{
    dtl_ask ask = dtl_ask_start(m, arena, out, err);
    ask.with.from = from;
    ask.with.to = to;
    ask.with.number = min;
    dtl_ask_days days;
    if (!dtl_ask_read_days(&ask, &days))
        return false;
    int64_t count = 0;
    for (size_t i = 0; i < days.count; i++)
        count += has_at_least(&days, i, min);
    dtl_answer answer = {
        .label = "days with $N or more, $s, $p",
        .expression = "$m.days{from=$f, to=$t, min=$n}",
        .unit = DTL_STR("day"),
        .rests_from = from,
        .rests_to = to,
    };
    return dtl_ask_number(&ask, dtl_rational_from(count), &answer);
}

bool dtl_measure_latest(const dtl_measure *m, dtl_arena *arena, dtl_fact *out, dtl_error *err)
{
    dtl_ask ask = dtl_ask_start(m, arena, out, err);
    dtl_date first = DTL_DATE_NONE;
    dtl_date last = DTL_DATE_NONE;
    if (!dtl_ask_ends(&ask, &first, &last))
        return false;
    ask.with.from = dtl_series_period(m->over, last);
    ask.with.to = last;
    dtl_answer answer = {
        .label = "$s, the latest day with a figure",
        .expression = "$m.latest()",
        .rests_from = ask.with.from,
        .rests_to = last,
    };
    return dtl_ask_date(&ask, last, &answer);
}
