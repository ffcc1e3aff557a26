// core/plugin/install.c - plugins put into the user's folder, and taken out of it.
#include "plugin/install.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/utf8.h"
#include "plugin/archive.h"
#include "plugin/folder.h"
#include "plugin/registry.h"
#include "plugin/stage.h"

typedef struct installing {
    const char *from;
    dtl_arena *arena;
    dtl_stage stage;
    dtl_str root;  // of the stage: the folder that holds plugin.json
} installing;

// ---- what the manifest names ----

dtl_str dtl_plugin_file_of(const dtl_provision *provision, dtl_arena *arena)
{
    if (provision->kind == DTL_PROVIDE_REPORT)
        return dtl_arena_printf(arena, "reports/%.*s.lua", DTL_ARG(provision->name));
    if (provision->kind == DTL_PROVIDE_DATASET)
        return dtl_arena_printf(arena, "datasets/%.*s.lua", DTL_ARG(provision->name));
    return DTL_STR("");
}

typedef struct file_check {
    const dtl_plugin_info *info;
    dtl_arena arena;
    dtl_plugin_finding_fn *on_finding;
    void *context;
    bool ok;
} file_check;

static void check_file(file_check *c, dtl_str file, const char *what, const char *hint)
{
    struct stat status;
    dtl_error finding = {0};
    dtl_str path =
        dtl_arena_printf(&c->arena, "%.*s/%.*s", DTL_ARG(c->info->folder), DTL_ARG(file));
    if (lstat(path.data, &status) == 0 && S_ISREG(status.st_mode))
        return;
    dtl_error_set(&finding, DTL_EDATA, "the plugin's %s is not there: no file '%.*s'", what,
                  DTL_ARG(file));
    dtl_error_at(&finding, path, 0, 0);
    if (hint)
        dtl_error_hint(&finding, "%s", hint);
    c->on_finding(c->context, &finding);
    c->ok = false;
}

bool dtl_plugin_check_files(const dtl_plugin_info *info, dtl_plugin_finding_fn *on_finding,
                            void *context)
{
    file_check c = {.info = info, .on_finding = on_finding, .context = context, .ok = true};
    if (info->main.size)
        check_file(&c, info->main, "script", NULL);
    if (info->library.size)
        check_file(&c, dtl_arena_printf(&c.arena, "%.*s.so", DTL_ARG(info->library)), "library",
                   "build it, in the plugin's folder");
    for (size_t i = 0; i < info->provide_count; i++) {
        dtl_str file = dtl_plugin_file_of(&info->provides[i], &c.arena);
        if (file.size)
            check_file(&c, file, dtl_provide_kind_name(info->provides[i].kind), NULL);
    }
    dtl_arena_release(&c.arena);
    return c.ok;
}

static time_t modified(const dtl_plugin_info *info, dtl_str file, dtl_arena *arena)
{
    struct stat status;
    dtl_str path = dtl_arena_printf(arena, "%.*s/%.*s", DTL_ARG(info->folder), DTL_ARG(file));
    return lstat(path.data, &status) == 0 ? status.st_mtim.tv_sec : 0;
}

dtl_str dtl_plugin_newer_source(const dtl_plugin_info *info, dtl_arena *arena)
{
    dtl_str *files;
    size_t count = 0;
    dtl_error unheard = {0};
    if (!info->library.size ||
        !dtl_folder_files(info->folder.data, arena, &files, &count, &unheard))
        return DTL_STR("");
    time_t built =
        modified(info, dtl_arena_printf(arena, "%.*s.so", DTL_ARG(info->library)), arena);
    for (size_t i = 0; built && i < count; i++) {
        bool is_source =
            dtl_str_ends(files[i], DTL_STR(".c")) || dtl_str_ends(files[i], DTL_STR(".h"));
        // A second to spare: a folder that is copied is written in any order.
        if (is_source && modified(info, files[i], arena) > built + 1)
            return files[i];
    }
    return DTL_STR("");
}

// ---- onto the stage ----

static bool has_manifest(dtl_str folder, dtl_arena *arena)
{
    return access(dtl_arena_printf(arena, "%.*s/plugin.json", DTL_ARG(folder)).data, F_OK) == 0;
}

static bool copy_folder(installing *in, dtl_error *err)
{
    dtl_str *files;
    size_t count;
    in->root = in->stage.folder;
    if (!has_manifest(dtl_str_from(in->from), in->arena)) {
        dtl_error_set(err, DTL_EUSAGE, "%s holds no plugin: there is no plugin.json in it",
                      in->from);
        return dtl_error_hint(err, "give the folder that plugin.json stands in");
    }
    if (!dtl_folder_files(in->from, in->arena, &files, &count, err))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && i < count; i++) {
        dtl_buf bytes = {0};
        ok = dtl_folder_read(in->from, files[i].data, DTL_PLUGIN_BYTES_MAX, &bytes, err) &&
             dtl_stage_add(&in->stage, files[i], false, dtl_buf_str(&bytes), err);
        dtl_buf_release(&bytes);
    }
    return ok;
}

static bool take_entry(void *context, dtl_str path, bool is_folder, dtl_str bytes, dtl_error *err)
{
    installing *in = context;
    return dtl_stage_add(&in->stage, path, is_folder, bytes, err) ||
           dtl_error_at(err, dtl_str_from(in->from), 0, 0);
}

static size_t count_top_entries(const dtl_stage *stage)
{
    size_t count = 0;
    DIR *top = opendir(stage->folder.data);
    const struct dirent *entry;
    while (top && (entry = readdir(top)) != NULL)
        count += entry->d_name[0] != '.';
    if (top)
        closedir(top);
    return count;
}

static bool fail_root(const installing *in, size_t plugins, dtl_error *err)
{
    if (plugins > 1)
        dtl_error_set(err, DTL_EUSAGE, "the archive holds %zu plugins", plugins);
    else if (plugins == 1)
        dtl_error_set(err, DTL_EUSAGE, "the archive holds more than the plugin's folder");
    else
        dtl_error_set(err, DTL_EUSAGE, "the archive holds no plugin");
    dtl_error_expected(err, "one, with its plugin.json at the top or in the only folder there");
    return dtl_error_at(err, dtl_str_from(in->from), 0, 0);
}

// The folder of the stage that is the plugin.
static bool find_root(installing *in, dtl_error *err)
{
    dtl_str *folders;
    in->root = in->stage.folder;
    if (has_manifest(in->root, in->arena))
        return true;
    size_t plugins = 0;
    size_t count = dtl_folder_folders(in->stage.folder.data, in->arena, &folders);
    for (size_t i = 0; i < count; i++) {
        if (!has_manifest(folders[i], in->arena))
            continue;
        in->root = folders[i];
        plugins++;
    }
    return (plugins == 1 && count_top_entries(&in->stage) == 1) || fail_root(in, plugins, err);
}

static bool fill_stage(installing *in, dtl_error *err)
{
    struct stat status;
    if (strstr(in->from, "://")) {
        dtl_error_set(err, DTL_EUSAGE, "'%s' is an address", in->from);
        return dtl_error_hint(err, "fetch it with another program, and add the file");
    }
    if (stat(in->from, &status) != 0)
        return dtl_error_system(err, "cannot open", in->from, errno);
    if (S_ISDIR(status.st_mode))
        return copy_folder(in, err);
    return dtl_archive_read(in->from, DTL_PLUGIN_BYTES_MAX, take_entry, in, err) &&
           find_root(in, err);
}

// ---- off the stage ----

// Nobody knows the stage: what lies there is told as lying where it came from.
static void rename_in(char *text, size_t size, dtl_str stage, const char *from)
{
    dtl_str whole = dtl_str_from(text);
    size_t at = dtl_str_find(whole, stage);
    if (at == SIZE_MAX)
        return;
    dtl_buf said = {0};
    dtl_buf_printf(&said, "%.*s%s%s", (int)at, text, from, text + at + stage.size);
    snprintf(text, size, "%.*s", DTL_ARG(dtl_utf8_cut(dtl_buf_str(&said), size - 1)));
    dtl_buf_release(&said);
}

static void keep_first(void *context, const dtl_error *finding)
{
    dtl_error *err = context;
    if (err->code == DTL_OK)
        *err = *finding;
}

static bool check_stage(const installing *in, dtl_plugin_info *info, dtl_error *err)
{
    dtl_sha256 digest;
    dtl_plugin_manifest_read(in->root.data, DTL_PLUGIN_FROM_USER, in->arena, info);
    if (!info->usable)
        *err = info->problem;
    // The digest, as it reads what a plugin may have and nothing more.
    return info->usable && dtl_plugin_check_files(info, keep_first, err) &&
           dtl_plugin_digest(info, &digest, err);
}

// One that has the name of the plugin in another folder would make both of no use.
static bool check_name(const installing *in, dtl_str name, dtl_str target, dtl_error *err)
{
    dtl_plugin_info *plugins;
    static const dtl_plugin_search user_only = {.path_count = 0};
    size_t count = dtl_plugins_list(&user_only, in->arena, &plugins);
    for (size_t i = 0; i < count; i++) {
        if (plugins[i].origin != DTL_PLUGIN_FROM_USER || !dtl_str_equal(plugins[i].name, name) ||
            dtl_str_equal(plugins[i].folder, target))
            continue;
        dtl_error_set(err, DTL_EUSAGE, "a plugin '%.*s' stands in %.*s", DTL_ARG(name),
                      DTL_ARG(plugins[i].folder));
        return dtl_error_hint(err, "remove it first: dateline plugin remove %.*s", DTL_ARG(name));
    }
    return true;
}

// What is there under the plugin's name; false when it is no plugin.
static bool look_at_old(const installing *in, const dtl_plugin_info *staged, dtl_str target,
                        dtl_installed *out, dtl_error *err)
{
    struct stat status;
    dtl_error unheard = {0};
    dtl_sha256 before;
    dtl_sha256 after;
    if (lstat(target.data, &status) != 0)
        return errno == ENOENT || dtl_error_system(err, "cannot read", target.data, errno);
    if (!has_manifest(target, in->arena)) {
        dtl_error_set(err, DTL_EUSAGE, "%s is there and is no plugin", target.data);
        return dtl_error_hint(err, "move it away");
    }
    dtl_plugin_info old;
    dtl_plugin_manifest_read(target.data, DTL_PLUGIN_FROM_USER, in->arena, &old);
    out->replaced = true;
    out->old_version = old.version;
    out->same_files = dtl_plugin_digest(&old, &before, &unheard) &&
                      dtl_plugin_digest(staged, &after, &unheard) &&
                      strcmp(before.hex, after.hex) == 0;
    return true;
}

static bool put(installing *in, dtl_installed *out, dtl_error *err)
{
    dtl_plugin_info staged;
    if (!check_stage(in, &staged, err)) {
        rename_in(err->file, sizeof err->file, in->stage.folder, in->from);
        rename_in(err->message, sizeof err->message, in->stage.folder, in->from);
        return false;
    }
    dtl_str target =
        dtl_arena_printf(in->arena, "%.*s/%.*s", DTL_ARG(in->stage.place), DTL_ARG(staged.name));
    if (!check_name(in, staged.name, target, err) || !look_at_old(in, &staged, target, out, err) ||
        !dtl_stage_put(&in->stage, in->root, staged.name, out->replaced, err))
        return false;
    dtl_plugin_manifest_read(target.data, DTL_PLUGIN_FROM_USER, in->arena, &out->info);
    return true;
}

bool dtl_plugin_install(const char *from, dtl_arena *arena, dtl_installed *out, dtl_error *err)
{
    installing in = {.from = from, .arena = arena};
    *out = (dtl_installed){.replaced = false};
    bool ok = dtl_stage_open(&in.stage, arena, err) && fill_stage(&in, err) && put(&in, out, err);
    dtl_stage_close(&in.stage);
    return ok;
}

bool dtl_plugin_uninstall(const dtl_plugin_info *info, dtl_error *err)
{
    if (info->origin != DTL_PLUGIN_FROM_USER)
        return dtl_error_set(err, DTL_EUSAGE, "the plugin '%.*s' stands in %.*s (%s)",
                             DTL_ARG(info->name), DTL_ARG(info->folder),
                             dtl_plugin_origin_name(info->origin));
    dtl_arena arena = {0};
    dtl_stage stage;
    bool ok = dtl_stage_open(&stage, &arena, err) && dtl_stage_take(&stage, info->folder, err);
    dtl_stage_close(&stage);
    dtl_arena_release(&arena);
    return ok;
}
