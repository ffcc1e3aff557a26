// core/import/json.c - JSON as a table: an array of objects or of arrays, or one under a named key.
#include <inttypes.h>
#include <stdlib.h>

#include "import/internal.h"
#include "import/json_reader.h"
#include "store/intern.h"

typedef struct reader {
    dtl_str path;
    dtl_importer_limits limits;
    dtl_arena arena;
    const dtl_json_value *table;  // the array
    bool is_objects;
    dtl_intern keys;  // of objects: the columns, in the order of first sight
    size_t columns;
    dtl_field *fields;
    size_t next_item;  // 0: the header comes first
    bool header_done;
} reader;

static bool refuse(const reader *r, const dtl_json_value *value, const char *message,
                   dtl_error *err)
{
    dtl_error_set(err, DTL_EDATA, "%s", message);
    dtl_error_at(err, r->path, value->line, value->column);
    return dtl_error_expected(
        err, "an array of objects, or of arrays, or an object that holds one such array");
}

// The array itself, or the one that an object has among its members.
static bool find_table(reader *r, const dtl_json_value *root, dtl_error *err)
{
    if (root->kind == DTL_JSON_ARRAY) {
        r->table = root;
        return true;
    }
    if (root->kind != DTL_JSON_OBJECT)
        return refuse(r, root, "this JSON holds no table", err);
    for (size_t i = 0; i < root->count; i++) {
        if (root->children[i].kind != DTL_JSON_ARRAY)
            continue;
        if (r->table)
            return refuse(r, &root->children[i], "this JSON holds more than one array", err);
        r->table = &root->children[i];
    }
    return r->table || refuse(r, root, "this JSON holds no array", err);
}

static bool check_columns(const reader *r, const dtl_json_value *item, size_t count, dtl_error *err)
{
    if (count <= r->limits.columns)
        return true;
    dtl_error_set(err, DTL_ELIMIT, "more than %zu columns", r->limits.columns);
    return dtl_error_at(err, r->path, item->line, item->column);
}

static bool check_cells(const reader *r, const dtl_json_value *item, dtl_error *err)
{
    for (size_t i = 0; i < item->count; i++) {
        const dtl_json_value *cell = &item->children[i];
        if (cell->kind == DTL_JSON_ARRAY || cell->kind == DTL_JSON_OBJECT)
            return refuse(r, cell, "a cell holds an array or an object", err);
        if (cell->text.size > r->limits.field_bytes) {
            dtl_error_set(err, DTL_ELIMIT, "a text has %zu bytes; %zu are allowed", cell->text.size,
                          r->limits.field_bytes);
            return dtl_error_at(err, r->path, cell->line, cell->column);
        }
    }
    return true;
}

// Every item is of one kind and flat; the columns are all keys, or as many as the longest array has.
static bool survey(reader *r, dtl_error *err)
{
    for (size_t i = 0; i < r->table->count; i++) {
        const dtl_json_value *item = &r->table->children[i];
        if (item->kind != DTL_JSON_OBJECT && item->kind != DTL_JSON_ARRAY)
            return refuse(r, item, "an item of the table is neither an object nor an array", err);
        if (i == 0)
            r->is_objects = item->kind == DTL_JSON_OBJECT;
        if (r->is_objects != (item->kind == DTL_JSON_OBJECT))
            return refuse(r, item, "the table mixes objects and arrays", err);
        if (!check_cells(r, item, err))
            return false;
        for (size_t k = 0; r->is_objects && k < item->count; k++) {
            dtl_intern_add(&r->keys, item->children[k].key);
            if (!check_columns(r, item, r->keys.count, err))
                return false;
        }
        size_t columns = r->is_objects ? r->keys.count : item->count;
        if (!check_columns(r, item, columns, err))
            return false;
        if (columns > r->columns)
            r->columns = columns;
    }
    return true;
}

static int json_probe(const dtl_importer *self, const dtl_source_file *file)
{
    (void)self;
    dtl_str start = dtl_str_trim(dtl_str_slice(file->bytes, 0, 4096));
    if (dtl_str_starts(start, DTL_STR("\xef\xbb\xbf")))
        start = dtl_str_trim(dtl_str_slice(start, 3, start.size));
    return start.size && (start.data[0] == '[' || start.data[0] == '{') ? 80 : 0;
}

static void json_close(void *state)
{
    reader *r = state;
    if (!r)
        return;
    dtl_arena_release(&r->arena);
    dtl_intern_release(&r->keys);
    free(r->fields);
    free(r);
}

static bool json_open(const dtl_importer *self, const dtl_source_file *file, void **state,
                      dtl_error *err)
{
    (void)self;
    dtl_str text;
    dtl_json_value *root;
    if (!dtl_text_open(file, &text, err))
        return false;
    reader *r = dtl_alloc(sizeof *r);
    *r = (reader){.path = file->path, .limits = dtl_limits_complete(file->limits)};
    dtl_intern_init(&r->keys);
    if (!dtl_json_read(file->path, text, &r->arena, &root, err) || !find_table(r, root, err) ||
        !survey(r, err)) {
        json_close(r);
        return false;
    }
    r->fields = dtl_realloc_array(NULL, r->columns, sizeof *r->fields);
    *state = r;
    return true;
}

static dtl_field field_of(const dtl_json_value *value)
{
    switch (value->kind) {
    case DTL_JSON_NULL:
        return (dtl_field){.text = DTL_STR("null"), .is_null = true};
    case DTL_JSON_TRUE:
        return (dtl_field){.text = DTL_STR("true")};
    case DTL_JSON_FALSE:
        return (dtl_field){.text = DTL_STR("false")};
    default:
        return (dtl_field){.text = value->text, .quoted = value->kind == DTL_JSON_STRING};
    }
}

static size_t fill_object(reader *r, const dtl_json_value *item)
{
    for (size_t i = 0; i < r->columns; i++)
        r->fields[i] = (dtl_field){.is_absent = true};
    for (size_t i = 0; i < item->count; i++)
        r->fields[dtl_intern_add(&r->keys, item->children[i].key)] = field_of(&item->children[i]);
    return r->columns;
}

static size_t fill_array(reader *r, const dtl_json_value *item)
{
    for (size_t i = 0; i < item->count; i++)
        r->fields[i] = field_of(&item->children[i]);
    return item->count;
}

static size_t fill_header(reader *r)
{
    for (size_t i = 0; i < r->columns; i++)
        r->fields[i] = (dtl_field){.text = dtl_intern_get(&r->keys, (uint32_t)i), .quoted = true};
    return r->columns;
}

static bool json_next(void *state, dtl_record *out, bool *more, dtl_error *err)
{
    reader *r = state;
    (void)err;
    *more = false;
    if (r->is_objects && !r->header_done) {
        r->header_done = true;
        *out = (dtl_record){.fields = r->fields, .count = fill_header(r)};
        *more = true;
        return true;
    }
    if (r->next_item == r->table->count)
        return true;
    const dtl_json_value *item = &r->table->children[r->next_item++];
    size_t count = r->is_objects ? fill_object(r, item) : fill_array(r, item);
    *out = (dtl_record){.fields = r->fields, .count = count, .line = (int64_t)r->next_item};
    *more = true;
    return true;
}

const dtl_importer dtl_importer_json = {
    .name = "json",
    .extensions = "json",
    .probe = json_probe,
    .open = json_open,
    .next = json_next,
    .close = json_close,
};
