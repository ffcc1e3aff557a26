// tests/unit/test_json_import.c - JSON tables into the store.
#include "support/imports.h"

TEST(json_objects_are_rows)
{
    fixture f;
    set_up(&f);
    CHECK(
        import_text(&f, "a.json",
                    DTL_STR("{\"data\": [{\"date\": \"2024-10-17\", \"people\": 0, \"boats\": 0},\n"
                            " {\"boats\": \"10\", \"date\": \"2024-10-18\", \"people\": 647.0,"
                            " \"uncontrolled_boats\": null}]}")));
    CHECK_TEXT(f.report.dataset, "small-boats-daily");
    CHECK_INT(read_sums(&f, "small-boats-daily", "people", DTL_MOMENT_LATEST).sum, 647);
    CHECK_INT(read_sums(&f, "small-boats-daily", "boats", DTL_MOMENT_LATEST).sum, 10);
    sums uncontrolled = read_sums(&f, "small-boats-daily", "uncontrolled_boats", DTL_MOMENT_LATEST);
    CHECK_INT(uncontrolled.count, 1);  // the first object does not speak of it
    CHECK_INT(uncontrolled.missing, 1);
    tear_down(&f);
}

TEST(json_arrays_are_rows)
{
    fixture f;
    set_up(&f);
    CHECK(import_text(&f, "a.json",
                      DTL_STR("[[\"date\",\"people\",\"boats\"],"
                              "[\"2024-10-18\",647,10]]")));
    CHECK_INT(read_sums(&f, "small-boats-daily", "people", DTL_MOMENT_LATEST).sum, 647);
    tear_down(&f);
}

TEST(json_numbers_are_read_from_their_text)
{
    fixture f;
    set_up(&f);
    CHECK(import_text(&f, "a.json",
                      DTL_STR("[{\"date\":\"2024-10-18\",\"people\":9007199254740993,"
                              "\"boats\":1}]")));
    CHECK_INT(read_sums(&f, "small-boats-daily", "people", DTL_MOMENT_LATEST).sum,
              9007199254740993);
    static const char *const bad[] = {"1.5", "1e400", "1e3", "null", "true", "[1]", "\"\""};
    for (size_t i = 0; i < DTL_COUNT(bad); i++) {
        dtl_buf text = {0};
        dtl_buf_printf(&text, "[{\"date\":\"2024-10-18\",\"people\":%s,\"boats\":1}]", bad[i]);
        CHECK(!import_text(&f, "a.json", dtl_buf_str(&text)));
        dtl_buf_release(&text);
    }
    tear_down(&f);
}

TEST(a_key_missing_from_an_object_is_a_problem_unless_optional)
{
    fixture f;
    set_up(&f);
    CHECK(!import_text(&f, "a.json",
                       DTL_STR("[{\"date\":\"2024-10-17\",\"people\":1,\"boats\":1},"
                               "{\"date\":\"2024-10-18\",\"people\":2}]")));
    CHECK_STR(f.err.message, "the item has no such key");
    CHECK_STR(f.err.cell, "boats");
    CHECK_INT(f.err.line, 2);
    tear_down(&f);
}

TEST(what_is_no_table_is_refused_by_what_it_is)
{
    static const struct {
        dtl_str text;
        const char *message;
    } cases[] = {
        {{"{\"a\": 1}", 8}, "this JSON holds no array"},
        {{"{\"a\": [], \"b\": []}", 18}, "this JSON holds more than one array"},
        {{"[1, 2]", 6}, "an item of the table is neither an object nor an array"},
        {{"[{\"a\": 1}, [1]]", 15}, "the table mixes objects and arrays"},
        {{"[{\"a\": [1]}]", 12}, "a cell holds an array or an object"},
        {{"[]", 2}, "no data in the file"},
        {{"[{\"a\": 1}, {\"a\": 1 \"b\"}]", 24}, "a ',' or '}' is missing"},
    };
    fixture f;
    set_up(&f);
    for (size_t i = 0; i < DTL_COUNT(cases); i++) {
        CHECK(!import_text(&f, "a.json", cases[i].text));
        CHECK_STR(f.err.message, cases[i].message);
        CHECK_INT(f.err.code, DTL_EDATA);
    }
    tear_down(&f);
}
