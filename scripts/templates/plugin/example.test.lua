-- my-plugin-example.test.lua - what my-plugin must do: run by `dateline test`.
return {
  {
    name = "the phrase",
    params = { date = "2024-10-18" },
    expect = { contains = "There were 647 people in all.", warnings = 0 },
  },
  {
    name = "the renderer",
    params = { date = "2024-10-18" },
    format = "my-plugin",
    expect = { contains = "f1: 647" },
  },
}
