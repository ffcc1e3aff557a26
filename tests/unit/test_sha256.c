// tests/unit/test_sha256.c - the published examples of FIPS 180-4.
#include "support/test.h"

#include "base/buf.h"
#include "base/sha256.h"

TEST(digests_are_those_of_the_standard)
{
    CHECK_STR(dtl_sha256_of((dtl_str){NULL, 0}).hex,
              "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK_STR(dtl_sha256_of(DTL_STR("abc")).hex,
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK_STR(
        dtl_sha256_of(DTL_STR("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")).hex,
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(a_million_letters_and_a_nul_are_all_counted)
{
    dtl_buf buf = {0};
    for (int i = 0; i < 1000000; i++)
        dtl_buf_add_char(&buf, 'a');
    CHECK_STR(dtl_sha256_of(dtl_buf_str(&buf)).hex,
              "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    dtl_buf_release(&buf);
    CHECK_STR(dtl_sha256_of(DTL_STR("\0")).hex,
              "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
}
