// core/script/sandbox/sort.c - a stable sort of a Lua table that ends whatever the comparison says.
//
// A merge sort on two tables of its own: n log n comparisons, always, and no random pivot. Numbers
// or strings alone, without a comparison of the script's, are sorted in C.
#include "script/sandbox/sort.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include <lauxlib.h>

#include "script/sandbox/limits.h"

enum {
    TABLE = 1,
    LESS = 2,  // the function, or nil
    FROM = 3,  // the elements
    TO = 4,    // where a pass merges them to
    STEPS_A_CHECK = 256,
    PRESIZE_MAX = 1 << 16,
};

typedef struct element {
    long double number;  // holds every int64 and every double exactly
    dtl_str text;        // borrowed from the elements
    size_t at;
} element;

static void check_step(lua_State *L, size_t step)
{
    if (step % STEPS_A_CHECK == 0)
        dtl_guard_check(L);
}

static int compare_places(const element *a, const element *b)
{
    return (a->at > b->at) - (a->at < b->at);
}

// NaN comes last: an order must be total.
static int compare_numbers(const void *a, const void *b)
{
    const element *x = a;
    const element *y = b;
    bool x_nan = isnan(x->number);
    bool y_nan = isnan(y->number);
    if (x_nan != y_nan)
        return x_nan ? 1 : -1;
    if (!x_nan && x->number != y->number)
        return x->number < y->number ? -1 : 1;
    return compare_places(x, y);
}

static int compare_texts(const void *a, const void *b)
{
    const element *x = a;
    const element *y = b;
    int order = dtl_str_compare(x->text, y->text);
    return order ? order : compare_places(x, y);
}

// Whether all elements are of one [type].
static bool are_all(lua_State *L, size_t size, int type)
{
    for (size_t i = 1; i <= size; i++) {
        bool is = lua_rawgeti(L, FROM, (lua_Integer)i) == type;
        lua_pop(L, 1);
        if (!is)
            return false;
    }
    return true;
}

// Sorts from FROM into TO.
static void sort_in_c(lua_State *L, size_t size, int type)
{
    element *all = lua_newuserdatauv(L, size * sizeof *all, 0);
    for (size_t i = 0; i < size; i++) {
        all[i].at = i + 1;
        lua_rawgeti(L, FROM, (lua_Integer)i + 1);
        if (type == LUA_TSTRING)
            all[i].text.data = lua_tolstring(L, -1, &all[i].text.size);
        else if (lua_isinteger(L, -1))
            all[i].number = (long double)lua_tointeger(L, -1);
        else
            all[i].number = (long double)lua_tonumber(L, -1);
        lua_pop(L, 1);
    }
    qsort(all, size, sizeof *all, type == LUA_TSTRING ? compare_texts : compare_numbers);
    for (size_t i = 0; i < size; i++) {
        lua_rawgeti(L, FROM, (lua_Integer)all[i].at);
        lua_rawseti(L, TO, (lua_Integer)i + 1);
    }
    lua_pop(L, 1);
}

// Whether the value on the top is less than the one below it. Leaves both.
static bool top_is_less(lua_State *L)
{
    if (lua_isnil(L, LESS))
        return lua_compare(L, -1, -2, LUA_OPLT);
    lua_pushvalue(L, LESS);
    lua_pushvalue(L, -2);
    lua_pushvalue(L, -4);
    lua_call(L, 2, 1);
    bool less = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return less;
}

// Merges [low, middle) and [middle, high) of FROM into TO. Of equals the left one comes first.
static void merge(lua_State *L, size_t low, size_t middle, size_t high)
{
    size_t left = low;
    size_t right = middle;
    for (size_t out = low; out < high; out++) {
        check_step(L, out);
        bool take_right = left == middle;
        if (left < middle && right < high) {
            lua_rawgeti(L, FROM, (lua_Integer)left);
            lua_rawgeti(L, FROM, (lua_Integer)right);
            take_right = top_is_less(L);
            lua_pop(L, 2);
        }
        lua_rawgeti(L, FROM, (lua_Integer)(take_right ? right++ : left++));
        lua_rawseti(L, TO, (lua_Integer)out);
    }
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

// Runs of 1, 2, 4...: the result ends in TO.
static void sort_by_merging(lua_State *L, size_t size)
{
    size_t end = size + 1;
    for (size_t run = 1; run < size; run *= 2) {
        if (run > 1) {  // what was merged is merged again
            lua_pushvalue(L, FROM);
            lua_copy(L, TO, FROM);
            lua_replace(L, TO);
        }
        for (size_t low = 1; low < end; low += 2 * run)
            merge(L, low, least(low + run, end), least(low + 2 * run, end));
    }
}

void dtl_sort(lua_State *L, size_t size)
{
    luaL_checkstack(L, 16, NULL);
    int presize = (int)least(size, PRESIZE_MAX);
    lua_createtable(L, presize, 0);
    lua_createtable(L, presize, 0);
    for (size_t i = 1; i <= size; i++) {
        check_step(L, i);
        lua_geti(L, TABLE, (lua_Integer)i);
        lua_rawseti(L, FROM, (lua_Integer)i);
    }
    int type = lua_rawgeti(L, FROM, 1);
    lua_pop(L, 1);
    bool simple = lua_isnil(L, LESS) && (type == LUA_TNUMBER || type == LUA_TSTRING);
    if (simple && are_all(L, size, type))
        sort_in_c(L, size, type);
    else
        sort_by_merging(L, size);
    for (size_t i = 1; i <= size; i++) {
        check_step(L, i);
        lua_rawgeti(L, TO, (lua_Integer)i);
        lua_seti(L, TABLE, (lua_Integer)i);
    }
}
