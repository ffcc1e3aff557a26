// core/script/sandbox/require.c - require: shipped modules, the library's C modules, modules beside a report.
//
// A shipped module runs once a state, with the library's environment; a script gets a view of it
// that it cannot change. A module beside the report, or in the folder that reports share, runs once
// a script that requires it, in an environment of its own: two reports in one state do not meet.
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <lauxlib.h>

#include "script/bindings/binding.h"
#include "script/embed/embedded.h"
#include "script/errors/hints.h"
#include "script/sandbox/internal.h"

// Keys in the registry: shipped modules and C modules by name, and the scripts' views of the former.
static const char loaded_key;
static const char views_key;
// In place of a module that is being loaded.
static const char loading;

// What scripts may require of the library; the rest of it is its own affair.
static const char *const public_modules[] = {
    "dateline.crossings", "dateline.data",   "dateline.date",
    "dateline.json",      "dateline.phrase", "dateline.sql",
};

enum {
    NAME_MAX_BYTES = 200,
    BESIDE_MAX = 50  // modules of a folder looked through for a hint
};

// ---- names ----

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
}

// "a.b" and the like: letters, digits, '_' and '-' between single dots.
static bool is_module_name(dtl_str name)
{
    bool after_dot = true;
    for (size_t i = 0; i < name.size; i++) {
        if (name.data[i] == '.' ? after_dot : !is_name_char(name.data[i]))
            return false;
        after_dot = name.data[i] == '.';
    }
    return !after_dot && name.size <= NAME_MAX_BYTES;
}

// "dateline.phrase" is "dateline/phrase.lua".
static void file_of(dtl_str name, char *out, size_t size)
{
    size_t length = name.size < size - 5 ? name.size : size - 5;
    for (size_t i = 0; i < length; i++)
        out[i] = name.data[i] == '.' ? '/' : name.data[i];
    memcpy(out + length, ".lua", 5);
}

static int refuse_name(lua_State *L, dtl_str name)
{
    dtl_error err = {0};
    dtl_error_set(&err, DTL_ESCRIPT, "require: '%.*s' is not a module's name", DTL_ARG(name));
    dtl_error_expected(
        &err, "a name such as \"dateline.phrase\", or \"tables.ports\" for tables/ports.lua");
    return dtl_raise(L, &err);
}

// ---- shipped modules ----

static int compare_embedded(const void *name, const void *file)
{
    return strcmp(name, ((const dtl_embedded *)file)->name);
}

static const dtl_embedded *find_embedded(const char *file)
{
    size_t count = dtl_embedded_count;
    return count ? bsearch(file, dtl_embedded_files, count, sizeof *dtl_embedded_files,
                           compare_embedded)
                 : NULL;
}

// Bytecode is only ever the build's own, and only for the very release of Lua that made it.
static bool bytecode_fits(void)
{
    static const char release[] = ": " LUA_RELEASE " ";
    return strstr(lua_ident, release) != NULL;
}

static void load_embedded(lua_State *L, const dtl_embedded *file)
{
    const char *chunk = lua_pushfstring(L, "@%s", file->name);
    bool binary = file->bytecode_size && bytecode_fits();
    int status =
        binary ? luaL_loadbufferx(L, (const char *)file->bytecode, file->bytecode_size, chunk, "b")
               : luaL_loadbufferx(L, (const char *)file->source, file->source_size, chunk, "t");
    if (status != LUA_OK)
        lua_error(L);
    lua_remove(L, -2);
}

// Adds the modules that stand in the folder [root] itself, keeping their names in [kept].
static void add_beside(dtl_names *names, const char *root, char (*kept)[NAME_MAX_BYTES])
{
    DIR *folder = root ? opendir(root) : NULL;
    const struct dirent *entry;
    for (size_t count = 0; folder && count < BESIDE_MAX && (entry = readdir(folder)) != NULL;) {
        dtl_str file = dtl_str_from(entry->d_name);
        if (!dtl_str_ends(file, DTL_STR(".lua")) || file.size >= NAME_MAX_BYTES)
            continue;
        dtl_str module = {kept[count], file.size - 4};
        memcpy(kept[count], file.data, module.size);
        if (is_module_name(module)) {
            dtl_names_add(names, module);
            count++;
        }
    }
    if (folder)
        closedir(folder);
}

static void suggest_beside(lua_State *L, dtl_str name, dtl_error *err)
{
    const dtl_state_options *options = dtl_state_get_options(dtl_state_of(L));
    char(*kept)[NAME_MAX_BYTES] = lua_newuserdatauv(L, sizeof *kept * 2 * BESIDE_MAX, 0);
    dtl_names names = {.count = 0};
    add_beside(&names, options->module_root, kept);
    add_beside(&names, options->shared_root, kept + BESIDE_MAX);
    dtl_names_suggest(&names, name, err);
}

// "crossings" for "dateline.crossings".
static void suggest_shipped(dtl_str name, dtl_error *err)
{
    for (size_t i = 0; i < DTL_COUNT(public_modules); i++)
        if (dtl_str_equal(name, dtl_str_from(strchr(public_modules[i], '.') + 1)))
            dtl_error_hint(err, "did you mean '%s'?", public_modules[i]);
}

static bool is_public(dtl_str name)
{
    for (size_t i = 0; i < DTL_COUNT(public_modules); i++)
        if (dtl_str_equal(name, dtl_str_from(public_modules[i])))
            return true;
    return false;
}

static int raise_no_module(lua_State *L, dtl_str name, bool of_plugin)
{
    dtl_error err = {0};
    dtl_error_set(&err, DTL_ESCRIPT, "there is no module '%.*s'", DTL_ARG(name));
    const char *instead = dtl_hint_absent(name);
    if (instead) {
        dtl_error_hint(&err, "%s", instead);
        return dtl_raise(L, &err);
    }
    dtl_names names = {.count = 0};
    for (size_t i = 0; i < DTL_COUNT(public_modules); i++)
        dtl_names_add(&names, dtl_str_from(public_modules[i]));
    dtl_names_suggest(&names, name, &err);
    if (!err.hint[0])
        suggest_shipped(name, &err);
    if (!err.hint[0] && !of_plugin)
        suggest_beside(L, name, &err);
    if (!err.hint[0])
        dtl_error_hint(&err, "%s",
                       of_plugin
                           ? "a plugin has the modules of 'dateline.' and the files of its "
                             "folder: lib.words is lib/words.lua"
                           : "modules are looked for under 'dateline.', beside the report and "
                             "in scripts/ beside reports/");
    return dtl_raise(L, &err);
}

// Pushes what require keeps of a module: what it returned, or true.
static void keep_result(lua_State *L, int loaded, int name)
{
    if (lua_isnil(L, -1)) {
        lua_pop(L, 1);
        lua_pushboolean(L, 1);
    }
    lua_pushvalue(L, name);
    lua_pushvalue(L, -2);
    lua_rawset(L, loaded);
}

// Pushes the module [name] (a stack index) when [loaded] has it; raises when it is being loaded.
static bool push_loaded(lua_State *L, int loaded, int name)
{
    lua_pushvalue(L, name);
    int type = lua_rawget(L, loaded);
    if (type == LUA_TLIGHTUSERDATA && lua_touserdata(L, -1) == &loading) {
        dtl_error err = {0};
        dtl_error_set(&err, DTL_ESCRIPT, "the module '%s' requires itself", lua_tostring(L, name));
        dtl_error_hint(&err, "put what both modules need into a third");
        dtl_raise(L, &err);
    }
    if (type != LUA_TNIL)
        return true;
    lua_pop(L, 1);
    return false;
}

static void mark_loading(lua_State *L, int loaded, int name)
{
    lua_pushvalue(L, name);
    lua_pushlightuserdata(L, (void *)(uintptr_t)&loading);
    lua_rawset(L, loaded);
}

// Calls the loader on the top with the name. A failure unmarks the module, so that it can be tried
// again, and is raised on.
static void run_loader(lua_State *L, int loaded, int name)
{
    mark_loading(L, loaded, name);
    lua_pushcfunction(L, dtl_failure_keep);
    lua_insert(L, -2);
    int handler = lua_gettop(L) - 1;
    lua_pushvalue(L, name);
    if (lua_pcall(L, 1, 1, handler) == LUA_OK) {
        keep_result(L, loaded, name);
        return;
    }
    lua_pushvalue(L, name);
    lua_pushnil(L);
    lua_rawset(L, loaded);
    lua_error(L);
}

static void push_table(lua_State *L, const char *key)
{
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, key) != LUA_TNIL)
        return;
    lua_pop(L, 1);
    lua_createtable(L, 0, 8);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, key);
}

// require as the library has it: shipped modules and "native.*".
static int library_require(lua_State *L)
{
    char file[NAME_MAX_BYTES + 8];
    dtl_str name;
    name.data = luaL_checklstring(L, 1, &name.size);
    lua_settop(L, 1);
    push_table(L, &loaded_key);  // 2
    if (push_loaded(L, 2, 1))
        return 1;
    if (!is_module_name(name))
        return refuse_name(L, name);
    if (dtl_str_starts(name, DTL_STR("native."))) {
        lua_pushfstring(L, "open %s", name.data);
        if (lua_rawget(L, 2) != LUA_TFUNCTION)
            return raise_no_module(L, name, false);
    } else {
        file_of(name, file, sizeof file);
        const dtl_embedded *found = find_embedded(file);
        if (!found)
            return raise_no_module(L, name, false);
        load_embedded(L, found);
    }
    run_loader(L, 2, 1);
    return 1;
}

void dtl_push_library_require(lua_State *L)
{
    lua_pushcfunction(L, library_require);
}

typedef struct native_module {
    const char *name;
    lua_CFunction open;
} native_module;

static int add_native(lua_State *L)
{
    const native_module *module = lua_touserdata(L, 1);
    push_table(L, &loaded_key);
    lua_pushfstring(L, "open native.%s", module->name);
    lua_pushcfunction(L, module->open);
    lua_rawset(L, -3);
    return 0;
}

void dtl_state_add_native(dtl_state *state, const char *name, lua_CFunction open)
{
    lua_State *L = dtl_state_lua(state);
    native_module module = {name, open};
    lua_pushcfunction(L, add_native);
    lua_pushlightuserdata(L, &module);
    int status = lua_pcall(L, 1, 0, 0);
    if (status == LUA_OK)
        return;
    dtl_guard_caught(L, status);  // out of memory: every later call will say so
    lua_pop(L, 1);
}

// ---- modules beside the report ----

// Opens [file] beneath [root] without following a symbolic link; -1 with errno.
static int open_beneath(const char *root, const char *file)
{
    int folder = open(root, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return -1;
    struct open_how how = {.flags = O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK,
                           .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS};
    int fd = (int)syscall(SYS_openat2, folder, file, &how, sizeof how);
    if (fd < 0 && errno == ENOSYS) {  // a kernel before 5.6: one step at a time
        char part[NAME_MAX_BYTES + 8];
        const char *rest = file;
        const char *slash;
        int at = folder;
        while (at >= 0 && (slash = strchr(rest, '/')) != NULL) {
            memcpy(part, rest, (size_t)(slash - rest));
            part[slash - rest] = '\0';
            int next = openat(at, part, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
            if (at != folder)
                close(at);
            at = next;
            rest = slash + 1;
        }
        fd = at < 0 ? -1 : openat(at, rest, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
        if (at >= 0 && at != folder)
            close(at);
    }
    int saved = errno;
    close(folder);
    errno = saved;
    return fd;
}

// Reads all of [fd] (closed) into [text].
static bool read_all(int fd, dtl_buf *text)
{
    struct stat info;
    ssize_t got = -1;
    dtl_buf_clear(text);
    dtl_buf_reserve(text, 4096);
    if (fstat(fd, &info) == 0 && S_ISREG(info.st_mode)) {
        while ((got = read(fd, text->data + text->size, text->capacity - text->size - 1)) > 0) {
            text->size += (size_t)got;
            if (text->size > DTL_SCRIPT_MAX_BYTES)
                break;
            dtl_buf_reserve(text, text->size);
        }
    }
    close(fd);
    return got == 0;
}

// Compiles what stands in the folder [root] (NULL: none), with the environment on the top (popped):
// false, and nothing popped, when there is no such file.
static bool load_from(lua_State *L, const char *root, dtl_str name)
{
    char file[NAME_MAX_BYTES + 8];
    file_of(name, file, sizeof file);
    int fd = root ? open_beneath(root, file) : -1;
    bool refused = fd < 0 && root && errno != ENOENT && errno != ENOTDIR;
    if (fd < 0 && !refused)
        return false;
    dtl_buf *text = dtl_state_scratch(dtl_state_of(L));
    if (refused || !read_all(fd, text)) {
        dtl_error err = {0};
        dtl_error_set(&err, DTL_ESCRIPT, "the module '%.*s' cannot be read", DTL_ARG(name));
        dtl_error_expected(&err, "a file of at most %d MB, not a link", DTL_SCRIPT_MAX_BYTES >> 20);
        dtl_raise(L, &err);
    }
    const char *path =
        strcmp(root, ".") == 0 ? lua_pushstring(L, file) : lua_pushfstring(L, "%s/%s", root, file);
    lua_insert(L, -2);
    dtl_state_compile(L, dtl_str_from(path), dtl_buf_str(text));
    lua_remove(L, -2);
    return true;
}

// The report's own module goes before one that reports share.
static bool load_beside(lua_State *L, dtl_str name)
{
    const dtl_state_options *options = dtl_state_get_options(dtl_state_of(L));
    return load_from(L, options->module_root, name) || load_from(L, options->shared_root, name);
}

// Compiles a file of the plugin that this require is of: false when there is no such file.
static bool load_of_plugin(lua_State *L, dtl_str plugin, dtl_str name)
{
    if (!dtl_push_plugin_module(L, plugin, name))
        return false;
    lua_rotate(L, -3, 2);  // the environment goes on the top
    dtl_state_compile(L, dtl_check_str(L, -2), dtl_check_str(L, -3));
    lua_replace(L, -3);
    lua_pop(L, 1);
    return true;
}

// What a script has of the plugin [name], "plugin.social": dateline/plugins.lua makes it.
static void push_plugin(lua_State *L)
{
    lua_pushcfunction(L, library_require);
    lua_pushliteral(L, "dateline.plugins");
    lua_call(L, 1, 1);
    lua_getfield(L, -1, "public");
    lua_pushvalue(L, 1);
    lua_call(L, 1, 1);
}

// Pushes the view of a shipped module for scripts.
static void push_shipped(lua_State *L, dtl_str name)
{
    push_table(L, &views_key);  // 3
    if (lua_getfield(L, 3, name.data) != LUA_TNIL)
        return;
    lua_pop(L, 1);
    lua_pushcfunction(L, library_require);
    lua_pushvalue(L, 1);
    lua_call(L, 1, 1);
    bool is_table = lua_istable(L, -1);
    if (is_table && lua_getmetatable(L, -1)) {
        lua_pop(L, 1);  // it looks after itself
    } else if (is_table) {
        const char *last = strrchr(name.data, '.');
        dtl_push_read_only(L, -1, last + 1, true);
    }
    lua_pushvalue(L, -1);
    lua_setfield(L, 3, name.data);
}

// require as a script has it. Upvalue 1: the script's own modules by name; 2: the plugin whose script
// it is, or nil.
static int script_require(lua_State *L)
{
    dtl_str name;
    luaL_checktype(L, 1, LUA_TSTRING);
    name.data = lua_tolstring(L, 1, &name.size);
    lua_settop(L, 1);
    lua_pushvalue(L, lua_upvalueindex(1));  // 2
    if (push_loaded(L, 2, 1))
        return 1;
    if (!is_module_name(name))
        return refuse_name(L, name);
    if (is_public(name)) {
        push_shipped(L, name);
        return 1;
    }
    bool of_plugin = !lua_isnil(L, lua_upvalueindex(2));
    if (dtl_str_starts(name, DTL_STR("dateline.")))
        return raise_no_module(L, name, of_plugin);
    if (!of_plugin && dtl_str_starts(name, DTL_STR("plugin."))) {
        push_plugin(L);
        keep_result(L, 2, 1);
        return 1;
    }
    lua_pushvalue(L, 2);
    lua_pushvalue(L, lua_upvalueindex(2));
    lua_pushcclosure(L, script_require, 2);
    dtl_environment_push(L);
    bool found = of_plugin ? load_of_plugin(L, dtl_check_str(L, lua_upvalueindex(2)), name)
                           : load_beside(L, name);
    if (!found)
        return raise_no_module(L, name, of_plugin);
    run_loader(L, 2, 1);
    return 1;
}

void dtl_push_script_require(lua_State *L, dtl_str plugin)
{
    lua_createtable(L, 0, 4);
    if (plugin.size)
        lua_pushlstring(L, plugin.data, plugin.size);
    else
        lua_pushnil(L);
    lua_pushcclosure(L, script_require, 2);
}
