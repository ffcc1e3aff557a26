// core/app/options.c - the command line as typed values.
#include "app/options.h"

#include <stdlib.h>

typedef struct parser {
    const dtl_option_table *table;
    const char **arguments;
    size_t count;
    size_t at;  // the next argument to read
    void *values;
    dtl_command_line *line;
    dtl_error *err;
} parser;

const dtl_option dtl_options_common[] = {
    {.name = "diagnostics", .value = "text|json", .help = "how errors and warnings are told"},
    {.name = "help", .letter = 'h', .help = "show this"},
};
const size_t dtl_options_common_count = DTL_COUNT(dtl_options_common);

static const dtl_str diagnostics_name = {"--diagnostics", 13};

static const dtl_option *find_long(const dtl_option_table *table, dtl_str name)
{
    for (size_t i = 0; i < table->count; i++)
        if (dtl_str_equal(name, dtl_str_from(table->options[i].name)))
            return &table->options[i];
    for (size_t i = 0; i < table->shared_count; i++)
        if (dtl_str_equal(name, dtl_str_from(table->shared[i].name)))
            return &table->shared[i];
    return NULL;
}

// None of the shared ones has a letter.
static const dtl_option *find_letter(const dtl_option_table *table, char letter)
{
    for (size_t i = 0; i < table->count; i++)
        if (table->options[i].letter == letter)
            return &table->options[i];
    return NULL;
}

// Where in [values] the value of [option] stands.
static void *place_of(const dtl_option_table *table, const dtl_option *option, void *values)
{
    bool is_shared = option >= table->shared && option < table->shared + table->shared_count;
    return (char *)values + (is_shared ? table->shared_offset : 0) + option->offset;
}

dtl_str dtl_options_nearest(const dtl_option_table *table, dtl_str name)
{
    size_t count = 0;
    size_t most = table->count + table->shared_count + dtl_options_common_count;
    dtl_str *names = dtl_realloc_array(NULL, most, sizeof *names);
    for (size_t i = 0; i < table->count; i++)
        names[count++] = dtl_str_from(table->options[i].name);
    for (size_t i = 0; i < table->shared_count; i++)
        names[count++] = dtl_str_from(table->shared[i].name);
    for (size_t i = 0; i < dtl_options_common_count; i++)
        names[count++] = dtl_str_from(dtl_options_common[i].name);
    dtl_str found = dtl_str_nearest(name, names, count);
    free(names);
    return found;
}

static bool unknown(const parser *p, const char *dashes, dtl_str name)
{
    dtl_error_set(p->err, DTL_EUSAGE, "no option '%s%.*s'", dashes, DTL_ARG(name));
    dtl_str meant = dtl_options_nearest(p->table, name);
    if (meant.size)
        dtl_error_hint(p->err, "did you mean '--%.*s'?", DTL_ARG(meant));
    else
        dtl_error_hint(p->err, "--help lists the options");
    return false;
}

static bool is_option(const char *argument)
{
    return argument[0] == '-' && argument[1] == '-';
}

// The value of an option written [shown]: behind its '=', else the next argument.
static bool take_value(parser *p, dtl_str shown, bool has_value, dtl_str *value)
{
    if (has_value)
        return true;
    if (p->at < p->count && !is_option(p->arguments[p->at])) {
        *value = dtl_str_from(p->arguments[p->at++]);
        return true;
    }
    dtl_error_set(p->err, DTL_EUSAGE, "%.*s needs a value", DTL_ARG(shown));
    if (p->at < p->count && p->arguments[p->at][2])
        dtl_error_hint(p->err, "a value that starts with '--' is given as %.*s=%s", DTL_ARG(shown),
                       p->arguments[p->at]);
    return false;
}

static bool apply(parser *p, const dtl_option *option, dtl_str shown, bool has_value, dtl_str value)
{
    void *out = place_of(p->table, option, p->values);
    if (!option->read) {
        if (has_value)
            return dtl_error_set(p->err, DTL_EUSAGE, "%.*s takes no value", DTL_ARG(shown));
        *(bool *)out = true;
        return true;
    }
    return take_value(p, shown, has_value, &value) && option->read(option, value, out, p->err);
}

// An option that is none of ours belongs to the report, which knows whether it needs a value.
static bool add_parameter(parser *p, dtl_str name, dtl_str shown, bool has_value, dtl_str value)
{
    dtl_command_line *line = p->line;
    if (!has_value && p->at < p->count && !is_option(p->arguments[p->at]))
        value = dtl_str_from(p->arguments[p->at++]);
    for (size_t i = 0; i < line->parameter_count; i++)
        if (dtl_str_equal(line->parameters[i].name, name))
            return dtl_error_set(p->err, DTL_EUSAGE, "%.*s is given twice", DTL_ARG(shown));
    line->parameters[line->parameter_count++] = (dtl_argument){name, value};
    return true;
}

static bool parse_long(parser *p, const char *argument)
{
    dtl_str text = dtl_str_from(argument);
    size_t equals = dtl_str_find(text, DTL_STR("="));
    bool has_value = equals != SIZE_MAX;
    dtl_str shown = dtl_str_slice(text, 0, equals);
    dtl_str name = dtl_str_slice(shown, 2, shown.size);
    dtl_str value = has_value ? dtl_str_from(argument + equals + 1) : DTL_STR("");
    const dtl_option *option = find_long(p->table, name);
    if (option)
        return apply(p, option, shown, has_value, value);
    if (dtl_str_equal(shown, DTL_STR("--help"))) {
        p->line->help = true;
        return true;
    }
    if (dtl_str_equal(shown, diagnostics_name))  // read ahead by dtl_options_diagnostics
        return take_value(p, shown, has_value, &value);
    if (p->table->takes_parameters && name.size)
        return add_parameter(p, name, shown, has_value, value);
    return unknown(p, "--", name);
}

static bool parse_letter(parser *p, const char *argument)
{
    dtl_str shown = dtl_str_slice(dtl_str_from(argument), 0, 2);
    if (strcmp(argument, "-h") == 0) {
        p->line->help = true;
        return true;
    }
    const dtl_option *option = find_letter(p->table, argument[1]);
    if (option && option->read) {
        const char *rest = argument + 2 + (argument[2] == '=');
        return apply(p, option, shown, *rest != '\0', dtl_str_from(rest));
    }
    if (option && !argument[2])
        return apply(p, option, shown, false, DTL_STR(""));
    return unknown(p, "-", dtl_str_from(argument + 1));
}

// "-" is an operand, and so is "-12": no option is a digit.
static bool is_letter_option(const char *argument)
{
    char letter = argument[0] == '-' ? argument[1] : '\0';
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
}

static bool parse_all(parser *p)
{
    bool only_operands = false;
    while (p->at < p->count) {
        const char *argument = p->arguments[p->at++];
        bool ok = true;
        if (!only_operands && strcmp(argument, "--") == 0)
            only_operands = true;
        else if (!only_operands && is_option(argument))
            ok = parse_long(p, argument);
        else if (!only_operands && is_letter_option(argument))
            ok = parse_letter(p, argument);
        else
            p->line->operands[p->line->operand_count++] = argument;
        if (!ok)
            return false;
    }
    return true;
}

static bool check_operands(const parser *p)
{
    const dtl_option_table *table = p->table;
    const dtl_command_line *line = p->line;
    if (line->help)
        return true;
    if (line->operand_count < table->operand_min) {
        dtl_error_set(p->err, DTL_EUSAGE, "%s is missing", table->operand);
        return dtl_error_hint(p->err, "--help shows how it is used");
    }
    if (line->operand_count <= table->operand_max)
        return true;
    dtl_error_set(p->err, DTL_EUSAGE, "'%s' is one argument too many",
                  line->operands[table->operand_max]);
    if (table->operand_max == 0)
        return false;
    return dtl_error_hint(p->err, "only one %s is taken; put it in quotes if it has spaces",
                          table->operand);
}

bool dtl_options_parse(const dtl_option_table *table, const char **arguments, size_t count,
                       void *values, dtl_arena *arena, dtl_command_line *line, dtl_error *err)
{
    *line = (dtl_command_line){
        .operands = dtl_arena_alloc(arena, (count + 1) * sizeof *line->operands),
        .parameters = dtl_arena_alloc(arena, (count + 1) * sizeof *line->parameters),
    };
    parser p = {table, arguments, count, 0, values, line, err};
    return parse_all(&p) && check_operands(&p);
}

bool dtl_options_diagnostics(const char **arguments, size_t count, bool *json, dtl_error *err)
{
    for (size_t i = 0; i < count && strcmp(arguments[i], "--") != 0; i++) {
        dtl_str text = dtl_str_from(arguments[i]);
        if (!dtl_str_starts(text, diagnostics_name))
            continue;
        dtl_str value = dtl_str_slice(text, diagnostics_name.size, text.size);
        if (value.size == 0)
            value = i + 1 < count ? dtl_str_from(arguments[i + 1]) : value;
        else if (value.data[0] == '=')
            value = dtl_str_slice(value, 1, value.size);
        else
            continue;  // another option's name
        int choice;
        if (!dtl_read_choice(&dtl_options_common[0], value, &choice, err))
            return false;
        *json = choice == 1;
    }
    return true;
}

bool dtl_options_ask_help(const char **arguments, size_t count)
{
    for (size_t i = 0; i < count && strcmp(arguments[i], "--") != 0; i++)
        if (strcmp(arguments[i], "--help") == 0 || strcmp(arguments[i], "-h") == 0)
            return true;
    return false;
}
