// core/script/sandbox/safe_table.c - the table functions that loop, each looking at the guard as it goes.
//
// They behave as Lua's own do, metamethods included; sort is stable, and the same in every run.
#include <lauxlib.h>

#include "script/sandbox/internal.h"
#include "script/sandbox/sort.h"

enum {
    STEPS_A_CHECK = 1024
};

// What table functions need of a value that is no table.
enum {
    READS = 1,
    WRITES = 2,
    MEASURES = 4
};

static bool has_meta(lua_State *L, int metatable, const char *name)
{
    lua_pushstring(L, name);
    bool found = lua_rawget(L, metatable) != LUA_TNIL;
    lua_pop(L, 1);
    return found;
}

static void check_table(lua_State *L, int index, int needs)
{
    if (lua_istable(L, index))
        return;
    bool fits = false;
    if (lua_getmetatable(L, index)) {
        int meta = lua_gettop(L);
        fits = (!(needs & READS) || has_meta(L, meta, "__index")) &&
               (!(needs & WRITES) || has_meta(L, meta, "__newindex")) &&
               (!(needs & MEASURES) || has_meta(L, meta, "__len"));
        lua_pop(L, 1);
    }
    if (!fits)
        luaL_checktype(L, index, LUA_TTABLE);
}

static lua_Integer check_length(lua_State *L, int index, int needs)
{
    check_table(L, index, needs | MEASURES);
    return luaL_len(L, index);
}

static void check_step(lua_State *L, lua_Unsigned step)
{
    if (step % STEPS_A_CHECK == 0)
        dtl_guard_check(L);
}

// Moves what is at [from] to [to].
static void move_one(lua_State *L, int source, lua_Integer from, int target, lua_Integer to)
{
    lua_geti(L, source, from);
    lua_seti(L, target, to);
}

static int table_insert(lua_State *L)
{
    lua_Integer end = (lua_Integer)((lua_Unsigned)check_length(L, 1, READS | WRITES) + 1);
    lua_Integer position = end;
    switch (lua_gettop(L)) {
    case 2:
        break;
    case 3:
        position = luaL_checkinteger(L, 2);
        luaL_argcheck(L, (lua_Unsigned)position - 1 < (lua_Unsigned)end, 2,
                      "position out of bounds");
        for (lua_Integer i = end; i > position; i--) {
            check_step(L, (lua_Unsigned)i);
            move_one(L, 1, i - 1, 1, i);
        }
        break;
    default:
        return luaL_error(L, "wrong number of arguments to 'insert'");
    }
    lua_seti(L, 1, position);
    return 0;
}

static int table_remove(lua_State *L)
{
    lua_Integer size = check_length(L, 1, READS | WRITES);
    lua_Integer position = luaL_optinteger(L, 2, size);
    if (position != size)
        luaL_argcheck(L, (lua_Unsigned)position - 1 <= (lua_Unsigned)size, 2,
                      "position out of bounds");
    lua_geti(L, 1, position);
    for (; position < size; position++) {
        check_step(L, (lua_Unsigned)position);
        move_one(L, 1, position + 1, 1, position);
    }
    lua_pushnil(L);
    lua_seti(L, 1, position);
    return 1;
}

static int table_move(lua_State *L)
{
    lua_Integer from = luaL_checkinteger(L, 2);
    lua_Integer to = luaL_checkinteger(L, 3);
    lua_Integer at = luaL_checkinteger(L, 4);
    int target = lua_isnoneornil(L, 5) ? 1 : 5;
    check_table(L, 1, READS);
    check_table(L, target, WRITES);
    if (to >= from) {
        luaL_argcheck(L, from > 0 || to < LUA_MAXINTEGER + from, 3, "too many elements to move");
        lua_Integer count = to - from + 1;
        luaL_argcheck(L, at <= LUA_MAXINTEGER - count + 1, 4, "destination wrap around");
        bool forwards =
            at > to || at <= from || (target != 1 && !lua_compare(L, 1, target, LUA_OPEQ));
        for (lua_Integer i = 0; i < count; i++) {
            lua_Integer step = forwards ? i : count - 1 - i;
            check_step(L, (lua_Unsigned)i);
            move_one(L, 1, from + step, target, at + step);
        }
    }
    lua_pushvalue(L, target);
    return 1;
}

static void add_element(lua_State *L, luaL_Buffer *out, lua_Integer index)
{
    lua_geti(L, 1, index);
    if (!lua_isstring(L, -1))
        luaL_error(L, "invalid value (%s) at index %I in table for 'concat'", luaL_typename(L, -1),
                   (LUAI_UACINT)index);
    luaL_addvalue(out);
}

static int table_concat(lua_State *L)
{
    lua_Integer last = check_length(L, 1, READS);
    size_t size;
    const char *between = luaL_optlstring(L, 2, "", &size);
    lua_Integer at = luaL_optinteger(L, 3, 1);
    last = luaL_optinteger(L, 4, last);
    luaL_Buffer out;
    luaL_buffinit(L, &out);
    for (; at < last; at++) {
        check_step(L, (lua_Unsigned)at);
        add_element(L, &out, at);
        luaL_addlstring(&out, between, size);
    }
    if (at == last)
        add_element(L, &out, at);
    luaL_pushresult(&out);
    return 1;
}

static int table_sort(lua_State *L)
{
    lua_Integer size = check_length(L, 1, READS | WRITES);
    if (size < 2)
        return 0;
    luaL_argcheck(L, size < INT32_MAX, 1, "array too big");
    if (!lua_isnoneornil(L, 2))
        luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_settop(L, 2);
    dtl_sort(L, (size_t)size);
    return 0;
}

void dtl_make_tables_safe(lua_State *L)
{
    static const luaL_Reg functions[] = {
        {"concat", table_concat}, {"insert", table_insert}, {"move", table_move},
        {"remove", table_remove}, {"sort", table_sort},     {NULL, NULL},
    };
    luaL_setfuncs(L, functions, 0);
}
