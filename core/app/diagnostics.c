// core/app/diagnostics.c - what goes to standard error.
#include "app/diagnostics.h"

#include <unistd.h>

#include "base/file.h"
#include "base/json.h"
#include "base/utf8.h"

// Where standard error itself fails there is nobody left to tell.
static void tell(dtl_buf *text)
{
    dtl_error lost = {0};
    (void)!dtl_fd_write(STDERR_FILENO, dtl_buf_str(text), "standard error", &lost);
    dtl_buf_release(text);
}

static void tell_line(const dtl_diagnostics *diagnostics, const char *severity, dtl_str line)
{
    dtl_buf text = {0};
    if (diagnostics->json) {
        dtl_json json;
        dtl_json_init(&json, &text);
        dtl_json_begin_object(&json);
        dtl_json_put_string(&json, "severity", dtl_str_from(severity));
        dtl_json_put_string(&json, "message", line);
        dtl_json_end_object(&json);
    } else {
        dtl_utf8_add_visible(&text, line, true);
    }
    dtl_buf_add_char(&text, '\n');
    tell(&text);
}

void dtl_diagnostics_error(const dtl_diagnostics *diagnostics, const dtl_error *err)
{
    dtl_buf text = {0};
    if (diagnostics->json) {
        dtl_error_print_json(err, "error", &text);
    } else {
        dtl_error shown = *err;
        if (err->code == DTL_ENONE)  // the data's answer, wherever the script asked
            shown.file[0] = shown.source[0] = '\0';
        if (!shown.file[0])  // a message with a place stands as editors look for it
            DTL_BUF_LITERAL(&text, "dateline: ");
        dtl_error_print(&shown, &text);
    }
    tell(&text);
}

void dtl_diagnostics_warning(const dtl_diagnostics *diagnostics, const dtl_error *warning)
{
    dtl_buf text = {0};
    if (diagnostics->json) {
        dtl_error_print_json(warning, "warning", &text);
    } else {
        DTL_BUF_LITERAL(&text, "warning: ");
        dtl_error_print(warning, &text);
    }
    tell(&text);
}

void dtl_diagnostics_note(const dtl_diagnostics *diagnostics, const char *format, ...)
{
    dtl_buf line = {0};
    va_list args;
    va_start(args, format);
    dtl_buf_vprintf(&line, format, args);
    va_end(args);
    tell_line(diagnostics, "note", dtl_buf_str(&line));
    dtl_buf_release(&line);
}

void dtl_diagnostics_log(const dtl_diagnostics *diagnostics, dtl_str line)
{
    tell_line(diagnostics, "log", line);
}
