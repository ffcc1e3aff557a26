// tests/support/fuzz.h - what a fuzz target gives: where to start, and what to do with some bytes.
//
// The same target runs two ways: under libFuzzer (tests/fuzz/run), and as a test of a few seconds that
// changes the seeds by a fixed generator (fuzz.NAME), so that every build tries the same inputs.
#ifndef DTL_TESTS_SUPPORT_FUZZ_H
#define DTL_TESTS_SUPPORT_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

// Inputs that reach far into the code, ending with NULL; each target has its own.
extern const char *const dtl_fuzz_seeds[];

// Must neither crash nor hang on any input; a broken promise ends the process (dtl_fuzz_require).
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

// Ends the process, loudly, when [holds] is false.
#define dtl_fuzz_require(holds)                                                                    \
    do {                                                                                           \
        if (!(holds)) {                                                                            \
            fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #holds);             \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

#endif
