// core/script/sandbox/pattern.h - Lua patterns, with a limit on the steps that one match may take.
//
// The same language as Lua's own, character by character; only the work is bounded, since a pattern
// of twelve characters can keep Lua's busy for years and no hook can stop it.
#ifndef DTL_SCRIPT_PATTERN_H
#define DTL_SCRIPT_PATTERN_H

#include <lua.h>

#include "base/str.h"

enum {
    DTL_PATTERN_CAPTURES_MAX = 32,
    // What one call may take: so many steps and some for each byte of the text. About 0.1 s.
    DTL_PATTERN_STEPS = 30000000,
    DTL_PATTERN_STEPS_A_BYTE = 100,
};

typedef struct dtl_capture {
    const char *start;
    ptrdiff_t size;  // or one of the two below
} dtl_capture;

#define DTL_CAPTURE_OPEN ((ptrdiff_t)-1)
#define DTL_CAPTURE_POSITION ((ptrdiff_t)-2)

typedef struct dtl_matcher {
    lua_State *L;
    const char *text;
    const char *text_end;
    const char *pattern_end;
    int64_t steps;  // left
    int64_t check;  // look at the guard when [steps] falls below
    int depth;      // levels left
    int level;      // captures begun
    dtl_capture captures[DTL_PATTERN_CAPTURES_MAX];
} dtl_matcher;

void dtl_matcher_init(dtl_matcher *matcher, lua_State *L, dtl_str text, dtl_str pattern);
// The end of the match of [pattern] at [at], or NULL. Forgets earlier captures. Raises on a
// malformed pattern, when the steps are used up, and when a limit of the guard was broken.
const char *dtl_match(dtl_matcher *matcher, const char *at, const char *pattern);
// Pushes capture [index] (0 is the first; the whole match where there are none).
void dtl_push_capture(dtl_matcher *matcher, int index, const char *from, const char *to);
// Pushes all of them, or, with none and a [from], the whole match. Returns how many.
int dtl_push_captures(dtl_matcher *matcher, const char *from, const char *to);

#endif
