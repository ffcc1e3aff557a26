// tests/support/figures.c - the bundled figures as measures.
#include "support/figures.h"

static dtl_measure measure(dtl_store *store, const char *dataset, const char *name)
{
    return (dtl_measure){.name = dtl_str_from(name), .over = test_series(store, dataset, name)};
}

void test_figures_open(test_figures *figures)
{
    dtl_store *store = test_store_new();
    test_store_add_figures(store, &test_daily);
    test_store_add_figures(store, &test_weekly);
    *figures = (test_figures){
        .store = store,
        .people = measure(store, "small-boats-daily", "people"),
        .boats = measure(store, "small-boats-daily", "boats"),
        .uncontrolled = measure(store, "small-boats-daily", "uncontrolled_boats"),
        .weekly = measure(store, "small-boats-weekly", "people"),
        .prevented = measure(store, "small-boats-weekly", "people_prevented"),
    };
    figures->per_boat = (dtl_measure){
        .name = DTL_STR("(people / boats)"),
        .over = figures->people.over,
        .under = figures->boats.over,
    };
}

static void free_series(dtl_measure *m)
{
    dtl_series_free((dtl_series *)m->over);
}

void test_figures_close(test_figures *figures)
{
    free_series(&figures->people);
    free_series(&figures->boats);
    free_series(&figures->uncontrolled);
    free_series(&figures->weekly);
    free_series(&figures->prevented);
    dtl_arena_release(&figures->arena);
    dtl_store_close(figures->store);
}
