// tests/unit/test_utf8.c - UTF-8 that may be wrong.
#include "support/test.h"

#include "base/utf8.h"
#include "support/random.h"

TEST(every_character_round_trips)
{
    dtl_buf buf = {0};
    for (uint32_t character = 0; character <= 0x10FFFF; character++) {
        if (character >= 0xD800 && character <= 0xDFFF)
            continue;
        dtl_buf_clear(&buf);
        dtl_utf8_add(&buf, character);
        size_t at = 0;
        bool valid = false;
        uint32_t read = dtl_utf8_next(dtl_buf_str(&buf), &at, &valid);
        if (!CHECK(valid && read == character && at == buf.size))
            break;
    }
    dtl_buf_release(&buf);
}

TEST(what_is_no_character_is_added_as_the_replacement)
{
    dtl_buf buf = {0};
    dtl_utf8_add(&buf, 0xD800);
    dtl_utf8_add(&buf, 0x110000);
    dtl_utf8_add(&buf, UINT32_MAX);
    CHECK_TEXT(dtl_buf_str(&buf), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
    dtl_buf_release(&buf);
}

TEST(wrong_sequences_are_refused_one_byte_at_a_time)
{
    static const dtl_str wrong[] = {
        DTL_STR("\x80"),              // a continuation alone
        DTL_STR("\xC0\x80"),          // overlong NUL
        DTL_STR("\xC1\xBF"),          // overlong U+007F
        DTL_STR("\xE0\x80\xAF"),      // overlong slash
        DTL_STR("\xE0\x9F\xBF"),      // overlong U+07FF
        DTL_STR("\xF0\x8F\xBF\xBF"),  // overlong U+FFFF
        DTL_STR("\xED\xA0\x80"),      // the first surrogate
        DTL_STR("\xED\xBF\xBF"),      // the last surrogate
        DTL_STR("\xF4\x90\x80\x80"),  // U+110000
        DTL_STR("\xF5\x80\x80\x80"),
        DTL_STR("\xF8\x88\x80\x80\x80"),
        DTL_STR("\xFF"),
        DTL_STR("\xFE"),
    };
    for (size_t i = 0; i < DTL_COUNT(wrong); i++) {
        size_t at = 0;
        bool valid = true;
        CHECK_INT(dtl_utf8_next(wrong[i], &at, &valid), DTL_UTF8_INVALID);
        CHECK(!valid);
        CHECK_INT((int64_t)at, 1);
        CHECK_INT((int64_t)dtl_utf8_check(wrong[i]), 0);
        CHECK_INT((int64_t)dtl_utf8_count(wrong[i]), (int64_t)wrong[i].size);
    }
}

TEST(a_sequence_cut_short_is_refused)
{
    static const dtl_str whole[] = {
        DTL_STR("\xC3\xA9"),
        DTL_STR("\xE2\x82\xAC"),
        DTL_STR("\xF0\x9F\x9A\xA4"),
    };
    for (size_t i = 0; i < DTL_COUNT(whole); i++) {
        CHECK(dtl_utf8_check(whole[i]) == SIZE_MAX);
        CHECK_INT((int64_t)dtl_utf8_count(whole[i]), 1);
        for (size_t size = 1; size < whole[i].size; size++)
            CHECK_INT((int64_t)dtl_utf8_check(dtl_str_slice(whole[i], 0, size)), 0);
    }
}

TEST(the_replacement_character_itself_is_valid)
{
    size_t at = 0;
    bool valid = false;
    CHECK_INT(dtl_utf8_next(DTL_STR("\xEF\xBF\xBD"), &at, &valid), DTL_UTF8_INVALID);
    CHECK(valid);
    CHECK_INT((int64_t)at, 3);
}

TEST(check_gives_the_offset_of_the_first_bad_byte)
{
    CHECK(dtl_utf8_check(DTL_STR("")) == SIZE_MAX);
    CHECK(dtl_utf8_check(DTL_STR("a\0b")) == SIZE_MAX);
    CHECK_INT((int64_t)dtl_utf8_check(DTL_STR("caf\xC3\xA9 \xE9")), 6);
    CHECK_INT((int64_t)dtl_utf8_check(DTL_STR("ab\xC3")), 2);
}

TEST(every_byte_is_read_once_whatever_the_bytes)
{
    dtl_random random = {1};
    char bytes[64];
    for (int round = 0; round < 20000; round++) {
        for (size_t i = 0; i < sizeof bytes; i++)
            bytes[i] = (char)(dtl_random_next(&random) >> 17);
        dtl_str text = {bytes, (size_t)dtl_random_below(&random, sizeof bytes)};
        size_t count = 0;
        size_t first_bad = SIZE_MAX;
        for (size_t at = 0; at < text.size; count++) {
            size_t start = at;
            bool valid;
            uint32_t character = dtl_utf8_next(text, &at, &valid);
            if (!valid && first_bad == SIZE_MAX)
                first_bad = start;
            if (!CHECK(at > start && at <= text.size && character <= 0x10FFFF))
                return;
        }
        if (!CHECK(first_bad == dtl_utf8_check(text) && count == dtl_utf8_count(text)))
            return;
    }
}

TEST(cut_never_splits_a_character)
{
    const dtl_str text = DTL_STR("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x9A\xA4z");
    static const size_t kept[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 11, 11};
    for (size_t size = 0; size < DTL_COUNT(kept); size++)
        CHECK_INT((int64_t)dtl_utf8_cut(text, size).size, (int64_t)kept[size]);
    CHECK_INT((int64_t)dtl_utf8_cut(DTL_STR("\x80\x80\x80\x80\x80\x80"), 5).size, 5);
    CHECK_INT((int64_t)dtl_utf8_cut((dtl_str){NULL, 0}, 0).size, 0);
}

static void check_visible(dtl_str text, bool keep_tab, dtl_str expected, int line)
{
    dtl_buf buf = {0};
    dtl_utf8_add_visible(&buf, text, keep_tab);
    dtl_test_check_text(dtl_buf_str(&buf), expected, "visible", __FILE__, line);
    dtl_buf_release(&buf);
}

TEST(visible_text_has_no_control_left)
{
    check_visible(DTL_STR("caf\xC3\xA9 100%"), false, DTL_STR("caf\xC3\xA9 100%"), __LINE__);
    check_visible(DTL_STR("\x1b[2J\0\x7f\r\n"), false, DTL_STR("\\x1b[2J\\x00\\x7f\\x0d\\x0a"),
                  __LINE__);
    check_visible(DTL_STR("a\tb"), true, DTL_STR("a\tb"), __LINE__);
    check_visible(DTL_STR("a\tb"), false, DTL_STR("a\\x09b"), __LINE__);
    check_visible(DTL_STR("\xC2\x9B"), false, DTL_STR("\\u{9b}"), __LINE__);
    check_visible(DTL_STR("\xC2\xA0"), false, DTL_STR("\xC2\xA0"), __LINE__);
    check_visible(DTL_STR("\x9B\xC3"), false, DTL_STR("\\x9b\\xc3"), __LINE__);
    check_visible(DTL_STR("\xE2\x80\xAE"
                          "a\xE2\x81\xA6\xD8\x9C"),
                  false, DTL_STR("\\u{202e}a\\u{2066}\\u{61c}"), __LINE__);
}

TEST(bidi_controls_are_those_and_no_neighbours)
{
    static const uint32_t controls[] = {0x061C, 0x200E, 0x200F, 0x202A, 0x202E, 0x2066, 0x2069};
    static const uint32_t others[] = {0x061B, 0x061D, 0x200D, 0x2010, 0x2029,
                                      0x202F, 0x2065, 0x206A, 'a'};
    for (size_t i = 0; i < DTL_COUNT(controls); i++)
        CHECK(dtl_utf8_is_bidi_control(controls[i]));
    for (size_t i = 0; i < DTL_COUNT(others); i++)
        CHECK(!dtl_utf8_is_bidi_control(others[i]));
}
