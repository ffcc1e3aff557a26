// core/script/sandbox/self_test.c - what the Lua at hand gets wrong, found by trying it.
#include <string.h>

#include <lauxlib.h>

#include "script/sandbox/state.h"

enum {
    CONSTANTS = 300  // a function with more than 256 reaches them by another instruction
};

// Lua 5.4.0 to 5.4.4 compile this to code that forgets the first operand.
static bool computes_bits(lua_State *L)
{
    dtl_buf source = {0};
    DTL_BUF_LITERAL(&source, "local t = {");
    for (int i = 0; i < CONSTANTS; i++)
        dtl_buf_printf(&source, "%d.5, ", i);
    DTL_BUF_LITERAL(&source, "}\nreturn 1 ~ (2 or 3)");
    bool right = luaL_loadbufferx(L, source.data, source.size, "=self-test", "t") == LUA_OK &&
                 lua_pcall(L, 0, 1, 0) == LUA_OK && lua_tointeger(L, -1) == 3;
    lua_pop(L, 1);
    dtl_buf_release(&source);
    return right;
}

void dtl_state_self_test(dtl_buf *out)
{
    lua_State *L = luaL_newstate();
    if (!L) {
        DTL_BUF_LITERAL(out, "Lua cannot be started\n");
        return;
    }
    if (!strstr(lua_ident, ": " LUA_RELEASE " "))
        DTL_BUF_LITERAL(out, "built for " LUA_RELEASE " and running with another release: the Lua "
                             "that ships is compiled at each start, which is slower\n");
    if (!computes_bits(L))
        DTL_BUF_LITERAL(out,
                        LUA_RELEASE " computes '1 ~ (2 or 3)' wrongly in a function with more "
                                    "than 256 constants: do not rely on the operators & | ~ "
                                    "in a very long function, or install Lua 5.4.5 or later\n");
    lua_close(L);
}
