// core/base/base.h - what every file may rely on: integer types, DTL_CHECK, memory that does not fail.
#ifndef DTL_BASE_BASE_H
#define DTL_BASE_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Marks a function whose result must be looked at: a failure may not be dropped by accident.
#define DTL_CHECK __attribute__((warn_unused_result))
#define DTL_PRINTF(format_at, first_at) __attribute__((format(printf, format_at, first_at)))
#define DTL_COUNT(array) (sizeof(array) / sizeof((array)[0]))

// Memory from the heap. Out of memory in C ends the process with a message: no caller could do
// better, and a half-made bulletin is worse than none. Owned by the caller, freed with free().
void *dtl_alloc(size_t size);                                      // zeroed
void *dtl_realloc(void *memory, size_t size);                      // like realloc, but never NULL
void *dtl_realloc_array(void *memory, size_t count, size_t size);  // checks the product

#endif
