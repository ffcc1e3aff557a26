// tests/unit/test_clean.c - text loses what cannot be shown, or shows it.
#include "doc/clean.h"
#include "support/test.h"

static dtl_buf cleaned;

static dtl_str clean(dtl_str text)
{
    dtl_buf_clear(&cleaned);
    dtl_text_add_clean(&cleaned, text);
    CHECK_INT(dtl_text_is_clean(text), dtl_str_equal(dtl_buf_str(&cleaned), text));
    CHECK(dtl_text_is_clean(dtl_buf_str(&cleaned)));
    return dtl_buf_str(&cleaned);
}

TEST(plain_text_stays)
{
    CHECK_TEXT(clean(DTL_STR("")), "");
    CHECK_TEXT(clean(DTL_STR("28,204 people <b>&amp;")), "28,204 people <b>&amp;");
    CHECK_TEXT(clean(DTL_STR("caf\xC3\xA9 \xE2\x80\x94 \xD7\xA9\xD7\x9C \xF0\x9F\x9A\xA4\xC2\xA0")),
               "caf\xC3\xA9 \xE2\x80\x94 \xD7\xA9\xD7\x9C \xF0\x9F\x9A\xA4\xC2\xA0");
    CHECK_TEXT(clean(DTL_STR("\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9")),
               "\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9");
}

TEST(white_space_controls_are_spaces)
{
    CHECK_TEXT(clean(DTL_STR("a\tb\nc\rd\r\ne\vf\fg")), "a b c d e f g");
    CHECK_TEXT(clean(DTL_STR("a\xC2\x85"
                             "b\xE2\x80\xA8"
                             "c\xE2\x80\xA9"
                             "d")),
               "a b c d");
    CHECK_TEXT(clean(DTL_STR("a\n\nb")), "a  b");
}

TEST(what_hides_is_shown)
{
    CHECK_TEXT(clean(DTL_STR("\x1b[31m")), "[U+001B][31m");
    CHECK_TEXT(clean(DTL_STR("\a\x7f\xC2\x9B")), "[U+0007][U+007F][U+009B]");
    CHECK_TEXT(clean(DTL_STR("\xE2\x80\xAE"
                             "cba\xE2\x81\xA9")),
               "[U+202E]cba[U+2069]");
    CHECK_TEXT(clean(DTL_STR("\xD8\x9C\xE2\x80\x8E\xE2\x80\x8F")), "[U+061C][U+200E][U+200F]");
    CHECK_TEXT(clean(DTL_STR("\xEF\xBB\xBF"
                             "a")),
               "[U+FEFF]a");
}

TEST(what_is_no_character_is_replaced)
{
    CHECK_TEXT(clean(DTL_STR("\0")), "\xEF\xBF\xBD");
    CHECK_TEXT(clean(DTL_STR("\xFF\xFE")), "\xEF\xBF\xBD\xEF\xBF\xBD");
    CHECK_TEXT(clean(DTL_STR("\xC0\xAF")), "\xEF\xBF\xBD\xEF\xBF\xBD");
    CHECK_TEXT(clean(DTL_STR("\xED\xA0\x80")), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
    CHECK_TEXT(clean(DTL_STR("a\xE2\x82")), "a\xEF\xBF\xBD\xEF\xBF\xBD");
    CHECK_TEXT(clean(DTL_STR("\xEF\xBF\xBE\xEF\xB7\x90")), "\xEF\xBF\xBD\xEF\xBF\xBD");
    CHECK_TEXT(clean(DTL_STR("\xEF\xBF\xBD")), "\xEF\xBF\xBD");
    dtl_buf_release(&cleaned);
}
