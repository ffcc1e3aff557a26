// tests/unit/test_grants.c - what the user allowed a plugin holds for exactly its files.
#include "support/plugins.h"
#include "support/test.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plugin/grants.h"

static dtl_plugin_info read_plugin(test_plugins *at, const char *where)
{
    dtl_plugin_info info;
    dtl_plugin_manifest_read(test_plugins_path(at, where), DTL_PLUGIN_FROM_USER, &at->arena, &info);
    CHECK(info.usable);
    return info;
}

static dtl_plugin_info new_plugin(test_plugins *at)
{
    test_plugins_add(at, "p", "reader", "function", "look", "\"read-files\"");
    return read_plugin(at, "p");
}

TEST(what_asks_for_nothing_needs_no_grant)
{
    test_plugins at = test_plugins_new();
    dtl_error err = {0};
    test_plugins_add(&at, "p", "plain", "style", "mine", "");
    dtl_plugin_info info = read_plugin(&at, "p");
    CHECK(dtl_grants_check(&info, &err));
    CHECK(access(test_plugins_path(&at, "config"), F_OK) != 0);
    test_plugins_release(&at);
}

TEST(what_asks_is_refused_until_it_is_granted)
{
    test_plugins at = test_plugins_new();
    dtl_error err = {0};
    dtl_plugin_info info = new_plugin(&at);
    CHECK(!dtl_grants_check(&info, &err));
    CHECK_INT(err.code, DTL_EUSAGE);
    CHECK_STR(err.message, "the plugin 'reader' asks for read-files, which nobody has granted");
    CHECK(strstr(err.hint, "dateline plugin grant") != NULL);
    err = (dtl_error){0};
    CHECK(dtl_grants_add(&info, NULL, 0, &err));
    CHECK(dtl_grants_check(&info, &err));
    CHECK(dtl_grants_revoke_name(info.name, &err));
    CHECK(!dtl_grants_check(&info, &err));
    test_plugins_release(&at);
}

TEST(a_changed_file_asks_again)
{
    test_plugins at = test_plugins_new();
    dtl_error err = {0};
    dtl_plugin_info info = new_plugin(&at);
    CHECK(dtl_grants_add(&info, NULL, 0, &err));
    test_plugins_write(&at, "p/main.lua", "return { changed = true }\n");
    CHECK(!dtl_grants_check(&info, &err));
    CHECK(strstr(err.message, "it has changed since") != NULL);
    err = (dtl_error){0};
    test_plugins_write(&at, "p/main.lua", "return {}\n");
    CHECK(dtl_grants_check(&info, &err));
    test_plugins_write(&at, "p/lib/more.lua", "return {}\n");
    CHECK(!dtl_grants_check(&info, &err));
    test_plugins_release(&at);
}

// Of a granted plugin with these files, whether it is granted still when [file] has changed.
static bool holds_after(const char *file)
{
    test_plugins at = test_plugins_new();
    dtl_error err = {0};
    dtl_plugin_info info = new_plugin(&at);
    const char *path = dtl_arena_printf(&at.arena, "p/%s", file).data;
    test_plugins_write(&at, path, "before");
    CHECK(dtl_grants_add(&info, NULL, 0, &err));
    CHECK(dtl_grants_check(&info, &err));
    test_plugins_write(&at, path, "after");
    bool holds = dtl_grants_check(&info, &err);
    test_plugins_release(&at);
    return holds;
}

TEST(what_a_run_may_execute_or_read_voids_a_grant)
{
    static const char *const files[] = {
        "main.lua",
        "lib/words.lua",
        "reports/x.lua",
        "scripts/x.lua",
        "datasets/x.lua",
        "datasets/x.csv",
        "datasets/README",
        "p.so",
        "tests/p.so.1",
        "reports/p.so",
        "words.txt",
        "README.lua",
        "reports/tests/x.lua",
        "lib/tests/x.lua",
        "testing.lua",
        "lib/Makefile.txt",
    };
    for (size_t i = 0; i < DTL_COUNT(files); i++)
        if (holds_after(files[i]))
            CHECK_STR(files[i], "voids the grant");
}

TEST(what_tests_and_tells_of_a_plugin_does_not)
{
    static const char *const files[] = {
        "reports/x.test.lua",
        "reports/x.md",
        "reports/golden/x.json",
        "tests/help.lua",
        "test/x.txt",
        "p.c",
        "src/p.h",
        "src/p.o",
        "Makefile",
        "README.md",
        "LICENSE",
        "CHANGELOG.md",
    };
    for (size_t i = 0; i < DTL_COUNT(files); i++)
        if (!holds_after(files[i]))
            CHECK_STR(files[i], "leaves the grant");
}

TEST(the_digest_tells_names_and_contents_apart)
{
    test_plugins at = test_plugins_new();
    dtl_error err = {0};
    dtl_sha256 first;
    dtl_sha256 second;
    dtl_plugin_info info = new_plugin(&at);
    test_plugins_write(&at, "p/a", "one");
    CHECK(dtl_plugin_digest(&info, &first, &err));
    CHECK(rename(test_plugins_path(&at, "p/a"), test_plugins_path(&at, "p/b")) == 0);
    CHECK(dtl_plugin_digest(&info, &second, &err));
    CHECK(strcmp(first.hex, second.hex) != 0);
    CHECK(rename(test_plugins_path(&at, "p/b"), test_plugins_path(&at, "p/a")) == 0);
    CHECK(dtl_plugin_digest(&info, &second, &err));
    CHECK_STR(second.hex, first.hex);
    test_plugins_write(&at, "p/.hidden", "no part of it");
    CHECK(dtl_plugin_digest(&info, &second, &err));
    CHECK_STR(second.hex, first.hex);
    test_plugins_release(&at);
}

TEST(a_link_in_a_plugin_is_refused)
{
    test_plugins at = test_plugins_new();
    dtl_error err = {0};
    dtl_sha256 digest;
    dtl_plugin_info info = new_plugin(&at);
    CHECK(symlink("/etc/passwd", test_plugins_path(&at, "p/link.lua")) == 0);
    CHECK(!dtl_plugin_digest(&info, &digest, &err));
    CHECK(strstr(err.message, "link.lua is neither a file nor a folder") != NULL);
    test_plugins_release(&at);
}

TEST(folders_to_read_are_kept_as_they_really_are)
{
    test_plugins at = test_plugins_new();
    dtl_error err = {0};
    dtl_plugin_info info = new_plugin(&at);
    CHECK(mkdir(test_plugins_path(&at, "figures"), 0777) == 0);
    CHECK(symlink("figures", test_plugins_path(&at, "link")) == 0);
    dtl_str asked[] = {dtl_str_from(test_plugins_path(&at, "link"))};
    CHECK(dtl_grants_add(&info, asked, 1, &err));
    dtl_str *folders;
    size_t count;
    CHECK(dtl_grants_folders(&info, &at.arena, &folders, &count, &err));
    CHECK_INT((int64_t)count, 1);
    CHECK(count == 1 && dtl_str_ends(folders[0], DTL_STR("/figures")));
    dtl_str missing[] = {dtl_str_from(test_plugins_path(&at, "nowhere"))};
    CHECK(!dtl_grants_add(&info, missing, 1, &err));
    CHECK_INT(err.code, DTL_EUSAGE);
    test_plugins_release(&at);
}

// A plugin in the folder [where] whose main.lua is [text].
static dtl_plugin_info new_copy(test_plugins *at, const char *where, const char *text)
{
    test_plugins_add(at, where, "reader", "function", "look", "\"read-files\"");
    test_plugins_write(at, dtl_arena_printf(&at->arena, "%s/main.lua", where).data, text);
    return read_plugin(at, where);
}

static const char users_own[] = "data/dateline/plugins/reader";

TEST(copies_of_a_plugin_have_each_its_grant)
{
    test_plugins at = test_plugins_new();
    dtl_error err = {0};
    bool revoked;
    dtl_plugin_info mine = new_copy(&at, "mine", "return {}\n");
    dtl_plugin_info kept = new_copy(&at, users_own, "return { 1 }\n");
    CHECK(dtl_grants_add(&mine, NULL, 0, &err));
    CHECK(!dtl_grants_check(&kept, &err));
    CHECK(dtl_grants_add(&kept, NULL, 0, &err));
    CHECK(dtl_grants_check(&mine, &err) && dtl_grants_check(&kept, &err));
    CHECK(dtl_grants_remove(&kept, &err));
    CHECK(dtl_grants_check(&mine, &err) && !dtl_grants_check(&kept, &err));
    CHECK(dtl_grants_add(&kept, NULL, 0, &err));
    CHECK(dtl_grants_revoke(&mine, &revoked, &err) && revoked);
    CHECK(!dtl_grants_check(&mine, &err) && dtl_grants_check(&kept, &err));
    CHECK(dtl_grants_revoke(&mine, &revoked, &err) && !revoked);
    CHECK(dtl_grants_add(&mine, NULL, 0, &err));
    CHECK(dtl_grants_revoke_name(mine.name, &err));
    CHECK(!dtl_grants_check(&mine, &err) && !dtl_grants_check(&kept, &err));
    test_plugins_release(&at);
}

TEST(the_same_files_elsewhere_keep_a_grant_when_the_first_change)
{
    test_plugins at = test_plugins_new();
    dtl_error err = {0};
    bool revoked;
    dtl_plugin_info mine = new_copy(&at, "mine", "return {}\n");
    CHECK(dtl_grants_add(&mine, NULL, 0, &err));
    dtl_plugin_info kept = new_copy(&at, users_own, "return {}\n");
    CHECK(dtl_grants_check(&kept, &err));
    test_plugins_write(&at, "mine/main.lua", "return { 1 }\n");
    CHECK(dtl_grants_add(&mine, NULL, 0, &err));
    CHECK(dtl_grants_check(&mine, &err) && dtl_grants_check(&kept, &err));
    test_plugins_write(&at, "mine/main.lua", "return {}\n");
    CHECK(dtl_grants_revoke(&mine, &revoked, &err) && revoked);
    CHECK(!dtl_grants_check(&mine, &err) && !dtl_grants_check(&kept, &err));
    test_plugins_release(&at);
}

TEST(a_grant_to_changed_files_replaces_that_to_the_old_ones)
{
    test_plugins at = test_plugins_new();
    dtl_error err = {0};
    dtl_plugin_info info = new_copy(&at, "mine", "return {}\n");
    dtl_str asked[] = {dtl_str_from(at.folder)};
    dtl_str *folders;
    size_t count;
    CHECK(dtl_grants_folders_before(&info, &at.arena, &folders, &count, &err));
    CHECK_INT((int64_t)count, 0);
    CHECK(dtl_grants_add(&info, asked, 1, &err));
    test_plugins_write(&at, "mine/main.lua", "return { 1 }\n");
    CHECK(!dtl_grants_check(&info, &err));
    CHECK(strstr(err.hint, "--folder") == NULL);  // they are known
    CHECK(dtl_grants_folders(&info, &at.arena, &folders, &count, &err));
    CHECK_INT((int64_t)count, 0);
    CHECK(dtl_grants_folders_before(&info, &at.arena, &folders, &count, &err));
    CHECK(count == 1 && dtl_str_equal(folders[0], asked[0]));
    CHECK(dtl_grants_add(&info, folders, count, &err));
    test_plugins_write(&at, "mine/main.lua", "return {}\n");
    CHECK(!dtl_grants_check(&info, &err));
    test_plugins_release(&at);
}

TEST(a_grant_of_an_earlier_version_holds_wherever_the_files_are)
{
    test_plugins at = test_plugins_new();
    dtl_error err = {0};
    dtl_sha256 digest;
    dtl_plugin_info mine = new_copy(&at, "mine", "return {}\n");
    CHECK(dtl_plugin_digest(&mine, &digest, &err));
    test_plugins_write(&at, "config/dateline/grants.json",
                       dtl_arena_printf(&at.arena,
                                        "{\"grants\":[{\"name\":\"reader\",\"sha256\":\"%s\","
                                        "\"capabilities\":[\"read-files\"],\"read\":[\"/srv\"]}]}",
                                        digest.hex)
                           .data);
    CHECK(dtl_grants_check(&mine, &err));
    test_plugins_write(&at, "mine/main.lua", "return { 1 }\n");
    CHECK(dtl_grants_add(&mine, NULL, 0, &err));
    test_plugins_write(&at, "mine/main.lua", "return {}\n");
    CHECK(!dtl_grants_check(&mine, &err));
    test_plugins_release(&at);
}

TEST(a_broken_file_of_grants_grants_nothing)
{
    static const char *const texts[] = {"",
                                        "[]",
                                        "{}",
                                        "{\"grants\":7}",
                                        "{\"grants\":[",
                                        "{\"grants\":[{\"name\":\"reader\",\"sha256\":7}]}"};
    test_plugins at = test_plugins_new();
    dtl_plugin_info info = new_plugin(&at);
    for (size_t i = 0; i < DTL_COUNT(texts); i++) {
        dtl_error err = {0};
        test_plugins_write(&at, "config/dateline/grants.json", texts[i]);
        CHECK(!dtl_grants_check(&info, &err));
        CHECK(err.message[0] != '\0');
    }
    test_plugins_release(&at);
}
