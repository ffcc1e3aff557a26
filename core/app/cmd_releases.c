// core/app/cmd_releases.c - dateline releases: which files the store knows, and what each changed.
#include "app/commands.h"
#include "app/listing.h"
#include "app/store_choice.h"

typedef struct releases_values {
    const char *db;
    dtl_moment as_of;
    int to;
} releases_values;

enum {
    TO_TEXT,
    TO_JSON
};

static const dtl_option options[] = {
    {.name = "to",
     .value = "text|json",
     .help = "a table, or an array of objects",
     .read = dtl_read_choice,
     .offset = offsetof(releases_values, to)},
    {.name = "as-of",
     .value = "DATE",
     .help = "what was known at the end of that day",
     .read = dtl_read_as_of,
     .offset = offsetof(releases_values, as_of)},
    DTL_OPTION_DB(releases_values, db),
};

static const releases_values defaults = {.as_of = DTL_MOMENT_LATEST, .to = TO_TEXT};

static const dtl_listing_column columns[] = {
    {"id", "ID", DTL_LISTING_INTEGER},
    {"dataset", "DATASET", DTL_LISTING_TEXT},
    {"published", "PUBLISHED", DTL_LISTING_TEXT},
    {"retrieved", "RETRIEVED", DTL_LISTING_TEXT},
    {"kind", "KIND", DTL_LISTING_TEXT},
    {"covers_from", "FROM", DTL_LISTING_TEXT},
    {"covers_to", "TO", DTL_LISTING_TEXT},
    {"rows_in", "ROWS", DTL_LISTING_INTEGER},
    {"rows_held", "HELD", DTL_LISTING_INTEGER},
    {"values_new", "NEW", DTL_LISTING_INTEGER},
    {"values_revised", "REVISED", DTL_LISTING_INTEGER},
    {"file", "FILE", DTL_LISTING_TEXT},
    {"rows_kept", NULL, DTL_LISTING_INTEGER},
    {"sha256", NULL, DTL_LISTING_TEXT},
};

typedef struct dataset_list {
    const dtl_dataset *datasets;
    size_t count;
} dataset_list;

static dtl_grain grain_of(const dataset_list *list, dtl_str name)
{
    for (size_t i = 0; i < list->count; i++)
        if (dtl_str_equal(list->datasets[i].name, name))
            return list->datasets[i].grain;
    return DTL_GRAIN_DAY;
}

static void add_release(dtl_listing *listing, const dtl_release *release, dtl_grain grain)
{
    dtl_listing_add_int(listing, release->id);
    dtl_listing_add(listing, release->dataset);
    dtl_listing_add_date(listing, release->published);
    dtl_listing_add_moment(listing, release->retrieved);
    dtl_listing_add(listing, release->kind);
    dtl_listing_add_date(listing, release->covers_from);
    dtl_listing_add_period_end(listing, grain, release->covers_to);
    dtl_listing_add_int(listing, release->rows_in);
    dtl_listing_add_int(listing, release->rows_held);
    dtl_listing_add_int(listing, release->values_new);
    dtl_listing_add_int(listing, release->values_revised);
    dtl_listing_add(listing, release->file_name);
    dtl_listing_add_int(listing, release->rows_kept);
    dtl_listing_add(listing, release->sha256);
}

static bool fill(dtl_store *store, dtl_str dataset, dtl_moment as_of, dtl_listing *listing,
                 dtl_error *err)
{
    dtl_release *releases;
    size_t count;
    dataset_list list;
    if (!dtl_store_releases(store, dataset, as_of, listing->arena, &releases, &count, err) ||
        !dtl_store_datasets(store, listing->arena, &list.datasets, &list.count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        add_release(listing, &releases[i], grain_of(&list, releases[i].dataset));
    return true;
}

static int run(dtl_app *app, const dtl_command_line *line, const void *given)
{
    const releases_values *values = given;
    dtl_error err = {0};
    dtl_store *store = NULL;
    dtl_listing listing;
    dtl_store_ref ref = dtl_store_choice(values->db, &app->arena);
    dtl_str dataset = dtl_str_from(line->operand_count ? line->operands[0] : NULL);
    dtl_listing_init(&listing, columns, DTL_COUNT(columns), &app->arena);
    bool ok = dtl_store_choice_open(&ref, &store, &err) &&
              fill(store, dataset, values->as_of, &listing, &err) &&
              dtl_listing_show(&listing, values->to == TO_JSON, &app->output, &err);
    dtl_store_close(store);
    dtl_listing_release(&listing);
    return ok ? 0 : dtl_app_fail(app, &err);
}

const dtl_command dtl_command_releases = {
    .name = "releases",
    .usage = "[DATASET] [options]",
    .summary = "Lists what was imported, and what each release changed.",
    .example = "releases small-boats-daily --as-of 2026-09-01",
    .options = {.options = options,
                .count = DTL_COUNT(options),
                .operand = "DATASET",
                .operand_max = 1},
    .defaults = &defaults,
    .values_size = sizeof defaults,
    .run = run,
};
