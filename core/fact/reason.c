// core/fact/reason.c - why the data cannot say, in words for a reader.
#include "fact/ask.h"

typedef enum absence {
    ABSENT_ALL,          // the series is empty
    ABSENT_LATER,        // not yet published
    ABSENT_EARLIER,      // before the series begins
    ABSENT_WITH_REASON,  // the source says why
    ABSENT_ROW,
    ABSENT_IN_PART,
} absence;

static const char *const reasons[] = {
    [ABSENT_ALL] = "$s: no figure for $r: the data hold no figures of it$x",
    [ABSENT_LATER] = "$s: no figure for $r: not yet published (the series ends on $E)",
    [ABSENT_EARLIER] = "$s: no figure for $r: the series begins on $E",
    [ABSENT_WITH_REASON] = "$s: no figure for $r: $x",
    [ABSENT_ROW] = "$s: no figure for $r: the data have no row for it",
    [ABSENT_IN_PART] = "$s: no figure for $r: $a of $b $z missing, $x",
};

static absence classify(const dtl_series *series, const dtl_coverage *coverage)
{
    int64_t absent = coverage->days - coverage->present;
    if (dtl_series_is_empty(series))
        return ABSENT_ALL;
    if (coverage->not_yet == absent)
        return ABSENT_LATER;
    if (coverage->before == absent)
        return ABSENT_EARLIER;
    if (coverage->missing == coverage->days)
        return ABSENT_WITH_REASON;
    return coverage->days == 1 ? ABSENT_ROW : ABSENT_IN_PART;
}

// "not_collected" reads "not collected".
static dtl_str in_words(dtl_str reason, dtl_arena *arena)
{
    dtl_str words = dtl_arena_str(arena, reason);
    char *text = (char *)words.data;
    for (size_t i = 0; i < words.size; i++) {
        if (text[i] == '_')
            text[i] = ' ';
    }
    return words.size ? words : DTL_STR("no reason given");
}

dtl_str dtl_ask_why_absent(const dtl_series *series, dtl_date date, dtl_arena *arena)
{
    dtl_cell cell = dtl_series_at(series, date);
    switch (cell.state) {
    case DTL_STATE_MISSING:
        return in_words(cell.reason, arena);
    case DTL_STATE_BEFORE:
        return DTL_STR("before the series begins");
    case DTL_STATE_NOT_YET_PUBLISHED:
        return DTL_STR("not yet published");
    case DTL_STATE_GAP:
    case DTL_STATE_VALUE:
        break;
    }
    return DTL_STR("no row in the data");
}

// " as of 3 March 2024", or nothing for the data as they are now.
static dtl_str say_as_of(const dtl_series *series, dtl_arena *arena)
{
    if (dtl_series_as_of(series) == DTL_MOMENT_LATEST)
        return DTL_STR("");
    dtl_saying moment = {.date = dtl_moment_date(dtl_series_as_of(series))};
    return dtl_say_in(arena, " as of $D", &moment);
}

bool dtl_ask_explain(dtl_ask *ask, const dtl_series *series, const dtl_coverage *coverage)
{
    dtl_saying with = ask->with;
    absence why = classify(series, coverage);
    with.subject = dtl_series_subject(series);
    with.part = coverage->days - coverage->present;
    with.whole = coverage->days;
    with.other = dtl_ask_periods(series);
    if (why == ABSENT_ALL)
        with.word = say_as_of(series, ask->arena);
    else
        with.word = dtl_ask_why_absent(series, coverage->first_absent, ask->arena);
    if (why == ABSENT_LATER)
        with.edge = dtl_series_period_end(series, dtl_series_last(series));
    else if (why == ABSENT_EARLIER)
        with.edge = dtl_series_first(series);
    if (why != ABSENT_IN_PART)
        return dtl_say_error(ask->err, DTL_ENONE, reasons[why], &with);

    // The span asked about and the first absent period are both said: the first goes in beforehand.
    dtl_saying first = with;
    first.from = dtl_series_period(series, coverage->first_absent);
    first.to = dtl_series_period_end(series, coverage->first_absent);
    first.is_week = dtl_series_grain(series) == DTL_GRAIN_WEEK;
    with.word = dtl_say_in(ask->arena, "the first $w ($x)", &first);
    return dtl_say_error(ask->err, DTL_ENONE, reasons[why], &with);
}
