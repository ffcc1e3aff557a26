// core/app/cmd_plugin_grant.c - dateline plugin grant, revoke: what a plugin may do.
#include "app/commands.h"
#include "app/plugin_choice.h"
#include "plugin/grants.h"
#include "plugin/install.h"

typedef struct grant_values {
    dtl_option_list folders;
} grant_values;

static const dtl_option options[] = {
    {.name = "folder",
     .value = "DIR",
     .help = "files beneath it alone; may be repeated",
     .read = dtl_read_list,
     .offset = offsetof(grant_values, folders)},
};

static const grant_values defaults = {.folders = {.count = 0}};

// What each capability comes to; of those that are about files, beneath which folders.
static const struct {
    const char *means;
    unsigned bit;
    bool in_folders;
} meanings[] = {
    {"read-files    to read files beneath", DTL_CAPABILITY_READ_FILES, true},
    {"write-files   to write files beneath", DTL_CAPABILITY_WRITE_FILES, true},
    {"network       to reach other machines", DTL_CAPABILITY_NETWORK, false},
    {"run-native    to run compiled code: grant it if you trust who built it",
     DTL_CAPABILITY_RUN_NATIVE, false},
};

// ---- grant ----

typedef struct folder_list {
    dtl_str *list;
    size_t count;
    bool as_before;  // of the grant that this one replaces
} folder_list;

static bool ask_folders(const dtl_plugin_info *info, dtl_error *err)
{
    dtl_buf asked = {0};
    dtl_capabilities_add(&asked, info->capabilities);
    dtl_error_set(err, DTL_EUSAGE, "the plugin '%.*s' asks for %.*s: beneath which folders?",
                  DTL_ARG(info->name), DTL_ARG(dtl_buf_str(&asked)));
    dtl_buf_release(&asked);
    return dtl_error_hint(err, "dateline plugin grant %.*s --folder DIR", DTL_ARG(info->name));
}

// Those that are given, else those that the plugin had before it changed.
static bool choose_folders(const dtl_plugin_info *info, const dtl_option_list *given,
                           dtl_arena *arena, folder_list *out, dtl_error *err)
{
    bool wants_folders =
        info->capabilities & (DTL_CAPABILITY_READ_FILES | DTL_CAPABILITY_WRITE_FILES);
    *out = (folder_list){dtl_arena_alloc(arena, (given->count + 1) * sizeof *out->list),
                         given->count, false};
    for (size_t i = 0; i < given->count; i++)
        out->list[i] = dtl_str_from(given->values[i]);
    if (wants_folders == (given->count > 0))
        return true;
    if (!wants_folders)
        return dtl_error_set(err, DTL_EUSAGE,
                             "the plugin '%.*s' asks for no files: --folder is not for it",
                             DTL_ARG(info->name));
    out->as_before = true;
    return info->origin == DTL_PLUGIN_FROM_INSTALLED ||
           (dtl_grants_folders_before(info, arena, &out->list, &out->count, err) &&
            (out->count > 0 || ask_folders(info, err)));
}

static void add_list(const folder_list *folders, dtl_buf *out)
{
    for (size_t i = 0; i < folders->count; i++)
        dtl_buf_printf(out, "%s %.*s", i ? "," : "", DTL_ARG(folders->list[i]));
}

static bool describe(const dtl_plugin_info *info, bool as_before, dtl_arena *arena, dtl_buf *out,
                     dtl_error *err)
{
    folder_list folders;
    dtl_sha256 digest;
    if (!dtl_grants_folders(info, arena, &folders.list, &folders.count, err) ||
        !dtl_plugin_digest(info, &digest, err))
        return false;
    dtl_buf_printf(out, "%.*s %.*s is granted\n", DTL_ARG(info->name), DTL_ARG(info->version));
    for (size_t i = 0; i < DTL_COUNT(meanings); i++) {
        if (!(info->capabilities & meanings[i].bit))
            continue;
        dtl_buf_printf(out, "  %s", meanings[i].means);
        if (meanings[i].in_folders)
            add_list(&folders, out);
        dtl_buf_add_char(out, '\n');
    }
    if (as_before) {
        DTL_BUF_LITERAL(out, "the folders as before:");
        add_list(&folders, out);
        DTL_BUF_LITERAL(out, " (--folder DIR names others)\n");
    }
    dtl_buf_printf(out, "as long as its files are these: sha256 %s\n", digest.hex);
    return true;
}

static void keep_first(void *context, const dtl_error *finding)
{
    dtl_error *err = context;
    if (err->code == DTL_OK)
        *err = *finding;
}

// A grant holds for files as they are, so they are all to be there: a library that is built later
// would change them.
static bool add_grant(const dtl_plugin_info *info, const dtl_str *folders, size_t count,
                      dtl_error *err)
{
    return dtl_plugin_check_files(info, keep_first, err) &&
           dtl_grants_add(info, folders, count, err);
}

static bool grant(const dtl_plugin_info *info, const dtl_option_list *given, dtl_arena *arena,
                  dtl_buf *out, dtl_error *err)
{
    folder_list folders;
    if (!choose_folders(info, given, arena, &folders, err))
        return false;
    if (info->capabilities && info->origin != DTL_PLUGIN_FROM_INSTALLED)
        return add_grant(info, folders.list, folders.count, err) &&
               describe(info, folders.as_before, arena, out, err);
    dtl_buf_printf(
        out, "%.*s %.*s needs no grant: %s\n", DTL_ARG(info->name), DTL_ARG(info->version),
        info->capabilities ? "it was installed with the program" : "it asks for nothing");
    return true;
}

static int run_grant(dtl_app *app, const dtl_command_line *line, const void *given)
{
    const grant_values *values = given;
    dtl_error err = {0};
    dtl_buf text = {0};
    dtl_plugin_search search = dtl_plugin_choice(NULL);
    const dtl_plugin_info *info =
        dtl_plugin_choice_find(line->operands[0], &search, &app->arena, &err);
    if (!info)
        return dtl_app_fail(app, &err);
    if (!info->usable)
        return dtl_app_fail(app, &info->problem);
    if (grant(info, &values->folders, &app->arena, &text, &err))
        return dtl_app_show(app, &text);
    dtl_buf_release(&text);
    return dtl_app_fail(app, &err);
}

const dtl_command dtl_command_plugin_grant = {
    .name = "plugin grant",
    .usage = "NAME|PATH [--folder DIR]...",
    .summary = "Lets a plugin do what it asks for.",
    .details = "PATH is a plugin's folder. What is granted holds for the plugin's files as they\n"
               "are now: of a plugin that changed it has to be asked again. Its tests, the\n"
               "golden files in reports/, sources in C, Makefile, README, LICENSE and CHANGELOG\n"
               "may change. Without --folder, the folders are those of the grant before.\n"
               "Each copy of a plugin has its own grant.\n",
    .example = "plugin grant hello",
    .options = {.options = options,
                .count = DTL_COUNT(options),
                .operand = "NAME",
                .operand_min = 1,
                .operand_max = 1},
    .defaults = &defaults,
    .values_size = sizeof defaults,
    .run = run_grant,
};

// ---- revoke ----

// The names of what may be meant: plugins that were granted something, which come first and may be
// gone, and those that are there.
static bool known_names(dtl_arena *arena, dtl_str **out, size_t *granted, size_t *count,
                        dtl_error *err)
{
    dtl_str *names;
    dtl_plugin_info *plugins;
    dtl_plugin_search search = dtl_plugin_choice(NULL);
    if (!dtl_grants_names(arena, &names, granted, err))
        return false;
    size_t there = dtl_plugins_list(&search, arena, &plugins);
    *count = *granted + there;
    *out = dtl_arena_alloc(arena, (*count + 1) * sizeof **out);
    for (size_t i = 0; i < *count; i++)
        (*out)[i] = i < *granted ? names[i] : plugins[i - *granted].name;
    return true;
}

static bool tell_revoked(dtl_str what, bool revoked, dtl_buf *out)
{
    dtl_buf_printf(out,
                   revoked ? "what %.*s was granted is revoked\n" : "%.*s was granted nothing\n",
                   DTL_ARG(what));
    return true;
}

static bool revoke_name(dtl_str name, dtl_arena *arena, dtl_buf *out, dtl_error *err)
{
    dtl_str *names;
    size_t granted;
    size_t count;
    size_t at = 0;
    if (!known_names(arena, &names, &granted, &count, err))
        return false;
    while (at < count && !dtl_str_equal(names[at], name))
        at++;
    if (at == count)
        return dtl_plugin_choice_unknown(name, names, count, err);
    return (at >= granted || dtl_grants_revoke_name(name, err)) &&
           tell_revoked(name, at < granted, out);
}

static bool revoke_path(const char *path, dtl_arena *arena, dtl_buf *out, dtl_error *err)
{
    bool revoked;
    dtl_plugin_search search = dtl_plugin_choice(NULL);
    const dtl_plugin_info *info = dtl_plugin_choice_find(path, &search, arena, err);
    return info && dtl_grants_revoke(info, &revoked, err) &&
           tell_revoked(info->folder, revoked, out);
}

static int run_revoke(dtl_app *app, const dtl_command_line *line, const void *given)
{
    (void)given;
    dtl_error err = {0};
    dtl_buf text = {0};
    const char *what = line->operands[0];
    bool is_path = strchr(what, '/') || strcmp(what, ".") == 0 || strcmp(what, "..") == 0;
    bool ok = is_path ? revoke_path(what, &app->arena, &text, &err)
                      : revoke_name(dtl_str_from(what), &app->arena, &text, &err);
    return ok ? dtl_app_show(app, &text) : dtl_app_fail(app, &err);
}

const dtl_command dtl_command_plugin_revoke = {
    .name = "plugin revoke",
    .usage = "NAME|PATH",
    .summary = "Takes back what a plugin was granted.",
    .details = "NAME means every copy of the plugin, wherever it stands; PATH the one in that\n"
               "folder, and copies with the very same files.\n",
    .example = "plugin revoke hello",
    .options = {.operand = "NAME", .operand_min = 1, .operand_max = 1},
    .defaults = &(const grant_values){.folders = {.count = 0}},
    .values_size = sizeof(grant_values),
    .run = run_revoke,
};
