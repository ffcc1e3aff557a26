// core/fact/ask.c - one question under way: sums, days and answers.
#include "fact/ask.h"

#include <assert.h>

#include "fact/merge.h"
#include "fact/unit.h"

enum {
    RELEASES_AT_ONCE = 32
};

// "people per boat".
static dtl_str ratio_subject(const dtl_measure *m, dtl_arena *arena)
{
    dtl_str over = dtl_series_subject(m->over);
    dtl_str under = dtl_series_unit(m->under);
    return dtl_arena_printf(arena, "%.*s per %.*s", DTL_ARG(over), DTL_ARG(under));
}

dtl_ask dtl_ask_start(const dtl_measure *m, dtl_arena *arena, dtl_fact *out, dtl_error *err)
{
    dtl_ask ask = {.m = m, .arena = arena, .out = out, .err = err};
    ask.with.name = m->name;
    ask.with.subject = m->under ? ratio_subject(m, arena) : dtl_series_subject(m->over);
    return ask;
}

dtl_str dtl_ask_periods(const dtl_series *series)
{
    static const char *const names[] = {
        [DTL_GRAIN_DAY] = "days",   [DTL_GRAIN_WEEK] = "weeks",       [DTL_GRAIN_MONTH] = "months",
        [DTL_GRAIN_YEAR] = "years", [DTL_GRAIN_AS_AT] = "statements", [DTL_GRAIN_EVENT] = "events",
    };
    return dtl_str_from(names[dtl_series_grain(series)]);
}

bool dtl_ask_refuse(dtl_ask *ask, dtl_code code, const char *template)
{
    return dtl_say_error(ask->err, code, template, &ask->with);
}

static dtl_date earlier(dtl_date a, dtl_date b)
{
    return a < b ? a : b;
}

static dtl_date later(dtl_date a, dtl_date b)
{
    return a > b ? a : b;
}

static bool is_running_count(const dtl_series *series)
{
    return series && dtl_series_grain(series) == DTL_GRAIN_AS_AT;
}

bool dtl_ask_span(dtl_ask *ask)
{
    if (ask->with.from > ask->with.to)
        return dtl_ask_refuse(ask, DTL_EUSAGE, "$s: a span from $f to $t ends before it begins");
    return true;
}

bool dtl_ask_summable(dtl_ask *ask)
{
    if (!is_running_count(ask->m->over) && !is_running_count(ask->m->under))
        return true;
    dtl_ask_refuse(ask, DTL_EUSAGE, "$s: a running count is not summed");
    return dtl_error_hint(ask->err, "on(date) gives the latest statement of that year");
}

bool dtl_ask_refuse_grain(dtl_ask *ask, const dtl_series *series, const char *wanted)
{
    ask->with.subject = dtl_series_subject(series);
    ask->with.word = dtl_ask_periods(series);
    ask->with.other = dtl_str_from(wanted);
    return dtl_ask_refuse(ask, DTL_EUSAGE, "$s: the figures are for $x, not for $z");
}

bool dtl_ask_daily(dtl_ask *ask)
{
    const dtl_series *both[] = {ask->m->over, ask->m->under};
    for (size_t i = 0; i < DTL_COUNT(both); i++) {
        if (both[i] && dtl_series_grain(both[i]) != DTL_GRAIN_DAY)
            return dtl_ask_refuse_grain(ask, both[i], "single days");
    }
    return true;
}

static bool is_whole(const dtl_series *series, dtl_date from, dtl_date to)
{
    return dtl_series_period(series, from) == from && dtl_series_period_end(series, to) == to;
}

// Refuses a span that cuts a week, a month or a year.
static bool check_whole(dtl_ask *ask, const dtl_series *series)
{
    if (dtl_series_grain(series) == DTL_GRAIN_DAY || is_whole(series, ask->with.from, ask->with.to))
        return true;
    ask->with.subject = dtl_series_subject(series);
    ask->with.word = dtl_ask_periods(series);
    dtl_ask_refuse(ask, DTL_EUSAGE, "$s: the figures are for $x, and $r is not made of whole $x");
    if (dtl_series_grain(series) == DTL_GRAIN_WEEK)
        dtl_error_hint(ask->err, "weeks end on a %s",
                       dtl_date_weekday_name(dtl_series_week_end(series)));
    return false;
}

static bool sum_series(dtl_ask *ask, const dtl_series *series, int64_t *out)
{
    dtl_coverage coverage;
    if (!check_whole(ask, series))
        return false;
    bool fits = dtl_series_sum(series, ask->with.from, ask->with.to, out, &coverage);
    if (coverage.present < coverage.days)
        return dtl_ask_explain(ask, series, &coverage);
    return fits || dtl_ask_refuse(ask, DTL_ELIMIT, "$s: the sum for $r does not fit 64 bits");
}

bool dtl_ask_sum(dtl_ask *ask, dtl_rational *out)
{
    int64_t over = 0;
    int64_t under = 1;
    if (!dtl_ask_span(ask) || !dtl_ask_summable(ask) || !sum_series(ask, ask->m->over, &over))
        return false;
    if (!ask->m->under) {
        *out = dtl_rational_from(over);
        return true;
    }
    if (!sum_series(ask, ask->m->under, &under))
        return false;
    if (under <= 0) {
        ask->with.word = dtl_series_subject(ask->m->under);
        return dtl_ask_refuse(ask, DTL_ENONE, under ? "$s: less than no $x $w" : "$s: no $x $w");
    }
    return dtl_rational_make(over, under, out) ||
           dtl_ask_refuse(ask, DTL_ELIMIT, "$s: the ratio for $r does not fit 64 bits");
}

static dtl_ask_sum_state try_series(const dtl_series *series, dtl_date from, dtl_date to,
                                    int64_t *out)
{
    dtl_coverage coverage;
    if (!is_whole(series, from, to))
        return DTL_ASK_SUM_INCOMPLETE;
    bool fits = dtl_series_sum(series, from, to, out, &coverage);
    if (coverage.present < coverage.days)
        return DTL_ASK_SUM_INCOMPLETE;
    return fits ? DTL_ASK_SUM : DTL_ASK_SUM_TOO_LARGE;
}

dtl_ask_sum_state dtl_ask_try_sum(const dtl_ask *ask, dtl_date from, dtl_date to, dtl_rational *out)
{
    int64_t over = 0;
    int64_t under = 1;
    dtl_ask_sum_state state = try_series(ask->m->over, from, to, &over);
    if (state == DTL_ASK_SUM && ask->m->under)
        state = try_series(ask->m->under, from, to, &under);
    if (state != DTL_ASK_SUM)
        return state;
    if (under <= 0)
        return DTL_ASK_SUM_NO_BASE;
    return dtl_rational_make(over, under, out) ? DTL_ASK_SUM : DTL_ASK_SUM_TOO_LARGE;
}

static bool read_values(dtl_ask *ask, const dtl_series *series, const int64_t **out, size_t *count)
{
    *out = dtl_series_values(series, ask->with.from, ask->with.to, count);
    if (*out)
        return true;
    int64_t sum = 0;
    dtl_coverage coverage;
    bool fits = dtl_series_sum(series, ask->with.from, ask->with.to, &sum, &coverage);
    (void)fits;  // what is missing is all that is asked
    return dtl_ask_explain(ask, series, &coverage);
}

bool dtl_ask_read_days(dtl_ask *ask, dtl_ask_days *out)
{
    dtl_ask_days days = {.first = ask->with.from};
    if (!dtl_ask_span(ask) || !dtl_ask_daily(ask) ||
        !read_values(ask, ask->m->over, &days.over, &days.count))
        return false;
    if (ask->m->under && !read_values(ask, ask->m->under, &days.under, &days.count))
        return false;
    *out = days;
    return true;
}

int dtl_ask_compare_days(const dtl_ask_days *days, size_t a, size_t b)
{
    if (!days->under)
        return (days->over[a] > days->over[b]) - (days->over[a] < days->over[b]);
    __int128 left = (__int128)days->over[a] * days->under[b];
    __int128 right = (__int128)days->over[b] * days->under[a];
    return (left > right) - (left < right);
}

bool dtl_ask_day_value(dtl_ask *ask, const dtl_ask_days *days, size_t at, dtl_rational *out)
{
    assert(dtl_ask_has_day(days, at));
    return dtl_rational_make(days->over[at], days->under ? days->under[at] : 1, out) ||
           dtl_ask_refuse(ask, DTL_ELIMIT, "$s: the figure for $r does not fit 64 bits");
}

dtl_str dtl_ask_unit(dtl_ask *ask)
{
    dtl_str unit = dtl_series_unit(ask->m->over);
    if (ask->m->under &&
        !dtl_unit_combine(unit, dtl_series_unit(ask->m->under), true, ask->arena, &unit))
        return dtl_series_unit(ask->m->over);
    return unit;
}

bool dtl_ask_ends(dtl_ask *ask, dtl_date *first, dtl_date *last)
{
    const dtl_series *over = ask->m->over;
    const dtl_series *under = ask->m->under ? ask->m->under : over;
    *first = later(dtl_series_first_value(over), dtl_series_first_value(under));
    *last = DTL_DATE_NONE;
    if (dtl_series_first_value(over) != DTL_DATE_NONE &&
        dtl_series_first_value(under) != DTL_DATE_NONE)
        *last = earlier(dtl_series_period_end(over, dtl_series_last_value(over)),
                        dtl_series_period_end(under, dtl_series_last_value(under)));
    return (*last != DTL_DATE_NONE && *first <= *last) ||
           dtl_ask_refuse(ask, DTL_ENONE, "$s: the data hold no figures of it");
}

static void find_releases(const dtl_series *series, dtl_date from, dtl_date to, dtl_arena *arena,
                          dtl_fact *out)
{
    int64_t found[RELEASES_AT_ONCE];
    size_t count = dtl_series_releases(series, from, to, found, RELEASES_AT_ONCE);
    int64_t *releases = dtl_arena_alloc(arena, count * sizeof *releases);
    if (count > RELEASES_AT_ONCE)
        count = dtl_series_releases(series, from, to, releases, count);
    else if (count)
        memcpy(releases, found, count * sizeof *releases);
    out->releases = releases;
    out->release_count = count;
}

static void answer_with(dtl_ask *ask, dtl_fact fact, const dtl_answer *answer)
{
    const dtl_measure *m = ask->m;
    fact.label = dtl_say_in(ask->arena, answer->label, &ask->with);
    fact.expression = dtl_say_in(ask->arena, answer->expression, &ask->with);
    fact.note = answer->note;
    fact.from = ask->with.from;
    fact.to = ask->with.to;
    fact.provisional = dtl_series_is_provisional(m->over);
    find_releases(m->over, answer->rests_from, answer->rests_to, ask->arena, &fact);
    if (m->under) {
        dtl_fact under = {0};
        find_releases(m->under, answer->rests_from, answer->rests_to, ask->arena, &under);
        dtl_fact_merge_releases(&fact, &under, ask->arena, &fact);
        fact.provisional = fact.provisional || dtl_series_is_provisional(m->under);
    }
    *ask->out = fact;
}

bool dtl_ask_number(dtl_ask *ask, dtl_rational value, const dtl_answer *answer)
{
    answer_with(ask,
                (dtl_fact){.kind = DTL_FACT_NUMBER,
                           .value = value,
                           .date_value = DTL_DATE_NONE,
                           .unit = answer->unit},
                answer);
    return true;
}

bool dtl_ask_date(dtl_ask *ask, dtl_date date, const dtl_answer *answer)
{
    answer_with(ask, (dtl_fact){.kind = DTL_FACT_DATE, .value = {0, 1}, .date_value = date},
                answer);
    return true;
}
