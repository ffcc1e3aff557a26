// core/app/cmd_import.c - dateline import: files into the store, each in one transaction.
#include <time.h>
#include <unistd.h>

#include "app/commands.h"
#include "app/import_result.h"
#include "app/known_datasets.h"
#include "app/plugin_choice.h"
#include "app/plugin_import.h"
#include "app/progress.h"
#include "app/store_choice.h"

typedef struct import_values {
    const char *db;
    dtl_str dataset;
    dtl_moment retrieved;
    dtl_date published;
    int kind;
    int to;
    bool dry_run;
    bool keep_good_rows;
    dtl_option_list plugins;
} import_values;

enum {
    KIND_OF_DATASET = -1,
    TO_TEXT = 0,
    TO_JSON,
    STATUS_BAD_DATA = 3
};

#define NOW DTL_MOMENT_LATEST  // of --retrieved: not given

static const dtl_option options[] = {
    {.name = "dataset",
     .value = "NAME",
     .help = "what the files are (else told by their header); or a manifest",
     .read = dtl_read_text,
     .offset = offsetof(import_values, dataset)},
    {.name = "published",
     .value = "DATE",
     .help = "when the source published them",
     .read = dtl_read_date,
     .offset = offsetof(import_values, published)},
    {.name = "retrieved",
     .value = "DATETIME",
     .help = "when they became known here (else now)",
     .read = dtl_read_moment,
     .offset = offsetof(import_values, retrieved)},
    {.name = "kind",
     .value = "full|window|hand",  // in the order of dtl_release_kind
     .help = "what they are a statement about (else as the dataset has it)",
     .read = dtl_read_choice,
     .offset = offsetof(import_values, kind)},
    {.name = "keep-good-rows",
     .help = "hold bad rows back and import the others",
     .offset = offsetof(import_values, keep_good_rows)},
    {.name = "dry-run",
     .help = "tell what would change, and change nothing",
     .offset = offsetof(import_values, dry_run)},
    {.name = "to",
     .value = "text|json",
     .help = "how the result is told",
     .read = dtl_read_choice,
     .offset = offsetof(import_values, to)},
    DTL_OPTION_PLUGIN(import_values, plugins),
    DTL_OPTION_DB(import_values, db),
};

static const import_values defaults = {
    .published = DTL_DATE_NONE, .retrieved = NOW, .kind = KIND_OF_DATASET, .to = TO_TEXT};

// One import command at work.
typedef struct import_run {
    dtl_app *app;
    const import_values *values;
    const dtl_command_line *line;
    const char *path;
    dtl_store *store;
    dtl_known_datasets known;
    dtl_import_options options;
    dtl_progress progress;
    dtl_buf text;  // the result of one file, or with --to json of all
    dtl_json json;
    size_t imported;
    int status;
} import_run;

// The one place where the clock is read: what it says is stored, and never printed into a bulletin.
static dtl_moment now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_REALTIME, &time);
    return (dtl_moment)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static bool any_readable(const dtl_command_line *line)
{
    for (size_t i = 0; i < line->operand_count; i++)
        if (access(line->operands[i], R_OK) == 0)
            return true;
    return false;
}

// A dry run, and files that cannot be read, leave no new database behind: a store in memory stands
// in for one that is not there.
static bool open_store(import_run *r, dtl_error *err)
{
    bool created;
    bool look_only = r->values->dry_run || !any_readable(r->line);
    if (!dtl_store_choice_to_write(r->values->db, look_only, &r->app->arena, &r->path, &created,
                                   err))
        return false;
    if (created)
        dtl_diagnostics_note(&r->app->diagnostics, "created %s, starting with the bundled figures",
                             r->path);
    if (look_only && access(r->path, F_OK) != 0)
        return dtl_store_open_memory(&r->store, err);
    return dtl_store_open(r->path, DTL_STORE_WRITE, &r->store, err);
}

static bool prepare(import_run *r, dtl_error *err)
{
    const import_values *values = r->values;
    dtl_arena *arena = &r->app->arena;
    if (!open_store(r, err) || !dtl_known_datasets_read(r->store, arena, &r->known, err))
        return false;
    r->options = (dtl_import_options){
        .published = values->published,
        .retrieved = values->retrieved == NOW ? now() : values->retrieved,
        .has_kind = values->kind != KIND_OF_DATASET,
        .kind = values->kind == KIND_OF_DATASET ? DTL_RELEASE_FULL : (dtl_release_kind)values->kind,
        .dry_run = values->dry_run,
        .keep_good_rows = values->keep_good_rows,
        .progress = dtl_progress_show,
        .progress_context = &r->progress,
    };
    const dtl_plugin_search plugins = dtl_plugin_choice(&values->plugins);
    if (values->dataset.size && !dtl_known_datasets_choose(&r->known, values->dataset, &plugins,
                                                           arena, &r->options.dataset, err))
        return false;
    r->options.datasets = r->known.datasets;
    r->options.dataset_count = r->known.count;
    return true;
}

// A limit that a file breaks is a fault of the file, not of a script.
static int status_of(const dtl_error *err)
{
    return err->code == DTL_ELIMIT ? STATUS_BAD_DATA : dtl_code_exit_status(err->code);
}

static bool tell(import_run *r, const dtl_import_result *result, const dtl_error *failure,
                 dtl_error *err)
{
    if (r->values->to == TO_JSON) {
        dtl_import_result_add_json(result, failure, &r->json);
        return true;
    }
    dtl_buf_clear(&r->text);
    if (result->imported)
        dtl_import_result_add(result, &r->text);
    return dtl_output_write(&r->app->output, dtl_buf_str(&r->text), err) &&
           dtl_output_flush(&r->app->output, err);  // what is stored is said at once
}

// False when the result cannot be told; a file that fails is told, and the next one follows.
static bool import_one(import_run *r, const char *file, dtl_error *err)
{
    dtl_import_report report = {0};
    dtl_error failure = {0};
    dtl_progress_start(&r->progress, !r->app->diagnostics.json);
    const dtl_plugin_search plugins = dtl_plugin_choice(&r->values->plugins);
    bool imported =
        dtl_plugin_import_file(r->store, &plugins, file, &r->options, &report, &failure);
    dtl_progress_finish(&r->progress);
    dtl_import_result result = {
        .file = dtl_str_from(file),
        .imported = imported,
        .dry_run = r->values->dry_run,
        .kept_good_rows = r->values->keep_good_rows,
        .name_file = r->line->operand_count > 1,
        .report = &report,
    };
    dtl_import_result_diagnose(&result, &failure, &r->app->diagnostics);
    bool told = tell(r, &result, &failure, err);
    dtl_import_report_release(&report);
    if (imported)
        r->imported++;
    else if (status_of(&failure) > r->status)
        r->status = status_of(&failure);
    return told;
}

static bool import_all(import_run *r, dtl_error *err)
{
    const dtl_command_line *line = r->line;
    dtl_json_init(&r->json, &r->text);
    if (r->values->to == TO_JSON) {
        dtl_json_begin_object(&r->json);
        dtl_json_key(&r->json, DTL_STR("files"));
        dtl_json_begin_array(&r->json);
    }
    for (size_t i = 0; i < line->operand_count; i++)
        if (!import_one(r, line->operands[i], err))
            return false;
    if (r->imported < line->operand_count && line->operand_count > 1)
        dtl_diagnostics_note(&r->app->diagnostics, "%zu of %zu files imported", r->imported,
                             line->operand_count);
    if (r->values->to != TO_JSON)
        return true;
    dtl_json_end_array(&r->json);
    dtl_json_end_object(&r->json);
    dtl_buf_add_char(&r->text, '\n');
    return dtl_output_write(&r->app->output, dtl_buf_str(&r->text), err);
}

static int run(dtl_app *app, const dtl_command_line *line, const void *given)
{
    import_run r = {.app = app, .values = given, .line = line};
    dtl_error err = {0};
    if (!prepare(&r, &err) || !import_all(&r, &err))
        r.status = dtl_app_fail(app, &err);
    dtl_store_close(r.store);
    dtl_buf_release(&r.text);
    return r.status;
}

const dtl_command dtl_command_import = {
    .name = "import",
    .usage = "FILE... [options]",
    .summary = "Brings files of figures into the store.",
    .details =
        "Each file is one release, imported whole or not at all; the same file again changes\n"
        "nothing. Without --db and $DATELINE_DB, dateline.db is made in this folder and\n"
        "starts with the bundled figures, whose place it takes.\n"
        "A plugin has 60 s for a file, 128 MB of memory (in Lua 512 MB) and 256 MB for rows.\n",
    .example = "import small-boats-daily.csv --published 2026-08-21",
    .options = {.options = options,
                .count = DTL_COUNT(options),
                .operand = "FILE",
                .operand_min = 1,
                .operand_max = SIZE_MAX},
    .defaults = &defaults,
    .values_size = sizeof defaults,
    .run = run,
};
