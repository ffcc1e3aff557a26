// core/fact/measure_peak.c - the highest day, month or year.
#include "fact/ask.h"

enum {
    LEFT_OUT_NAMED_MAX = 4
};

static const char *const by_names[] = {
    [DTL_BY_DAY] = "day",
    [DTL_BY_MONTH] = "month",
    [DTL_BY_YEAR] = "year",
};

// The highest so far.
typedef struct peak {
    bool found;
    bool too_large;  // a sum did not fit: it may be the highest
    dtl_rational value;
    dtl_date from, to;
    int64_t tied;
    size_t left_out;  // spans not complete
    dtl_buf left_out_names;
} peak;

static dtl_str make_note(dtl_ask *ask, const peak *best, dtl_date first)
{
    dtl_buf note = {0};
    ask->with.other = dtl_buf_str(&best->left_out_names);
    ask->with.number = (int64_t)best->left_out - LEFT_OUT_NAMED_MAX;
    ask->with.edge = first;
    if (best->left_out == 1)
        dtl_say(&note, "$z is not complete and not compared", &ask->with);
    else if (best->left_out > LEFT_OUT_NAMED_MAX)
        dtl_say(&note, "$z and $N more are not complete and not compared", &ask->with);
    else if (best->left_out > 1)
        dtl_say(&note, "$z are not complete and not compared", &ask->with);
    if (ask->with.scope_from < first)
        dtl_say(&note, note.size ? "; the figures begin on $E" : "the figures begin on $E",
                &ask->with);
    dtl_str made = dtl_arena_str(ask->arena, dtl_buf_str(&note));
    dtl_buf_release(&note);
    return made;
}

static bool answer_peak(dtl_ask *ask, dtl_by by, const peak *best, dtl_str note)
{
    ask->with.from = best->from;
    ask->with.to = best->to;
    ask->with.word = dtl_str_from(by_names[by]);
    dtl_answer answer = {
        .label = "$s, $p, the highest $x $v",
        .expression = "$m.peak{by=$x, from=$g, to=$h}",
        .unit = dtl_ask_unit(ask),
        .note = note,
        .rests_from = ask->with.scope_from,
        .rests_to = ask->with.scope_to,
    };
    return dtl_ask_number(ask, best->value, &answer);
}

static bool peak_day(dtl_ask *ask, int64_t *tied)
{
    dtl_ask_days days;
    if (!dtl_ask_read_days(ask, &days))
        return false;
    peak best = {0};
    size_t at = 0;
    for (size_t i = 0; i < days.count; i++) {
        if (!dtl_ask_has_day(&days, i))
            continue;
        int order = best.found ? dtl_ask_compare_days(&days, i, at) : 1;
        best.found = true;
        best.tied = order > 0 ? 1 : best.tied + (order == 0);
        at = order > 0 ? i : at;
    }
    if (!best.found) {
        ask->with.word = dtl_series_subject(ask->m->under);
        return dtl_ask_refuse(ask, DTL_ENONE, "$s: no $x $w");
    }
    best.from = best.to = days.first + (dtl_date)at;
    ask->with.from = ask->with.to = best.from;
    *tied = best.tied;
    return dtl_ask_day_value(ask, &days, at, &best.value) &&
           answer_peak(ask, DTL_BY_DAY, &best, DTL_STR(""));
}

static void leave_out(peak *best, dtl_date from, dtl_date to)
{
    if (best->left_out++ >= LEFT_OUT_NAMED_MAX)
        return;
    if (best->left_out > 1)
        DTL_BUF_LITERAL(&best->left_out_names, ", ");
    dtl_say_span(&best->left_out_names, from, to);
}

static void compare_span(const dtl_ask *ask, peak *best, dtl_date from, dtl_date to)
{
    dtl_rational value = {0, 1};
    bool inside = from >= ask->with.scope_from && to <= ask->with.scope_to;
    dtl_ask_sum_state state =
        inside ? dtl_ask_try_sum(ask, from, to, &value) : DTL_ASK_SUM_INCOMPLETE;
    if (state == DTL_ASK_SUM_INCOMPLETE)
        leave_out(best, from, to);
    best->too_large = best->too_large || state == DTL_ASK_SUM_TOO_LARGE;
    if (state != DTL_ASK_SUM)
        return;
    int order = best->found ? dtl_rational_compare(value, best->value) : 1;
    best->tied = order > 0 ? 1 : best->tied + (order == 0);
    if (order <= 0)
        return;
    best->found = true;
    best->value = value;
    best->from = from;
    best->to = to;
}

static bool answer_span(dtl_ask *ask, dtl_by by, const peak *best, dtl_date first, int64_t *tied)
{
    ask->with.word = dtl_str_from(by_names[by]);
    if (best->too_large)
        return dtl_ask_refuse(ask, DTL_ELIMIT, "$s: the figure for a $x does not fit 64 bits");
    if (!best->found)
        return dtl_ask_refuse(ask, DTL_ENONE, "$s: no $x is complete $w");
    *tied = best->tied;
    return answer_peak(ask, by, best, make_note(ask, best, first));
}

// Goes through the months or years from [first] to [last]: a scope may begin with the year 1.
static bool peak_span(dtl_ask *ask, dtl_by by, dtl_date first, dtl_date last, int64_t *tied)
{
    peak best = {0};
    dtl_date from = ask->with.scope_from > first ? ask->with.scope_from : first;
    dtl_date end = ask->with.scope_to < last ? ask->with.scope_to : last;
    while (from <= end) {
        int year = dtl_date_year(from);
        from = by == DTL_BY_YEAR ? dtl_date_year_start(year) : dtl_date_month_start(from);
        dtl_date to = by == DTL_BY_YEAR ? dtl_date_year_end(year) : dtl_date_month_end(from);
        compare_span(ask, &best, from, to);
        from = to + 1;
    }
    bool ok = answer_span(ask, by, &best, first, tied);
    dtl_buf_release(&best.left_out_names);
    return ok;
}

// Weeks do not make up months or years, nor years months.
static bool check_grain(dtl_ask *ask, dtl_by by)
{
    const dtl_series *both[] = {ask->m->over, ask->m->under};
    if (by == DTL_BY_DAY)
        return dtl_ask_daily(ask);
    for (size_t i = 0; i < DTL_COUNT(both) && both[i]; i++) {
        dtl_grain grain = dtl_series_grain(both[i]);
        if (grain == DTL_GRAIN_WEEK || (grain == DTL_GRAIN_YEAR && by == DTL_BY_MONTH))
            return dtl_ask_refuse_grain(ask, both[i], by == DTL_BY_YEAR ? "years" : "months");
    }
    return true;
}

bool dtl_measure_peak(const dtl_measure *m, dtl_by by, dtl_date from, dtl_date to, dtl_arena *arena,
                      dtl_fact *out, int64_t *tied, dtl_error *err)
{
    dtl_ask ask = dtl_ask_start(m, arena, out, err);
    dtl_date first = DTL_DATE_NONE;
    dtl_date last = DTL_DATE_NONE;
    if (!dtl_ask_summable(&ask) || !check_grain(&ask, by) || !dtl_ask_ends(&ask, &first, &last))
        return false;
    ask.with.edge = first;
    if (from == DTL_DATE_NONE && to != DTL_DATE_NONE && to < first)
        return dtl_ask_refuse(&ask, DTL_ENONE, "$s: the figures begin on $E");
    ask.with.edge = last;
    if (to == DTL_DATE_NONE && from != DTL_DATE_NONE && from > last)
        return dtl_ask_refuse(&ask, DTL_ENONE, "$s: not yet published (the figures end on $E)");
    ask.with.from = ask.with.scope_from = from == DTL_DATE_NONE ? first : from;
    ask.with.to = ask.with.scope_to = to == DTL_DATE_NONE ? last : to;
    if (!dtl_ask_span(&ask))
        return false;
    return by == DTL_BY_DAY ? peak_day(&ask, tied) : peak_span(&ask, by, first, last, tied);
}
