// core/fact/measure_rank.c - the place of a day among days, and the last that was as high.
#include "fact/ask.h"

typedef struct rank_scope {
    const char *name;
    const char *label;
    // The first day compared; [first] is where the measure begins.
    dtl_date (*start)(dtl_date date, dtl_date first);
    bool same_month;  // only days of the calendar month of the date
} rank_scope;

static dtl_date start_of_record(dtl_date date, dtl_date first)
{
    return date < first ? date : first;
}

static dtl_date start_of_year(dtl_date date, dtl_date first)
{
    (void)first;
    return dtl_date_year_start(dtl_date_year(date));
}

static dtl_date start_of_month(dtl_date date, dtl_date first)
{
    (void)first;
    return dtl_date_month_start(date);
}

static const rank_scope scopes[] = {
    {"record", "$s, $D, its place among all days $v", start_of_record, false},
    {"year", "$s, $D, its place among the days $v", start_of_year, false},
    {"month", "$s, $D, its place among the days $v", start_of_month, false},
    {"calendar-month", "$s, $D, its place among the days of every $z $v", start_of_record, true},
};

static const rank_scope *find_scope(dtl_ask *ask, dtl_str name)
{
    dtl_str names[DTL_COUNT(scopes)];
    for (size_t i = 0; i < DTL_COUNT(scopes); i++) {
        names[i] = dtl_str_from(scopes[i].name);
        if (dtl_str_equal(name, names[i]))
            return &scopes[i];
    }
    ask->with.word = name;
    dtl_ask_refuse(ask, DTL_EUSAGE, "$s: a rank within '$x' is not known");
    dtl_str nearest = dtl_str_nearest(name, names, DTL_COUNT(names));
    if (nearest.size)
        dtl_error_hint(ask->err, "did you mean '%.*s'?", DTL_ARG(nearest));
    else
        dtl_error_hint(ask->err, "within is record, year, month or calendar-month");
    return NULL;
}

// The value of the last of [days] must be one; says so when it is not.
static bool check_last_day(dtl_ask *ask, const dtl_ask_days *days)
{
    if (dtl_ask_has_day(days, days->count - 1))
        return true;
    ask->with.from = ask->with.to = days->first + (dtl_date)days->count - 1;
    ask->with.word = dtl_series_subject(ask->m->under);
    return dtl_ask_refuse(ask, DTL_ENONE, "$s: no $x $w");
}

// With [same_month], other months are stepped over whole.
static int64_t find_rank(const dtl_ask_days *days, int same_month, int64_t *tied)
{
    int64_t rank = 1;
    size_t last = days->count - 1;
    size_t next_month = 0;
    *tied = 0;
    for (size_t i = 0; i < days->count; i++) {
        if (same_month && i == next_month) {
            dtl_date day = days->first + (dtl_date)i;
            next_month = (size_t)(dtl_date_month_end(day) - days->first) + 1;
            if (dtl_date_civil(day).month != same_month) {
                i = next_month - 1;
                continue;
            }
        }
        if (!dtl_ask_has_day(days, i))
            continue;
        int order = dtl_ask_compare_days(days, i, last);
        rank += order > 0;
        *tied += order == 0;
    }
    return rank;
}

bool dtl_measure_rank(const dtl_measure *m, dtl_date date, dtl_str within, dtl_arena *arena,
                      dtl_fact *out, int64_t *tied, dtl_error *err)
{
    dtl_ask ask = dtl_ask_start(m, arena, out, err);
    dtl_date first = DTL_DATE_NONE;
    dtl_date last = DTL_DATE_NONE;
    const rank_scope *scope = find_scope(&ask, within);
    if (!scope || !dtl_ask_daily(&ask) || !dtl_ask_ends(&ask, &first, &last))
        return false;
    ask.with.date = date;
    ask.with.from = ask.with.scope_from = scope->start(date, first);
    ask.with.to = ask.with.scope_to = date;
    dtl_ask_days days;
    if (!dtl_ask_read_days(&ask, &days) || !check_last_day(&ask, &days))
        return false;
    int month = dtl_date_civil(date).month;
    int64_t rank = find_rank(&days, scope->same_month ? month : 0, tied);
    ask.with.word = dtl_str_from(scope->name);
    ask.with.other = dtl_str_from(dtl_date_month_name(month));
    dtl_answer answer = {
        .label = scope->label,
        .expression = "$m.rank($d, {within=$x})",
        .unit = DTL_STR("rank"),
        .rests_from = ask.with.from,
        .rests_to = date,
    };
    return dtl_ask_number(&ask, dtl_rational_from(rank), &answer);
}

// The first of the days up to [date], going back, that all have a value.
static dtl_date unbroken_since(const dtl_measure *m, dtl_date date, dtl_date first)
{
    const dtl_series *both[] = {m->over, m->under};
    for (size_t i = 0; i < DTL_COUNT(both); i++) {
        size_t count = 0;
        if (!both[i] || dtl_series_values(both[i], first, date, &count))
            continue;
        dtl_date day = date;
        while (day > first && dtl_series_at(both[i], day - 1).state == DTL_STATE_VALUE)
            day--;
        first = day;
    }
    return first;
}

// Nothing earlier was as high: because the series begins there, or because a day has no figure.
static bool refuse_no_earlier(dtl_ask *ask, dtl_date first)
{
    ask->with.edge = ask->with.from;
    if (ask->with.from == first)
        return dtl_ask_refuse(ask, DTL_ENONE,
                              "$s: no earlier day was as high as $D since the figures begin on $E");
    ask->with.edge--;
    return dtl_ask_refuse(
        ask, DTL_ENONE,
        "$s: no figure for $E, and no day from then to $D was as high: whether an "
        "earlier one was cannot be said");
}

bool dtl_measure_highest_since(const dtl_measure *m, dtl_date date, dtl_arena *arena, dtl_fact *out,
                               dtl_error *err)
{
    dtl_ask ask = dtl_ask_start(m, arena, out, err);
    dtl_date first = DTL_DATE_NONE;
    dtl_date last = DTL_DATE_NONE;
    if (!dtl_ask_daily(&ask) || !dtl_ask_ends(&ask, &first, &last))
        return false;
    dtl_ask_days days;
    ask.with.date = ask.with.from = ask.with.to = date;
    if (!dtl_ask_read_days(&ask, &days) || !check_last_day(&ask, &days))
        return false;
    ask.with.from = unbroken_since(m, date, first);
    if (!dtl_ask_read_days(&ask, &days))
        return false;
    size_t at = days.count - 1;
    for (size_t i = at; i > 0; i--) {
        if (!dtl_ask_has_day(&days, i - 1) || dtl_ask_compare_days(&days, i - 1, at) < 0)
            continue;
        ask.with.from = days.first + (dtl_date)(i - 1);
        dtl_answer answer = {
            .label = "$s, the last day before $D that was as high",
            .expression = "$m.highest_since($d)",
            .rests_from = ask.with.from,
            .rests_to = date,
        };
        return dtl_ask_date(&ask, ask.with.from, &answer);
    }
    return refuse_no_earlier(&ask, first);
}
