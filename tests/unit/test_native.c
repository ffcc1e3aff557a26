// tests/unit/test_native.c - native plugins: good ones at work, and each way to be a bad one.
#include "native/plugins.h"
#include "script/worker/worker.h"

static const dtl_provision bad_provides[] = {
    {DTL_PROVIDE_IMPORTER, {"bad", 3}, {NULL, 0}, {NULL, 0}},
    {DTL_PROVIDE_FUNCTION, {"twice", 5}, {NULL, 0}, {NULL, 0}},
};

static dtl_plugin_info bad_plugin(const char *library)
{
    return (dtl_plugin_info){.folder = DTL_STR(DTL_BAD_PLUGINS),
                             .name = DTL_STR("bad"),
                             .version = DTL_STR("1.0.0"),
                             .library = dtl_str_from(library),
                             .provides = bad_provides,
                             .provide_count = 1,
                             .usable = true};
}

// ---- what a library says of itself ----

static void check_refused(const char *library, const char *message)
{
    dtl_plugin_info info = bad_plugin(library);
    dtl_error err = {0};
    CHECK(!dtl_native_verify(&info, &err));
    CHECK_STR(err.message, message);
    CHECK(err.file[0] != '\0');
}

TEST(a_good_library_is_verified)
{
    dtl_plugin_info info = bad_plugin("good");
    dtl_error err = {0};
    dtl_test_check(dtl_native_verify(&info, &err), err.message, __FILE__, __LINE__);
}

TEST(a_library_of_a_newer_minor_that_needs_less_is_verified)
{
    dtl_plugin_info info = bad_plugin("newer_but_content");
    dtl_error err = {0};
    dtl_test_check(dtl_native_verify(&info, &err), err.message, __FILE__, __LINE__);
}

TEST(a_wrong_description_is_refused_with_both_sides_named)
{
    check_refused("wrong_magic", "the library describes no plugin: it starts with 0x12345678 where "
                                 "a plugin has 0x444c5047");
    check_refused("short_size", "the plugin's description has 16 bytes, and the least is 88");
    check_refused("newer_minor", "the plugin needs plugin interface 1.7, and this program has 1.0");
    check_refused("newer_major", "the plugin needs plugin interface 2.0, and this program has 1.0");
    check_refused("other_name",
                  "the library says that it is the plugin 'worse', and plugin.json says 'bad'");
    check_refused("other_version", "the library is version 1.0.1, and plugin.json says 1.0.0");
    check_refused("undeclared", "the library provides the function 'twice', which plugin.json does "
                                "not declare");
    check_refused("no_description", "the library gives no description of the plugin");
    check_refused("small_importer", "the library's importer 1 has 8 bytes, and the least is 56");
}

TEST(a_function_that_is_not_there_is_found_before_it_is_called)
{
    check_refused("no_open", "the library's importer 'bad' has no open");
    check_refused("no_next", "the library's importer 'bad' has no next");
    check_refused("no_close", "the library's importer 'bad' has no close");
    check_refused("no_call", "the library's function 'twice' has no call");
    check_refused("no_render", "the library's renderer 'empty' has no render");
    check_refused("no_check", "the library's check 'empty' has no check");
}

TEST(what_is_declared_must_be_provided)
{
    dtl_plugin_info info = bad_plugin("good");
    dtl_error err = {0};
    info.provide_count = 2;
    CHECK(!dtl_native_verify(&info, &err));
    CHECK_STR(err.message,
              "plugin.json declares the function 'twice', which the library does not provide");
}

TEST(a_library_that_is_not_there_or_crashes_or_is_no_plugin_is_refused)
{
    check_refused("none", "the plugin's library is not there");
#if !defined(__SANITIZE_ADDRESS__)
    check_refused("crash_at_query", "the plugin bad crashed while it was loaded (signal 6, abort)");
#endif
    dtl_plugin_info info = bad_plugin("../libdateline");
    dtl_error err = {0};
    CHECK(!dtl_native_verify(&info, &err));
}

// ---- importers at work ----

static void check_import_fails(const char *library, const char *message, dtl_code code)
{
    const dtl_native_limits limits = {
        .wall_ms = 400, .memory_bytes = (size_t)16 << 20, .output_bytes = (size_t)8 << 20};
    dtl_plugin_info info = bad_plugin(library);
    fixture f;
    set_up(&f);
    CHECK(!import_with(&info, "bad", "a.bad", DTL_STR("x"), &limits, &f));
    CHECK_STR(f.err.message, message);
    CHECK_INT(f.err.code, code);
    CHECK_STR(f.err.file, "a.bad");
    CHECK(store_is_empty(&f));
    tear_down(&f);
}

TEST(an_importer_that_goes_wrong_fails_the_import_and_nothing_else)
{
    check_import_fails("loop", "time limit: the plugin bad ran longer than 400 ms", DTL_ELIMIT);
    check_import_fails("loop_that_asks", "time limit: the plugin bad ran longer than 400 ms",
                       DTL_ELIMIT);
    check_import_fails("greedy", "memory limit: the plugin bad asked for more than 16 MB",
                       DTL_ELIMIT);
    check_import_fails("silent", "the plugin bad failed without saying why", DTL_EDATA);
    check_import_fails("flood", "output limit: the plugin bad made more than 8 MB", DTL_ELIMIT);
    check_import_fails("wide", "a row of 100000 cells, and 16384 are allowed", DTL_ELIMIT);
#if !defined(__SANITIZE_ADDRESS__)
    check_import_fails("crash",
                       "the plugin bad crashed in next of its importer bad (signal 6, abort)",
                       DTL_ESCRIPT);
    check_import_fails("starved",
                       "the plugin bad crashed in next of its importer bad (signal 6, abort)",
                       DTL_ESCRIPT);
#endif
}

TEST(what_an_importer_leaves_behind_is_freed_with_the_call)
{
    const dtl_native_limits limits = {.wall_ms = 0,
                                      .memory_bytes = (size_t)16 << 20,
                                      .output_bytes = (size_t)8 << 20,
                                      .in_process = true};
    dtl_plugin_info info = bad_plugin("leak");
    fixture f;
    set_up(&f);
    dtl_test_check(import_with(&info, "bad", "a.bad", DTL_STR("x"), &limits, &f), f.err.message,
                   __FILE__, __LINE__);
    CHECK_INT(f.report.result.rows_kept, 1);
    tear_down(&f);
}

TEST(hello_reads_its_own_format)
{
    dtl_arena arena = {0};
    dtl_plugin_info info = shipped("hello", &arena);
    fixture f;
    set_up(&f);
    CHECK(import_with(&info, "keyvalue", "a.kv",
                      DTL_STR("date=2024-10-18\npeople=647\nboats=10\n\ndate=2024-10-19\n"
                              "people=0\nboats=0"),
                      NULL, &f));
    CHECK_INT(f.report.result.rows_kept, 2);
    CHECK_INT(read_sums(&f, "small-boats-daily", "people", DTL_MOMENT_LATEST).sum, 647);
    CHECK(!import_with(&info, "keyvalue", "a.kv",
                       DTL_STR("date=2024-10-18\npeople=647\n\nboats 10\n"), NULL, &f));
    CHECK_STR(f.err.message, "a line without '='");
    CHECK_STR(f.err.expected, "key=value");
    CHECK_INT(f.err.line, 4);
    tear_down(&f);
    dtl_arena_release(&arena);
}

TEST(a_plugin_has_only_what_it_declares)
{
    dtl_arena arena = {0};
    dtl_plugin_info info = shipped("hello", &arena);
    fixture f;
    set_up(&f);
    CHECK(!import_with(&info, "other", "a.kv", DTL_STR("a=1\n"), NULL, &f));
    CHECK_STR(f.err.message, "the plugin 'hello' has no importer 'other'");
    tear_down(&f);
    dtl_arena_release(&arena);
}

// ---- documents ----

static dtl_doc *make_doc(bool with_heading)
{
    dtl_error err = {0};
    dtl_doc *doc = dtl_doc_new();
    dtl_node *block;
    if (with_heading)
        CHECK(dtl_node_append(dtl_doc_root(doc), DTL_NODE_HEADING, DTL_STR(""), &block, &err) &&
              dtl_node_append(block, DTL_NODE_TEXT, DTL_STR("Latest"), NULL, &err));
    CHECK(dtl_node_append(dtl_doc_root(doc), DTL_NODE_PARAGRAPH, DTL_STR(""), &block, &err) &&
          dtl_node_append(block, DTL_NODE_TEXT, DTL_STR("On "), NULL, &err) &&
          dtl_node_append_date(block, DTL_STR("Friday"), dtl_test_date("2024-10-18"), NULL, &err));
    return doc;
}

TEST(hello_renders_and_checks)
{
    dtl_arena arena = {0};
    dtl_error err = {0};
    dtl_buf out = {0};
    dtl_buf remarks = {0};
    dtl_plugin_info info = shipped("hello", &arena);
    dtl_doc *doc = make_doc(true);
    dtl_doc *headless = make_doc(false);
    CHECK(dtl_native_render(&info, DTL_STR("outline"), doc, &out, &remarks, &err));
    CHECK_TEXT(dtl_buf_str(&out), "# Latest\nOn Friday\n");
    dtl_buf_clear(&out);
    CHECK(dtl_native_check(&info, DTL_STR("has-heading"), doc, &out, &remarks, &err));
    CHECK_INT((int64_t)out.size, 0);
    CHECK(dtl_native_check(&info, DTL_STR("has-heading"), headless, &out, &remarks, &err));
    CHECK_TEXT(dtl_buf_str(&out), "the bulletin has no heading\n");
    CHECK(!dtl_native_render(&info, DTL_STR("html"), doc, &out, &remarks, &err));
    CHECK_INT((int64_t)remarks.size, 0);
    dtl_buf_release(&out);
    dtl_doc_free(doc);
    dtl_doc_free(headless);
    dtl_arena_release(&arena);
}

typedef struct confined_render {
    dtl_plugin_info info;
    dtl_doc *doc;
    dtl_buf got;
} confined_render;

static bool load_first(void *context, dtl_channel *channel, dtl_error *err)
{
    (void)channel;
    return dtl_native_load(&((confined_render *)context)->info, err);
}

static bool render_confined(void *context, dtl_channel *channel, dtl_error *err)
{
    confined_render *c = context;
    dtl_buf out = {0};
    dtl_buf remarks = {0};
    return dtl_native_render(&c->info, DTL_STR("outline"), c->doc, &out, &remarks, err) &&
           dtl_channel_send(channel, DTL_FRAME_USER, dtl_buf_str(&out), err);
}

static bool take_render(void *context, uint32_t type, dtl_str payload, dtl_error *err)
{
    (void)type;
    (void)err;
    dtl_buf_add_str(&((confined_render *)context)->got, payload);
    return true;
}

TEST(a_library_loaded_before_the_process_is_fully_confined_renders_in_it)
{
    dtl_arena arena = {0};
    dtl_error err = {0};
    confined_render c = {.info = shipped("hello", &arena), .doc = make_doc(true)};
    const dtl_worker_options options = {.wall_ms = 5000,
                                        .memory_bytes = (size_t)64 << 20,
                                        .load = load_first,
                                        .load_roots = &c.info.folder.data,
                                        .load_root_count = 1};
    dtl_test_check(dtl_worker_run(render_confined, &c, take_render, &c, &options, &err),
                   err.message, __FILE__, __LINE__);
    CHECK_TEXT(dtl_buf_str(&c.got), "# Latest\nOn Friday\n");
    dtl_buf_release(&c.got);
    dtl_doc_free(c.doc);
    dtl_arena_release(&arena);
}

// ---- functions ----

TEST(a_function_gives_a_value_or_says_why_not)
{
    dtl_arena arena = {0};
    dtl_error err = {0};
    dtl_plugin_info info = bad_plugin("undeclared");
    info.provide_count = 2;
    dtl_plugin_value argument = {.kind = DTL_PLUGIN_VALUE_INTEGER, .integer = 21};
    dtl_plugin_value result;
    dtl_buf remarks = {0};
    CHECK(dtl_native_call(&info, DTL_STR("twice"), &argument, 1, &arena, &result, &remarks, &err));
    CHECK_INT(result.integer, 42);
    CHECK(!dtl_native_call(&info, DTL_STR("twice"), NULL, 0, &arena, &result, &remarks, &err));
    CHECK_STR(err.message, "one whole number, please");
    CHECK_STR(err.expected, "twice(n)");
    CHECK_TEXT(dtl_buf_str(&remarks), "the plugin bad: it was asked of 0 values\n");
    dtl_buf_release(&remarks);
    dtl_arena_release(&arena);
}
