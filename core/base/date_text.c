// core/base/date_text.c - dates and moments read and written: no time zone names, no locale.
#include <assert.h>

#include "base/date.h"

enum {
    SECOND_MS = 1000,
    MINUTE_MS = 60 * SECOND_MS,
    HOUR_MS = 60 * MINUTE_MS,
    DATE_SIZE = 10,  // "2024-10-18"
    NAME_SIZE = 9,   // no name is longer than "September"
    SHORT_SIZE = 3,
};

// A place in a text that is being read.
typedef struct scan {
    dtl_str text;
    size_t at;
} scan;

static bool at_end(const scan *s)
{
    return s->at >= s->text.size;
}

static bool next_is(const scan *s, char c)
{
    return !at_end(s) && s->text.data[s->at] == c;
}

static bool read_char(scan *s, char c)
{
    if (!next_is(s, c))
        return false;
    s->at++;
    return true;
}

static bool read_spaces(scan *s)
{
    size_t start = s->at;
    while (next_is(s, ' '))
        s->at++;
    return s->at > start;
}

// Reads [fewest] to [most] digits: false when there are fewer.
static bool read_digits(scan *s, size_t fewest, size_t most, int *out)
{
    size_t start = s->at;
    int value = 0;
    while (!at_end(s) && s->at - start < most) {
        int digit = s->text.data[s->at] - '0';
        if (digit < 0 || digit > 9)
            break;
        value = value * 10 + digit;
        s->at++;
    }
    *out = value;
    return s->at - start >= fewest;
}

static char to_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool read_word(scan *s, dtl_str word)
{
    dtl_str part = dtl_str_slice(s->text, s->at, s->at + word.size);
    if (part.size != word.size)
        return false;
    for (size_t i = 0; i < word.size; i++)
        if (to_lower(part.data[i]) != to_lower(word.data[i]))
            return false;
    s->at += word.size;
    return true;
}

// Reads a name, or its first letters up to [size]: its number, from 1.
static bool read_name(scan *s, const char *(*name_of)(int), int count, size_t size, int *out)
{
    for (int i = 1; i <= count; i++) {
        if (read_word(s, dtl_str_slice(dtl_str_from(name_of(i)), 0, size))) {
            *out = i;
            return true;
        }
    }
    return false;
}

bool dtl_date_parse(dtl_str text, dtl_date *out)
{
    scan s = {text, 0};
    int year;
    int month;
    int day;
    return read_digits(&s, 4, 4, &year) && read_char(&s, '-') && read_digits(&s, 2, 2, &month) &&
           read_char(&s, '-') && read_digits(&s, 2, 2, &day) && at_end(&s) &&
           dtl_date_make(year, month, day, out);
}

// What a format may ask for; 0 means that it did not (yet).
typedef struct parts {
    int year;
    int month;
    int day;
    int weekday;
} parts;

// A part that a format asks for twice must be the same both times.
static bool agree(int *part, int value)
{
    bool same = *part == 0 || *part == value;
    *part = value;
    return same && value > 0;
}

static bool read_directive(scan *s, char directive, parts *found)
{
    int value;
    switch (directive) {
    case 'Y':
        return read_digits(s, 4, 4, &value) && agree(&found->year, value);
    case 'm':
        return read_digits(s, 1, 2, &value) && agree(&found->month, value);
    case 'd':
        return read_digits(s, 1, 2, &value) && agree(&found->day, value);
    case 'B':
        return read_name(s, dtl_date_month_name, 12, NAME_SIZE, &value) &&
               agree(&found->month, value);
    case 'b':
        return read_name(s, dtl_date_month_name, 12, SHORT_SIZE, &value) &&
               agree(&found->month, value);
    case 'A':
        return read_name(s, dtl_date_weekday_name, 7, NAME_SIZE, &value) &&
               agree(&found->weekday, value);
    case 'a':
        return read_name(s, dtl_date_weekday_name, 7, SHORT_SIZE, &value) &&
               agree(&found->weekday, value);
    case 'H':
        return read_digits(s, 1, 2, &value) && value < 24;
    case 'M':
    case 'S':
        return read_digits(s, 1, 2, &value) && value < 60;
    case '%':
        return read_char(s, '%');
    default:
        return false;
    }
}

bool dtl_date_parse_format(dtl_str text, dtl_str format, dtl_date *out)
{
    scan s = {text, 0};
    parts found = {0};
    for (size_t i = 0; i < format.size; i++) {
        char c = format.data[i];
        bool fits;
        if (c == '%')
            fits = ++i < format.size && read_directive(&s, format.data[i], &found);
        else if (c == ' ')
            fits = (i > 0 && format.data[i - 1] == ' ') || read_spaces(&s);
        else
            fits = read_char(&s, c);
        if (!fits)
            return false;
    }
    dtl_date date;
    int month = found.month ? found.month : 1;
    int day = found.day ? found.day : 1;
    if (!at_end(&s) || !dtl_date_make(found.year, month, day, &date) ||
        (found.weekday && found.weekday != dtl_date_weekday(date)))
        return false;
    *out = date;
    return true;
}

void dtl_date_add(dtl_buf *out, dtl_date date)
{
    assert(date != DTL_DATE_NONE);
    dtl_civil civil = dtl_date_civil(date);
    dtl_buf_printf(out, "%04d-%02d-%02d", civil.year, civil.month, civil.day);
}

// Reads ".5" as 500, or nothing as 0. What is finer than a millisecond is dropped.
static bool read_fraction(scan *s, int *ms)
{
    *ms = 0;
    if (!read_char(s, '.'))
        return true;
    size_t start = s->at;
    bool ok = read_digits(s, 1, 9, ms);
    for (size_t digits = s->at - start; digits < 3; digits++)
        *ms *= 10;
    for (size_t digits = s->at - start; digits > 3; digits--)
        *ms /= 10;
    return ok;
}

// Reads "11:58", "11:58:00" or "11:58:00.5".
static bool read_clock(scan *s, int *ms)
{
    int hour;
    int minute;
    int second = 0;
    int fraction = 0;
    if (!read_digits(s, 2, 2, &hour) || !read_char(s, ':') || !read_digits(s, 2, 2, &minute))
        return false;
    if (read_char(s, ':') && (!read_digits(s, 2, 2, &second) || !read_fraction(s, &fraction)))
        return false;
    *ms = hour * HOUR_MS + minute * MINUTE_MS + second * SECOND_MS + fraction;
    return hour < 24 && minute < 60 && second < 60;
}

// Reads "Z", "+01:00" or nothing, which is UTC.
static bool read_offset(scan *s, int *ms)
{
    int hours;
    int minutes;
    *ms = 0;
    if (at_end(s) || read_char(s, 'Z') || read_char(s, 'z'))
        return true;
    bool west = next_is(s, '-');
    s->at++;
    if (!west && s->text.data[s->at - 1] != '+')
        return false;
    if (!read_digits(s, 2, 2, &hours) || !read_char(s, ':') || !read_digits(s, 2, 2, &minutes))
        return false;
    *ms = hours * HOUR_MS + minutes * MINUTE_MS;
    if (west)
        *ms = -*ms;
    return hours < 24 && minutes < 60;
}

bool dtl_moment_parse(dtl_str text, dtl_moment *out)
{
    scan s = {text, DATE_SIZE};
    dtl_date date;
    int clock = 0;
    int offset = 0;
    if (!dtl_date_parse(dtl_str_slice(text, 0, DATE_SIZE), &date))
        return false;
    if (!at_end(&s)) {
        if (!read_char(&s, 'T') && !read_char(&s, 't') && !read_char(&s, ' '))
            return false;
        if (!read_clock(&s, &clock) || !read_offset(&s, &offset) || !at_end(&s))
            return false;
    }
    dtl_moment moment = dtl_moment_start_of(date) + clock - offset;
    if (moment < dtl_moment_start_of(dtl_date_year_start(DTL_YEAR_MIN)) ||
        moment > dtl_moment_end_of(dtl_date_year_end(DTL_YEAR_MAX)))
        return false;
    *out = moment;
    return true;
}

void dtl_moment_add(dtl_buf *out, dtl_moment moment)
{
    if (moment == DTL_MOMENT_LATEST) {
        DTL_BUF_LITERAL(out, "latest");
        return;
    }
    dtl_date date = dtl_moment_date(moment);
    int ms = (int)(moment - dtl_moment_start_of(date));
    dtl_date_add(out, date);
    dtl_buf_printf(out, "T%02d:%02d:%02d", ms / HOUR_MS, ms / MINUTE_MS % 60, ms / SECOND_MS % 60);
    if (ms % SECOND_MS)
        dtl_buf_printf(out, ".%03d", ms % SECOND_MS);
    dtl_buf_add_char(out, 'Z');
}
