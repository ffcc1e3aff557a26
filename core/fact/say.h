// core/fact/say.h - labels, reasons and expressions: templates filled with what is asked about.
//
// All wording of this layer stands in templates such as "$s: no figure for $r: not yet published
// (the series ends on $E)", so that it can be read and changed in one place a file.
#ifndef DTL_FACT_SAY_H
#define DTL_FACT_SAY_H

#include "base/arena.h"
#include "base/date.h"
#include "base/error.h"

typedef struct dtl_saying {
    dtl_str name;     // $m as expressions have it: "departures.boats{country=BE}"
    dtl_str subject;  // $s as readers have it: "boats (BE)"
    dtl_date date;    // $d "2024-10-18", $D "18 October 2024"
    dtl_date edge;    // $E in words: where a series begins or ends
    // $f and $t, ISO; $p "1 January to 18 October 2024"; $r the same inside a sentence, $w with its
    // preposition: "on 18 October 2024", "in 2024", "from 1 January to 18 October 2024".
    dtl_date from, to;
    bool is_week;  // that span is called "week ending 13 October 2024"
    // What it was compared with: $g and $h, ISO; $q in words; $v with its preposition.
    dtl_date scope_from, scope_to;
    int64_t number;       // $n "28000", $N "28,000"
    int64_t part, whole;  // $a and $b, as $N
    int year;             // $y
    dtl_str word;         // $x
    dtl_str other;        // $z
} dtl_saying;

// Adds [template] with each $letter filled in. Another letter is a caller's bug.
void dtl_say(dtl_buf *out, const char *template, const dtl_saying *with);
dtl_str dtl_say_in(dtl_arena *arena, const char *template, const dtl_saying *with);
// Sets [err]; returns false.
bool dtl_say_error(dtl_error *err, dtl_code code, const char *template, const dtl_saying *with);

void dtl_say_date(dtl_buf *out, dtl_date date);               // "18 October 2024"
void dtl_say_span(dtl_buf *out, dtl_date from, dtl_date to);  // "7 to 13 October 2024", "2024"
void dtl_say_integer(dtl_buf *out, int64_t value);            // "28000"
void dtl_say_word(dtl_buf *out, dtl_str text);                // as it is, or quoted as in JSON

#endif
