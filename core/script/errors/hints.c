// core/script/errors/hints.c - what to use instead of what a script reached for.
#include "script/errors/hints.h"

#include <stdlib.h>

enum {
    INDEX_DEPTH_MAX = 8
};

typedef struct absent {
    const char *name;
    const char *instead;
} absent;

#define NO_FILES                                                                                   \
    "a report reads no files: import them first (dateline import), then use dateline.data"
#define NO_SYSTEM "a report cannot reach the system: pass what it needs as a parameter"
#define NO_CODE "a report cannot build code at run time: put it in a module and require that"
#define USE_DATE "use the 'date' module, or a parameter of type date"
#define USE_PRINT "to look at a value use print"

#define USE_NIL "the value that stands for nothing is nil"

static const absent absent_names[] = {
    {"False", "write false"},
    {"NULL", USE_NIL},
    {"None", USE_NIL},
    {"True", "write true"},
    {"_G", "keep values in locals, or in the table that a module returns"},
    {"bit32", "use the operators & | ~ << >>"},
    {"collectgarbage", "memory is looked after; --memory-limit sets how much there is"},
    {"coroutine", "write an iterator as a function that keeps its state in locals"},
    {"debug", USE_PRINT},
    {"dofile", "use require, for a module beside the report"},
    {"ffi", NO_SYSTEM},
    {"gcinfo", "memory is looked after; --memory-limit sets how much there is"},
    {"getfenv", "use _ENV, or keep values in locals"},
    {"io", NO_FILES},
    {"io.open", NO_FILES},
    {"io.popen", NO_SYSTEM},
    {"io.read", NO_FILES},
    {"io.write", "use print for the log, and the document for the bulletin"},
    {"load", NO_CODE},
    {"loadfile", "use require, for a module beside the report"},
    {"loadstring", NO_CODE},
    {"math.atan2", "use math.atan(y, x)"},
    {"math.cosh", "use math.exp"},
    {"math.frexp", "use math.log(x, 2)"},
    {"math.ldexp", "use x * 2.0^e"},
    {"math.log10", "use math.log(x, 10)"},
    {"math.pow", "use the operator ^"},
    {"math.random", "a bulletin is the same each time it is built, so there is no chance in it"},
    {"math.randomseed",
     "a bulletin is the same each time it is built, so there is no chance in it"},
    {"math.sinh", "use math.exp"},
    {"math.tanh", "use math.exp"},
    {"module", "let a module return a table"},
    {"null", USE_NIL},
    {"newproxy", "use setmetatable"},
    {"os", USE_DATE},
    {"os.clock", "a report has no clock; --time-limit sets how long it may run"},
    {"os.date", USE_DATE},
    {"os.execute", NO_SYSTEM},
    {"os.exit", "use error, or return"},
    {"os.getenv", NO_SYSTEM},
    {"os.remove", NO_FILES},
    {"os.rename", NO_FILES},
    {"os.time", USE_DATE},
    {"os.tmpname", NO_FILES},
    {"package", "use require: modules are found beside the report, and under 'dateline.'"},
    {"setfenv", "use _ENV, or keep values in locals"},
    {"socket", NO_SYSTEM},
    {"string.dump", NO_CODE},
    {"string.gfind", "use string.gmatch"},
    {"table.foreach", "use for key, value in pairs(t) do"},
    {"table.foreachi", "use for i, value in ipairs(t) do"},
    {"table.getn", "use the operator #"},
    {"table.maxn", "use the operator #"},
    {"table.setn", "assign nil to what lies beyond the end"},
    {"undefined", USE_NIL},
    {"unpack", "use table.unpack"},
    {"warn", "use print"},
};

const char *dtl_hint_absent(dtl_str name)
{
    for (size_t i = 0; i < DTL_COUNT(absent_names); i++) {
        if (dtl_str_equal(name, dtl_str_from(absent_names[i].name)))
            return absent_names[i].instead;
    }
    return NULL;
}

void dtl_names_add(dtl_names *names, dtl_str name)
{
    if (names->count < DTL_NAMES_MAX)
        names->all[names->count++] = name;
}

static void add_keys(dtl_names *names, lua_State *L, int table)
{
    lua_pushnil(L);
    while (lua_next(L, table)) {
        lua_pop(L, 1);
        dtl_str name;
        if (lua_type(L, -1) == LUA_TSTRING) {
            name.data = lua_tolstring(L, -1, &name.size);
            if (!dtl_str_starts(name, DTL_STR("__")))
                dtl_names_add(names, name);
        }
    }
}

static void add_listed(dtl_names *names, lua_State *L, int list)
{
    for (lua_Integer i = 1; lua_rawgeti(L, list, i) == LUA_TSTRING; i++) {
        dtl_str name;
        name.data = lua_tolstring(L, -1, &name.size);
        dtl_names_add(names, name);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
}

// The field [name] of the metatable of the value at [index], raw; false pushes nothing.
static bool push_meta_table(lua_State *L, int index, const char *name)
{
    if (!lua_getmetatable(L, index))
        return false;
    lua_pushstring(L, name);
    bool found = lua_rawget(L, -2) == LUA_TTABLE;
    lua_remove(L, -2);
    if (!found)
        lua_pop(L, 1);
    return found;
}

void dtl_names_add_fields(dtl_names *names, lua_State *L, int index)
{
    if (!lua_checkstack(L, 8))
        return;
    lua_pushvalue(L, index);
    for (int depth = 0; depth < INDEX_DEPTH_MAX; depth++) {
        int at = lua_gettop(L);
        if (lua_type(L, at) == LUA_TTABLE)
            add_keys(names, L, at);
        if (push_meta_table(L, at, "__names")) {
            add_listed(names, L, at + 1);
            lua_pop(L, 1);
        }
        if (!push_meta_table(L, at, "__index"))
            break;
        lua_replace(L, at);
    }
    lua_pop(L, 1);
}

void dtl_names_add_locals(dtl_names *names, lua_State *L, int level)
{
    lua_Debug frame;
    if (!lua_checkstack(L, 4) || !lua_getstack(L, level, &frame))
        return;
    const char *name;
    for (int i = 1; (name = lua_getlocal(L, &frame, i)) != NULL; i++) {
        if (name[0] != '(')
            dtl_names_add(names, dtl_str_from(name));
        lua_pop(L, 1);
    }
    lua_getinfo(L, "f", &frame);
    for (int i = 1; (name = lua_getupvalue(L, -1, i)) != NULL; i++) {
        if (name[0] != '_' && name[0])
            dtl_names_add(names, dtl_str_from(name));
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
}

static int compare_names(const void *a, const void *b)
{
    return dtl_str_compare(*(const dtl_str *)a, *(const dtl_str *)b);
}

void dtl_names_suggest(dtl_names *names, dtl_str word, dtl_error *err)
{
    // Tables were walked by hash: of two names equally near the same one must win in every run.
    qsort(names->all, names->count, sizeof *names->all, compare_names);
    dtl_str near = dtl_str_nearest(word, names->all, names->count);
    if (near.size)
        dtl_error_hint(err, "did you mean '%.*s'?", DTL_ARG(near));
}
