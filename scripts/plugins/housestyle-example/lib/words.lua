-- housestyle-example/lib/words.lua - words the Example does not use of people, and where they are.
local M = {}

local people = "say how many people, and what they did"
local law = "a person is not illegal: say \"people\", and what the law says if that is the news"

-- What is looked for, in any case, as whole words ("*" stands for the rest of a word), and what to
-- write instead.
local avoided = {
  { "illegals", law },
  { "illegal migrant*", law },
  { "migrants flood*", people },
  { "flood of migrants", people },
  { "flood of people", people },
  { "influx", people },
  { "invasion", people },
  { "swarm*", people },
  { "tide of migrants", people },
  { "wave of migrants", people },
}

-- "flood of*" as a pattern that matches whole words only.
local function pattern_of(entry)
  local literal = entry:lower():gsub("%p", "%%%0")
  return "%f[%w]" .. literal:gsub("%%%*", "%%w*"):gsub(" ", "%%s+") .. "%f[^%w]"
end

for _, entry in ipairs(avoided) do
  entry.pattern = pattern_of(entry[1])
end

-- The sentence of [text] that holds the bytes from [first] to [last].
local function sentence_around(text, first, last)
  local from = 1
  for after in text:sub(1, first - 1):gmatch "[.!?][\"')]*%s+()" do
    from = after
  end
  local to = text:match("^[^.!?]*[.!?]?()", last + 1) - 1
  return text:sub(from, to)
end

-- Calls found(word, sentence, instead) for each avoided word in [text].
function M.find(text, found)
  local lower = text:lower()
  for _, entry in ipairs(avoided) do
    local first, last = lower:find(entry.pattern)
    while first do
      found(text:sub(first, last), sentence_around(text, first, last), entry[2])
      first, last = lower:find(entry.pattern, last + 1)
    end
  end
end

-- What holds a text of its own, as a reader meets it.
local holds_text = { heading = true, paragraph = true, cell = true }

-- Calls call(where, text) for each heading, paragraph, cell and caption below [node], in order.
function M.each_text(node, call)
  for child in node:each() do
    if child.caption and child.caption ~= "" then
      call("caption", child.caption)
    end
    if holds_text[child.kind] then
      call(child.kind, child.plain)
    else
      M.each_text(child, call)
    end
  end
end

return M
