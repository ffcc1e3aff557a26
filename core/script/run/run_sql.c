// core/script/run/run_sql.c - one SELECT as a table, CSV or JSON.
#include <stdio.h>

#include "base/json.h"
#include "base/utf8.h"
#include "script/run/job.h"

enum {
    PIECE_BYTES = 64 * 1024,  // results go out in pieces of about this size
    MEASURED_ROWS = 200,      // a table's column widths come from its first rows
    COLUMNS_MAX = 100,
};

typedef struct sql_work {
    dtl_str sql;
    dtl_rows_format format;
} sql_work;

typedef struct sheet {
    dtl_job *job;
    dtl_query *query;
    dtl_rows_format format;
    int columns;
    dtl_buf out;
    size_t widths[COLUMNS_MAX];
    dtl_buf cells;    // the measured rows' cells, packed one behind the other
    size_t measured;  // how many rows wait in [cells]
    int64_t rows;
} sheet;

// A real number as SQLite itself would print it: data, not prose.
static void add_real(dtl_buf *out, double value)
{
    char text[40];
    snprintf(text, sizeof text, "%.15g", value);
    for (char *at = text; *at; at++)
        if (*at == ',')  // a host program may have set a locale
            *at = '.';
    dtl_buf_add_str(out, dtl_str_from(text));
}

static void add_plain(dtl_buf *out, const dtl_query_value *value)
{
    switch (value->type) {
    case DTL_QUERY_NULL:
        return;
    case DTL_QUERY_INTEGER:
        dtl_buf_printf(out, "%lld", (long long)value->integer);
        return;
    case DTL_QUERY_REAL:
        add_real(out, value->real);
        return;
    case DTL_QUERY_TEXT:
    case DTL_QUERY_BLOB:
        dtl_buf_add_str(out, value->text);
        return;
    }
}

static bool is_one_of(char c, dtl_str characters)
{
    return dtl_str_find(characters, (dtl_str){&c, 1}) != SIZE_MAX;
}

// RFC 4180. Text that a spreadsheet would run as a formula gets a ' before it.
static void add_csv(dtl_buf *out, dtl_str text, bool is_text)
{
    bool formula = is_text && text.size && is_one_of(text.data[0], DTL_STR("=+-@\t\r"));
    bool quote = formula;
    for (size_t i = 0; i < text.size && !quote; i++)
        quote = is_one_of(text.data[i], DTL_STR(",\"\r\n"));
    if (!quote) {
        dtl_buf_add_str(out, text);
        return;
    }
    dtl_buf_add_char(out, '"');
    if (formula)
        dtl_buf_add_char(out, '\'');
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '"')
            dtl_buf_add_char(out, '"');
        dtl_buf_add_char(out, text.data[i]);
    }
    dtl_buf_add_char(out, '"');
}

static bool flush(sheet *s, bool all, dtl_error *err)
{
    if (s->out.size == 0 || (!all && s->out.size < PIECE_BYTES))
        return true;
    bool ok = dtl_job_output(s->job, DTL_STR(""), dtl_buf_str(&s->out), DTL_STR(""), err);
    dtl_buf_clear(&s->out);
    return ok;
}

static void csv_head(sheet *s)
{
    for (int i = 0; i < s->columns; i++) {
        if (i)
            dtl_buf_add_char(&s->out, ',');
        add_csv(&s->out, dtl_query_column_name(s->query, i), true);
    }
    DTL_BUF_LITERAL(&s->out, "\r\n");
}

static void csv_row(sheet *s)
{
    for (int i = 0; i < s->columns; i++) {
        dtl_query_value value = dtl_query_value_at(s->query, i);
        dtl_buf_clear(&s->cells);
        add_plain(&s->cells, &value);
        if (i)
            dtl_buf_add_char(&s->out, ',');
        add_csv(&s->out, dtl_buf_str(&s->cells),
                value.type == DTL_QUERY_TEXT || value.type == DTL_QUERY_BLOB);
    }
    DTL_BUF_LITERAL(&s->out, "\r\n");
}

static void json_row(sheet *s)
{
    dtl_json json;
    dtl_buf_add_str(&s->out, s->rows ? DTL_STR(",\n") : DTL_STR("[\n"));
    dtl_json_init(&json, &s->out);
    dtl_json_begin_object(&json);
    for (int i = 0; i < s->columns; i++) {
        dtl_query_value value = dtl_query_value_at(s->query, i);
        dtl_json_key(&json, dtl_query_column_name(s->query, i));
        switch (value.type) {
        case DTL_QUERY_NULL:
            dtl_json_null(&json);
            break;
        case DTL_QUERY_INTEGER:
            dtl_json_int(&json, value.integer);
            break;
        case DTL_QUERY_REAL:
            dtl_buf_clear(&s->cells);
            add_real(&s->cells, value.real);
            if (value.real - value.real == 0)
                dtl_json_number(&json, dtl_buf_str(&s->cells));
            else
                dtl_json_null(&json);  // infinities have no JSON
            break;
        case DTL_QUERY_TEXT:
        case DTL_QUERY_BLOB:
            dtl_json_string(&json, value.text);
            break;
        }
    }
    dtl_json_end_object(&json);
}

static void table_cell(sheet *s, int column, dtl_str text, bool figure)
{
    size_t width = dtl_utf8_count(text);
    size_t pad = width < s->widths[column] ? s->widths[column] - width : 0;
    if (column)
        DTL_BUF_LITERAL(&s->out, "  ");
    for (size_t i = 0; figure && i < pad; i++)
        dtl_buf_add_char(&s->out, ' ');
    dtl_buf_add_str(&s->out, text);
    for (size_t i = 0; !figure && i < pad && column + 1 < s->columns; i++)
        dtl_buf_add_char(&s->out, ' ');
}

static void table_head(sheet *s)
{
    for (int i = 0; i < s->columns; i++)
        table_cell(s, i, dtl_query_column_name(s->query, i), false);
    dtl_buf_add_char(&s->out, '\n');
    for (int i = 0; i < s->columns; i++) {
        if (i)
            DTL_BUF_LITERAL(&s->out, "  ");
        for (size_t w = 0; w < s->widths[i]; w++)
            dtl_buf_add_char(&s->out, '-');
    }
    dtl_buf_add_char(&s->out, '\n');
}

// A cell as a terminal may show it, behind one byte: 'n' for a figure, 't' for text, then NUL.
static void add_cell(sheet *s, int column)
{
    dtl_query_value value = dtl_query_value_at(s->query, column);
    dtl_buf plain = {0};
    bool figure = value.type == DTL_QUERY_INTEGER || value.type == DTL_QUERY_REAL;
    add_plain(&plain, &value);
    dtl_buf_add_char(&s->cells, figure ? 'n' : 't');
    size_t from = s->cells.size;
    dtl_utf8_add_visible(&s->cells, dtl_buf_str(&plain), false);
    size_t width = dtl_utf8_count(dtl_str_slice(dtl_buf_str(&s->cells), from, s->cells.size));
    if (s->measured < MEASURED_ROWS && width > s->widths[column])
        s->widths[column] = width;
    dtl_buf_add_char(&s->cells, '\0');
    dtl_buf_release(&plain);
}

static void table_rows(sheet *s)
{
    const char *at = s->cells.data;
    const char *end = at + s->cells.size;
    while (at < end) {
        for (int i = 0; i < s->columns; i++) {
            bool figure = *at == 'n';
            dtl_str text = dtl_str_from(at + 1);
            table_cell(s, i, text, figure);
            at += text.size + 2;
        }
        dtl_buf_add_char(&s->out, '\n');
    }
    dtl_buf_clear(&s->cells);
}

// The first rows wait until the widths are known.
static void table_row(sheet *s)
{
    for (int i = 0; i < s->columns; i++)
        add_cell(s, i);
    s->measured++;
    if (s->measured == MEASURED_ROWS)
        table_head(s);
    if (s->measured >= MEASURED_ROWS)
        table_rows(s);
}

static void head(sheet *s)
{
    if (s->format == DTL_ROWS_CSV)
        csv_head(s);
    for (int i = 0; i < s->columns; i++)
        s->widths[i] = dtl_utf8_count(dtl_query_column_name(s->query, i));
}

static void foot(sheet *s)
{
    if (s->format == DTL_ROWS_JSON)
        dtl_buf_add_str(&s->out, s->rows ? DTL_STR("\n]\n") : DTL_STR("[]\n"));
    if (s->format != DTL_ROWS_TABLE || s->measured >= MEASURED_ROWS)
        return;
    table_head(s);
    table_rows(s);
}

static bool rows(sheet *s, dtl_error *err)
{
    static void (*const add_row[])(sheet *) = {
        [DTL_ROWS_TABLE] = table_row, [DTL_ROWS_CSV] = csv_row, [DTL_ROWS_JSON] = json_row};
    const dtl_guard *guard = dtl_state_guard(s->job->state);
    bool row = true;
    head(s);
    while (row) {
        if (!dtl_query_step(s->query, &row, err))
            return false;
        if (!row)
            break;
        add_row[s->format](s);
        s->rows++;
        if (dtl_guard_broken(guard, err) || !flush(s, false, err))
            return false;
    }
    foot(s);
    return flush(s, true, err);
}

static bool work(dtl_job *job, dtl_error *err)
{
    const sql_work *request = job->request;
    sheet s = {.job = job, .format = request->format};
    if (!dtl_query_prepare(job->store, request->sql, &s.query, err))
        return false;
    s.columns = dtl_query_column_count(s.query);
    bool ok = s.columns <= COLUMNS_MAX ||
              dtl_error_set(err, DTL_ELIMIT, "more than %d columns", COLUMNS_MAX);
    if (ok && dtl_query_parameter_count(s.query) > 0)
        ok = dtl_error_set(err, DTL_EUSAGE, "the statement has parameters, which nothing fills");
    ok = ok && rows(&s, err);
    dtl_query_free(s.query);
    dtl_buf_release(&s.cells);
    dtl_buf_release(&s.out);
    return ok;
}

bool dtl_run_sql(dtl_str sql, dtl_rows_format format, const dtl_run_options *options,
                 const dtl_run_events *events, dtl_error *err)
{
    sql_work request = {sql, format};
    dtl_job job = {.options = options, .events = events, .work = work, .request = &request};
    return dtl_job_run(&job, err);
}
