// core/script/errors/explain_syntax.c - what Lua says of a text that does not compile, in an analyst's words.
//
// Lua tells where it could not read on, which is often lines behind the mistake: a missing 'end' shows
// at the next block's, a missing comma at the next part. What is told here is the mistake, where the
// text and its indentation show it.
#include <stdio.h>
#include <stdlib.h>

#include "script/errors/blocks.h"
#include "script/errors/explain.h"
#include "script/errors/source_text.h"

// What Lua said: "SAID near TOKEN".
typedef struct complaint {
    char said[256];
    char near[256];  // without its quotes; "<eof>" at the end
} complaint;

static bool starts(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

static bool read_complaint(const char *message, complaint *out)
{
    const char *at = strstr(message, " near ");
    if (!at)
        return false;
    snprintf(out->said, sizeof out->said, "%.*s", (int)(at - message), message);
    at += strlen(" near ");
    bool is_quoted = *at == '\'' && at[strlen(at) - 1] == '\'' && at[1];
    size_t size = strlen(at) - (is_quoted ? 2 : 0);
    snprintf(out->near, sizeof out->near, "%.*s", (int)size, at + is_quoted);
    return true;
}

// Moves the error to [line] of [script], with the caret at the byte [offset] of it; SIZE_MAX: none.
static void move_to(dtl_error *err, dtl_str script, int64_t line, size_t offset)
{
    dtl_str rest = script;
    for (int64_t at = 1; at < line; at++) {
        size_t end = dtl_str_find(rest, DTL_STR("\n"));
        if (end == SIZE_MAX)
            return;
        rest = dtl_str_slice(rest, end + 1, rest.size);
    }
    dtl_error_source(err, dtl_str_slice(rest, 0, dtl_str_find(rest, DTL_STR("\n"))));
    err->line = line;
    err->column = 0;
    dtl_explain_column(err, offset);
}

// ---- characters and words of other languages ----

static const struct {
    const char *sign;  // as it stands in the line
    const char *near;  // what Lua stumbles over there
    const char *hint;
} signs[] = {
    {"!=", "!", "'not equal' is written ~="},
    {"!", "!", "write 'not' instead of !"},
    {"&&", "&", "write 'and' instead of &&"},
    {"||", "|", "write 'or' instead of ||"},
    {"++", "+", "write it out: n = n + 1"},
    {"+=", "+", "write it out: n = n + 1"},
    {"-=", "-", "write it out: n = n - 1"},
    {"//", "//", "a comment starts with --"},
    {"/*", "/", "a comment starts with --"},
    {"#", "#", "a comment starts with --"},
    {"?", "?", "write: condition and one or other"},
    {": ", NULL, "a part of a table is written name = value"},
    {"continue", NULL, "Lua has no 'continue': put the rest of the loop into an 'if'"},
};

static void hint_sign(dtl_error *err, const complaint *what)
{
    dtl_str line = dtl_str_from(err->source);
    for (size_t i = 0; i < DTL_COUNT(signs) && !err->hint[0]; i++) {
        size_t at = dtl_str_find(line, dtl_str_from(signs[i].sign));
        bool meant = signs[i].near
                         ? strcmp(what->near, signs[i].near) == 0
                         : starts(what->said, "syntax error") || starts(what->said, "<name>");
        if (at == SIZE_MAX || !meant)
            continue;
        dtl_explain_column(err, at);
        dtl_error_hint(err, "%s", signs[i].hint);
    }
    if (!err->hint[0] && strcmp(what->near, "=") == 0 &&
        (strstr(what->said, "'then'") || strstr(what->said, "'do'") || strstr(what->said, "')'")))
        dtl_error_hint(err, "to compare, write ==");
}

static const struct {
    const char *bytes;
    const char *name;
    const char *hint;
} characters[] = {
    {"\xE2\x80\x9C", "a curly quotation mark", "write straight ones: \"text\""},
    {"\xE2\x80\x9D", "a curly quotation mark", "write straight ones: \"text\""},
    {"\xE2\x80\x98", "a curly quotation mark", "write straight ones: 'text'"},
    {"\xE2\x80\x99", "a curly quotation mark", "write straight ones: 'text'"},
    {"\xE2\x80\x93", "a dash", "write the minus sign of the keyboard: -"},
    {"\xE2\x80\x94", "a dash", "write the minus sign of the keyboard: -"},
    {"\xE2\x88\x92", "a minus sign that Lua does not know",
     "write the minus sign of the keyboard: -"},
    {"\xC2\xA0", "a space that does not break", "write an ordinary space"},
};

static void explain_character(dtl_error *err, const complaint *what)
{
    dtl_str line = dtl_str_from(err->source);
    size_t first = SIZE_MAX;
    for (size_t i = 0; i < DTL_COUNT(characters); i++) {
        size_t at = dtl_str_find(line, dtl_str_from(characters[i].bytes));
        if (at >= first)
            continue;
        first = at;
        dtl_explain_reword(err, "this is %s", characters[i].name);
        err->hint[0] = '\0';
        dtl_error_hint(err, "%s", characters[i].hint);
    }
    dtl_explain_column(err, first);
    if (first != SIZE_MAX)
        return;
    char byte = (char)strtol(what->near + 2, NULL, 10);
    dtl_explain_column(err, dtl_source_find_token(line, (dtl_str){&byte, 1}));
    dtl_explain_reword(err, "there is a character here that Lua does not know");
    dtl_error_hint(err, "names are made of the letters a to z, digits and _; quote other text");
}

// ---- texts ----

static bool explain_unfinished(dtl_error *err, const complaint *what, dtl_str script)
{
    const char *at = strstr(what->said, "(starting at line ");
    if (starts(what->said, "unfinished string")) {
        dtl_explain_reword(err, "this text has no closing quotation mark");
        if (what->near[0] == '\'')
            dtl_error_hint(err, "a text with ' in it stands between \" and \"");
        else
            dtl_error_hint(err, "a text of several lines stands between [[ and ]]");
        return true;
    }
    if (!starts(what->said, "unfinished long ") || !at)
        return false;
    bool is_comment = strstr(what->said, "comment") != NULL;
    long line = strtol(at + strlen("(starting at line "), NULL, 10);
    move_to(err, script, line, SIZE_MAX);
    dtl_explain_column(err, dtl_str_find(dtl_str_from(err->source), DTL_STR("[")));
    dtl_explain_reword(err, "this %s is not closed", is_comment ? "comment" : "text");
    dtl_error_expected(err, "]] at its end");
    return true;
}

// ---- blocks ----

// An 'end' or '}' missing or too many, as the indentation shows it.
static bool explain_block(dtl_error *err, const complaint *what, dtl_str script)
{
    dtl_block_fault fault = dtl_blocks_fault(script);
    bool at_end = strcmp(what->near, "<eof>") == 0;
    if (!fault.opener.size || (fault.line > err->line && !at_end))
        return false;
    if (fault.is_extra && strcmp(what->near, "end") != 0)
        return false;
    char opener[16];
    snprintf(opener, sizeof opener, "%.*s", DTL_ARG(fault.opener));
    move_to(err, script, fault.line, fault.offset);
    err->expected[0] = '\0';
    if (fault.is_extra) {
        dtl_explain_reword(err, "there is one 'end' too many: this one closes '%s' of line %lld",
                           opener, (long long)fault.opener_line);
        dtl_error_hint(err, "indent each 'end' as the line that it closes");
        return true;
    }
    const char *closer = opener[0] == '{' ? "}" : "end";
    dtl_explain_reword(err, "'%s' of line %lld is not closed: '%s' is missing", opener,
                       (long long)fault.opener_line, closer);
    dtl_error_expected(err, "'%s' before this '%.*s', which is indented as that of an outer %s",
                       closer, DTL_ARG(fault.closer),
                       fault.closer.data[0] == '}' ? "table" : "block");
    if (fault.else_if_line)
        dtl_error_hint(err, "in line %lld write 'elseif': 'else if' needs an 'end' of its own",
                       (long long)fault.else_if_line);
    return true;
}

static bool is_block_complaint(const complaint *what)
{
    return strstr(what->said, " expected (to close ") || strstr(what->said, "<eof>' expected") ||
           strcmp(what->near, "end") == 0 || strcmp(what->near, ",") == 0 ||
           strcmp(what->near, "}") == 0 || strcmp(what->near, ")") == 0 ||
           strcmp(what->near, "<eof>") == 0;
}

// ---- what is expected ----

// Whether a part of a list may start with [token], so that a comma before it is what is missing.
static bool starts_part(const char *token)
{
    static const char *const words[] = {"function", "nil", "true", "false", "not"};
    for (size_t i = 0; i < DTL_COUNT(words); i++)
        if (strcmp(token, words[i]) == 0)
            return true;
    if (dtl_word_is_keyword(dtl_str_from(token)))
        return false;
    char c = token[0];
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c && strchr("_\"'{[", c) != NULL);
}

// The line of the word before the first one of [err]'s line, and that line's first word.
static int64_t line_before(const dtl_error *err, dtl_str script, dtl_word *first)
{
    dtl_words words = {.rest = script, .line = 1, .fresh = true};
    dtl_word word;
    int64_t last = 0;
    *first = (dtl_word){.text = {NULL, 0}};
    while (dtl_words_next(&words, &word) && word.line < err->line) {
        last = word.line;
        if (word.is_first)
            *first = word;
    }
    return last;
}

static bool is_first_on_line(const dtl_error *err, const char *token)
{
    return dtl_str_starts(dtl_str_trim(dtl_str_from(err->source)), dtl_str_from(token));
}

// "'}' expected" before what could be the list's next part.
static bool explain_comma(dtl_error *err, const complaint *what, dtl_str script)
{
    if (what->said[0] != '\'' || !strchr("})]", what->said[1]) || !starts_part(what->near))
        return false;
    char closer = what->said[1];
    dtl_word first;
    int64_t before = is_first_on_line(err, what->near) ? line_before(err, script, &first) : 0;
    dtl_explain_reword(err, "this is not expected here: '%s'", what->near);
    dtl_error_expected(err, "',' or '%c'", closer);
    if (before)
        dtl_error_hint(err, "is a comma missing at the end of line %lld?", (long long)before);
    else
        dtl_error_hint(err, "is a comma missing before it?");
    return true;
}

// Something stands behind a 'return', as deep as it.
static bool follows_return(const dtl_error *err, dtl_str script)
{
    dtl_word first;
    (void)line_before(err, script, &first);
    size_t indent = 0;
    while (err->source[indent] == ' ' || err->source[indent] == '\t')
        indent++;
    return dtl_str_equal(first.text, DTL_STR("return")) && first.indent == indent;
}

// "'end' expected (to close 'if' at line 3)".
static bool explain_unclosed(dtl_error *err, const complaint *what, dtl_str script)
{
    char closer[32];
    char opener[32];
    long long line;
    if (sscanf(what->said, "%31s expected (to close '%31[^']' at line %lld)", closer, opener,
               &line) != 3)
        return false;
    if (strcmp(closer, "'end'") == 0 && follows_return(err, script)) {
        dtl_explain_reword(err, "nothing may follow 'return' in its block");
        dtl_error_hint(err, "put it before the 'return'");
        return true;
    }
    dtl_error_expected(err, "%s", closer);
    dtl_explain_reword(err, "'%s' of line %lld is not closed: %s is missing", opener, line, closer);
    return true;
}

// 'then' and 'do' end a line: there they are missed.
static void hint_line_before(dtl_error *err, const complaint *what, dtl_str wanted, dtl_str script)
{
    dtl_word first;
    if (!dtl_str_equal(wanted, DTL_STR("'then'")) && !dtl_str_equal(wanted, DTL_STR("'do'")))
        return;
    if (!err->hint[0] && is_first_on_line(err, what->near))
        dtl_error_hint(err, "is %.*s missing at the end of line %lld?", DTL_ARG(wanted),
                       (long long)line_before(err, script, &first));
}

static void explain_expected(dtl_error *err, const complaint *what, dtl_str script)
{
    bool at_end = strcmp(what->near, "<eof>") == 0;
    size_t size = strlen(what->said);
    static const char tail[] = " expected";
    size_t tail_size = sizeof tail - 1;
    if (size > tail_size && strcmp(what->said + size - tail_size, tail) == 0) {
        dtl_str wanted = {what->said, size - tail_size};
        if (dtl_str_equal(wanted, DTL_STR("<name>")))
            wanted = DTL_STR("a name");
        if (!dtl_str_equal(wanted, DTL_STR("'<eof>'")))
            dtl_error_expected(err, "%.*s", DTL_ARG(wanted));
        hint_line_before(err, what, wanted, script);
    } else if (!starts(what->said, "unexpected symbol") && !starts(what->said, "syntax error")) {
        return;
    }
    if (at_end)
        dtl_explain_reword(err, "the script ends too early");
    else
        dtl_explain_reword(err, "this is not expected here: '%s'", what->near);
}

// ---- all together ----

// "break outside loop at line 10", which Lua tells where the block ends.
static bool explain_place(dtl_error *err, dtl_str script)
{
    char label[64];
    long long line;
    const char *at = strstr(err->message, " at line ");
    if (!at || sscanf(at, " at line %lld", &line) != 1)
        return false;
    if (starts(err->message, "break outside")) {
        dtl_explain_reword(err, "'break' stands outside a loop");
    } else if (sscanf(err->message, "no visible label '%63[^']'", label) == 1) {
        dtl_explain_reword(err, "there is no label '%s' to go to", label);
        dtl_error_hint(err, "a label is written ::%s::, in the same block or around it", label);
    } else {
        return false;
    }
    move_to(err, script, line, SIZE_MAX);
    return true;
}

static bool explain_keyword(dtl_error *err, dtl_str script)
{
    dtl_word word;
    dtl_str meant = dtl_blocks_misspelt(script, err->line, &word);
    if (!meant.size)
        return false;
    size_t start = word.offset;
    while (start > 0 && script.data[start - 1] != '\n')
        start--;
    char misspelt[64];
    snprintf(misspelt, sizeof misspelt, "%.*s", DTL_ARG(word.text));
    move_to(err, script, word.line, word.offset - start);
    dtl_explain_reword(err, "'%s' is no word of Lua's", misspelt);
    return !dtl_error_hint(err, "did you mean '%.*s'?", DTL_ARG(meant));
}

bool dtl_explain_syntax(dtl_error *err, dtl_str script)
{
    complaint what;
    if (!read_complaint(err->message, &what))
        return explain_place(err, script);
    if (strcmp(what.near, "<eof>") != 0)
        dtl_explain_column(
            err, dtl_source_find_token(dtl_str_from(err->source), dtl_str_from(what.near)));
    if (starts(what.near, "<\\")) {
        explain_character(err, &what);
        return true;
    }
    if (explain_unfinished(err, &what, script))
        return true;
    hint_sign(err, &what);
    if (!err->hint[0] && explain_keyword(err, script))
        return true;
    if (!err->hint[0] && is_block_complaint(&what) && explain_block(err, &what, script))
        return true;
    if (!explain_comma(err, &what, script) && !explain_unclosed(err, &what, script))
        explain_expected(err, &what, script);
    return true;
}
