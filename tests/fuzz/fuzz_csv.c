// tests/fuzz/fuzz_csv.c - any bytes as CSV: records or an error with its place, never a shifted column.
#include "import/import.h"
#include "support/fuzz.h"

const char *const dtl_fuzz_seeds[] = {
    "date,people,boats\n2024-10-18,647,10\n2024-10-19,0,0\n",
    "\"date\";\"people\"\r\n\"2024-10-18\";\"1,305\"\r\n",
    "\xef\xbb\xbf#date\tpeople\n2024-10-18\t-\n\n",
    "a,b\n\"open, and\nnever closed\n",
    "a\n\"x\"\"y\"\n",
    NULL,
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dtl_source_file file = {.path = DTL_STR("fuzz.csv"), .bytes = {(const char *)data, size}};
    const dtl_importer *csv = &dtl_importer_csv;
    dtl_error err = {0};
    void *state;
    csv->probe(csv, &file);
    if (!csv->open(csv, &file, &state, &err)) {
        dtl_fuzz_require(err.code != DTL_OK && err.message[0]);
        return 0;
    }
    bool more = true;
    int64_t line = 0;
    while (more) {
        dtl_record record;
        if (!csv->next(state, &record, &more, &err)) {
            dtl_fuzz_require(err.code != DTL_OK && err.message[0]);
            break;
        }
        if (!more)
            break;
        dtl_fuzz_require(record.count > 0 && record.line > line);
        line = record.line;
        for (size_t i = 0; i < record.count; i++)
            dtl_fuzz_require(record.fields[i].text.size <= size);
    }
    csv->close(state);
    return 0;
}
