// tests/support/doc.c - documents for tests.
#include "support/doc.h"

#include <stdio.h>
#include <stdlib.h>

static void must(bool ok, const dtl_error *err)
{
    if (ok)
        return;
    printf("    a test's document: %s\n", err->message);
    exit(EXIT_FAILURE);
}

dtl_node *test_add(dtl_node *parent, dtl_node_kind kind, dtl_str text)
{
    dtl_error err = {0};
    dtl_node *node = NULL;
    must(dtl_node_append(parent, kind, text, &node, &err), &err);
    return node;
}

dtl_node *test_add_text(dtl_node *parent, dtl_node_kind kind, dtl_str text)
{
    dtl_node *node = test_add(parent, kind, DTL_STR(""));
    test_add(node, DTL_NODE_TEXT, text);
    return node;
}

dtl_node *test_add_fact(dtl_node *parent, const char *shown, int64_t value, const char *expression)
{
    static const int64_t releases[] = {7};
    dtl_error err = {0};
    dtl_node *node = NULL;
    dtl_fact fact = {
        .kind = DTL_FACT_NUMBER,
        .value = dtl_rational_from(value),
        .unit = DTL_STR("person"),
        .label = DTL_STR("people"),
        .expression = dtl_str_from(expression),
        .from = DTL_DATE_NONE,
        .to = DTL_DATE_NONE,
        .releases = releases,
        .release_count = 1,
    };
    must(dtl_node_append_fact(parent, dtl_str_from(shown), &fact, &node, &err), &err);
    return node;
}

dtl_node *test_add_date(dtl_node *parent, const char *shown, const char *iso)
{
    dtl_error err = {0};
    dtl_node *node = NULL;
    dtl_date date = 0;
    must(dtl_date_parse(dtl_str_from(iso), &date), &err);
    must(dtl_node_append_date(parent, dtl_str_from(shown), date, &node, &err), &err);
    return node;
}

static void add_words(dtl_node *parent, const char *text)
{
    test_add(parent, DTL_NODE_TEXT, dtl_str_from(text));
}

static void add_story(dtl_node *root)
{
    test_add_text(root, DTL_NODE_HEADING, DTL_STR("LATEST DEVELOPMENTS"));
    dtl_node *p = test_add(root, DTL_NODE_PARAGRAPH, DTL_STR(""));
    add_words(p, "More than ");
    test_add_fact(p, "600", 647, "people.on(2024-10-18)");
    add_words(p, " people crossed the Channel in small boats on ");
    test_add_date(p, "Friday", "2024-10-18");
    add_words(p, ".");
    p = test_add(root, DTL_NODE_PARAGRAPH, DTL_STR(""));
    test_add_fact(p, "647", 647, "people.on(2024-10-18)");
    add_words(p, " people made the crossing in ");
    test_add_fact(p, "10", 10, "boats.on(2024-10-18)");
    add_words(p, " boats, pushing the total for the year above ");
    test_add_fact(p, "28,000", 28204, "people.year_to_date(2024-10-18)");
    add_words(p, ".");
    p = test_add(root, DTL_NODE_PARAGRAPH, DTL_STR(""));
    test_add_fact(p, "28,204", 28204, "people.year_to_date(2024-10-18)");
    add_words(p, " people have arrived so far this year, ");
    test_add_text(p, DTL_NODE_STRONG, DTL_STR("almost eight per cent higher"));
    add_words(p, " than at the same point last year (");
    test_add_fact(p, "26,116", 26116, "people.same_point(2024-10-18, 2023)");
    add_words(p, ") but 25 per cent down on the same point of the peak year, 2022 (");
    test_add_fact(p, "37,603", 37603, "people.same_point(2024-10-18, 2022)");
    add_words(p, ").");
}

static void add_row(dtl_node *table, bool is_header, const char *const *cells)
{
    dtl_node *row = test_add(table, DTL_NODE_ROW, DTL_STR(""));
    dtl_node_set_header(row, is_header);
    for (size_t i = 0; i < 4; i++) {
        dtl_node *cell = test_add(row, DTL_NODE_CELL, DTL_STR(""));
        if (cells[i][0])
            add_words(cell, cells[i]);
        dtl_node_set_align(cell, i == 0 ? DTL_ALIGN_START : DTL_ALIGN_END);
        dtl_node_set_header(cell, i == 0 && !is_header);
    }
}

static void add_rest(dtl_node *root)
{
    static const char *const rows[][4] = {
        {"Year", "People", "Boats", "People per boat"},
        {"2022", "37,603", "895", "42.0"},
        {"2023", "26,116", "533", "49.0"},
        {"2024", "28,204", "542", "52.0"},
    };
    dtl_node *table = test_add(root, DTL_NODE_TABLE, DTL_STR("The year to 18 October"));
    for (size_t i = 0; i < DTL_COUNT(rows); i++)
        add_row(table, i == 0, rows[i]);
    test_add_text(root, DTL_NODE_HEADING, DTL_STR("The week"));
    dtl_node_set_level(dtl_node_get_last(root), 2);
    dtl_node *list = test_add(root, DTL_NODE_LIST, DTL_STR(""));
    dtl_node *item = test_add(list, DTL_NODE_ITEM, DTL_STR(""));
    test_add_text(
        item, DTL_NODE_PARAGRAPH,
        DTL_STR("In the week to October 13, 613 people arrived while 528 were prevented."));
    item = test_add(list, DTL_NODE_ITEM, DTL_STR(""));
    dtl_node *p = test_add(item, DTL_NODE_PARAGRAPH, DTL_STR(""));
    add_words(p, "The ");
    test_add_text(p, DTL_NODE_EMPHASIS, DTL_STR("45th"));
    add_words(p, " death reported by French coastguards this year; one boat from Belgium.");
    dtl_node *note = test_add(root, DTL_NODE_ASIDE, DTL_STR(""));
    p = test_add(note, DTL_NODE_PARAGRAPH, DTL_STR(""));
    add_words(p, "French estimates of prevention count attempts, not people.");
    test_add(p, DTL_NODE_BREAK, DTL_STR(""));
    add_words(p, "See ");
    test_add(p, DTL_NODE_CODE, DTL_STR("prevented"));
    add_words(p, ".");
    test_add(root, DTL_NODE_RULE, DTL_STR(""));
}

static void add_source_aside(dtl_node *root)
{
    dtl_node *aside = test_add(root, DTL_NODE_ASIDE, DTL_STR(""));
    dtl_node_set_role(aside, DTL_ASIDE_SOURCE);
    dtl_node *p = test_add(aside, DTL_NODE_PARAGRAPH, DTL_STR(""));
    add_words(p, "Source: Home Office, ");
    dtl_node *link =
        test_add(p, DTL_NODE_LINK,
                 DTL_STR("https://www.gov.uk/government/publications/"
                         "migrants-detected-crossing-the-english-channel-in-small-boats"));
    add_words(link, "Migrants detected crossing the English Channel in small boats");
    add_words(p, ", published on ");
    test_add_date(p, "21 August 2026", "2026-08-21");
    add_words(p, ". The figures are provisional. Contains public sector information licensed under "
                 "the Open Government Licence v3.0.");
}

dtl_doc *test_bulletin(void)
{
    dtl_doc *doc = dtl_doc_new();
    dtl_date date = 0;
    if (!dtl_date_parse(DTL_STR("2024-10-18"), &date))
        exit(EXIT_FAILURE);
    dtl_doc_set_meta(doc, &(dtl_doc_meta){
                              .title = DTL_STR("Latest developments"),
                              .lang = DTL_STR("en-GB"),
                              .report = DTL_STR("latest-developments"),
                              .style = DTL_STR("percent_word"),
                              .date = date,
                              .summary = DTL_STR("647 people crossed the Channel in 10 boats."),
                          });
    dtl_doc_add_source(doc, &(dtl_doc_source){
                                .release = 7,
                                .dataset = DTL_STR("small-boats-daily"),
                                .title = DTL_STR("Migrants detected crossing the English Channel "
                                                 "in small boats"),
                                .publisher = DTL_STR("Home Office"),
                                .licence = DTL_STR("Open Government Licence v3.0"),
                                .homepage = DTL_STR("https://www.gov.uk/"),
                                .file_name = DTL_STR("small-boats-daily.csv"),
                                .published = date,
                                .retrieved = date,
                                .provisional = true,
                            });
    add_story(dtl_doc_root(doc));
    add_rest(dtl_doc_root(doc));
    add_source_aside(dtl_doc_root(doc));
    return doc;
}
