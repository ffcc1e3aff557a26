// tests/unit/test_rational.c - exact fractions, against a reference of 128 bits.
#include "support/test.h"

#include "base/rational.h"
#include "support/random.h"

typedef __int128 wide;

enum {
    ROUNDS = 200000
};

static wide absolute(wide value)
{
    return value < 0 ? -value : value;
}

// The reference: lowest terms by the textbook, with nothing clever to get wrong.
static bool reference(wide num, wide den, dtl_rational *out)
{
    if (den == 0)
        return false;
    wide a = absolute(num);
    wide b = absolute(den);
    while (b) {
        wide rest = a % b;
        a = b;
        b = rest;
    }
    num = den < 0 ? -num / a : num / a;
    den = absolute(den) / a;
    if (num < INT64_MIN || num > INT64_MAX || den > INT64_MAX)
        return false;
    *out = (dtl_rational){(int64_t)num, (int64_t)den};
    return true;
}

static bool same(bool held, dtl_rational value, bool expected_held, dtl_rational expected)
{
    return held == expected_held &&
           (!held || (value.num == expected.num && value.den == expected.den));
}

static dtl_rational random_rational(dtl_random *random)
{
    dtl_rational value;
    while (!dtl_rational_make(dtl_random_int64(random), dtl_random_int64(random), &value))
        continue;
    return value;
}

static dtl_rational make(int64_t num, int64_t den)
{
    dtl_rational value = {0, 1};
    CHECK(dtl_rational_make(num, den, &value));
    return value;
}

static void check_is(dtl_rational value, int64_t num, int64_t den, int line)
{
    dtl_test_check_int(value.num, num, "num", __FILE__, line);
    dtl_test_check_int(value.den, den, "den", __FILE__, line);
}

TEST(make_gives_lowest_terms_with_the_sign_above)
{
    check_is(make(6, 4), 3, 2, __LINE__);
    check_is(make(6, -4), -3, 2, __LINE__);
    check_is(make(-6, -4), 3, 2, __LINE__);
    check_is(make(0, -9), 0, 1, __LINE__);
    check_is(make(INT64_MIN, INT64_MIN), 1, 1, __LINE__);
    check_is(make(INT64_MIN, 2), INT64_MIN / 2, 1, __LINE__);
    check_is(make(2, INT64_MIN), -1, INT64_C(1) << 62, __LINE__);
}

TEST(make_refuses_zero_below_and_what_does_not_fit)
{
    dtl_rational value = {7, 1};
    CHECK(!dtl_rational_make(1, 0, &value));
    CHECK(!dtl_rational_make(0, 0, &value));
    CHECK(!dtl_rational_make(INT64_MIN, -1, &value));
    CHECK(!dtl_rational_make(1, INT64_MIN, &value));
    check_is(value, 7, 1, __LINE__);  // not written
}

TEST(arithmetic_refuses_to_wrap)
{
    dtl_rational most = dtl_rational_from(INT64_MAX);
    dtl_rational least = dtl_rational_from(INT64_MIN);
    dtl_rational one = dtl_rational_from(1);
    dtl_rational value = {7, 1};
    CHECK(!dtl_rational_add(most, one, &value));
    CHECK(!dtl_rational_sub(least, one, &value));
    CHECK(!dtl_rational_mul(most, dtl_rational_from(2), &value));
    CHECK(!dtl_rational_mul(least, dtl_rational_from(-1), &value));
    CHECK(!dtl_rational_div(one, dtl_rational_from(0), &value));
    CHECK(!dtl_rational_div(least, dtl_rational_from(-1), &value));
    CHECK(!dtl_rational_add(make(1, INT64_MAX), make(1, INT64_MAX - 1), &value));
    check_is(value, 7, 1, __LINE__);  // not written
    CHECK(dtl_rational_add(most, least, &value));
    check_is(value, -1, 1, __LINE__);
    CHECK(dtl_rational_mul(least, make(-1, 2), &value));
    check_is(value, INT64_C(1) << 62, 1, __LINE__);
}

TEST(arithmetic_agrees_with_the_reference)
{
    dtl_random random = {3};
    for (int i = 0; i < ROUNDS; i++) {
        dtl_rational a = random_rational(&random);
        dtl_rational b = random_rational(&random);
        dtl_rational value = {0, 1};
        dtl_rational expected = {0, 1};
        wide den = (wide)a.den * b.den;
        wide left = (wide)a.num * b.den;
        wide right = (wide)b.num * a.den;
        bool held = dtl_rational_add(a, b, &value);
        bool ok = same(held, value, reference(left + right, den, &expected), expected);
        held = dtl_rational_sub(a, b, &value);
        ok &= same(held, value, reference(left - right, den, &expected), expected);
        held = dtl_rational_mul(a, b, &value);
        ok &= same(held, value, reference((wide)a.num * b.num, den, &expected), expected);
        held = dtl_rational_div(a, b, &value);
        ok &= same(held, value, reference(left, right, &expected), expected);
        if (!CHECK(ok))
            return;
    }
}

TEST(what_was_added_or_multiplied_can_be_undone)
{
    dtl_random random = {4};
    for (int i = 0; i < ROUNDS; i++) {
        dtl_rational a = random_rational(&random);
        dtl_rational b = random_rational(&random);
        dtl_rational there;
        dtl_rational back;
        if (dtl_rational_add(a, b, &there) &&
            !CHECK(dtl_rational_sub(there, b, &back) && dtl_rational_compare(back, a) == 0))
            return;
        if (b.num != 0 && dtl_rational_mul(a, b, &there) &&
            !CHECK(dtl_rational_div(there, b, &back) && dtl_rational_compare(back, a) == 0))
            return;
    }
}

TEST(compare_is_exact_where_doubles_are_not)
{
    CHECK(dtl_rational_compare(make(INT64_MAX, 1), make(INT64_MAX - 1, 1)) > 0);
    CHECK(dtl_rational_compare(make(INT64_MAX - 1, INT64_MAX), make(INT64_MAX - 2, INT64_MAX - 1)) >
          0);
    CHECK(dtl_rational_compare(make(INT64_MIN, 1), make(INT64_MAX, 1)) < 0);
    CHECK(dtl_rational_compare(make(-1, 2), make(1, -2)) == 0);
}

TEST(compare_agrees_with_the_sign_of_the_difference)
{
    dtl_random random = {5};
    for (int i = 0; i < ROUNDS; i++) {
        dtl_rational a = random_rational(&random);
        dtl_rational b = random_rational(&random);
        dtl_rational difference;
        int order = dtl_rational_compare(a, b);
        bool ok = order == -dtl_rational_compare(b, a) && dtl_rational_compare(a, a) == 0;
        if (dtl_rational_sub(a, b, &difference))
            ok &= order == (difference.num > 0) - (difference.num < 0);
        if (!CHECK(ok))
            return;
    }
}

static void check_round(dtl_rational value, unsigned decimals, int64_t expected, int line)
{
    int64_t rounded = 0;
    dtl_test_check(dtl_rational_round(value, decimals, &rounded), "fits", __FILE__, line);
    dtl_test_check_int(rounded, expected, "rounded", __FILE__, line);
}

TEST(round_takes_halves_away_from_zero)
{
    check_round(make(1, 2), 0, 1, __LINE__);
    check_round(make(-1, 2), 0, -1, __LINE__);
    check_round(make(3, 2), 0, 2, __LINE__);
    check_round(make(5, 2), 0, 3, __LINE__);  // half to even would give 2
    check_round(make(-5, 2), 0, -3, __LINE__);
    check_round(make(49, 100), 0, 0, __LINE__);
    check_round(make(-49, 100), 0, 0, __LINE__);
    check_round(make(1, 8), 2, 13, __LINE__);         // 0.125
    check_round(make(2675, 1000), 2, 268, __LINE__);  // as a double it is a little less
    check_round(make(1005, 1000), 2, 101, __LINE__);
    check_round(make(2, 3), 9, 666666667, __LINE__);
    check_round(make(INT64_MAX, 2), 0, (INT64_C(1) << 62), __LINE__);
    check_round(make(INT64_MAX, 1), 0, INT64_MAX, __LINE__);
    check_round(make(INT64_MIN, 1), 0, INT64_MIN, __LINE__);
}

TEST(round_refuses_what_does_not_fit)
{
    int64_t rounded = 7;
    CHECK(!dtl_rational_round(make(INT64_MAX, 1), 1, &rounded));
    CHECK(!dtl_rational_round(make(INT64_MIN, 1), 9, &rounded));
    CHECK(!dtl_rational_round(make(1, 2), 10, &rounded));
    CHECK_INT(rounded, 7);
    CHECK(dtl_rational_round(make(INT64_MAX / 10, 1), 1, &rounded));
}

TEST(round_is_nearest_for_any_fraction)
{
    dtl_random random = {6};
    for (int i = 0; i < ROUNDS; i++) {
        dtl_rational a = random_rational(&random);
        unsigned decimals = (unsigned)dtl_random_below(&random, 10);
        int64_t rounded;
        if (!dtl_rational_round(a, decimals, &rounded))
            continue;
        wide scaled = a.num;
        for (unsigned k = 0; k < decimals; k++)
            scaled *= 10;
        // Twice the distance is at most one unit, and a tie lies farther from zero.
        wide off = 2 * ((wide)rounded * a.den - scaled);
        bool away = a.num < 0 ? off > 0 : off < 0;
        if (!CHECK(absolute(off) <= a.den && !(away && absolute(off) == a.den)))
            return;
    }
}

TEST(to_double_is_the_nearest)
{
    CHECK(dtl_rational_to_double(make(0, 5)) == 0.0);
    CHECK(dtl_rational_to_double(make(1, 3)) == 0x1.5555555555555p-2);
    CHECK(dtl_rational_to_double(make(-2, 3)) == -0x1.5555555555555p-1);
    CHECK(dtl_rational_to_double(make(INT64_MAX, 1)) == 0x1p63);
    CHECK(dtl_rational_to_double(make(INT64_MIN, 1)) == -0x1p63);
    CHECK(dtl_rational_to_double(make(1, INT64_MAX)) == 0x1p-63);
    CHECK(dtl_rational_to_double(make((INT64_C(1) << 53) + 1, 1)) == 0x1p53);
    CHECK(dtl_rational_to_double(make((INT64_C(1) << 53) + 3, 1)) == 0x1p53 + 4);
    CHECK(dtl_rational_to_double(make((INT64_C(1) << 54) + 1, 2)) == 0x1p53);
    CHECK(dtl_rational_to_double(make((INT64_C(1) << 55) + 5, 4)) == 0x1p53 + 2);
}

TEST(to_double_agrees_with_division_where_that_rounds_once)
{
    dtl_random random = {7};
    for (int i = 0; i < ROUNDS; i++) {
        int64_t num = dtl_random_int64(&random) >> 11;
        int64_t den = dtl_random_int64(&random) >> 11;
        if (den == 0)
            continue;
        double expected = (double)num / (double)den;
        double value = dtl_rational_to_double(make(num, den));
        if (!CHECK(value == expected || (num == 0 && value == 0.0)))
            return;
    }
}

TEST(from_double_takes_whole_numbers_only)
{
    dtl_rational value = {7, 1};
    CHECK(!dtl_rational_from_double(0.5, &value));
    CHECK(!dtl_rational_from_double(0.0 / 0.0, &value));
    CHECK(!dtl_rational_from_double(1.0 / 0.0, &value));
    CHECK(!dtl_rational_from_double(-1.0 / 0.0, &value));
    CHECK(!dtl_rational_from_double(0x1p53 + 2, &value));
    CHECK(!dtl_rational_from_double(1e300, &value));
    CHECK(!dtl_rational_from_double(0x1p-1074, &value));
    check_is(value, 7, 1, __LINE__);
    CHECK(dtl_rational_from_double(-0x1p53, &value));
    check_is(value, -(INT64_C(1) << 53), 1, __LINE__);
    CHECK(dtl_rational_from_double(-0.0, &value));
    check_is(value, 0, 1, __LINE__);
    CHECK(dtl_rational_from_double(28204.0, &value));
    check_is(value, 28204, 1, __LINE__);
}
