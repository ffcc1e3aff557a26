// core/plugin/manifest.c - plugin.json: what a plugin is and provides, read and never executed.
//
// The first thing wrong is told, with its place in the file; the rest is read all the same, so that
// a listing can name a broken plugin and say what it would have provided.
#include "plugin/manifest.h"

#include <unistd.h>

#include "base/file.h"
#include "import/json_reader.h"
#include "plugin/names.h"

enum {
    MANIFEST_MAX_BYTES = 256 * 1024,
    TEXT_MAX_BYTES = 512,  // of a summary or a licence
};

typedef struct reader {
    dtl_plugin_info *out;
    dtl_arena *arena;
    dtl_str file;
} reader;

// One member of an object: how it is read, and whether it must be there.
typedef struct member {
    const char *name;
    bool required;
    void (*read)(reader *r, const dtl_json_value *value, void *to);
} member;

static const char *const kind_names[DTL_PROVIDE_KINDS] = {
    [DTL_PROVIDE_IMPORTER] = "importer", [DTL_PROVIDE_RENDERER] = "renderer",
    [DTL_PROVIDE_STYLE] = "style",       [DTL_PROVIDE_PHRASE] = "phrase",
    [DTL_PROVIDE_FUNCTION] = "function", [DTL_PROVIDE_DATASET] = "dataset",
    [DTL_PROVIDE_CHECK] = "check",       [DTL_PROVIDE_PUBLISHER] = "publisher",
    [DTL_PROVIDE_REPORT] = "report",
};

static const struct {
    unsigned bit;
    const char *name;
} capabilities[] = {
    {DTL_CAPABILITY_READ_FILES, "read-files"},
    {DTL_CAPABILITY_WRITE_FILES, "write-files"},
    {DTL_CAPABILITY_NETWORK, "network"},
    {DTL_CAPABILITY_RUN_NATIVE, "run-native"},
};

static const char *const origin_names[] = {
    [DTL_PLUGIN_FROM_OPTION] = "--plugin",
    [DTL_PLUGIN_FROM_REPORT] = "beside the report",
    [DTL_PLUGIN_FROM_USER] = "the user's folder",
    [DTL_PLUGIN_FROM_INSTALLED] = "installed",
};

const char *dtl_provide_kind_name(dtl_provide_kind kind)
{
    return kind_names[kind];
}

const char *dtl_plugin_origin_name(dtl_plugin_origin origin)
{
    return origin_names[origin];
}

void dtl_capabilities_add(dtl_buf *out, unsigned wanted)
{
    const char *separator = "";
    for (size_t i = 0; i < DTL_COUNT(capabilities); i++) {
        if (!(wanted & capabilities[i].bit))
            continue;
        dtl_buf_printf(out, "%s%s", separator, capabilities[i].name);
        separator = ", ";
    }
}

unsigned dtl_capability_named(dtl_str name)
{
    for (size_t i = 0; i < DTL_COUNT(capabilities); i++)
        if (dtl_str_equal(name, dtl_str_from(capabilities[i].name)))
            return capabilities[i].bit;
    return 0;
}

// ---- what is wrong ----

// Whether this is the first fault, which is the one that is told.
static bool is_first(const reader *r)
{
    return r->out->problem.code == DTL_OK;
}

static void fault_at(reader *r, const dtl_json_value *value, const char *expected)
{
    if (!is_first(r))
        return;
    dtl_error_at(&r->out->problem, r->file, value ? value->line : 0, value ? value->column : 0);
    if (expected)
        dtl_error_expected(&r->out->problem, "%s", expected);
}

// [what] is the member's name, "version" or "provides[2].kind".
static void fault(reader *r, const dtl_json_value *value, const char *what, const char *expected)
{
    if (!is_first(r))
        return;
    fault_at(r, value, expected);
    bool quotable = value->kind == DTL_JSON_STRING || value->kind == DTL_JSON_NUMBER;
    if (quotable && value->text.size <= 64)
        dtl_error_set(&r->out->problem, DTL_EDATA, "\"%s\": '%.*s' does not do", what,
                      DTL_ARG(value->text));
    else
        dtl_error_set(&r->out->problem, DTL_EDATA, "\"%s\" is not what it should be", what);
}

static void hint_nearest(reader *r, dtl_str word, const char *const *names, size_t count)
{
    dtl_str list[32];
    for (size_t i = 0; i < count && i < DTL_COUNT(list); i++)
        list[i] = dtl_str_from(names[i]);
    dtl_str near = dtl_str_nearest(word, list, count < DTL_COUNT(list) ? count : DTL_COUNT(list));
    if (near.size)
        dtl_error_hint(&r->out->problem, "did you mean '%.*s'?", DTL_ARG(near));
}

// ---- objects ----

static void unknown_member(reader *r, const dtl_json_value *value, const member *members,
                           size_t count)
{
    const char *names[16];
    if (!is_first(r))
        return;
    for (size_t i = 0; i < count; i++)
        names[i] = members[i].name;
    fault_at(r, value, NULL);
    dtl_error_set(&r->out->problem, DTL_EDATA, "a plugin's manifest has no \"%.*s\" here",
                  DTL_ARG(value->key));
    hint_nearest(r, value->key, names, count);
}

static void read_members(reader *r, const dtl_json_value *object, const member *members,
                         size_t count, void *to)
{
    for (size_t m = 0; m < object->count; m++) {
        const dtl_json_value *value = &object->children[m];
        const member *found = NULL;
        for (size_t i = 0; i < count && !found; i++)
            if (dtl_str_equal(value->key, dtl_str_from(members[i].name)))
                found = &members[i];
        if (found)
            found->read(r, value, to);
        else
            unknown_member(r, value, members, count);
    }
    for (size_t i = 0; i < count; i++) {
        if (!members[i].required || dtl_json_get(object, dtl_str_from(members[i].name)) ||
            !is_first(r))
            continue;
        fault_at(r, object, NULL);
        dtl_error_set(&r->out->problem, DTL_EDATA, "\"%s\" is missing", members[i].name);
    }
}

static bool is_text(const dtl_json_value *value)
{
    return value->kind == DTL_JSON_STRING && value->text.size > 0 &&
           value->text.size <= TEXT_MAX_BYTES;
}

// ---- what a plugin provides ----

static void read_kind(reader *r, const dtl_json_value *value, void *to)
{
    dtl_provision *provision = to;
    for (size_t i = 0; i < DTL_PROVIDE_KINDS; i++) {
        if (value->kind == DTL_JSON_STRING &&
            dtl_str_equal(value->text, dtl_str_from(kind_names[i]))) {
            provision->kind = (dtl_provide_kind)i;
            return;
        }
    }
    bool told = !is_first(r);
    fault(r, value, "kind",
          "importer, renderer, style, phrase, function, dataset, check, publisher or report");
    if (!told && value->kind == DTL_JSON_STRING)
        hint_nearest(r, value->text, kind_names, DTL_PROVIDE_KINDS);
    provision->kind = DTL_PROVIDE_KINDS;
}

static void read_provision_name(reader *r, const dtl_json_value *value, void *to)
{
    dtl_provision *provision = to;
    if (value->kind == DTL_JSON_STRING && dtl_is_provision_name(value->text))
        provision->name = dtl_arena_str(r->arena, value->text);
    else
        fault(r, value, "name", "small letters, digits, '-' and '_', a letter first");
}

static void read_provision_summary(reader *r, const dtl_json_value *value, void *to)
{
    dtl_provision *provision = to;
    if (is_text(value))
        provision->summary = dtl_arena_str(r->arena, value->text);
    else
        fault(r, value, "summary", "one line of text");
}

static void read_extensions(reader *r, const dtl_json_value *value, void *to)
{
    dtl_provision *provision = to;
    dtl_buf words = {0};
    bool ok = value->kind == DTL_JSON_ARRAY && value->count > 0;
    for (size_t i = 0; ok && i < value->count; i++) {
        const dtl_json_value *item = &value->children[i];
        ok = item->kind == DTL_JSON_STRING && dtl_is_extension(item->text);
        if (ok)
            dtl_buf_printf(&words, "%s%.*s", i ? " " : "", DTL_ARG(item->text));
    }
    if (ok)
        provision->extensions = dtl_arena_str(r->arena, dtl_buf_str(&words));
    else
        fault(r, value, "extensions", "endings of file names without the dot: [\"ods\", \"fods\"]");
    dtl_buf_release(&words);
}

static const member provision_members[] = {
    {"kind", true, read_kind},
    {"name", true, read_provision_name},
    {"extensions", false, read_extensions},
    {"summary", false, read_provision_summary},
};

// What holds between the members of one provision, and between it and those before.
static void check_provision(reader *r, const dtl_json_value *value, const dtl_provision *list,
                            size_t at)
{
    const dtl_provision *p = &list[at];
    bool takes_extensions = p->kind == DTL_PROVIDE_IMPORTER || p->kind == DTL_PROVIDE_RENDERER;
    bool is_field = p->kind == DTL_PROVIDE_PHRASE || p->kind == DTL_PROVIDE_FUNCTION;
    if (!is_first(r) || p->kind == DTL_PROVIDE_KINDS)
        return;
    const dtl_json_value *name = dtl_json_get(value, DTL_STR("name"));
    if (p->extensions.size && !takes_extensions)
        fault(r, dtl_json_get(value, DTL_STR("extensions")), "extensions",
              "only with an importer or a renderer");
    if (is_field && dtl_str_find(p->name, DTL_STR("-")) != SIZE_MAX)
        fault(r, name, "name", "a phrase or function is a field in Lua: '_' instead of '-'");
    for (size_t i = 0; i < at; i++) {
        bool both_fields = is_field && (list[i].kind == DTL_PROVIDE_PHRASE ||
                                        list[i].kind == DTL_PROVIDE_FUNCTION);
        if ((list[i].kind == p->kind || both_fields) && dtl_str_equal(list[i].name, p->name))
            fault(r, name, "name", "a name not yet used in \"provides\"");
    }
}

static void read_provides(reader *r, const dtl_json_value *value, void *to)
{
    dtl_plugin_info *out = to;
    if (value->kind != DTL_JSON_ARRAY || value->count == 0 ||
        value->count > DTL_PLUGIN_PROVIDES_MAX) {
        fault(r, value, "provides", "a list of 1 to 100 objects: [{\"kind\": ..., \"name\": ...}]");
        return;
    }
    dtl_provision *list = dtl_arena_alloc(r->arena, value->count * sizeof *list);
    size_t count = 0;
    for (size_t i = 0; i < value->count; i++) {
        const dtl_json_value *item = &value->children[i];
        list[count] = (dtl_provision){.kind = DTL_PROVIDE_KINDS};
        if (item->kind != DTL_JSON_OBJECT) {
            fault(r, item, "provides", "{\"kind\": ..., \"name\": ...}");
            continue;
        }
        read_members(r, item, provision_members, DTL_COUNT(provision_members), &list[count]);
        check_provision(r, item, list, count);
        if (list[count].kind != DTL_PROVIDE_KINDS && list[count].name.size)
            count++;
    }
    out->provides = list;
    out->provide_count = count;
}

// ---- the plugin ----

static void read_level(reader *r, const dtl_json_value *value, const char *name, int64_t ours,
                       int64_t *out)
{
    if (value->kind != DTL_JSON_NUMBER || !dtl_str_to_int64(value->text, out) || *out < 1) {
        fault(r, value, name, "a whole number, 1 or more");
        return;
    }
    if (*out <= ours || !is_first(r))
        return;
    fault_at(r, value, NULL);
    dtl_error_set(&r->out->problem, DTL_EDATA,
                  "the plugin needs \"%s\" %lld, this program has %lld", name, (long long)*out,
                  (long long)ours);
    dtl_error_hint(&r->out->problem, "install a newer dateline, or an older version of the plugin");
}

static void read_manifest_format(reader *r, const dtl_json_value *value, void *to)
{
    int64_t format = 0;
    (void)to;
    read_level(r, value, "manifest", DTL_PLUGIN_MANIFEST_FORMAT, &format);
}

static void read_api(reader *r, const dtl_json_value *value, void *to)
{
    read_level(r, value, "api", DTL_PLUGIN_API_LEVEL, &((dtl_plugin_info *)to)->api);
}

static void read_name(reader *r, const dtl_json_value *value, void *to)
{
    if (value->kind == DTL_JSON_STRING && dtl_is_plugin_name(value->text))
        ((dtl_plugin_info *)to)->name = dtl_arena_str(r->arena, value->text);
    else
        fault(r, value, "name", "small letters, digits and '-', a letter first");
}

static void read_version(reader *r, const dtl_json_value *value, void *to)
{
    if (value->kind == DTL_JSON_STRING && dtl_is_semver(value->text))
        ((dtl_plugin_info *)to)->version = dtl_arena_str(r->arena, value->text);
    else
        fault(r, value, "version", "a semantic version: 1.0.0");
}

static void read_summary(reader *r, const dtl_json_value *value, void *to)
{
    if (is_text(value))
        ((dtl_plugin_info *)to)->summary = dtl_arena_str(r->arena, value->text);
    else
        fault(r, value, "summary", "one line of text");
}

static void read_licence(reader *r, const dtl_json_value *value, void *to)
{
    if (is_text(value))
        ((dtl_plugin_info *)to)->licence = dtl_arena_str(r->arena, value->text);
    else
        fault(r, value, "license", "an SPDX identifier: \"MIT\"");
}

static void read_main(reader *r, const dtl_json_value *value, void *to)
{
    bool is_script = value->kind == DTL_JSON_STRING && dtl_str_ends(value->text, DTL_STR(".lua")) &&
                     dtl_is_file_stem(dtl_str_slice(value->text, 0, value->text.size - 4));
    if (is_script)
        ((dtl_plugin_info *)to)->main = dtl_arena_str(r->arena, value->text);
    else
        fault(r, value, "main", "a script in the plugin's folder: \"main.lua\"");
}

static void read_library(reader *r, const dtl_json_value *value, void *to)
{
    if (value->kind == DTL_JSON_STRING && dtl_is_file_stem(value->text))
        ((dtl_plugin_info *)to)->library = dtl_arena_str(r->arena, value->text);
    else
        fault(r, value, "library", "a library in the plugin's folder, without its \".so\"");
}

static void read_capabilities(reader *r, const dtl_json_value *value, void *to)
{
    const char *expected = "a list of read-files, write-files, network, run-native";
    if (value->kind != DTL_JSON_ARRAY) {
        fault(r, value, "capabilities", expected);
        return;
    }
    for (size_t i = 0; i < value->count; i++) {
        const dtl_json_value *item = &value->children[i];
        unsigned bit = item->kind == DTL_JSON_STRING ? dtl_capability_named(item->text) : 0;
        if (!bit)
            fault(r, item, "capabilities", expected);
        ((dtl_plugin_info *)to)->capabilities |= bit;
    }
}

static const member plugin_members[] = {
    {"manifest", true, read_manifest_format},
    {"name", true, read_name},
    {"version", true, read_version},
    {"summary", true, read_summary},
    {"license", true, read_licence},
    {"api", true, read_api},
    {"main", false, read_main},
    {"library", false, read_library},
    {"provides", true, read_provides},
    {"capabilities", false, read_capabilities},
};

// Whether what is provided takes code: a dataset and a report are files of their own.
static bool needs_code(const dtl_plugin_info *info)
{
    for (size_t i = 0; i < info->provide_count; i++)
        if (info->provides[i].kind != DTL_PROVIDE_DATASET &&
            info->provides[i].kind != DTL_PROVIDE_REPORT)
            return true;
    return false;
}

static bool is_for_lua_alone(dtl_provide_kind kind)
{
    return kind == DTL_PROVIDE_STYLE || kind == DTL_PROVIDE_PHRASE || kind == DTL_PROVIDE_PUBLISHER;
}

static void fault_whole(reader *r, const dtl_json_value *value, const char *wrong)
{
    if (!is_first(r))
        return;
    fault_at(r, value, NULL);
    dtl_error_set(&r->out->problem, DTL_EDATA, "%s", wrong);
}

// A plugin that does not say which script it is has the usual one.
static void find_main(reader *r, const dtl_json_value *at)
{
    dtl_str usual = DTL_STR("main.lua");
    dtl_str path = dtl_arena_printf(r->arena, "%.*s/%.*s", DTL_ARG(r->out->folder), DTL_ARG(usual));
    if (access(path.data, F_OK) == 0) {
        r->out->main = usual;
        return;
    }
    fault_whole(r, at, "there is no main.lua, and neither \"main\" nor \"library\" is given");
    dtl_error_expected(&r->out->problem,
                       "a Lua script called main.lua, or \"library\" of a native plugin");
}

// Whether [p] reads nothing: a native importer may know its files by their bytes, one in Lua is asked by
// their endings alone.
static bool reads_nothing(const dtl_plugin_info *info, const dtl_provision *p)
{
    return p->kind == DTL_PROVIDE_IMPORTER && !p->extensions.size && !info->library.size;
}

// What each provision must be for a plugin of this sort, in Lua or in C.
static void check_sort(reader *r, const dtl_json_value *provides)
{
    const dtl_plugin_info *info = r->out;
    for (size_t i = 0; is_first(r) && i < info->provide_count; i++) {
        const dtl_provision *p = &info->provides[i];
        if (info->library.size && is_for_lua_alone(p->kind))
            fault_whole(r, &provides->children[i],
                        "styles, phrases and publishers come from Lua plugins alone");
        if (!reads_nothing(info, p) || !is_first(r))
            continue;
        fault_whole(r, &provides->children[i],
                    "an importer without \"extensions\" would read no file");
        dtl_error_expected(&r->out->problem,
                           "endings of file names without the dot: [\"ods\", \"fods\"]");
    }
}

// What holds between the members of the whole: told where the one stands that would have to change.
static void check_whole(reader *r, const dtl_json_value *root)
{
    const dtl_plugin_info *info = r->out;
    const dtl_json_value *provides = dtl_json_get(root, DTL_STR("provides"));
    const dtl_json_value *library = dtl_json_get(root, DTL_STR("library"));
    const dtl_json_value *asked = dtl_json_get(root, DTL_STR("capabilities"));
    bool native = info->capabilities & DTL_CAPABILITY_RUN_NATIVE;
    if (info->main.size && info->library.size)
        fault_whole(r, library, "a plugin has either \"main\" or \"library\", not both");
    else if (info->library.size && !native)
        fault_whole(r, asked ? asked : library,
                    "a native plugin asks for \"run-native\" in its \"capabilities\"");
    else if (native && !info->library.size)
        fault_whole(r, asked, "\"run-native\" is asked for, and there is no \"library\"");
    else if (native && info->capabilities != DTL_CAPABILITY_RUN_NATIVE)
        fault_whole(r, asked,
                    "native code runs without files and network: \"run-native\" is all that it can "
                    "have");
    check_sort(r, provides);
    if (is_first(r) && !info->main.size && !info->library.size && needs_code(info))
        find_main(r, provides);
}

static dtl_str last_part(dtl_str path)
{
    while (path.size > 1 && path.data[path.size - 1] == '/')
        path.size--;
    size_t from = path.size;
    while (from > 0 && path.data[from - 1] != '/')
        from--;
    return dtl_str_slice(path, from, path.size);
}

void dtl_plugin_manifest_read(const char *folder, dtl_plugin_origin origin, dtl_arena *arena,
                              dtl_plugin_info *out)
{
    *out =
        (dtl_plugin_info){.folder = dtl_arena_str(arena, dtl_str_from(folder)), .origin = origin};
    reader r = {out, arena, dtl_arena_printf(arena, "%s/plugin.json", folder)};
    dtl_buf text = {0};
    dtl_json_value *root;
    dtl_arena tree = {0};
    if (dtl_file_read(r.file.data, MANIFEST_MAX_BYTES, &text, &out->problem) &&
        dtl_json_read(r.file, dtl_buf_str(&text), &tree, &root, &out->problem)) {
        if (root->kind == DTL_JSON_OBJECT)
            read_members(&r, root, plugin_members, DTL_COUNT(plugin_members), out);
        else
            fault(&r, root, "plugin.json", "an object: {\"manifest\": 1, \"name\": ...}");
        if (is_first(&r))  // else what it says of itself is not all there
            check_whole(&r, root);
    }
    dtl_arena_release(&tree);
    dtl_buf_release(&text);
    if (!out->name.size)
        out->name = dtl_arena_str(arena, last_part(out->folder));
    out->usable = out->problem.code == DTL_OK;
}
