// core/plugin/grants.c - what the user has allowed each plugin.
//
// {"grants": [{"name": "archive", "sha256": "...", "capabilities": ["read-files"],
//   "read": ["/srv/figures"]}]}. A file that cannot be read grants nothing, and says so.
#include "plugin/grants.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/json.h"
#include "import/json_reader.h"
#include "plugin/folder.h"
#include "plugin/names.h"
#include "plugin/places.h"

enum {
    FILE_MAX_BYTES = 4 * 1024 * 1024,
    GRANTS_MAX = 1000
};

typedef struct grant {
    dtl_str name;
    dtl_str sha256;
    unsigned capabilities;
    dtl_str *folders;
    size_t folder_count;
} grant;

typedef struct grants {
    dtl_arena arena;
    dtl_str file;
    grant *list;
    size_t count;
} grants;

// ---- the file ----

static dtl_str text_of(const dtl_json_value *object, dtl_str key)
{
    const dtl_json_value *value = dtl_json_get(object, key);
    return value && value->kind == DTL_JSON_STRING ? value->text : DTL_STR("");
}

static size_t list_of(const dtl_json_value *object, dtl_str key, dtl_arena *arena, dtl_str **out)
{
    const dtl_json_value *value = dtl_json_get(object, key);
    size_t count = value && value->kind == DTL_JSON_ARRAY ? value->count : 0;
    *out = dtl_arena_alloc(arena, (count + 1) * sizeof **out);
    for (size_t i = 0; i < count; i++)
        (*out)[i] = value->children[i].text;  // of what is no string, empty: names nothing
    return count;
}

static grant read_grant(const dtl_json_value *object, dtl_arena *arena)
{
    dtl_str *names;
    grant g = {.name = text_of(object, DTL_STR("name")),
               .sha256 = text_of(object, DTL_STR("sha256"))};
    size_t count = list_of(object, DTL_STR("capabilities"), arena, &names);
    for (size_t i = 0; i < count; i++)
        g.capabilities |= dtl_capability_named(names[i]);
    g.folder_count = list_of(object, DTL_STR("read"), arena, &g.folders);
    return g;
}

static bool read_list(grants *all, const dtl_json_value *root, dtl_error *err)
{
    const dtl_json_value *list =
        root->kind == DTL_JSON_OBJECT ? dtl_json_get(root, DTL_STR("grants")) : NULL;
    if (!list || list->kind != DTL_JSON_ARRAY || list->count > GRANTS_MAX) {
        dtl_error_set(err, DTL_EDATA, "this is no list of grants");
        dtl_error_expected(err, "{\"grants\": [...]}, as `dateline plugin grant` writes it");
        return dtl_error_at(err, all->file, root->line, root->column);
    }
    all->list = dtl_arena_alloc(&all->arena, (list->count + 2) * sizeof *all->list);
    for (size_t i = 0; i < list->count; i++)
        if (list->children[i].kind == DTL_JSON_OBJECT)
            all->list[all->count++] = read_grant(&list->children[i], &all->arena);
    return true;
}

// No file is no grants. Released by the caller also on failure.
static bool grants_read(grants *all, dtl_error *err)
{
    *all = (grants){0};
    dtl_str folder = dtl_place_user_config(&all->arena);
    all->file = folder.size ? dtl_arena_printf(&all->arena, "%.*s/grants.json", DTL_ARG(folder))
                            : DTL_STR("");
    all->list = dtl_arena_alloc(&all->arena, sizeof *all->list);
    if (!all->file.size || (access(all->file.data, F_OK) != 0 && errno == ENOENT))
        return true;
    dtl_buf text = {0};
    dtl_json_value *root;
    bool ok = dtl_file_read(all->file.data, FILE_MAX_BYTES, &text, err) &&
              dtl_json_read(all->file, dtl_buf_str(&text), &all->arena, &root, err) &&
              read_list(all, root, err);
    dtl_buf_release(&text);
    return ok;
}

static void put_capabilities(dtl_json *json, unsigned wanted)
{
    dtl_json_key(json, DTL_STR("capabilities"));
    dtl_json_begin_array(json);
    for (unsigned bit = 1; bit <= DTL_CAPABILITY_RUN_NATIVE; bit <<= 1) {
        dtl_buf name = {0};
        dtl_capabilities_add(&name, wanted & bit);
        if (name.size)
            dtl_json_string(json, dtl_buf_str(&name));
        dtl_buf_release(&name);
    }
    dtl_json_end_array(json);
}

static void put_grant(dtl_json *json, const grant *g)
{
    dtl_json_begin_object(json);
    dtl_json_put_string(json, "name", g->name);
    dtl_json_put_string(json, "sha256", g->sha256);
    put_capabilities(json, g->capabilities);
    dtl_json_key(json, DTL_STR("read"));
    dtl_json_begin_array(json);
    for (size_t i = 0; i < g->folder_count; i++)
        dtl_json_string(json, g->folders[i]);
    dtl_json_end_array(json);
    dtl_json_end_object(json);
}

static bool grants_write(grants *all, dtl_error *err)
{
    if (!all->file.size) {
        dtl_error_set(err, DTL_EIO, "there is no place to keep grants");
        return dtl_error_expected(err, "$HOME or $XDG_CONFIG_HOME to be set");
    }
    dtl_buf text = {0};
    dtl_json json;
    dtl_json_init(&json, &text);
    dtl_json_begin_object(&json);
    dtl_json_key(&json, DTL_STR("grants"));
    dtl_json_begin_array(&json);
    for (size_t i = 0; i < all->count; i++)
        put_grant(&json, &all->list[i]);
    dtl_json_end_array(&json);
    dtl_json_end_object(&json);
    dtl_buf_add_char(&text, '\n');
    bool ok = dtl_folder_make(dtl_place_user_config(&all->arena), err) &&
              dtl_file_write(all->file.data, dtl_buf_str(&text), err);
    dtl_buf_release(&text);
    return ok;
}

static void forget(grants *all, dtl_str name)
{
    size_t kept = 0;
    for (size_t i = 0; i < all->count; i++)
        if (!dtl_str_equal(all->list[i].name, name))
            all->list[kept++] = all->list[i];
    all->count = kept;
}

// ---- looking up ----

static const grant *find(const grants *all, dtl_str name)
{
    for (size_t i = 0; i < all->count; i++)
        if (dtl_str_equal(all->list[i].name, name))
            return &all->list[i];
    return NULL;
}

static bool refuse(const dtl_plugin_info *info, const grant *known, dtl_error *err)
{
    dtl_buf asked = {0};
    dtl_capabilities_add(&asked, info->capabilities);
    dtl_error_set(err, DTL_EUSAGE, "the plugin '%.*s' asks for %.*s, which %s", DTL_ARG(info->name),
                  DTL_ARG(dtl_buf_str(&asked)),
                  known ? "was granted to other files: it has changed since"
                        : "nobody has granted");
    dtl_buf_release(&asked);
    bool has_slash = dtl_str_find(info->folder, DTL_STR("/")) != SIZE_MAX;  // else it is a name
    bool wants_folders =
        info->capabilities & (DTL_CAPABILITY_READ_FILES | DTL_CAPABILITY_WRITE_FILES);
    return dtl_error_hint(err, "dateline plugin grant %s%.*s%s", has_slash ? "" : "./",
                          DTL_ARG(info->folder), wants_folders ? " --folder DIR" : "");
}

bool dtl_grants_check(const dtl_plugin_info *info, dtl_error *err)
{
    if (!info->capabilities || info->origin == DTL_PLUGIN_FROM_INSTALLED)
        return true;
    grants all;
    dtl_sha256 digest;
    bool ok = grants_read(&all, err) && dtl_plugin_digest(info, &digest, err);
    if (ok) {
        const grant *known = find(&all, info->name);
        ok = known && dtl_str_equal(known->sha256, dtl_str_from(digest.hex)) &&
             (info->capabilities & ~known->capabilities) == 0;
        if (!ok)
            refuse(info, known, err);
    }
    dtl_arena_release(&all.arena);
    return ok;
}

bool dtl_grants_folders(const dtl_plugin_info *info, dtl_arena *arena, dtl_str **out, size_t *count,
                        dtl_error *err)
{
    grants all;
    dtl_sha256 digest;
    *count = 0;
    *out = dtl_arena_alloc(arena, sizeof **out);
    bool ok = grants_read(&all, err) && dtl_plugin_digest(info, &digest, err);
    const grant *known = ok ? find(&all, info->name) : NULL;
    if (known && dtl_str_equal(known->sha256, dtl_str_from(digest.hex))) {
        *out = dtl_arena_alloc(arena, (known->folder_count + 1) * sizeof **out);
        for (size_t i = 0; i < known->folder_count; i++)
            if (dtl_str_starts(known->folders[i], DTL_STR("/")))
                (*out)[(*count)++] = dtl_arena_str(arena, known->folders[i]);
    }
    dtl_arena_release(&all.arena);
    return ok;
}

// ---- changing ----

static bool resolve_folder(dtl_str folder, dtl_arena *arena, dtl_str *out, dtl_error *err)
{
    struct stat status;
    const char *path = dtl_arena_str(arena, folder).data;
    char *resolved = realpath(path, NULL);
    bool ok = resolved && stat(resolved, &status) == 0 && S_ISDIR(status.st_mode);
    if (ok)
        *out = dtl_arena_str(arena, dtl_str_from(resolved));
    else
        dtl_error_set(err, DTL_EUSAGE, "'%s' is no folder", path);
    free(resolved);
    return ok;
}

static bool add_grant(grants *all, const dtl_plugin_info *info, const dtl_str *folders,
                      size_t folder_count, dtl_error *err)
{
    dtl_sha256 digest;
    grant g = {.name = info->name, .capabilities = info->capabilities};
    if (!dtl_plugin_digest(info, &digest, err))
        return false;
    g.sha256 = dtl_arena_str(&all->arena, dtl_str_from(digest.hex));
    g.folders = dtl_arena_alloc(&all->arena, (folder_count + 1) * sizeof *g.folders);
    for (size_t i = 0; i < folder_count; i++)
        if (!resolve_folder(folders[i], &all->arena, &g.folders[g.folder_count++], err))
            return false;
    forget(all, info->name);
    if (all->count == GRANTS_MAX)
        return dtl_error_set(err, DTL_ELIMIT, "more than %d plugins have grants", GRANTS_MAX);
    grant *list = dtl_arena_alloc(&all->arena, (all->count + 1) * sizeof *list);
    memcpy(list, all->list, all->count * sizeof *list);
    list[all->count++] = g;
    all->list = list;
    return true;
}

bool dtl_grants_add(const dtl_plugin_info *info, const dtl_str *folders, size_t folder_count,
                    dtl_error *err)
{
    grants all;
    bool ok = grants_read(&all, err) && add_grant(&all, info, folders, folder_count, err) &&
              grants_write(&all, err);
    dtl_arena_release(&all.arena);
    return ok;
}

bool dtl_grants_remove(dtl_str name, dtl_error *err)
{
    grants all;
    bool ok = grants_read(&all, err);
    if (ok && find(&all, name)) {
        forget(&all, name);
        ok = grants_write(&all, err);
    }
    dtl_arena_release(&all.arena);
    return ok;
}

bool dtl_grants_names(dtl_arena *arena, dtl_str **out, size_t *count, dtl_error *err)
{
    grants all;
    bool ok = grants_read(&all, err);
    *count = ok ? all.count : 0;
    *out = dtl_arena_alloc(arena, (*count + 1) * sizeof **out);
    for (size_t i = 0; i < *count; i++)
        (*out)[i] = dtl_arena_str(arena, all.list[i].name);
    dtl_arena_release(&all.arena);
    return ok;
}
