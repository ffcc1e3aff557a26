// core/script/sandbox/pattern.c - Lua patterns, with a limit on the steps that one match may take.
#include "script/sandbox/pattern.h"

#include <inttypes.h>
#include <string.h>

#include <lauxlib.h>

#include "script/sandbox/limits.h"
#include "script/sandbox/state.h"

enum {
    DEPTH_MAX = 200,
    STEPS_A_CHECK = 8192
};

static const char *match_here(dtl_matcher *matcher, const char *at, const char *p);

// ---- the budget ----

static void raise_too_long(dtl_matcher *matcher)
{
    dtl_error err = {0};
    dtl_error_set(&err, DTL_ELIMIT,
                  "pattern limit: matching takes more than %" PRId64 " steps on this text",
                  (int64_t)DTL_PATTERN_STEPS +
                      (int64_t)DTL_PATTERN_STEPS_A_BYTE * (matcher->text_end - matcher->text));
    dtl_error_hint(&err, "several of '.*', '.-' or 'x*' try every combination; say what may not "
                         "come instead, as in '[^,]*'");
    dtl_raise(matcher->L, &err);
}

static void take_steps(dtl_matcher *matcher, ptrdiff_t count)
{
    matcher->steps -= count;
    if (matcher->steps > matcher->check)
        return;
    matcher->check = matcher->steps - STEPS_A_CHECK;
    dtl_guard_check(matcher->L);
    if (matcher->steps < 0)
        raise_too_long(matcher);
}

void dtl_matcher_init(dtl_matcher *matcher, lua_State *L, dtl_str text, dtl_str pattern)
{
    matcher->L = L;
    matcher->text = text.data;
    matcher->text_end = text.data + text.size;
    matcher->pattern_end = pattern.data + pattern.size;
    matcher->steps =
        (int64_t)DTL_PATTERN_STEPS + (int64_t)DTL_PATTERN_STEPS_A_BYTE * (int64_t)text.size;
    matcher->check = matcher->steps - STEPS_A_CHECK;
    matcher->level = 0;
}

// ---- single characters: ASCII only, whatever the locale ----

static bool between(unsigned char c, unsigned char low, unsigned char high)
{
    return c >= low && c <= high;
}

static bool is_letter(unsigned char c)
{
    return between(c | 0x20, 'a', 'z');
}

static bool is_digit(unsigned char c)
{
    return between(c, '0', '9');
}

static bool in_class(unsigned char c, unsigned char class)
{
    bool in;
    switch (class | 0x20) {
    case 'a':
        in = is_letter(c);
        break;
    case 'c':
        in = c < 32 || c == 127;
        break;
    case 'd':
        in = is_digit(c);
        break;
    case 'g':
        in = between(c, 33, 126);
        break;
    case 'l':
        in = between(c, 'a', 'z');
        break;
    case 'p':
        in = between(c, 33, 126) && !is_letter(c) && !is_digit(c);
        break;
    case 's':
        in = c == ' ' || between(c, '\t', '\r');
        break;
    case 'u':
        in = between(c, 'A', 'Z');
        break;
    case 'w':
        in = is_letter(c) || is_digit(c);
        break;
    case 'x':
        in = is_digit(c) || between(c | 0x20, 'a', 'f');
        break;
    case 'z':
        in = c == 0;
        break;
    default:
        return c == class;
    }
    return between(class, 'A', 'Z') ? !in : in;
}

// Whether [c] is in the set that starts at [p] ('[') and whose ']' is [last].
static bool in_set(unsigned char c, const char *p, const char *last)
{
    bool found = true;
    if (p[1] == '^') {
        found = false;
        p++;
    }
    while (++p < last) {
        if (*p == '%') {
            p++;
            if (in_class(c, (unsigned char)*p))
                return found;
        } else if (p[1] == '-' && p + 2 < last) {
            p += 2;
            if (between(c, (unsigned char)p[-2], (unsigned char)*p))
                return found;
        } else if ((unsigned char)*p == c) {
            return found;
        }
    }
    return !found;
}

// The end of the single-character item at [p].
static const char *item_end(dtl_matcher *matcher, const char *p)
{
    const char *end = matcher->pattern_end;
    char first = *p++;
    if (first == '%') {
        if (p == end)
            luaL_error(matcher->L, "malformed pattern (ends with '%%')");
        return p + 1;
    }
    if (first != '[')
        return p;
    if (p < end && *p == '^')
        p++;
    do {  // what comes first in a set is never its end
        if (p == end)
            luaL_error(matcher->L, "malformed pattern (missing ']')");
        if (*p++ == '%' && p < end)
            p++;
    } while (p == end || *p != ']');
    return p + 1;
}

static bool matches_item(const dtl_matcher *matcher, const char *at, const char *p, const char *end)
{
    if (at >= matcher->text_end)
        return false;
    unsigned char c = (unsigned char)*at;
    switch (*p) {
    case '.':
        return true;
    case '%':
        return in_class(c, (unsigned char)p[1]);
    case '[':
        return in_set(c, p, end - 1);
    default:
        return (unsigned char)*p == c;
    }
}

// ---- items that are more than a character ----

// "%bxy", with [p] at x.
static const char *match_balance(dtl_matcher *matcher, const char *at, const char *p)
{
    if (p >= matcher->pattern_end - 1)
        luaL_error(matcher->L, "malformed pattern (missing arguments to '%%b')");
    if (at >= matcher->text_end || *at != *p)
        return NULL;
    size_t open = 1;
    for (const char *s = at + 1; s < matcher->text_end; s++) {
        if (*s == p[1]) {
            if (--open == 0) {
                take_steps(matcher, s - at);
                return s + 1;
            }
        } else if (*s == p[0]) {
            open++;
        }
    }
    take_steps(matcher, matcher->text_end - at);
    return NULL;
}

// "%f[set]", with [p] at the set.
static bool at_frontier(const dtl_matcher *matcher, const char *at, const char *p, const char *end)
{
    unsigned char before = at == matcher->text ? 0 : (unsigned char)at[-1];
    unsigned char here = at == matcher->text_end ? 0 : (unsigned char)*at;
    return !in_set(before, p, end - 1) && in_set(here, p, end - 1);
}

static int check_capture(dtl_matcher *matcher, int index)
{
    if (index < 0 || index >= matcher->level || matcher->captures[index].size == DTL_CAPTURE_OPEN)
        luaL_error(matcher->L, "invalid capture index %%%d", index + 1);
    return index;
}

static const char *match_capture(dtl_matcher *matcher, const char *at, char digit)
{
    const dtl_capture *capture = &matcher->captures[check_capture(matcher, digit - '1')];
    ptrdiff_t size = capture->size;
    if (size < 0 || matcher->text_end - at < size)
        return NULL;
    take_steps(matcher, size / 16);
    return memcmp(capture->start, at, (size_t)size) == 0 ? at + size : NULL;
}

static const char *open_capture(dtl_matcher *matcher, const char *at, const char *p, ptrdiff_t size)
{
    if (matcher->level >= DTL_PATTERN_CAPTURES_MAX)
        luaL_error(matcher->L, "too many captures");
    matcher->captures[matcher->level++] = (dtl_capture){at, size};
    const char *end = match_here(matcher, at, p);
    if (!end)
        matcher->level--;
    return end;
}

static const char *close_capture(dtl_matcher *matcher, const char *at, const char *p)
{
    int index = matcher->level - 1;
    while (index >= 0 && matcher->captures[index].size != DTL_CAPTURE_OPEN)
        index--;
    if (index < 0)
        luaL_error(matcher->L, "invalid pattern capture");
    matcher->captures[index].size = at - matcher->captures[index].start;
    const char *end = match_here(matcher, at, p);
    if (!end)
        matcher->captures[index].size = DTL_CAPTURE_OPEN;
    return end;
}

// "x*": as many as there are, then fewer.
static const char *match_longest(dtl_matcher *matcher, const char *at, const char *p,
                                 const char *end)
{
    const char *last = at;
    while (matches_item(matcher, last, p, end))
        last++;
    take_steps(matcher, last - at);
    for (; last >= at; last--) {
        const char *found = match_here(matcher, last, end + 1);
        if (found)
            return found;
    }
    return NULL;
}

// "x-": none, then more.
static const char *match_shortest(dtl_matcher *matcher, const char *at, const char *p,
                                  const char *end)
{
    for (;;) {
        const char *found = match_here(matcher, at, end + 1);
        if (found)
            return found;
        if (!matches_item(matcher, at, p, end))
            return NULL;
        at++;
    }
}

// ---- the pattern ----

// One item that is a character and what follows it: true goes on with [*at] and [*p] behind it;
// false ends the match with [*at] (NULL: none).
static bool match_item(dtl_matcher *matcher, const char **at, const char **p)
{
    const char *end = item_end(matcher, *p);
    char suffix = '\0';
    if (end < matcher->pattern_end)
        suffix = *end;
    bool one = matches_item(matcher, *at, *p, end);
    const char *found;
    switch (suffix) {
    case '?':
        if (one && (found = match_here(matcher, *at + 1, end + 1)) != NULL) {
            *at = found;
            return false;
        }
        *p = end + 1;
        return true;
    case '+':
        *at = one ? match_longest(matcher, *at + 1, *p, end) : NULL;
        return false;
    case '*':
        *at = match_longest(matcher, *at, *p, end);
        return false;
    case '-':
        *at = match_shortest(matcher, *at, *p, end);
        return false;
    default:
        if (!one) {
            *at = NULL;
            return false;
        }
        ++*at;
        *p = end;
        return true;
    }
}

// What starts with '%' and is no character class. True: [*at] and [*p] are behind it, or [*at] is NULL.
static bool match_escape(dtl_matcher *matcher, const char **at, const char **p)
{
    const char *end;
    char kind = '\0';
    if (*p + 1 < matcher->pattern_end)
        kind = (*p)[1];
    switch (kind) {
    case 'b':
        *at = match_balance(matcher, *at, *p + 2);
        *p += 4;
        return true;
    case 'f':
        *p += 2;
        if (*p >= matcher->pattern_end || **p != '[')
            luaL_error(matcher->L, "missing '[' after '%%f' in pattern");
        end = item_end(matcher, *p);
        if (!at_frontier(matcher, *at, *p, end))
            *at = NULL;
        *p = end;
        return true;
    default:
        if (!is_digit((unsigned char)kind))
            return false;
        *at = match_capture(matcher, *at, kind);
        *p += 2;
        return true;
    }
}

static const char *match_from(dtl_matcher *matcher, const char *at, const char *p)
{
    while (at && p < matcher->pattern_end) {
        take_steps(matcher, 1);
        switch (*p) {
        case '(':
            if (p + 1 < matcher->pattern_end && p[1] == ')')
                return open_capture(matcher, at, p + 2, DTL_CAPTURE_POSITION);
            return open_capture(matcher, at, p + 1, DTL_CAPTURE_OPEN);
        case ')':
            return close_capture(matcher, at, p + 1);
        case '$':
            if (p + 1 == matcher->pattern_end)
                return at == matcher->text_end ? at : NULL;
            break;
        case '%':
            if (match_escape(matcher, &at, &p))
                continue;
            break;
        default:
            break;
        }
        if (!match_item(matcher, &at, &p))
            return at;
    }
    return at;
}

static const char *match_here(dtl_matcher *matcher, const char *at, const char *p)
{
    if (matcher->depth-- == 0)
        luaL_error(matcher->L, "pattern too complex");
    const char *end = match_from(matcher, at, p);
    matcher->depth++;
    return end;
}

const char *dtl_match(dtl_matcher *matcher, const char *at, const char *pattern)
{
    matcher->level = 0;
    matcher->depth = DEPTH_MAX;
    take_steps(matcher, 1);
    return match_here(matcher, at, pattern);
}

// ---- captures ----

void dtl_push_capture(dtl_matcher *matcher, int index, const char *from, const char *to)
{
    if (index >= matcher->level) {
        if (index != 0)
            luaL_error(matcher->L, "invalid capture index %%%d", index + 1);
        lua_pushlstring(matcher->L, from, (size_t)(to - from));
        return;
    }
    const dtl_capture *capture = &matcher->captures[index];
    if (capture->size == DTL_CAPTURE_OPEN)
        luaL_error(matcher->L, "unfinished capture");
    if (capture->size == DTL_CAPTURE_POSITION)
        lua_pushinteger(matcher->L, capture->start - matcher->text + 1);
    else
        lua_pushlstring(matcher->L, capture->start, (size_t)capture->size);
}

int dtl_push_captures(dtl_matcher *matcher, const char *from, const char *to)
{
    int count = matcher->level == 0 && from ? 1 : matcher->level;
    luaL_checkstack(matcher->L, count, "too many captures");
    for (int i = 0; i < count; i++)
        dtl_push_capture(matcher, i, from, to);
    return count;
}
