// core/import/import.h - files into rows: the importer interface, and importing one file whole.
#ifndef DTL_IMPORT_IMPORT_H
#define DTL_IMPORT_IMPORT_H

#include "store/store.h"

// ---- the interface that every importer, built in or plugin, implements ----

typedef struct dtl_field {
    dtl_str text;    // as it stands in the file, unquoted, never trimmed; valid until the next row
    bool quoted;     // CSV: in quotes; JSON: a string
    bool is_null;    // JSON null
    bool is_absent;  // JSON: the object has no such key
} dtl_field;

typedef struct dtl_record {
    const dtl_field *fields;
    size_t count;
    int64_t line;   // the line (CSV) or the item's number (JSON) where it starts, from 1
    dtl_str sheet;  // the table it is of, where a file has several; a new name starts a new table
} dtl_record;

typedef struct dtl_importer_limits {
    size_t file_bytes;   // 0: the default, 1 GiB
    size_t field_bytes;  // 1 MiB
    size_t columns;      // 2,000
    size_t row_bytes;    // 16 MiB
} dtl_importer_limits;

typedef struct dtl_source_file {
    dtl_str path;   // for messages
    dtl_str bytes;  // the whole file, borrowed until close
    dtl_importer_limits limits;
} dtl_source_file;

typedef struct dtl_importer dtl_importer;
struct dtl_importer {
    const char *name;        // "csv"
    const char *extensions;  // "csv tsv txt", separated by spaces
    const void *context;     // the importer's own: what it was made with
    // Whether the first bytes look like this format: 0 no .. 100 certainly.
    int (*probe)(const dtl_importer *self, const dtl_source_file *file);
    // Opens and stores its own state in [*state].
    bool (*open)(const dtl_importer *self, const dtl_source_file *file, void **state,
                 dtl_error *err);
    // The next record; [*more] is false behind the last. The header, where the format has one, comes
    // as the first record. Errors carry file, line and column.
    bool (*next)(void *state, dtl_record *out, bool *more, dtl_error *err);
    // Remarks that fail nothing, asked for behind the last record: the [index]th, or NULL. The member
    // may be NULL.
    const dtl_error *(*remark)(void *state, size_t index);
    void (*close)(void *state);
};

extern const dtl_importer dtl_importer_csv;  // RFC 4180, libcsv in strict mode
extern const dtl_importer
    dtl_importer_json;  // RFC 8259: an array of objects or of arrays, or one under a named key

// The importers a run knows: the built-in ones, and what plugins add.
typedef struct dtl_importer_list {
    const dtl_importer *const *importers;
    size_t count;
} dtl_importer_list;
extern const dtl_importer_list dtl_importers_builtin;
// The one to use, by extension, then by probing. DTL_EDATA says what the file looks like instead (an
// HTML page, a zip, an empty file, a pointer to large file storage) and what can be read.
const dtl_importer *dtl_importer_for(const dtl_importer_list *list, const dtl_source_file *file,
                                     dtl_error *err);

// ---- importing a file ----

typedef struct dtl_import_options {
    const dtl_importer_list *importers;  // NULL: the built-in ones
    const dtl_dataset *const *datasets;  // the manifests known, to find the file's own
    size_t dataset_count;
    dtl_str dataset;     // the one to use; empty: the one whose required headers the file has
    dtl_date published;  // DTL_DATE_NONE: not known
    dtl_moment retrieved;
    bool has_kind;  // else the dataset's own kind
    dtl_release_kind kind;
    bool dry_run;
    bool keep_good_rows;  // bad rows are held and the rest imported; by default nothing is
    size_t problem_max;   // how many problems to report; 0: 20
    dtl_importer_limits limits;
    // Called now and then with bytes read so far and in all; may be NULL.
    void (*progress)(void *context, size_t done, size_t total);
    void *progress_context;
} dtl_import_options;

// One table of a file that became a release.
typedef struct dtl_import_table {
    dtl_str sheet;  // its name in the file; "" where a file is one table
    dtl_str dataset;
    dtl_release_result result;
} dtl_import_table;

// A table that is no dataset's: a cover sheet, notes.
typedef struct dtl_skipped_table {
    dtl_str sheet;
    dtl_str reason;
} dtl_skipped_table;

typedef struct dtl_import_report {  // all in its arena
    dtl_str dataset;                // of the first table imported, as is its result
    dtl_release_result result;
    dtl_import_table *tables;
    size_t table_count;
    dtl_skipped_table *skipped;
    size_t skipped_count;
    dtl_error *problems;  // every bad cell, up to problem_max
    size_t problem_count;
    size_t problem_total;
    dtl_error *warnings;  // looked odd, was imported
    size_t warning_count;
    dtl_arena arena;
} dtl_import_report;

// Imports one file in one transaction. Of a file with several tables (sheets), each that fits a
// dataset becomes a release; the others are told as skipped; two that fit the same one are refused.
// False: nothing at all was imported, [err] has the first
// reason, [report] every problem. Frees with dtl_import_report_release in both cases.
DTL_CHECK
bool dtl_import_file(dtl_store *store, const char *path, const dtl_import_options *options,
                     dtl_import_report *report, dtl_error *err);
// The same from bytes in memory; [name] stands for the path.
DTL_CHECK
bool dtl_import_bytes(dtl_store *store, dtl_str name, dtl_str bytes,
                      const dtl_import_options *options, dtl_import_report *report, dtl_error *err);
void dtl_import_report_release(dtl_import_report *report);

// A count as sources write it: digits, an optional sign, "1,305" where every group is whole, "1305.0".
// False on anything else ("1.5", "1,30", "12x", "1e3"); [why] then says what was expected.
DTL_CHECK
bool dtl_count_parse(dtl_str text, int64_t *out, const char **why);

#endif
