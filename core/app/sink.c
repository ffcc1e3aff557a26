// core/app/sink.c - where a run's results go.
#include "app/sink.h"

#include <unistd.h>

#include "base/file.h"

// [template] with each [placeholder] in it replaced by [key].
static void add_path(dtl_buf *out, dtl_str template, dtl_str placeholder, dtl_str key)
{
    while (placeholder.size) {
        size_t at = dtl_str_find(template, placeholder);
        if (at == SIZE_MAX)
            break;
        dtl_buf_add_str(out, dtl_str_slice(template, 0, at));
        dtl_buf_add_str(out, key);
        template = dtl_str_slice(template, at + placeholder.size, template.size);
    }
    dtl_buf_add_str(out, template);
}

// "out/x.html" -> "out/x.facts.json": the ending of the last part, if it has one, is replaced.
static void add_facts_path(dtl_buf *out, dtl_str path)
{
    size_t end = path.size;
    for (size_t i = path.size; i-- > 1 && path.data[i] != '/';) {
        if (path.data[i] == '.' && path.data[i - 1] != '/') {
            end = i;
            break;
        }
    }
    dtl_buf_add_str(out, dtl_str_slice(path, 0, end));
    DTL_BUF_LITERAL(out, ".facts.json");
}

static void hint_folder(const char *path, dtl_error *err)
{
    const char *slash = strrchr(path, '/');
    if (!slash || slash == path)
        return;
    dtl_buf folder = {0};
    dtl_buf_add(&folder, path, (size_t)(slash - path));
    if (access(folder.data, F_OK) != 0)
        dtl_error_hint(err, "the folder must be there: mkdir -p %s", folder.data);
    dtl_buf_release(&folder);
}

static bool write_file(const char *path, dtl_str bytes, dtl_error *err)
{
    if (dtl_file_write(path, bytes, err))
        return true;
    hint_folder(path, err);
    return false;
}

static bool write_files(const dtl_sink *sink, dtl_str key, dtl_str bytes, dtl_str ledger,
                        dtl_error *err)
{
    dtl_buf path = {0};
    dtl_buf facts = {0};
    add_path(&path, dtl_str_from(sink->path), sink->placeholder, key);
    add_facts_path(&facts, dtl_buf_str(&path));
    bool ok =
        write_file(path.data, bytes, err) && (!sink->facts || write_file(facts.data, ledger, err));
    if (ok && sink->went_out)
        sink->went_out(sink->context, dtl_buf_str(&path), key, bytes);
    dtl_buf_release(&facts);
    dtl_buf_release(&path);
    return ok;
}

static bool on_output(void *context, dtl_str key, dtl_str bytes, dtl_str ledger, dtl_error *err)
{
    dtl_sink *sink = context;
    bool first = sink->count++ == 0;
    if (sink->path)
        return write_files(sink, key, bytes, ledger, err);
    dtl_output *output = &sink->app->output;
    if ((!first && !dtl_output_write(output, sink->separator, err)) ||
        !dtl_output_write(output, bytes, err))
        return false;
    if (sink->went_out)
        sink->went_out(sink->context, DTL_STR(""), key, bytes);
    return true;
}

static void on_about(void *context, const dtl_about *about)
{
    const dtl_sink *sink = context;
    if (sink->about)
        sink->about(sink->context, about);
}

static void on_warning(void *context, const dtl_error *warning)
{
    const dtl_sink *sink = context;
    dtl_diagnostics_warning(&sink->app->diagnostics, warning);
}

static void on_log(void *context, dtl_str line)
{
    const dtl_sink *sink = context;
    dtl_diagnostics_log(&sink->app->diagnostics, line);
}

dtl_run_events dtl_sink_events(dtl_sink *sink)
{
    return (dtl_run_events){.output = on_output,
                            .about = on_about,
                            .warning = on_warning,
                            .log = on_log,
                            .context = sink};
}
