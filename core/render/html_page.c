// core/render/html_page.c - what stands around the article.
#include "render/html_page.h"

#include "render/escape.h"
#include "render/ledger_json.h"
#include "render/outline.h"

dtl_str dtl_html_title(const dtl_doc *doc)
{
    dtl_str title = dtl_doc_get_meta(doc)->title;
    return title.size > 0 ? title : DTL_STR("Bulletin");
}

static void add_title(dtl_buf *out, const dtl_doc *doc)
{
    const dtl_doc_meta *meta = dtl_doc_get_meta(doc);
    DTL_BUF_LITERAL(out, "<title>");
    dtl_escape_html(out, dtl_html_title(doc));
    if (meta->date != DTL_DATE_NONE) {
        DTL_BUF_LITERAL(out, ", ");
        dtl_outline_add_date(out, doc, meta->date, false);
    }
    DTL_BUF_LITERAL(out, "</title>\n");
}

void dtl_html_begin_page(dtl_buf *out, const dtl_doc *doc)
{
    const dtl_doc_meta *meta = dtl_doc_get_meta(doc);
    DTL_BUF_LITERAL(out, "<!doctype html>\n<html lang=\"");
    dtl_escape_attribute(out, meta->lang);
    DTL_BUF_LITERAL(out,
                    "\">\n<head>\n<meta charset=\"utf-8\">\n"
                    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                    "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n"
                    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                    "<meta name=\"referrer\" content=\"no-referrer\">\n");
    add_title(out, doc);
    if (meta->summary.size > 0) {
        DTL_BUF_LITERAL(out, "<meta name=\"description\" content=\"");
        dtl_escape_attribute(out, meta->summary);
        DTL_BUF_LITERAL(out, "\">\n");
    }
    DTL_BUF_LITERAL(out, "<style>\n");
    dtl_buf_add_str(out, dtl_html_style);
    DTL_BUF_LITERAL(out, "</style>\n</head>\n<body>\n<main>\n<article>\n");
}

void dtl_html_end_page(dtl_buf *out, const dtl_doc *doc)
{
    dtl_buf text = {0};
    dtl_json json;
    dtl_json_init(&json, &text);
    dtl_json_begin_object(&json);
    dtl_ledger_put_meta(&json, doc);
    dtl_ledger_put(&json, doc);
    dtl_json_end_object(&json);
    DTL_BUF_LITERAL(out, "</article>\n</main>\n<script type=\"application/json\" id=\"ledger\">\n");
    dtl_escape_script(out, dtl_buf_str(&text));
    DTL_BUF_LITERAL(out, "\n</script>\n</body>\n</html>\n");
    dtl_buf_release(&text);
}
