// tests/unit/test_pattern.c - our string and table functions do what Lua's own do.
#include <stdio.h>
#include <time.h>

#include <lauxlib.h>
#include <lualib.h>

#include "support/script.h"
#include "support/test.h"

// Runs a comparison: [file] with our library, Lua's own, and [rounds].
static void compare(const char *file, const char *library, lua_CFunction open, int rounds)
{
    dtl_state_options options = {.limits = {.wall_ms = 0}};
    dtl_state *state;
    dtl_error err = {0};
    CHECK(dtl_state_new(&options, &state, &err));
    lua_State *L = dtl_state_lua(state);
    CHECK_INT(luaL_loadfile(L, file), LUA_OK);
    lua_getglobal(L, library);
    luaL_requiref(L, "stock", open, 0);
    lua_pushinteger(L, rounds);
    if (!dtl_state_call(state, 3, 1, &err))
        printf("    %s\n", err.message);
    else if (!lua_isnil(L, -1))
        printf("    %s\n", lua_tostring(L, -1));
    CHECK(err.code == DTL_OK && lua_isnil(L, -1));
    dtl_state_free(state);
}

TEST(patterns_match_as_luas_own_do)
{
    compare("tests/lua/patterns.lua", "string", luaopen_string,
            dtl_is_sanitized() ? 20000 : 200000);
}

TEST(tables_change_as_by_luas_own_functions)
{
    compare("tests/lua/tables.lua", "table", luaopen_table, dtl_is_sanitized() ? 20000 : 200000);
}

static void check_runs(const char *source)
{
    dtl_try try = DTL_TRY(5000);
    if (!dtl_try_run(&try, dtl_str_from(source)))
        printf("    %s\n", try.err.message);
    CHECK_INT(try.err.code, DTL_OK);
    dtl_try_release(&try);
}

TEST(format_is_luas_own_but_for_addresses)
{
    check_runs("assert(('%d %5.2f %s %q %x %c %%'):format(3, 2.5, nil, 'a\\n', 255, 65) == "
               "'3  2.50 nil \"a\\\\\\n\" ff A %')\n"
               "assert(('%-8s|%.2s'):format('ab', 'xyz') == 'ab      |xy')\n"
               "assert(('%s %s'):format(1, 1.0) == '1 1.0')\n"
               "assert(not pcall(string.format, '%d', 1.5))\n"
               "assert(not pcall(string.format, '%s'))\n"
               "assert(not pcall(string.format, '%y', 1))\n"
               "assert(not pcall(string.format, '%', 1))\n"
               "assert(not pcall(string.format, '%\\0', 1))\n"
               "assert(('%s'):format(setmetatable({}, {__tostring = function() return 'x' end})) "
               "== 'x')\n");
}

TEST(a_step_limit_grows_with_the_text)
{
    check_runs("local text = ('word '):rep(200000)\n"
               "local n = 0\n"
               "for _ in text:gmatch '%a+' do n = n + 1 end\n"
               "assert(n == 200000)\n"
               "assert(select(2, text:gsub('(%a+) ', '%1,')) == 200000)\n");
}
