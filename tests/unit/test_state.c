// tests/unit/test_state.c - a state: loading, calling, requiring, and what is said when that fails.
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <lauxlib.h>

#include "base/file.h"
#include "script/embed/embedded.h"
#include "support/script.h"
#include "support/test.h"

// ---- errors as an analyst reads them ----

// The failure of [source] as printed.
static void check_message(const char *source, const char *expected)
{
    dtl_try try = DTL_TRY(2000);
    dtl_buf text = {0};
    CHECK(!dtl_try_run(&try, dtl_str_from(source)));
    dtl_error_print(&try.err, &text);
    CHECK_STR(text.data, expected);
    dtl_buf_release(&text);
    dtl_try_release(&try);
}

TEST(a_method_that_is_not_there_is_named_with_what_was_meant)
{
    check_message("local c = { people = { year_to_date = print, on = print } }\n"
                  "local x = c.people:year_to_dat(1)\n",
                  "script.lua:2:20: 'people' has no function 'year_to_dat'\n"
                  "    local x = c.people:year_to_dat(1)\n"
                  "                       ^\n"
                  "  hint: did you mean 'year_to_date'?\n");
    check_message("local class = { total = print }\n"
                  "class.__index = class\n"
                  "local thing = setmetatable({}, class)\n"
                  "local function f() return thing.totl() end\n"
                  "f()\n",
                  "script.lua:4:33: 'thing' has no function 'totl'\n"
                  "    local function f() return thing.totl() end\n"
                  "                                    ^\n"
                  "  hint: did you mean 'total'?\n");
    check_message("local s = ('x'):uper()\n", "script.lua:1:17: there is no function 'uper' here\n"
                                              "    local s = ('x'):uper()\n"
                                              "                    ^\n");
}

TEST(a_nil_is_named_with_what_was_to_be_done_to_it)
{
    check_message("local x\nprint(x.name)\n", "script.lua:2:7: 'x' is nil, so it has no 'name'\n"
                                              "    print(x.name)\n"
                                              "          ^\n");
    check_message("local t = {}\nlocal y = 2 + t.total\n",
                  "script.lua:2:17: 'total' is nil, so it cannot be calculated with\n"
                  "    local y = 2 + t.total\n"
                  "                    ^\n");
    check_message("local t = {}\nlocal y = 'a' .. t.name\n",
                  "script.lua:2:20: 'name' is nil, so it cannot be joined to a text\n"
                  "    local y = 'a' .. t.name\n"
                  "                       ^\n");
    check_message("local n = 1\nn()\n", "script.lua:2:1: 'n' is a number, so it cannot be called\n"
                                        "    n()\n"
                                        "    ^\n");
    check_message("if 1 < nil then end\n", "script.lua:1: a number cannot be compared with nil\n"
                                           "    if 1 < nil then end\n");
    check_message("if {} < {} then end\n",
                  "script.lua:1: two values of type table cannot be compared\n"
                  "    if {} < {} then end\n");
}

TEST(a_field_that_cannot_be_set_is_told_so)
{
    check_message("local ok, e = pcall(function() return nothing end)\ne.message = 'x'\n",
                  "script.lua:2:1: 'e' is an error, whose 'message' cannot be set\n"
                  "    e.message = 'x'\n"
                  "    ^\n");
}

TEST(an_unknown_name_is_compared_with_those_in_reach)
{
    check_message("local people = 1\nprint(peopel)\n",
                  "script.lua:2:7: nothing is called 'peopel' here\n"
                  "    print(peopel)\n"
                  "          ^\n"
                  "  hint: did you mean 'people'?\n");
    check_message("pint(1)\n", "script.lua:1:1: nothing is called 'pint' here\n"
                               "    pint(1)\n"
                               "    ^\n"
                               "  hint: did you mean 'print'?\n");
    check_message("local x = string.uper('x')\n", "script.lua:1:18: 'string' has no 'uper'\n"
                                                  "    local x = string.uper('x')\n"
                                                  "                     ^\n"
                                                  "  hint: did you mean 'upper'?\n");
}

TEST(a_global_assigned_is_told_to_be_local)
{
    check_message("total = 1\n",
                  "script.lua:1:1: 'total' is not declared, so it cannot be assigned\n"
                  "    total = 1\n"
                  "    ^\n"
                  "  hint: write: local total = ...\n");
}

TEST(an_argument_of_the_wrong_type_says_which_was_expected)
{
    check_message("local s = ('x'):rep({})\n", "script.lua:1:17: argument 1 of 'rep' is a table\n"
                                               "    local s = ('x'):rep({})\n"
                                               "                    ^\n"
                                               "  expected: a number\n");
    check_message("string.rep()\n", "script.lua:1:8: argument 1 of 'rep' is missing\n"
                                    "    string.rep()\n"
                                    "           ^\n"
                                    "  expected: a string\n");
    check_message("table.insert({}, 9, 9)\n",
                  "script.lua:1:7: argument 2 of 'insert': position out of bounds\n"
                  "    table.insert({}, 9, 9)\n"
                  "          ^\n");
}

TEST(syntax_errors_say_what_was_expected)
{
    check_message("for i = 1, 3 do\n  print(i)\n",
                  "script.lua:3: 'for' of line 1 is not closed: 'end' is missing\n"
                  "  expected: 'end'\n");
    check_message("if x = 3 print(1) end\n", "script.lua:1:6: this is not expected here: '='\n"
                                             "    if x = 3 print(1) end\n"
                                             "         ^\n"
                                             "  expected: 'then'\n"
                                             "  hint: to compare, write ==\n");
    check_message("local é = 3\n",
                  "script.lua:1:7: there is a character here that Lua does not know\n"
                  "    local é = 3\n"
                  "          ^\n"
                  "  hint: names are made of the letters a to z, digits and _; quote other text\n");
    check_message("local x = 3x\n", "script.lua:1:11: malformed number near '3x'\n"
                                    "    local x = 3x\n"
                                    "              ^\n");
    check_message("local a <const> = 1; a = 2\n",
                  "script.lua:1:7: attempt to assign to const variable 'a'\n"
                  "    local a <const> = 1; a = 2\n"
                  "          ^\n");
}

TEST(a_caret_counts_characters_and_keeps_tabs)
{
    check_message("\tlocal e, x = 'é'; print(x.y)\n",
                  "script.lua:1:26: 'x' is nil, so it has no 'y'\n"
                  "    \tlocal e, x = 'é'; print(x.y)\n"
                  "    \t                        ^\n");
}

TEST(what_a_script_raises_is_said_as_it_said_it)
{
    check_message(
        "local function check(x)\n  if not x then error('no x', 2) end\nend\ncheck(nil)\n",
        "script.lua:4: no x\n    check(nil)\n");
    check_message("local ok, e = pcall(error, 'once')\nerror(e, 0)\n",
                  "script.lua:2: once\n    error(e, 0)\n");
    check_message("local ok, e = pcall(function()\n  local t = nil + 1\nend)\nerror(e, 0)\n",
                  "script.lua:2: this value is nil, so it cannot be calculated with\n"
                  "      local t = nil + 1\n");
    check_message("local ok, e = pcall(function()\n  print(quxzy)\nend)\nerror(e)\n",
                  "script.lua:2:9: nothing is called 'quxzy' here\n"
                  "      print(quxzy)\n"
                  "            ^\n"
                  "  hint: declare it with 'local', or require the module it comes from\n");
}

// ---- loading ----

static dtl_state *new_state(const char *root)
{
    dtl_state *state = NULL;
    dtl_error err = {0};
    dtl_state_options options = {.limits = DTL_LIMITS_DEFAULT, .module_root = root};
    CHECK(dtl_state_new(&options, &state, &err));
    return state;
}

static void check_loads(dtl_str source, dtl_code code, const char *part)
{
    dtl_state *state = new_state(NULL);
    dtl_error err = {0};
    CHECK(dtl_state_load(state, DTL_STR("a.lua"), source, &err) == (code == DTL_OK));
    CHECK_INT(err.code, code);
    if (!dtl_holds(err.message, part)) {
        printf("    %s\n", err.message);
        CHECK(false);
    }
    if (code != DTL_OK)
        CHECK_STR(err.file, "a.lua");
    if (dtl_holds(err.message, "nested"))
        CHECK_INT(err.line, 1);
    CHECK_INT(lua_gettop(dtl_state_lua(state)), code == DTL_OK ? 1 : 0);
    dtl_state_free(state);
}

TEST(a_precompiled_script_is_refused)
{
    check_loads(DTL_STR("\033Lua\x54\0\x19\x93\r\n\x1a\n"), DTL_ESCRIPT, "precompiled");
    check_loads(DTL_STR("\xEF\xBB\xBF\033Lua"), DTL_ESCRIPT, "precompiled");
    check_loads(DTL_STR("#!/usr/bin/lua\n\033Lua"), DTL_ESCRIPT, "");
}

TEST(a_byte_order_mark_and_a_first_line_for_the_shell_are_skipped)
{
    check_loads(DTL_STR("\xEF\xBB\xBFreturn 1"), DTL_OK, "");
    check_loads(DTL_STR("#!/usr/bin/env dateline\nreturn 1"), DTL_OK, "");
    check_loads(DTL_STR("\xEF\xBB\xBF#!x"), DTL_OK, "");
    check_loads(DTL_STR(""), DTL_OK, "");
}

// [head], then [part] so often, then [tail].
static dtl_buf build(const char *head, const char *part, size_t count, const char *tail)
{
    dtl_buf text = {0};
    dtl_buf_add_str(&text, dtl_str_from(head));
    for (size_t i = 0; i < count; i++)
        dtl_buf_add_str(&text, dtl_str_from(part));
    dtl_buf_add_str(&text, dtl_str_from(tail));
    return text;
}

static void check_built(dtl_buf text, dtl_code code, const char *part)
{
    check_loads(dtl_buf_str(&text), code, part);
    dtl_buf_release(&text);
}

TEST(a_source_that_is_too_deep_or_too_long_is_refused)
{
    check_built(build("return ", "(", 5000, "1"), DTL_ESCRIPT, "nested too deeply");
    check_built(build("return ", "{", 100000, ""), DTL_ESCRIPT, "nested too deeply");
    check_built(build("", "do ", 5000, ""), DTL_ESCRIPT, "nested too deeply");
    check_built(build("return ", "function() return ", 5000, ""), DTL_ESCRIPT, "nested too deeply");
    check_built(build("return ", "- ", 5000, "1"), DTL_ESCRIPT, "nested too deeply");
    check_built(build("return ", "not ", 5000, "1"), DTL_ESCRIPT, "nested too deeply");
    check_built(build("return 1", " .. 1", 5000, ""), DTL_ESCRIPT, "nested too deeply");
    check_built(build("", "local x\n", 300, ""), DTL_ESCRIPT, "too many local variables");
    check_built(build("-- ", "xxxxxxxxxx", 1 << 20, ""), DTL_ELIMIT, "larger than 4 MB");
    check_built(build("return '", "xxxxxxxxxx", 300000, "'"), DTL_OK, "");
    check_built(build("local t = {", "1.5,", 500000, "}"), DTL_OK, "");
    check_built(build("", "\n", (4 << 20), ""), DTL_OK, "");
    check_built(build("", "\n", (4 << 20) + 1, ""), DTL_ELIMIT, "larger than 4 MB");
}

TEST(two_reports_in_one_state_do_not_meet)
{
    dtl_state *state = new_state("tests/lua");
    dtl_error err = {0};
    lua_State *L = dtl_state_lua(state);
    CHECK(dtl_state_load(state, DTL_STR("a.lua"),
                         DTL_STR("local found = pcall(function() shared = 1 end)\n"
                                 "assert(not found)\nreturn _ENV"),
                         &err));
    CHECK(dtl_state_call(state, 0, 1, &err));
    CHECK(dtl_state_load(state, DTL_STR("b.lua"),
                         DTL_STR("assert(not pcall(function() return shared end))\nreturn _ENV"),
                         &err));
    CHECK(dtl_state_call(state, 0, 1, &err));
    CHECK(!lua_rawequal(L, -1, -2));
    CHECK_STR(err.message, "");
    dtl_state_free(state);
}

TEST(a_failed_call_leaves_the_stack_as_it_was)
{
    dtl_state *state = new_state(NULL);
    lua_State *L = dtl_state_lua(state);
    dtl_error err = {0};
    lua_pushinteger(L, 7);
    CHECK(dtl_state_load(state, DTL_STR("a.lua"), DTL_STR("local a, b = ... error(a .. b)"), &err));
    lua_pushinteger(L, 1);
    lua_pushinteger(L, 2);
    CHECK(!dtl_state_call(state, 2, 3, &err));
    CHECK_INT(lua_gettop(L), 1);
    CHECK_INT(lua_tointeger(L, 1), 7);
    CHECK_STR(err.message, "12");
    dtl_state_free(state);
}

// ---- modules ----

// Files in a folder of their own; removed with it.
static char folder[64];

static const char *path_in(const char *name)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void write_file(const char *name, const char *text)
{
    FILE *file = fopen(path_in(name), "w");
    CHECK(file != NULL);
    if (file) {
        fputs(text, file);
        fclose(file);
    }
}

static void make_folder(void)
{
    snprintf(folder, sizeof folder, "/tmp/dateline-modules-XXXXXX");
    CHECK(mkdtemp(folder) != NULL);
    CHECK(mkdir(path_in("tables"), 0700) == 0);
    CHECK(mkdir(path_in("inner"), 0700) == 0);
    write_file("tables/ports.lua", "return { dover = 'Dover', folder = ... }");
    write_file("counter.lua", "local n = 0 return { next = function() n = n + 1 return n end }");
    write_file("a.lua", "return require 'b'");
    write_file("b.lua", "return require 'a'");
    write_file("broken.lua", "local x = nil\nreturn x.y");
    write_file("unfinished.lua", "return {");
    write_file("global.lua", "leak = 1");
    write_file("secret.lua", "return 'outside'");
    write_file("nothing.lua", "");
    write_file("binary.lua", "\033Lua");
    CHECK(symlink("../secret.lua", path_in("inner/link.lua")) == 0);
    CHECK(symlink("..", path_in("inner/up")) == 0);
    CHECK(symlink("/etc", path_in("inner/etc")) == 0);
    CHECK(mkdir(path_in("inner/folder.lua"), 0700) == 0);
    CHECK(mkfifo(path_in("inner/pipe.lua"), 0600) == 0);
}

static void remove_folder(void)
{
    static const char *const names[] = {
        "tables/ports.lua", "counter.lua", "a.lua",      "b.lua",         "broken.lua",
        "unfinished.lua",   "global.lua",  "secret.lua", "nothing.lua",   "binary.lua",
        "inner/link.lua",   "inner/up",    "inner/etc",  "inner/pipe.lua"};
    for (size_t i = 0; i < DTL_COUNT(names); i++)
        unlink(path_in(names[i]));
    rmdir(path_in("inner/folder.lua"));
    rmdir(path_in("inner"));
    rmdir(path_in("tables"));
    CHECK(rmdir(folder) == 0);
}

// Runs [source] with modules in the folder [inner] of it, in a worker and in this process.
static void check_modules(const char *inner, const char *source, const char *message)
{
    make_folder();
    for (int i = 0; i < 2; i++) {
        dtl_try try = DTL_TRY(2000);
        char root[256];
        snprintf(root, sizeof root, "%s%s", folder, inner);
        try.module_root = root;
        try.in_worker = i == 1;
        (void)dtl_try_run(&try, dtl_str_from(source));
        if (!(message ? dtl_holds(try.err.message, message) : try.err.code == DTL_OK)) {
            printf("    %s:%d: %s\n", try.err.file, (int)try.err.line, try.err.message);
            CHECK(false);
        }
        dtl_try_release(&try);
    }
    remove_folder();
}

TEST(a_module_beside_the_report_is_found_by_its_name)
{
    check_modules("",
                  "local p = require 'tables.ports'\n"
                  "assert(p.dover == 'Dover' and p.folder == 'tables.ports')\n"
                  "assert(require 'tables.ports' == p)\n"
                  "local c = require 'counter'\n"
                  "assert(c.next() == 1 and require('counter').next() == 2)\n"
                  "assert(require 'nothing' == true)",
                  NULL);
}

TEST(a_module_that_is_not_there_is_told_so)
{
    check_modules("", "require 'ports'", "there is no module 'ports'");
    check_modules("", "require 'tables'", "there is no module 'tables'");
    check_modules("/none", "require 'ports'", "there is no module 'ports'");
}

TEST(no_link_leads_out_of_the_folder)
{
    check_modules("/inner", "require 'link'", "cannot be read");
    check_modules("/inner", "require 'up.secret'", "cannot be read");
    check_modules("/inner", "require 'etc.passwd'", "");
    check_modules("/inner", "require '../secret'", "is not a module's name");
    check_modules("/inner", "require 'folder'", "cannot be read");
    check_modules("/inner", "require 'pipe'", "cannot be read");
}

TEST(modules_that_require_each_other_are_refused)
{
    check_modules("", "require 'a'", "the module 'a' requires itself");
}

TEST(a_module_is_as_closed_as_a_report)
{
    check_modules("", "require 'global'", "'leak' is not declared");
    check_modules("", "require 'binary'", "precompiled");
    check_modules("", "assert(not pcall(require, 'broken')) require 'broken'",
                  "'x' is nil, so it has no 'y'");
    check_modules("", "require 'unfinished'", "the script ends too early");
}

TEST(an_error_in_a_module_is_explained_as_in_a_report)
{
    make_folder();
    dtl_try try = DTL_TRY(2000);
    try.module_root = folder;
    write_file("nothing.lua", "local t = { total = print }\nt.totl()");
    CHECK(!dtl_try_run(&try, DTL_STR("require 'nothing'")));
    CHECK_STR(try.err.message, "'t' has no function 'totl'");
    CHECK_STR(try.err.hint, "did you mean 'total'?");
    CHECK_STR(try.err.file, path_in("nothing.lua"));
    dtl_try_release(&try);
    remove_folder();
}

TEST(an_error_in_a_module_names_its_file_and_line)
{
    make_folder();
    dtl_try try = DTL_TRY(2000);
    try.module_root = folder;
    CHECK(!dtl_try_run(&try, DTL_STR("require 'broken'")));
    CHECK_STR(try.err.file, path_in("broken.lua"));
    CHECK_INT(try.err.line, 2);
    CHECK_STR(try.err.source, "return x.y");
    dtl_try_release(&try);
    remove_folder();
}

TEST(every_embedded_file_compiles_or_loads)
{
    dtl_state *state = new_state(NULL);
    dtl_error err = {0};
    for (size_t i = 0; i < dtl_embedded_count; i++) {
        const dtl_embedded *file = &dtl_embedded_files[i];
        dtl_str source = {(const char *)file->source, file->source_size};
        if (!dtl_str_ends(dtl_str_from(file->name), DTL_STR(".lua")))
            continue;
        CHECK(dtl_state_load(state, dtl_str_from(file->name), source, &err));
    }
    CHECK_STR(err.message, "");
    dtl_state_free(state);
}

// ---- for bindings ----

static int open_native(lua_State *L)
{
    lua_pushliteral(L, "native");
    return 1;
}

TEST(only_the_library_sees_native_modules)
{
    dtl_state *state = new_state(NULL);
    lua_State *L = dtl_state_lua(state);
    dtl_error err = {0};
    dtl_state_add_native(state, "thing", open_native);
    CHECK(dtl_state_require(state, "native.thing", &err));
    CHECK_STR(lua_tostring(L, -1), "native");
    CHECK(dtl_state_load(state, DTL_STR("a.lua"), DTL_STR("return require 'native.thing'"), &err));
    CHECK(!dtl_state_call(state, 0, 1, &err));
    CHECK_STR(err.message, "there is no module 'native.thing'");
    dtl_error absent = {0};
    CHECK(!dtl_state_require(state, "native.nothing", &absent));
    dtl_state_free(state);
}

static int refuse(lua_State *L)
{
    dtl_error err = {0};
    dtl_error_set(&err, DTL_EUSAGE, "no dataset 'crosings'");
    dtl_error_expected(&err, "a dataset's name");
    dtl_error_hint(&err, "did you mean 'crossings'?");
    return dtl_raise(L, &err);
}

static int refuse_without_data(lua_State *L)
{
    dtl_error err = {0};
    dtl_error_set(&err, DTL_ENONE, "2030-01-01 is not yet published");
    return dtl_push_failure(L, &err);
}

// Calls [source] with a function of the host's.
static bool call_with(dtl_state *state, const char *source, lua_CFunction function, dtl_error *err)
{
    if (!dtl_state_load(state, DTL_STR("a.lua"), dtl_str_from(source), err))
        return false;
    lua_pushcfunction(dtl_state_lua(state), function);
    return dtl_state_call(state, 1, 0, err);
}

TEST(what_a_binding_raises_arrives_in_all_its_parts_at_the_scripts_line)
{
    dtl_state *state = new_state(NULL);
    dtl_error err = {0};
    CHECK(!call_with(state, "local f = ...\nlocal x = f('crosings')", refuse, &err));
    CHECK_INT(err.code, DTL_ESCRIPT);  // not the run's misuse: a line of the script asked for it
    CHECK_STR(err.message, "no dataset 'crosings'");
    CHECK_STR(err.expected, "a dataset's name");
    CHECK_STR(err.hint, "did you mean 'crossings'?");
    CHECK_STR(err.file, "a.lua");
    CHECK_INT(err.line, 2);
    CHECK_INT(err.column, 14);
    dtl_error again = {0};
    CHECK(!call_with(state, "local f = ...\nlocal ok, e = pcall(f)\n\n\nerror(e)", refuse, &again));
    CHECK_STR(again.hint, "did you mean 'crossings'?");
    CHECK_INT(again.line, 2);
    dtl_state_free(state);
}

TEST(a_nil_keeps_its_reason)
{
    dtl_state *state = new_state(NULL);
    dtl_error err = {0};
    CHECK(call_with(state, "local v, why = (...)() assert(v == nil and why:find 'not yet')",
                    refuse_without_data, &err));
    CHECK(
        !call_with(state, "local people = (...)()\nreturn people + 1", refuse_without_data, &err));
    CHECK_STR(err.message, "'people' is nil, so it cannot be calculated with");
    CHECK_STR(err.hint, "the data could not say: 2030-01-01 is not yet published");
    // What became of another value is not its reason, nor what became of it in an earlier report.
    err = (dtl_error){0};
    CHECK(!call_with(state, "local f = ...\nlocal people, boats\npeople = f()\nreturn boats + 1",
                     refuse_without_data, &err));
    CHECK_STR(err.message, "'boats' is nil, so it cannot be calculated with");
    CHECK_STR(err.hint, "");
    dtl_forget_reasons(dtl_state_lua(state));
    err = (dtl_error){0};
    CHECK(!call_with(state, "local people = nil\nreturn people + 1", refuse_without_data, &err));
    CHECK_STR(err.hint, "");
    dtl_state_free(state);
}

static void log_line(void *context, dtl_str line)
{
    dtl_buf_add_str(context, line);
    dtl_buf_add_char(context, '\n');
}

TEST(debug_logs_the_frames_of_a_failure)
{
    for (int debug = 0; debug < 2; debug++) {
        dtl_buf log = {0};
        dtl_state *state = NULL;
        dtl_error err = {0};
        dtl_state_options options = {.limits = DTL_LIMITS_DEFAULT,
                                     .log = log_line,
                                     .log_context = &log,
                                     .debug = debug != 0};
        CHECK(dtl_state_new(&options, &state, &err));
        CHECK(dtl_state_load(state, DTL_STR("a.lua"), DTL_STR("error 'no'"), &err));
        CHECK(!dtl_state_call(state, 0, 0, &err));
        CHECK(debug ? dtl_holds(log.data, "a.lua:1: in main chunk") : log.size == 0);
        dtl_state_free(state);
        dtl_buf_release(&log);
    }
}

TEST(the_self_test_knows_this_lua)
{
    dtl_buf said = {0};
    dtl_state_self_test(&said);
    CHECK(said.size == 0 || said.data[said.size - 1] == '\n');
    if (strcmp(LUA_RELEASE, "Lua 5.4.4") == 0)
        CHECK(said.data && dtl_holds(said.data, "1 ~ (2 or 3)"));
    dtl_buf_release(&said);
}

TEST(print_writes_whole_lines_that_a_terminal_can_show)
{
    dtl_try try = DTL_TRY(2000);
    CHECK(dtl_try_run(&try, DTL_STR("print('a\\nb', 1, nil)\nprint('\\27[31m\\0')\nprint()")));
    CHECK_TEXT(dtl_buf_str(&try.log), "a\nb\t1\tnil\n\\x1b[31m\\x00\n\n");
    dtl_try_release(&try);
}
