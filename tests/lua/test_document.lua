-- tests/lua/test_document.lua - the document that reports build, over a builder that writes lines.
local check = require "support.check"
local dates = require "native.date"
local document = require "dateline.document"
local fake_builder = require "support.fake_builder"
local phrase = require "dateline.phrase"
local measures = require "dateline.crossings"

local claim, equal, fails = check.claim, check.equal, check.fails

-- What a build writes, line by line.
local function built(build, day)
  local builder = fake_builder.new()
  build(document.new(builder, day and dates.new(day)))
  return builder:text(), builder
end

claim("headings, paragraphs, rules and notes", function()
  equal(built(function(doc)
    doc:heading "LATEST"
    doc:heading { "In {month}", month = phrase.month "2024-10", level = 2 }
    doc:para "Plain *text*."
    doc:rule()
    doc:note { "{what} so.", what = "said" }
  end), "# LATEST\n## In October 2024\nPlain *text*.\n---\nNote: Said so.\n")
end)

claim("sentences make one paragraph, without those that are not there", function()
  equal(built(function(doc)
    doc:sentences { { "{a} came.", a = "he" }, nil, false, { "{x?}." }, { "{b} went.", b = "she" } }
  end), "He came. She went.\n")
end)

claim("a list has holes where there was nothing to say", function()
  equal(built(function(doc)
    doc:list { { "One {x}.", x = "thing" }, nil, false, { "{gone?}." }, "Two." }
    doc:list { nil, { "{gone?}." }, false }
  end), "- One thing.\n- Two.\n")
end)

claim("an empty paragraph is not made", function()
  equal(built(function(doc) doc:para { "{gone?}." } end), "\n")
end)

claim("a table keeps figures as figures and drops a stray claim", function()
  equal(built(function(doc)
    doc:table {
      caption = "Days", columns = { "Day", { title = "People", align = "end" } },
      rows = { { dates.new "2024-10-18", measures.people:on "2024-10-18" },
        { "Total", phrase.count(8, { bare = true }) }, { "x", 8 } },
    }
  end), "Table: Days\n| Day | People |\n| October 18, 2024 | 647 |\n| Total | eight |\n| x | 8 |\n")
end)

claim("a table with a row too short says which", function()
  fails(function()
    built(function(doc) doc:table { caption = "C", columns = { "A", "B" }, rows = { { "x" } } } end)
  end, "row 1 has 1 cells where the table has 2 columns")
  fails(function()
    built(function(doc)
      doc:table { caption = "C", columns = { "A", "B" },
        rows = { { (phrase.count(measures.people:on "2017-12-31")), "x" } } }
    end)
  end, "row 1 has nothing in cell 1: people: no figure")
end)

claim("the sources of what was shown are named once for each publication", function()
  local text = built(function(doc)
    doc:para { "{a}, {b}, {c}, {d}.", a = measures.people:on "2024-10-18",
      b = measures.boats:on "2024-10-18", c = measures.weekly.people:week_ending "2024-10-13",
      d = measures.departures:where({ country = "BE" }):on "2024-10-20" }
    doc:sources()
  end)
  equal(text:match "\n(.*)", "Source: Home Office, Migrants detected crossing the English Channel "
    .. "in small boats, published August 21, 2026. The figures are provisional and may be revised. "
    .. "Crown copyright. Contains public sector information licensed under the Open Government "
    .. "Licence v3.0.\nSource: Small boats known to have left from a country (press of 19 October "
    .. "2024). Departures are given as reported at the time.\n")
end)

claim("without figures there is no source to name", function()
  equal(built(function(doc) doc:sources() end), "\n")
end)

claim("the summary is the first paragraph, where it is plain", function()
  local _, builder = built(function(doc)
    doc:para { "{n} came.", n = measures.people:on "2024-10-18" }
    doc:para "More."
  end)
  equal(builder.summary, "A total of 647 came.")
  _, builder = built(function(doc) doc:para "*More*." end)
  equal(builder.summary, nil)
end)

claim("a bulletin's day tells how much of a date to say", function()
  equal(built(function(doc) doc:para { "On {d}.", d = dates.new "2024-10-13" } end, "2024-10-18"),
    "On October 13.\n")
  equal(built(function(doc) doc:para { "On {d}.", d = dates.new "2024-10-13" } end),
    "On October 13, 2024.\n")
end)

claim("a script cannot reach the builder or change a document's functions", function()
  built(function(doc)
    equal(getmetatable(doc), "dateline.Document")
    fails(function() return doc.builder end, "a document has no 'builder'")
    fails(function() doc.para = nil end, "not by assignment")
    fails(function() return doc.pra end, "did you mean 'para'?")
    fails(function() doc.para "x" end, "doc:para(...)")
  end)
end)

claim("what is no template is a mistake", function()
  built(function(doc)
    fails(function() doc:para(5) end, "this is no template")
    fails(function() doc:para { x = 1 } end, "this is no template")
  end)
end)
