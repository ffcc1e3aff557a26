-- tests/lua/bulletin.lua - prints bulletins, for reading aloud.
--
--   lua5.4 tests/lua/bulletin.lua STYLE DATE...
package.path = "tests/lua/?.lua;" .. package.path
local fake = require "support.fake"
local bulletin = require "support.bulletin"

fake.restart(arg[1])
for i = 2, #arg do
  print(bulletin.text(arg[i]))
end
