// core/app/cmd_new.c - dateline new: a report, a dataset or a plugin to start from, which works at once.
#include <stdio.h>
#include <sys/stat.h>

#include "app/commands.h"
#include "app/shipped.h"
#include "plugin/folder.h"

enum {
    NAME_MAX_SIZE = 60,
    FILES_MAX = 6
};

typedef struct template_file {
    const char *template;
    const char *path;  // where it goes; "*" stands for the name
} template_file;

// What there is to make. In a template, "my-NAME" stands for the name and "My NAME" for the title.
typedef struct kind {
    const char *name;
    const char *spoken;  // as templates call it: "my-report"
    const char *folder;  // where the files go, if the working directory has it
    template_file files[FILES_MAX];
    const char *target;     // what to do something with now; "*" stands for the name
    const char *next;       // what to do now: the path of the first file follows
    const char *next_more;  // and behind it
    bool types;             // an editor wants to know the API
} kind;

static const kind kinds[] = {
    {.name = "report",
     .spoken = "report",
     .folder = "reports",
     .files = {{"templates/report.lua", "*.lua"}, {"templates/report.test.lua", "*.test.lua"}},
     .target = "*.lua",
     .next = "dateline run",
     .next_more = " --date 2024-10-18",
     .types = true},
    {.name = "dataset",
     .spoken = "dataset",
     .folder = "datasets",
     .files = {{"templates/dataset.lua", "*.lua"}},
     .target = "*.lua",
     .next = "dateline import FILE --dataset",
     .next_more = " --dry-run"},
    {.name = "plugin",
     .spoken = "plugin",
     .folder = "plugins",
     .files = {{"templates/plugin/plugin.json", "*/plugin.json"},
               {"templates/plugin/main.lua", "*/main.lua"},
               {"templates/plugin/example.lua", "*/reports/*-example.lua"},
               {"templates/plugin/example.test.lua", "*/reports/*-example.test.lua"}},
     .target = "*",
     .next = "dateline test",
     .next_more = "/reports",
     .types = true},
};

// What `new plugin --native` makes.
static const kind native_plugin = {
    .name = "plugin",
    .spoken = "plugin",
    .folder = "plugins",
    .files = {{"templates/native-plugin/plugin.json", "*/plugin.json"},
              {"templates/native-plugin/plugin.c", "*/*.c"},
              {"templates/native-plugin/Makefile", "*/Makefile"},
              {"templates/native-plugin/example.lua", "*/reports/*-example.lua"},
              {"templates/native-plugin/example.test.lua", "*/reports/*-example.test.lua"}},
    .target = "*",
    .next = "make -C",
    .next_more = ", then dateline plugin grant and dateline test with that folder",
    .types = true};

typedef struct new_values {
    bool native;
} new_values;

static const new_values defaults = {false};

static const dtl_option options[] = {
    {.name = "native",
     .help = "a plugin in C instead of Lua",
     .offset = offsetof(new_values, native)},
};

static const kind *find_kind(const char *name, dtl_error *err)
{
    dtl_str names[DTL_COUNT(kinds)];
    dtl_buf list = {0};
    for (size_t i = 0; i < DTL_COUNT(kinds); i++)
        if (strcmp(kinds[i].name, name) == 0)
            return &kinds[i];
    for (size_t i = 0; i < DTL_COUNT(kinds); i++) {
        names[i] = dtl_str_from(kinds[i].name);
        dtl_buf_printf(&list, "%s%s", i ? ", " : "", kinds[i].name);
    }
    dtl_error_set(err, DTL_EUSAGE, "there is no template for a '%s'", name);
    dtl_error_expected(err, "one of %.*s", DTL_ARG(dtl_buf_str(&list)));
    dtl_buf_release(&list);
    dtl_str meant = dtl_str_nearest(dtl_str_from(name), names, DTL_COUNT(names));
    if (meant.size)
        dtl_error_hint(err, "did you mean '%.*s'?", DTL_ARG(meant));
    return NULL;
}

static bool is_plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

// "Weekly Report.lua" as it could be called: "weekly-report".
static void suggest_name(dtl_str name, dtl_error *err)
{
    char plain[NAME_MAX_SIZE];
    size_t size = 0;
    if (dtl_str_ends(name, DTL_STR(".lua")))
        name.size -= 4;
    for (size_t i = 0; i < name.size && size < sizeof plain; i++) {
        char c = name.data[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if (!is_plain(c))
            c = '-';
        if (c != '-' || (size && plain[size - 1] != '-'))
            plain[size++] = c;
    }
    while (size && plain[size - 1] == '-')
        size--;
    if (size && plain[0] >= 'a' && plain[0] <= 'z')
        dtl_error_hint(err, "such as '%.*s'", (int)size, plain);
}

static bool check_name(dtl_str name, dtl_error *err)
{
    bool ok = name.size && name.size <= NAME_MAX_SIZE && name.data[0] >= 'a' && name.data[0] <= 'z';
    for (size_t i = 0; i < name.size && ok; i++)
        ok = is_plain(name.data[i]);
    if (ok)
        return true;
    dtl_error_set(err, DTL_EUSAGE, "'%.*s' cannot be a name", DTL_ARG(name));
    dtl_error_expected(err, "lower-case letters, digits and dashes, a letter first");
    suggest_name(name, err);
    return false;
}

// "small-boats" -> "Small boats".
static void add_title(dtl_buf *out, dtl_str name)
{
    size_t from = out->size;
    dtl_buf_add_str(out, name);
    for (size_t i = from; i < out->size; i++)
        if (out->data[i] == '-')
            out->data[i] = ' ';
    out->data[from] = (char)(out->data[from] - 'a' + 'A');
}

// The template with its stand-ins replaced: "my-report", "My report", and "run REPORT".
static void fill_in(dtl_buf *out, dtl_str text, const kind *what, dtl_str name, const char *target)
{
    char dashed[32];
    char spoken[32];
    size_t size = strlen(what->spoken) + 3;
    snprintf(dashed, sizeof dashed, "my-%s", what->spoken);
    snprintf(spoken, sizeof spoken, "My %s", what->spoken);
    for (size_t i = 0; i < text.size;) {
        dtl_str rest = dtl_str_slice(text, i, text.size);
        if (dtl_str_starts(rest, dtl_str_from(dashed))) {
            dtl_buf_add_str(out, name);
            i += size;
        } else if (dtl_str_starts(rest, dtl_str_from(spoken))) {
            add_title(out, name);
            i += size;
        } else if (dtl_str_starts(rest, DTL_STR("REPORT"))) {
            dtl_buf_add_str(out, dtl_str_from(target));
            i += strlen("REPORT");
        } else {
            dtl_buf_add_char(out, text.data[i++]);
        }
    }
}

static bool is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static bool check_free(const char *path, dtl_error *err)
{
    struct stat status;
    if (lstat(path, &status) != 0)
        return true;
    dtl_error_set(err, DTL_EUSAGE, "'%s' is there already, and stays as it is", path);
    return dtl_error_hint(err, "choose another name, or move the file away");
}

// [pattern] beneath [folder] ("": here), with the name in place of each "*".
static dtl_str path_of(const char *folder, const char *pattern, dtl_str name, dtl_arena *arena)
{
    dtl_buf path = {0};
    if (*folder)
        dtl_buf_printf(&path, "%s/", folder);
    for (; *pattern; pattern++) {
        if (*pattern == '*')
            dtl_buf_add_str(&path, name);
        else
            dtl_buf_add_char(&path, *pattern);
    }
    dtl_str kept = dtl_arena_str(arena, dtl_buf_str(&path));
    dtl_buf_release(&path);
    return kept;
}

static bool make_folder_of(const char *path, dtl_arena *arena, dtl_error *err)
{
    const char *slash = strrchr(path, '/');
    return !slash ||
           dtl_folder_make(dtl_arena_str(arena, (dtl_str){path, (size_t)(slash - path)}), err);
}

static bool write_files(const kind *what, const char *const *paths, dtl_str name,
                        const char *target, dtl_arena *arena, dtl_buf *written, dtl_error *err)
{
    for (size_t i = 0; i < FILES_MAX && paths[i]; i++) {
        dtl_buf text = {0};
        fill_in(&text, dtl_shipped_text(what->files[i].template), what, name, target);
        bool ok = make_folder_of(paths[i], arena, err) &&
                  dtl_shipped_write_new(paths[i], dtl_buf_str(&text), err);
        dtl_buf_release(&text);
        if (!ok)
            return false;
        dtl_buf_printf(written, "%s\n", paths[i]);
    }
    return true;
}

static bool make(dtl_app *app, const kind *what, dtl_str name, dtl_buf *written, dtl_error *err)
{
    const char *folder = is_folder(what->folder) ? what->folder : "";
    const char *paths[FILES_MAX] = {NULL};
    for (size_t i = 0; i < FILES_MAX && what->files[i].template; i++) {
        paths[i] = path_of(folder, what->files[i].path, name, &app->arena).data;
        if (!check_free(paths[i], err))
            return false;
    }
    // A report under reports/ goes by its name.
    const char *target = *folder && strcmp(what->name, "report") == 0
                             ? name.data
                             : path_of(folder, what->target, name, &app->arena).data;
    if (!write_files(what, paths, name, target, &app->arena, written, err) ||
        (what->types && !dtl_shipped_write_types(written, err)))
        return false;
    dtl_diagnostics_note(&app->diagnostics, "now: %s %s%s", what->next, target, what->next_more);
    return true;
}

static const kind *choose_kind(const char *name, bool native, dtl_error *err)
{
    const kind *what = find_kind(name, err);
    if (!native || !what)
        return what;
    if (strcmp(what->name, native_plugin.name) == 0)
        return &native_plugin;
    dtl_error_set(err, DTL_EUSAGE, "--native is for plugins: a %s is written in Lua", what->name);
    return NULL;
}

static int run(dtl_app *app, const dtl_command_line *line, const void *given)
{
    const new_values *values = given;
    dtl_error err = {0};
    dtl_buf written = {0};
    dtl_str name = dtl_str_from(line->operands[1]);
    const kind *what = choose_kind(line->operands[0], values->native, &err);
    bool ok = what && check_name(name, &err) && make(app, what, name, &written, &err);
    dtl_error lost = {0};
    if (!dtl_output_write(&app->output, dtl_buf_str(&written), &lost) && ok) {
        err = lost;
        ok = false;
    }
    dtl_buf_release(&written);
    return ok ? 0 : dtl_app_fail(app, &err);
}

const dtl_command dtl_command_new = {
    .name = "new",
    .usage = "KIND NAME [--native]",
    .summary = "Writes a report, a dataset or a plugin to start from.",
    .details =
        "KIND is report, dataset or plugin. Each goes to reports/, datasets/ or plugins/ where\n"
        "that folder is there, else here, with its tests beside it; an editor is told about\n"
        "the API (.luarc.json). No file that is there is changed.\n",
    .example = "new report my-bulletin",
    .options = {.options = options,
                .count = DTL_COUNT(options),
                .operand = "KIND NAME",
                .operand_min = 2,
                .operand_max = 2},
    .defaults = &defaults,
    .values_size = sizeof defaults,
    .run = run,
};
