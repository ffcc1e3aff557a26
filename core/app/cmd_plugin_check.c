// core/app/cmd_plugin_check.c - dateline plugin check: whether a plugin can be used as it stands.
#include "app/commands.h"
#include "app/plugin_choice.h"
#include "app/store_choice.h"
#include "plugin/clash.h"
#include "plugin/grants.h"
#include "plugin/install.h"
#include "plugin/lua_plugin.h"
#include "plugin/native.h"

enum {
    STATUS_UNWELL = 1
};

typedef struct check_values {
    dtl_option_list plugins;
} check_values;

static const dtl_option options[] = {
    DTL_OPTION_PLUGIN(check_values, plugins),
};

static const check_values defaults = {.plugins = {.count = 0}};

typedef struct findings {
    dtl_app *app;
    size_t count;
} findings;

static void tell(void *context, const dtl_error *finding)
{
    findings *f = context;
    dtl_diagnostics_error(&f->app->diagnostics, finding);
    f->count++;
}

// A library that nobody has granted is not loaded: that runs it, as the user. A script is: in a worker
// that is given nothing.
static void load(const dtl_plugin_info *info, bool granted, findings *f)
{
    dtl_error err = {0};
    dtl_store_ref store = dtl_store_choice_bundled();
    bool ok = true;
    if (info->library.size)
        ok = !granted || dtl_native_verify(info, &err);
    else if (info->main.size)
        ok = dtl_lua_plugin_verify(info, &store, &err);
    if (!ok)
        tell(f, &err);
}

// Everything that can be looked at without what was found before; the digest of its files.
static void check(const dtl_plugin_info *info, findings *f, dtl_sha256 *digest)
{
    dtl_error err = {0};
    if (!info->usable) {
        tell(f, &info->problem);
        return;
    }
    bool whole = dtl_plugin_check_files(info, tell, f);
    if (!dtl_plugin_digest(info, digest, &err)) {
        tell(f, &err);
        return;
    }
    bool granted = dtl_grants_check(info, &err);
    if (!granted)
        tell(f, &err);
    if (whole)
        load(info, granted, f);
}

static void tell_clash(void *context, const dtl_provision *provision, dtl_str text)
{
    const dtl_app *app = context;
    dtl_error warning = {0};
    (void)provision;
    dtl_error_set(&warning, DTL_EUSAGE, "%.*s", DTL_ARG(text));
    dtl_diagnostics_warning(&app->diagnostics, &warning);
}

static void look_for_clashes(dtl_app *app, const dtl_plugin_info *info,
                             const dtl_plugin_search *search)
{
    dtl_plugin_info *plugins;
    size_t count = dtl_plugins_list(search, &app->arena, &plugins);
    dtl_plugin_clashes(info, plugins, count, tell_clash, app);
}

static void look_at_age(dtl_app *app, const dtl_plugin_info *info)
{
    dtl_error warning = {0};
    dtl_str source = dtl_plugin_newer_source(info, &app->arena);
    if (!source.size)
        return;
    dtl_error_set(&warning, DTL_EUSAGE, "%.*s is newer than %.*s.so: build it", DTL_ARG(source),
                  DTL_ARG(info->library));
    dtl_diagnostics_warning(&app->diagnostics, &warning);
}

static int run(dtl_app *app, const dtl_command_line *line, const void *given)
{
    const check_values *values = given;
    dtl_error err = {0};
    dtl_sha256 digest;
    findings f = {.app = app};
    dtl_plugin_search search = dtl_plugin_choice(&values->plugins);
    const dtl_plugin_info *info =
        dtl_plugin_choice_find(line->operands[0], &search, &app->arena, &err);
    if (!info)
        return dtl_app_fail(app, &err);
    check(info, &f, &digest);
    look_for_clashes(app, info, &search);
    look_at_age(app, info);
    if (f.count)
        return STATUS_UNWELL;
    dtl_buf text = {0};
    dtl_buf_printf(&text, "%.*s %.*s: nothing is wrong\n  sha256  %s\n", DTL_ARG(info->name),
                   DTL_ARG(info->version), digest.hex);
    return dtl_app_show(app, &text);
}

const dtl_command dtl_command_plugin_check = {
    .name = "plugin check",
    .usage = "NAME|PATH [options]",
    .summary = "Looks for what is wrong with a plugin.",
    .details =
        "PATH is a plugin's folder. Its manifest, its files and what it was granted are\n"
        "looked at; then it is loaded, in a process of its own, and what it provides is\n"
        "compared with its manifest. Exit status 1 when something is wrong; names and endings\n"
        "that something else has already are warnings.\n",
    .example = "plugin check hello",
    .options = {.options = options,
                .count = DTL_COUNT(options),
                .operand = "NAME",
                .operand_min = 1,
                .operand_max = 1},
    .defaults = &defaults,
    .values_size = sizeof defaults,
    .run = run,
};
