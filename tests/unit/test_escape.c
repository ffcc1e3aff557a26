// tests/unit/test_escape.c - text stays text wherever it lands.
#include "render/escape.h"
#include "support/test.h"

static dtl_buf out;

static dtl_str escape(void (*how)(dtl_buf *, dtl_str), dtl_str text)
{
    dtl_buf_clear(&out);
    how(&out, text);
    return dtl_buf_str(&out);
}

TEST(html_text_has_no_tags_and_no_references)
{
    CHECK_TEXT(escape(dtl_escape_html, DTL_STR("")), "");
    CHECK_TEXT(escape(dtl_escape_html, DTL_STR("plain \"text\" 'here'")), "plain \"text\" 'here'");
    CHECK_TEXT(escape(dtl_escape_html, DTL_STR("<script>&amp;</script>")),
               "&lt;script&gt;&amp;amp;&lt;/script&gt;");
    CHECK_TEXT(escape(dtl_escape_html, DTL_STR("a<")), "a&lt;");
}

TEST(an_attribute_cannot_be_left)
{
    CHECK_TEXT(escape(dtl_escape_attribute, DTL_STR("\" onerror='x' <b> &")),
               "&quot; onerror=&#39;x&#39; &lt;b&gt; &amp;");
}

TEST(an_address_is_ascii_without_anything_that_ends_it)
{
    CHECK_TEXT(escape(dtl_escape_url, DTL_STR(" https://x.y/a b?c=\"d\"&e=<f>#g ")),
               "https://x.y/a%20b?c=%22d%22&e=%3Cf%3E#g");
    CHECK_TEXT(escape(dtl_escape_url, DTL_STR("/caf\xC3\xA9")), "/caf%C3%A9");
    CHECK_TEXT(escape(dtl_escape_url, DTL_STR("/a%20b%")), "/a%20b%");
    CHECK_TEXT(escape(dtl_escape_url, DTL_STR("a\\b`c|d^e{f}g\0h\x7f")),
               "a%5Cb%60c%7Cd%5Ee%7Bf%7Dg%00h%7F");
    CHECK_TEXT(escape(dtl_escape_url, DTL_STR("http://[::1]:80/(a)_b*")), "http://[::1]:80/(a)_b*");
}

TEST(json_cannot_end_its_script)
{
    CHECK_TEXT(escape(dtl_escape_script, DTL_STR("{\"a\":\"</script><!-- &\"}")),
               "{\"a\":\"\\u003c/script\\u003e\\u003c!-- \\u0026\"}");
    dtl_buf_release(&out);
}
