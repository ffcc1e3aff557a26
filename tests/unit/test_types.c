// tests/unit/test_types.c - the editors' stubs under scripts/types say what the program has, and
// nothing else. tests/lua/types.lua compares; here it gets what only C can look into.
#include "script/bindings/binding.h"

#include "base/file.h"
#include "store/image.h"
#include "support/test.h"

static const char *const stub_files[] = {
    "scripts/types/dateline.lua",
    "scripts/types/globals.lua",
    "scripts/types/dateline/crossings.lua",
    "scripts/types/dateline/data.lua",
    "scripts/types/dateline/date.lua",
    "scripts/types/dateline/phrase.lua",
    "scripts/types/dateline/sql.lua",
    "scripts/types/dateline/json.lua",
    "scripts/types/plugin.lua",
};

typedef struct library {
    dtl_store *store;
    dtl_session *session;
    dtl_state *state;
} library;

static bool open_library(library *l, dtl_error *err)
{
    dtl_state_options options = {.limits = DTL_LIMITS_DEFAULT};
    if (!dtl_store_open_image(dtl_image_bytes, dtl_image_size, &l->store, err))
        return false;
    l->session = dtl_session_new(l->store, DTL_MOMENT_LATEST);
    if (!dtl_state_new(&options, &l->state, err))
        return false;
    dtl_state_set_context(l->state, l->session);
    return dtl_add_natives(l->state, err);
}

static void close_library(library *l)
{
    dtl_state_free(l->state);
    dtl_session_free(l->session);
    dtl_store_close(l->store);
}

// parameters(f) -> the names of a Lua function's parameters.
static int parameters(lua_State *L)
{
    const char *name;
    luaL_checktype(L, 1, LUA_TFUNCTION);
    lua_newtable(L);
    for (int i = 1;; i++) {
        lua_pushvalue(L, 1);
        name = lua_getlocal(L, NULL, i);  // pushes nothing, and leaves the function
        lua_pop(L, 1);
        if (!name)
            return 1;
        lua_pushstring(L, name);
        lua_rawseti(L, 2, i);
    }
}

// upvalue(f, name) -> its value, or nil.
static int upvalue(lua_State *L)
{
    const char *wanted = luaL_checkstring(L, 2);
    const char *name;
    for (int i = 1; (name = lua_getupvalue(L, 1, i)) != NULL; i++) {
        if (strcmp(name, wanted) == 0)
            return 1;
        lua_pop(L, 1);
    }
    return 0;
}

static void push_members(lua_State *L, const char *class, const dtl_members *members)
{
    lua_newtable(L);
    for (size_t i = 0; i < members->count; i++) {
        lua_newtable(L);
        lua_pushstring(L, members->all[i].name);
        lua_rawseti(L, -2, 1);
        lua_pushstring(L, members->all[i].parameters);
        lua_rawseti(L, -2, 2);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_setfield(L, -2, class);
}

static void push_arguments(lua_State *L, dtl_str stubs)
{
    dtl_push_str(L, stubs);
    lua_newtable(L);
    push_members(L, "dateline.Date", &dtl_date_members);
    push_members(L, "dateline.Fact", &dtl_fact_members);
    push_members(L, "dateline.Measure", &dtl_measure_members);
    push_members(L, "dateline.SqlModule", &dtl_sql_functions);
    push_members(L, "dateline.Node", &dtl_node_members);
    lua_pushcfunction(L, parameters);
    lua_pushcfunction(L, upvalue);
}

static bool push_environment(library *l, dtl_error *err)
{
    return dtl_state_load(l->state, DTL_STR("script"), DTL_STR("return _ENV"), err) &&
           dtl_state_call(l->state, 0, 1, err);
}

static bool read_stubs(dtl_buf *out, dtl_error *err)
{
    for (size_t i = 0; i < DTL_COUNT(stub_files); i++)
        if (!dtl_file_read(stub_files[i], 1 << 20, out, err))
            return false;
    return true;
}

// Compares [stubs]; what differs is in the text on the top of the stack.
static bool compare(library *l, dtl_str stubs, dtl_error *err)
{
    lua_State *L = dtl_state_lua(l->state);
    dtl_buf code = {0};
    bool ok = dtl_file_read("tests/lua/types.lua", 1 << 20, &code, err) &&
              luaL_loadbufferx(L, code.data, code.size, "@types.lua", "t") == LUA_OK;
    dtl_buf_release(&code);
    if (!ok)
        return false;
    push_arguments(L, stubs);
    return push_environment(l, err) && dtl_state_call(l->state, 5, 1, err);
}

TEST(the_stubs_say_what_there_is_and_nothing_else)
{
    library l = {0};
    dtl_error err = {0};
    dtl_buf stubs = {0};
    CHECK(open_library(&l, &err));
    CHECK(read_stubs(&stubs, &err));
    bool compared = compare(&l, dtl_buf_str(&stubs), &err);
    CHECK_STR(err.message, "");
    CHECK(compared);
    if (compared)
        CHECK_STR(lua_tostring(dtl_state_lua(l.state), -1), "");
    dtl_buf_release(&stubs);
    close_library(&l);
}

TEST(a_stub_that_drifts_is_noticed)
{
    static const struct {
        const char *instead_of, *stub, *complaint;
    } drifts[] = {
        {"function Measure:on(date) end", "function Measure:at(date) end",
         "dateline.Measure: on has no stub"},
        {"function Measure:on(date) end", "function Measure:on(day) end",
         "dateline.Measure: on takes (date), its stub (day)"},
        {"function phrase.count(value, options) end", "function phrase.count(value) end",
         "dateline.PhraseSet: count takes 2 parameters, its stub (value)"},
        {"---@field yearday integer", "---@field day_of_year integer",
         "dateline.Date: the stub has day_of_year, the program has not"},
        {"function Document:rule() end", "function Document:rule(width) end",
         "dateline.Document: rule takes 0 parameters, its stub (width)"},
    };
    library l = {0};
    dtl_error err = {0};
    dtl_buf stubs = {0};
    CHECK(open_library(&l, &err));
    CHECK(read_stubs(&stubs, &err));
    for (size_t i = 0; i < DTL_COUNT(drifts); i++) {
        dtl_buf changed = {0};
        size_t at = dtl_str_find(dtl_buf_str(&stubs), dtl_str_from(drifts[i].instead_of));
        CHECK(at != SIZE_MAX);
        dtl_buf_add_str(&changed, dtl_str_slice(dtl_buf_str(&stubs), 0, at));
        dtl_buf_add_str(&changed, dtl_str_from(drifts[i].stub));
        dtl_buf_add_str(&changed, dtl_str_slice(dtl_buf_str(&stubs),
                                                at + strlen(drifts[i].instead_of), stubs.size));
        CHECK(compare(&l, dtl_buf_str(&changed), &err));
        const char *found = lua_tostring(dtl_state_lua(l.state), -1);
        CHECK(found && strstr(found, drifts[i].complaint));
        lua_settop(dtl_state_lua(l.state), 0);
        dtl_buf_release(&changed);
    }
    dtl_buf_release(&stubs);
    close_library(&l);
}
