// core/script/errors/blocks.c - reads a Lua text that does not compile as a person does: by words and
// indentation.
#include "script/errors/blocks.h"

#include "base/base.h"

enum {
    DEPTH_MAX = 200
};

static const dtl_str keywords[] = {
    {"and", 3},   {"break", 5}, {"do", 2},       {"else", 4},  {"elseif", 6}, {"end", 3},
    {"false", 5}, {"for", 3},   {"function", 8}, {"goto", 4},  {"if", 2},     {"in", 2},
    {"local", 5}, {"nil", 3},   {"not", 3},      {"or", 2},    {"repeat", 6}, {"return", 6},
    {"then", 4},  {"true", 4},  {"until", 5},    {"while", 5},
};

bool dtl_word_is_keyword(dtl_str word)
{
    for (size_t i = 0; i < DTL_COUNT(keywords); i++)
        if (dtl_str_equal(keywords[i], word))
            return true;
    return false;
}

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static void pass(dtl_words *words, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (words->rest.data[i] == '\n') {
            words->line++;
            words->indent = 0;
            words->fresh = true;
        } else if (words->fresh && (words->rest.data[i] == ' ' || words->rest.data[i] == '\t')) {
            words->indent++;
        }
    }
    words->offset += size;
    words->rest = dtl_str_slice(words->rest, size, words->rest.size);
}

// The size of "[[...]]" or "[==[...]==]" at the start of [text], or 0 when none starts there.
static size_t long_bracket(dtl_str text)
{
    size_t level = 0;
    if (!dtl_str_starts(text, DTL_STR("[")))
        return 0;
    while (level + 1 < text.size && text.data[level + 1] == '=')
        level++;
    if (level + 1 >= text.size || text.data[level + 1] != '[')
        return 0;
    for (size_t at = level + 2; at + level + 1 < text.size; at++) {
        if (text.data[at] != ']' || text.data[at + level + 1] != ']')
            continue;
        size_t equals = 0;
        while (equals < level && text.data[at + 1 + equals] == '=')
            equals++;
        if (equals == level)
            return at + level + 2;
    }
    return text.size;
}

static size_t quoted(dtl_str text)
{
    size_t at = 1;
    while (at < text.size && text.data[at] != text.data[0] && text.data[at] != '\n')
        at += text.data[at] == '\\' && at + 1 < text.size ? 2 : 1;
    return at < text.size && text.data[at] != '\n' ? at + 1 : at;
}

static size_t comment(dtl_str text)
{
    dtl_str body = dtl_str_slice(text, 2, text.size);
    size_t bracket = long_bracket(body);
    if (bracket)
        return bracket + 2;
    size_t end = dtl_str_find(text, DTL_STR("\n"));
    return end == SIZE_MAX ? text.size : end;
}

bool dtl_words_next(dtl_words *words, dtl_word *out)
{
    while (words->rest.size) {
        dtl_str rest = words->rest;
        char c = rest.data[0];
        size_t size = 1;
        if (c == ' ' || (c >= '\t' && c <= '\r')) {
            pass(words, 1);
            continue;
        }
        if (dtl_str_starts(rest, DTL_STR("--"))) {
            pass(words, comment(rest));
            continue;
        }
        if (is_name_char(c))
            while (size < rest.size && is_name_char(rest.data[size]))
                size++;
        else if (c == '"' || c == '\'')
            size = quoted(rest);
        else if (long_bracket(rest))
            size = long_bracket(rest);
        *out = (dtl_word){.text = dtl_str_slice(rest, 0, size),
                          .line = words->line,
                          .offset = words->offset,
                          .indent = words->indent,
                          .is_name = is_name_char(c) && !(c >= '0' && c <= '9'),
                          .is_first = words->fresh};
        words->fresh = false;
        pass(words, size);
        return true;
    }
    return false;
}

// ---- blocks ----

typedef struct block {
    dtl_word word;
    int64_t else_if_line;
} block;

typedef struct block_stack {
    block all[DEPTH_MAX];
    size_t depth;
    dtl_word loop;  // a 'for' or 'while' whose 'do' is to come
    dtl_word last;
} block_stack;

static bool is(const dtl_word *word, const char *text)
{
    return dtl_str_equal(word->text, dtl_str_from(text));
}

static bool is_opener(const dtl_word *word)
{
    return is(word, "do") || is(word, "if") || is(word, "function") || is(word, "repeat") ||
           is(word, "{");
}

static void open_block(block_stack *stack, dtl_word word)
{
    bool else_if = is(&word, "if") && is(&stack->last, "else") && stack->last.line == word.line;
    if (is(&word, "do") && stack->loop.text.size)
        word = stack->loop;
    if (else_if && stack->depth && stack->depth <= DEPTH_MAX)
        stack->all[stack->depth - 1].else_if_line = word.line;
    if (stack->depth < DEPTH_MAX)
        stack->all[stack->depth] = (block){.word = word};
    stack->depth++;
    stack->loop.text.size = 0;
}

// Whether this closer stands where what it closes does not. Closing what it cannot empties the
// stack: from there on the text is not understood.
static bool close_block(block_stack *stack, const dtl_word *closer, dtl_block_fault *out)
{
    if (stack->depth == 0 || --stack->depth >= DEPTH_MAX)
        return false;
    const block *top = &stack->all[stack->depth];
    if (is(closer, "}") != is(&top->word, "{")) {
        stack->depth = 0;
        return false;
    }
    bool is_extra = closer->indent > top->word.indent;
    if (!closer->is_first || top->word.line == closer->line || top->word.indent == closer->indent ||
        (is_extra && !is(closer, "end")))
        return false;
    *out = (dtl_block_fault){.opener = top->word.text,
                             .opener_line = top->word.line,
                             .else_if_line = top->else_if_line,
                             .closer = closer->text,
                             .is_extra = is_extra,
                             .line = closer->line,
                             .offset = closer->indent};
    return true;
}

dtl_block_fault dtl_blocks_fault(dtl_str script)
{
    dtl_words words = {.rest = script, .line = 1, .fresh = true};
    dtl_word word;
    block_stack stack = {.depth = 0};
    dtl_block_fault fault = {.opener = {NULL, 0}};
    while (dtl_words_next(&words, &word)) {
        if (is(&word, "for") || is(&word, "while"))
            stack.loop = word;
        else if (is_opener(&word))
            open_block(&stack, word);
        else if ((is(&word, "end") || is(&word, "}") || is(&word, "until")) &&
                 close_block(&stack, &word, &fault))
            break;
        stack.last = word;
    }
    return fault;
}

// ---- keywords ----

static dtl_str nearly_keyword(const dtl_word *word)
{
    if (word->text.size < 3)
        return DTL_STR("");
    dtl_str near = dtl_str_nearest(word->text, keywords, DTL_COUNT(keywords));
    return near.size < 3 ? DTL_STR("") : near;
}

static bool is_plain_name(const dtl_word *word)
{
    return word->is_name && !dtl_word_is_keyword(word->text);
}

dtl_str dtl_blocks_misspelt(dtl_str script, int64_t line, dtl_word *out)
{
    dtl_words words = {.rest = script, .line = 1, .fresh = true};
    dtl_word last = {.text = {NULL, 0}};
    dtl_word word;
    while (dtl_words_next(&words, &word) && word.line <= line) {
        bool pair = is_plain_name(&last) && is_plain_name(&word) && last.line == word.line;
        dtl_str meant = pair ? nearly_keyword(&last) : DTL_STR("");
        *out = last;
        if (pair && !meant.size) {
            meant = nearly_keyword(&word);
            *out = word;
        }
        if (meant.size)
            return meant;
        last = word;
    }
    return DTL_STR("");
}
