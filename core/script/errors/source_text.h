// core/script/errors/source_text.h - finds names in a line of Lua, and what they stand for in a frame.
#ifndef DTL_SCRIPT_SOURCE_TEXT_H
#define DTL_SCRIPT_SOURCE_TEXT_H

#include <lua.h>

#include "base/str.h"

// All give the offset of what they find first, or SIZE_MAX.

// [name] as a whole word.
size_t dtl_source_find_name(dtl_str line, dtl_str name);
size_t dtl_source_find_name_from(dtl_str line, dtl_str name, size_t from);
// [name] behind a '.' or ':', a call if there is one.
size_t dtl_source_find_member(dtl_str line, dtl_str name);
// [token], if it is there only once: which of several is meant cannot be told.
size_t dtl_source_find_token(dtl_str line, dtl_str token);

// [part], as near to the offset [near] as it stands anywhere.
size_t dtl_source_find_nearest(dtl_str text, dtl_str part, size_t near);
// The name or number around [at], or "".
dtl_str dtl_source_word_at(dtl_str line, size_t at);

// The names before the '.' or ':' in front of [at]: "c.people" of "c.people:on(d)". Empty when what
// stands there is no plain chain of names.
dtl_str dtl_source_owner(dtl_str line, size_t at);
dtl_str dtl_source_last_part(dtl_str chain);
// "y" of "x.y" or "x:y()", where x of [size] bytes is at [at]; else empty.
dtl_str dtl_source_field_behind(dtl_str line, size_t at, size_t size);
// Whether [field], a part of [line], is followed by a single '='.
bool dtl_source_is_assigned(dtl_str field, dtl_str line);
bool dtl_source_is_name(dtl_str text);  // as Lua spells a variable
// Pushes what [chain] stands for in the frame at [level], by raw access and __index tables alone.
bool dtl_push_variable(lua_State *L, int level, dtl_str chain);

#endif
