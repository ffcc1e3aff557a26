// core/script/embed/embedded.h - the Lua that ships, compiled into the program by dtl-embed (embed.c).
#ifndef DTL_SCRIPT_EMBEDDED_H
#define DTL_SCRIPT_EMBEDDED_H

#include <stddef.h>

// One file under scripts/ ("dateline/phrase.lua") or reports/ ("reports/latest-developments.lua").
// The bytecode keeps its debug information; its chunk is named "@" and then the name.
typedef struct dtl_embedded {
    const char *name;
    const unsigned char *source;  // a NUL follows, not counted
    size_t source_size;
    const unsigned char *bytecode;
    size_t bytecode_size;
} dtl_embedded;

// Sorted by name (strcmp), for bsearch.
extern const dtl_embedded dtl_embedded_files[];
extern const size_t dtl_embedded_count;

#endif
