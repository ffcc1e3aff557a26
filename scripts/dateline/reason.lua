-- scripts/dateline/reason.lua - why there is nothing to say.
--
-- A phrase that must not speak gives nil and a reason. In a template's table the reason is lost
-- ("x = phrase.count(...)" keeps the nil alone), so it is noted here with the script's line, where
-- the C side notes its own: an error about a missing value tells the reason that is that value's.
local native = require "native.reasons"

local M = {}

-- nil and the reason, noted. Without one the reason is that of what the script's line handed over.
function M.none(reason)
  if reason then
    native.note(reason)
    return nil, reason
  end
  return nil, M.here() or "there is no figure"
end

local function told(reason)
  return reason ~= "" and reason or nil
end

-- Why the script's line has nothing to hand over, or nil when that is not known.
function M.here()
  return told(native.here())
end

-- Why the value called [name] in the line's table is nil, or nil.
function M.of(name)
  return told(native.of(name))
end

function M.forget()
  native.forget()
end

return M
