// core/app/cmd_plugin.c - dateline plugin: the group, and plugins added and removed.
#include "app/commands.h"
#include "app/plugin_choice.h"
#include "plugin/grants.h"
#include "plugin/install.h"
#include "plugin/names.h"

typedef struct plugin_values {
    bool nothing;
} plugin_values;

static const plugin_values defaults = {false};

// ---- add ----

// What is to be said of the version that takes the place of another; "" when it is newer.
static const char *compared(const dtl_installed *done)
{
    if (!done->replaced || !done->old_version.size)
        return "";
    int order = dtl_semver_compare(done->info.version, done->old_version);
    if (order < 0)
        return " (an older version)";
    if (order > 0)
        return "";
    return done->same_files ? "" : " (the same version with other files)";
}

static void describe(const dtl_installed *done, dtl_buf *out)
{
    const dtl_plugin_info *info = &done->info;
    dtl_buf_printf(out, "%.*s ", DTL_ARG(info->name));
    if (done->replaced)
        dtl_buf_printf(out, "%.*s -> ",
                       DTL_ARG(done->old_version.size ? done->old_version : DTL_STR("(broken)")));
    dtl_buf_printf(out, "%.*s%s\n  provides  ", DTL_ARG(info->version), compared(done));
    dtl_plugin_choice_provides(info, out);
    if (info->capabilities) {
        DTL_BUF_LITERAL(out, "\n  asks for  ");
        dtl_capabilities_add(out, info->capabilities);
    }
    dtl_buf_printf(out, "\n  is in     %.*s\n", DTL_ARG(info->folder));
}

static void tell_next(dtl_app *app, const dtl_plugin_info *info)
{
    dtl_error unheard = {0};
    bool wants_folders =
        info->capabilities & (DTL_CAPABILITY_READ_FILES | DTL_CAPABILITY_WRITE_FILES);
    if (!dtl_grants_check(info, &unheard))
        dtl_diagnostics_note(&app->diagnostics, "now: dateline plugin grant %.*s%s",
                             DTL_ARG(info->name), wants_folders ? " --folder DIR" : "");
}

static int run_add(dtl_app *app, const dtl_command_line *line, const void *given)
{
    (void)given;
    dtl_error err = {0};
    dtl_installed done;
    dtl_buf text = {0};
    if (!dtl_plugin_install(line->operands[0], &app->arena, &done, &err))
        return dtl_app_fail(app, &err);
    describe(&done, &text);
    int status = dtl_app_show(app, &text);
    tell_next(app, &done.info);
    return status;
}

const dtl_command dtl_command_plugin_add = {
    .name = "plugin add",
    .usage = "PATH",
    .summary = "Copies a plugin into your folder of plugins.",
    .details = "PATH is a folder with a plugin.json, or an archive of one: .zip, .tar, .tar.gz,\n"
               ".tar.bz2, .tar.xz, .tar.zst. Another version is replaced at once, or stays as it\n"
               "was. Nothing of the plugin is run, and what it asks for is granted by another\n"
               "command.\n",
    .example = "plugin add hello-1.1.0.tar.gz",
    .options = {.operand = "PATH", .operand_min = 1, .operand_max = 1},
    .defaults = &defaults,
    .values_size = sizeof defaults,
    .run = run_add,
};

// ---- remove ----

// The user's own plugin called [name]; one of that name elsewhere only if there is none, as it is
// then refused with its place.
static const dtl_plugin_info *find_own(dtl_str name, dtl_arena *arena, dtl_error *err)
{
    dtl_plugin_info *plugins;
    const dtl_plugin_info *found = NULL;
    dtl_plugin_search search = dtl_plugin_choice(NULL);
    size_t count = dtl_plugins_list(&search, arena, &plugins);
    dtl_str *names = dtl_arena_alloc(arena, (count + 1) * sizeof *names);
    for (size_t i = 0; i < count; i++) {
        const dtl_plugin_info *info = &plugins[i];
        names[i] = info->name;
        bool is_own = info->origin == DTL_PLUGIN_FROM_USER;
        if (!dtl_str_equal(info->name, name))
            continue;
        if (is_own && found && found->origin == DTL_PLUGIN_FROM_USER) {
            dtl_error_set(err, DTL_EUSAGE, "two plugins are called '%.*s': %.*s and %.*s",
                          DTL_ARG(name), DTL_ARG(found->folder), DTL_ARG(info->folder));
            dtl_error_hint(err, "remove one of the folders by hand");
            return NULL;
        }
        if (is_own || !found)
            found = info;
    }
    if (!found)
        dtl_plugin_choice_unknown(name, names, count, err);
    return found;
}

static int run_remove(dtl_app *app, const dtl_command_line *line, const void *given)
{
    (void)given;
    dtl_error err = {0};
    dtl_buf text = {0};
    const dtl_plugin_info *info = find_own(dtl_str_from(line->operands[0]), &app->arena, &err);
    bool is_own = info && info->origin == DTL_PLUGIN_FROM_USER;
    // Grants first: without them what is left does no harm.
    if (!info || (is_own && !dtl_grants_remove(info, &err)) || !dtl_plugin_uninstall(info, &err))
        return dtl_app_fail(app, &err);
    dtl_buf_printf(&text, "%.*s%s%.*s is removed\n", DTL_ARG(info->name),
                   info->version.size ? " " : "", DTL_ARG(info->version));
    return dtl_app_show(app, &text);
}

const dtl_command dtl_command_plugin_remove = {
    .name = "plugin remove",
    .usage = "NAME",
    .summary = "Removes a plugin from your folder of plugins, and its grants.",
    .example = "plugin remove hello",
    .options = {.operand = "NAME", .operand_min = 1, .operand_max = 1},
    .defaults = &defaults,
    .values_size = sizeof defaults,
    .run = run_remove,
};

// ---- the group ----

static const dtl_command *const group[] = {
    &dtl_command_plugin_add,   &dtl_command_plugin_remove, &dtl_command_plugin_check,
    &dtl_command_plugin_grant, &dtl_command_plugin_revoke,
};

const dtl_command dtl_command_plugin = {
    .name = "plugin",
    .summary = "Adds, removes, checks plugins, and grants what they ask for.",
    .example = "plugin check hello",
    .group = group,
    .group_count = DTL_COUNT(group),
};
