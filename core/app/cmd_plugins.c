// core/app/cmd_plugins.c - dateline plugins: which plugins there are, and what is wrong with them.
#include "app/commands.h"
#include "app/listing.h"
#include "app/plugin_choice.h"
#include "base/json.h"
#include "plugin/clash.h"
#include "plugin/grants.h"

typedef struct plugins_values {
    dtl_option_list plugins;
    int to;
} plugins_values;

enum {
    TO_TABLE,
    TO_JSON
};

static const dtl_option options[] = {
    {.name = "to",
     .value = "table|json",
     .help = "a table, or an array of objects",
     .read = dtl_read_choice,
     .offset = offsetof(plugins_values, to)},
    DTL_OPTION_PLUGIN(plugins_values, plugins),
};

static const plugins_values defaults = {.to = TO_TABLE};

static const dtl_listing_column columns[] = {
    {"name", "NAME", DTL_LISTING_TEXT},         {"version", "VERSION", DTL_LISTING_TEXT},
    {"state", "STATE", DTL_LISTING_TEXT},       {"capabilities", "ASKS FOR", DTL_LISTING_TEXT},
    {"provides", "PROVIDES", DTL_LISTING_TEXT}, {"origin", "FROM", DTL_LISTING_TEXT},
    {"folder", "FOLDER", DTL_LISTING_TEXT},
};

// A plugin, and whether it can be used as things stand.
typedef struct entry {
    const dtl_plugin_info *info;
    bool granted;                // all that it asks for; false of what is not usable
    dtl_error problem;           // of the plugin, else of its grants; none: it can be used
    const dtl_plugin_info *all;  // in order of search
    size_t all_count;
} entry;

static entry look_at(const dtl_plugin_info *all, size_t count, size_t at)
{
    const dtl_plugin_info *info = &all[at];
    entry e = {.info = info, .problem = info->problem, .all = all, .all_count = count};
    if (info->usable)
        e.granted = dtl_grants_check(info, &e.problem);
    return e;
}

static const char *state_of(const entry *e)
{
    if (!e->info->usable)
        return "not usable";
    if (!e->granted)
        return "not granted";
    return e->info->origin == DTL_PLUGIN_FROM_INSTALLED ? "usable (ships)" : "usable";
}

// ---- for people ----

// Columns for capabilities and for what is provided: "importer ods, renderer outline".
static void add_words(dtl_listing *listing, const dtl_plugin_info *info)
{
    dtl_buf words = {0};
    dtl_capabilities_add(&words, info->capabilities);
    dtl_listing_add(listing, dtl_buf_str(&words));
    dtl_buf_clear(&words);
    dtl_plugin_choice_provides(info, &words);
    dtl_listing_add(listing, dtl_buf_str(&words));
    dtl_buf_release(&words);
}

typedef struct told {
    const dtl_plugin_info *info;
    dtl_buf *out;
} told;

static void print_clash(void *context, const dtl_provision *provision, dtl_str text)
{
    const told *t = context;
    (void)provision;
    dtl_buf_printf(t->out, "\nnote: the plugin %.*s: %.*s\n", DTL_ARG(t->info->name),
                   DTL_ARG(text));
}

// The table, and behind it what is wrong.
static void print_table(const entry *entries, size_t count, dtl_arena *arena, dtl_buf *out)
{
    dtl_listing listing;
    dtl_listing_init(&listing, columns, DTL_COUNT(columns), arena);
    for (size_t i = 0; i < count; i++) {
        const dtl_plugin_info *info = entries[i].info;
        dtl_listing_add(&listing, info->name);
        dtl_listing_add(&listing, info->version);
        dtl_listing_add(&listing, dtl_str_from(state_of(&entries[i])));
        add_words(&listing, info);
        dtl_listing_add(&listing, dtl_str_from(dtl_plugin_origin_name(info->origin)));
        dtl_listing_add(&listing, info->folder);
    }
    dtl_listing_print(&listing, out);
    dtl_listing_release(&listing);
    for (size_t i = 0; i < count; i++) {
        if (entries[i].problem.code == DTL_OK)
            continue;
        dtl_buf_add_char(out, '\n');
        dtl_error_print(&entries[i].problem, out);
    }
    for (size_t i = 0; i < count; i++) {
        told t = {entries[i].info, out};
        dtl_plugin_clashes(entries[i].info, entries[i].all, entries[i].all_count, print_clash, &t);
    }
}

// ---- for programs ----

// A JSON array of the words of [list], between which [separator] stands.
static void put_words(dtl_json *json, const char *key, dtl_str list, dtl_str separator)
{
    dtl_json_key(json, dtl_str_from(key));
    dtl_json_begin_array(json);
    while (list.size) {
        size_t end = dtl_str_find(list, separator);
        dtl_json_string(json, dtl_str_slice(list, 0, end));
        list = end == SIZE_MAX ? DTL_STR("") : dtl_str_slice(list, end + separator.size, list.size);
    }
    dtl_json_end_array(json);
}

static void put_text(dtl_json *json, const char *key, dtl_str text)
{
    dtl_json_key(json, dtl_str_from(key));
    if (text.size)
        dtl_json_string(json, text);
    else
        dtl_json_null(json);
}

typedef struct clash_list {
    dtl_json *json;
    const dtl_provision *of;
} clash_list;

static void put_clash(void *context, const dtl_provision *provision, dtl_str text)
{
    const clash_list *list = context;
    if (provision == list->of)
        dtl_json_string(list->json, text);
}

static void put_provisions(dtl_json *json, const entry *e)
{
    const dtl_plugin_info *info = e->info;
    dtl_json_key(json, DTL_STR("provides"));
    dtl_json_begin_array(json);
    for (size_t i = 0; i < info->provide_count; i++) {
        const dtl_provision *p = &info->provides[i];
        dtl_json_begin_object(json);
        dtl_json_put_string(json, "kind", dtl_str_from(dtl_provide_kind_name(p->kind)));
        dtl_json_put_string(json, "name", p->name);
        put_words(json, "extensions", p->extensions, DTL_STR(" "));
        put_text(json, "summary", p->summary);
        clash_list list = {json, p};
        dtl_json_key(json, DTL_STR("clashes"));
        dtl_json_begin_array(json);
        dtl_plugin_clashes(info, e->all, e->all_count, put_clash, &list);
        dtl_json_end_array(json);
        dtl_json_end_object(json);
    }
    dtl_json_end_array(json);
}

// As diagnostics are told, or null.
static void put_problem(dtl_json *json, const dtl_error *problem)
{
    dtl_json_key(json, DTL_STR("problem"));
    if (problem->code == DTL_OK) {
        dtl_json_null(json);
        return;
    }
    dtl_buf text = {0};
    dtl_error_print_json(problem, "error", &text);
    dtl_json_number(json, dtl_str_trim(dtl_buf_str(&text)));  // JSON already
    dtl_buf_release(&text);
}

static void put_entry(dtl_json *json, const entry *e)
{
    const dtl_plugin_info *info = e->info;
    dtl_buf words = {0};
    dtl_capabilities_add(&words, info->capabilities);
    dtl_json_begin_object(json);
    put_text(json, "name", info->name);
    put_text(json, "version", info->version);
    put_text(json, "summary", info->summary);
    put_text(json, "license", info->licence);
    dtl_json_put_string(json, "origin", dtl_str_from(dtl_plugin_origin_name(info->origin)));
    dtl_json_put_string(json, "folder", info->folder);
    dtl_json_put_bool(json, "native", info->library.size > 0);
    put_provisions(json, e);
    put_words(json, "capabilities", dtl_buf_str(&words), DTL_STR(", "));
    dtl_json_put_bool(json, "granted", e->granted);
    dtl_json_put_bool(json, "usable", info->usable && e->granted);
    put_problem(json, &e->problem);
    dtl_json_end_object(json);
    dtl_buf_release(&words);
}

// An array of objects, one a line.
static void print_json(const entry *entries, size_t count, dtl_buf *out)
{
    dtl_buf_add_char(out, '[');
    for (size_t i = 0; i < count; i++) {
        dtl_json json;
        dtl_buf_add_str(out, i ? DTL_STR(",\n") : DTL_STR("\n"));
        dtl_json_init(&json, out);
        put_entry(&json, &entries[i]);
    }
    dtl_buf_add_str(out, count ? DTL_STR("\n]\n") : DTL_STR("]\n"));
}

static int run(dtl_app *app, const dtl_command_line *line, const void *given)
{
    const plugins_values *values = given;
    (void)line;
    dtl_buf text = {0};
    dtl_plugin_info *plugins;
    dtl_plugin_search search = dtl_plugin_choice(&values->plugins);
    size_t count = dtl_plugins_list(&search, &app->arena, &plugins);
    entry *entries = dtl_arena_alloc(&app->arena, (count + 1) * sizeof *entries);
    for (size_t i = 0; i < count; i++)
        entries[i] = look_at(plugins, count, i);
    if (values->to == TO_JSON)
        print_json(entries, count, &text);
    else
        print_table(entries, count, &app->arena, &text);
    return dtl_app_show(app, &text);
}

const dtl_command dtl_command_plugins = {
    .name = "plugins",
    .usage = "[options]",
    .summary = "Lists the plugins, and what is wrong with them.",
    .details =
        "In order: --plugin PATH, plugins/ beside the reports, the user's folder, and those\n"
        "that were installed with the program, which need no grant. Of one name, the first is\n"
        "used; PLUGIN:NAME (as in run --to mine:html) means what one plugin provides.\n",
    .example = "plugins --to json",
    .options = {.options = options, .count = DTL_COUNT(options)},
    .defaults = &defaults,
    .values_size = sizeof defaults,
    .run = run,
};
