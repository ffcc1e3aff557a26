// core/script/explain.c - Lua's own messages in an analyst's words, with a caret and a hint.
#include "script/internal.h"

void dtl_explain(lua_State *L, int level, dtl_error *err)
{
    (void)L;
    (void)level;
    (void)err;
}
