// core/app/option_values.c - the readers of option values: text, dates, sizes, durations.
#include "app/options.h"

enum {
    CHOICES_MAX = 16
};

#define DURATION_MAX ((int64_t)24 * 60 * 60 * 1000)  // a day: beyond it a limit limits nothing
#define SIZE_LIMIT ((int64_t)1 << 40)                // a tebibyte, for the same reason

// What a suffix stands for, the longest first where one ends another.
typedef struct unit {
    const char *suffix;
    int64_t factor;
} unit;

static const unit size_units[] = {
    {"KiB", 1 << 10}, {"MiB", 1 << 20}, {"GiB", 1 << 30}, {"KB", 1 << 10}, {"MB", 1 << 20},
    {"GB", 1 << 30},  {"K", 1 << 10},   {"M", 1 << 20},   {"G", 1 << 30},  {"", 1},
};
static const unit time_units[] = {{"ms", 1}, {"s", 1000}, {"m", 60000}};

static bool refuse(const dtl_option *option, dtl_str text, const char *expected, dtl_error *err)
{
    dtl_error_set(err, DTL_EUSAGE, "--%s: '%.*s' is not understood", option->name, DTL_ARG(text));
    return dtl_error_expected(err, "%s", expected);
}

bool dtl_read_text(const dtl_option *option, dtl_str text, void *out, dtl_error *err)
{
    (void)option;
    (void)err;
    *(dtl_str *)out = text;
    return true;
}

bool dtl_read_path(const dtl_option *option, dtl_str text, void *out, dtl_error *err)
{
    if (text.size == 0)
        return refuse(option, text, "a file name", err);
    *(const char **)out = text.data;  // of an argument, so a NUL stands behind it
    return true;
}

bool dtl_read_list(const dtl_option *option, dtl_str text, void *out, dtl_error *err)
{
    dtl_option_list *list = out;
    if (list->count == DTL_OPTION_LIST_MAX)
        return dtl_error_set(err, DTL_EUSAGE, "--%s is given more than %d times", option->name,
                             DTL_OPTION_LIST_MAX);
    if (!dtl_read_path(option, text, &list->values[list->count], err))
        return false;
    list->count++;
    return true;
}

static size_t split_choices(const char *text, dtl_str *out)
{
    size_t count = 0;
    dtl_str rest = dtl_str_from(text);
    while (rest.size && count < CHOICES_MAX) {
        size_t end = dtl_str_find(rest, DTL_STR("|"));
        out[count++] = dtl_str_slice(rest, 0, end);
        rest = end == SIZE_MAX ? DTL_STR("") : dtl_str_slice(rest, end + 1, rest.size);
    }
    return count;
}

bool dtl_read_choice(const dtl_option *option, dtl_str text, void *out, dtl_error *err)
{
    dtl_str choices[CHOICES_MAX];
    dtl_buf expected = {0};
    size_t count = split_choices(option->value, choices);
    for (size_t i = 0; i < count; i++) {
        if (dtl_str_equal(text, choices[i])) {
            *(int *)out = (int)i;
            dtl_buf_release(&expected);
            return true;
        }
        const char *between = i == 0 ? "" : i + 1 < count ? ", " : " or ";
        dtl_buf_printf(&expected, "%s%.*s", between, DTL_ARG(choices[i]));
    }
    refuse(option, text, expected.data, err);
    dtl_buf_release(&expected);
    dtl_str meant = dtl_str_nearest(text, choices, count);
    if (meant.size)
        dtl_error_hint(err, "did you mean '%.*s'?", DTL_ARG(meant));
    return false;
}

bool dtl_read_date(const dtl_option *option, dtl_str text, void *out, dtl_error *err)
{
    return dtl_date_parse(text, out) || refuse(option, text, "a date such as 2024-10-18", err);
}

bool dtl_read_as_of(const dtl_option *option, dtl_str text, void *out, dtl_error *err)
{
    dtl_date date;
    if (dtl_str_equal(text, DTL_STR("latest")))
        *(dtl_moment *)out = DTL_MOMENT_LATEST;
    else if (dtl_date_parse(text, &date))
        *(dtl_moment *)out = dtl_moment_end_of(date);
    else
        return dtl_read_moment(option, text, out, err);
    return true;
}

bool dtl_read_moment(const dtl_option *option, dtl_str text, void *out, dtl_error *err)
{
    return dtl_moment_parse(text, out) ||
           refuse(option, text,
                  "a date such as 2024-10-18, or a moment such as 2024-10-18T11:58:00Z", err);
}

// [text] as a whole number and one of [units]; false when it is zero, or more than [most].
static bool read_quantity(dtl_str text, const unit *units, size_t count, int64_t most, int64_t *out)
{
    for (size_t i = 0; i < count; i++) {
        dtl_str suffix = dtl_str_from(units[i].suffix);
        if (!dtl_str_ends(text, suffix))
            continue;
        int64_t number;
        if (!dtl_str_to_int64(dtl_str_slice(text, 0, text.size - suffix.size), &number))
            return false;
        if (number <= 0 || number > most / units[i].factor)
            return false;
        *out = number * units[i].factor;
        return true;
    }
    return false;
}

bool dtl_read_size(const dtl_option *option, dtl_str text, void *out, dtl_error *err)
{
    int64_t bytes;
    if (!read_quantity(text, size_units, DTL_COUNT(size_units), SIZE_LIMIT, &bytes))
        return refuse(option, text, "a size above zero such as 500K, 64M or 1G, at most 1024G",
                      err);
    *(size_t *)out = (size_t)bytes;
    return true;
}

bool dtl_read_duration(const dtl_option *option, dtl_str text, void *out, dtl_error *err)
{
    return read_quantity(text, time_units, DTL_COUNT(time_units), DURATION_MAX, out) ||
           refuse(option, text, "a time above zero such as 500ms, 10s or 2m, at most 1440m", err);
}

bool dtl_read_count(const dtl_option *option, dtl_str text, void *out, dtl_error *err)
{
    int64_t number;
    if (!dtl_str_to_int64(text, &number) || number < 0)
        return refuse(option, text, "a whole number, zero or more", err);
    *(int64_t *)out = number;
    return true;
}
