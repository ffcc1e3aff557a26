// core/app/cmd_repl.c - dateline repl: a prompt over the data.
#include "app/commands.h"
#include "app/line_editor.h"
#include "app/script_options.h"
#include "app/sink.h"

typedef struct repl_values {
    dtl_script_options script;
} repl_values;

static const repl_values defaults = {.script = DTL_SCRIPT_OPTIONS_DEFAULT};

typedef struct prompt {
    dtl_app *app;
    dtl_line_editor *editor;
    bool ended;
} prompt;

static const char help[] =
    "An expression is answered; a fact with what it is and how it is computed.\n"
    "  c.people:on(\"2024-10-18\")          a question to a measure\n"
    "  d = date \"2024-10-18\"              a name for later (without local)\n"
    "  phrase.count(c.people:on(d))       words in the house style\n"
    "  .why                               why the last answer is what it is, and whose it is\n"
    "  ?year_to_date                      what a name is\n"
    "  .help  .quit                       TAB completes, the arrows go through what was typed\n";

// The prompt's own commands; true when [line] was one.
static bool own_command(prompt *p, dtl_str line)
{
    line = dtl_str_trim(line);
    if (dtl_str_equal(line, DTL_STR(".quit")) || dtl_str_equal(line, DTL_STR(".exit"))) {
        p->ended = true;
        return true;
    }
    if (!dtl_str_equal(line, DTL_STR(".help")))
        return false;
    dtl_error err = {0};
    (void)!dtl_output_write(&p->app->output, dtl_str_from(help), &err);
    (void)!dtl_output_flush(&p->app->output, &err);
    return true;
}

static bool read_line(void *context, bool more, dtl_buf *line)
{
    prompt *p = context;
    dtl_error err = {0};
    if (!dtl_output_flush(&p->app->output, &err))
        return false;
    while (!p->ended) {
        dtl_buf typed = {0};
        bool read = dtl_line_editor_read(p->editor, more ? "... " : "> ", &typed);
        bool own = read && !more && own_command(p, dtl_buf_str(&typed));
        if (read && !own)
            dtl_buf_add_str(line, dtl_buf_str(&typed));
        p->ended = p->ended || !read;
        dtl_buf_release(&typed);
        if (read && !own)
            return true;
    }
    return false;
}

static void take_words(void *context, dtl_str words)
{
    const prompt *p = context;
    dtl_line_editor_set_words(p->editor, words);
}

static void tell_failure(void *context, const dtl_error *failure)
{
    const dtl_sink *sink = context;
    dtl_app_fail(sink->app, failure);
}

static int run(dtl_app *app, const dtl_command_line *line, const void *given)
{
    const repl_values *values = given;
    (void)line;
    prompt p = {.app = app, .editor = dtl_line_editor_new()};
    dtl_repl repl = {.read_line = read_line, .words = take_words, .context = &p};
    dtl_sink sink = {.app = app};
    dtl_run_events events = dtl_sink_events(&sink);
    events.warning = tell_failure;
    dtl_plugin_service *plugins = dtl_script_plugins(&values->script, NULL, &app->arena);
    dtl_run_options options = dtl_script_run_options(&values->script, plugins, &app->arena);
    int status = 0;
    while (!p.ended) {
        dtl_error err = {0};
        if (dtl_run_repl(&repl, &options, &events, &err))
            break;
        status = dtl_app_fail(app, &err);
        if (err.code != DTL_ELIMIT && err.code != DTL_ESCRIPT)
            break;
        dtl_error note = {0};
        dtl_error_set(&note, err.code, "the names that were set are lost: starting afresh");
        dtl_app_fail(app, &note);
        status = 0;
    }
    if (dtl_line_editor_is_terminal(p.editor)) {
        dtl_error err = {0};
        (void)!dtl_output_write(&app->output, DTL_STR("\n"), &err);
    }
    dtl_line_editor_free(p.editor);
    return status;
}

const dtl_command dtl_command_repl = {
    .name = "repl",
    .usage = "[options]",
    .summary = "A prompt over the data: expressions and statements of Lua.",
    .details =
        "At hand: c (crossings), phrase, data, sql, date. Names set without local stay. Each\n"
        "input has the limits to itself. .why tells all of the last answer, ?NAME what a name is,\n"
        ".help more, .quit ends.\n",
    .example = "repl",
    .options = {.shared = dtl_script_options_shared,
                .shared_count = DTL_SCRIPT_OPTIONS_COUNT,
                .shared_offset = offsetof(repl_values, script)},
    .defaults = &defaults,
    .values_size = sizeof defaults,
    .run = run,
};
