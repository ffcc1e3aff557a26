-- social/main.lua - a bulletin as a post for X, Bluesky or Mastodon.
--
--     dateline run latest-developments --to social
--     dateline run latest-developments --to social-long -o post.txt
--
-- A post is made of the bulletin's own sentences, whole and in their order, and of who says so. It
-- always has the key sentence, the one that tells the bulletin's first figure exactly ("Some 647
-- people", where the first sentence says "more than 600"), and the source. Then come as many other
-- sentences as there is room for, the bulletin's first ones first. Headings, tables, asides and
-- links stay behind. A sentence is left to the bulletin when
--
--     its figures need a note that a post has no room for (a dataset's caveat, or how a figure was
--     arrived at, where the bulletin prints one),
--     it leans on the sentence before it, and that one is left out,
--     it would call out, or call people: exclamation marks, hashtags, @names, $names, emoji.
--
-- When even the key sentence and the source are too long, there is no post, and an error (exit 1).
-- How characters are counted, and whose rules these are, stands in lib/length.lua.
local length = require "lib.length"
local sentences = require "lib.sentences"
local sources = require "lib.sources"

-- The sentences with [chosen], in order, and their source.
local function write(list, chosen)
  local texts, figures = {}, {}
  for i, sentence in ipairs(list) do
    if chosen[i] then
      texts[#texts + 1] = sentence.text
      table.move(sentence.figures, 1, #sentence.figures, #figures + 1, figures)
    end
  end
  return table.concat(texts, " ") .. "\n" .. sources.line(figures)
end

-- Whether what comes before [list][i] in its paragraph is there, so that it reads on.
local function reads_on(list, chosen, i)
  return chosen[i - 1] or not list[i].follows
end

local function post(document, site)
  local list = sentences.of(document)
  local key = sentences.key(list)
  if not key then
    refuse("this bulletin has no sentence with a figure that can be posted: a whole one, " ..
      "without exclamation marks, hashtags, names or emoji")
  end
  local chosen = { [key] = true }
  local text = write(list, chosen)
  if not length.fits(text, site) then
    refuse(("the key sentence and its source have %s: %s%s"):format(length.tell(text, site),
      list[key].text, site.hint and " (" .. site.hint .. ")" or ""))
  end
  for i, sentence in ipairs(list) do
    if not chosen[i] and sentence.is_postable and reads_on(list, chosen, i) then
      chosen[i] = true
      local longer = write(list, chosen)
      if length.fits(longer, site) then
        text = longer
      else
        chosen[i] = nil
      end
    end
  end
  return text .. "\n"
end

local function renderer(site)
  return function(document)
    return post(document, site)
  end
end

return {
  renderers = {
    social = renderer(length.short),
    ["social-long"] = renderer(length.long),
  },
}
