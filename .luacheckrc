std = "lua54"
max_line_length = 100
self = false
files["scripts/types"].ignore = { "1..", "2..", "631" }  -- stubs for editors: nothing in them runs
files["reports"].read_globals = { "refuse" }  -- the host gives it to report scripts
files["scripts/plugins"].read_globals = { "refuse" }
files["scripts/templates"].read_globals = { "refuse" }
exclude_files = { "tests/lua/sandbox" }  -- attacks: written to be wrong
