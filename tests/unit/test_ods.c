// tests/unit/test_ods.c - OpenDocument spreadsheets: real ones, odd ones, hostile ones.
#include <inttypes.h>
#include <sys/resource.h>

#include "native/plugins.h"
#include "plugin/folder.h"

enum {
    PEAK_MAX_KB = 100 * 1024  // of the process that reads, with all that the test has mapped
};

typedef struct ods {
    fixture f;
    dtl_arena arena;
    dtl_plugin_info info;
    dtl_buf bytes;
} ods;

static void begin(ods *o)
{
    *o = (ods){0};
    set_up_sheets(&o->f);
    o->info = shipped("ods", &o->arena);
}

static void end(ods *o)
{
    tear_down(&o->f);
    dtl_arena_release(&o->arena);
    dtl_buf_release(&o->bytes);
}

// ---- generated files ----

static char made[64];  // the folder they are in

static void remove_made(void)
{
    dtl_error err = {0};
    (void)!dtl_folder_remove(made, &err);
}

// Made once, by the first test that needs them. False: there is no Python.
static bool make_files(void)
{
    char command[200];
    if (made[0])
        return true;
    strcpy(made, "/tmp/dateline-ods-XXXXXX");
    if (!mkdtemp(made))
        return false;
    atexit(remove_made);
    snprintf(command, sizeof command, "python3 tests/native/make_ods.py %s", made);
    return system(command) == 0;
}

static bool read_made(const char *name, dtl_buf *out)
{
    char path[200];
    dtl_error err = {0};
    dtl_buf_clear(out);
    snprintf(path, sizeof path, "%s/%s", made, name);
    return dtl_test_check(dtl_file_read(path, (size_t)1 << 24, out, &err), err.message, __FILE__,
                          __LINE__);
}

static bool import_made(ods *o, const char *name)
{
    return read_made(name, &o->bytes) &&
           import_with(&o->info, "ods", name, dtl_buf_str(&o->bytes), NULL, &o->f);
}

// The records of a file, a line each: "Sheet:row|cell|cell".
static void list_records(ods *o, const char *name, dtl_buf *out)
{
    dtl_importer importer;
    void *state = NULL;
    bool more = true;
    dtl_record record;
    if (!read_made(name, &o->bytes))
        return;
    const dtl_source_file file = {.path = dtl_str_from(name), .bytes = dtl_buf_str(&o->bytes)};
    CHECK(
        dtl_native_import(&o->info, DTL_STR("ods"), &file, NULL, &o->arena, &importer, &o->f.err));
    CHECK(importer.open(&importer, &file, &state, &o->f.err));
    while (importer.next(state, &record, &more, &o->f.err) && more) {
        dtl_buf_printf(out, "%.*s:%" PRId64, DTL_ARG(record.sheet), record.line);
        for (size_t i = 0; i < record.count; i++)
            dtl_buf_printf(out, "|%.*s", DTL_ARG(record.fields[i].text));
        dtl_buf_add_char(out, '\n');
    }
    importer.close(state);
}

TEST(a_cell_is_its_typed_value_and_else_its_text)
{
    ods o;
    dtl_buf out = {0};
    if (!make_files())
        SKIP("python3 is not at hand");
    begin(&o);
    list_records(&o, "cells.ods", &out);
    CHECK_TEXT(dtl_buf_str(&out),
               "Cells:1|a  b\tc\nd e|one\ntwo|true|0.125|64.7|0.0005|-0.0015|1e400|merged||"
               "(a formula without a value)|#DIV/0!|<&>\n"
               "Cells:2|7|7|7||||||||||\n"
               "Cells:3|7|7|7||||||||||\n");
    dtl_buf_clear(&out);
    list_records(&o, "odd.ods", &out);
    CHECK_TEXT(dtl_buf_str(&out), "Cover:1|About these data\n"
                                  "Days:3|Date|Migrants arrived|Boats arrived\n"
                                  "Days:4|2022-09-03|1305|27\n"
                                  "Days:5|2022-09-04|1158|25\n"
                                  "Days:6|2022-09-05|0|0\n");
    dtl_buf_release(&out);
    end(&o);
}

TEST(sheets_that_fit_are_imported_and_the_others_are_named)
{
    ods o;
    if (!make_files())
        SKIP("python3 is not at hand");
    begin(&o);
    CHECK(import_made(&o, "odd.ods"));
    CHECK_INT(o.f.report.result.rows_kept, 3);
    CHECK_INT((int64_t)o.f.report.table_count, 1);
    CHECK_TEXT(o.f.report.tables[0].sheet, "Days");
    CHECK_INT((int64_t)o.f.report.skipped_count, 1);
    CHECK_TEXT(o.f.report.skipped[0].sheet, "Cover");
    CHECK_INT(read_sums(&o.f, "small-boats-daily", "people", DTL_MOMENT_LATEST).sum, 2463);
    o.f.options.has_kind = true;
    o.f.options.kind = DTL_RELEASE_WINDOW;
    CHECK(import_made(&o, "template.ods"));
    CHECK(import_made(&o, "no_type.ods"));
    end(&o);
}

TEST(a_sheet_that_nearly_fits_is_warned_of)
{
    ods o;
    if (!make_files())
        SKIP("python3 is not at hand");
    begin(&o);
    CHECK(import_made(&o, "near.ods"));
    CHECK_INT((int64_t)o.f.report.table_count, 1);
    CHECK_INT((int64_t)o.f.report.warning_count, 1);
    CHECK_STR(o.f.report.warnings[0].message, "passed over: it looks like small-boats-weekly, but "
                                              "has no column 'prevention_events'");
    CHECK_STR(o.f.report.warnings[0].file, "near.ods[Weeks]");
    end(&o);
}

TEST(a_formula_without_a_value_is_told)
{
    ods o;
    if (!make_files())
        SKIP("python3 is not at hand");
    begin(&o);
    CHECK(!import_made(&o, "cells.ods"));  // no dataset
    CHECK_INT((int64_t)o.f.report.warning_count, 1);
    CHECK_STR(o.f.report.warnings[0].message,
              "cells with a formula and no value: 1; open the file, let it calculate, save it");
    end(&o);
}

static void check_refused(ods *o, const char *name, const char *message)
{
    if (!dtl_test_check(!import_made(o, name), name, __FILE__, __LINE__))
        return;
    if (!dtl_test_check_str(o->f.err.message, message, name, __FILE__, __LINE__))
        printf("      in %s\n", name);
    CHECK(store_is_empty(&o->f));
}

TEST(rows_and_sheets_that_do_not_fit_are_refused_with_their_place)
{
    ods o;
    if (!make_files())
        SKIP("python3 is not at hand");
    begin(&o);
    check_refused(&o, "bad_value.ods", "'12x' is not a count");
    CHECK_STR(o.f.err.file, "bad_value.ods[Data]");
    CHECK_INT(o.f.err.line, 2);
    CHECK_INT(o.f.err.column, 2);
    CHECK_STR(o.f.err.cell, "Migrants arrived");
    check_refused(&o, "wide_row.ods", "the row has 4 fields, the header has 3");
    check_refused(&o, "twice.ods", "two tables fit small-boats-daily: \"A\" and \"B\"");
    check_refused(&o, "none_fits.ods",
                  "none of the file's 2 tables is of a dataset that is known: \"A\", \"B\"");
    end(&o);
}

TEST(what_is_no_spreadsheet_is_refused_by_name)
{
    static const struct {
        const char *name;
        const char *message;
    } cases[] = {
        {"page.ods", "the file is a web page or XML, not a spreadsheet"},
        {"zero_byte.ods", "the file is empty"},
        {"pointer.ods", "the file is a pointer to large file storage, not the file itself"},
        {"old_excel.ods",
         "the file is an old or an encrypted Office file, not an OpenDocument spreadsheet"},
        {"noise.ods", "the file is no zip, and so no spreadsheet"},
        {"truncated.ods", "the file is cut off: the zip has no end"},
        {"no_end.ods", "the file is cut off: the zip has no end"},
        {"no_content.ods", "the zip has no content.xml, and so is no spreadsheet"},
        {"text.ods", "the file is an OpenDocument text, not a spreadsheet"},
        {"other_type.ods", "the file says that it is 'text/plain', not a spreadsheet"},
        {"text_content.ods", "content.xml holds no spreadsheet"},
        {"excel.ods", "the file is an Excel workbook: save it as .ods or .csv"},
        {"encrypted.ods", "the spreadsheet is encrypted: save it without a password"},
        {"flagged.ods", "the spreadsheet is encrypted: save it without a password"},
        {"many_entries.ods", "the zip has 1003 entries, and 1000 are allowed"},
    };
    ods o;
    if (!make_files())
        SKIP("python3 is not at hand");
    begin(&o);
    for (size_t i = 0; i < DTL_COUNT(cases); i++)
        check_refused(&o, cases[i].name, cases[i].message);
    end(&o);
}

TEST(hostile_spreadsheets_are_refused_within_little_memory)
{
    static const struct {
        const char *name;
        const char *message;
    } cases[] = {
        {"billion_values.ods",
         "sheet \"S\": a cell that is not empty is repeated 999999999 times; 10000 are allowed"},
        {"billion_rows.ods",
         "sheet \"S\": a row that is not empty is repeated 999999999 times; 10000 are allowed"},
        {"many_cells.ods", "sheet \"S\": the spreadsheet has more than 5000000 cells"},
        {"far_column.ods", "sheet \"S\": a value in column 16385; a spreadsheet has 16384"},
        {"far_row.ods", "sheet \"S\": a value in row 1048577; a spreadsheet has 1048576"},
        {"bad_repeat.ods", "sheet \"S\": number-columns-repeated is '-3', which is no count"},
        {"huge_repeat.ods", "sheet \"S\": number-columns-repeated is '99999999999999999999', which "
                            "is no count"},
        {"laughs.ods", "content.xml has a DOCTYPE, which no spreadsheet needs"},
        {"external.ods", "content.xml has a DOCTYPE, which no spreadsheet needs"},
        {"undeclared.ods", "content.xml is broken in line 1: Entity 'x' not defined"},
        {"deep.ods", "content.xml nests more than 64 elements"},
        {"very_deep.ods", "content.xml nests more than 64 elements"},
        {"large_cell.ods", "sheet \"S\": a cell of more than 1048576 bytes"},
        {"spaces.ods", "sheet \"S\": a cell of more than 1048576 bytes"},
        {"cut_xml.ods", "content.xml is broken in line 1: Extra content at the end of the "
                        "document"},
        {"bad_utf8.ods", "content.xml is broken in line 1: Input is not proper UTF-8, indicate "
                         "encoding !"},
        {"not_xml.ods", "content.xml is broken in line 1: Document is empty"},
        {"damaged.ods", "content.xml is damaged: Zlib error: data error"},
        {"bomb.ods", "content.xml inflates to more than 256 MiB"},
        {"space_bomb.ods", "content.xml is broken in line 1: internal error: Huge input lookup"},
    };
    ods o;
    if (!make_files())
        SKIP("python3 is not at hand");
    begin(&o);
    for (size_t i = 0; i < DTL_COUNT(cases); i++)
        check_refused(&o, cases[i].name, cases[i].message);
#if !defined(__SANITIZE_ADDRESS__)
    struct rusage used;
    CHECK(getrusage(RUSAGE_CHILDREN, &used) == 0);
    CHECK(used.ru_maxrss < PEAK_MAX_KB);
    printf("        the largest of them took %ld KB\n", used.ru_maxrss);
#endif
    end(&o);
}

// Under a leak checker: the same code in this process.
TEST(every_way_out_of_a_file_gives_back_what_it_took)
{
    static const char *const names[] = {
        "plain.ods",   "cells.ods", "odd.ods",    "laughs.ods",    "deep.ods",      "damaged.ods",
        "cut_xml.ods", "text.ods",  "no_end.ods", "encrypted.ods", "bad_repeat.ods"};
    const dtl_native_limits limits = {
        .memory_bytes = (size_t)64 << 20, .output_bytes = (size_t)64 << 20, .in_process = true};
    ods o;
    if (!make_files())
        SKIP("python3 is not at hand");
    begin(&o);
    for (size_t i = 0; i < DTL_COUNT(names); i++)
        if (read_made(names[i], &o.bytes))
            (void)!import_with(&o.info, "ods", names[i], dtl_buf_str(&o.bytes), &limits, &o.f);
    end(&o);
}

// ---- the Home Office's ----

static bool import_sample(ods *o, const char *name, const char *retrieved)
{
    o->f.options.retrieved = dtl_test_moment(retrieved);
    if (!read_sample(name, &o->bytes))
        return false;
    return dtl_test_check(import_with(&o->info, "ods", name, dtl_buf_str(&o->bytes), NULL, &o->f),
                          o->f.err.message, __FILE__, __LINE__);
}

typedef struct by_year {
    int64_t sums[9];  // from 2018
    int64_t not_collected, unknown_before_2023, values_before_2023;
} by_year;

static bool add_day(void *context, const dtl_observation *day, dtl_error *err)
{
    by_year *y = context;
    (void)err;
    int year = dtl_date_year(day->period) - 2018;
    if (year < 0 || year >= 9)
        return true;
    if (day->has_value)
        y->sums[year] += day->value;
    if (dtl_str_equal(day->missing, DTL_STR("not_collected")))
        y->not_collected++;
    if (year < 5 && day->has_value)
        y->values_before_2023++;
    return true;
}

static by_year read_years(ods *o, const char *dataset, const char *measure, dtl_moment as_of)
{
    by_year y = {{0}, 0, 0, 0};
    dtl_error err = {0};
    dtl_test_check(dtl_store_observations(o->f.store, dtl_str_from(dataset), dtl_str_from(measure),
                                          NULL, 0, as_of, add_day, &y, &err),
                   err.message, __FILE__, __LINE__);
    return y;
}

static void check_newest(ods *o)
{
    static const int64_t people[] = {299, 1843, 8462, 28526, 45755, 29437, 36816, 41472, 15897};
    static const int64_t boats[] = {43, 164, 641, 1034, 1110, 602, 695, 672, 234};
    by_year days = read_years(o, "small-boats-daily", "people", DTL_MOMENT_LATEST);
    by_year arrived = read_years(o, "small-boats-daily", "boats", DTL_MOMENT_LATEST);
    for (size_t i = 0; i < DTL_COUNT(people); i++) {
        CHECK_INT(days.sums[i], people[i]);
        CHECK_INT(arrived.sums[i], boats[i]);
    }
    by_year free = read_years(o, "small-boats-daily", "uncontrolled_boats", DTL_MOMENT_LATEST);
    CHECK_INT(free.not_collected, 1826);
    CHECK_INT(free.values_before_2023, 0);
}

TEST(the_newest_spreadsheet_gives_the_published_totals_of_both_series)
{
    ods o;
    begin(&o);
    if (!read_sample("ho_timeseries_pub2026-08-21.ods", &o.bytes)) {
        end(&o);
        SKIP("the sample files are not at hand");
    }
    CHECK(import_sample(&o, "ho_timeseries_pub2026-08-21.ods", "2026-08-21"));
    CHECK_INT((int64_t)o.f.report.table_count, 2);
    CHECK_TEXT(o.f.report.tables[0].sheet, "SB_01");
    CHECK_TEXT(o.f.report.tables[1].dataset, "small-boats-weekly");
    CHECK_INT(o.f.report.tables[0].result.rows_kept, 3154);
    CHECK_INT(o.f.report.tables[1].result.rows_kept, 450);
    CHECK_INT((int64_t)o.f.report.skipped_count, 2);
    check_newest(&o);
    by_year weeks = read_years(&o, "small-boats-weekly", "people_prevented", DTL_MOMENT_LATEST);
    CHECK_INT(weeks.not_collected, 330);
    CHECK(import_sample(&o, "ho_timeseries_pub2026-08-21.ods", "2026-08-22"));
    CHECK(o.f.report.tables[0].result.already_known && o.f.report.tables[1].result.already_known);
    end(&o);
}

TEST(three_vintages_in_any_order_leave_the_same_history)
{
    static const struct {
        const char *name;
        const char *moment;
    } vintages[] = {{"ho_timeseries_pub2025-11-14.ods", "2025-11-14"},
                    {"ho_timeseries_pub2026-06-05.ods", "2026-06-05"},
                    {"ho_timeseries_pub2026-08-21.ods", "2026-08-21"}};
    static const size_t orders[][3] = {{0, 1, 2}, {2, 0, 1}, {1, 2, 0}};
    by_year seen[DTL_COUNT(orders)][DTL_COUNT(vintages)];
    for (size_t order = 0; order < DTL_COUNT(orders); order++) {
        ods o;
        begin(&o);
        if (!read_sample(vintages[0].name, &o.bytes)) {
            end(&o);
            SKIP("the sample files are not at hand");
        }
        for (size_t i = 0; i < 3; i++)
            CHECK(import_sample(&o, vintages[orders[order][i]].name,
                                vintages[orders[order][i]].moment));
        check_newest(&o);
        for (size_t i = 0; i < 3; i++) {
            seen[order][i] = read_years(&o, "small-boats-weekly", "people",
                                        dtl_moment_end_of(dtl_test_date(vintages[i].moment)));
            CHECK(memcmp(&seen[order][i], &seen[0][i], sizeof seen[0][i]) == 0);
        }
        end(&o);
    }
    CHECK(memcmp(&seen[0][0], &seen[0][2], sizeof seen[0][0]) != 0);
}

TEST(one_dataset_of_a_spreadsheet_can_be_picked)
{
    ods o;
    begin(&o);
    if (!read_sample("ho_timeseries_pub2026-06-05.ods", &o.bytes)) {
        end(&o);
        SKIP("the sample files are not at hand");
    }
    o.f.options.dataset = DTL_STR("small-boats-weekly");
    CHECK(import_sample(&o, "ho_timeseries_pub2026-06-05.ods", "2026-06-05"));
    CHECK_INT((int64_t)o.f.report.table_count, 1);
    CHECK_TEXT(o.f.report.dataset, "small-boats-weekly");
    CHECK_INT((int64_t)o.f.report.skipped_count, 3);
    end(&o);
}

// A weekly series in which a dash means nothing.
static const dtl_column no_dash[] = {
    PERIOD("week ending"),
    COUNT("people", "person", "migrants arrived", .optional = false),
    COUNT("people_prevented", "person", "migrants prevented", .optional = false),
};

TEST(one_bad_sheet_keeps_the_good_one_out_as_well)
{
    ods o;
    dtl_dataset strict = sheet_weekly;
    strict.columns = no_dash;
    strict.column_count = DTL_COUNT(no_dash);
    const dtl_dataset *datasets[] = {&sheet_daily, &strict};
    begin(&o);
    o.f.options.datasets = datasets;
    if (!read_sample("ho_timeseries_pub2026-06-05.ods", &o.bytes)) {
        end(&o);
        SKIP("the sample files are not at hand");
    }
    CHECK(!import_with(&o.info, "ods", "a.ods", dtl_buf_str(&o.bytes), NULL, &o.f));
    CHECK_STR(o.f.err.file, "a.ods[SB_02]");
    CHECK(store_is_empty(&o.f));
    end(&o);
}
