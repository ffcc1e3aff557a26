// core/fact/combine.c - arithmetic on facts: the number, its unit, and how it was made.
#include "fact/fact.h"

#include "fact/merge.h"
#include "fact/unit.h"

enum {
    PER_CENT = 100
};

// How tightly an expression holds together: what is looser than the operator around it is bracketed.
typedef enum level {
    LEVEL_SUM = 1,
    LEVEL_PRODUCT,
    LEVEL_ATOM,
} level;

typedef struct operator
{
    const char *symbol;
    const char *word;  // between two labels
    const char *done;  // "person and boat cannot be added"
    level level;
    bool (*compute)(dtl_rational a, dtl_rational b, dtl_rational * out);
}
operator;

static const operator operators[] = {
    [DTL_FACT_ADD] = {" + ", " plus ", "added", LEVEL_SUM, dtl_rational_add},
    [DTL_FACT_SUB] = {" - ", " less ", "subtracted", LEVEL_SUM, dtl_rational_sub},
    [DTL_FACT_MUL] = {" * ", " times ", "multiplied", LEVEL_PRODUCT, dtl_rational_mul},
    [DTL_FACT_DIV] = {" / ", " divided by ", "divided", LEVEL_PRODUCT, dtl_rational_div},
};

// The loosest operator outside all brackets and quotes. Only operators have spaces around them.
static level level_of(dtl_str expression)
{
    level loosest = LEVEL_ATOM;
    size_t depth = 0;
    bool quoted = false;
    for (size_t i = 0; i < expression.size; i++) {
        char c = expression.data[i];
        if (quoted && c == '\\')
            i++;
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && (c == '(' || c == '{'))
            depth++;
        else if (!quoted && (c == ')' || c == '}'))
            depth--;
        else if (!quoted && depth == 0 && c == ' ' && i + 1 < expression.size) {
            char next = expression.data[++i];
            if (next == '+' || next == '-')
                return LEVEL_SUM;
            loosest = LEVEL_PRODUCT;
            i++;  // the space behind the operator
        }
    }
    return loosest;
}

static void add_operand(dtl_buf *out, dtl_str expression, bool bracket)
{
    if (bracket)
        dtl_buf_add_char(out, '(');
    dtl_buf_add_str(out, expression);
    if (bracket)
        dtl_buf_add_char(out, ')');
}

static dtl_str take(dtl_buf *text, dtl_arena *arena)
{
    dtl_str taken = dtl_arena_str(arena, dtl_buf_str(text));
    dtl_buf_release(text);
    return taken;
}

static bool check_length(size_t size, dtl_error *err)
{
    if (size <= DTL_FACT_EXPRESSION_MAX)
        return true;
    dtl_error_set(err, DTL_ELIMIT,
                  "a figure made of so many others cannot be traced: its expression is longer than "
                  "%d bytes",
                  (int)DTL_FACT_EXPRESSION_MAX);
    return dtl_error_hint(err, "total(from, to) sums a span at once");
}

static bool make_expression(const operator* op, const dtl_fact *a, const dtl_fact *b,
                            dtl_arena *arena, dtl_str *out, dtl_error *err)
{
    dtl_buf text = {0};
    if (!check_length(a->expression.size + b->expression.size, err))
        return false;
    add_operand(&text, a->expression, level_of(a->expression) < op->level);
    dtl_buf_add_str(&text, dtl_str_from(op->symbol));
    add_operand(&text, b->expression, level_of(b->expression) <= op->level);
    if (!check_length(text.size, err)) {
        dtl_buf_release(&text);
        return false;
    }
    *out = take(&text, arena);
    return true;
}

static dtl_str make_label(dtl_str before, dtl_str a, dtl_str between, dtl_str b, dtl_arena *arena)
{
    if (before.size + a.size + between.size + b.size > DTL_FACT_LABEL_MAX)
        return DTL_STR("a figure computed from others");
    return dtl_arena_printf(arena, "%.*s%.*s%.*s%.*s", DTL_ARG(before), DTL_ARG(a),
                            DTL_ARG(between), DTL_ARG(b));
}

static dtl_date earlier(dtl_date a, dtl_date b)
{
    if (a == DTL_DATE_NONE || b == DTL_DATE_NONE)
        return a == DTL_DATE_NONE ? b : a;
    return a < b ? a : b;
}

static dtl_date later(dtl_date a, dtl_date b)
{
    return a > b ? a : b;  // DTL_DATE_NONE is the least
}

// All that follows from the parts but the number, its unit, label and expression.
static void inherit(const dtl_fact *a, const dtl_fact *b, dtl_arena *arena, dtl_fact *out)
{
    out->from = earlier(a->from, b->from);
    out->to = later(a->to, b->to);
    out->provisional = a->provisional || b->provisional;
    out->note = dtl_fact_merge_notes(a->note, b->note, arena);
    dtl_fact_merge_releases(a, b, arena, out);
}

static bool is_plain(const dtl_fact *fact)
{
    return fact->unit.size == 0 && fact->release_count == 0;
}

static dtl_str unit_name(const dtl_fact *fact)
{
    return fact->unit.size ? fact->unit : DTL_STR("a bare number");
}

static bool find_unit(dtl_fact_op op, const dtl_fact *a, const dtl_fact *b, dtl_arena *arena,
                      dtl_str *out, dtl_error *err)
{
    if (op == DTL_FACT_MUL || op == DTL_FACT_DIV) {
        if (dtl_unit_combine(a->unit, b->unit, op == DTL_FACT_DIV, arena, out))
            return true;
        return dtl_error_set(err, DTL_ELIMIT, "a unit of more than %d parts",
                             (int)DTL_UNIT_FACTORS_MAX);
    }
    *out = a->unit.size ? a->unit : b->unit;
    if (dtl_str_equal(a->unit, b->unit) || is_plain(a) || is_plain(b))
        return true;
    dtl_str first = unit_name(a);
    dtl_str second = unit_name(b);
    return dtl_error_set(err, DTL_EUSAGE, "%.*s and %.*s cannot be %s", DTL_ARG(first),
                         DTL_ARG(second), operators[op].done);
}

static bool combine_numbers(dtl_fact_op op, const dtl_fact *a, const dtl_fact *b, dtl_arena *arena,
                            dtl_fact *out, dtl_error *err)
{
    if (!find_unit(op, a, b, arena, &out->unit, err))
        return false;
    if (op == DTL_FACT_DIV && b->value.num == 0)
        return dtl_error_set(err, DTL_ENONE, "%.*s: none, and nothing can be divided by none",
                             DTL_ARG(b->label));
    if (operators[op].compute(a->value, b->value, &out->value))
        return true;
    return dtl_error_set(err, DTL_ELIMIT, "%s of these figures does not fit 64 bits",
                         op == DTL_FACT_DIV ? "the exact quotient" : "the exact result");
}

// A whole number of days: false when [fact] is none.
static bool read_days(const dtl_fact *fact, int64_t *days)
{
    *days = fact->value.num;
    return fact->kind == DTL_FACT_NUMBER && dtl_rational_is_integer(fact->value) &&
           (is_plain(fact) || dtl_str_equal(fact->unit, DTL_STR("day")));
}

static bool move_date(dtl_date date, int64_t days, dtl_date *out, dtl_error *err)
{
    int64_t moved = 0;
    if (__builtin_add_overflow((int64_t)date, days, &moved) ||
        moved < dtl_date_year_start(DTL_YEAR_MIN) || moved > dtl_date_year_end(DTL_YEAR_MAX))
        return dtl_error_set(err, DTL_ELIMIT, "a date outside the years %d to %d",
                             (int)DTL_YEAR_MIN, (int)DTL_YEAR_MAX);
    *out = (dtl_date)moved;
    return true;
}

static bool combine_dates(dtl_fact_op op, const dtl_fact *a, const dtl_fact *b, dtl_fact *out,
                          dtl_error *err)
{
    int64_t days = 0;
    bool a_is_date = a->kind == DTL_FACT_DATE;
    if (op == DTL_FACT_SUB && a_is_date && b->kind == DTL_FACT_DATE) {
        out->unit = DTL_STR("day");
        out->value = dtl_rational_from((int64_t)a->date_value - b->date_value);
        return true;
    }
    out->kind = DTL_FACT_DATE;
    if (op == DTL_FACT_ADD && read_days(a_is_date ? b : a, &days))
        return move_date(a_is_date ? a->date_value : b->date_value, days, &out->date_value, err);
    if (op == DTL_FACT_SUB && a_is_date && read_days(b, &days) && days != INT64_MIN)
        return move_date(a->date_value, -days, &out->date_value, err);
    return dtl_error_set(err, DTL_ENONE,
                         "dates can be subtracted from each other, and whole days added to a date "
                         "or taken from it; nothing else");
}

bool dtl_fact_combine(dtl_fact_op op, const dtl_fact *a, const dtl_fact *b, dtl_arena *arena,
                      dtl_fact *out, dtl_error *err)
{
    dtl_fact made = {.kind = DTL_FACT_NUMBER, .value = {0, 1}, .date_value = DTL_DATE_NONE};
    bool has_date = a->kind == DTL_FACT_DATE || b->kind == DTL_FACT_DATE;
    bool ok = has_date ? combine_dates(op, a, b, &made, err)
                       : combine_numbers(op, a, b, arena, &made, err);
    if (!ok || !make_expression(&operators[op], a, b, arena, &made.expression, err))
        return false;
    dtl_str word = dtl_str_from(operators[op].word);
    made.label = make_label(DTL_STR(""), a->label, word, b->label, arena);
    inherit(a, b, arena, &made);
    *out = made;
    return true;
}

static bool check_change(const dtl_fact *now, const dtl_fact *was, dtl_error *err)
{
    if (now->kind == DTL_FACT_DATE || was->kind == DTL_FACT_DATE)
        return dtl_error_set(err, DTL_ENONE, "there is no change in per cent between dates");
    dtl_str first = unit_name(now);
    dtl_str second = unit_name(was);
    if (!dtl_str_equal(now->unit, was->unit) && !is_plain(now) && !is_plain(was))
        return dtl_error_set(err, DTL_EUSAGE, "%.*s and %.*s cannot be compared", DTL_ARG(first),
                             DTL_ARG(second));
    if (was->value.num > 0)
        return true;
    return dtl_error_set(err, DTL_ENONE, "%.*s: %s, so there is no change in per cent of it",
                         DTL_ARG(was->label), was->value.num ? "below none" : "none");
}

bool dtl_fact_change(const dtl_fact *now, const dtl_fact *was, dtl_arena *arena, dtl_fact *out,
                     dtl_error *err)
{
    if (!check_change(now, was, err) ||
        !check_length(now->expression.size + was->expression.size, err))
        return false;
    dtl_fact made = {
        .kind = DTL_FACT_NUMBER, .date_value = DTL_DATE_NONE, .unit = DTL_STR("percent")};
    dtl_rational share = {0, 1};
    if (!dtl_rational_sub(now->value, was->value, &share) ||
        !dtl_rational_div(share, was->value, &share) ||
        !dtl_rational_mul(share, dtl_rational_from(PER_CENT), &made.value))
        return dtl_error_set(err, DTL_ELIMIT,
                             "the exact change of these figures does not fit 64 "
                             "bits");
    made.expression = dtl_arena_printf(arena, "change(%.*s, %.*s)", DTL_ARG(now->expression),
                                       DTL_ARG(was->expression));
    made.label = make_label(DTL_STR("change in per cent, "), now->label, DTL_STR(" against "),
                            was->label, arena);
    inherit(now, was, arena, &made);
    made.from = now->from;
    made.to = now->to;
    *out = made;
    return true;
}
