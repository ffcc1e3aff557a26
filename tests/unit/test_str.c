// tests/unit/test_str.c - text as pointer and length.
#include "support/test.h"

static const dtl_str nothing = {NULL, 0};

TEST(equal_compares_bytes_behind_a_nul)
{
    CHECK(dtl_str_equal(DTL_STR("a\0b"), DTL_STR("a\0b")));
    CHECK(!dtl_str_equal(DTL_STR("a\0b"), DTL_STR("a\0c")));
    CHECK(!dtl_str_equal(DTL_STR("a"), DTL_STR("a\0")));
    CHECK(dtl_str_equal(nothing, DTL_STR("")));
}

TEST(from_takes_null_for_empty)
{
    CHECK_INT((int64_t)dtl_str_from(NULL).size, 0);
    CHECK_TEXT(dtl_str_from("boats"), "boats");
}

TEST(compare_orders_by_bytes_then_length)
{
    CHECK(dtl_str_compare(DTL_STR("a"), DTL_STR("b")) < 0);
    CHECK(dtl_str_compare(DTL_STR("Z"), DTL_STR("a")) < 0);
    CHECK(dtl_str_compare(DTL_STR("ab"), DTL_STR("a")) > 0);
    CHECK(dtl_str_compare(DTL_STR("\xC3\xA9"), DTL_STR("z")) > 0);
    CHECK_INT(dtl_str_compare(nothing, DTL_STR("")), 0);
    CHECK(dtl_str_compare(nothing, DTL_STR("a")) < 0);
}

TEST(starts_and_ends_need_the_whole_part)
{
    CHECK(dtl_str_starts(DTL_STR("people"), DTL_STR("peo")));
    CHECK(dtl_str_starts(DTL_STR("people"), DTL_STR("")));
    CHECK(!dtl_str_starts(DTL_STR("pe"), DTL_STR("people")));
    CHECK(dtl_str_ends(DTL_STR("report.lua"), DTL_STR(".lua")));
    CHECK(!dtl_str_ends(DTL_STR("lua"), DTL_STR(".lua")));
    CHECK(dtl_str_ends(nothing, nothing));
}

TEST(slice_clamps_both_ends)
{
    CHECK_TEXT(dtl_str_slice(DTL_STR("people"), 2, 4), "op");
    CHECK_TEXT(dtl_str_slice(DTL_STR("people"), 4, SIZE_MAX), "le");
    CHECK_TEXT(dtl_str_slice(DTL_STR("people"), 9, 12), "");
    CHECK_TEXT(dtl_str_slice(DTL_STR("people"), 4, 2), "");
    CHECK_TEXT(dtl_str_slice(nothing, 0, 1), "");
}

TEST(trim_takes_ascii_space_and_nothing_else)
{
    CHECK_TEXT(dtl_str_trim(DTL_STR(" \t\r\n a b \v\f")), "a b");
    CHECK_TEXT(dtl_str_trim(DTL_STR(" \n ")), "");
    CHECK_TEXT(dtl_str_trim(DTL_STR("\xC2\xA0"
                                    "1")),
               "\xC2\xA0"
               "1");
    CHECK_TEXT(dtl_str_trim(DTL_STR("\0 ")), "\0");
    CHECK_TEXT(dtl_str_trim(nothing), "");
}

TEST(find_gives_the_first_place_or_none)
{
    CHECK_INT((int64_t)dtl_str_find(DTL_STR("abcbc"), DTL_STR("bc")), 1);
    CHECK_INT((int64_t)dtl_str_find(DTL_STR("a\0bc"), DTL_STR("bc")), 2);
    CHECK(dtl_str_find(DTL_STR("abc"), DTL_STR("bd")) == SIZE_MAX);
    CHECK(dtl_str_find(nothing, DTL_STR("a")) == SIZE_MAX);
    CHECK_INT((int64_t)dtl_str_find(DTL_STR("abc"), DTL_STR("")), 0);
}

TEST(to_int64_reads_the_extremes)
{
    int64_t value = 7;
    CHECK(dtl_str_to_int64(DTL_STR("9223372036854775807"), &value));
    CHECK_INT(value, INT64_MAX);
    CHECK(dtl_str_to_int64(DTL_STR("-9223372036854775808"), &value));
    CHECK_INT(value, INT64_MIN);
    CHECK(dtl_str_to_int64(DTL_STR("007"), &value));
    CHECK_INT(value, 7);
    CHECK(dtl_str_to_int64(DTL_STR("-0"), &value));
    CHECK_INT(value, 0);
}

TEST(to_int64_refuses_all_else)
{
    static const char *const wrong[] = {
        "",
        "-",
        "+1",
        " 1",
        "1 ",
        "1.0",
        "1,000",
        "0x1",
        "12a",
        "1e3",
        "--1",
        "9223372036854775808",
        "-9223372036854775809",
        "99999999999999999999",
    };
    int64_t value = 7;
    for (size_t i = 0; i < DTL_COUNT(wrong); i++)
        CHECK(!dtl_str_to_int64(dtl_str_from(wrong[i]), &value));
    CHECK(!dtl_str_to_int64(DTL_STR("1\0"), &value));
    CHECK(!dtl_str_to_int64(nothing, &value));
    CHECK_INT(value, 7);  // never written
}

TEST(nearest_suggests_a_slip_and_stays_silent_on_a_stranger)
{
    const dtl_str names[] = {DTL_STR("year"), DTL_STR("year_to_date"), DTL_STR("total")};
    CHECK_TEXT(dtl_str_nearest(DTL_STR("year_to_dat"), names, 3), "year_to_date");
    CHECK_TEXT(dtl_str_nearest(DTL_STR("totla"), names, 3), "total");
    CHECK_TEXT(dtl_str_nearest(DTL_STR("boats"), names, 3), "");
    CHECK_TEXT(dtl_str_nearest(nothing, names, 3), "");
    CHECK_TEXT(dtl_str_nearest(DTL_STR("year"), NULL, 0), "");
}

TEST(nearest_ignores_words_past_its_limit)
{
    char text[65];
    memset(text, 'a', sizeof text);
    const dtl_str at_limit = {text, 64};
    const dtl_str past_limit = {text, 65};
    CHECK(dtl_str_nearest(at_limit, &at_limit, 1).size == 64);
    CHECK(dtl_str_nearest(past_limit, &at_limit, 1).size == 0);
    CHECK(dtl_str_nearest(at_limit, &past_limit, 1).size == 0);
}
