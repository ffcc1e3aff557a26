// core/script/bindings/lua_data.c - native.data: which datasets, events and releases there are.
#include "script/bindings/binding.h"

static void set_str(lua_State *L, const char *key, dtl_str value)
{
    dtl_push_str(L, value);
    lua_setfield(L, -2, key);
}

static void push_columns(lua_State *L, const dtl_dataset *dataset, dtl_role role)
{
    lua_newtable(L);
    lua_Integer n = 0;
    for (size_t i = 0; i < dataset->column_count; i++) {
        const dtl_column *column = &dataset->columns[i];
        if (column->role != role)
            continue;
        lua_createtable(L, 0, 3);
        set_str(L, "name", column->name);
        set_str(L, "title", column->title);
        set_str(L, "unit", column->unit);
        lua_rawseti(L, -2, ++n);
    }
}

// native.data.datasets() -> list of names, in order.
static int data_datasets(lua_State *L)
{
    const dtl_dataset *datasets;
    size_t count;
    dtl_error err = {0};
    if (!dtl_session_datasets(dtl_session_of(L), &datasets, &count, &err))
        return dtl_raise(L, &err);
    lua_createtable(L, (int)count, 0);
    for (size_t i = 0; i < count; i++) {
        dtl_push_str(L, datasets[i].name);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

// native.data.dataset(name) -> {name, title, publisher, licence, attribution, homepage, caveat,
// grain, provisional, measures, dimensions}; raises with a hint when there is none.
static int data_dataset(lua_State *L)
{
    const dtl_dataset *dataset = NULL;
    dtl_error err = {0};
    if (!dtl_session_dataset(dtl_session_of(L), dtl_check_str(L, 1), &dataset, &err))
        return dtl_raise(L, &err);
    lua_createtable(L, 0, 11);
    set_str(L, "name", dataset->name);
    set_str(L, "title", dataset->title);
    set_str(L, "publisher", dataset->publisher);
    set_str(L, "licence", dataset->licence);
    set_str(L, "attribution", dataset->attribution);
    set_str(L, "homepage", dataset->homepage);
    set_str(L, "caveat", dataset->caveat);
    set_str(L, "grain", dtl_str_from(dtl_grain_name(dataset->grain)));
    lua_pushboolean(L, dataset->provisional);
    lua_setfield(L, -2, "provisional");
    push_columns(L, dataset, DTL_ROLE_MEASURE);
    lua_setfield(L, -2, "measures");
    push_columns(L, dataset, DTL_ROLE_DIMENSION);
    lua_setfield(L, -2, "dimensions");
    return 1;
}

static void push_event(lua_State *L, const dtl_event *event)
{
    lua_createtable(L, 0, 4);
    set_str(L, "name", event->name);
    set_str(L, "label", event->label);
    dtl_push_date(L, event->from);
    lua_setfield(L, -2, "from");
    dtl_push_date(L, event->to);
    lua_setfield(L, -2, "to");
}

// native.data.events() -> list of {name, label, from, to or nil}, by date.
static int data_events(lua_State *L)
{
    const dtl_event *events;
    size_t count;
    dtl_error err = {0};
    if (!dtl_session_events(dtl_session_of(L), &events, &count, &err))
        return dtl_raise(L, &err);
    lua_createtable(L, (int)count, 0);
    for (size_t i = 0; i < count; i++) {
        push_event(L, &events[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

// native.data.event(name) -> {name, label, from, to or nil}; raises with a hint when there is none.
static int data_event(lua_State *L)
{
    const dtl_event *event;
    dtl_error err = {0};
    if (!dtl_session_event(dtl_session_of(L), dtl_check_str(L, 1), &event, &err))
        return dtl_raise(L, &err);
    push_event(L, event);
    return 1;
}

int dtl_open_data(lua_State *L)
{
    static const luaL_Reg functions[] = {{"datasets", data_datasets},
                                         {"dataset", data_dataset},
                                         {"events", data_events},
                                         {"event", data_event},
                                         {NULL, NULL}};
    luaL_newlib(L, functions);
    return 1;
}
