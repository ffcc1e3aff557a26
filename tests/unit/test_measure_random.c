// tests/unit/test_measure_random.c - every question, over generated series, against a naive loop.
#include "fact/measure.h"

#include <stdlib.h>

#include "support/figures.h"
#include "support/test.h"

enum {
    DAYS = 900,  // two Februaries, one of them with 29 days, and three 1 Januaries
    QUESTIONS = 400,
    ABSENT = -1
};

// What a series is made of: how high its values go, and one day in so many without any row.
typedef struct shape {
    const char *first;
    int64_t limit;
    int64_t absent_each;  // 0: never
} shape;

static const shape shapes[] = {
    {"2023-06-15", 1400, 0},   // like the real one, without a gap
    {"2023-01-01", 3, 0},      // ties, and none on many days
    {"2023-12-31", 2000, 90},  // a missing day now and then
    {"2019-02-28", 5, 12},     // many
    {"2020-01-01", 1, 300},    // nothing but none
};

typedef struct model {
    dtl_date first;
    int64_t people[DAYS];  // ABSENT: no row
    int64_t boats[DAYS];
} model;

static model make_model(const shape *like, test_random *random)
{
    model m = {.first = test_date(like->first)};
    for (size_t i = 0; i < DAYS; i++) {
        bool absent = like->absent_each && test_random_below(random, like->absent_each) == 0;
        bool quiet = test_random_below(random, 3) == 0;
        m.people[i] = absent ? ABSENT : quiet ? 0 : test_random_below(random, like->limit);
        m.boats[i] = m.people[i] > 0 ? 1 + m.people[i] / 50 : m.people[i];
    }
    m.people[0] = m.boats[0] = 0;  // both ends have rows
    m.people[DAYS - 1] = m.boats[DAYS - 1] = 1;
    return m;
}

static test_figures make_figures(const model *m)
{
    test_row *rows = dtl_realloc_array(NULL, DAYS, sizeof *rows);
    size_t count = 0;
    for (size_t i = 0; i < DAYS; i++) {
        if (m->people[i] != ABSENT)
            rows[count++] =
                (test_row){.period = m->first + (dtl_date)i, .values = {m->people[i], m->boats[i]}};
    }
    test_figures f = {.store = test_store_new()};
    test_store_add(f.store, &test_daily, m->first + DAYS, rows, count);
    free(rows);
    f.people = (dtl_measure){.name = DTL_STR("people"),
                             .over = test_series(f.store, "small-boats-daily", "people")};
    f.boats = (dtl_measure){.name = DTL_STR("boats"),
                            .over = test_series(f.store, "small-boats-daily", "boats")};
    f.per_boat = (dtl_measure){DTL_STR("(people / boats)"), f.people.over, f.boats.over};
    return f;
}

static int64_t people_on(const model *m, dtl_date day)
{
    return day < m->first || day >= m->first + DAYS ? ABSENT : m->people[day - m->first];
}

static int64_t boats_on(const model *m, dtl_date day)
{
    return day < m->first || day >= m->first + DAYS ? ABSENT : m->boats[day - m->first];
}

// False when a day has no value.
static bool loop_sum(const model *m, dtl_date from, dtl_date to, int64_t *people, int64_t *boats)
{
    *people = *boats = 0;
    for (dtl_date day = from; day <= to; day++) {
        if (people_on(m, day) == ABSENT)
            return false;
        *people += people_on(m, day);
        *boats += boats_on(m, day);
    }
    return true;
}

static dtl_date random_day(const model *m, test_random *random)
{
    return m->first - 15 + (dtl_date)test_random_below(random, DAYS + 30);
}

// [ok] and the fact are what was answered for [from]..[to].
static void check_sum(test_figures *f, const model *m, dtl_date from, dtl_date to, bool ok)
{
    int64_t people;
    int64_t boats;
    bool expected = loop_sum(m, from, to, &people, &boats);
    CHECK(ok == expected);
    if (!ok) {
        CHECK_INT(f->err.code, DTL_ENONE);
    } else if (expected) {
        CHECK_INT(f->fact.value.num, people);
        CHECK_INT(f->fact.value.den, 1);
        CHECK_INT(f->fact.from, from);
        CHECK_INT(f->fact.to, to);
        CHECK(f->fact.release_count == 1);
    }
    f->err = (dtl_error){0};
}

static void check_ratio(test_figures *f, const model *m, dtl_date from, dtl_date to)
{
    int64_t people;
    int64_t boats;
    bool expected = loop_sum(m, from, to, &people, &boats) && boats > 0;
    f->err = (dtl_error){0};
    bool ok = dtl_measure_total(&f->per_boat, from, to, &f->arena, &f->fact, &f->err);
    CHECK(ok == expected);
    if (ok && expected)
        CHECK(f->fact.value.num * boats == people * f->fact.value.den);
    f->err = (dtl_error){0};
}

static void ask_spans(test_figures *f, const model *m, dtl_date day, int64_t n)
{
    dtl_measure *p = &f->people;
    dtl_civil civil = dtl_date_civil(day);
    dtl_date year = dtl_date_year_start(civil.year);
    dtl_date month = dtl_date_month_start(day);
    dtl_date month_end = dtl_date_month_end(day);
    bool moved;
    int other = civil.year - 1 + (int)(n % 3);
    dtl_date point = dtl_date_in_year(day, other, &moved);
    dtl_arena *a = &f->arena;
    check_sum(f, m, day, day, dtl_measure_on(p, day, a, &f->fact, &f->err));
    check_sum(f, m, year, day, dtl_measure_year_to_date(p, day, a, &f->fact, &f->err));
    check_sum(f, m, year, dtl_date_year_end(civil.year),
              dtl_measure_year(p, civil.year, a, &f->fact, &f->err));
    check_sum(f, m, dtl_date_year_start(other), point,
              dtl_measure_same_point(p, day, other, a, &f->fact, &f->err));
    check_sum(f, m, month, month_end,
              dtl_measure_month(p, civil.year, civil.month, a, &f->fact, &f->err));
    check_sum(f, m, month, day, dtl_measure_month_to_date(p, day, a, &f->fact, &f->err));
    check_sum(f, m, day - 6, day, dtl_measure_week_ending(p, day, a, &f->fact, &f->err));
    check_sum(f, m, day - (dtl_date)n + 1, day, dtl_measure_last(p, n, day, a, &f->fact, &f->err));
    check_sum(f, m, day, day + (dtl_date)n,
              dtl_measure_total(p, day, day + (dtl_date)n, a, &f->fact, &f->err));
    check_sum(f, m, day + 1, day + (dtl_date)n,
              dtl_measure_since(p, day, DTL_STR("labour"), true, day + (dtl_date)n, a, &f->fact,
                                &f->err));
    check_ratio(f, m, day, day + (dtl_date)n);
    check_ratio(f, m, day, day);
}

// Runs [ask] with many random days and numbers over each shape.
static void over_all_shapes(void (*ask)(test_figures *, const model *, dtl_date, int64_t))
{
    for (size_t i = 0; i < DTL_COUNT(shapes); i++) {
        test_random random = {i + 1};
        model m = make_model(&shapes[i], &random);
        test_figures f = make_figures(&m);
        for (int question = 0; question < QUESTIONS; question++) {
            dtl_date day = random_day(&m, &random);
            ask(&f, &m, day, 1 + test_random_below(&random, 60));
            dtl_arena_reset(&f.arena);
        }
        dtl_series_free((dtl_series *)f.people.over);
        dtl_series_free((dtl_series *)f.boats.over);
        f.people.over = f.boats.over = NULL;
        test_figures_close(&f);
    }
}

TEST(every_span_equals_a_loop)
{
    over_all_shapes(ask_spans);
}

static void ask_peak_day(test_figures *f, const model *m, dtl_date day, int64_t n)
{
    int64_t people;
    int64_t boats;
    dtl_date to = day + (dtl_date)n;
    bool expected = loop_sum(m, day, to, &people, &boats);
    f->err = (dtl_error){0};
    bool ok =
        dtl_measure_peak(&f->people, DTL_BY_DAY, day, to, &f->arena, &f->fact, &f->tied, &f->err);
    CHECK(ok == expected);
    if (!ok || !expected)
        return;
    dtl_date best = day;
    for (dtl_date d = day; d <= to; d++)
        best = people_on(m, d) > people_on(m, best) ? d : best;
    int64_t tied = 0;
    for (dtl_date d = day; d <= to; d++)
        tied += people_on(m, d) == people_on(m, best);
    CHECK_INT(f->fact.from, best);
    CHECK_INT(f->fact.value.num, people_on(m, best));
    CHECK_INT(f->tied, tied);
}

static dtl_date span_end(dtl_by by, dtl_date start)
{
    return by == DTL_BY_YEAR ? dtl_date_year_end(dtl_date_year(start)) : dtl_date_month_end(start);
}

static void ask_peak_by(test_figures *f, const model *m, dtl_by by, dtl_date from, dtl_date to)
{
    dtl_date start =
        by == DTL_BY_YEAR ? dtl_date_year_start(dtl_date_year(from)) : dtl_date_month_start(from);
    int64_t best = ABSENT;
    int64_t tied = 0;
    dtl_date best_start = DTL_DATE_NONE;
    for (; start <= to; start = span_end(by, start) + 1) {
        int64_t people;
        int64_t boats;
        dtl_date end = span_end(by, start);
        if (start < from || end > to || !loop_sum(m, start, end, &people, &boats))
            continue;
        tied = people > best ? 1 : tied + (people == best);
        best_start = people > best ? start : best_start;
        best = people > best ? people : best;
    }
    f->err = (dtl_error){0};
    bool ok = dtl_measure_peak(&f->people, by, from, to, &f->arena, &f->fact, &f->tied, &f->err);
    CHECK(ok == (best != ABSENT));
    if (!ok || best == ABSENT)
        return;
    CHECK_INT(f->fact.value.num, best);
    CHECK_INT(f->fact.from, best_start);
    CHECK_INT(f->fact.to, span_end(by, best_start));
    CHECK_INT(f->tied, tied);
}

static void ask_peak_spans(test_figures *f, const model *m, dtl_date day, int64_t n)
{
    ask_peak_by(f, m, DTL_BY_MONTH, day, day + 6 * (dtl_date)n);
    ask_peak_by(f, m, DTL_BY_YEAR, day, day + 15 * (dtl_date)n);
}

TEST(every_peak_equals_a_loop)
{
    over_all_shapes(ask_peak_day);
    over_all_shapes(ask_peak_spans);
}

static dtl_date scope_start(const model *m, const char *scope, dtl_date day)
{
    if (strcmp(scope, "year") == 0)
        return dtl_date_year_start(dtl_date_year(day));
    if (strcmp(scope, "month") == 0)
        return dtl_date_month_start(day);
    return day < m->first ? day : m->first;
}

static void ask_rank_in(test_figures *f, const model *m, dtl_date day, const char *scope)
{
    int64_t people;
    int64_t boats;
    dtl_date from = scope_start(m, scope, day);
    bool expected = loop_sum(m, from, day, &people, &boats);
    f->err = (dtl_error){0};
    bool ok = dtl_measure_rank(&f->people, day, dtl_str_from(scope), &f->arena, &f->fact, &f->tied,
                               &f->err);
    CHECK(ok == expected);
    if (!ok || !expected)
        return;
    int64_t rank = 1;
    int64_t tied = 0;
    for (dtl_date d = from; d <= day; d++) {
        if (strcmp(scope, "calendar-month") == 0 &&
            dtl_date_civil(d).month != dtl_date_civil(day).month)
            continue;
        rank += people_on(m, d) > people_on(m, day);
        tied += people_on(m, d) == people_on(m, day);
    }
    CHECK_INT(f->fact.value.num, rank);
    CHECK_INT(f->tied, tied);
}

static void ask_rank(test_figures *f, const model *m, dtl_date day, int64_t n)
{
    static const char *const scopes[] = {"record", "year", "month", "calendar-month"};
    ask_rank_in(f, m, day, scopes[n % 4]);
}

TEST(every_rank_equals_a_loop)
{
    over_all_shapes(ask_rank);
}

static void ask_highest_since(test_figures *f, const model *m, dtl_date day, int64_t n)
{
    (void)n;
    int64_t value = people_on(m, day);
    dtl_date found = day - 1;
    while (value != ABSENT && people_on(m, found) != ABSENT && people_on(m, found) < value)
        found--;
    bool expected = value != ABSENT && people_on(m, found) != ABSENT;
    f->err = (dtl_error){0};
    bool ok = dtl_measure_highest_since(&f->people, day, &f->arena, &f->fact, &f->err);
    CHECK(ok == expected);
    if (ok && expected)
        CHECK_INT(f->fact.date_value, found);
}

static void ask_first_reaching(test_figures *f, const model *m, dtl_date day, int64_t n)
{
    int64_t total = 0;
    dtl_date end = day + (dtl_date)n;
    dtl_date reached = DTL_DATE_NONE;
    int64_t target = n * n;
    for (dtl_date d = day; d <= end && people_on(m, d) != ABSENT; d++) {
        total += people_on(m, d);
        if (total >= target) {
            reached = d;
            break;
        }
    }
    f->err = (dtl_error){0};
    bool ok =
        dtl_measure_first_reaching(&f->people, target, day, end, &f->arena, &f->fact, &f->err);
    CHECK(ok == (reached != DTL_DATE_NONE));
    if (ok)
        CHECK_INT(f->fact.date_value, reached);
}

static void ask_gap(test_figures *f, const model *m, dtl_date day, int64_t n)
{
    (void)n;
    int64_t length = 0;
    while (people_on(m, day - (dtl_date)length) == 0)
        length++;
    dtl_date before = day - (dtl_date)length;
    bool at_start = before < m->first && length > 0;
    bool expected = people_on(m, before) != ABSENT || at_start;
    f->err = (dtl_error){0};
    bool ok = dtl_measure_gap(&f->people, day, &f->arena, &f->fact, &f->err);
    CHECK(ok == expected);
    if (!ok || !expected)
        return;
    CHECK_INT(f->fact.value.num, length);
    CHECK((f->fact.note.size > 0) == at_start);
    CHECK_INT(f->fact.from, length ? before + 1 : day);
}

TEST(every_walk_through_days_equals_a_loop)
{
    over_all_shapes(ask_highest_since);
    over_all_shapes(ask_first_reaching);
    over_all_shapes(ask_gap);
}

static void ask_counts(test_figures *f, const model *m, dtl_date day, int64_t n)
{
    int64_t present = 0;
    int64_t high = 0;
    int64_t sum = 0;
    dtl_date end = day + (dtl_date)n;
    for (dtl_date d = day; d <= end; d++) {
        int64_t value = people_on(m, d);
        present += value != ABSENT;
        high += value >= n;
        sum += value;
    }
    f->err = (dtl_error){0};
    CHECK(dtl_measure_coverage(&f->people, day, end, &f->arena, &f->fact, &f->err));
    CHECK_INT(f->fact.value.num, present);
    CHECK((f->fact.note.size == 0) == (present == n + 1));
    bool whole = present == n + 1;
    bool ok = dtl_measure_days(&f->people, day, end, n, &f->arena, &f->fact, &f->err);
    CHECK(ok == whole);
    if (ok)
        CHECK_INT(f->fact.value.num, high);
    f->err = (dtl_error){0};
    ok = dtl_measure_mean(&f->people, day, end, &f->arena, &f->fact, &f->err);
    CHECK(ok == whole);
    if (ok)
        CHECK(f->fact.value.num * (n + 1) == sum * f->fact.value.den);
}

TEST(every_count_of_days_equals_a_loop)
{
    over_all_shapes(ask_counts);
}

// A ratio's peak and rank leave out days without a base.
static void ask_ratio(test_figures *f, const model *m, dtl_date day, int64_t n)
{
    int64_t people;
    int64_t boats;
    dtl_date end = day + (dtl_date)n;
    bool expected = loop_sum(m, day, end, &people, &boats) && boats > 0;
    f->err = (dtl_error){0};
    bool ok = dtl_measure_peak(&f->per_boat, DTL_BY_DAY, day, end, &f->arena, &f->fact, &f->tied,
                               &f->err);
    CHECK(ok == expected);
    if (!ok || !expected)
        return;
    int64_t tied = 0;
    for (dtl_date d = day; d <= end; d++) {
        if (boats_on(m, d) <= 0)
            continue;
        int64_t left = people_on(m, d) * f->fact.value.den;
        int64_t right = f->fact.value.num * boats_on(m, d);
        CHECK(left <= right);
        CHECK(d >= f->fact.from || left < right);
        tied += left == right;
    }
    CHECK_INT(f->tied, tied);
}

TEST(every_peak_of_a_ratio_equals_a_loop)
{
    over_all_shapes(ask_ratio);
}
