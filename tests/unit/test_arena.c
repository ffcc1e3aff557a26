// tests/unit/test_arena.c - many small allocations, freed together; memory that does not fail.
#include "support/test.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"

TEST(memory_is_zeroed_and_aligned_at_every_size)
{
    dtl_arena arena = {0};
    for (size_t size = 0; size < 3000; size += 7) {
        unsigned char *memory = dtl_arena_alloc(&arena, size);
        if (!CHECK((uintptr_t)memory % 16 == 0))
            break;
        for (size_t i = 0; i < size; i++)
            if (!CHECK(memory[i] == 0))
                break;
        memset(memory, 0xFF, size);
    }
    dtl_arena_release(&arena);
}

TEST(memory_after_a_reset_is_zeroed_again)
{
    dtl_arena arena = {0};
    memset(dtl_arena_alloc(&arena, 100), 0xFF, 100);
    dtl_arena_reset(&arena);
    const unsigned char *memory = dtl_arena_alloc(&arena, 100);
    CHECK(memory[0] == 0 && memory[99] == 0);
    dtl_arena_release(&arena);
}

TEST(a_size_past_a_block_gets_its_own)
{
    dtl_arena arena = {0};
    char *small = dtl_arena_alloc(&arena, 10);
    char *large = dtl_arena_alloc(&arena, 1000000);
    small[9] = 'a';
    large[999999] = 'b';
    CHECK(arena.used >= 1000010);
    CHECK_INT(small[9], 'a');
    dtl_arena_release(&arena);
}

TEST(release_and_reset_may_be_called_on_nothing)
{
    dtl_arena arena = {0};
    dtl_arena_reset(&arena);
    dtl_arena_release(&arena);
    dtl_arena_release(&arena);
    CHECK(arena.blocks == NULL);
}

TEST(text_is_copied_whole_with_a_nul_behind_it)
{
    dtl_arena arena = {0};
    dtl_str copy = dtl_arena_str(&arena, DTL_STR("a\0b"));
    CHECK_TEXT(copy, "a\0b");
    CHECK_INT(copy.data[3], 0);
    CHECK_STR(dtl_arena_str(&arena, (dtl_str){NULL, 0}).data, "");
    CHECK_TEXT(dtl_arena_printf(&arena, "%d of %s", 3, "boats"), "3 of boats");
    CHECK_TEXT(dtl_arena_printf(&arena, "%s", ""), "");
    dtl_arena_release(&arena);
}

// Runs [work] in a process of its own: its exit status, or -1 when a signal ended it.
static int status_of(void (*work)(void))
{
    pid_t child = fork();
    if (child == 0) {
        int quiet = open("/dev/null", O_WRONLY | O_CLOEXEC);
        dup2(quiet, STDERR_FILENO);
        work();
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void ask_for_everything(void)
{
    dtl_arena arena = {0};
    dtl_arena_alloc(&arena, SIZE_MAX);
}

static void ask_for_almost_everything(void)
{
    dtl_arena arena = {0};
    dtl_arena_alloc(&arena, SIZE_MAX - 40);
}

static void ask_for_a_product_that_wraps(void)
{
    free(dtl_realloc_array(NULL, SIZE_MAX / 2, 4));
}

TEST(a_size_that_wraps_ends_the_program)
{
    CHECK(status_of(ask_for_everything) > 0);
    CHECK(status_of(ask_for_almost_everything) > 0);
    CHECK(status_of(ask_for_a_product_that_wraps) > 0);
}

TEST(an_allocation_of_nothing_is_something)
{
    char *memory = dtl_alloc(0);
    CHECK(memory != NULL);
    memory = dtl_realloc(memory, 0);
    CHECK(memory != NULL);
    free(memory);
}
