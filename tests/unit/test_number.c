// tests/unit/test_number.c - numbers as a reader sees them.
#include "support/test.h"

#include "base/number.h"
#include "support/random.h"

static void check_number(int64_t num, int64_t den, dtl_number_format format, const char *expected,
                         int line)
{
    dtl_buf buf = {0};
    dtl_rational value = {0, 1};
    dtl_test_check(dtl_rational_make(num, den, &value) && dtl_number_add(&buf, value, format),
                   "fits", __FILE__, line);
    dtl_test_check_str(buf.data, expected, "number", __FILE__, line);
    dtl_buf_release(&buf);
}

TEST(groups_are_of_three)
{
    static const dtl_number_format grouped = {.group = true};
    check_number(0, 1, grouped, "0", __LINE__);
    check_number(999, 1, grouped, "999", __LINE__);
    check_number(1000, 1, grouped, "1,000", __LINE__);
    check_number(28204, 1, grouped, "28,204", __LINE__);
    check_number(-123456, 1, grouped, "-123,456", __LINE__);
    check_number(INT64_MIN, 1, grouped, "-9,223,372,036,854,775,808", __LINE__);
    check_number(28204, 1, (dtl_number_format){0}, "28204", __LINE__);
}

TEST(decimals_are_rounded_half_up)
{
    check_number(1, 8, (dtl_number_format){.decimals = 2}, "0.13", __LINE__);
    check_number(-7, 2, (dtl_number_format){.decimals = 1}, "-3.5", __LINE__);
    check_number(-7, 2, (dtl_number_format){0}, "-4", __LINE__);
    check_number(1999, 2, (dtl_number_format){.group = true}, "1,000", __LINE__);
    check_number(-19999, 20000, (dtl_number_format){.decimals = 2}, "-1.00", __LINE__);
    check_number(2, 3, (dtl_number_format){.decimals = 9}, "0.666666667", __LINE__);
    check_number(1, 1000000000, (dtl_number_format){.decimals = 9}, "0.000000001", __LINE__);
}

TEST(zero_never_has_a_sign)
{
    check_number(-1, 3, (dtl_number_format){0}, "0", __LINE__);
    check_number(-4, 1000, (dtl_number_format){.decimals = 2}, "0.00", __LINE__);
    check_number(-4, 1000, (dtl_number_format){.decimals = 2, .trim = true}, "0", __LINE__);
}

TEST(trim_drops_zeros_behind_the_point_only)
{
    check_number(647, 10, (dtl_number_format){.decimals = 2, .trim = true}, "64.7", __LINE__);
    check_number(65, 1, (dtl_number_format){.decimals = 2, .trim = true}, "65", __LINE__);
    check_number(100, 1, (dtl_number_format){.trim = true}, "100", __LINE__);
    check_number(10001, 100, (dtl_number_format){.decimals = 2, .trim = true}, "100.01", __LINE__);
}

TEST(the_largest_values_print_with_every_decimal)
{
    static const dtl_number_format most = {.decimals = 9, .group = true};
    check_number(INT64_MAX, 1, most, "9,223,372,036,854,775,807.000000000", __LINE__);
    check_number(INT64_MIN, 1, most, "-9,223,372,036,854,775,808.000000000", __LINE__);
    check_number(INT64_MAX, 2, most, "4,611,686,018,427,387,903.500000000", __LINE__);
}

TEST(more_than_nine_decimals_are_refused)
{
    dtl_buf buf = {0};
    CHECK(!dtl_number_add(&buf, dtl_rational_from(1), (dtl_number_format){.decimals = 10}));
    CHECK_INT((int64_t)buf.size, 0);
    dtl_buf_release(&buf);
}

TEST(exact_text_is_a_fraction_where_there_is_one)
{
    dtl_buf buf = {0};
    dtl_number_add_exact(&buf, (dtl_rational){28204, 1});
    dtl_buf_add_char(&buf, ' ');
    dtl_number_add_exact(&buf, (dtl_rational){-323, 5});
    CHECK_STR(buf.data, "28204 -323/5");
    dtl_buf_release(&buf);
}

TEST(machines_get_a_plain_decimal)
{
    dtl_buf buf = {0};
    dtl_number_add_decimal(&buf, (dtl_rational){647, 10});
    dtl_buf_add_char(&buf, ' ');
    dtl_number_add_decimal(&buf, (dtl_rational){-28204, 1});
    dtl_buf_add_char(&buf, ' ');
    dtl_number_add_decimal(&buf, (dtl_rational){1, 3});
    dtl_buf_add_char(&buf, ' ');
    dtl_number_add_decimal(&buf, (dtl_rational){-1, INT64_MAX});
    CHECK_STR(buf.data, "64.7 -28204 0.333333333 0");
    dtl_buf_release(&buf);
}

// Reads digits back: what was printed, without its point and commas.
static __int128 digits_of(dtl_str text)
{
    __int128 value = 0;
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] >= '0' && text.data[i] <= '9')
            value = value * 10 + (text.data[i] - '0');
    return text.data[0] == '-' ? -value : value;
}

TEST(what_is_printed_is_what_rounding_gives)
{
    dtl_random random = {8};
    dtl_buf buf = {0};
    for (int i = 0; i < 200000; i++) {
        dtl_rational value;
        int64_t rounded;
        unsigned decimals = (unsigned)dtl_random_below(&random, 10);
        if (!dtl_rational_make(dtl_random_int64(&random), dtl_random_int64(&random), &value) ||
            !dtl_rational_round(value, decimals, &rounded))
            continue;
        dtl_buf_clear(&buf);
        dtl_number_format format = {decimals, .group = (i & 1) != 0};
        if (!CHECK(dtl_number_add(&buf, value, format) && digits_of(dtl_buf_str(&buf)) == rounded))
            break;
    }
    dtl_buf_release(&buf);
}
