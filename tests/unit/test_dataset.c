// tests/unit/test_dataset.c - what makes a dataset sound, and how its parts are named.
#include "store/dataset.h"

#include "support/datasets.h"
#include "support/test.h"

static void check_refused(const dtl_dataset *dataset, const char *message, int line)
{
    dtl_error err = {0};
    dtl_test_check(!dtl_dataset_check(dataset, &err), "refused", __FILE__, line);
    dtl_test_check_str(err.message, message, "message", __FILE__, line);
    dtl_test_check_int(err.code, DTL_EDATA, "code", __FILE__, line);
}

#define REFUSED(dataset, message) check_refused(&(dataset), message, __LINE__)

TEST(sound_datasets_are_accepted)
{
    static const dtl_dataset *const sound[] = {&dtl_test_daily, &dtl_test_weekly, &dtl_test_deaths,
                                               &dtl_test_events, &dtl_test_crossings};
    for (size_t i = 0; i < DTL_COUNT(sound); i++) {
        dtl_error err = {0};
        bool ok = dtl_dataset_check(sound[i], &err);
        dtl_test_check(ok, err.message, __FILE__, __LINE__);
    }
}

TEST(a_name_is_lower_case_letters_digits_and_dashes)
{
    static const dtl_str bad[] = {{"", 0},     {"-a", 2},      {"1a", 2},  {"A", 1},
                                  {"a_b", 3},  {"a\"b", 3},    {"a b", 3}, {"a;--", 4},
                                  {"a\0b", 3}, {"\xc3\xa9", 2}};
    dtl_dataset d = dtl_test_daily;
    for (size_t i = 0; i < DTL_COUNT(bad); i++) {
        dtl_error err = {0};
        d.name = bad[i];
        CHECK(!dtl_dataset_check(&d, &err));
    }
    d.name = DTL_STR("observation");
    REFUSED(d, "dataset name 'observation' is taken by the store itself");
    d.name = DTL_STR("dataset-column");
    REFUSED(d, "dataset name 'dataset-column' is taken by the store itself");
    d.name = DTL_STR("sqlite-x");
    REFUSED(d, "dataset name 'sqlite-x' is taken by the store itself");
}

TEST(columns_are_checked_one_by_one)
{
    dtl_column columns[4];
    dtl_dataset d = dtl_test_daily;
    memcpy(columns, dtl_test_daily_columns, sizeof columns);
    d.columns = columns;
    columns[1].unit = DTL_STR("");
    REFUSED(d, "dataset small-boats-daily: measure 'people' has no unit");
    columns[1] = columns[2];
    REFUSED(d, "dataset small-boats-daily: two columns are named 'boats'");
    columns[1].name = DTL_STR("x' OR 1=1");
    REFUSED(d, "dataset small-boats-daily: column name 'x' OR 1=1' must be lower-case letters, "
               "digits and '_'");
}

TEST(a_dataset_needs_a_period_and_a_measure_of_every_file)
{
    dtl_column columns[4];
    dtl_dataset d = dtl_test_daily;
    memcpy(columns, dtl_test_daily_columns, sizeof columns);
    d.columns = columns;
    columns[0].role = DTL_ROLE_IGNORED;
    REFUSED(d, "dataset small-boats-daily: needs one period column");
    columns[0].role = DTL_ROLE_PERIOD;
    columns[1].optional = columns[2].optional = true;
    REFUSED(d, "dataset small-boats-daily: needs a measure that every file must have");
    d.column_count = 0;
    REFUSED(d, "dataset small-boats-daily: needs 1 to 200 columns, not 0");
    d = dtl_test_daily;
    d.date_format_count = 0;
    REFUSED(d, "dataset small-boats-daily: needs a date format");
    d = dtl_test_weekly;
    d.week_end = 0;
    REFUSED(d, "dataset small-boats-weekly: the last day of a week is 1 (Monday) to 7 (Sunday), "
               "not 0");
    d = dtl_test_events;
    d.column_count = 1;
    REFUSED(d, "dataset events: events need one key column and one from column");
}

TEST(names_of_enumerations_read_back)
{
    for (int i = DTL_GRAIN_DAY; i <= DTL_GRAIN_EVENT; i++) {
        dtl_grain grain;
        CHECK(dtl_grain_parse(dtl_str_from(dtl_grain_name((dtl_grain)i)), &grain));
        CHECK_INT(grain, i);
    }
    for (int i = DTL_ROLE_PERIOD; i <= DTL_ROLE_IGNORED; i++) {
        dtl_role role;
        CHECK(dtl_role_parse(dtl_str_from(dtl_role_name((dtl_role)i)), &role));
        CHECK_INT(role, i);
    }
    for (int i = DTL_RELEASE_FULL; i <= DTL_RELEASE_HAND; i++) {
        dtl_release_kind kind;
        CHECK(dtl_release_kind_parse(dtl_str_from(dtl_release_kind_name((dtl_release_kind)i)),
                                     &kind));
        CHECK_INT(kind, i);
    }
    dtl_grain grain;
    CHECK(!dtl_grain_parse(DTL_STR("Day"), &grain));
    CHECK(!dtl_grain_parse(DTL_STR(""), &grain));
}

TEST(headers_are_compared_without_their_dress)
{
    static const struct {
        const char *text;
        const char *normalised;
    } cases[] = {
        {"Date", "date"},
        {"#date", "date"},
        {"# Date ", "date"},
        {"\xef\xbb\xbf"
         "Date",
         "date"},
        {"\xef\xbb\xbf\"Main ID\"", "main id"},
        {"Boats arrived  -\tinvolved\nin uncontrolled", "boats arrived - involved in uncontrolled"},
        {"Migrants\xc2\xa0\xc2\xa0"
         "Arrived",
         "migrants arrived"},
        {"Total [note 3]", "total"},
        {"[Note 1]Total[notes 2, 3] boats", "total boats"},
        {"Total [r]", "total [r]"},
        {"'quoted'", "quoted"},
        {"migrants_arrived", "migrants_arrived"},
        {"[note 3", "[note 3"},
        {"  ", ""},
        {"", ""},
    };
    dtl_arena arena = {0};
    for (size_t i = 0; i < DTL_COUNT(cases); i++) {
        dtl_str text = dtl_header_normalise(&arena, dtl_str_from(cases[i].text));
        dtl_test_check_text(text, dtl_str_from(cases[i].normalised), cases[i].text, __FILE__,
                            __LINE__);
    }
    CHECK_TEXT(dtl_dataset_view_name(&arena, DTL_STR("small-boats-daily")), "small_boats_daily");
    dtl_arena_release(&arena);
}

TEST(columns_are_found_by_role_and_name)
{
    CHECK(dtl_dataset_column(&dtl_test_daily, DTL_ROLE_MEASURE, DTL_STR("")) ==
          &dtl_test_daily_columns[1]);
    CHECK(dtl_dataset_column(&dtl_test_daily, DTL_ROLE_MEASURE, DTL_STR("boats")) ==
          &dtl_test_daily_columns[2]);
    CHECK(dtl_dataset_column(&dtl_test_daily, DTL_ROLE_DIMENSION, DTL_STR("boats")) == NULL);
}
