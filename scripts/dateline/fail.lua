-- scripts/dateline/fail.lua - a mistake in a script, told with what was expected and a hint.
--
-- The host finds the script's line; nothing of the library is shown.
local tools = require "native.tools"

-- fail(message, hint, expected, code): raises. hint and expected may be nil; code is "script"
-- unless it is whoever started the run that is mistaken ("usage").
return function(message, hint, expected, code)
  tools.fail { code = code or "script", message = message, hint = hint, expected = expected }
end
