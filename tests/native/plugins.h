// tests/native/plugins.h - native plugins at work in tests: a file through one, into a store.
#ifndef DTL_TESTS_NATIVE_PLUGINS_H
#define DTL_TESTS_NATIVE_PLUGINS_H

#include <stdio.h>

#include "base/file.h"
#include "plugin/native.h"
#include "support/imports.h"

// Inline, not static: no test has use for all of them.
static inline dtl_plugin_info shipped(const char *name, dtl_arena *arena)
{
    dtl_plugin_info info;
    dtl_str folder = dtl_arena_printf(arena, "%s/%s", DTL_SHIPPED_PLUGINS, name);
    dtl_plugin_manifest_read(folder.data, DTL_PLUGIN_FROM_OPTION, arena, &info);
    dtl_test_check(info.usable, info.problem.message, __FILE__, __LINE__);
    return info;
}

// Reads [bytes] with the importer [name], and imports what came of it by the fixture's options.
static inline bool import_with(const dtl_plugin_info *info, const char *name, const char *file_name,
                               dtl_str bytes, const dtl_native_limits *limits, fixture *f)
{
    dtl_arena arena = {0};
    dtl_importer importer;
    const dtl_importer *list[] = {&importer};
    const dtl_importer_list importers = {list, 1};
    const dtl_source_file file = {.path = dtl_str_from(file_name), .bytes = bytes};
    dtl_import_report_release(&f->report);
    f->err = (dtl_error){0};
    f->options.importers = &importers;
    bool ok =
        dtl_native_import(info, dtl_str_from(name), &file, limits, &arena, &importer, &f->err) &&
        import_text(f, file_name, bytes);
    f->options.importers = NULL;
    dtl_arena_release(&arena);
    return ok;
}

// False: the sample is not at hand.
static inline bool read_sample(const char *name, dtl_buf *out)
{
    char path[512];
    dtl_error err = {0};
    const char *folder = getenv("DATELINE_SAMPLES");
    snprintf(path, sizeof path, "%s/%s", folder ? folder : DTL_SAMPLES, name);
    dtl_buf_clear(out);
    return access(path, R_OK) == 0 && dtl_file_read(path, (size_t)1 << 24, out, &err);
}

// ---- the Home Office's series, as its spreadsheets and pages head them ----

#define NOT_COLLECTED                                                                              \
    .missing = (const dtl_missing_mark[]){{{"", 0}, {"not_collected", 13}},                        \
                                          {{"-", 1}, {"not_collected", 13}}},                      \
    .missing_count = 2

#define PERIOD(heading)                                                                            \
    {                                                                                              \
        .name = {"date", 4}, .role = DTL_ROLE_PERIOD, DTL_HEADERS({heading, sizeof(heading) - 1})  \
    }
#define COUNT(column, of, heading, ...)                                                            \
    {                                                                                              \
        .name = {column, sizeof(column) - 1}, .unit = {of, sizeof(of) - 1},                        \
        .role = DTL_ROLE_MEASURE, DTL_HEADERS({heading, sizeof(heading) - 1}), __VA_ARGS__         \
    }
#define NOTES                                                                                      \
    {                                                                                              \
        .name = {"notes", 5}, .role = DTL_ROLE_IGNORED, .optional = true,                          \
        DTL_HEADERS({"notes", 5})                                                                  \
    }

static const dtl_str sheet_formats[] = {{"%Y-%m-%d", 8}, {"%d %B %Y", 8}};

static const dtl_column sheet_daily_columns[] = {
    PERIOD("date"),
    COUNT("people", "person", "migrants arrived", .optional = false),
    COUNT("boats", "boat", "boats arrived", .optional = false),
    {.name = {"uncontrolled_boats", 18},
     .unit = {"boat", 4},
     .role = DTL_ROLE_MEASURE,
     .optional = true,
     DTL_HEADERS({"boats arrived - involved in uncontrolled landings", 49},
                 {"boats involved in uncontrolled landings", 39}),
     NOT_COLLECTED},
    NOTES,
};

static const dtl_column sheet_weekly_columns[] = {
    PERIOD("week ending"),
    COUNT("people", "person", "migrants arrived", .optional = false),
    COUNT("boats", "boat", "boats arrived", .optional = false),
    COUNT("uncontrolled_boats", "boat", "boats arrived - involved in uncontrolled landings",
          NOT_COLLECTED),
    COUNT("people_prevented", "person", "migrants prevented", NOT_COLLECTED),
    COUNT("prevention_events", "event", "events prevented", NOT_COLLECTED),
    NOTES,
};

static const dtl_dataset sheet_daily = {
    .name = {"small-boats-daily", 17},
    .publisher = {"Home Office", 11},
    .grain = DTL_GRAIN_DAY,
    .kind = DTL_RELEASE_FULL,
    .provisional = true,
    .date_formats = sheet_formats,
    .date_format_count = DTL_COUNT(sheet_formats),
    .columns = sheet_daily_columns,
    .column_count = DTL_COUNT(sheet_daily_columns),
};

static const dtl_dataset sheet_weekly = {
    .name = {"small-boats-weekly", 18},
    .publisher = {"Home Office", 11},
    .grain = DTL_GRAIN_WEEK,
    .week_end = 7,
    .kind = DTL_RELEASE_FULL,
    .provisional = true,
    .date_formats = sheet_formats,
    .date_format_count = DTL_COUNT(sheet_formats),
    .columns = sheet_weekly_columns,
    .column_count = DTL_COUNT(sheet_weekly_columns),
};

static const dtl_dataset *const sheet_datasets[] = {&sheet_daily, &sheet_weekly};

static inline void set_up_sheets(fixture *f)
{
    set_up(f);
    f->options.datasets = sheet_datasets;
    f->options.dataset_count = DTL_COUNT(sheet_datasets);
}

#endif
