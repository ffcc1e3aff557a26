// core/base/date.h - calendar dates (proleptic Gregorian, ISO 8601), no clock, no time zone.
#ifndef DTL_BASE_DATE_H
#define DTL_BASE_DATE_H

#include "base/buf.h"

// Days since 1970-01-01. DTL_DATE_NONE where there is none.
typedef int32_t dtl_date;
#define DTL_DATE_NONE INT32_MIN
// Years 1 to 9999 only: everything else is refused where it is read.
enum {
    DTL_YEAR_MIN = 1,
    DTL_YEAR_MAX = 9999
};

typedef struct dtl_civil {
    int year;
    int month;  // 1..12
    int day;    // 1..31
} dtl_civil;

DTL_CHECK
bool dtl_date_make(int year, int month, int day, dtl_date *out);  // false: no such day
dtl_civil dtl_date_civil(dtl_date date);
int dtl_date_weekday(dtl_date date);  // ISO: Monday 1 .. Sunday 7
int dtl_date_year(dtl_date date);
dtl_date dtl_date_year_start(int year);  // DTL_DATE_NONE for a year that is not 1 to 9999
dtl_date dtl_date_year_end(int year);
dtl_date dtl_date_month_start(dtl_date date);
dtl_date dtl_date_month_end(dtl_date date);
int dtl_date_days_in_month(int year, int month);  // 0 for a month that is not 1 to 12
// The same calendar date in [year]; 29 February falls back to 28 February, with [*moved] true.
dtl_date dtl_date_in_year(dtl_date date, int year, bool *moved);

// Exactly "2024-10-18": false on anything else.
DTL_CHECK
bool dtl_date_parse(dtl_str text, dtl_date *out);
// By [format], which knows: %Y year (4 digits), %m month and %d day (1 or 2 digits), %B month name
// and %b its first three letters, %A weekday name and %a its first three letters (both English, any
// case, must agree with the date), %H:%M:%S read and dropped; a space takes any run of spaces;
// all else is literal. Without %d it is the first of the month, without %m or %b the first of the
// year ("Dec 2021" names a month by its first day). False when [text] does not fit whole.
DTL_CHECK
bool dtl_date_parse_format(dtl_str text, dtl_str format, dtl_date *out);
void dtl_date_add(dtl_buf *out, dtl_date date);  // "2024-10-18"
const char *dtl_date_month_name(int month);      // "October"
const char *dtl_date_weekday_name(int weekday);  // "Friday"

// A moment: milliseconds since 1970-01-01T00:00:00Z.
typedef int64_t dtl_moment;
#define DTL_MOMENT_LATEST INT64_MAX
// "2024-10-19T11:58:00Z", "2024-10-19T11:58:00+01:00", "2024-10-19 11:58" or a date (its first
// millisecond; dtl_moment_end_of gives its last). Always normalised to UTC, which is also what a
// text without an offset means. Seconds may have a fraction, read to the millisecond.
DTL_CHECK
bool dtl_moment_parse(dtl_str text, dtl_moment *out);
dtl_moment dtl_moment_start_of(dtl_date date);
dtl_moment dtl_moment_end_of(dtl_date date);
dtl_date dtl_moment_date(dtl_moment moment);  // the nearest of years 1 to 9999
// "2024-10-19T11:58:00Z", with ".999" before the Z where there are milliseconds; "latest".
void dtl_moment_add(dtl_buf *out, dtl_moment moment);

#endif
