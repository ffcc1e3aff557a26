// tests/unit/test_csv.c - CSV into fields: nothing trimmed, dropped, repaired or shifted.
#include <stdio.h>
#include <stdlib.h>

#include "import/import.h"
#include "support/test.h"

// All records of [text] as one line each: fields in angle brackets, quoted ones in square ones.
static bool read_all(dtl_str text, const char *path, dtl_buf *out, dtl_error *err)
{
    const dtl_source_file file = {.path = dtl_str_from(path), .bytes = text};
    void *state = NULL;
    dtl_record record;
    bool more = true;
    bool ok = dtl_importer_csv.open(&dtl_importer_csv, &file, &state, err);
    while (ok && (ok = dtl_importer_csv.next(state, &record, &more, err)) && more) {
        dtl_buf_printf(out, "%d:", (int)record.line);
        for (size_t i = 0; i < record.count; i++) {
            dtl_field field = record.fields[i];
            dtl_buf_add_char(out, field.quoted ? '[' : '<');
            dtl_buf_add_str(out, field.text);
            dtl_buf_add_char(out, field.quoted ? ']' : '>');
        }
        dtl_buf_add_char(out, '\n');
    }
    dtl_importer_csv.close(state);
    return ok;
}

static void check_reads(dtl_str text, const char *expected, int line)
{
    dtl_buf out = {0};
    dtl_error err = {0};
    bool ok = read_all(text, "a.csv", &out, &err);
    dtl_test_check(ok, err.message, __FILE__, line);
    dtl_test_check_text(dtl_buf_str(&out), dtl_str_from(expected), "records", __FILE__, line);
    dtl_buf_release(&out);
}

#define READS(literal, expected) check_reads(DTL_STR(literal), expected, __LINE__)

static void check_refuses(dtl_str text, const char *message, int64_t at_line, int64_t column,
                          int line)
{
    dtl_buf out = {0};
    dtl_error err = {0};
    dtl_test_check(!read_all(text, "a.csv", &out, &err), "refused", __FILE__, line);
    dtl_test_check_str(err.message, message, "message", __FILE__, line);
    dtl_test_check_int(err.line, at_line, "line", __FILE__, line);
    dtl_test_check_int(err.column, column, "column", __FILE__, line);
    dtl_buf_release(&out);
}

#define REFUSES(literal, message, at_line, column)                                                 \
    check_refuses(DTL_STR(literal), message, at_line, column, __LINE__)

TEST(plain_fields_come_as_they_are)
{
    READS("a,b\n1,2\n", "1:<a><b>\n2:<1><2>\n");
    READS("a,b\n1,2", "1:<a><b>\n2:<1><2>\n");
    READS(" a , b \n\t1\t, 2 \n", "1:< a >< b >\n2:<\t1\t>< 2 >\n");
    READS("a,,\n,,\n", "1:<a><><>\n2:<><><>\n");
    READS("a\n", "1:<a>\n");
    READS("a", "1:<a>\n");
    READS("", "");
}

TEST(every_end_of_line_is_one)
{
    READS("a,b\r\n1,2\r\n", "1:<a><b>\n2:<1><2>\n");
    READS("a,b\r1,2\r", "1:<a><b>\n2:<1><2>\n");
    READS("a,b\r\n1,2", "1:<a><b>\n2:<1><2>\n");
    READS("a\n\r\nb\r\n", "1:<a>\n2:<>\n3:<b>\n");
}

TEST(blank_lines_are_records_of_one_empty_field)
{
    READS("a\n\nb\n", "1:<a>\n2:<>\n3:<b>\n");
    READS("a\r\n\r\n\r\nb\r\n", "1:<a>\n2:<>\n3:<>\n4:<b>\n");
    READS("\na\n", "1:<>\n2:<a>\n");
    READS("\n", "1:<>\n");
    READS("a\r\rb", "1:<a>\n2:<>\n3:<b>\n");
}

TEST(quotes_are_read_by_rfc_4180)
{
    READS("\"a\",\"b c\"\n", "1:[a][b c]\n");
    READS("\"a,b\",c\n", "1:[a,b]<c>\n");
    READS("\"\",x,\"\"\n", "1:[]<x>[]\n");
    READS("\"a \"\"b\"\" c\",d\n", "1:[a \"b\" c]<d>\n");
    READS("\"\"\"\",\"\"\"\"\"\"\n", "1:[\"][\"\"]\n");
    READS("\" a \",b\n", "1:[ a ]<b>\n");
    READS("x,\"y\"", "1:<x>[y]\n");
}

TEST(a_quoted_field_may_hold_lines_and_the_count_goes_on)
{
    READS("\"a\nb\",c\nd,e\n", "1:[a\nb]<c>\n3:<d><e>\n");
    READS("\"a\r\nb\r\n\",c\r\nd,e\r\n", "1:[a\r\nb\r\n]<c>\n4:<d><e>\n");
    READS("\"a\rb\",c\nd,\"\n\n\"\ne,f", "1:[a\rb]<c>\n3:<d>[\n\n]\n6:<e><f>\n");
}

TEST(a_byte_order_mark_is_no_text)
{
    READS("\xef\xbb\xbf"
          "a,b\n",
          "1:<a><b>\n");
    READS("\xef\xbb\xbf\"a\",b\n", "1:[a]<b>\n");
}

TEST(broken_quotes_are_refused_where_they_stand)
{
    REFUSES("a,b\n1,2\"3\n", "a quote inside a field that does not start with one", 2, 4);
    REFUSES("a,b\n\"1\"x,2\n", "text behind the closing quote of a field", 2, 4);
    REFUSES("a,b\n\"1\" ,2\n", "text behind the closing quote of a field", 2, 4);
    REFUSES("a,b\n \"1\",2\n", "a quote inside a field that does not start with one", 2, 2);
    REFUSES("a\n\"b\nc\"d\n", "text behind the closing quote of a field", 3, 3);
}

TEST(an_unclosed_quote_is_told_by_its_opening_line)
{
    REFUSES("a,b\n1,2\n3,\"4\n5,6\n7,8\n", "this quote is never closed", 3, 3);
    REFUSES("\"a", "this quote is never closed", 1, 1);
}

TEST(what_stands_before_a_fault_is_still_handed_out)
{
    dtl_buf out = {0};
    dtl_error err = {0};
    CHECK(!read_all(DTL_STR("a,b\n1,2\n3,4\"\n"), "a.csv", &out, &err));
    CHECK_TEXT(dtl_buf_str(&out), "1:<a><b>\n2:<1><2>\n");
    dtl_buf_release(&out);
}

TEST(bytes_that_are_no_utf_8_are_refused_with_their_offset)
{
    REFUSES("a,b\ncaf\xe9,2\n", "byte 0xe9 at offset 7 is no UTF-8", 2, 4);
    REFUSES("a,b\n1\0,2\n", "a NUL byte at offset 5: this is no text file", 2, 2);
    REFUSES("\xff\xfe"
            "a\0,\0",
            "the file is UTF-16", 0, 0);
    REFUSES("0123456789abcdef\xc3", "byte 0xc3 at offset 16 is no UTF-8", 1, 17);
    READS("na\xc3\xafve,\xe2\x82\xac\n", "1:<na\xc3\xafve><\xe2\x82\xac>\n");
}

TEST(another_delimiter_is_taken_only_when_the_lines_need_it)
{
    READS("a;b\n1;2,5\n", "1:<a><b>\n2:<1><2,5>\n");
    READS("a\tb\n1\t2\n", "1:<a><b>\n2:<1><2>\n");
    READS("a|b\n1|2\n", "1:<a><b>\n2:<1><2>\n");
    READS("a,b;c\n1,2;3\n", "1:<a><b;c>\n2:<1><2;3>\n");
    READS("a,b\n1\n2;3\n", "1:<a><b>\n2:<1>\n3:<2;3>\n");
    READS("\"x;y\",b\n1,2\n", "1:[x;y]<b>\n2:<1><2>\n");
    READS("title\n\na,b\n1,2\n", "1:<title>\n2:<>\n3:<a><b>\n4:<1><2>\n");
}

static void check_limit(dtl_str text, dtl_importer_limits limits, const char *message, int line)
{
    const dtl_source_file file = {DTL_STR("a.csv"), text, limits};
    void *state = NULL;
    dtl_record record;
    dtl_error err = {0};
    bool more = true;
    bool ok = dtl_importer_csv.open(&dtl_importer_csv, &file, &state, &err);
    while (ok && more)
        ok = dtl_importer_csv.next(state, &record, &more, &err);
    dtl_importer_csv.close(state);
    dtl_test_check_int(err.code, message[0] ? DTL_ELIMIT : DTL_OK, "code", __FILE__, line);
    dtl_test_check_str(err.message, message, "message", __FILE__, line);
}

TEST(each_limit_holds_one_past_it)
{
    const dtl_importer_limits small = {
        .file_bytes = 40, .field_bytes = 10, .columns = 4, .row_bytes = 20};
    check_limit(DTL_STR("0123456789,b\n"), small, "", __LINE__);
    check_limit(DTL_STR("0123456789a,b\n"), small, "a field has 11 bytes; 10 are allowed",
                __LINE__);
    check_limit(DTL_STR("1,2,3,4\n"), small, "", __LINE__);
    check_limit(DTL_STR("1,2,3,4,5\n"), small, "a row has more than 4 fields", __LINE__);
    check_limit(DTL_STR("1234567,1234567,1234567,x\n"), small, "a row has more than 20 bytes",
                __LINE__);
    check_limit(DTL_STR("0123456789\n0123456789\n0123456789\n012345678"), small,
                "the file has 42 bytes; 40 are allowed", __LINE__);
}

TEST(a_quote_never_closed_does_not_swallow_a_large_file)
{
    dtl_buf text = {0};
    dtl_buf out = {0};
    dtl_error err = {0};
    DTL_BUF_LITERAL(&text, "a,b\n1,\"2\n");
    while (text.size < (size_t)4 << 20)
        DTL_BUF_LITERAL(&text, "2024-10-18,647\n");
    CHECK(!read_all(dtl_buf_str(&text), "a.csv", &out, &err));
    CHECK_STR(err.message, "a field has more than 1048576 bytes");
    CHECK_STR(err.hint, "perhaps this quote is never closed");
    CHECK_INT(err.line, 2);
    dtl_buf_release(&text);
    dtl_buf_release(&out);
}

// What the records of [text] should be, by the plainest possible reading.
static void naive(dtl_str text, dtl_buf *out)
{
    int line = 1;
    size_t at = 0;
    while (at < text.size) {
        int start = line;
        bool ended = false;
        dtl_buf row = {0};
        while (!ended) {
            bool quoted = at < text.size && text.data[at] == '"';
            dtl_buf_add_char(&row, quoted ? '[' : '<');
            at += quoted ? 1 : 0;
            for (; at < text.size; at++) {
                char c = text.data[at];
                if (quoted && c == '"' && at + 1 < text.size && text.data[at + 1] == '"')
                    at++;
                else if (quoted ? c == '"' : (c == ',' || c == '\n'))
                    break;
                line += c == '\n' ? 1 : 0;
                dtl_buf_add_char(&row, c);
            }
            at += quoted ? 1 : 0;
            dtl_buf_add_char(&row, quoted ? ']' : '>');
            ended = at >= text.size || text.data[at] == '\n';
            at++;
        }
        dtl_buf_printf(out, "%d:%.*s\n", start, (int)row.size, row.data);
        dtl_buf_release(&row);
        line++;
    }
}

TEST(pieces_of_a_file_join_without_a_seam)
{
    static const char *const fields[] = {"",       "1",        "\"a\"",      "\"x\"\"y\"",
                                         "\"\n\"", "\"\"\"\"", "2024-10-18", "\"a,\n\"\"b\""};
    srand(7);
    for (int round = 0; round < 12; round++) {
        dtl_buf text = {0};
        dtl_buf out = {0};
        dtl_buf expected = {0};
        dtl_error err = {0};
        while (text.size < 300000) {
            int count = 1 + rand() % 4;
            for (int i = 0; i < count; i++)
                dtl_buf_printf(&text, "%s%s", i ? "," : "", fields[rand() % 8]);
            dtl_buf_add_char(&text, '\n');
        }
        CHECK(read_all(dtl_buf_str(&text), "a.csv", &out, &err));
        naive(dtl_buf_str(&text), &expected);
        CHECK(dtl_str_equal(dtl_buf_str(&out), dtl_buf_str(&expected)));
        dtl_buf_release(&text);
        dtl_buf_release(&out);
        dtl_buf_release(&expected);
    }
}

TEST(a_tsv_file_needs_no_guess)
{
    dtl_buf out = {0};
    dtl_error err = {0};
    CHECK(read_all(DTL_STR("a,x\tb\n1\t2\n"), "a.TSV", &out, &err));
    CHECK_TEXT(dtl_buf_str(&out), "1:<a,x><b>\n2:<1><2>\n");
    dtl_buf_release(&out);
}
