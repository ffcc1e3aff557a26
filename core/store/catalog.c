// core/store/catalog.c - the store's record of its datasets: manifests in, manifests out.
#include "store/internal.h"
#include "store/schema.h"

enum {
    OF_DATASET = -1  // dataset_mark.position of a mark that all columns share
};

// ---- writing ----

static bool put_source(dtl_sql *sql, const dtl_dataset *d, int64_t *id, dtl_error *err)
{
    static const char find[] = "SELECT id FROM source WHERE publisher = ?1 AND licence = ?2"
                               " AND attribution = ?3 AND homepage = ?4";
    static const char insert[] =
        "INSERT OR IGNORE INTO source (publisher, licence, attribution, homepage)"
        " VALUES (?1, ?2, ?3, ?4)";
    const dtl_sql_arg args[] = {DTL_ARG_TEXT(d->publisher), DTL_ARG_TEXT(d->licence),
                                DTL_ARG_TEXT(d->attribution), DTL_ARG_TEXT(d->homepage)};
    return dtl_sql_run_args(sql, insert, args, DTL_COUNT(args), err) &&
           dtl_sql_integer_args(sql, find, args, DTL_COUNT(args), 0, id, err);
}

static bool put_record(dtl_sql *sql, const dtl_dataset *d, int64_t source, int64_t *id,
                       dtl_error *err)
{
    static const char upsert[] =
        "INSERT INTO dataset (name, source, title, caveat, grain, week_end, kind, provisional,"
        " absent_is_zero, fold) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
        " ON CONFLICT (name) DO UPDATE SET source = ?2, title = ?3, caveat = ?4, grain = ?5,"
        " week_end = ?6, kind = ?7, provisional = ?8, absent_is_zero = ?9, fold = ?10";
    return dtl_sql_run(
               sql, err, upsert, DTL_ARG_TEXT(d->name), DTL_ARG_INT(source), DTL_ARG_TEXT(d->title),
               DTL_ARG_TEXT(d->caveat), DTL_ARG_TEXT(dtl_str_from(dtl_grain_name(d->grain))),
               DTL_ARG_INT(d->week_end), DTL_ARG_TEXT(dtl_str_from(dtl_release_kind_name(d->kind))),
               DTL_ARG_INT(d->provisional), DTL_ARG_INT(d->absent_is_zero), DTL_ARG_INT(d->fold)) &&
           dtl_sql_integer(sql, err, "SELECT id FROM dataset WHERE name = ?1", 0, id,
                           DTL_ARG_TEXT(d->name));
}

static bool put_marks(dtl_sql *sql, int64_t id, int64_t position, const dtl_missing_mark *marks,
                      size_t count, dtl_error *err)
{
    for (size_t i = 0; i < count; i++)
        if (!dtl_sql_run(sql, err, "INSERT INTO dataset_mark VALUES (?1, ?2, ?3, ?4, ?5)",
                         DTL_ARG_INT(id), DTL_ARG_INT(position), DTL_ARG_INT((int64_t)i),
                         DTL_ARG_TEXT(marks[i].mark), DTL_ARG_TEXT(marks[i].reason)))
            return false;
    return true;
}

static bool put_column(dtl_sql *sql, int64_t id, const dtl_dataset *d, size_t index, dtl_error *err)
{
    const dtl_column *c = &d->columns[index];
    int64_t position = (int64_t)index;
    if (!dtl_sql_run(sql, err, "INSERT INTO dataset_column VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                     DTL_ARG_INT(id), DTL_ARG_INT(position), DTL_ARG_TEXT(c->name),
                     DTL_ARG_TEXT(c->title), DTL_ARG_TEXT(c->unit),
                     DTL_ARG_TEXT(dtl_str_from(dtl_role_name(c->role))), DTL_ARG_INT(c->optional),
                     DTL_ARG_INT(c->may_be_negative)))
        return false;
    for (size_t i = 0; i < c->header_count; i++)
        if (!dtl_sql_run(sql, err, "INSERT INTO dataset_header VALUES (?1, ?2, ?3, ?4)",
                         DTL_ARG_INT(id), DTL_ARG_INT(position), DTL_ARG_INT((int64_t)i),
                         DTL_ARG_TEXT(c->headers[i])))
            return false;
    return put_marks(sql, id, position, c->missing, c->missing_count, err);
}

// A dimension that is new to a dataset: what was stored before has none of it.
static bool put_dimensions(dtl_sql *sql, int64_t id, const dtl_dataset *d, dtl_error *err)
{
    for (size_t i = 0; i < d->column_count; i++)
        if (d->columns[i].role == DTL_ROLE_DIMENSION &&
            !dtl_sql_run(sql, err,
                         "INSERT OR IGNORE INTO series_dimension"
                         " SELECT id, ?2, '' FROM series WHERE dataset = ?1",
                         DTL_ARG_INT(id), DTL_ARG_TEXT(d->columns[i].name)))
            return false;
    return true;
}

static bool put_details(dtl_sql *sql, int64_t id, const dtl_dataset *d, dtl_error *err)
{
    static const char *const old[] = {
        "DELETE FROM dataset_column WHERE dataset = ?1",
        "DELETE FROM dataset_header WHERE dataset = ?1",
        "DELETE FROM dataset_format WHERE dataset = ?1",
        "DELETE FROM dataset_mark WHERE dataset = ?1",
    };
    for (size_t i = 0; i < DTL_COUNT(old); i++)
        if (!dtl_sql_run(sql, err, old[i], DTL_ARG_INT(id)))
            return false;
    for (size_t i = 0; i < d->column_count; i++)
        if (!put_column(sql, id, d, i, err))
            return false;
    for (size_t i = 0; i < d->date_format_count; i++)
        if (!dtl_sql_run(sql, err, "INSERT INTO dataset_format VALUES (?1, ?2, ?3)",
                         DTL_ARG_INT(id), DTL_ARG_INT((int64_t)i),
                         DTL_ARG_TEXT(d->date_formats[i])))
            return false;
    return put_marks(sql, id, OF_DATASET, d->missing, d->missing_count, err) &&
           put_dimensions(sql, id, d, err);
}

// Replaces the view when the manifest's columns changed. No two datasets share a view: a name has no
// '_', so that the view's name stands for one only.
static bool put_view(dtl_sql *sql, int64_t id, const dtl_dataset *d, dtl_error *err)
{
    dtl_arena arena = {0};
    dtl_buf text = {0};
    dtl_str name = dtl_dataset_view_name(&arena, d->name);
    int64_t same;
    dtl_schema_view(d, id, &text);
    bool ok = dtl_sql_integer(sql, err,
                              "SELECT sql = ?2 FROM sqlite_schema WHERE type = 'view' AND name = "
                              "?1",
                              -1, &same, DTL_ARG_TEXT(name), DTL_ARG_TEXT(dtl_buf_str(&text)));
    if (ok && same == 0) {
        dtl_str drop = dtl_arena_printf(&arena, "DROP VIEW \"%.*s\"", DTL_ARG(name));
        ok = dtl_sql_exec(sql, drop.data, err);
    }
    if (ok && same != 1)
        ok = dtl_sql_exec(sql, text.data, err);
    dtl_buf_release(&text);
    dtl_arena_release(&arena);
    return ok;
}

bool dtl_catalog_put(dtl_store *store, const dtl_dataset *dataset, int64_t *id, dtl_error *err)
{
    dtl_sql *sql = &store->sql;
    int64_t source;
    return put_source(sql, dataset, &source, err) && put_record(sql, dataset, source, id, err) &&
           put_details(sql, *id, dataset, err) && put_view(sql, *id, dataset, err);
}

// ---- reading ----

bool dtl_catalog_names(dtl_store *store, dtl_arena *arena, dtl_str **out, size_t *count,
                       dtl_error *err)
{
    dtl_sql *sql = &store->sql;
    int64_t rows;
    if (!dtl_sql_integer_args(sql, "SELECT count(*) FROM dataset", NULL, 0, 0, &rows, err))
        return false;
    dtl_str *names = dtl_arena_alloc(arena, (size_t)rows * sizeof *names);
    sqlite3_stmt *statement = dtl_sql_begin(sql, "SELECT name FROM dataset ORDER BY name", err);
    if (!statement)
        return false;
    size_t found = 0;
    bool row = false;
    bool ok = dtl_sql_step(sql, statement, &row, err);
    while (ok && row && found < (size_t)rows) {
        names[found++] = dtl_sql_text_in(arena, statement, 0);
        ok = dtl_sql_step(sql, statement, &row, err);
    }
    dtl_sql_done(sql, statement);
    *out = names;
    *count = found;
    return ok;
}

static bool unknown_dataset(dtl_store *store, dtl_str name, dtl_error *err)
{
    dtl_arena arena = {0};
    dtl_str *names;
    size_t count;
    if (!dtl_catalog_names(store, &arena, &names, &count, err)) {
        dtl_arena_release(&arena);
        return false;
    }
    dtl_str nearest = dtl_str_nearest(name, names, count);
    dtl_error_set(err, DTL_EUSAGE, "no dataset '%.*s' in the store %.*s", DTL_ARG(name),
                  DTL_ARG(store->sql.name));
    if (nearest.size) {
        dtl_error_hint(err, "did you mean '%.*s'?", DTL_ARG(nearest));
    } else if (count) {
        dtl_buf list = {0};
        for (size_t i = 0; i < count; i++)
            dtl_buf_printf(&list, "%s%.*s", i ? ", " : "", DTL_ARG(names[i]));
        dtl_error_hint(err, "there are: %.*s", DTL_ARG(dtl_buf_str(&list)));
        dtl_buf_release(&list);
    }
    dtl_arena_release(&arena);
    return false;
}

bool dtl_catalog_find(dtl_store *store, dtl_str name, int64_t *id, dtl_error *err)
{
    if (!dtl_sql_integer(&store->sql, err, "SELECT id FROM dataset WHERE name = ?1", 0, id,
                         DTL_ARG_TEXT(name)))
        return false;
    return *id != 0 || unknown_dataset(store, name, err);
}

// Reads rows of one or two text columns into [out], in the arena.
static bool read_pairs(dtl_sql *sql, const char *text, int64_t id, int64_t position,
                       dtl_arena *arena, dtl_missing_mark **out, size_t *count, dtl_error *err)
{
    sqlite3_stmt *statement = dtl_sql_begin(sql, text, err);
    if (!statement)
        return false;
    dtl_sql_bind(statement, (dtl_sql_arg[]){DTL_ARG_INT(id), DTL_ARG_INT(position)},
                 (size_t)sqlite3_bind_parameter_count(statement));
    dtl_buf pairs = {0};
    bool row = false;
    bool ok = dtl_sql_step(sql, statement, &row, err);
    while (ok && row) {
        dtl_missing_mark pair = {dtl_sql_text_in(arena, statement, 0), {NULL, 0}};
        if (sqlite3_column_count(statement) > 1)
            pair.reason = dtl_sql_text_in(arena, statement, 1);
        dtl_buf_add(&pairs, &pair, sizeof pair);
        ok = dtl_sql_step(sql, statement, &row, err);
    }
    dtl_sql_done(sql, statement);
    *count = pairs.size / sizeof **out;
    *out = dtl_arena_alloc(arena, pairs.size);
    if (pairs.size)
        memcpy(*out, pairs.data, pairs.size);
    dtl_buf_release(&pairs);
    return ok;
}

static bool read_list(dtl_sql *sql, const char *text, int64_t id, int64_t position,
                      dtl_arena *arena, const dtl_str **out, size_t *count, dtl_error *err)
{
    dtl_missing_mark *pairs;
    if (!read_pairs(sql, text, id, position, arena, &pairs, count, err))
        return false;
    dtl_str *list = dtl_arena_alloc(arena, *count * sizeof *list);
    for (size_t i = 0; i < *count; i++)
        list[i] = pairs[i].mark;
    *out = list;
    return true;
}

static bool read_marks(dtl_sql *sql, int64_t id, int64_t position, dtl_arena *arena,
                       const dtl_missing_mark **out, size_t *count, dtl_error *err)
{
    static const char text[] = "SELECT mark, reason FROM dataset_mark"
                               " WHERE dataset = ?1 AND position = ?2 ORDER BY place";
    dtl_missing_mark *marks;
    if (!read_pairs(sql, text, id, position, arena, &marks, count, err))
        return false;
    *out = marks;
    return true;
}

static bool unknown_word(dtl_store *store, const char *what, dtl_str word, dtl_error *err)
{
    return dtl_error_set(err, DTL_EDATA, "the store %.*s has an unknown %s '%.*s'",
                         DTL_ARG(store->sql.name), what, DTL_ARG(word));
}

static bool read_column_row(dtl_store *store, sqlite3_stmt *statement, dtl_arena *arena,
                            dtl_column *out, dtl_error *err)
{
    *out = (dtl_column){
        .name = dtl_sql_text_in(arena, statement, 0),
        .title = dtl_sql_text_in(arena, statement, 1),
        .unit = dtl_sql_text_in(arena, statement, 2),
        .optional = sqlite3_column_int(statement, 4) != 0,
        .may_be_negative = sqlite3_column_int(statement, 5) != 0,
    };
    if (dtl_role_parse(dtl_sql_text(statement, 3), &out->role))
        return true;
    return unknown_word(store, "role", dtl_sql_text(statement, 3), err);
}

static bool read_columns(dtl_store *store, int64_t id, dtl_arena *arena, dtl_dataset *out,
                         dtl_error *err)
{
    static const char text[] = "SELECT name, title, unit, role, optional, may_be_negative"
                               " FROM dataset_column WHERE dataset = ?1 ORDER BY position";
    static const char headers[] = "SELECT text FROM dataset_header"
                                  " WHERE dataset = ?1 AND position = ?2 ORDER BY place";
    dtl_column *columns = dtl_arena_alloc(arena, DTL_DATASET_COLUMN_MAX * sizeof *columns);
    sqlite3_stmt *statement = dtl_sql_begin(&store->sql, text, err);
    if (!statement)
        return false;
    dtl_sql_bind(statement, (dtl_sql_arg[]){DTL_ARG_INT(id)}, 1);
    size_t count = 0;
    bool row = false;
    bool ok = dtl_sql_step(&store->sql, statement, &row, err);
    while (ok && row && count < DTL_DATASET_COLUMN_MAX) {
        ok = read_column_row(store, statement, arena, &columns[count++], err) &&
             dtl_sql_step(&store->sql, statement, &row, err);
    }
    dtl_sql_done(&store->sql, statement);
    for (size_t i = 0; ok && i < count; i++) {
        dtl_column *c = &columns[i];
        ok = read_list(&store->sql, headers, id, (int64_t)i, arena, &c->headers, &c->header_count,
                       err) &&
             read_marks(&store->sql, id, (int64_t)i, arena, &c->missing, &c->missing_count, err);
    }
    out->columns = columns;
    out->column_count = count;
    return ok;
}

static bool read_record(dtl_store *store, sqlite3_stmt *statement, dtl_arena *arena,
                        dtl_dataset *out, dtl_error *err)
{
    *out = (dtl_dataset){
        .title = dtl_sql_text_in(arena, statement, 0),
        .caveat = dtl_sql_text_in(arena, statement, 1),
        .publisher = dtl_sql_text_in(arena, statement, 2),
        .licence = dtl_sql_text_in(arena, statement, 3),
        .attribution = dtl_sql_text_in(arena, statement, 4),
        .homepage = dtl_sql_text_in(arena, statement, 5),
        .week_end = sqlite3_column_int(statement, 6),
        .provisional = sqlite3_column_int(statement, 7) != 0,
        .absent_is_zero = sqlite3_column_int(statement, 8) != 0,
        .fold = sqlite3_column_int(statement, 9) != 0,
    };
    if (!dtl_grain_parse(dtl_sql_text(statement, 10), &out->grain))
        return unknown_word(store, "grain", dtl_sql_text(statement, 10), err);
    if (!dtl_release_kind_parse(dtl_sql_text(statement, 11), &out->kind))
        return unknown_word(store, "kind of release", dtl_sql_text(statement, 11), err);
    return true;
}

bool dtl_store_dataset(dtl_store *store, dtl_str name, dtl_arena *arena, dtl_dataset *out,
                       dtl_error *err)
{
    static const char text[] =
        "SELECT d.title, d.caveat, s.publisher, s.licence, s.attribution, s.homepage, d.week_end,"
        " d.provisional, d.absent_is_zero, d.fold, d.grain, d.kind"
        " FROM dataset d JOIN source s ON s.id = d.source WHERE d.id = ?1";
    static const char formats[] = "SELECT text FROM dataset_format WHERE dataset = ?1"
                                  " ORDER BY place";
    int64_t id;
    if (!dtl_catalog_find(store, name, &id, err))
        return false;
    sqlite3_stmt *statement = dtl_sql_begin(&store->sql, text, err);
    if (!statement)
        return false;
    dtl_sql_bind(statement, (dtl_sql_arg[]){DTL_ARG_INT(id)}, 1);
    bool row = false;
    bool ok = dtl_sql_step(&store->sql, statement, &row, err) &&
              (row || dtl_error_set(err, DTL_EDATA, "dataset %.*s has no source", DTL_ARG(name))) &&
              read_record(store, statement, arena, out, err);
    dtl_sql_done(&store->sql, statement);
    out->name = dtl_arena_str(arena, name);
    return ok && read_columns(store, id, arena, out, err) &&
           read_list(&store->sql, formats, id, 0, arena, &out->date_formats,
                     &out->date_format_count, err) &&
           read_marks(&store->sql, id, OF_DATASET, arena, &out->missing, &out->missing_count, err);
}

bool dtl_store_datasets(dtl_store *store, dtl_arena *arena, const dtl_dataset **out, size_t *count,
                        dtl_error *err)
{
    dtl_str *names;
    if (!dtl_catalog_names(store, arena, &names, count, err))
        return false;
    dtl_dataset *datasets = dtl_arena_alloc(arena, *count * sizeof *datasets);
    for (size_t i = 0; i < *count; i++)
        if (!dtl_store_dataset(store, names[i], arena, &datasets[i], err))
            return false;
    *out = datasets;
    return true;
}
