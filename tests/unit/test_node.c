// tests/unit/test_node.c - the tree: its grammar, its limits, its walk.
#include "doc/inline.h"
#include "support/doc.h"
#include "support/test.h"

// A [kind] node where the grammar allows one, below [doc].
static dtl_node *place_for(dtl_doc *doc, dtl_node_kind kind)
{
    dtl_node *root = dtl_doc_root(doc);
    if (kind == DTL_NODE_DOCUMENT)
        return root;
    if (dtl_node_kind_may_hold(DTL_NODE_DOCUMENT, kind))
        return root;
    if (kind == DTL_NODE_ITEM)
        return test_add(root, DTL_NODE_LIST, DTL_STR(""));
    if (kind == DTL_NODE_ROW)
        return test_add(root, DTL_NODE_TABLE, DTL_STR(""));
    if (kind == DTL_NODE_CELL)
        return test_add(test_add(root, DTL_NODE_TABLE, DTL_STR("")), DTL_NODE_ROW, DTL_STR(""));
    return test_add(root, DTL_NODE_PARAGRAPH, DTL_STR(""));
}

static dtl_str text_for(dtl_node_kind kind)
{
    return kind == DTL_NODE_LINK ? DTL_STR("/") : DTL_STR("");
}

static bool append(dtl_node *parent, dtl_node_kind kind, dtl_error *err)
{
    dtl_fact fact = {.kind = DTL_FACT_NUMBER, .value = {1, 1}};
    *err = (dtl_error){0};
    if (kind == DTL_NODE_FACT)
        return dtl_node_append_fact(parent, DTL_STR("1"), &fact, NULL, err);
    if (kind == DTL_NODE_DATE)
        return dtl_node_append_date(parent, DTL_STR("today"), 0, NULL, err);
    return dtl_node_append(parent, kind, text_for(kind), NULL, err);
}

TEST(append_holds_exactly_what_the_grammar_says)
{
    for (dtl_node_kind outer = DTL_NODE_DOCUMENT; outer < DTL_NODE_KINDS; outer++) {
        for (dtl_node_kind inner = DTL_NODE_DOCUMENT; inner < DTL_NODE_KINDS; inner++) {
            dtl_error err;
            dtl_doc *doc = dtl_doc_new();
            dtl_node *parent = place_for(doc, outer);
            if (outer == DTL_NODE_FACT || outer == DTL_NODE_DATE) {
                CHECK(append(parent, outer, &err));
                parent = dtl_node_get_last(parent);
            } else if (outer != DTL_NODE_DOCUMENT) {
                parent = test_add(parent, outer, text_for(outer));
            }
            bool may = dtl_node_kind_may_hold(outer, inner) &&
                       !(outer == inner && dtl_node_kind_is_inline(outer));
            CHECK_INT(append(parent, inner, &err), may);
            CHECK_INT(dtl_node_get_first(parent) != NULL, may);
            dtl_doc_free(doc);
        }
    }
}

TEST(a_refusal_says_what_cannot_hold_what_and_leaves_the_tree)
{
    dtl_error err = {0};
    dtl_doc *doc = dtl_doc_new();
    CHECK(!dtl_node_append(dtl_doc_root(doc), DTL_NODE_ROW, DTL_STR(""), NULL, &err));
    CHECK_INT(err.code, DTL_ESCRIPT);
    CHECK_STR(err.message, "a document cannot hold a row");
    CHECK(dtl_node_get_first(dtl_doc_root(doc)) == NULL);
    dtl_node *item = test_add(test_add(dtl_doc_root(doc), DTL_NODE_LIST, DTL_STR("")),
                              DTL_NODE_ITEM, DTL_STR(""));
    err = (dtl_error){0};
    CHECK(!dtl_node_append(item, DTL_NODE_ASIDE, DTL_STR(""), NULL, &err));
    CHECK_STR(err.message, "an item cannot hold an aside");
    dtl_doc_free(doc);
}

TEST(marks_and_links_never_stand_inside_themselves_at_any_depth)
{
    dtl_error err = {0};
    dtl_doc *doc = dtl_doc_new();
    dtl_node *p = test_add(dtl_doc_root(doc), DTL_NODE_PARAGRAPH, DTL_STR(""));
    dtl_node *link = test_add(p, DTL_NODE_LINK, DTL_STR("/a"));
    dtl_node *strong = test_add(link, DTL_NODE_STRONG, DTL_STR(""));
    CHECK(!dtl_node_append(strong, DTL_NODE_LINK, DTL_STR("/b"), NULL, &err));
    CHECK_STR(err.message, "a link cannot stand inside another");
    dtl_node *emphasis = test_add(strong, DTL_NODE_EMPHASIS, DTL_STR(""));
    CHECK(!dtl_node_append(emphasis, DTL_NODE_STRONG, DTL_STR(""), NULL, &err));
    dtl_doc_free(doc);
}

TEST(a_link_goes_nowhere_it_may_not)
{
    dtl_error err = {0};
    dtl_doc *doc = dtl_doc_new();
    dtl_node *p = test_add(dtl_doc_root(doc), DTL_NODE_PARAGRAPH, DTL_STR(""));
    CHECK(!dtl_node_append(p, DTL_NODE_LINK, DTL_STR("javascript:alert(1)"), NULL, &err));
    CHECK_INT(err.code, DTL_ESCRIPT);
    CHECK_STR(err.message, "a link cannot go to 'javascript:alert(1)'");
    CHECK(dtl_node_get_first(p) == NULL);
    dtl_doc_free(doc);
}

TEST(a_tree_one_too_deep_is_refused)
{
    dtl_error err = {0};
    dtl_doc *doc = dtl_doc_new();
    dtl_node *node = dtl_doc_root(doc);
    size_t depth = 1;
    while (
        dtl_node_append(node, depth % 2 ? DTL_NODE_LIST : DTL_NODE_ITEM, DTL_STR(""), &node, &err))
        depth++;
    CHECK_INT((int64_t)depth, DTL_DOC_MAX_DEPTH);
    CHECK_INT(err.code, DTL_ELIMIT);
    CHECK_STR(err.message, "a document is at most 32 nodes deep");
    dtl_doc_free(doc);
}

TEST(a_row_one_too_wide_is_refused)
{
    dtl_error err = {0};
    dtl_doc *doc = dtl_doc_new();
    dtl_node *row = place_for(doc, DTL_NODE_CELL);
    for (int i = 0; i < DTL_DOC_MAX_COLUMNS; i++)
        test_add(row, DTL_NODE_CELL, DTL_STR(""));
    CHECK(!dtl_node_append(row, DTL_NODE_CELL, DTL_STR(""), NULL, &err));
    CHECK_INT(err.code, DTL_ELIMIT);
    CHECK_STR(err.message, "a table has at most 256 columns");
    CHECK_INT((int64_t)dtl_node_get_text(row).size, 0);
    dtl_doc_free(doc);
}

TEST(a_node_too_many_is_refused)
{
    dtl_error err = {0};
    dtl_doc *doc = dtl_doc_new();
    int64_t count = 1;
    while (dtl_node_append(dtl_doc_root(doc), DTL_NODE_RULE, DTL_STR(""), NULL, &err))
        count++;
    CHECK_INT(count, DTL_DOC_MAX_NODES);
    CHECK_STR(err.message, "a document has at most 2000000 nodes");
    dtl_doc_free(doc);
}

TEST(a_byte_too_many_is_refused)
{
    dtl_error err = {0};
    dtl_doc *doc = dtl_doc_new();
    dtl_buf text = {0};
    dtl_buf_reserve(&text, DTL_DOC_MAX_BYTES + 1);
    memset(text.data, 'a', DTL_DOC_MAX_BYTES + 1);
    dtl_str all = {text.data, DTL_DOC_MAX_BYTES};
    dtl_node *p = test_add(dtl_doc_root(doc), DTL_NODE_PARAGRAPH, DTL_STR(""));
    CHECK(!dtl_node_append(p, DTL_NODE_TEXT, (dtl_str){text.data, DTL_DOC_MAX_BYTES + 1}, NULL,
                           &err));
    CHECK_INT(err.code, DTL_ELIMIT);
    CHECK(dtl_node_append(p, DTL_NODE_TEXT, all, NULL, &err));
    err = (dtl_error){0};
    CHECK(!dtl_node_append(p, DTL_NODE_TEXT, DTL_STR("a"), NULL, &err));
    CHECK_STR(err.message, "a document holds at most 33554432 bytes of text");
    CHECK(dtl_node_get_first(p) == dtl_node_get_last(p));
    dtl_buf_release(&text);
    dtl_doc_free(doc);
}

TEST(a_fact_too_many_is_refused)
{
    dtl_error err = {0};
    dtl_doc *doc = dtl_doc_new();
    dtl_node *p = test_add(dtl_doc_root(doc), DTL_NODE_PARAGRAPH, DTL_STR(""));
    dtl_fact fact = {.kind = DTL_FACT_NUMBER, .expression = DTL_STR("x")};
    int64_t count = 0;
    for (bool ok = true; ok; count += ok) {
        fact.value = dtl_rational_from(count);
        ok = dtl_node_append_fact(p, DTL_STR("1"), &fact, NULL, &err);
    }
    CHECK_INT(count, DTL_DOC_MAX_FACTS);
    CHECK_STR(err.message, "a document shows at most 100000 different facts");
    fact.value = dtl_rational_from(7);
    err = (dtl_error){0};
    CHECK(dtl_node_append_fact(p, DTL_STR("seven"), &fact, NULL, &err));  // known already
    dtl_doc_free(doc);
}

TEST(the_ledger_has_each_fact_once_in_order_of_appearance)
{
    const dtl_ledger_entry *ledger;
    dtl_doc *doc = dtl_doc_new();
    dtl_node *p = test_add(dtl_doc_root(doc), DTL_NODE_PARAGRAPH, DTL_STR(""));
    dtl_node *a = test_add_fact(p, "647", 647, "people.on(2024-10-18)");
    dtl_node *b = test_add_fact(p, "10", 10, "boats.on(2024-10-18)");
    dtl_node *again = test_add_fact(p, "more than 600", 647, "people.on(2024-10-18)");
    dtl_node *other_value = test_add_fact(p, "648", 648, "people.on(2024-10-18)");
    CHECK_INT((int64_t)dtl_doc_ledger(doc, &ledger), 3);
    CHECK_TEXT(ledger[0].id, "f1");
    CHECK_TEXT(ledger[2].id, "f3");
    CHECK_INT(ledger[1].fact->value.num, 10);
    CHECK_TEXT(ledger[0].fact->expression, "people.on(2024-10-18)");
    CHECK_INT(ledger[0].fact->releases[0], 7);
    CHECK(dtl_node_get_fact(a) == &ledger[0]);
    CHECK(dtl_node_get_fact(b) == &ledger[1]);
    CHECK(dtl_node_get_fact(again) == &ledger[0]);
    CHECK(dtl_node_get_fact(other_value) == &ledger[2]);
    CHECK(dtl_node_get_fact(p) == NULL);
    dtl_doc_free(doc);
}

TEST(text_is_cleaned_on_its_way_in)
{
    dtl_doc *doc = dtl_doc_new();
    dtl_node *p = test_add(dtl_doc_root(doc), DTL_NODE_PARAGRAPH, DTL_STR(""));
    dtl_node *text = test_add(p, DTL_NODE_TEXT,
                              DTL_STR("a\0b\xFF \x1b[1m\r\nc\td\xE2\x80\xAE"
                                      "e"));
    CHECK_TEXT(dtl_node_get_text(text), "a\xEF\xBF\xBD"
                                        "b\xEF\xBF\xBD [U+001B][1m c d[U+202E]e");
    dtl_doc_set_meta(doc, &(dtl_doc_meta){.title = DTL_STR("a\nb"), .date = DTL_DATE_NONE});
    CHECK_TEXT(dtl_doc_get_meta(doc)->title, "a b");
    CHECK_TEXT(dtl_doc_get_meta(doc)->lang, "en-GB");
    dtl_doc_free(doc);
}

TEST(a_source_is_kept_once_a_release)
{
    const dtl_doc_source *sources;
    dtl_doc *doc = dtl_doc_new();
    dtl_doc_add_source(doc, &(dtl_doc_source){.release = 7, .title = DTL_STR("first")});
    dtl_doc_add_source(doc, &(dtl_doc_source){.release = 8, .title = DTL_STR("second")});
    dtl_doc_add_source(doc, &(dtl_doc_source){.release = 7, .title = DTL_STR("third")});
    CHECK_INT((int64_t)dtl_doc_sources(doc, &sources), 2);
    CHECK_TEXT(sources[0].title, "first");
    dtl_doc_free(doc);
}

TEST(the_walk_enters_all_and_leaves_what_may_hold_others)
{
    dtl_buf seen = {0};
    dtl_doc *doc = dtl_doc_new();
    dtl_node *p = test_add(dtl_doc_root(doc), DTL_NODE_PARAGRAPH, DTL_STR(""));
    test_add_text(p, DTL_NODE_STRONG, DTL_STR("a"));
    test_add(p, DTL_NODE_EMPHASIS, DTL_STR(""));
    test_add(dtl_doc_root(doc), DTL_NODE_RULE, DTL_STR(""));
    dtl_walk walk = dtl_walk_start(dtl_doc_root(doc));
    while (dtl_walk_next(&walk))
        dtl_buf_printf(&seen, "%s%s%zu ", walk.entering ? "+" : "-",
                       dtl_node_kind_name(dtl_node_get_kind(walk.node)), walk.depth);
    CHECK_STR(seen.data, "+document0 +paragraph1 +strong2 +text3 -strong2 +emphasis2 -emphasis2 "
                         "-paragraph1 +rule1 -document0 ");
    CHECK(!dtl_walk_next(&walk));
    dtl_buf_release(&seen);
    dtl_doc_free(doc);
}

TEST(a_walk_stays_below_its_root)
{
    dtl_doc *doc = dtl_doc_new();
    dtl_node *p = test_add_text(dtl_doc_root(doc), DTL_NODE_PARAGRAPH, DTL_STR("a"));
    test_add_text(dtl_doc_root(doc), DTL_NODE_PARAGRAPH, DTL_STR("b"));
    size_t steps = 0;
    dtl_walk walk = dtl_walk_start(p);
    while (dtl_walk_next(&walk))
        steps++;
    CHECK_INT((int64_t)steps, 3);
    dtl_doc_free(doc);
}

TEST(text_is_what_a_reader_sees)
{
    dtl_buf text = {0};
    dtl_doc *doc = test_bulletin();
    const dtl_node *heading = dtl_node_get_first(dtl_doc_root(doc));
    dtl_node_add_text(&text, dtl_node_get_next(heading));
    CHECK_STR(text.data, "More than 600 people crossed the Channel in small boats on Friday.");
    dtl_buf_clear(&text);
    dtl_node_add_text(&text, dtl_doc_root(doc));
    CHECK(strstr(text.data, "LATEST DEVELOPMENTS\nMore than 600"));
    CHECK(strstr(text.data,
                 "\nThe year to 18 October\nYear\tPeople\tBoats\tPeople per boat\n2022\t"));
    CHECK(
        strstr(text.data, "attempts, not people.\nSee prevented.\nSource: Home Office, Migrants"));
    dtl_buf_release(&text);
    dtl_doc_free(doc);
}

TEST(every_kind_has_a_name_of_its_own)
{
    for (dtl_node_kind a = DTL_NODE_DOCUMENT; a < DTL_NODE_KINDS; a++) {
        CHECK(dtl_node_kind_name(a) != NULL);
        for (dtl_node_kind b = DTL_NODE_DOCUMENT; b < a; b++)
            CHECK(strcmp(dtl_node_kind_name(a), dtl_node_kind_name(b)) != 0);
    }
}
