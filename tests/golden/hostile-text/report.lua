-- hostile-text/report.lua - text that is data stays text, in each place where text can stand.
local c = require "dateline.crossings"
local phrase = require "dateline.phrase"

local hostile = {
  "*stars*, _lines_, `ticks`, ~tildes~ and \\backslashes\\",
  "# no heading", "- no item", "1. no item", "> no quote", "---", "===",
  "| a | b |", "<script>document.title = 'ran'</script>", "<img src=x onerror=alert(1)>",
  "<!-- no comment -->", "</script></style></title>", "</article></main>", "]]>",
  "\" onmouseover=\"alert(1)", "' onfocus='alert(1)", "&amp; &lt;b&gt; &#35; &copy",
  "[text](javascript:alert(1))", "]( javascript:alert(1))", "![image](https://example.org/x.png)",
  "<https://example.org>", "https://example.org/a_b_c", "a@example.org", "[^note]", "[ ] to do",
  "{people}", "{{braces}}", "%s %d %n", "$x$", ":smile:", "=cmd|' /C calc'!A0",
  "\u{202E}right to left\u{202C}", "\u{200F}שלום\u{200E}", "\u{2066}kept apart\u{2069}",
  "\u{1F6A4}\u{1F468}\u{200D}\u{1F469}", "e\u{301}\u{301}", "\u{FEFF}mark", "\u{2028}line\u{2029}",
  "İstanbul ıI", "nul\0here", "\27[31mred\27[0m", "bell\a\b\127", "\xFF\xFE\xC0\xAF\xED\xA0\x80",
  "a\nb\r\nc\td", "  around  ", ("long"):rep(60), ("w"):rep(300),
}

return {
  title = "Hostile <b>text</b> & \"quotes\" </title><script>document.title = 'ran'</script>",
  build = function(doc)
    doc:heading { "Hostile {text}", text = phrase.literal "<b>text</b> & *stars*" }
    doc:para { "{people} crossed, says {who}.",
      people = phrase.count(c.people:on "2024-10-18"), who = "<i>who</i>" }
    doc:para "Links: [a](javascript:alert), [b](data:text/html,x), [c](https://example.org/?a&b)."
    local items, rows = {}, {}
    for _, text in ipairs(hostile) do
      items[#items + 1] = { "{text}", text = phrase.literal(text) }
      rows[#rows + 1] = { phrase.literal(text), phrase.literal(text .. text) }
    end
    doc:list(items)
    doc:table {
      caption = "<caption> & \"*text*\" | </caption>",
      row_headers = true,
      columns = {
        "<th> & | *a*",
        { title = "</th><script>document.title = 'ran'</script>", align = "end" },
      },
      rows = rows,
    }
    doc:note { "Note: {text}", text = phrase.literal "<script>document.title = 'ran'</script>" }
    doc:sources { "Also {text}.", text = phrase.literal "</footer><!-- x -->" }
  end,
}
