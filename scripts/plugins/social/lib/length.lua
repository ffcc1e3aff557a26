-- social/lib/length.lua - how long a post is, as each site counts.
--
-- X: 280, where characters of the ranges below weigh 1 and all others (Chinese, Japanese, Korean,
-- emoji) 2, and whatever it takes for a link 23; docs.x.com/fundamentals/counting-characters and
-- config/v3.json of github.com/twitter/twitter-text. X composes accents (NFC) and takes an emoji of
-- several characters as one before it counts: what is counted here is never less.
-- Bluesky: 300 graphemes and 3,000 bytes, links in full; the lexicon app.bsky.feed.post.
-- Mastodon: 500 characters, of which a link takes 23; docs.joinmastodon.org/user/posting.
-- A grapheme has one character or more, so counting characters is safe.
local M = {}

local LINK = 23

local light = { { 0, 4351 }, { 8192, 8205 }, { 8208, 8223 }, { 8242, 8247 } }

local function weight_of(character)
  for _, range in ipairs(light) do
    if character >= range[1] and character <= range[2] then
      return 1
    end
  end
  return 2
end

local function weigh(text)
  local weight = 0
  for _, character in utf8.codes(text) do
    weight = weight + weight_of(character)
  end
  return weight
end

-- Whether a site would take [word] for a link, "gov.uk" with the rest.
local function is_link(word)
  return word:find "^%W*https?://" or word:find "[%w\x80-\xFF]%.%a%a"
end

-- The weight of [text], where a link weighs no less than what sites give it: one shorter than 23 is
-- made longer, and the punctuation beside a longer one is its own.
local function with_links(text, measure)
  local sum = measure(text)
  for word in text:gmatch "%S+" do
    if is_link(word) then
      sum = sum + math.max(0, LINK - measure(word:match "%w.*%w"))
    end
  end
  return sum
end

local counts = {
  X = function(text) return with_links(text, weigh) end,
  Bluesky = utf8.len,
  Mastodon = function(text) return with_links(text, utf8.len) end,
}

-- Where a post goes: the limits that it must keep, the narrowest first.
M.short = {
  { of = "X", most = 280 }, { of = "Bluesky", most = 300 }, { of = "Mastodon", most = 500 },
  hint = "--to social-long has room for 500",
}
M.long = { { of = "Mastodon", most = 500 } }

-- The first limit that [text] breaks, and how long it is by it; nil when it keeps them all.
local function broken(text, site)
  for _, limit in ipairs(site) do
    local count = counts[limit.of](text)
    if count > limit.most then
      return limit, count
    end
  end
end

function M.fits(text, site)
  return not broken(text, site)
end

-- "312 characters as X counts them, of at most 280".
function M.tell(text, site)
  local limit, count = broken(text, site)
  return ("%d characters as %s counts them, of at most %d"):format(count, limit.of, limit.most)
end

return M
