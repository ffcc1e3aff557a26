-- scripts/dateline/help.lua - what a prompt says of a name ("?year_to_date") and of its last
-- answer (".why").
--
-- The descriptions are the editors' (scripts/types), which a test compares with the program.
local facts = require "native.fact"
local suggest = require "dateline.suggest"

local M = {}

-- What the classes of the definitions are called at a prompt.
local owners = {
  Crossings = "c.", WeeklyCrossings = "c.weekly.", Measure = "measure:", Fact = "fact:",
  Date = "date:", Document = "doc:", Source = "source.", Phrase = "phrase value: ",
}

local function short(kind)
  return (kind:gsub("dateline%.", ""))
end

local function owner_of(class, sign)
  return owners[class] or class .. sign
end

-- A type, which may hold spaces in braces, and what is said of it.
local function split_type(text)
  local kind, said = text:match "^([^%s{]*%b{}%S*)%s*(.*)$"
  if not kind then
    kind, said = text:match "^(%S+)%s*(.*)$"
  end
  return kind, said
end

-- "---@param date dateline.AnyDate the day" and the like, of the lines before a function.
local function add_tag(entry, tag, rest)
  if tag == "param" then
    local name, described = rest:match "^(%S+)%s+(.*)$"
    if name then
      local kind, said = split_type(described)
      entry[#entry + 1] = ("%s: %s%s"):format(name, short(kind), said ~= "" and ", " .. said or "")
    end
  elseif tag == "return" then
    entry.gives[#entry.gives + 1] = short(rest)
  end
end

local function add(entries, name, entry)
  entries[name] = entries[name] or {}
  table.insert(entries[name], entry)
end

local function new_entry()
  return { gives = {} }
end

-- Reads one file of definitions: each function and field by its name.
local function read(text, entries)
  local entry, class = new_entry(), nil
  for line in text:gmatch "[^\n]*" do
    local tag, rest = line:match "^%-%-%-@(%a+)%s*(.*)$"
    local owner, sign, name, arguments = line:match "^function ([%w_.]+)([.:])([%w_]+)%((.-)%)"
    if tag == "class" then
      class, entry = rest:match "^dateline%.([%w_]+)", new_entry()
    elseif tag == "field" and class then
      local field, described = rest:match "^([%w_]+)%??%s+(.*)$"
      if field then
        local kind, said = split_type(described)
        add(entries, field, {
          title = owner_of(class, "."):gsub(":$", ".") .. field, gives = { short(kind) },
          said ~= "" and said or nil,
        })
      end
    elseif tag then
      add_tag(entry, tag, rest)
    elseif name then
      entry.title = ("%s%s(%s)"):format(owner_of(owner, sign), name, arguments)
      add(entries, name, entry)
      entry = new_entry()
    elseif line:find "^%-%-%-" then
      entry[#entry + 1] = line:match "^%-%-%-%s*(.*)$"
    else
      entry = new_entry()
    end
  end
end

local function sorted_names(entries)
  local names = {}
  for name in pairs(entries) do
    names[#names + 1] = name
  end
  table.sort(names)
  return names
end

local function describe(entry)
  local lines = { entry.title }
  for _, said in ipairs(entry) do
    lines[#lines + 1] = "  " .. said
  end
  if #entry.gives > 0 then
    lines[#lines + 1] = "  gives " .. table.concat(entry.gives, "; ")
  end
  return table.concat(lines, "\n")
end

-- What the definitions say of a name: "year_to_date", "c.people:on", "phrase.count".
function M.of(asked, definitions)
  local entries = {}
  for _, text in ipairs(definitions) do
    read(text, entries)
  end
  local name = asked:match "([%w_]+)[%s()]*$"
  if not name then
    return "?NAME tells what a name is: ?year_to_date, ?phrase.milestone, ?people\n"
  end
  local found = entries[name]
  if not found then
    local hint = suggest.hint(name, sorted_names(entries))
    return ("nothing is called '%s'%s\n"):format(name, hint and ": " .. hint or "")
  end
  local whole = asked:match "^%s*([%w_.:]+)"
  local texts = {}
  for _, entry in ipairs(found) do
    if whole ~= name and entry.title:find(whole, 1, true) == 1 then
      return describe(entry) .. "\n"  -- the very one
    end
    texts[#texts + 1] = describe(entry)
  end
  return table.concat(texts, "\n") .. "\n"
end

local function source_line(source)
  local published = source.published and ", published " .. source.published.iso or ""
  return ("  release %d: %s, %s%s\n    %s, sha256 %s\n"):format(source.release, source.publisher,
    source.title, published, source.file, source.sha256)
end

-- All that is known of a value, or of why there is none.
function M.why(value, reason)
  if value == nil then
    return (type(reason) == "string" and reason or "there was no answer yet, or it was nil") .. "\n"
  elseif not facts.is(value) then
    return "a value of Lua's, not a fact: it has no sources\n"
  end
  local lines = { ("%s, %s\n  %s\n"):format(value.text, value.label, value.expression) }
  if value.note ~= "" then
    lines[#lines + 1] = "  note: " .. value.note .. "\n"
  end
  if value.provisional then
    lines[#lines + 1] = "  provisional: it may be revised\n"
  end
  for _, source in ipairs(value.sources) do
    lines[#lines + 1] = source_line(source)
  end
  return table.concat(lines)
end

return M
