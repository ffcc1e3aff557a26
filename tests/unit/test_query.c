// tests/unit/test_query.c - SQL from scripts reads, and can do nothing else.
#include "store/query.h"

#include <stdio.h>

#include "store/guard.h"
#include "support/datasets.h"
#include "support/test.h"

static void add_days(dtl_store *store, const dtl_release_info *info)
{
    dtl_writer *writer;
    dtl_release_result result;
    dtl_error err = {0};
    CHECK(dtl_writer_begin(store, info, &writer, &result, &err));
    for (int day = 0; day < 31; day++) {
        const dtl_value values[] = {
            {.measure = &dtl_test_daily_columns[1], .has_value = true, .value = 100 + day},
            {.measure = &dtl_test_daily_columns[2], .has_value = true, .value = day % 4},
            {.measure = &dtl_test_daily_columns[3], .missing = DTL_STR("not_collected")}};
        const dtl_row row = {.period = dtl_test_date("2024-10-01") + day,
                             .values = values,
                             .value_count = 3,
                             .line = day + 2};
        CHECK(dtl_writer_add(writer, &row, &err));
    }
    CHECK(dtl_writer_finish(writer, true, &result, &err));
}

static void add_statement(dtl_store *store)
{
    dtl_writer *writer;
    dtl_release_result result;
    dtl_error err = {0};
    const dtl_release_info info = {.dataset = &dtl_test_deaths,
                                   .sha256 = DTL_STR("bb"),
                                   .published = DTL_DATE_NONE,
                                   .retrieved = 1000};
    const dtl_filter dimensions[] = {{DTL_STR("source"), DTL_STR("French coastguards")},
                                     {DTL_STR("scope"), DTL_STR("year to date")}};
    const dtl_value value = {
        .measure = &dtl_test_deaths_columns[3], .has_value = true, .value = 45};
    const dtl_row row = {.period = dtl_test_date("2024-10-17"),
                         .dimensions = dimensions,
                         .dimension_count = 2,
                         .values = &value,
                         .value_count = 1,
                         .attribution = DTL_STR("press"),
                         .line = 2};
    CHECK(dtl_writer_begin(store, &info, &writer, &result, &err));
    CHECK(dtl_writer_add(writer, &row, &err));
    CHECK(dtl_writer_finish(writer, true, &result, &err));
}

static void add_week_and_event(dtl_store *store)
{
    dtl_writer *writer;
    dtl_release_result result;
    dtl_error err = {0};
    dtl_release_info info = {.dataset = &dtl_test_weekly,
                             .sha256 = DTL_STR("cc"),
                             .published = DTL_DATE_NONE,
                             .retrieved = 1000};
    const dtl_value value = {
        .measure = &dtl_test_weekly_columns[1], .has_value = true, .value = 613};
    const dtl_row row = {
        .period = dtl_test_date("2024-10-07"), .values = &value, .value_count = 1, .line = 2};
    const dtl_event event = {.name = DTL_STR("records"),
                             .label = DTL_STR("since records began"),
                             .from = dtl_test_date("2018-01-01"),
                             .to = DTL_DATE_NONE};
    CHECK(dtl_writer_begin(store, &info, &writer, &result, &err));
    CHECK(dtl_writer_add(writer, &row, &err));
    CHECK(dtl_writer_finish(writer, true, &result, &err));
    info.dataset = &dtl_test_events;
    CHECK(dtl_writer_begin(store, &info, &writer, &result, &err));
    CHECK(dtl_writer_add_event(writer, &event, 2, &err));
    CHECK(dtl_writer_finish(writer, true, &result, &err));
}

static dtl_store *make_store(void)
{
    dtl_store *store = NULL;
    dtl_error err = {0};
    const dtl_release_info daily = {.dataset = &dtl_test_daily,
                                    .sha256 = DTL_STR("aa"),
                                    .published = DTL_DATE_NONE,
                                    .retrieved = 1000};
    CHECK(dtl_store_open_memory(&store, &err));
    add_days(store, &daily);
    add_statement(store);
    add_week_and_event(store);
    return store;
}

static void add_value(dtl_buf *out, dtl_query_value value)
{
    switch (value.type) {
    case DTL_QUERY_NULL:
        DTL_BUF_LITERAL(out, "NULL");
        break;
    case DTL_QUERY_INTEGER:
        dtl_buf_printf(out, "%lld", (long long)value.integer);
        break;
    case DTL_QUERY_REAL:
        dtl_buf_printf(out, "%.2f", value.real);
        break;
    default:
        dtl_buf_add_str(out, value.text);
        break;
    }
}

// The rows of [sql] as text: fields by '|', rows by newlines.
static bool run(dtl_store *store, dtl_str sql, dtl_buf *out, dtl_error *err)
{
    dtl_query *query = NULL;
    bool row = true;
    if (!dtl_query_prepare(store, sql, &query, err))
        return false;
    bool ok = dtl_query_step(query, &row, err);
    while (ok && row) {
        for (int i = 0; i < dtl_query_column_count(query); i++) {
            if (i)
                dtl_buf_add_char(out, '|');
            add_value(out, dtl_query_value_at(query, i));
        }
        dtl_buf_add_char(out, '\n');
        ok = dtl_query_step(query, &row, err);
    }
    dtl_query_free(query);
    return ok;
}

static void check_gives(dtl_store *store, dtl_str sql, const char *expected, int line)
{
    dtl_buf out = {0};
    dtl_error err = {0};
    bool ok = run(store, sql, &out, &err);
    dtl_test_check(ok, err.message, __FILE__, line);
    dtl_test_check_text(dtl_buf_str(&out), dtl_str_from(expected), "rows", __FILE__, line);
    dtl_buf_release(&out);
}

#define GIVES(store, sql, expected) check_gives(store, DTL_STR(sql), expected, __LINE__)

static dtl_error refusal(dtl_store *store, dtl_str sql, int line)
{
    dtl_buf out = {0};
    dtl_error err = {0};
    dtl_test_check(!run(store, sql, &out, &err), sql.size < 200 ? sql.data : "long", __FILE__,
                   line);
    dtl_buf_release(&out);
    return err;
}

static void check_refuses(dtl_store *store, dtl_str sql, const char *message, int line)
{
    dtl_error err = refusal(store, sql, line);
    dtl_test_check_str(err.message, message, "message", __FILE__, line);
}

#define REFUSES(store, sql, message) check_refuses(store, DTL_STR(sql), message, __LINE__)

TEST(each_dataset_is_a_plain_view)
{
    dtl_store *store = make_store();
    GIVES(store, "SELECT * FROM small_boats_daily WHERE date = '2024-10-18'",
          "2024-10-18|117|1|NULL\n");
    GIVES(store,
          "SELECT sum(people), sum(boats), count(uncontrolled_boats) FROM small_boats_daily"
          " WHERE date BETWEEN '2024-10-01' AND '2024-10-31'",
          "3565|45|0\n");
    GIVES(store, "SELECT * FROM channel_deaths",
          "2024-10-17|French coastguards|year to date|45|NULL|press\n");
    GIVES(store, "SELECT * FROM small_boats_weekly", "2024-10-13|613|NULL\n");
    GIVES(store, "SELECT people FROM small_boats_weekly WHERE week_ending = '2024-10-13'", "613\n");
    GIVES(store, "SELECT * FROM events", "records|since records began|2018-01-01|NULL\n");
    dtl_store_close(store);
}

TEST(a_query_by_date_goes_by_the_key)
{
    static const char *const queries[] = {
        "EXPLAIN QUERY PLAN SELECT people, boats FROM small_boats_daily WHERE date = '2024-10-18'",
        "EXPLAIN QUERY PLAN SELECT people FROM small_boats_weekly WHERE week_ending = '2024-10-13'",
    };
    dtl_store *store = make_store();
    for (size_t i = 0; i < DTL_COUNT(queries); i++) {
        dtl_error err = {0};
        dtl_buf plan = {0};
        bool row = false;
        sqlite3_stmt *statement = dtl_sql_begin(&store->sql, queries[i], &err);
        CHECK(dtl_sql_step(&store->sql, statement, &row, &err));
        while (row) {
            dtl_buf_add_str(&plan, dtl_sql_text(statement, 3));
            dtl_buf_add_char(&plan, '\n');
            CHECK(dtl_sql_step(&store->sql, statement, &row, &err));
        }
        dtl_sql_done(&store->sql, statement);
        CHECK(dtl_str_find(dtl_buf_str(&plan), DTL_STR("(series=? AND period=?")) != SIZE_MAX);
        CHECK(dtl_str_find(dtl_buf_str(&plan), DTL_STR("SCAN")) == SIZE_MAX);
        dtl_buf_release(&plan);
    }
    dtl_store_close(store);
}

TEST(values_come_in_their_own_type)
{
    dtl_store *store = make_store();
    GIVES(store, "SELECT 9007199254740993, -1, 1.5, NULL, 'a', x'00ff' IS NOT NULL",
          "9007199254740993|-1|1.50|NULL|a|1\n");
    dtl_query *query;
    dtl_error err = {0};
    bool row;
    CHECK(
        dtl_query_prepare(store, DTL_STR("SELECT x'6100', 'a', 1 AS one, 2 AS one"), &query, &err));
    CHECK(dtl_query_step(query, &row, &err) && row);
    CHECK_INT(dtl_query_value_at(query, 0).type, DTL_QUERY_BLOB);
    CHECK_TEXT(dtl_query_value_at(query, 0).text, "a\0");
    CHECK_TEXT(dtl_query_column_name(query, 2), "one");
    CHECK_TEXT(dtl_query_column_name(query, 3), "one");
    CHECK_INT(dtl_query_value_at(query, 3).integer, 2);
    CHECK(dtl_query_step(query, &row, &err) && !row);
    CHECK(dtl_query_step(query, &row, &err) && !row);  // and stays so
    dtl_query_free(query);
    dtl_store_close(store);
}

TEST(parameters_are_bound_and_never_pasted)
{
    dtl_store *store = make_store();
    dtl_query *query;
    dtl_error err = {0};
    bool row;
    const dtl_query_value hostile = {.type = DTL_QUERY_TEXT,
                                     .text = DTL_STR("2024-10-18' OR 1=1 --")};
    const dtl_query_value date = {.type = DTL_QUERY_TEXT, .text = DTL_STR("2024-10-18")};
    CHECK(dtl_query_prepare(
        store, DTL_STR("SELECT people FROM small_boats_daily WHERE date = :date AND ?2 = 3"),
        &query, &err));
    CHECK_INT(dtl_query_parameter_count(query), 2);
    CHECK_INT(dtl_query_parameter_index(query, DTL_STR(":date")), 1);
    CHECK_INT(dtl_query_parameter_index(query, DTL_STR(":dat")), 0);
    const dtl_query_value three = {.type = DTL_QUERY_INTEGER, .integer = 3};
    CHECK(dtl_query_bind(query, 2, &three, &err));
    CHECK(dtl_query_bind(query, 1, &hostile, &err));
    CHECK(dtl_query_step(query, &row, &err) && !row);
    dtl_query_reset(query);
    CHECK(dtl_query_bind(query, 1, &date, &err));
    CHECK(dtl_query_step(query, &row, &err) && row);
    CHECK_INT(dtl_query_value_at(query, 0).integer, 117);
    CHECK(!dtl_query_bind(query, 3, &three, &err));
    CHECK_STR(err.message, "SQL: no parameter 3; the statement has 2");
    dtl_query_free(query);
    dtl_store_close(store);
}

TEST(whatever_writes_is_refused)
{
    static const char *const attacks[] = {
        "INSERT INTO day VALUES (1, 'x')",
        "UPDATE observation SET value = 0",
        "DELETE FROM observation",
        "REPLACE INTO day VALUES (1, 'x')",
        "CREATE TABLE t (x)",
        "CREATE TEMP TABLE t (x)",
        "CREATE VIEW v AS SELECT 1",
        "CREATE TEMP VIEW v AS SELECT 1",
        "CREATE INDEX i ON day (date)",
        "CREATE TEMP TRIGGER t AFTER INSERT ON day BEGIN SELECT 1; END",
        "CREATE VIRTUAL TABLE t USING fts5 (x)",
        "CREATE TABLE t AS SELECT 1",
        "DROP TABLE observation",
        "DROP VIEW small_boats_daily",
        "ALTER TABLE day RENAME TO night",
        "REINDEX",
        "ANALYZE",
        "VACUUM",
        "VACUUM INTO 'stolen.db'",
        "ATTACH 'stolen.db' AS stolen",
        "ATTACH ':memory:' AS m",
        "DETACH main",
        "BEGIN",
        "BEGIN IMMEDIATE",
        "COMMIT",
        "ROLLBACK",
        "SAVEPOINT s",
        "RELEASE s",
        "PRAGMA user_version",
        "PRAGMA query_only = OFF",
        "PRAGMA writable_schema = ON",
        "PRAGMA temp_store_directory = 'x'",
        "UPDATE sqlite_master SET sql = ''",
        "INSERT INTO sqlite_schema VALUES ('view', 'v', 'v', 0, 'x')",
        "WITH x AS (SELECT 1) DELETE FROM day",
        "DELETE FROM day RETURNING period",
        "EXPLAIN SELECT 1",
        "EXPLAIN QUERY PLAN SELECT 1",
    };
    dtl_store *store = make_store();
    for (size_t i = 0; i < DTL_COUNT(attacks); i++) {
        dtl_error err = refusal(store, dtl_str_from(attacks[i]), __LINE__);
        dtl_test_check(dtl_str_starts(dtl_str_from(err.message), DTL_STR("scripts read only")) ||
                           dtl_str_starts(dtl_str_from(err.message), DTL_STR("SQL: ")),
                       attacks[i], __FILE__, __LINE__);
        CHECK_INT(err.code, DTL_ESCRIPT);
    }
    GIVES(store, "SELECT count(*) FROM small_boats_daily", "31\n");
    REFUSES(store, "DELETE FROM observation", "scripts read only: DELETE is refused");
    REFUSES(store, "VACUUM INTO 'stolen.db'", "scripts read only: this is no SELECT");
    dtl_store_close(store);
}

TEST(functions_that_are_not_on_the_list_are_refused)
{
    static const char *const calls[] = {
        "load_extension('x')",
        "fts3_tokenizer('simple')",
        "writefile('x', 'y')",
        "readfile('x')",
        "edit('x')",
        "randomblob(900000000)",
        "zeroblob(900000000)",
        "hex(zeroblob(9))",
        "printf('%.*c', 900000000, 'x')",
        "format('%d', 1)",
        "random()",
        "sqlite_version()",
        "sqlite_source_id()",
        "changes()",
        "last_insert_rowid()",
        "json_extract('{}', '$')",
        "sqlite_compileoption_get(1)",
        "CURRENT_TIMESTAMP",
        "soundex('x')",
        "highlight(1, 2, 3, 4)",
    };
    dtl_store *store = make_store();
    for (size_t i = 0; i < DTL_COUNT(calls); i++) {
        dtl_buf sql = {0};
        dtl_buf_printf(&sql, "SELECT %s", calls[i]);
        dtl_error err = refusal(store, dtl_buf_str(&sql), __LINE__);
        CHECK_INT(err.code, DTL_ESCRIPT);
        dtl_buf_release(&sql);
    }
    REFUSES(store, "SELECT printf('%d', 1)", "scripts may not call the function printf");
    dtl_store_close(store);
}

TEST(tables_that_are_not_in_the_store_are_refused)
{
    static const char *const tables[] = {"pragma_table_info('day')",
                                         "json_each('[1]')",
                                         "dbstat",
                                         "sqlite_stmt",
                                         "sqlite_dbpage",
                                         "fts3tokenize",
                                         "pragma_database_list",
                                         "sqlite_temp_master",
                                         "temp.sqlite_schema"};
    static const char *const columns[] = {"*", "1", "count(*)", "rowid"};
    dtl_store *store = make_store();
    for (size_t i = 0; i < DTL_COUNT(tables) * DTL_COUNT(columns); i++) {
        dtl_buf sql = {0};
        dtl_buf_printf(&sql, "SELECT %s FROM %s", columns[i % DTL_COUNT(columns)],
                       tables[i / DTL_COUNT(columns)]);
        CHECK_INT(refusal(store, dtl_buf_str(&sql), __LINE__).code, DTL_ESCRIPT);
        dtl_buf_release(&sql);
    }
    REFUSES(store, "SELECT * FROM json_each('[1]')",
            "scripts read the datasets' tables only, not json_each");
    GIVES(store, "SELECT count(*) > 5 FROM sqlite_master", "1\n");
    GIVES(store, "SELECT count(*) FROM (SELECT 1 UNION ALL SELECT 2)", "2\n");
    GIVES(store, "SELECT 1 FROM (SELECT 1) AS x", "1\n");
    GIVES(store, "SELECT count(*) FROM (VALUES (1), (2)) AS x", "2\n");
    GIVES(store, "WITH x AS (SELECT 1 AS y) SELECT count(*), max(y) FROM x", "1|1\n");
    GIVES(store, "WITH x AS MATERIALIZED (SELECT 1) SELECT 1 FROM x", "1\n");
    dtl_store_close(store);
}

TEST(allowed_functions_do_what_they_do)
{
    dtl_store *store = make_store();
    GIVES(store,
          "SELECT instr('caf\xc3\xa9 caf\xc3\xa9', '\xc3\xa9'), instr('abc', 'x'),"
          " instr('abc', ''), instr(NULL, 'x'), instr(123, 3)",
          "4|0|1|NULL|3\n");
    GIVES(store,
          "SELECT replace('aXbX', 'X', '--'), replace('abc', '', 'x'), replace('a', 'a', '')",
          "a--b--|abc|\n");
    GIVES(store,
          "SELECT trim('  a '), ltrim('xxa', 'x'), rtrim('a\xc3\xa9\xc3\xa9', '\xc3\xa9'),"
          " trim('\xc3\xa8\xc3\xa9', '\xc3\xa9'), trim('', 'x'), trim('xx', 'x')",
          "a|a|a|\xc3\xa8||\n");
    GIVES(store, "SELECT substr('abc', 2), upper('a'), round(2.5), abs(-3), coalesce(NULL, 1)",
          "bc|A|3.00|3|1\n");
    GIVES(store, "SELECT strftime('%Y-%m', '2024-10-18'), date('2024-10-18', '-1 day')",
          "2024-10|2024-10-17\n");
    GIVES(store,
          "SELECT count(*) FROM (SELECT people, rank() OVER (ORDER BY people) AS r"
          " FROM small_boats_daily) WHERE r <= 3",
          "3\n");
    GIVES(store,
          "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9)"
          " SELECT sum(i) FROM n",
          "45\n");
    dtl_store_close(store);
}

TEST(the_list_of_functions_is_sorted)
{
    for (size_t i = 1; i < dtl_guard_function_count; i++)
        CHECK(strcmp(dtl_guard_functions[i - 1], dtl_guard_functions[i]) < 0);
}

TEST(one_statement_at_a_time_and_no_nul)
{
    dtl_store *store = make_store();
    REFUSES(store, "SELECT 1; SELECT 2", "SQL: one statement at a time");
    REFUSES(store, "SELECT 1; -- a remark\n DROP TABLE day", "SQL: one statement at a time");
    REFUSES(store, "SELECT 1 /* a */ ; /* b */ x", "SQL: one statement at a time");
    REFUSES(store, "", "SQL: the statement is empty");
    REFUSES(store, " -- nothing\n /* at all */ ;; ", "SQL: the statement is empty");
    REFUSES(store, "SELECT '\0'", "SQL: a NUL byte inside");
    GIVES(store, "SELECT 1; -- a remark\n ; /* and another */", "1\n");
    GIVES(store, "-- a remark\nSELECT 1", "1\n");
    dtl_store_close(store);
}

TEST(a_mistake_is_shown_where_it_stands_with_a_hint)
{
    dtl_store *store = make_store();
    dtl_error err =
        refusal(store, DTL_STR("SELECT people,\n  boat\nFROM small_boats_daily"), __LINE__);
    CHECK_STR(err.message, "SQL: no such column: boat");
    CHECK_INT(err.line, 2);
    CHECK_INT(err.column, 3);
    CHECK_STR(err.source, "  boat");
    CHECK_STR(err.hint, "did you mean 'boats'?");
    err = refusal(store, DTL_STR("SELECT people\nFROM small_boat_daily"), __LINE__);
    CHECK_STR(err.message, "SQL: no such table: small_boat_daily");
    CHECK_INT(err.line, 2);
    CHECK_INT(err.column, 6);
    CHECK_STR(err.hint, "did you mean 'small_boats_daily'?");
    err = refusal(store, DTL_STR("SELECT sume(people) FROM small_boats_daily"), __LINE__);
    CHECK_STR(err.hint, "did you mean 'sum'?");
    err = refusal(store, DTL_STR("SELECT people FORM small_boats_daily"), __LINE__);
    CHECK_STR(err.message, "SQL: this is not understood: 'FORM'");
    CHECK_STR(err.hint, "did you mean 'from'?");
    CHECK_INT(err.column, 15);
    err = refusal(store, DTL_STR("SELECT date, FROM small_boats_daily"), __LINE__);
    CHECK_STR(err.message, "SQL: this is not expected here: 'FROM'");
    CHECK_INT(err.column, 14);
    err = refusal(store, DTL_STR("SELECT date FROM small-boats-daily"), __LINE__);
    CHECK_STR(err.hint, "the table of a dataset has _ for -: small_boats_daily");
    err = refusal(store, DTL_STR("SELECT 1 FROM small_boats_daily WHERE (people > 3 "), __LINE__);
    CHECK_STR(err.message, "SQL: the statement ends too early");
    CHECK_STR(err.hint, "is a ')' missing?");
    CHECK_INT(err.column, 50);
    err =
        refusal(store, DTL_STR("SELECT 1 FROM small_boats_daily WHERE date = \"2024\""), __LINE__);
    CHECK_STR(err.hint, "a text stands in single quotation marks: '2024'");
    err = refusal(store, DTL_STR("SELECT 1 WHERE 'a' = 'b"), __LINE__);
    CHECK_STR(err.message, "SQL: this text has no closing quotation mark");
    CHECK_INT(err.column, 22);
    err = refusal(store, DTL_STR("SELECT weather FROM small_boats_daily"), __LINE__);
    CHECK_STR(err.hint, "columns: date, people, boats, uncontrolled_boats");
    dtl_store_close(store);
}

TEST(what_could_grow_without_bound_is_bounded)
{
    static const char *const attacks[] = {
        "WITH long AS (SELECT group_concat(a.date) AS x FROM day a, day b, day c)"
        " SELECT length(replace(x, ',', x)) FROM long",
        "WITH RECURSIVE s(x) AS (SELECT 'xxxxxxxxxx' UNION ALL SELECT x || x FROM s)"
        " SELECT length(x) FROM s",
        "SELECT group_concat(a.date || b.date || c.date || d.date)"
        " FROM day a, day b, day c, day d",
    };
    dtl_store *store = make_store();
    for (size_t i = 0; i < DTL_COUNT(attacks); i++)
        CHECK_INT(refusal(store, dtl_str_from(attacks[i]), __LINE__).code, DTL_ELIMIT);
    dtl_buf sql = {0};
    DTL_BUF_LITERAL(&sql, "SELECT 1");
    while (sql.size <= 100000)
        DTL_BUF_LITERAL(&sql, " ");
    CHECK_INT(refusal(store, dtl_buf_str(&sql), __LINE__).code, DTL_ELIMIT);
    dtl_buf_clear(&sql);
    DTL_BUF_LITERAL(&sql, "SELECT 1");
    for (int i = 0; i < 60; i++)
        DTL_BUF_LITERAL(&sql, " UNION SELECT 1");
    check_refuses(store, dtl_buf_str(&sql), "SQL: too many terms in compound SELECT", __LINE__);
    dtl_buf_clear(&sql);
    DTL_BUF_LITERAL(&sql, "SELECT 1");
    for (int i = 0; i < 101; i++)
        DTL_BUF_LITERAL(&sql, ", 1");
    check_refuses(store, dtl_buf_str(&sql), "SQL: too many columns in result set", __LINE__);
    dtl_buf_clear(&sql);
    DTL_BUF_LITERAL(&sql, "SELECT ");
    for (int i = 0; i < 150; i++)
        DTL_BUF_LITERAL(&sql, "1+(");
    DTL_BUF_LITERAL(&sql, "1");
    for (int i = 0; i < 150; i++)
        DTL_BUF_LITERAL(&sql, ")");
    refusal(store, dtl_buf_str(&sql), __LINE__);
    dtl_buf_release(&sql);
    dtl_store_close(store);
}

static bool stop_soon(void *context)
{
    int *asked = context;
    return ++*asked > 100;
}

TEST(an_endless_query_is_stopped_and_that_is_no_end_of_rows)
{
    dtl_store *store = make_store();
    dtl_query *query;
    dtl_error err = {0};
    int asked = 0;
    bool row = true;
    CHECK(dtl_store_guard(store, stop_soon, &asked, &err));
    CHECK(dtl_query_prepare(store,
                            DTL_STR("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM"
                                    " n) SELECT i FROM n"),
                            &query, &err));
    while (dtl_query_step(query, &row, &err) && row)
        continue;
    CHECK_INT(err.code, DTL_ELIMIT);
    CHECK_STR(err.message, "SQL: stopped at its time limit");
    err = (dtl_error){0};
    CHECK(!dtl_query_step(query, &row, &err));
    CHECK_STR(err.message, "SQL: the rows ended in an error before");
    dtl_query_free(query);
    dtl_store_close(store);
}

TEST(several_queries_may_be_open_at_once)
{
    dtl_store *store = make_store();
    dtl_query *outer;
    dtl_query *inner;
    dtl_error err = {0};
    bool row;
    dtl_str sql = DTL_STR("SELECT date FROM small_boats_daily ORDER BY date");
    CHECK(dtl_query_prepare(store, sql, &outer, &err));
    CHECK(dtl_query_prepare(store, sql, &inner, &err));
    CHECK(dtl_query_step(outer, &row, &err) && row);
    CHECK(dtl_query_step(inner, &row, &err) && row);
    CHECK(dtl_query_step(outer, &row, &err) && row);
    CHECK_TEXT(dtl_query_value_at(outer, 0).text, "2024-10-02");
    CHECK_TEXT(dtl_query_value_at(inner, 0).text, "2024-10-01");
    dtl_query_free(outer);
    dtl_query_free(inner);
    dtl_query_free(NULL);
    dtl_store_close(store);
}

TEST(a_guarded_store_still_reads_series_and_writes_no_more)
{
    dtl_store *store = make_store();
    dtl_arena arena = {0};
    dtl_release *releases;
    dtl_writer *writer;
    dtl_release_result result;
    size_t count;
    dtl_error err = {0};
    CHECK(dtl_store_guard(store, NULL, NULL, &err));
    CHECK(dtl_store_releases(store, DTL_STR("small-boats-daily"), DTL_MOMENT_LATEST, &arena,
                             &releases, &count, &err));
    CHECK_INT((int64_t)count, 1);
    const dtl_release_info info = {.dataset = &dtl_test_daily, .sha256 = DTL_STR("zz")};
    CHECK(!dtl_writer_begin(store, &info, &writer, &result, &err));
    CHECK_INT(err.code, DTL_EUSAGE);
    dtl_arena_release(&arena);
    dtl_store_close(store);
}
