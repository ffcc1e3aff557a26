// core/script/run/run_plugin.c - Lua plugins at work outside of a report: importers, publishers, and a look
// at whether one is sound. Each in a worker, as a report is.
#include "script/run/extend.h"

#include <stdlib.h>

#include "script/run/job.h"
#include "script/worker/records.h"

enum {
    FIELDS_MAX = 16384,
    TEXT_MAX = 1 << 20,  // bytes of one cell
    ROWS_MAX = 5000000,
};

// Calls dateline.plugins' function [name] with the [count] texts; its [results] stay on the stack.
static bool call_library(dtl_job *job, const char *name, const dtl_str *texts, size_t count,
                         int results, dtl_error *err)
{
    lua_State *L = dtl_state_lua(job->state);
    if (!dtl_state_require(job->state, "dateline.plugins", err))
        return false;
    lua_getfield(L, -1, name);
    lua_remove(L, -2);
    for (size_t i = 0; i < count; i++)
        dtl_push_str(L, texts[i]);
    return dtl_state_call(job->state, (int)count, results, err);
}

static bool no_output(void *context, dtl_str key, dtl_str bytes, dtl_str ledger, dtl_error *err)
{
    (void)context;
    (void)key;
    (void)bytes;
    (void)ledger;
    return dtl_error_set(err, DTL_EINTERNAL, "a plugin sent a bulletin where none was asked for");
}

static const dtl_run_events quiet = {.output = no_output};

// ---- a look ----

static bool verify(dtl_job *job, dtl_error *err)
{
    return call_library(job, "verify", job->request, 1, 0, err);
}

bool dtl_run_plugin_verify(dtl_str plugin, const dtl_run_options *options, dtl_error *err)
{
    dtl_job job = {.options = options, .events = &quiet, .work = verify, .request = &plugin};
    return dtl_job_run(&job, err);
}

// ---- importers ----

typedef struct import_request {
    dtl_str name;
    const dtl_source_file *file;
} import_request;

typedef struct import_rows {
    dtl_field *fields;
    dtl_buf packed;
    int64_t row;
} import_rows;

static bool refuse_row(const import_request *request, const import_rows *rows, dtl_error *err)
{
    return dtl_error_at(err, request->file->path, rows->row, 0);
}

// A row as dateline/plugin_file.lua gives it, at [at] on the stack: its cells, texts or false, how many,
// its line and its sheet. The cells stay behind it.
static bool pack_row(lua_State *L, int at, const import_request *request, import_rows *rows,
                     dtl_error *err)
{
    lua_Integer count = lua_tointeger(L, at + 1);
    rows->row = lua_tointeger(L, at + 2);
    if (count < 0 || count > FIELDS_MAX || !lua_checkstack(L, (int)count + 8)) {
        dtl_error_set(err, DTL_ELIMIT, "a row of %lld cells, and %d are allowed", (long long)count,
                      FIELDS_MAX);
        return refuse_row(request, rows, err);
    }
    for (lua_Integer i = 0; i < count; i++) {
        dtl_field *field = &rows->fields[i];
        *field = (dtl_field){.text = DTL_STR("")};
        field->is_absent = lua_rawgeti(L, at, i + 1) != LUA_TSTRING;
        if (!field->is_absent)
            field->text.data = lua_tolstring(L, -1, &field->text.size);
        if (field->text.size > TEXT_MAX) {
            dtl_error_set(err, DTL_ELIMIT, "a cell of %zu bytes, and %d are allowed",
                          field->text.size, TEXT_MAX);
            return refuse_row(request, rows, err);
        }
    }
    dtl_record record = {.fields = rows->fields, .count = (size_t)count, .line = rows->row};
    record.sheet.data = lua_tolstring(L, at + 3, &record.sheet.size);
    dtl_records_pack(&rows->packed, &record);
    return true;
}

static bool flush(dtl_job *job, import_rows *rows, dtl_error *err)
{
    bool ok = rows->packed.size == 0 || dtl_job_give(job, dtl_buf_str(&rows->packed), err);
    dtl_buf_clear(&rows->packed);
    return ok;
}

// Asks the iterator on the top of the stack for rows until it gives nil.
static bool send_rows(dtl_job *job, import_rows *rows, dtl_error *err)
{
    const import_request *request = job->request;
    lua_State *L = dtl_state_lua(job->state);
    int iterator = lua_gettop(L);
    for (int64_t count = 0;; count++) {
        lua_pushvalue(L, iterator);
        if (!dtl_state_call(job->state, 0, 4, err))
            return false;
        if (lua_isnil(L, iterator + 1))
            return flush(job, rows, err);
        if (count == ROWS_MAX) {
            dtl_error_set(err, DTL_ELIMIT, "more than %d rows", ROWS_MAX);
            return refuse_row(request, rows, err);
        }
        if (!pack_row(L, iterator + 1, request, rows, err) ||
            (rows->packed.size >= DTL_RECORDS_BATCH_BYTES && !flush(job, rows, err)))
            return false;
        lua_settop(L, iterator);
    }
}

static bool import_rows_of(dtl_job *job, dtl_error *err)
{
    const import_request *request = job->request;
    const dtl_str texts[] = {request->name, request->file->path, request->file->bytes};
    import_rows rows = {.fields = dtl_realloc_array(NULL, FIELDS_MAX, sizeof *rows.fields)};
    bool ok =
        call_library(job, "import", texts, DTL_COUNT(texts), 1, err) && send_rows(job, &rows, err);
    dtl_buf_release(&rows.packed);
    free(rows.fields);
    return ok;
}

static bool take_rows(void *context, dtl_str payload, dtl_error *err)
{
    return dtl_records_add(context, payload, err);
}

static void keep_log(void *context, dtl_str line)
{
    dtl_error remark = {0};
    dtl_error_set(&remark, DTL_EDATA, "%.*s", DTL_ARG(line));
    dtl_records_warn(context, &remark);
}

bool dtl_run_importer(dtl_str name, const dtl_source_file *file, const dtl_run_options *options,
                      dtl_arena *arena, dtl_importer *out, dtl_error *err)
{
    import_request request = {name, file};
    dtl_records *records = dtl_records_new(arena);
    const dtl_run_events events = {.output = no_output, .log = keep_log, .context = records};
    dtl_job job = {.options = options,
                   .events = &events,
                   .work = import_rows_of,
                   .request = &request,
                   .take = take_rows,
                   .take_context = records};
    if (!dtl_job_run(&job, err))
        return false;
    *out = dtl_records_importer(records, dtl_arena_str(arena, name).data);
    return true;
}

// ---- publishers ----

typedef struct publish_request {
    dtl_str name;
    const dtl_written *bulletin;
} publish_request;

static bool publish(dtl_job *job, dtl_error *err)
{
    const publish_request *request = job->request;
    const dtl_written *bulletin = request->bulletin;
    lua_State *L = dtl_state_lua(job->state);
    const struct {
        const char *name;
        dtl_str text;
    } texts[] = {{"path", bulletin->path},         {"format", bulletin->format},
                 {"report", bulletin->report},     {"key", bulletin->key},
                 {"text", bulletin->bytes},        {"title", bulletin->about.title},
                 {"style", bulletin->about.style}, {"summary", bulletin->about.summary}};
    if (!dtl_state_require(job->state, "dateline.plugins", err))
        return false;
    lua_getfield(L, -1, "publish");
    dtl_push_str(L, request->name);
    lua_createtable(L, 0, DTL_COUNT(texts));
    for (size_t i = 0; i < DTL_COUNT(texts); i++) {
        dtl_push_str(L, texts[i].text);
        lua_setfield(L, -2, texts[i].name);
    }
    dtl_push_date(L, bulletin->about.date);
    lua_setfield(L, -2, "date");
    return dtl_state_call(job->state, 2, 0, err);
}

bool dtl_run_publisher(dtl_str name, const dtl_written *bulletin, const dtl_run_options *options,
                       const dtl_run_events *events, dtl_error *err)
{
    publish_request request = {name, bulletin};
    const dtl_run_events its = {.output = no_output,
                                .warning = events->warning,
                                .log = events->log,
                                .context = events->context};
    dtl_job job = {.options = options, .events = &its, .work = publish, .request = &request};
    return dtl_job_run(&job, err);
}
