// tests/unit/test_clock.c - SQL from scripts reckons with dates, and never learns today's.
#include "store/query.h"
#include "support/test.h"

static dtl_store *open_store(void)
{
    dtl_store *store = NULL;
    dtl_error err = {0};
    CHECK(dtl_store_open_memory(&store, &err));
    return store;
}

// The first value of the first row of [sql], as text; NULL is "".
static bool ask(dtl_store *store, dtl_str sql, dtl_buf *out, dtl_error *err)
{
    dtl_query *query = NULL;
    bool row = false;
    if (!dtl_query_prepare(store, sql, &query, err))
        return false;
    bool ok = dtl_query_step(query, &row, err);
    if (ok && row)
        dtl_buf_add_str(out, dtl_query_value_at(query, 0).text);
    dtl_query_free(query);
    return ok;
}

static void check_gives(dtl_store *store, const char *sql, const char *expected, int line)
{
    dtl_buf out = {0};
    dtl_error err = {0};
    bool ok = ask(store, dtl_str_from(sql), &out, &err);
    dtl_test_check(ok, err.message, __FILE__, line);
    dtl_test_check_text(dtl_buf_str(&out), dtl_str_from(expected), sql, __FILE__, line);
    dtl_buf_release(&out);
}

#define GIVES(store, sql, expected) check_gives(store, sql, expected, __LINE__)

static dtl_error refusal(dtl_store *store, dtl_str sql)
{
    dtl_buf out = {0};
    dtl_error err = {0};
    CHECK(!ask(store, sql, &out, &err));
    dtl_buf_release(&out);
    return err;
}

static void check_refuses(dtl_store *store, dtl_str sql, const char *message, int line)
{
    dtl_error err = refusal(store, sql);
    dtl_test_check_str(err.message, message, "message", __FILE__, line);
}

#define REFUSES(store, sql, message) check_refuses(store, DTL_STR(sql), message, __LINE__)

TEST(dates_are_reckoned_as_sqlite_does)
{
    static const char *const cases[][2] = {
        {"date('2024-10-18', '+1 day')", "2024-10-19"},
        {"date('2024-01-31', '+1 month', 'start of month')", "2024-03-01"},
        {"date(date('2024-02-28', '+1 day'), '-1 year')", "2023-03-01"},
        {"date('2024-10-18', 'weekday 0')", "2024-10-20"},
        {"date(2460602)", "2024-10-18"},
        {"time('12:30')", "12:30:00"},
        {"datetime('2024-10-18 12:30', '-31 minutes')", "2024-10-18 11:59:00"},
        {"datetime(1729209600, 'unixepoch')", "2024-10-18 00:00:00"},
        {"julianday('2000-01-01') || ''", "2451544.5"},
        {"typeof(julianday('2000-01-01'))", "real"},
        {"unixepoch('2024-10-18') || ''", "1729209600"},
        {"typeof(unixepoch('2024-10-18'))", "integer"},
        {"typeof(strftime('%s', '2024-10-18'))", "text"},
        {"strftime('%Y-%m %j %w %%', '2024-10-18')", "2024-10 292 5 %"},
        {"strftime('now', '2024-10-18')", "now"},
        {"typeof(date('no date'))", "null"},
        {"typeof(date(NULL))", "null"},
        {"typeof(date('2024-10-18', NULL))", "null"},
        {"group_concat(date('2024-10-18', '+' || value || ' days'), ' ') FROM"
         " (SELECT 1 AS value UNION SELECT 2)",
         "2024-10-19 2024-10-20"},
    };
    dtl_store *store = open_store();
    for (size_t i = 0; i < DTL_COUNT(cases); i++) {
        dtl_buf sql = {0};
        dtl_buf_printf(&sql, "SELECT %s", cases[i][0]);
        check_gives(store, sql.data, cases[i][1], __LINE__);
        dtl_buf_release(&sql);
    }
    dtl_store_close(store);
}

TEST(what_strftime_makes_is_no_longer_than_other_texts)
{
    dtl_store *store = open_store();
    dtl_buf format = {0};
    dtl_query *query;
    dtl_error err = {0};
    bool row = true;
    while (format.size < 999990)
        dtl_buf_add_char(&format, 'x');
    DTL_BUF_LITERAL(&format, "%Y%Y%Y%Y%Y");
    const dtl_query_value value = {.type = DTL_QUERY_TEXT, .text = dtl_buf_str(&format)};
    CHECK(dtl_query_prepare(store, DTL_STR("SELECT strftime(?, '2024-10-18')"), &query, &err));
    CHECK(dtl_query_bind(query, 1, &value, &err));
    CHECK(!dtl_query_step(query, &row, &err));
    CHECK_STR(err.message, "SQL: a text or blob longer than allowed");
    dtl_query_free(query);
    dtl_buf_release(&format);
    GIVES(store, "SELECT strftime('%Y', '2024-10-18')", "2024");  // and goes on working
    dtl_store_close(store);
}

TEST(no_clock_and_no_time_zone_is_in_reach)
{
    static const char *const asks[] = {
        "date('now')",
        "date('NOW', '+1 day')",
        "date('no' || 'w')",
        "date(x'6e6f77')",
        "date('now' || char(0) || 'x')",
        "time('now')",
        "datetime('now', 'localtime')",
        "datetime('2024-10-18', 'localtime')",
        "datetime('2024-10-18', '+1 day', 'UTC')",
        "julianday('now')",
        "unixepoch('now')",
        "unixepoch('subsec')",
        "strftime('%s', 'now')",
        "strftime('%H', '2024-10-18', 'utc')",
        "date()",
        "time()",
        "datetime()",
        "julianday()",
        "unixepoch()",
        "strftime('%Y')",
        "strftime()",
        "max(date('now', '-' || value || ' days')) FROM (SELECT 1 AS value UNION SELECT 2)",
        "CURRENT_TIMESTAMP",
        "current_date",
        "CURRENT_TIME",
    };
    dtl_store *store = open_store();
    for (size_t i = 0; i < DTL_COUNT(asks); i++) {
        dtl_buf sql = {0};
        dtl_buf_printf(&sql, "SELECT %s", asks[i]);
        dtl_error err = refusal(store, dtl_buf_str(&sql));
        CHECK_INT(err.code, DTL_ESCRIPT);
        dtl_test_check(strstr(err.message, "SQL here has no clock: ") == err.message, asks[i],
                       __FILE__, __LINE__);
        CHECK(strstr(err.hint, "bind it as a parameter") != NULL);
        dtl_buf_release(&sql);
    }
    REFUSES(store, "SELECT date('now')", "SQL here has no clock: date was asked for 'now'");
    REFUSES(store, "SELECT unixepoch()", "SQL here has no clock: unixepoch was given no date");
    REFUSES(store, "SELECT 1 WHERE CURRENT_DATE > '2024'",
            "SQL here has no clock: current_date is refused");
    dtl_store_close(store);
}

TEST(a_bound_now_is_no_clock_either)
{
    dtl_store *store = open_store();
    dtl_query *query;
    dtl_error err = {0};
    bool row = true;
    const dtl_query_value now = {.type = DTL_QUERY_TEXT, .text = DTL_STR("now")};
    CHECK(dtl_query_prepare(store, DTL_STR("SELECT date(?)"), &query, &err));
    CHECK(dtl_query_bind(query, 1, &now, &err));
    CHECK(!dtl_query_step(query, &row, &err));
    CHECK_STR(err.message, "SQL here has no clock: date was asked for 'now'");
    dtl_query_free(query);
    dtl_store_close(store);
}
