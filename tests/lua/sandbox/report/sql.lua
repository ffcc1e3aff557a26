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
for row in sql.rows [[SELECT NULL AS n, 9223372036854775807 AS i, -9223372036854775808 AS j, 9007199254740993 AS k,
  0.1 AS r, 1e308 * 10 AS inf, x'00ff' AS b, 'a' AS a, cast(x'ff00c3' AS text) AS t, '' AS e]] do
  assert(row.n == nil and row.i == math.maxinteger and row.j == math.mininteger and row.b == "\0\255")
  assert(row.k == 9007199254740993 and math.type(row.k) == "integer" and math.type(row.r) == "float")
  assert(row.r == 0.1 and row.inf == math.huge and row.a == "a" and row.t == "\255\0\195" and row.e == "")
  assert(not pcall(function() return row.m end))
  doc:para { "Shown as {t} and {b}.", t = row.t, b = row.b }
end
assert(sql.value "SELECT NULL" == nil and sql.value "SELECT 1 WHERE 0" == nil and sql.one "SELECT 1 WHERE 0" == nil)
for _, value in ipairs { math.maxinteger, 9007199254740993, 0.1, "a\0b\255", "" } do
  local back = sql.value("SELECT ?", value)
  assert(back == value and math.type(back) == math.type(value))
end

--# columns without a name, and with the same one, are reached by their places
--= ok
for row in sql.rows "SELECT 1 AS x, 2 AS x, 3" do
  assert(row.x == 2 and row["3"] == 3)
end
for a, b, third in sql.each "SELECT 1 AS x, 2 AS x, 3" do
  assert(a == 1 and b == 2 and third == 3)
end
for row in sql.rows "SELECT 1 AS [__index], 2 AS [__metatable], 3 AS [__gc], 4 AS a" do
  assert(row.__index == 1 and row.__metatable == 2 and row.__gc == 3 and row.a == 4)
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
pcall(function()
  for _ in sql.rows "SELECT 1 UNION SELECT 2" do error "inside" end
end)

--# rows whose loop was left by a return
--= ok
local function first() for row in sql.rows "SELECT 1 AS x UNION SELECT 2" do return row.x end end
for _ = 1, 2000 do assert(first() == 1) end
local function nested()
  for outer in sql.rows "SELECT 1 AS x UNION SELECT 2" do
    for inner in sql.rows "SELECT 3 AS x UNION SELECT 4" do return outer.x + inner.x end
  end
end
for _ = 1, 500 do assert(nested() == 4) end

--# behind the last row there is no other, however often one asks
--= ok
local step = sql.rows "SELECT 1 AS x"
assert(step().x == 1)
for _ = 1, 5 do assert(step() == nil) end

--# rows whose loop was left are closed
--= error these rows are closed
local step, state, first, closing = sql.rows "SELECT 1 AS x UNION SELECT 2"
for _ in step, state, first, closing do break end
step()

--# rows are closed twice
--= ok
local step, _, _, rows = sql.rows "SELECT 1 AS x UNION SELECT 2"
do
  local one <close> = rows
  local two <close> = rows
  step()
end
assert(not pcall(step))
assert(not pcall(setmetatable, rows, {}) and getmetatable(rows) == nil)
assert(not pcall(function() rows:__gc() end) and not pcall(function() return rows.query end))

--# an iterator in the hands of another statement
--= ok
local one, two = sql.rows "SELECT 1 AS x UNION SELECT 2", sql.rows "SELECT 3 AS x UNION SELECT 4"
assert(one().x == 1 and two().x == 3 and one(two).x == 2 and two({}, 7).x == 4 and one() == nil and two() == nil)

--# after an error there is no end of the rows, but the error again
--= ok
local step = sql.rows [[SELECT 1 AS x UNION ALL SELECT abs(-9223372036854775808) UNION ALL SELECT 3]]
assert(step().x == 1)
local count = 0
for _ = 1, 5 do
  local done, row = pcall(step)
  assert(not done, tostring(row))
  count = count + 1
end
assert(count == 5)
assert(not pcall(sql.all, "SELECT 1 AS x UNION ALL SELECT abs(-9223372036854775808)"))
assert(not pcall(sql.one, "SELECT abs(-9223372036854775808)"))
assert(not pcall(sql.value, "SELECT abs(-9223372036854775808)"))

--# an interrupt in the middle of a loop is no end either
--= limit time limit
local count = 0
for _ in sql.rows [[SELECT 1 AS x UNION ALL SELECT * FROM
  (WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t) SELECT max(x) FROM t)]] do
  count = count + 1
end
error "the end was reached"

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
