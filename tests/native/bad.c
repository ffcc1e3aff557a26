// tests/native/bad.c - plugins that do one thing wrong each: which one is BAD.
#include <dateline/plugin.h>

#include <stdlib.h>
#include <string.h>

enum {
    GOOD,
    WRONG_MAGIC,
    SHORT_SIZE,
    NEWER_MINOR,
    NEWER_MAJOR,
    NEWER_BUT_CONTENT,  // built for a newer minor, content with this one
    OTHER_NAME,
    OTHER_VERSION,
    UNDECLARED,
    NO_DESCRIPTION,
    CRASH_AT_QUERY,
    CRASH,
    LOOP,
    LOOP_THAT_ASKS,
    LEAK,
    GREEDY,
    SILENT,
    FLOOD,
    STARVED,  // takes memory behind the host's back
    WIDE,
    SMALL_IMPORTER,
    NO_OPEN,
    NO_NEXT,
    NO_CLOSE,
    NO_CALL,
    NO_RENDER,
    NO_CHECK,
};

typedef struct reader {
    const dtl_plugin_host *host;
    int64_t line;
    dtl_plugin_field fields[3];
    char *large;
} reader;

static int probe(const dtl_plugin_file *file)
{
    return file->bytes.size > 0;
}

static void *open_file(const dtl_plugin_host *host, dtl_plugin_call *call,
                       const dtl_plugin_file *file)
{
    (void)file;
    if (BAD == SILENT)
        return NULL;
    reader *r = host->allocate(call, sizeof *r);
    r->host = host;
    if (BAD == FLOOD || BAD == WIDE)
        r->large = host->allocate(call, 1 << 20);
    return r;
}

static void misbehave(reader *r, dtl_plugin_call *call)
{
    if (BAD == CRASH)
        abort();
    for (volatile int forever = 1; BAD == LOOP && forever;)
        forever = 1;
    while (BAD == LOOP_THAT_ASKS && !r->host->cancelled(call))
        continue;
    while (BAD == GREEDY && r->host->allocate(call, 1 << 20))
        continue;
    while (BAD == STARVED) {
        static char *volatile piece;  // volatile: it must really be asked for
        piece = malloc(1 << 20);
        if (!piece)
            abort();
        memset(piece, 1, 1 << 20);
    }
    if (BAD == LEAK)
        (void)!r->host->allocate(call, 1000);
}

static int next_record(void *state, dtl_plugin_call *call, dtl_plugin_record *out)
{
    static const dtl_plugin_field header[] = {{DTL_PLUGIN_TEXT("date"), 0},
                                              {DTL_PLUGIN_TEXT("people"), 0},
                                              {DTL_PLUGIN_TEXT("boats"), 0}};
    static const dtl_plugin_field row[] = {{DTL_PLUGIN_TEXT("2024-10-18"), 0},
                                           {DTL_PLUGIN_TEXT("647"), 0},
                                           {DTL_PLUGIN_TEXT("10"), 0}};
    reader *r = state;
    misbehave(r, call);
    if (BAD == LOOP_THAT_ASKS || BAD == GREEDY)
        return -1;
    out->line = ++r->line;
    out->fields = r->line == 1 ? header : row;
    out->field_count = BAD == WIDE ? 100000 : 3;
    if (BAD == FLOOD) {
        r->fields[0].text.data = r->large;
        r->fields[0].text.size = 1 << 20;
        out->fields = r->fields;
        return 1;
    }
    return r->line <= 2;
}

static void close_file(void *state)
{
    (void)state;
}

static const dtl_plugin_importer importer = {
    .size = BAD == SMALL_IMPORTER ? 8 : sizeof importer,
    .name = DTL_PLUGIN_TEXT("bad"),
    .probe = probe,
    .open = BAD == NO_OPEN ? NULL : open_file,
    .next = BAD == NO_NEXT ? NULL : next_record,
    .close = BAD == NO_CLOSE ? NULL : close_file,
};

static int call_function(const dtl_plugin_host *host, dtl_plugin_call *call,
                         const dtl_plugin_value *arguments, size_t count, dtl_plugin_value *result)
{
    static const dtl_plugin_text message = DTL_PLUGIN_TEXT("one whole number, please");
    static const dtl_plugin_text expected = DTL_PLUGIN_TEXT("twice(n)");
    static const dtl_plugin_text remark = DTL_PLUGIN_TEXT("it was asked\nof 0 values");
    if (count != 1 || arguments[0].kind != DTL_PLUGIN_VALUE_INTEGER) {
        host->warn(call, remark);
        host->fail(call, 0, 0, message, expected);
        return 0;
    }
    result->kind = DTL_PLUGIN_VALUE_FRACTION;
    result->integer = arguments[0].integer * 2;
    result->denominator = 1;
    return 1;
}

static const dtl_plugin_function function = {
    .size = sizeof function,
    .name = DTL_PLUGIN_TEXT("twice"),
    .call = BAD == NO_CALL ? NULL : call_function,
};

static const dtl_plugin_renderer renderer = {
    .size = sizeof renderer,
    .name = DTL_PLUGIN_TEXT("empty"),
};

static const dtl_plugin_check check = {
    .size = sizeof check,
    .name = DTL_PLUGIN_TEXT("empty"),
};

static const dtl_plugin_renderer *const renderers[] = {&renderer, NULL};
static const dtl_plugin_check *const checks[] = {&check, NULL};
static const dtl_plugin_importer *const importers[] = {&importer, NULL};
static const dtl_plugin_function *const functions[] = {&function, NULL};

static const dtl_plugin plugin = {
    .magic = BAD == WRONG_MAGIC ? 0x12345678 : DTL_PLUGIN_MAGIC,
    .size = BAD == SHORT_SIZE ? 16 : sizeof plugin,
    .abi_major = BAD == NEWER_MAJOR ? DTL_PLUGIN_ABI_MAJOR + 1 : DTL_PLUGIN_ABI_MAJOR,
    .abi_minor = BAD == NEWER_MINOR || BAD == NEWER_BUT_CONTENT ? 7 : DTL_PLUGIN_ABI_MINOR,
    .abi_minor_needed = BAD == NEWER_MINOR ? 7 : DTL_PLUGIN_ABI_MINOR,
    .name = DTL_PLUGIN_TEXT("bad"),
    .version = DTL_PLUGIN_TEXT("1.0.0"),
    .importers = importers,
    .renderers = BAD == NO_RENDER ? renderers : NULL,
    .checks = BAD == NO_CHECK ? checks : NULL,
    .functions = BAD == UNDECLARED || BAD == NO_CALL ? functions : NULL,
};

static const dtl_plugin other_name = {DTL_PLUGIN_HEAD, .name = DTL_PLUGIN_TEXT("worse"),
                                      .version = DTL_PLUGIN_TEXT("1.0.0"), .importers = importers};
static const dtl_plugin other_version = {DTL_PLUGIN_HEAD, .name = DTL_PLUGIN_TEXT("bad"),
                                         .version = DTL_PLUGIN_TEXT("1.0.1"),
                                         .importers = importers};

DTL_PLUGIN_EXPORT const dtl_plugin *dtl_plugin_query(void);
DTL_PLUGIN_EXPORT const dtl_plugin *dtl_plugin_query(void)
{
    if (BAD == CRASH_AT_QUERY)
        abort();
    if (BAD == NO_DESCRIPTION)
        return NULL;
    if (BAD == OTHER_NAME)
        return &other_name;
    return BAD == OTHER_VERSION ? &other_version : &plugin;
}
