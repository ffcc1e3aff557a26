// core/fact/fact.h - an exact number or date that knows what it is, where it comes from, and how to
// be computed again without the script.
#ifndef DTL_FACT_FACT_H
#define DTL_FACT_FACT_H

#include "base/arena.h"
#include "base/json.h"
#include "base/number.h"
#include "series/series.h"

typedef enum dtl_fact_kind {
    DTL_FACT_NUMBER,
    DTL_FACT_DATE,
} dtl_fact_kind;

enum {
    DTL_FACT_EXPRESSION_MAX = 16384,  // bytes: a longer one nobody can check
    DTL_FACT_LABEL_MAX = 256,         // a longer one is "a figure computed from others"
    DTL_FACT_NOTE_MAX = 1024          // beyond it: "and further notes"
};

// Text and lists are borrowed: from the arena they were made in, or from a packed copy.
typedef struct dtl_fact {
    dtl_fact_kind kind;
    dtl_rational value;   // NUMBER
    dtl_date date_value;  // DATE
    dtl_str unit;         // "person", "boat", "person/boat", "percent", "day", "rank", "" ...
    dtl_str label;        // "people, 1 January to 18 October 2024"
    dtl_str expression;   // "people.total(2024-01-01, 2024-10-18)"; arithmetic nests: "(a - b) / b"
    dtl_str note;         // "29 February compared with 28 February"; who said it; or ""
    dtl_date from, to;    // the period it speaks of
    bool provisional;
    const int64_t *releases;  // the releases it rests on, ascending, distinct
    size_t release_count;
} dtl_fact;

// A copy of [fact] in one block of [dtl_fact_packed_size] bytes (aligned as malloc does), with its
// text inside: it lives as long as the block.
size_t dtl_fact_packed_size(const dtl_fact *fact);
const dtl_fact *dtl_fact_pack(const dtl_fact *fact, void *block);
dtl_fact dtl_fact_copy(dtl_arena *arena, const dtl_fact *fact);

// Arithmetic. Units follow: like plus like, unlike times or over unlike makes "person/boat", like
// over like is a bare ratio (unit ""). DTL_ENONE: zero base, or dates in arithmetic that has no
// meaning; DTL_EUSAGE: adding people to boats; DTL_ELIMIT: does not fit 64 bits.
// A date minus a date is days; a date plus or minus a whole number of days is a date.
typedef enum dtl_fact_op {
    DTL_FACT_ADD,
    DTL_FACT_SUB,
    DTL_FACT_MUL,
    DTL_FACT_DIV,
} dtl_fact_op;
DTL_CHECK
bool dtl_fact_combine(dtl_fact_op op, const dtl_fact *a, const dtl_fact *b, dtl_arena *arena,
                      dtl_fact *out, dtl_error *err);
// How much [now] is above [was], in per cent of [was]: unit "percent", exact, negative for a fall; it
// speaks of the period of [now]. DTL_ENONE: [was] is zero or less.
DTL_CHECK
bool dtl_fact_change(const dtl_fact *now, const dtl_fact *was, dtl_arena *arena, dtl_fact *out,
                     dtl_error *err);
// A number that is no figure from data: a constant in a script's arithmetic (unit "").
dtl_fact dtl_fact_constant(dtl_rational value, dtl_arena *arena);

// Its figure as text, the one way: "28,204", "64.7", "2024-10-18". Counts whole, ratios and per
// cents with one decimal, trimmed; more where that would round something to nothing ("0.002").
void dtl_fact_add_text(dtl_buf *out, const dtl_fact *fact);
// All of its fields but the sources, into the object under way: kind ("fact" or "date"), value, exact,
// unit, text, label, expression, note, from, to, provisional.
void dtl_fact_put_fields(dtl_json *json, const dtl_fact *fact);
// The object of the command line's `--to json` (design.md, "The command line"): those fields, and
// sources, a list of objects with release, dataset, publisher, licence, published, file, sha256, from
// [store].
DTL_CHECK
bool dtl_fact_add_json(dtl_buf *out, const dtl_fact *fact, dtl_store *store, dtl_error *err);

#endif
