// tests/unit/test_expression.c - every expression is of the grammar that core/fact/measure.h defines.
//
// The reader below is the grammar, line by line: what it takes whole has one meaning.
#include "fact/measure.h"

#include "support/figures.h"
#include "support/test.h"

typedef struct reader {
    const char *at;  // NUL-terminated
} reader;

static bool read_expression(reader *r);

static bool read_text(reader *r, const char *text)
{
    size_t size = strlen(text);
    if (strncmp(r->at, text, size) != 0)
        return false;
    r->at += size;
    return true;
}

static bool read_run(reader *r, const char *characters)
{
    size_t size = strspn(r->at, characters);
    r->at += size;
    return size > 0;
}

#define DIGITS "0123456789"
#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

static bool read_word(reader *r)
{
    return strchr(LETTERS, *r->at) && *r->at && read_run(r, LETTERS DIGITS "_-");
}

static bool read_string(reader *r)
{
    if (!read_text(r, "\""))
        return false;
    while (*r->at && *r->at != '"')
        r->at += *r->at == '\\' ? 2 : 1;
    return read_text(r, "\"");
}

static bool read_date(reader *r)
{
    dtl_date date;
    if (strlen(r->at) < 10 || !dtl_date_parse((dtl_str){r->at, 10}, &date))
        return false;
    r->at += 10;
    return true;
}

static bool read_integer(reader *r)
{
    read_text(r, "-");
    return read_run(r, DIGITS);
}

static bool read_month(reader *r)
{
    return read_run(r, DIGITS) && read_text(r, "-") && read_run(r, DIGITS);
}

static bool read_start(reader *r)
{
    return read_date(r) || read_string(r) || read_word(r);
}

// What stands behind "measure.": d a date, n a number, m a month, s the start of a span, w a word.
static const char *const questions[] = {
    "on(d)",
    "total(d, d)",
    "year_to_date(d)",
    "same_point(d, n)",
    "year(n)",
    "month(m)",
    "month_to_date(d)",
    "week_ending(d)",
    "last(n, d)",
    "since(s, d)",
    "since(s, d, {exclusive=true})",
    "peak{by=w, from=d, to=d}",
    "rank(d, {within=w})",
    "highest_since(d)",
    "first_reaching(n, {since=d, to=d})",
    "gap(d)",
    "days{from=d, to=d, min=n}",
    "mean(d, d)",
    "latest()",
    "coverage(d, d)",
};

static bool read_part(reader *r, char kind)
{
    switch (kind) {
    case 'd':
        return read_date(r);
    case 'n':
        return read_integer(r);
    case 'm':
        return read_month(r);
    case 's':
        return read_start(r);
    default:
        return read_word(r);
    }
}

// Whether the pattern's letter is a part to read and not one of its words: it stands alone.
static bool is_part(const char *pattern, const char *at)
{
    return strchr("dnmsw", *at) && at > pattern && strchr("( =", at[-1]) && strchr(",)}", at[1]);
}

static bool read_question(reader *r, const char *pattern)
{
    reader start = *r;
    for (const char *at = pattern; *at; at++) {
        char exact[2] = {*at, '\0'};
        bool part = is_part(pattern, at);
        if (part ? !read_part(r, *at) : !read_text(r, exact)) {
            *r = start;
            return false;
        }
    }
    return true;
}

static bool read_any_question(reader *r)
{
    for (size_t i = 0; i < DTL_COUNT(questions); i++) {
        if (read_question(r, questions[i]))
            return true;
    }
    return false;
}

static bool read_filters(reader *r)
{
    do {
        if (!read_word(r) || !read_text(r, "=") ||
            !(read_string(r) || read_run(r, LETTERS DIGITS "_.-")))
            return false;
    } while (read_text(r, ", "));
    return read_text(r, "}");
}

// Whether what follows is no more of the name: a brace that "." follows holds filters, not options.
static bool ends_name(reader r)
{
    if (!read_text(&r, "."))
        return true;
    return strncmp(r.at, "as_of(", 6) == 0 || (read_any_question(&r) && *r.at != '.');
}

static bool read_measure(reader *r)
{
    if (read_text(r, "("))
        return read_measure(r) && read_text(r, " / ") && read_measure(r) && read_text(r, ")");
    if (!read_word(r))
        return false;
    while (!ends_name(*r)) {
        if (!read_text(r, ".") || !read_word(r))
            return false;
    }
    if (read_text(r, "{") && !read_filters(r))
        return false;
    while (read_text(r, ".as_of(")) {
        if (!read_date(r) || !read_text(r, ")"))
            return false;
    }
    return true;
}

static bool read_factor(reader *r)
{
    reader start = *r;
    if (read_text(r, "change("))
        return read_expression(r) && read_text(r, ", ") && read_expression(r) && read_text(r, ")");
    if (read_measure(r) && read_text(r, "."))
        return read_any_question(r);
    *r = start;
    if (read_text(r, "("))
        return read_expression(r) && read_text(r, ")");
    if (!read_integer(r))
        return false;
    return !read_text(r, "/") || read_run(r, DIGITS);
}

static bool read_term(reader *r)
{
    do {
        if (!read_factor(r))
            return false;
    } while (read_text(r, " * ") || read_text(r, " / "));
    return true;
}

static bool read_expression(reader *r)
{
    do {
        if (!read_term(r))
            return false;
    } while (read_text(r, " + ") || read_text(r, " - "));
    return true;
}

static bool is_expression(const char *text)
{
    reader r = {text};
    bool whole = read_expression(&r) && *r.at == '\0';
    if (!whole)
        printf("      %s\n      is no expression from: %s\n", text, r.at);
    return whole;
}

TEST(the_reader_takes_the_grammar_and_nothing_else)
{
    CHECK(is_expression("people.on(2024-10-18)"));
    CHECK(is_expression("departures.boats{country=BE}.on(2024-10-18)"));
    CHECK(is_expression("deaths{source=\"a, \\\"b\\\" }\", scope=x}.as_of(2024-10-19).latest()"));
    CHECK(is_expression("(people / boats{c=1.5}).peak{by=day, from=2024-01-01, to=2024-10-18}"));
    CHECK(is_expression("departures.boats.days{from=2024-01-01, to=2024-10-18, min=-3}"));
    CHECK(is_expression("(a.latest() - 3) * -1/3"));
    CHECK(is_expression("change(a.gap(2024-01-01), b.year(2023))"));
    static const char *const wrong[] = {
        "people",
        "people.on(2024-10-18) ",
        "people.on(2024-13-18)",
        "people.peak{by=day}",
        "people.last(7,2024-10-18)",
        "a.gap(2024-01-01)-1",
        "(people / boats)",
        "",
        "1 +",
        "people{.on(2024-10-18)",
    };
    for (size_t i = 0; i < DTL_COUNT(wrong); i++) {
        reader r = {wrong[i]};
        CHECK(!(read_expression(&r) && *r.at == '\0'));
    }
}

// Checks the last answer's expression; gives the answer back.
static bool check(test_figures *f, bool ok)
{
    CHECK(ok);
    CHECK(ok && is_expression(f->fact.expression.data));
    return ok;
}

static void ask_all(test_figures *f, dtl_measure m)
{
    dtl_date day = test_date("2024-10-18");
    dtl_date from = test_date("2024-01-01");
    dtl_date none = DTL_DATE_NONE;
    dtl_arena *a = &f->arena;
    dtl_fact *out = &f->fact;
    dtl_error *err = &f->err;
    check(f, dtl_measure_on(&m, day, a, out, err));
    check(f, dtl_measure_total(&m, from, day, a, out, err));
    check(f, dtl_measure_year_to_date(&m, day, a, out, err));
    check(f, dtl_measure_same_point(&m, day, 2023, a, out, err));
    check(f, dtl_measure_year(&m, 2023, a, out, err));
    check(f, dtl_measure_month(&m, 2024, 2, a, out, err));
    check(f, dtl_measure_month_to_date(&m, day, a, out, err));
    check(f, dtl_measure_week_ending(&m, day, a, out, err));
    check(f, dtl_measure_last(&m, 7, day, a, out, err));
    check(f, dtl_measure_since(&m, from, DTL_STR(""), false, day, a, out, err));
    check(f, dtl_measure_since(&m, from, DTL_STR("rwanda-act"), true, day, a, out, err));
    check(f, dtl_measure_since(&m, from, DTL_STR("2024-01-01, {"), true, day, a, out, err));
    check(f, dtl_measure_peak(&m, DTL_BY_DAY, from, day, a, out, &f->tied, err));
    check(f, dtl_measure_peak(&m, DTL_BY_MONTH, none, none, a, out, &f->tied, err));
    check(f, dtl_measure_peak(&m, DTL_BY_YEAR, none, day, a, out, &f->tied, err));
    check(f, dtl_measure_rank(&m, day, DTL_STR("calendar-month"), a, out, &f->tied, err));
    check(f, dtl_measure_highest_since(&m, day, a, out, err));
    check(f, dtl_measure_days(&m, from, day, -5, a, out, err));
    check(f, dtl_measure_latest(&m, a, out, err));
    check(f, dtl_measure_coverage(&m, from, day, a, out, err));
    if (m.under)
        return;
    check(f, dtl_measure_first_reaching(&m, 20, from, day, a, out, err));
    check(f, dtl_measure_gap(&m, day, a, out, err));
    check(f, dtl_measure_mean(&m, from, day, a, out, err));
}

TEST(every_question_writes_an_expression)
{
    test_figures f;
    test_figures_open(&f);
    ask_all(&f, f.people);
    ask_all(&f, f.per_boat);
    dtl_measure filtered = f.people;
    filtered.name = DTL_STR("other.people{from=BE, by=\"on (\\\"a\\\")\"}.as_of(2024-10-19)");
    ask_all(&f, filtered);
    dtl_measure ratio = f.per_boat;
    ratio.name = DTL_STR("(other.people{from=BE} / boats.as_of(2024-10-19))");
    ask_all(&f, ratio);
    test_figures_close(&f);
}

TEST(arithmetic_writes_expressions_too)
{
    test_figures f;
    test_figures_open(&f);
    CHECK(dtl_measure_year(&f.people, 2024, &f.arena, &f.fact, &f.err));
    test_random random = {7};
    dtl_fact sum = f.fact;
    dtl_fact other = f.fact;
    for (int i = 0; i < 60; i++) {
        dtl_fact out;
        dtl_fact small =
            dtl_fact_constant(dtl_rational_from(test_random_below(&random, 5) - 2), &f.arena);
        bool mixed = test_random_below(&random, 2);
        dtl_fact_op op = (dtl_fact_op)test_random_below(&random, 4);
        dtl_error err = {0};
        bool ok = mixed ? dtl_fact_combine(op, &small, &other, &f.arena, &out, &err)
                        : dtl_fact_combine(op, &sum, &small, &f.arena, &out, &err);
        if (!ok)
            continue;  // a zero base, unlike units, or too large
        CHECK(is_expression(out.expression.data));
        other = sum;
        sum = out;
    }
    dtl_fact change;
    CHECK(dtl_fact_change(&f.fact, &f.fact, &f.arena, &change, &f.err));
    CHECK(is_expression(change.expression.data));
    test_figures_close(&f);
}
