// core/script/sandbox/ordered.c - pairs and next in an order that is the same in every run.
#include "script/sandbox/ordered.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <lauxlib.h>

#include "script/sandbox/limits.h"

enum {
    FEW = 32  // keys that are sorted on the stack
};

typedef enum key_rank {
    RANK_INDEX,  // 1, 2, 3...
    RANK_NUMBER,
    RANK_STRING,
    RANK_BOOLEAN,
} key_rank;

typedef struct key {
    long double number;  // holds every int64 and every double exactly
    const char *text;    // borrowed from the table's key
    size_t size;
    lua_Integer at;  // where it stands among the keys collected, or on the stack
    key_rank rank;
} key;

// Upvalues of the iterator.
enum {
    UP_TABLE = 1,
    UP_KEYS,   // nil while the keys are 1, 2, 3...; then the rest, sorted
    UP_INDEX,  // the last index, in the table or in the keys
    UP_COUNT = UP_INDEX
};

static key read_key(lua_State *L, int index)
{
    key read = {0};
    switch (lua_type(L, index)) {
    case LUA_TNUMBER:
        if (lua_isinteger(L, index)) {
            read.number = (long double)lua_tointeger(L, index);
            read.rank = read.number >= 1 ? RANK_INDEX : RANK_NUMBER;
        } else {
            read.number = (long double)lua_tonumber(L, index);
            read.rank = RANK_NUMBER;
        }
        break;
    case LUA_TSTRING:
        read.rank = RANK_STRING;
        read.text = lua_tolstring(L, index, &read.size);
        break;
    case LUA_TBOOLEAN:
        read.rank = RANK_BOOLEAN;
        read.number = lua_toboolean(L, index);
        break;
    default:
        luaL_error(L,
                   "a table with %s keys has no fixed order to walk it in; keep a list beside it",
                   luaL_typename(L, index));
    }
    return read;
}

static int compare_keys(const void *a, const void *b)
{
    const key *x = a;
    const key *y = b;
    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    if (x->rank == RANK_STRING)
        return dtl_str_compare((dtl_str){x->text, x->size}, (dtl_str){y->text, y->size});
    return (x->number > y->number) - (x->number < y->number);
}

// Whether the key on the top was handed out while the keys were 1, 2, 3... up to [last].
static bool was_index(lua_State *L, lua_Integer last)
{
    if (!lua_isinteger(L, -1))
        return false;
    lua_Integer index = lua_tointeger(L, -1);
    return index >= 1 && index <= last;
}

// Few keys need no memory but one table. Pushes as push_rest does; false, pushing nothing, when
// there are more.
static bool push_few(lua_State *L, int table, lua_Integer last)
{
    key keys[FEW];
    int base = lua_gettop(L);
    int count = 0;
    lua_pushnil(L);
    while (lua_next(L, table)) {
        lua_pop(L, 1);
        if (was_index(L, last))
            continue;
        if (count == FEW) {
            lua_settop(L, base);
            return false;
        }
        keys[count] = read_key(L, -1);
        keys[count].at = base + 1 + count;
        count++;
        lua_pushvalue(L, -1);  // the lower one stays, the upper one leads on
    }
    if (count == 0) {
        lua_pushnil(L);
        return true;
    }
    qsort(keys, (size_t)count, sizeof *keys, compare_keys);
    lua_createtable(L, count, 0);
    for (int i = 0; i < count; i++) {
        lua_pushvalue(L, (int)keys[i].at);
        lua_rawseti(L, -2, i + 1);
    }
    lua_replace(L, base + 1);
    lua_settop(L, base + 1);
    return true;
}

static size_t count_rest(lua_State *L, int table, lua_Integer last)
{
    size_t count = 0;
    lua_pushnil(L);
    while (lua_next(L, table)) {
        lua_pop(L, 1);
        if (!was_index(L, last))
            count++;
    }
    return count;
}

static void push_many(lua_State *L, int table, lua_Integer last)
{
    size_t count = count_rest(L, table, last);
    key *keys = lua_newuserdatauv(L, count * sizeof *keys, 0);
    int size = count < 1 << 20 ? (int)count : 0;
    lua_createtable(L, size, 0);  // unsorted: keeps the strings alive
    lua_createtable(L, size, 0);  // keys, unsorted, sorted
    size_t used = 0;
    lua_pushnil(L);
    while (lua_next(L, table)) {
        lua_pop(L, 1);
        if (was_index(L, last) || used == count)
            continue;
        keys[used] = read_key(L, -1);
        keys[used].at = (lua_Integer)used + 1;
        lua_pushvalue(L, -1);
        lua_rawseti(L, -4, keys[used].at);
        used++;
    }
    qsort(keys, used, sizeof *keys, compare_keys);
    for (size_t i = 0; i < used; i++) {
        lua_rawgeti(L, -2, keys[i].at);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_replace(L, -3);
    lua_pop(L, 1);
}

// Pushes a sequence of the table's keys beyond 1..last in their order, or nil when there are none.
static void push_rest(lua_State *L, int table, lua_Integer last)
{
    luaL_checkstack(L, FEW + 8, NULL);
    dtl_guard_check(L);
    if (!push_few(L, table, last))
        push_many(L, table, last);
}

static int next_index(lua_State *L, lua_Integer index)
{
    lua_pushinteger(L, index);
    lua_copy(L, -1, lua_upvalueindex(UP_INDEX));
    lua_rawgeti(L, lua_upvalueindex(UP_TABLE), index);
    return 2;
}

static int iterate(lua_State *L)
{
    lua_settop(L, 0);
    lua_Integer last = lua_tointeger(L, lua_upvalueindex(UP_INDEX));
    if (lua_isnil(L, lua_upvalueindex(UP_KEYS))) {
        next_index(L, last + 1);
        if (!lua_isnil(L, -1))
            return 2;
        lua_settop(L, 0);
        lua_pushvalue(L, lua_upvalueindex(UP_TABLE));
        push_rest(L, 1, last);
        if (lua_isnil(L, -1))
            return 1;
        lua_replace(L, lua_upvalueindex(UP_KEYS));
        last = 0;
    }
    for (;;) {
        last++;
        lua_pushinteger(L, last);
        lua_replace(L, lua_upvalueindex(UP_INDEX));
        lua_settop(L, 0);
        if (lua_rawgeti(L, lua_upvalueindex(UP_KEYS), last) == LUA_TNIL)
            return 1;
        lua_pushvalue(L, -1);
        if (lua_rawget(L, lua_upvalueindex(UP_TABLE)) != LUA_TNIL)  // else removed meanwhile
            return 2;
    }
}

int dtl_push_ordered_pairs(lua_State *L, int index)
{
    lua_pushvalue(L, index);
    lua_pushnil(L);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, iterate, UP_COUNT);
    lua_pushnil(L);
    lua_pushnil(L);
    return 3;
}

int dtl_ordered_pairs(lua_State *L)
{
    luaL_checkany(L, 1);
    if (luaL_getmetafield(L, 1, "__pairs") != LUA_TNIL) {
        lua_pushvalue(L, 1);
        lua_call(L, 1, 3);
        return 3;
    }
    luaL_checktype(L, 1, LUA_TTABLE);
    return dtl_push_ordered_pairs(L, 1);
}

// Pushes the key that stands behind [after] (NULL: the first) and its value, or nil.
static int push_following(lua_State *L, const key *after)
{
    key best;
    bool found = false;
    lua_pushnil(L);  // 3: the best key so far
    lua_pushnil(L);
    while (lua_next(L, 1)) {
        lua_pop(L, 1);
        key at = read_key(L, -1);
        if ((after && compare_keys(&at, after) <= 0) || (found && compare_keys(&at, &best) >= 0))
            continue;
        best = at;
        found = true;
        lua_copy(L, -1, 3);
    }
    if (!found)
        return 1;
    lua_pushvalue(L, 3);
    lua_rawget(L, 1);
    return 2;
}

int dtl_ordered_next(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 2);
    dtl_guard_check(L);
    bool is_first = lua_isnil(L, 2);
    key after = {0};
    if (!is_first)
        after = read_key(L, 2);
    if (is_first || (after.rank == RANK_INDEX && lua_tointeger(L, 2) < LUA_MAXINTEGER)) {
        lua_Integer index = is_first ? 1 : lua_tointeger(L, 2) + 1;
        lua_pushinteger(L, index);
        if (lua_rawgeti(L, 1, index) != LUA_TNIL)
            return 2;
        lua_settop(L, 2);
    }
    return push_following(L, is_first ? NULL : &after);
}
