// tests/unit/test_roundtrip.c - our Markdown, read by two Markdown readers, shows what our HTML shows:
// the same blocks, text and styles, whatever the text holds.
#include <stdio.h>
#include <stdlib.h>

#include "render/render.h"
#include "support/doc.h"
#include "support/html.h"
#include "support/random.h"
#include "support/test.h"

enum {
    ROUNDS = 120,
    BLOCKS = 400,  // of a random document
    PIECES = 24,   // of a random text
};

// The readers, each with all it can do turned on. Every doc goes through those that know its parts.
static const struct {
    const char *command;
    bool knows_tables;
    bool makes_links;  // of addresses in text: their text stays, so only the style may differ
} readers[] = {
    {"cmark-gfm -e table", true, false},
    {"cmark-gfm -e table -e strikethrough -e footnotes -e tasklist -e tagfilter", true, false},
    {"cmark-gfm -e table -e strikethrough -e footnotes -e tasklist -e autolink", true, true},
    {"cmark", false, false},
};

static const dtl_str hostile[] = {
    DTL_STR("*"),
    DTL_STR("**"),
    DTL_STR("***"),
    DTL_STR("_"),
    DTL_STR("__a__"),
    DTL_STR("*a*"),
    DTL_STR("a*b*c"),
    DTL_STR("snake_case_word"),
    DTL_STR("_a_ _b"),
    DTL_STR("|"),
    DTL_STR("a | b"),
    DTL_STR("\\|"),
    DTL_STR("\\\\|"),
    DTL_STR("`"),
    DTL_STR("``"),
    DTL_STR("```"),
    DTL_STR("``` a"),
    DTL_STR("~~~"),
    DTL_STR("`a`"),
    DTL_STR("a ` b `` c"),
    DTL_STR("<script>alert(1)</script>"),
    DTL_STR("<b"),
    DTL_STR("<!-- x -->"),
    DTL_STR("<?php ?>"),
    DTL_STR("<![CDATA[x]]>"),
    DTL_STR("<http://a.b>"),
    DTL_STR("a<b>c"),
    DTL_STR("1 < 2 > 0"),
    DTL_STR("&amp;"),
    DTL_STR("&"),
    DTL_STR("&#35;"),
    DTL_STR("&#x41;"),
    DTL_STR("AT&T"),
    DTL_STR("&copy"),
    DTL_STR("\"&nbsp;'"),
    DTL_STR("]( javascript:alert(1))"),
    DTL_STR("[a](javascript:alert(1))"),
    DTL_STR("[a]: http://x"),
    DTL_STR("[a][b]"),
    DTL_STR("![a](b)"),
    DTL_STR("!"),
    DTL_STR("[^1]"),
    DTL_STR("[^1]: note"),
    DTL_STR("[ ] todo"),
    DTL_STR("[x] done"),
    DTL_STR("\xE2\x80\x8F\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D\xE2\x80\x8E"),
    DTL_STR("a\xE2\x80\xAE"
            "cba"),
    DTL_STR("\xE2\x81\xA6x\xE2\x81\xA9"),
    DTL_STR("\xF0\x9F\x9A\xA4\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9"),
    DTL_STR("\xEF\xBB\xBFx"),
    DTL_STR("e\xCC\x81\xCC\x81"),
    DTL_STR("\xC2\xA0"
            "a\xC2\xA0"),
    DTL_STR("\xE2\x80\xA8x\xE2\x80\xA9y"),
    DTL_STR("# not a heading"),
    DTL_STR("#"),
    DTL_STR("###### x ##"),
    DTL_STR("C #"),
    DTL_STR("a ###  "),
    DTL_STR("#hash #tag"),
    DTL_STR("1. one"),
    DTL_STR("1."),
    DTL_STR("1) one"),
    DTL_STR("28. x"),
    DTL_STR("123456789. x"),
    DTL_STR("1234567890. x"),
    DTL_STR("3.5 per cent"),
    DTL_STR("- item"),
    DTL_STR("-"),
    DTL_STR("--"),
    DTL_STR("---"),
    DTL_STR("- - -"),
    DTL_STR("-5 degrees"),
    DTL_STR("+ item"),
    DTL_STR("* item"),
    DTL_STR("> quote"),
    DTL_STR(">"),
    DTL_STR("==="),
    DTL_STR("="),
    DTL_STR("= x"),
    DTL_STR(":--"),
    DTL_STR(":-:"),
    DTL_STR("|-|-|"),
    DTL_STR("-|-"),
    DTL_STR("    code"),
    DTL_STR("\tcode"),
    DTL_STR("a\tb"),
    DTL_STR("  two  spaces  "),
    DTL_STR("trailing \\"),
    DTL_STR("\\"),
    DTL_STR("\\\\"),
    DTL_STR("\\*"),
    DTL_STR("a\\nb"),
    DTL_STR("www.example.com"),
    DTL_STR("WWW.example.com/a_b_c"),
    DTL_STR("http://example.com/?a=1&b=2"),
    DTL_STR("https://x.y/_z_"),
    DTL_STR("ftp://x.y"),
    DTL_STR("mailto:a@b.c"),
    DTL_STR("a@b.c"),
    DTL_STR("a.b-c_d@e-f.gh"),
    DTL_STR("@name"),
    DTL_STR("~~x~~"),
    DTL_STR("~x~"),
    DTL_STR("~5,000"),
    DTL_STR("$x$ $$y$$"),
    DTL_STR("{{ x }}"),
    DTL_STR("{#id .class}"),
    DTL_STR(":smile:"),
    DTL_STR("a\nb"),
    DTL_STR("a\n\nb"),
    DTL_STR("a\r\nb\rc"),
    DTL_STR("a  \nb"),
    DTL_STR("a\\\nb"),
    DTL_STR("a\n- b"),
    DTL_STR("a\n==="),
    DTL_STR("a\n    b"),
    DTL_STR("nul\0here"),
    DTL_STR("\0"),
    DTL_STR("\x1b[31mred\x1b[0m"),
    DTL_STR("bell\a"),
    DTL_STR("\x7f"),
    DTL_STR("\xC2\x85 \xC2\x9B"),
    DTL_STR("\xFF\xFE"),
    DTL_STR("\xED\xA0\x80"),
    DTL_STR("\xC0\xAF"),
    DTL_STR("\xF4\x90\x80\x80"),
    DTL_STR("cut \xE2\x82"),
    DTL_STR("\xEF\xBF\xBF"),
    DTL_STR("\""),
    DTL_STR("' onerror='x"),
    DTL_STR("\"><script>"),
    DTL_STR("</article></main>"),
    DTL_STR("]]>"),
    DTL_STR("(a) [b] {c}"),
    DTL_STR("a\xE2\x80\x94"
            "b"),
    DTL_STR("\xE2\x80\x9Cquoted\xE2\x80\x9D"),
    DTL_STR("\xE2\x82\xAC"
            "5"),
    DTL_STR("\xE3\x80\x80"
            "wide"),
    DTL_STR("100%"),
    DTL_STR("a^b^"),
    DTL_STR("==mark=="),
    DTL_STR("++ins++"),
    DTL_STR("H~2~O"),
    DTL_STR("| a | b |\n| - | - |"),
};

static const dtl_render_options whole_text = {.fragment = true};

// Where two texts part. The variable KEEP_MARKDOWN may name a file for the Markdown.
static void print_difference(const test_seen *a, const test_seen *b, dtl_str markdown)
{
    size_t at = 0;
    while (at < a->text.size && at < b->text.size && a->text.data[at] == b->text.data[at] &&
           a->styles.data[at] == b->styles.data[at])
        at++;
    size_t from = at > 50 ? at - 50 : 0;
    dtl_str ours = dtl_str_slice(dtl_buf_str(&a->text), from, at + 30);
    dtl_str theirs = dtl_str_slice(dtl_buf_str(&b->text), from, at + 30);
    dtl_str our_styles = dtl_str_slice(dtl_buf_str(&a->styles), from, at + 30);
    dtl_str their_styles = dtl_str_slice(dtl_buf_str(&b->styles), from, at + 30);
    printf("      HTML     %.*s\n               %.*s\n      Markdown %.*s\n               %.*s\n",
           DTL_ARG(ours), DTL_ARG(our_styles), DTL_ARG(theirs), DTL_ARG(their_styles));
    FILE *file = getenv("KEEP_MARKDOWN") ? fopen(getenv("KEEP_MARKDOWN"), "wb") : NULL;
    if (file) {
        fwrite(markdown.data, 1, markdown.size, file);
        fclose(file);
    }
}

static void forget_links(test_seen *seen)
{
    for (size_t i = 0; i < seen->styles.size; i++) {
        if (seen->styles.data[i] >= '@')
            seen->styles.data[i] = (char)(seen->styles.data[i] & ~TEST_LINK);
    }
}

// Whether a reader sees in our Markdown what is in our HTML.
static bool reads_alike(const char *command, bool makes_links, dtl_str markdown, dtl_str html)
{
    test_seen ours = {0};
    test_seen theirs = {0};
    dtl_buf read = {0};
    bool ok = CHECK(test_html_read(html, &ours)) && CHECK(test_pipe(command, markdown, &read)) &&
              CHECK(test_html_read(dtl_buf_str(&read), &theirs));
    if (makes_links) {
        forget_links(&ours);
        forget_links(&theirs);
    }
    bool same = ok && dtl_str_equal(dtl_buf_str(&ours.text), dtl_buf_str(&theirs.text)) &&
                dtl_str_equal(dtl_buf_str(&ours.styles), dtl_buf_str(&theirs.styles));
    if (ok && !same) {
        printf("      %s\n", command);
        print_difference(&ours, &theirs, markdown);
    }
    dtl_buf_release(&read);
    test_seen_release(&ours);
    test_seen_release(&theirs);
    return CHECK(same);
}

static bool is_there(const char *command)
{
    dtl_buf out = {0};
    bool ok = test_pipe(command, DTL_STR("x"), &out);
    dtl_buf_release(&out);
    return ok;
}

// Renders [doc] and lets each reader judge it. Frees it.
static void judge(dtl_doc *doc, bool has_tables)
{
    dtl_error err = {0};
    dtl_buf markdown = {0};
    dtl_buf html = {0};
    CHECK(dtl_renderer_markdown.render(doc, &whole_text, &markdown, &err));
    CHECK(dtl_renderer_html.render(doc, &whole_text, &html, &err));
    CHECK(test_html_is_ours(dtl_buf_str(&html)));
    for (size_t i = 0; i < DTL_COUNT(readers); i++) {
        if (has_tables && !readers[i].knows_tables)
            continue;
        if (!reads_alike(readers[i].command, readers[i].makes_links, dtl_buf_str(&markdown),
                         dtl_buf_str(&html)))
            break;
    }
    dtl_buf_release(&markdown);
    dtl_buf_release(&html);
    dtl_doc_free(doc);
}

// What a text may stand in, below the document.
static dtl_node *add_place(dtl_doc *doc, const dtl_node_kind *kinds)
{
    dtl_node *node = dtl_doc_root(doc);
    for (; *kinds != DTL_NODE_DOCUMENT; kinds++)
        node =
            test_add(node, *kinds, *kinds == DTL_NODE_LINK ? DTL_STR("http://a.b/") : DTL_STR(""));
    return node;
}

static const dtl_node_kind places[][8] = {
    {DTL_NODE_PARAGRAPH},
    {DTL_NODE_HEADING},
    {DTL_NODE_LIST, DTL_NODE_ITEM, DTL_NODE_PARAGRAPH},
    {DTL_NODE_LIST, DTL_NODE_ITEM, DTL_NODE_LIST, DTL_NODE_ITEM, DTL_NODE_PARAGRAPH},
    {DTL_NODE_ASIDE, DTL_NODE_PARAGRAPH},
    {DTL_NODE_ASIDE, DTL_NODE_HEADING},
    {DTL_NODE_PARAGRAPH, DTL_NODE_STRONG},
    {DTL_NODE_PARAGRAPH, DTL_NODE_EMPHASIS},
    {DTL_NODE_PARAGRAPH, DTL_NODE_EMPHASIS, DTL_NODE_STRONG},
    {DTL_NODE_PARAGRAPH, DTL_NODE_LINK},
    {DTL_NODE_PARAGRAPH, DTL_NODE_LINK, DTL_NODE_STRONG},
    {DTL_NODE_HEADING, DTL_NODE_STRONG, DTL_NODE_LINK},
    {DTL_NODE_TABLE, DTL_NODE_ROW, DTL_NODE_CELL},
    {DTL_NODE_TABLE, DTL_NODE_ROW, DTL_NODE_CELL, DTL_NODE_STRONG},
    {DTL_NODE_TABLE, DTL_NODE_ROW, DTL_NODE_CELL, DTL_NODE_EMPHASIS, DTL_NODE_LINK},
    {DTL_NODE_LIST, DTL_NODE_ITEM, DTL_NODE_TABLE, DTL_NODE_ROW, DTL_NODE_CELL},
    {DTL_NODE_ASIDE, DTL_NODE_TABLE, DTL_NODE_ROW, DTL_NODE_CELL},
};

static bool has_table(const dtl_node_kind *kinds)
{
    for (; *kinds != DTL_NODE_DOCUMENT; kinds++) {
        if (*kinds == DTL_NODE_TABLE)
            return true;
    }
    return false;
}

TEST(every_hostile_text_shows_as_itself_in_every_place)
{
    if (!is_there("cmark") || !is_there("cmark-gfm"))
        SKIP("cmark or cmark-gfm is not installed");
    for (size_t i = 0; i < DTL_COUNT(places); i++) {
        dtl_doc *doc = dtl_doc_new();
        for (size_t j = 0; j < DTL_COUNT(hostile); j++)
            test_add(add_place(doc, places[i]), DTL_NODE_TEXT, hostile[j]);
        judge(doc, has_table(places[i]));
    }
}

// One of the words in [words], which single spaces part.
static dtl_str random_word(dtl_random *random, const char *words)
{
    dtl_str list = dtl_str_from(words);
    size_t from = dtl_random_below(random, list.size);
    while (from > 0 && list.data[from - 1] != ' ')
        from--;
    size_t to = from;
    while (to < list.size && list.data[to] != ' ')
        to++;
    return dtl_str_slice(list, from, to);
}

// Adds up to [pieces] bits of what has a meaning somewhere, in any order.
static void add_random_text(dtl_random *random, dtl_buf *out, size_t pieces)
{
    static const char words[] =
        "a b7 Word x 1 28 . , \xC3\xA9 \xE2\x80\x94 \xC2\xA0 \xE2\x82\xAC \xF0\x9F\x9A\xA4 "
        "\xCC\x81 \xE2\x80\xAE \xD7\xA9 \xE3\x80\x80 \n \t \xFF www. http:// a@b.c &amp; &#35; "
        "<b> ]( ![ [^1] ~~ *** ``` 1. == | \\| \\\n :- ! \" # $ % & ' ( ) * + , - . / : ; < = > ? "
        "@ [ "
        "\\ ] ^ _ ` { | } ~";
    size_t count = dtl_random_below(random, pieces) + 1;
    for (size_t i = 0; i < count; i++) {
        dtl_buf_add_str(out, random_word(random, words));
        if (dtl_random_below(random, 4) == 0)
            dtl_buf_add_char(out, ' ');
    }
}

// Code that a cell or a link cannot hold is shown without its style, so there is none of that here:
// no backslash, no ']' and nothing that cleaning shows in brackets.
static void add_random_code(dtl_random *random, dtl_node *parent)
{
    dtl_buf text = {0};
    add_random_text(random, &text, PIECES / 4);
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (c == '\\' || c == ']' || c == '\xAE')
            text.data[i] = '`';
    }
    test_add(parent, DTL_NODE_CODE, dtl_buf_str(&text));
    dtl_buf_release(&text);
}

// Adds inlines to [parent]: texts, code, breaks, and marks and links around more of them.
static void add_random_inlines(dtl_random *random, dtl_node *parent)
{
    static const dtl_node_kind marks[] = {DTL_NODE_STRONG, DTL_NODE_EMPHASIS, DTL_NODE_LINK};
    static const dtl_str url = {"/a_b?c=1&copy=2*(d)", 19};
    dtl_node *at = parent;
    dtl_buf text = {0};
    size_t count = dtl_random_below(random, 9) + 1;
    for (size_t i = 0; i < count; i++) {
        dtl_node_kind mark = marks[dtl_random_below(random, DTL_COUNT(marks))];
        dtl_node *inner = NULL;
        dtl_error err = {0};
        switch (dtl_random_below(random, 8)) {
        case 0:
        case 1:  // refused where it would stand inside itself
            if (dtl_node_append(at, mark, mark == DTL_NODE_LINK ? url : DTL_STR(""), &inner, &err))
                at = inner;
            break;
        case 2:
        case 3:
            at = at == parent ? at : dtl_node_get_parent(at);
            break;
        case 4:
            add_random_code(random, at);
            break;
        case 5:
            test_add(at, DTL_NODE_BREAK, DTL_STR(""));
            break;
        default:
            add_random_text(random, &text, PIECES);
            test_add(at, DTL_NODE_TEXT, dtl_buf_str(&text));
            dtl_buf_clear(&text);
        }
    }
    dtl_buf_release(&text);
}

static void judge_random(uint64_t seed, bool in_tables)
{
    dtl_random random = {seed};
    dtl_doc *doc = dtl_doc_new();
    for (size_t i = 0; i < BLOCKS; i++) {
        const dtl_node_kind *place = places[dtl_random_below(&random, DTL_COUNT(places))];
        if (has_table(place) == in_tables)
            add_random_inlines(&random, add_place(doc, place));
    }
    judge(doc, in_tables);
}

TEST(any_random_text_shows_as_itself)
{
    if (!is_there("cmark") || !is_there("cmark-gfm"))
        SKIP("cmark or cmark-gfm is not installed");
    for (uint64_t seed = 0; seed < ROUNDS; seed++)
        judge_random(seed, seed % 2 == 1);
}

TEST(a_long_word_stays_whole)
{
    dtl_buf word = {0};
    if (!is_there("cmark"))
        SKIP("cmark is not installed");
    for (size_t i = 0; i < 10000; i++)
        dtl_buf_add_char(&word, (char)('a' + i % 26));
    dtl_doc *doc = dtl_doc_new();
    test_add_text(dtl_doc_root(doc), DTL_NODE_PARAGRAPH, dtl_buf_str(&word));
    test_add_text(dtl_doc_root(doc), DTL_NODE_HEADING, dtl_buf_str(&word));
    judge(doc, false);
    dtl_buf_release(&word);
}

TEST(the_bulletin_reads_alike)
{
    if (!is_there("cmark-gfm"))
        SKIP("cmark-gfm is not installed");
    judge(test_bulletin(), true);
}
