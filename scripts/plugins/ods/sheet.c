// sheet.c - content.xml as rows: what is repeated is counted, what is empty is passed over.
#include "ods.h"

#include <stdio.h>
#include <string.h>

enum {
    TABLE_DEPTH = 3,  // document-content, body, spreadsheet, table
    NAME_MAX_BYTES = 1000,
    NODES_BETWEEN_LOOKS = 4096,
    BROKEN_BYTES = 200,
    // libxml2: no network, no entity is replaced, and what it has to say goes to our handler.
    OPTIONS = XML_PARSE_NONET | XML_PARSE_NOCDATA,
};

const char space_table[] = "urn:oasis:names:tc:opendocument:xmlns:table:1.0";
const char space_office[] = "urn:oasis:names:tc:opendocument:xmlns:office:1.0";
const char space_text[] = "urn:oasis:names:tc:opendocument:xmlns:text:1.0";

struct sheets {
    context *c;
    xmlTextReaderPtr reader;
    char broken[BROKEN_BYTES];  // what libxml2 says first
    int broken_line;
    unsigned nodes;
    bool is_spreadsheet;
    bool in_table;

    bytes name;     // of the sheet
    int64_t rows;   // that are behind us
    size_t width;   // of its widest row so far
    int64_t cells;  // handed out, of all sheets

    bytes text;  // of the row at hand
    size_t starts[COLUMNS_MAX + 1];
    size_t sizes[COLUMNS_MAX + 1];
    size_t count;  // of its cells up to the last that is not empty
    dtl_plugin_field fields[COLUMNS_MAX];
    int64_t repeat;    // how often it still comes
    int64_t uncached;  // formulas without a value
};

// ---- nodes ----

static void take_error(void *opened, xmlErrorPtr error)
{
    sheets *s = opened;
    if (s->broken[0] || error->level < XML_ERR_ERROR)
        return;
    snprintf(s->broken, sizeof s->broken, "%s", error->message ? error->message : "unknown");
    s->broken[strcspn(s->broken, "\n")] = '\0';
    s->broken_line = error->line;
}

bool is_element(xmlTextReaderPtr reader, const char *space, const char *name)
{
    const char *its_space = (const char *)xmlTextReaderConstNamespaceUri(reader);
    const char *its_name = (const char *)xmlTextReaderConstLocalName(reader);
    return its_space && strcmp(its_space, space) == 0 &&
           (!name || (its_name && strcmp(its_name, name) == 0));
}

static bool refuse_broken(context *c, const sheets *s)
{
    if (s->broken[0])
        return refuse(c, 0, "content.xml is broken in line %d: %s", s->broken_line, s->broken);
    return refuse(c, 0, "content.xml ends early");
}

// The reader carries its sheets: the functions below see only the reader.
static bool check_node(context *c, xmlTextReaderPtr reader)
{
    int type = xmlTextReaderNodeType(reader);
    if (type == XML_READER_TYPE_DOCUMENT_TYPE)
        return refuse(c, 0, "content.xml has a DOCTYPE, which no spreadsheet needs");
    if (type == XML_READER_TYPE_ENTITY_REFERENCE)
        return refuse(c, 0, "content.xml has an entity of its own, which no spreadsheet needs");
    return xmlTextReaderDepth(reader) <= DEPTH_MAX ||
           refuse(c, 0, "content.xml nests more than %d elements", DEPTH_MAX);
}

bool read_node(context *c, xmlTextReaderPtr reader)
{
    sheets *s = c->sheets;
    if (c->failed)
        return false;
    int more = xmlTextReaderRead(reader);
    if (c->failed)  // the package has said why
        return false;
    if (more < 0 || s->broken[0])
        return refuse_broken(c, s);
    if (more == 0)
        return false;
    if (++s->nodes % NODES_BETWEEN_LOOKS == 0 && c->host->cancelled(c->call)) {
        c->failed = true;
        return false;
    }
    return check_node(c, reader);
}

bool skip_element(context *c, xmlTextReaderPtr reader)
{
    int depth = xmlTextReaderDepth(reader);
    if (xmlTextReaderIsEmptyElement(reader))
        return true;
    while (read_node(c, reader))
        if (xmlTextReaderDepth(reader) == depth)
            return true;
    return false;
}

// ---- rows ----

static bool put_cell(sheets *s, const cell *put, int64_t column)
{
    context *c = s->c;
    if (put->repeat > REPEAT_MAX)
        return refuse(c, column, "a cell that is not empty is repeated %lld times; %d are allowed",
                      (long long)put->repeat, REPEAT_MAX);
    if (column + put->repeat - 1 > COLUMNS_MAX)
        return refuse(c, column, "a value in column %lld; a spreadsheet has %d",
                      (long long)(column + put->repeat - 1), COLUMNS_MAX);
    for (; s->count < (size_t)column - 1; s->count++)
        s->sizes[s->count] = 0;
    for (int64_t i = 0; i < put->repeat; i++, s->count++) {
        s->starts[s->count] = put->start;
        s->sizes[s->count] = put->size;
    }
    s->uncached += put->lacks_value;
    return true;
}

static bool read_cells(sheets *s)
{
    xmlTextReaderPtr reader = s->reader;
    int depth = xmlTextReaderDepth(reader);
    int64_t column = 1;
    if (xmlTextReaderIsEmptyElement(reader))
        return true;
    while (read_node(s->c, reader)) {
        if (xmlTextReaderDepth(reader) == depth)
            return true;
        if (xmlTextReaderNodeType(reader) != XML_READER_TYPE_ELEMENT)
            continue;
        cell one;
        if (!is_element(reader, space_table, "table-cell") &&
            !is_element(reader, space_table, "covered-table-cell")) {
            if (!skip_element(s->c, reader))
                return false;
            continue;
        }
        if (!cell_read(s->c, reader, column, &s->text, &one) ||
            (one.size && !put_cell(s, &one, column)))
            return false;
        column += one.repeat;
    }
    return false;
}

// Every row is as wide as the widest before it: the cells behind its last value are empty.
static bool finish_row(sheets *s)
{
    context *c = s->c;
    if (s->repeat > REPEAT_MAX)
        return refuse(c, 1, "a row that is not empty is repeated %lld times; %d are allowed",
                      (long long)s->repeat, REPEAT_MAX);
    if (c->row + s->repeat - 1 > ROWS_MAX)
        return refuse(c, 1, "a value in row %lld; a spreadsheet has %d",
                      (long long)(c->row + s->repeat - 1), ROWS_MAX);
    if (s->width < s->count)
        s->width = s->count;
    s->cells += (int64_t)s->width * s->repeat;
    if (s->cells > CELLS_MAX)
        return refuse(c, 1, "the spreadsheet has more than %d cells", CELLS_MAX);
    for (size_t i = 0; i < s->width; i++) {
        size_t size = i < s->count ? s->sizes[i] : 0;
        s->fields[i].text.data = size ? s->text.data + s->starts[i] : "";
        s->fields[i].text.size = size;
        s->fields[i].is_empty = size == 0;
    }
    return true;
}

// Stands at a row: reads it. s->repeat is 0 when it was empty.
static bool read_row(sheets *s)
{
    int64_t repeat;
    s->text.size = 0;
    s->count = 0;
    s->c->row = s->rows + 1;
    if (!read_repeat(s->c, s->reader, "number-rows-repeated", 1, &repeat) || !read_cells(s))
        return false;
    if (s->count == 0) {
        s->rows += repeat;
        return true;
    }
    s->repeat = repeat;
    return finish_row(s);
}

// ---- tables ----

static bool begin_table(sheets *s)
{
    const char *name = attribute(s->reader, "name", space_table);
    size_t size = name ? strlen(name) : 0;
    if (size > NAME_MAX_BYTES)
        return refuse(s->c, 0, "a sheet's name of %zu bytes", size);
    s->name.size = 0;
    if (!bytes_add(s->c, &s->name, name ? name : "", size))
        return false;
    s->c->sheet.data = s->name.data;
    s->c->sheet.size = s->name.size;
    s->rows = 0;
    s->width = 0;
    s->in_table = !xmlTextReaderIsEmptyElement(s->reader);
    return true;
}

// Around the tables: only the way to them is of interest.
static bool enter_outside(sheets *s)
{
    static const char *const way[] = {"document-content", "body", "spreadsheet"};
    int depth = xmlTextReaderDepth(s->reader);
    if (depth < TABLE_DEPTH && is_element(s->reader, space_office, way[depth])) {
        s->is_spreadsheet |= depth == TABLE_DEPTH - 1;
        return true;
    }
    if (depth == 0)
        return refuse(s->c, 0, "content.xml is not the content of a spreadsheet");
    if (depth == TABLE_DEPTH && is_element(s->reader, space_table, "table"))
        return begin_table(s);
    return skip_element(s->c, s->reader);
}

static bool is_row_group(xmlTextReaderPtr reader)
{
    return is_element(reader, space_table, "table-header-rows") ||
           is_element(reader, space_table, "table-row-group") ||
           is_element(reader, space_table, "table-rows");
}

static bool enter(sheets *s)
{
    if (!s->in_table)
        return enter_outside(s);
    if (is_element(s->reader, space_table, "table-row"))
        return read_row(s);
    return is_row_group(s->reader) || skip_element(s->c, s->reader);
}

static int end(sheets *s)
{
    char message[120];
    if (s->c->failed)
        return -1;
    if (!s->is_spreadsheet) {
        refuse(s->c, 0, "content.xml holds no spreadsheet");
        return -1;
    }
    if (s->uncached) {
        int size =
            snprintf(message, sizeof message,
                     "cells with a formula and no value: %lld; open the file, let it calculate, "
                     "save it",
                     (long long)s->uncached);
        dtl_plugin_text text = {message, (size_t)size};
        s->c->host->warn(s->c->call, text);
        s->uncached = 0;
    }
    return 0;
}

static int hand_out(sheets *s, dtl_plugin_record *out)
{
    s->repeat--;
    s->rows++;
    out->sheet = s->c->sheet;
    out->line = s->rows;
    out->fields = s->fields;
    out->field_count = s->width;
    return 1;
}

int sheets_next(sheets *s, dtl_plugin_record *out)
{
    if (s->repeat > 0)
        return hand_out(s, out);
    while (read_node(s->c, s->reader)) {
        int type = xmlTextReaderNodeType(s->reader);
        if (type == XML_READER_TYPE_END_ELEMENT && xmlTextReaderDepth(s->reader) == TABLE_DEPTH)
            s->in_table = false;
        if (type == XML_READER_TYPE_ELEMENT && !enter(s))
            break;
        if (s->repeat > 0)
            return hand_out(s, out);
    }
    return end(s);
}

sheets *sheets_open(context *c, package *p)
{
    sheets *s = c->host->allocate(c->call, sizeof *s);
    if (!s)
        return NULL;
    s->c = c;
    c->sheets = s;
    s->reader = xmlReaderForIO(package_read, NULL, p, "content.xml", NULL, OPTIONS);
    if (!s->reader) {
        refuse(c, 0, "the XML reader does not start");
        return NULL;
    }
    xmlTextReaderSetStructuredErrorHandler(s->reader, take_error, s);
    return s;
}

void sheets_close(sheets *s)
{
    if (s && s->reader)
        xmlFreeTextReader(s->reader);
}
