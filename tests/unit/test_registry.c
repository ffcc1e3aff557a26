// tests/unit/test_registry.c - where plugins are looked for, and which one provides a thing.
#include "support/plugins.h"
#include "support/test.h"

#include "plugin/clash.h"
#include "plugin/registry.h"

static const dtl_str nothing = {"", 0};

// A search in --plugin [path] (NULL: none) and beside the report in the test's folder "report".
static const char *one_path[1];
static dtl_plugin_search search_of(test_plugins *at, const char *path)
{
    one_path[0] = path ? test_plugins_path(at, path) : NULL;
    return (dtl_plugin_search){one_path, path ? 1 : 0, test_plugins_path(at, "report")};
}

TEST(the_order_is_option_report_user)
{
    test_plugins at = test_plugins_new();
    test_plugins_add(&at, "data/dateline/plugins/zebra", "zebra", "renderer", "striped", "");
    test_plugins_add(&at, "report/plugins/lion", "lion", "renderer", "striped", "");
    test_plugins_add(&at, "given", "given", "renderer", "striped", "");
    dtl_plugin_search search = search_of(&at, "given");
    dtl_plugin_info *list;
    size_t count = dtl_plugins_list(&search, &at.arena, &list);
    CHECK(count >= 3);
    CHECK_TEXT(list[0].name, "given");
    CHECK_INT(list[0].origin, DTL_PLUGIN_FROM_OPTION);
    CHECK_TEXT(list[1].name, "lion");
    CHECK_INT(list[1].origin, DTL_PLUGIN_FROM_REPORT);
    CHECK_TEXT(list[2].name, "zebra");
    CHECK_INT(list[2].origin, DTL_PLUGIN_FROM_USER);
    dtl_error err = {0};
    const dtl_plugin_info *found = dtl_plugins_provider(
        &search, DTL_PROVIDE_RENDERER, DTL_STR("striped"), nothing, &at.arena, &err);
    CHECK(found && dtl_str_equal(found->name, DTL_STR("given")));
    test_plugins_release(&at);
}

TEST(a_folder_of_plugins_is_given_as_one_path)
{
    test_plugins at = test_plugins_new();
    test_plugins_add(&at, "all/b", "b", "style", "wide", "");
    test_plugins_add(&at, "all/a", "a", "style", "narrow", "");
    test_plugins_add(&at, "all/c.disabled", "c", "style", "none", "");
    dtl_plugin_search search = search_of(&at, "all");
    CHECK(dtl_plugins_named(&search, DTL_STR("a"), &at.arena) != NULL);
    CHECK(dtl_plugins_named(&search, DTL_STR("b"), &at.arena) != NULL);
    CHECK(dtl_plugins_named(&search, DTL_STR("c"), &at.arena) == NULL);
    test_plugins_release(&at);
}

TEST(a_thing_is_found_by_its_files_ending)
{
    test_plugins at = test_plugins_new();
    test_plugins_add(&at, "given", "given", "importer", "alphabet", "");
    dtl_plugin_search search = search_of(&at, "given");
    dtl_error err = {0};
    CHECK(dtl_plugins_provider(&search, DTL_PROVIDE_IMPORTER, nothing, DTL_STR("abc"), &at.arena,
                               &err) != NULL);
    CHECK(dtl_plugins_provider(&search, DTL_PROVIDE_RENDERER, nothing, DTL_STR("abc"), &at.arena,
                               &err) == NULL);
    CHECK(dtl_plugins_provider(&search, DTL_PROVIDE_IMPORTER, nothing, DTL_STR("ab"), &at.arena,
                               &err) == NULL);
    CHECK_INT(err.code, DTL_OK);
    test_plugins_release(&at);
}

static const char *provider_of(const dtl_plugin_search *search, const char *name, test_plugins *at)
{
    dtl_error err = {0};
    const dtl_plugin_info *found = dtl_plugins_provider(
        search, DTL_PROVIDE_RENDERER, dtl_str_from(name), nothing, &at->arena, &err);
    CHECK_INT(err.code, DTL_OK);
    return found ? dtl_arena_str(&at->arena, found->name).data : "none";
}

TEST(a_name_may_say_whose_it_is)
{
    test_plugins at = test_plugins_new();
    test_plugins_add(&at, "given/a", "a", "renderer", "striped", "");
    test_plugins_add(&at, "given/b", "b", "renderer", "striped", "");
    dtl_plugin_search search = search_of(&at, "given");
    CHECK_STR(provider_of(&search, "striped", &at), "a");
    CHECK_STR(provider_of(&search, "a:striped", &at), "a");
    CHECK_STR(provider_of(&search, "b:striped", &at), "b");
    CHECK_STR(provider_of(&search, "c:striped", &at), "none");
    CHECK_STR(provider_of(&search, "b:", &at), "none");
    CHECK_STR(provider_of(&search, ":striped", &at), "none");
    CHECK_STR(provider_of(&search, "b:a:striped", &at), "none");
    test_plugins_release(&at);
}

static void add_clash(void *context, const dtl_provision *provision, dtl_str text)
{
    dtl_buf *list = context;
    dtl_buf_printf(list, "%.*s: %.*s\n", DTL_ARG(provision->name), DTL_ARG(text));
}

// What clashes of the plugin at [index] of those given.
static const char *clashes_of(test_plugins *at, size_t index)
{
    dtl_plugin_search search = search_of(at, "given");
    dtl_plugin_info *list;
    dtl_buf text = {0};
    size_t count = dtl_plugins_list(&search, &at->arena, &list);
    CHECK(index < count);
    dtl_plugin_clashes(&list[index], list, count, add_clash, &text);
    const char *said = dtl_arena_str(&at->arena, dtl_buf_str(&text)).data;
    dtl_buf_release(&text);
    return said;
}

TEST(what_something_else_has_already_is_told)
{
    test_plugins at = test_plugins_new();
    test_plugins_add(&at, "given/a", "a", "renderer", "striped", "");
    test_plugins_add(&at, "given/b", "b", "renderer", "striped", "");
    test_plugins_add(&at, "given/c", "c", "style", "guardian", "");
    test_plugins_add(&at, "given/d", "d", "importer", "alphabet", "");
    test_plugins_add(&at, "given/e", "e", "renderer", "html", "");
    test_plugins_write(&at, "given/f/plugin.json",
                       "{\"manifest\":1,\"name\":\"f\",\"version\":\"1.0.0\",\"summary\":\"x\","
                       "\"license\":\"MIT\",\"api\":1,\"main\":\"main.lua\",\"provides\":["
                       "{\"kind\":\"importer\",\"name\":\"f\",\"extensions\":[\"abc\",\"csv\"]},"
                       "{\"kind\":\"renderer\",\"name\":\"f\",\"extensions\":[\"md\"]},"
                       "{\"kind\":\"check\",\"name\":\"striped\"}]}");
    test_plugins_write(&at, "given/g/plugin.json",
                       "{\"manifest\":1,\"name\":\"g\",\"version\":\"1.0.0\",\"summary\":\"x\","
                       "\"license\":\"MIT\",\"api\":1,\"library\":\"g\",\"provides\":["
                       "{\"kind\":\"importer\",\"name\":\"g\",\"extensions\":[\"abc\",\"json\"]}],"
                       "\"capabilities\":[\"run-native\"]}");
    CHECK_STR(
        clashes_of(&at, 6),
        "g: files that end in .abc are read by the plugin d too: each by the one that is surer "
        "of it\n"
        "g: files that end in .json are read by the program itself, not by the importer g\n");
    CHECK_STR(clashes_of(&at, 0), "");
    CHECK_STR(clashes_of(&at, 1),
              "striped: --to striped means that of the plugin a; this one is --to b:striped\n"
              "striped: files that end in .abc are written by the plugin a, not by the renderer "
              "striped\n");
    CHECK_STR(
        clashes_of(&at, 2),
        "guardian: --style guardian means the program's own; this one is --style c:guardian\n");
    CHECK_STR(clashes_of(&at, 3), "");
    CHECK_STR(
        clashes_of(&at, 4),
        "html: --to html means the program's own; this one is --to e:html\n"
        "html: files that end in .abc are written by the plugin a, not by the renderer html\n");
    CHECK_STR(
        clashes_of(&at, 5),
        "f: files that end in .abc are read by the plugin d, not by the importer f\n"
        "f: files that end in .csv are read by the program itself, not by the importer f\n"
        "f: files that end in .md are written by the program itself, not by the renderer f\n");
    test_plugins_release(&at);
}

TEST(a_name_used_twice_in_one_place_shows_both_paths)
{
    test_plugins at = test_plugins_new();
    test_plugins_add(&at, "report/plugins/one", "same", "style", "mine", "");
    test_plugins_add(&at, "report/plugins/two", "same", "style", "mine", "");
    dtl_plugin_search search = search_of(&at, NULL);
    dtl_error err = {0};
    CHECK(dtl_plugins_provider(&search, DTL_PROVIDE_STYLE, DTL_STR("mine"), nothing, &at.arena,
                               &err) == NULL);
    CHECK_INT(err.code, DTL_EUSAGE);
    CHECK(strstr(err.message, "plugins/one") && strstr(err.message, "plugins/two"));
    test_plugins_release(&at);
}

TEST(a_plugin_nearer_hides_one_of_its_name)
{
    test_plugins at = test_plugins_new();
    test_plugins_add(&at, "report/plugins/x", "same", "style", "near", "");
    test_plugins_add(&at, "data/dateline/plugins/x", "same", "style", "far", "");
    dtl_plugin_search search = search_of(&at, NULL);
    dtl_error err = {0};
    CHECK(dtl_plugins_provider(&search, DTL_PROVIDE_STYLE, DTL_STR("near"), nothing, &at.arena,
                               &err) != NULL);
    CHECK(dtl_plugins_provider(&search, DTL_PROVIDE_STYLE, DTL_STR("far"), nothing, &at.arena,
                               &err) == NULL);
    CHECK(strstr(err.message, "is hidden by") != NULL);
    test_plugins_release(&at);
}

TEST(a_broken_plugin_that_declares_it_says_why)
{
    test_plugins at = test_plugins_new();
    test_plugins_write(&at, "report/plugins/x/plugin.json",
                       "{\"manifest\":1,\"name\":\"x\",\"version\":\"one\",\"provides\":[{\"kind\":"
                       "\"style\",\"name\":\"mine\"}]}");
    dtl_plugin_search search = search_of(&at, NULL);
    dtl_error err = {0};
    CHECK(dtl_plugins_provider(&search, DTL_PROVIDE_STYLE, DTL_STR("other"), nothing, &at.arena,
                               &err) == NULL);
    CHECK_INT(err.code, DTL_OK);
    CHECK(dtl_plugins_provider(&search, DTL_PROVIDE_STYLE, DTL_STR("mine"), nothing, &at.arena,
                               &err) == NULL);
    CHECK_STR(err.message, "\"version\": 'one' does not do");
    test_plugins_release(&at);
}

TEST(a_path_that_is_no_plugin_is_a_broken_one)
{
    test_plugins at = test_plugins_new();
    dtl_plugin_search search = search_of(&at, "nothing-here");
    dtl_plugin_info *list;
    CHECK(dtl_plugins_list(&search, &at.arena, &list) >= 1);
    CHECK(!list[0].usable);
    CHECK(strstr(list[0].problem.message, "nothing-here/plugin.json") != NULL);
    test_plugins_release(&at);
}
