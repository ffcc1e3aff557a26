// tests/unit/test_options.c - the command line as typed values.
#include "app/options.h"

#include "support/test.h"

typedef struct values {
    dtl_str text;
    const char *path;
    int choice;
    dtl_date date;
    dtl_moment as_of;
    dtl_moment moment;
    size_t size;
    int64_t duration;
    int64_t count;
    bool flag;
    dtl_option_list paths;
} values;

static const dtl_option options[] = {
    {.name = "text", .value = "T", .read = dtl_read_text, .offset = offsetof(values, text)},
    {.name = "path",
     .letter = 'p',
     .value = "FILE",
     .read = dtl_read_path,
     .offset = offsetof(values, path)},
    {.name = "choice",
     .value = "one|two|three",
     .read = dtl_read_choice,
     .offset = offsetof(values, choice)},
    {.name = "date", .value = "DATE", .read = dtl_read_date, .offset = offsetof(values, date)},
    {.name = "as-of", .value = "DATE", .read = dtl_read_as_of, .offset = offsetof(values, as_of)},
    {.name = "moment", .value = "M", .read = dtl_read_moment, .offset = offsetof(values, moment)},
    {.name = "size", .value = "SIZE", .read = dtl_read_size, .offset = offsetof(values, size)},
    {.name = "time",
     .value = "TIME",
     .read = dtl_read_duration,
     .offset = offsetof(values, duration)},
    {.name = "count", .value = "N", .read = dtl_read_count, .offset = offsetof(values, count)},
    {.name = "flag", .letter = 'f', .offset = offsetof(values, flag)},
    DTL_OPTION_PLUGIN(values, paths),
};

static dtl_option_table table = {
    .options = options, .count = DTL_COUNT(options), .operand = "FILE", .operand_max = 2};

static values got;
static dtl_command_line line;
static dtl_error err;
static dtl_arena arena;

static bool parse(const char **arguments, size_t count)
{
    got = (values){0};
    err = (dtl_error){0};
    dtl_arena_reset(&arena);
    return dtl_options_parse(&table, arguments, count, &got, &arena, &line, &err);
}

#define PARSE(...)                                                                                 \
    parse((const char *[]){__VA_ARGS__}, sizeof((const char *[]){__VA_ARGS__}) / sizeof(char *))

TEST(a_value_stands_behind_a_space_or_an_equals_sign)
{
    CHECK(PARSE("--text", "a b", "--path=x", "in"));
    CHECK_TEXT(got.text, "a b");
    CHECK_STR(got.path, "x");
    CHECK_INT((int64_t)line.operand_count, 1);
    CHECK_STR(line.operands[0], "in");
    CHECK(PARSE("--text=", "--path", "-"));
    CHECK_TEXT(got.text, "");
    CHECK_STR(got.path, "-");
    CHECK(PARSE("--text=--path=y"));
    CHECK_TEXT(got.text, "--path=y");
}

TEST(a_letter_takes_its_value_glued_or_apart)
{
    CHECK(PARSE("-p", "x"));
    CHECK_STR(got.path, "x");
    CHECK(PARSE("-px"));
    CHECK_STR(got.path, "x");
    CHECK(PARSE("-p=x", "-f"));
    CHECK_STR(got.path, "x");
    CHECK(got.flag);
}

TEST(the_last_of_two_wins)
{
    CHECK(PARSE("--text", "a", "--text", "b"));
    CHECK_TEXT(got.text, "b");
}

TEST(a_list_keeps_every_path_in_order)
{
    CHECK(PARSE("in"));
    CHECK_INT((int64_t)got.paths.count, 0);
    CHECK(PARSE("--plugin", "b", "in", "--plugin=a", "--plugin", "b"));
    CHECK_INT((int64_t)got.paths.count, 3);
    CHECK_STR(got.paths.values[0], "b");
    CHECK_STR(got.paths.values[1], "a");
    CHECK_STR(got.paths.values[2], "b");
    CHECK(!PARSE("--plugin="));
    CHECK_STR(err.message, "--plugin: '' is not understood");
    CHECK(!PARSE("--plugin"));
    CHECK_STR(err.message, "--plugin needs a value");
}

TEST(a_list_has_an_end)
{
    const char *arguments[DTL_OPTION_LIST_MAX + 1];
    for (size_t i = 0; i < DTL_COUNT(arguments); i++)
        arguments[i] = "--plugin=p";
    CHECK(parse(arguments, DTL_OPTION_LIST_MAX));
    CHECK_INT((int64_t)got.paths.count, DTL_OPTION_LIST_MAX);
    CHECK(!parse(arguments, DTL_OPTION_LIST_MAX + 1));
    CHECK_STR(err.message, "--plugin is given more than 64 times");
}

TEST(behind_two_dashes_all_are_operands)
{
    CHECK(PARSE("--", "--flag", "-p"));
    CHECK(!got.flag);
    CHECK_INT((int64_t)line.operand_count, 2);
    CHECK_STR(line.operands[1], "-p");
}

TEST(a_dash_and_a_negative_number_are_operands)
{
    CHECK(PARSE("-", "-12"));
    CHECK_INT((int64_t)line.operand_count, 2);
}

TEST(an_unknown_option_is_refused_with_the_nearest)
{
    CHECK(!PARSE("--chioce", "one"));
    CHECK_STR(err.message, "no option '--chioce'");
    CHECK_STR(err.hint, "did you mean '--choice'?");
    CHECK(!PARSE("-x"));
    CHECK_STR(err.message, "no option '-x'");
    CHECK(!PARSE("-flag"));
    CHECK_STR(err.hint, "did you mean '--flag'?");
    CHECK(!PARSE("--"
                 "=x"));
    CHECK_INT(err.code, DTL_EUSAGE);
}

TEST(a_forgotten_value_is_seen)
{
    CHECK(!PARSE("--text"));
    CHECK_STR(err.message, "--text needs a value");
    CHECK(!PARSE("--text", "--flag"));
    CHECK_STR(err.hint, "a value that starts with '--' is given as --text=--flag");
    CHECK(!PARSE("--flag=yes"));
    CHECK_STR(err.message, "--flag takes no value");
}

TEST(unknown_options_are_parameters_where_the_table_says_so)
{
    table.takes_parameters = true;
    CHECK(PARSE("in", "--day", "2024-10-18", "--flag", "--n=-5", "--bare"));
    table.takes_parameters = false;
    CHECK_INT((int64_t)line.parameter_count, 3);
    CHECK_TEXT(line.parameters[0].name, "day");
    CHECK_TEXT(line.parameters[0].value, "2024-10-18");
    CHECK_TEXT(line.parameters[1].value, "-5");
    CHECK_TEXT(line.parameters[2].name, "bare");
    CHECK_TEXT(line.parameters[2].value, "");
    CHECK(got.flag);
}

TEST(operands_are_counted)
{
    CHECK(!PARSE("a", "b", "c"));
    CHECK_STR(err.message, "'c' is one argument too many");
    table.operand_min = 1;
    CHECK(!PARSE("--flag"));
    CHECK_STR(err.message, "FILE is missing");
    CHECK(PARSE("--help"));
    CHECK(line.help);
    table.operand_min = 0;
}

TEST(sizes_have_units_and_bounds)
{
    CHECK(PARSE("--size", "64M"));
    CHECK_INT((int64_t)got.size, (int64_t)64 << 20);
    CHECK(PARSE("--size", "1KiB"));
    CHECK_INT((int64_t)got.size, 1024);
    CHECK(PARSE("--size", "7"));
    CHECK_INT((int64_t)got.size, 7);
    CHECK(PARSE("--size", "1024G"));
    CHECK(!PARSE("--size", "1025G"));
    CHECK(!PARSE("--size", "0"));
    CHECK(!PARSE("--size", "-1"));
    CHECK(!PARSE("--size", "M"));
    CHECK(!PARSE("--size", "1 M"));
    CHECK(!PARSE("--size", "9223372036854775807G"));
}

TEST(durations_have_units_and_bounds)
{
    CHECK(PARSE("--time", "500ms"));
    CHECK_INT(got.duration, 500);
    CHECK(PARSE("--time", "10s"));
    CHECK_INT(got.duration, 10000);
    CHECK(PARSE("--time", "1440m"));
    CHECK(!PARSE("--time", "1441m"));
    CHECK(!PARSE("--time", "10"));
    CHECK(!PARSE("--time", "0s"));
    CHECK(!PARSE("--time", "ms"));
}

TEST(choices_dates_and_moments_are_read)
{
    CHECK(PARSE("--choice", "three", "--date", "1970-01-02", "--count", "0"));
    CHECK_INT(got.choice, 2);
    CHECK_INT(got.date, 1);
    CHECK(!PARSE("--choice", "thre"));
    CHECK_STR(err.expected, "one, two or three");
    CHECK_STR(err.hint, "did you mean 'three'?");
    CHECK(PARSE("--as-of", "1970-01-01", "--moment", "1970-01-01"));
    CHECK_INT(got.as_of, dtl_moment_end_of(0));
    CHECK_INT(got.moment, 0);
    CHECK(PARSE("--as-of", "latest"));
    CHECK(got.as_of == DTL_MOMENT_LATEST);
    CHECK(PARSE("--as-of", "1970-01-01T01:00:00Z"));
    CHECK_INT(got.as_of, 3600000);
    CHECK(!PARSE("--count", "-1"));
    CHECK(!PARSE("--path", ""));
}

TEST(diagnostics_are_read_ahead)
{
    bool json = false;
    err = (dtl_error){0};
    CHECK(dtl_options_diagnostics((const char *[]){"x", "--diagnostics=json"}, 2, &json, &err));
    CHECK(json);
    CHECK(dtl_options_diagnostics((const char *[]){"--diagnostics", "text"}, 2, &json, &err));
    CHECK(!json);
    CHECK(dtl_options_diagnostics((const char *[]){"--", "--diagnostics=json"}, 2, &json, &err));
    CHECK(!json);
    CHECK(!dtl_options_diagnostics((const char *[]){"--diagnostics"}, 1, &json, &err));
    dtl_arena_release(&arena);
}
