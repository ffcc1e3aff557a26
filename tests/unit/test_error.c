// tests/unit/test_error.c - a failure as people and programs read it.
#include "support/test.h"

#include <errno.h>

#include "base/error.h"
#include "base/utf8.h"

static void check_print(const dtl_error *err, const char *expected, int line)
{
    dtl_buf buf = {0};
    dtl_error_print(err, &buf);
    dtl_test_check_str(buf.data, expected, "printed", __FILE__, line);
    dtl_buf_release(&buf);
}

TEST(a_script_error_points_at_its_place)
{
    dtl_error err = {0};
    CHECK(!dtl_error_set(&err, DTL_ESCRIPT, "no function '%s' on people", "year_to_dat"));
    CHECK(!dtl_error_at(&err, DTL_STR("report.lua"), 12, 9));
    CHECK(!dtl_error_source(&err, DTL_STR("local x = c.people:year_to_dat(p.date)")));
    CHECK(!dtl_error_expected(&err, "a function of a series"));
    CHECK(!dtl_error_hint(&err, "did you mean '%s'?", "year_to_date"));
    check_print(&err,
                "report.lua:12:9: no function 'year_to_dat' on people\n"
                "    local x = c.people:year_to_dat(p.date)\n"
                "            ^\n"
                "  expected: a function of a series\n"
                "  hint: did you mean 'year_to_date'?\n",
                __LINE__);
}

TEST(a_data_error_names_its_column_and_quotes_its_cell_once)
{
    dtl_error err = {0};
    dtl_error_set(&err, DTL_EDATA, "'12x' is not a whole number");
    dtl_error_at(&err, DTL_STR("figures.csv"), 12, 3);
    memcpy(err.cell, "people", sizeof "people");
    dtl_error_source(&err, DTL_STR("12x"));
    check_print(&err, "figures.csv:12:3: column 'people': '12x' is not a whole number\n", __LINE__);
    memcpy(err.message, "not a whole number", sizeof "not a whole number");
    check_print(&err, "figures.csv:12:3: column 'people': not a whole number\n    12x\n", __LINE__);
}

TEST(a_byte_of_a_text_is_shown_in_its_line)
{
    dtl_error err = {0};
    dtl_str text = DTL_STR("{\r\n  \"caf\xc3\xa9\": tru\r\n}");
    dtl_error_set(&err, DTL_EDATA, "no such word");
    CHECK(!dtl_error_point(&err, DTL_STR("a.json"), text, 13));
    check_print(&err, "a.json:2:10: no such word\n      \"caf\xc3\xa9\": tru\n             ^\n",
                __LINE__);
    CHECK(!dtl_error_point(&err, DTL_STR("a.json"), text, SIZE_MAX));
    CHECK_INT(err.line, 3);
    CHECK_INT(err.column, 2);
}

TEST(an_unknown_place_is_left_out)
{
    dtl_error err = {0};
    dtl_error_set(&err, DTL_EUSAGE, "no report 'x'");
    check_print(&err, "no report 'x'\n", __LINE__);
    dtl_error_at(&err, DTL_STR("a.csv"), 0, 3);
    check_print(&err, "a.csv: no report 'x'\n", __LINE__);
    dtl_error_at(&err, DTL_STR("a.csv"), 4, 0);
    check_print(&err, "a.csv:4: no report 'x'\n", __LINE__);
    dtl_error_at(&err, DTL_STR(""), 4, 5);
    check_print(&err, "no report 'x'\n", __LINE__);
}

TEST(the_caret_counts_characters_and_keeps_tabs)
{
    dtl_error err = {0};
    dtl_error_set(&err, DTL_ESCRIPT, "wrong");
    dtl_error_at(&err, DTL_STR("a"), 1, 4);
    dtl_error_source(&err, DTL_STR("\t\xC3\xA9\x1b!"));
    check_print(&err, "a:1:4: wrong\n    \t\xC3\xA9\\x1b!\n    \t     ^\n", __LINE__);
    dtl_error_at(&err, DTL_STR("a"), 1, 5);  // right behind the last character
    check_print(&err, "a:1:5: wrong\n    \t\xC3\xA9\\x1b!\n    \t      ^\n", __LINE__);
    dtl_error_at(&err, DTL_STR("a"), 1, 6);
    check_print(&err, "a:1:6: wrong\n    \t\xC3\xA9\\x1b!\n", __LINE__);
    dtl_error_at(&err, DTL_STR("a"), 1, INT64_MAX);
    check_print(&err, "a:1:9223372036854775807: wrong\n    \t\xC3\xA9\\x1b!\n", __LINE__);
}

TEST(hostile_text_is_shown_never_obeyed)
{
    dtl_error err = {0};
    dtl_error_set(&err, DTL_EDATA, "bad \x1b[2J\xFF\n");
    dtl_error_at(&err, DTL_STR("a\nb\xE2\x80\xAE"), 1, 1);
    dtl_error_source(&err, DTL_STR("x\0y\r"));
    dtl_error_hint(&err, "%s", "\x07");
    check_print(&err,
                "a\\x0ab\\u{202e}:1:1: bad \\x1b[2J\\xff\\x0a\n"
                "    x\\x00y\\x0d\n    ^\n  hint: \\x07\n",
                __LINE__);
}

TEST(the_first_failure_wins)
{
    dtl_error err = {0};
    dtl_error_set(&err, DTL_EDATA, "first");
    dtl_error_set(&err, DTL_EIO, "second");
    dtl_error_system(&err, "cannot write", "a", EIO);
    CHECK_INT(err.code, DTL_EDATA);
    CHECK_STR(err.message, "first");
}

TEST(long_parts_are_cut_between_characters)
{
    dtl_error err = {0};
    dtl_buf text = {0};
    while (text.size < 2000)
        DTL_BUF_LITERAL(&text, "\xE2\x82\xAC");
    dtl_error_set(&err, DTL_EDATA, "a%s", text.data);
    dtl_error_at(&err, dtl_buf_str(&text), 1, 1);
    dtl_error_source(&err, dtl_buf_str(&text));
    dtl_error_expected(&err, "%s", text.data);
    dtl_error_hint(&err, "aa%s", text.data);
    CHECK_INT((int64_t)strlen(err.message), 766);
    CHECK_INT((int64_t)strlen(err.file), 510);
    CHECK_INT((int64_t)strlen(err.source), 255);
    CHECK_INT((int64_t)strlen(err.hint), 254);
    CHECK(dtl_utf8_check(dtl_str_from(err.message)) == SIZE_MAX);
    CHECK(dtl_utf8_check(dtl_str_from(err.hint)) == SIZE_MAX);
    dtl_buf_release(&text);
}

TEST(a_system_failure_gives_the_systems_reason)
{
    dtl_error err = {0};
    CHECK(!dtl_error_system(&err, "cannot open", "a.csv", ENOENT));
    CHECK_INT(err.code, DTL_EIO);
    CHECK_STR(err.message, "cannot open a.csv: No such file or directory");
    err = (dtl_error){0};
    dtl_error_system(&err, "cannot open", "a.csv", 99999);
    CHECK_STR(err.message, "cannot open a.csv: system error 99999");
}

TEST(programs_get_one_line_without_unknown_parts)
{
    dtl_error err = {0};
    dtl_buf buf = {0};
    dtl_error_set(&err, DTL_EDATA, "not a \"number\"\n");
    dtl_error_print_json(&err, "warning", &buf);
    CHECK_STR(buf.data, "{\"severity\":\"warning\",\"code\":\"data\","
                        "\"message\":\"not a \\\"number\\\"\\n\"}\n");
    dtl_buf_clear(&buf);
    dtl_error_at(&err, DTL_STR("a.csv"), 3, 2);
    memcpy(err.cell, "people", sizeof "people");
    dtl_error_source(&err, DTL_STR("12x"));
    dtl_error_expected(&err, "a whole number");
    dtl_error_hint(&err, "look");
    dtl_error_print_json(&err, "error", &buf);
    CHECK_STR(buf.data, "{\"severity\":\"error\",\"code\":\"data\","
                        "\"message\":\"not a \\\"number\\\"\\n\",\"file\":\"a.csv\",\"line\":3,"
                        "\"column\":2,\"cell\":\"people\",\"source\":\"12x\","
                        "\"expected\":\"a whole number\",\"hint\":\"look\"}\n");
    dtl_buf_release(&buf);
}

TEST(every_code_has_a_name_and_an_exit_status)
{
    static const struct {
        const char *name;
        dtl_code code;
        int status;
    } codes[] = {
        {"ok", DTL_OK, 0},        {"none", DTL_ENONE, 1},
        {"usage", DTL_EUSAGE, 2}, {"data", DTL_EDATA, 3},
        {"io", DTL_EIO, 3},       {"script", DTL_ESCRIPT, 4},
        {"limit", DTL_ELIMIT, 4}, {"internal", DTL_EINTERNAL, 70},
    };
    for (size_t i = 0; i < DTL_COUNT(codes); i++) {
        CHECK_STR(dtl_code_name(codes[i].code), codes[i].name);
        CHECK_INT(dtl_code_exit_status(codes[i].code), codes[i].status);
    }
}
