// hello.c - a native plugin to copy from: one importer, one renderer, one check.
//
// Everything a plugin needs is in this one header, whose comments are the reference. A plugin links
// nothing of Dateline: the host hands in its functions with each call.
#include <dateline/plugin.h>

#include <string.h>

static const dtl_plugin_text nothing = {"", 0};

// ---- an importer: lines of key=value, a blank line between rows ----
//
//     date=2024-10-18
//     people=647
//     boats=10
//
// The first row's keys are the header. The host calls open once, then next until it gives 0 or -1,
// then close.

enum {
    COLUMNS_MAX = 100
};

typedef struct reader {
    const dtl_plugin_host *host;
    dtl_plugin_text rest;  // what is not read yet, of bytes that are ours until close
    int64_t line;
    int64_t row_line;  // where the row at hand starts
    int header_done;
    size_t count;
    dtl_plugin_field keys[COLUMNS_MAX];
    dtl_plugin_field values[COLUMNS_MAX];  // handed out: they must live until the next call
} reader;

// From 0 (not mine) to 100 (certainly mine). Cheap, and without a host: the file's start is enough.
static int probe(const dtl_plugin_file *file)
{
    const char *end = memchr(file->bytes.data, '\n', file->bytes.size);
    size_t size = end ? (size_t)(end - file->bytes.data) : file->bytes.size;
    return size > 0 && memchr(file->bytes.data, '=', size) != NULL ? 30 : 0;
}

static void *open_file(const dtl_plugin_host *host, dtl_plugin_call *call,
                       const dtl_plugin_file *file)
{
    // Memory of the host is counted, zeroed, and freed with the call if we do not do it.
    reader *r = host->allocate(call, sizeof *r);
    if (!r)
        return NULL;  // the host knows why
    r->host = host;
    r->rest = file->bytes;
    return r;
}

// Says what is wrong and where; -1 is what next returns after that.
static int refuse(const reader *r, dtl_plugin_call *call, const char *message, const char *expected)
{
    dtl_plugin_text what = {message, strlen(message)};
    dtl_plugin_text wanted = {expected, strlen(expected)};
    r->host->fail(call, r->line, 0, what, wanted);
    return -1;
}

// The next line without its end. Text is never NUL-terminated: only pointer and length.
static dtl_plugin_text take_line(reader *r)
{
    const char *end = memchr(r->rest.data, '\n', r->rest.size);
    dtl_plugin_text line = {r->rest.data, end ? (size_t)(end - r->rest.data) : r->rest.size};
    size_t taken = line.size + (end ? 1 : 0);
    r->rest.data += taken;
    r->rest.size -= taken;
    r->line++;
    if (line.size > 0 && line.data[line.size - 1] == '\r')
        line.size--;
    return line;
}

static int take_pair(reader *r, dtl_plugin_call *call, dtl_plugin_text line, size_t at)
{
    const char *equals = memchr(line.data, '=', line.size);
    if (!equals)
        return refuse(r, call, "a line without '='", "key=value");
    if (at == COLUMNS_MAX || (r->header_done && at == r->count))
        return refuse(r, call, "more values than the first row has keys", "one line for each key");
    dtl_plugin_text key = {line.data, (size_t)(equals - line.data)};
    dtl_plugin_text value = {equals + 1, line.size - key.size - 1};
    if (!r->header_done)
        r->keys[at].text = key;
    else if (key.size != r->keys[at].text.size ||
             memcmp(key.data, r->keys[at].text.data, key.size) != 0)
        return refuse(r, call, "another key than the first row has here", "the same keys in order");
    r->values[at].text = value;
    r->values[at].is_empty = value.size == 0;
    return 1;
}

// Reads one row into r->values. 1, 0 at the end, -1 after a refusal.
static int take_row(reader *r, dtl_plugin_call *call)
{
    size_t at = 0;
    while (r->rest.size > 0) {
        dtl_plugin_text line = take_line(r);
        if (line.size == 0 && at > 0)
            break;
        if (at == 0)
            r->row_line = r->line;
        if (line.size > 0 && take_pair(r, call, line, at++) < 0)
            return -1;
    }
    if (at > 0 && r->header_done && at < r->count)
        return refuse(r, call, "fewer values than the first row has keys", "one line for each key");
    r->count = r->header_done ? r->count : at;
    return at > 0;
}

// The header goes out first, so the first row is read twice: once for its keys.
static int next_record(void *state, dtl_plugin_call *call, dtl_plugin_record *out)
{
    reader *r = state;
    dtl_plugin_text start = r->rest;
    if (r->host->cancelled(call))
        return -1;
    int more = take_row(r, call);
    out->line = r->row_line;
    out->fields = r->header_done ? r->values : r->keys;
    out->field_count = r->count;
    if (!r->header_done) {
        r->header_done = 1;
        r->rest = start;
        r->line = 0;
    }
    return more;
}

static void close_file(void *state)
{
    (void)state;  // all of it is the host's, which frees it now
}

static const dtl_plugin_importer keyvalue = {
    .size = sizeof(dtl_plugin_importer),
    .name = DTL_PLUGIN_TEXT("keyvalue"),  // as in plugin.json
    .probe = probe,
    .open = open_file,
    .next = next_record,
    .close = close_file,
};

// ---- a renderer: every block on a line of its own ----

static int is_block(uint32_t kind)
{
    return kind == DTL_PLUGIN_NODE_HEADING || kind == DTL_PLUGIN_NODE_PARAGRAPH ||
           kind == DTL_PLUGIN_NODE_ROW;
}

// A tree has a few levels (32 at most), so recursion is fine.
static int write_blocks(const dtl_plugin_host *host, dtl_plugin_call *call,
                        const dtl_plugin_node *node)
{
    static const dtl_plugin_text mark = DTL_PLUGIN_TEXT("# ");
    static const dtl_plugin_text end = DTL_PLUGIN_TEXT("\n");
    uint32_t kind = host->node_get_kind(node);
    if (is_block(kind)) {
        int is_heading = kind == DTL_PLUGIN_NODE_HEADING;
        // PART_ALL is the text of the node and of all below it, as a reader sees it.
        dtl_plugin_text text = host->node_get_text(call, node, DTL_PLUGIN_PART_ALL);
        return host->write(call, is_heading ? mark : nothing) && host->write(call, text) &&
               host->write(call, end);
    }
    for (node = host->node_get_first(node); node; node = host->node_get_next(node))
        if (!write_blocks(host, call, node))
            return 0;
    return 1;
}

static const dtl_plugin_renderer outline = {
    .size = sizeof(dtl_plugin_renderer),
    .name = DTL_PLUGIN_TEXT("outline"),
    .media_type = DTL_PLUGIN_TEXT("text/plain; charset=utf-8"),
    .render = write_blocks,
};

// ---- a check: something to say about a bulletin before it goes out ----

static int check_heading(const dtl_plugin_host *host, dtl_plugin_call *call,
                         const dtl_plugin_node *document)
{
    static const dtl_plugin_text missing = DTL_PLUGIN_TEXT("the bulletin has no heading");
    const dtl_plugin_node *node = host->node_get_first(document);
    while (node && host->node_get_kind(node) != DTL_PLUGIN_NODE_HEADING)
        node = host->node_get_next(node);
    if (!node)
        host->warn(call, missing);  // a finding; host->fail would keep the bulletin from going out
    return 1;
}

static const dtl_plugin_check has_heading = {
    .size = sizeof(dtl_plugin_check),
    .name = DTL_PLUGIN_TEXT("has-heading"),
    .check = check_heading,
};

// ---- the description, and the one function that is exported ----

static const dtl_plugin_importer *const importers[] = {&keyvalue, NULL};
static const dtl_plugin_renderer *const renderers[] = {&outline, NULL};
static const dtl_plugin_check *const checks[] = {&has_heading, NULL};

static const dtl_plugin plugin = {
    DTL_PLUGIN_HEAD,
    .name = DTL_PLUGIN_TEXT("hello"),  // name and version: as in plugin.json
    .version = DTL_PLUGIN_TEXT("1.0.0"),
    .importers = importers,
    .renderers = renderers,
    .checks = checks,
};

DTL_PLUGIN_EXPORT const dtl_plugin *dtl_plugin_query(void);
DTL_PLUGIN_EXPORT const dtl_plugin *dtl_plugin_query(void)
{
    return &plugin;
}
