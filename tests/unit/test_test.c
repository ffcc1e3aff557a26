// tests/unit/test_test.c - the test support tests itself: what fails here must be seen to fail.
#include "support/test.h"

TEST(equal_values_hold)
{
    CHECK(dtl_test_check_int(3, 3, "", "", 0));
    CHECK(dtl_test_check_str("a", "a", "", "", 0));
    CHECK(dtl_test_check_str(NULL, NULL, "", "", 0));
    CHECK(dtl_test_check_text(DTL_STR("a\0b"), DTL_STR("a\0b"), "", "", 0));
    CHECK_INT(INT64_MIN, INT64_MIN);
    CHECK_STR("a", "a");
    CHECK_TEXT(DTL_STR(""), "");
}

TEST(a_skipped_test_is_left_at_once)
{
    SKIP("this shows how");
    CHECK(false);
}
