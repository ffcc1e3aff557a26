// core/script/run/run_report.c - a report script into bulletins.
//
// What a report is, its parameters and its document are Lua's business (scripts/dateline/report.lua);
// here the tree it built gets its sources, is looked over, rendered and sent.
#include "script/run/report.h"

#include "doc/lint.h"
#include "script/errors/explain.h"

typedef struct report_work {
    const dtl_report_options *report;
    bool describe;
    bool json;
} report_work;

bool dtl_report_load(dtl_job *job, const dtl_script *script, dtl_error *err)
{
    lua_State *L = dtl_state_lua(job->state);
    if (!dtl_state_load(job->state, script->file, script->source, err))
        return false;
    lua_pushcfunction(L, dtl_refuse);
    dtl_job_set_global(L, "refuse");
    return dtl_state_call(job->state, 0, 1, err);
}

// Pushes dateline.report's function [name].
static bool push_library(dtl_job *job, const char *name, dtl_error *err)
{
    lua_State *L = dtl_state_lua(job->state);
    if (!dtl_state_require(job->state, "dateline.report", err))
        return false;
    lua_getfield(L, -1, name);
    lua_remove(L, -2);
    return true;
}

static void push_arguments(lua_State *L, const dtl_report_options *report, dtl_str each)
{
    lua_createtable(L, 0, (int)report->argument_count + 1);
    for (size_t i = 0; i < report->argument_count; i++) {
        dtl_push_str(L, report->arguments[i].name);
        dtl_push_str(L, report->arguments[i].value);
        lua_rawset(L, -3);
    }
    if (report->each.size) {
        dtl_push_str(L, report->each);
        dtl_push_str(L, each);
        lua_rawset(L, -3);
    }
}

static bool add_sources(dtl_job *job, dtl_doc *doc, dtl_error *err)
{
    const dtl_ledger_entry *entries;
    size_t count = dtl_doc_ledger(doc, &entries);
    for (size_t i = 0; i < count; i++) {
        const dtl_fact *fact = entries[i].fact;
        for (size_t r = 0; r < fact->release_count; r++) {
            const dtl_doc_source *source;
            if (!dtl_session_source(job->session, fact->releases[r], &source, err))
                return false;
            dtl_doc_add_source(doc, source);
        }
    }
    return true;
}

// Each line of [text] is a finding: a warning; with [strict] the last is an error behind them.
static bool report_findings(dtl_job *job, dtl_str text, bool strict, dtl_error *err)
{
    size_t from = 0;
    while (from < text.size) {
        dtl_str rest = dtl_str_slice(text, from, text.size);
        size_t size = dtl_str_find(rest, DTL_STR("\n"));
        dtl_str line = dtl_str_slice(rest, 0, size);
        from += line.size + 1;
        dtl_error finding = {0};
        dtl_error_set(&finding, DTL_ESCRIPT, "%.*s", DTL_ARG(line));
        dtl_error_at(&finding, job->script->file, 0, 0);
        if (strict && from >= text.size) {
            *err = finding;
            dtl_error_hint(err, "without --strict this is a warning");
            return false;
        }
        if (!dtl_job_warn(job, &finding, err))
            return false;
    }
    return true;
}

static bool tell_about(dtl_job *job, const dtl_doc *doc, dtl_error *err)
{
    const dtl_doc_meta *meta = dtl_doc_get_meta(doc);
    const dtl_about about = {meta->title, meta->summary, meta->style, meta->date};
    return dtl_job_about(job, &about, err);
}

static bool render(dtl_job *job, const dtl_report_options *report, const dtl_doc *doc, dtl_str key,
                   dtl_error *err)
{
    dtl_buf bytes = {0};
    dtl_buf ledger = {0};
    bool ok = dtl_report_render(job, report, doc, &bytes, err) &&
              (!report->ledger || dtl_render_ledger(doc, &ledger, err)) &&
              (!report->about || tell_about(job, doc, err)) &&
              dtl_job_output(job, key, dtl_buf_str(&bytes), dtl_buf_str(&ledger), err);
    dtl_buf_release(&ledger);
    dtl_buf_release(&bytes);
    return ok;
}

// Calls report.build(report, arguments, builder, name) with the report at [report_at]; leaves what
// it gives.
static bool call_build(dtl_job *job, const dtl_script *script, const dtl_report_options *options,
                       int report_at, dtl_str key, dtl_doc *doc, dtl_buf *warnings, dtl_error *err)
{
    lua_State *L = dtl_state_lua(job->state);
    dtl_push_builder(L, doc, warnings);
    int builder_at = lua_gettop(L);
    bool ok = push_library(job, "build", err);
    if (ok) {
        lua_pushvalue(L, report_at);
        push_arguments(L, options, key);
        lua_pushvalue(L, builder_at);
        dtl_push_str(L, script->name);
        ok = dtl_state_call(job->state, 4, 1, err);
    }
    dtl_builder_close(L, builder_at);
    lua_remove(L, builder_at);
    return ok;
}

bool dtl_report_build(dtl_job *job, const dtl_script *script, const dtl_report_options *options,
                      int report_at, dtl_str key, dtl_doc *doc, dtl_buf *warnings, dtl_error *err)
{
    if (!call_build(job, script, options, report_at, key, doc, warnings, err)) {
        dtl_explain_declaration(err, script->file, script->source);
        return false;
    }
    if (!add_sources(job, doc, err)) {
        lua_pop(dtl_state_lua(job->state), 1);
        return false;
    }
    dtl_doc_lint(doc, warnings);
    return true;
}

static bool build_one(dtl_job *job, const dtl_report_options *report, int report_at, dtl_str key,
                      dtl_error *err)
{
    dtl_buf warnings = {0};
    dtl_doc *doc = dtl_doc_new();
    bool ok = dtl_report_build(job, job->script, report, report_at, key, doc, &warnings, err) &&
              dtl_report_check(job, report, doc, &warnings, err) &&
              report_findings(job, dtl_buf_str(&warnings), report->strict, err) &&
              render(job, report, doc, key, err);
    lua_settop(dtl_state_lua(job->state), report_at);
    dtl_doc_free(doc);
    dtl_buf_release(&warnings);
    return ok;
}

static bool build_each(dtl_job *job, const dtl_report_options *report, int report_at,
                       dtl_error *err)
{
    dtl_buf key = {0};
    bool ok = true;
    dtl_guard *guard = dtl_state_guard(job->state);
    for (dtl_date date = report->each_from; ok && date <= report->each_to; date++) {
        dtl_buf_clear(&key);
        dtl_date_add(&key, date);
        dtl_guard_arm(guard, dtl_state_lua(job->state));  // each bulletin has the whole limit
        ok = build_one(job, report, report_at, dtl_buf_str(&key), err) &&
             dtl_channel_step(job->channel, err);
    }
    dtl_buf_release(&key);
    return ok;
}

static bool describe(dtl_job *job, int report_at, bool json, dtl_error *err)
{
    lua_State *L = dtl_state_lua(job->state);
    if (!push_library(job, "describe", err))
        return false;
    lua_pushvalue(L, report_at);
    dtl_push_str(L, job->script->name);
    lua_pushboolean(L, json);
    if (!dtl_state_call(job->state, 3, 1, err)) {
        dtl_explain_declaration(err, job->script->file, job->script->source);
        return false;
    }
    return dtl_job_output(job, DTL_STR(""), dtl_check_str(L, -1), DTL_STR(""), err);
}

// A style that there is none of is refused before the script runs: its lines are not at fault.
static bool check_style(dtl_job *job, dtl_error *err)
{
    lua_State *L = dtl_state_lua(job->state);
    if (!dtl_state_require(job->state, "dateline.style", err))
        return false;
    lua_getfield(L, -1, "current");
    bool ok = dtl_state_call(job->state, 0, 0, err);
    lua_pop(L, 1);
    return ok;
}

static bool work(dtl_job *job, dtl_error *err)
{
    const report_work *request = job->request;
    if (!check_style(job, err) || !dtl_report_load(job, job->script, err))
        return false;
    int report_at = lua_gettop(dtl_state_lua(job->state));
    if (request->describe)
        return describe(job, report_at, request->json, err);
    if (request->report->each.size)
        return build_each(job, request->report, report_at, err);
    return build_one(job, request->report, report_at, DTL_STR(""), err);
}

// One a day; one report by itself is a single piece of work, too.
static size_t steps_of(const dtl_report_options *report)
{
    int64_t days = (int64_t)report->each_to - report->each_from + 1;
    return report->each.size && days > 1 ? (size_t)days : 1;
}

bool dtl_run_report(const dtl_script *script, const dtl_report_options *report,
                    const dtl_run_options *options, const dtl_run_events *events, dtl_error *err)
{
    report_work request = {.report = report};
    dtl_job job = {.options = options,
                   .events = events,
                   .script = script,
                   .report = report,
                   .work = work,
                   .request = &request,
                   .steps_max = steps_of(report)};
    return dtl_job_run(&job, err);
}

bool dtl_run_describe(const dtl_script *script, bool json, const dtl_run_options *options,
                      const dtl_run_events *events, dtl_error *err)
{
    report_work request = {.describe = true, .json = json};
    dtl_job job = {
        .options = options, .events = events, .script = script, .work = work, .request = &request};
    return dtl_job_run(&job, err);
}
