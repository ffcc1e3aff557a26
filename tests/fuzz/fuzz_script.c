// tests/fuzz/fuzz_script.c - any bytes as a script: it runs to its end, or fails with a message.
//
// In this process, so that the sanitizers see; a fault of Lua's own would end the test, as it would a
// worker.
#include "script/sandbox/state.h"
#include "support/fuzz.h"

const char *const dtl_fuzz_seeds[] = {
    "local c = { people = { on = print } }\nlocal x = c.people:onn(1).y.z\nprint(x.y + 1 .. 'a')\n",
    "for k, v in pairs { a = 1, 2, [3.5] = 3, [true] = 4 } do print(k, v, next({ k }, 1)) end\n",
    "local t = { 3, 1, 2, 'x', {} } table.sort(t, function(a, b) return a < b end) error(t)\n",
    "print(('a b'):gsub('(%a)%s*(.-)$', '%2%1'), ('x'):rep(9, ','))\n"
    "print(('%5.2f %s %q'):format(1, 2, 'a'), ('THE (quick)'):find('%f[%a]%a+%b()', 2))\n",
    "local ok, e = pcall(error, { message = 'x' }) print(e.message, xpcall(error, print, 'y'))\n",
    "local P = {} P.__index = P\n"
    "setmetatable(P, { __call = function(s, x) return setmetatable({ x = x }, P) end })\n"
    "function P:f(...) return self.x, select('#', ...) end print(P(3):f(1, 2), #P, P.g())\n",
    "goto done do local x <const>, y <close> = 1, nil x = 2 end ::done:: return require 'a.b'\n",
    "table.move({ 1, 2, 3 }, 1, 3, 2) table.insert({}, 1, 2) table.remove({ 1 }, 1)\n"
    "print(table.unpack { 1, 2 })\n",
    "while true do local s = string.pack('i4z', 1, 'x') string.unpack('i4z', s) end\n"
    "utf8.codepoint('é', 1, -1)\n",
    NULL,
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dtl_state_options options = {
        .limits = {.memory_bytes = 2 << 20,
                   .wall_ms = 2000,
                   .instructions = 20000,
                   .log_bytes = 4096},
    };
    dtl_state *state;
    dtl_error err = {0};
    if (!dtl_state_new(&options, &state, &err))
        return 0;
    lua_State *L = dtl_state_lua(state);
    bool ok = dtl_state_load(state, DTL_STR("fuzz.lua"), (dtl_str){(const char *)data, size}, &err);
    if (ok)
        ok = dtl_state_call(state, 0, 1, &err);
    dtl_fuzz_require(lua_gettop(L) == (ok ? 1 : 0));
    dtl_fuzz_require(ok == (err.code == DTL_OK));
    dtl_fuzz_require(ok || err.message[0]);
    dtl_fuzz_require(err.line >= 0 && err.column >= 0);
    dtl_state_free(state);
    return 0;
}
