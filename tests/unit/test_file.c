// tests/unit/test_file.c - whole files in and out, and what stands in the way.
#include "support/test.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"

enum {
    PATH_SIZE = 256
};

// A folder of a test's own, and one path in it.
typedef struct place {
    char folder[PATH_SIZE];
    char path[PATH_SIZE + 16];
} place;

static place new_place(void)
{
    place at = {.folder = "/tmp/dateline-test-XXXXXX"};
    CHECK(mkdtemp(at.folder) != NULL);
    snprintf(at.path, sizeof at.path, "%s/file", at.folder);
    return at;
}

// Counts what is in the folder: more than was put there is a temporary left behind.
static int count_files(const place *at)
{
    int count = -2;  // "." and ".."
    DIR *folder = opendir(at->folder);
    while (folder && readdir(folder))
        count++;
    if (folder)
        closedir(folder);
    return count;
}

static void remove_place(const place *at)
{
    unlink(at->path);
    rmdir(at->path);
    CHECK_INT(rmdir(at->folder), 0);
}

static void check_holds(const char *path, const char *expected, int line)
{
    dtl_buf buf = {0};
    dtl_error err = {0};
    dtl_test_check(dtl_file_read(path, 1000, &buf, &err), "can be read", __FILE__, line);
    dtl_test_check_str(buf.data, expected, "content", __FILE__, line);
    dtl_buf_release(&buf);
}

static void check_refuses(const char *path, const char *message_end, int line)
{
    dtl_error err = {0};
    dtl_test_check(!dtl_file_write(path, DTL_STR("new"), &err), "refused", __FILE__, line);
    if (!dtl_test_check(dtl_str_ends(dtl_str_from(err.message), dtl_str_from(message_end)),
                        "the reason", __FILE__, line))
        dtl_test_check_str(err.message, message_end, "message", __FILE__, line);
    dtl_test_check_int(err.code, DTL_EIO, "code", __FILE__, line);
}

TEST(what_is_written_is_read_back)
{
    place at = new_place();
    dtl_buf buf = {0};
    dtl_error err = {0};
    CHECK(dtl_file_write(at.path, DTL_STR("a\0b"), &err));
    DTL_BUF_LITERAL(&buf, ">");
    CHECK(dtl_file_read(at.path, 3, &buf, &err));
    CHECK_TEXT(dtl_buf_str(&buf), ">a\0b");
    CHECK(dtl_file_write(at.path, (dtl_str){NULL, 0}, &err));
    check_holds(at.path, "", __LINE__);
    CHECK_INT(count_files(&at), 1);
    dtl_buf_release(&buf);
    remove_place(&at);
}

TEST(a_large_file_is_read_whole)
{
    place at = new_place();
    dtl_buf written = {0};
    dtl_buf read = {0};
    dtl_error err = {0};
    while (written.size < 300000)
        dtl_buf_printf(&written, "%zu,", written.size);
    CHECK(dtl_file_write(at.path, dtl_buf_str(&written), &err));
    CHECK(dtl_file_read(at.path, written.size, &read, &err));
    CHECK(dtl_str_equal(dtl_buf_str(&written), dtl_buf_str(&read)));
    dtl_buf_release(&written);
    dtl_buf_release(&read);
    remove_place(&at);
}

TEST(a_file_past_the_limit_leaves_the_buffer_as_it_was)
{
    place at = new_place();
    dtl_buf buf = {0};
    dtl_error err = {0};
    CHECK(dtl_file_write(at.path, DTL_STR("12345"), &err));
    DTL_BUF_LITERAL(&buf, "kept");
    CHECK(!dtl_file_read(at.path, 4, &buf, &err));
    CHECK_INT(err.code, DTL_ELIMIT);
    CHECK(dtl_str_ends(dtl_str_from(err.message), DTL_STR("larger than 4 bytes")));
    CHECK_STR(buf.data, "kept");
    CHECK_INT((int64_t)buf.size, 4);
    dtl_buf_release(&buf);
    remove_place(&at);
}

TEST(read_refuses_what_is_not_a_regular_file)
{
    place at = new_place();
    dtl_buf buf = {0};
    const char *const paths[] = {at.folder, "/dev/zero", at.path};
    CHECK_INT(mkfifo(at.path, 0600), 0);  // which nobody writes to: a plain open would wait
    for (size_t i = 0; i < DTL_COUNT(paths); i++) {
        dtl_error err = {0};
        CHECK(!dtl_file_read(paths[i], 1000, &buf, &err));
        CHECK_INT(err.code, DTL_EIO);
        CHECK(dtl_str_ends(dtl_str_from(err.message), DTL_STR(": not a regular file")));
    }
    CHECK_INT((int64_t)buf.size, 0);
    remove_place(&at);
}

TEST(read_says_why_it_cannot_open)
{
    dtl_buf buf = {0};
    dtl_error err = {0};
    CHECK(!dtl_file_read("/nowhere/figures.csv", 1000, &buf, &err));
    CHECK_STR(err.message, "cannot open /nowhere/figures.csv: No such file or directory");
}

TEST(write_replaces_a_file_of_ours)
{
    place at = new_place();
    dtl_error err = {0};
    CHECK(dtl_file_write(at.path, DTL_STR("old and longer"), &err));
    CHECK(dtl_file_write(at.path, DTL_STR("new"), &err));
    check_holds(at.path, "new", __LINE__);
    CHECK_INT(count_files(&at), 1);
    remove_place(&at);
}

TEST(the_umask_decides_who_may_read)
{
    place at = new_place();
    dtl_error err = {0};
    struct stat status = {0};
    mode_t before = umask(027);
    CHECK(dtl_file_write(at.path, DTL_STR("a"), &err));
    umask(before);
    CHECK_INT(stat(at.path, &status), 0);
    CHECK_INT(status.st_mode & 07777, 0640);
    remove_place(&at);
}

TEST(a_path_without_a_slash_is_in_the_working_folder)
{
    place at = new_place();
    dtl_error err = {0};
    int before = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    CHECK_INT(chdir(at.folder), 0);
    CHECK(dtl_file_write("file", DTL_STR("here"), &err));
    CHECK_INT(fchdir(before), 0);
    close(before);
    check_holds(at.path, "here", __LINE__);
    remove_place(&at);
}

TEST(write_never_goes_through_a_link)
{
    place at = new_place();
    dtl_error err = {0};
    char link[PATH_SIZE + 16];
    snprintf(link, sizeof link, "%s/link", at.folder);
    CHECK(dtl_file_write(at.path, DTL_STR("old"), &err));
    CHECK_INT(symlink(at.path, link), 0);
    check_refuses(link, "/link: it is a symbolic link", __LINE__);
    check_holds(at.path, "old", __LINE__);
    CHECK_INT(unlink(at.path), 0);
    check_refuses(link, "/link: it is a symbolic link", __LINE__);  // dangling now
    CHECK_INT(count_files(&at), 1);
    CHECK_INT(unlink(link), 0);
    remove_place(&at);
}

TEST(write_refuses_folders_devices_and_pipes)
{
    place at = new_place();
    check_refuses(at.folder, ": it is a folder", __LINE__);
    check_refuses("/dev/null", ": it is not a regular file", __LINE__);
    CHECK_INT(mkfifo(at.path, 0600), 0);
    check_refuses(at.path, ": it is not a regular file", __LINE__);
    CHECK_INT(count_files(&at), 1);
    remove_place(&at);
}

TEST(write_refuses_a_name_that_is_none)
{
    check_refuses("", ": not a file name", __LINE__);
    check_refuses("/tmp/", ": not a file name", __LINE__);
    check_refuses("/tmp/.", ": it is a folder", __LINE__);
    check_refuses("/nowhere/file", ": No such file or directory", __LINE__);
    check_refuses("/dev/null/file", ": Not a directory", __LINE__);
}

TEST(write_refuses_another_owners_file)
{
    if (geteuid() != 0)
        SKIP("only root can give a file away");
    place at = new_place();
    dtl_error err = {0};
    CHECK(dtl_file_write(at.path, DTL_STR("theirs"), &err));
    CHECK_INT(chown(at.path, 1, 1), 0);
    check_refuses(at.path, ": it belongs to another user", __LINE__);
    check_holds(at.path, "theirs", __LINE__);
    remove_place(&at);
}

TEST(a_name_too_long_leaves_nothing)
{
    place at = new_place();
    dtl_buf path = {0};
    dtl_buf_printf(&path, "%s/%0300d", at.folder, 0);
    check_refuses(path.data, ": File name too long", __LINE__);
    CHECK_INT(count_files(&at), 0);
    dtl_buf_release(&path);
    remove_place(&at);
}

TEST(a_write_that_fails_half_way_keeps_the_old_file)
{
    place at = new_place();
    dtl_error err = {0};
    dtl_buf large = {0};
    while (large.size < 10000)
        DTL_BUF_LITERAL(&large, "0123456789");
    CHECK(dtl_file_write(at.path, DTL_STR("old"), &err));
    struct rlimit before;
    getrlimit(RLIMIT_FSIZE, &before);
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    struct rlimit small = {4096, before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
    CHECK(!dtl_file_write(at.path, dtl_buf_str(&large), &err));
    setrlimit(RLIMIT_FSIZE, &before);
    signal(SIGXFSZ, handler);
    CHECK(dtl_str_ends(dtl_str_from(err.message), DTL_STR("/file: File too large")));
    check_holds(at.path, "old", __LINE__);
    CHECK_INT(count_files(&at), 1);
    dtl_buf_release(&large);
    remove_place(&at);
}

TEST(a_full_device_is_an_error)
{
    dtl_error err = {0};
    int fd = open("/dev/full", O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        SKIP("no /dev/full");
    CHECK(!dtl_fd_write(fd, DTL_STR("a"), "standard output", &err));
    CHECK_STR(err.message, "cannot write standard output: No space left on device");
    close(fd);
}

// Reads the pipe slowly to its end: 0 when [size] bytes came, each in its order.
static int read_slowly(int fd, size_t size)
{
    unsigned char bytes[5000];
    size_t total = 0;
    for (;;) {
        ssize_t count = read(fd, bytes, sizeof bytes);
        if (count <= 0)
            return total == size ? 0 : 1;
        for (ssize_t i = 0; i < count; i++)
            if (bytes[i] != (unsigned char)((total + (size_t)i) % 251))
                return 2;
        total += (size_t)count;
        usleep(100);
    }
}

TEST(short_writes_to_a_pipe_that_does_not_block_are_taken_up_again)
{
    enum {
        SIZE = 1000000
    };
    int ends[2];
    CHECK_INT(pipe2(ends, O_CLOEXEC), 0);
    CHECK_INT(fcntl(ends[1], F_SETFL, O_NONBLOCK), 0);
    pid_t child = fork();
    if (child == 0) {
        close(ends[1]);
        _exit(read_slowly(ends[0], SIZE));
    }
    dtl_buf buf = {0};
    dtl_error err = {0};
    for (int i = 0; i < SIZE; i++)
        dtl_buf_add_char(&buf, (char)(i % 251));
    close(ends[0]);
    CHECK(dtl_fd_write(ends[1], dtl_buf_str(&buf), "pipe", &err));
    close(ends[1]);
    int status = 1;
    waitpid(child, &status, 0);
    CHECK_INT(status, 0);
    dtl_buf_release(&buf);
}
