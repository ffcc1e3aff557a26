// ods.c - OpenDocument spreadsheets: the importer and the plugin.
#include "ods.h"

#include <string.h>

typedef struct reader {
    context c;
    package *package;
    sheets *sheets;
} reader;

// The first entry of a well-made file is named "mimetype", stored, at a fixed place.
static int probe(const dtl_plugin_file *file)
{
    static const char mark[] = "mimetypeapplication/vnd.oasis.opendocument.spreadsheet";
    if (file->bytes.size < 4 || memcmp(file->bytes.data, "PK\x03\x04", 4) != 0)
        return 0;
    return file->bytes.size >= 30 + sizeof mark &&
                   memcmp(file->bytes.data + 30, mark, sizeof mark - 1) == 0
               ? 100
               : 20;
}

static void close_file(void *state)
{
    reader *r = state;
    sheets_close(r->sheets);  // first: it reads from the package
    package_close(r->package);
}

static void *open_file(const dtl_plugin_host *host, dtl_plugin_call *call,
                       const dtl_plugin_file *file)
{
    reader *r = host->allocate(call, sizeof *r);
    if (!r)
        return NULL;
    r->c.host = host;
    r->c.call = call;
    r->package = package_open(&r->c, file->bytes);
    if (r->package)
        r->sheets = sheets_open(&r->c, r->package);
    if (r->sheets)
        return r;
    close_file(r);
    return NULL;
}

static int next_record(void *state, dtl_plugin_call *call, dtl_plugin_record *out)
{
    (void)call;
    return sheets_next(((reader *)state)->sheets, out);
}

static const dtl_plugin_importer importer = {
    .size = sizeof(dtl_plugin_importer),
    .name = DTL_PLUGIN_TEXT("ods"),
    .probe = probe,
    .open = open_file,
    .next = next_record,
    .close = close_file,
};
static const dtl_plugin_importer *const importers[] = {&importer, NULL};

static const dtl_plugin plugin = {
    DTL_PLUGIN_HEAD,
    .name = DTL_PLUGIN_TEXT("ods"),
    .version = DTL_PLUGIN_TEXT("1.0.0"),
    .importers = importers,
};

DTL_PLUGIN_EXPORT const dtl_plugin *dtl_plugin_query(void);
DTL_PLUGIN_EXPORT const dtl_plugin *dtl_plugin_query(void)
{
    return &plugin;
}
