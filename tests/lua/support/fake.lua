-- tests/lua/support/fake.lua - the host's modules (native.*) in plain Lua, so that the words can be
-- tested by lua5.4 alone, in every style and for every day, without a build.
local M = { style = "percent_word", restarts = 0 }

package.path = "scripts/?.lua;tests/lua/?.lua;" .. package.path

local last = ""
package.preload["native.reasons"] = function()
  return {
    here = function() return last end,
    of = function() return last end,
    note = function(reason) last = reason end,
    forget = function() last = "" end,
  }
end
function M.forget_reasons()
  last = ""
end

package.preload["native.run"] = function()
  return { style = M.style }
end
package.preload["native.tools"] = function()
  return {
    fail = function(failure)
      error(failure.message .. (failure.hint and "; " .. failure.hint or ""), 0)
    end,
  }
end

package.preload["native.plugins"] = function()
  return { find = function() end }  -- there are none
end
package.preload["native.date"] = function()
  return require "support.fake_date"
end
package.preload["native.measure"] = function()
  return require "support.fake_measure"
end
package.preload["native.data"] = function()
  return require "support.fake_data"
end

-- Loads the words anew, in another house style.
function M.restart(style)
  for name in pairs(package.loaded) do
    if name:find "^dateline%." or name == "native.run" then
      package.loaded[name] = nil
    end
  end
  M.style, M.restarts = style, M.restarts + 1
end

return M
