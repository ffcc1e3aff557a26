// tests/unit/test_fact.c - core/fact: copies, arithmetic, text and JSON of one fact.
#include "fact/fact.h"

#include <stdio.h>
#include <stdlib.h>

#include "fact/unit.h"
#include "support/series.h"
#include "support/test.h"

static const int64_t first_release[] = {3, 7};
static const int64_t second_release[] = {5, 7, 9};

static dtl_fact count_of(int64_t value, dtl_str unit)
{
    return (dtl_fact){
        .kind = DTL_FACT_NUMBER,
        .value = dtl_rational_from(value),
        .date_value = DTL_DATE_NONE,
        .unit = unit,
        .label = DTL_STR("people, 18 October 2024"),
        .expression = DTL_STR("people.on(2024-10-18)"),
        .note = DTL_STR("a note"),
        .from = test_date("2024-10-18"),
        .to = test_date("2024-10-18"),
        .releases = first_release,
        .release_count = 2,
    };
}

static dtl_fact people(int64_t value)
{
    return count_of(value, DTL_STR("person"));
}

static dtl_fact boats(int64_t value)
{
    dtl_fact fact = count_of(value, DTL_STR("boat"));
    fact.label = DTL_STR("boats, 2023");
    fact.expression = DTL_STR("boats.year(2023)");
    fact.note = DTL_STR("another note");
    fact.from = test_date("2023-01-01");
    fact.to = test_date("2023-12-31");
    fact.provisional = true;
    fact.releases = second_release;
    fact.release_count = 3;
    return fact;
}

static dtl_fact date_fact(const char *iso)
{
    dtl_fact fact = count_of(0, DTL_STR(""));
    fact.kind = DTL_FACT_DATE;
    fact.date_value = test_date(iso);
    fact.expression = DTL_STR("people.latest()");
    return fact;
}

// The figure's text, for this test program alone.
static const char *text_of(const dtl_fact *fact)
{
    static char text[128];
    dtl_buf out = {0};
    dtl_fact_add_text(&out, fact);
    snprintf(text, sizeof text, "%s", out.data);
    dtl_buf_release(&out);
    return text;
}

static dtl_fact ratio(int64_t num, int64_t den)
{
    dtl_fact fact = people(0);
    CHECK(dtl_rational_make(num, den, &fact.value));
    return fact;
}

static bool combine(dtl_fact_op op, dtl_fact a, dtl_fact b, dtl_arena *arena, dtl_fact *out,
                    dtl_error *err)
{
    *err = (dtl_error){0};
    return dtl_fact_combine(op, &a, &b, arena, out, err);
}

TEST(a_packed_fact_lives_on_its_own)
{
    dtl_arena arena = {0};
    dtl_fact fact = boats(10);
    fact.label = dtl_arena_str(&arena, fact.label);
    fact.expression = dtl_arena_str(&arena, fact.expression);
    void *block = malloc(dtl_fact_packed_size(&fact));
    const dtl_fact *packed = dtl_fact_pack(&fact, block);
    dtl_arena_release(&arena);
    fact = (dtl_fact){0};
    CHECK_TEXT(packed->label, "boats, 2023");
    CHECK_TEXT(packed->expression, "boats.year(2023)");
    CHECK_TEXT(packed->unit, "boat");
    CHECK_TEXT(packed->note, "another note");
    CHECK_INT((int64_t)packed->release_count, 3);
    CHECK_INT(packed->releases[2], 9);
    CHECK(packed->provisional);
    free(block);
}

TEST(an_empty_fact_packs_and_copies)
{
    dtl_arena arena = {0};
    dtl_fact fact = {0};
    dtl_fact copy = dtl_fact_copy(&arena, &fact);
    CHECK_INT((int64_t)copy.release_count, 0);
    CHECK_TEXT(copy.label, "");
    dtl_arena_release(&arena);
}

TEST(a_figure_is_whole_or_has_one_decimal)
{
    dtl_fact whole = people(28204);
    CHECK_STR(text_of(&whole), "28,204");
    dtl_fact none = people(0);
    CHECK_STR(text_of(&none), "0");
    dtl_fact fall = people(-1305);
    CHECK_STR(text_of(&fall), "-1,305");
    dtl_fact decimal = ratio(647, 10);
    CHECK_STR(text_of(&decimal), "64.7");
    dtl_fact trimmed = ratio(6499, 100);
    CHECK_STR(text_of(&trimmed), "65");
    dtl_fact per_cent = ratio(208800, 26116);
    CHECK_STR(text_of(&per_cent), "8");
    dtl_fact date = date_fact("2024-10-18");
    CHECK_STR(text_of(&date), "2024-10-18");
}

TEST(a_figure_that_is_not_nothing_never_reads_as_nothing)
{
    dtl_fact small = ratio(45, 28204);
    CHECK_STR(text_of(&small), "0.002");
    dtl_fact fall = ratio(-1, 3000);
    CHECK_STR(text_of(&fall), "-0.0003");
    dtl_fact large = ratio(INT64_MAX, 2);
    CHECK_STR(text_of(&large), "4,611,686,018,427,387,903.5");
}

TEST(arithmetic_keeps_units_sources_and_how_it_was_made)
{
    dtl_arena arena = {0};
    dtl_error err;
    dtl_fact out;
    CHECK(combine(DTL_FACT_DIV, people(647), boats(10), &arena, &out, &err));
    CHECK(out.value.num == 647 && out.value.den == 10);
    CHECK_TEXT(out.unit, "person/boat");
    CHECK_TEXT(out.expression, "people.on(2024-10-18) / boats.year(2023)");
    CHECK_TEXT(out.label, "people, 18 October 2024 divided by boats, 2023");
    CHECK_TEXT(out.note, "a note; another note");
    CHECK(out.provisional);
    CHECK_INT(out.from, test_date("2023-01-01"));
    CHECK_INT(out.to, test_date("2024-10-18"));
    CHECK_INT((int64_t)out.release_count, 4);
    CHECK(out.releases[0] == 3 && out.releases[1] == 5 && out.releases[2] == 7 &&
          out.releases[3] == 9);
    dtl_arena_release(&arena);
}

TEST(brackets_stand_where_the_order_needs_them)
{
    dtl_arena arena = {0};
    dtl_error err;
    dtl_fact difference;
    dtl_fact out;
    CHECK(combine(DTL_FACT_SUB, people(5), people(3), &arena, &difference, &err));
    difference.expression = DTL_STR("a - b");
    dtl_fact c = people(2);
    c.expression = DTL_STR("c");
    CHECK(combine(DTL_FACT_DIV, difference, c, &arena, &out, &err));
    CHECK_TEXT(out.expression, "(a - b) / c");
    CHECK(combine(DTL_FACT_SUB, difference, c, &arena, &out, &err));
    CHECK_TEXT(out.expression, "a - b - c");
    CHECK(combine(DTL_FACT_SUB, c, difference, &arena, &out, &err));
    CHECK_TEXT(out.expression, "c - (a - b)");
    dtl_fact product = people(2);
    product.expression = DTL_STR("a * b");
    CHECK(combine(DTL_FACT_ADD, product, c, &arena, &out, &err));
    CHECK_TEXT(out.expression, "a * b + c");
    CHECK(combine(DTL_FACT_DIV, c, product, &arena, &out, &err));
    CHECK_TEXT(out.expression, "c / (a * b)");
    dtl_fact call = people(2);
    call.expression = DTL_STR("(people / boats).total(2024-01-01, 2024-10-18)");
    CHECK(combine(DTL_FACT_MUL, c, call, &arena, &out, &err));
    CHECK_TEXT(out.expression, "c * (people / boats).total(2024-01-01, 2024-10-18)");
    call.expression = DTL_STR("deaths{source=\"a - \\\"(b\"}.on(2024-10-18)");
    CHECK(combine(DTL_FACT_DIV, c, call, &arena, &out, &err));
    CHECK_TEXT(out.expression, "c / deaths{source=\"a - \\\"(b\"}.on(2024-10-18)");
    dtl_arena_release(&arena);
}

TEST(unlike_things_are_not_added)
{
    dtl_arena arena = {0};
    dtl_error err;
    dtl_fact out = {0};
    CHECK(!combine(DTL_FACT_ADD, people(1), boats(1), &arena, &out, &err));
    CHECK_INT(err.code, DTL_EUSAGE);
    CHECK_STR(err.message, "person and boat cannot be added");
    CHECK(!combine(DTL_FACT_SUB, people(1), boats(1), &arena, &out, &err));
    CHECK_STR(err.message, "person and boat cannot be subtracted");
    CHECK_INT((int64_t)out.release_count, 0);  // not written
    dtl_arena_release(&arena);
}

TEST(a_bare_number_takes_the_unit_of_what_it_meets)
{
    dtl_arena arena = {0};
    dtl_error err;
    dtl_fact out;
    dtl_fact thousand = dtl_fact_constant(dtl_rational_from(1000), &arena);
    CHECK_TEXT(thousand.expression, "1000");
    CHECK_TEXT(thousand.label, "1,000");
    CHECK(combine(DTL_FACT_SUB, people(1305), thousand, &arena, &out, &err));
    CHECK_TEXT(out.unit, "person");
    CHECK_INT(out.value.num, 305);
    CHECK_TEXT(out.expression, "people.on(2024-10-18) - 1000");
    CHECK_INT((int64_t)out.release_count, 2);
    CHECK_INT(out.from, test_date("2024-10-18"));
    CHECK(combine(DTL_FACT_MUL, thousand, people(2), &arena, &out, &err));
    CHECK_TEXT(out.unit, "person");
    dtl_rational third;
    CHECK(dtl_rational_make(-1, 3, &third));
    dtl_fact fraction = dtl_fact_constant(third, &arena);
    CHECK_TEXT(fraction.expression, "-1/3");
    // A share of data is not a bare number.
    dtl_fact share = people(1);
    share.unit = DTL_STR("");
    CHECK(!combine(DTL_FACT_ADD, people(1), share, &arena, &out, &err));
    CHECK_STR(err.message, "person and a bare number cannot be added");
    dtl_arena_release(&arena);
}

TEST(nothing_is_divided_by_none)
{
    dtl_arena arena = {0};
    dtl_error err;
    dtl_fact out;
    CHECK(!combine(DTL_FACT_DIV, people(1), boats(0), &arena, &out, &err));
    CHECK_INT(err.code, DTL_ENONE);
    CHECK_STR(err.message, "boats, 2023: none, and nothing can be divided by none");
    dtl_arena_release(&arena);
}

TEST(what_does_not_fit_is_refused)
{
    dtl_arena arena = {0};
    dtl_error err;
    dtl_fact out;
    CHECK(!combine(DTL_FACT_ADD, people(INT64_MAX), people(1), &arena, &out, &err));
    CHECK_INT(err.code, DTL_ELIMIT);
    CHECK(!combine(DTL_FACT_MUL, people(INT64_MAX), people(2), &arena, &out, &err));
    CHECK_INT(err.code, DTL_ELIMIT);
    dtl_arena_release(&arena);
}

TEST(an_expression_grows_up_to_its_limit_and_no_further)
{
    dtl_arena arena = {0};
    dtl_error err = {0};
    dtl_fact sum = people(1);
    dtl_fact one = people(1);
    const size_t step = sizeof "people.on(2024-10-18) + " - 1;
    size_t terms = 1;
    dtl_fact next;
    while (combine(DTL_FACT_ADD, sum, one, &arena, &next, &err)) {
        sum = next;
        terms++;
    }
    CHECK_INT(err.code, DTL_ELIMIT);
    CHECK_INT((int64_t)terms, (int64_t)((DTL_FACT_EXPRESSION_MAX + 3) / step));
    CHECK(sum.label.size <= DTL_FACT_LABEL_MAX);
    CHECK_TEXT(sum.note, "a note");
    dtl_arena_release(&arena);
}

TEST(notes_beyond_the_limit_are_summed_up_in_words)
{
    dtl_arena arena = {0};
    dtl_error err;
    dtl_fact sum = people(1);
    for (int i = 0; i < 200; i++) {
        dtl_fact one = people(1);
        one.expression = DTL_STR("x");
        one.note = dtl_arena_printf(&arena, "note number %d", i);
        CHECK(combine(DTL_FACT_ADD, sum, one, &arena, &sum, &err));
    }
    CHECK(sum.note.size <= DTL_FACT_NOTE_MAX + 32);
    CHECK(dtl_str_ends(sum.note, DTL_STR("; and further notes")));
    dtl_arena_release(&arena);
}

TEST(dates_differ_by_days_and_move_by_days)
{
    dtl_arena arena = {0};
    dtl_error err;
    dtl_fact out;
    CHECK(combine(DTL_FACT_SUB, date_fact("2024-03-01"), date_fact("2024-02-28"), &arena, &out,
                  &err));
    CHECK_INT(out.kind, DTL_FACT_NUMBER);
    CHECK_INT(out.value.num, 2);
    CHECK_TEXT(out.unit, "day");
    dtl_fact two = out;
    CHECK(combine(DTL_FACT_ADD, date_fact("2024-02-28"), two, &arena, &out, &err));
    CHECK_INT(out.kind, DTL_FACT_DATE);
    CHECK_INT(out.date_value, test_date("2024-03-01"));
    CHECK(combine(DTL_FACT_ADD, two, date_fact("2024-02-28"), &arena, &out, &err));
    CHECK_INT(out.date_value, test_date("2024-03-01"));
    CHECK(combine(DTL_FACT_SUB, date_fact("2024-03-01"), two, &arena, &out, &err));
    CHECK_INT(out.date_value, test_date("2024-02-28"));
    CHECK(combine(DTL_FACT_ADD, date_fact("2024-02-28"),
                  dtl_fact_constant(dtl_rational_from(2), &arena), &arena, &out, &err));
    CHECK_INT(out.date_value, test_date("2024-03-01"));
    dtl_arena_release(&arena);
}

TEST(dates_take_no_other_arithmetic)
{
    dtl_arena arena = {0};
    dtl_error err;
    dtl_fact out;
    dtl_fact date = date_fact("2024-02-28");
    dtl_fact half = ratio(1, 2);
    half.unit = DTL_STR("day");
    CHECK(!combine(DTL_FACT_ADD, date, date, &arena, &out, &err));
    CHECK_INT(err.code, DTL_ENONE);
    CHECK(!combine(DTL_FACT_MUL, date, dtl_fact_constant(dtl_rational_from(2), &arena), &arena,
                   &out, &err));
    CHECK(!combine(DTL_FACT_ADD, date, people(2), &arena, &out, &err));
    CHECK(!combine(DTL_FACT_ADD, date, half, &arena, &out, &err));
    CHECK(!combine(DTL_FACT_SUB, people(2), date, &arena, &out, &err));
    CHECK(!combine(DTL_FACT_ADD, date, dtl_fact_constant(dtl_rational_from(INT64_MAX), &arena),
                   &arena, &out, &err));
    CHECK_INT(err.code, DTL_ELIMIT);
    CHECK(!combine(DTL_FACT_SUB, date, dtl_fact_constant(dtl_rational_from(INT64_MIN), &arena),
                   &arena, &out, &err));
    CHECK(!combine(DTL_FACT_SUB, date, dtl_fact_constant(dtl_rational_from(800000), &arena), &arena,
                   &out, &err));
    CHECK_INT(err.code, DTL_ELIMIT);
    CHECK(!dtl_fact_change(&date, &date, &arena, &out, &err));
    dtl_arena_release(&arena);
}

TEST(a_change_is_exact_and_speaks_of_now)
{
    dtl_arena arena = {0};
    dtl_error err = {0};
    dtl_fact out;
    dtl_fact now = people(28204);
    dtl_fact was = people(26116);
    now.expression = DTL_STR("people.year_to_date(2024-10-18)");
    was.expression = DTL_STR("people.same_point(2024-10-18, 2023)");
    was.label = DTL_STR("people, 1 January to 18 October 2023");
    was.from = test_date("2023-01-01");
    was.to = test_date("2023-10-18");
    CHECK(dtl_fact_change(&now, &was, &arena, &out, &err));
    CHECK_TEXT(out.unit, "percent");
    CHECK_TEXT(out.expression,
               "change(people.year_to_date(2024-10-18), people.same_point(2024-10-18, 2023))");
    CHECK_TEXT(out.label,
               "change in per cent, people, 18 October 2024 against people, 1 January to "
               "18 October 2023");
    CHECK(out.value.num == 52200 && out.value.den == 6529);  // 208,800 / 26,116
    CHECK_INT(out.from, test_date("2024-10-18"));
    CHECK_STR(text_of(&out), "8");
    CHECK(dtl_fact_change(&was, &now, &arena, &out, &err));
    CHECK_STR(text_of(&out), "-7.4");
    CHECK(dtl_fact_change(&now, &now, &arena, &out, &err));
    CHECK_STR(text_of(&out), "0");
    dtl_arena_release(&arena);
}

TEST(there_is_no_change_from_none_nor_between_unlike_things)
{
    dtl_arena arena = {0};
    dtl_error err = {0};
    dtl_fact out;
    dtl_fact now = people(44);
    dtl_fact none = people(0);
    CHECK(!dtl_fact_change(&now, &none, &arena, &out, &err));
    CHECK_INT(err.code, DTL_ENONE);
    CHECK_STR(err.message,
              "people, 18 October 2024: none, so there is no change in per cent of it");
    dtl_fact below = people(-3);
    err = (dtl_error){0};
    CHECK(!dtl_fact_change(&now, &below, &arena, &out, &err));
    CHECK_INT(err.code, DTL_ENONE);
    dtl_fact other = boats(3);
    err = (dtl_error){0};
    CHECK(!dtl_fact_change(&now, &other, &arena, &out, &err));
    CHECK_INT(err.code, DTL_EUSAGE);
    CHECK_STR(err.message, "person and boat cannot be compared");
    dtl_arena_release(&arena);
}

static void check_unit(dtl_arena *arena, dtl_str a, dtl_str b, bool divide, const char *expected)
{
    dtl_str unit = {0};
    CHECK(dtl_unit_combine(a, b, divide, arena, &unit));
    CHECK_STR(unit.data, expected);
}

TEST(units_cancel_and_sort)
{
    dtl_arena arena = {0};
    check_unit(&arena, DTL_STR("person"), DTL_STR("boat"), true, "person/boat");
    check_unit(&arena, DTL_STR("person/boat"), DTL_STR("boat"), false, "person");
    check_unit(&arena, DTL_STR("person"), DTL_STR("person"), true, "");
    check_unit(&arena, DTL_STR(""), DTL_STR("boat"), true, "1/boat");
    check_unit(&arena, DTL_STR("1/boat"), DTL_STR("boat"), false, "");
    check_unit(&arena, DTL_STR("person"), DTL_STR("boat"), false, "boat*person");
    check_unit(&arena, DTL_STR("boat"), DTL_STR("person"), false, "boat*person");
    check_unit(&arena, DTL_STR("boat*person"), DTL_STR("boat"), true, "person");
    check_unit(&arena, DTL_STR("person/boat"), DTL_STR("day"), true, "person/boat*day");
    check_unit(&arena, DTL_STR("person/boat*day"), DTL_STR("person/day"), true, "1/boat");
    check_unit(&arena, DTL_STR(""), DTL_STR(""), false, "");
    dtl_arena_release(&arena);
}

TEST(a_unit_has_eight_parts_and_not_nine)
{
    dtl_arena arena = {0};
    dtl_str unit = DTL_STR("");
    for (int i = 0; i < DTL_UNIT_FACTORS_MAX; i++)
        CHECK(dtl_unit_combine(unit, DTL_STR("person"), false, &arena, &unit));
    CHECK(!dtl_unit_combine(unit, DTL_STR("person"), false, &arena, &unit));
    CHECK(dtl_unit_combine(unit, DTL_STR("person"), true, &arena, &unit));
    dtl_arena_release(&arena);
}

static void check_json(dtl_store *store, const dtl_fact *fact, const char *expected)
{
    dtl_buf out = {0};
    dtl_error err = {0};
    CHECK(dtl_fact_add_json(&out, fact, store, &err));
    CHECK_STR(out.data, expected);
    dtl_buf_release(&out);
}

TEST(json_has_the_exact_value_and_the_sources)
{
    dtl_store *store = test_store_new();
    const test_row row = {.period = test_date("2024-10-18"), .values = {647, 10}};
    int64_t release = test_store_add(store, &test_daily, test_date("2024-10-19"), &row, 1);
    dtl_fact fact = ratio(647, 10);
    fact.unit = DTL_STR("person/boat");
    fact.releases = &release;
    fact.release_count = 1;
    CHECK_INT(release, 1);
    check_json(
        store, &fact,
        "{\"kind\":\"fact\",\"value\":64.7,\"exact\":\"647/10\",\"unit\":\"person/boat\","
        "\"text\":\"64.7\",\"label\":\"people, 18 October 2024\","
        "\"expression\":\"people.on(2024-10-18)\",\"note\":\"a note\","
        "\"from\":\"2024-10-18\",\"to\":\"2024-10-18\",\"provisional\":false,"
        "\"sources\":[{\"release\":1,\"dataset\":\"small-boats-daily\","
        "\"publisher\":\"Home Office\",\"licence\":\"Open Government Licence v3.0\","
        "\"published\":\"2024-10-19\",\"file\":\"figures.csv\","
        "\"sha256\":\"small-boats-daily               00000000000000000000000000020015\"}]}");
    dtl_store_close(store);
}

TEST(json_of_dates_and_constants_has_no_sources)
{
    dtl_store *store = test_store_new();
    dtl_arena arena = {0};
    dtl_fact date = date_fact("2024-10-18");
    date.release_count = 0;
    check_json(store, &date,
               "{\"kind\":\"date\",\"value\":\"2024-10-18\",\"unit\":\"\",\"text\":\"2024-10-18\","
               "\"label\":\"people, 18 October 2024\",\"expression\":\"people.latest()\","
               "\"note\":\"a note\",\"from\":\"2024-10-18\",\"to\":\"2024-10-18\","
               "\"provisional\":false,\"sources\":[]}");
    dtl_rational third;
    CHECK(dtl_rational_make(1, 3, &third));
    dtl_fact constant = dtl_fact_constant(third, &arena);
    check_json(store, &constant,
               "{\"kind\":\"fact\",\"value\":0.333333333,\"exact\":\"1/3\",\"unit\":\"\","
               "\"text\":\"0.3\",\"label\":\"0.3\",\"expression\":\"1/3\",\"note\":\"\","
               "\"from\":null,\"to\":null,\"provisional\":false,\"sources\":[]}");
    dtl_arena_release(&arena);
    dtl_store_close(store);
}
