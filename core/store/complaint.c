// core/store/complaint.c - what SQLite says of a statement that does not prepare.
//
// SQLite names the word behind a misspelt one: "whre people > 3" fails at "people", since 'whre' is
// taken for another name of the table before it.
#include "store/complaint.h"

static const dtl_str keywords[] = {
    {"select", 6},  {"from", 4},   {"where", 5},    {"group", 5}, {"order", 5},  {"having", 6},
    {"limit", 5},   {"offset", 6}, {"join", 4},     {"left", 4},  {"inner", 5},  {"union", 5},
    {"between", 7}, {"like", 4},   {"distinct", 8}, {"case", 4},  {"when", 4},   {"then", 4},
    {"else", 4},    {"desc", 4},   {"null", 4},     {"with", 4},  {"exists", 6}, {"values", 6},
};

static bool is_name_part(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

// The keyword that [word] nearly is; "" when it is one, or none is near.
static dtl_str nearly_keyword(dtl_str word)
{
    char text[16];
    if (word.size < 3 || word.size > sizeof text)
        return DTL_STR("");
    for (size_t i = 0; i < word.size; i++)
        text[i] = lower(word.data[i]);
    dtl_str lowered = {text, word.size};
    for (size_t i = 0; i < DTL_COUNT(keywords); i++)
        if (dtl_str_equal(lowered, keywords[i]))
            return DTL_STR("");
    return dtl_str_nearest(lowered, keywords, DTL_COUNT(keywords));
}

static dtl_str word_at(dtl_str sql, size_t at)
{
    size_t end = at;
    while (end < sql.size && is_name_part(sql.data[end]))
        end++;
    return dtl_str_slice(sql, at, end);
}

// The word that ends before [at], with white space between.
static dtl_str word_before(dtl_str sql, size_t at)
{
    while (at > 0 &&
           (sql.data[at - 1] == ' ' || (sql.data[at - 1] >= '\t' && sql.data[at - 1] <= '\r')))
        at--;
    size_t start = at;
    while (start > 0 && is_name_part(sql.data[start - 1]))
        start--;
    return dtl_str_slice(sql, start, at);
}

static bool explain_keyword(dtl_str sql, dtl_str word, int64_t *offset, dtl_error *err)
{
    dtl_str meant = nearly_keyword(word);
    if (!meant.size)
        return false;
    *offset = word.data - sql.data;
    dtl_error_set(err, DTL_ESCRIPT, "SQL: this is not understood: '%.*s'", DTL_ARG(word));
    dtl_error_hint(err, "did you mean '%.*s'?", DTL_ARG(meant));
    return true;
}

// How many more '(' than ')' there are, texts and comments left aside.
static int open_brackets(dtl_str sql)
{
    int open = 0;
    char quote = '\0';
    for (size_t i = 0; i < sql.size; i++) {
        char c = sql.data[i];
        if (quote) {
            quote = c == quote ? '\0' : quote;
        } else if (c == '\'' || c == '"') {
            quote = c;
        } else if (c == '-' && i + 1 < sql.size && sql.data[i + 1] == '-') {
            while (i < sql.size && sql.data[i] != '\n')
                i++;
        } else {
            open += (c == '(') - (c == ')');
        }
    }
    return open;
}

// near "people": syntax error
static void explain_syntax(dtl_str sql, dtl_str token, int64_t *offset, dtl_error *err)
{
    if (*offset >= 0) {
        size_t at = (size_t)*offset;
        if (explain_keyword(sql, word_before(sql, at), offset, err) ||
            explain_keyword(sql, word_at(sql, at), offset, err))
            return;
        if (at > 0 && is_name_part(sql.data[at - 1]) && dtl_str_equal(token, DTL_STR("-")))
            dtl_error_hint(err, "the table of a dataset has _ for -: small_boats_daily");
        else if (open_brackets(dtl_str_slice(sql, 0, at)) > 0)
            dtl_error_hint(err, "is a ')' missing before it?");
        else if (dtl_str_equal(token, DTL_STR("from")) || dtl_str_equal(token, DTL_STR("FROM")))
            dtl_error_hint(err, "is a comma too many before it, or a column missing?");
    }
    dtl_error_set(err, DTL_ESCRIPT, "SQL: this is not expected here: '%.*s'", DTL_ARG(token));
}

static void explain_end(dtl_str sql, int64_t *offset, dtl_error *err)
{
    size_t end = sql.size;
    while (end > 0 &&
           (sql.data[end - 1] == ' ' || (sql.data[end - 1] >= '\t' && sql.data[end - 1] <= '\r')))
        end--;
    *offset = (int64_t)end;
    dtl_error_set(err, DTL_ESCRIPT, "SQL: the statement ends too early");
    if (open_brackets(sql) > 0)
        dtl_error_hint(err, "is a ')' missing?");
}

static bool take_start(dtl_str *text, const char *start)
{
    dtl_str with = dtl_str_from(start);
    if (!dtl_str_starts(*text, with))
        return false;
    *text = dtl_str_slice(*text, with.size, text->size);
    return true;
}

void dtl_complaint_explain(dtl_str sql, dtl_str message, int64_t *offset, dtl_error *err)
{
    dtl_str rest = message;
    bool in_double_quotes = *offset >= 0 && (size_t)*offset < sql.size && sql.data[*offset] == '"';
    if (take_start(&rest, "near \"") && dtl_str_ends(rest, DTL_STR("\": syntax error"))) {
        explain_syntax(sql, dtl_str_slice(rest, 0, rest.size - 15), offset, err);
    } else if (dtl_str_equal(message, DTL_STR("incomplete input"))) {
        explain_end(sql, offset, err);
    } else if (take_start(&rest, "unrecognized token: \"'")) {
        dtl_error_set(err, DTL_ESCRIPT, "SQL: this text has no closing quotation mark");
    } else if (take_start(&rest, "unrecognized token: ")) {
        dtl_error_set(err, DTL_ESCRIPT, "SQL: this is not understood: %.*s", DTL_ARG(rest));
    } else if (take_start(&rest, "cannot modify ")) {
        dtl_error_set(err, DTL_ESCRIPT, "scripts read only: this is no SELECT");
    } else {
        dtl_error_set(err, DTL_ESCRIPT, "SQL: %.*s", DTL_ARG(message));
        if (take_start(&rest, "no such column: ") && in_double_quotes)
            dtl_error_hint(err, "a text stands in single quotation marks: '%.*s'", DTL_ARG(rest));
    }
}
