// core/fact/unit.c - the algebra of units.
#include "fact/unit.h"

typedef struct factors {
    dtl_str names[DTL_UNIT_FACTORS_MAX];
    size_t count;
} factors;

typedef struct unit {
    factors above, below;
} unit;

static bool add_factor(factors *to, factors *against, dtl_str name)
{
    if (name.size == 0 || dtl_str_equal(name, DTL_STR("1")))
        return true;
    for (size_t i = 0; i < against->count; i++) {
        if (dtl_str_equal(against->names[i], name)) {
            against->names[i] = against->names[--against->count];
            return true;
        }
    }
    if (to->count == DTL_UNIT_FACTORS_MAX)
        return false;
    to->names[to->count++] = name;
    return true;
}

static bool add_product(factors *to, factors *against, dtl_str product)
{
    while (product.size) {
        size_t star = dtl_str_find(product, DTL_STR("*"));
        if (!add_factor(to, against, dtl_str_slice(product, 0, star)))
            return false;
        if (star == SIZE_MAX)
            return true;
        product = dtl_str_slice(product, star + 1, product.size);
    }
    return true;
}

static bool add_unit(unit *to, dtl_str text, bool divide)
{
    size_t line = dtl_str_find(text, DTL_STR("/"));
    dtl_str above = dtl_str_slice(text, 0, line);
    dtl_str below = line == SIZE_MAX ? DTL_STR("") : dtl_str_slice(text, line + 1, text.size);
    factors *top = divide ? &to->below : &to->above;
    factors *bottom = divide ? &to->above : &to->below;
    return add_product(top, bottom, above) && add_product(bottom, top, below);
}

static void add_names(dtl_buf *out, const factors *from)
{
    for (size_t i = 0; i < from->count; i++) {
        if (i)
            dtl_buf_add_char(out, '*');
        dtl_buf_add_str(out, from->names[i]);
    }
}

static void sort_names(factors *names)
{
    for (size_t i = 1; i < names->count; i++) {
        for (size_t j = i; j > 0 && dtl_str_compare(names->names[j - 1], names->names[j]) > 0;
             j--) {
            dtl_str held = names->names[j];
            names->names[j] = names->names[j - 1];
            names->names[j - 1] = held;
        }
    }
}

bool dtl_unit_combine(dtl_str a, dtl_str b, bool divide, dtl_arena *arena, dtl_str *out)
{
    unit result = {0};
    if (!add_unit(&result, a, false) || !add_unit(&result, b, divide))
        return false;
    sort_names(&result.above);
    sort_names(&result.below);
    dtl_buf text = {0};
    add_names(&text, &result.above);
    if (result.below.count) {
        if (result.above.count == 0)
            dtl_buf_add_char(&text, '1');
        dtl_buf_add_char(&text, '/');
        add_names(&text, &result.below);
    }
    *out = dtl_arena_str(arena, dtl_buf_str(&text));
    dtl_buf_release(&text);
    return true;
}
