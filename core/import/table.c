// core/import/table.c - finds the header row by the names a dataset requires.
#include "import/table.h"

#include <inttypes.h>

enum {
    HEADERS_SHOWN = 200  // bytes of a list of headers in a message
};

// One attempt: this dataset against this record.
typedef struct attempt {
    dtl_table table;
    size_t matched;             // columns found
    const dtl_column *lacking;  // a required column without a field, or NULL
    size_t lacking_count;
    const dtl_column *doubled;  // a column that two headers are, or NULL
} attempt;

static dtl_field copy_field(dtl_arena *arena, dtl_field field)
{
    field.text = dtl_arena_str(arena, field.text);
    return field;
}

bool dtl_table_read_head(dtl_stream *stream, dtl_arena *arena, dtl_record records[DTL_HEADER_ROWS],
                         size_t *count, dtl_error *err)
{
    bool more = true;
    *count = 0;
    while (*count < DTL_HEADER_ROWS) {
        dtl_record record;
        if (!dtl_stream_next(stream, &record, &more, err))
            return false;
        if (!more)
            return true;
        dtl_field *fields = dtl_arena_alloc(arena, record.count * sizeof *fields);
        for (size_t i = 0; i < record.count; i++)
            fields[i] = copy_field(arena, record.fields[i]);
        record.fields = fields;
        record.sheet = (dtl_str){NULL, 0};
        records[(*count)++] = record;
    }
    return true;
}

static bool is_header_of(const dtl_column *column, dtl_str header)
{
    if (column->header_count == 0)
        return dtl_str_equal(column->name, header);
    for (size_t i = 0; i < column->header_count; i++)
        if (dtl_str_equal(column->headers[i], header))
            return true;
    return false;
}

static const dtl_str *normalise(const dtl_record *record, dtl_arena *arena)
{
    dtl_str *headers = dtl_arena_alloc(arena, record->count * sizeof *headers);
    for (size_t i = 0; i < record->count; i++)
        headers[i] = dtl_header_normalise(arena, record->fields[i].text);
    return headers;
}

static void match_column(attempt *a, size_t index, const dtl_str *headers, size_t count)
{
    const dtl_column *column = &a->table.dataset->columns[index];
    int *field = &a->table.fields[index];
    *field = DTL_NO_FIELD;
    for (size_t i = 0; i < count; i++) {
        if (!is_header_of(column, headers[i]))
            continue;
        if (*field == DTL_NO_FIELD)
            *field = (int)i;
        else
            a->doubled = column;
    }
    if (*field != DTL_NO_FIELD) {
        a->matched++;
    } else if (!column->optional && column->role != DTL_ROLE_IGNORED) {
        a->lacking_count++;
        if (!a->lacking)
            a->lacking = column;
    }
}

static attempt try_record(const dtl_dataset *dataset, const dtl_str *headers, size_t count)
{
    attempt a = {.table = {.dataset = dataset, .field_count = count}};
    for (size_t i = 0; i < dataset->column_count; i++)
        match_column(&a, i, headers, count);
    return a;
}

static bool is_better(const attempt *a, const attempt *b)
{
    if ((a->lacking_count == 0) != (b->lacking_count == 0))
        return a->lacking_count == 0;
    return a->matched > b->matched;
}

// The best of the records for one dataset: the first that fits, else the nearest.
static attempt best_record(const dtl_dataset *dataset, const dtl_str *const *headers,
                           const dtl_record *records, size_t count)
{
    attempt best = {.table = {.dataset = dataset}, .lacking_count = SIZE_MAX};
    for (size_t i = 0; i < count; i++) {
        attempt a = try_record(dataset, headers[i], records[i].count);
        a.table.header_row = i;
        if (best.lacking_count == SIZE_MAX || is_better(&a, &best))
            best = a;
        if (a.lacking_count == 0)
            break;
    }
    return best;
}

static void list_headers(const dtl_record *record, dtl_buf *out)
{
    for (size_t i = 0; i < record->count && out->size < HEADERS_SHOWN; i++)
        dtl_buf_printf(out, "%s'%.*s'", i ? ", " : "", DTL_ARG(record->fields[i].text));
    if (out->size >= HEADERS_SHOWN)
        DTL_BUF_LITERAL(out, ", ...");
}

static bool refuse_header(const attempt *a, dtl_str path, const dtl_record *records,
                          size_t dataset_count, dtl_error *err)
{
    dtl_buf seen = {0};
    dtl_buf wanted = {0};
    const dtl_dataset *dataset = a->table.dataset;
    const dtl_record *record = &records[a->table.header_row];
    list_headers(record, &seen);
    if (dataset_count == 1)
        dtl_error_set(err, DTL_EDATA, "no header row of %.*s: no column '%.*s' among %.*s",
                      DTL_ARG(dataset->name), DTL_ARG(a->lacking->name),
                      DTL_ARG(dtl_buf_str(&seen)));
    else
        dtl_error_set(err, DTL_EDATA, "no dataset has these headers: %.*s",
                      DTL_ARG(dtl_buf_str(&seen)));
    dtl_error_at(err, path, record->line, 0);
    for (size_t i = 0; i < dataset->column_count; i++)
        if (!dataset->columns[i].optional && dataset->columns[i].role != DTL_ROLE_IGNORED)
            dtl_buf_printf(&wanted, "%s%.*s", wanted.size ? ", " : "",
                           DTL_ARG(dataset->columns[i].name));
    dtl_error_expected(err, "%s%.*s: %.*s", dataset_count == 1 ? "" : "for ",
                       DTL_ARG(dataset->name), DTL_ARG(dtl_buf_str(&wanted)));
    dtl_buf_release(&seen);
    dtl_buf_release(&wanted);
    return false;
}

static void complete(attempt *a, const dtl_record *record, const dtl_str *headers, dtl_arena *arena)
{
    dtl_table *table = &a->table;
    dtl_str *texts = dtl_arena_alloc(arena, record->count * sizeof *texts);
    table->unknown = dtl_arena_alloc(arena, record->count * sizeof *table->unknown);
    for (size_t i = 0; i < record->count; i++) {
        bool known = headers[i].size == 0;
        texts[i] = record->fields[i].text;
        for (size_t k = 0; !known && k < table->dataset->column_count; k++)
            known = is_header_of(&table->dataset->columns[k], headers[i]);
        if (!known)
            table->unknown[table->unknown_count++] = texts[i];
    }
    table->headers = texts;
}

static bool refuse_dataset(const dtl_import_options *options, dtl_arena *arena, dtl_error *err)
{
    dtl_str *names = dtl_arena_alloc(arena, options->dataset_count * sizeof *names);
    for (size_t i = 0; i < options->dataset_count; i++)
        names[i] = options->datasets[i]->name;
    dtl_str nearest = dtl_str_nearest(options->dataset, names, options->dataset_count);
    dtl_error_set(err, DTL_EUSAGE, "no dataset '%.*s'", DTL_ARG(options->dataset));
    if (nearest.size)
        dtl_error_hint(err, "did you mean '%.*s'?", DTL_ARG(nearest));
    return false;
}

// Of the datasets asked for, the best attempt; [rival] is another that fits as well.
static bool choose(const dtl_import_options *options, const dtl_str *const *headers,
                   const dtl_record *records, size_t count, attempt *best,
                   const dtl_dataset **rival)
{
    size_t tried = 0;
    *rival = NULL;
    for (size_t i = 0; i < options->dataset_count; i++) {
        const dtl_dataset *dataset = options->datasets[i];
        if (options->dataset.size && !dtl_str_equal(options->dataset, dataset->name))
            continue;
        attempt a = best_record(dataset, headers, records, count);
        if (tried++ == 0 || is_better(&a, best)) {
            *best = a;
            *rival = NULL;
        } else if (!is_better(best, &a) && a.lacking_count == 0) {
            *rival = dataset;
        }
    }
    return tried > 0;
}

static bool refuse_doubt(const attempt *best, const dtl_dataset *rival, dtl_error *err)
{
    if (rival) {
        dtl_error_set(err, DTL_EDATA, "the headers fit both %.*s and %.*s",
                      DTL_ARG(best->table.dataset->name), DTL_ARG(rival->name));
        return dtl_error_hint(err, "say which one it is: --dataset NAME");
    }
    return dtl_error_set(err, DTL_EDATA, "two headers are the column '%.*s'",
                         DTL_ARG(best->doubled->name));
}

dtl_table_fit dtl_table_find(const dtl_import_options *options, dtl_str path,
                             const dtl_record *records, size_t count, dtl_arena *arena,
                             dtl_table *out, dtl_error *err)
{
    const dtl_str *headers[DTL_HEADER_ROWS];
    attempt best = {0};
    const dtl_dataset *rival;
    for (size_t i = 0; i < count; i++)
        headers[i] = normalise(&records[i], arena);
    if (!choose(options, headers, records, count, &best, &rival)) {
        refuse_dataset(options, arena, err);
        return DTL_TABLE_WRONG;
    }
    if (count == 0) {
        dtl_error_set(err, DTL_EDATA, "no data in the file");
        dtl_error_at(err, path, 0, 0);
        return DTL_TABLE_OTHER;
    }
    const dtl_record *record = &records[best.table.header_row];
    if (best.lacking_count) {
        refuse_header(&best, path, records, options->dataset.size ? 1 : options->dataset_count,
                      err);
        *out = best.table;
        out->lacking = best.lacking;
        out->is_near = best.matched >= 2 && best.matched > best.lacking_count;
        return DTL_TABLE_OTHER;
    }
    if (rival || best.doubled) {
        refuse_doubt(&best, rival, err);
        dtl_error_at(err, path, record->line, 0);
        return DTL_TABLE_WRONG;
    }
    complete(&best, record, headers[best.table.header_row], arena);
    *out = best.table;
    return DTL_TABLE_FITS;
}
