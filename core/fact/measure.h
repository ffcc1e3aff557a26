// core/fact/measure.h - the questions a script may ask of a measure, each answered by a fact.
//
// A measure is a series under the name scripts use, or one series over another (people per boat).
// Every function gives true and a fact, or false with DTL_ENONE and a reason a reader understands
// ("people: no figure for 21 August 2026: not yet published (the series ends on 20 August 2026)").
// Facts are made in [arena]. Dates are inclusive. Expressions are canonical: ISO dates, no spaces but
// one after each comma, options in braces by name ("people.peak{by=day, from=2024-01-01, to=2024-10-18}").
#ifndef DTL_FACT_MEASURE_H
#define DTL_FACT_MEASURE_H

#include "fact/fact.h"

typedef struct dtl_measure {
    dtl_str
        name;  // "people"; for others "departures.boats{country=BE}"; a ratio: "(people / boats)"
    const dtl_series *over;
    const dtl_series *under;  // NULL but for a ratio
} dtl_measure;

typedef enum dtl_by {
    DTL_BY_DAY,
    DTL_BY_MONTH,
    DTL_BY_YEAR,
} dtl_by;

// The measure on a day; of the week or month that contains it for coarser grains; the latest
// statement at or before it, in the same year, for running counts (the fact's `to` is its as-at date).
DTL_CHECK
bool dtl_measure_on(const dtl_measure *m, dtl_date date, dtl_arena *arena, dtl_fact *out,
                    dtl_error *err);
// A sum (for a ratio: sum over sum). Every period must have a value.
DTL_CHECK
bool dtl_measure_total(const dtl_measure *m, dtl_date from, dtl_date to, dtl_arena *arena,
                       dtl_fact *out, dtl_error *err);
DTL_CHECK
bool dtl_measure_year_to_date(const dtl_measure *m, dtl_date date, dtl_arena *arena, dtl_fact *out,
                              dtl_error *err);
// The year to date at the same calendar date of [year]; 29 February falls back to 28, and says so in note.
DTL_CHECK
bool dtl_measure_same_point(const dtl_measure *m, dtl_date date, int year, dtl_arena *arena,
                            dtl_fact *out, dtl_error *err);
DTL_CHECK
bool dtl_measure_year(const dtl_measure *m, int year, dtl_arena *arena, dtl_fact *out,
                      dtl_error *err);
DTL_CHECK
bool dtl_measure_month(const dtl_measure *m, int year, int month, dtl_arena *arena, dtl_fact *out,
                       dtl_error *err);
DTL_CHECK
bool dtl_measure_month_to_date(const dtl_measure *m, dtl_date date, dtl_arena *arena, dtl_fact *out,
                               dtl_error *err);
// The seven days ending on [date], or that one week of a weekly series (which must end on that weekday).
DTL_CHECK
bool dtl_measure_week_ending(const dtl_measure *m, dtl_date date, dtl_arena *arena, dtl_fact *out,
                             dtl_error *err);
// The [n] days up to and including [date].
DTL_CHECK
bool dtl_measure_last(const dtl_measure *m, int64_t n, dtl_date date, dtl_arena *arena,
                      dtl_fact *out, dtl_error *err);
// From [start] (the day after it when [exclusive]) to [date]. [event] names the start in label and
// expression ("people.since(labour, 2024-10-18)") when it came from one, else empty.
DTL_CHECK
bool dtl_measure_since(const dtl_measure *m, dtl_date start, dtl_str event, bool exclusive,
                       dtl_date date, dtl_arena *arena, dtl_fact *out, dtl_error *err);
// The highest day, month or year from [from] to [to] (whole months and years only), its value in
// [out] with from/to the span that holds it. [tied] counts the spans that share it, 1 for a sole
// peak; the earliest is given. DTL_DATE_NONE means the series' own ends.
DTL_CHECK
bool dtl_measure_peak(const dtl_measure *m, dtl_by by, dtl_date from, dtl_date to, dtl_arena *arena,
                      dtl_fact *out, int64_t *tied, dtl_error *err);
// The place of [date] among the days of its scope up to and including [date], 1 for the highest;
// unit "rank". [within]: "record" (the whole series), "year", "month" (that calendar month of that
// year), "calendar-month" (all such months). [tied]: how many days share the place.
DTL_CHECK
bool dtl_measure_rank(const dtl_measure *m, dtl_date date, dtl_str within, dtl_arena *arena,
                      dtl_fact *out, int64_t *tied, dtl_error *err);
// The last earlier day whose value was at least that of [date]: a date fact; DTL_ENONE: none was.
DTL_CHECK
bool dtl_measure_highest_since(const dtl_measure *m, dtl_date date, dtl_arena *arena, dtl_fact *out,
                               dtl_error *err);
// The day on which the running total from [start] first reached [n], up to [end]: a date fact.
DTL_CHECK
bool dtl_measure_first_reaching(const dtl_measure *m, int64_t n, dtl_date start, dtl_date end,
                                dtl_arena *arena, dtl_fact *out, dtl_error *err);
// How many days in a row up to and including [date] were zero; unit "day", from..to the run; 0 when
// [date] was not.
DTL_CHECK
bool dtl_measure_gap(const dtl_measure *m, dtl_date date, dtl_arena *arena, dtl_fact *out,
                     dtl_error *err);
// How many days from [from] to [to] had at least [min]; unit "day".
DTL_CHECK
bool dtl_measure_days(const dtl_measure *m, dtl_date from, dtl_date to, int64_t min,
                      dtl_arena *arena, dtl_fact *out, dtl_error *err);
// The mean per day.
DTL_CHECK
bool dtl_measure_mean(const dtl_measure *m, dtl_date from, dtl_date to, dtl_arena *arena,
                      dtl_fact *out, dtl_error *err);
// The last period with a value: a date fact (a week's last day for weekly series).
DTL_CHECK
bool dtl_measure_latest(const dtl_measure *m, dtl_arena *arena, dtl_fact *out, dtl_error *err);
// How many of the days from [from] to [to] have a value: unit "day"; the note lists what is absent.
DTL_CHECK
bool dtl_measure_coverage(const dtl_measure *m, dtl_date from, dtl_date to, dtl_arena *arena,
                          dtl_fact *out, dtl_error *err);

#endif
