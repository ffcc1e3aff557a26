// html-table.h - what the files of this plugin share.
#ifndef HTML_TABLE_H
#define HTML_TABLE_H

#include <dateline/plugin.h>

#include <libxml/tree.h>
#include <stdbool.h>

enum {
    PAGE_MAX = 8 * 1024 * 1024,  // bytes; the tree in memory takes about ten times that
    DEPTH_MAX = 240,             // of elements; libxml2 itself stops at 256
    TABLES_MAX = 500,
    COLUMNS_MAX = 1000,
    CELLS_MAX = 1000000,  // handed out
    SPAN_MAX = 1000,      // of a colspan, as browsers have it
};

// Whom to tell what is wrong.
typedef struct context {
    const dtl_plugin_host *host;
    dtl_plugin_call *call;
} context;

// ---- text.c ----

// Says what is wrong, in [row] of the table at hand (0: none).
bool refuse(const context *c, int64_t row, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

// Bytes that grow; from the host's memory.
typedef struct bytes {
    char *data;
    size_t size;
    size_t capacity;
} bytes;

bool bytes_add(const context *c, bytes *to, const void *data, size_t size);
// The text of [node] as a reader sees it: white space and no-break spaces folded to one space, none at
// either end; without scripts, what is hidden, and tables within.
bool add_text(const context *c, const xmlNode *node, bytes *to);
bool is_named(const xmlNode *node, const char *name);
// The node behind [node] in the order of the page, within [root]; NULL behind the last. With [past],
// passes over what is below [node].
xmlNode *next_node(xmlNode *node, const xmlNode *root, bool past);

// ---- page.c ----

// Parses the page; the document is freed with xmlFreeDoc. NULL after a refusal.
xmlDoc *page_parse(const context *c, dtl_plugin_text file);

// ---- table.c ----

typedef struct tables tables;

tables *tables_open(const context *c, xmlDoc *page);
// The next row that is not empty. 1, 0 behind the last, -1 after a refusal.
int tables_next(tables *t, dtl_plugin_record *out);

#endif
