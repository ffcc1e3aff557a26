// core/store/dataset.c - what makes a dataset sound, and how its parts are named.
#include "store/dataset.h"

// Names that the store's own tables have; a view may not take one.
static const char *const reserved_names[] = {
    "coverage", "dataset", "dataset_column",   "dataset_format", "dataset_header", "dataset_mark",
    "day",      "event",   "event_statement",  "held",           "note",           "observation",
    "release",  "series",  "series_dimension", "source",
};

static const char *const grain_names[] = {
    [DTL_GRAIN_DAY] = "day",   [DTL_GRAIN_WEEK] = "week",   [DTL_GRAIN_MONTH] = "month",
    [DTL_GRAIN_YEAR] = "year", [DTL_GRAIN_AS_AT] = "as_at", [DTL_GRAIN_EVENT] = "event",
};

static const char *const role_names[] = {
    [DTL_ROLE_PERIOD] = "period",
    [DTL_ROLE_MEASURE] = "measure",
    [DTL_ROLE_DIMENSION] = "dimension",
    [DTL_ROLE_ATTRIBUTION] = "attribution",
    [DTL_ROLE_KEY] = "key",
    [DTL_ROLE_LABEL] = "label",
    [DTL_ROLE_FROM] = "from",
    [DTL_ROLE_TO] = "to",
    [DTL_ROLE_IGNORED] = "ignored",
};

static const char *const kind_names[] = {
    [DTL_RELEASE_FULL] = "full",
    [DTL_RELEASE_WINDOW] = "window",
    [DTL_RELEASE_HAND] = "hand",
};

static bool find_name(const char *const *names, size_t count, dtl_str text, size_t *out)
{
    for (size_t i = 0; i < count; i++) {
        if (dtl_str_equal(dtl_str_from(names[i]), text)) {
            *out = i;
            return true;
        }
    }
    return false;
}

const char *dtl_grain_name(dtl_grain grain)
{
    return grain_names[grain];
}

bool dtl_grain_parse(dtl_str text, dtl_grain *out)
{
    size_t at;
    if (!find_name(grain_names, DTL_COUNT(grain_names), text, &at))
        return false;
    *out = (dtl_grain)at;
    return true;
}

const char *dtl_role_name(dtl_role role)
{
    return role_names[role];
}

bool dtl_role_parse(dtl_str text, dtl_role *out)
{
    size_t at;
    if (!find_name(role_names, DTL_COUNT(role_names), text, &at))
        return false;
    *out = (dtl_role)at;
    return true;
}

const char *dtl_release_kind_name(dtl_release_kind kind)
{
    return kind_names[kind];
}

bool dtl_release_kind_parse(dtl_str text, dtl_release_kind *out)
{
    size_t at;
    if (!find_name(kind_names, DTL_COUNT(kind_names), text, &at))
        return false;
    *out = (dtl_release_kind)at;
    return true;
}

const dtl_column *dtl_dataset_column(const dtl_dataset *dataset, dtl_role role, dtl_str name)
{
    for (size_t i = 0; i < dataset->column_count; i++) {
        const dtl_column *column = &dataset->columns[i];
        if (column->role == role && (name.size == 0 || dtl_str_equal(column->name, name)))
            return column;
    }
    return NULL;
}

// [a-z][a-z0-9]* with [joiner] allowed behind the first letter.
static bool is_name(dtl_str text, char joiner)
{
    if (text.size == 0 || text.data[0] < 'a' || text.data[0] > 'z')
        return false;
    for (size_t i = 1; i < text.size; i++) {
        char c = text.data[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == joiner))
            return false;
    }
    return true;
}

static bool is_reserved(dtl_str name)
{
    for (size_t i = 0; i < DTL_COUNT(reserved_names); i++) {
        dtl_str reserved = dtl_str_from(reserved_names[i]);
        size_t at = 0;
        while (at < name.size && at < reserved.size &&
               (name.data[at] == '-' ? '_' : name.data[at]) == reserved.data[at])
            at++;
        if (at == name.size && at == reserved.size)
            return true;
    }
    return dtl_str_starts(name, DTL_STR("sqlite-"));
}

static bool check_name(const dtl_dataset *dataset, dtl_error *err)
{
    if (!is_name(dataset->name, '-'))
        return dtl_error_set(err, DTL_EDATA,
                             "dataset name '%.*s' must be lower-case letters, digits and '-'",
                             DTL_ARG(dataset->name));
    if (is_reserved(dataset->name))
        return dtl_error_set(err, DTL_EDATA, "dataset name '%.*s' is taken by the store itself",
                             DTL_ARG(dataset->name));
    return true;
}

static bool check_column(const dtl_dataset *dataset, size_t index, dtl_error *err)
{
    const dtl_column *column = &dataset->columns[index];
    if (!is_name(column->name, '_'))
        return dtl_error_set(err, DTL_EDATA,
                             "dataset %.*s: column name '%.*s' must be lower-case letters, digits "
                             "and '_'",
                             DTL_ARG(dataset->name), DTL_ARG(column->name));
    for (size_t i = 0; i < index; i++)
        if (dtl_str_equal(dataset->columns[i].name, column->name))
            return dtl_error_set(err, DTL_EDATA, "dataset %.*s: two columns are named '%.*s'",
                                 DTL_ARG(dataset->name), DTL_ARG(column->name));
    if (column->role == DTL_ROLE_MEASURE && column->unit.size == 0)
        return dtl_error_set(err, DTL_EDATA, "dataset %.*s: measure '%.*s' has no unit",
                             DTL_ARG(dataset->name), DTL_ARG(column->name));
    return true;
}

static size_t count_role(const dtl_dataset *dataset, dtl_role role, bool required_only)
{
    size_t count = 0;
    for (size_t i = 0; i < dataset->column_count; i++)
        if (dataset->columns[i].role == role && !(required_only && dataset->columns[i].optional))
            count++;
    return count;
}

static bool check_roles(const dtl_dataset *dataset, dtl_error *err)
{
    dtl_str name = dataset->name;
    if (dataset->grain == DTL_GRAIN_EVENT) {
        if (count_role(dataset, DTL_ROLE_KEY, true) != 1 ||
            count_role(dataset, DTL_ROLE_FROM, true) != 1)
            return dtl_error_set(err, DTL_EDATA,
                                 "dataset %.*s: events need one key column and one from column",
                                 DTL_ARG(name));
        return true;
    }
    if (count_role(dataset, DTL_ROLE_PERIOD, true) != 1)
        return dtl_error_set(err, DTL_EDATA, "dataset %.*s: needs one period column",
                             DTL_ARG(name));
    if (count_role(dataset, DTL_ROLE_MEASURE, true) == 0)
        return dtl_error_set(err, DTL_EDATA,
                             "dataset %.*s: needs a measure that every file must have",
                             DTL_ARG(name));
    if (count_role(dataset, DTL_ROLE_ATTRIBUTION, false) > 1)
        return dtl_error_set(err, DTL_EDATA, "dataset %.*s: has two attribution columns",
                             DTL_ARG(name));
    return true;
}

bool dtl_dataset_check(const dtl_dataset *dataset, dtl_error *err)
{
    if (!check_name(dataset, err))
        return false;
    if (dataset->column_count == 0 || dataset->column_count > DTL_DATASET_COLUMN_MAX)
        return dtl_error_set(err, DTL_EDATA, "dataset %.*s: needs 1 to %d columns, not %zu",
                             DTL_ARG(dataset->name), DTL_DATASET_COLUMN_MAX, dataset->column_count);
    for (size_t i = 0; i < dataset->column_count; i++)
        if (!check_column(dataset, i, err))
            return false;
    if (!check_roles(dataset, err))
        return false;
    if (dataset->date_format_count == 0)
        return dtl_error_set(err, DTL_EDATA, "dataset %.*s: needs a date format",
                             DTL_ARG(dataset->name));
    if (dataset->grain == DTL_GRAIN_WEEK && (dataset->week_end < 1 || dataset->week_end > 7))
        return dtl_error_set(err, DTL_EDATA,
                             "dataset %.*s: the last day of a week is 1 (Monday) to 7 (Sunday), "
                             "not %d",
                             DTL_ARG(dataset->name), dataset->week_end);
    return true;
}

static bool is_blank(dtl_str text, size_t at, size_t *size)
{
    static const char nbsp[] = "\xc2\xa0";
    char c = text.data[at];
    *size = 1;
    if (c == ' ' || (c >= '\t' && c <= '\r'))
        return true;
    *size = 2;
    return text.size - at >= 2 && memcmp(text.data + at, nbsp, 2) == 0;
}

static char to_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

// The size of a note mark ("[note 3]", "[notes 1, 2]") that starts at [at], or 0.
static size_t note_size(dtl_str text, size_t at)
{
    static const char word[] = "[note";
    size_t size = sizeof word - 1;
    if (text.size - at < size)
        return 0;
    for (size_t i = 0; i < size; i++)
        if (to_lower(text.data[at + i]) != word[i])
            return 0;
    for (size_t i = at + size; i < text.size; i++)
        if (text.data[i] == ']')
            return i + 1 - at;
    return 0;
}

static dtl_str fold_spaces(dtl_arena *arena, dtl_str text)
{
    char *out = dtl_arena_alloc(arena, text.size + 1);
    size_t size = 0;
    bool pending = false;
    for (size_t at = 0; at < text.size;) {
        size_t step = note_size(text, at);
        if (step || is_blank(text, at, &step)) {
            pending = true;
            at += step;
            continue;
        }
        if (pending && size)
            out[size++] = ' ';
        pending = false;
        out[size++] = to_lower(text.data[at++]);
    }
    out[size] = '\0';
    return (dtl_str){out, size};
}

static dtl_str strip_quotes(dtl_str text)
{
    if (text.size >= 2 && (text.data[0] == '"' || text.data[0] == '\'') &&
        text.data[text.size - 1] == text.data[0])
        return dtl_str_trim(dtl_str_slice(text, 1, text.size - 1));
    return text;
}

dtl_str dtl_header_normalise(dtl_arena *arena, dtl_str text)
{
    if (dtl_str_starts(text, DTL_STR("\xef\xbb\xbf")))
        text = dtl_str_slice(text, 3, text.size);
    dtl_str folded = strip_quotes(fold_spaces(arena, text));
    if (dtl_str_starts(folded, DTL_STR("#")))
        folded = dtl_str_trim(dtl_str_slice(folded, 1, folded.size));
    return strip_quotes(folded);
}

dtl_str dtl_dataset_view_name(dtl_arena *arena, dtl_str name)
{
    dtl_str copy = dtl_arena_str(arena, name);
    char *out = (char *)copy.data;
    for (size_t i = 0; i < copy.size; i++)
        if (out[i] == '-')
            out[i] = '_';
    return copy;
}
