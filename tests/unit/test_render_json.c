// tests/unit/test_render_json.c - the tree and the ledger as programs read them.
#include "render/render.h"
#include "support/doc.h"
#include "support/html.h"
#include "support/test.h"

static dtl_buf out;

static const char *render(dtl_doc *doc)
{
    dtl_error err = {0};
    dtl_render_options options = {0};
    dtl_buf_clear(&out);
    CHECK(dtl_renderer_json.render(doc, &options, &out, &err));
    dtl_doc_free(doc);
    return out.data;
}

TEST(every_kind_has_its_keys)
{
    dtl_doc *doc = dtl_doc_new();
    dtl_node *root = dtl_doc_root(doc);
    dtl_node *p = test_add(root, DTL_NODE_PARAGRAPH, DTL_STR(""));
    test_add(p, DTL_NODE_TEXT, DTL_STR("a\"</script>"));
    test_add_fact(p, "28,000", 28204, "people.year(2024)");
    test_add_date(p, "Friday", "2024-10-18");
    test_add(test_add(p, DTL_NODE_LINK, DTL_STR("/")), DTL_NODE_TEXT, DTL_STR("x"));
    CHECK_STR(
        render(doc),
        "{\"title\":\"\",\"lang\":\"en-GB\",\"report\":\"\",\"style\":\"\",\"date\":null,"
        "\"summary\":\"\","
        "\"blocks\":[{\"kind\":\"paragraph\",\"content\":["
        "{\"kind\":\"text\",\"text\":\"a\\\"</script>\"},"
        "{\"kind\":\"fact\",\"text\":\"28,000\",\"fact\":\"f1\"},"
        "{\"kind\":\"date\",\"text\":\"Friday\",\"date\":\"2024-10-18\"},"
        "{\"kind\":\"link\",\"url\":\"/\",\"content\":[{\"kind\":\"text\",\"text\":\"x\"}]}]}],"
        "\"ledger\":[{\"id\":\"f1\",\"kind\":\"fact\",\"value\":28204,\"exact\":\"28204\","
        "\"unit\":\"person\",\"text\":\"28,204\",\"label\":\"people\","
        "\"expression\":\"people.year(2024)\",\"note\":\"\",\"from\":null,\"to\":null,"
        "\"provisional\":false,\"shown\":[\"28,000\"],\"releases\":[7]}],\"sources\":[]}\n");
}

TEST(the_bulletin_is_json_with_its_sources)
{
    dtl_buf said = {0};
    const char *json = render(test_bulletin());
    CHECK(strstr(json, "{\"kind\":\"heading\",\"level\":2,\"content\":["));
    CHECK(strstr(
        json,
        "{\"kind\":\"table\",\"caption\":\"The year to 18 October\",\"content\":[{\"kind\":\"row\","
        "\"header\":true,\"content\":[{\"kind\":\"cell\",\"header\":false,\"align\":\"start\","));
    CHECK(strstr(json, "{\"kind\":\"aside\",\"role\":\"source\",\"content\":["));
    CHECK(strstr(json, "{\"kind\":\"list\",\"ordered\":false,\"content\":["));
    CHECK(strstr(json, "{\"kind\":\"break\"}"));
    CHECK(strstr(json, "\"sources\":[{\"release\":7,\"dataset\":\"small-boats-daily\","));
    if (!test_pipe("jq -r '.ledger[2].value, (.blocks | length)'", dtl_buf_str(&out), &said))
        SKIP("jq is not installed");
    CHECK_STR(said.data, "28204\n10\n");
    dtl_buf_release(&said);
}

TEST(at_most_a_few_texts_of_a_fact_are_listed)
{
    dtl_doc *doc = dtl_doc_new();
    dtl_node *p = test_add(dtl_doc_root(doc), DTL_NODE_PARAGRAPH, DTL_STR(""));
    for (char c = 'a'; c <= 'z'; c++)
        test_add_fact(p, (char[]){c, '\0'}, 1, "x");
    CHECK(strstr(render(doc), "\"shown\":[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\",\"h\"]"));
    dtl_buf_release(&out);
}
