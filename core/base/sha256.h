// core/base/sha256.h - SHA-256 as 64 lower-case hex digits (libmd does the work).
#ifndef DTL_BASE_SHA256_H
#define DTL_BASE_SHA256_H

#include "base/str.h"

typedef struct dtl_sha256 {
    char hex[65];  // NUL-terminated
} dtl_sha256;

dtl_sha256 dtl_sha256_of(dtl_str bytes);

#endif
