-- social/lib/sources.lua - who says so, in a few words: "Source: Home Office, provisional".
local M = {}

-- Who a figure's [source] is: the publisher, or where a count that nobody published comes from
-- ("press of 19 October 2024").
local function name_of(source, fact)
  if source.published then
    return source.publisher
  end
  return fact.note ~= "" and fact.note or source.title
end

-- The line for the sources of [figures], each once, in order.
function M.line(figures)
  local names, provisional, seen = {}, {}, {}
  for _, figure in ipairs(figures) do
    for _, source in ipairs(figure.sources) do
      local name = name_of(source, figure.fact)
      if not seen[name] then
        seen[name], names[#names + 1] = true, name
      end
      provisional[name] = provisional[name] or source.provisional
    end
  end
  for i, name in ipairs(names) do
    names[i] = provisional[name] and name .. ", provisional" or name
  end
  return (#names > 1 and "Sources: " or "Source: ") .. table.concat(names, "; ")
end

return M
