// core/import/json_reader.c - strict JSON reading: our scan decides, cJSON builds the tree, and both
// walk together so that each number keeps its text and each value its place.
#include "import/json_reader.h"

#include <assert.h>
#include <cjson/cJSON.h>
#include <stdlib.h>

#include "import/json_scan.h"

enum {
    FEW_KEYS = 8  // objects up to this size are compared key by key
};

typedef struct builder {
    const dtl_json_scan *scan;
    dtl_arena *arena;
    size_t next;  // token
} builder;

static const dtl_json_token *token_at(const builder *b, size_t index)
{
    return (const dtl_json_token *)(const void *)b->scan->tokens.data + index;
}

// A member while an object's keys are sorted.
typedef struct member {
    const dtl_json_value *value;
} member;

static int by_key(const void *a, const void *b)
{
    const dtl_json_value *x = ((const member *)a)->value;
    const dtl_json_value *y = ((const member *)b)->value;
    int order = dtl_str_compare(x->key, y->key);
    return order ? order : (x > y) - (x < y);
}

static bool refuse_duplicate(const builder *b, const dtl_json_value *value, dtl_error *err)
{
    dtl_error_set(err, DTL_EDATA, "the key \"%.*s\" comes twice in one object",
                  DTL_ARG(value->key));
    return dtl_error_at(err, b->scan->file_name, value->line, value->column);
}

static bool check_few_keys(const builder *b, const dtl_json_value *object, dtl_error *err)
{
    for (size_t i = 1; i < object->count; i++)
        for (size_t k = 0; k < i; k++)
            if (dtl_str_equal(object->children[i].key, object->children[k].key))
                return refuse_duplicate(b, &object->children[i], err);
    return true;
}

static bool check_keys(const builder *b, const dtl_json_value *object, dtl_error *err)
{
    if (object->count <= FEW_KEYS)
        return check_few_keys(b, object, err);
    member *sorted = dtl_realloc_array(NULL, object->count, sizeof *sorted);
    bool ok = true;
    for (size_t i = 0; i < object->count; i++)
        sorted[i].value = &object->children[i];
    qsort(sorted, object->count, sizeof *sorted, by_key);
    for (size_t i = 1; ok && i < object->count; i++)
        if (dtl_str_equal(sorted[i - 1].value->key, sorted[i].value->key))
            ok = refuse_duplicate(b, sorted[i].value, err);
    free(sorted);
    return ok;
}

static bool kind_of(const cJSON *node, dtl_json_kind *out)
{
    static const struct {
        int type;
        dtl_json_kind kind;
    } kinds[] = {
        {cJSON_NULL, DTL_JSON_NULL},     {cJSON_False, DTL_JSON_FALSE},
        {cJSON_True, DTL_JSON_TRUE},     {cJSON_Number, DTL_JSON_NUMBER},
        {cJSON_String, DTL_JSON_STRING}, {cJSON_Array, DTL_JSON_ARRAY},
        {cJSON_Object, DTL_JSON_OBJECT},
    };
    for (size_t i = 0; i < DTL_COUNT(kinds); i++) {
        if ((node->type & 0xff) == kinds[i].type) {
            *out = kinds[i].kind;
            return true;
        }
    }
    return false;
}

static bool build(builder *b, const cJSON *node, dtl_json_value *out, dtl_error *err);

static bool build_children(builder *b, const cJSON *node, dtl_json_value *out, dtl_error *err)
{
    size_t count = 0;
    for (const cJSON *child = node->child; child; child = child->next)
        count++;
    out->children = dtl_arena_alloc(b->arena, count * sizeof *out->children);
    for (const cJSON *child = node->child; child; child = child->next) {
        dtl_json_value *value = &out->children[out->count++];
        if (!build(b, child, value, err))
            return false;
        if (out->kind == DTL_JSON_OBJECT)
            value->key = dtl_arena_str(b->arena, dtl_str_from(child->string));
    }
    return out->kind == DTL_JSON_ARRAY || check_keys(b, out, err);
}

static bool build(builder *b, const cJSON *node, dtl_json_value *out, dtl_error *err)
{
    dtl_json_kind kind;
    size_t tokens = b->scan->tokens.size / sizeof(dtl_json_token);
    if (!kind_of(node, &kind) || b->next >= tokens || token_at(b, b->next)->kind != kind)
        return dtl_error_set(err, DTL_EINTERNAL, "cJSON read something else than we did");
    const dtl_json_token *token = token_at(b, b->next++);
    *out = (dtl_json_value){.kind = kind, .line = token->line, .column = token->column};
    if (kind == DTL_JSON_NUMBER)
        out->text = dtl_arena_str(b->arena, dtl_str_slice(b->scan->text, token->start, token->end));
    else if (kind == DTL_JSON_STRING)
        out->text = dtl_arena_str(b->arena, dtl_str_from(node->valuestring));
    if (kind == DTL_JSON_ARRAY || kind == DTL_JSON_OBJECT)
        return build_children(b, node, out, err);
    return true;
}

static bool build_tree(const dtl_json_scan *scan, dtl_arena *arena, dtl_json_value **out,
                       dtl_error *err)
{
    builder b = {scan, arena, 0};
    cJSON *tree = cJSON_ParseWithLength(scan->plain.data, scan->plain.size);
    if (!tree) {
        dtl_error_set(err, DTL_EINTERNAL, "cJSON refused what we took for JSON");
        return dtl_error_at(err, scan->file_name, 0, 0);
    }
    dtl_json_value *root = dtl_arena_alloc(arena, sizeof *root);
    bool ok = build(&b, tree, root, err);
    cJSON_Delete(tree);
    if (ok && b.next != scan->tokens.size / sizeof(dtl_json_token))
        ok = dtl_error_set(err, DTL_EINTERNAL, "cJSON read less than we did");
    if (ok)
        *out = root;
    return ok;
}

bool dtl_json_read(dtl_str file_name, dtl_str bytes, dtl_arena *arena, dtl_json_value **out,
                   dtl_error *err)
{
    dtl_json_scan scan = {.file_name = file_name, .text = bytes};
    bool ok = dtl_json_scan_all(&scan, err) && build_tree(&scan, arena, out, err);
    dtl_buf_release(&scan.tokens);
    dtl_buf_release(&scan.plain);
    return ok;
}

const dtl_json_value *dtl_json_get(const dtl_json_value *object, dtl_str key)
{
    if (object->kind != DTL_JSON_OBJECT)
        return NULL;
    for (size_t i = 0; i < object->count; i++)
        if (dtl_str_equal(object->children[i].key, key))
            return &object->children[i];
    return NULL;
}
