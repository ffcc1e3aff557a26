// core/app/cmd_datasets.c - dateline datasets: what the store holds figures of.
#include "app/commands.h"
#include "app/listing.h"
#include "app/store_choice.h"

typedef struct datasets_values {
    const char *db;
    int to;
} datasets_values;

enum {
    TO_TEXT,
    TO_JSON
};

static const dtl_option options[] = {
    {.name = "to",
     .value = "text|json",
     .help = "a table, or an array of objects",
     .read = dtl_read_choice,
     .offset = offsetof(datasets_values, to)},
    DTL_OPTION_DB(datasets_values, db),
};

static const datasets_values defaults = {.to = TO_TEXT};

static const dtl_listing_column columns[] = {
    {"name", "DATASET", DTL_LISTING_TEXT},
    {"grain", "GRAIN", DTL_LISTING_TEXT},
    {"from", "FROM", DTL_LISTING_TEXT},
    {"to", "TO", DTL_LISTING_TEXT},
    {"published", "PUBLISHED", DTL_LISTING_TEXT},
    {"releases", "RELEASES", DTL_LISTING_INTEGER},
    {"measures", "MEASURES", DTL_LISTING_LIST},
    {"dimensions", NULL, DTL_LISTING_LIST},
    {"title", NULL, DTL_LISTING_TEXT},
    {"publisher", NULL, DTL_LISTING_TEXT},
    {"licence", NULL, DTL_LISTING_TEXT},
    {"attribution", NULL, DTL_LISTING_TEXT},
    {"homepage", NULL, DTL_LISTING_TEXT},
    {"caveat", NULL, DTL_LISTING_TEXT},
    {"provisional", NULL, DTL_LISTING_FLAG},
};

// What the releases of one dataset say together.
typedef struct extent {
    dtl_date from, to;  // DTL_DATE_NONE: no release
    dtl_date published;
    int64_t releases;
} extent;

static extent extent_of(dtl_str dataset, const dtl_release *releases, size_t count)
{
    extent e = {DTL_DATE_NONE, DTL_DATE_NONE, DTL_DATE_NONE, 0};
    for (size_t i = 0; i < count; i++) {
        const dtl_release *release = &releases[i];
        if (!dtl_str_equal(release->dataset, dataset))
            continue;
        e.releases++;
        if (e.from == DTL_DATE_NONE ||
            (release->covers_from != DTL_DATE_NONE && release->covers_from < e.from))
            e.from = release->covers_from;
        if (release->covers_to > e.to)  // DTL_DATE_NONE is before every date
            e.to = release->covers_to;
        if (release->published > e.published)
            e.published = release->published;
    }
    return e;
}

// The names of the columns of [role], separated by spaces.
static void add_names(dtl_listing *listing, const dtl_dataset *dataset, dtl_role role)
{
    dtl_buf names = {0};
    for (size_t i = 0; i < dataset->column_count; i++)
        if (dataset->columns[i].role == role)
            dtl_buf_printf(&names, "%s%.*s", names.size ? " " : "",
                           DTL_ARG(dataset->columns[i].name));
    dtl_listing_add(listing, dtl_buf_str(&names));
    dtl_buf_release(&names);
}

static void add_dataset(dtl_listing *listing, const dtl_dataset *dataset, const extent *e)
{
    dtl_listing_add(listing, dataset->name);
    dtl_listing_add(listing, dtl_str_from(dtl_grain_name(dataset->grain)));
    dtl_listing_add_date(listing, e->from);
    dtl_listing_add_period_end(listing, dataset->grain, e->to);
    dtl_listing_add_date(listing, e->published);
    dtl_listing_add_int(listing, e->releases);
    add_names(listing, dataset, DTL_ROLE_MEASURE);
    add_names(listing, dataset, DTL_ROLE_DIMENSION);
    dtl_listing_add(listing, dataset->title);
    dtl_listing_add(listing, dataset->publisher);
    dtl_listing_add(listing, dataset->licence);
    dtl_listing_add(listing, dataset->attribution);
    dtl_listing_add(listing, dataset->homepage);
    dtl_listing_add(listing, dataset->caveat);
    dtl_listing_add_flag(listing, dataset->provisional);
}

static bool fill(dtl_store *store, dtl_arena *arena, dtl_listing *listing, dtl_error *err)
{
    const dtl_dataset *datasets;
    size_t dataset_count;
    dtl_release *releases;
    size_t release_count;
    if (!dtl_store_datasets(store, arena, &datasets, &dataset_count, err) ||
        !dtl_store_releases(store, DTL_STR(""), DTL_MOMENT_LATEST, arena, &releases, &release_count,
                            err))
        return false;
    for (size_t i = 0; i < dataset_count; i++) {
        extent e = extent_of(datasets[i].name, releases, release_count);
        add_dataset(listing, &datasets[i], &e);
    }
    return true;
}

static int run(dtl_app *app, const dtl_command_line *line, const void *given)
{
    const datasets_values *values = given;
    (void)line;
    dtl_error err = {0};
    dtl_store *store = NULL;
    dtl_listing listing;
    dtl_store_ref ref = dtl_store_choice(values->db, &app->arena);
    dtl_listing_init(&listing, columns, DTL_COUNT(columns), &app->arena);
    bool ok = dtl_store_choice_open(&ref, &store, &err) &&
              fill(store, &app->arena, &listing, &err) &&
              dtl_listing_show(&listing, values->to == TO_JSON, &app->output, &err);
    dtl_store_close(store);
    dtl_listing_release(&listing);
    return ok ? 0 : dtl_app_fail(app, &err);
}

const dtl_command dtl_command_datasets = {
    .name = "datasets",
    .usage = "[options]",
    .summary = "Lists the datasets of the store.",
    .example = "datasets --to json",
    .options = {.options = options, .count = DTL_COUNT(options)},
    .defaults = &defaults,
    .values_size = sizeof defaults,
    .run = run,
};
