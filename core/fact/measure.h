// core/fact/measure.h - the questions a script may ask of a measure, each answered by a fact.
//
// A measure is a series under the name scripts use, or one series over another (people per boat).
// Every function gives true and a fact, or false: DTL_ENONE and a reason a reader understands when the
// data cannot say ("people: no figure for 21 August 2026: not yet published (the series ends on 20
// August 2026)"); DTL_EUSAGE when the question has no meaning for this measure (the sum of a running
// count, a week of monthly figures) or for any (a span that ends before it begins); DTL_ELIMIT when
// the exact figure does not fit 64 bits. Facts are made in [arena]. Dates are inclusive, never
// DTL_DATE_NONE but where said.
//
// Expressions are canonical: one way to write each question, ISO dates, one space after each comma and
// around each operator and nowhere else outside quotes; options in braces by name.
//
//   expression = term { (" + " | " - ") term }            left to right, products first
//   term       = factor { (" * " | " / ") factor }
//   factor     = number | "(" expression ")" | "change(" expression ", " expression ")" | call
//   number     = ["-"] digits ["/" digits]                 an exact fraction: "1/3"
//   call       = measure "." question
//   measure    = name ["{" word "=" value {", " word "=" value} "}"] {".as_of(" date ")"}
//              | "(" measure " / " measure ")"
//   name       = word {"." word}                           "people", "departures.boats"
//   value      = a run of letters, digits, "_", ".", "-"; or a JSON string
//   question   = "on(" date ")" | "total(" date ", " date ")" | "year_to_date(" date ")"
//              | "same_point(" date ", " year ")" | "year(" year ")" | "month(" year "-" month ")"
//              | "month_to_date(" date ")" | "week_ending(" date ")" | "last(" n ", " date ")"
//              | "since(" (date | event) ", " date [", {exclusive=true}"] ")"
//              | "peak{by=" ("day" | "month" | "year") ", from=" date ", to=" date "}"
//              | "rank(" date ", {within=" scope "})" | "highest_since(" date ")"
//              | "first_reaching(" n ", {since=" date ", to=" date "})" | "gap(" date ")"
//              | "days{from=" date ", to=" date ", min=" n "}" | "mean(" date ", " date ")"
//              | "latest()" | "coverage(" date ", " date ")"
//   event      = a word of letters, digits, "_", "-" that begins with a letter; or a JSON string
//
// The question is the last word before the brackets that end a call: a brace followed by "." holds
// filters, one that ends the call holds options.
#ifndef DTL_FACT_MEASURE_H
#define DTL_FACT_MEASURE_H

#include "fact/fact.h"

typedef struct dtl_measure {
    dtl_str name;  // canonical: "people", "departures.boats{country=BE}", "(people / boats)"
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
// A sum (for a ratio: sum over sum). Every period must have a value, and lie whole in the span.
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
// The seven days ending on [date], or that one week of a weekly series. DTL_EUSAGE: its weeks end on
// another weekday; the hint has the nearest dates on which one ends.
DTL_CHECK
bool dtl_measure_week_ending(const dtl_measure *m, dtl_date date, dtl_arena *arena, dtl_fact *out,
                             dtl_error *err);
// The [n] days up to and including [date].
DTL_CHECK
bool dtl_measure_last(const dtl_measure *m, int64_t n, dtl_date date, dtl_arena *arena,
                      dtl_fact *out, dtl_error *err);
// From [start] (the day after it when [exclusive]) to [date]. [event] names the start in label and
// expression ("people.since(labour, 2024-10-18)") when it came from one, else empty. DTL_ENONE:
// [date] is before the start.
DTL_CHECK
bool dtl_measure_since(const dtl_measure *m, dtl_date start, dtl_str event, bool exclusive,
                       dtl_date date, dtl_arena *arena, dtl_fact *out, dtl_error *err);
// The highest day, month or year from [from] to [to], its value in [out] with from/to the span that
// holds it. Every day must have a value; of months and years only those that lie whole in the span and
// have every value are compared, and the note names those left out. [tied] counts the spans that share
// it, 1 for a sole peak; the earliest is given. DTL_DATE_NONE means the ends of the measure's own
// figures; the expression has the dates.
DTL_CHECK
bool dtl_measure_peak(const dtl_measure *m, dtl_by by, dtl_date from, dtl_date to, dtl_arena *arena,
                      dtl_fact *out, int64_t *tied, dtl_error *err);
// The place of [date] among the days of its scope up to and including [date], 1 for the highest;
// unit "rank". [within]: "record" (the whole series), "year", "month" (that calendar month of that
// year), "calendar-month" (all such months). [tied]: how many days share the place. Of a ratio, days
// without a base have no place.
DTL_CHECK
bool dtl_measure_rank(const dtl_measure *m, dtl_date date, dtl_str within, dtl_arena *arena,
                      dtl_fact *out, int64_t *tied, dtl_error *err);
// The last earlier day whose value was at least that of [date]: a date fact. DTL_ENONE: none was, or
// a day without a figure comes first.
DTL_CHECK
bool dtl_measure_highest_since(const dtl_measure *m, dtl_date date, dtl_arena *arena, dtl_fact *out,
                               dtl_error *err);
// The day on which the running total from [start] first reached [n], up to [end] (DTL_DATE_NONE: the
// last day of the series): a date fact. Not for ratios.
DTL_CHECK
bool dtl_measure_first_reaching(const dtl_measure *m, int64_t n, dtl_date start, dtl_date end,
                                dtl_arena *arena, dtl_fact *out, dtl_error *err);
// How many days in a row up to and including [date] were zero; unit "day", from..to the run; 0 when
// [date] was not. The note says when the run goes back to where the series begins. Not for ratios.
DTL_CHECK
bool dtl_measure_gap(const dtl_measure *m, dtl_date date, dtl_arena *arena, dtl_fact *out,
                     dtl_error *err);
// How many days from [from] to [to] had at least [min]; unit "day".
DTL_CHECK
bool dtl_measure_days(const dtl_measure *m, dtl_date from, dtl_date to, int64_t min,
                      dtl_arena *arena, dtl_fact *out, dtl_error *err);
// The mean per day: unit "person/day". Not for ratios.
DTL_CHECK
bool dtl_measure_mean(const dtl_measure *m, dtl_date from, dtl_date to, dtl_arena *arena,
                      dtl_fact *out, dtl_error *err);
// The last period with a value: a date fact (a week's last day for weekly series).
DTL_CHECK
bool dtl_measure_latest(const dtl_measure *m, dtl_arena *arena, dtl_fact *out, dtl_error *err);
// How many of the days from [from] to [to] have a value (or lie in a week, month or year that has):
// unit "day"; the note lists what is absent.
DTL_CHECK
bool dtl_measure_coverage(const dtl_measure *m, dtl_date from, dtl_date to, dtl_arena *arena,
                          dtl_fact *out, dtl_error *err);

#endif
