// tests/fuzz/fuzz_json.c - any bytes as JSON: a tree whose numbers keep their text, or an error with
// line and column.
#include "base/json.h"
#include "import/json_reader.h"
#include "support/fuzz.h"

const char *const dtl_fuzz_seeds[] = {
    "[{\"date\":\"2024-10-18\",\"people\":647},{\"date\":\"2024-10-19\",\"people\":null}]",
    "{\"data\":[[\"date\",\"people\"],[\"2024-10-18\",9007199254740993]]}",
    "{\"a\":\"\\u00e9\\ud83d\\ude00\\n\",\"b\":[true,false,-0.5e+10,{}]}",
    "[[[[[[[[1]]]]]]]]",
    NULL,
};

static void write_again(dtl_json *json, const dtl_json_value *value)
{
    switch (value->kind) {
    case DTL_JSON_NULL:
        dtl_json_null(json);
        return;
    case DTL_JSON_FALSE:
    case DTL_JSON_TRUE:
        dtl_json_bool(json, value->kind == DTL_JSON_TRUE);
        return;
    case DTL_JSON_NUMBER:
        dtl_json_number(json, value->text);
        return;
    case DTL_JSON_STRING:
        dtl_json_string(json, value->text);
        return;
    case DTL_JSON_ARRAY:
        dtl_json_begin_array(json);
        for (size_t i = 0; i < value->count; i++)
            write_again(json, &value->children[i]);
        dtl_json_end_array(json);
        return;
    case DTL_JSON_OBJECT:
        dtl_json_begin_object(json);
        for (size_t i = 0; i < value->count; i++) {
            dtl_json_key(json, value->children[i].key);
            write_again(json, &value->children[i]);
        }
        dtl_json_end_object(json);
        return;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dtl_arena arena = {0};
    dtl_error err = {0};
    dtl_json_value *tree;
    dtl_str bytes = {(const char *)data, size};
    if (!dtl_json_read(DTL_STR("fuzz.json"), bytes, &arena, &tree, &err)) {
        dtl_fuzz_require(err.code != DTL_OK && err.message[0]);
        dtl_arena_release(&arena);
        return 0;
    }
    // What was read, written again, reads as the same text.
    dtl_buf first = {0};
    dtl_buf second = {0};
    dtl_json json;
    dtl_json_init(&json, &first);
    write_again(&json, tree);
    dtl_fuzz_require(dtl_json_read(DTL_STR("again"), dtl_buf_str(&first), &arena, &tree, &err));
    dtl_json_init(&json, &second);
    write_again(&json, tree);
    dtl_fuzz_require(dtl_str_equal(dtl_buf_str(&first), dtl_buf_str(&second)));
    dtl_buf_release(&first);
    dtl_buf_release(&second);
    dtl_arena_release(&arena);
    return 0;
}
