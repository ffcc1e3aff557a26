// core/script/run/run_case.c - one case of a report's tests: the bulletin is built as `run` builds it and
// judged by scripts/dateline/cases.lua.
#include "script/run/cases.h"
#include "script/run/report.h"

enum {
    SPAN_DAYS_MAX = 10000,
    COMPLAINTS_MAX = 5  // of one case: further days say the same
};

typedef struct case_work {
    const dtl_script *report;
    const dtl_case_options *which;
    dtl_report_options build;
    dtl_job *job;
    dtl_str key;  // the day under way
    int complaints;
    bool lost;  // the host is gone
} case_work;

// Runs the test script and leaves what it returned on the stack.
static bool load_cases(dtl_job *job, dtl_error *err)
{
    return dtl_state_load(job->state, job->script->file, job->script->source, err) &&
           dtl_state_call(job->state, 0, 1, err);
}

// Pushes dateline.cases' function [name].
static bool push_library(dtl_job *job, const char *name, dtl_error *err)
{
    lua_State *L = dtl_state_lua(job->state);
    if (!dtl_state_require(job->state, "dateline.cases", err))
        return false;
    lua_getfield(L, -1, name);
    lua_remove(L, -2);
    return true;
}

static bool list_work(dtl_job *job, dtl_error *err)
{
    lua_State *L = dtl_state_lua(job->state);
    if (!load_cases(job, err) || !push_library(job, "list", err))
        return false;
    lua_insert(L, -2);
    return dtl_state_call(job->state, 1, 1, err) &&
           dtl_job_output(job, DTL_STR(""), dtl_check_str(L, -1), DTL_STR(""), err);
}

bool dtl_run_cases_list(const dtl_script *test, const dtl_run_options *options,
                        const dtl_run_events *events, dtl_error *err)
{
    dtl_job job = {.options = options, .events = events, .script = test, .work = list_work};
    return dtl_job_run(&job, err);
}

// ---- complaints ----

static void send_complaint(case_work *work, dtl_error *complaint)
{
    dtl_error lost = {0};
    if (work->complaints++ >= COMPLAINTS_MAX)
        return;
    if (work->key.size) {
        dtl_error dated = {0};
        dtl_error_set(&dated, complaint->code, "%.*s: %s", DTL_ARG(work->key), complaint->message);
        memcpy(complaint->message, dated.message, sizeof complaint->message);
    }
    if (!dtl_job_warn(work->job, complaint, &lost))
        work->lost = true;
}

// complain{message =, expected =, hint =}
static int complain(lua_State *L)
{
    dtl_error complaint = {0};
    luaL_checktype(L, 1, LUA_TTABLE);
    dtl_error_set(&complaint, DTL_ESCRIPT, "%.*s", DTL_ARG(dtl_field_str(L, 1, "message")));
    if (dtl_field_str(L, 1, "expected").size)
        dtl_error_expected(&complaint, "%.*s", DTL_ARG(dtl_field_str(L, 1, "expected")));
    if (dtl_field_str(L, 1, "hint").size)
        dtl_error_hint(&complaint, "%.*s", DTL_ARG(dtl_field_str(L, 1, "hint")));
    send_complaint(lua_touserdata(L, lua_upvalueindex(1)), &complaint);
    return 0;
}

// evaluate(expression, p) -> true and its values, or false, a message and a hint.
static int evaluate(lua_State *L)
{
    const case_work *work = lua_touserdata(L, lua_upvalueindex(1));
    dtl_error err = {0};
    lua_settop(L, 2);
    bool ok = dtl_job_load_expression(work->job, DTL_STR("values"), dtl_check_str(L, 1), &err);
    if (ok) {
        lua_pushvalue(L, 2);
        dtl_job_set_global(L, "p");
        ok = dtl_state_call(work->job->state, 0, LUA_MULTRET, &err);
    }
    dtl_guard_check(L);
    if (ok) {
        lua_pushboolean(L, 1);
        lua_insert(L, 3);
        return lua_gettop(L) - 2;
    }
    lua_pushboolean(L, 0);
    lua_pushstring(L, err.message);
    lua_pushstring(L, err.hint[0] ? err.hint : NULL);
    return 3;
}

// ---- one bulletin ----

static bool is_rule(dtl_str line)
{
    for (size_t i = 0; i < line.size; i++)
        if (!strchr("=- ", line.data[i]))
            return false;
    return true;
}

// One line for each block or item of [text], whatever it was wrapped to; without underlines.
static void add_joined(dtl_buf *out, dtl_str text)
{
    bool new_block = false;
    while (text.size) {
        size_t end = dtl_str_find(text, DTL_STR("\n"));
        dtl_str line = dtl_str_slice(text, 0, end);
        text = end == SIZE_MAX ? DTL_STR("") : dtl_str_slice(text, end + 1, text.size);
        if (is_rule(line)) {
            new_block = true;
            continue;
        }
        new_block = new_block || dtl_str_starts(dtl_str_trim(line), DTL_STR("- "));
        if (out->size)
            dtl_buf_add_char(out, new_block ? '\n' : ' ');
        new_block = false;
        line = dtl_str_trim(line);
        for (size_t i = 0; i < line.size; i++)
            if (line.data[i] != ' ' || (out->size && out->data[out->size - 1] != ' '))
                dtl_buf_add_char(out, line.data[i]);
    }
}

static bool has_format(const case_work *work)
{
    return work->which->renderer || work->which->added_renderer;
}

// The bulletin in the case's own format.
static bool push_rendered(const case_work *work, const dtl_doc *doc, dtl_error *err)
{
    dtl_buf bytes = {0};
    bool ok = dtl_report_render(work->job, &work->build, doc, &bytes, err);
    if (ok)
        dtl_push_str(dtl_state_lua(work->job->state), dtl_buf_str(&bytes));
    dtl_buf_release(&bytes);
    return ok;
}

// The bulletin as plain text: phrases are looked for in it.
static bool push_text(lua_State *L, const dtl_doc *doc, dtl_error *err)
{
    const dtl_render_options plain = {0};
    dtl_buf text = {0};
    dtl_buf joined = {0};
    bool ok = dtl_renderer_text.render(doc, &plain, &text, err);
    if (ok) {
        add_joined(&joined, dtl_buf_str(&text));
        dtl_push_str(L, dtl_buf_str(&joined));
    }
    dtl_buf_release(&joined);
    dtl_buf_release(&text);
    return ok;
}

static bool give_golden(const case_work *work, const dtl_doc *doc, dtl_error *err)
{
    const dtl_render_options page = {0};
    if (!work->which->golden && !work->which->golden_as_judged)
        return true;
    dtl_buf bytes = {0};
    bool ok =
        (work->which->golden ? work->which->golden->render(doc, &page, &bytes, err)
                             : dtl_report_render(work->job, &work->build, doc, &bytes, err)) &&
        dtl_job_output(work->job, work->key, dtl_buf_str(&bytes), DTL_STR(""), err);
    dtl_buf_release(&bytes);
    return ok;
}

static bool push_findings(const case_work *work, const dtl_doc *doc, dtl_error *err)
{
    dtl_buf findings = {0};
    bool ok = dtl_report_check(work->job, &work->build, doc, &findings, err);
    if (ok)
        dtl_push_str(dtl_state_lua(work->job->state), dtl_buf_str(&findings));
    dtl_buf_release(&findings);
    return ok;
}

// The bulletin as a publisher is told of it.
static void push_about(lua_State *L, const case_work *work, const dtl_doc *doc)
{
    const dtl_doc_meta *meta = dtl_doc_get_meta(doc);
    const struct {
        const char *name;
        dtl_str text;
    } texts[] = {{"title", meta->title},
                 {"report", meta->report},
                 {"style", meta->style},
                 {"summary", meta->summary},
                 {"key", work->key}};
    lua_newtable(L);
    for (size_t i = 0; i < DTL_COUNT(texts); i++) {
        dtl_push_str(L, texts[i].text);
        lua_setfield(L, -2, texts[i].name);
    }
    dtl_push_date(L, meta->date);
    lua_setfield(L, -2, "date");
}

// Fills the outcome table on the top for a bulletin that was built; [p_at] are its parameters.
static bool fill_outcome(const case_work *work, const dtl_doc *doc, dtl_str warnings, int p_at,
                         dtl_error *err)
{
    lua_State *L = dtl_state_lua(work->job->state);
    lua_Integer count = 0;
    for (size_t i = 0; i < warnings.size; i++)
        count += warnings.data[i] == '\n';
    lua_pushinteger(L, count);
    lua_setfield(L, -2, "warnings");
    dtl_push_str(L, dtl_str_slice(warnings, 0, dtl_str_find(warnings, DTL_STR("\n"))));
    lua_setfield(L, -2, "warned");
    lua_pushvalue(L, p_at);
    lua_setfield(L, -2, "p");
    push_about(L, work, doc);
    lua_setfield(L, -2, "about");
    if (!push_findings(work, doc, err))
        return false;
    lua_setfield(L, -2, "findings");
    if (has_format(work) ? !push_rendered(work, doc, err) : !push_text(L, doc, err))
        return false;
    lua_setfield(L, -2, "text");
    return true;
}

// judge(case, outcome, evaluate, complain), with the outcome on the top, which it takes away.
static bool judge(case_work *work, int case_at, dtl_error *err)
{
    lua_State *L = dtl_state_lua(work->job->state);
    if (!push_library(work->job, "judge", err))
        return false;
    lua_insert(L, -2);
    lua_pushvalue(L, case_at);
    lua_insert(L, -2);
    lua_pushlightuserdata(L, work);
    lua_pushcclosure(L, evaluate, 1);
    lua_pushlightuserdata(L, work);
    lua_pushcclosure(L, complain, 1);
    return dtl_state_call(work->job->state, 4, 0, err);
}

static bool is_refusal(dtl_code code)
{
    return code == DTL_ENONE || code == DTL_EUSAGE;
}

// Builds and judges. A report that fails is a complaint; only a broken limit ends the case.
static bool judge_bulletin(case_work *work, int case_at, int report_at, dtl_doc *doc,
                           dtl_buf *warnings, dtl_error *err)
{
    lua_State *L = dtl_state_lua(work->job->state);
    dtl_error failure = {0};
    bool built = dtl_report_build(work->job, work->report, &work->build, report_at, work->key, doc,
                                  warnings, &failure);
    if (!built && failure.code == DTL_ELIMIT) {
        *err = failure;
        return false;
    }
    if (!built && !is_refusal(failure.code)) {
        send_complaint(work, &failure);
        return true;
    }
    int p_at = lua_gettop(L);
    lua_newtable(L);
    if (!built) {
        lua_pushstring(L, failure.message);
        lua_setfield(L, -2, "refused");
    } else if (!fill_outcome(work, doc, dtl_buf_str(warnings), p_at, err)) {
        return false;
    }
    return judge(work, case_at, err) && (!built || give_golden(work, doc, err));
}

static bool run_one(case_work *work, int case_at, int report_at, dtl_error *err)
{
    lua_State *L = dtl_state_lua(work->job->state);
    int top = lua_gettop(L);
    dtl_buf warnings = {0};
    dtl_doc *doc = dtl_doc_new();
    bool ok = judge_bulletin(work, case_at, report_at, doc, &warnings, err);
    dtl_doc_free(doc);
    dtl_buf_release(&warnings);
    lua_settop(L, top);
    return ok && !work->lost;
}

static bool run_each(case_work *work, int case_at, int report_at, dtl_error *err)
{
    dtl_buf key = {0};
    dtl_guard *guard = dtl_state_guard(work->job->state);
    bool ok = true;
    for (dtl_date date = work->which->each_from;
         ok && date <= work->which->each_to && work->complaints < COMPLAINTS_MAX; date++) {
        dtl_buf_clear(&key);
        dtl_date_add(&key, date);
        work->key = dtl_buf_str(&key);
        dtl_guard_arm(guard, dtl_state_lua(work->job->state));  // each day has the whole limit
        ok = run_one(work, case_at, report_at, err) && dtl_channel_step(work->job->channel, err);
    }
    dtl_buf_release(&key);
    return ok;
}

static bool case_work_run(dtl_job *job, dtl_error *err)
{
    lua_State *L = dtl_state_lua(job->state);
    case_work *work = (case_work *)(uintptr_t)job->request;
    work->job = job;
    if (!load_cases(job, err) || !push_library(job, "at", err))
        return false;
    lua_insert(L, -2);
    lua_pushinteger(L, (lua_Integer)work->which->number);
    if (!dtl_state_call(job->state, 2, 1, err))
        return false;
    int case_at = lua_gettop(L);
    if (!dtl_report_load(job, work->report, err))
        return false;
    int report_at = lua_gettop(L);
    return work->which->each.size ? run_each(work, case_at, report_at, err)
                                  : run_one(work, case_at, report_at, err);
}

bool dtl_run_case(const dtl_script *test, const dtl_script *report, const dtl_case_options *which,
                  const dtl_run_options *options, const dtl_run_events *events, dtl_error *err)
{
    if (which->each.size && which->each_to - which->each_from >= SPAN_DAYS_MAX)
        return dtl_error_set(err, DTL_ESCRIPT, "a case may go over %d days at most", SPAN_DAYS_MAX);
    case_work work = {
        .report = report,
        .which = which,
        .build = {.arguments = which->arguments,
                  .argument_count = which->argument_count,
                  .renderer = which->renderer,
                  .added_renderer = which->added_renderer,
                  .checks = which->checks,
                  .check_count = which->check_count,
                  .each = which->each,
                  .each_from = which->each_from,
                  .each_to = which->each_to},
    };
    dtl_job job = {.options = options,
                   .events = events,
                   .script = test,
                   .report = has_format(&work) || which->check_count ? &work.build : NULL,
                   .remarks_are_logged = true,  // a warning fails the case
                   .work = case_work_run,
                   .request = &work};
    return dtl_job_run(&job, err);
}
