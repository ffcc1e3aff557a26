// tests/unit/test_json.c - JSON as it is written.
#include "support/test.h"

#include "base/json.h"
#include "base/utf8.h"
#include "support/random.h"

static void check_quote(dtl_str text, bool for_script, dtl_str expected, int line)
{
    dtl_buf buf = {0};
    dtl_json_quote(&buf, text, for_script);
    dtl_test_check_text(dtl_buf_str(&buf), expected, "quoted", __FILE__, line);
    dtl_buf_release(&buf);
}

TEST(a_tree_gets_its_commas)
{
    dtl_buf buf = {0};
    dtl_json json;
    dtl_json_init(&json, &buf);
    dtl_json_begin_object(&json);
    dtl_json_put_string(&json, "name", DTL_STR("boats"));
    dtl_json_put_int(&json, "count", INT64_MIN);
    dtl_json_put_bool(&json, "provisional", false);
    dtl_json_key(&json, DTL_STR("rows"));
    dtl_json_begin_array(&json);
    dtl_json_begin_array(&json);
    dtl_json_end_array(&json);
    dtl_json_begin_object(&json);
    dtl_json_end_object(&json);
    dtl_json_null(&json);
    dtl_json_bool(&json, true);
    dtl_json_int(&json, INT64_MAX);
    dtl_json_number(&json, DTL_STR("64.7"));
    dtl_json_end_array(&json);
    dtl_json_put_int(&json, "last", 0);
    dtl_json_end_object(&json);
    CHECK_TEXT(dtl_buf_str(&buf),
               "{\"name\":\"boats\",\"count\":-9223372036854775808,\"provisional\":false,"
               "\"rows\":[[],{},null,true,9223372036854775807,64.7],\"last\":0}");
    dtl_buf_release(&buf);
}

TEST(the_deepest_tree_is_written)
{
    dtl_buf buf = {0};
    dtl_json json;
    dtl_json_init(&json, &buf);
    for (int i = 0; i < DTL_JSON_DEPTH_MAX; i++)
        dtl_json_begin_array(&json);
    for (int i = 0; i < DTL_JSON_DEPTH_MAX; i++)
        dtl_json_end_array(&json);
    CHECK_INT((int64_t)buf.size, DTL_JSON_DEPTH_MAX * INT64_C(2));
    CHECK_INT(json.depth, 0);
    dtl_buf_release(&buf);
}

TEST(strings_escape_what_json_demands)
{
    check_quote((dtl_str){NULL, 0}, false, DTL_STR("\"\""), __LINE__);
    check_quote(DTL_STR("a\"b\\c/d"), false, DTL_STR("\"a\\\"b\\\\c/d\""), __LINE__);
    check_quote(DTL_STR("\b\f\n\r\t\0\x1f\x7f"), false,
                DTL_STR("\"\\b\\f\\n\\r\\t\\u0000\\u001f\x7f\""), __LINE__);
    check_quote(DTL_STR("\xC3\xA9\xF0\x9F\x9A\xA4"), false, DTL_STR("\"\xC3\xA9\xF0\x9F\x9A\xA4\""),
                __LINE__);
}

TEST(invalid_bytes_become_the_replacement_each)
{
    check_quote(DTL_STR("a\xFF\xC0\x80"
                        "b\xE2\x82"),
                false,
                DTL_STR("\"a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"
                        "b\xEF\xBF\xBD\xEF\xBF\xBD\""),
                __LINE__);
}

TEST(a_string_for_a_script_element_cannot_end_it)
{
    check_quote(DTL_STR("</script>&\xE2\x80\xA8\xE2\x80\xA9"), true,
                DTL_STR("\"\\u003c/script\\u003e\\u0026\\u2028\\u2029\""), __LINE__);
    check_quote(DTL_STR("</script>&\xE2\x80\xA8"), false, DTL_STR("\"</script>&\xE2\x80\xA8\""),
                __LINE__);
}

TEST(any_bytes_give_a_valid_string)
{
    dtl_random random = {2};
    dtl_buf buf = {0};
    char bytes[48];
    for (int round = 0; round < 20000; round++) {
        for (size_t i = 0; i < sizeof bytes; i++)
            bytes[i] = (char)(dtl_random_next(&random) >> 11);
        dtl_buf_clear(&buf);
        dtl_json_quote(&buf, (dtl_str){bytes, sizeof bytes}, true);
        bool plain = dtl_utf8_check(dtl_buf_str(&buf)) == SIZE_MAX;
        for (size_t i = 1; i + 1 < buf.size; i++) {
            unsigned char byte = (unsigned char)buf.data[i];
            if (byte < 0x20 || byte == '<' || byte == '>' || byte == '&' ||
                (byte == '"' && buf.data[i - 1] != '\\'))
                plain = false;
        }
        if (!CHECK(plain))
            break;
    }
    dtl_buf_release(&buf);
}
