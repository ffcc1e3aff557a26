// core/plugin/grants.c - what the user has allowed each plugin.
//
// {"grants": [{"name": "archive", "sha256": "...", "plugin": "/srv/plugins/archive",
//   "capabilities": ["read-files"], "read": ["/srv/figures"]}]}. One without "plugin" is of an earlier
// version, and of the plugin of that name wherever it stands. A file that cannot be read grants
// nothing, and says so.
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
    dtl_str plugin;  // the folder of the plugin that it was given to; "": not known
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
               .sha256 = text_of(object, DTL_STR("sha256")),
               .plugin = text_of(object, DTL_STR("plugin"))};
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
    if (g->plugin.size)
        dtl_json_put_string(json, "plugin", g->plugin);
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

// ---- looking up ----

// A plugin as grants see it.
typedef struct bearer {
    dtl_str name;
    dtl_str folder;  // as it really is
    dtl_sha256 digest;
} bearer;

static dtl_str real_path(const char *path, dtl_arena *arena)
{
    char *resolved = realpath(path, NULL);
    dtl_str real = dtl_arena_str(arena, dtl_str_from(resolved ? resolved : path));
    free(resolved);
    return real;
}

static bool identify(const dtl_plugin_info *info, dtl_arena *arena, bearer *out, dtl_error *err)
{
    *out = (bearer){.name = info->name, .folder = real_path(info->folder.data, arena)};
    return dtl_plugin_digest(info, &out->digest, err);
}

static bool is_of_place(const grant *g, const bearer *who)
{
    return dtl_str_equal(g->name, who->name) &&
           (!g->plugin.size || dtl_str_equal(g->plugin, who->folder));
}

static bool is_of_files(const grant *g, const bearer *who)
{
    return dtl_str_equal(g->name, who->name) &&
           dtl_str_equal(g->sha256, dtl_str_from(who->digest.hex));
}

// The grant to these files: of this copy of them, else of another.
static const grant *find_held(const grants *all, const bearer *who)
{
    const grant *found = NULL;
    for (size_t i = 0; i < all->count; i++)
        if (is_of_files(&all->list[i], who) && (!found || is_of_place(&all->list[i], who)))
            found = &all->list[i];
    return found;
}

// The grant to these files, else to what stood in the same folder.
static const grant *find_before(const grants *all, const bearer *who)
{
    const grant *found = find_held(all, who);
    for (size_t i = 0; i < all->count && !found; i++)
        if (is_of_place(&all->list[i], who))
            found = &all->list[i];
    return found;
}

static bool refuse(const dtl_plugin_info *info, const grant *before, dtl_error *err)
{
    dtl_buf asked = {0};
    dtl_capabilities_add(&asked, info->capabilities);
    dtl_error_set(err, DTL_EUSAGE, "the plugin '%.*s' asks for %.*s, which %s", DTL_ARG(info->name),
                  DTL_ARG(dtl_buf_str(&asked)),
                  before ? "was granted to other files: it has changed since"
                         : "nobody has granted");
    dtl_buf_release(&asked);
    bool has_slash = dtl_str_find(info->folder, DTL_STR("/")) != SIZE_MAX;  // else it is a name
    bool wants_folders =
        info->capabilities & (DTL_CAPABILITY_READ_FILES | DTL_CAPABILITY_WRITE_FILES);
    bool keeps_folders = before && before->folder_count;
    return dtl_error_hint(err, "dateline plugin grant %s%.*s%s", has_slash ? "" : "./",
                          DTL_ARG(info->folder),
                          wants_folders && !keeps_folders ? " --folder DIR" : "");
}

bool dtl_grants_check(const dtl_plugin_info *info, dtl_error *err)
{
    if (!info->capabilities || info->origin == DTL_PLUGIN_FROM_INSTALLED)
        return true;
    grants all;
    bearer who;
    bool ok = grants_read(&all, err) && identify(info, &all.arena, &who, err);
    if (ok) {
        const grant *held = find_held(&all, &who);
        ok = held && (info->capabilities & ~held->capabilities) == 0;
        if (!ok)
            refuse(info, find_before(&all, &who), err);
    }
    dtl_arena_release(&all.arena);
    return ok;
}

static void copy_folders(const grant *g, dtl_arena *arena, dtl_str **out, size_t *count)
{
    *out = dtl_arena_alloc(arena, (g->folder_count + 1) * sizeof **out);
    for (size_t i = 0; i < g->folder_count; i++)
        if (dtl_str_starts(g->folders[i], DTL_STR("/")))
            (*out)[(*count)++] = dtl_arena_str(arena, g->folders[i]);
}

static bool folders_of(const dtl_plugin_info *info,
                       const grant *(*find)(const grants *all, const bearer *who), dtl_arena *arena,
                       dtl_str **out, size_t *count, dtl_error *err)
{
    grants all;
    bearer who;
    *count = 0;
    *out = dtl_arena_alloc(arena, sizeof **out);
    bool ok = grants_read(&all, err) && identify(info, &all.arena, &who, err);
    const grant *known = ok ? find(&all, &who) : NULL;
    if (known)
        copy_folders(known, arena, out, count);
    dtl_arena_release(&all.arena);
    return ok;
}

bool dtl_grants_folders(const dtl_plugin_info *info, dtl_arena *arena, dtl_str **out, size_t *count,
                        dtl_error *err)
{
    return folders_of(info, find_held, arena, out, count, err);
}

bool dtl_grants_folders_before(const dtl_plugin_info *info, dtl_arena *arena, dtl_str **out,
                               size_t *count, dtl_error *err)
{
    return folders_of(info, find_before, arena, out, count, err);
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

// Drops the grants that [goes] says, and whether there were any.
static bool drop(grants *all, bool (*goes)(const grant *g, const bearer *who), const bearer *who)
{
    size_t kept = 0;
    size_t count = all->count;
    for (size_t i = 0; i < count; i++)
        if (!goes(&all->list[i], who))
            all->list[kept++] = all->list[i];
    all->count = kept;
    return kept < count;
}

// Of a grant that goes as its plugin changed, the copy in the user's folder may live on: it is given to
// that copy then, when the files there are the ones it was given to.
static void pass_on(grant *g, const bearer *who, dtl_arena *arena)
{
    dtl_error unheard = {0};
    dtl_plugin_info copy;
    dtl_str place = dtl_place_user_plugins(arena);
    dtl_str folder = dtl_arena_printf(arena, "%.*s/%.*s", DTL_ARG(place), DTL_ARG(who->name));
    bearer other = {.name = who->name};
    if (!place.size || access(folder.data, F_OK) != 0)
        return;
    dtl_plugin_manifest_read(folder.data, DTL_PLUGIN_FROM_USER, arena, &copy);
    if (!identify(&copy, arena, &other, &unheard) || dtl_str_equal(other.folder, who->folder) ||
        !is_of_files(g, &other))
        return;
    g->plugin = other.folder;
}

static bool add_grant(grants *all, const dtl_plugin_info *info, const dtl_str *folders,
                      size_t folder_count, dtl_error *err)
{
    bearer who;
    grant g = {.name = info->name, .capabilities = info->capabilities};
    if (!identify(info, &all->arena, &who, err))
        return false;
    g.plugin = who.folder;
    g.sha256 = dtl_arena_str(&all->arena, dtl_str_from(who.digest.hex));
    g.folders = dtl_arena_alloc(&all->arena, (folder_count + 1) * sizeof *g.folders);
    for (size_t i = 0; i < folder_count; i++)
        if (!resolve_folder(folders[i], &all->arena, &g.folders[g.folder_count++], err))
            return false;
    for (size_t i = 0; i < all->count; i++)
        if (is_of_place(&all->list[i], &who))
            pass_on(&all->list[i], &who, &all->arena);
    drop(all, is_of_place, &who);
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

static bool is_of_name(const grant *g, const bearer *who)
{
    return dtl_str_equal(g->name, who->name);
}

static bool is_of_either(const grant *g, const bearer *who)
{
    return is_of_place(g, who) || is_of_files(g, who);
}

// Drops them from the file, which is written only when there were any.
static bool drop_written(bool (*goes)(const grant *g, const bearer *who), const bearer *who,
                         bool *dropped, dtl_error *err)
{
    grants all;
    bool ok = grants_read(&all, err);
    *dropped = ok && drop(&all, goes, who);
    if (*dropped)
        ok = grants_write(&all, err);
    dtl_arena_release(&all.arena);
    return ok;
}

bool dtl_grants_remove(const dtl_plugin_info *info, dtl_error *err)
{
    dtl_arena arena = {0};
    bool dropped;
    const bearer who = {.name = info->name, .folder = real_path(info->folder.data, &arena)};
    bool ok = drop_written(is_of_place, &who, &dropped, err);
    dtl_arena_release(&arena);
    return ok;
}

bool dtl_grants_revoke(const dtl_plugin_info *info, bool *revoked, dtl_error *err)
{
    dtl_arena arena = {0};
    dtl_error unheard = {0};
    bearer who;
    // Files that cannot be read have no digest, and so are nobody's; the folder is known all the same.
    if (!identify(info, &arena, &who, &unheard))
        who.digest = (dtl_sha256){.hex = ""};
    bool ok = drop_written(is_of_either, &who, revoked, err);
    dtl_arena_release(&arena);
    return ok;
}

bool dtl_grants_revoke_name(dtl_str name, dtl_error *err)
{
    bool dropped;
    const bearer who = {.name = name};
    return drop_written(is_of_name, &who, &dropped, err);
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
