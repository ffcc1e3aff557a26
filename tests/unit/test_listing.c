// tests/unit/test_listing.c - rows as a table or as JSON.
#include "app/listing.h"

#include "support/test.h"

static const dtl_listing_column columns[] = {
    {"name", "NAME", DTL_LISTING_TEXT},
    {"rows", "ROWS", DTL_LISTING_INTEGER},
    {"open", "OPEN", DTL_LISTING_FLAG},
    {"words", NULL, DTL_LISTING_LIST},
};

static dtl_listing listing;
static dtl_arena arena;
static dtl_buf out;

static void begin(void)
{
    dtl_listing_init(&listing, columns, DTL_COUNT(columns), &arena);
    dtl_buf_clear(&out);
}

static void end(void)
{
    dtl_listing_release(&listing);
    dtl_arena_release(&arena);
    dtl_buf_release(&out);
}

static void add(const char *name, int64_t rows, bool open, const char *words)
{
    dtl_listing_add(&listing, dtl_str_from(name));
    dtl_listing_add_int(&listing, rows);
    dtl_listing_add_flag(&listing, open);
    dtl_listing_add(&listing, dtl_str_from(words));
}

TEST(a_table_aligns_figures_to_the_right_and_ends_no_line_in_spaces)
{
    begin();
    add("daily", 3154, true, "a b");
    add("caf\xc3\xa9-weekly", 7, false, "");
    dtl_listing_print(&listing, &out);
    CHECK_TEXT(dtl_buf_str(&out), "NAME          ROWS  OPEN\n"
                                  "daily        3,154  yes\n"
                                  "caf\xc3\xa9-weekly      7\n");
    end();
}

TEST(json_has_types_and_the_columns_that_a_table_leaves_out)
{
    begin();
    add("a\"b", 3154, true, "a b");
    add("", -1, false, "");
    dtl_listing_print_json(&listing, &out);
    CHECK_TEXT(dtl_buf_str(&out),
               "[\n{\"name\":\"a\\\"b\",\"rows\":3154,\"open\":true,\"words\":[\"a\",\"b\"]},\n"
               "{\"name\":null,\"rows\":-1,\"open\":false,\"words\":[]}\n]\n");
    end();
}

TEST(without_rows_a_table_is_nothing_and_json_an_empty_array)
{
    begin();
    dtl_listing_print(&listing, &out);
    CHECK_TEXT(dtl_buf_str(&out), "");
    dtl_listing_print_json(&listing, &out);
    CHECK_TEXT(dtl_buf_str(&out), "[]\n");
    end();
}

TEST(a_table_shows_control_codes_as_escapes)
{
    begin();
    add("\x1b[31m", 1, false, "");
    dtl_listing_print(&listing, &out);
    CHECK(dtl_str_find(dtl_buf_str(&out), DTL_STR("\\x1b[31m")) != SIZE_MAX);
    end();
}
