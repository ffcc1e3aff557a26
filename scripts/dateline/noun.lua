-- scripts/dateline/noun.lua - what is counted, in the singular and the plural.
local M = {}

-- The plurals that are not made with an s. A unit that is not here is its own singular.
local irregular = {
  person = "people", child = "children", man = "men", woman = "women", baby = "babies",
  body = "bodies", country = "countries", inquiry = "inquiries", ferry = "ferries",
  dinghy = "dinghies",
}

-- The plural of [noun]; of several words the last: "small boat" gives "small boats".
local cache = {}
function M.plural(noun)
  local plural = cache[noun]
  if not plural then
    local head, last = noun:match "^(.* )(%S+)$"
    last = last or noun
    plural = (head or "") .. (irregular[last] or last .. "s")
    cache[noun] = plural
  end
  return plural
end

-- "person" or "people": one has the singular, none and all else the plural.
function M.agreeing(noun, count)
  return count == 1 and noun or M.plural(noun)
end

return M
