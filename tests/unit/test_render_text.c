// tests/unit/test_render_text.c - plain text that fits a terminal and a mail.
#include "render/render.h"
#include "render/width.h"
#include "support/doc.h"
#include "support/test.h"

static dtl_buf out;

static const char *render(dtl_doc *doc)
{
    dtl_error err = {0};
    dtl_render_options options = {.fragment = true};
    dtl_buf_clear(&out);
    dtl_buf_add_str(&out, DTL_STR(""));
    CHECK(dtl_renderer_text.render(doc, &options, &out, &err));
    dtl_doc_free(doc);
    return out.data;
}

TEST(the_bulletin_is_wrapped_and_aligned)
{
    CHECK_STR(render(test_bulletin()),
              "LATEST DEVELOPMENTS\n"
              "===================\n"
              "\n"
              "More than 600 people crossed the Channel in small boats on Friday.\n"
              "\n"
              "647 people made the crossing in 10 boats, pushing the total for the year\n"
              "above 28,000.\n"
              "\n"
              "28,204 people have arrived so far this year, almost eight per cent\n"
              "higher than at the same point last year (26,116) but 25 per cent down on\n"
              "the same point of the peak year, 2022 (37,603).\n"
              "\n"
              "The year to 18 October\n"
              "\n"
              "Year  People  Boats  People per boat\n"
              "----  ------  -----  ---------------\n"
              "2022  37,603    895             42.0\n"
              "2023  26,116    533             49.0\n"
              "2024  28,204    542             52.0\n"
              "\n"
              "The week\n"
              "--------\n"
              "\n"
              "- In the week to October 13, 613 people arrived while 528 were\n"
              "  prevented.\n"
              "- The 45th death reported by French coastguards this year; one boat from\n"
              "  Belgium.\n"
              "\n"
              "    French estimates of prevention count attempts, not people.\n"
              "    See prevented.\n"
              "\n"
              "------------------------------------------------------------------------\n"
              "\n"
              "    Source: Home Office, Migrants detected crossing the English Channel\n"
              "    in small boats\n"
              "    <https://www.gov.uk/government/publications/migrants-detected-crossing-the-"
              "english-channel-in-small-boats>,\n"
              "    published on 21 August 2026. The figures are provisional. Contains\n"
              "    public sector information licensed under the Open Government Licence\n"
              "    v3.0.\n");
}

TEST(no_line_but_a_long_words_is_too_wide)
{
    size_t from = 0;
    render(test_bulletin());
    for (size_t i = 0; i < out.size; i++) {
        if (out.data[i] != '\n')
            continue;
        dtl_str line = dtl_str_trim(dtl_str_slice(dtl_buf_str(&out), from, i));
        CHECK(i - from <= 72 || dtl_str_find(line, DTL_STR(" ")) == SIZE_MAX);
        CHECK(i == from || out.data[i - 1] != ' ');
        from = i + 1;
    }
}

TEST(width_counts_what_a_terminal_shows)
{
    CHECK_INT((int64_t)dtl_text_width(DTL_STR("")), 0);
    CHECK_INT((int64_t)dtl_text_width(DTL_STR("abc")), 3);
    CHECK_INT((int64_t)dtl_text_width(DTL_STR("caf\xC3\xA9")), 4);
    CHECK_INT((int64_t)dtl_text_width(DTL_STR("e\xCC\x81")), 1);
    CHECK_INT((int64_t)dtl_text_width(DTL_STR("\xE4\xBA\xBA")), 2);
    CHECK_INT((int64_t)dtl_text_width(DTL_STR("\xF0\x9F\x9A\xA4")), 2);
    CHECK_INT((int64_t)dtl_text_width(DTL_STR("\xE2\x80\x8B")), 0);
    CHECK_INT((int64_t)dtl_text_width(DTL_STR("\xF0\xAF\xBF\xBF")), 2);
    CHECK_INT((int64_t)dtl_text_width(DTL_STR("\xF4\x8F\xBF\xBD")), 1);
}

TEST(columns_line_up_whatever_the_letters)
{
    dtl_doc *doc = dtl_doc_new();
    dtl_node *table = test_add(dtl_doc_root(doc), DTL_NODE_TABLE, DTL_STR(""));
    static const dtl_str names[] = {{"caf\xC3\xA9", 5}, {"\xE4\xBA\xBA", 3}, {"", 0}};
    for (size_t i = 0; i < DTL_COUNT(names); i++) {
        dtl_node *row = test_add(table, DTL_NODE_ROW, DTL_STR(""));
        test_add_text(row, DTL_NODE_CELL, names[i]);
        dtl_node *cell = test_add_text(row, DTL_NODE_CELL, DTL_STR("1"));
        dtl_node_set_align(cell, DTL_ALIGN_CENTRE);
        test_add_text(row, DTL_NODE_CELL, DTL_STR("end"));
    }
    CHECK_STR(render(doc), "caf\xC3\xA9  1  end\n\xE4\xBA\xBA    1  end\n      1  end\n");
}

TEST(a_very_long_cell_does_not_widen_the_others)
{
    dtl_doc *doc = dtl_doc_new();
    dtl_buf word = {0};
    for (int i = 0; i < 1000; i++)
        dtl_buf_add_char(&word, 'a');
    dtl_node *table = test_add(dtl_doc_root(doc), DTL_NODE_TABLE, DTL_STR(""));
    for (int i = 0; i < 100; i++)
        test_add_text(test_add(table, DTL_NODE_ROW, DTL_STR("")), DTL_NODE_CELL,
                      i ? DTL_STR("b") : dtl_buf_str(&word));
    render(doc);
    CHECK(out.size < 10000);
    dtl_buf_release(&word);
    dtl_buf_release(&out);
}
