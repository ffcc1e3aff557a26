// tests/unit/test_store_file.c - a store as a file: beside readers and writers, whole or as it was.
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/file.h"
#include "support/releases.h"

TEST(a_store_file_survives_closing)
{
    char folder[64];
    char path[96];
    fixture f = {0};
    dtl_test_folder_make(folder);
    snprintf(path, sizeof path, "%s/x.db", folder);
    CHECK(dtl_store_open(path, DTL_STORE_WRITE, &f.store, &f.err));
    write_two_days(&f);
    dtl_store_close(f.store);
    CHECK(dtl_store_open(path, DTL_STORE_READ, &f.store, &f.err));
    CHECK_INT(read_sums(&f, "people", DTL_MOMENT_LATEST).sum, 647);
    CHECK(!begin(&f, &dtl_test_daily, "cc", "2024-10-20"));
    CHECK_INT(f.err.code, DTL_EUSAGE);
    dtl_store_close(f.store);
    dtl_test_folder_remove(folder);
}

TEST(after_a_commit_the_file_alone_is_whole)
{
    char folder[64];
    char path[96];
    struct stat log;
    fixture f = {0};
    dtl_test_folder_make(folder);
    snprintf(path, sizeof path, "%s/x.db", folder);
    CHECK(dtl_store_open(path, DTL_STORE_WRITE, &f.store, &f.err));
    write_two_days(&f);
    strcat(path, "-wal");
    CHECK(stat(path, &log) == 0 && log.st_size == 0);
    dtl_store_close(f.store);
    dtl_test_folder_remove(folder);
}

TEST(a_reader_does_not_stop_a_writer)
{
    char folder[64];
    char path[96];
    fixture writer = {0};
    fixture reader = {0};
    dtl_test_folder_make(folder);
    snprintf(path, sizeof path, "%s/x.db", folder);
    CHECK(dtl_store_open(path, DTL_STORE_WRITE, &writer.store, &writer.err));
    write_two_days(&writer);
    CHECK(dtl_store_open(path, DTL_STORE_READ, &reader.store, &reader.err));
    CHECK_INT(read_sums(&reader, "people", DTL_MOMENT_LATEST).sum, 647);
    CHECK(begin(&writer, &dtl_test_daily, "bb", "2024-10-20"));
    CHECK(add_day(&writer, "2024-10-19", 53, 1, 2));
    CHECK_INT(read_sums(&reader, "people", DTL_MOMENT_LATEST).sum, 647);
    CHECK(finish(&writer));
    CHECK_INT(read_sums(&reader, "people", DTL_MOMENT_LATEST).sum, 700);
    dtl_store_close(reader.store);
    dtl_store_close(writer.store);
    dtl_test_folder_remove(folder);
}

// A child process that writes [count] releases of one day each into the store at [path].
static pid_t write_apart(const char *path, int writer, int count)
{
    pid_t child = fork();
    if (child != 0)
        return child;
    fixture f = {0};
    bool ok = dtl_store_open(path, DTL_STORE_WRITE, &f.store, &f.err);
    for (int i = 0; ok && i < count; i++) {
        char sha256[32];
        snprintf(sha256, sizeof sha256, "%d-%d", writer, i);
        ok = begin(&f, &dtl_test_daily, sha256, "2024-10-20") &&
             add_day(&f, "2024-10-19", i, writer, 2) && finish(&f);
    }
    dtl_store_close(f.store);
    _exit(ok ? 0 : 1);
}

TEST(several_programs_write_one_after_the_other)
{
    enum {
        WRITERS = 4,
        RELEASES = 15
    };
    char folder[64];
    char path[96];
    pid_t children[WRITERS];
    dtl_release *releases;
    dtl_arena arena = {0};
    dtl_buf findings = {0};
    size_t count = 0;
    fixture f = {0};
    dtl_test_folder_make(folder);
    snprintf(path, sizeof path, "%s/x.db", folder);
    for (int i = 0; i < WRITERS; i++)
        children[i] = write_apart(path, i, RELEASES);
    for (int i = 0; i < WRITERS; i++) {
        int status = -1;
        CHECK(waitpid(children[i], &status, 0) == children[i]);
        CHECK_INT(status, 0);
    }
    CHECK(dtl_store_open(path, DTL_STORE_READ, &f.store, &f.err));
    CHECK(dtl_store_releases(f.store, DTL_STR(""), DTL_MOMENT_LATEST, &arena, &releases, &count,
                             &f.err));
    CHECK_INT((int64_t)count, WRITERS * RELEASES);
    CHECK(dtl_store_diagnose(f.store, &findings, &f.err));
    CHECK_TEXT(dtl_buf_str(&findings), "");
    dtl_buf_release(&findings);
    dtl_arena_release(&arena);
    dtl_store_close(f.store);
    dtl_test_folder_remove(folder);
}

TEST(an_aborted_release_leaves_the_file_byte_for_byte)
{
    char folder[64];
    char path[96];
    fixture f = {0};
    dtl_buf before = {0};
    dtl_buf after = {0};
    dtl_test_folder_make(folder);
    snprintf(path, sizeof path, "%s/x.db", folder);
    CHECK(dtl_store_open(path, DTL_STORE_WRITE, &f.store, &f.err));
    write_two_days(&f);
    CHECK(dtl_file_read(path, 1 << 24, &before, &f.err));
    CHECK(begin(&f, &dtl_test_daily, "bb", "2024-10-20"));
    for (int i = 0; i < 28; i++) {
        char date[32];
        snprintf(date, sizeof date, "2024-02-%02d", i + 1);
        CHECK(add_day(&f, date, i, i, i));
    }
    dtl_writer_abort(f.writer);
    CHECK(dtl_file_read(path, 1 << 24, &after, &f.err));
    CHECK(dtl_str_equal(dtl_buf_str(&before), dtl_buf_str(&after)));
    dtl_store_close(f.store);
    dtl_buf_release(&before);
    dtl_buf_release(&after);
    dtl_test_folder_remove(folder);
}

// Opens as a user who owns nothing, and compares the message.
static void check_refused_apart(const char *path, dtl_store_mode mode, const char *message)
{
    int status = -1;
    pid_t child = fork();
    if (child == 0) {
        dtl_store *store;
        dtl_error err = {0};
        bool apart = setresgid(65534, 65534, 65534) == 0 && setresuid(65534, 65534, 65534) == 0;
        bool refused = apart && !dtl_store_open(path, mode, &store, &err);
        _exit(refused && dtl_str_starts(dtl_str_from(err.message), dtl_str_from(message)) ? 0 : 1);
    }
    CHECK(waitpid(child, &status, 0) == child);
    dtl_test_check_int(status, 0, message, __FILE__, __LINE__);
}

TEST(who_may_not_write_is_told_so)
{
    char folder[64];
    char path[96];
    char other[112];
    char message[160];
    fixture f = {0};
    if (geteuid() != 0)
        SKIP("only the superuser can become another user");
    dtl_test_folder_make(folder);
    CHECK(chmod(folder, 0755) == 0);
    snprintf(path, sizeof path, "%s/x.db", folder);
    CHECK(dtl_store_open(path, DTL_STORE_WRITE, &f.store, &f.err));
    write_two_days(&f);
    dtl_store_close(f.store);
    snprintf(message, sizeof message, "cannot write to the store %s: Permission denied", path);
    check_refused_apart(path, DTL_STORE_WRITE, message);
    snprintf(other, sizeof other, "%s/y.db", folder);
    snprintf(message, sizeof message, "cannot create the store %s: Permission denied", other);
    check_refused_apart(other, DTL_STORE_WRITE, message);
    snprintf(other, sizeof other, "%s-shm", path);
    CHECK(unlink(other) == 0);
    snprintf(other, sizeof other, "%s-wal", path);
    CHECK(unlink(other) == 0);
    snprintf(message, sizeof message, "cannot read the store %s: its index", path);
    check_refused_apart(path, DTL_STORE_READ, message);
    dtl_test_folder_remove(folder);
}

TEST(what_is_not_our_store_is_refused_by_name)
{
    char folder[64];
    char path[96];
    fixture f = {0};
    dtl_test_folder_make(folder);
    snprintf(path, sizeof path, "%s/x.db", folder);
    CHECK(!dtl_store_open(path, DTL_STORE_READ, &f.store, &f.err));
    CHECK_INT(f.err.code, DTL_EIO);
    f.err = (dtl_error){0};
    CHECK(dtl_file_write(path, DTL_STR("date,people\n2024-10-18,647\n, and so on and so on"),
                         &f.err));
    CHECK(!dtl_store_open(path, DTL_STORE_READ, &f.store, &f.err));
    CHECK_INT(f.err.code, DTL_EDATA);
    dtl_test_folder_remove(folder);
}

TEST(an_image_is_read_without_a_copy)
{
    char folder[64];
    char path[96];
    fixture f = {0};
    dtl_buf image = {0};
    dtl_test_folder_make(folder);
    snprintf(path, sizeof path, "%s/x.db", folder);
    CHECK(dtl_store_open(path, DTL_STORE_WRITE, &f.store, &f.err));
    write_two_days(&f);
    snprintf(path, sizeof path, "%s/x.image", folder);
    CHECK(dtl_store_save_image(f.store, path, &f.err));
    dtl_store_close(f.store);
    CHECK(dtl_file_read(path, 1 << 24, &image, &f.err));
    CHECK(image.data[18] == 1 && image.data[19] == 1);  // the header asks for no log
    CHECK(dtl_store_open_image((const unsigned char *)image.data, image.size, &f.store, &f.err));
    CHECK_TEXT(dtl_store_name(f.store), "bundled figures");
    CHECK_INT(read_sums(&f, "people", DTL_MOMENT_LATEST).sum, 647);
    CHECK(!begin(&f, &dtl_test_daily, "bb", "2024-10-20"));
    CHECK_INT(f.err.code, DTL_EUSAGE);
    dtl_store_close(f.store);
    // The file is a store of its own.
    CHECK(dtl_store_open(path, DTL_STORE_READ, &f.store, &f.err));
    dtl_store_close(f.store);
    dtl_buf_release(&image);
    dtl_test_folder_remove(folder);
}
