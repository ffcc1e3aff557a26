-- scripts/dateline/reason.lua - why there is nothing to say.
--
-- A phrase that must not speak gives nil and a reason. In a template's table the reason is lost
-- ("x = phrase.count(...)" keeps the nil alone), so it is noted here, where the C side notes its
-- own, and an error about a missing value can still tell why.
local native = require "native.reasons"

local M = {}

-- nil and the reason, noted.
function M.none(reason)
  reason = reason or M.last() or "there is no figure"
  native.note(reason)
  return nil, reason
end

-- The latest reason, or nil.
function M.last()
  local reason = native.last()
  if reason ~= "" then
    return reason
  end
end

return M
