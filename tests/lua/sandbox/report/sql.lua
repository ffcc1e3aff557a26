-- Rows 30 to 39: SQL. Each case is the body of a report's build(doc, p). The limit is 500 ms.

--# nothing that writes is prepared
--= ok
for _, statement in ipairs { "ATTACH 'x.db' AS y", "DETACH main", "VACUUM", "VACUUM INTO 'z.db'", "PRAGMA table_info(x)",
  "PRAGMA writable_schema = 1", "PRAGMA query_only = 0", "CREATE TABLE t(x)", "CREATE TEMP TABLE t(x)",
  "INSERT INTO source VALUES (1)", "UPDATE source SET id = 1", "DELETE FROM source", "REPLACE INTO source VALUES (1)",
  "DROP TABLE source", "DROP VIEW small_boats_daily", "ALTER TABLE source RENAME TO y", "REINDEX", "ANALYZE", "BEGIN",
  "BEGIN IMMEDIATE", "SAVEPOINT x", "RELEASE x", "COMMIT", "ROLLBACK", "EXPLAIN SELECT 1",
  "CREATE VIRTUAL TABLE v USING fts5(x)", "CREATE VIEW v AS SELECT 1",
  "WITH t AS (SELECT 1) INSERT INTO source SELECT * FROM t", "INSERT INTO source VALUES (1) RETURNING *",
  "CREATE TRIGGER t AFTER INSERT ON source BEGIN SELECT 1; END" } do
  local done, message = pcall(function() for _ in sql.rows(statement) do end end)
  assert(not done, statement)
  assert(tostring(message):find "read only", statement .. ": " .. tostring(message))
end

--# ATTACH says what it is
--= error scripts read only
for _ in sql.rows "ATTACH 'x.db' AS y" do end

--# functions that reach out, or make what is large
--= ok
for _, call in ipairs { "load_extension('x')", "fts3_tokenizer('simple')", "writefile('x', 'y')", "readfile('/etc/passwd')",
  "edit('x')", "randomblob(10)", "hex(zeroblob(4e8))", "printf('%.*c', 900000000, 'x')",
  "format('%.2000000000c', 'x')", "random()" } do
  assert(not pcall(function() for _ in sql.rows("SELECT " .. call) do end end), call)
end
for _, source in ipairs { "sqlite_dbpage", "dbstat", "pragma_table_info('source')", "fsdir('/')", "bytecode('x')" } do
  assert(not pcall(function() for _ in sql.rows("SELECT * FROM " .. source) do end end), source)
end

--# one statement at a time
--= ok
for _, statement in ipairs { "SELECT 1; SELECT 2", "SELECT 1; -- x\n DROP TABLE source", "", "  ", "-- x", ";",
  "SELECT 1\0; DROP TABLE source" } do
  assert(not pcall(function() for _ in sql.rows(statement) do end end), statement)
end

--# a recursion without end
--= limit time limit
for _ in sql.rows "WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t) SELECT count(*) FROM t" do end

--# a five-way join
--= limit time limit
for _ in sql.rows [[SELECT count(*) FROM small_boats_daily a, small_boats_daily b, small_boats_daily c,
  small_boats_daily d, small_boats_daily e]] do end

--# a sort of what is endless
--= any
for _ in sql.rows [[WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t)
  SELECT x FROM t ORDER BY -x]] do end

--# rows without end
--= limit
for _ in sql.rows "WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t) SELECT x FROM t" do end

--# the same, caught
--= limit
while true do
  pcall(function()
    for _ in sql.rows "WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t) SELECT count(*) FROM t" do end
  end)
end

--# a text that doubles
--= error longer than allowed
for _ in sql.rows [[WITH RECURSIVE t(x) AS (SELECT 'x' UNION ALL SELECT x || x FROM t)
  SELECT length(x) FROM t]] do end

--# everything in one text
--= any
for _ in sql.rows [[WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t)
  SELECT group_concat(x) FROM t]] do end

--# instr and replace on megabytes
--= any
for _ in sql.rows("SELECT instr(?, ?), replace(?, ?, 'y')", ("a"):rep(1e6), ("a"):rep(5e5) .. "b", ("a"):rep(1e6),
  ("a"):rep(5e5) .. "b") do end

--# LIKE with many wildcards
--= any
for _ in sql.rows("SELECT ? LIKE ?", ("a"):rep(1e5), ("%a"):rep(40) .. "b") do end

--# parentheses
--= error SQL
for _ in sql.rows("SELECT " .. ("("):rep(2000) .. "1" .. (")"):rep(2000)) do end

--# 2,000 columns
--= error SQL
for _ in sql.rows("SELECT " .. ("1,"):rep(2000) .. "1") do end

--# 600 SELECTs in one
--= error SQL
for _ in sql.rows("SELECT 1" .. (" UNION ALL SELECT 1"):rep(600)) do end

--# 200,000 characters
--= error SQL
for _ in sql.rows("SELECT 1 --" .. ("x"):rep(200000)) do end

--# a value is bound, not pasted
--= ok
for row in sql.rows("SELECT ? AS a, ? AS b", "x' OR 1=1 --", 2) do
  assert(row.a == "x' OR 1=1 --" and row.b == 2)
end

--# values and places must match
--= ok
assert(not pcall(sql.rows, "SELECT ?"))
assert(not pcall(sql.rows, "SELECT ?", 1, 2))
assert(not pcall(sql.rows, "SELECT ?", {}))
assert(not pcall(sql.rows, "SELECT ?", print))
assert(not pcall(sql.rows, "SELECT :a", { b = 1 }))
assert(not pcall(sql.rows))
assert(not pcall(sql.rows, {}))

--# values come as they are
--= ok
for row in sql.rows "SELECT NULL AS n, 9223372036854775807 AS i, x'00ff' AS b, 'a' AS a" do
  assert(row.n == nil and row.i == math.maxinteger and row.b == "\0\255" and row.a == "a")
  assert(not pcall(function() return row.nothing end))
end

--# iterators left half way, nested, and called when they are over
--= ok
for _ = 1, 2000 do
  for _ in sql.rows "SELECT 1 UNION SELECT 2" do break end
end
for outer in sql.rows "SELECT 1 AS x UNION SELECT 2" do
  for inner in sql.rows "SELECT 1 AS x UNION SELECT 2" do
    assert(outer.x and inner.x)
  end
end
local step, state, first = sql.rows "SELECT 1"
while step(state, first) do end
assert(not pcall(step, state, first) or step(state, first) == nil)
pcall(function()
  for _ in sql.rows "SELECT 1 UNION SELECT 2" do error "inside" end
end)

--# many iterators kept
--= any
local kept = {}
for i = 1, 100000 do
  kept[i] = table.pack(sql.rows "SELECT 1 UNION SELECT 2")
  kept[i][1](kept[i][2])
end

--# a step that fails is no end
--= error SQL
for _ in sql.rows "SELECT 1 AS x UNION ALL SELECT abs(-9223372036854775808)" do end

--# a column misspelt
--= error no such column
--~ 'people'
for _ in sql.rows "SELECT peple FROM small_boats_daily" do end

--# there is no clock
--= error SQL here has no clock: date was asked for 'now'
--~ bind it as a parameter
for _ in sql.rows "SELECT date('now')" do end

--# there is no time zone, and no clock by any other name
--= ok
for _, call in ipairs { "CURRENT_TIMESTAMP", "datetime('now', 'localtime')", "strftime('%s')", "julianday()",
  "unixepoch('now')", "time('2024-10-18', 'utc')", "date('n' || 'ow')" } do
  local done, message = pcall(function() for _ in sql.rows("SELECT " .. call) do end end)
  assert(not done and tostring(message):find "no clock", call)
end
assert(not pcall(sql.value, "SELECT date(?)", "now"))
assert(sql.value("SELECT date(?, '+1 day')", date "2024-10-18") == "2024-10-19")
