// core/script/sandbox/safe_string.c - the string functions whose work a script could make boundless.
//
// They behave as Lua's own do. find, match, gmatch and gsub count their steps (pattern.h); rep and
// format ask for the memory before they take it; format shows no address.
#include <lauxlib.h>

#include "script/sandbox/internal.h"
#include "script/sandbox/pattern.h"

enum {
    FORMAT_ITEM_MAX = 512,       // what one number can take: "%99.99f" of the largest
    FORMAT_NEED_FROM = 64 << 10  // below this nobody asks
};

static dtl_str check_text(lua_State *L, int index)
{
    dtl_str text;
    text.data = luaL_checklstring(L, index, &text.size);
    return text;
}

// A start position as a script gives it (negative: from the end), as an offset; at most [size] + 1.
static size_t start_offset(lua_Integer position, size_t size)
{
    if (position > 0)
        return (lua_Unsigned)position - 1 > size ? size + 1 : (size_t)position - 1;
    if (position == 0 || position < -(lua_Integer)size)
        return 0;
    return size - (size_t)-position;
}

// ---- find and match ----

static bool is_plain(dtl_str pattern)
{
    for (size_t i = 0; i < pattern.size; i++)
        if (pattern.data[i] && strchr("^$*+?.([%-", pattern.data[i]))
            return false;
    return true;
}

static int find_plain(lua_State *L, dtl_str text, dtl_str wanted, size_t from)
{
    size_t at = dtl_str_find(dtl_str_slice(text, from, text.size), wanted);
    if (at == SIZE_MAX) {
        lua_pushnil(L);
        return 1;
    }
    lua_Integer first = (lua_Integer)from + (lua_Integer)at + 1;
    lua_pushinteger(L, first);
    lua_pushinteger(L, first + (lua_Integer)wanted.size - 1);
    return 2;
}

static int find_or_match(lua_State *L, bool find)
{
    dtl_str text = check_text(L, 1);
    dtl_str pattern = check_text(L, 2);
    size_t from = start_offset(luaL_optinteger(L, 3, 1), text.size);
    if (from > text.size) {
        lua_pushnil(L);
        return 1;
    }
    if (find && (lua_toboolean(L, 4) || is_plain(pattern)))
        return find_plain(L, text, pattern, from);
    dtl_matcher matcher;
    dtl_matcher_init(&matcher, L, text, pattern);
    bool anchored = pattern.size && pattern.data[0] == '^';
    const char *p = pattern.data + (anchored ? 1 : 0);
    for (const char *at = text.data + from; at <= matcher.text_end; at++) {
        const char *end = dtl_match(&matcher, at, p);
        if (end && find) {
            lua_pushinteger(L, at - text.data + 1);
            lua_pushinteger(L, end - text.data);
            return dtl_push_captures(&matcher, NULL, NULL) + 2;
        }
        if (end)
            return dtl_push_captures(&matcher, at, end);
        if (anchored)
            break;
    }
    lua_pushnil(L);
    return 1;
}

static int string_find(lua_State *L)
{
    return find_or_match(L, true);
}

static int string_match(lua_State *L)
{
    return find_or_match(L, false);
}

// ---- gmatch ----

// Upvalues of the iterator: text, pattern, and where it stands.
typedef struct position {
    size_t next;      // where to look from
    size_t last_end;  // of the match before; SIZE_MAX: none yet
} position;

static int gmatch_next(lua_State *L)
{
    dtl_str text = check_text(L, lua_upvalueindex(1));
    dtl_str pattern = check_text(L, lua_upvalueindex(2));
    position *stands = lua_touserdata(L, lua_upvalueindex(3));
    dtl_matcher matcher;
    dtl_matcher_init(&matcher, L, text, pattern);
    for (size_t at = stands->next; at <= text.size; at++) {
        const char *end = dtl_match(&matcher, text.data + at, pattern.data);
        if (!end || (size_t)(end - text.data) == stands->last_end)
            continue;
        stands->next = stands->last_end = (size_t)(end - text.data);
        return dtl_push_captures(&matcher, text.data + at, end);
    }
    return 0;
}

static int string_gmatch(lua_State *L)
{
    dtl_str text = check_text(L, 1);
    check_text(L, 2);
    size_t from = start_offset(luaL_optinteger(L, 3, 1), text.size);
    lua_settop(L, 2);
    position *stands = lua_newuserdatauv(L, sizeof *stands, 0);
    *stands = (position){from, SIZE_MAX};
    lua_pushcclosure(L, gmatch_next, 3);
    return 1;
}

// ---- gsub ----

// Adds the replacement text, with %0 to %9 and %% in it.
static void add_template(dtl_matcher *matcher, luaL_Buffer *out, const char *from, const char *to)
{
    lua_State *L = matcher->L;
    dtl_str template;
    template.data = lua_tolstring(L, 3, &template.size);
    for (size_t i = 0; i < template.size; i++) {
        char c = template.data[i];
        if (c != '%') {
            luaL_addchar(out, c);
            continue;
        }
        c = ++i < template.size ? template.data[i] : '\0';
        if (c == '%') {
            luaL_addchar(out, c);
        } else if (c == '0') {
            luaL_addlstring(out, from, (size_t)(to - from));
        } else if (c >= '1' && c <= '9') {
            dtl_push_capture(matcher, c - '1', from, to);
            luaL_tolstring(L, -1, NULL);  // a position is a number
            lua_remove(L, -2);
            luaL_addvalue(out);
        } else {
            luaL_error(L, "invalid use of '%%' in replacement string");
        }
    }
}

// Adds what is to stand for the match: false when that is the match itself.
static bool add_replacement(dtl_matcher *matcher, luaL_Buffer *out, const char *from,
                            const char *to)
{
    lua_State *L = matcher->L;
    switch (lua_type(L, 3)) {
    case LUA_TFUNCTION:
        lua_pushvalue(L, 3);
        lua_call(L, dtl_push_captures(matcher, from, to), 1);
        break;
    case LUA_TTABLE:
        dtl_push_capture(matcher, 0, from, to);
        lua_gettable(L, 3);
        break;
    default:
        add_template(matcher, out, from, to);
        return true;
    }
    if (!lua_toboolean(L, -1)) {
        lua_pop(L, 1);
        luaL_addlstring(out, from, (size_t)(to - from));
        return false;
    }
    if (!lua_isstring(L, -1))
        luaL_error(L, "invalid replacement value (a %s)", luaL_typename(L, -1));
    luaL_addvalue(out);
    return true;
}

static int string_gsub(lua_State *L)
{
    dtl_str text = check_text(L, 1);
    dtl_str pattern = check_text(L, 2);
    int type = lua_type(L, 3);
    lua_Integer most = luaL_optinteger(L, 4, (lua_Integer)text.size + 1);
    luaL_argexpected(L,
                     type == LUA_TNUMBER || type == LUA_TSTRING || type == LUA_TFUNCTION ||
                         type == LUA_TTABLE,
                     3, "string/function/table");
    bool anchored = pattern.size && pattern.data[0] == '^';
    const char *p = pattern.data + (anchored ? 1 : 0);
    const char *at = text.data;
    const char *last_end = NULL;
    lua_Integer count = 0;
    bool changed = false;
    dtl_matcher matcher;
    luaL_Buffer out;
    dtl_matcher_init(&matcher, L, text, pattern);
    luaL_buffinit(L, &out);
    while (count < most) {
        const char *end = dtl_match(&matcher, at, p);
        if (end && end != last_end) {
            count++;
            changed = add_replacement(&matcher, &out, at, end) || changed;
            at = last_end = end;
        } else if (at < matcher.text_end) {
            luaL_addchar(&out, *at++);
        } else {
            break;
        }
        if (anchored)
            break;
    }
    if (changed) {
        luaL_addlstring(&out, at, (size_t)(matcher.text_end - at));
        luaL_pushresult(&out);
    } else {
        lua_pushvalue(L, 1);
    }
    lua_pushinteger(L, count);
    return 2;
}

// ---- rep and format ----

// Fills [size] bytes with the pattern of [unit] bytes at their start.
static void repeat(char *bytes, size_t unit, size_t size)
{
    for (size_t done = unit; done < size;) {
        size_t more = done < size - done ? done : size - done;
        memcpy(bytes + done, bytes, more);
        done += more;
    }
}

static int string_rep(lua_State *L)
{
    dtl_str text = check_text(L, 1);
    lua_Integer count = luaL_checkinteger(L, 2);
    dtl_str between = {"", 0};
    if (!lua_isnoneornil(L, 3))
        between = check_text(L, 3);
    size_t unit = text.size + between.size;
    size_t total;
    if (count <= 0 || unit == 0) {
        lua_pushliteral(L, "");
        return 1;
    }
    if (__builtin_mul_overflow(unit, (size_t)count, &total) || total > SIZE_MAX / 4)
        total = SIZE_MAX / 4;
    dtl_guard_need(L, 2 * total);  // the buffer, and the string made from it
    luaL_Buffer out;
    char *bytes = luaL_buffinitsize(L, &out, total);
    memcpy(bytes, text.data, text.size);
    memcpy(bytes + text.size, between.data, between.size);
    repeat(bytes, unit, total);
    luaL_pushresultsize(&out, total - between.size);
    return 1;
}

// Turns the argument of a "%s" into text, in place. Returns its size.
static size_t prepare_text(lua_State *L, int argument, int count)
{
    if (argument > count)
        return 0;  // Lua's own format says what is missing
    dtl_push_text(L, argument);
    lua_replace(L, argument);
    return lua_rawlen(L, argument);
}

// format(...), upvalue 1 being Lua's own: arguments of %s are texts before that sees them.
static int string_format(lua_State *L)
{
    dtl_str format = check_text(L, 1);
    int count = lua_gettop(L);
    int argument = 1;
    size_t total = format.size;
    luaL_checkstack(L, 8, NULL);
    for (size_t i = 0; i < format.size; i++) {
        if (format.data[i] != '%')
            continue;
        if (i + 1 < format.size && format.data[i + 1] == '%') {
            i++;
            continue;
        }
        for (i++; i < format.size && strchr("-+ #0123456789.", format.data[i]);)
            i++;
        argument++;
        total += FORMAT_ITEM_MAX;
        if (i < format.size && format.data[i] == 's')
            total += prepare_text(L, argument, count);
        else if (i < format.size && format.data[i] == 'p')
            return luaL_error(L, "format: '%%p' is not there: a bulletin shows no addresses");
    }
    if (total > FORMAT_NEED_FROM)
        dtl_guard_need(L, 2 * total);
    return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

void dtl_make_strings_safe(lua_State *L)
{
    static const luaL_Reg functions[] = {
        {"find", string_find},   {"gmatch", string_gmatch}, {"gsub", string_gsub},
        {"match", string_match}, {"rep", string_rep},       {NULL, NULL},
    };
    luaL_setfuncs(L, functions, 0);
    lua_getfield(L, -1, "format");
    lua_pushcclosure(L, string_format, 1);
    lua_setfield(L, -2, "format");
}
