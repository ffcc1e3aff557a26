// core/store/dataset.h - what a dataset is: its source, its grain, the columns its files have.
//
// Plain data, made from a Lua manifest (scripts/datasets) or read back from a store. Nothing about
// any one dataset is in C.
#ifndef DTL_STORE_DATASET_H
#define DTL_STORE_DATASET_H

#include "base/arena.h"
#include "base/date.h"
#include "base/error.h"

// What one row speaks of. DTL_GRAIN_AS_AT: a running count as at a date (a statement, not a flow:
// never summed). DTL_GRAIN_EVENT: a named span of days, kept in the table event.
typedef enum dtl_grain {
    DTL_GRAIN_DAY,
    DTL_GRAIN_WEEK,
    DTL_GRAIN_MONTH,
    DTL_GRAIN_YEAR,
    DTL_GRAIN_AS_AT,
    DTL_GRAIN_EVENT,
} dtl_grain;

typedef enum dtl_role {
    DTL_ROLE_PERIOD,       // the date a row is for: a day; a week's last day; an as-at date
    DTL_ROLE_MEASURE,      // a count
    DTL_ROLE_DIMENSION,    // a text that tells series apart: source, country, scope
    DTL_ROLE_ATTRIBUTION,  // who said this one value: kept with it, printed with it
    DTL_ROLE_KEY,          // an event's name
    DTL_ROLE_LABEL,        // an event's words
    DTL_ROLE_FROM,         // an event's first day
    DTL_ROLE_TO,           // an event's last day, inclusive; empty: goes on
    DTL_ROLE_IGNORED,      // known, read by nobody
} dtl_role;

// A text in a cell that means "no value", and the reason it stands for: "-" is "not_collected".
typedef struct dtl_missing_mark {
    dtl_str mark;  // compared after trimming, ASCII case folded; "" is the empty cell
    dtl_str reason;
} dtl_missing_mark;

typedef struct dtl_column {
    dtl_str name;   // the name that scripts and views use: "people"
    dtl_str title;  // "people who arrived"
    dtl_str unit;   // measures: "person", "boat", "death", "event"
    dtl_role role;
    const dtl_str *headers;  // accepted header texts, already normalised (dtl_header_normalise)
    size_t header_count;
    const dtl_missing_mark *missing;  // asked before the dataset's own marks
    size_t missing_count;
    bool optional;  // the file may lack it
    bool may_be_negative;
} dtl_column;

// What a file of this dataset is a statement about (data.md, section 8).
typedef enum dtl_release_kind {
    DTL_RELEASE_FULL,    // the whole series: a period that vanishes is held
    DTL_RELEASE_WINDOW,  // some periods: the absent ones are not spoken of
    DTL_RELEASE_HAND,    // entered by hand: as a window
} dtl_release_kind;

enum {
    DTL_DATASET_COLUMN_MAX = 200
};

typedef struct dtl_dataset {
    dtl_str name;         // "small-boats-daily"; its view is small_boats_daily
    dtl_str title;        // "Migrants detected crossing the English Channel in small boats"
    dtl_str publisher;    // "Home Office"
    dtl_str licence;      // "Open Government Licence v3.0"
    dtl_str attribution;  // the line to print
    dtl_str homepage;
    dtl_str caveat;  // what a reader must be told beside every figure of it, or ""
    dtl_grain grain;
    int week_end;  // DTL_GRAIN_WEEK: ISO weekday of a week's last day (Sunday 7)
    dtl_release_kind kind;
    bool provisional;             // every value may still be revised
    bool absent_is_zero;          // an absent row means none (declared by the source), not unknown
    bool fold;                    // equal keys are summed at import, not an error
    const dtl_str *date_formats;  // dtl_date_parse_format, tried in order
    size_t date_format_count;
    const dtl_missing_mark *missing;
    size_t missing_count;
    const dtl_column *columns;
    size_t column_count;
} dtl_dataset;

const char *dtl_grain_name(dtl_grain grain);  // "day" "week" "month" "year" "as_at" "event"
DTL_CHECK
bool dtl_grain_parse(dtl_str text, dtl_grain *out);
const char *dtl_role_name(dtl_role role);
DTL_CHECK
bool dtl_role_parse(dtl_str text, dtl_role *out);
const char *dtl_release_kind_name(dtl_release_kind kind);  // "full" "window" "hand"
DTL_CHECK
bool dtl_release_kind_parse(dtl_str text, dtl_release_kind *out);

// The column of [role] named [name] (or the first of that role when [name] is empty), or NULL.
const dtl_column *dtl_dataset_column(const dtl_dataset *dataset, dtl_role role, dtl_str name);
// Refuses a dataset that could not work: no period column, no measure that every file must have, a
// measure without unit, two columns of one name, no date format, a name that is not [a-z][a-z0-9-]*
// or is one of the store's own tables. DTL_EDATA names the field.
DTL_CHECK
bool dtl_dataset_check(const dtl_dataset *dataset, dtl_error *err);
// Header text as it is compared: without BOM, leading '#', quotes, note marks ("[note 3]"); white
// space (and NBSP) folded to one space; ASCII lower case. In the arena.
dtl_str dtl_header_normalise(dtl_arena *arena, dtl_str text);
// "small-boats-daily" -> "small_boats_daily".
dtl_str dtl_dataset_view_name(dtl_arena *arena, dtl_str name);

#endif
