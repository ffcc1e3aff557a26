// tests/support/html.h - reads HTML of our renderer and of Markdown readers back into what is seen.
#ifndef DTL_TESTS_SUPPORT_HTML_H
#define DTL_TESTS_SUPPORT_HTML_H

#include "base/buf.h"

// How a character is shown.
typedef enum test_style {
    TEST_STRONG = 1,
    TEST_EMPHASIS = 2,
    TEST_CODE = 4,
    TEST_LINK = 8,
} test_style;

// What is seen: [text] with white space, also of other kinds, run together, and for each of its bytes its style ('@' plus
// bits of test_style; ' ' for white space). What begins a block is a byte below 0x20: headings 1 to
// 6, paragraph 7, item 8, row 11, cell 12, rule 13. Blocks that show nothing are left out, but for
// the cells of a row that shows something.
typedef struct test_seen {
    dtl_buf text;
    dtl_buf styles;
} test_seen;

// False, with the reason printed, when [html] is not well formed. What is ours alone is read as what
// Markdown makes of it: an aside and a footer as a quote, a caption as a strong paragraph.
bool test_html_read(dtl_str html, test_seen *out);
void test_seen_release(test_seen *seen);

// Checks that tags are balanced, and tags and attributes among those we write.
bool test_html_is_ours(dtl_str html);

// Adds what the command says to [input]. False: it is not installed, or failed.
bool test_pipe(const char *command, dtl_str input, dtl_buf *out);

#endif
