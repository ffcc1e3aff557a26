// core/script/errors/failure.c - what went wrong in Lua, as a dtl_error at a line of the script.
//
// The message handler runs where the error was raised, with the stack still there: it finds the
// script's frame, the source line and the names in reach. Nothing of the script is run here.
#include <stdio.h>

#include <lauxlib.h>

#include "base/utf8.h"
#include "script/sandbox/internal.h"
#include "script/errors/source_text.h"

#define FAILURE_TYPE "error"
#define MESSAGE_HINT "give error() a message: error(\"what is wrong\")"

enum {
    TEXT_SHOWN_MAX = 600  // of an error value that is a very long string
};

// ---- raised dtl_errors ----

static const dtl_error *to_failure(lua_State *L, int index)
{
    return luaL_testudata(L, index, FAILURE_TYPE);
}

static int failure_tostring(lua_State *L)
{
    const dtl_error *err = luaL_checkudata(L, 1, FAILURE_TYPE);
    lua_pushstring(L, err->message);
    return 1;
}

static int failure_concat(lua_State *L)
{
    dtl_push_text(L, 1);
    dtl_push_text(L, 2);
    lua_concat(L, 2);
    return 1;
}

static int failure_index(lua_State *L)
{
    const dtl_error *err = luaL_checkudata(L, 1, FAILURE_TYPE);
    const char *field = luaL_checkstring(L, 2);
    if (strcmp(field, "message") == 0)
        lua_pushstring(L, err->message);
    else if (strcmp(field, "expected") == 0)
        lua_pushstring(L, err->expected);
    else if (strcmp(field, "hint") == 0)
        lua_pushstring(L, err->hint);
    else if (strcmp(field, "file") == 0)
        lua_pushstring(L, err->file);
    else if (strcmp(field, "line") == 0)
        lua_pushinteger(L, err->line);
    else
        lua_pushnil(L);
    return 1;
}

void dtl_failure_open(lua_State *L)
{
    static const luaL_Reg methods[] = {
        {"__tostring", failure_tostring},
        {"__concat", failure_concat},
        {"__index", failure_index},
        {NULL, NULL},
    };
    luaL_newmetatable(L, FAILURE_TYPE);
    luaL_setfuncs(L, methods, 0);
    lua_pop(L, 1);
}

// ---- the place ----

// The level of the nearest script's frame, or -1. [*inside] is whether the library's Lua is nearer.
static int find_script_frame(lua_State *L, lua_Debug *frame, bool *inside)
{
    *inside = false;
    for (int level = 0; lua_getstack(L, level, frame); level++) {
        lua_getinfo(L, "Sl", frame);
        if (frame->currentline <= 0)
            continue;
        if (frame->source[0] == '=')
            return level;
        *inside = true;
    }
    return -1;
}

// The byte at which the column of [err] stands in its source line.
static size_t column_offset(const dtl_error *err)
{
    dtl_str source = dtl_str_from(err->source);
    size_t at = 0;
    bool valid;
    for (int64_t column = 1; column < err->column && at < source.size; column++)
        dtl_utf8_next(source, &at, &valid);
    return at;
}

// An error with a line but no file is about a text that the script gave (SQL): its place is sought in
// the script, where that line stands; else, for a text that was put together, where the word at fault
// stands, around the script's [line].
static void set_place_inside(dtl_error *err, const dtl_source *source, int64_t line)
{
    dtl_str text = dtl_str_from(err->source);
    size_t offset = column_offset(err);
    size_t near = dtl_source_line_offset(source, line);
    size_t at = dtl_source_find_nearest(source->text, text, near);
    if (at == SIZE_MAX) {
        dtl_str word = dtl_source_word_at(text, offset);
        at = word.size ? dtl_source_find_name_from(source->text, word, near) : SIZE_MAX;
        offset = 0;
    }
    if (at != SIZE_MAX)
        dtl_error_point(err, source->name, source->text, at + offset);
    else if (!err->hint[0])
        dtl_error_hint(err, "it stands in line %d of the text: %.*s", (int)err->line,
                       DTL_ARG(dtl_str_trim(text)));
}

static void set_place(lua_State *L, dtl_error *err, dtl_str short_name, int64_t line)
{
    const dtl_source *source = dtl_sources_find(dtl_state_sources(dtl_state_of(L)), short_name);
    if (source && err->line > 0 && err->source[0]) {
        set_place_inside(err, source, line);
        if (err->file[0])
            return;
    }
    dtl_error_at(err, source ? source->name : short_name, line, 0);
    err->column = 0;
    if (source)
        dtl_error_source(err, dtl_source_line(source, line));
}

// Takes "name:12: " off the start of [text]: false when it does not start so.
static bool split_place(dtl_str *text, dtl_str *name, int64_t *line)
{
    size_t end = dtl_str_find(*text, DTL_STR(": "));
    if (end == SIZE_MAX)
        return false;
    dtl_str place = dtl_str_slice(*text, 0, end);
    size_t colon = place.size;
    while (colon > 0 && place.data[colon - 1] != ':')
        colon--;
    if (colon < 2 || !dtl_str_to_int64(dtl_str_slice(place, colon, place.size), line))
        return false;
    *name = dtl_str_slice(place, 0, colon - 1);
    *text = dtl_str_slice(*text, end + 2, text->size);
    return true;
}

static bool is_shipped(dtl_str name)
{
    return dtl_str_starts(name, DTL_STR("dateline/")) && dtl_str_ends(name, DTL_STR(".lua"));
}

// A string raised: its place is taken off, and kept when it is a script's.
static void read_text(lua_State *L, dtl_str text, dtl_error *err)
{
    dtl_str name;
    dtl_str message = text;
    int64_t line;
    dtl_sources *sources = dtl_state_sources(dtl_state_of(L));
    while (split_place(&message, &name, &line)) {
        bool known = dtl_sources_find(sources, name) != NULL;
        if (!known && !is_shipped(name))
            break;
        if (known && !err->file[0])
            set_place(L, err, name, line);
        text = message;
    }
    if (dtl_str_trim(text).size == 0) {
        dtl_error_set(err, DTL_ESCRIPT, "the script raised an error that says nothing");
        dtl_error_hint(err, MESSAGE_HINT);
        return;
    }
    char shown[TEXT_SHOWN_MAX + 4];
    size_t size = 0;
    size_t at = 0;
    for (; at < text.size && size < TEXT_SHOWN_MAX; at++) {
        if (text.data[at])
            shown[size++] = text.data[at];
        else
            size += (size_t)snprintf(shown + size, 5, "\\x00");  // a NUL would hide what follows
    }
    dtl_error_set(err, DTL_ESCRIPT, "%.*s%s", (int)size, shown, at < text.size ? "..." : "");
}

// An error value that is a table: its 'message' field, raw.
static bool read_message_field(lua_State *L, int index, dtl_error *err)
{
    if (!lua_istable(L, index) || !lua_checkstack(L, 2))
        return false;
    lua_pushliteral(L, "message");
    bool found = lua_rawget(L, index) == LUA_TSTRING;
    if (found) {
        dtl_str text;
        text.data = lua_tolstring(L, -1, &text.size);
        read_text(L, text, err);
    }
    lua_pop(L, 1);
    return found;
}

void dtl_failure_read(lua_State *L, int index, dtl_error *err)
{
    index = lua_absindex(L, index);
    const dtl_error *failure = to_failure(L, index);
    if (failure) {
        *err = *failure;
    } else if (lua_isstring(L, index)) {
        dtl_str text;
        text.data = lua_tolstring(L, index, &text.size);
        read_text(L, text, err);
    } else if (!read_message_field(L, index, err)) {
        const char *article = lua_isnil(L, index) ? "" : "a ";
        dtl_error_set(err, DTL_ESCRIPT, "the script raised %s%s as an error", article,
                      luaL_typename(L, index));
        dtl_error_hint(err, MESSAGE_HINT);
    }
}

// A fault of the library's own Lua: told at the script's line.
static void mark_inside(dtl_error *err)
{
    if (!dtl_str_starts(dtl_str_from(err->message), DTL_STR("attempt to ")) &&
        !dtl_str_starts(dtl_str_from(err->message), DTL_STR("bad argument ")))
        return;
    dtl_error outer = {0};
    dtl_error_set(&outer, DTL_ESCRIPT, "the library cannot use what it was given: %s",
                  err->message);
    dtl_error_hint(err,
                   "look at the values on this line with print; --debug shows where it failed");
    memcpy(err->message, outer.message, sizeof err->message);
}

static void log_frames(lua_State *L)
{
    const dtl_state_options *options = dtl_state_get_options(dtl_state_of(L));
    if (!options->debug || !options->log)
        return;
    luaL_traceback(L, L, NULL, 1);
    dtl_str rest = dtl_str_from(lua_tostring(L, -1));
    while (rest.size) {
        size_t end = dtl_str_find(rest, DTL_STR("\n"));
        options->log(options->log_context, dtl_str_slice(rest, 0, end));
        rest = dtl_str_slice(rest, end == SIZE_MAX ? rest.size : end + 1, rest.size);
    }
    lua_pop(L, 1);
}

// Fills [err] from the error value at 1, where it was raised.
static void read_where_raised(lua_State *L, dtl_error *err)
{
    lua_Debug frame;
    bool inside;
    dtl_failure_read(L, 1, err);
    int level = find_script_frame(L, &frame, &inside);
    if (inside && !to_failure(L, 1))
        mark_inside(err);
    if (!err->file[0] && level >= 0)
        set_place(L, err, dtl_str_from(frame.short_src), frame.currentline);
    if (err->column == 0)
        dtl_explain(L, level, err);
}

int dtl_failure_handle(lua_State *L)
{
    dtl_error *err = dtl_state_failure(dtl_state_of(L));
    *err = (dtl_error){0};
    if (dtl_guard_broken(dtl_guard_of(L), NULL))
        return 1;
    log_frames(L);
    read_where_raised(L, err);
    return 1;
}

static void push_failure(lua_State *L, const dtl_error *err)
{
    dtl_error copy = *err;  // [err] may live in memory that the next line collects
    *(dtl_error *)lua_newuserdatauv(L, sizeof copy, 0) = copy;
    luaL_setmetatable(L, FAILURE_TYPE);
}

int dtl_failure_keep(lua_State *L)
{
    dtl_error err = {0};
    if (dtl_guard_broken(dtl_guard_of(L), NULL) || to_failure(L, 1))
        return 1;
    read_where_raised(L, &err);
    push_failure(L, &err);
    return 1;
}

int dtl_raise(lua_State *L, const dtl_error *err)
{
    push_failure(L, err);
    dtl_error *failure = lua_touserdata(L, -1);
    lua_Debug frame;
    bool inside;
    int level = failure->file[0] ? -1 : find_script_frame(L, &frame, &inside);
    if (level >= 0) {
        if (failure->code == DTL_EUSAGE)  // asked for by a line of the script
            failure->code = DTL_ESCRIPT;
        set_place(L, failure, dtl_str_from(frame.short_src), frame.currentline);
        if (failure->column == 0)
            dtl_explain(L, level, failure);
    }
    return lua_error(L);
}
