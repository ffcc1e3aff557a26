// html-table.c - tables of web pages: the importer and the plugin.
#include "html-table.h"

#include <string.h>

typedef struct reader {
    context c;
    xmlDoc *page;
    tables *tables;
} reader;

static bool starts(const char *at, size_t size, const char *word)
{
    size_t length = strlen(word);
    if (size < length)
        return false;
    for (size_t i = 0; i < length; i++)
        if ((at[i] >= 'A' && at[i] <= 'Z' ? at[i] - 'A' + 'a' : at[i]) != word[i])
            return false;
    return true;
}

static int probe(const dtl_plugin_file *file)
{
    const char *at = file->bytes.data;
    size_t size = file->bytes.size;
    if (starts(at, size, "\xef\xbb\xbf")) {
        at += 3;
        size -= 3;
    }
    for (; size > 0 && strchr(" \t\r\n", *at) && *at; size--)
        at++;
    if (starts(at, size, "<!doctype html") || starts(at, size, "<html"))
        return 80;
    return size > 0 && *at == '<' ? 20 : 0;
}

static void close_file(void *state)
{
    reader *r = state;
    xmlFreeDoc(r->page);
}

static void *open_file(const dtl_plugin_host *host, dtl_plugin_call *call,
                       const dtl_plugin_file *file)
{
    reader *r = host->allocate(call, sizeof *r);
    if (!r)
        return NULL;
    r->c.host = host;
    r->c.call = call;
    r->page = page_parse(&r->c, file->bytes);
    if (r->page)
        r->tables = tables_open(&r->c, r->page);
    if (r->tables)
        return r;
    close_file(r);
    return NULL;
}

static int next_record(void *state, dtl_plugin_call *call, dtl_plugin_record *out)
{
    (void)call;
    return tables_next(((reader *)state)->tables, out);
}

static const dtl_plugin_importer importer = {
    .size = sizeof(dtl_plugin_importer),
    .name = DTL_PLUGIN_TEXT("html-table"),
    .probe = probe,
    .open = open_file,
    .next = next_record,
    .close = close_file,
};
static const dtl_plugin_importer *const importers[] = {&importer, NULL};

static const dtl_plugin plugin = {
    DTL_PLUGIN_HEAD,
    .name = DTL_PLUGIN_TEXT("html-table"),
    .version = DTL_PLUGIN_TEXT("1.0.0"),
    .importers = importers,
};

DTL_PLUGIN_EXPORT const dtl_plugin *dtl_plugin_query(void);
DTL_PLUGIN_EXPORT const dtl_plugin *dtl_plugin_query(void)
{
    return &plugin;
}
