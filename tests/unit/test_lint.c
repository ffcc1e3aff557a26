// tests/unit/test_lint.c - what a bulletin must never say is found, and nothing else.
#include "doc/lint.h"
#include "support/doc.h"
#include "support/test.h"

static dtl_buf found;

static const char *findings(const dtl_doc *doc)
{
    dtl_buf_clear(&found);
    dtl_buf_add_str(&found, DTL_STR(""));
    size_t count = dtl_doc_lint(doc, &found);
    size_t lines = 0;
    for (size_t i = 0; i < found.size; i++)
        lines += found.data[i] == '\n';
    CHECK_INT((int64_t)count, (int64_t)lines);
    return found.data;
}

// What is found in one paragraph.
static const char *lint(const char *text)
{
    dtl_doc *doc = dtl_doc_new();
    test_add_text(dtl_doc_root(doc), DTL_NODE_PARAGRAPH, dtl_str_from(text));
    findings(doc);
    dtl_doc_free(doc);
    return found.data;
}

TEST(good_prose_is_left_alone)
{
    CHECK_STR(lint("People crossed the Channel."), "");
    CHECK_STR(lint("Did they? Yes!"), "");
    CHECK_STR(lint("He said: \xE2\x80\x9CNo.\xE2\x80\x9D"), "");
    CHECK_STR(lint("The A20 and v3.0 of it (see there)."), "");
    CHECK_STR(lint("And so on\xE2\x80\xA6"), "");
    CHECK_STR(lint("Information in Nancy, infinite."), "");
    CHECK_STR(lint("Wait ... what?"), "");
}

TEST(a_bare_figure_is_no_fact)
{
    CHECK_STR(lint("Some 528 people."),
              "paragraph 1: '528' is no fact: compute it, or mark it as literal\n");
    CHECK_STR(lint("Some 28,204."),
              "paragraph 1: '28,204' is no fact: compute it, or mark it as literal\n");
    CHECK_STR(lint("COVID-19."),
              "paragraph 1: '19' is no fact: compute it, or mark it as literal\n");
}

TEST(facts_dates_literals_and_code_may_have_digits)
{
    dtl_doc *doc = dtl_doc_new();
    dtl_node *p = test_add(dtl_doc_root(doc), DTL_NODE_PARAGRAPH, DTL_STR(""));
    test_add_fact(p, "647", 647, "x");
    test_add(p, DTL_NODE_TEXT, DTL_STR(" people on "));
    test_add_date(p, "18 October 2024", "2024-10-18");
    test_add(p, DTL_NODE_TEXT, DTL_STR(", "));
    dtl_node_set_literal(test_add(p, DTL_NODE_TEXT, DTL_STR("24/7")));
    test_add(p, DTL_NODE_CODE, DTL_STR("nil 2.0  x"));
    test_add(p, DTL_NODE_TEXT, DTL_STR("."));
    dtl_node *table = test_add(dtl_doc_root(doc), DTL_NODE_TABLE, DTL_STR("To 2024"));
    dtl_node *row = test_add(table, DTL_NODE_ROW, DTL_STR(""));
    test_add_text(row, DTL_NODE_CELL, DTL_STR("2,024"));
    test_add(row, DTL_NODE_CELL, DTL_STR(""));
    CHECK_STR(findings(doc), "");
    dtl_doc_free(doc);
}

TEST(programs_words_are_found)
{
    CHECK_STR(lint("Up by nil."), "paragraph 1: 'nil' is no word for a reader\n");
    CHECK_STR(lint("Up by nan and -inf."), "paragraph 1: 'nan' is no word for a reader\n"
                                           "paragraph 1: 'inf' is no word for a reader\n");
}

TEST(figures_that_do_not_agree_are_found)
{
    dtl_doc *doc = dtl_doc_new();
    dtl_node *p = test_add(dtl_doc_root(doc), DTL_NODE_PARAGRAPH, DTL_STR(""));
    test_add_fact(p, "1", 1, "x");
    test_add(p, DTL_NODE_TEXT, DTL_STR(" people in "));
    test_add_fact(p, "1", 1, "x");
    test_add(p, DTL_NODE_TEXT, DTL_STR(" boat, "));
    test_add_fact(p, "0", 0, "y");
    test_add(p, DTL_NODE_TEXT, DTL_STR(" per cent higher; "));
    test_add_fact(p, "65.0", 65, "z");
    test_add(p, DTL_NODE_TEXT, DTL_STR(" each, "));
    test_add_fact(p, "21", 21, "z");
    test_add(p, DTL_NODE_TEXT, DTL_STR(" people."));
    CHECK_STR(findings(doc), "paragraph 1: '1 people' is not how one is counted\n"
                             "paragraph 1: '0 per cent higher' says nothing\n"
                             "paragraph 1: '65.0' has decimals that say nothing\n");
    dtl_doc_free(doc);
}

TEST(what_a_lost_clause_leaves_is_found)
{
    CHECK_STR(lint("a  b."), "paragraph 1: there is a double space\n");
    CHECK_STR(lint("a , b."), "paragraph 1: there is a space before a comma\n");
    CHECK_STR(lint("a, ."), "paragraph 1: there is a space before a full stop\n");
    CHECK_STR(lint("a,, b."), "paragraph 1: there is nothing between two commas\n");
    CHECK_STR(lint("a,."), "paragraph 1: there is nothing behind a comma\n");
    CHECK_STR(lint("a () b."), "paragraph 1: there is nothing in brackets\n");
    CHECK_STR(lint(" "), "paragraph 1: there is nothing in it\n");
}

TEST(a_sentence_has_its_full_stop)
{
    CHECK_STR(lint("People crossed the Channel in small boats today"),
              "paragraph 1: 'Channel in small boats today' has no full stop\n");
    CHECK_STR(lint("(a \"b"), "paragraph 1: '(a \"b' has no full stop\n");
    CHECK_STR(lint(")"), "paragraph 1: has no full stop\n");
}

TEST(headings_cells_short_items_and_introductions_need_no_full_stop)
{
    dtl_doc *doc = dtl_doc_new();
    dtl_node *root = dtl_doc_root(doc);
    test_add_text(root, DTL_NODE_HEADING, DTL_STR("The week"));
    test_add_text(root, DTL_NODE_PARAGRAPH, DTL_STR("From:"));
    dtl_node *list = test_add(root, DTL_NODE_LIST, DTL_STR(""));
    dtl_node *item = test_add(list, DTL_NODE_ITEM, DTL_STR(""));
    test_add_text(item, DTL_NODE_PARAGRAPH, DTL_STR("Belgium"));
    CHECK_STR(findings(doc), "");
    item = test_add(list, DTL_NODE_ITEM, DTL_STR(""));
    test_add_text(item, DTL_NODE_PARAGRAPH,
                  DTL_STR("In the week people arrived while others were not"));
    test_add_text(root, DTL_NODE_PARAGRAPH, DTL_STR("Ends with:"));
    CHECK_STR(findings(doc), "paragraph 3: 'arrived while others were not' has no full stop\n"
                             "paragraph 4: 'Ends with:' has no full stop\n");
    dtl_doc_free(doc);
}

TEST(headings_and_cells_are_read_too)
{
    dtl_doc *doc = dtl_doc_new();
    test_add_text(dtl_doc_root(doc), DTL_NODE_HEADING, DTL_STR("Week 42"));
    test_add(dtl_doc_root(doc), DTL_NODE_HEADING, DTL_STR(""));
    dtl_node *table = test_add(dtl_doc_root(doc), DTL_NODE_TABLE, DTL_STR(""));
    test_add_text(test_add(table, DTL_NODE_ROW, DTL_STR("")), DTL_NODE_CELL, DTL_STR("64.0"));
    CHECK_STR(findings(doc), "heading 1: '42' is no fact: compute it, or mark it as literal\n"
                             "heading 2: there is nothing in it\n"
                             "cell 1: '64.0' has decimals that say nothing\n");
    dtl_doc_free(doc);
    dtl_buf_release(&found);
}
