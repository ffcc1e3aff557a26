// core/app/diff.c - what differs between two texts, by their longest common subsequence of lines.
#include "app/diff.h"

#include <stdlib.h>

enum {
    CONTEXT = 2,
    CELLS_MAX = 4 * 1024 * 1024  // of the table; larger texts are compared as a whole
};

typedef struct lines {
    dtl_str *all;
    size_t count;
} lines;

static lines split(dtl_str text)
{
    lines found = {NULL, 0};
    while (text.size) {
        size_t end = dtl_str_find(text, DTL_STR("\n"));
        found.all = dtl_realloc_array(found.all, found.count + 1, sizeof *found.all);
        found.all[found.count++] = dtl_str_slice(text, 0, end);
        text = end == SIZE_MAX ? DTL_STR("") : dtl_str_slice(text, end + 1, text.size);
    }
    return found;
}

// What is to be shown, one a line: its mark and its text.
typedef struct step {
    char mark;
    dtl_str text;
} step;

typedef struct steps {
    step *all;
    size_t count;
} steps;

static void add_step(steps *to, char mark, dtl_str text)
{
    to->all = dtl_realloc_array(to->all, to->count + 1, sizeof *to->all);
    to->all[to->count++] = (step){mark, text};
}

// lengths[i][j]: of the longest common subsequence of a from i and b from j.
static uint32_t *common_lengths(const lines *a, const lines *b)
{
    size_t width = b->count + 1;
    uint32_t *lengths = dtl_alloc((a->count + 1) * width * sizeof *lengths);
    for (size_t i = a->count; i-- > 0;) {
        for (size_t j = b->count; j-- > 0;) {
            uint32_t down = lengths[(i + 1) * width + j];
            uint32_t right = lengths[i * width + j + 1];
            lengths[i * width + j] = dtl_str_equal(a->all[i], b->all[j])
                                         ? lengths[(i + 1) * width + j + 1] + 1
                                         : (down >= right ? down : right);
        }
    }
    return lengths;
}

static void compare(const lines *a, const lines *b, steps *out)
{
    size_t width = b->count + 1;
    bool small = (a->count + 1) <= CELLS_MAX / width;
    uint32_t *lengths = small ? common_lengths(a, b) : NULL;
    size_t i = 0;
    size_t j = 0;
    while (i < a->count && j < b->count && small) {
        if (dtl_str_equal(a->all[i], b->all[j])) {
            add_step(out, ' ', a->all[i++]);
            j++;
        } else if (lengths[(i + 1) * width + j] >= lengths[i * width + j + 1]) {
            add_step(out, '-', a->all[i++]);
        } else {
            add_step(out, '+', b->all[j++]);
        }
    }
    while (i < a->count)
        add_step(out, '-', a->all[i++]);
    while (j < b->count)
        add_step(out, '+', b->all[j++]);
    free(lengths);
}

// Whether the line is a difference or near one.
static bool is_shown(const steps *all, size_t at)
{
    size_t from = at > CONTEXT ? at - CONTEXT : 0;
    size_t to = at + CONTEXT < all->count ? at + CONTEXT : all->count - 1;
    for (size_t i = from; i <= to; i++)
        if (all->all[i].mark != ' ')
            return true;
    return false;
}

void dtl_diff(dtl_str before, dtl_str after, dtl_buf *out)
{
    if (dtl_str_equal(before, after))
        return;
    lines a = split(before);
    lines b = split(after);
    steps all = {NULL, 0};
    compare(&a, &b, &all);
    bool skipped = false;
    bool any = false;
    for (size_t i = 0; i < all.count; i++) {
        if (!is_shown(&all, i)) {
            skipped = true;
            continue;
        }
        if (skipped)
            DTL_BUF_LITERAL(out, "@@\n");
        skipped = false;
        any = any || all.all[i].mark != ' ';
        dtl_buf_printf(out, "%c %.*s\n", all.all[i].mark, DTL_ARG(all.all[i].text));
    }
    if (!any)
        DTL_BUF_LITERAL(out, "@@ only the end of the last line\n");
    free(all.all);
    free(b.all);
    free(a.all);
}
