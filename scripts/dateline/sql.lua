-- scripts/dateline/sql.lua - read-only SQL for scripts (core/script/bindings/lua_sql.c).
return require "native.sql"
