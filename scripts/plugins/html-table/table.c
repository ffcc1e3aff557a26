// table.c - the tables of a page, row by row.
//
// A cell that spans columns or rows stands in all of them when it is a header; a figure stands once,
// and what it spans is empty: it is not known to be said twice.
#include "html-table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    NAME_MAX_BYTES = 200,
    ROWSPAN_MAX = 65534,  // as browsers have it
};

// A cell from above that reaches into the rows below it.
typedef struct reach {
    int rows;  // how many more
    size_t start;
    size_t size;  // of its text, when it is a header's
} reach;

typedef struct span {
    size_t start;
    size_t size;
} span;

struct tables {
    const context *c;
    xmlNode *root;   // of the page
    xmlNode *table;  // the one at hand, or NULL
    xmlNode *place;  // in it, or in the page: what was looked at last
    xmlNode *heading;
    char name[NAME_MAX_BYTES + 32];
    bytes names;  // of the tables so far, each behind a NUL
    int count;
    int64_t row;
    bool in_body;  // a row with a figure was met: no header follows
    int64_t cells;

    reach reaches[COLUMNS_MAX];
    bytes above;  // texts of headers that reach down
    bytes text;   // of the row at hand
    span spans[COLUMNS_MAX];
    size_t width;
    dtl_plugin_field fields[COLUMNS_MAX];
};

// ---- names ----

static bool is_heading(const xmlNode *node)
{
    return node->type == XML_ELEMENT_NODE && node->name[0] == 'h' && node->name[1] >= '1' &&
           node->name[1] <= '6' && node->name[2] == '\0';
}

static xmlNode *find_caption(xmlNode *table)
{
    for (xmlNode *node = table->children; node; node = node->next)
        if (is_named(node, "caption"))
            return node;
    return NULL;
}

static bool is_taken(const tables *t)
{
    for (size_t at = 0; at < t->names.size; at += strlen(t->names.data + at) + 1)
        if (strcmp(t->names.data + at, t->name) == 0)
            return true;
    return false;
}

// Cut between characters.
static size_t cut(const bytes *text)
{
    size_t size = text->size < NAME_MAX_BYTES ? text->size : NAME_MAX_BYTES;
    while (size > 0 && size < text->size && ((unsigned char)text->data[size] & 0xc0) == 0x80)
        size--;
    return size;
}

// The caption, else the heading above, else a number; no two tables have the same.
static bool name_table(tables *t)
{
    bytes text = {NULL, 0, 0};
    const xmlNode *from = find_caption(t->table);
    if (!from)
        from = t->heading;
    if (from && !add_text(t->c, from, &text))
        return false;
    size_t size = cut(&text);
    if (size && text.data)
        memcpy(t->name, text.data, size);
    t->name[size] = '\0';
    t->c->host->release(t->c->call, text.data);
    if (size == 0)
        snprintf(t->name, sizeof t->name, "Table %d", t->count);
    else if (is_taken(t))
        snprintf(t->name + size, sizeof t->name - size, " (table %d)", t->count);
    return bytes_add(t->c, &t->names, t->name, strlen(t->name) + 1);
}

// ---- cells ----

static int read_span(xmlNode *cell, const char *name, int most)
{
    xmlChar *value = xmlGetProp(cell, (const xmlChar *)name);
    long count = value ? strtol((const char *)value, NULL, 10) : 1;
    if (value && count == 0 && strcmp((const char *)value, "0") == 0)
        count = most;  // to the end
    xmlFree(value);
    return count < 1 ? 1 : count > most ? most : (int)count;
}

static bool is_cell(const xmlNode *node)
{
    return is_named(node, "td") || is_named(node, "th");
}

static bool is_header_row(const tables *t, const xmlNode *row)
{
    if (is_named(row->parent, "thead"))
        return true;
    bool any = false;
    for (const xmlNode *node = row->children; node; node = node->next) {
        if (is_named(node, "td"))
            return false;
        any = any || is_named(node, "th");
    }
    return any && !t->in_body;
}

// Puts what reaches down into the columns from t->width on.
static bool take_reaches(tables *t, bool is_header)
{
    while (t->width < COLUMNS_MAX && t->reaches[t->width].rows > 0) {
        reach *from = &t->reaches[t->width];
        span *to = &t->spans[t->width++];
        from->rows--;
        *to = (span){t->text.size, is_header ? from->size : 0};
        if (to->size && !bytes_add(t->c, &t->text, t->above.data + from->start, to->size))
            return false;
    }
    return true;
}

static bool reach_down(tables *t, size_t column, int rows, const span *text)
{
    t->reaches[column] = (reach){rows, t->above.size, text->size};
    return text->size == 0 || bytes_add(t->c, &t->above, t->text.data + text->start, text->size);
}

static bool put_cell(tables *t, xmlNode *cell, bool is_header)
{
    span text = {t->text.size, 0};
    int columns = read_span(cell, "colspan", SPAN_MAX);
    int rows = read_span(cell, "rowspan", ROWSPAN_MAX);
    if (!add_text(t->c, cell, &t->text))
        return false;
    text.size = t->text.size - text.start;
    for (int i = 0; i < columns; i++) {
        span shown = is_header || i == 0 ? text : (span){text.start, 0};
        if (t->width == COLUMNS_MAX)
            return refuse(t->c, t->row, "table \"%s\": more than %d columns", t->name, COLUMNS_MAX);
        if (rows > 1 &&
            !reach_down(t, t->width, rows - 1, is_header ? &shown : &(span){text.start, 0}))
            return false;
        t->spans[t->width++] = shown;
    }
    return true;
}

static bool read_row(tables *t, xmlNode *row)
{
    bool is_header = is_header_row(t, row);
    t->in_body = t->in_body || !is_header;
    t->text.size = 0;
    t->width = 0;
    for (xmlNode *node = row->children; node; node = node->next)
        if (is_cell(node) && (!take_reaches(t, is_header) || !put_cell(t, node, is_header)))
            return false;
    if (!take_reaches(t, is_header))
        return false;
    t->cells += (int64_t)t->width;
    return t->cells <= CELLS_MAX ||
           refuse(t->c, t->row, "the page's tables have more than %d cells", CELLS_MAX);
}

static bool is_empty(const tables *t)
{
    for (size_t i = 0; i < t->width; i++)
        if (t->spans[i].size)
            return false;
    return true;
}

// ---- tables and rows ----

static bool begin_table(tables *t, xmlNode *table)
{
    t->table = t->place = table;
    t->row = 0;
    t->in_body = false;
    t->above.size = 0;
    memset(t->reaches, 0, sizeof t->reaches);
    if (++t->count > TABLES_MAX)
        return refuse(t->c, 0, "the page has more than %d tables", TABLES_MAX);
    return name_table(t);
}

// The next table of the page, from t->place on: 1, 0 behind the last, -1. A table in a cell comes
// behind the one around it.
static int find_table(tables *t)
{
    xmlNode *node = t->place;
    while ((node = next_node(node, t->root, false))) {
        if (is_heading(node))
            t->heading = node;
        if (is_named(node, "table"))
            return begin_table(t, node) ? 1 : -1;
    }
    return 0;
}

// The next row of the table at hand, not of one within it.
static xmlNode *find_row(tables *t)
{
    xmlNode *node = t->place;
    bool past = false;
    while ((node = next_node(node, t->table, past))) {
        if (is_named(node, "tr")) {
            t->place = node;
            return node;
        }
        past = is_named(node, "table");
    }
    return NULL;
}

static int hand_out(tables *t, dtl_plugin_record *out)
{
    for (size_t i = 0; i < t->width; i++) {
        t->fields[i].text.data = t->text.data ? t->text.data + t->spans[i].start : "";
        t->fields[i].text.size = t->spans[i].size;
        t->fields[i].is_empty = t->spans[i].size == 0;
    }
    out->sheet.data = t->name;
    out->sheet.size = strlen(t->name);
    out->line = t->row;
    out->fields = t->fields;
    out->field_count = t->width;
    return 1;
}

// Of the table at hand: 1, 0 behind its last row, -1.
static int next_row(tables *t, dtl_plugin_record *out)
{
    xmlNode *row;
    while ((row = find_row(t))) {
        t->row++;
        if (t->c->host->cancelled(t->c->call) || !read_row(t, row))
            return -1;
        if (!is_empty(t))
            return hand_out(t, out);
    }
    return 0;
}

int tables_next(tables *t, dtl_plugin_record *out)
{
    for (;;) {
        int more = t->table ? next_row(t, out) : 0;
        if (more != 0)
            return more;
        t->place = t->table ? t->table : t->root;
        more = find_table(t);
        if (more <= 0)
            return more;
    }
}

static bool has_table(const tables *t)
{
    xmlNode *node = t->root;
    while (node && !is_named(node, "table"))
        node = next_node(node, t->root, false);
    return node || refuse(t->c, 0, "no table found in the page");
}

tables *tables_open(const context *c, xmlDoc *page)
{
    tables *t = c->host->allocate(c->call, sizeof *t);
    if (!t)
        return NULL;
    t->c = c;
    t->root = xmlDocGetRootElement(page);
    return has_table(t) ? t : NULL;
}
