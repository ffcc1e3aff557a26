-- my-plugin-example.test.lua - what my-plugin must do: run by `dateline test`.
return {
  {
    name = "the renderer",
    params = { date = "2024-10-18" },
    format = "my-plugin",
    expect = { contains = "There were 647.\n" },
  },
  {
    name = "the function",
    params = { date = "2024-10-18" },
    expect = {
      values = {
        ['require "plugin.my-plugin".halves(10)'] = 5,
        ['require "plugin.my-plugin".halves(c.people:on("2024-10-18"))'] = "323.5",
      },
    },
  },
}
