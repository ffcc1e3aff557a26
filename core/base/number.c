// core/base/number.c - the one place where a number becomes digits.
#include "base/number.h"

#include <inttypes.h>
#include <stdio.h>

enum {
    DECIMALS_MAX = 9,
    WHOLE_DIGITS_MAX = 20
};

static void add_whole(dtl_buf *out, uint64_t whole, bool group)
{
    char digits[WHOLE_DIGITS_MAX + 1];
    int count = snprintf(digits, sizeof digits, "%" PRIu64, whole);
    for (int i = 0; i < count; i++) {
        if (group && i > 0 && (count - i) % 3 == 0)
            dtl_buf_add_char(out, ',');
        dtl_buf_add_char(out, digits[i]);
    }
}

static void add_decimals(dtl_buf *out, uint64_t decimals, unsigned count, bool trim)
{
    char digits[DECIMALS_MAX];
    for (unsigned i = count; i > 0; i--) {
        digits[i - 1] = (char)('0' + decimals % 10);
        decimals /= 10;
    }
    while (trim && count > 0 && digits[count - 1] == '0')
        count--;
    if (count == 0)
        return;
    dtl_buf_add_char(out, '.');
    dtl_buf_add(out, digits, count);
}

// The whole part is taken off before rounding: what is left is below one, so it always fits.
bool dtl_number_add(dtl_buf *out, dtl_rational value, dtl_number_format format)
{
    int64_t whole = value.num / value.den;
    dtl_rational rest = {value.num % value.den, value.den};
    int64_t one;
    int64_t decimals;
    if (!dtl_rational_round(dtl_rational_from(1), format.decimals, &one) ||
        !dtl_rational_round(rest, format.decimals, &decimals))
        return false;
    bool negative = whole < 0 || decimals < 0;
    uint64_t units = whole < 0 ? -(uint64_t)whole : (uint64_t)whole;
    uint64_t parts = (uint64_t)(decimals < 0 ? -decimals : decimals);
    if (parts == (uint64_t)one) {
        parts = 0;
        units++;
    }
    if (negative)
        dtl_buf_add_char(out, '-');
    add_whole(out, units, format.group);
    add_decimals(out, parts, format.decimals, format.trim);
    return true;
}

void dtl_number_add_exact(dtl_buf *out, dtl_rational value)
{
    dtl_buf_printf(out, "%" PRId64, value.num);
    if (value.den != 1)
        dtl_buf_printf(out, "/%" PRId64, value.den);
}

void dtl_number_add_decimal(dtl_buf *out, dtl_rational value)
{
    bool fits = dtl_number_add(out, value, (dtl_number_format){DECIMALS_MAX, .trim = true});
    (void)fits;  // nine decimals always do
}
