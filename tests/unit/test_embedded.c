// tests/unit/test_embedded.c - the Lua that was compiled in can be found and loaded.
#include "support/test.h"

#include <lauxlib.h>
#include <lua.h>

#include "script/embed/embedded.h"

TEST(names_are_sorted_and_differ)
{
    CHECK(dtl_embedded_count > 0);
    for (size_t i = 1; i < dtl_embedded_count; i++)
        CHECK(strcmp(dtl_embedded_files[i - 1].name, dtl_embedded_files[i].name) < 0);
}

TEST(bytecode_loads_and_keeps_its_name_and_lines)
{
    for (size_t i = 0; i < dtl_embedded_count; i++) {
        const dtl_embedded *file = &dtl_embedded_files[i];
        if (!dtl_str_ends(dtl_str_from(file->name), DTL_STR(".lua"))) {
            CHECK_INT((int64_t)file->bytecode_size, 0);  // what `new` writes as it is
            continue;
        }
        lua_State *L = luaL_newstate();
        int status =
            luaL_loadbufferx(L, (const char *)file->bytecode, file->bytecode_size, "", "b");
        CHECK_INT(status, LUA_OK);
        lua_Debug info;
        lua_getinfo(L, ">SL", &info);
        CHECK(info.source[0] == '@');
        CHECK_STR(info.source + 1, file->name);
        CHECK(lua_istable(L, -1));  // the active lines
        lua_close(L);
    }
}

TEST(source_is_the_whole_file)
{
    for (size_t i = 0; i < dtl_embedded_count; i++) {
        const dtl_embedded *file = &dtl_embedded_files[i];
        CHECK_INT(file->source[file->source_size], '\0');
        CHECK(memchr(file->source, '\0', file->source_size) == NULL);
        CHECK_INT(file->source[file->source_size - 1], '\n');
    }
}
