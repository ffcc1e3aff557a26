// tests/fuzz/fuzz_inline.c - any template with hostile values in it, through every renderer: no crash,
// valid UTF-8, and no tag in the HTML that is not ours.
#include "base/utf8.h"
#include "doc/inline.h"
#include "doc/lint.h"
#include "render/render.h"
#include "support/fuzz.h"

const char *const dtl_fuzz_seeds[] = {
    "\1"
    "0\2 people made the *crossing* in **\1"
    "1\2** boats.",
    "See [the figures](https://example.org/a?b=c) and `code` <script>alert(1)</script>",
    "[x](javascript:alert(1)) [y](JaVa\tScRiPt:1) ![z](data:text/html,x)",
    "* _ ` ``` ~ | \\* \\[ # 1. - + > &amp; &#106; www.example.org a@b.c",
    NULL,
};

static void check_html(dtl_str html)
{
    static const dtl_str never[] = {DTL_STR("<script"), DTL_STR("href=\"javascript:"),
                                    DTL_STR("<img"), DTL_STR("onerror=\"")};
    for (size_t i = 0; i < DTL_COUNT(never); i++)
        dtl_fuzz_require(dtl_str_find(html, never[i]) == SIZE_MAX);
}

static void render_all(const dtl_doc *doc)
{
    for (size_t i = 0; i < dtl_renderer_count(); i++) {
        const dtl_renderer *renderer = dtl_renderer_at(i);
        dtl_render_options options = {.fragment = true};
        dtl_buf out = {0};
        dtl_error err = {0};
        dtl_fuzz_require(renderer->render(doc, &options, &out, &err));
        dtl_fuzz_require(dtl_utf8_check(dtl_buf_str(&out)) == SIZE_MAX);
        if (renderer == &dtl_renderer_html)
            check_html(dtl_buf_str(&out));
        dtl_buf_release(&out);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dtl_str text = {(const char *)data, size};
    dtl_run runs[] = {{.kind = DTL_RUN_TEXT, .text = text},
                      {.kind = DTL_RUN_LINK, .text = text, .url = text}};
    dtl_slot slots[] = {{&runs[0], 1}, {&runs[1], 1}};
    dtl_doc *doc = dtl_doc_new();
    dtl_buf warnings = {0};
    dtl_error err = {0};
    for (int kind = DTL_NODE_HEADING; kind <= DTL_NODE_PARAGRAPH; kind++) {
        dtl_node *node;
        dtl_fuzz_require(
            dtl_node_append(dtl_doc_root(doc), (dtl_node_kind)kind, DTL_STR(""), &node, &err));
        if (kind == DTL_NODE_HEADING)
            dtl_node_set_level(node, 1);
        if (!dtl_inline_parse(node, text, slots, DTL_COUNT(slots), &warnings, &err))
            dtl_fuzz_require(err.code != DTL_OK && err.message[0]);
    }
    dtl_doc_lint(doc, &warnings);
    render_all(doc);
    dtl_buf_release(&warnings);
    dtl_doc_free(doc);
    return 0;
}
