// tests/support/datasets.h - datasets for tests, as a manifest would describe them.
#ifndef DTL_TESTS_SUPPORT_DATASETS_H
#define DTL_TESTS_SUPPORT_DATASETS_H

#include <stdlib.h>
#include <unistd.h>

#include "store/store.h"

#define DTL_HEADERS(...)                                                                           \
    .headers = (const dtl_str[]){__VA_ARGS__},                                                     \
    .header_count = DTL_COUNT(((const dtl_str[]){__VA_ARGS__}))

static const dtl_str dtl_test_formats[] = {{"%Y-%m-%d", 8}, {"%d %B %Y", 8}};
static const dtl_missing_mark dtl_test_marks[] = {{{"-", 1}, {"not_collected", 13}},
                                                  {{"[x]", 3}, {"unavailable", 11}}};

static const dtl_column dtl_test_daily_columns[] = {
    {.name = {"date", 4}, .title = {"date", 4}, .role = DTL_ROLE_PERIOD, DTL_HEADERS({"date", 4})},
    {.name = {"people", 6},
     .title = {"people who arrived", 18},
     .unit = {"person", 6},
     .role = DTL_ROLE_MEASURE,
     DTL_HEADERS({"people", 6}, {"migrants", 8}, {"migrants arrived", 16})},
    {.name = {"boats", 5},
     .title = {"boats", 5},
     .unit = {"boat", 4},
     .role = DTL_ROLE_MEASURE,
     DTL_HEADERS({"boats", 5}, {"boats arrived", 13})},
    {.name = {"uncontrolled_boats", 18},
     .title = {"boats in uncontrolled landings", 30},
     .unit = {"boat", 4},
     .role = DTL_ROLE_MEASURE,
     .optional = true,
     DTL_HEADERS({"uncontrolled_boats", 18}, {"uncontrolled boats", 18}),
     .missing = (const dtl_missing_mark[]){{{"", 0}, {"not_collected", 13}}},
     .missing_count = 1},
};

static const dtl_dataset dtl_test_daily = {
    .name = {"small-boats-daily", 17},
    .title = {"Small boats, daily", 18},
    .publisher = {"Home Office", 11},
    .licence = {"Open Government Licence v3.0", 28},
    .attribution = {"Contains public sector information", 34},
    .homepage = {"https://example.org/", 20},
    .grain = DTL_GRAIN_DAY,
    .kind = DTL_RELEASE_FULL,
    .provisional = true,
    .date_formats = dtl_test_formats,
    .date_format_count = DTL_COUNT(dtl_test_formats),
    .missing = dtl_test_marks,
    .missing_count = DTL_COUNT(dtl_test_marks),
    .columns = dtl_test_daily_columns,
    .column_count = DTL_COUNT(dtl_test_daily_columns),
};

static const dtl_column dtl_test_weekly_columns[] = {
    {.name = {"week_ending", 11},
     .role = DTL_ROLE_PERIOD,
     DTL_HEADERS({"week_ending", 11}, {"week ending", 11})},
    {.name = {"people", 6},
     .unit = {"person", 6},
     .role = DTL_ROLE_MEASURE,
     DTL_HEADERS({"people", 6}, {"migrants_arrived", 16})},
    {.name = {"people_prevented", 16},
     .unit = {"person", 6},
     .role = DTL_ROLE_MEASURE,
     .optional = true,
     DTL_HEADERS({"people_prevented", 16}, {"migrants_prevented", 18})},
};

static const dtl_dataset dtl_test_weekly = {
    .name = {"small-boats-weekly", 18},
    .title = {"Small boats, weekly", 19},
    .publisher = {"Home Office", 11},
    .grain = DTL_GRAIN_WEEK,
    .week_end = 7,
    .kind = DTL_RELEASE_FULL,
    .provisional = true,
    .date_formats = dtl_test_formats,
    .date_format_count = DTL_COUNT(dtl_test_formats),
    .missing = dtl_test_marks,
    .missing_count = DTL_COUNT(dtl_test_marks),
    .columns = dtl_test_weekly_columns,
    .column_count = DTL_COUNT(dtl_test_weekly_columns),
};

static const dtl_column dtl_test_deaths_columns[] = {
    {.name = {"as_at", 5}, .role = DTL_ROLE_PERIOD, DTL_HEADERS({"as_at", 5})},
    {.name = {"source", 6}, .role = DTL_ROLE_DIMENSION, DTL_HEADERS({"source", 6})},
    {.name = {"scope", 5}, .role = DTL_ROLE_DIMENSION, DTL_HEADERS({"scope", 5})},
    {.name = {"deaths", 6},
     .unit = {"death", 5},
     .role = DTL_ROLE_MEASURE,
     DTL_HEADERS({"deaths", 6})},
    {.name = {"missing", 7},
     .unit = {"person", 6},
     .role = DTL_ROLE_MEASURE,
     .may_be_negative = true,
     .optional = true,
     DTL_HEADERS({"missing", 7}),
     .missing = (const dtl_missing_mark[]){{{"", 0}, {"not_reported", 12}}},
     .missing_count = 1},
    {.name = {"reported_by", 11}, .role = DTL_ROLE_ATTRIBUTION, DTL_HEADERS({"reported_by", 11})},
    {.name = {"year", 4}, .role = DTL_ROLE_IGNORED, DTL_HEADERS({"year", 4})},
};

static const dtl_dataset dtl_test_deaths = {
    .name = {"channel-deaths", 14},
    .title = {"Deaths", 6},
    .grain = DTL_GRAIN_AS_AT,
    .kind = DTL_RELEASE_HAND,
    .date_formats = dtl_test_formats,
    .date_format_count = DTL_COUNT(dtl_test_formats),
    .columns = dtl_test_deaths_columns,
    .column_count = DTL_COUNT(dtl_test_deaths_columns),
};

static const dtl_column dtl_test_events_columns[] = {
    {.name = {"name", 4}, .role = DTL_ROLE_KEY, DTL_HEADERS({"name", 4})},
    {.name = {"label", 5}, .role = DTL_ROLE_LABEL, DTL_HEADERS({"label", 5})},
    {.name = {"from_date", 9}, .role = DTL_ROLE_FROM, DTL_HEADERS({"from", 4})},
    {.name = {"to_date", 7}, .role = DTL_ROLE_TO, DTL_HEADERS({"to", 2})},
};

static const dtl_dataset dtl_test_events = {
    .name = {"events", 6},
    .title = {"Named events", 12},
    .grain = DTL_GRAIN_EVENT,
    .kind = DTL_RELEASE_FULL,
    .date_formats = dtl_test_formats,
    .date_format_count = DTL_COUNT(dtl_test_formats),
    .columns = dtl_test_events_columns,
    .column_count = DTL_COUNT(dtl_test_events_columns),
};

static const dtl_column dtl_test_crossings_columns[] = {
    {.name = {"date", 4}, .role = DTL_ROLE_PERIOD, DTL_HEADERS({"date", 4})},
    {.name = {"departure", 9}, .role = DTL_ROLE_DIMENSION, DTL_HEADERS({"departure", 9})},
    {.name = {"landing", 7}, .role = DTL_ROLE_DIMENSION, DTL_HEADERS({"landing", 7})},
    {.name = {"people", 6},
     .unit = {"person", 6},
     .role = DTL_ROLE_MEASURE,
     DTL_HEADERS({"people", 6})},
    {.name = {"boats", 5},
     .unit = {"boat", 4},
     .role = DTL_ROLE_MEASURE,
     DTL_HEADERS({"boats", 5})},
};

static const dtl_dataset dtl_test_crossings = {
    .name = {"crossings", 9},
    .title = {"Crossings, one row each", 23},
    .grain = DTL_GRAIN_DAY,
    .kind = DTL_RELEASE_FULL,
    .fold = true,
    .date_formats = dtl_test_formats,
    .date_format_count = DTL_COUNT(dtl_test_formats),
    .columns = dtl_test_crossings_columns,
    .column_count = DTL_COUNT(dtl_test_crossings_columns),
};

// A folder of this test's own, removed with dtl_test_folder_remove. Its path is in [path].
static inline void dtl_test_folder_make(char path[64])
{
    strcpy(path, "/tmp/dateline-test-XXXXXX");
    if (!mkdtemp(path))
        abort();
}

static inline void dtl_test_folder_remove(const char *path)
{
    char command[128];
    strcpy(command, "rm -rf ");
    strcat(command, path);
    if (system(command) != 0)
        abort();
}

static inline dtl_date dtl_test_date(const char *text)
{
    dtl_date date;
    if (!dtl_date_parse(dtl_str_from(text), &date))
        abort();
    return date;
}

static inline dtl_moment dtl_test_moment(const char *text)
{
    dtl_moment moment;
    if (!dtl_moment_parse(dtl_str_from(text), &moment))
        abort();
    return moment;
}

#endif
