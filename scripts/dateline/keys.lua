-- scripts/dateline/keys.lua - the keys of a table as texts, in order.
return function(map)
  local keys = {}
  for key in pairs(map) do
    keys[#keys + 1] = tostring(key)
  end
  table.sort(keys)
  return keys
end
