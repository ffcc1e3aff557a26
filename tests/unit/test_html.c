// tests/unit/test_html.c - the page is well formed, accessible, and safe.
#include "render/html_page.h"
#include "render/render.h"
#include "support/doc.h"
#include "support/html.h"
#include "support/test.h"

static dtl_buf out;

static const char *render(dtl_doc *doc, bool fragment)
{
    dtl_error err = {0};
    dtl_render_options options = {.fragment = fragment};
    dtl_buf_clear(&out);
    CHECK(dtl_renderer_html.render(doc, &options, &out, &err));
    CHECK(test_html_is_ours(dtl_buf_str(&out)));
    dtl_doc_free(doc);
    return out.data;
}

static size_t count(const char *text, const char *part)
{
    size_t found = 0;
    for (; (text = strstr(text, part)); text++)
        found++;
    return found;
}

TEST(the_bulletin_is_a_whole_page)
{
    const char *html = render(test_bulletin(), false);
    CHECK(
        dtl_str_starts(dtl_buf_str(&out), DTL_STR("<!doctype html>\n<html lang=\"en-GB\">\n<head>\n"
                                                  "<meta charset=\"utf-8\">\n")));
    CHECK(strstr(html, "<title>Latest developments, 18 October 2024</title>"));
    CHECK(strstr(html, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"));
    CHECK(strstr(
        html,
        "<meta name=\"description\" content=\"647 people crossed the Channel in 10 boats.\">"));
    CHECK(strstr(html, "content=\"default-src 'none'; style-src 'unsafe-inline';"));
    CHECK_INT((int64_t)count(html, "<h1>"), 1);
    CHECK_INT((int64_t)count(html, "<main>"), 1);
    CHECK_INT((int64_t)count(html, "<article>"), 1);
    CHECK(strstr(html,
                 "<header>\n<p class=\"dateline\"><time datetime=\"2024-10-18\">Friday 18 October "
                 "2024</time></p>\n<h1>LATEST DEVELOPMENTS</h1>\n</header>\n<p>More than "));
    CHECK(strstr(html, "<script type=\"application/json\" id=\"ledger\">\n{\"title\":"));
    CHECK(strstr(html, "<footer>\n<p>Source: Home Office, <a href=\"https://www.gov.uk/"));
    CHECK_INT((int64_t)count(html, "<footer>"), 1);
}

TEST(figures_and_dates_carry_their_values)
{
    const char *html = render(test_bulletin(), false);
    CHECK(strstr(html, "<data value=\"28204\" data-fact=\"f3\">28,204</data>"));
    CHECK(strstr(html, "<data value=\"28204\" data-fact=\"f3\">28,000</data>"));
    CHECK(strstr(html, "<time datetime=\"2024-10-18\">Friday</time>"));
    CHECK(strstr(html, "\"id\":\"f3\",\"kind\":\"fact\",\"value\":28204,\"exact\":\"28204\""));
    CHECK(strstr(html, "\"shown\":[\"28,000\",\"28,204\"],\"releases\":[7]"));
}

TEST(a_fact_that_is_a_date_is_a_time)
{
    dtl_error err = {0};
    dtl_doc *doc = dtl_doc_new();
    dtl_node *p = test_add(dtl_doc_root(doc), DTL_NODE_PARAGRAPH, DTL_STR(""));
    dtl_fact fact = {.kind = DTL_FACT_DATE, .date_value = 20014, .expression = DTL_STR("x")};
    CHECK(dtl_node_append_fact(p, DTL_STR("18 October"), &fact, NULL, &err));
    CHECK_STR(render(doc, true),
              "<p><time datetime=\"2024-10-18\" data-fact=\"f1\">18 October</time></p>\n");
}

TEST(a_table_says_what_its_cells_are)
{
    const char *html = render(test_bulletin(), true);
    CHECK(strstr(html,
                 "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"The year to 18 "
                 "October\">\n<table>\n<caption>The year to 18 October</caption>\n<thead>\n<tr>"
                 "<th scope=\"col\">Year</th><th scope=\"col\" class=\"end\">People</th>"));
    CHECK(strstr(
        html, "</thead>\n<tbody>\n<tr><th scope=\"row\">2022</th><td class=\"end\">37,603</td>"));
    CHECK(strstr(html, "</tbody>\n</table>\n</div>\n"));
}

TEST(tables_of_any_shape_are_well_formed)
{
    dtl_doc *doc = dtl_doc_new();
    dtl_node *root = dtl_doc_root(doc);
    test_add(root, DTL_NODE_TABLE, DTL_STR(""));
    dtl_node *table = test_add(root, DTL_NODE_TABLE, DTL_STR("\"a\" <b>"));
    for (int i = 0; i < 4; i++) {
        dtl_node *row = test_add(table, DTL_NODE_ROW, DTL_STR(""));
        dtl_node_set_header(row, i % 2 == 1);
        if (i > 0)
            test_add_text(row, DTL_NODE_CELL, DTL_STR("x"));
        test_add(row, DTL_NODE_CELL, DTL_STR(""));
    }
    const char *html = render(doc, true);
    CHECK_INT((int64_t)count(html, "<tbody>"), 1);
    CHECK_INT((int64_t)count(html, "<thead>"), 0);
    CHECK(strstr(html, "aria-label=\"Table\">\n<table>\n</table>\n</div>\n"));
    CHECK(strstr(
        html,
        "aria-label=\"&quot;a&quot; &lt;b&gt;\">\n<table>\n<caption>\"a\" &lt;b&gt;</caption>"));
    CHECK(strstr(html, "<tr><th scope=\"col\">x</th><td></td></tr>"));
}

TEST(there_is_exactly_one_h1_whatever_the_text_has)
{
    for (int headings = 0; headings < 3; headings++) {
        dtl_doc *doc = dtl_doc_new();
        dtl_doc_set_meta(doc, &(dtl_doc_meta){.title = DTL_STR("A & B"), .date = DTL_DATE_NONE});
        test_add_text(dtl_doc_root(doc), DTL_NODE_PARAGRAPH, DTL_STR("x"));
        for (int i = 0; i < headings; i++)
            test_add_text(dtl_doc_root(doc), DTL_NODE_HEADING, DTL_STR("C"));
        const char *html = render(doc, false);
        CHECK_INT((int64_t)count(html, "<h1>"), 1);
        CHECK_INT((int64_t)count(html, "<h1>A &amp; B</h1>\n</header>"), headings == 0);
        CHECK_INT((int64_t)count(html, "<h2>C</h2>"), headings == 2);
        CHECK_INT((int64_t)count(html, "<header>"), 1);
        CHECK(strstr(html, "<title>A &amp; B</title>"));
    }
}

TEST(a_fragment_is_the_articles_content_alone)
{
    const char *html = render(test_bulletin(), true);
    CHECK(dtl_str_starts(dtl_buf_str(&out),
                         DTL_STR("<h1>LATEST DEVELOPMENTS</h1>\n<p>More than <data ")));
    CHECK(dtl_str_ends(dtl_buf_str(&out), DTL_STR("</footer>\n")));
    CHECK(!strstr(html, "<style"));
    CHECK(!strstr(html, "<script"));
    CHECK(!strstr(html, "<article"));
}

TEST(sources_stand_in_a_footer_when_the_text_has_none)
{
    dtl_doc *doc = dtl_doc_new();
    dtl_doc_add_source(doc, &(dtl_doc_source){.release = 1,
                                              .title = DTL_STR("T <b>"),
                                              .homepage = DTL_STR("javascript:x"),
                                              .published = DTL_DATE_NONE,
                                              .retrieved = DTL_DATE_NONE});
    CHECK_STR(render(doc, true), "<footer>\n<h2>Source</h2>\n<p>T &lt;b&gt;.</p>\n</footer>\n");
}

TEST(hostile_text_stays_text_in_every_place)
{
    static const dtl_str hostile = {"\"'><script>alert(1)</script><!--&lt;\0\x1b]]>", 41};
    dtl_doc *doc = dtl_doc_new();
    dtl_node *root = dtl_doc_root(doc);
    dtl_doc_set_meta(doc, &(dtl_doc_meta){hostile, hostile, hostile, hostile, 20014, hostile});
    dtl_doc_add_source(doc, &(dtl_doc_source){1, hostile, hostile, hostile, hostile, hostile,
                                              hostile, hostile, hostile, 20014, 20014, true});
    test_add_text(root, DTL_NODE_HEADING, hostile);
    dtl_node *p = test_add_text(root, DTL_NODE_PARAGRAPH, hostile);
    test_add(p, DTL_NODE_CODE, hostile);
    test_add_text(test_add(p, DTL_NODE_LINK, DTL_STR("/\"'><script>")), DTL_NODE_STRONG, hostile);
    test_add_fact(p, "</data><script>", 1, "</script><script>");
    dtl_node *table = test_add(root, DTL_NODE_TABLE, hostile);
    test_add_text(test_add(table, DTL_NODE_ROW, DTL_STR("")), DTL_NODE_CELL, hostile);
    const char *html = render(doc, false);
    CHECK_INT((int64_t)count(html, "<script"), 1);  // the ledger
    CHECK_INT((int64_t)count(html, "</script"), 1);
    CHECK_INT((int64_t)count(html, "<!--"), 0);
    CHECK(strstr(html, "<a href=\"/%22&#39;%3E%3Cscript%3E\">"));
    CHECK_INT((int64_t)strlen(html), (int64_t)out.size);  // no NUL
}

TEST(the_style_cannot_end_its_element)
{
    CHECK(dtl_str_find(dtl_html_style, DTL_STR("<")) == SIZE_MAX);
    CHECK(dtl_str_find(dtl_html_style, DTL_STR("url(")) == SIZE_MAX);
    CHECK(dtl_str_find(dtl_html_style, DTL_STR("@import")) == SIZE_MAX);
    dtl_buf_release(&out);
}
