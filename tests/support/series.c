// tests/support/series.c - series made for tests, by way of a real store in memory.
#include "support/series.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"

enum {
    FIGURES_BYTES_MAX = 1 << 20,
    FIGURES_ROWS_MAX = 5000
};

// A DTL_STR where only a constant may stand.
#define TEXT(literal)                                                                              \
    {                                                                                              \
        "" literal, sizeof(literal) - 1                                                            \
    }
#define MEASURE(column_name, column_unit)                                                          \
    {                                                                                              \
        .name = TEXT(column_name), .title = TEXT(column_name), .unit = TEXT(column_unit),          \
        .role = DTL_ROLE_MEASURE                                                                   \
    }
#define COLUMN(column_name, column_role)                                                           \
    {                                                                                              \
        .name = TEXT(column_name), .title = TEXT(column_name), .role = (column_role)               \
    }

static const dtl_str date_formats[] = {TEXT("%Y-%m-%d")};

static const dtl_column daily_columns[] = {
    COLUMN("date", DTL_ROLE_PERIOD),
    MEASURE("people", "person"),
    MEASURE("boats", "boat"),
    MEASURE("uncontrolled_boats", "boat"),
};
const dtl_dataset test_daily = {
    .name = TEXT("small-boats-daily"),
    .title = TEXT("Small boats"),
    .publisher = TEXT("Home Office"),
    .licence = TEXT("Open Government Licence v3.0"),
    .grain = DTL_GRAIN_DAY,
    .provisional = true,
    .date_formats = date_formats,
    .date_format_count = DTL_COUNT(date_formats),
    .columns = daily_columns,
    .column_count = DTL_COUNT(daily_columns),
};

static const dtl_column weekly_columns[] = {
    COLUMN("week_ending", DTL_ROLE_PERIOD),
    MEASURE("people", "person"),
    MEASURE("boats", "boat"),
    MEASURE("uncontrolled_boats", "boat"),
    MEASURE("people_prevented", "person"),
    MEASURE("prevention_events", "event"),
};
const dtl_dataset test_weekly = {
    .name = TEXT("small-boats-weekly"),
    .title = TEXT("Small boats by week"),
    .publisher = TEXT("Home Office"),
    .grain = DTL_GRAIN_WEEK,
    .week_end = 7,
    .date_formats = date_formats,
    .date_format_count = DTL_COUNT(date_formats),
    .columns = weekly_columns,
    .column_count = DTL_COUNT(weekly_columns),
};

static const dtl_column monthly_columns[] = {
    COLUMN("month", DTL_ROLE_PERIOD),
    MEASURE("returns", "person"),
};
const dtl_dataset test_monthly = {
    .name = TEXT("returns"),
    .title = TEXT("Returns"),
    .grain = DTL_GRAIN_MONTH,
    .date_formats = date_formats,
    .date_format_count = DTL_COUNT(date_formats),
    .columns = monthly_columns,
    .column_count = DTL_COUNT(monthly_columns),
};

static const dtl_column yearly_columns[] = {
    COLUMN("year", DTL_ROLE_PERIOD),
    MEASURE("claims", "claim"),
};
const dtl_dataset test_yearly = {
    .name = TEXT("claims"),
    .title = TEXT("Claims"),
    .grain = DTL_GRAIN_YEAR,
    .date_formats = date_formats,
    .date_format_count = DTL_COUNT(date_formats),
    .columns = yearly_columns,
    .column_count = DTL_COUNT(yearly_columns),
};

static const dtl_column deaths_columns[] = {
    COLUMN("as_at", DTL_ROLE_PERIOD),
    COLUMN("source", DTL_ROLE_DIMENSION),
    MEASURE("deaths", "death"),
    COLUMN("reported_by", DTL_ROLE_ATTRIBUTION),
};
const dtl_dataset test_deaths = {
    .name = TEXT("channel-deaths"),
    .title = TEXT("Deaths"),
    .grain = DTL_GRAIN_AS_AT,
    .kind = DTL_RELEASE_HAND,
    .date_formats = date_formats,
    .date_format_count = DTL_COUNT(date_formats),
    .columns = deaths_columns,
    .column_count = DTL_COUNT(deaths_columns),
};

static void need(bool ok, const char *what, const dtl_error *err)
{
    if (ok)
        return;
    printf("%s: %s\n", what, err ? err->message : "");
    exit(EXIT_FAILURE);
}

dtl_date test_date(const char *iso)
{
    dtl_date date = DTL_DATE_NONE;
    need(dtl_date_parse(dtl_str_from(iso), &date), iso, NULL);
    return date;
}

uint64_t test_random_next(test_random *random)
{
    random->state += 0x9e3779b97f4a7c15;  // splitmix64
    uint64_t z = random->state;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

int64_t test_random_below(test_random *random, int64_t limit)
{
    return (int64_t)(test_random_next(random) % (uint64_t)limit);
}

dtl_store *test_store_new(void)
{
    dtl_store *store = NULL;
    dtl_error err = {0};
    need(dtl_store_open_memory(&store, &err), "a store in memory", &err);
    return store;
}

static void add_row(dtl_writer *writer, const dtl_dataset *dataset, const test_row *row,
                    int64_t line)
{
    dtl_value values[TEST_MEASURES_MAX];
    dtl_filter dimension;
    dtl_row out = {.period = row->period, .values = values, .dimensions = &dimension, .line = line};
    for (size_t i = 0; i < dataset->column_count; i++) {
        const dtl_column *column = &dataset->columns[i];
        if (column->role == DTL_ROLE_DIMENSION) {
            dimension = (dtl_filter){column->name, dtl_str_from(row->dimension)};
            out.dimension_count = 1;
        }
        if (column->role != DTL_ROLE_MEASURE)
            continue;
        int64_t value = row->values[out.value_count];
        bool has_value = value != TEST_NOT_COLLECTED;
        values[out.value_count++] = (dtl_value){
            .measure = column,
            .has_value = has_value,
            .value = has_value ? value : 0,
            .missing = has_value ? DTL_STR("") : DTL_STR("not_collected"),
        };
    }
    out.attribution = dtl_str_from(row->attribution);
    dtl_error err = {0};
    need(dtl_writer_add(writer, &out, &err), "a row", &err);
}

// What the bytes of a file would hash to: different for each release.
static dtl_str make_hash(char out[65], const dtl_dataset *dataset, dtl_date published)
{
    snprintf(out, 65, "%-32.32s%032d", dataset->name.data, published);
    return dtl_str_from(out);
}

int64_t test_store_add(dtl_store *store, const dtl_dataset *dataset, dtl_date published,
                       const test_row *rows, size_t count)
{
    char hash[65];
    dtl_release_info info = {
        .dataset = dataset,
        .file_name = DTL_STR("figures.csv"),
        .sha256 = make_hash(hash, dataset, published),
        .published = published,
        .retrieved = dtl_moment_start_of(published),
        .kind = DTL_RELEASE_WINDOW,
    };
    dtl_writer *writer = NULL;
    dtl_release_result result = {0};
    dtl_error err = {0};
    need(dtl_writer_begin(store, &info, &writer, &result, &err) && writer, "a release", &err);
    for (size_t i = 0; i < count; i++)
        add_row(writer, dataset, &rows[i], (int64_t)i + 2);
    need(dtl_writer_finish(writer, true, &result, &err), "a release", &err);
    return result.release_id;
}

// The next field of a line without quotes, moving [line] behind it.
static dtl_str take_field(dtl_str *line)
{
    size_t comma = dtl_str_find(*line, DTL_STR(","));
    dtl_str field = dtl_str_slice(*line, 0, comma);
    *line = comma == SIZE_MAX ? DTL_STR("") : dtl_str_slice(*line, comma + 1, line->size);
    return field;
}

static test_row read_row(const dtl_dataset *dataset, dtl_str line)
{
    test_row row = {0};
    dtl_str date = take_field(&line);
    need(dtl_date_parse(date, &row.period), "a date in the figures", NULL);
    if (dataset->grain == DTL_GRAIN_WEEK)
        row.period -= 6;
    for (size_t i = 0; i < TEST_MEASURES_MAX; i++) {
        if (!dtl_str_to_int64(take_field(&line), &row.values[i]))
            row.values[i] = TEST_NOT_COLLECTED;
    }
    return row;
}

void test_store_add_figures(dtl_store *store, const dtl_dataset *dataset)
{
    char path[256];
    snprintf(path, sizeof path, "scripts/datasets/%.*s.csv", DTL_ARG(dataset->name));
    dtl_buf bytes = {0};
    dtl_error err = {0};
    need(dtl_file_read(path, FIGURES_BYTES_MAX, &bytes, &err), path, &err);
    test_row *rows = dtl_realloc_array(NULL, FIGURES_ROWS_MAX, sizeof *rows);
    size_t count = 0;
    dtl_str text = dtl_buf_str(&bytes);
    for (bool header = true; text.size; header = false) {
        size_t end = dtl_str_find(text, DTL_STR("\n"));
        dtl_str line = dtl_str_trim(dtl_str_slice(text, 0, end));
        text = end == SIZE_MAX ? DTL_STR("") : dtl_str_slice(text, end + 1, text.size);
        if (header || line.size == 0)
            continue;
        need(count < FIGURES_ROWS_MAX, "too many figures", NULL);
        rows[count++] = read_row(dataset, line);
    }
    test_store_add(store, dataset, test_date("2026-08-21"), rows, count);
    free(rows);
    dtl_buf_release(&bytes);
}

dtl_series *test_series_of(dtl_store *store, const dtl_series_key *key)
{
    dtl_series *series = NULL;
    dtl_error err = {0};
    need(dtl_series_load(store, key, &series, &err), "a series", &err);
    return series;
}

dtl_series *test_series(dtl_store *store, const char *dataset, const char *measure)
{
    dtl_series_key key = {
        .dataset = dtl_str_from(dataset),
        .measure = dtl_str_from(measure),
        .as_of = DTL_MOMENT_LATEST,
    };
    return test_series_of(store, &key);
}
