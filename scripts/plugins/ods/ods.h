// ods.h - what the files of this plugin share.
//
// A spreadsheet is a zip whose content.xml holds every sheet. It is inflated and parsed as it is read
// (package.c, sheet.c), one row in memory at a time: a file may say that a row stands a million
// times, and most do, of blanks.
#ifndef ODS_H
#define ODS_H

#include <dateline/plugin.h>

#include <libxml/xmlreader.h>
#include <stdbool.h>

enum {
    ENTRIES_MAX = 1000,
    INFLATED_MAX = 256 * 1024 * 1024,  // bytes of content.xml
    DEPTH_MAX = 64,                    // of elements
    CELLS_MAX = 5000000,               // handed out
    COLUMNS_MAX = 16384,
    ROWS_MAX = 1048576,
    REPEAT_MAX = 10000,      // of a cell or row that is not empty
    TEXT_MAX = 1024 * 1024,  // bytes of one cell
};

// Whom to tell what is wrong; the first thing said is kept.
typedef struct context {
    const dtl_plugin_host *host;
    dtl_plugin_call *call;
    dtl_plugin_text sheet;  // the one at hand, for messages
    int64_t row;
    struct sheets *sheets;  // what is being read, for read_node
    bool failed;
} context;

// Says what is wrong with the file, or with [column] (from 1; 0: none) of the row at hand.
bool refuse(context *c, int64_t column, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

// Bytes that grow; from the host's memory.
typedef struct bytes {
    char *data;
    size_t size;
    size_t capacity;
} bytes;

bool bytes_add(context *c, bytes *to, const void *data, size_t size);

// ---- package.c ----

typedef struct package package;

// Finds content.xml in the zip and opens it. NULL after a refusal.
package *package_open(context *c, dtl_plugin_text file);
// For xmlReaderForIO: the next inflated bytes. -1 after a refusal.
int package_read(void *opened, char *buffer, int size);
void package_close(package *p);

// ---- cell.c ----

typedef struct cell {
    int64_t repeat;
    size_t start;  // of its value in the row's text
    size_t size;
    bool lacks_value;  // a formula that nobody computed: words stand for it
} cell;

// Reads the cell at hand and moves to its end, adding its value to [text]: nothing when it is empty.
bool cell_read(context *c, xmlTextReaderPtr reader, int64_t column, bytes *text, cell *out);
// A repeat count by its attribute; 1 when there is none.
bool read_repeat(context *c, xmlTextReaderPtr reader, const char *name, int64_t column,
                 int64_t *out);
// The attribute [name] of the namespace, borrowed until the reader moves on; NULL: there is none.
const char *attribute(xmlTextReaderPtr reader, const char *name, const char *space);

// ---- paragraph.c ----

// Reads a text:p of the cell whose text starts at [start], and moves to its end. Adds a line end
// between it and an earlier one.
bool paragraph_read(context *c, xmlTextReaderPtr reader, size_t start, int64_t column, bytes *text);

// ---- sheet.c ----

typedef struct sheets sheets;

sheets *sheets_open(context *c, package *p);
// The next row that is not empty. 1, 0 behind the last, -1 after a refusal.
int sheets_next(sheets *s, dtl_plugin_record *out);
void sheets_close(sheets *s);

// The reader's next node: false at the end and after a refusal.
bool read_node(context *c, xmlTextReaderPtr reader);
// Passes over the element at hand and all in it: the reader stands at its end.
bool skip_element(context *c, xmlTextReaderPtr reader);
bool is_element(xmlTextReaderPtr reader, const char *space, const char *name);

extern const char space_table[];
extern const char space_office[];
extern const char space_text[];

#endif
