// core/base/sha256.c - SHA-256 by libmd.
#include "base/sha256.h"

#include <sha256.h>

dtl_sha256 dtl_sha256_of(dtl_str bytes)
{
    dtl_sha256 digest;
    _Static_assert(sizeof digest.hex == SHA256_DIGEST_STRING_LENGTH,
                   "libmd writes the whole field");
    const char *data = bytes.size ? bytes.data : "";
    SHA256Data((const uint8_t *)data, bytes.size, digest.hex);
    return digest;
}
