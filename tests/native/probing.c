// tests/native/probing.c - an importer NAME of one row, which knows files that start with MARK; one
// that starts with "crash" ends its probe.
#include <dateline/plugin.h>

#include <stdlib.h>
#include <string.h>

static int starts(const dtl_plugin_file *file, const char *mark)
{
    return file->bytes.size >= strlen(mark) && memcmp(file->bytes.data, mark, strlen(mark)) == 0;
}

static int probe(const dtl_plugin_file *file)
{
    if (starts(file, "crash"))
        abort();
    if (starts(file, "both"))
        return 50;
    return starts(file, MARK) ? 90 : 0;
}

static void *open_file(const dtl_plugin_host *host, dtl_plugin_call *call,
                       const dtl_plugin_file *file)
{
    static const dtl_plugin_text reads = DTL_PLUGIN_TEXT("read by " NAME);
    (void)file;
    host->fail(call, 0, 0, reads, reads);
    return NULL;
}

static int next_record(void *state, dtl_plugin_call *call, dtl_plugin_record *out)
{
    (void)state;
    (void)call;
    (void)out;
    return 0;
}

static void close_file(void *state)
{
    (void)state;
}

static const dtl_plugin_importer importer = {
    .size = sizeof(dtl_plugin_importer),
    .name = DTL_PLUGIN_TEXT(NAME),
    .probe = probe,
    .open = open_file,
    .next = next_record,
    .close = close_file,
};

static const dtl_plugin_importer *const importers[] = {&importer, NULL};

static const dtl_plugin plugin = {
    DTL_PLUGIN_HEAD,
    .name = DTL_PLUGIN_TEXT(NAME),
    .version = DTL_PLUGIN_TEXT("1.0.0"),
    .importers = importers,
};

DTL_PLUGIN_EXPORT const dtl_plugin *dtl_plugin_query(void);
DTL_PLUGIN_EXPORT const dtl_plugin *dtl_plugin_query(void)
{
    return &plugin;
}
