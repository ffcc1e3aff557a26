// core/app/test_tell.c - how `dateline test` tells what came out.
#include "app/test_tell.h"

#include "base/json.h"
#include "base/utf8.h"

bool dtl_test_passed(const dtl_test_result *result)
{
    return result->problem_count == 0 && result->diff.size == 0;
}

// ---- for a person ----

static bool write_painted(dtl_output *output, dtl_colour colour, dtl_str text, dtl_error *err)
{
    return dtl_output_colour(output, colour, err) && dtl_output_write(output, text, err) &&
           dtl_output_colour(output, DTL_COLOUR_PLAIN, err);
}

// Each line of [text], indented; lines of a diff in their colours.
static bool write_lines(dtl_output *output, dtl_str text, bool is_diff, dtl_error *err)
{
    bool ok = true;
    while (ok && text.size) {
        size_t end = dtl_str_find(text, DTL_STR("\n"));
        dtl_str line = dtl_str_slice(text, 0, end);
        text = end == SIZE_MAX ? DTL_STR("") : dtl_str_slice(text, end + 1, text.size);
        dtl_colour colour = DTL_COLOUR_PLAIN;
        if (is_diff && line.size)
            colour = line.data[0] == '-'   ? DTL_COLOUR_RED
                     : line.data[0] == '+' ? DTL_COLOUR_GREEN
                     : line.data[0] == '@' ? DTL_COLOUR_DIM
                                           : DTL_COLOUR_PLAIN;
        ok = dtl_output_write(output, DTL_STR("          "), err) &&
             write_painted(output, colour, line, err) &&
             dtl_output_write(output, DTL_STR("\n"), err);
    }
    return ok;
}

static bool write_problem(dtl_output *output, const dtl_error *problem, dtl_error *err)
{
    dtl_buf text = {0};
    dtl_error_print(problem, &text);
    bool ok = write_lines(output, dtl_buf_str(&text), false, err);
    dtl_buf_release(&text);
    return ok;
}

static bool write_head(dtl_output *output, const dtl_test_result *result, dtl_error *err)
{
    bool passed = dtl_test_passed(result);
    dtl_buf rest = {0};
    dtl_buf_printf(&rest, "  %.*s",
                   DTL_ARG(result->name.size ? result->name : DTL_STR("(the script)")));
    if (!passed && result->line > 0)
        dtl_buf_printf(&rest, " (%.*s:%lld)", DTL_ARG(result->file), (long long)result->line);
    if (result->accepted)
        dtl_buf_printf(&rest, ": %.*s written", DTL_ARG(result->golden));
    dtl_buf_add_char(&rest, '\n');
    bool ok = write_painted(output, passed ? DTL_COLOUR_GREEN : DTL_COLOUR_RED,
                            passed ? DTL_STR("  ok    ") : DTL_STR("  failed"), err) &&
              dtl_output_write(output, dtl_buf_str(&rest), err);
    dtl_buf_release(&rest);
    return ok;
}

static bool write_diff(dtl_output *output, const dtl_test_result *result, dtl_error *err)
{
    dtl_buf head = {0};
    if (!result->diff.size)
        return true;
    dtl_buf_printf(&head, "the bulletin (+) differs from %.*s (-)", DTL_ARG(result->golden));
    bool ok = write_lines(output, dtl_buf_str(&head), false, err) &&
              write_lines(output, result->diff, true, err) &&
              write_lines(output, DTL_STR("  hint: --accept takes the bulletin as it is now"),
                          false, err);
    dtl_buf_release(&head);
    return ok;
}

bool dtl_test_tell(dtl_output *output, const dtl_test_result *result, bool file_changed,
                   dtl_error *err)
{
    bool ok = !file_changed || (write_painted(output, DTL_COLOUR_BOLD, result->file, err) &&
                                dtl_output_write(output, DTL_STR("\n"), err));
    ok = ok && write_head(output, result, err);
    for (size_t i = 0; ok && i < result->problem_count; i++)
        ok = write_problem(output, &result->problems[i], err);
    return ok && write_diff(output, result, err);
}

bool dtl_test_tell_summary(dtl_output *output, size_t passed, size_t failed, size_t accepted,
                           dtl_error *err)
{
    dtl_buf text = {0};
    dtl_buf_printf(&text, "%zu passed", passed);
    if (failed)
        dtl_buf_printf(&text, ", %zu failed", failed);
    if (accepted)
        dtl_buf_printf(&text, ", %zu written", accepted);
    bool ok = write_painted(output, failed ? DTL_COLOUR_RED : DTL_COLOUR_GREEN, dtl_buf_str(&text),
                            err) &&
              dtl_output_write(output, DTL_STR("\n"), err);
    dtl_buf_release(&text);
    return ok;
}

// ---- for a program ----

static void add_json_problems(const dtl_test_result *result, dtl_buf *out)
{
    for (size_t i = 0; i < result->problem_count; i++) {
        if (i)
            dtl_buf_add_char(out, ',');
        dtl_error_print_json(&result->problems[i], "error", out);
        out->size--;  // its line end
    }
}

void dtl_test_add_json(const dtl_test_result *results, size_t count, dtl_buf *out)
{
    size_t failed = 0;
    DTL_BUF_LITERAL(out, "{\"cases\":[");
    for (size_t i = 0; i < count; i++) {
        const dtl_test_result *result = &results[i];
        bool passed = dtl_test_passed(result);
        failed += !passed;
        dtl_buf_add_str(out, i ? DTL_STR(",\n{\"file\":") : DTL_STR("\n{\"file\":"));
        dtl_json_quote(out, result->file, false);
        DTL_BUF_LITERAL(out, ",\"name\":");
        dtl_json_quote(out, result->name, false);
        dtl_buf_printf(out, ",\"line\":%lld,\"passed\":%s,\"problems\":[", (long long)result->line,
                       passed ? "true" : "false");
        add_json_problems(result, out);
        DTL_BUF_LITERAL(out, "]");
        if (result->golden.size) {
            DTL_BUF_LITERAL(out, ",\"golden\":");
            dtl_json_quote(out, result->golden, false);
            DTL_BUF_LITERAL(out, ",\"diff\":");
            dtl_json_quote(out, result->diff, false);
            dtl_buf_printf(out, ",\"accepted\":%s", result->accepted ? "true" : "false");
        }
        DTL_BUF_LITERAL(out, "}");
    }
    dtl_buf_printf(out, "\n],\"passed\":%zu,\"failed\":%zu}\n", count - failed, failed);
}

// XML 1.0 has no control characters but three: they show as escapes first.
static void add_xml(dtl_buf *out, dtl_str text)
{
    dtl_buf visible = {0};
    for (dtl_str rest = text; rest.size;) {
        size_t end = dtl_str_find(rest, DTL_STR("\n"));
        dtl_utf8_add_visible(&visible, dtl_str_slice(rest, 0, end), true);
        if (end == SIZE_MAX)
            break;
        dtl_buf_add_char(&visible, '\n');
        rest = dtl_str_slice(rest, end + 1, rest.size);
    }
    for (size_t i = 0; i < visible.size; i++) {
        switch (visible.data[i]) {
        case '<':
            DTL_BUF_LITERAL(out, "&lt;");
            break;
        case '>':
            DTL_BUF_LITERAL(out, "&gt;");
            break;
        case '&':
            DTL_BUF_LITERAL(out, "&amp;");
            break;
        case '"':
            DTL_BUF_LITERAL(out, "&quot;");
            break;
        case '\n':
            DTL_BUF_LITERAL(out, "&#10;");
            break;
        default:
            dtl_buf_add_char(out, visible.data[i]);
        }
    }
    dtl_buf_release(&visible);
}

static void add_junit_failure(const dtl_test_result *result, dtl_buf *out)
{
    dtl_buf text = {0};
    for (size_t i = 0; i < result->problem_count; i++)
        dtl_error_print(&result->problems[i], &text);
    dtl_buf_add_str(&text, result->diff);
    DTL_BUF_LITERAL(out, "\n      <failure message=\"");
    add_xml(out, result->problem_count ? dtl_str_from(result->problems[0].message)
                                       : DTL_STR("differs from its golden file"));
    DTL_BUF_LITERAL(out, "\">");
    add_xml(out, dtl_buf_str(&text));
    DTL_BUF_LITERAL(out, "</failure>\n    ");
    dtl_buf_release(&text);
}

static size_t add_junit_suite(const dtl_test_result *results, size_t count, dtl_buf *out)
{
    size_t size = 0;
    size_t failed = 0;
    while (size < count && dtl_str_equal(results[size].file, results[0].file))
        failed += !dtl_test_passed(&results[size++]);
    DTL_BUF_LITERAL(out, "  <testsuite name=\"");
    add_xml(out, results[0].file);
    dtl_buf_printf(out, "\" tests=\"%zu\" failures=\"%zu\">\n", size, failed);
    for (size_t i = 0; i < size; i++) {
        DTL_BUF_LITERAL(out, "    <testcase classname=\"");
        add_xml(out, results[i].file);
        DTL_BUF_LITERAL(out, "\" name=\"");
        add_xml(out, results[i].name.size ? results[i].name : DTL_STR("(the script)"));
        DTL_BUF_LITERAL(out, "\">");
        if (!dtl_test_passed(&results[i]))
            add_junit_failure(&results[i], out);
        DTL_BUF_LITERAL(out, "</testcase>\n");
    }
    DTL_BUF_LITERAL(out, "  </testsuite>\n");
    return size;
}

void dtl_test_add_junit(const dtl_test_result *results, size_t count, dtl_buf *out)
{
    size_t failed = 0;
    for (size_t i = 0; i < count; i++)
        failed += !dtl_test_passed(&results[i]);
    DTL_BUF_LITERAL(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    dtl_buf_printf(out, "<testsuites tests=\"%zu\" failures=\"%zu\">\n", count, failed);
    for (size_t i = 0; i < count;)
        i += add_junit_suite(&results[i], count - i, out);
    DTL_BUF_LITERAL(out, "</testsuites>\n");
}
