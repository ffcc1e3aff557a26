// tests/unit/test_syntax.c - what is said of a text that does not compile: a script, or one inside it.
#include <lauxlib.h>

#include "support/script.h"
#include "support/test.h"

// The failure of [source] as printed.
static void check_message(const char *source, const char *expected)
{
    dtl_try try = DTL_TRY(2000);
    dtl_buf text = {0};
    CHECK(!dtl_try_run(&try, dtl_str_from(source)));
    dtl_error_print(&try.err, &text);
    CHECK_STR(text.data, expected);
    dtl_buf_release(&text);
    dtl_try_release(&try);
}

// Its place, message and hint alone: "1:7 message; hint".
static void check_brief(const char *source, const char *expected)
{
    dtl_try try = DTL_TRY(2000);
    dtl_buf text = {0};
    CHECK(!dtl_try_run(&try, dtl_str_from(source)));
    dtl_buf_printf(&text, "%d:%d %s; %s", (int)try.err.line, (int)try.err.column, try.err.message,
                   try.err.hint);
    CHECK_STR(text.data, expected);
    dtl_buf_release(&text);
    dtl_try_release(&try);
}

TEST(a_misspelt_keyword_is_named_where_it_stands)
{
    check_message("if x the print(1) end\n", "script.lua:1:6: 'the' is no word of Lua's\n"
                                             "    if x the print(1) end\n"
                                             "         ^\n"
                                             "  hint: did you mean 'then'?\n");
    check_message("local fuction f(x) return x end\nif x then\nend\nend\n",
                  "script.lua:1:7: 'fuction' is no word of Lua's\n"
                  "    local fuction f(x) return x end\n"
                  "          ^\n"
                  "  hint: did you mean 'function'?\n");
}

TEST(a_missing_end_is_found_by_the_indentation)
{
    check_message("local function f(x)\n  for i = 1, 3 do\n    if x then\n      x()\n  end\nend\n"
                  "f()\n",
                  "script.lua:5:3: 'if' of line 3 is not closed: 'end' is missing\n"
                  "      end\n"
                  "      ^\n"
                  "  expected: 'end' before this 'end', which is indented as that of an outer "
                  "block\n");
    check_message("local t = {\n  a = { 1,\n  b = 2,\n}\nprint(t)\n",
                  "script.lua:4:1: '{' of line 2 is not closed: '}' is missing\n"
                  "    }\n"
                  "    ^\n"
                  "  expected: '}' before this '}', which is indented as that of an outer table\n");
    check_message("if x then\n  y()\n  end\nend\n",
                  "script.lua:3:3: there is one 'end' too many: this one closes 'if' of line 1\n"
                  "      end\n"
                  "      ^\n"
                  "  hint: indent each 'end' as the line that it closes\n");
    // Texts and comments hold no blocks; 'while' and 'for' have one 'do'.
    check_message("while x do -- if\n  y('if', \"function\", [[\ndo ]])\n  --[==[ if\n]==]\nend\n"
                  "for i = 1, 2 do\nend\nx = 1 2\n",
                  "script.lua:9:7: this is not expected here: '2'\n"
                  "    x = 1 2\n"
                  "          ^\n");
}

TEST(a_comma_that_is_missing_is_asked_for_where_it_belongs)
{
    check_brief("local t = {\n  a = 1 -- one\n\n  b = 2,\n}\n",
                "4:3 this is not expected here: 'b'; is a comma missing at the end of line 2?");
    check_brief("local t = { a = 1 b = 2 }\n",
                "1:19 this is not expected here: 'b'; is a comma missing before it?");
    check_brief("print(1\n  2)\n",
                "2:3 this is not expected here: '2'; is a comma missing at the end of line 1?");
    check_brief("local t = { a = 1\nreturn t\n",
                "2:1 '{' of line 1 is not closed: '}' is missing; ");
}

TEST(signs_of_other_languages_are_translated)
{
    static const char *const tries[][2] = {
        {"if a != b then end", "1:6 this is not expected here: '!'; 'not equal' is written ~="},
        {"if !a then end", "1:4 this is not expected here: '!'; write 'not' instead of !"},
        {"local x = 1 && 2", "1:13 this is not expected here: '&'; write 'and' instead of &&"},
        {"local x = 1 || 2", "1:13 this is not expected here: '|'; write 'or' instead of ||"},
        {"n += 1", "1:3 this is not expected here: '+'; write it out: n = n + 1"},
        {"// note", "1:1 this is not expected here: '//'; a comment starts with --"},
        {"x()\n# note", "2:1 this is not expected here: '#'; a comment starts with --"},
        {"local t = { a: 1 }",
         "1:14 this is not expected here: '1'; a part of a table is written name = value"},
        {"for i = 1, 2 do continue end",
         "1:17 this is not expected here: 'end'; Lua has no 'continue': put the rest of the loop "
         "into an 'if'"},
        {"local s = \u201Cx\u201D",
         "1:11 this is a curly quotation mark; write straight ones: \"text\""},
    };
    for (size_t i = 0; i < DTL_COUNT(tries); i++)
        check_brief(tries[i][0], tries[i][1]);
}

TEST(what_lua_tells_elsewhere_is_told_where_it_stands)
{
    check_brief("local s = [[one\ntwo\nthree\n", "1:11 this text is not closed; ");
    check_brief("--[[one\ntwo\nthree\n", "1:3 this comment is not closed; ");
    check_brief("do\n  break\nend\n", "2:3 'break' stands outside a loop; ");
    check_brief("local x = 1\nif x == 1\n  print(x)\nend\n",
                "3:3 this is not expected here: 'print'; is 'then' missing at the end of line 2?");
    check_brief("do\n  return 1\n  print(2)\nend\n",
                "3:3 nothing may follow 'return' in its block; put it before the 'return'");
    check_brief(
        "local f = function()\n  if x then\n    y()\n  else if z then\n    y()\n  end\nend\n",
        "7:1 'if' of line 2 is not closed: 'end' is missing; in line 4 write 'elseif': 'else "
        "if' needs an 'end' of its own");
    check_brief("for i in 1, 3 do\nend\n",
                "1:7 this 'for' cannot go through a number; to count, write: for i = 1, 3 do");
    check_brief("local s = 'it's'\n",
                "1:0 this text has no closing quotation mark; a text with ' in "
                "it stands between \" and \"");
    check_brief("local s = \"one\n", "1:11 this text has no closing quotation mark; a text of "
                                     "several lines stands between [[ and ]]");
}

// Raises as SQL does: with a place in the text at 1, which is its third line's 'peple'.
static int refuse_inside(lua_State *L)
{
    dtl_error err = {0};
    size_t size;
    const char *text = luaL_checklstring(L, 1, &size);
    dtl_error_set(&err, DTL_ESCRIPT, "no such column: peple");
    dtl_error_point(&err, DTL_STR(""), (dtl_str){text, size},
                    (size_t)(strstr(text, "peple") - text));
    return dtl_raise(L, &err);
}

TEST(a_place_inside_a_text_is_found_in_the_script)
{
    static const struct {
        const char *source;
        int line;
        int column;
        const char *hint;
    } tries[] = {
        {"local f = ...\nf(\"where peple\")", 2, 10, ""},
        {"local f = ...\nf([[\n  select\n  where peple > 3\n]])", 4, 9, ""},
        {"local f = ...\nlocal q = [==[é\n\twhere peple]==]\n\nf(q)", 3, 8, ""},
        {"local f = ...\nf('select\\nwhere peple')", 2, 18, ""},
        {"local f = ...\nf('select ' ..\n  'peple > 3')", 3, 4, ""},
        {"local f = ...\n-- where peple\n\n\n\nf 'where peple'\n-- where peple", 6, 10, ""},
        {"local f = ...\nf(('pexle'):gsub('x', 'p'))", 2, 0,
         "it stands in line 1 of the text: peple"},
    };
    for (size_t i = 0; i < DTL_COUNT(tries); i++) {
        dtl_state_options options = {.limits = DTL_TRY(2000).limits};
        dtl_state *state = NULL;
        dtl_error err = {0};
        CHECK(dtl_state_new(&options, &state, &err));
        CHECK(dtl_state_load(state, DTL_STR("a.lua"), dtl_str_from(tries[i].source), &err));
        lua_pushcfunction(dtl_state_lua(state), refuse_inside);
        CHECK(!dtl_state_call(state, 1, 0, &err));
        CHECK_INT(err.line, tries[i].line);
        CHECK_INT(err.column, tries[i].column);
        CHECK_STR(err.hint, tries[i].hint);
        dtl_state_free(state);
    }
}
