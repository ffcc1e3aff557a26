// core/script/sandbox/state.c - one closed Lua state: the shipped library inside, scripts in an allow-list.
//
// Everything that may allocate in Lua runs inside a protected call, also at the start: a memory limit
// of a few kilobytes is an error, never a panic.
#include "script/sandbox/state.h"

#include <stdlib.h>

#include <lauxlib.h>

#include "script/sandbox/internal.h"
#include "script/bindings/reasons.h"

struct dtl_state {
    dtl_state_options options;
    char *module_root;
    char *shared_root;
    dtl_guard *guard;
    lua_State *L;
    void *context;
    dtl_sources sources;
    dtl_buf scratch;
    dtl_reasons reasons;  // of the nils handed out
    dtl_error failure;    // what the message handler saw
};

// ---- parts ----

lua_State *dtl_state_lua(dtl_state *state)
{
    return state->L;
}

dtl_guard *dtl_state_guard(dtl_state *state)
{
    return state->guard;
}

dtl_state *dtl_state_of(lua_State *L)
{
    return dtl_guard_owner(dtl_guard_of(L));
}

const dtl_state_options *dtl_state_get_options(const dtl_state *state)
{
    return &state->options;
}

dtl_sources *dtl_state_sources(dtl_state *state)
{
    return &state->sources;
}

dtl_buf *dtl_state_scratch(dtl_state *state)
{
    return &state->scratch;
}

dtl_error *dtl_state_failure(dtl_state *state)
{
    return &state->failure;
}

void dtl_state_set_context(dtl_state *state, void *context)
{
    state->context = context;
}

void *dtl_state_get_context(lua_State *L)
{
    return dtl_state_of(L)->context;
}

// ---- calls ----

// A broken limit names the script as Lua does; here it gets its path and the line's text.
static void name_place(dtl_state *state, dtl_error *err)
{
    const dtl_source *source = dtl_sources_find(&state->sources, dtl_str_from(err->file));
    if (!source)
        return;
    dtl_error_at(err, source->name, err->line, 0);
    dtl_error_source(err, dtl_source_line(source, err->line));
}

// What a protected call that ended with [status] is to be reported as. Pops the error value.
static bool fail(dtl_state *state, int status, dtl_error *err)
{
    lua_State *L = state->L;
    if (dtl_guard_caught(L, status)) {
        dtl_error limit;
        dtl_guard_broken(state->guard, &limit);
        name_place(state, &limit);
        if (err->code == DTL_OK)
            *err = limit;
    } else if (err->code == DTL_OK) {
        *err = state->failure;
        if (status == LUA_ERRMEM)  // raised by the script itself: no handler is called for that
            dtl_failure_read(L, -1, err);
        if (err->code == DTL_OK)
            dtl_error_set(err, DTL_ESCRIPT, "the script failed while its failure was handled");
    }
    lua_pop(L, 1);
    return false;
}

bool dtl_state_call(dtl_state *state, int arguments, int results, dtl_error *err)
{
    lua_State *L = state->L;
    int base = lua_gettop(L) - arguments;
    bool was_armed = dtl_guard_is_armed(state->guard);
    if (!lua_checkstack(L, 4)) {
        lua_settop(L, base - 1);
        return dtl_error_set(err, DTL_ELIMIT, "the script keeps too many values at once");
    }
    if (!was_armed)
        dtl_guard_arm(state->guard, L);
    state->failure = (dtl_error){0};
    lua_pushcfunction(L, dtl_failure_handle);
    lua_insert(L, base);
    int status = lua_pcall(L, arguments, results, base);
    lua_remove(L, base);
    bool ok = status == LUA_OK && !dtl_guard_stop(state->guard);
    if (status == LUA_OK && !ok) {  // broken in C, behind the last line
        lua_settop(L, base - 1);
        lua_pushnil(L);
    }
    if (!was_armed)
        dtl_guard_disarm(state->guard);
    return ok || fail(state, status, err);
}

// Calls [work] with one pointer, protected; its [results] stay on the stack.
static bool protect(dtl_state *state, lua_CFunction work, void *context, int results,
                    dtl_error *err)
{
    if (!lua_checkstack(state->L, 4))
        return dtl_error_set(err, DTL_ELIMIT, "the script keeps too many values at once");
    lua_pushcfunction(state->L, work);
    lua_pushlightuserdata(state->L, context);
    return dtl_state_call(state, 1, results, err);
}

// ---- compiling ----

// Skips a byte-order mark, and makes a first line that starts with '#' empty.
static dtl_str skip_preamble(dtl_str source)
{
    if (dtl_str_starts(source, DTL_STR("\xEF\xBB\xBF")))
        source = dtl_str_slice(source, 3, source.size);
    if (dtl_str_starts(source, DTL_STR("#")))
        source = dtl_str_slice(source, dtl_str_find(source, DTL_STR("\n")), source.size);
    return source;
}

static void check_source(lua_State *L, dtl_str name, dtl_str source)
{
    dtl_error err = {0};
    if (source.size > DTL_SCRIPT_MAX_BYTES)
        dtl_error_set(&err, DTL_ELIMIT, "the script is larger than %d MB",
                      DTL_SCRIPT_MAX_BYTES >> 20);
    else if (dtl_str_starts(source, DTL_STR(LUA_SIGNATURE)))
        dtl_error_set(&err, DTL_ESCRIPT, "this is precompiled Lua, which is not run");
    if (err.code == DTL_OK)
        return;
    dtl_error_expected(&err, "a script as text");
    dtl_error_at(&err, name, 0, 0);
    dtl_raise(L, &err);
}

// Hands the source to Lua line by line: where a failure names no line, it is the last one read.
typedef struct line_reader {
    dtl_str rest;
    int64_t line;
} line_reader;

static const char *read_line(lua_State *L, void *context, size_t *size)
{
    line_reader *reader = context;
    (void)L;
    const char *line = reader->rest.data;
    const char *end = reader->rest.size ? memchr(line, '\n', reader->rest.size) : NULL;
    *size = end ? (size_t)(end - line) + 1 : reader->rest.size;
    reader->rest = dtl_str_slice(reader->rest, *size, reader->rest.size);
    reader->line++;
    return *size ? line : NULL;
}

// What Lua says of a source that is nested too deeply names no place.
static void raise_uncompiled(lua_State *L, const dtl_source *source, int64_t line)
{
    dtl_error err = {0};
    dtl_failure_read(L, -1, &err);
    if (err.file[0] || !strstr(err.message, "overflow"))
        lua_error(L);
    dtl_error deep = {0};
    dtl_error_set(&deep, DTL_ESCRIPT, "this is nested too deeply (%s)", err.message);
    dtl_error_at(&deep, source->name, line, 0);
    dtl_error_source(&deep, dtl_source_line(source, line));
    dtl_raise(L, &deep);
}

void dtl_state_compile(lua_State *L, dtl_str name, dtl_str source)
{
    source = skip_preamble(source);
    check_source(L, name, source);
    const dtl_source *kept = dtl_sources_add(&dtl_state_of(L)->sources, name, source);
    line_reader reader = {kept->text, 0};
    int status = lua_load(L, read_line, &reader, kept->chunk_name, "t");
    if (status == LUA_ERRMEM)
        lua_error(L);
    if (status != LUA_OK)
        raise_uncompiled(L, kept, reader.line);
    lua_insert(L, -2);
    if (!lua_setupvalue(L, -2, 1))
        lua_pop(L, 1);
}

typedef struct load_job {
    dtl_str name;
    dtl_str source;
} load_job;

static int load_protected(lua_State *L)
{
    const load_job *job = lua_touserdata(L, 1);
    dtl_push_script_require(L, DTL_STR(""));
    dtl_environment_push(L);
    dtl_state_compile(L, job->name, job->source);
    return 1;
}

bool dtl_state_load(dtl_state *state, dtl_str name, dtl_str source, dtl_error *err)
{
    load_job job = {name, source};
    return protect(state, load_protected, &job, 1, err);
}

static int require_protected(lua_State *L)
{
    const char *name = lua_touserdata(L, 1);
    dtl_push_library_require(L);
    lua_pushstring(L, name);
    lua_call(L, 1, 1);
    return 1;
}

bool dtl_state_require(dtl_state *state, const char *name, dtl_error *err)
{
    return protect(state, require_protected, (void *)(uintptr_t)name, 1, err);
}

void dtl_note_place(lua_State *L)
{
    dtl_state *state = dtl_state_of(L);
    char file[LUA_IDSIZE];
    int64_t line;
    if (!state->options.at || !dtl_script_place(L, file, sizeof file, &line))
        return;
    const dtl_source *source = dtl_sources_find(&state->sources, dtl_str_from(file));
    state->options.at(state->options.at_context, source ? source->name : dtl_str_from(file), line);
}

// ---- nil with a reason ----

int dtl_push_none(lua_State *L, const dtl_error *err)
{
    dtl_reasons_note(L, &dtl_state_of(L)->reasons, dtl_str_from(err->message));
    lua_pushnil(L);
    lua_pushstring(L, err->message);
    return 2;
}

int dtl_push_failure(lua_State *L, const dtl_error *err)
{
    return err->code == DTL_ENONE ? dtl_push_none(L, err) : dtl_raise(L, err);
}

void dtl_add_reasons(lua_State *L, dtl_buf *out)
{
    dtl_reasons_add_of_line(L, &dtl_state_of(L)->reasons, out);
}

void dtl_add_variable_reasons(lua_State *L, dtl_str name, dtl_buf *out)
{
    dtl_reasons_add_of_variable(L, &dtl_state_of(L)->reasons, name, out);
}

void dtl_add_slot_reasons(lua_State *L, dtl_str slot, dtl_buf *out)
{
    dtl_reasons_add_of_slot(L, &dtl_state_of(L)->reasons, slot, out);
}

void dtl_forget_reasons(lua_State *L)
{
    dtl_reasons_clear(&dtl_state_of(L)->reasons);
}

// ---- making ----

static int open_protected(lua_State *L)
{
    dtl_failure_open(L);
    dtl_environment_open(L);
    return 0;
}

static char *copy_path(const char *path)
{
    size_t size = path ? strlen(path) + 1 : 0;
    return path ? memcpy(dtl_alloc(size), path, size) : NULL;
}

bool dtl_state_new(const dtl_state_options *options, dtl_state **out, dtl_error *err)
{
    dtl_state *state = dtl_alloc(sizeof *state);
    state->options = *options;
    state->options.module_root = state->module_root = copy_path(options->module_root);
    state->options.shared_root = state->shared_root = copy_path(options->shared_root);
    state->guard = dtl_guard_new(&options->limits);
    state->L = lua_newstate(dtl_guard_alloc, state->guard);
    bool ok = state->L != NULL;
    if (ok) {
        dtl_guard_bind(state->guard, state->L, state);
        ok = protect(state, open_protected, NULL, 0, err);
    } else {
        dtl_error_set(err, DTL_ELIMIT, "memory limit: too little to start Lua (--memory-limit)");
    }
    if (ok)
        *out = state;
    else
        dtl_state_free(state);
    return ok;
}

void dtl_state_free(dtl_state *state)
{
    if (!state)
        return;
    if (dtl_guard_is_armed(state->guard))
        dtl_guard_disarm(state->guard);
    if (state->L)
        lua_close(state->L);
    dtl_guard_free(state->guard);
    dtl_sources_release(&state->sources);
    dtl_buf_release(&state->scratch);
    dtl_reasons_release(&state->reasons);
    free(state->module_root);
    free(state->shared_root);
    free(state);
}
