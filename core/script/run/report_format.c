// core/script/run/report_format.c - a finished document through the run's renderer and checks: the core's, a
// native plugin's or a Lua plugin's.
#include "script/run/report.h"

// Calls dateline.plugins' function [function] with [name], the document and what a renderer is told
// of the run; adds the text it gives.
static bool call_plugin(dtl_job *job, const char *function, dtl_str name, bool fragment,
                        const dtl_doc *doc, dtl_buf *out, dtl_error *err)
{
    lua_State *L = dtl_state_lua(job->state);
    dtl_push_tree(L, doc);
    int tree_at = lua_gettop(L);
    bool ok = dtl_state_require(job->state, "dateline.plugins", err);
    if (ok) {
        lua_getfield(L, -1, function);
        dtl_push_str(L, name);
        lua_pushvalue(L, tree_at);
        lua_pushboolean(L, fragment);
        ok = dtl_state_call(job->state, 3, 1, err);
    }
    if (ok)
        dtl_buf_add_str(out, dtl_check_str(L, -1));
    dtl_tree_close(L, tree_at);
    lua_settop(L, tree_at - 1);
    return ok;
}

static bool call_extension(dtl_job *job, const dtl_extension *extension, const char *function,
                           bool fragment, const dtl_doc *doc, dtl_buf *out, dtl_error *err)
{
    if (extension->call) {
        dtl_buf remarks = {0};
        dtl_error lost = {0};  // the host is gone: the next result will say so
        dtl_channel_by(job->channel, extension->by, extension->part);
        bool ok = extension->call(extension->context, doc, out, &remarks, err);
        dtl_channel_by(job->channel, "", "");
        (void)!dtl_job_remark(job, dtl_buf_str(&remarks), &lost);
        dtl_buf_release(&remarks);
        return ok;
    }
    return call_plugin(job, function, extension->name, fragment, doc, out, err);
}

// The report's extensions in turn, the renderer first; NULL behind the last.
static const dtl_extension *extension_at(const dtl_report_options *report, size_t index)
{
    const dtl_extension *renderer = report->renderer ? NULL : report->added_renderer;
    if (renderer && index-- == 0)
        return renderer;
    return index < report->check_count ? &report->checks[index] : NULL;
}

size_t dtl_report_native_folders(const dtl_report_options *report, const char **out)
{
    size_t count = 0;
    const dtl_extension *extension;
    for (size_t i = 0; (extension = extension_at(report, i)); i++)
        if (extension->load)
            out[count++] = extension->folder;
    return count;
}

bool dtl_report_load_native(dtl_job *job, const dtl_report_options *report, dtl_error *err)
{
    const dtl_extension *extension;
    for (size_t i = 0; (extension = extension_at(report, i)); i++) {
        if (!extension->load)
            continue;
        dtl_channel_by(job->channel, extension->by, "while it was loaded");
        if (!extension->load(extension->context, err))
            return false;
        dtl_channel_by(job->channel, "", "");
    }
    return true;
}

bool dtl_report_render(dtl_job *job, const dtl_report_options *report, const dtl_doc *doc,
                       dtl_buf *out, dtl_error *err)
{
    if (report->renderer)
        return report->renderer->render(doc, &report->render, out, err);
    return call_extension(job, report->added_renderer, "render", report->render.fragment, doc, out,
                          err);
}

bool dtl_report_check(dtl_job *job, const dtl_report_options *report, const dtl_doc *doc,
                      dtl_buf *findings, dtl_error *err)
{
    for (size_t i = 0; i < report->check_count; i++)
        if (!call_extension(job, &report->checks[i], "check", false, doc, findings, err))
            return false;
    return true;
}
