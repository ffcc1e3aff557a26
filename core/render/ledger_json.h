// core/render/ledger_json.h - a document's provenance as JSON: each figure shown, its fact, its sources.
#ifndef DTL_RENDER_LEDGER_JSON_H
#define DTL_RENDER_LEDGER_JSON_H

#include "base/json.h"
#include "doc/doc.h"

// Each adds keys to the object under way.
// title, lang, report, style, date, summary
void dtl_ledger_put_meta(dtl_json *json, const dtl_doc *doc);
// ledger: a list of objects with id, the fields of dtl_fact_put_fields, shown (the different texts
// that show the fact, at most DTL_LEDGER_SHOWN_MAX) and releases (ids, found in sources); sources: a
// list of objects with release, dataset, title, publisher, licence, attribution, homepage,
// published, retrieved, file, sha256, provisional.
void dtl_ledger_put(dtl_json *json, const dtl_doc *doc);

enum {
    DTL_LEDGER_SHOWN_MAX = 8
};

#endif
