-- scripts/dateline/sources.lua - who says so: a line for each publication behind a bulletin.
local piece = require "dateline.piece"
local template = require "dateline.template"
local when = require "dateline.when"

local M = {}

local function add_once(list, text)
  for _, known in ipairs(list) do
    if known == text then
      return
    end
  end
  list[#list + 1] = text
end

-- The publications behind what was shown, in order: releases of one publisher and day together. A
-- release that nobody published (counts collected by hand) has its facts' own origins instead.
local function publications(facts)
  local list, by_key = {}, {}
  for _, fact in ipairs(facts) do
    for _, source in ipairs(fact.sources) do
      local published = source.published and source.published.iso
      local key = published and source.publisher .. "\0" .. published or source.title
      local publication = by_key[key]
      if not publication then
        publication = { first = source, titles = {}, origins = {}, attributions = {} }
        by_key[key], list[#list + 1] = publication, publication
      end
      publication.provisional = publication.provisional or source.provisional
      add_once(publication.titles, source.title)
      add_once(publication.attributions, source.attribution)
      if not published and fact.note ~= "" then
        add_once(publication.origins, fact.note)
      end
    end
  end
  return list
end

-- The texts as one that is meant as it stands, or nil.
local function literal(texts, separator)
  local text = table.concat(texts, separator)
  return text ~= "" and piece.new { { text = text, literal = true } } or nil
end

local function line_of(style, publication)
  local source = publication.first
  local publisher = source.published and source.publisher .. ", " or ""
  local markup, slots = template.render(style,
    "Source: {titles} ({origins?}), published {published?}. {provisional?}. {attributions?}.", {
      titles = literal({ publisher .. table.concat(publication.titles, "; ") }),
      origins = literal(publication.origins, "; "),
      published = when.date(style, source.published, { year = true }),
      provisional = publication.provisional and "The figures are provisional and may be revised",
      attributions = literal(publication.attributions, " "),
    })
  return { markup = markup, slots = slots }
end

-- One line for each publication behind [facts]: { markup =, slots = }.
function M.lines(style, facts)
  local lines = publications(facts)
  for i, publication in ipairs(lines) do
    lines[i] = line_of(style, publication)
  end
  return lines
end

return M
