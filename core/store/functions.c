// core/store/functions.c - instr, replace and the trims, bounded.
//
// SQLite's own compare every position of one text with every character of another in one step that
// nothing interrupts: seconds for two texts within the length limit. These take linear time.
#include "store/guard.h"

enum {
    TRIM_SET_MAX = 64  // bytes of the second argument of trim
};

static dtl_str argument(sqlite3_value *value)
{
    const char *bytes = sqlite3_value_type(value) == SQLITE_BLOB
                            ? sqlite3_value_blob(value)
                            : (const char *)sqlite3_value_text(value);
    int size = sqlite3_value_bytes(value);
    return (dtl_str){bytes, bytes && size > 0 ? (size_t)size : 0};
}

static bool any_null(int count, sqlite3_value **values)
{
    for (int i = 0; i < count; i++)
        if (sqlite3_value_type(values[i]) == SQLITE_NULL)
            return true;
    return false;
}

static sqlite3_int64 count_characters(dtl_str text)
{
    sqlite3_int64 count = 0;
    for (size_t i = 0; i < text.size; i++)
        if ((text.data[i] & 0xc0) != 0x80)
            count++;
    return count;
}

static void call_instr(sqlite3_context *context, int count, sqlite3_value **values)
{
    if (any_null(count, values))
        return;
    bool is_blob = sqlite3_value_type(values[0]) == SQLITE_BLOB &&
                   sqlite3_value_type(values[1]) == SQLITE_BLOB;
    dtl_str text = argument(values[0]);
    dtl_str part = argument(values[1]);
    size_t at = dtl_str_find(text, part);
    if (at == SIZE_MAX)
        sqlite3_result_int(context, 0);
    else if (is_blob)
        sqlite3_result_int64(context, (sqlite3_int64)at + 1);
    else
        sqlite3_result_int64(context, count_characters(dtl_str_slice(text, 0, at)) + 1);
}

static void call_replace(sqlite3_context *context, int count, sqlite3_value **values)
{
    if (any_null(count, values))
        return;
    dtl_str text = argument(values[0]);
    dtl_str old = argument(values[1]);
    dtl_str new = argument(values[2]);
    int limit = sqlite3_limit(sqlite3_context_db_handle(context), SQLITE_LIMIT_LENGTH, -1);
    dtl_buf out = {0};
    while (old.size && out.size + text.size <= (size_t)limit) {
        size_t at = dtl_str_find(text, old);
        if (at == SIZE_MAX)
            break;
        dtl_buf_add_str(&out, dtl_str_slice(text, 0, at));
        dtl_buf_add_str(&out, new);
        text = dtl_str_slice(text, at + old.size, text.size);
    }
    dtl_buf_add_str(&out, text);
    if (out.size > (size_t)limit)
        sqlite3_result_error_toobig(context);
    else
        sqlite3_result_text64(context, out.data, out.size, SQLITE_TRANSIENT, SQLITE_UTF8);
    dtl_buf_release(&out);
}

// The size of the character that starts at [at].
static size_t character_size(dtl_str text, size_t at)
{
    size_t size = 1;
    while (at + size < text.size && (text.data[at + size] & 0xc0) == 0x80)
        size++;
    return size;
}

// Whether the character of [size] bytes at [character] is one of [set].
static bool is_in(dtl_str set, const char *character, size_t size)
{
    for (size_t at = 0; at < set.size;) {
        size_t step = character_size(set, at);
        if (step == size && memcmp(set.data + at, character, size) == 0)
            return true;
        at += step;
    }
    return false;
}

enum {
    TRIM_LEFT = 1,
    TRIM_RIGHT = 2
};

static dtl_str trim(dtl_str text, dtl_str set, unsigned sides)
{
    while (sides & TRIM_LEFT && text.size) {
        size_t size = character_size(text, 0);
        if (!is_in(set, text.data, size))
            break;
        text = dtl_str_slice(text, size, text.size);
    }
    while (sides & TRIM_RIGHT && text.size) {
        size_t at = text.size - 1;
        while (at > 0 && (text.data[at] & 0xc0) == 0x80)
            at--;
        if (!is_in(set, text.data + at, text.size - at))
            break;
        text = dtl_str_slice(text, 0, at);
    }
    return text;
}

static void call_trim(sqlite3_context *context, int count, sqlite3_value **values)
{
    const unsigned *sides = sqlite3_user_data(context);
    if (any_null(count, values))
        return;
    dtl_str set = count > 1 ? argument(values[1]) : DTL_STR(" ");
    if (set.size > TRIM_SET_MAX) {
        sqlite3_result_error(context, "trim: more than 64 bytes of characters to trim", -1);
        return;
    }
    dtl_str text = trim(argument(values[0]), set, *sides);
    sqlite3_result_text64(context, text.data ? text.data : "", text.size, SQLITE_TRANSIENT,
                          SQLITE_UTF8);
}

bool dtl_guard_register_functions(dtl_store *store, dtl_error *err)
{
    static unsigned sides[] = {TRIM_LEFT, TRIM_RIGHT, TRIM_LEFT | TRIM_RIGHT};
    static const struct {
        const char *name;
        int arguments;
        void (*call)(sqlite3_context *, int, sqlite3_value **);
        void *data;
    } functions[] = {
        {"instr", 2, call_instr, NULL},     {"replace", 3, call_replace, NULL},
        {"ltrim", 1, call_trim, &sides[0]}, {"ltrim", 2, call_trim, &sides[0]},
        {"rtrim", 1, call_trim, &sides[1]}, {"rtrim", 2, call_trim, &sides[1]},
        {"trim", 1, call_trim, &sides[2]},  {"trim", 2, call_trim, &sides[2]},
    };
    const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
    for (size_t i = 0; i < DTL_COUNT(functions); i++) {
        int code = sqlite3_create_function_v2(store->sql.db, functions[i].name,
                                              functions[i].arguments, flags, functions[i].data,
                                              functions[i].call, NULL, NULL, NULL);
        if (code != SQLITE_OK)
            return dtl_sql_failed(&store->sql, code, err);
    }
    return true;
}
