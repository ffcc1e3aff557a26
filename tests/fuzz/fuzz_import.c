// tests/fuzz/fuzz_import.c - any bytes as a file of figures: imported whole, or nothing changed at all.
#include "import/import.h"
#include "support/fuzz.h"

const char *const dtl_fuzz_seeds[] = {
    "date,people,boats\n2024-10-18,647,10\n2024-10-19,0,0\n2024-10-20,-,-\n",
    "Date,People,Boats\n2024-10-18,\"1,305\",27.0\n",
    "[{\"date\":\"2024-10-18\",\"people\":647,\"boats\":\"10\"}]",
    "Title of the table\n\ndate,people,boats\n2024-10-18,647,10\nEnd of table\n",
    NULL,
};

static const dtl_str date_headers[] = {DTL_STR("date")};
static const dtl_str people_headers[] = {DTL_STR("people")};
static const dtl_str boats_headers[] = {DTL_STR("boats")};
static const dtl_column columns[] = {
    {.name = DTL_STR("date"), .role = DTL_ROLE_PERIOD, .headers = date_headers, .header_count = 1},
    {.name = DTL_STR("people"),
     .unit = DTL_STR("person"),
     .role = DTL_ROLE_MEASURE,
     .headers = people_headers,
     .header_count = 1},
    {.name = DTL_STR("boats"),
     .unit = DTL_STR("boat"),
     .role = DTL_ROLE_MEASURE,
     .headers = boats_headers,
     .header_count = 1},
};
static const dtl_str formats[] = {DTL_STR("%Y-%m-%d")};
static const dtl_missing_mark marks[] = {{DTL_STR("-"), DTL_STR("not_collected")}};
static const dtl_dataset dataset = {
    .name = DTL_STR("figures"),
    .title = DTL_STR("Figures"),
    .publisher = DTL_STR("A publisher"),
    .licence = DTL_STR("A licence"),
    .grain = DTL_GRAIN_DAY,
    .kind = DTL_RELEASE_WINDOW,
    .date_formats = formats,
    .date_format_count = 1,
    .missing = marks,
    .missing_count = 1,
    .columns = columns,
    .column_count = DTL_COUNT(columns),
};

static size_t count_releases(dtl_store *store)
{
    dtl_arena arena = {0};
    dtl_release *releases;
    size_t count = 0;
    dtl_error err = {0};
    dtl_fuzz_require(
        dtl_store_releases(store, DTL_STR(""), DTL_MOMENT_LATEST, &arena, &releases, &count, &err));
    dtl_arena_release(&arena);
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static dtl_store *store;  // one for all inputs: the many releases are part of the test
    const dtl_dataset *known[] = {&dataset};
    dtl_import_options options = {
        .datasets = known, .dataset_count = 1, .published = DTL_DATE_NONE, .dry_run = true};
    dtl_import_report report;
    dtl_error err = {0};
    if (!store)
        dtl_fuzz_require(dtl_store_open_memory(&store, &err));
    size_t before = count_releases(store);
    options.dry_run = size % 8 != 0;
    dtl_str bytes = {(const char *)data, size};
    bool ok = dtl_import_bytes(store, DTL_STR("fuzz"), bytes, &options, &report, &err);
    dtl_fuzz_require(ok || (err.code != DTL_OK && err.message[0]));
    size_t after = count_releases(store);
    dtl_fuzz_require(ok && !options.dry_run ? after <= before + 1 : after == before);
    dtl_import_report_release(&report);
    return 0;
}
