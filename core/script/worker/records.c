// core/script/worker/records.c - packed records: frames as they came, and an importer that unpacks them.
#include "script/worker/records.h"

#include <stdlib.h>

#include "script/worker/frame.h"

enum {
    ABSENT = -1,           // in place of a text's size
    FIELDS_MAX = 1 << 20,  // of a record; no file that is honest has more
    REMARKS_MAX = 20,
};

// Packed records, one behind the other; newest last.
typedef struct batch {
    struct batch *next;
    dtl_str packed;
} batch;

struct dtl_records {
    dtl_arena *arena;
    batch *first;
    batch **last;
    dtl_error remarks[REMARKS_MAX];
    size_t remark_count;
};

typedef struct reader {
    const dtl_records *records;
    const batch *batch;
    dtl_str rest;  // of the batch
    dtl_field *fields;
    size_t capacity;
} reader;

void dtl_records_pack(dtl_buf *out, const dtl_record *record)
{
    dtl_pack_int(out, record->line);
    dtl_pack_str(out, record->sheet);
    dtl_pack_int(out, (int64_t)record->count);
    for (size_t i = 0; i < record->count; i++) {
        const dtl_field *field = &record->fields[i];
        if (field->is_null || field->is_absent)
            dtl_pack_int(out, ABSENT);
        else
            dtl_pack_str(out, field->text);
    }
}

// ---- unpacking ----

static bool unpack_field(dtl_str *at, dtl_field *out)
{
    int64_t size;
    dtl_str peek = *at;
    *out = (dtl_field){.quoted = false};
    if (dtl_unpack_int(&peek, &size) && size == ABSENT) {
        *at = peek;
        return true;
    }
    return dtl_unpack_str(at, &out->text);
}

static bool unpack_head(dtl_str *at, dtl_record *out)
{
    int64_t count;
    if (!dtl_unpack_int(at, &out->line) || !dtl_unpack_str(at, &out->sheet) ||
        !dtl_unpack_int(at, &count) || count < 0 || count > FIELDS_MAX)
        return false;
    out->count = (size_t)count;
    return true;
}

// Whether every record of [packed] can be taken apart.
static bool is_whole(dtl_str packed)
{
    while (packed.size) {
        dtl_record record;
        dtl_field field;
        if (!unpack_head(&packed, &record))
            return false;
        for (size_t i = 0; i < record.count; i++)
            if (!unpack_field(&packed, &field))
                return false;
    }
    return true;
}

// ---- taking ----

dtl_records *dtl_records_new(dtl_arena *arena)
{
    dtl_records *records = dtl_arena_alloc(arena, sizeof *records);
    records->arena = arena;
    records->last = &records->first;
    return records;
}

bool dtl_records_add(dtl_records *records, dtl_str packed, dtl_error *err)
{
    if (!is_whole(packed))
        return dtl_error_set(err, DTL_ESCRIPT, "the plugin sent records that make no sense");
    batch *added = dtl_arena_alloc(records->arena, sizeof *added);
    added->packed = dtl_arena_str(records->arena, packed);
    *records->last = added;
    records->last = &added->next;
    return true;
}

void dtl_records_warn(dtl_records *records, const dtl_error *warning)
{
    if (records->remark_count < REMARKS_MAX)
        records->remarks[records->remark_count++] = *warning;
}

// ---- the importer ----

static int records_probe(const dtl_importer *self, const dtl_source_file *file)
{
    (void)self;
    (void)file;
    return 100;
}

static bool records_open(const dtl_importer *self, const dtl_source_file *file, void **state,
                         dtl_error *err)
{
    (void)file;
    (void)err;
    reader *r = dtl_alloc(sizeof *r);
    r->records = self->context;
    r->batch = r->records->first;
    r->rest = r->batch ? r->batch->packed : DTL_STR("");
    *state = r;
    return true;
}

static bool records_next(void *state, dtl_record *out, bool *more, dtl_error *err)
{
    reader *r = state;
    *more = false;
    while (r->rest.size == 0) {
        if (!r->batch || !r->batch->next)
            return true;
        r->batch = r->batch->next;
        r->rest = r->batch->packed;
    }
    *out = (dtl_record){.count = 0};
    bool ok = unpack_head(&r->rest, out);
    if (ok && out->count > r->capacity) {
        r->capacity = out->count;
        r->fields = dtl_realloc_array(r->fields, r->capacity, sizeof *r->fields);
    }
    for (size_t i = 0; ok && i < out->count; i++)
        ok = unpack_field(&r->rest, &r->fields[i]);
    if (!ok)
        return dtl_error_set(err, DTL_EINTERNAL, "records that were whole no longer are");
    out->fields = r->fields;
    *more = true;
    return true;
}

static const dtl_error *records_remark(void *state, size_t index)
{
    const reader *r = state;
    return index < r->records->remark_count ? &r->records->remarks[index] : NULL;
}

static void records_close(void *state)
{
    reader *r = state;
    if (!r)
        return;
    free(r->fields);
    free(r);
}

dtl_importer dtl_records_importer(const dtl_records *records, const char *name)
{
    return (dtl_importer){
        .name = name,
        .extensions = "",
        .context = records,
        .probe = records_probe,
        .open = records_open,
        .next = records_next,
        .remark = records_remark,
        .close = records_close,
    };
}
