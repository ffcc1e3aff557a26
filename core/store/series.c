// core/store/series.c - finding the one series that a measure and some fixed dimensions pick.
#include <stdlib.h>

#include "base/json.h"
#include "store/internal.h"

enum {
    VALUES_SHOWN = 12  // how many values of an open dimension a message lists
};

// What a search looks for.
typedef struct search {
    dtl_store *store;
    dtl_str dataset;
    dtl_str measure;
    const dtl_filter *filters;
    size_t count;
    int64_t dataset_id;
} search;

static int by_name(const void *a, const void *b)
{
    return dtl_str_compare(((const dtl_filter *)a)->dimension, ((const dtl_filter *)b)->dimension);
}

void dtl_series_add_dimensions(const dtl_filter *filters, size_t count, dtl_buf *out)
{
    dtl_filter *sorted = dtl_realloc_array(NULL, count, sizeof *sorted);
    if (count)
        memcpy(sorted, filters, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, by_name);
    dtl_json json;
    dtl_json_init(&json, out);
    dtl_json_begin_object(&json);
    for (size_t i = 0; i < count; i++) {
        dtl_json_key(&json, sorted[i].dimension);
        dtl_json_string(&json, sorted[i].value);
    }
    dtl_json_end_object(&json);
    free(sorted);
}

static bool find_exact(const search *s, int64_t *id, dtl_error *err)
{
    dtl_buf key = {0};
    dtl_series_add_dimensions(s->filters, s->count, &key);
    bool ok = dtl_sql_integer(&s->store->sql, err,
                              "SELECT id FROM series WHERE dataset = ?1 AND measure = ?2"
                              " AND dimensions = ?3",
                              0, id, DTL_ARG_INT(s->dataset_id), DTL_ARG_TEXT(s->measure),
                              DTL_ARG_TEXT(dtl_buf_str(&key)));
    dtl_buf_release(&key);
    return ok;
}

static bool matches(const search *s, int64_t id, bool *out, dtl_error *err)
{
    *out = true;
    for (size_t i = 0; *out && i < s->count; i++) {
        int64_t same;
        if (!dtl_sql_integer(&s->store->sql, err,
                             "SELECT value = ?3 FROM series_dimension"
                             " WHERE series = ?1 AND name = ?2",
                             0, &same, DTL_ARG_INT(id), DTL_ARG_TEXT(s->filters[i].dimension),
                             DTL_ARG_TEXT(s->filters[i].value)))
            return false;
        *out = same == 1;
    }
    return true;
}

// All series of the measure that the filters leave.
static bool find_all(const search *s, dtl_buf *ids, dtl_error *err)
{
    dtl_sql *sql = &s->store->sql;
    sqlite3_stmt *statement = dtl_sql_begin(
        sql, "SELECT id FROM series WHERE dataset = ?1 AND measure = ?2 ORDER BY id", err);
    if (!statement)
        return false;
    dtl_sql_bind(statement, (dtl_sql_arg[]){DTL_ARG_INT(s->dataset_id), DTL_ARG_TEXT(s->measure)},
                 2);
    bool row = false;
    bool ok = dtl_sql_step(sql, statement, &row, err);
    while (ok && row) {
        int64_t id = sqlite3_column_int64(statement, 0);
        bool fits = false;
        ok = matches(s, id, &fits, err);
        if (fits)
            dtl_buf_add(ids, &id, sizeof id);
        ok = ok && dtl_sql_step(sql, statement, &row, err);
    }
    dtl_sql_done(sql, statement);
    return ok;
}

static size_t names_of(const dtl_dataset *dataset, dtl_role role, dtl_str *out)
{
    size_t count = 0;
    for (size_t i = 0; i < dataset->column_count; i++)
        if (dataset->columns[i].role == role)
            out[count++] = dataset->columns[i].name;
    return count;
}

static bool refuse_name(const dtl_dataset *dataset, dtl_role role, const char *what, dtl_str name,
                        dtl_error *err)
{
    dtl_str known[DTL_DATASET_COLUMN_MAX];
    size_t count = names_of(dataset, role, known);
    dtl_str nearest = dtl_str_nearest(name, known, count);
    dtl_error_set(err, DTL_EUSAGE, "dataset %.*s has no %s '%.*s'", DTL_ARG(dataset->name), what,
                  DTL_ARG(name));
    if (nearest.size)
        return dtl_error_hint(err, "did you mean '%.*s'?", DTL_ARG(nearest));
    dtl_buf list = {0};
    for (size_t i = 0; i < count; i++)
        dtl_buf_printf(&list, "%s%.*s", i ? ", " : "", DTL_ARG(known[i]));
    if (count)
        dtl_error_hint(err, "there are: %.*s", DTL_ARG(dtl_buf_str(&list)));
    dtl_buf_release(&list);
    return false;
}

// Whether the measure and the dimensions are the dataset's at all.
static bool check_names(const search *s, dtl_error *err)
{
    dtl_arena arena = {0};
    dtl_dataset dataset;
    bool ok = dtl_store_dataset(s->store, s->dataset, &arena, &dataset, err);
    if (ok && (s->measure.size == 0 || !dtl_dataset_column(&dataset, DTL_ROLE_MEASURE, s->measure)))
        ok = refuse_name(&dataset, DTL_ROLE_MEASURE, "measure", s->measure, err);
    for (size_t i = 0; ok && i < s->count; i++) {
        dtl_str name = s->filters[i].dimension;
        if (name.size == 0 || !dtl_dataset_column(&dataset, DTL_ROLE_DIMENSION, name))
            ok = refuse_name(&dataset, DTL_ROLE_DIMENSION, "dimension", name, err);
    }
    dtl_arena_release(&arena);
    return ok;
}

static bool is_fixed(const search *s, dtl_str dimension)
{
    for (size_t i = 0; i < s->count; i++)
        if (dtl_str_equal(s->filters[i].dimension, dimension))
            return true;
    return false;
}

static int by_text(const void *a, const void *b)
{
    return dtl_str_compare(*(const dtl_str *)a, *(const dtl_str *)b);
}

static bool add_value(const search *s, int64_t id, dtl_str dimension, dtl_arena *arena,
                      dtl_str *values, size_t *found, dtl_error *err)
{
    sqlite3_stmt *statement = dtl_sql_begin(
        &s->store->sql, "SELECT value FROM series_dimension WHERE series = ?1 AND name = ?2", err);
    if (!statement)
        return false;
    dtl_sql_bind(statement, (dtl_sql_arg[]){DTL_ARG_INT(id), DTL_ARG_TEXT(dimension)}, 2);
    bool row = false;
    bool ok = dtl_sql_step(&s->store->sql, statement, &row, err);
    bool is_known = !row;
    for (size_t i = 0; ok && !is_known && i < *found; i++)
        is_known = dtl_str_equal(values[i], dtl_sql_text(statement, 0));
    if (ok && !is_known)
        values[(*found)++] = dtl_sql_text_in(arena, statement, 0);
    dtl_sql_done(&s->store->sql, statement);
    return ok;
}

// Adds the distinct values that the series in [ids] have for [dimension], at most VALUES_SHOWN.
static bool list_values(const search *s, const dtl_buf *ids, dtl_str dimension, dtl_buf *out,
                        size_t *found, dtl_error *err)
{
    dtl_arena arena = {0};
    dtl_str values[VALUES_SHOWN + 1];
    bool ok = true;
    *found = 0;
    for (size_t at = 0; ok && at < ids->size && *found <= VALUES_SHOWN; at += sizeof(int64_t)) {
        int64_t id;
        memcpy(&id, ids->data + at, sizeof id);
        ok = add_value(s, id, dimension, &arena, values, found, err);
    }
    qsort(values, *found, sizeof *values, by_text);
    for (size_t i = 0; i < *found && i < VALUES_SHOWN; i++)
        dtl_buf_printf(out, "%s'%.*s'", i ? ", " : "", DTL_ARG(values[i]));
    if (*found > VALUES_SHOWN)
        DTL_BUF_LITERAL(out, ", ...");
    dtl_arena_release(&arena);
    return ok;
}

static bool refuse_several(const search *s, const dtl_buf *ids, dtl_error *err)
{
    dtl_arena arena = {0};
    dtl_dataset dataset;
    dtl_buf values = {0};
    bool ok = dtl_store_dataset(s->store, s->dataset, &arena, &dataset, err);
    for (size_t i = 0; ok && i < dataset.column_count; i++) {
        const dtl_column *column = &dataset.columns[i];
        size_t found = 0;
        if (column->role != DTL_ROLE_DIMENSION || is_fixed(s, column->name))
            continue;
        dtl_buf_clear(&values);
        ok = list_values(s, ids, column->name, &values, &found, err);
        if (!ok || found < 2)
            continue;
        dtl_error_set(err, DTL_EUSAGE,
                      "%.*s of %.*s is several series: it needs one '%.*s', and sums across them "
                      "are never right by default",
                      DTL_ARG(s->measure), DTL_ARG(s->dataset), DTL_ARG(column->name));
        dtl_error_expected(err, "one of %.*s", DTL_ARG(dtl_buf_str(&values)));
        break;
    }
    dtl_error_set(err, DTL_EUSAGE, "%.*s of %.*s is several series", DTL_ARG(s->measure),
                  DTL_ARG(s->dataset));
    dtl_buf_release(&values);
    dtl_arena_release(&arena);
    return false;
}

bool dtl_series_find(dtl_store *store, dtl_str dataset, dtl_str measure, const dtl_filter *filters,
                     size_t count, int64_t *id, dtl_error *err)
{
    search s = {store, dataset, measure, filters, count, 0};
    *id = 0;
    if (!dtl_catalog_find(store, dataset, &s.dataset_id, err) || !find_exact(&s, id, err))
        return false;
    if (*id)
        return true;
    dtl_buf ids = {0};
    bool ok = check_names(&s, err) && find_all(&s, &ids, err);
    if (ok && ids.size > sizeof *id)
        ok = refuse_several(&s, &ids, err);
    else if (ok && ids.size)
        memcpy(id, ids.data, sizeof *id);
    dtl_buf_release(&ids);
    return ok;
}
