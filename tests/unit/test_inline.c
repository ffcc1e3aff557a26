// tests/unit/test_inline.c - an author's markup becomes nodes; what is put into it never is markup.
#include "doc/inline.h"
#include "support/doc.h"
#include "support/random.h"
#include "support/test.h"

static dtl_buf shown;
static dtl_buf warnings;

// The nodes below [parent] as text: "a {strong b} {link /u c}".
static void show(const dtl_node *parent)
{
    dtl_buf_clear(&shown);
    dtl_buf_add_str(&shown, DTL_STR(""));
    dtl_walk walk = dtl_walk_start(parent);
    while (dtl_walk_next(&walk)) {
        dtl_node_kind kind = dtl_node_get_kind(walk.node);
        if (walk.node == parent)
            continue;
        if (!walk.entering) {
            dtl_buf_add_char(&shown, '}');
            continue;
        }
        bool is_plain = kind == DTL_NODE_TEXT && !dtl_node_is_literal(walk.node);
        bool is_leaf = dtl_node_get_first(walk.node) == NULL && kind != DTL_NODE_STRONG &&
                       kind != DTL_NODE_EMPHASIS && kind != DTL_NODE_LINK;
        if (!is_plain)
            dtl_buf_printf(&shown, "{%s ", dtl_node_kind_name(kind));
        dtl_buf_add_str(&shown, dtl_node_get_text(walk.node));
        if (kind == DTL_NODE_LINK)
            dtl_buf_add_char(&shown, ' ');
        if (is_leaf && !is_plain)
            dtl_buf_add_char(&shown, '}');
    }
}

static dtl_error err;

static const char *parse_with(dtl_str markup, const dtl_slot *slots, size_t count)
{
    err = (dtl_error){0};
    dtl_doc *doc = dtl_doc_new();
    dtl_node *p = test_add(dtl_doc_root(doc), DTL_NODE_PARAGRAPH, DTL_STR(""));
    dtl_buf_clear(&warnings);
    bool ok = dtl_inline_parse(p, markup, slots, count, &warnings, &err);
    show(p);
    dtl_doc_free(doc);
    return ok ? shown.data : err.message;
}

static const char *parse(const char *markup)
{
    return parse_with(dtl_str_from(markup), NULL, 0);
}

TEST(marks_become_nodes)
{
    CHECK_STR(parse("plain"), "plain");
    CHECK_STR(parse("a **b** c"), "a {strong b} c");
    CHECK_STR(parse("*a* _b_ `c`"), "{emphasis a} {emphasis b} {code c}");
    CHECK_STR(parse("**a *b* c**"), "{strong a {emphasis b} c}");
    CHECK_STR(parse("***both***"), "{strong {emphasis both}}");
    CHECK_STR(parse("*a **b***"), "{emphasis a {strong b}}");
    CHECK_STR(parse("**a *b***"), "{strong a {emphasis b}}");
    CHECK_STR(parse("intra**word**bold"), "intra{strong word}bold");
    CHECK_STR(parse("[text](https://x.y/)"), "{link https://x.y/ text}");
    CHECK_STR(parse("[**a** b](/c_(d)_e)"), "{link /c_(d)_e {strong a} b}");
    CHECK_STR(parse("**[a](/b)**"), "{strong {link /b a}}");
    CHECK_STR(parse("one\\\ntwo"), "one{break }two");
}

TEST(a_mark_without_its_partner_is_text)
{
    CHECK_STR(parse("5 * 3 = 15"), "5 * 3 = 15");
    CHECK_STR(parse("a * b * c"), "a * b * c");
    CHECK_STR(parse("*a"), "*a");
    CHECK_STR(parse("**a*"), "**a*");
    CHECK_STR(parse("a** b"), "a** b");
    CHECK_STR(parse("snake_case_word"), "snake_case_word");
    CHECK_STR(parse("`a"), "`a");
    CHECK_STR(parse("``a`"), "``a`");
    CHECK_STR(parse("[a] (b)"), "[a] (b)");
    CHECK_STR(parse("[a](b c)"), "[a](b c)");
    CHECK_STR(parse("[a](b"), "[a](b");
    CHECK_STR(parse("]a["), "]a[");
    CHECK_STR(parse("****a****"), "****a****");
    CHECK_STR(parse("*a **b*"), "{emphasis a **b}");
    CHECK_STR(parse("__a__"), "__a__");
}

TEST(a_backslash_takes_a_mark_its_meaning)
{
    CHECK_STR(parse("\\*a\\*"), "*a*");
    CHECK_STR(parse("\\[a](/b)"), "[a](/b)");
    CHECK_STR(parse("\\\\ \\a"), "\\ \\a");
    CHECK_STR(parse("\\`a\\`"), "`a`");
    CHECK_STR(parse("`\\`"), "{code \\}");
    CHECK_STR(parse("a\\"), "a\\");
}

TEST(nothing_stands_inside_itself)
{
    CHECK_STR(parse("**a **b** c**"), "{strong a b c}");
    CHECK_STR(parse("*a _b_ c*"), "{emphasis a b c}");
    CHECK_STR(parse("[a [b](/c) d](/e)"), "[a {link /c b} d](/e)");
}

TEST(a_template_may_be_written_over_lines)
{
    CHECK_STR(parse("\n  one\n  two  three\n"), "one two  three");
    CHECK_STR(parse(" one "), " one ");
    CHECK_STR(parse("\n \n"), "");
}

static dtl_run text_run(const char *text)
{
    return (dtl_run){.kind = DTL_RUN_TEXT, .text = dtl_str_from(text)};
}

TEST(what_is_put_in_is_never_markup)
{
    dtl_fact fact = {.kind = DTL_FACT_NUMBER, .value = {647, 1}, .expression = DTL_STR("x")};
    dtl_run runs[] = {
        text_run("**a** [b](/c) `d` \\e \x01"
                 "0\x02"),
        {.kind = DTL_RUN_FACT, .text = DTL_STR("647"), .fact = &fact},
        {.kind = DTL_RUN_DATE, .text = DTL_STR("Friday"), .date = 20014},
        {.kind = DTL_RUN_LITERAL, .text = DTL_STR("24/7")},
        {.kind = DTL_RUN_LINK, .text = DTL_STR("here"), .url = DTL_STR("/x")},
        {.kind = DTL_RUN_LINK, .text = DTL_STR("there"), .url = DTL_STR("JavaScript:x")},
    };
    dtl_slot slots[DTL_COUNT(runs)];
    for (size_t i = 0; i < DTL_COUNT(runs); i++)
        slots[i] = (dtl_slot){&runs[i], 1};
    size_t count = DTL_COUNT(slots);
    CHECK_STR(parse_with(DTL_STR("\x01"
                                 "0\x02"),
                         slots, count),
              "**a** [b](/c) `d` \\e [U+0001]0[U+0002]");
    CHECK_STR(parse_with(DTL_STR("**\x01"
                                 "1\x02 people** on \x01"
                                 "2\x02, \x01"
                                 "3\x02"),
                         slots, count),
              "{strong {fact 647} people} on {date Friday}, {text 24/7}");
    CHECK_STR(parse_with(DTL_STR("\x01"
                                 "4\x02 \x01"
                                 "5\x02"),
                         slots, count),
              "{link /x here} there");
    CHECK_STR(warnings.data,
              "link to 'JavaScript:x' left out: only http, https, mailto and relative "
              "ones go out\n");
    CHECK_STR(parse_with(DTL_STR("[a \x01"
                                 "4\x02](/y)"),
                         slots, count),
              "{link /y a here}");
}

TEST(slots_stand_in_code_and_addresses_as_text)
{
    dtl_run runs[] = {text_run("a`b"), text_run("https://x.y/z"), text_run("vbscript:x")};
    dtl_slot slots[] = {{&runs[0], 1}, {&runs[1], 1}, {&runs[2], 1}, {runs, 2}};
    CHECK_STR(parse_with(DTL_STR("`c \x01"
                                 "0\x02`"),
                         slots, 4),
              "{code c a`b}");
    CHECK_STR(parse_with(DTL_STR("[t](\x01"
                                 "1\x02?q)"),
                         slots, 4),
              "{link https://x.y/z?q t}");
    CHECK_STR(parse_with(DTL_STR("[t **b**](\x01"
                                 "2\x02) c"),
                         slots, 4),
              "t {strong b} c");
    CHECK(dtl_str_starts(dtl_buf_str(&warnings), DTL_STR("link to 'vbscript:x' left out")));
    CHECK_STR(parse_with(DTL_STR("\x01"
                                 "3\x02"),
                         slots, 4),
              "a`bhttps://x.y/z");
}

TEST(a_slot_that_is_not_there_is_our_fault)
{
    CHECK_STR(parse_with(DTL_STR("a \x01"
                                 "0\x02"),
                         NULL, 0),
              "a template names slot 0 of 0");
    CHECK_STR(parse_with(DTL_STR("`\x01"
                                 "12\x02`"),
                         NULL, 0),
              "a template names slot 12 of 0");
}

TEST(runs_may_stand_without_a_template)
{
    dtl_run runs[] = {
        text_run("a *b* "), text_run("c"), {.kind = DTL_RUN_LITERAL, .text = DTL_STR("1")}};
    dtl_doc *doc = dtl_doc_new();
    dtl_node *p = test_add(dtl_doc_root(doc), DTL_NODE_PARAGRAPH, DTL_STR(""));
    CHECK(dtl_inline_append(p, runs, DTL_COUNT(runs), NULL, &err));
    show(p);
    CHECK_STR(shown.data, "a *b* c{text 1}");
    dtl_doc_free(doc);
}

TEST(addresses_go_out_by_their_scheme)
{
    static const char *const allowed[] = {
        "http://x", "https://x", "HTTPS://x", "mailto:a@b.c", "/a",   "a",    "a/b:c",
        "?a:b",     "#a:b",      "//x.y",     " http://x",    "../a", "a?b&c"};
    static const char *const refused[] = {"",
                                          " ",
                                          "javascript:alert(1)",
                                          "JaVaScRiPt:x",
                                          "data:text/html,x",
                                          "vbscript:x",
                                          "file:///x",
                                          " javascript:x",
                                          "\tjavascript:x",
                                          "java\tscript:x",
                                          "java\nscript:x",
                                          "\x01javascript:x",
                                          "javascript\t:x",
                                          "javascript&colon;x",
                                          "&#106;avascript:x",
                                          "java\xC2\xADscript:x",
                                          "\xC2\xA0javascript:x",
                                          ("\xEF\xBD\x8A"
                                           "avascript:x"),
                                          "ht\ttp://x",
                                          "x:y",
                                          ":x",
                                          "http\x01:x"};
    for (size_t i = 0; i < DTL_COUNT(allowed); i++)
        dtl_test_check(dtl_url_is_allowed(dtl_str_from(allowed[i])), allowed[i], __FILE__,
                       __LINE__);
    for (size_t i = 0; i < DTL_COUNT(refused); i++)
        dtl_test_check(!dtl_url_is_allowed(dtl_str_from(refused[i])), refused[i], __FILE__,
                       __LINE__);
    CHECK(!dtl_url_is_allowed(DTL_STR("java\0script:x")));
}

TEST(any_template_is_read_to_its_end)
{
    static const char bits[] = "**__``[[]]()()\\\\ \nab";
    dtl_random random = {1};
    for (int round = 0; round < 2000; round++) {
        dtl_buf markup = {0};
        size_t count = dtl_random_below(&random, 60);
        for (size_t i = 0; i < count; i++)
            dtl_buf_add_char(&markup, bits[dtl_random_below(&random, sizeof bits - 1)]);
        CHECK(parse_with(dtl_buf_str(&markup), NULL, 0) == shown.data);
        dtl_buf_release(&markup);
    }
}

TEST(time_is_linear_in_the_template)
{
    static const char *const patterns[] = {"*a ", "**a*",   "[",  "[a](",
                                           "`a ", "``a```", "[*", "]*_`"};
    for (size_t i = 0; i < DTL_COUNT(patterns); i++) {
        dtl_buf markup = {0};
        while (markup.size < 400000)
            dtl_buf_add_str(&markup, dtl_str_from(patterns[i]));
        CHECK(parse_with(dtl_buf_str(&markup), NULL, 0) == shown.data);
        dtl_buf_release(&markup);
    }
    dtl_buf_release(&shown);
    dtl_buf_release(&warnings);
}
