// core/fact/measure_span.c - the questions answered by the figure of one span: a day, a year to date.
#include <assert.h>

#include "fact/ask.h"

enum {
    DAYS_A_WEEK = 7
};

static bool check_year(dtl_ask *ask, int year)
{
    ask->with.year = year;
    return (year >= DTL_YEAR_MIN && year <= DTL_YEAR_MAX) ||
           dtl_ask_refuse(ask, DTL_EUSAGE, "$s: there is no year $y");
}

// The sum of with.from .. with.to, under that expression.
static bool answer_sum(dtl_ask *ask, const char *expression, dtl_str note)
{
    dtl_rational value = {0, 1};
    if (!dtl_ask_sum(ask, &value))
        return false;
    dtl_answer answer = {
        .label = "$s, $p",
        .expression = expression,
        .unit = dtl_ask_unit(ask),
        .note = note,
        .rests_from = ask->with.from,
        .rests_to = ask->with.to,
    };
    return dtl_ask_number(ask, value, &answer);
}

// The latest statement of a running count by with.date, in its year.
static bool answer_statement(dtl_ask *ask)
{
    const dtl_series *series = ask->m->over;
    dtl_date date = ask->with.date;
    dtl_date as_at = DTL_DATE_NONE;
    dtl_cell cell = dtl_series_latest_at(series, date, &as_at);
    ask->with.year = dtl_date_year(date);
    ask->with.from = dtl_date_year_start(ask->with.year);
    ask->with.to = as_at;
    if (as_at == DTL_DATE_NONE || as_at < ask->with.from) {
        ask->with.edge = as_at;
        return dtl_ask_refuse(ask, DTL_ENONE,
                              as_at == DTL_DATE_NONE
                                  ? "$s: no statement for $y by $D"
                                  : "$s: no statement for $y by $D (the latest before is of $E)");
    }
    dtl_answer answer = {
        .label = "$s, $y, as at $E",
        .expression = "$m.on($d)",
        .unit = dtl_series_unit(series),
        .note = dtl_arena_str(ask->arena, cell.attribution),
        .rests_from = as_at,
        .rests_to = as_at,
    };
    ask->with.edge = as_at;
    return dtl_ask_number(ask, dtl_rational_from(cell.value), &answer);
}

bool dtl_measure_on(const dtl_measure *m, dtl_date date, dtl_arena *arena, dtl_fact *out,
                    dtl_error *err)
{
    dtl_ask ask = dtl_ask_start(m, arena, out, err);
    ask.with.date = date;
    if (dtl_series_grain(m->over) == DTL_GRAIN_AS_AT && !m->under)
        return answer_statement(&ask);
    ask.with.from = dtl_series_period(m->over, date);
    ask.with.to = dtl_series_period_end(m->over, date);
    ask.with.is_week = dtl_series_grain(m->over) == DTL_GRAIN_WEEK;
    dtl_str note = m->under ? DTL_STR("") : dtl_series_at(m->over, date).attribution;
    return answer_sum(&ask, "$m.on($d)", dtl_arena_str(arena, note));
}

bool dtl_measure_total(const dtl_measure *m, dtl_date from, dtl_date to, dtl_arena *arena,
                       dtl_fact *out, dtl_error *err)
{
    dtl_ask ask = dtl_ask_start(m, arena, out, err);
    ask.with.from = from;
    ask.with.to = to;
    return answer_sum(&ask, "$m.total($f, $t)", DTL_STR(""));
}

bool dtl_measure_year_to_date(const dtl_measure *m, dtl_date date, dtl_arena *arena, dtl_fact *out,
                              dtl_error *err)
{
    dtl_ask ask = dtl_ask_start(m, arena, out, err);
    ask.with.from = dtl_date_year_start(dtl_date_year(date));
    ask.with.to = date;
    return answer_sum(&ask, "$m.year_to_date($t)", DTL_STR(""));
}

bool dtl_measure_same_point(const dtl_measure *m, dtl_date date, int year, dtl_arena *arena,
                            dtl_fact *out, dtl_error *err)
{
    dtl_ask ask = dtl_ask_start(m, arena, out, err);
    bool moved = false;
    ask.with.date = date;
    if (!check_year(&ask, year))
        return false;
    ask.with.from = dtl_date_year_start(year);
    ask.with.to = dtl_date_in_year(date, year, &moved);
    return answer_sum(&ask, "$m.same_point($d, $y)",
                      moved ? DTL_STR("29 February compared with 28 February") : DTL_STR(""));
}

bool dtl_measure_year(const dtl_measure *m, int year, dtl_arena *arena, dtl_fact *out,
                      dtl_error *err)
{
    dtl_ask ask = dtl_ask_start(m, arena, out, err);
    if (!check_year(&ask, year))
        return false;
    ask.with.from = dtl_date_year_start(year);
    ask.with.to = dtl_date_year_end(year);
    return answer_sum(&ask, "$m.year($y)", DTL_STR(""));
}

bool dtl_measure_month(const dtl_measure *m, int year, int month, dtl_arena *arena, dtl_fact *out,
                       dtl_error *err)
{
    dtl_ask ask = dtl_ask_start(m, arena, out, err);
    ask.with.number = month;
    if (!check_year(&ask, year))
        return false;
    if (!dtl_date_make(year, month, 1, &ask.with.from))
        return dtl_ask_refuse(&ask, DTL_EUSAGE, "$s: there is no month $n");
    ask.with.to = dtl_date_month_end(ask.with.from);
    dtl_buf iso = {0};
    dtl_date_add(&iso, ask.with.from);
    ask.with.word = dtl_arena_str(arena, dtl_str_slice(dtl_buf_str(&iso), 0, sizeof "2024-10" - 1));
    dtl_buf_release(&iso);
    return answer_sum(&ask, "$m.month($x)", DTL_STR(""));
}

bool dtl_measure_month_to_date(const dtl_measure *m, dtl_date date, dtl_arena *arena, dtl_fact *out,
                               dtl_error *err)
{
    dtl_ask ask = dtl_ask_start(m, arena, out, err);
    ask.with.from = dtl_date_month_start(date);
    ask.with.to = date;
    return answer_sum(&ask, "$m.month_to_date($t)", DTL_STR(""));
}

// Refuses a date that is not the last day of a week of [series]; names the nearest that are.
static bool check_week(dtl_ask *ask, const dtl_series *series)
{
    dtl_grain grain = dtl_series_grain(series);
    if (grain == DTL_GRAIN_DAY)
        return true;
    if (grain != DTL_GRAIN_WEEK)
        return dtl_ask_refuse_grain(ask, series, "weeks");
    dtl_date end = dtl_series_period_end(series, ask->with.date);
    if (end == ask->with.date)
        return true;
    ask->with.subject = dtl_series_subject(series);
    ask->with.scope_from = end - DAYS_A_WEEK;
    ask->with.scope_to = end;
    ask->with.word = dtl_str_from(dtl_date_weekday_name(dtl_series_week_end(series)));
    dtl_ask_refuse(ask, DTL_EUSAGE, "$s: no week ends on $D: weeks end on a $x");
    dtl_str nearest = dtl_say_in(ask->arena, "the nearest end on $g and $h", &ask->with);
    return dtl_error_hint(ask->err, "%.*s", DTL_ARG(nearest));
}

bool dtl_measure_week_ending(const dtl_measure *m, dtl_date date, dtl_arena *arena, dtl_fact *out,
                             dtl_error *err)
{
    dtl_ask ask = dtl_ask_start(m, arena, out, err);
    ask.with.date = date;
    ask.with.from = date - DAYS_A_WEEK + 1;
    ask.with.to = date;
    ask.with.is_week = true;
    if (!dtl_ask_summable(&ask) || !check_week(&ask, m->over) ||
        (m->under && !check_week(&ask, m->under)))
        return false;
    return answer_sum(&ask, "$m.week_ending($t)", DTL_STR(""));
}

bool dtl_measure_last(const dtl_measure *m, int64_t n, dtl_date date, dtl_arena *arena,
                      dtl_fact *out, dtl_error *err)
{
    dtl_ask ask = dtl_ask_start(m, arena, out, err);
    ask.with.number = n;
    if (n < 1 || n > (int64_t)date - dtl_date_year_start(DTL_YEAR_MIN) + 1)
        return dtl_ask_refuse(&ask, DTL_EUSAGE, "$s: there are no last $N days");
    ask.with.from = (dtl_date)(date - n + 1);
    ask.with.to = date;
    return answer_sum(&ask, "$m.last($n, $t)", DTL_STR(""));
}

bool dtl_measure_since(const dtl_measure *m, dtl_date start, dtl_str event, bool exclusive,
                       dtl_date date, dtl_arena *arena, dtl_fact *out, dtl_error *err)
{
    dtl_ask ask = dtl_ask_start(m, arena, out, err);
    dtl_buf name = {0};
    if (event.size)
        dtl_say_word(&name, event);
    else
        dtl_date_add(&name, start);
    ask.with.word = dtl_arena_str(arena, dtl_buf_str(&name));
    dtl_buf_release(&name);
    ask.with.from = start + (exclusive ? 1 : 0);
    ask.with.to = date;
    ask.with.date = start;
    ask.with.edge = date;
    if (ask.with.from > date)
        return dtl_ask_refuse(&ask, DTL_ENONE,
                              exclusive ? "$s: $E is not after $D" : "$s: $E is before $D");
    if (!answer_sum(&ask, exclusive ? "$m.since($x, $t, {exclusive=true})" : "$m.since($x, $t)",
                    DTL_STR("")))
        return false;
    if (event.size) {
        ask.with.word = event;
        out->label = dtl_say_in(arena, "$s, $p (since $x)", &ask.with);
    }
    return true;
}

// Refuses a ratio: the mean of a mean says nothing.
static bool check_no_ratio(dtl_ask *ask)
{
    if (!ask->m->under)
        return true;
    dtl_ask_refuse(ask, DTL_EUSAGE, "$s: a ratio has no mean per day");
    return dtl_error_hint(ask->err, "total(from, to) is the ratio of the sums");
}

bool dtl_measure_mean(const dtl_measure *m, dtl_date from, dtl_date to, dtl_arena *arena,
                      dtl_fact *out, dtl_error *err)
{
    dtl_ask ask = dtl_ask_start(m, arena, out, err);
    ask.with.from = from;
    ask.with.to = to;
    dtl_rational sum = {0, 1};
    dtl_rational mean = {0, 1};
    if (!check_no_ratio(&ask) || !dtl_ask_sum(&ask, &sum))
        return false;
    if (!dtl_rational_div(sum, dtl_rational_from((int64_t)to - from + 1), &mean))
        return dtl_ask_refuse(&ask, DTL_ELIMIT, "$s: the mean for $r does not fit 64 bits");
    dtl_str unit = dtl_ask_unit(&ask);
    dtl_answer answer = {
        .label = "$s, mean per day, $p",
        .expression = "$m.mean($f, $t)",
        .unit = dtl_arena_printf(arena, "%.*s/day", DTL_ARG(unit)),
        .rests_from = from,
        .rests_to = to,
    };
    return dtl_ask_number(&ask, mean, &answer);
}
