// core/script/errors/explain.c - Lua's own messages in an analyst's words, with a caret and a hint.
//
// Lua says "attempt to call a nil value (method 'year_to_dat')"; here it is found in the source line,
// what stands before it is looked up in the script's variables, and its fields are what may have been
// meant. Only raw access: nothing of the script runs while its failure is told.
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "script/errors/blocks.h"
#include "script/errors/explain.h"
#include "script/errors/hints.h"
#include "script/sandbox/internal.h"
#include "script/errors/source_text.h"

// What Lua said: "attempt to VERB a TYPE value (KIND 'NAME')".
typedef struct fault {
    dtl_str what;  // "call", "index", "perform arithmetic on", "concatenate", "get length of"
    dtl_str type;  // "nil", "table", or what a library type is called
    dtl_str kind;  // "method", "field", "local", "upvalue", "global", "constant" or ""
    dtl_str name;
} fault;

bool dtl_take_start(dtl_str *text, dtl_str start)
{
    if (!dtl_str_starts(*text, start))
        return false;
    *text = dtl_str_slice(*text, start.size, text->size);
    return true;
}

bool dtl_take_until(dtl_str *text, dtl_str at, dtl_str *before)
{
    size_t found = dtl_str_find(*text, at);
    if (found == SIZE_MAX)
        return false;
    *before = dtl_str_slice(*text, 0, found);
    *text = dtl_str_slice(*text, found + at.size, text->size);
    return true;
}

void dtl_explain_reword(dtl_error *err, const char *format, ...)
{
    dtl_error fresh = {0};
    dtl_buf text = {0};
    va_list args;
    va_start(args, format);
    dtl_buf_vprintf(&text, format, args);
    va_end(args);
    dtl_error_set(&fresh, err->code, "%.*s", DTL_ARG(dtl_buf_str(&text)));
    memcpy(err->message, fresh.message, sizeof err->message);
    dtl_buf_release(&text);
}

void dtl_explain_column(dtl_error *err, size_t offset)
{
    if (offset != SIZE_MAX)
        err->column =
            (int64_t)dtl_utf8_count(dtl_str_slice(dtl_str_from(err->source), 0, offset)) + 1;
}

// ---- calling, indexing, calculating with the wrong value ----

static bool read_fault(dtl_str message, fault *out)
{
    *out = (fault){.kind = {NULL, 0}};
    if (!dtl_take_start(&message, DTL_STR("attempt to ")))
        return false;
    if (!dtl_take_until(&message, DTL_STR(" a "), &out->what) ||
        !dtl_take_until(&message, DTL_STR(" value"), &out->type))
        return false;
    if (dtl_take_start(&message, DTL_STR(" ("))) {
        (void)(dtl_take_until(&message, DTL_STR(" '"), &out->kind) &&
               dtl_take_until(&message, DTL_STR("'"), &out->name));
    }
    return true;
}

static bool is(dtl_str text, const char *word)
{
    return dtl_str_equal(text, dtl_str_from(word));
}

// "'x'", or what stands for a value without a name.
static void add_subject(dtl_buf *out, const fault *what)
{
    if (what->name.size && !is(what->kind, "constant"))
        dtl_buf_printf(out, "'%.*s'", DTL_ARG(what->name));
    else
        DTL_BUF_LITERAL(out, "this value");
}

static const char *article(dtl_str noun)
{
    if (is(noun, "nil"))
        return "";
    return noun.size && strchr("aeiou", noun.data[0]) ? "an " : "a ";
}

// A method or field that is not there: who was asked, and what it has instead.
static void explain_missing_function(lua_State *L, int level, const fault *what, dtl_error *err)
{
    dtl_str source = dtl_str_from(err->source);
    size_t at = dtl_source_find_member(source, what->name);
    dtl_str owner = dtl_source_owner(source, at);
    dtl_str last = dtl_source_last_part(owner);
    dtl_explain_column(err, at);
    if (last.size)
        dtl_explain_reword(err, "'%.*s' has no function '%.*s'", DTL_ARG(last),
                           DTL_ARG(what->name));
    else
        dtl_explain_reword(err, "there is no function '%.*s' here", DTL_ARG(what->name));
    if (level >= 0 && owner.size && dtl_push_variable(L, level, owner)) {
        dtl_names *names = dtl_alloc(sizeof *names);
        dtl_names_add_fields(names, L, lua_gettop(L));
        dtl_names_suggest(names, what->name, err);
        free(names);
        lua_pop(L, 1);
    }
}

// [name]: of the variable that is nil; else "".
static void add_reason(lua_State *L, dtl_str name, dtl_error *err)
{
    dtl_buf reason = {0};
    if (name.size)
        dtl_add_variable_reasons(L, name, &reason);
    else
        dtl_add_reasons(L, &reason);
    if (reason.size && !err->hint[0])
        dtl_error_hint(err, "the data could not say: %.*s", DTL_ARG(dtl_buf_str(&reason)));
    dtl_buf_release(&reason);
}

// What follows from the wrong value, by what was attempted.
static const struct {
    const char *attempted;
    const char *consequence;
} consequences[] = {
    {"call", "so it cannot be called"},
    {"index", "so it has no fields"},
    {"perform arithmetic on", "so it cannot be calculated with"},
    {"perform bitwise operation on", "so it cannot be calculated with"},
    {"concatenate", "so it cannot be joined to a text"},
    {"get length of", "so it has no length"},
};

// Where the wrong value's name stands; of several, where that was done to it.
static size_t find_subject(const dtl_error *err, const fault *what)
{
    dtl_str source = dtl_str_from(err->source);
    const char *followers = "";
    if (is(what->what, "call"))
        followers = "({\"'";
    else if (is(what->what, "index"))
        followers = ".:[";
    for (size_t at = 0; (at = dtl_source_find_name_from(source, what->name, at)) != SIZE_MAX;
         at++) {
        size_t next = at + what->name.size;
        if (next < source.size && *followers && strchr(followers, source.data[next]))
            return at;
    }
    return dtl_source_find_name(source, what->name);
}

static bool explain_fault(lua_State *L, int level, dtl_error *err)
{
    fault what;
    if (!read_fault(dtl_str_from(err->message), &what))
        return false;
    bool member = is(what.kind, "method") || is(what.kind, "field");
    if (is(what.what, "call") && is(what.type, "nil") && member) {
        // The parts are borrowed from the message, which is replaced.
        char name[256];
        size_t size = what.name.size < sizeof name ? what.name.size : sizeof name;
        memcpy(name, what.name.data, size);
        what.name = (dtl_str){name, size};
        explain_missing_function(L, level, &what, err);
        return true;
    }
    const char *consequence = NULL;
    for (size_t i = 0; i < DTL_COUNT(consequences); i++)
        if (is(what.what, consequences[i].attempted))
            consequence = consequences[i].consequence;
    if (!consequence)
        return false;
    if (is(what.name, "for iterator") || is(what.kind, "for iterator")) {
        dtl_explain_column(err, dtl_source_find_name(dtl_str_from(err->source), DTL_STR("in")));
        if (is(what.type, "number"))
            dtl_error_hint(err, "to count, write: for i = 1, 3 do");
        else if (!err->hint[0])
            dtl_error_hint(err,
                           "pairs(...) goes through a table, c.people:each(from, to) through days");
        dtl_explain_reword(err, "this 'for' cannot go through %s%.*s", article(what.type),
                           DTL_ARG(what.type));
        return true;
    }
    size_t at = find_subject(err, &what);
    dtl_str field = dtl_source_field_behind(dtl_str_from(err->source), at, what.name.size);
    dtl_explain_column(err, at);
    bool is_variable = is(what.kind, "local") || is(what.kind, "upvalue");
    if (is(what.type, "nil"))
        add_reason(L, is_variable ? what.name : DTL_STR(""), err);
    dtl_buf subject = {0};
    add_subject(&subject, &what);
    bool assigned = dtl_source_is_assigned(field, dtl_str_from(err->source));
    if (is(what.what, "index") && assigned && !is(what.type, "nil"))
        dtl_explain_reword(err, "%.*s is %s%.*s, whose '%.*s' cannot be set",
                           DTL_ARG(dtl_buf_str(&subject)), article(what.type), DTL_ARG(what.type),
                           DTL_ARG(field));
    else if (is(what.what, "index") && field.size)
        dtl_explain_reword(err, "%.*s is %s%.*s, so it has no '%.*s'",
                           DTL_ARG(dtl_buf_str(&subject)), article(what.type), DTL_ARG(what.type),
                           DTL_ARG(field));
    else
        dtl_explain_reword(err, "%.*s is %s%.*s, %s", DTL_ARG(dtl_buf_str(&subject)),
                           article(what.type), DTL_ARG(what.type), consequence);
    dtl_buf_release(&subject);
    return true;
}

// "attempt to compare number with nil", "attempt to compare two nil values".
static bool explain_comparison(lua_State *L, dtl_error *err)
{
    dtl_str rest = dtl_str_from(err->message);
    dtl_str first;
    if (!dtl_take_start(&rest, DTL_STR("attempt to compare ")))
        return false;
    bool are_two = dtl_take_start(&rest, DTL_STR("two "));
    if (!dtl_take_until(&rest, are_two ? DTL_STR(" values") : DTL_STR(" with "), &first))
        return false;
    if (is(first, "nil") || is(rest, "nil"))
        add_reason(L, DTL_STR(""), err);
    if (are_two)
        dtl_explain_reword(err, "two values of type %.*s cannot be compared", DTL_ARG(first));
    else
        dtl_explain_reword(err, "%s%.*s cannot be compared with %s%.*s", article(first),
                           DTL_ARG(first), article(rest), DTL_ARG(rest));
    return true;
}

// "bad 'for' limit (number expected, got date)", "stack overflow (...)".
static bool explain_other(dtl_error *err)
{
    dtl_str rest = dtl_str_from(err->message);
    dtl_str part;
    dtl_str detail;
    if (dtl_str_starts(rest, DTL_STR("stack overflow"))) {
        dtl_explain_reword(err, "this calls itself without end");
        dtl_error_hint(err, "a function that calls itself needs a case in which it does not");
        return true;
    }
    if (!dtl_take_start(&rest, DTL_STR("bad 'for' ")) ||
        !dtl_take_until(&rest, DTL_STR(" (number expected, got "), &part) ||
        !dtl_take_until(&rest, DTL_STR(")"), &detail))
        return false;
    if (is(part, "initial value"))
        part = DTL_STR("first value");
    if (is(detail, "date"))
        dtl_error_hint(err, "for day, fact in c.people:each(from, to) do");
    dtl_explain_column(err, dtl_source_find_name(dtl_str_from(err->source), DTL_STR("for")));
    dtl_explain_reword(err, "'for' counts with numbers, and its %.*s is %s%.*s", DTL_ARG(part),
                       article(detail), DTL_ARG(detail));
    return true;
}

// ---- the dot and the colon ----

// Whether [function] of the value on the top is called with a colon; [*known]: it has one at all.
static bool wants_colon(lua_State *L, const char *function, bool *known)
{
    *known = false;
    if (lua_isuserdata(L, -1)) {
        *known = true;
        return true;
    }
    if (!lua_istable(L, -1) || !lua_getmetatable(L, -1))
        return false;
    lua_pushliteral(L, "__index");
    if (lua_rawget(L, -2) == LUA_TTABLE) {
        lua_pushstring(L, function);
        *known = lua_rawget(L, -2) == LUA_TFUNCTION;
        lua_pop(L, 1);
    }
    lua_pop(L, 2);
    return false;
}

static bool is_about_arguments(const dtl_error *err)
{
    return strstr(err->message, "argument ") || strstr(err->message, "expected, not a ") ||
           dtl_str_starts(dtl_str_from(err->message), DTL_STR("calling '"));
}

// "phrase:count(n)" hands the module over as the first argument, "c.people.on(d)" leaves out what is
// asked: whatever is said of the arguments, the sign is the mistake.
static void hint_sign(lua_State *L, int level, dtl_error *err)
{
    dtl_words words = {.rest = dtl_str_from(err->source), .line = 1, .fresh = true};
    dtl_str line = dtl_str_from(err->source);
    dtl_word word;
    char before = '\0';
    while (!err->hint[0] && dtl_words_next(&words, &word)) {
        dtl_str owner = dtl_source_owner(line, word.offset);
        char next = words.rest.size ? words.rest.data[0] : '\0';
        char sign = before;
        before = word.text.data[0];
        if (!word.is_name || !owner.size || (sign != '.' && sign != ':') ||
            !strchr("({\" ", next) || word.text.size > 60 || !dtl_push_variable(L, level, owner))
            continue;
        char name[64];
        bool known;
        snprintf(name, sizeof name, "%.*s", DTL_ARG(word.text));
        bool colon = wants_colon(L, name, &known);
        lua_pop(L, 1);
        if (known && colon != (sign == ':')) {
            dtl_explain_column(err, word.offset - 1);
            dtl_error_hint(err, "write %.*s%c%s(...), with a %s", DTL_ARG(owner), colon ? ':' : '.',
                           name, colon ? "colon" : "dot");
        }
    }
}

// ---- arguments ----

// "string expected, got nil" and the like.
static void explain_argument_detail(dtl_error *err, dtl_str number, dtl_str function,
                                    dtl_str detail)
{
    dtl_str wanted;
    dtl_str rest = detail;
    if (!dtl_take_until(&rest, DTL_STR(" expected, got "), &wanted)) {
        dtl_explain_reword(err, "argument %.*s of '%.*s': %.*s", DTL_ARG(number), DTL_ARG(function),
                           DTL_ARG(detail));
        return;
    }
    dtl_error_expected(err, "%s%.*s", article(wanted), DTL_ARG(wanted));
    if (is(rest, "no value"))
        dtl_explain_reword(err, "argument %.*s of '%.*s' is missing", DTL_ARG(number),
                           DTL_ARG(function));
    else
        dtl_explain_reword(err, "argument %.*s of '%.*s' is %s%.*s", DTL_ARG(number),
                           DTL_ARG(function), article(rest), DTL_ARG(rest));
}

// "bad argument #1 to 'rep' (string expected, got nil)", "calling 'on' on bad self (...)".
static bool explain_argument(dtl_error *err)
{
    dtl_str rest = dtl_str_from(err->message);
    dtl_str number;
    dtl_str function;
    if (dtl_take_start(&rest, DTL_STR("calling '")) &&
        dtl_take_until(&rest, DTL_STR("' on bad self"), &function)) {
        dtl_error_hint(err, "call it with a colon: value:%.*s(...)", DTL_ARG(function));
        dtl_explain_reword(err, "'%.*s' was not told which value it is called on",
                           DTL_ARG(function));
        return true;
    }
    rest = dtl_str_from(err->message);
    if (!dtl_take_start(&rest, DTL_STR("bad argument #")) ||
        !dtl_take_until(&rest, DTL_STR(" to '"), &number) ||
        !dtl_take_until(&rest, DTL_STR("' ("), &function) || !dtl_str_ends(rest, DTL_STR(")")))
        return false;
    dtl_str detail = dtl_str_slice(rest, 0, rest.size - 1);
    dtl_str last;
    while (dtl_take_until(&function, DTL_STR("."), &last))
        continue;  // "string.rep" is called "rep" in the script, as a method or not
    dtl_explain_column(err, dtl_source_find_name(dtl_str_from(err->source), function));
    explain_argument_detail(err, number, function, detail);
    return true;
}

// ---- all together ----

// The script that [err] is about, or NULL.
static const dtl_source *script_of(lua_State *L, const dtl_error *err)
{
    const dtl_source *source = dtl_state_sources(dtl_state_of(L))->first;
    while (source && !dtl_str_equal(source->name, dtl_str_from(err->file)))
        source = source->next;
    return source;
}

void dtl_explain(lua_State *L, int level, dtl_error *err)
{
    if (!lua_checkstack(L, 16))
        return;
    int top = lua_gettop(L);
    const dtl_source *script = script_of(L, err);
    if (level >= 0 && err->source[0] && is_about_arguments(err))
        hint_sign(L, level, err);
    bool explained = explain_comparison(L, err) || explain_fault(L, level, err) ||
                     explain_argument(err) || explain_other(err) ||
                     dtl_explain_syntax(err, script ? script->text : DTL_STR(""));
    if (!explained && script)
        dtl_explain_template(err, script);
    if (err->column == 0)
        dtl_explain_quoted(err);
    lua_settop(L, top);
}
