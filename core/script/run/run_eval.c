// core/script/run/run_eval.c - one Lua expression over the data: a calculator.
#include "script/run/job.h"

typedef struct eval_work {
    dtl_str expression;
    bool json;
} eval_work;

// What an expression finds ready, and the module behind each name.
static const struct {
    const char *name;
    const char *module;
} ready[] = {
    {"c", "dateline.crossings"}, {"phrase", "dateline.phrase"}, {"data", "dateline.data"},
    {"sql", "dateline.sql"},     {"date", "dateline.date"},
};

static const dtl_str prefix = {"return ", 7};

// The expression was compiled behind "return ": places in it are counted without.
bool dtl_job_expression_failed(dtl_error *err)
{
    size_t size = strlen(err->source);
    if (dtl_str_starts((dtl_str){err->source, size}, prefix)) {
        memmove(err->source, err->source + prefix.size, size - prefix.size + 1);
        if (err->column > (int64_t)prefix.size)
            err->column -= (int64_t)prefix.size;
    }
    return false;
}

bool dtl_job_load_expression(dtl_job *job, dtl_str name, dtl_str expression, dtl_error *err)
{
    lua_State *L = dtl_state_lua(job->state);
    dtl_buf source = {0};
    dtl_buf_add_str(&source, prefix);
    dtl_buf_add_str(&source, expression);
    bool ok = dtl_state_load(job->state, name, dtl_buf_str(&source), err);
    dtl_buf_release(&source);
    for (size_t i = 0; ok && i < DTL_COUNT(ready); i++) {
        ok = dtl_state_require(job->state, ready[i].module, err);
        if (ok)
            dtl_job_set_global(L, ready[i].name);
    }
    return ok || dtl_job_expression_failed(err);
}

// dateline.evaluate.show(json, values...) -> text, whether there was an answer, and why not.
static bool show(dtl_job *job, bool json, int first, dtl_error *err)
{
    lua_State *L = dtl_state_lua(job->state);
    int count = lua_gettop(L) - first + 1;
    if (!dtl_state_require(job->state, "dateline.evaluate", err))
        return false;
    lua_getfield(L, -1, "show");
    lua_remove(L, -2);
    lua_insert(L, first);
    lua_pushboolean(L, json);
    lua_insert(L, first + 1);
    if (!dtl_state_call(job->state, count + 1, 3, err))
        return false;
    dtl_str text = dtl_check_str(L, -3);
    bool answered = lua_toboolean(L, -2);
    if ((answered || json) && !dtl_job_output(job, DTL_STR(""), text, DTL_STR(""), err))
        return false;
    if (answered)
        return true;
    return dtl_error_set(err, DTL_ENONE, "%.*s", DTL_ARG(dtl_check_str(L, -1)));
}

static bool work(dtl_job *job, dtl_error *err)
{
    const eval_work *request = job->request;
    lua_State *L = dtl_state_lua(job->state);
    int first = lua_gettop(L) + 1;
    if (!dtl_job_load_expression(job, DTL_STR("expression"), request->expression, err))
        return false;
    if (!dtl_state_call(job->state, 0, LUA_MULTRET, err))
        return dtl_job_expression_failed(err);
    return show(job, request->json, first, err);
}

bool dtl_run_eval(dtl_str expression, bool json, const dtl_run_options *options,
                  const dtl_run_events *events, dtl_error *err)
{
    eval_work request = {expression, json};
    dtl_job job = {.options = options, .events = events, .work = work, .request = &request};
    return dtl_job_run(&job, err);
}
