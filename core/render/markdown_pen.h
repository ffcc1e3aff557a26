// core/render/markdown_pen.h - writes the inside of one Markdown block, exactly.
//
// What is written reads back as the same text under CommonMark 0.29 and later, with and without
// GitHub's extensions. A character is escaped where it could mean something, and only there, so that
// prose stays readable. Strong and emphasised text is marked late, before the next character that
// can be seen: white space falls outside the marks, neighbours share a pair, and what would hinder a
// mark ("a**(b)**") is written as a character reference.
#ifndef DTL_RENDER_MARKDOWN_PEN_H
#define DTL_RENDER_MARKDOWN_PEN_H

#include "base/buf.h"

typedef enum dtl_pen_place {
    DTL_PEN_PARAGRAPH,
    DTL_PEN_HEADING,
    DTL_PEN_CELL,
} dtl_pen_place;

typedef enum dtl_pen_mark {
    DTL_PEN_STRONG,
    DTL_PEN_EMPHASIS,
    DTL_PEN_MARKS,
} dtl_pen_mark;

// What kind of character was written last, as far as marks care.
typedef enum dtl_pen_class {
    DTL_PEN_SPACE,  // white space, or the start of a line
    DTL_PEN_PUNCTUATION,
    DTL_PEN_WORD,   // a letter or a digit
    DTL_PEN_OTHER,  // beyond ASCII: readers disagree on which are punctuation
} dtl_pen_class;

typedef struct dtl_pen {
    dtl_buf *out;
    dtl_str prefix;  // what begins every further line: "> "
    dtl_pen_place place;
    bool at_line_start;
    size_t line_digits;  // digits, when the line holds nothing else so far
    dtl_buf space;       // white space not yet written
    bool has_break;      // a line break not yet written
    bool is_in_link;
    dtl_pen_class last;
    size_t last_size;          // bytes of the last character when it is a WORD or OTHER
    bool last_is_exclamation;  // an unescaped '!', which makes a link an image
    dtl_buf code;              // the code written last, its place in [out], and where it ended:
    size_t code_at, code_end;  // more right behind it is written into the same backticks
    dtl_pen_mark wanted[DTL_PEN_MARKS];  // outermost first
    size_t wanted_count;
    dtl_pen_mark open[DTL_PEN_MARKS];
    size_t open_count;
} dtl_pen;

// [prefix] is borrowed until the pen ends. A pen is begun and ended once a block, and released once.
void dtl_pen_begin(dtl_pen *pen, dtl_pen_place place, dtl_str prefix);
void dtl_pen_end(dtl_pen *pen);
void dtl_pen_release(dtl_pen *pen);

void dtl_pen_text(dtl_pen *pen, dtl_str text);
void dtl_pen_code(dtl_pen *pen, dtl_str text);
void dtl_pen_break(dtl_pen *pen);  // a space in headings and cells
void dtl_pen_mark_begin(dtl_pen *pen, dtl_pen_mark mark);
void dtl_pen_mark_end(dtl_pen *pen);
void dtl_pen_link_begin(dtl_pen *pen);
void dtl_pen_link_end(dtl_pen *pen, dtl_str url);

#endif
