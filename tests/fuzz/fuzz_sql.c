// tests/fuzz/fuzz_sql.c - any text as a script's SQL: rows or an error, and the store is as before.
#include "store/query.h"
#include "support/fuzz.h"

const char *const dtl_fuzz_seeds[] = {
    "select 1 as n union select 2 order by n desc",
    "select name, upper(name) from sqlite_master where name like 'd%'",
    "with recursive n(i) as (select 1 union all select i + 1 from n where i < 50) select sum(i) "
    "from n",
    "attach 'x' as y; drop table dataset; pragma journal_mode = delete",
    "select * from dataset left join release using (dataset_id) limit 3 -- ; delete from release",
    NULL,
};

enum {
    STEPS_MAX = 200,
    STOPS_MAX = 20,
};

static bool stop(void *context)
{
    int *asked = context;
    return ++*asked > STOPS_MAX;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static dtl_store *store;
    static int asked;
    dtl_error err = {0};
    dtl_query *query;
    if (!store) {
        dtl_fuzz_require(dtl_store_open_memory(&store, &err));
        dtl_fuzz_require(dtl_store_guard(store, stop, &asked, &err));
    }
    asked = 0;
    dtl_str sql = {(const char *)data, size};
    if (!dtl_query_prepare(store, sql, &query, &err)) {
        dtl_fuzz_require(err.code != DTL_OK && err.message[0]);
        return 0;
    }
    bool row = true;
    for (int i = 0; i < STEPS_MAX && row; i++) {
        if (!dtl_query_step(query, &row, &err))
            break;
        for (int c = 0; row && c < dtl_query_column_count(query); c++)
            dtl_query_value_at(query, c);
    }
    dtl_query_free(query);
    return 0;
}
