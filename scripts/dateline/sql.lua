-- scripts/dateline/sql.lua - read-only SQL for scripts (core/script/lua_sql.c).
return require "native.sql"
