-- scripts/dateline/suggest.lua - the nearest name to a misspelt one, for error messages.
local M = {}

-- How many single-letter changes (a swap of neighbours is one) lead from [a] to [b].
local function distance(a, b)
  local before, last, row = {}, {}, {}
  for j = 0, #b do
    last[j] = j
  end
  for i = 1, #a do
    row[0] = i
    for j = 1, #b do
      local same = a:byte(i) == b:byte(j)
      local best = math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same and 0 or 1))
      if i > 1 and j > 1 and a:byte(i) == b:byte(j - 1) and a:byte(i - 1) == b:byte(j) then
        best = math.min(best, before[j - 2] + 1)
      end
      row[j] = best
    end
    before, last, row = last, row, before
  end
  return last[#b]
end

-- The nearest of [names] to [name], or nil when none is near. Names alike go by alphabet.
function M.nearest(name, names)
  if type(name) ~= "string" or #name > 100 then
    return nil
  end
  local best, least
  for _, candidate in ipairs(names) do
    local d = distance(name:lower(), candidate:lower())
    if not least or d < least or (d == least and candidate < best) then
      best, least = candidate, d
    end
  end
  if least and least <= math.max(1, #name // 3) and least < #name then
    return best
  end
end

-- "did you mean 'NAME'?", or nil.
function M.hint(name, names)
  local best = M.nearest(name, names)
  return best and ("did you mean '%s'?"):format(best) or nil
end

return M
