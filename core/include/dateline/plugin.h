// dateline/plugin.h - everything a native plugin needs: importers, renderers, checks and functions
// for scripts, in C11 or C++.
//
// A plugin is a folder with a manifest, plugin.json, and a shared library. The library exports one
// function:
//
//     DTL_PLUGIN_EXPORT const dtl_plugin *dtl_plugin_query(void);
//
// which gives a description that lives as long as the library: the ABI it was built for, and tables of
// what it provides. What it provides must equal what the manifest declares.
//
// Rules of this interface
// - ABI: DTL_PLUGIN_ABI_MAJOR changes only when an old plugin could not run. Within a major number
//   members are only ever added, at the end of structs and of the host table. A plugin built for an
//   older minor runs on a newer host; one built for a newer minor is refused, with both named, unless
//   abi_minor_needed says it can do with less.
// - Every struct that crosses the line starts with its size; fill it with the initialisers below.
//   Members beyond the size that the other side knows are not read.
// - Text is a pointer and a length, UTF-8, not NUL-terminated. Handles are opaque.
// - Ownership: what the host passes in is borrowed for the length of the call. What a plugin hands out
//   stays its own: it must live until the next call on the same object, or its close.
// - Errors: a function that fails calls host->fail (once; the first is kept) and returns 0; open
//   returns NULL, next -1. Any other value of render, check and call is success. No exception and no
//   longjmp may leave a plugin.
// - Threads: every call on one object comes from one thread. A plugin has no need of locks, and must
//   not start threads that outlive a call.
// - Loading: constructors and dtl_plugin_query run in that process too, where no file can be written,
//   no socket opened and no process started; files are read in the plugin's own folder and in the
//   system's library folders, where the libraries that a plugin links must be. A call reads none: what
//   it needs of its folder is read at loading.
// - Time: native code runs in a process of its own with limits: a file to import has 60 seconds, from
//   open to close; a bulletin 10, with its script, renderer and checks (`dateline run --time-limit`); a
//   call of a function 5; probe, and loading with dtl_plugin_query for `dateline plugin check`, 2
//   each. Then the process is ended. Long loops ask host->cancelled every few milliseconds and return
//   as on failure when it says so.
#ifndef DTL_INCLUDE_DATELINE_PLUGIN_H
#define DTL_INCLUDE_DATELINE_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define DTL_PLUGIN_MAGIC UINT32_C(0x444c5047)  // "DLPG"
#define DTL_PLUGIN_ABI_MAJOR 1
#define DTL_PLUGIN_ABI_MINOR 0

#if defined(__GNUC__) || defined(__clang__)
#define DTL_PLUGIN_EXPORT __attribute__((visibility("default")))
#else
#define DTL_PLUGIN_EXPORT
#endif

typedef struct dtl_plugin_text {
    const char *data;
    size_t size;
} dtl_plugin_text;

// Of a string literal. For initialisers only (it is a list in braces): what is passed to a function is
// a variable, `static const dtl_plugin_text end = DTL_PLUGIN_TEXT("\n");`.
#define DTL_PLUGIN_TEXT(literal)                                                                   \
    {                                                                                              \
        "" literal, sizeof(literal) - 1                                                            \
    }

// One call from the host; valid until it returns. Reading a file is one call, from open to close: all
// of it is given the same one.
typedef struct dtl_plugin_call dtl_plugin_call;

// ---- what the host offers ----

typedef struct dtl_plugin_node
    dtl_plugin_node;  // a node of a document; borrowed for the render call

// Node kinds; a renderer must expect kinds that it does not know, and show their text.
enum {
    DTL_PLUGIN_NODE_DOCUMENT,
    DTL_PLUGIN_NODE_HEADING,
    DTL_PLUGIN_NODE_PARAGRAPH,
    DTL_PLUGIN_NODE_LIST,
    DTL_PLUGIN_NODE_ITEM,
    DTL_PLUGIN_NODE_TABLE,
    DTL_PLUGIN_NODE_ROW,
    DTL_PLUGIN_NODE_CELL,
    DTL_PLUGIN_NODE_ASIDE,
    DTL_PLUGIN_NODE_RULE,
    DTL_PLUGIN_NODE_TEXT,
    DTL_PLUGIN_NODE_STRONG,
    DTL_PLUGIN_NODE_EMPHASIS,
    DTL_PLUGIN_NODE_CODE,
    DTL_PLUGIN_NODE_LINK,
    DTL_PLUGIN_NODE_FACT,
    DTL_PLUGIN_NODE_DATE,
    DTL_PLUGIN_NODE_BREAK,
};

// What node_get_text gives; an empty text where a node has no such part.
enum {
    DTL_PLUGIN_PART_TEXT,        // the text of TEXT, CODE, FACT and DATE; a TABLE's caption
    DTL_PLUGIN_PART_URL,         // LINK
    DTL_PLUGIN_PART_EXACT,       // FACT: "28204" or "647/10"; DATE: "2024-10-18"
    DTL_PLUGIN_PART_UNIT,        // FACT: "person"
    DTL_PLUGIN_PART_LABEL,       // FACT: what it is, for readers
    DTL_PLUGIN_PART_EXPRESSION,  // FACT: how to compute it again
    DTL_PLUGIN_PART_ID,          // FACT: its entry in the ledger, "f1"
    DTL_PLUGIN_PART_TITLE,       // DOCUMENT and below: the document's title, language, summary
    DTL_PLUGIN_PART_LANGUAGE,
    DTL_PLUGIN_PART_SUMMARY,
    DTL_PLUGIN_PART_ALL,  // all text of the node and what is below it, as a reader sees it
};

// What node_get_number gives; 0 where a node has no such number.
enum {
    DTL_PLUGIN_NUMBER_LEVEL,    // HEADING: 1..6
    DTL_PLUGIN_NUMBER_ORDERED,  // LIST: 1 when numbered
    DTL_PLUGIN_NUMBER_HEADER,   // ROW, CELL: 1 for a header
    DTL_PLUGIN_NUMBER_ALIGN,    // CELL: 0 start, 1 end, 2 centre
    DTL_PLUGIN_NUMBER_ROLE,     // ASIDE: 0 a note, 1 the sources
};

typedef struct dtl_plugin_host {
    size_t size;
    uint32_t abi_major, abi_minor;

    // Says why the call fails. [line] and [column] place it in the file at hand, 0 when unknown;
    // [expected] may be empty.
    void (*fail)(dtl_plugin_call *call, int64_t line, int64_t column, dtl_plugin_text message,
                 dtl_plugin_text expected);
    // A remark for the user that does not fail the call: a warning of what is imported, made or
    // looked at. It is told even if the call then fails.
    void (*warn)(dtl_plugin_call *call, dtl_plugin_text message);
    // Non-zero when the work should stop.
    int (*cancelled)(dtl_plugin_call *call);
    // Memory that the host counts; NULL when the limit is reached. Freed with release, or with the call.
    void *(*allocate)(dtl_plugin_call *call, size_t size);
    void (*release)(dtl_plugin_call *call, void *memory);

    // Adds bytes to the output of a render call. 0 when the output limit is reached.
    int (*write)(dtl_plugin_call *call, dtl_plugin_text bytes);
    // The tree. NULL where there is no such node.
    const dtl_plugin_node *(*node_get_first)(const dtl_plugin_node *node);
    const dtl_plugin_node *(*node_get_next)(const dtl_plugin_node *node);
    const dtl_plugin_node *(*node_get_parent)(const dtl_plugin_node *node);
    uint32_t (*node_get_kind)(const dtl_plugin_node *node);
    dtl_plugin_text (*node_get_text)(dtl_plugin_call *call, const dtl_plugin_node *node,
                                     uint32_t part);
    int64_t (*node_get_number)(const dtl_plugin_node *node, uint32_t number);
} dtl_plugin_host;

// Whether the host has [member]: `if (DTL_PLUGIN_HOST_HAS(host, node_get_number)) ...`.
#define DTL_PLUGIN_HOST_HAS(host, member)                                                          \
    ((host)->size >= offsetof(dtl_plugin_host, member) + sizeof((host)->member))

// ---- importers: files into records ----

typedef struct dtl_plugin_file {
    size_t size;
    dtl_plugin_text path;   // for messages
    dtl_plugin_text bytes;  // the whole file, borrowed until close
} dtl_plugin_file;

typedef struct dtl_plugin_field {
    dtl_plugin_text text;  // the cell as data: dates as 2024-10-18, numbers as 1305 or 64.7
    uint32_t is_empty;     // the cell does not exist or has no value
} dtl_plugin_field;

typedef struct dtl_plugin_record {
    size_t size;
    dtl_plugin_text sheet;  // the table it comes from, or empty
    int64_t line;           // its row there, from 1
    const dtl_plugin_field *fields;
    size_t field_count;
} dtl_plugin_record;

typedef struct dtl_plugin_importer {
    size_t size;
    dtl_plugin_text name;  // as in the manifest
    // 0 (not mine) to 100 (certainly mine), from the file's first bytes; within 2 seconds. Asked
    // where several importers take a file's ending, and of every file whose ending nobody takes or
    // that has none: the highest answer wins (the core's own for text in lines is 40). One that alone
    // takes the ending is not asked: its open says best what is wrong with the file. NULL: 1.
    int (*probe)(const dtl_plugin_file *file);
    // Opens a file; NULL after host->fail. The state is the plugin's, passed to next and close.
    void *(*open)(const dtl_plugin_host *host, dtl_plugin_call *call, const dtl_plugin_file *file);
    // The next record into [out]: 1; 0 behind the last; -1 after host->fail. A table's header row comes
    // as its first record.
    int (*next)(void *state, dtl_plugin_call *call, dtl_plugin_record *out);
    void (*close)(void *state);
} dtl_plugin_importer;

// ---- renderers: a document into bytes ----

typedef struct dtl_plugin_renderer {
    size_t size;
    dtl_plugin_text name;
    dtl_plugin_text media_type;
    // Writes the document by host->write. 1, or 0 after host->fail. Same tree, same bytes.
    int (*render)(const dtl_plugin_host *host, dtl_plugin_call *call,
                  const dtl_plugin_node *document);
} dtl_plugin_renderer;

// ---- checks: a document looked over before it goes out ----

typedef struct dtl_plugin_check {
    size_t size;
    dtl_plugin_text name;
    // Calls host->warn for each finding. 1, or 0 after host->fail (the bulletin is then not written).
    int (*check)(const dtl_plugin_host *host, dtl_plugin_call *call,
                 const dtl_plugin_node *document);
} dtl_plugin_check;

// ---- functions for scripts: require "plugin.NAME".function(...) ----

enum {
    DTL_PLUGIN_VALUE_NIL,
    DTL_PLUGIN_VALUE_INTEGER,
    DTL_PLUGIN_VALUE_TEXT,
    DTL_PLUGIN_VALUE_FRACTION
};

// A script's values arrive as: nil NIL; an integer INTEGER; a text TEXT; a date TEXT, "2024-10-18"; a
// fact FRACTION, even when it is whole (then with the denominator 1), and one that is a date TEXT.
// Nothing else can be given to a function. A result's TEXT is UTF-8; a FRACTION becomes a fact, or an
// integer when it is whole.
typedef struct dtl_plugin_value {
    uint32_t kind;
    int64_t integer;       // INTEGER; of a FRACTION the numerator
    int64_t denominator;   // FRACTION: above 0
    dtl_plugin_text text;  // TEXT
} dtl_plugin_value;

typedef struct dtl_plugin_function {
    size_t size;
    dtl_plugin_text name;
    // 1 with [result] set; 0 after host->fail. A NIL result means: cannot say.
    int (*call)(const dtl_plugin_host *host, dtl_plugin_call *call,
                const dtl_plugin_value *arguments, size_t argument_count, dtl_plugin_value *result);
} dtl_plugin_function;

// ---- the description of a plugin ----

typedef struct dtl_plugin {
    uint32_t magic;  // DTL_PLUGIN_MAGIC
    uint32_t size;
    uint32_t abi_major, abi_minor;
    uint32_t abi_minor_needed;  // the oldest host minor it runs on
    dtl_plugin_text name;       // as in the manifest
    dtl_plugin_text version;
    const dtl_plugin_importer *const *importers;  // NULL-terminated lists; NULL: none
    const dtl_plugin_renderer *const *renderers;
    const dtl_plugin_check *const *checks;
    const dtl_plugin_function *const *functions;
} dtl_plugin;

// The first members of a description: `static const dtl_plugin plugin = { DTL_PLUGIN_HEAD,
// .name = DTL_PLUGIN_TEXT("hello"), ... };` (in C++ without the designators, in this order). It asks
// for a host of this header's minor; who looks with DTL_PLUGIN_HOST_HAS before using what is newer
// writes these members out, with an abi_minor_needed of less.
#define DTL_PLUGIN_HEAD                                                                            \
    DTL_PLUGIN_MAGIC, (uint32_t)sizeof(dtl_plugin), DTL_PLUGIN_ABI_MAJOR, DTL_PLUGIN_ABI_MINOR,    \
        DTL_PLUGIN_ABI_MINOR

typedef const dtl_plugin *dtl_plugin_query_fn(void);

#ifdef __cplusplus
}
#endif

#endif
