// core/script/sandbox/sources.h - the text of every script a state has loaded, for messages that show a line.
#ifndef DTL_SCRIPT_SOURCES_H
#define DTL_SCRIPT_SOURCES_H

#include "base/arena.h"

typedef struct dtl_source {
    dtl_str name;         // as the caller named it: a path
    dtl_str text;         // as it was compiled
    char chunk_name[64];  // "=" and what Lua calls it in messages: unique, at most 59 bytes
    struct dtl_source *next;
} dtl_source;

typedef struct dtl_sources {
    dtl_arena arena;
    dtl_source *first;
} dtl_sources;  // empty is all zeroes

void dtl_sources_release(dtl_sources *sources);
// Keeps a copy. The same name with the same text is kept once.
const dtl_source *dtl_sources_add(dtl_sources *sources, dtl_str name, dtl_str text);
// By what Lua calls it (chunk_name without the "="); NULL when unknown.
const dtl_source *dtl_sources_find(const dtl_sources *sources, dtl_str short_name);
// Where a line starts in the text; its size when there is no such line.
size_t dtl_source_line_offset(const dtl_source *source, int64_t line);
// One line (1 is the first) without its end; empty when there is none.
dtl_str dtl_source_line(const dtl_source *source, int64_t line);

#endif
