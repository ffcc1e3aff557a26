// tests/unit/test_archive.c - archives give their files, and hostile ones a reason.
#include "plugin/archive.h"

#include "plugin/folder.h"
#include "support/archives.h"
#include "support/test.h"

// What came out: "hello/plugin.json reports/ ", and how much.
typedef struct seen {
    dtl_buf names;
    size_t files;
    size_t bytes;
} seen;

static bool take(void *context, dtl_str path, bool is_folder, dtl_str bytes, dtl_error *err)
{
    seen *s = context;
    (void)err;
    dtl_buf_printf(&s->names, "%.*s%s ", DTL_ARG(path), is_folder ? "/" : "");
    s->files += !is_folder;
    s->bytes += bytes.size;
    return true;
}

static bool refuse_all(void *context, dtl_str path, bool is_folder, dtl_str bytes, dtl_error *err)
{
    (void)context;
    (void)is_folder;
    (void)bytes;
    return dtl_error_set(err, DTL_EUSAGE, "no %.*s here", DTL_ARG(path));
}

static bool read_named(const char *name, seen *s, dtl_error *err)
{
    *err = (dtl_error){0};
    *s = (seen){.files = 0};
    return dtl_archive_read(test_archive(name), DTL_PLUGIN_BYTES_MAX, take, s, err);
}

static void check_names(const char *name, const char *names)
{
    seen s;
    dtl_error err;
    CHECK(read_named(name, &s, &err));
    CHECK_STR(err.message, "");
    CHECK_STR(s.names.data, names);
    dtl_buf_release(&s.names);
}

#define NEED_ARCHIVES()                                                                            \
    if (!test_archives_make())                                                                     \
    SKIP("no Python to make the archives")

TEST(every_kind_of_archive_gives_its_files_in_order)
{
    NEED_ARCHIVES();
    check_names("good.tar", "hello/plugin.json hello/reports/hello.lua ");
    check_names("good.zip", "hello/plugin.json hello/reports/hello.lua ");
    check_names("good.tar.gz", "plugin.json reports/hello.lua ");
    check_names("good.tar.bz2", "plugin.json reports/hello.lua ");
    check_names("good.tar.xz", "hello-main/plugin.json hello-main/reports/hello.lua ");
}

TEST(a_dot_before_names_and_a_slash_behind_folders_go)
{
    NEED_ARCHIVES();
    check_names("dots.tar", "reports/ plugin.json reports/hello.lua ");
}

TEST(a_name_is_read_in_any_locale)
{
    NEED_ARCHIVES();
    check_names("accents.tar", "plugin.json reports/hello.lua notes/\xc3\xa9t\xc3\xa9.txt ");
}

TEST(names_are_given_as_they_are)
{
    NEED_ARCHIVES();
    check_names("traversal-first.tar", "hello/plugin.json hello/reports/hello.lua ../evil.lua ");
    check_names("absolute.zip", "plugin.json reports/hello.lua /tmp/dateline-evil.lua ");
}

TEST(as_many_bytes_as_are_allowed_come_whole)
{
    seen s;
    dtl_error err;
    NEED_ARCHIVES();
    CHECK(read_named("full.tar.gz", &s, &err));
    CHECK_STR(err.message, "");
    CHECK_INT((int64_t)s.bytes, DTL_PLUGIN_BYTES_MAX);
    CHECK_INT((int64_t)s.files, 3);
    dtl_buf_release(&s.names);
}

// Each names the archive, and gives nothing more after what is wrong.
static const struct {
    const char *name;
    dtl_code code;
    const char *says;
} refused[] = {
    {"symlink.tar", DTL_EDATA, "'hello/link' in the archive is a symbolic link"},
    {"symlink.zip", DTL_EDATA, "'link' in the archive is a symbolic link"},
    {"hardlink.tar", DTL_EDATA, "'hello/hard' in the archive is a hard link"},
    {"device.tar", DTL_EDATA, "'hello/null' in the archive is a device, a pipe or a socket"},
    {"pipe.tar", DTL_EDATA, "'hello/pipe' in the archive is a device, a pipe or a socket"},
    {"encrypted.zip", DTL_EDATA, "'plugin.json' in the archive is encrypted"},
    {"zeros.tar.gz", DTL_ELIMIT, "with 'zeros' the archive's files have more than 64 MB"},
    {"zeros.zip", DTL_ELIMIT, "with 'zeros' the archive's files have more than 64 MB"},
    {"zeros-that-lie.zip", DTL_ELIMIT, "with 'zeros' the archive's files have more than 64 MB"},
    {"zeros-said-few.zip", DTL_ELIMIT, "with 'zeros' the archive's files have more than 64 MB"},
    {"halves.tar.gz", DTL_ELIMIT, "with 'b' the archive's files have more than 64 MB"},
    {"many.tar.gz", DTL_ELIMIT, "the archive has more than 4000 files and folders"},
    {"folders.tar.gz", DTL_ELIMIT, "the archive has more than 4000 files and folders"},
    {"truncated.tar", DTL_EDATA, "this archive cannot be read: Truncated"},
    {"truncated.tar.gz", DTL_EDATA, "this archive cannot be read: truncated"},
    {"truncated.zip", DTL_EDATA, "this archive cannot be read: "},
    {"damaged.zip", DTL_EDATA, "this archive cannot be read: "},
    {"noise", DTL_EDATA, "this archive cannot be read: Unrecognized archive format"},
    {"text", DTL_EDATA, "this archive cannot be read: Unrecognized archive format"},
    {"empty", DTL_EDATA, "this archive cannot be read: Unrecognized archive format"},
    {"missing-altogether", DTL_EIO, "cannot open "},
};

TEST(what_is_hostile_or_broken_is_refused_by_name)
{
    NEED_ARCHIVES();
    for (size_t i = 0; i < DTL_COUNT(refused); i++) {
        seen s;
        dtl_error err;
        CHECK(!read_named(refused[i].name, &s, &err));
        CHECK_INT(err.code, refused[i].code);
        if (!dtl_str_starts(dtl_str_from(err.message), dtl_str_from(refused[i].says)))
            CHECK_STR(err.message, refused[i].says);
        if (err.code != DTL_EIO)
            CHECK_STR(err.file, test_archive(refused[i].name));
        dtl_buf_release(&s.names);
    }
}

#if !defined(__SANITIZE_ADDRESS__)  // whose own memory leaves no room for a limit
TEST(an_archive_may_not_take_all_memory)
{
    seen s;
    dtl_error err;
    NEED_ARCHIVES();
    CHECK(!read_named("greedy.tar.xz", &s, &err));
    CHECK_INT(err.code, DTL_EDATA);
    CHECK_STR(err.message,
              "this archive cannot be read: Lzma library error: Cannot allocate memory");
    dtl_buf_release(&s.names);
}
#endif

TEST(an_archive_without_files_has_none)
{
    NEED_ARCHIVES();
    check_names("empty.tar", NULL);
    check_names("empty.zip", NULL);
    check_names("zeros-and-no-end.tar.gz", NULL);  // zeros are where a tar ends
}

TEST(who_takes_the_files_may_refuse)
{
    dtl_error err = {0};
    NEED_ARCHIVES();
    CHECK(
        !dtl_archive_read(test_archive("good.tar"), DTL_PLUGIN_BYTES_MAX, refuse_all, NULL, &err));
    CHECK_STR(err.message, "no hello/plugin.json here");
}
