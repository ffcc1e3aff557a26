// core/script/run/run_repl.c - the interactive prompt: lines asked of the host, each run under limits of
// its own, with the names that earlier lines set.
#include "script/run/job.h"

#include <lauxlib.h>

#include "script/embed/embedded.h"

// Where the environment that all lines share is kept.
static const char environment_key;

// Unlike a report, a prompt may set names: the environment's own table takes them.
static void allow_assignment(lua_State *L, int environment)
{
    lua_getmetatable(L, environment);
    lua_pushnil(L);
    lua_setfield(L, -2, "__newindex");
    lua_pop(L, 1);
}

// The first function's environment, with the names at hand, becomes that of every input.
static void share_environment(lua_State *L)
{
    int function = lua_gettop(L);
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &environment_key) == LUA_TNIL) {
        lua_pop(L, 1);
        if (!lua_getupvalue(L, function, 1))
            return;
        allow_assignment(L, lua_gettop(L));
        lua_pushvalue(L, -1);
        lua_rawsetp(L, LUA_REGISTRYINDEX, &environment_key);
    }
    lua_setupvalue(L, function, 1);
}

// Compiles [text] and drops it; false when it does not, [*at_end] telling whether its end is why.
static bool compiles(lua_State *L, dtl_str text, bool *at_end)
{
    int status = luaL_loadbufferx(L, text.data, text.size, "=input", "t");
    *at_end = status == LUA_ERRSYNTAX && dtl_str_ends(dtl_check_str(L, -1), DTL_STR("<eof>"));
    lua_pop(L, 1);
    return status == LUA_OK;
}

// Whether Lua would like to read on behind [text]: "c.people" is whole as an expression, though not
// as a statement.
static bool is_unfinished(lua_State *L, dtl_str text)
{
    dtl_buf expression = {0};
    bool at_end = false;
    DTL_BUF_LITERAL(&expression, "return ");
    dtl_buf_add_str(&expression, text);
    bool whole = compiles(L, dtl_buf_str(&expression), &at_end) || compiles(L, text, &at_end);
    dtl_buf_release(&expression);
    return !whole && at_end;
}

// As an expression if it is one, else as statements.
static bool load_input(dtl_job *job, dtl_str text, dtl_error *err)
{
    dtl_error not_an_expression = {0};
    if (dtl_job_load_expression(job, DTL_STR("input"), text, &not_an_expression))
        return true;
    return dtl_state_load(job->state, DTL_STR("input"), text, err);
}

// Gives what the library's function [name] makes of the [count] values on the top.
static bool tell(dtl_job *job, const char *module, const char *name, int count, dtl_error *err)
{
    lua_State *L = dtl_state_lua(job->state);
    int first = lua_gettop(L) - count + 1;
    if (!dtl_state_require(job->state, module, err))
        return false;
    lua_getfield(L, -1, name);
    lua_remove(L, -2);
    lua_insert(L, first);
    return dtl_state_call(job->state, count, 1, err) &&
           dtl_job_output(job, DTL_STR(""), dtl_check_str(L, -1), DTL_STR(""), err);
}

// The values' text, or the reason for a nil.
static bool show_results(dtl_job *job, int first, dtl_error *err)
{
    int count = lua_gettop(dtl_state_lua(job->state)) - first + 1;
    return count == 0 || tell(job, "dateline.evaluate", "answer", count, err);
}

// Pushes a list of the texts that describe the API to editors.
static void push_definitions(lua_State *L)
{
    lua_Integer count = 0;
    lua_newtable(L);
    for (size_t i = 0; i < dtl_embedded_count; i++) {
        const dtl_embedded *file = &dtl_embedded_files[i];
        if (!dtl_str_starts(dtl_str_from(file->name), DTL_STR("types/")))
            continue;
        lua_pushlstring(L, (const char *)file->source, file->source_size);
        lua_rawseti(L, -2, ++count);
    }
}

// ".why" and "?name", which are no Lua; true when [text] was one, [*ok] telling how it went.
static bool run_question(dtl_job *job, dtl_str text, bool *ok, dtl_error *err)
{
    lua_State *L = dtl_state_lua(job->state);
    text = dtl_str_trim(text);
    if (dtl_str_equal(text, DTL_STR(".why"))) {
        *ok = tell(job, "dateline.evaluate", "why", 0, err);
        return true;
    }
    if (!dtl_str_starts(text, DTL_STR("?")))
        return false;
    dtl_push_str(L, dtl_str_slice(text, 1, text.size));
    push_definitions(L);
    *ok = tell(job, "dateline.help", "of", 2, err);
    return true;
}

static bool run_input(dtl_job *job, dtl_str text, dtl_error *err)
{
    lua_State *L = dtl_state_lua(job->state);
    int first = lua_gettop(L) + 1;
    bool ok;
    if (run_question(job, text, &ok, err))
        return ok;
    if (!load_input(job, text, err))
        return false;
    share_environment(L);
    if (!dtl_state_call(job->state, 0, LUA_MULTRET, err))
        return dtl_job_expression_failed(err);
    return show_results(job, first, err);
}

// Reads one input, asking for more lines while it is unfinished. False: there are no more.
static bool read_input(dtl_job *job, dtl_buf *text, dtl_error *err)
{
    dtl_buf_clear(text);
    do {
        if (text->size)
            dtl_buf_add_char(text, '\n');
        dtl_str prompt = text->size ? DTL_STR("more") : DTL_STR("");
        if (!dtl_job_ask(job, prompt, text, err))
            return false;
    } while (is_unfinished(dtl_state_lua(job->state), dtl_buf_str(text)));
    return true;
}

// The words a prompt can complete, one a line.
static bool give_words(dtl_job *job, dtl_error *err)
{
    lua_State *L = dtl_state_lua(job->state);
    if (!dtl_state_require(job->state, "dateline.evaluate", err))
        return false;
    lua_getfield(L, -1, "words");
    lua_remove(L, -2);
    bool ok = dtl_state_call(job->state, 0, 1, err) && dtl_job_give(job, dtl_check_str(L, -1), err);
    lua_settop(L, 0);
    return ok;
}

static bool open_environment(dtl_job *job, dtl_error *err)
{
    lua_State *L = dtl_state_lua(job->state);
    if (!dtl_job_load_expression(job, DTL_STR("input"), DTL_STR("nil"), err))
        return false;
    share_environment(L);
    lua_settop(L, 0);
    return true;
}

static bool one_input(dtl_job *job, dtl_buf *text, bool *more, dtl_error *err)
{
    dtl_guard *guard = dtl_state_guard(job->state);
    dtl_error ended = {0};
    dtl_guard_disarm(guard);  // nobody is at work while a person thinks
    *more = read_input(job, text, &ended);
    if (!*more)
        return true;
    dtl_guard_arm(guard, dtl_state_lua(job->state));
    dtl_error failure = {0};
    bool ok = run_input(job, dtl_buf_str(text), &failure);
    lua_settop(dtl_state_lua(job->state), 0);
    if (!ok && failure.code == DTL_ELIMIT) {  // the state is of no more use
        *err = failure;
        return false;
    }
    return (ok || dtl_job_warn(job, &failure, err)) && dtl_channel_step(job->channel, err);
}

static bool work(dtl_job *job, dtl_error *err)
{
    dtl_buf text = {0};
    bool more = true;
    bool ok = open_environment(job, err) && give_words(job, err);
    while (ok && more)
        ok = one_input(job, &text, &more, err);
    dtl_buf_release(&text);
    return ok;
}

static bool take_words(void *context, dtl_str payload, dtl_error *err)
{
    dtl_repl *repl = context;
    (void)err;
    if (repl->words)
        repl->words(repl->context, payload);
    return true;
}

static bool answer_line(void *context, dtl_str prompt, dtl_buf *answer, dtl_error *err)
{
    dtl_repl *repl = context;
    if (!repl->read_line(repl->context, prompt.size > 0, answer))
        return dtl_error_set(err, DTL_ENONE, "there is no more input");
    return true;
}

bool dtl_run_repl(dtl_repl *repl, const dtl_run_options *options, const dtl_run_events *events,
                  dtl_error *err)
{
    dtl_job job = {.options = options,
                   .events = events,
                   .work = work,
                   .take = take_words,
                   .take_context = repl,
                   .ask = answer_line,
                   .ask_context = repl};
    return dtl_job_run(&job, err);
}
