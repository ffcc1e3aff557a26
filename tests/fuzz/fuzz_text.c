// tests/fuzz/fuzz_text.c - any text as a date, a moment, a count, an address, a header: read or refused,
// and what was read prints as it was read.
#include "base/date.h"
#include "base/utf8.h"
#include "doc/inline.h"
#include "import/import.h"
#include "support/fuzz.h"

const char *const dtl_fuzz_seeds[] = {
    "2024-10-18", "13 December 2025", "Tue, 01/27/2026 - 12:00", "2024-10-19T11:58:00+01:00",
    "1,305",      "-1305.0",          "https://example.org",     "#Migrants arrived [note 3]",
    NULL,
};

static void read_dates(dtl_str text)
{
    static const dtl_str formats[] = {DTL_STR("%Y-%m-%d"), DTL_STR("%d %B %Y"),
                                      DTL_STR("%a, %m/%d/%Y - %H:%M"), DTL_STR("%d/%m/%Y"),
                                      DTL_STR("%b %Y")};
    dtl_date date;
    dtl_moment moment;
    for (size_t i = 0; i < DTL_COUNT(formats); i++) {
        if (!dtl_date_parse_format(text, formats[i], &date))
            continue;
        dtl_civil civil = dtl_date_civil(date);
        dtl_fuzz_require(civil.year >= DTL_YEAR_MIN && civil.year <= DTL_YEAR_MAX);
    }
    if (dtl_date_parse(text, &date)) {
        dtl_buf again = {0};
        dtl_date_add(&again, date);
        dtl_fuzz_require(dtl_str_equal(dtl_buf_str(&again), text));
        dtl_buf_release(&again);
    }
    if (dtl_moment_parse(text, &moment)) {
        dtl_buf again = {0};
        dtl_moment second;
        dtl_moment_add(&again, moment);
        dtl_fuzz_require(dtl_moment_parse(dtl_buf_str(&again), &second) && second == moment);
        dtl_buf_release(&again);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dtl_str text = {(const char *)data, size};
    dtl_arena arena = {0};
    int64_t count;
    const char *why = NULL;
    read_dates(text);
    if (!dtl_count_parse(text, &count, &why))
        dtl_fuzz_require(why && *why);
    dtl_url_is_allowed(text);
    dtl_str header = dtl_header_normalise(&arena, text);
    dtl_fuzz_require(header.size <= text.size);
    dtl_buf visible = {0};
    dtl_utf8_add_visible(&visible, text, true);
    dtl_fuzz_require(dtl_utf8_check(dtl_buf_str(&visible)) == SIZE_MAX);
    dtl_buf_release(&visible);
    dtl_arena_release(&arena);
    return 0;
}
