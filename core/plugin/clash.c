// core/plugin/clash.c - what of a plugin is not reached by its name or ending, as something else has it.
#include "plugin/clash.h"

#include "import/import.h"
#include "render/render.h"

typedef struct search {
    const dtl_plugin_info *info;
    const dtl_plugin_info *plugins;  // those that are found before it
    size_t count;
    dtl_clash_fn *tell;
    void *context;
} search;

// How each kind that is found by name alone is asked for.
static const char *const by_name[DTL_PROVIDE_KINDS] = {
    [DTL_PROVIDE_RENDERER] = "--to", [DTL_PROVIDE_STYLE] = "--style",
    [DTL_PROVIDE_CHECK] = "--check", [DTL_PROVIDE_PUBLISHER] = "--publish",
    [DTL_PROVIDE_REPORT] = "run",
};

// Those of scripts/dateline/style.lua; a test (cli.plugin_names) has them all.
static const dtl_str core_styles = {"ap bbc govuk guardian ons pa percent_num percent_word", 53};

static bool core_has_name(dtl_provide_kind kind, dtl_str name)
{
    return (kind == DTL_PROVIDE_RENDERER && dtl_renderer_named(name)) ||
           (kind == DTL_PROVIDE_STYLE && dtl_str_has_word(core_styles, name));
}

static bool core_has_ending(dtl_provide_kind kind, dtl_str ending)
{
    dtl_buf file = {0};
    bool has = false;
    if (kind == DTL_PROVIDE_RENDERER) {
        dtl_buf_printf(&file, "x.%.*s", DTL_ARG(ending));
        has = dtl_renderer_for_file(dtl_buf_str(&file)) != NULL;
        dtl_buf_release(&file);
        return has;
    }
    for (size_t i = 0; i < dtl_importers_builtin.count && !has; i++)
        has =
            dtl_str_has_word(dtl_str_from(dtl_importers_builtin.importers[i]->extensions), ending);
    return has;
}

// The first that provides it before ours does; NULL: none.
static const dtl_plugin_info *find_earlier(const search *s, dtl_provide_kind kind, dtl_str name,
                                           dtl_str ending)
{
    for (size_t i = 0; i < s->count; i++)
        if (s->plugins[i].usable && dtl_plugin_provision(&s->plugins[i], kind, name, ending))
            return &s->plugins[i];
    return NULL;
}

static void add_owner(dtl_buf *out, const dtl_plugin_info *earlier)
{
    if (earlier)
        dtl_buf_printf(out, "that of the plugin %.*s", DTL_ARG(earlier->name));
    else
        DTL_BUF_LITERAL(out, "the program's own");
}

static void look_at_name(const search *s, const dtl_provision *p)
{
    const char *option = by_name[p->kind];
    bool in_core = core_has_name(p->kind, p->name);
    const dtl_plugin_info *earlier =
        in_core ? NULL : find_earlier(s, p->kind, p->name, DTL_STR(""));
    if (!in_core && !earlier)
        return;
    dtl_buf text = {0};
    dtl_buf_printf(&text, "%s %.*s means ", option, DTL_ARG(p->name));
    add_owner(&text, earlier);
    dtl_buf_printf(&text, "; this one is %s %.*s:%.*s", option, DTL_ARG(s->info->name),
                   DTL_ARG(p->name));
    s->tell(s->context, p, dtl_buf_str(&text));
    dtl_buf_release(&text);
}

// [by]: the plugin that has the ending; NULL: the program.
static void tell_ending(const search *s, const dtl_provision *p, dtl_str ending,
                        const dtl_plugin_info *by)
{
    dtl_buf text = {0};
    dtl_buf_printf(&text, "files that end in .%.*s are %s by ", DTL_ARG(ending),
                   p->kind == DTL_PROVIDE_RENDERER ? "written" : "read");
    if (by)
        dtl_buf_printf(&text, "the plugin %.*s", DTL_ARG(by->name));
    else
        DTL_BUF_LITERAL(&text, "the program itself");
    dtl_buf_printf(&text, ", not by the %s %.*s", dtl_provide_kind_name(p->kind), DTL_ARG(p->name));
    s->tell(s->context, p, dtl_buf_str(&text));
    dtl_buf_release(&text);
}

static void look_at_export_ending(const search *s, const dtl_provision *p, dtl_str ending)
{
    bool in_core = core_has_ending(p->kind, ending);
    const dtl_plugin_info *earlier = in_core ? NULL : find_earlier(s, p->kind, DTL_STR(""), ending);
    if (in_core || earlier)
        tell_ending(s, p, ending, earlier);
}

// Of several importers of one ending the surest reads a file; those in Lua are all equally sure, and the
// first of equals is taken.
static void look_at_import_ending(const search *s, const dtl_provision *p, dtl_str ending)
{
    const dtl_plugin_info *rival = NULL;
    bool is_hidden = false;
    for (size_t i = 0; i < s->count && !is_hidden; i++) {
        const dtl_plugin_info *other = &s->plugins[i];
        if (!other->usable || !dtl_plugin_provision(other, p->kind, DTL_STR(""), ending))
            continue;
        is_hidden = !other->library.size && !s->info->library.size;
        if (is_hidden || !rival)
            rival = other;
    }
    if (core_has_ending(p->kind, ending)) {
        tell_ending(s, p, ending, NULL);
    } else if (is_hidden) {
        tell_ending(s, p, ending, rival);
    } else if (rival) {
        dtl_buf text = {0};
        dtl_buf_printf(
            &text,
            "files that end in .%.*s are read by the plugin %.*s too: each by the one that is "
            "surer of it",
            DTL_ARG(ending), DTL_ARG(rival->name));
        s->tell(s->context, p, dtl_buf_str(&text));
        dtl_buf_release(&text);
    }
}

static void look_at_endings(const search *s, const dtl_provision *p)
{
    dtl_str rest = p->extensions;
    while (rest.size) {
        size_t end = dtl_str_find(rest, DTL_STR(" "));
        (p->kind == DTL_PROVIDE_RENDERER ? look_at_export_ending : look_at_import_ending)(
            s, p, dtl_str_slice(rest, 0, end));
        rest = end == SIZE_MAX ? DTL_STR("") : dtl_str_slice(rest, end + 1, rest.size);
    }
}

void dtl_plugin_clashes(const dtl_plugin_info *info, const dtl_plugin_info *plugins, size_t count,
                        dtl_clash_fn *tell, void *context)
{
    size_t at = 0;
    while (at < count && !dtl_str_equal(plugins[at].folder, info->folder))
        at++;
    const search s = {info, plugins, at < count ? at : 0, tell, context};
    for (size_t i = 0; info->usable && i < info->provide_count; i++) {
        const dtl_provision *p = &info->provides[i];
        if (by_name[p->kind])
            look_at_name(&s, p);
        if (p->kind == DTL_PROVIDE_RENDERER || p->kind == DTL_PROVIDE_IMPORTER)
            look_at_endings(&s, p);
    }
}
