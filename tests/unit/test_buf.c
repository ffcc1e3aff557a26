// tests/unit/test_buf.c - a growing byte buffer.
#include "support/test.h"

#include <inttypes.h>

#include "base/buf.h"

TEST(an_empty_buffer_is_an_empty_text)
{
    dtl_buf buf = {0};
    CHECK_TEXT(dtl_buf_str(&buf), "");
    dtl_buf_clear(&buf);
    dtl_buf_release(&buf);
    dtl_buf_release(&buf);
    CHECK(buf.data == NULL);
}

TEST(add_keeps_every_byte_and_ends_in_a_nul)
{
    dtl_buf buf = {0};
    dtl_buf_add_str(&buf, DTL_STR("a\0b"));
    dtl_buf_add_char(&buf, 'c');
    DTL_BUF_LITERAL(&buf, "d\0");
    dtl_buf_add(&buf, NULL, 0);
    CHECK_TEXT(dtl_buf_str(&buf), "a\0bcd\0");
    CHECK_INT(buf.data[buf.size], 0);
    dtl_buf_release(&buf);
}

TEST(add_grows_across_every_size)
{
    dtl_buf buf = {0};
    for (int i = 0; i < 5000; i++)
        dtl_buf_add_char(&buf, (char)('a' + i % 26));
    CHECK_INT((int64_t)buf.size, 5000);
    for (int i = 0; i < 5000; i++)
        if (!CHECK(buf.data[i] == 'a' + i % 26))
            break;
    CHECK_INT(buf.data[5000], 0);
    dtl_buf_release(&buf);
}

TEST(clear_keeps_the_memory)
{
    dtl_buf buf = {0};
    DTL_BUF_LITERAL(&buf, "people");
    size_t capacity = buf.capacity;
    dtl_buf_clear(&buf);
    CHECK_STR(buf.data, "");
    CHECK_INT((int64_t)buf.capacity, (int64_t)capacity);
    dtl_buf_release(&buf);
}

TEST(printf_writes_past_the_first_capacity)
{
    dtl_buf buf = {0};
    DTL_BUF_LITERAL(&buf, "<");
    dtl_buf_printf(&buf, "%0300d %" PRId64 " %.*s", 7, INT64_MIN, DTL_ARG(DTL_STR("boats")));
    CHECK_INT((int64_t)buf.size, 1 + 300 + 1 + 20 + 1 + 5);
    CHECK(dtl_str_ends(dtl_buf_str(&buf), DTL_STR("07 -9223372036854775808 boats")));
    dtl_buf_release(&buf);
}

TEST(printf_takes_an_empty_text_without_data)
{
    dtl_buf buf = {0};
    dtl_str empty = {NULL, 0};
    dtl_buf_printf(&buf, "[%.*s]", DTL_ARG(empty));
    CHECK_TEXT(dtl_buf_str(&buf), "[]");
    dtl_buf_release(&buf);
}

TEST(reserve_leaves_the_text_as_it_is)
{
    dtl_buf buf = {0};
    DTL_BUF_LITERAL(&buf, "boats");
    dtl_buf_reserve(&buf, 10000);
    CHECK_STR(buf.data, "boats");
    CHECK(buf.capacity >= 10006);
    dtl_buf_release(&buf);
}
