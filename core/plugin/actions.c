// core/plugin/actions.c - what a Lua plugin's capabilities let the host do for it.
#include "plugin/actions.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "plugin/folder.h"
#include "plugin/grants.h"
#include "plugin/request.h"

typedef struct action {
    const dtl_plugin_info *info;
    const dtl_str *texts;
    size_t count;
    dtl_arena *arena;
    dtl_buf *answer;
} action;

// Where a path of a plugin's leads: a granted folder, and the file in it.
typedef struct place {
    const char *folder;  // "" for the root
    const char *file;    // relative to it
} place;

static dtl_str absolute(dtl_str path, dtl_arena *arena)
{
    if (dtl_str_starts(path, DTL_STR("/")))
        return dtl_arena_str(arena, path);
    char *here = getcwd(NULL, 0);
    dtl_str whole = dtl_arena_printf(arena, "%s/%.*s", here ? here : "", DTL_ARG(path));
    free(here);
    return whole;
}

static dtl_str without_dot(dtl_str path)
{
    while (dtl_str_starts(path, DTL_STR("./")))
        path = dtl_str_slice(path, 2, path.size);
    return path;
}

static bool refuse_path(const action *a, dtl_str path, const dtl_str *folders, size_t count,
                        dtl_error *err)
{
    dtl_buf list = {0};
    for (size_t i = 0; i < count; i++)
        dtl_buf_printf(&list, "%s%.*s", i ? ", " : "", DTL_ARG(folders[i]));
    dtl_error_set(err, DTL_EUSAGE, "the plugin %.*s may not reach '%.*s'", DTL_ARG(a->info->name),
                  DTL_ARG(path));
    dtl_error_expected(err, "a file beneath %.*s, and no link on the way",
                       DTL_ARG(count ? dtl_buf_str(&list) : DTL_STR("a granted folder")));
    dtl_error_hint(err, "dateline plugin grant %.*s --folder DIR names the folders it may reach",
                   DTL_ARG(a->info->folder));
    dtl_buf_release(&list);
    return false;
}

// Beneath [folder], the rest of [whole]; empty when it is not.
static dtl_str beneath(dtl_str whole, dtl_str folder)
{
    size_t size = folder.size > 1 ? folder.size : 0;  // "/" ends in the slash that others lack
    bool is_beneath = dtl_str_starts(whole, folder) && whole.size > size && whole.data[size] == '/';
    return is_beneath ? dtl_str_slice(whole, size + 1, whole.size) : DTL_STR("");
}

// Whether a part of [path] starts with a dot and is a name: not "." and "..", which lead elsewhere.
static bool has_hidden_part(dtl_str path)
{
    while (path.size) {
        size_t slash = dtl_str_find(path, DTL_STR("/"));
        dtl_str part = dtl_str_slice(path, 0, slash);
        if (dtl_str_equal(part, DTL_STR(".")) || dtl_str_equal(part, DTL_STR("..")))
            return false;
        if (dtl_str_starts(part, DTL_STR(".")))
            return true;
        path = slash == SIZE_MAX ? DTL_STR("") : dtl_str_slice(path, slash + 1, path.size);
    }
    return false;
}

static bool refuse_hidden(const action *a, dtl_str path, dtl_error *err)
{
    dtl_error_set(err, DTL_EUSAGE, "the plugin %.*s may not reach '%.*s'", DTL_ARG(a->info->name),
                  DTL_ARG(path));
    dtl_error_expected(err, "another name: names that start with a dot are not allowed");
    return false;
}

static bool find_place(const action *a, dtl_str path, place *out, dtl_error *err)
{
    dtl_str *folders;
    size_t count;
    dtl_str whole = absolute(without_dot(path), a->arena);
    if (!dtl_grants_folders(a->info, a->arena, &folders, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        dtl_str rest = beneath(whole, folders[i]);
        if (has_hidden_part(rest))
            return refuse_hidden(a, path, err);
        if (!dtl_folder_is_inside(rest))
            continue;
        *out = (place){folders[i].size > 1 ? folders[i].data : "", rest.data};
        return true;
    }
    return refuse_path(a, path, folders, count, err);
}

// Whether all folders on the way are there; the first that is not is told. What is behind a link is
// not looked at: it is not the plugin's to know.
static bool check_way(const action *a, const place *to, dtl_error *err)
{
    struct stat status;
    for (const char *at = strchr(to->file, '/'); at; at = strchr(at + 1, '/')) {
        dtl_str way = {to->file, (size_t)(at - to->file)};
        dtl_str folder = dtl_arena_printf(a->arena, "%s/%.*s", to->folder, DTL_ARG(way));
        if (lstat(folder.data, &status) != 0 && errno == ENOENT) {
            // As the plugin wrote it.
            dtl_str path = dtl_str_slice(a->texts[0], 0, a->texts[0].size - strlen(at));
            return dtl_error_set(err, DTL_EIO, "the folder %.*s is not there", DTL_ARG(path));
        }
        if (!S_ISDIR(status.st_mode))
            return true;
    }
    return true;
}

static bool read_file(const action *a, dtl_error *err)
{
    place from = {NULL, NULL};
    return find_place(a, a->texts[0], &from, err) && check_way(a, &from, err) &&
           dtl_folder_read(from.folder[0] ? from.folder : "/", from.file, DTL_ACTION_FILE_MAX_BYTES,
                           a->answer, err);
}

// Whether the folder that [path] goes into is the one it seems to be: no link on the way.
static bool leads_straight(dtl_str path, dtl_arena *arena)
{
    size_t end = path.size;
    while (end > 1 && path.data[end - 1] != '/')
        end--;
    dtl_str folder = dtl_arena_str(arena, dtl_str_slice(path, 0, end > 1 ? end - 1 : 1));
    char *resolved = realpath(folder.data, NULL);
    bool straight = resolved && dtl_str_equal(dtl_str_from(resolved), folder);
    free(resolved);
    return straight;
}

static bool write_file(const action *a, dtl_error *err)
{
    place to = {NULL, NULL};
    struct stat status;
    if (!find_place(a, a->texts[0], &to, err) || !check_way(a, &to, err))
        return false;
    dtl_str path = dtl_arena_printf(a->arena, "%s/%s", to.folder, to.file);
    bool is_there = lstat(path.data, &status) == 0;
    if (!leads_straight(path, a->arena) || (is_there && !S_ISREG(status.st_mode)))
        return refuse_path(a, a->texts[0], NULL, 0, err);
    return dtl_file_write(path.data, a->texts[1], err);
}

static bool request(const action *a, dtl_error *err)
{
    const dtl_request what = {.url = a->texts[0],
                              .method = a->texts[1],
                              .body = a->texts[2],
                              .headers = a->texts + 3,
                              .header_count = a->count - 3};
    return dtl_request_send(&what, a->answer, err);
}

static const struct {
    const char *name;
    unsigned capability;
    size_t texts_min;
    size_t texts_max;
    bool (*run)(const action *a, dtl_error *err);
} actions[] = {
    {"read", DTL_CAPABILITY_READ_FILES, 1, 1, read_file},
    {"write", DTL_CAPABILITY_WRITE_FILES, 2, 2, write_file},
    {"request", DTL_CAPABILITY_NETWORK, 3, 16, request},
};

static bool refuse_capability(const dtl_plugin_info *info, dtl_str name, unsigned capability,
                              dtl_error *err)
{
    dtl_buf wanted = {0};
    dtl_capabilities_add(&wanted, capability);
    dtl_error_set(err, DTL_EUSAGE, "the plugin %.*s uses host.%.*s without asking for %.*s",
                  DTL_ARG(info->name), DTL_ARG(name), DTL_ARG(dtl_buf_str(&wanted)));
    dtl_error_expected(err, "\"capabilities\": [\"%.*s\"] in its plugin.json",
                       DTL_ARG(dtl_buf_str(&wanted)));
    dtl_buf_release(&wanted);
    return false;
}

bool dtl_action_do(const dtl_plugin_info *info, dtl_str name, const dtl_str *texts, size_t count,
                   dtl_buf *answer, dtl_error *err)
{
    dtl_arena arena = {0};
    const action a = {info, texts, count, &arena, answer};
    bool ok = false;
    size_t i = 0;
    while (i < DTL_COUNT(actions) && !dtl_str_equal(name, dtl_str_from(actions[i].name)))
        i++;
    if (i == DTL_COUNT(actions) || count < actions[i].texts_min || count > actions[i].texts_max)
        dtl_error_set(err, DTL_EUSAGE, "there is no host.%.*s with %zu arguments", DTL_ARG(name),
                      count);
    else if (!(info->capabilities & actions[i].capability))
        refuse_capability(info, name, actions[i].capability, err);
    else
        ok = actions[i].run(&a, err);
    dtl_arena_release(&arena);
    return ok;
}
