// core/script/errors/source_text.c - finds names in a line of Lua, and what they stand for in a frame.
#include "script/errors/source_text.h"

#include <lauxlib.h>

enum {
    INDEX_DEPTH_MAX = 8
};

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static size_t find_from(dtl_str line, dtl_str word, size_t from)
{
    size_t at = dtl_str_find(dtl_str_slice(line, from, line.size), word);
    return at == SIZE_MAX ? SIZE_MAX : at + from;
}

static bool is_whole(dtl_str line, size_t at, size_t size)
{
    return (at == 0 || !is_name_char(line.data[at - 1])) &&
           (at + size >= line.size || !is_name_char(line.data[at + size]));
}

size_t dtl_source_find_name(dtl_str line, dtl_str name)
{
    return dtl_source_find_name_from(line, name, 0);
}

size_t dtl_source_find_name_from(dtl_str line, dtl_str name, size_t from)
{
    if (name.size == 0)
        return SIZE_MAX;
    for (size_t at = from; (at = find_from(line, name, at)) != SIZE_MAX; at++) {
        if (is_whole(line, at, name.size))
            return at;
    }
    return SIZE_MAX;
}

static size_t skip_spaces(dtl_str line, size_t at)
{
    while (at < line.size && (line.data[at] == ' ' || line.data[at] == '\t'))
        at++;
    return at;
}

size_t dtl_source_find_member(dtl_str line, dtl_str name)
{
    size_t first = SIZE_MAX;
    if (name.size == 0)
        return SIZE_MAX;
    for (size_t at = 0; (at = find_from(line, name, at)) != SIZE_MAX; at++) {
        bool member = at > 0 && (line.data[at - 1] == '.' || line.data[at - 1] == ':');
        if (!member || !is_whole(line, at, name.size))
            continue;
        size_t next = skip_spaces(line, at + name.size);
        if (next < line.size && strchr("({\"'[", line.data[next]))
            return at;
        if (first == SIZE_MAX)
            first = at;
    }
    return first != SIZE_MAX ? first : dtl_source_find_name(line, name);
}

size_t dtl_source_find_token(dtl_str line, dtl_str token)
{
    size_t at = find_from(line, token, 0);
    if (at == SIZE_MAX || find_from(line, token, at + 1) != SIZE_MAX)
        return SIZE_MAX;
    return at;
}

size_t dtl_source_find_nearest(dtl_str text, dtl_str part, size_t near)
{
    size_t best = SIZE_MAX;
    size_t least = SIZE_MAX;
    for (size_t at = 0; part.size && (at = find_from(text, part, at)) != SIZE_MAX; at++) {
        size_t distance = at < near ? near - at : at - near;
        if (distance < least) {
            best = at;
            least = distance;
        }
    }
    return best;
}

dtl_str dtl_source_word_at(dtl_str line, size_t at)
{
    size_t start = at < line.size ? at : line.size;
    size_t end = start;
    while (start > 0 && is_name_char(line.data[start - 1]))
        start--;
    while (end < line.size && is_name_char(line.data[end]))
        end++;
    return dtl_str_slice(line, start, end);
}

dtl_str dtl_source_owner(dtl_str line, size_t at)
{
    if (at == SIZE_MAX || at < 2 || (line.data[at - 1] != '.' && line.data[at - 1] != ':'))
        return (dtl_str){NULL, 0};
    size_t end = at - 1;
    size_t start = end;
    while (start > 0 && (is_name_char(line.data[start - 1]) || line.data[start - 1] == '.'))
        start--;
    bool plain = start < end && line.data[start] != '.' && line.data[end - 1] != '.' &&
                 !(line.data[start] >= '0' && line.data[start] <= '9');
    return plain ? dtl_str_slice(line, start, end) : (dtl_str){NULL, 0};
}

dtl_str dtl_source_last_part(dtl_str chain)
{
    size_t start = chain.size;
    while (start > 0 && chain.data[start - 1] != '.')
        start--;
    return dtl_str_slice(chain, start, chain.size);
}

dtl_str dtl_source_field_behind(dtl_str line, size_t at, size_t size)
{
    if (at == SIZE_MAX || at + size >= line.size)
        return (dtl_str){NULL, 0};
    size_t start = at + size;
    if (line.data[start] != '.' && line.data[start] != ':')
        return (dtl_str){NULL, 0};
    size_t end = ++start;
    while (end < line.size && is_name_char(line.data[end]))
        end++;
    return dtl_str_slice(line, start, end);
}

bool dtl_source_is_assigned(dtl_str field, dtl_str line)
{
    if (field.size == 0)
        return false;
    size_t at = skip_spaces(line, (size_t)(field.data - line.data) + field.size);
    return at < line.size && line.data[at] == '=' &&
           !(at + 1 < line.size && line.data[at + 1] == '=');
}

bool dtl_source_is_name(dtl_str text)
{
    for (size_t i = 0; i < text.size; i++)
        if (!is_name_char(text.data[i]))
            return false;
    return text.size && !(text.data[0] >= '0' && text.data[0] <= '9');
}

// ---- in a frame ----

// The innermost local of that name is the last.
static bool push_local(lua_State *L, lua_Debug *frame, dtl_str name)
{
    const char *local;
    bool found = false;
    lua_pushnil(L);
    for (int i = 1; (local = lua_getlocal(L, frame, i)) != NULL; i++) {
        if (dtl_str_equal(dtl_str_from(local), name)) {
            lua_copy(L, -1, -2);
            found = true;
        }
        lua_pop(L, 1);
    }
    if (!found)
        lua_pop(L, 1);
    return found;
}

static bool push_upvalue(lua_State *L, lua_Debug *frame, dtl_str name)
{
    const char *upvalue;
    lua_getinfo(L, "f", frame);
    int function = lua_gettop(L);
    for (int i = 1; (upvalue = lua_getupvalue(L, function, i)) != NULL; i++) {
        if (dtl_str_equal(dtl_str_from(upvalue), name)) {
            lua_remove(L, function);
            return true;
        }
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    return false;
}

// Replaces the value on the top by its field [name], or by nil.
static void get_field(lua_State *L, dtl_str name)
{
    int at = lua_gettop(L);
    for (int depth = 0; depth < INDEX_DEPTH_MAX; depth++) {
        if (lua_istable(L, at)) {
            lua_pushlstring(L, name.data, name.size);
            if (lua_rawget(L, at) != LUA_TNIL) {
                lua_replace(L, at);
                return;
            }
            lua_pop(L, 1);
        }
        if (!lua_getmetatable(L, at))
            break;
        lua_pushliteral(L, "__index");
        lua_rawget(L, -2);
        lua_replace(L, at);
        lua_settop(L, at);
    }
    lua_pushnil(L);
    lua_replace(L, at);
}

bool dtl_push_variable(lua_State *L, int level, dtl_str chain)
{
    lua_Debug frame;
    size_t end = dtl_str_find(chain, DTL_STR("."));
    dtl_str name = dtl_str_slice(chain, 0, end);
    if (!lua_checkstack(L, 8) || !lua_getstack(L, level, &frame))
        return false;
    if (!push_local(L, &frame, name) && !push_upvalue(L, &frame, name)) {
        if (!push_upvalue(L, &frame, DTL_STR("_ENV")))
            return false;
        get_field(L, name);
    }
    while (end != SIZE_MAX && !lua_isnil(L, -1)) {
        chain = dtl_str_slice(chain, end + 1, chain.size);
        end = dtl_str_find(chain, DTL_STR("."));
        get_field(L, dtl_str_slice(chain, 0, end));
    }
    return true;
}
