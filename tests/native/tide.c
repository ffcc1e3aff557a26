// tests/native/tide.c - a plugin with one of each, whose work goes wrong in the way that FAULT says.
#include <dateline/plugin.h>

#include <stdlib.h>

enum {
    NONE,
    FAILS,  // with a remark before
    CRASHES,
    CRASHES_IN_OPEN,
    CRASHES_IN_CLOSE,
    NOT_UTF8,
    NULL_TEXT,
    NULL_WRITE,
    BAD_DENOMINATOR,
    UNKNOWN_KIND,
};

static const dtl_plugin_text remark = DTL_PLUGIN_TEXT("the tide is low");
static const dtl_plugin_text reason = DTL_PLUGIN_TEXT("there is no water");
static const dtl_plugin_text nothing = DTL_PLUGIN_TEXT("");
static const dtl_plugin_text null_text = {NULL, 5};
static const dtl_plugin_text not_utf8 = DTL_PLUGIN_TEXT("caf\xe9");

static int work(const dtl_plugin_host *host, dtl_plugin_call *call)
{
    if (FAULT == CRASHES)
        abort();
    host->warn(call, remark);
    if (FAULT == FAILS)
        host->fail(call, 0, 0, reason, nothing);
    return FAULT != FAILS;
}

static void *open_file(const dtl_plugin_host *host, dtl_plugin_call *call,
                       const dtl_plugin_file *file)
{
    static int state;
    (void)host;
    (void)call;
    (void)file;
    if (FAULT == CRASHES_IN_OPEN)
        abort();
    return &state;
}

static int next_record(void *state, dtl_plugin_call *call, dtl_plugin_record *out)
{
    (void)state;
    (void)call;
    (void)out;
    if (FAULT == CRASHES)
        abort();
    return 0;
}

static void close_file(void *state)
{
    (void)state;
    if (FAULT == CRASHES_IN_CLOSE)
        abort();
}

static const dtl_plugin_importer importer = {
    .size = sizeof(dtl_plugin_importer),
    .name = DTL_PLUGIN_TEXT("daybook"),
    .open = open_file,
    .next = next_record,
    .close = close_file,
};

static int render(const dtl_plugin_host *host, dtl_plugin_call *call, const dtl_plugin_node *node)
{
    (void)node;
    if (FAULT == NULL_WRITE)
        return host->write(call, null_text);
    return work(host, call) && host->write(call, remark);
}

static const dtl_plugin_renderer renderer = {
    .size = sizeof(dtl_plugin_renderer),
    .name = DTL_PLUGIN_TEXT("tsv"),
    .media_type = DTL_PLUGIN_TEXT("text/plain"),
    .render = render,
};

static int look(const dtl_plugin_host *host, dtl_plugin_call *call, const dtl_plugin_node *node)
{
    (void)node;
    return work(host, call);
}

static const dtl_plugin_check check = {
    .size = sizeof(dtl_plugin_check),
    .name = DTL_PLUGIN_TEXT("shore"),
    .check = look,
};

static int gauge(const dtl_plugin_host *host, dtl_plugin_call *call,
                 const dtl_plugin_value *arguments, size_t count, dtl_plugin_value *result)
{
    (void)arguments;
    (void)count;
    result->kind = DTL_PLUGIN_VALUE_TEXT;
    result->text = FAULT == NOT_UTF8 ? not_utf8 : FAULT == NULL_TEXT ? null_text : remark;
    if (FAULT == BAD_DENOMINATOR)
        result->kind = DTL_PLUGIN_VALUE_FRACTION;
    if (FAULT == UNKNOWN_KIND)
        result->kind = 77;
    result->integer = 1;
    result->denominator = -3;
    return work(host, call);
}

static const dtl_plugin_function function = {
    .size = sizeof(dtl_plugin_function),
    .name = DTL_PLUGIN_TEXT("gauge"),
    .call = gauge,
};

static const dtl_plugin_importer *const importers[] = {&importer, NULL};
static const dtl_plugin_renderer *const renderers[] = {&renderer, NULL};
static const dtl_plugin_check *const checks[] = {&check, NULL};
static const dtl_plugin_function *const functions[] = {&function, NULL};

static const dtl_plugin plugin = {
    DTL_PLUGIN_HEAD,        .name = DTL_PLUGIN_TEXT("tide"), .version = DTL_PLUGIN_TEXT("1.0.0"),
    .importers = importers, .renderers = renderers,          .checks = checks,
    .functions = functions,
};

DTL_PLUGIN_EXPORT const dtl_plugin *dtl_plugin_query(void);
DTL_PLUGIN_EXPORT const dtl_plugin *dtl_plugin_query(void)
{
    return &plugin;
}
