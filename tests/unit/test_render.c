// tests/unit/test_render.c - what is true of every renderer.
#include "render/render.h"

#include "render/outline.h"
#include "render/rules.h"
#include "support/doc.h"
#include "support/test.h"

static const dtl_render_rules *const tables[] = {
    &dtl_rules_markdown,
    &dtl_rules_html,
    &dtl_rules_text,
    &dtl_rules_json,
};

static const dtl_render_options page = {0};

TEST(every_renderer_knows_every_kind)
{
    CHECK_INT((int64_t)DTL_COUNT(tables), (int64_t)dtl_renderer_count());
    for (size_t i = 0; i < DTL_COUNT(tables); i++) {
        CHECK(dtl_renderer_named(dtl_str_from(tables[i]->name)) != NULL);
        for (dtl_node_kind kind = DTL_NODE_DOCUMENT; kind < DTL_NODE_KINDS; kind++)
            dtl_test_check(tables[i]->on[kind].enter != NULL, dtl_node_kind_name(kind),
                           tables[i]->name, (int)kind);
    }
}

TEST(a_renderer_is_found_by_name_or_by_file)
{
    CHECK(dtl_renderer_named(DTL_STR("html")) == &dtl_renderer_html);
    CHECK(dtl_renderer_named(DTL_STR("HTML")) == NULL);
    CHECK(dtl_renderer_named(DTL_STR("")) == NULL);
    CHECK(dtl_renderer_for_file(DTL_STR("out/today.html")) == &dtl_renderer_html);
    CHECK(dtl_renderer_for_file(DTL_STR("TODAY.HTM")) == &dtl_renderer_html);
    CHECK(dtl_renderer_for_file(DTL_STR("a.md")) == &dtl_renderer_markdown);
    CHECK(dtl_renderer_for_file(DTL_STR("a.b.txt")) == &dtl_renderer_text);
    CHECK(dtl_renderer_for_file(DTL_STR("a.json")) == &dtl_renderer_json);
    CHECK(dtl_renderer_for_file(DTL_STR("html")) == NULL);
    CHECK(dtl_renderer_for_file(DTL_STR("a.html/b")) == NULL);
    CHECK(dtl_renderer_for_file(DTL_STR(".html")) == NULL);
    CHECK(dtl_renderer_for_file(DTL_STR("out/.html")) == NULL);
    CHECK(dtl_renderer_for_file(DTL_STR("a.")) == NULL);
    CHECK(dtl_renderer_for_file(DTL_STR("")) == NULL);
    CHECK(dtl_renderer_at(dtl_renderer_count()) == NULL);
}

TEST(the_same_tree_gives_the_same_bytes_and_only_adds_them)
{
    for (size_t i = 0; i < dtl_renderer_count(); i++) {
        dtl_error err = {0};
        dtl_buf first = {0};
        dtl_buf second = {0};
        dtl_doc *a = test_bulletin();
        dtl_doc *b = test_bulletin();
        CHECK(dtl_renderer_at(i)->render(a, &page, &first, &err));
        dtl_buf_add_str(&second, DTL_STR("before "));
        CHECK(dtl_renderer_at(i)->render(b, &page, &second, &err));
        CHECK(dtl_str_equal(dtl_buf_str(&first),
                            dtl_str_slice(dtl_buf_str(&second), 7, second.size)));
        CHECK(first.size > 0 && first.data[first.size - 1] == '\n');
        dtl_buf_release(&first);
        dtl_buf_release(&second);
        dtl_doc_free(a);
        dtl_doc_free(b);
    }
}

TEST(an_empty_document_renders)
{
    for (size_t i = 0; i < dtl_renderer_count(); i++) {
        dtl_error err = {0};
        dtl_buf out = {0};
        dtl_doc *doc = dtl_doc_new();
        CHECK(dtl_renderer_at(i)->render(doc, &page, &out, &err));
        dtl_buf_release(&out);
        dtl_doc_free(doc);
    }
}

TEST(the_deepest_document_renders)
{
    for (size_t i = 0; i < dtl_renderer_count(); i++) {
        dtl_error err = {0};
        dtl_buf out = {0};
        dtl_doc *doc = dtl_doc_new();
        dtl_node *node = dtl_doc_root(doc);
        for (size_t depth = 1; depth < DTL_DOC_MAX_DEPTH; depth++)
            node = test_add(node, depth % 2 ? DTL_NODE_LIST : DTL_NODE_ITEM, DTL_STR(""));
        CHECK(dtl_renderer_at(i)->render(doc, &page, &out, &err));
        dtl_buf_release(&out);
        dtl_doc_free(doc);
    }
}

// A table that would be far larger padded than it is, and code that Markdown would join for ever.
static dtl_doc *make_lopsided(void)
{
    dtl_doc *doc = dtl_doc_new();
    dtl_node *table = test_add(dtl_doc_root(doc), DTL_NODE_TABLE, DTL_STR(""));
    dtl_node *row = test_add(table, DTL_NODE_ROW, DTL_STR(""));
    for (int i = 0; i < DTL_DOC_MAX_COLUMNS; i++)
        test_add_text(row, DTL_NODE_CELL,
                      DTL_STR("a cell so long that it takes sixty columns, or nearly so"));
    for (int i = 0; i < 20000; i++)
        dtl_node_set_header(test_add(table, DTL_NODE_ROW, DTL_STR("")), i % 2 == 0);
    dtl_node *p = test_add(dtl_doc_root(doc), DTL_NODE_PARAGRAPH, DTL_STR(""));
    for (int i = 0; i < 40000; i++)
        test_add(p, DTL_NODE_CODE, DTL_STR("c"));
    return doc;
}

TEST(output_is_in_proportion_to_the_document)
{
    dtl_doc *doc = make_lopsided();
    for (size_t i = 0; i < dtl_renderer_count(); i++) {
        dtl_error err = {0};
        dtl_buf out = {0};
        CHECK(dtl_renderer_at(i)->render(doc, &page, &out, &err));
        dtl_test_check(out.size < 4000000, dtl_renderer_at(i)->name, __FILE__, (int)out.size);
        dtl_buf_release(&out);
    }
    dtl_doc_free(doc);
}

// ---- outline ----

TEST(the_first_heading_of_level_one_is_the_title_and_others_stand_below_it)
{
    dtl_doc *doc = dtl_doc_new();
    dtl_node *root = dtl_doc_root(doc);
    dtl_node *two = test_add(root, DTL_NODE_HEADING, DTL_STR(""));
    dtl_node_set_level(two, 2);
    dtl_node *one = test_add(root, DTL_NODE_HEADING, DTL_STR(""));
    dtl_node *again = test_add(root, DTL_NODE_HEADING, DTL_STR(""));
    dtl_outline outline = dtl_outline_of(doc);
    CHECK(outline.title == one);
    CHECK_INT(dtl_outline_level(&outline, two), 2);
    CHECK_INT(dtl_outline_level(&outline, one), 1);
    CHECK_INT(dtl_outline_level(&outline, again), 2);
    dtl_node_set_level(again, 9);
    CHECK_INT(dtl_outline_level(&outline, again), 6);
    dtl_doc_free(doc);
}

TEST(sources_are_told_once)
{
    dtl_buf text = {0};
    dtl_doc *doc = test_bulletin();
    dtl_outline outline = dtl_outline_of(doc);
    CHECK(outline.names_sources);
    CHECK(dtl_outline_sources(&outline, doc) == NULL);
    outline.names_sources = false;
    dtl_doc *told = dtl_outline_sources(&outline, doc);
    dtl_node_add_text(&text, dtl_doc_get_root(told));
    CHECK_STR(text.data,
              "Source\nHome Office, Migrants detected crossing the English Channel in small "
              "boats, published 18 October 2024. Provisional. Open Government Licence v3.0.");
    dtl_doc_free(told);
    dtl_doc_add_source(doc, &(dtl_doc_source){.release = 9,
                                              .dataset = DTL_STR("events"),
                                              .attribution = DTL_STR("Contains public records."),
                                              .published = DTL_DATE_NONE});
    told = dtl_outline_sources(&outline, doc);
    dtl_buf_clear(&text);
    dtl_node_add_text(&text, dtl_doc_get_root(told));
    CHECK(dtl_str_starts(dtl_buf_str(&text), DTL_STR("Sources\n")));
    CHECK(dtl_str_ends(dtl_buf_str(&text), DTL_STR("v3.0.\nevents.\nContains public records.")));
    dtl_doc_free(told);
    dtl_buf_release(&text);
    dtl_doc_free(doc);
}

TEST(dates_are_words_in_english_and_numbers_elsewhere)
{
    dtl_buf out = {0};
    dtl_doc *doc = test_bulletin();
    dtl_date date = dtl_doc_get_meta(doc)->date;
    dtl_outline_add_date(&out, doc, date, true);
    CHECK_STR(out.data, "Friday 18 October 2024");
    dtl_buf_clear(&out);
    dtl_doc_set_meta(doc, &(dtl_doc_meta){.lang = DTL_STR("fr"), .date = date});
    dtl_outline_add_date(&out, doc, date, true);
    CHECK_STR(out.data, "2024-10-18");
    dtl_buf_release(&out);
    dtl_doc_free(doc);
}
