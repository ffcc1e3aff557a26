// tests/unit/test_json_reader.c - strict JSON: what RFC 8259 allows and nothing else.
#include "import/json_reader.h"

#include "support/test.h"

static bool reads(dtl_str text, dtl_error *err)
{
    dtl_arena arena = {0};
    dtl_json_value *root;
    bool ok = dtl_json_read(DTL_STR("a.json"), text, &arena, &root, err);
    dtl_arena_release(&arena);
    return ok;
}

static void check_accepts(dtl_str text, int line)
{
    dtl_error err = {0};
    bool ok = reads(text, &err);
    dtl_test_check(ok, err.message, __FILE__, line);
}

static void check_refuses(dtl_str text, int line)
{
    dtl_error err = {0};
    dtl_test_check(!reads(text, &err), text.data ? text.data : "", __FILE__, line);
    dtl_test_check(err.code == DTL_EDATA, err.message, __FILE__, line);
    dtl_test_check(err.line > 0, "the place is known", __FILE__, line);
}

#define ACCEPTS(literal) check_accepts(DTL_STR(literal), __LINE__)
#define REFUSES(literal) check_refuses(DTL_STR(literal), __LINE__)

TEST(every_kind_of_value_is_read)
{
    dtl_arena arena = {0};
    dtl_json_value *root;
    dtl_error err = {0};
    CHECK(dtl_json_read(DTL_STR("a.json"),
                        DTL_STR("{\"a\": null, \"b\": [true, false],\n"
                                "  \"c\": -0.50e+3, \"d\": \"x\\u00e9\\ud83d\\ude00\\n\"}"),
                        &arena, &root, &err));
    CHECK_INT(root->kind, DTL_JSON_OBJECT);
    CHECK_INT((int64_t)root->count, 4);
    CHECK_INT(dtl_json_get(root, DTL_STR("a"))->kind, DTL_JSON_NULL);
    const dtl_json_value *b = dtl_json_get(root, DTL_STR("b"));
    CHECK_INT(b->kind, DTL_JSON_ARRAY);
    CHECK_INT(b->children[0].kind, DTL_JSON_TRUE);
    CHECK_INT(b->children[1].kind, DTL_JSON_FALSE);
    CHECK_INT(b->children[1].line, 1);
    CHECK_INT(b->children[1].column, 25);
    const dtl_json_value *c = dtl_json_get(root, DTL_STR("c"));
    CHECK_TEXT(c->text, "-0.50e+3");
    CHECK_INT(c->line, 2);
    CHECK_INT(c->column, 8);
    CHECK_TEXT(dtl_json_get(root, DTL_STR("d"))->text, "x\xc3\xa9\xf0\x9f\x98\x80\n");
    CHECK(dtl_json_get(root, DTL_STR("e")) == NULL);
    dtl_arena_release(&arena);
}

TEST(numbers_keep_their_text)
{
    static const char long_number[] = "12345678901234567890123456789012345678901234567890123456789"
                                      "0123456789012345678901234567890";
    static const char *const numbers[] = {"9007199254740993", "1e400", "-0", "0.1", "1E-7",
                                          long_number};
    for (size_t i = 0; i < DTL_COUNT(numbers); i++) {
        dtl_arena arena = {0};
        dtl_json_value *root;
        dtl_error err = {0};
        dtl_buf text = {0};
        dtl_buf_printf(&text, "[%s, \"a\"]", numbers[i]);
        CHECK(dtl_json_read(DTL_STR("a.json"), dtl_buf_str(&text), &arena, &root, &err));
        CHECK(dtl_str_equal(root->children[0].text, dtl_str_from(numbers[i])));
        CHECK_TEXT(root->children[1].text, "a");
        dtl_buf_release(&text);
        dtl_arena_release(&arena);
    }
}

TEST(the_grammar_is_accepted_to_its_edges)
{
    ACCEPTS("[]");
    ACCEPTS("{}");
    ACCEPTS(" \t\r\n[ ] \n");
    ACCEPTS("1");
    ACCEPTS("\"\"");
    ACCEPTS("null");
    ACCEPTS("[0,-0,0.0,1e1,1E+1,1e-1,-1.5]");
    ACCEPTS("[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0001\"]");
    ACCEPTS("[\"\\ud834\\udd1e\", \"\\uDBFF\\uDFFF\"]");
    ACCEPTS("[\"\x7f\", \"\xc2\xa0\", \"\xf4\x8f\xbf\xbf\"]");
    ACCEPTS("\xef\xbb\xbf{}");
    ACCEPTS("{\"\": 1, \"a\": {\"\": 2}}");
    ACCEPTS("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
            "]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]");
}

TEST(structures_out_of_the_grammar_are_refused)
{
    REFUSES("");
    REFUSES("  \n ");
    REFUSES("\xef\xbb\xbf");
    REFUSES("[");
    REFUSES("]");
    REFUSES("[1");
    REFUSES("[1,");
    REFUSES("[1,]");
    REFUSES("[,1]");
    REFUSES("[1,,2]");
    REFUSES("[1 2]");
    REFUSES("[1:2]");
    REFUSES("[1}");
    REFUSES("{\"a\":1]");
    REFUSES("{\"a\"}");
    REFUSES("{\"a\":}");
    REFUSES("{\"a\" 1}");
    REFUSES("{\"a\":1,}");
    REFUSES("{,}");
    REFUSES("{a:1}");
    REFUSES("{1:1}");
    REFUSES("{null:1}");
    REFUSES("{'a':1}");
    REFUSES("[] []");
    REFUSES("[]x");
    REFUSES("1 2");
    REFUSES("[\f]");
    REFUSES("[\v1]");
    REFUSES("[\xc2\xa0]");
    REFUSES("[\xe2\x81\xa0]");
    REFUSES("[1]\0");
    REFUSES("\0[1]");
    REFUSES("[1] // two");
    REFUSES("[1 /* two */]");
    REFUSES("# one");
    REFUSES("\xff\xfe[\0]\0");
    REFUSES("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
            "]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]");
}

TEST(numbers_and_words_out_of_the_grammar_are_refused)
{
    static const char *const bad[] = {
        "01",  "-01",      "-",     "+1",    ".5",    "2.",  "-.5",   "1.e1",
        "1e",  "1e+",      "1eE2",  "0x1F",  "1_000", "NaN", "nan",   "-NaN",
        "Inf", "Infinity", "1.2.3", "1e1.5", "--1",   "1a",  "nul",   "True",
        "tru", "truee",    "NULL",  "fals",  "-a",    "0e",  "1,000", "\xef\xbc\x91"};
    for (size_t i = 0; i < DTL_COUNT(bad); i++) {
        dtl_buf text = {0};
        dtl_buf_printf(&text, "[%s]", bad[i]);
        if (!dtl_str_equal(dtl_str_from(bad[i]), DTL_STR("1,000")))
            check_refuses(dtl_buf_str(&text), __LINE__);
        dtl_buf_release(&text);
        check_refuses(dtl_str_from(bad[i]), __LINE__);
    }
}

TEST(strings_out_of_the_grammar_are_refused)
{
    REFUSES("[\"a]");
    REFUSES("[\"a\\\"]");
    REFUSES("[\"a\n\"]");
    REFUSES("[\"a\tb\"]");
    REFUSES("[\"\0\"]");
    REFUSES("[\"\x1f\"]");
    REFUSES("[\"\\x41\"]");
    REFUSES("[\"\\\0\"]");
    REFUSES("[\"\\a\"]");
    REFUSES("[\"\\u12\"]");
    REFUSES("[\"\\u12g4\"]");
    REFUSES("[\"\\U0041\"]");
    REFUSES("[\"\\u0000\"]");
    REFUSES("[\"\\ud800\"]");
    REFUSES("[\"\\ud800x\"]");
    REFUSES("[\"\\ud800\\n\"]");
    REFUSES("[\"\\ud800\\ud800\"]");
    REFUSES("[\"\\udc00\"]");
    REFUSES("[\"\xff\"]");
    REFUSES("[\"\xc0\xaf\"]");
    REFUSES("[\"\xed\xa0\x80\"]");
    REFUSES("[\"\xf4\x90\x80\x80\"]");
    REFUSES("[\"\xc3\"]");
    REFUSES("['a']");
    REFUSES("[a]");
    REFUSES("\"");
    REFUSES("\"\\");
    REFUSES("\"\\u");
    REFUSES("[\"caf\xe9\"]");
}

TEST(a_fault_is_shown_where_it_stands)
{
    dtl_error err = {0};
    dtl_buf printed = {0};
    CHECK(!reads(DTL_STR("[\n  {\"caf\xc3\xa9\": 1,\n   \"b\": 02}\n]"), &err));
    dtl_error_print(&err, &printed);
    CHECK_STR(printed.data, "a.json:3:10: a number starts with 0\n"
                            "       \"b\": 02}\n"
                            "             ^\n");
    dtl_buf_release(&printed);
    err = (dtl_error){0};
    CHECK(!reads(DTL_STR("{\"a\": 1,\n \"\\u0061\": 2}"), &err));
    CHECK_STR(err.message, "the key \"a\" comes twice in one object");
    CHECK_INT(err.line, 2);
    err = (dtl_error){0};
    CHECK(!reads(DTL_STR("{\"a\": 1,\n}"), &err));
    CHECK_STR(err.message, "a comma before '}'");
    CHECK_INT(err.line, 1);
    CHECK_INT(err.column, 8);
    err = (dtl_error){0};
    CHECK(!reads(DTL_STR("[1, ]"), &err));
    CHECK_STR(err.message, "a comma before ']'");
}

TEST(a_key_twice_is_found_in_large_objects_too)
{
    dtl_buf text = {0};
    dtl_error err = {0};
    DTL_BUF_LITERAL(&text, "{");
    for (int i = 0; i < 5000; i++)
        dtl_buf_printf(&text, "\"k%d\": %d,\n", i * 7919 % 5000, i);
    DTL_BUF_LITERAL(&text, "\"k4321\": 1}");
    CHECK(!reads(dtl_buf_str(&text), &err));
    CHECK_STR(err.message, "the key \"k4321\" comes twice in one object");
    CHECK_INT(err.line, 5001);
    dtl_buf_release(&text);
}
