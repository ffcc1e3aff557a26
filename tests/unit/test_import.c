// tests/unit/test_import.c - one file into the store: all of it, or nothing and every reason.
#include <stdio.h>

#include "base/file.h"
#include "store/query.h"
#include "support/imports.h"

TEST(a_csv_file_finds_its_own_dataset)
{
    fixture f;
    set_up(&f);
    CHECK(IMPORT(&f, "date,people,boats,uncontrolled_boats\n"
                     "2024-10-17,0,0,\n"
                     "2024-10-18,647,10,2\n"));
    CHECK_TEXT(f.report.dataset, "small-boats-daily");
    CHECK_INT(f.report.result.values_new, 6);
    CHECK_INT(f.report.result.rows_kept, 2);
    CHECK_INT((int64_t)f.report.warning_count, 0);
    CHECK_INT(read_sums(&f, "small-boats-daily", "people", DTL_MOMENT_LATEST).sum, 647);
    sums uncontrolled = read_sums(&f, "small-boats-daily", "uncontrolled_boats", DTL_MOMENT_LATEST);
    CHECK_INT(uncontrolled.missing, 1);
    CHECK_INT(uncontrolled.sum, 2);
    tear_down(&f);
}

TEST(the_same_bytes_again_are_known_already)
{
    fixture f;
    set_up(&f);
    CHECK(IMPORT(&f, "date,people,boats\n2024-10-18,647,10\n"));
    CHECK(IMPORT(&f, "date,people,boats\n2024-10-18,647,10\n"));
    CHECK(f.report.result.already_known);
    CHECK(IMPORT(&f, "date,people,boats\r\n2024-10-18,647,10\r\n"));
    CHECK(!f.report.result.already_known);
    CHECK_INT(f.report.result.values_same, 2);
    CHECK_INT(f.report.result.values_new, 0);
    tear_down(&f);
}

static void check_problem(const dtl_error *problem, const char *printed, int line)
{
    dtl_buf text = {0};
    dtl_error_print(problem, &text);
    dtl_test_check_str(text.data, printed, "problem", __FILE__, line);
    dtl_buf_release(&text);
}

TEST(one_bad_cell_imports_nothing_and_is_named)
{
    fixture f;
    set_up(&f);
    CHECK(!IMPORT(&f, "date,people,boats\n"
                      "2024-10-17,0,0\n"
                      "2024-10-18,0[VALORE]0,10\n"
                      "2024-10-19,1.5,x\n"));
    CHECK(store_is_empty(&f));
    CHECK_INT((int64_t)f.report.problem_total, 3);
    check_problem(&f.report.problems[0],
                  "a.csv:3:2: column 'people': '0[VALORE]0' is not a count\n"
                  "  expected: a whole number in digits, or '-' (not_collected), or '[x]' "
                  "(unavailable)\n",
                  __LINE__);
    CHECK_STR(f.report.problems[1].expected,
              "a whole number, without a fraction, or '-' (not_collected), or '[x]' (unavailable)");
    CHECK_INT(f.report.problems[2].column, 3);
    CHECK_STR(f.err.message, f.report.problems[0].message);
    CHECK_INT(f.err.code, DTL_EDATA);
    tear_down(&f);
}

TEST(problems_are_counted_past_those_reported)
{
    fixture f;
    set_up(&f);
    f.options.problem_max = 2;
    CHECK(!IMPORT(&f, "date,people,boats\n2024-10-17,x,y\n2024-10-18,x,y\n"));
    CHECK_INT((int64_t)f.report.problem_count, 2);
    CHECK_INT((int64_t)f.report.problem_total, 4);
    tear_down(&f);
}

TEST(good_rows_are_kept_when_asked_and_few_are_bad)
{
    fixture f;
    dtl_buf text = {0};
    set_up(&f);
    f.options.keep_good_rows = true;
    DTL_BUF_LITERAL(&text, "date,people,boats\n");
    for (int day = 1; day <= 30; day++)
        dtl_buf_printf(&text, "2024-09-%02d,%s,1\n", day, day == 7 ? "7?" : "7");
    CHECK(import_text(&f, "a.csv", dtl_buf_str(&text)));
    CHECK_INT(f.report.result.rows_kept, 29);
    CHECK_INT(f.report.result.rows_held, 1);
    CHECK_INT((int64_t)f.report.problem_total, 1);
    CHECK_INT(read_sums(&f, "small-boats-daily", "people", DTL_MOMENT_LATEST).sum, 29 * 7);
    CHECK(!IMPORT(&f, "date,people,boats\n2024-10-17,x,1\n2024-10-18,2,2\n"));
    CHECK_STR(f.err.message,
              "1 of 2 rows cannot be read, which is more than 5 %; nothing was imported");
    dtl_buf_release(&text);
    tear_down(&f);
}

TEST(what_is_held_keeps_its_place_and_its_text)
{
    fixture f;
    dtl_buf text = {0};
    dtl_query *query;
    bool row = false;
    set_up(&f);
    f.options.keep_good_rows = true;
    DTL_BUF_LITERAL(&text, "date,people,boats\n");
    for (int day = 1; day <= 30; day++)
        dtl_buf_printf(&text, "2024-09-%02d,%s,1\n", day, day == 7 ? "\"7,5\"" : "7");
    CHECK(import_text(&f, "a.csv", dtl_buf_str(&text)));
    CHECK(dtl_query_prepare(
        f.store, DTL_STR("SELECT line, position, header, raw, message FROM held"), &query, &f.err));
    CHECK(dtl_query_step(query, &row, &f.err) && row);
    CHECK_INT(dtl_query_value_at(query, 0).integer, 8);
    CHECK_INT(dtl_query_value_at(query, 1).integer, 2);
    CHECK_TEXT(dtl_query_value_at(query, 2).text, "people");
    CHECK_TEXT(dtl_query_value_at(query, 3).text, "7,5");
    CHECK_TEXT(dtl_query_value_at(query, 4).text, "'7,5' is not a count");
    CHECK(dtl_query_step(query, &row, &f.err) && !row);
    dtl_query_free(query);
    dtl_buf_release(&text);
    tear_down(&f);
}

TEST(a_dash_is_not_collected_and_never_zero)
{
    fixture f;
    set_up(&f);
    CHECK(IMPORT(&f, "date,people,boats\n2024-10-17,-,-\n2024-10-18, [X] ,3\n"));
    CHECK_INT(read_sums(&f, "small-boats-daily", "people", DTL_MOMENT_LATEST).missing, 2);
    CHECK_INT(read_sums(&f, "small-boats-daily", "boats", DTL_MOMENT_LATEST).missing, 1);
    tear_down(&f);
}

TEST(a_blank_means_nothing_unless_the_manifest_says_what)
{
    fixture f;
    set_up(&f);
    CHECK(!IMPORT(&f, "date,people,boats\n2024-10-17,,0\n"));
    CHECK_STR(f.err.message, "an empty cell, and nothing says what that means here");
    tear_down(&f);
}

TEST(counts_are_read_as_sources_write_them)
{
    static const struct {
        const char *text;
        int64_t value;
    } good[] = {{"0", 0},
                {"1305", 1305},
                {"1,305", 1305},
                {"1305.0", 1305},
                {"1,305.000", 1305},
                {"-5", -5},
                {"+5", 5},
                {"12,345,678", 12345678},
                {"007", 7},
                {"9223372036854775807", INT64_MAX},
                {"-9223372036854775808", INT64_MIN}};
    static const char *const bad[] = {
        "",      "1.5",      "1,30",  "12x",      "1e3",
        "1 022", "1.022",    ",305",  "1305.",    "1,,305",
        "13,05", "1234,567", "--1",   "\xc2\xa0", "9223372036854775808",
        "0x10",  "-",        "1,305,"};
    for (size_t i = 0; i < DTL_COUNT(good); i++) {
        int64_t value = -1;
        const char *why = NULL;
        CHECK(dtl_count_parse(dtl_str_from(good[i].text), &value, &why));
        CHECK_INT(value, good[i].value);
    }
    for (size_t i = 0; i < DTL_COUNT(bad); i++) {
        int64_t value = -1;
        const char *why = NULL;
        dtl_test_check(!dtl_count_parse(dtl_str_from(bad[i]), &value, &why), bad[i], __FILE__,
                       __LINE__);
        CHECK(why != NULL);
    }
}

TEST(a_flag_leaves_a_value_a_value)
{
    fixture f;
    set_up(&f);
    CHECK(IMPORT(&f, "date,people,boats\n2024-10-17,\"1,234 [r]\",5 [p]\n"));
    CHECK_INT(read_sums(&f, "small-boats-daily", "people", DTL_MOMENT_LATEST).sum, 1234);
    CHECK(!IMPORT(&f, "date,people,boats\n2024-10-17,12 [f],5\n"));  // a forecast is no count
    tear_down(&f);
}

TEST(headers_are_found_below_titles_and_the_footer_ends_the_data)
{
    fixture f;
    set_up(&f);
    CHECK(IMPORT(&f, "\"Small boats, 2018 to 2024\",,\n"
                     ",,\n"
                     "# Date ,Migrants\xc2\xa0"
                     "Arrived [note 3],\"Boats\n arrived\"\n"
                     "2024-10-17,0,0\n"
                     ",,\n"
                     "End of table,,\n"));
    CHECK_TEXT(f.report.dataset, "small-boats-daily");
    CHECK_INT(f.report.result.rows_kept, 1);
    CHECK(!IMPORT(&f, "date,people,boats\n2024-10-17,0,0\nEnd of table,,\n2024-10-18,0,0\n"));
    CHECK_STR(f.err.message, "a row behind the end of the table");
    CHECK_INT(f.err.line, 4);
    tear_down(&f);
}

TEST(a_table_without_header_is_refused_with_what_was_seen)
{
    fixture f;
    set_up(&f);
    CHECK(!IMPORT(&f, "2026-03-08,0,0\n2026-03-09,1,1\n"));
    CHECK_STR(f.err.message, "no dataset has these headers: '2026-03-08', '0', '0'");
    f.options.dataset = DTL_STR("small-boats-daily");
    CHECK(!IMPORT(&f, "date,peoples,boats\n2026-03-09,1,1\n"));
    CHECK_STR(f.err.message, "no header row of small-boats-daily: no column 'people' among 'date', "
                             "'peoples', 'boats'");
    CHECK_STR(f.err.expected, "small-boats-daily: date, people, boats");
    f.options.dataset = DTL_STR("small-boat-daily");
    CHECK(!IMPORT(&f, "date,people,boats\n2026-03-09,1,1\n"));
    CHECK_INT(f.err.code, DTL_EUSAGE);
    CHECK_STR(f.err.hint, "did you mean 'small-boats-daily'?");
    tear_down(&f);
}

TEST(a_column_that_comes_twice_is_refused)
{
    fixture f;
    set_up(&f);
    CHECK(!IMPORT(&f, "date,people,migrants,boats\n2024-10-17,1,2,3\n"));
    CHECK_STR(f.err.message, "two headers are the column 'people'");
    tear_down(&f);
}

TEST(unknown_columns_are_told)
{
    fixture f;
    set_up(&f);
    CHECK(IMPORT(&f, "date,people,boats,weather\n2024-10-17,1,2,fair\n"));
    CHECK_INT((int64_t)f.report.warning_count, 1);
    CHECK_STR(f.report.warnings[0].message,
              "small-boats-daily does not know these columns: 'weather'");
    tear_down(&f);
}

TEST(ragged_rows_are_refused_by_row_and_never_shifted)
{
    fixture f;
    set_up(&f);
    CHECK(!IMPORT(&f, "date,people,boats\n2024-10-17,1\n2024-10-18,1,2,3\n2024-10-19,1,2\n"));
    CHECK_INT((int64_t)f.report.problem_total, 2);
    CHECK_STR(f.report.problems[0].message, "the row has 2 fields, the header has 3");
    CHECK_INT(f.report.problems[0].line, 2);
    CHECK_STR(f.report.problems[1].message, "the row has 4 fields, the header has 3");
    CHECK_INT(f.report.problems[1].line, 3);
    tear_down(&f);
}

TEST(dates_are_read_by_the_manifests_formats_only)
{
    fixture f;
    set_up(&f);
    CHECK(IMPORT(&f, "date,people,boats\n17 October 2024,1,1\n2024-10-18,1,1\n"));
    CHECK(!IMPORT(&f, "date,people,boats\n03/09/2022,1,1\n"));
    CHECK_STR(f.err.message, "'03/09/2022' is not a date");
    CHECK_STR(f.err.expected, "a date as %Y-%m-%d or %d %B %Y");
    CHECK(!IMPORT(&f, "date,people,boats\n2023-02-29,1,1\n"));
    CHECK(!IMPORT(&f, "date,people,boats\n,1,1\n"));
    CHECK_STR(f.err.message, "the date is empty");
    tear_down(&f);
}

TEST(a_weekday_must_agree_and_a_partial_date_is_no_date)
{
    static const dtl_str formats[] = {{"%a, %m/%d/%Y - %H:%M", 20}};
    fixture f;
    set_up(&f);
    dtl_dataset dataset = dtl_test_daily;
    const dtl_dataset *datasets[] = {&dataset};
    dataset.date_formats = formats;
    dataset.date_format_count = 1;
    f.options.datasets = datasets;
    f.options.dataset_count = 1;
    CHECK(IMPORT(&f, "date,people,boats\n\"Tue, 01/27/2026 - 12:00\",1,1\n"));
    CHECK(!IMPORT(&f, "date,people,boats\n\"Thu, 01/27/2026 - 12:00\",1,1\n"));
    CHECK_STR(f.err.message, "'Thu, 01/27/2026 - 12:00' is not a date");
    CHECK(!IMPORT(&f, "date,people,boats\nin Nov 15,1,1\n"));
    CHECK(!IMPORT(&f, "date,people,boats\n2015,1,1\n"));
    tear_down(&f);
}

TEST(a_date_that_two_formats_read_differently_is_refused)
{
    static const dtl_str formats[] = {{"%d/%m/%Y", 8}, {"%m/%d/%Y", 8}};
    fixture f;
    set_up(&f);
    dtl_dataset dataset = dtl_test_daily;
    const dtl_dataset *datasets[] = {&dataset};
    dataset.date_formats = formats;
    f.options.datasets = datasets;
    f.options.dataset_count = 1;
    CHECK(IMPORT(&f, "date,people,boats\n31/01/2024,1,1\n02/02/2024,1,1\n"));
    CHECK(!IMPORT(&f, "date,people,boats\n03/09/2022,1,1\n"));
    CHECK_STR(f.err.message, "'03/09/2022' may be 2022-09-03 or 2022-03-09");
    tear_down(&f);
}

TEST(a_week_ends_on_the_sources_weekday)
{
    fixture f;
    set_up(&f);
    CHECK(IMPORT(&f, "week_ending,people\n2025-01-05,1\n2025-01-12,2\n"));
    CHECK_TEXT(f.report.dataset, "small-boats-weekly");
    CHECK(!IMPORT(&f, "week_ending,people\n2025-01-04,1\n"));
    CHECK_STR(f.err.message, "'2025-01-04' is a Saturday");
    CHECK_STR(f.err.expected, "the last day of a week, a Sunday");
    tear_down(&f);
}

TEST(rows_dated_after_the_release_are_one_message)
{
    fixture f;
    dtl_buf text = {0};
    set_up(&f);
    f.options.published = dtl_test_date("2024-10-18");
    DTL_BUF_LITERAL(&text, "date,people,boats\n");
    for (int day = 1; day <= 31; day++)
        dtl_buf_printf(&text, "2024-10-%02d,0,0\n", day);
    CHECK(!import_text(&f, "a.csv", dtl_buf_str(&text)));
    CHECK_INT((int64_t)f.report.problem_count, 1);
    CHECK_INT((int64_t)f.report.problem_total, 13);
    CHECK_STR(f.report.problems[0].message, "'2024-10-19' lies after the release");
    CHECK_STR(f.report.problems[0].hint,
              "12 more rows are dated after the release, down to line 32");
    dtl_buf_release(&text);
    tear_down(&f);
}

TEST(equal_keys_warn_when_equal_and_are_refused_when_not)
{
    fixture f;
    set_up(&f);
    CHECK(IMPORT(&f, "date,people,boats\n2024-10-17,1,1\n2024-10-17,1,1\n"));
    CHECK_STR(f.report.warnings[0].message, "1 rows say exactly what an earlier row says");
    CHECK(!IMPORT(&f, "date,people,boats\n2024-10-17,1,1\n2024-10-17,2,1\n"));
    CHECK_STR(f.err.message, "line 2 and line 3 give different values for the same key");
    CHECK_INT(f.err.line, 3);
    tear_down(&f);
}

TEST(negative_counts_are_refused_where_they_cannot_be)
{
    fixture f;
    set_up(&f);
    CHECK(!IMPORT(&f, "date,people,boats\n2024-10-17,-1,1\n"));
    CHECK_STR(f.err.message, "'-1' is negative");
    CHECK(IMPORT(&f, "year,as_at,source,deaths,missing,scope,reported_by\n"
                     "2024,2024-10-17,IOM,17,-5,whole route,IOM list\n"));
    CHECK_TEXT(f.report.dataset, "channel-deaths");
    CHECK_INT(read_sums(&f, "channel-deaths", "missing", DTL_MOMENT_LATEST).sum, -5);
    tear_down(&f);
}

TEST(files_that_are_no_table_are_named_for_what_they_are)
{
    static const struct {
        const char *name;
        dtl_str bytes;
        const char *message;
    } cases[] = {
        {"a.csv", {"<!DOCTYPE html>\n<html>", 22}, "the file is an HTML page"},
        {"a.csv", {"", 0}, "the file is empty"},
        {"a.csv", {" \n \n", 4}, "the file is nothing but white space"},
        {"a.csv",
         {"version https://git-lfs.github.com/spec/v1\n", 43},
         "the file is a pointer to large file storage, not the file itself"},
        {"a.ods", {"PK\x03\x04mimetype", 12}, "the file is a zip file (a spreadsheet, perhaps)"},
        {"a.csv",
         {"\xff\xfe"
          "d\0a\0t\0e\0",
          10},
         "the file is UTF-16"},
        {"a.csv",
         {"date,people,boats\n2024-10-17,1,\xa3"
          "2\n",
          33},
         "byte 0xa3 at offset 31 is no UTF-8"},
        {"a.csv", {"date,people,boats\n", 18}, "no data in the file: a header, and no rows"},
        {"a.csv", {"|# 28 March 2026 | 0 | 0 | 0 | |\n", 33}, NULL},
    };
    fixture f;
    set_up(&f);
    for (size_t i = 0; i < DTL_COUNT(cases); i++) {
        CHECK(!import_text(&f, cases[i].name, cases[i].bytes));
        CHECK_INT(f.err.code, DTL_EDATA);
        if (cases[i].message)
            CHECK_STR(f.err.message, cases[i].message);
    }
    CHECK(store_is_empty(&f));
    tear_down(&f);
}

TEST(a_mark_may_look_like_a_number)
{
    static const dtl_missing_mark zero[] = {{{"0", 1}, {"not_collected", 13}}};
    fixture f;
    set_up(&f);
    dtl_column columns[4];
    dtl_dataset dataset = dtl_test_daily;
    const dtl_dataset *datasets[] = {&dataset};
    memcpy(columns, dtl_test_daily_columns, sizeof columns);
    columns[2].missing = zero;
    columns[2].missing_count = 1;
    dataset.columns = columns;
    f.options.datasets = datasets;
    f.options.dataset_count = 1;
    CHECK(IMPORT(&f, "date,people,boats\n2024-10-17,0,0\n2024-10-18,5,10\n"));
    CHECK_INT(read_sums(&f, "small-boats-daily", "people", DTL_MOMENT_LATEST).missing, 0);
    CHECK_INT(read_sums(&f, "small-boats-daily", "boats", DTL_MOMENT_LATEST).missing, 1);
    tear_down(&f);
}

TEST(a_fault_behind_a_bad_cell_imports_nothing_either)
{
    fixture f;
    dtl_buf text = {0};
    set_up(&f);
    f.options.keep_good_rows = true;
    DTL_BUF_LITERAL(&text, "date,people,boats\n");
    for (int day = 1; day <= 30; day++)
        dtl_buf_printf(&text, "2024-09-%02d,%s,1\n", day, day == 7 ? "7?" : "7");
    DTL_BUF_LITERAL(&text, "2024-10-01,\"7,1\n");
    CHECK(!import_text(&f, "a.csv", dtl_buf_str(&text)));
    CHECK_INT((int64_t)f.report.problem_total, 2);
    CHECK_STR(f.report.problems[1].message, "this quote is never closed");
    CHECK(store_is_empty(&f));
    dtl_buf_release(&text);
    tear_down(&f);
}

TEST(a_fault_in_the_grammar_imports_nothing_even_when_good_rows_are_kept)
{
    fixture f;
    set_up(&f);
    f.options.keep_good_rows = true;
    CHECK(!IMPORT(&f, "date,people,boats\n2024-10-17,1,1\n2024-10-18,\"1,1\n"));
    CHECK_STR(f.err.message, "this quote is never closed");
    CHECK_INT(f.err.line, 3);
    CHECK(store_is_empty(&f));
    tear_down(&f);
}

TEST(events_come_in_with_an_open_end)
{
    fixture f;
    dtl_arena arena = {0};
    dtl_event *events;
    size_t count;
    set_up(&f);
    CHECK(IMPORT(&f, "name,label,from,to\nrecords,since records began,2018-01-01,\n"
                     "johnson,while he was prime minister,2019-07-24,2022-09-05\n"));
    CHECK(dtl_store_events(f.store, DTL_MOMENT_LATEST, &arena, &events, &count, &f.err));
    CHECK_INT((int64_t)count, 2);
    CHECK_TEXT(events[0].label, "since records began");
    CHECK_INT(events[0].to, DTL_DATE_NONE);
    CHECK(!IMPORT(&f, "name,label,from,to\nx,y,2018-01-02,2018-01-01\n"));
    CHECK_STR(f.err.message, "the event ends before it begins");
    dtl_arena_release(&arena);
    tear_down(&f);
}

TEST(a_folding_dataset_sums_its_rows)
{
    fixture f;
    dtl_buf text = {0};
    set_up(&f);
    DTL_BUF_LITERAL(&text, "date,departure,landing,people,boats\n");
    for (int i = 0; i < 5000; i++)
        dtl_buf_printf(&text, "2024-10-%02d,FR,%s,2,1\n", i % 10 + 1, i % 2 ? "Dover" : "Deal");
    CHECK(import_text(&f, "a.csv", dtl_buf_str(&text)));
    CHECK_TEXT(f.report.dataset, "crossings");
    CHECK_INT(f.report.result.rows_kept, 5000);
    CHECK_INT(f.report.result.values_new, 20);
    dtl_buf_release(&text);
    tear_down(&f);
}

TEST(a_half_failing_import_leaves_the_file_byte_for_byte)
{
    fixture f;
    char folder[64];
    char path[96];
    dtl_buf before = {0};
    dtl_buf after = {0};
    set_up(&f);
    dtl_store_close(f.store);
    dtl_test_folder_make(folder);
    snprintf(path, sizeof path, "%s/x.db", folder);
    CHECK(dtl_store_open(path, DTL_STORE_WRITE, &f.store, &f.err));
    CHECK(IMPORT(&f, "date,people,boats\n2024-10-17,1,1\n"));
    CHECK(dtl_file_read(path, 1 << 24, &before, &f.err));
    CHECK(!IMPORT(&f, "date,people,boats\n2024-10-17,2,1\n2024-10-18,3,1\n2024-10-19,x,1\n"));
    f.options.dry_run = true;
    CHECK(IMPORT(&f, "date,people,boats\n2024-10-17,2,1\n2024-10-18,3,1\n"));
    CHECK_INT(f.report.result.values_revised, 1);
    CHECK(dtl_file_read(path, 1 << 24, &after, &f.err));
    CHECK(before.size > 0 && dtl_str_equal(dtl_buf_str(&before), dtl_buf_str(&after)));
    dtl_buf_release(&before);
    dtl_buf_release(&after);
    tear_down(&f);
    dtl_test_folder_remove(folder);
}

typedef struct progress {
    size_t calls, last, total;
} progress;

static void take_progress(void *context, size_t done, size_t total)
{
    progress *p = context;
    CHECK(done >= p->last && done <= total);
    p->calls++;
    p->last = done;
    p->total = total;
}

TEST(progress_only_goes_forward)
{
    fixture f;
    progress p = {0};
    dtl_buf text = {0};
    set_up(&f);
    f.options.progress = take_progress;
    f.options.progress_context = &p;
    DTL_BUF_LITERAL(&text, "date,departure,landing,people,boats\n");
    for (int i = 0; i < 50000; i++)
        DTL_BUF_LITERAL(&text, "2024-10-01,FR,Deal,2,1\n");
    CHECK(import_text(&f, "a.csv", dtl_buf_str(&text)));
    CHECK(p.calls > 3);
    CHECK_INT((int64_t)p.total, (int64_t)text.size);
    dtl_buf_release(&text);
    tear_down(&f);
}
