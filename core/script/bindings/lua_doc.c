// core/script/bindings/lua_doc.c - the raw builder behind a report's document. The words stage
// (scripts/dateline/document.lua) is its only caller; scripts never see it.
#include "doc/inline.h"
#include "script/bindings/binding.h"

static const char type_name[] = "dateline.Builder";

enum {
    RUNS_MAX = 10000
};

struct dtl_builder {
    dtl_doc *doc;  // NULL once closed
    dtl_buf *warnings;
    dtl_node *open;  // where blocks go
};

// The block kinds that `open` knows, and what each is.
typedef struct block {
    const char *name;
    dtl_node_kind kind;
    bool ordered;
    bool header;
    dtl_aside_role role;
} block;

static const block blocks[] = {
    {"list", DTL_NODE_LIST, false, false, DTL_ASIDE_NOTE},
    {"ordered-list", DTL_NODE_LIST, true, false, DTL_ASIDE_NOTE},
    {"item", DTL_NODE_ITEM, false, false, DTL_ASIDE_NOTE},
    {"table", DTL_NODE_TABLE, false, false, DTL_ASIDE_NOTE},
    {"row", DTL_NODE_ROW, false, false, DTL_ASIDE_NOTE},
    {"header-row", DTL_NODE_ROW, false, true, DTL_ASIDE_NOTE},
    {"cell", DTL_NODE_CELL, false, false, DTL_ASIDE_NOTE},
    {"row-header", DTL_NODE_CELL, false, true, DTL_ASIDE_NOTE},
    {"note", DTL_NODE_ASIDE, false, false, DTL_ASIDE_NOTE},
    {"source", DTL_NODE_ASIDE, false, false, DTL_ASIDE_SOURCE},
};

static dtl_builder *check_builder(lua_State *L)
{
    dtl_builder *builder = luaL_checkudata(L, 1, type_name);
    if (!builder->doc)
        dtl_raise_argument(L, "document", "this document is finished",
                           "use a document only inside its own build");
    return builder;
}

void dtl_push_builder(lua_State *L, dtl_doc *doc, dtl_buf *warnings)
{
    dtl_builder *builder = lua_newuserdatauv(L, sizeof *builder, 0);
    *builder = (dtl_builder){doc, warnings, dtl_doc_root(doc)};
    luaL_setmetatable(L, type_name);
}

void dtl_builder_close(lua_State *L, int index)
{
    dtl_builder *builder = luaL_testudata(L, index, type_name);
    if (builder)
        builder->doc = NULL;
}

// One run: text, or {text=, fact= | date= | url= | literal=}, on top of the stack.
static dtl_run check_run(lua_State *L)
{
    if (lua_type(L, -1) == LUA_TSTRING)
        return (dtl_run){.kind = DTL_RUN_TEXT, .text = dtl_check_str(L, -1)};
    if (lua_type(L, -1) != LUA_TTABLE)
        dtl_raise_argument(L, "document", "this cannot stand in a sentence",
                           "text, a fact, a date or a phrase");
    int at = lua_gettop(L);
    dtl_run run = {.kind = DTL_RUN_TEXT, .text = dtl_field_str(L, at, "text")};
    lua_getfield(L, at, "fact");
    run.fact = dtl_to_fact(L, -1);
    lua_getfield(L, at, "date");
    bool has_date = dtl_to_date(L, -1, &run.date);
    lua_getfield(L, at, "literal");
    bool literal = lua_toboolean(L, -1);
    run.url = dtl_field_str(L, at, "url");
    lua_settop(L, at);
    if (run.fact)
        run.kind = DTL_RUN_FACT;
    else if (has_date)
        run.kind = DTL_RUN_DATE;
    else if (run.url.size)
        run.kind = DTL_RUN_LINK;
    else if (literal)
        run.kind = DTL_RUN_LITERAL;
    return run;
}

// Reads the list of run lists at [index]; all of it lives in the scratch arena and the Lua tables.
// Lua counts from one, and so do the slots: number 0 is empty.
static dtl_slot *check_slots(lua_State *L, int index, dtl_arena *arena, size_t *count)
{
    *count = 0;
    if (lua_isnoneornil(L, index))
        return NULL;
    luaL_checktype(L, index, LUA_TTABLE);
    size_t values = lua_rawlen(L, index);
    if (values > RUNS_MAX)
        dtl_raise_argument(L, "document", "too many values in one template", "at most 10,000");
    dtl_slot *slots = dtl_arena_alloc(arena, (values + 1) * sizeof *slots);
    *count = values + 1;
    for (size_t i = 1; i <= values; i++) {
        lua_rawgeti(L, index, (lua_Integer)i);
        luaL_checktype(L, -1, LUA_TTABLE);
        size_t runs = lua_rawlen(L, -1);
        if (runs > RUNS_MAX)
            dtl_raise_argument(L, "document", "too many parts in one value", "at most 10,000");
        dtl_run *list = dtl_arena_alloc(arena, (runs + 1) * sizeof *list);
        for (size_t r = 0; r < runs; r++) {
            lua_rawgeti(L, -1, (lua_Integer)r + 1);
            list[r] = check_run(L);
            lua_pop(L, 1);
        }
        slots[i] = (dtl_slot){list, runs};
        lua_pop(L, 1);
    }
    return slots;
}

static void must(lua_State *L, bool ok, const dtl_error *err)
{
    if (!ok)
        dtl_raise(L, err);
}

// Each line behind [from] gets the script's place: "... go out (report.lua:12)".
static void name_place(lua_State *L, dtl_buf *warnings, size_t from)
{
    char file[LUA_IDSIZE];
    int64_t line;
    if (!warnings || warnings->size == from || !dtl_script_place(L, file, sizeof file, &line))
        return;
    dtl_buf placed = {0};
    for (size_t i = from; i < warnings->size; i++) {
        if (warnings->data[i] == '\n')
            dtl_buf_printf(&placed, " (%s:%lld)", file, (long long)line);
        dtl_buf_add_char(&placed, warnings->data[i]);
    }
    warnings->size = from;
    dtl_buf_add_str(warnings, dtl_buf_str(&placed));
    dtl_buf_release(&placed);
}

static void add_inlines(lua_State *L, dtl_builder *builder, dtl_node *parent, int markup_at)
{
    dtl_str markup = dtl_check_str(L, markup_at);
    size_t count;
    dtl_slot *slots = check_slots(L, markup_at + 1, dtl_session_scratch(dtl_session_of(L)), &count);
    dtl_error err = {0};
    dtl_guard_check(L);
    size_t told = builder->warnings ? builder->warnings->size : 0;
    must(L, dtl_inline_parse(parent, markup, slots, count, builder->warnings, &err), &err);
    name_place(L, builder->warnings, told);
}

// builder:heading(level, markup, slots)
static int builder_heading(lua_State *L)
{
    dtl_builder *builder = check_builder(L);
    lua_Integer level = luaL_checkinteger(L, 2);
    if (level < 1 || level > 6)
        return dtl_raise_argument(L, "heading", "no such level", "1 to 6");
    dtl_node *node;
    dtl_error err = {0};
    must(L, dtl_node_append(builder->open, DTL_NODE_HEADING, DTL_STR(""), &node, &err), &err);
    dtl_node_set_level(node, (int)level);
    add_inlines(L, builder, node, 3);
    return 0;
}

// builder:paragraph(markup, slots)
static int builder_paragraph(lua_State *L)
{
    dtl_builder *builder = check_builder(L);
    dtl_node *node;
    dtl_error err = {0};
    must(L, dtl_node_append(builder->open, DTL_NODE_PARAGRAPH, DTL_STR(""), &node, &err), &err);
    add_inlines(L, builder, node, 2);
    return 0;
}

// builder:inline(markup, slots): into the open cell.
static int builder_inline(lua_State *L)
{
    dtl_builder *builder = check_builder(L);
    add_inlines(L, builder, builder->open, 2);
    return 0;
}

static dtl_align check_align(lua_State *L, int index)
{
    static const char *const names[] = {"start", "end", "centre", NULL};
    return (dtl_align)luaL_checkoption(L, index, "start", names);
}

// builder:open(kind, text): text is a table's caption, or a cell's alignment.
static int builder_open(lua_State *L)
{
    dtl_builder *builder = check_builder(L);
    const char *name = luaL_checkstring(L, 2);
    const block *found = NULL;
    for (size_t i = 0; i < DTL_COUNT(blocks) && !found; i++)
        if (strcmp(blocks[i].name, name) == 0)
            found = &blocks[i];
    if (!found)
        return dtl_raise_argument(L, "open", "there is no such block", "\"list\", \"table\", ...");
    dtl_str text = {NULL, 0};
    if (found->kind == DTL_NODE_TABLE && !lua_isnoneornil(L, 3))
        text = dtl_check_str(L, 3);
    dtl_node *node;
    dtl_error err = {0};
    dtl_guard_check(L);
    must(L, dtl_node_append(builder->open, found->kind, text, &node, &err), &err);
    if (found->kind == DTL_NODE_LIST)
        dtl_node_set_ordered(node, found->ordered);
    if (found->kind == DTL_NODE_ROW || found->kind == DTL_NODE_CELL)
        dtl_node_set_header(node, found->header);
    if (found->kind == DTL_NODE_CELL)
        dtl_node_set_align(node, check_align(L, 3));
    if (found->kind == DTL_NODE_ASIDE)
        dtl_node_set_role(node, found->role);
    builder->open = node;
    return 0;
}

// builder:close(): leaves the block opened last.
static int builder_close(lua_State *L)
{
    dtl_builder *builder = check_builder(L);
    dtl_node *parent = dtl_node_get_parent(builder->open);
    if (!parent)
        return dtl_raise_argument(L, "close", "no block is open", "one close for each open");
    builder->open = parent;
    return 0;
}

// builder:rule()
static int builder_rule(lua_State *L)
{
    dtl_builder *builder = check_builder(L);
    dtl_error err = {0};
    must(L, dtl_node_append(builder->open, DTL_NODE_RULE, DTL_STR(""), NULL, &err), &err);
    return 0;
}

// builder:meta{title=, lang=, report=, style=, summary=, date=}: changes what is named, keeps the rest.
static int builder_meta(lua_State *L)
{
    dtl_builder *builder = check_builder(L);
    luaL_checktype(L, 2, LUA_TTABLE);
    dtl_doc_meta meta = *dtl_doc_get_meta(builder->doc);
    const struct {
        const char *key;
        dtl_str *text;
    } texts[] = {{"title", &meta.title},
                 {"lang", &meta.lang},
                 {"report", &meta.report},
                 {"style", &meta.style},
                 {"summary", &meta.summary}};
    for (size_t i = 0; i < DTL_COUNT(texts); i++) {
        dtl_str text = dtl_field_str(L, 2, texts[i].key);
        if (text.data)
            *texts[i].text = text;
    }
    lua_getfield(L, 2, "date");
    dtl_date date;
    if (dtl_to_date(L, -1, &date))
        meta.date = date;
    dtl_doc_set_meta(builder->doc, &meta);
    return 0;
}

// builder:shown() -> the facts shown so far, in order of first appearance.
static int builder_shown(lua_State *L)
{
    dtl_builder *builder = check_builder(L);
    const dtl_ledger_entry *entries;
    size_t count = dtl_doc_ledger(builder->doc, &entries);
    lua_createtable(L, (int)count, 0);
    for (size_t i = 0; i < count; i++) {
        dtl_push_fact(L, entries[i].fact);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

// builder:warn(message): a warning for the author, beside the bulletin.
static int builder_warn(lua_State *L)
{
    dtl_builder *builder = check_builder(L);
    dtl_str message = dtl_check_str(L, 2);
    if (builder->warnings) {
        dtl_buf_add_str(builder->warnings, message);
        dtl_buf_add_char(builder->warnings, '\n');
    }
    return 0;
}

int dtl_open_doc(lua_State *L)
{
    static const luaL_Reg methods[] = {
        {"heading", builder_heading}, {"paragraph", builder_paragraph},
        {"inline", builder_inline},   {"open", builder_open},
        {"close", builder_close},     {"rule", builder_rule},
        {"meta", builder_meta},       {"shown", builder_shown},
        {"warn", builder_warn},       {NULL, NULL},
    };
    static const luaL_Reg meta[] = {{NULL, NULL}};
    dtl_new_type(L, type_name, "document builder", meta);
    luaL_newlib(L, methods);
    lua_setfield(L, -2, "__index");
    lua_pop(L, 1);
    lua_newtable(L);
    return 1;
}
