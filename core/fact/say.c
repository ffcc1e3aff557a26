// core/fact/say.c - labels, reasons and expressions from templates.
#include "fact/say.h"

#include <assert.h>

#include "base/json.h"
#include "base/number.h"

void dtl_say_integer(dtl_buf *out, int64_t value)
{
    dtl_number_add_exact(out, dtl_rational_from(value));
}

static void say_grouped(dtl_buf *out, int64_t value)
{
    if (!dtl_number_add(out, dtl_rational_from(value), (dtl_number_format){.group = true}))
        dtl_say_integer(out, value);
}

static void say_month(dtl_buf *out, int month)
{
    dtl_buf_add_str(out, dtl_str_from(dtl_date_month_name(month)));
}

static void say_day_and_month(dtl_buf *out, dtl_civil day)
{
    dtl_say_integer(out, day.day);
    dtl_buf_add_char(out, ' ');
    say_month(out, day.month);
}

void dtl_say_date(dtl_buf *out, dtl_date date)
{
    dtl_civil day = dtl_date_civil(date);
    say_day_and_month(out, day);
    dtl_buf_add_char(out, ' ');
    dtl_say_integer(out, day.year);
}

static bool is_whole_year(dtl_date from, dtl_date to)
{
    dtl_civil a = dtl_date_civil(from);
    dtl_civil b = dtl_date_civil(to);
    return a.year == b.year && a.month == 1 && a.day == 1 && b.month == 12 && b.day == 31;
}

static bool is_whole_month(dtl_date from, dtl_date to)
{
    return from == dtl_date_month_start(from) && to == dtl_date_month_end(from);
}

void dtl_say_span(dtl_buf *out, dtl_date from, dtl_date to)
{
    dtl_civil a = dtl_date_civil(from);
    dtl_civil b = dtl_date_civil(to);
    if (from == to) {
        dtl_say_date(out, from);
        return;
    }
    if (is_whole_year(from, to)) {
        dtl_say_integer(out, a.year);
        return;
    }
    if (is_whole_month(from, to)) {
        say_month(out, a.month);
        dtl_buf_add_char(out, ' ');
        dtl_say_integer(out, a.year);
        return;
    }
    if (a.year != b.year)
        dtl_say_date(out, from);
    else if (a.month != b.month)
        say_day_and_month(out, a);
    else
        dtl_say_integer(out, a.day);
    DTL_BUF_LITERAL(out, " to ");
    dtl_say_date(out, to);
}

static void say_when(dtl_buf *out, dtl_date from, dtl_date to)
{
    if (from == to)
        DTL_BUF_LITERAL(out, "on ");
    else if (is_whole_year(from, to) || is_whole_month(from, to))
        DTL_BUF_LITERAL(out, "in ");
    else
        DTL_BUF_LITERAL(out, "from ");
    dtl_say_span(out, from, to);
}

static bool is_bare(dtl_str text)
{
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        bool inner = (c >= '0' && c <= '9') || c == '_' || c == '-';
        if (!letter && !(inner && i > 0))
            return false;
    }
    return text.size > 0;
}

void dtl_say_word(dtl_buf *out, dtl_str text)
{
    if (is_bare(text))
        dtl_buf_add_str(out, text);
    else
        dtl_json_quote(out, text, false);
}

static void say_span_of(dtl_buf *out, char form, const dtl_saying *with)
{
    if (!with->is_week && form == 'w') {
        say_when(out, with->from, with->to);
        return;
    }
    if (!with->is_week) {
        dtl_say_span(out, with->from, with->to);
        return;
    }
    if (form == 'w')
        DTL_BUF_LITERAL(out, "in ");
    if (form != 'p')
        DTL_BUF_LITERAL(out, "the ");
    DTL_BUF_LITERAL(out, "week ending ");
    dtl_say_date(out, with->to);
}

static void say_letter(dtl_buf *out, char letter, const dtl_saying *with)
{
    switch (letter) {
    case 'm':
        dtl_buf_add_str(out, with->name);
        return;
    case 's':
        dtl_buf_add_str(out, with->subject);
        return;
    case 'd':
        dtl_date_add(out, with->date);
        return;
    case 'D':
        dtl_say_date(out, with->date);
        return;
    case 'E':
        dtl_say_date(out, with->edge);
        return;
    case 'f':
        dtl_date_add(out, with->from);
        return;
    case 't':
        dtl_date_add(out, with->to);
        return;
    case 'p':
    case 'r':
    case 'w':
        say_span_of(out, letter, with);
        return;
    case 'g':
        dtl_date_add(out, with->scope_from);
        return;
    case 'h':
        dtl_date_add(out, with->scope_to);
        return;
    case 'q':
        dtl_say_span(out, with->scope_from, with->scope_to);
        return;
    case 'v':
        say_when(out, with->scope_from, with->scope_to);
        return;
    case 'n':
        dtl_say_integer(out, with->number);
        return;
    case 'N':
        say_grouped(out, with->number);
        return;
    case 'a':
        say_grouped(out, with->part);
        return;
    case 'b':
        say_grouped(out, with->whole);
        return;
    case 'y':
        dtl_say_integer(out, with->year);
        return;
    case 'x':
        dtl_buf_add_str(out, with->word);
        return;
    case 'z':
        dtl_buf_add_str(out, with->other);
        return;
    default:
        assert(false && "a letter that no template may use");
    }
}

void dtl_say(dtl_buf *out, const char *template, const dtl_saying *with)
{
    for (const char *at = template; *at; at++) {
        const char *mark = strchr(at, '$');
        if (!mark) {
            dtl_buf_add_str(out, dtl_str_from(at));
            return;
        }
        dtl_buf_add(out, at, (size_t)(mark - at));
        say_letter(out, mark[1], with);
        at = mark + 1;
    }
}

dtl_str dtl_say_in(dtl_arena *arena, const char *template, const dtl_saying *with)
{
    dtl_buf text = {0};
    dtl_say(&text, template, with);
    dtl_str said = dtl_arena_str(arena, dtl_buf_str(&text));
    dtl_buf_release(&text);
    return said;
}

bool dtl_say_error(dtl_error *err, dtl_code code, const char *template, const dtl_saying *with)
{
    dtl_buf text = {0};
    dtl_say(&text, template, with);
    dtl_str said = dtl_buf_str(&text);
    dtl_error_set(err, code, "%.*s", DTL_ARG(said));
    dtl_buf_release(&text);
    return false;
}
