-- scripts/dateline/fail.lua - a mistake in a script, told with what was expected and a hint.
--
-- The host finds the script's line; nothing of the library is shown.
local tools = require "native.tools"

-- fail(message, hint, expected): raises. hint and expected may be nil.
return function(message, hint, expected)
  tools.fail { code = "script", message = message, hint = hint, expected = expected }
end
