-- main.lua - what my-plugin adds: everything here is declared in plugin.json, and nothing else.
--
--   dateline run latest-developments --to my-plugin --plugin REPORT
--   dateline test REPORT/reports
--
-- A plugin runs in the sandbox of report scripts: the same modules, the same limits, and require
-- "lib.words" for lib/words.lua in this folder. `local host = ...` gives what the capabilities in
-- plugin.json allow (host.read, host.write, host.request). The types are in .dateline/types.
local phrase = require "dateline.phrase"

return {
  renderers = {
    -- document: the finished bulletin, a tree of nodes; node:each() goes through those below it.
    ["my-plugin"] = function(document)
      local lines = { document.title }
      for _, entry in ipairs(document:facts()) do
        lines[#lines + 1] = ("%s: %s (%s)"):format(entry.id, entry.fact.text, entry.fact.label)
      end
      return table.concat(lines, "\n") .. "\n"
    end,
  },
  phrases = {
    -- require "plugin.my-plugin".in_all(fact): the fact stays a fact, with its source.
    in_all = function(fact)
      return phrase.count(fact) .. " in all"
    end,
  },
}
