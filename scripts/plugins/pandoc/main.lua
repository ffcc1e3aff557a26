-- pandoc/main.lua - bulletins as Pandoc's own document tree, in JSON.
--
--     dateline run latest-developments --to pandoc | pandoc -f json -o bulletin.docx
--     dateline run latest-developments --to pandoc | pandoc -f json -s -t rst
--     dateline run latest-developments --to pandoc --fragment | pandoc -f json -t latex
--
-- Pandoc takes only the version of the tree that it was built with: "pandoc" is for Pandoc 2.11 to
-- 2.19, "pandoc3" for Pandoc 3. The tree is the same.
--
-- A whole document has its title, language and date as metadata, as Pandoc wants them, and headings
-- start at level 1 (Word and EPUB show the title by themselves, RST and LaTeX with -s). With
-- --fragment there is no metadata, and the title is a heading like any other, at level 1.
--
-- What Pandoc has no word for can be told apart in filters, HTML and Word:
--
--     a figure    Span, class "fact": data-value, data-unit, data-expression, data-fact (its id in
--                 the ledger); "data-" since HTML allows no other names there, nor an id twice
--     a date      Span, class "date": data-date
--     an aside    Div, class "note" or "source"; in Word its paragraphs have the style "Note" or
--                 "Source", for a --reference-doc to define
local blocks = require "lib.blocks"
local inlines = require "lib.inlines"
local json = require "dateline.json"
local phrase = require "dateline.phrase"

-- The heading that is the document's title.
local function title_of(document)
  for node in document:each() do
    if node.kind == "heading" and node.level == 1 then
      return node
    end
  end
end

local function add_meta(meta, name, list)
  meta[name] = #list > 0 and { t = "MetaInlines", c = list } or nil
end

local function meta_of(document, title)
  local meta, date = {}, document.date
  add_meta(meta, "title", title and inlines.of(title) or inlines.of_text(document.title))
  add_meta(meta, "lang", inlines.of_text(document.lang))
  add_meta(meta, "date", date and inlines.of_text(phrase.date(date, { year = true }).text) or {})
  return meta
end

local function renderer(api_version)
  return function(document, options)
    local title = not options.fragment and title_of(document)
    local writer = blocks.new { without = title, raise = options.fragment and 0 or 1 }
    local list = writer:of(document)
    local sources = document:sources()
    if sources then
      writer:add(list, sources)
    end
    return json.encode {
      ["pandoc-api-version"] = api_version,
      meta = options.fragment and {} or meta_of(document, title),
      blocks = list,
    } .. "\n"
  end
end

return { renderers = { pandoc = renderer { 1, 22 }, pandoc3 = renderer { 1, 23 } } }
