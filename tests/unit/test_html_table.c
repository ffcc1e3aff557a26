// tests/unit/test_html_table.c - tables of web pages: real pages, odd ones, hostile ones.
#include <inttypes.h>

#include "native/plugins.h"

typedef struct page {
    fixture f;
    dtl_arena arena;
    dtl_plugin_info info;
    dtl_buf bytes;
} page;

static void begin(page *p)
{
    *p = (page){0};
    set_up_sheets(&p->f);
    p->f.options.has_kind = true;
    p->f.options.kind = DTL_RELEASE_WINDOW;
    p->info = shipped("html-table", &p->arena);
}

static void end(page *p)
{
    tear_down(&p->f);
    dtl_arena_release(&p->arena);
    dtl_buf_release(&p->bytes);
}

static bool import_page(page *p, dtl_str bytes)
{
    return import_with(&p->info, "html-table", "a.html", bytes, NULL, &p->f);
}

static bool read_records(page *p, dtl_str bytes, const dtl_native_limits *limits, dtl_buf *out)
{
    dtl_importer importer;
    void *state = NULL;
    bool more = true;
    dtl_record record;
    const dtl_source_file file = {.path = DTL_STR("a.html"), .bytes = bytes};
    p->f.err = (dtl_error){0};
    if (!dtl_native_import(&p->info, DTL_STR("html-table"), &file, limits, &p->arena, &importer,
                           &p->f.err))
        return false;
    CHECK(importer.open(&importer, &file, &state, &p->f.err));
    while (importer.next(state, &record, &more, &p->f.err) && more) {
        dtl_buf_printf(out, "%.*s:%" PRId64, DTL_ARG(record.sheet), record.line);
        for (size_t i = 0; i < record.count; i++)
            dtl_buf_printf(out, "|%.*s", DTL_ARG(record.fields[i].text));
        dtl_buf_add_char(out, '\n');
    }
    importer.close(state);
    return true;
}

static void check_records(const char *html, const char *expected)
{
    page p;
    dtl_buf out = {0};
    begin(&p);
    dtl_test_check(read_records(&p, dtl_str_from(html), NULL, &out), p.f.err.message, __FILE__,
                   __LINE__);
    dtl_buf_add_char(&out, '\0');
    CHECK_STR(out.data, expected);
    dtl_buf_release(&out);
    end(&p);
}

TEST(a_cell_is_its_text_as_a_reader_sees_it)
{
    check_records("<table><tr><th> A\n <b>b</b>c<sup>[note 1]</sup></th><th>D<br>e</th></tr>"
                  "<tr><td>1&nbsp;305<script>x()</script><span hidden>no</span></td>"
                  "<td>&lt;x&gt;&amp;<p>one</p><p>two</p></td></table>",
                  "Table 1:1|A bc[note 1]|D e\nTable 1:2|1 305|<x>& one two\n");
}

TEST(a_header_stands_in_all_it_spans_and_a_figure_once)
{
    check_records("<table><thead><tr><th rowspan=2>Date</th><th colspan=2>Arrived</th></tr>"
                  "<tr><th>People</th><th>Boats</th></tr></thead>"
                  "<tr><td rowspan=2>1 May</td><td colspan=2>7</td></tr>"
                  "<tr><td>8</td><td>2</td></tr></table>",
                  "Table 1:1|Date|Arrived|Arrived\nTable 1:2|Date|People|Boats\n"
                  "Table 1:3|1 May|7|\nTable 1:4||8|2\n");
}

TEST(a_table_is_named_by_its_caption_or_the_heading_above_it)
{
    check_records("<h2>Days <i>2024</i></h2><table><tr><td>1</table>"
                  "<table><caption>Weeks</caption><tr><td>2</table>"
                  "<table><tr><td>3</table>",
                  "Days 2024:1|1\nWeeks:1|2\nDays 2024 (table 3):1|3\n");
}

TEST(a_table_in_a_cell_is_a_table_of_its_own)
{
    check_records("<table><tr><td>a<table><tr><td>inner</td></tr></table>b</td><td>c</td></tr>"
                  "<tr><td>d</td></tr></table>",
                  "Table 1:1|a b|c\nTable 1:2|d\nTable 2:1|inner\n");
}

TEST(a_page_is_read_in_utf_8_or_windows_1252)
{
    check_records("\xef\xbb\xbf<table><tr><td>caf\xc3\xa9</table>", "Table 1:1|caf\xc3\xa9\n");
    check_records("<meta charset=iso-8859-1><table><tr><td>caf\xe9 \x96 \x80</table>",
                  "Table 1:1|caf\xc3\xa9 \xe2\x80\x93 \xe2\x82\xac\n");
}

static void check_refused(dtl_str html, const char *message)
{
    page p;
    dtl_buf out = {0};
    begin(&p);
    CHECK(!read_records(&p, html, NULL, &out));
    CHECK_STR(p.f.err.message, message);
    CHECK_STR(p.f.err.file, "a.html");
    dtl_buf_release(&out);
    end(&p);
}

TEST(a_page_without_a_table_or_in_another_encoding_is_refused)
{
    check_refused(DTL_STR(""), "the file is empty");
    check_refused(DTL_STR("<p>|# 28 March 2026 | 0 | 0 | 0 | |</p>"), "no table found in the page");
    check_refused(DTL_STR("date,people\n2024-10-18,647\n"), "no table found in the page");
    check_refused(DTL_STR("<meta charset=koi8-r><table><tr><td>\xf0\xf1</table>"),
                  "the page is in koi8-r: save it as UTF-8");
    check_refused(DTL_STR("<meta charset=utf-8><table><tr><td>\xf0\xf1</table>"),
                  "the page says that it is UTF-8, and it is not");
    check_refused(DTL_STR("\xff\xfe<\0t\0"), "the page is UTF-16: save it as UTF-8");
    check_refused(DTL_STR("<table>\0</table>"), "a NUL byte: this is no web page");
    check_refused(DTL_STR("<table><tr><td>\x81\xe9</table>"),
                  "byte 0x81 at offset 15 is no character of Windows-1252");
}

static void add_many(dtl_buf *out, const char *text, int count)
{
    for (int i = 0; i < count; i++)
        dtl_buf_add_str(out, dtl_str_from(text));
}

TEST(hostile_pages_are_refused_within_their_limits)
{
    dtl_buf html = {0};
    add_many(&html, "<div>", 200000);
    check_refused(dtl_buf_str(&html),
                  "the page nests more than 240 elements, or holds more than can be read");
    dtl_buf_clear(&html);
    add_many(&html, "<table><tr><td>", 2000);
    check_refused(dtl_buf_str(&html),
                  "the page nests more than 240 elements, or holds more than can be read");
    dtl_buf_clear(&html);
    add_many(&html, "<table><tr><td>1</table>", 501);
    check_refused(dtl_buf_str(&html), "the page has more than 500 tables");
    dtl_buf_clear(&html);
    add_many(&html, "<table><tr><td colspan=1000>1<td>2</table>", 1);
    check_refused(dtl_buf_str(&html), "table \"Table 1\": more than 1000 columns");
    dtl_buf_clear(&html);
    add_many(&html, "<table>", 1);
    add_many(&html, "<tr><td colspan=1000>1", 1001);
    check_refused(dtl_buf_str(&html), "the page's tables have more than 1000000 cells");
    dtl_buf_clear(&html);
    add_many(&html, "<p>8 MB of nothing</p>", 400000);
    check_refused(dtl_buf_str(&html), "the page has 8800000 bytes, and 8388608 are allowed");
    dtl_buf_release(&html);
}

// Under a leak checker: the same code in this process.
TEST(every_way_out_of_a_page_gives_back_what_it_took)
{
    static const char *const pages[] = {"",
                                        "<p>x",
                                        "<table><tr><td>1<td>2<table><tr><td>3",
                                        "<table><tr><th rowspan=9 colspan=9>x<tr><td>y",
                                        "<table><tr><td colspan=1000>1<td>2",
                                        "<meta charset=koi8-r><p>\xf0"};
    const dtl_native_limits limits = {
        .memory_bytes = (size_t)64 << 20, .output_bytes = (size_t)64 << 20, .in_process = true};
    page p;
    dtl_buf out = {0};
    begin(&p);
    for (size_t i = 0; i < DTL_COUNT(pages); i++)
        (void)!read_records(&p, dtl_str_from(pages[i]), &limits, &out);
    dtl_buf_release(&out);
    end(&p);
}

// ---- the Home Office's pages ----

static bool sample_page(page *p, const char *name, const char *retrieved)
{
    p->f.options.retrieved = dtl_test_moment(retrieved);
    return read_sample(name, &p->bytes);
}

static int64_t people(page *p)
{
    return read_sums(&p->f, "small-boats-daily", "people", DTL_MOMENT_LATEST).sum;
}

TEST(a_page_of_seven_days_is_imported_and_a_revision_told)
{
    page p;
    begin(&p);
    if (!sample_page(&p, "govuk_7day_2026-07-12.html", "2026-07-12")) {
        end(&p);
        SKIP("the sample files are not at hand");
    }
    CHECK(import_page(&p, dtl_buf_str(&p.bytes)));
    CHECK_INT(p.f.report.result.rows_kept, 7);
    CHECK_TEXT(p.f.report.tables[0].sheet, "Small boats data");
    int64_t before = people(&p);
    CHECK(sample_page(&p, "govuk_7day_2026-07-13_revised.html", "2026-07-13"));
    CHECK(import_page(&p, dtl_buf_str(&p.bytes)));
    CHECK_INT(p.f.report.result.values_revised, 1);
    CHECK(people(&p) > before);
    CHECK(sample_page(&p, "govuk_7day_2026-08-20_full_page.html", "2026-08-20"));
    dtl_test_check(import_page(&p, dtl_buf_str(&p.bytes)), p.f.err.message, __FILE__, __LINE__);
    CHECK_INT(p.f.report.result.rows_kept, 7);
    end(&p);
}

TEST(a_row_of_the_wrong_year_is_refused_or_held_with_the_likely_date)
{
    page p;
    begin(&p);
    if (!sample_page(&p, "govuk_7day_2026-04-21_wrong_year.html", "2026-04-21")) {
        end(&p);
        SKIP("the sample files are not at hand");
    }
    CHECK(!import_page(&p, dtl_buf_str(&p.bytes)));
    CHECK_STR(p.f.err.message, "2025-04-20 stands where 2026-04-20 would follow the rows above");
    CHECK_STR(p.f.err.file, "a.html[Small boats data]");
    CHECK_INT(p.f.err.line, 8);
    CHECK(store_is_empty(&p.f));
    p.f.options.keep_good_rows = true;
    CHECK(!import_page(&p, dtl_buf_str(&p.bytes)));  // one row of seven is more than 5 %
    CHECK(store_is_empty(&p.f));
    end(&p);
}

TEST(a_page_of_eight_days_is_imported)
{
    page p;
    begin(&p);
    if (!sample_page(&p, "govuk_7day_2026-01-23_eight_rows.html", "2026-01-23")) {
        end(&p);
        SKIP("the sample files are not at hand");
    }
    CHECK(import_page(&p, dtl_buf_str(&p.bytes)));
    CHECK_INT(p.f.report.result.rows_kept, 8);
    CHECK_INT(people(&p), 901);
    end(&p);
}

TEST(pages_whose_figures_are_gone_or_in_sentences_are_refused)
{
    page p;
    begin(&p);
    if (!sample_page(&p, "govuk_legacy_page_2025-12-14_no_data.html", "2025-12-14")) {
        end(&p);
        SKIP("the sample files are not at hand");
    }
    CHECK(!import_page(&p, dtl_buf_str(&p.bytes)));
    CHECK_STR(p.f.err.message, "no table found in the page");
    CHECK(sample_page(&p, "govuk_mod_prose_2022-06-10.html", "2022-06-10"));
    CHECK(!import_page(&p, dtl_buf_str(&p.bytes)));
    CHECK_STR(p.f.err.message, "no table found in the page");
    CHECK(store_is_empty(&p.f));
    end(&p);
}

TEST(a_table_without_its_header_row_is_refused)
{
    page p;
    begin(&p);
    CHECK(!import_page(&p, DTL_STR("<table><tr><th>14 April 2026</th><td>75</td><td>1</td></tr>"
                                   "<tr><th>15 April 2026</th><td>0</td><td>0</td></tr></table>")));
    CHECK_STR(p.f.err.message, "no dataset has these headers: '14 April 2026', '75', '1'");
    CHECK(store_is_empty(&p.f));
    end(&p);
}
