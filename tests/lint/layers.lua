-- tests/lint/layers.lua - reads every #include under core/ and fails on an arrow that points the
-- wrong way. A layer may include what CMakeLists.txt says it uses, which must stand left of it.

local order = {
  "base", "store", "import", "series", "fact", "doc", "render", "script", "plugin", "serve", "app",
}
-- Narrower than "all that stands left".
local only = {
  import = { base = true, store = true },
  render = { base = true, fact = true, doc = true },
}
-- Each library's headers, and the one layer that may see them.
local third_party = {
  ["sha2.h"] = "base", ["sha256.h"] = "base",
  ["sqlite3.h"] = "store", ["libpq-fe.h"] = "store",
  ["csv.h"] = "import", ["cjson/cJSON.h"] = "import",
  ["lua.h"] = "script", ["lauxlib.h"] = "script", ["lualib.h"] = "script",
  ["dlfcn.h"] = "plugin", ["curl/curl.h"] = "plugin",
  ["archive.h"] = "plugin", ["archive_entry.h"] = "plugin",
  ["microhttpd.h"] = "serve",
  ["editline/readline.h"] = "app",
}
-- The C library and the kernel: for every layer.
local system = {}
for name in ([[
  assert ctype dirent errno fcntl fnmatch getopt glob inttypes limits locale math poll pthread pwd
  sched setjmp signal spawn stdalign stdarg stdatomic stdbool stddef stdint stdio stdlib stdnoreturn
  string strings termios time unistd wchar
]]):gmatch "%S+" do
  system[name .. ".h"] = true
end

local position = {}
for i, layer in ipairs(order) do
  position[layer] = i
end

local function read(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read "a"
  file:close()
  return text
end

-- { path = text } of all C files under core/.
local function read_tree()
  local files = {}
  local list = assert(io.popen "find core -name '*.[ch]'")
  for path in list:lines() do
    files[path] = read(path)
  end
  assert(list:close())
  return files
end

-- { layer = { used layer = true } } from the dtl_layer blocks.
local function read_uses(cmake)
  local uses = {}
  for body in cmake:gmatch "dtl_layer(%b())" do
    local layer = body:match "^%(%s*(%w+)"
    uses[layer] = {}
    for used in body:match("USES(.*)"):gmatch "dtl_(%w+)" do
      if position[used] then
        uses[layer][used] = true
      end
    end
  end
  return uses
end

local function why_not_layer(from, to, uses)
  if from == to then
    return nil
  elseif not position[to] then
    return "no layer is called " .. to
  elseif position[to] > position[from] or (only[from] and not only[from][to]) then
    return ("%s may not see %s"):format(from, to)
  elseif not uses[from] or not uses[from][to] then
    return ("%s does not name dtl_%s in its USES"):format(from, to)
  end
end

-- What is wrong with one #include, or nil. [from] is a layer, or "include" for public headers.
local function why_not(from, bracket, header, uses)
  local folder = header:match "^([^/]+)/"
  if folder == "dateline" then
    return nil
  elseif bracket == "<" then
    local owner = third_party[header]
    if owner and owner ~= from then
      return ("<%s> belongs to %s"):format(header, owner)
    elseif not owner and not system[header] and folder ~= "sys" and folder ~= "linux" then
      return ("<%s> belongs to no layer"):format(header)
    end
  elseif from == "include" then
    return "a public header may include only public headers and the C library"
  elseif not folder then
    return ('"%s" should name its layer'):format(header)
  else
    return why_not_layer(from, folder, uses)
  end
end

local function check_file(path, text, uses, problems)
  local from = path:match "^core/([^/]+)/"
  local number = 0
  for line in (text .. "\n"):gmatch "(.-)\n" do
    number = number + 1
    local bracket, header = line:match '^%s*#%s*include%s*([<"])([^>"]+)'
    local why = header and why_not(from, bracket, header, uses)
    if why then
      problems[#problems + 1] = ("%s:%d: %s"):format(path, number, why)
    end
  end
end

local function check(files, uses)
  local problems = {}
  for layer, used in pairs(uses) do
    for to in pairs(used) do
      local why = why_not_layer(layer, to, uses)
      if why then
        problems[#problems + 1] = "CMakeLists.txt: " .. why
      end
    end
  end
  for path, text in pairs(files) do
    check_file(path, text, uses, problems)
  end
  table.sort(problems)
  return problems
end

local uses = read_uses(read "CMakeLists.txt")
local files = read_tree()
local problems = check(files, uses)
for _, problem in ipairs(problems) do
  print(problem)
end

-- The test tests itself: each of these, planted in a copy of the tree, must be found.
local planted = {
  { "core/base/planted.c", '#include "store/store.h"', "base may not see store" },
  { "core/import/planted.c", '  #  include "fact/fact.h"', "import may not see fact" },
  { "core/render/planted.c", '#include "store/store.h"', "render may not see store" },
  { "core/doc/planted.h", "#include <lua.h>", "<lua.h> belongs to script" },
  { "core/fact/planted.c", "#include <zlib.h>", "<zlib.h> belongs to no layer" },
  { "core/script/planted.c", '#include "planted.h"', '"planted.h" should name its layer' },
  { "core/include/dateline/planted.h", '#include "base/str.h"', "a public header may include" },
}
for _, plant in ipairs(planted) do
  local copy = {}
  for path, text in pairs(files) do
    copy[path] = text
  end
  copy[plant[1]] = "// planted\n" .. plant[2] .. "\n"
  local expected = plant[1] .. ":2: " .. plant[3]
  local found = false
  for _, problem in ipairs(check(copy, uses)) do
    found = found or problem:sub(1, #expected) == expected
  end
  if not found then
    problems[#problems + 1] = expected
    print("not found when planted: " .. expected)
  end
end

os.exit(#problems == 0)
