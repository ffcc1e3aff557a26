// core/fact/merge.c - sources and notes of two facts as one list.
#include "fact/merge.h"

static bool same_releases(const dtl_fact *a, const dtl_fact *b)
{
    return a->release_count == b->release_count &&
           (a->release_count == 0 ||
            memcmp(a->releases, b->releases, a->release_count * sizeof *a->releases) == 0);
}

static size_t merge(const dtl_fact *a, const dtl_fact *b, int64_t *out)
{
    size_t count = 0;
    size_t i = 0;
    size_t j = 0;
    while (i < a->release_count || j < b->release_count) {
        bool from_a =
            j == b->release_count || (i < a->release_count && a->releases[i] <= b->releases[j]);
        int64_t release = from_a ? a->releases[i++] : b->releases[j++];
        if (count == 0 || out[count - 1] != release)
            out[count++] = release;
    }
    return count;
}

void dtl_fact_merge_releases(const dtl_fact *a, const dtl_fact *b, dtl_arena *arena, dtl_fact *out)
{
    if (b->release_count == 0 || same_releases(a, b)) {
        out->releases = a->releases;
        out->release_count = a->release_count;
        return;
    }
    if (a->release_count == 0) {
        out->releases = b->releases;
        out->release_count = b->release_count;
        return;
    }
    size_t most = a->release_count + b->release_count;
    int64_t *both = dtl_arena_alloc(arena, most * sizeof *both);
    out->release_count = merge(a, b, both);
    out->releases = both;
}

// Whether [note] is one of the notes in [notes].
static bool has_note(dtl_str notes, dtl_str note)
{
    while (notes.size) {
        size_t end = dtl_str_find(notes, DTL_STR("; "));
        if (dtl_str_equal(dtl_str_slice(notes, 0, end), note))
            return true;
        notes = end == SIZE_MAX ? DTL_STR("") : dtl_str_slice(notes, end + 2, notes.size);
    }
    return false;
}

dtl_str dtl_fact_merge_notes(dtl_str a, dtl_str b, dtl_arena *arena)
{
    static const dtl_str more = {"and further notes", sizeof "and further notes" - 1};
    dtl_buf text = {0};
    dtl_buf_add_str(&text, a);
    while (b.size) {
        size_t end = dtl_str_find(b, DTL_STR("; "));
        dtl_str note = dtl_str_slice(b, 0, end);
        b = end == SIZE_MAX ? DTL_STR("") : dtl_str_slice(b, end + 2, b.size);
        if (text.size + note.size > DTL_FACT_NOTE_MAX)
            note = more;
        if (has_note(dtl_buf_str(&text), note))
            continue;
        if (text.size)
            DTL_BUF_LITERAL(&text, "; ");
        dtl_buf_add_str(&text, note);
    }
    dtl_str merged = dtl_arena_str(arena, dtl_buf_str(&text));
    dtl_buf_release(&text);
    return merged;
}
