// tests/unit/test_store_history.c - releases in any order give the history that a naive list gives.
#include <stdio.h>

#include "store/writer.h"
#include "support/datasets.h"
#include "support/test.h"

enum {
    PERIODS = 9,
    RELEASES = 12,
    ROUNDS = 60
};

typedef struct content {
    bool is_said;
    bool has_value;
    int64_t value;
    const char *missing;
    const char *attribution;
} content;

// What one release says, and when.
typedef struct statement {
    dtl_moment moment;
    content said[PERIODS];
} statement;

static const char *const reasons[] = {"not_collected", "unavailable"};
static const char *const sources[] = {"", "A", "B"};

static content random_content(void)
{
    content c = {.is_said = rand() % 4 > 0, .attribution = sources[rand() % 3]};
    c.has_value = rand() % 5 > 0;
    c.value = c.has_value ? rand() % 3 : 0;
    c.missing = c.has_value ? NULL : reasons[rand() % 2];
    return c;
}

static void make_statements(statement *statements)
{
    for (int i = 0; i < RELEASES; i++) {
        statements[i].moment = 1000 + i * 10;
        for (int p = 0; p < PERIODS; p++) {
            // Now and then the same again, so that repeats matter.
            bool repeat = i > 0 && rand() % 2;
            statements[i].said[p] = repeat ? statements[i - 1].said[p] : random_content();
        }
    }
}

static void shuffle(int *order)
{
    for (int i = 0; i < RELEASES; i++)
        order[i] = i;
    for (int i = RELEASES - 1; i > 0; i--) {
        int k = rand() % (i + 1);
        int kept = order[i];
        order[i] = order[k];
        order[k] = kept;
    }
}

static const dtl_column *const measure = &dtl_test_deaths_columns[3];

static void import_statement(dtl_store *store, const statement *s, int number)
{
    const dtl_filter dimensions[] = {{DTL_STR("source"), DTL_STR("x")},
                                     {DTL_STR("scope"), DTL_STR("y")}};
    char sha256[8];
    dtl_writer *writer;
    dtl_release_result result;
    dtl_error err = {0};
    snprintf(sha256, sizeof sha256, "%d", number);
    const dtl_release_info info = {.dataset = &dtl_test_deaths,
                                   .file_name = DTL_STR("x.csv"),
                                   .sha256 = dtl_str_from(sha256),
                                   .published = DTL_DATE_NONE,
                                   .retrieved = s->moment,
                                   .kind = DTL_RELEASE_WINDOW};
    CHECK(dtl_writer_begin(store, &info, &writer, &result, &err));
    for (int p = 0; p < PERIODS; p++) {
        const content *c = &s->said[p];
        if (!c->is_said)
            continue;
        const dtl_value value = {.measure = measure,
                                 .has_value = c->has_value,
                                 .value = c->value,
                                 .missing = dtl_str_from(c->missing)};
        const dtl_row row = {.period = 20000 + p,
                             .dimensions = dimensions,
                             .dimension_count = 2,
                             .values = &value,
                             .value_count = 1,
                             .attribution = dtl_str_from(c->attribution),
                             .line = p + 1};
        CHECK(dtl_writer_add(writer, &row, &err));
    }
    dtl_test_check(dtl_writer_finish(writer, true, &result, &err), err.message, __FILE__, __LINE__);
}

// The latest statement at or before [as_of] among those imported so far.
static content naive_answer(const statement *statements, const bool *imported, int period,
                            dtl_moment as_of)
{
    content answer = {.is_said = false};
    for (int i = 0; i < RELEASES; i++)
        if (imported[i] && statements[i].moment <= as_of && statements[i].said[period].is_said)
            answer = statements[i].said[period];
    return answer;
}

typedef struct answers {
    content known[PERIODS];
    dtl_arena arena;
} answers;

static bool take(void *context, const dtl_observation *o, dtl_error *err)
{
    answers *a = context;
    (void)err;
    a->known[o->period - 20000] =
        (content){.is_said = true,
                  .has_value = o->has_value,
                  .value = o->value,
                  .missing = o->has_value ? NULL : dtl_arena_str(&a->arena, o->missing).data,
                  .attribution = dtl_arena_str(&a->arena, o->attribution).data};
    return true;
}

static bool same(const content *a, const content *b)
{
    if (!a->is_said || !b->is_said)
        return a->is_said == b->is_said;
    return a->has_value == b->has_value && a->value == b->value &&
           dtl_str_equal(dtl_str_from(a->missing), dtl_str_from(b->missing)) &&
           dtl_str_equal(dtl_str_from(a->attribution), dtl_str_from(b->attribution));
}

static bool agrees(dtl_store *store, const statement *statements, const bool *imported,
                   dtl_moment as_of)
{
    const dtl_filter filters[] = {{DTL_STR("source"), DTL_STR("x")},
                                  {DTL_STR("scope"), DTL_STR("y")}};
    answers a = {0};
    dtl_error err = {0};
    bool ok = dtl_store_observations(store, DTL_STR("channel-deaths"), DTL_STR("deaths"), filters,
                                     2, as_of, take, &a, &err);
    for (int p = 0; ok && p < PERIODS; p++) {
        content expected = naive_answer(statements, imported, p, as_of);
        ok = same(&expected, &a.known[p]);
    }
    dtl_arena_release(&a.arena);
    return ok;
}

// No two spans of a period that touch say the same: only changes are kept.
static int64_t count_repeats(dtl_store *store)
{
    static const char text[] =
        "SELECT count(*) FROM observation a JOIN observation b ON b.series = a.series"
        " AND b.period = a.period AND b.seen_from = a.seen_to WHERE a.value IS b.value"
        " AND a.missing IS b.missing AND a.attribution IS b.attribution";
    dtl_error err = {0};
    int64_t count = -1;
    CHECK(dtl_sql_integer_args(&store->sql, text, NULL, 0, -1, &count, &err));
    return count;
}

TEST(vintages_in_any_order_answer_like_a_naive_list)
{
    srand(20241018);
    for (int round = 0; round < ROUNDS; round++) {
        statement statements[RELEASES];
        bool imported[RELEASES] = {false};
        int order[RELEASES];
        dtl_store *store;
        dtl_buf findings = {0};
        dtl_error err = {0};
        make_statements(statements);
        shuffle(order);
        CHECK(dtl_store_open_memory(&store, &err));
        for (int i = 0; i < RELEASES; i++) {
            import_statement(store, &statements[order[i]], order[i]);
            imported[order[i]] = true;
            for (dtl_moment as_of = 995; as_of <= 1000 + RELEASES * 10; as_of += 5)
                if (!CHECK(agrees(store, statements, imported, as_of)))
                    return;
        }
        CHECK(agrees(store, statements, imported, DTL_MOMENT_LATEST));
        CHECK_INT(count_repeats(store), 0);
        CHECK(dtl_store_diagnose(store, &findings, &err));
        CHECK_TEXT(dtl_buf_str(&findings), "");
        dtl_buf_release(&findings);
        dtl_store_close(store);
    }
}

// ---- events ----

static void import_event(dtl_store *store, dtl_moment moment, int number, dtl_date from)
{
    char sha256[8];
    dtl_writer *writer;
    dtl_release_result result;
    dtl_error err = {0};
    snprintf(sha256, sizeof sha256, "%d", number);
    const dtl_release_info info = {.dataset = &dtl_test_events,
                                   .sha256 = dtl_str_from(sha256),
                                   .published = DTL_DATE_NONE,
                                   .retrieved = moment,
                                   .kind = DTL_RELEASE_WINDOW};
    const dtl_event event = {
        .name = DTL_STR("x"), .label = DTL_STR("y"), .from = from, .to = DTL_DATE_NONE};
    CHECK(dtl_writer_begin(store, &info, &writer, &result, &err));
    CHECK(dtl_writer_add_event(writer, &event, 2, &err));
    CHECK(dtl_writer_finish(writer, true, &result, &err));
}

static dtl_date event_as_of(dtl_store *store, dtl_moment as_of)
{
    dtl_arena arena = {0};
    dtl_event *events;
    size_t count = 0;
    dtl_error err = {0};
    CHECK(dtl_store_events(store, as_of, &arena, &events, &count, &err));
    dtl_date from = count == 1 ? events[0].from : DTL_DATE_NONE;
    CHECK(count <= 1);
    dtl_arena_release(&arena);
    return from;
}

TEST(events_in_any_order_answer_like_a_naive_list)
{
    srand(11);
    for (int round = 0; round < ROUNDS; round++) {
        dtl_date from[RELEASES];
        bool imported[RELEASES] = {false};
        int order[RELEASES];
        dtl_store *store;
        dtl_error err = {0};
        for (int i = 0; i < RELEASES; i++)
            from[i] = 18000 + rand() % 3;
        shuffle(order);
        CHECK(dtl_store_open_memory(&store, &err));
        for (int i = 0; i < RELEASES; i++) {
            import_event(store, 1000 + order[i] * 10, order[i], from[order[i]]);
            imported[order[i]] = true;
            for (dtl_moment as_of = 995; as_of <= 1000 + RELEASES * 10; as_of += 5) {
                dtl_date expected = DTL_DATE_NONE;
                for (int k = 0; k < RELEASES; k++)
                    if (imported[k] && 1000 + k * 10 <= as_of)
                        expected = from[k];
                if (!CHECK_INT(event_as_of(store, as_of), expected))
                    return;
            }
        }
        dtl_store_close(store);
    }
}

// ---- what guards a commit ----

static dtl_writer *begin_daily(dtl_store *store)
{
    dtl_writer *writer;
    dtl_release_result result;
    dtl_error err = {0};
    const dtl_value values[] = {
        {.measure = &dtl_test_daily_columns[1], .has_value = true, .value = 647},
        {.measure = &dtl_test_daily_columns[2], .missing = DTL_STR("unavailable")}};
    const dtl_release_info info = {.dataset = &dtl_test_daily,
                                   .sha256 = DTL_STR("aa"),
                                   .published = DTL_DATE_NONE,
                                   .retrieved = 1000};
    const dtl_row row = {.period = 20000, .values = values, .value_count = 2, .line = 2};
    CHECK(dtl_writer_begin(store, &info, &writer, &result, &err));
    CHECK(dtl_writer_add(writer, &row, &err));
    dtl_rows_sort(&writer->rows);
    CHECK(dtl_merge_rows(writer, &err));
    CHECK(dtl_verify_rows(writer, &err));
    return writer;
}

TEST(what_reads_back_otherwise_is_not_committed)
{
    static const char *const damages[] = {
        "UPDATE observation SET value = 648 WHERE value = 647",
        "UPDATE observation SET missing = 'other' WHERE value IS NULL",
        "UPDATE observation SET value = NULL, missing = 'x' WHERE value = 647",
        "UPDATE observation SET value = 0, missing = NULL WHERE value IS NULL",
        "UPDATE observation SET attribution = 'x'",
        "UPDATE observation SET seen_from = 2000",
        "UPDATE observation SET period = 20001",
        "DELETE FROM observation WHERE value = 647",
    };
    for (size_t i = 0; i < DTL_COUNT(damages); i++) {
        dtl_store *store;
        dtl_error err = {0};
        CHECK(dtl_store_open_memory(&store, &err));
        dtl_writer *writer = begin_daily(store);
        CHECK(dtl_sql_exec(&store->sql, damages[i], &err));
        dtl_test_check(!dtl_verify_rows(writer, &err), damages[i], __FILE__, __LINE__);
        CHECK_INT(err.code, DTL_EINTERNAL);
        dtl_writer_abort(writer);
        dtl_store_close(store);
    }
}

TEST(a_value_that_was_not_compared_is_not_committed)
{
    dtl_store *store;
    dtl_error err = {0};
    CHECK(dtl_store_open_memory(&store, &err));
    dtl_writer *writer = begin_daily(store);
    writer->result.values_new--;
    CHECK(!dtl_verify_rows(writer, &err));
    CHECK_STR(err.message, "1 values were compared, but the file has 2; nothing was imported");
    dtl_writer_abort(writer);
    dtl_store_close(store);
}

TEST(a_store_that_was_tampered_with_is_diagnosed)
{
    static const struct {
        const char *damage;
        const char *finding;
    } cases[] = {
        {"DELETE FROM day", "2 values are of a day without a date\n"},
        {"DELETE FROM release", "2 values belong to no series or release\n"},
        {"CREATE TRIGGER t AFTER INSERT ON note BEGIN SELECT 1; END",
         "a trigger that Dateline did not make: t\n"},
        {"CREATE VIEW v AS SELECT 1", "a view that Dateline did not make: v\n"},
        {"DROP VIEW small_boats_daily; CREATE VIEW small_boats_daily AS SELECT 1 AS people",
         "a view that Dateline did not make: small_boats_daily\n"},
    };
    for (size_t i = 0; i < DTL_COUNT(cases); i++) {
        dtl_store *store;
        dtl_buf findings = {0};
        dtl_error err = {0};
        CHECK(dtl_store_open_memory(&store, &err));
        dtl_writer *writer = begin_daily(store);
        CHECK(dtl_sql_exec(&store->sql, cases[i].damage, &err));
        CHECK(dtl_store_diagnose(store, &findings, &err));
        CHECK_STR(findings.data, cases[i].finding);
        dtl_writer_abort(writer);
        dtl_buf_release(&findings);
        dtl_store_close(store);
    }
}
