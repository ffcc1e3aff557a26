// core/store/schema.c - the layout of a store.
//
// seen_from and seen_to are moments (milliseconds, UTC): an observation was what the store knew from
// the first until before the second, NULL while it still is. coverage says of which periods each
// release spoke, in runs: without it, an old release that arrives late could not tell how long its
// values stood, because a later release that repeats a value writes none.
#include "store/schema.h"

#include <inttypes.h>

static const char tables[] =
    "CREATE TABLE source ("
    " id INTEGER PRIMARY KEY, publisher TEXT NOT NULL, licence TEXT NOT NULL,"
    " attribution TEXT NOT NULL, homepage TEXT NOT NULL,"
    " UNIQUE (publisher, licence, attribution, homepage)) STRICT;"
    "CREATE TABLE dataset ("
    " id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, source INTEGER NOT NULL REFERENCES source,"
    " title TEXT NOT NULL, caveat TEXT NOT NULL, grain TEXT NOT NULL, week_end INTEGER NOT NULL,"
    " kind TEXT NOT NULL, provisional INTEGER NOT NULL, absent_is_zero INTEGER NOT NULL,"
    " fold INTEGER NOT NULL) STRICT;"
    "CREATE TABLE dataset_column ("
    " dataset INTEGER NOT NULL REFERENCES dataset, position INTEGER NOT NULL, name TEXT NOT NULL,"
    " title TEXT NOT NULL, unit TEXT NOT NULL, role TEXT NOT NULL, optional INTEGER NOT NULL,"
    " may_be_negative INTEGER NOT NULL, PRIMARY KEY (dataset, position)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE dataset_header ("
    " dataset INTEGER NOT NULL REFERENCES dataset, position INTEGER NOT NULL,"
    " place INTEGER NOT NULL, text TEXT NOT NULL,"
    " PRIMARY KEY (dataset, position, place)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE dataset_format ("
    " dataset INTEGER NOT NULL REFERENCES dataset, place INTEGER NOT NULL, text TEXT NOT NULL,"
    " PRIMARY KEY (dataset, place)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE dataset_mark ("  // position -1: of the whole dataset
    " dataset INTEGER NOT NULL REFERENCES dataset, position INTEGER NOT NULL,"
    " place INTEGER NOT NULL, mark TEXT NOT NULL, reason TEXT NOT NULL,"
    " PRIMARY KEY (dataset, position, place)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE series ("  // dimensions: one JSON object, keys sorted
    " id INTEGER PRIMARY KEY, dataset INTEGER NOT NULL REFERENCES dataset, measure TEXT NOT NULL,"
    " dimensions TEXT NOT NULL, UNIQUE (dataset, measure, dimensions)) STRICT;"
    "CREATE TABLE series_dimension ("
    " series INTEGER NOT NULL REFERENCES series, name TEXT NOT NULL, value TEXT NOT NULL,"
    " PRIMARY KEY (series, name)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE release ("
    " id INTEGER PRIMARY KEY, dataset INTEGER NOT NULL REFERENCES dataset, seen INTEGER NOT NULL,"
    " file_name TEXT NOT NULL, sha256 TEXT NOT NULL, kind TEXT NOT NULL, published INTEGER,"
    " retrieved INTEGER NOT NULL, rows_in INTEGER NOT NULL, rows_kept INTEGER NOT NULL,"
    " rows_held INTEGER NOT NULL, values_new INTEGER NOT NULL, values_revised INTEGER NOT NULL,"
    " covers_from INTEGER, covers_to INTEGER,"
    " UNIQUE (dataset, seen)) STRICT;"
    "CREATE TABLE coverage ("
    " series INTEGER NOT NULL REFERENCES series, release INTEGER NOT NULL REFERENCES release,"
    " first INTEGER NOT NULL, last INTEGER NOT NULL, PRIMARY KEY (series, release, first))"
    " STRICT, WITHOUT ROWID;"
    "CREATE TABLE observation ("  // status NULL: as the dataset declares; period: days since 1970
    " series INTEGER NOT NULL REFERENCES series, period INTEGER NOT NULL,"
    " seen_from INTEGER NOT NULL, seen_to INTEGER, value INTEGER, missing TEXT, status TEXT,"
    " raw TEXT, line INTEGER, attribution TEXT, release INTEGER NOT NULL REFERENCES release,"
    " CHECK ((value IS NULL) <> (missing IS NULL)), CHECK (seen_from < seen_to),"
    " PRIMARY KEY (series, period, seen_from)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE day (period INTEGER PRIMARY KEY, date TEXT NOT NULL UNIQUE) STRICT;"
    "CREATE TABLE event ("
    " dataset INTEGER NOT NULL REFERENCES dataset, name TEXT NOT NULL, seen_from INTEGER NOT NULL,"
    " seen_to INTEGER, label TEXT NOT NULL, from_day INTEGER NOT NULL, to_day INTEGER,"
    " line INTEGER, release INTEGER NOT NULL REFERENCES release,"
    " CHECK (seen_from < seen_to), CHECK (from_day <= to_day),"
    " PRIMARY KEY (dataset, name, seen_from)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE event_statement ("
    " dataset INTEGER NOT NULL REFERENCES dataset, name TEXT NOT NULL,"
    " release INTEGER NOT NULL REFERENCES release, PRIMARY KEY (dataset, name, release))"
    " STRICT, WITHOUT ROWID;"
    "CREATE TABLE held ("
    " id INTEGER PRIMARY KEY, release INTEGER NOT NULL REFERENCES release, line INTEGER,"
    " position INTEGER, header TEXT NOT NULL, raw TEXT NOT NULL, message TEXT NOT NULL,"
    " expected TEXT NOT NULL) STRICT;"
    "CREATE TABLE note ("
    " id INTEGER PRIMARY KEY, release INTEGER NOT NULL REFERENCES release, line INTEGER,"
    " text TEXT NOT NULL) STRICT;";

bool dtl_schema_create(dtl_sql *sql, dtl_error *err)
{
    dtl_buf text = {0};
    dtl_buf_add_str(&text, dtl_str_from(tables));
    dtl_buf_printf(&text, "PRAGMA application_id=%d; PRAGMA user_version=%d;",
                   (int)DTL_STORE_APPLICATION_ID, (int)DTL_STORE_LAYOUT);
    bool ok = dtl_sql_exec(sql, text.data, err);
    dtl_buf_release(&text);
    return ok;
}

static bool read_pragma(dtl_sql *sql, const char *text, int64_t *out, dtl_error *err)
{
    return dtl_sql_integer_args(sql, text, NULL, 0, 0, out, err);
}

bool dtl_schema_check(dtl_sql *sql, bool *is_new, dtl_error *err)
{
    int64_t application;
    int64_t layout;
    int64_t objects = 1;
    *is_new = false;
    if (!read_pragma(sql, "PRAGMA application_id", &application, err) ||
        !read_pragma(sql, "PRAGMA user_version", &layout, err))
        return false;
    if (application == 0 && layout == 0 &&
        !read_pragma(sql, "SELECT count(*) FROM sqlite_schema", &objects, err))
        return false;
    *is_new = objects == 0;
    if (*is_new)
        return true;
    if (application != DTL_STORE_APPLICATION_ID)
        return dtl_error_set(err, DTL_EDATA, "%.*s is a SQLite file, but not a store of Dateline",
                             DTL_ARG(sql->name));
    if (layout != DTL_STORE_LAYOUT)
        return dtl_error_set(err, DTL_EDATA,
                             "the store %.*s has layout %" PRId64 "; this program reads layout %d",
                             DTL_ARG(sql->name), layout, (int)DTL_STORE_LAYOUT);
    return true;
}

// Adds an identifier. Names are checked (dtl_dataset_check): they hold no quote.
static void add_name(dtl_buf *out, dtl_str name)
{
    dtl_buf_printf(out, "\"%.*s\"", DTL_ARG(name));
}

static void add_separator(dtl_buf *out, bool *first)
{
    if (!*first)
        DTL_BUF_LITERAL(out, ", ");
    *first = false;
}

// The date as a reader writes it: a day, a week's last day, "2024-10", "2024".
static void add_date(const dtl_dataset *dataset, dtl_buf *out)
{
    if (dataset->grain == DTL_GRAIN_MONTH)
        DTL_BUF_LITERAL(out, "substr(d.date, 1, 7)");
    else if (dataset->grain == DTL_GRAIN_YEAR)
        DTL_BUF_LITERAL(out, "substr(d.date, 1, 4)");
    else
        DTL_BUF_LITERAL(out, "d.date");
}

// A measure beside the leading one: looked up by key, and not at all when a query does not ask.
static void add_sibling(const dtl_column *measure, int64_t dataset_id, dtl_buf *out)
{
    dtl_buf_printf(out,
                   "(SELECT x.value FROM series y CROSS JOIN observation x ON x.series = y.id"
                   " AND x.period = o.period AND x.seen_to IS NULL WHERE y.dataset = %" PRId64
                   " AND y.measure = '%.*s' AND y.dimensions = s.dimensions)",
                   dataset_id, DTL_ARG(measure->name));
}

static void add_column(const dtl_dataset *dataset, const dtl_column *lead, const dtl_column *column,
                       int64_t dataset_id, dtl_buf *out)
{
    switch (column->role) {
    case DTL_ROLE_PERIOD:
        add_date(dataset, out);
        break;
    case DTL_ROLE_MEASURE:
        if (column == lead)
            DTL_BUF_LITERAL(out, "o.value");
        else
            add_sibling(column, dataset_id, out);
        break;
    case DTL_ROLE_DIMENSION:
        dtl_buf_printf(out, "v%td.value", column - dataset->columns);
        break;
    default:
        DTL_BUF_LITERAL(out, "o.attribution");
        break;
    }
    DTL_BUF_LITERAL(out, " AS ");
    add_name(out, column->name);
}

static bool is_shown(const dtl_column *column)
{
    return column->role == DTL_ROLE_PERIOD || column->role == DTL_ROLE_MEASURE ||
           column->role == DTL_ROLE_DIMENSION || column->role == DTL_ROLE_ATTRIBUTION;
}

static const dtl_column *leading_measure(const dtl_dataset *dataset)
{
    for (size_t i = 0; i < dataset->column_count; i++)
        if (dataset->columns[i].role == DTL_ROLE_MEASURE && !dataset->columns[i].optional)
            return &dataset->columns[i];
    return NULL;
}

static void add_observation_view(const dtl_dataset *dataset, int64_t dataset_id, dtl_buf *out)
{
    const dtl_column *lead = leading_measure(dataset);
    bool first = true;
    for (size_t i = 0; i < dataset->column_count; i++) {
        if (!is_shown(&dataset->columns[i]))
            continue;
        add_separator(out, &first);
        add_column(dataset, lead, &dataset->columns[i], dataset_id, out);
    }
    DTL_BUF_LITERAL(out, " FROM series s");
    for (size_t i = 0; i < dataset->column_count; i++)
        if (dataset->columns[i].role == DTL_ROLE_DIMENSION)
            dtl_buf_printf(out,
                           " JOIN series_dimension v%zu ON v%zu.series = s.id AND v%zu.name = "
                           "'%.*s'",
                           i, i, i, DTL_ARG(dataset->columns[i].name));
    DTL_BUF_LITERAL(out, " JOIN observation o ON o.series = s.id AND o.seen_to IS NULL JOIN day d");
    // Both ways round, so that a query by date goes by the key as well as one without.
    if (dataset->grain == DTL_GRAIN_WEEK)
        DTL_BUF_LITERAL(out, " ON d.period = o.period + 6 AND o.period = d.period - 6");
    else
        DTL_BUF_LITERAL(out, " ON d.period = o.period");
    dtl_buf_printf(out, " WHERE s.dataset = %" PRId64 " AND s.measure = '%.*s'", dataset_id,
                   DTL_ARG(lead->name));
}

static void add_event_view(const dtl_dataset *dataset, int64_t dataset_id, dtl_buf *out)
{
    static const char *const sources[] = {
        [DTL_ROLE_KEY] = "e.name",
        [DTL_ROLE_LABEL] = "e.label",
        [DTL_ROLE_FROM] = "date(e.from_day * 86400, 'unixepoch')",
        [DTL_ROLE_TO] = "date(e.to_day * 86400, 'unixepoch')",
        [DTL_ROLE_IGNORED] = NULL,
    };
    bool first = true;
    for (size_t i = 0; i < dataset->column_count; i++) {
        const dtl_column *column = &dataset->columns[i];
        if (!sources[column->role])
            continue;
        add_separator(out, &first);
        dtl_buf_printf(out, "%s AS ", sources[column->role]);
        add_name(out, column->name);
    }
    dtl_buf_printf(out, " FROM event e WHERE e.seen_to IS NULL AND e.dataset = %" PRId64,
                   dataset_id);
}

void dtl_schema_view(const dtl_dataset *dataset, int64_t dataset_id, dtl_buf *out)
{
    dtl_arena arena = {0};
    DTL_BUF_LITERAL(out, "CREATE VIEW ");
    add_name(out, dtl_dataset_view_name(&arena, dataset->name));
    DTL_BUF_LITERAL(out, " AS SELECT ");
    if (dataset->grain == DTL_GRAIN_EVENT)
        add_event_view(dataset, dataset_id, out);
    else
        add_observation_view(dataset, dataset_id, out);
    dtl_arena_release(&arena);
}
