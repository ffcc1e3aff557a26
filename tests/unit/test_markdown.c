// tests/unit/test_markdown.c - Markdown that a person would have written. That it reads back exactly
// is test_roundtrip.c's.
#include "render/render.h"
#include "support/doc.h"
#include "support/test.h"

static dtl_buf out;

// Renders and frees.
static const char *render(dtl_doc *doc, bool fragment)
{
    dtl_error err = {0};
    dtl_render_options options = {.fragment = fragment};
    dtl_buf_clear(&out);
    dtl_buf_add_str(&out, DTL_STR(""));
    CHECK(dtl_renderer_markdown.render(doc, &options, &out, &err));
    dtl_doc_free(doc);
    return out.data;
}

static const char *paragraph(const char *text)
{
    dtl_doc *doc = dtl_doc_new();
    test_add_text(dtl_doc_root(doc), DTL_NODE_PARAGRAPH, dtl_str_from(text));
    render(doc, true);
    if (out.size > 0)
        out.data[out.size - 1] = '\0';
    return out.data;
}

TEST(the_bulletin_is_readable_as_it_stands)
{
    CHECK_STR(
        render(test_bulletin(), false),
        "# LATEST DEVELOPMENTS\n"
        "\n"
        "More than 600 people crossed the Channel in small boats on Friday.\n"
        "\n"
        "647 people made the crossing in 10 boats, pushing the total for the year above 28,000.\n"
        "\n"
        "28,204 people have arrived so far this year, **almost eight per cent higher** than at "
        "the same point last year (26,116) but 25 per cent down on the same point of the peak "
        "year, 2022 (37,603).\n"
        "\n"
        "**The year to 18 October**\n"
        "\n"
        "| Year | People | Boats | People per boat |\n"
        "| --- | ---: | ---: | ---: |\n"
        "| 2022 | 37,603 | 895 | 42.0 |\n"
        "| 2023 | 26,116 | 533 | 49.0 |\n"
        "| 2024 | 28,204 | 542 | 52.0 |\n"
        "\n"
        "## The week\n"
        "\n"
        "- In the week to October 13, 613 people arrived while 528 were prevented.\n"
        "- The _45th_ death reported by French coastguards this year; one boat from Belgium.\n"
        "\n"
        "> French estimates of prevention count attempts, not people.\\\n"
        "> See `prevented`.\n"
        "\n"
        "* * *\n"
        "\n"
        "> Source: Home Office, [Migrants detected crossing the English Channel in small boats]"
        "(https://www.gov.uk/government/publications/migrants-detected-crossing-the-english-"
        "channel-in-small-boats), published on 21 August 2026. The figures are provisional. "
        "Contains public sector information licensed under the Open Government Licence v3.0.\n");
}

TEST(prose_is_not_escaped_where_it_means_nothing)
{
    CHECK_STR(paragraph("It's 5.2% (8-10), e.g. \"A & B\"; so: why? #1 / $3 = {x} + 2 > 1!"),
              "It's 5.2% (8-10), e.g. \"A & B\"; so: why? #1 / $3 = {x} + 2 > 1!");
    CHECK_STR(paragraph("small_boats_daily"), "small_boats_daily");
    CHECK_STR(paragraph("2024 was a year. 28,204 came."), "2024 was a year. 28,204 came.");
    CHECK_STR(paragraph("3.5 per cent"), "3.5 per cent");
    CHECK_STR(paragraph("-5 degrees"), "-5 degrees");
    CHECK_STR(paragraph("a - b"), "a - b");
    CHECK_STR(paragraph("AT&T, R&D, &co"), "AT&T, R&D, \\&co");
}

TEST(what_would_mean_something_is_escaped)
{
    CHECK_STR(paragraph("1. one"), "1\\. one");
    CHECK_STR(paragraph("- one"), "\\- one");
    CHECK_STR(paragraph("# one"), "\\# one");
    CHECK_STR(paragraph("> one"), "\\> one");
    CHECK_STR(paragraph("*a* _b_ `c` [d](e) <f>"), "\\*a\\* \\_b\\_ \\`c\\` \\[d\\](e) \\<f>");
    CHECK_STR(paragraph("www.x.y http://x a@b.c @d"), "www\\.x.y http\\://x a\\@b.c @d");
    CHECK_STR(paragraph("a :smile: :+1: 12:30:45 x: y"), "a \\:smile: \\:+1: 12:30:45 x: y");
    CHECK_STR(paragraph("    code"), "code");
}

static const char *inlines(void (*build)(dtl_node *))
{
    dtl_doc *doc = dtl_doc_new();
    build(test_add(dtl_doc_root(doc), DTL_NODE_PARAGRAPH, DTL_STR("")));
    render(doc, true);
    out.data[out.size - 1] = '\0';
    return out.data;
}

static void neighbours(dtl_node *p)
{
    test_add_text(p, DTL_NODE_STRONG, DTL_STR("a "));
    test_add_text(p, DTL_NODE_STRONG, DTL_STR("b"));
    test_add_text(p, DTL_NODE_EMPHASIS, DTL_STR(" c "));
    test_add(p, DTL_NODE_CODE, DTL_STR("d"));
    test_add(p, DTL_NODE_CODE, DTL_STR("e"));
}

static void tight_marks(dtl_node *p)
{
    test_add(p, DTL_NODE_TEXT, DTL_STR("a"));
    test_add_text(p, DTL_NODE_STRONG, DTL_STR("b"));
    test_add(p, DTL_NODE_TEXT, DTL_STR("c"));
    test_add_text(p, DTL_NODE_STRONG, DTL_STR("(d)"));
    test_add_text(p, DTL_NODE_EMPHASIS, DTL_STR("e"));
    test_add(p, DTL_NODE_TEXT, DTL_STR("f"));
}

static void codes(dtl_node *p)
{
    test_add(p, DTL_NODE_CODE, DTL_STR("a`b"));
    test_add(p, DTL_NODE_TEXT, DTL_STR(" "));
    test_add(p, DTL_NODE_CODE, DTL_STR("`c``"));
    test_add(p, DTL_NODE_TEXT, DTL_STR(" "));
    test_add(p, DTL_NODE_CODE, DTL_STR(" d "));
}

static void add_link(dtl_node *p)
{
    test_add(p, DTL_NODE_TEXT, DTL_STR("Look!"));
    dtl_node *link = test_add(p, DTL_NODE_LINK, DTL_STR("/a b_(c)?d&e\"<"));
    test_add(link, DTL_NODE_TEXT, DTL_STR("here]"));
}

TEST(marks_share_and_stand_close_to_words)
{
    CHECK_STR(inlines(neighbours), "**a b** _c_ `de`");
    CHECK_STR(inlines(tight_marks), "a**b**&#99;**(d)**_e_&#102;");
    CHECK_STR(inlines(codes), "``a`b`` ``` `c`` ``` `  d  `");
    CHECK_STR(inlines(add_link), "Look\\![here\\]](/a%20b_\\(c\\)?d\\&e%22%3C)");
}

TEST(lists_are_tight_where_they_can_be)
{
    dtl_doc *doc = dtl_doc_new();
    dtl_node *root = dtl_doc_root(doc);
    dtl_node *outer = test_add(root, DTL_NODE_LIST, DTL_STR(""));
    dtl_node *item = test_add(outer, DTL_NODE_ITEM, DTL_STR(""));
    test_add_text(item, DTL_NODE_PARAGRAPH, DTL_STR("a"));
    dtl_node *inner = test_add(item, DTL_NODE_LIST, DTL_STR(""));
    dtl_node_set_ordered(inner, true);
    test_add_text(test_add(inner, DTL_NODE_ITEM, DTL_STR("")), DTL_NODE_PARAGRAPH, DTL_STR("b"));
    test_add_text(test_add(inner, DTL_NODE_ITEM, DTL_STR("")), DTL_NODE_PARAGRAPH, DTL_STR("c"));
    test_add(outer, DTL_NODE_ITEM, DTL_STR(""));
    dtl_node *loose = test_add(root, DTL_NODE_LIST, DTL_STR(""));
    item = test_add(loose, DTL_NODE_ITEM, DTL_STR(""));
    test_add_text(item, DTL_NODE_PARAGRAPH, DTL_STR("d"));
    test_add_text(item, DTL_NODE_PARAGRAPH, DTL_STR("e"));
    CHECK_STR(render(doc, true), "- a\n  1. b\n  2. c\n-\n\n+ d\n\n  e\n");
}

TEST(a_table_always_has_a_header_and_full_rows)
{
    dtl_doc *doc = dtl_doc_new();
    dtl_node *table = test_add(dtl_doc_root(doc), DTL_NODE_TABLE, DTL_STR(""));
    dtl_node *row = test_add(table, DTL_NODE_ROW, DTL_STR(""));
    test_add_text(row, DTL_NODE_CELL, DTL_STR("a|b"));
    row = test_add(table, DTL_NODE_ROW, DTL_STR(""));
    test_add(test_add(row, DTL_NODE_CELL, DTL_STR("")), DTL_NODE_CODE, DTL_STR("c|d"));
    test_add_text(row, DTL_NODE_CELL, DTL_STR("e\nf"));
    CHECK_STR(render(doc, true), "|  |  |\n| --- | --- |\n| a\\|b |\n| `c\\|d` | e f |\n");
}

TEST(the_title_and_the_sources_are_added_where_the_text_has_none)
{
    for (int fragment = 0; fragment < 2; fragment++) {
        dtl_doc *doc = dtl_doc_new();
        dtl_doc_set_meta(doc, &(dtl_doc_meta){.title = DTL_STR("*A*"), .date = DTL_DATE_NONE});
        test_add_text(dtl_doc_root(doc), DTL_NODE_PARAGRAPH, DTL_STR("b"));
        dtl_doc_add_source(doc, &(dtl_doc_source){.release = 1,
                                                  .title = DTL_STR("T"),
                                                  .publisher = DTL_STR("P"),
                                                  .homepage = DTL_STR("https://x.y/"),
                                                  .published = 20014});
        const char *text = render(doc, fragment);
        CHECK_STR(text + (fragment ? 0 : strlen("# \\*A\\*\n\n")),
                  "b\n\n> ## Source\n>\n> P, [T](https://x.y/), published 18 October 2024.\n");
    }
}

TEST(empty_blocks_leave_nothing)
{
    dtl_doc *doc = dtl_doc_new();
    test_add(dtl_doc_root(doc), DTL_NODE_PARAGRAPH, DTL_STR(""));
    test_add_text(dtl_doc_root(doc), DTL_NODE_PARAGRAPH, DTL_STR("a"));
    test_add_text(dtl_doc_root(doc), DTL_NODE_PARAGRAPH, DTL_STR("  "));
    test_add(dtl_doc_root(doc), DTL_NODE_HEADING, DTL_STR(""));
    test_add_text(dtl_doc_root(doc), DTL_NODE_PARAGRAPH, DTL_STR("b"));
    CHECK_STR(render(doc, true), "a\n\nb\n");
    CHECK_STR(render(dtl_doc_new(), true), "");
    dtl_buf_release(&out);
}
