// core/script/errors/blocks.h - reads a Lua text that does not compile as a person does: by words and
// indentation.
#ifndef DTL_SCRIPT_BLOCKS_H
#define DTL_SCRIPT_BLOCKS_H

#include "base/str.h"

// A word of Lua as it stands in a text; texts and comments are passed over.
typedef struct dtl_word {
    dtl_str text;   // a name, a keyword, a number, a quoted text, or one other character
    int64_t line;   // 1 is the first
    size_t offset;  // in the whole text
    size_t indent;  // characters of white space at the start of its line
    bool is_name;   // a name or keyword
    bool is_first;  // on its line
} dtl_word;

typedef struct dtl_words {  // a text being read; start as {.rest = text, .line = 1, .fresh = true}
    dtl_str rest;
    size_t offset;
    int64_t line;
    size_t indent;
    bool fresh;  // nothing but white space on this line so far
} dtl_words;

// The next word; false at the end.
bool dtl_words_next(dtl_words *words, dtl_word *out);
bool dtl_word_is_keyword(dtl_str word);

// The first 'end' or '}' that stands where it does not belong, going by the indentation.
typedef struct dtl_block_fault {
    dtl_str opener;  // "if", "{": what it closes for Lua; "" when there is no fault
    int64_t opener_line;
    int64_t else_if_line;  // where an "else if" in that block opened another; 0: nowhere
    dtl_str closer;        // "end" or "}"
    bool is_extra;  // it is indented deeper than what it closes: it may be one too many; else it
                    // belongs to an outer block, and [opener] has none
    int64_t line;   // of the closer
    size_t offset;  // in that line
} dtl_block_fault;
dtl_block_fault dtl_blocks_fault(dtl_str script);

// The first two names in a row up to [line] of which one is nearly a keyword: "lcoal x". The misspelt
// one is stored in [out]; returns the keyword meant, or "".
dtl_str dtl_blocks_misspelt(dtl_str script, int64_t line, dtl_word *out);

#endif
