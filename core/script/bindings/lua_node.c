// core/script/bindings/lua_node.c - a finished document in Lua, read and never changed: what a plugin's renderer
// or check is given.
//
// Nodes are handles, made when they are asked for: a bulletin's tree is not copied. Each holds on to
// the tree, which its owner closes: a node kept past its document is refused, not read.
#include "script/bindings/binding.h"

#include "render/escape.h"
#include "render/outline.h"
#include "render/render.h"

static const char type_name[] = "dateline.Node";
static const char tree_type_name[] = "dateline.Tree";

// Its user value is the tree of its sources, once somebody has asked for them.
typedef struct tree {
    const dtl_doc *doc;  // NULL once closed
    dtl_doc *owned;      // the same, when it is freed with the tree; else NULL
    dtl_outline outline;
} tree;

typedef struct node {  // its user value is the tree
    const tree *tree;
    const dtl_node *node;
} node;

enum node_field {
    FIELD_KIND,
    FIELD_TEXT,
    FIELD_PLAIN,
    FIELD_LEVEL,
    FIELD_ORDERED,
    FIELD_HEADER,
    FIELD_ALIGN,
    FIELD_ROLE,
    FIELD_URL,
    FIELD_CAPTION,
    FIELD_FACT,
    FIELD_ID,
    FIELD_DATE,
    FIELD_FIRST,
    FIELD_NEXT,
    FIELD_PARENT,
    FIELD_TITLE,
    FIELD_LANG,
    FIELD_REPORT,
    FIELD_STYLE,
    FIELD_SUMMARY,
    FIELD_COUNT,
};

// A node of the tree at [tree_at]; nil for none.
static int push_node(lua_State *L, int tree_at, const tree *its, const dtl_node *which)
{
    tree_at = lua_absindex(L, tree_at);
    if (!which) {
        lua_pushnil(L);
        return 1;
    }
    node *handle = lua_newuserdatauv(L, sizeof *handle, 1);
    *handle = (node){its, which};
    lua_pushvalue(L, tree_at);
    lua_setiuservalue(L, -2, 1);
    luaL_setmetatable(L, type_name);
    return 1;
}

static const node *check_node(lua_State *L, int index)
{
    const node *handle = luaL_testudata(L, index, type_name);
    if (!handle)
        dtl_raise_argument(L, "document", "this is no node of a document",
                           "a node; functions are called with a colon: node:each()");
    else if (!handle->tree->doc)
        dtl_raise_argument(L, "document", "this document is finished",
                           "use a node only inside the call that was given it");
    return handle;
}

static tree *push_tree(lua_State *L, const dtl_doc *doc)
{
    tree *its = lua_newuserdatauv(L, sizeof *its, 1);
    *its = (tree){.doc = doc, .outline = dtl_outline_of(doc)};
    luaL_setmetatable(L, tree_type_name);
    return its;
}

void dtl_push_tree(lua_State *L, const dtl_doc *doc)
{
    tree *its = push_tree(L, doc);
    push_node(L, -1, its, dtl_doc_get_root(doc));
    lua_remove(L, -2);
}

void dtl_tree_close(lua_State *L, int index)
{
    const node *handle = luaL_testudata(L, index, type_name);
    if (!handle || lua_getiuservalue(L, index, 1) != LUA_TUSERDATA)
        return;
    ((tree *)lua_touserdata(L, -1))->doc = NULL;
    lua_pop(L, 1);
}

static int tree_free(lua_State *L)
{
    tree *its = lua_touserdata(L, 1);
    dtl_doc_free(its->owned);
    its->owned = NULL;
    its->doc = NULL;
    return 0;
}

static int push_other(lua_State *L, const node *from, const dtl_node *which)
{
    lua_getiuservalue(L, 1, 1);
    return push_node(L, -1, from->tree, which);
}

static int push_plain(lua_State *L, const dtl_node *which)
{
    dtl_buf *text = dtl_session_text(dtl_session_of(L));
    dtl_node_add_text(text, which);
    dtl_push_str(L, dtl_buf_str(text));
    return 1;
}

static int push_caption(lua_State *L, const dtl_node *which)
{
    if (dtl_node_get_kind(which) != DTL_NODE_TABLE)
        return 0;
    dtl_push_str(L, dtl_node_get_text(which));
    return 1;
}

// The address as every renderer writes it, with nothing in it that RFC 3986 gives no place.
static int push_url(lua_State *L, const dtl_node *which)
{
    if (dtl_node_get_kind(which) != DTL_NODE_LINK)
        return 0;
    dtl_buf *url = dtl_session_text(dtl_session_of(L));
    dtl_escape_url(url, dtl_node_get_text(which));
    dtl_push_str(L, dtl_buf_str(url));
    return 1;
}

static int push_own_text(lua_State *L, const dtl_node *which)
{
    switch (dtl_node_get_kind(which)) {
    case DTL_NODE_TEXT:
    case DTL_NODE_CODE:
    case DTL_NODE_FACT:
    case DTL_NODE_DATE:
        dtl_push_str(L, dtl_node_get_text(which));
        return 1;
    default:
        return 0;
    }
}

static int push_align(lua_State *L, const dtl_node *which)
{
    static const char *const names[] = {
        [DTL_ALIGN_START] = "start", [DTL_ALIGN_END] = "end", [DTL_ALIGN_CENTRE] = "centre"};
    if (dtl_node_get_kind(which) != DTL_NODE_CELL)
        return 0;
    lua_pushstring(L, names[dtl_node_get_align(which)]);
    return 1;
}

static int push_role(lua_State *L, const dtl_node *which)
{
    if (dtl_node_get_kind(which) != DTL_NODE_ASIDE)
        return 0;
    lua_pushstring(L, dtl_node_get_role(which) == DTL_ASIDE_SOURCE ? "source" : "note");
    return 1;
}

static int push_level(lua_State *L, const node *from)
{
    if (dtl_node_get_kind(from->node) != DTL_NODE_HEADING)
        return 0;
    lua_pushinteger(L, dtl_outline_level(&from->tree->outline, from->node));
    return 1;
}

static int push_flag(lua_State *L, bool applies, bool flag)
{
    if (applies)
        lua_pushboolean(L, flag);
    return applies;
}

static int push_date_of(lua_State *L, const node *from)
{
    dtl_date date = DTL_DATE_NONE;
    if (dtl_node_get_kind(from->node) == DTL_NODE_DATE)
        date = dtl_node_get_date(from->node);
    else if (dtl_node_get_kind(from->node) == DTL_NODE_DOCUMENT)
        date = dtl_doc_get_meta(from->tree->doc)->date;
    if (date == DTL_DATE_NONE)
        return 0;
    dtl_push_date(L, date);
    return 1;
}

static int push_meta(lua_State *L, const node *from, dtl_str text)
{
    if (dtl_node_get_kind(from->node) != DTL_NODE_DOCUMENT)
        return 0;
    dtl_push_str(L, text);
    return 1;
}

static int push_field(lua_State *L, const node *from, lua_Integer field)
{
    const dtl_node *which = from->node;
    dtl_node_kind kind = dtl_node_get_kind(which);
    const dtl_doc_meta *meta = dtl_doc_get_meta(from->tree->doc);
    switch ((enum node_field)field) {
    case FIELD_KIND:
        return lua_pushstring(L, dtl_node_kind_name(kind)), 1;
    case FIELD_TEXT:
        return push_own_text(L, which);
    case FIELD_PLAIN:
        return push_plain(L, which);
    case FIELD_LEVEL:
        return push_level(L, from);
    case FIELD_ORDERED:
        return push_flag(L, kind == DTL_NODE_LIST, dtl_node_is_ordered(which));
    case FIELD_HEADER:
        return push_flag(L, kind == DTL_NODE_ROW || kind == DTL_NODE_CELL,
                         dtl_node_is_header(which));
    case FIELD_ALIGN:
        return push_align(L, which);
    case FIELD_ROLE:
        return push_role(L, which);
    case FIELD_URL:
        return push_url(L, which);
    case FIELD_CAPTION:
        return push_caption(L, which);
    case FIELD_FACT:
        return kind == DTL_NODE_FACT ? (dtl_push_fact(L, dtl_node_get_fact(which)->fact), 1) : 0;
    case FIELD_ID:
        return kind == DTL_NODE_FACT ? (dtl_push_str(L, dtl_node_get_fact(which)->id), 1) : 0;
    case FIELD_DATE:
        return push_date_of(L, from);
    case FIELD_FIRST:
        return push_other(L, from, dtl_node_get_first(which));
    case FIELD_NEXT:
        return push_other(L, from, dtl_node_get_next(which));
    case FIELD_PARENT:
        return push_other(L, from, dtl_node_get_parent(which));
    case FIELD_TITLE:
        return push_meta(L, from, meta->title);
    case FIELD_LANG:
        return push_meta(L, from, meta->lang);
    case FIELD_REPORT:
        return push_meta(L, from, meta->report);
    case FIELD_STYLE:
        return push_meta(L, from, meta->style);
    case FIELD_SUMMARY:
        return push_meta(L, from, meta->summary);
    case FIELD_COUNT:
        break;
    }
    return 0;
}

static int each_next(lua_State *L)
{
    const node *last = check_node(L, 1);
    const dtl_node *next = lua_isnil(L, 2) ? dtl_node_get_first(last->node)
                                           : dtl_node_get_next(check_node(L, 2)->node);
    return push_other(L, last, next);
}

// node:each() -> an iterator over the nodes right below it.
static int node_each(lua_State *L)
{
    check_node(L, 1);
    lua_pushcfunction(L, each_next);
    lua_pushvalue(L, 1);
    return 2;
}

// document:facts() -> the ledger: {{id = "f1", fact = ...}, ...} in order of first appearance.
static int node_facts(lua_State *L)
{
    const dtl_ledger_entry *entries;
    size_t count = dtl_doc_ledger(check_node(L, 1)->tree->doc, &entries);
    lua_createtable(L, (int)count, 0);
    for (size_t i = 0; i < count; i++) {
        lua_createtable(L, 0, 2);
        dtl_push_str(L, entries[i].id);
        lua_setfield(L, -2, "id");
        dtl_push_fact(L, entries[i].fact);
        lua_setfield(L, -2, "fact");
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

// document:sources() -> the aside with which the core's renderers end a document that does not name
// its sources itself; nil when it does, or has none.
static int node_sources(lua_State *L)
{
    const tree *its = check_node(L, 1)->tree;
    lua_getiuservalue(L, 1, 1);
    if (lua_getiuservalue(L, -1, 1) == LUA_TNIL) {
        lua_pop(L, 1);
        tree *told = push_tree(L, its->doc);
        lua_pushvalue(L, -1);
        lua_setiuservalue(L, -3, 1);
        told->owned = dtl_outline_sources(&its->outline, its->doc);
        told->doc = told->owned;
        told->outline = (dtl_outline){0};  // nothing in it is a title
    }
    const tree *told = lua_touserdata(L, -1);  // the node, its tree, the sources' tree
    return push_node(L, -1, told,
                     told->doc ? dtl_node_get_first(dtl_doc_get_root(told->doc)) : NULL);
}

static bool wants_fragment(lua_State *L, int index)
{
    bool fragment = false;
    if (lua_istable(L, index)) {
        lua_getfield(L, index, "fragment");
        fragment = lua_toboolean(L, -1);
        lua_pop(L, 1);
    }
    return fragment;
}

// document:render(format, options) -> what one of the core's own renderers makes of it.
static int node_render(lua_State *L)
{
    const dtl_doc *doc = check_node(L, 1)->tree->doc;
    const dtl_renderer *renderer = dtl_renderer_named(dtl_check_str(L, 2));
    const dtl_render_options options = {.fragment = wants_fragment(L, 3)};
    dtl_buf *bytes = dtl_session_text(dtl_session_of(L));
    dtl_error err = {0};
    if (!renderer)
        return dtl_raise_argument(L, "render", "there is no such format",
                                  "\"markdown\", \"html\", \"text\" or \"json\"");
    if (!renderer->render(doc, &options, bytes, &err))
        return dtl_raise(L, &err);
    dtl_push_str(L, dtl_buf_str(bytes));
    return 1;
}

static const dtl_member members[] = {
    [FIELD_KIND] = {"kind", NULL, NULL},
    [FIELD_TEXT] = {"text", NULL, NULL},
    [FIELD_PLAIN] = {"plain", NULL, NULL},
    [FIELD_LEVEL] = {"level", NULL, NULL},
    [FIELD_ORDERED] = {"ordered", NULL, NULL},
    [FIELD_HEADER] = {"header", NULL, NULL},
    [FIELD_ALIGN] = {"align", NULL, NULL},
    [FIELD_ROLE] = {"role", NULL, NULL},
    [FIELD_URL] = {"url", NULL, NULL},
    [FIELD_CAPTION] = {"caption", NULL, NULL},
    [FIELD_FACT] = {"fact", NULL, NULL},
    [FIELD_ID] = {"id", NULL, NULL},
    [FIELD_DATE] = {"date", NULL, NULL},
    [FIELD_FIRST] = {"first", NULL, NULL},
    [FIELD_NEXT] = {"next", NULL, NULL},
    [FIELD_PARENT] = {"parent", NULL, NULL},
    [FIELD_TITLE] = {"title", NULL, NULL},
    [FIELD_LANG] = {"lang", NULL, NULL},
    [FIELD_REPORT] = {"report", NULL, NULL},
    [FIELD_STYLE] = {"style", NULL, NULL},
    [FIELD_SUMMARY] = {"summary", NULL, NULL},
    {"each", "", node_each},
    {"facts", "", node_facts},
    {"render", "format, options", node_render},
    {"sources", "", node_sources},
};
const dtl_members dtl_node_members = {members, DTL_COUNT(members)};

// The members table (upvalue 1) maps a name to its field number or its function.
static int node_index(lua_State *L)
{
    const node *handle = check_node(L, 1);
    lua_Integer field = dtl_find_member(L, DTL_STR("a document's node"), &dtl_node_members);
    return field < 0 ? 1 : push_field(L, handle, field);
}

static int node_equal(lua_State *L)
{
    const node *a = luaL_testudata(L, 1, type_name);
    const node *b = luaL_testudata(L, 2, type_name);
    lua_pushboolean(L, a && b && a->node == b->node);
    return 1;
}

void dtl_open_node(lua_State *L)
{
    static const luaL_Reg tree_meta[] = {{"__gc", tree_free}, {NULL, NULL}};
    dtl_new_type(L, tree_type_name, "document", tree_meta);
    lua_pop(L, 1);
    static const luaL_Reg meta[] = {{"__eq", node_equal}, {NULL, NULL}};
    dtl_new_type(L, type_name, "node", meta);
    dtl_push_members(L, &dtl_node_members);
    lua_pushcclosure(L, node_index, 1);
    lua_setfield(L, -2, "__index");
    lua_pop(L, 1);
}
