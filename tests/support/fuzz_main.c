// tests/support/fuzz_main.c - runs a fuzz target without a fuzzer: the seeds, files named as arguments,
// and inputs made from the seeds by a fixed generator. What it tries depends on nothing but the seeds.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "support/fuzz.h"
#include "support/random.h"

enum {
    INPUT_MAX = 4096,
    ROUNDS = 20000,
    SECONDS_MAX = 20,  // a slow build stops early: it tries fewer, in the same order
};

static const char *const pieces[] = {"\"",
                                     "\"\"",
                                     ",",
                                     "\n",
                                     "\r\n",
                                     "\t",
                                     "-1",
                                     "0",
                                     "2024-02-29",
                                     "9223372036854775808",
                                     "1e9",
                                     "\xff",
                                     "\xe2\x80\xae",
                                     "{",
                                     "}",
                                     "[",
                                     "]",
                                     "*",
                                     "_",
                                     "`",
                                     "\\",
                                     "\0011\2",
                                     "<",
                                     "&",
                                     "|"};

static size_t mutate(dtl_random *random, char *input, size_t size)
{
    size_t at = size ? dtl_random_below(random, size + 1) : 0;
    const char *piece = pieces[dtl_random_below(random, sizeof pieces / sizeof *pieces)];
    size_t length = strlen(piece);
    switch (dtl_random_below(random, 4)) {
    case 0:  // change a byte
        if (size)
            input[at % size] = (char)dtl_random_next(random);
        return size;
    case 1:  // take some out
        length = size ? 1 + dtl_random_below(random, 8) : 0;
        if (at + length > size)
            return at;
        memmove(input + at, input + at + length, size - at - length);
        return size - length;
    case 2:  // put a piece in
        if (size + length > INPUT_MAX)
            return size;
        memmove(input + at + length, input + at, size - at);
        memcpy(input + at, piece, length);
        return size + length;
    default:  // say a part again
        length = size ? 1 + dtl_random_below(random, 40) : 0;
        if (at + length > size || size + length > INPUT_MAX)
            return size;
        memmove(input + at + length, input + at, size - at);
        return size + length;
    }
}

static void run_seeds(void)
{
    for (size_t i = 0; dtl_fuzz_seeds[i]; i++)
        LLVMFuzzerTestOneInput((const uint8_t *)dtl_fuzz_seeds[i], strlen(dtl_fuzz_seeds[i]));
}

static void run_file(const char *path)
{
    static uint8_t bytes[1 << 20];
    FILE *file = fopen(path, "rb");
    if (!file) {
        perror(path);
        exit(1);
    }
    LLVMFuzzerTestOneInput(bytes, fread(bytes, 1, sizeof bytes, file));
    fclose(file);
}

static unsigned run_generated(void)
{
    static char input[INPUT_MAX];
    dtl_random random = {20241018};
    size_t seeds = 0;
    time_t end = time(NULL) + SECONDS_MAX;
    while (dtl_fuzz_seeds[seeds])
        seeds++;
    unsigned round = 0;
    for (; round < ROUNDS && time(NULL) <= end; round++) {
        const char *seed = dtl_fuzz_seeds[dtl_random_below(&random, seeds)];
        size_t size = strlen(seed) < INPUT_MAX ? strlen(seed) : INPUT_MAX;
        memcpy(input, seed, size);
        for (uint64_t changes = 1 + dtl_random_below(&random, 8); changes > 0; changes--)
            size = mutate(&random, input, size);
        LLVMFuzzerTestOneInput((const uint8_t *)input, size);
    }
    return round;
}

int main(int argc, char **argv)
{
    run_seeds();
    for (int i = 1; i < argc; i++)
        run_file(argv[i]);
    printf("%u inputs\n1 passed, 0 failed\n", run_generated());
    return 0;
}
