// tests/unit/test_store.c - writing releases, reading them back.
#include "support/releases.h"

TEST(what_is_written_is_read_back_with_its_release)
{
    fixture f;
    open_memory(&f);
    write_two_days(&f);
    CHECK_INT(f.result.values_new, 6);
    CHECK_INT(f.result.values_revised, 0);
    CHECK_INT(f.result.rows_kept, 2);
    sums people = read_sums(&f, "people", DTL_MOMENT_LATEST);
    CHECK_INT(people.count, 2);
    CHECK_INT(people.sum, 647);
    CHECK_INT(people.last, dtl_test_date("2024-10-18"));
    CHECK_INT(read_sums(&f, "uncontrolled_boats", DTL_MOMENT_LATEST).missing, 2);
    dtl_arena arena = {0};
    dtl_release *releases;
    size_t count;
    CHECK(dtl_store_releases(f.store, DTL_STR(""), DTL_MOMENT_LATEST, &arena, &releases, &count,
                             &f.err));
    CHECK_INT((int64_t)count, 1);
    CHECK_TEXT(releases[0].dataset, "small-boats-daily");
    CHECK_TEXT(releases[0].file_name, "daily.csv");
    CHECK_INT(releases[0].rows_in, 2);
    CHECK_INT(releases[0].covers_from, dtl_test_date("2024-10-17"));
    CHECK_INT(releases[0].covers_to, dtl_test_date("2024-10-18"));
    CHECK_INT(releases[0].published, DTL_DATE_NONE);
    dtl_arena_release(&arena);
    dtl_store_close(f.store);
}

TEST(a_release_is_not_known_before_it_was_retrieved)
{
    fixture f;
    open_memory(&f);
    write_two_days(&f);
    CHECK_INT(read_sums(&f, "people", dtl_test_moment("2024-10-19T11:59:59Z")).count, 0);
    CHECK_INT(read_sums(&f, "people", dtl_test_moment("2024-10-19T12:00:00Z")).count, 2);
    dtl_store_close(f.store);
}

TEST(the_same_bytes_again_change_nothing_and_say_so)
{
    fixture f;
    open_memory(&f);
    write_two_days(&f);
    int64_t first = f.result.release_id;
    CHECK(begin(&f, &dtl_test_daily, "aa", "2024-10-25"));
    CHECK(f.writer == NULL);
    CHECK(f.result.already_known);
    CHECK_INT(f.result.release_id, first);
    dtl_store_close(f.store);
}

TEST(the_same_content_in_other_bytes_is_a_release_without_changes)
{
    fixture f;
    open_memory(&f);
    write_two_days(&f);
    CHECK(begin(&f, &dtl_test_daily, "bb", "2024-10-20"));
    CHECK(add_day(&f, "2024-10-18", 647, 10, 2));
    CHECK(add_day(&f, "2024-10-17", 0, 0, 3));
    CHECK(finish(&f));
    CHECK_INT(f.result.release_id, 2);
    CHECK_INT(f.result.values_new, 0);
    CHECK_INT(f.result.values_revised, 0);
    CHECK_INT(f.result.values_same, 6);
    dtl_store_close(f.store);
}

TEST(a_revision_keeps_what_was_known_before)
{
    fixture f;
    open_memory(&f);
    write_two_days(&f);
    CHECK(begin(&f, &dtl_test_daily, "bb", "2024-10-22"));
    CHECK(add_day(&f, "2024-10-17", 0, 0, 2));
    CHECK(add_day(&f, "2024-10-18", 650, 10, 3));
    CHECK(finish(&f));
    CHECK_INT(f.result.values_revised, 1);
    CHECK_INT(f.result.values_same, 5);
    CHECK_INT(read_sums(&f, "people", dtl_test_moment("2024-10-21")).sum, 647);
    CHECK_INT(read_sums(&f, "people", DTL_MOMENT_LATEST).sum, 650);
    dtl_store_close(f.store);
}

TEST(two_releases_of_one_moment_both_stand_in_order)
{
    fixture f;
    open_memory(&f);
    write_two_days(&f);
    CHECK(begin(&f, &dtl_test_daily, "bb", "2024-10-19T12:00:00Z"));
    CHECK(add_day(&f, "2024-10-18", 651, 10, 2));
    CHECK(finish(&f));
    dtl_moment moment = dtl_test_moment("2024-10-19T12:00:00Z");
    CHECK_INT(read_sums(&f, "people", moment).sum, 647);
    CHECK_INT(read_sums(&f, "people", moment + 1).sum, 651);
    dtl_store_close(f.store);
}

TEST(missing_is_not_zero)
{
    fixture f;
    open_memory(&f);
    write_two_days(&f);
    CHECK(begin(&f, &dtl_test_daily, "bb", "2024-10-22"));
    const dtl_value values[] = {
        {.measure = &dtl_test_daily_columns[1], .missing = DTL_STR("unavailable")},
        {.measure = &dtl_test_daily_columns[2], .has_value = true, .value = 0},
    };
    const dtl_row row = {
        .period = dtl_test_date("2024-10-17"), .values = values, .value_count = 2, .line = 2};
    CHECK(dtl_writer_add(f.writer, &row, &f.err));
    CHECK(finish(&f));
    CHECK_INT(f.result.values_revised, 1);  // zero people became no figure; zero boats stayed
    CHECK_INT(read_sums(&f, "people", DTL_MOMENT_LATEST).missing, 1);
    dtl_store_close(f.store);
}

TEST(equal_keys_that_differ_are_both_refused_by_line)
{
    fixture f;
    open_memory(&f);
    CHECK(begin(&f, &dtl_test_daily, "aa", "2024-10-19"));
    CHECK(add_day(&f, "2024-10-18", 647, 10, 2));
    CHECK(add_day(&f, "2024-10-18", 647, 10, 3));
    CHECK(!add_day(&f, "2024-10-18", 648, 10, 4));
    CHECK_STR(f.err.message, "line 2 and line 4 give different values for the same key");
    CHECK_INT(f.err.line, 4);
    f.err = (dtl_error){0};
    CHECK(!add_day(&f, "2024-10-18", 649, 10, 5));
    f.err = (dtl_error){0};
    CHECK(finish(&f));
    CHECK_INT(f.result.rows_held, 1);  // the earlier row, once; the others are the caller's
    CHECK_INT(f.result.rows_repeated, 1);
    CHECK_INT(f.result.values_new, 0);
    CHECK_INT(read_sums(&f, "people", DTL_MOMENT_LATEST).count, 0);
    dtl_store_close(f.store);
}

static bool add_crossing(fixture *f, const char *date, const char *landing, int64_t people)
{
    const dtl_filter dimensions[] = {{DTL_STR("departure"), DTL_STR("FR")},
                                     {DTL_STR("landing"), dtl_str_from(landing)}};
    const dtl_value values[] = {
        {.measure = &dtl_test_crossings_columns[3], .has_value = true, .value = people},
        {.measure = &dtl_test_crossings_columns[4], .has_value = true, .value = 1},
    };
    const dtl_row row = {.period = dtl_test_date(date),
                         .dimensions = dimensions,
                         .dimension_count = 2,
                         .values = values,
                         .value_count = 2,
                         .line = 1};
    return dtl_writer_add(f->writer, &row, &f->err);
}

static sums read_crossings(fixture *f, const dtl_filter *filters, size_t count)
{
    sums s = {0};
    CHECK(dtl_store_observations(f->store, DTL_STR("crossings"), DTL_STR("people"), filters, count,
                                 DTL_MOMENT_LATEST, sum_up, &s, &f->err));
    return s;
}

TEST(a_folding_dataset_sums_equal_keys)
{
    fixture f;
    open_memory(&f);
    CHECK(begin(&f, &dtl_test_crossings, "aa", "2024-10-19"));
    for (int i = 0; i < 10000; i++)
        CHECK(add_crossing(&f, i % 2 ? "2024-10-18" : "2024-10-17", i % 4 ? "Dover" : "Deal", 3));
    CHECK(finish(&f));
    CHECK_INT(f.result.rows_kept, 10000);
    CHECK_INT(f.result.values_new, 6);
    const dtl_filter dover[] = {{DTL_STR("landing"), DTL_STR("Dover")}};
    CHECK_INT(read_crossings(&f, dover, 1).sum, 7500 * 3);
    const dtl_filter both[] = {{DTL_STR("landing"), DTL_STR("Deal")},
                               {DTL_STR("departure"), DTL_STR("FR")}};
    CHECK_INT(read_crossings(&f, both, 2).sum, 2500 * 3);
    const dtl_filter nowhere[] = {{DTL_STR("landing"), DTL_STR("Hythe")}};
    CHECK_INT(read_crossings(&f, nowhere, 1).count, 0);
    dtl_store_close(f.store);
}

TEST(a_folded_sum_with_an_unknown_part_is_unknown)
{
    const dtl_filter dimensions[] = {{DTL_STR("departure"), DTL_STR("FR")},
                                     {DTL_STR("landing"), DTL_STR("Dover")}};
    const dtl_value values[] = {
        {.measure = &dtl_test_crossings_columns[3], .missing = DTL_STR("unavailable")},
        {.measure = &dtl_test_crossings_columns[4], .has_value = true, .value = 1}};
    const dtl_row row = {.period = dtl_test_date("2024-10-18"),
                         .dimensions = dimensions,
                         .dimension_count = 2,
                         .values = values,
                         .value_count = 2,
                         .line = 3};
    fixture f;
    open_memory(&f);
    CHECK(begin(&f, &dtl_test_crossings, "aa", "2024-10-19"));
    CHECK(add_crossing(&f, "2024-10-18", "Dover", 3));
    CHECK(dtl_writer_add(f.writer, &row, &f.err));
    CHECK(add_crossing(&f, "2024-10-18", "Dover", 4));
    CHECK(finish(&f));
    sums people = read_crossings(&f, dimensions, 2);
    CHECK_INT(people.missing, 1);
    CHECK_INT(people.sum, 0);
    dtl_store_close(f.store);
}

TEST(a_folded_sum_that_does_not_fit_is_refused)
{
    fixture f;
    open_memory(&f);
    CHECK(begin(&f, &dtl_test_crossings, "aa", "2024-10-19"));
    CHECK(add_crossing(&f, "2024-10-18", "Dover", INT64_MAX));
    CHECK(!add_crossing(&f, "2024-10-18", "Dover", 1));
    CHECK_STR(f.err.message, "the sum for this key is too large");
    dtl_writer_abort(f.writer);
    dtl_store_close(f.store);
}

TEST(several_series_are_never_summed_but_named)
{
    fixture f;
    sums s = {0};
    open_memory(&f);
    CHECK(begin(&f, &dtl_test_crossings, "aa", "2024-10-19"));
    CHECK(add_crossing(&f, "2024-10-18", "Dover", 3));
    CHECK(add_crossing(&f, "2024-10-18", "Deal", 4));
    CHECK(finish(&f));
    CHECK(!dtl_store_observations(f.store, DTL_STR("crossings"), DTL_STR("people"), NULL, 0,
                                  DTL_MOMENT_LATEST, sum_up, &s, &f.err));
    CHECK_INT(f.err.code, DTL_EUSAGE);
    CHECK_STR(f.err.message, "people of crossings is several series: it needs one 'landing', and "
                             "sums across them are never right by default");
    CHECK_STR(f.err.expected, "one of 'Deal', 'Dover'");
    dtl_store_close(f.store);
}

TEST(unknown_names_get_a_hint)
{
    fixture f;
    sums s = {0};
    open_memory(&f);
    write_two_days(&f);
    CHECK(!dtl_store_observations(f.store, DTL_STR("small-boat-daily"), DTL_STR("people"), NULL, 0,
                                  0, sum_up, &s, &f.err));
    CHECK_STR(f.err.hint, "did you mean 'small-boats-daily'?");
    f.err = (dtl_error){0};
    CHECK(!dtl_store_observations(f.store, DTL_STR("small-boats-daily"), DTL_STR("peple"), NULL, 0,
                                  0, sum_up, &s, &f.err));
    CHECK_STR(f.err.hint, "did you mean 'people'?");
    f.err = (dtl_error){0};
    const dtl_filter filter = {DTL_STR("country"), DTL_STR("BE")};
    CHECK(!dtl_store_observations(f.store, DTL_STR("small-boats-daily"), DTL_STR("people"), &filter,
                                  1, 0, sum_up, &s, &f.err));
    CHECK_STR(f.err.message, "dataset small-boats-daily has no dimension 'country'");
    dtl_store_close(f.store);
}

TEST(a_manifest_comes_back_as_it_was_given)
{
    fixture f;
    dtl_arena arena = {0};
    dtl_dataset d;
    open_memory(&f);
    write_two_days(&f);
    CHECK(dtl_store_dataset(f.store, DTL_STR("small-boats-daily"), &arena, &d, &f.err));
    CHECK_TEXT(d.publisher, "Home Office");
    CHECK_INT(d.grain, DTL_GRAIN_DAY);
    CHECK(d.provisional);
    CHECK(!d.fold);
    CHECK_INT((int64_t)d.column_count, 4);
    CHECK_INT((int64_t)d.columns[1].header_count, 3);
    CHECK_TEXT(d.columns[1].headers[2], "migrants arrived");
    CHECK_INT((int64_t)d.columns[3].missing_count, 1);
    CHECK_TEXT(d.columns[3].missing[0].reason, "not_collected");
    CHECK(d.columns[3].optional);
    CHECK_INT((int64_t)d.missing_count, 2);
    CHECK_TEXT(d.missing[1].mark, "[x]");
    CHECK_INT((int64_t)d.date_format_count, 2);
    CHECK_TEXT(d.date_formats[1], "%d %B %Y");
    CHECK(dtl_dataset_check(&d, &f.err));
    dtl_arena_release(&arena);
    dtl_store_close(f.store);
}

TEST(a_dry_run_says_what_it_would_do_and_does_nothing)
{
    fixture f;
    open_memory(&f);
    CHECK(begin(&f, &dtl_test_daily, "aa", "2024-10-19"));
    CHECK(add_day(&f, "2024-10-18", 647, 10, 2));
    CHECK(dtl_writer_finish(f.writer, false, &f.result, &f.err));
    CHECK_INT(f.result.values_new, 3);
    const dtl_dataset *datasets;
    dtl_arena arena = {0};
    size_t count;
    CHECK(dtl_store_datasets(f.store, &arena, &datasets, &count, &f.err));
    CHECK_INT((int64_t)count, 0);
    dtl_arena_release(&arena);
    dtl_store_close(f.store);
}

static bool add_event(fixture *f, const char *name, const char *from, const char *to, int64_t line)
{
    const dtl_event event = {.name = dtl_str_from(name),
                             .label = DTL_STR("since then"),
                             .from = dtl_test_date(from),
                             .to = to ? dtl_test_date(to) : DTL_DATE_NONE};
    return dtl_writer_add_event(f->writer, &event, line, &f->err);
}

TEST(events_have_a_history_too)
{
    fixture f;
    dtl_arena arena = {0};
    dtl_event *events;
    size_t count;
    open_memory(&f);
    CHECK(begin(&f, &dtl_test_events, "aa", "2024-10-19"));
    CHECK(add_event(&f, "records", "2018-01-01", NULL, 2));
    CHECK(add_event(&f, "johnson", "2019-07-24", "2022-09-05", 3));
    CHECK(!add_event(&f, "records", "2018-01-02", NULL, 4));
    CHECK_STR(f.err.message, "line 2 and line 4 both name the event 'records'");
    f.err = (dtl_error){0};
    CHECK(finish(&f));
    CHECK(begin(&f, &dtl_test_events, "bb", "2024-10-21"));
    CHECK(add_event(&f, "johnson", "2019-07-24", "2022-09-06", 2));
    CHECK(finish(&f));
    CHECK_INT(f.result.values_revised, 1);
    CHECK(dtl_store_events(f.store, DTL_MOMENT_LATEST, &arena, &events, &count, &f.err));
    CHECK_INT((int64_t)count, 2);
    CHECK_TEXT(events[0].name, "records");
    CHECK_INT(events[0].to, DTL_DATE_NONE);
    CHECK_INT(events[1].to, dtl_test_date("2022-09-06"));
    CHECK(
        dtl_store_events(f.store, dtl_test_moment("2024-10-20"), &arena, &events, &count, &f.err));
    CHECK_INT(events[1].to, dtl_test_date("2022-09-05"));
    dtl_arena_release(&arena);
    dtl_store_close(f.store);
}

typedef struct vanished {
    int runs;
    int64_t count;
    dtl_date first;
} vanished;

static bool take_vanished(void *context, const dtl_vanished *run, dtl_error *err)
{
    vanished *v = context;
    (void)err;
    if (v->runs++ == 0)
        v->first = run->first;
    v->count += run->count;
    return true;
}

TEST(a_full_release_that_lacks_a_period_is_told_and_nothing_is_deleted)
{
    fixture f;
    vanished v = {0};
    open_memory(&f);
    write_two_days(&f);
    CHECK(begin(&f, &dtl_test_daily, "bb", "2024-10-20"));
    CHECK(add_day(&f, "2024-10-18", 647, 10, 2));
    CHECK(add_day(&f, "2024-10-19", 1, 1, 3));
    CHECK(dtl_writer_vanished(f.writer, take_vanished, &v, &f.err));
    CHECK_INT(v.runs, 3);  // one a measure
    CHECK_INT(v.first, dtl_test_date("2024-10-17"));
    CHECK_INT(v.count, 3);
    CHECK(finish(&f));
    CHECK_INT(read_sums(&f, "people", DTL_MOMENT_LATEST).count, 3);
    dtl_store_close(f.store);
}

TEST(a_healthy_store_has_nothing_to_report)
{
    fixture f;
    dtl_buf findings = {0};
    open_memory(&f);
    write_two_days(&f);
    CHECK(dtl_store_diagnose(f.store, &findings, &f.err));
    CHECK_TEXT(dtl_buf_str(&findings), "");
    dtl_buf_release(&findings);
    dtl_store_close(f.store);
}
