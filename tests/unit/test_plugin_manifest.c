// tests/unit/test_plugin_manifest.c - plugin.json read: good ones, wrong ones, hostile ones.
#include "support/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "plugin/folder.h"
#include "plugin/manifest.h"
#include "plugin/names.h"

static const char good[] =
    "{\"manifest\": 1, \"name\": \"social-post\", \"version\": \"1.2.0\", \"summary\": "
    "\"Posts.\",\n"
    " \"license\": \"MIT\", \"api\": 1, \"main\": \"main.lua\",\n"
    " \"provides\": [{\"kind\": \"renderer\", \"name\": \"social\", \"extensions\": [\"post\", "
    "\"txt2\"]},\n"
    "              {\"kind\": \"style\", \"name\": \"house_style\"}],\n"
    " \"capabilities\": [\"read-files\", \"write-files\"]}\n";

// A folder with a plugin.json of that text, read.
typedef struct plugin {
    char folder[64];
    dtl_arena arena;
    dtl_plugin_info info;
} plugin;

static plugin read_bytes(dtl_str text)
{
    plugin p = {.folder = "/tmp/dateline-test-XXXXXX"};
    char path[128];
    dtl_error err = {0};
    CHECK(mkdtemp(p.folder) != NULL);
    snprintf(path, sizeof path, "%s/plugin.json", p.folder);
    CHECK(dtl_file_write(path, text, &err));
    dtl_plugin_manifest_read(p.folder, DTL_PLUGIN_FROM_OPTION, &p.arena, &p.info);
    return p;
}

static plugin read_text(const char *text)
{
    return read_bytes(dtl_str_from(text));
}

static void release(plugin *p)
{
    dtl_error err = {0};
    CHECK(dtl_folder_remove(p->folder, &err));
    dtl_arena_release(&p->arena);
}

// The good manifest with the first [from] replaced by [to].
static plugin read_changed(const char *from, const char *to)
{
    dtl_buf text = {0};
    const char *at = strstr(good, from);
    CHECK(at != NULL);
    if (!at)
        at = good;
    dtl_buf_add(&text, good, (size_t)(at - good));
    dtl_buf_add_str(&text, dtl_str_from(to));
    dtl_buf_add_str(&text, dtl_str_from(at + strlen(from)));
    plugin p = read_bytes(dtl_buf_str(&text));
    dtl_buf_release(&text);
    return p;
}

TEST(reads_all_of_a_good_manifest)
{
    plugin p = read_text(good);
    CHECK(p.info.usable);
    CHECK_STR(p.info.problem.message, "");
    CHECK_TEXT(p.info.name, "social-post");
    CHECK_TEXT(p.info.version, "1.2.0");
    CHECK_TEXT(p.info.licence, "MIT");
    CHECK_TEXT(p.info.main, "main.lua");
    CHECK_INT(p.info.api, 1);
    CHECK_INT((int64_t)p.info.provide_count, 2);
    CHECK_INT(p.info.provides[0].kind, DTL_PROVIDE_RENDERER);
    CHECK_TEXT(p.info.provides[0].extensions, "post txt2");
    CHECK_TEXT(p.info.provides[1].name, "house_style");
    CHECK_INT(p.info.capabilities, DTL_CAPABILITY_READ_FILES | DTL_CAPABILITY_WRITE_FILES);
    release(&p);
}

TEST(says_what_is_wrong_and_where)
{
    static const struct {
        const char *from, *to, *says;
    } cases[] = {
        {"\"name\": \"social-post\"", "\"name\": \"Social\"", "\"name\": 'Social' does not do"},
        {"social-post", "../up", "\"name\": '../up' does not do"},
        {"\"1.2.0\"", "\"1.2\"", "\"version\": '1.2' does not do"},
        {"\"1.2.0\"", "12", "\"version\": '12' does not do"},
        {"\"summary\": \"Posts.\",", "", "\"summary\" is missing"},
        {"\"license\"", "\"licence\"", "a plugin's manifest has no \"licence\" here"},
        {"\"api\": 1", "\"api\": 2", "the plugin needs \"api\" 2, this program has 1"},
        {"\"api\": 1", "\"api\": 0", "\"api\": '0' does not do"},
        {"\"manifest\": 1", "\"manifest\": 7",
         "the plugin needs \"manifest\" 7, this program has 1"},
        {"main.lua", "../main.lua", "\"main\": '../main.lua' does not do"},
        {"\"main\": \"main.lua\",", "",
         "there is no main.lua, and neither \"main\" nor \"library\" is given"},
        {"main.lua\"", "main.lua\", \"library\": \"x\"",
         "a plugin has either \"main\" or \"library\", not both"},
        {"\"main\": \"main.lua\"", "\"library\": \"x\"",
         "a native plugin asks for \"run-native\" in its \"capabilities\""},
        {"write-files", "run-native", "\"run-native\" is asked for, and there is no \"library\""},
        {"write-files", "fly", "\"capabilities\": 'fly' does not do"},
        {"renderer", "rendrer", "\"kind\": 'rendrer' does not do"},
        {"\"style\"", "\"phrase\", \"extensions\": [\"x\"]",
         "\"extensions\" is not what it should be"},
        {"\"style\", \"name\": \"house_style\"", "\"phrase\", \"name\": \"a-b\"",
         "\"name\": 'a-b' does not do"},
        {"\"post\", \"txt2\"", "\"../x\"", "\"extensions\" is not what it should be"},
        {"\"style\"", "\"importer\"", "an importer without \"extensions\" would read no file"},
        {"\"style\", \"name\": \"house_style\"", "\"renderer\", \"name\": \"social\"",
         "\"name\": 'social' does not do"},
    };
    for (size_t i = 0; i < DTL_COUNT(cases); i++) {
        plugin p = read_changed(cases[i].from, cases[i].to);
        CHECK(!p.info.usable);
        CHECK_STR(p.info.problem.message, cases[i].says);
        CHECK(p.info.problem.line > 0);
        CHECK(strstr(p.info.problem.file, "plugin.json") != NULL);
        release(&p);
    }
}

TEST(a_native_importer_may_know_files_by_their_bytes)
{
    plugin p = read_text("{\"manifest\":1,\"name\":\"n\",\"version\":\"1.0.0\",\"summary\":\"x\","
                         "\"license\":\"MIT\","
                         "\"api\":1,\"library\":\"n\",\"capabilities\":[\"run-native\"],"
                         "\"provides\":[{\"kind\":\"importer\",\"name\":\"n\"}]}");
    CHECK(p.info.usable);
    release(&p);
}

TEST(what_does_not_fit_together_is_told_at_the_member_to_change)
{
    static const struct {
        const char *from, *to;
        int64_t line;
    } cases[] = {
        {"write-files", "run-native", 5},
        {"\"main\": \"main.lua\"", "\"library\": \"x\"", 5},
        {"main.lua\"", "main.lua\", \"library\": \"x\"", 2},
        {"\"main\": \"main.lua\",", "", 3},
        {"write-files\"]", "write-files\"],", 5},
    };
    for (size_t i = 0; i < DTL_COUNT(cases); i++) {
        plugin p = read_changed(cases[i].from, cases[i].to);
        CHECK(!p.info.usable);
        CHECK_INT(p.info.problem.line, cases[i].line);
        release(&p);
    }
}

TEST(the_script_is_main_lua_unless_it_is_said)
{
    char path[128];
    dtl_error err = {0};
    plugin p = read_changed("\"main\": \"main.lua\",", "");
    CHECK(!p.info.usable);
    snprintf(path, sizeof path, "%s/main.lua", p.folder);
    CHECK(dtl_file_write(path, DTL_STR("return {}\n"), &err));
    dtl_plugin_manifest_read(p.folder, DTL_PLUGIN_FROM_OPTION, &p.arena, &p.info);
    CHECK(p.info.usable);
    CHECK_TEXT(p.info.main, "main.lua");
    release(&p);
}

TEST(suggests_the_name_that_was_meant)
{
    plugin p = read_changed("renderer", "rendrer");
    CHECK_STR(p.info.problem.hint, "did you mean 'renderer'?");
    release(&p);
    p = read_changed("\"capabilities\"", "\"capabilites\"");
    CHECK_STR(p.info.problem.hint, "did you mean 'capabilities'?");
    release(&p);
}

TEST(a_broken_manifest_still_tells_what_it_would_provide)
{
    plugin p = read_changed("\"1.2.0\"", "\"one\"");
    CHECK(!p.info.usable);
    CHECK_TEXT(p.info.name, "social-post");
    CHECK_INT((int64_t)p.info.provide_count, 2);
    release(&p);
    p = read_text("{");
    CHECK(!p.info.usable);
    CHECK(p.info.name.size > 0);  // the folder's
    release(&p);
}

TEST(native_code_is_given_no_files_and_no_network)
{
    static const char text[] =
        "{\"manifest\": 1, \"name\": \"n\", \"version\": \"1.0.0\", \"summary\": \"x\","
        " \"license\": \"MIT\", \"api\": 1, \"library\": \"n\","
        " \"provides\": [{\"kind\": \"check\", \"name\": \"c\", \"summary\": \"x\"}],"
        " \"capabilities\": [\"run-native\", \"network\"]}";
    plugin p = read_text(text);
    CHECK(!p.info.usable);
    CHECK(strstr(p.info.problem.message, "native code runs without files and network"));
    release(&p);
}

TEST(a_plugin_of_files_alone_needs_no_code)
{
    plugin p =
        read_text("{\"manifest\":1,\"name\":\"ports\",\"version\":\"0.1.0\",\"summary\":\"x\","
                  "\"license\":\"MIT\",\"api\":1,\"provides\":[{\"kind\":\"dataset\",\"name\":"
                  "\"ports\"},{\"kind\":\"report\",\"name\":\"weekly\"}]}");
    CHECK(p.info.usable);
    CHECK_STR(p.info.problem.message, "");
    release(&p);
}

TEST(a_missing_manifest_is_a_problem_of_the_plugin)
{
    dtl_arena arena = {0};
    dtl_plugin_info info;
    dtl_plugin_manifest_read("/nowhere/at-all/", DTL_PLUGIN_FROM_OPTION, &arena, &info);
    CHECK(!info.usable);
    CHECK_TEXT(info.name, "at-all");
    CHECK_INT(info.problem.code, DTL_EIO);
    dtl_arena_release(&arena);
}

TEST(survives_a_manifest_cut_anywhere)
{
    for (size_t size = 0; size + 1 < sizeof good - 1; size++) {
        plugin p = read_bytes((dtl_str){good, size});
        CHECK(!p.info.usable);
        release(&p);
    }
}

// Each byte in turn becomes something else: never a crash, and a usable one always has a sound name.
TEST(survives_a_manifest_with_any_byte_changed)
{
    static const char bytes[] = {'\0', '"', '{', '[', '9', '\\', '\x80', '/', ' '};
    for (size_t at = 0; at < sizeof good - 1; at++) {
        char text[sizeof good];
        memcpy(text, good, sizeof good);
        text[at] = bytes[at % sizeof bytes];
        plugin p = read_bytes((dtl_str){text, sizeof good - 1});
        CHECK(!p.info.usable || (dtl_is_plugin_name(p.info.name) && p.info.provide_count > 0));
        release(&p);
    }
}

TEST(refuses_hostile_json)
{
    dtl_buf text = {0};
    for (int i = 0; i < 100000; i++)
        dtl_buf_add_char(&text, '[');
    plugin p = read_bytes(dtl_buf_str(&text));
    CHECK(!p.info.usable);
    release(&p);
    dtl_buf_clear(&text);
    DTL_BUF_LITERAL(&text, "{\"provides\":[");
    for (int i = 0; i <= DTL_PLUGIN_PROVIDES_MAX; i++)
        dtl_buf_printf(&text, "%s{\"kind\":\"style\",\"name\":\"s%d\"}", i ? "," : "", i);
    DTL_BUF_LITERAL(&text, "]}");
    p = read_bytes(dtl_buf_str(&text));
    CHECK(!p.info.usable);
    CHECK_INT((int64_t)p.info.provide_count, 0);
    release(&p);
    dtl_buf_clear(&text);
    for (int i = 0; i < 300 * 1024; i++)
        dtl_buf_add_char(&text, ' ');
    p = read_bytes(dtl_buf_str(&text));
    CHECK_INT(p.info.problem.code, DTL_ELIMIT);
    release(&p);
    dtl_buf_release(&text);
    static const char *const others[] = {"",
                                         "null",
                                         "[]",
                                         "7",
                                         "\"x\"",
                                         "{\"name\":{}}",
                                         "{\"provides\":[[]]}",
                                         "{\"provides\":[{\"kind\":[]}]}",
                                         "{\"name\":\"a\",\"name\":\"b\"}"};
    for (size_t i = 0; i < DTL_COUNT(others); i++) {
        p = read_text(others[i]);
        CHECK(!p.info.usable);
        CHECK(p.info.problem.message[0] != '\0');
        release(&p);
    }
}

// As semver.org orders them.
TEST(versions_have_an_order)
{
    static const char *const versions[] = {
        "0.9.0",      "1.0.0-alpha",  "1.0.0-alpha.1", "1.0.0-alpha.beta",
        "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1",
        "1.0.0",      "1.0.2",        "1.0.10",        "1.2.0",
        "1.10.0",     "2.0.0",
    };
    for (size_t i = 0; i < DTL_COUNT(versions); i++) {
        for (size_t j = 0; j < DTL_COUNT(versions); j++) {
            int order = dtl_semver_compare(dtl_str_from(versions[i]), dtl_str_from(versions[j]));
            CHECK_INT(order < 0, i < j);
            CHECK_INT(order > 0, i > j);
        }
    }
    CHECK_INT(dtl_semver_compare(DTL_STR("1.0.0+a"), DTL_STR("1.0.0+b")), 0);
    CHECK_INT(dtl_semver_compare(DTL_STR("1.0.0-b+a"), DTL_STR("1.0.0-b")), 0);
}

TEST(names_are_an_allow_list)
{
    CHECK(dtl_is_plugin_name(DTL_STR("a")));
    CHECK(dtl_is_plugin_name(DTL_STR("ods-2")));
    CHECK(!dtl_is_plugin_name(DTL_STR("")));
    CHECK(!dtl_is_plugin_name(DTL_STR("2ods")));
    CHECK(!dtl_is_plugin_name(DTL_STR("o.ds")));
    CHECK(!dtl_is_plugin_name(DTL_STR("o\0ds")));
    CHECK(!dtl_is_file_stem(DTL_STR(".so")));
    CHECK(!dtl_is_file_stem(DTL_STR("a/b")));
    CHECK(!dtl_is_file_stem(DTL_STR("-rf")));
    CHECK(dtl_is_semver(DTL_STR("1.0.0-beta.1+build.5")));
    CHECK(!dtl_is_semver(DTL_STR("01.0.0")));
    CHECK(!dtl_is_semver(DTL_STR("1.0.0-")));
    CHECK(!dtl_is_semver(DTL_STR("1.0.0.0")));
    CHECK(dtl_folder_is_inside(DTL_STR("lib/x.lua")));
    CHECK(!dtl_folder_is_inside(DTL_STR("../x.lua")));
    CHECK(!dtl_folder_is_inside(DTL_STR("/x.lua")));
    CHECK(!dtl_folder_is_inside(DTL_STR("lib//x.lua")));
    CHECK(!dtl_folder_is_inside(DTL_STR("lib/.hidden")));
    CHECK(!dtl_folder_is_inside(DTL_STR("lib/")));
}
