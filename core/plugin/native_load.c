// core/plugin/native_load.c - loads a plugin's library and compares what it says with its manifest.
#include "plugin/native_load.h"

#include <dlfcn.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <sys/stat.h>

enum {
    NAME_MAX_BYTES = 100,
    FUNCTIONS_MAX = 3,
    // The sizes of version 1.0: a plugin cannot have less.
    PLUGIN_LEAST = offsetof(dtl_plugin, functions) + sizeof(void *),
};

// What a list of the description holds, whatever its kind: each struct starts with size and name.
typedef struct provided {
    size_t size;
    dtl_plugin_text name;
} provided;

// A function that a struct must have.
typedef struct required {
    const char *name;
    size_t offset;
} required;

// A kind of thing that a library can provide, and where its list stands in the description.
typedef struct provided_kind {
    dtl_provide_kind kind;
    size_t offset;
    size_t least;  // bytes of the struct in version 1.0
    required required[FUNCTIONS_MAX];
    const char *all_required;
} provided_kind;

static const provided_kind kinds[] = {
    {DTL_PROVIDE_IMPORTER,
     offsetof(dtl_plugin, importers),
     offsetof(dtl_plugin_importer, close) + sizeof(void *),
     {{"open", offsetof(dtl_plugin_importer, open)},
      {"next", offsetof(dtl_plugin_importer, next)},
      {"close", offsetof(dtl_plugin_importer, close)}},
     "open, next and close"},
    {DTL_PROVIDE_RENDERER,
     offsetof(dtl_plugin, renderers),
     offsetof(dtl_plugin_renderer, render) + sizeof(void *),
     {{"render", offsetof(dtl_plugin_renderer, render)}},
     "render"},
    {DTL_PROVIDE_CHECK,
     offsetof(dtl_plugin, checks),
     offsetof(dtl_plugin_check, check) + sizeof(void *),
     {{"check", offsetof(dtl_plugin_check, check)}},
     "check"},
    {DTL_PROVIDE_FUNCTION,
     offsetof(dtl_plugin, functions),
     offsetof(dtl_plugin_function, call) + sizeof(void *),
     {{"call", offsetof(dtl_plugin_function, call)}},
     "call"},
};

_Static_assert(offsetof(provided, name) == offsetof(dtl_plugin_importer, name), "the same start");
_Static_assert(offsetof(provided, name) == offsetof(dtl_plugin_renderer, name), "the same start");
_Static_assert(offsetof(provided, name) == offsetof(dtl_plugin_check, name), "the same start");
_Static_assert(offsetof(provided, name) == offsetof(dtl_plugin_function, name), "the same start");

static dtl_str library_path(const dtl_plugin_info *info, dtl_buf *out)
{
    dtl_buf_printf(out, "%.*s/%.*s.so", DTL_ARG(info->folder), DTL_ARG(info->library));
    return dtl_buf_str(out);
}

static bool fail_at(dtl_str path, dtl_error *err)
{
    return dtl_error_at(err, path, 0, 0);
}

// ---- the library ----

// Whoever may write the library may run code as the user.
static bool check_file(dtl_str path, dtl_error *err)
{
    struct stat info;
    if (lstat(path.data, &info) != 0) {  // a link could lead elsewhere tomorrow
        if (errno != ENOENT)
            return dtl_error_system(err, "cannot open", path.data, errno);
        dtl_error_set(err, DTL_EUSAGE, "the plugin's library is not there");
        fail_at(path, err);
        return dtl_error_hint(err, "build the plugin in its folder, or name the library that is "
                                   "there as \"library\" in plugin.json");
    }
    if (!S_ISREG(info.st_mode)) {
        dtl_error_set(err, DTL_EUSAGE, "the plugin's library is no regular file");
        return fail_at(path, err);
    }
    if (info.st_mode & S_IWOTH) {
        dtl_error_set(err, DTL_EUSAGE, "everybody may write to the plugin's library");
        fail_at(path, err);
        return dtl_error_hint(err, "chmod o-w %s", path.data);
    }
    return true;
}

static bool fail_load(dtl_str path, dtl_error *err)
{
    const char *why = dlerror();
    dtl_str text = dtl_str_from(why ? why : "no reason given");
    if (dtl_str_starts(text, path))  // said once, in front
        text = dtl_str_slice(text, path.size + 2, text.size);
    dtl_error_set(err, DTL_EUSAGE, "the plugin's library cannot be loaded: %.*s", DTL_ARG(text));
    fail_at(path, err);
    bool needs_another = dtl_str_find(text, DTL_STR("cannot open shared object")) < text.size;
    return dtl_error_hint(
        err, needs_another ? "libraries are found in the plugin's own folder (with an rpath "
                             "of $ORIGIN), the system's library folders and /opt"
                           : "build the plugin again on this machine");
}

static bool load(dtl_str path, dtl_plugin_query_fn **query, dtl_error *err)
{
    if (!check_file(path, err))
        return false;
    void *library = dlopen(path.data, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (!library)
        return fail_load(path, err);
    void *symbol = dlsym(library, "dtl_plugin_query");
    if (!symbol) {
        dtl_error_set(err, DTL_EUSAGE, "the library exports no dtl_plugin_query");
        fail_at(path, err);
        return dtl_error_hint(err,
                              "mark the function DTL_PLUGIN_EXPORT (dateline/plugin.h); in C++ "
                              "also extern \"C\"");
    }
    memcpy(query, &symbol, sizeof symbol);
    return true;
}

// ---- the description ----

static bool check_abi(const dtl_plugin *plugin, dtl_error *err)
{
    if (plugin->magic != DTL_PLUGIN_MAGIC)
        return dtl_error_set(err, DTL_EUSAGE,
                             "the library describes no plugin: it starts with 0x%08" PRIx32
                             " where a plugin has 0x%08" PRIx32,
                             plugin->magic, DTL_PLUGIN_MAGIC);
    if (plugin->abi_major != DTL_PLUGIN_ABI_MAJOR ||
        plugin->abi_minor_needed > DTL_PLUGIN_ABI_MINOR) {
        bool is_newer = plugin->abi_major >= DTL_PLUGIN_ABI_MAJOR;
        dtl_error_set(err, DTL_EUSAGE,
                      "the plugin needs plugin interface %" PRIu32 ".%" PRIu32
                      ", and this program has %d.%d",
                      plugin->abi_major, plugin->abi_minor_needed, DTL_PLUGIN_ABI_MAJOR,
                      DTL_PLUGIN_ABI_MINOR);
        return dtl_error_hint(err, is_newer ? "install a newer Dateline, or build the plugin with "
                                              "this one's dateline/plugin.h"
                                            : "build the plugin with this program's "
                                              "dateline/plugin.h");
    }
    if (plugin->size >= PLUGIN_LEAST)
        return true;
    return dtl_error_set(err, DTL_EUSAGE,
                         "the plugin's description has %" PRIu32 " bytes, and the least is %d",
                         plugin->size, PLUGIN_LEAST);
}

static bool check_identity(const dtl_plugin_info *info, const dtl_plugin *plugin, dtl_error *err)
{
    dtl_str name = dtl_native_text(plugin->name);
    dtl_str version = dtl_native_text(plugin->version);
    if (!dtl_str_equal(name, info->name))
        return dtl_error_set(err, DTL_EUSAGE,
                             "the library says that it is the plugin '%.*s', and plugin.json says "
                             "'%.*s'",
                             DTL_ARG(name), DTL_ARG(info->name));
    if (!dtl_str_equal(version, info->version))
        return dtl_error_set(err, DTL_EUSAGE,
                             "the library is version %.*s, and plugin.json says %.*s",
                             DTL_ARG(version), DTL_ARG(info->version));
    return true;
}

// ---- what it provides ----

static const provided *const *list_of(const dtl_plugin *plugin, const provided_kind *kind)
{
    const provided *const *list;
    memcpy(&list, (const char *)plugin + kind->offset, sizeof list);
    return list;
}

static const provided *find(const dtl_plugin *plugin, const provided_kind *kind, dtl_str name)
{
    const provided *const *list = list_of(plugin, kind);
    for (size_t i = 0; list && list[i]; i++)
        if (dtl_str_equal(dtl_native_text(list[i]->name), name))
            return list[i];
    return NULL;
}

static bool is_declared(const dtl_plugin_info *info, dtl_provide_kind kind, dtl_str name)
{
    for (size_t i = 0; i < info->provide_count; i++)
        if (info->provides[i].kind == kind && dtl_str_equal(info->provides[i].name, name))
            return true;
    return false;
}

// A function that is not there is met when it is called, as a crash that says nothing.
static bool check_functions(const provided_kind *kind, const provided *which, dtl_error *err)
{
    for (size_t i = 0; i < FUNCTIONS_MAX && kind->required[i].name; i++) {
        void *function;
        memcpy(&function, (const char *)which + kind->required[i].offset, sizeof function);
        if (function)
            continue;
        dtl_error_set(err, DTL_EUSAGE, "the library's %s '%.*s' has no %s",
                      dtl_provide_kind_name(kind->kind), DTL_ARG(dtl_native_text(which->name)),
                      kind->required[i].name);
        return dtl_error_expected(err, "%s", kind->all_required);
    }
    return true;
}

static bool check_list(const dtl_plugin_info *info, const dtl_plugin *plugin,
                       const provided_kind *kind, dtl_error *err)
{
    const provided *const *list = list_of(plugin, kind);
    const char *what = dtl_provide_kind_name(kind->kind);
    for (size_t i = 0; list && list[i]; i++) {
        dtl_str name = dtl_native_text(list[i]->name);
        if (i == DTL_PLUGIN_PROVIDES_MAX)
            return dtl_error_set(err, DTL_EUSAGE, "the library provides more than %d of one kind",
                                 DTL_PLUGIN_PROVIDES_MAX);
        if (list[i]->size < kind->least)
            return dtl_error_set(err, DTL_EUSAGE,
                                 "the library's %s %zu has %zu bytes, and the least is %zu", what,
                                 i + 1, list[i]->size, kind->least);
        if (name.size == 0 || name.size > NAME_MAX_BYTES)
            return dtl_error_set(err, DTL_EUSAGE, "the library's %s %zu has no name", what, i + 1);
        if (find(plugin, kind, name) != list[i])
            return dtl_error_set(err, DTL_EUSAGE, "the library provides the %s '%.*s' twice", what,
                                 DTL_ARG(name));
        if (!check_functions(kind, list[i], err))
            return false;
        if (is_declared(info, kind->kind, name))
            continue;
        dtl_error_set(err, DTL_EUSAGE,
                      "the library provides the %s '%.*s', which plugin.json does not declare",
                      what, DTL_ARG(name));
        return dtl_error_hint(err, "add it to \"provides\" in plugin.json");
    }
    return true;
}

// A dataset and a report are files of the folder; nothing else is outside the library.
static bool check_provision(const dtl_plugin *plugin, const dtl_provision *provision,
                            dtl_error *err)
{
    if (provision->kind == DTL_PROVIDE_DATASET || provision->kind == DTL_PROVIDE_REPORT)
        return true;
    const char *what = dtl_provide_kind_name(provision->kind);
    for (size_t i = 0; i < DTL_COUNT(kinds); i++) {
        if (kinds[i].kind != provision->kind)
            continue;
        if (find(plugin, &kinds[i], provision->name))
            return true;
        dtl_error_set(err, DTL_EUSAGE,
                      "plugin.json declares the %s '%.*s', which the library does not provide",
                      what, DTL_ARG(provision->name));
        return dtl_error_hint(err, "take it out of \"provides\" in plugin.json, or build the "
                                   "library that has it");
    }
    return dtl_error_set(err, DTL_EUSAGE,
                         "plugin.json declares the %s '%.*s', which only a Lua plugin can provide",
                         what, DTL_ARG(provision->name));
}

static bool check_provides(const dtl_plugin_info *info, const dtl_plugin *plugin, dtl_error *err)
{
    for (size_t i = 0; i < DTL_COUNT(kinds); i++)
        if (!check_list(info, plugin, &kinds[i], err))
            return false;
    for (size_t i = 0; i < info->provide_count; i++)
        if (!check_provision(plugin, &info->provides[i], err))
            return false;
    return true;
}

static bool check(const dtl_plugin_info *info, const dtl_plugin *plugin, dtl_error *err)
{
    if (!plugin)
        return dtl_error_set(err, DTL_EUSAGE, "the library gives no description of the plugin");
    return check_abi(plugin, err) && check_identity(info, plugin, err) &&
           check_provides(info, plugin, err);
}

bool dtl_native_describe(const dtl_plugin_info *info, const dtl_plugin **out, dtl_error *err)
{
    dtl_buf buffer = {0};
    dtl_str path = library_path(info, &buffer);
    dtl_plugin_query_fn *query = NULL;
    bool ok = load(path, &query, err) && query;
    if (ok) {
        *out = query();
        ok = check(info, *out, err) || fail_at(path, err);
    }
    dtl_buf_release(&buffer);
    return ok;
}

// ---- one thing of it ----

static bool find_named(const dtl_plugin_info *info, dtl_provide_kind kind, dtl_str name,
                       const provided **out, dtl_error *err)
{
    const dtl_plugin *plugin;
    if (!dtl_native_describe(info, &plugin, err))
        return false;
    *out = NULL;
    for (size_t i = 0; i < DTL_COUNT(kinds); i++)
        if (kinds[i].kind == kind)
            *out = find(plugin, &kinds[i], name);
    return *out || dtl_error_set(err, DTL_EUSAGE, "the plugin '%.*s' has no %s '%.*s'",
                                 DTL_ARG(info->name), dtl_provide_kind_name(kind), DTL_ARG(name));
}

#define FIND(function, type, provide_kind)                                                         \
    bool function(const dtl_plugin_info *info, dtl_str name, const type **out, dtl_error *err)     \
    {                                                                                              \
        const provided *found;                                                                     \
        if (!find_named(info, provide_kind, name, &found, err))                                    \
            return false;                                                                          \
        *out = (const type *)found;                                                                \
        return true;                                                                               \
    }

FIND(dtl_native_find_importer, dtl_plugin_importer, DTL_PROVIDE_IMPORTER)
FIND(dtl_native_find_renderer, dtl_plugin_renderer, DTL_PROVIDE_RENDERER)
FIND(dtl_native_find_check, dtl_plugin_check, DTL_PROVIDE_CHECK)
FIND(dtl_native_find_function, dtl_plugin_function, DTL_PROVIDE_FUNCTION)
