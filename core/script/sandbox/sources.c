// core/script/sandbox/sources.c - the text of every script a state has loaded.
#include "script/sandbox/sources.h"

#include <stdio.h>

enum {
    SHORT_NAME_MAX = 50  // Lua cuts at 59; what is left is for a number
};

void dtl_sources_release(dtl_sources *sources)
{
    dtl_arena_release(&sources->arena);
    sources->first = NULL;
}

const dtl_source *dtl_sources_find(const dtl_sources *sources, dtl_str short_name)
{
    for (const dtl_source *source = sources->first; source; source = source->next) {
        if (dtl_str_equal(dtl_str_from(source->chunk_name + 1), short_name))
            return source;
    }
    return NULL;
}

// The name, or its end where it is too long, and a number where that is taken.
static void choose_chunk_name(const dtl_sources *sources, dtl_source *source)
{
    const char *dots = "";
    dtl_str tail = source->name;
    if (tail.size > SHORT_NAME_MAX) {
        dots = "...";
        tail = dtl_str_slice(tail, tail.size - SHORT_NAME_MAX + 3, tail.size);
    }
    char *name = source->chunk_name;
    snprintf(name, sizeof source->chunk_name, "=%s%.*s", dots, DTL_ARG(tail));
    for (unsigned n = 2; dtl_sources_find(sources, dtl_str_from(name + 1)); n++)
        snprintf(name, sizeof source->chunk_name, "=%s%.*s#%u", dots, DTL_ARG(tail), n);
}

const dtl_source *dtl_sources_add(dtl_sources *sources, dtl_str name, dtl_str text)
{
    for (const dtl_source *source = sources->first; source; source = source->next) {
        if (dtl_str_equal(source->name, name) && dtl_str_equal(source->text, text))
            return source;
    }
    dtl_source *source = dtl_arena_alloc(&sources->arena, sizeof *source);
    source->name = dtl_arena_str(&sources->arena, name);
    source->text = dtl_arena_str(&sources->arena, text);
    choose_chunk_name(sources, source);
    source->next = sources->first;
    sources->first = source;
    return source;
}

size_t dtl_source_line_offset(const dtl_source *source, int64_t line)
{
    size_t at = 0;
    for (int64_t i = 1; i < line; i++) {
        dtl_str rest = dtl_str_slice(source->text, at, source->text.size);
        size_t end = dtl_str_find(rest, DTL_STR("\n"));
        if (end == SIZE_MAX)
            return source->text.size;
        at += end + 1;
    }
    return at;
}

dtl_str dtl_source_line(const dtl_source *source, int64_t line)
{
    size_t start = dtl_source_line_offset(source, line);
    dtl_str found = dtl_str_slice(source->text, start, source->text.size);
    found = dtl_str_slice(found, 0, dtl_str_find(found, DTL_STR("\n")));
    return dtl_str_ends(found, DTL_STR("\r")) ? dtl_str_slice(found, 0, found.size - 1) : found;
}
