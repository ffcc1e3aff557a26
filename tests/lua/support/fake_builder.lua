-- tests/lua/support/fake_builder.lua - a raw document builder that writes plain lines, for reading
-- bulletins aloud and for looking at every word of them.
local Builder = {}
Builder.__index = Builder

local M = {}

function M.new()
  return setmetatable({ lines = {}, open_kinds = {}, facts = {}, seen = {}, slots = {} }, Builder)
end

function Builder:plain(markup, slots)
  return (markup:gsub("\1(%d+)\2", function(index)
    local texts = {}
    for i, run in ipairs(slots[tonumber(index)]) do
      if type(run) == "table" and run.fact and not self.seen[run.fact.expression] then
        self.seen[run.fact.expression] = true
        self.facts[#self.facts + 1] = run.fact
      end
      texts[i] = type(run) == "string" and run or run.text
    end
    return table.concat(texts)
  end))
end

function Builder:heading(level, markup, slots)
  self.lines[#self.lines + 1] = ("#"):rep(level) .. " " .. self:plain(markup, slots)
end

local leads = { item = "- ", note = "Note: ", source = "" }

function Builder:paragraph(markup, slots)
  local kind = self.open_kinds[#self.open_kinds]
  self.lines[#self.lines + 1] = (leads[kind] or "") .. self:plain(markup, slots)
end

function Builder:inline(markup, slots)
  self.cells[#self.cells + 1] = self:plain(markup, slots)
end

function Builder:open(kind, text)
  self.open_kinds[#self.open_kinds + 1] = kind
  if kind == "row" or kind == "header-row" then
    self.cells = {}
  elseif kind == "table" then
    self.lines[#self.lines + 1] = "Table: " .. text
  end
end

function Builder:close()
  local kind = table.remove(self.open_kinds)
  if kind == "row" or kind == "header-row" then
    self.lines[#self.lines + 1] = "| " .. table.concat(self.cells, " | ") .. " |"
  end
end

function Builder:rule()
  self.lines[#self.lines + 1] = "---"
end

function Builder:meta(fields)
  for key, value in pairs(fields) do
    self[key] = value
  end
end

function Builder:shown()
  return self.facts
end

function Builder:text()
  return table.concat(self.lines, "\n") .. "\n"
end

return M
