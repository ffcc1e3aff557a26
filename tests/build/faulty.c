// tests/build/faulty.c - tests that must not pass: support.sh looks at how they are told.
#include "support/test.h"

TEST(wrong_number)
{
    CHECK_INT(2 + 2, 5);
    CHECK(true);
}

TEST(wrong_condition)
{
    CHECK(1 > 2);
}

TEST(wrong_string)
{
    CHECK_STR("four", NULL);
}

TEST(wrong_text)
{
    CHECK_TEXT(DTL_STR("four"), "five");
}

TEST(right)
{
    CHECK(true);
}

TEST(left_out)
{
    SKIP("no moon tonight");
}
