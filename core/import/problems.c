// core/import/problems.c - what is wrong with a file.
#include "import/problems.h"

#include <inttypes.h>

#include "base/utf8.h"

void dtl_problems_init(dtl_problems *problems, dtl_import_report *report, dtl_str path,
                       size_t problem_max)
{
    *problems = (dtl_problems){
        .report = report, .max = problem_max ? problem_max : DTL_PROBLEM_MAX, .path = path};
}

static void locate(const dtl_problems *problems, dtl_error *reason, dtl_place place)
{
    dtl_error_at(reason, problems->path, place.line, place.field + 1);
    dtl_error_source(reason, place.raw);
    if (place.field == DTL_NO_FIELD || !problems->table ||
        (size_t)place.field >= problems->table->field_count)
        return;
    dtl_str header = dtl_utf8_cut(problems->table->headers[place.field], sizeof reason->cell - 1);
    if (header.size)
        memcpy(reason->cell, header.data, header.size);
    reason->cell[header.size] = '\0';
}

static void hold(dtl_problems *problems, const dtl_error *reason, dtl_str raw)
{
    if (problems->writer && problems->failure.code == DTL_OK &&
        !dtl_writer_hold(problems->writer, reason, raw, &problems->failure))
        problems->writer = NULL;
}

static void report(dtl_problems *problems, const dtl_error *reason)
{
    dtl_import_report *out = problems->report;
    out->problem_total++;
    if (out->problem_count == problems->max)
        return;
    if (!out->problems)
        out->problems = dtl_arena_alloc(&out->arena, problems->max * sizeof *out->problems);
    out->problems[out->problem_count++] = *reason;
}

void dtl_problem_add(dtl_problems *problems, dtl_error *reason, dtl_place place)
{
    locate(problems, reason, place);
    hold(problems, reason, place.raw);
    report(problems, reason);
}

void dtl_problem_add_whole(dtl_problems *problems, dtl_error *reason)
{
    if (!reason->file[0])
        dtl_error_at(reason, problems->path, 0, 0);
    hold(problems, reason, DTL_STR(""));
    report(problems, reason);
}

void dtl_problem_add_late(dtl_problems *problems, dtl_error *reason, dtl_place place)
{
    dtl_problem_group *group = &problems->late;
    group->last_line = place.line;
    if (group->count++ == 0) {
        group->at = problems->report->problem_count;
        dtl_problem_add(problems, reason, place);
        return;
    }
    locate(problems, reason, place);
    hold(problems, reason, place.raw);
    problems->report->problem_total++;
}

void dtl_problems_finish(dtl_problems *problems)
{
    const dtl_problem_group *group = &problems->late;
    if (group->count < 2 || group->at >= problems->report->problem_count)
        return;
    dtl_error *first = &problems->report->problems[group->at];
    dtl_error_hint(first,
                   "%" PRId64 " more rows are dated after the release, down to line %" PRId64,
                   group->count - 1, group->last_line);
}

void dtl_warning_add(dtl_import_report *report, dtl_str path, int64_t line, const char *format, ...)
{
    if (report->warning_count == DTL_WARNING_MAX)
        return;
    if (!report->warnings)
        report->warnings =
            dtl_arena_alloc(&report->arena, DTL_WARNING_MAX * sizeof *report->warnings);
    dtl_error *warning = &report->warnings[report->warning_count++];
    va_list args;
    va_start(args, format);
    dtl_str text = dtl_arena_vprintf(&report->arena, format, args);
    va_end(args);
    dtl_error_set(warning, DTL_EDATA, "%.*s", DTL_ARG(text));
    dtl_error_at(warning, path, line, 0);
}
