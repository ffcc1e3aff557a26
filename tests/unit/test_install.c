// tests/unit/test_install.c - plugins come into the user's folder whole or not at all.
#include "plugin/install.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plugin/folder.h"
#include "support/archives.h"
#include "support/plugins.h"
#include "support/test.h"

#define KEPT "data/dateline/plugins"

#define NEED_ARCHIVES()                                                                            \
    if (!test_archives_make())                                                                     \
    SKIP("no Python to make the archives")

static bool is_there(test_plugins *at, const char *name)
{
    return access(test_plugins_path(at, name), F_OK) == 0;
}

// Everything in the user's folder of plugins but the lock.
static size_t count_kept(test_plugins *at)
{
    size_t count = 0;
    DIR *kept = opendir(test_plugins_path(at, KEPT));
    const struct dirent *entry;
    while (kept && (entry = readdir(kept)) != NULL)
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
                 strcmp(entry->d_name, ".lock") != 0;
    if (kept)
        closedir(kept);
    return count;
}

static bool install(test_plugins *at, const char *from, dtl_installed *out, dtl_error *err)
{
    *err = (dtl_error){0};
    return dtl_plugin_install(from, &at->arena, out, err);
}

TEST(a_folder_is_copied_without_what_is_hidden)
{
    test_plugins at = test_plugins_new();
    dtl_installed done;
    dtl_error err;
    test_plugins_add(&at, "source", "plain", "style", "mine", "");
    test_plugins_write(&at, "source/lib/more.lua", "return 1\n");
    test_plugins_write(&at, "source/.git/config", "x");
    CHECK(install(&at, test_plugins_path(&at, "source"), &done, &err));
    CHECK_STR(err.message, "");
    CHECK_TEXT(done.info.name, "plain");
    CHECK(done.info.usable && !done.replaced);
    CHECK(is_there(&at, KEPT "/plain/lib/more.lua"));
    CHECK(!is_there(&at, KEPT "/plain/.git"));
    CHECK_INT((int64_t)count_kept(&at), 1);
    test_plugins_release(&at);
}

TEST(every_kind_of_archive_becomes_the_same_plugin)
{
    static const char *const names[] = {"good.tar", "good.zip",    "good.tar.gz",
                                        "dots.tar", "good.tar.xz", "good.tar.bz2"};
    NEED_ARCHIVES();
    test_plugins at = test_plugins_new();
    dtl_sha256 first = {""};
    for (size_t i = 0; i < DTL_COUNT(names); i++) {
        dtl_installed done;
        dtl_error err;
        dtl_sha256 digest;
        CHECK(install(&at, test_archive(names[i]), &done, &err));
        CHECK_STR(err.message, "");
        CHECK(dtl_plugin_digest(&done.info, &digest, &err));
        if (i == 0)
            first = digest;
        CHECK_STR(digest.hex, first.hex);
        CHECK_INT(done.replaced, i > 0);
        CHECK_INT((int64_t)count_kept(&at), 1);
    }
    test_plugins_release(&at);
}

TEST(an_older_version_is_replaced_whole)
{
    NEED_ARCHIVES();
    test_plugins at = test_plugins_new();
    dtl_installed done;
    dtl_error err;
    CHECK(install(&at, test_archive("newer.tar"), &done, &err));
    CHECK(is_there(&at, KEPT "/hello/more.lua"));
    CHECK(install(&at, test_archive("good.tar"), &done, &err));
    CHECK(done.replaced);
    CHECK_TEXT(done.old_version, "1.1.0");
    CHECK_TEXT(done.info.version, "1.0.0");
    CHECK(!is_there(&at, KEPT "/hello/more.lua"));
    CHECK_INT((int64_t)count_kept(&at), 1);
    test_plugins_release(&at);
}

static const struct {
    const char *name;
    dtl_code code;
    const char *says;
} refused[] = {
    {"traversal.tar", DTL_EDATA, "'hello/../../evil.lua' leads out of its folder"},
    {"traversal-first.tar", DTL_EDATA, "'../evil.lua' leads out of its folder"},
    {"traversal-folder.tar", DTL_EDATA, "'../evil' leads out of its folder"},
    {"traversal.zip", DTL_EDATA, "'../../evil.lua' leads out of its folder"},
    {"absolute.tar", DTL_EDATA, "'/tmp/dateline-evil.lua' is an absolute path"},
    {"absolute.zip", DTL_EDATA, "'/tmp/dateline-evil.lua' is an absolute path"},
    {"hidden.tar", DTL_EDATA, "'hello/.git/config' is hidden"},
    {"control.tar", DTL_EDATA, "'hello/\x1b[31mred.lua' holds control codes"},
    {"newline.tar", DTL_EDATA, "'hello/a\nb.lua' holds control codes"},
    {"bidirectional.tar", DTL_EDATA,
     "'hello/\xe2\x80\xae"
     "aul.lua' holds control codes"},
    {"latin.tar", DTL_EDATA, "'hello/\xe9t\xe9.lua' holds control codes, or is no UTF-8"},
    {"deep.tar", DTL_ELIMIT, "'hello/d/d/d/d/d/d/d/d/d/d/d/d/x.lua' is nested deeper than 8"},
    {"deep-by-one.tar", DTL_ELIMIT, "'hello/d/d/d/d/d/d/d/d/x.lua' is nested deeper than 8"},
    {"long.tar", DTL_ELIMIT, "a path of 2006 bytes, and 1024 are allowed"},
    {"twice.tar", DTL_EDATA, "'hello/plugin.json' is there twice"},
    {"twice.zip", DTL_EDATA, "'reports/hello.lua' is there twice"},
    {"file-as-folder.tar", DTL_EDATA, "'hello/plugin.json/x.lua' lies in what is a file"},
    {"folder-as-file.tar", DTL_EDATA, "'hello/reports' is there twice"},
    {"symlink.tar", DTL_EDATA, "'hello/link' in the archive is a symbolic link"},
    {"hardlink.tar", DTL_EDATA, "'hello/hard' in the archive is a hard link"},
    {"halves.tar.gz", DTL_ELIMIT, "with 'b' the archive's files have more than 64 MB"},
    {"one-too-many.tar.gz", DTL_ELIMIT, "more than 2000 files are no plugin"},
    {"many.tar.gz", DTL_ELIMIT, "more than 2000 files are no plugin"},
    {"truncated.tar.gz", DTL_EDATA, "this archive cannot be read: "},
    {"empty", DTL_EDATA, "this archive cannot be read: "},
    {"empty.tar", DTL_EUSAGE, "the archive holds no plugin"},
    {"none.tar", DTL_EUSAGE, "the archive holds no plugin"},
    {"two.tar", DTL_EUSAGE, "the archive holds 2 plugins"},
    {"stray.tar", DTL_EUSAGE, "the archive holds more than the plugin's folder"},
    {"broken.tar", DTL_EDATA, "\"version\": '1.0' does not do"},
    {"missing.tar", DTL_EDATA, "the plugin's report is not there: no file 'reports/hello.lua'"},
};

TEST(what_is_refused_leaves_everything_as_it_was)
{
    NEED_ARCHIVES();
    test_plugins at = test_plugins_new();
    dtl_installed done;
    dtl_error err;
    CHECK(install(&at, test_archive("newer.tar"), &done, &err));
    for (size_t i = 0; i < DTL_COUNT(refused); i++) {
        CHECK(!install(&at, test_archive(refused[i].name), &done, &err));
        CHECK_INT(err.code, refused[i].code);
        if (!dtl_str_starts(dtl_str_from(err.message), dtl_str_from(refused[i].says)))
            CHECK_STR(err.message, refused[i].says);
        CHECK(dtl_str_starts(dtl_str_from(err.file), dtl_str_from(test_archive(refused[i].name))));
        CHECK_INT((int64_t)count_kept(&at), 1);
        CHECK(is_there(&at, KEPT "/hello/more.lua"));
        CHECK(!is_there(&at, "data/dateline/evil.lua") && !is_there(&at, "data/evil.lua"));
        CHECK(access("/tmp/dateline-evil.lua", F_OK) != 0);
    }
    test_plugins_release(&at);
}

TEST(as_many_files_and_bytes_as_are_allowed_go_in)
{
    NEED_ARCHIVES();
    test_plugins at = test_plugins_new();
    dtl_installed done;
    dtl_error err;
    CHECK(install(&at, test_archive("most.tar.gz"), &done, &err));
    CHECK_STR(err.message, "");
    CHECK(is_there(&at, KEPT "/hello/f/1997"));
    CHECK(install(&at, test_archive("full.tar.gz"), &done, &err));
    CHECK_STR(err.message, "");
    CHECK(is_there(&at, KEPT "/hello/filler"));
    test_plugins_release(&at);
}

TEST(a_fault_names_the_archive_and_the_place_in_it)
{
    NEED_ARCHIVES();
    test_plugins at = test_plugins_new();
    dtl_installed done;
    dtl_error err;
    CHECK(!install(&at, test_archive("broken.tar"), &done, &err));
    CHECK(dtl_str_ends(dtl_str_from(err.file), DTL_STR("/broken.tar/hello/plugin.json")));
    CHECK_INT(err.line, 1);
    test_plugins_release(&at);
}

TEST(a_folder_with_a_link_is_refused)
{
    test_plugins at = test_plugins_new();
    dtl_installed done;
    dtl_error err;
    test_plugins_add(&at, "source", "plain", "style", "mine", "");
    CHECK(symlink("/etc/passwd", test_plugins_path(&at, "source/secret.lua")) == 0);
    CHECK(!install(&at, test_plugins_path(&at, "source"), &done, &err));
    CHECK(strstr(err.message, "secret.lua is neither a file nor a folder") != NULL);
    CHECK_INT((int64_t)count_kept(&at), 0);
    test_plugins_release(&at);
}

TEST(what_is_no_plugin_is_not_replaced)
{
    test_plugins at = test_plugins_new();
    dtl_installed done;
    dtl_error err;
    test_plugins_add(&at, "source", "plain", "style", "mine", "");
    test_plugins_write(&at, KEPT "/plain/diary.txt", "dear diary");
    CHECK(!install(&at, test_plugins_path(&at, "source"), &done, &err));
    CHECK_INT(err.code, DTL_EUSAGE);
    CHECK(strstr(err.message, "/plain is there and is no plugin") != NULL);
    CHECK(is_there(&at, KEPT "/plain/diary.txt"));
    test_plugins_release(&at);
}

TEST(a_name_is_used_once)
{
    test_plugins at = test_plugins_new();
    dtl_installed done;
    dtl_error err;
    test_plugins_add(&at, "source", "plain", "style", "mine", "");
    test_plugins_add(&at, KEPT "/other", "plain", "style", "mine", "");
    CHECK(!install(&at, test_plugins_path(&at, "source"), &done, &err));
    CHECK_INT(err.code, DTL_EUSAGE);
    CHECK(strstr(err.message, "a plugin 'plain' stands in ") != NULL);
    CHECK_INT((int64_t)count_kept(&at), 1);
    test_plugins_release(&at);
}

TEST(what_a_killed_program_left_goes_with_the_next)
{
    test_plugins at = test_plugins_new();
    dtl_installed done;
    dtl_error err;
    test_plugins_add(&at, "source", "plain", "style", "mine", "");
    test_plugins_write(&at, KEPT "/.new/half/plugin.json", "{");
    CHECK(install(&at, test_plugins_path(&at, "source"), &done, &err));
    CHECK(!is_there(&at, KEPT "/.new"));
    test_plugins_release(&at);
}

TEST(a_plugin_that_is_a_link_is_unlinked_not_emptied)
{
    test_plugins at = test_plugins_new();
    dtl_installed done;
    dtl_error err;
    test_plugins_add(&at, "source", "plain", "style", "mine", "");
    test_plugins_add(&at, "work", "plain", "style", "old", "");
    CHECK(dtl_folder_make(dtl_str_from(test_plugins_path(&at, KEPT)), &err));
    CHECK(symlink(test_plugins_path(&at, "work"), test_plugins_path(&at, KEPT "/plain")) == 0);
    CHECK(install(&at, test_plugins_path(&at, "source"), &done, &err));
    CHECK(done.replaced);
    CHECK(is_there(&at, "work/plugin.json"));
    struct stat status;
    CHECK(lstat(test_plugins_path(&at, KEPT "/plain"), &status) == 0 && S_ISDIR(status.st_mode));
    test_plugins_release(&at);
}

TEST(a_plugin_is_taken_out_of_the_users_folder_alone)
{
    test_plugins at = test_plugins_new();
    dtl_installed done;
    dtl_error err;
    test_plugins_add(&at, "source", "plain", "style", "mine", "");
    CHECK(install(&at, test_plugins_path(&at, "source"), &done, &err));
    CHECK(dtl_plugin_uninstall(&done.info, &err));
    CHECK_INT((int64_t)count_kept(&at), 0);
    dtl_plugin_info given;
    dtl_plugin_manifest_read(test_plugins_path(&at, "source"), DTL_PLUGIN_FROM_OPTION, &at.arena,
                             &given);
    CHECK(!dtl_plugin_uninstall(&given, &err));
    CHECK_INT(err.code, DTL_EUSAGE);
    CHECK(strstr(err.message, "(--plugin)") != NULL);
    CHECK(is_there(&at, "source/plugin.json"));
    test_plugins_release(&at);
}

static void count_finding(void *context, const dtl_error *finding)
{
    (void)finding;
    ++*(int *)context;
}

TEST(every_file_that_is_missing_is_told)
{
    test_plugins at = test_plugins_new();
    dtl_plugin_info info;
    int findings = 0;
    test_plugins_add(&at, "p", "mine", "report", "mine", "");
    test_plugins_write(&at, "p/reports/mine.lua", "return {}\n");
    dtl_plugin_manifest_read(test_plugins_path(&at, "p"), DTL_PLUGIN_FROM_USER, &at.arena, &info);
    CHECK(dtl_plugin_check_files(&info, count_finding, &findings));
    CHECK(unlink(test_plugins_path(&at, "p/reports/mine.lua")) == 0);
    CHECK(unlink(test_plugins_path(&at, "p/main.lua")) == 0);
    CHECK(!dtl_plugin_check_files(&info, count_finding, &findings));
    CHECK_INT(findings, 2);
    test_plugins_release(&at);
}
