// my-plugin.c - what my-plugin adds: everything here is declared in plugin.json, and nothing else.
//
// dateline/plugin.h, whose comments are the reference, is all it needs; it links nothing of Dateline.
// `make` builds it; the functions run in processes of their own, with limits.
#include <dateline/plugin.h>

#include <string.h>

// ---- a renderer: the paragraphs alone, one a line ----

// A tree has a few levels (32 at most), so recursion is fine.
static int write_paragraphs(const dtl_plugin_host *host, dtl_plugin_call *call,
                            const dtl_plugin_node *node)
{
    static const dtl_plugin_text end = DTL_PLUGIN_TEXT("\n");
    if (host->node_get_kind(node) == DTL_PLUGIN_NODE_PARAGRAPH)
        return host->write(call, host->node_get_text(call, node, DTL_PLUGIN_PART_ALL)) &&
               host->write(call, end);
    for (node = host->node_get_first(node); node; node = host->node_get_next(node))
        if (!write_paragraphs(host, call, node))
            return 0;
    return 1;
}

static const dtl_plugin_renderer renderer = {
    .size = sizeof(dtl_plugin_renderer),
    .name = DTL_PLUGIN_TEXT("my-plugin"),  // as in plugin.json
    .media_type = DTL_PLUGIN_TEXT("text/plain; charset=utf-8"),
    .render = write_paragraphs,
};

// ---- a function for scripts: require "plugin.my-plugin".halves(10) ----

// A fact arrives as a fraction, even when it is whole; an integer as an integer.
static int is_whole(const dtl_plugin_value *value)
{
    return value->kind == DTL_PLUGIN_VALUE_INTEGER ||
           (value->kind == DTL_PLUGIN_VALUE_FRACTION && value->denominator == 1);
}

static int call_halves(const dtl_plugin_host *host, dtl_plugin_call *call,
                       const dtl_plugin_value *arguments, size_t argument_count,
                       dtl_plugin_value *result)
{
    static const dtl_plugin_text what = DTL_PLUGIN_TEXT("halves takes one whole number");
    static const dtl_plugin_text expected = DTL_PLUGIN_TEXT("halves(10)");
    if (argument_count != 1 || !is_whole(&arguments[0])) {
        host->fail(call, 0, 0, what, expected);
        return 0;
    }
    result->kind = DTL_PLUGIN_VALUE_FRACTION;  // exact: a script gets 5, or the fact 5/2
    result->integer = arguments[0].integer;
    result->denominator = 2;
    return 1;
}

static const dtl_plugin_function halves = {
    .size = sizeof(dtl_plugin_function),
    .name = DTL_PLUGIN_TEXT("halves"),
    .call = call_halves,
};

// ---- the description, and the one function that is exported ----

static const dtl_plugin_renderer *const renderers[] = {&renderer, NULL};
static const dtl_plugin_function *const functions[] = {&halves, NULL};

static const dtl_plugin plugin = {
    DTL_PLUGIN_HEAD,
    .name = DTL_PLUGIN_TEXT("my-plugin"),  // name and version: as in plugin.json
    .version = DTL_PLUGIN_TEXT("0.1.0"),
    .renderers = renderers,
    .functions = functions,
};

DTL_PLUGIN_EXPORT const dtl_plugin *dtl_plugin_query(void);
DTL_PLUGIN_EXPORT const dtl_plugin *dtl_plugin_query(void)
{
    return &plugin;
}
