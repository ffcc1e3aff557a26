// core/fact/fact.c - a fact by itself: copies, constants, its figure as text.
#include "fact/fact.h"

#include <assert.h>

enum {
    DECIMALS_SHOWN = 1,
    DECIMALS_MAX = 9
};

static const int64_t *put_releases(char **at, const dtl_fact *fact)
{
    size_t size = fact->release_count * sizeof *fact->releases;
    int64_t *copy = (int64_t *)(void *)*at;
    if (size)
        memcpy(copy, fact->releases, size);
    *at += size;
    return copy;
}

static dtl_str put_text(char **at, dtl_str text)
{
    char *copy = *at;
    if (text.size)
        memcpy(copy, text.data, text.size);
    copy[text.size] = '\0';
    *at += text.size + 1;
    return (dtl_str){copy, text.size};
}

size_t dtl_fact_packed_size(const dtl_fact *fact)
{
    size_t text_size = fact->unit.size + fact->label.size + fact->expression.size + fact->note.size;
    return sizeof *fact + fact->release_count * sizeof *fact->releases + text_size + 4;
}

const dtl_fact *dtl_fact_pack(const dtl_fact *fact, void *block)
{
    dtl_fact *copy = block;
    char *at = (char *)(copy + 1);
    *copy = *fact;
    copy->releases = put_releases(&at, fact);
    copy->unit = put_text(&at, fact->unit);
    copy->label = put_text(&at, fact->label);
    copy->expression = put_text(&at, fact->expression);
    copy->note = put_text(&at, fact->note);
    assert((size_t)(at - (char *)block) == dtl_fact_packed_size(fact));
    return copy;
}

dtl_fact dtl_fact_copy(dtl_arena *arena, const dtl_fact *fact)
{
    return *dtl_fact_pack(fact, dtl_arena_alloc(arena, dtl_fact_packed_size(fact)));
}

dtl_fact dtl_fact_constant(dtl_rational value, dtl_arena *arena)
{
    dtl_buf text = {0};
    dtl_number_add_exact(&text, value);
    dtl_fact fact = {
        .kind = DTL_FACT_NUMBER,
        .value = value,
        .date_value = DTL_DATE_NONE,
        .expression = dtl_arena_str(arena, dtl_buf_str(&text)),
        .from = DTL_DATE_NONE,
        .to = DTL_DATE_NONE,
    };
    dtl_buf_clear(&text);
    dtl_fact_add_text(&text, &fact);
    fact.label = dtl_arena_str(arena, dtl_buf_str(&text));
    dtl_buf_release(&text);
    return fact;
}

// A whole number has no decimals, any other one, but for what would then read as none at all: 0.002.
static unsigned decimals_for(dtl_rational value)
{
    if (dtl_rational_is_integer(value))
        return 0;
    for (unsigned decimals = DECIMALS_SHOWN; decimals < DECIMALS_MAX; decimals++) {
        int64_t rounded = 0;
        if (!dtl_rational_round(value, decimals, &rounded) || rounded != 0)
            return decimals;
    }
    return DECIMALS_MAX;
}

void dtl_fact_add_text(dtl_buf *out, const dtl_fact *fact)
{
    if (fact->kind == DTL_FACT_DATE) {
        dtl_date_add(out, fact->date_value);
        return;
    }
    dtl_number_format format = {decimals_for(fact->value), true, true};
    if (!dtl_number_add(out, fact->value, format))
        dtl_number_add_exact(out, fact->value);  // so large that its decimals do not fit
}
