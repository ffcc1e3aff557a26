// core/import/csv.c - CSV by RFC 4180: libcsv in strict mode, and our own place in the file.
//
// libcsv copies each field, tells no lines and cannot pause. So the text is fed in pieces and records
// wait in a queue; and because nothing is trimmed or repaired, the length of each field gives its
// place in the file: fields are slices of the file, and only one with a doubled quote is copied.
#include <assert.h>
#include <csv.h>
#include <inttypes.h>
#include <stdlib.h>

#include "import/internal.h"

enum {
    PIECE_BYTES = 64 * 1024
};

typedef struct queued {
    size_t first;  // of reader.fields
    size_t count;
    int64_t line;
} queued;

typedef struct reader {
    dtl_str path;
    dtl_str text;
    dtl_importer_limits limits;
    struct csv_parser parser;
    size_t fed;        // bytes of text that libcsv has
    size_t cursor;     // where the field under way starts
    int64_t line;      // the line it starts in
    size_t row_start;  // of the record under way
    int64_t row_line;
    size_t row_first;  // its first field
    bool after_cr;     // a record just ended in CR: an LF now is part of that end
    dtl_field *fields;
    size_t field_count;
    size_t field_capacity;
    queued *records;
    size_t record_count;
    size_t record_capacity;
    size_t next_record;
    dtl_arena copies;  // of fields with doubled quotes
    dtl_error failure;
    bool finished;
} reader;

// ---- what libcsv tells ----

static int no_space(unsigned char c)
{
    (void)c;
    return 0;
}

static bool fail(reader *r, dtl_code code, const char *message)
{
    dtl_error_set(&r->failure, code, "%s", message);
    return dtl_error_point(&r->failure, r->path, r->text, r->cursor);
}

static void add_field(reader *r, dtl_str text, bool quoted)
{
    if (r->field_count == r->field_capacity) {
        r->field_capacity = r->field_capacity ? r->field_capacity * 2 : 4096;
        r->fields = dtl_realloc_array(r->fields, r->field_capacity, sizeof *r->fields);
    }
    r->fields[r->field_count++] = (dtl_field){.text = text, .quoted = quoted};
}

static bool check_limits(reader *r, size_t size)
{
    const dtl_importer_limits *limits = &r->limits;
    if (r->failure.code)
        return false;
    if (size > limits->field_bytes)
        dtl_error_set(&r->failure, DTL_ELIMIT, "a field has %zu bytes; %zu are allowed", size,
                      limits->field_bytes);
    else if (r->field_count - r->row_first >= limits->columns)
        dtl_error_set(&r->failure, DTL_ELIMIT, "a row has more than %zu fields", limits->columns);
    else if (r->cursor - r->row_start > limits->row_bytes)
        dtl_error_set(&r->failure, DTL_ELIMIT, "a row has more than %zu bytes", limits->row_bytes);
    else
        return true;
    return dtl_error_at(&r->failure, r->path, r->row_line, 0);
}

// The field between quotes that starts at the cursor. Its line ends belong to the line count.
static void take_quoted(reader *r, const char *bytes, size_t size)
{
    size_t doubled = 0;
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] == '"')
            doubled++;
        else if (bytes[i] == '\n' || (bytes[i] == '\r' && (i + 1 == size || bytes[i + 1] != '\n')))
            r->line++;
    }
    dtl_str text = dtl_str_slice(r->text, r->cursor + 1, r->cursor + 1 + size);
    if (doubled)
        text = dtl_arena_str(&r->copies, (dtl_str){bytes, size});
    add_field(r, text, true);
    r->cursor += size + doubled + 3;  // both quotes, and what ends the field
}

static void on_field(void *bytes, size_t size, void *context)
{
    reader *r = context;
    if (!check_limits(r, size))
        return;
    r->after_cr = false;
    if (r->cursor < r->text.size && r->text.data[r->cursor] == '"') {
        take_quoted(r, bytes, size);
        return;
    }
    add_field(r, dtl_str_slice(r->text, r->cursor, r->cursor + size), false);
    r->cursor += size + 1;
}

static void end_record(reader *r)
{
    if (r->record_count == r->record_capacity) {
        r->record_capacity = r->record_capacity ? r->record_capacity * 2 : 1024;
        r->records = dtl_realloc_array(r->records, r->record_capacity, sizeof *r->records);
    }
    r->records[r->record_count++] =
        (queued){r->row_first, r->field_count - r->row_first, r->row_line};
    r->row_first = r->field_count;
    r->row_start = r->cursor;
    r->row_line = r->line;
}

// libcsv reports every CR and LF outside quotes (CSV_REPALL_NL): so a blank line is a record of one
// empty field, as RFC 4180 has it, and CRLF is one end of line.
static void on_row(int end, void *context)
{
    reader *r = context;
    if (r->failure.code)
        return;
    bool is_empty = r->field_count == r->row_first;
    if (is_empty && end == '\n' && r->after_cr) {
        r->after_cr = false;
        r->row_start = ++r->cursor;
        return;
    }
    if (is_empty) {
        add_field(r, dtl_str_slice(r->text, r->cursor, r->cursor), false);
        r->cursor++;
    }
    r->line++;
    end_record(r);
    r->after_cr = end == '\r';
}

// ---- feeding ----

static bool explain_syntax(reader *r, size_t offset)
{
    bool quoted = r->cursor < r->text.size && r->text.data[r->cursor] == '"';
    dtl_error_set(&r->failure, DTL_EDATA, "%s",
                  quoted ? "text behind the closing quote of a field"
                         : "a quote inside a field that does not start with one");
    dtl_error_point(&r->failure, r->path, r->text, offset);
    return dtl_error_expected(&r->failure, "quotes around the whole field, and doubled inside it");
}

static bool explain_unclosed(reader *r)
{
    fail(r, DTL_EDATA, "this quote is never closed");
    r->failure.line = r->line;
    return false;
}

// A field that is longer than allowed need not be waited for.
static bool check_pending(reader *r)
{
    if (r->failure.code)
        return false;
    if (r->parser.entry_pos <= r->limits.field_bytes)
        return true;
    dtl_error_set(&r->failure, DTL_ELIMIT, "a field has more than %zu bytes",
                  r->limits.field_bytes);
    dtl_error_point(&r->failure, r->path, r->text, r->cursor);
    r->failure.line = r->line;
    if (r->text.data[r->cursor] == '"')
        dtl_error_hint(&r->failure, "perhaps this quote is never closed");
    return false;
}

// Fields of the record under way move to the front; what they say must outlive the old copies.
static void begin_piece(reader *r)
{
    size_t kept = r->field_count - r->row_first;
    dtl_arena old = r->copies;
    r->copies = (dtl_arena){0};
    for (size_t i = 0; i < kept; i++) {
        dtl_field field = r->fields[r->row_first + i];
        bool is_slice =
            field.text.data >= r->text.data && field.text.data <= r->text.data + r->text.size;
        if (!is_slice)
            field.text = dtl_arena_str(&r->copies, field.text);
        r->fields[i] = field;
    }
    dtl_arena_release(&old);
    r->field_count = kept;
    r->row_first = 0;
    r->record_count = 0;
    r->next_record = 0;
}

static bool finish(reader *r)
{
    r->finished = true;
    if (csv_fini(&r->parser, on_field, on_row, r) != 0)
        return explain_unclosed(r);
    return r->failure.code == DTL_OK;
}

static bool feed(reader *r)
{
    begin_piece(r);
    if (r->fed == r->text.size)
        return finish(r);
    size_t size = r->text.size - r->fed;
    if (size > PIECE_BYTES)
        size = PIECE_BYTES;
    size_t done = csv_parse(&r->parser, r->text.data + r->fed, size, on_field, on_row, r);
    if (done < size && r->failure.code == DTL_OK) {
        if (csv_error(&r->parser) != CSV_EPARSE)
            return fail(r, DTL_ELIMIT, "out of memory");
        return explain_syntax(r, r->fed + done);
    }
    r->fed += size;
    return check_pending(r);
}

// ---- the importer ----

static int csv_probe(const dtl_importer *self, const dtl_source_file *file)
{
    (void)self;
    dtl_str start = dtl_str_slice(file->bytes, 0, 4096);
    if (dtl_text_foreign(start))
        return 0;
    if (memchr(start.data, '\0', start.size))
        return dtl_str_starts(start, DTL_STR("\xff\xfe")) ||
                       dtl_str_starts(start, DTL_STR("\xfe\xff"))
                   ? 10  // to be refused with a reason
                   : 0;
    dtl_str text = dtl_str_trim(start);
    if (text.data[0] == '{' || text.data[0] == '[')
        return 5;
    return memchr(start.data, '\n', start.size) ? 40 : 10;
}

static void csv_close(void *state)
{
    reader *r = state;
    if (!r)
        return;
    csv_free(&r->parser);
    free(r->fields);
    free(r->records);
    dtl_arena_release(&r->copies);
    free(r);
}

static bool csv_open(const dtl_importer *self, const dtl_source_file *file, void **state,
                     dtl_error *err)
{
    (void)self;
    dtl_str text;
    if (!dtl_text_open(file, &text, err))
        return false;
    reader *r = dtl_alloc(sizeof *r);
    *r = (reader){.path = file->path,
                  .text = text,
                  .limits = dtl_limits_complete(file->limits),
                  .line = 1,
                  .row_line = 1};
    if (csv_init(&r->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL) != 0) {
        free(r);
        return dtl_error_set(err, DTL_EINTERNAL, "libcsv does not start");
    }
    csv_set_delim(&r->parser, (unsigned char)dtl_csv_sniff(text, dtl_path_extension(file->path)));
    csv_set_space_func(&r->parser, no_space);
    csv_set_blk_size(&r->parser, PIECE_BYTES);
    *state = r;
    return true;
}

static bool csv_next(void *state, dtl_record *out, bool *more, dtl_error *err)
{
    reader *r = state;
    *more = false;
    while (r->next_record == r->record_count) {
        if (r->failure.code == DTL_OK && r->finished)
            return true;
        // What came before a failure is handed out first.
        if (r->failure.code || (!feed(r) && r->next_record == r->record_count)) {
            if (err->code == DTL_OK)
                *err = r->failure;
            return false;
        }
    }
    const queued *record = &r->records[r->next_record++];
    *out = (dtl_record){
        .fields = r->fields + record->first, .count = record->count, .line = record->line};
    *more = true;
    return true;
}

const dtl_importer dtl_importer_csv = {
    .name = "csv",
    .extensions = "csv tsv tab txt",
    .probe = csv_probe,
    .open = csv_open,
    .next = csv_next,
    .close = csv_close,
};
