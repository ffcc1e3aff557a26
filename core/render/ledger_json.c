// core/render/ledger_json.c - a document's provenance as JSON.
#include "render/ledger_json.h"
#include "render/render.h"

#include <stdlib.h>

static void put_date(dtl_json *json, const char *key, dtl_date date)
{
    dtl_json_key(json, dtl_str_from(key));
    if (date == DTL_DATE_NONE) {
        dtl_json_null(json);
        return;
    }
    dtl_buf text = {0};
    dtl_date_add(&text, date);
    dtl_json_string(json, dtl_buf_str(&text));
    dtl_buf_release(&text);
}

void dtl_ledger_put_meta(dtl_json *json, const dtl_doc *doc)
{
    const dtl_doc_meta *meta = dtl_doc_get_meta(doc);
    dtl_json_put_string(json, "title", meta->title);
    dtl_json_put_string(json, "lang", meta->lang);
    dtl_json_put_string(json, "report", meta->report);
    dtl_json_put_string(json, "style", meta->style);
    put_date(json, "date", meta->date);
    dtl_json_put_string(json, "summary", meta->summary);
}

// The different texts that show one fact.
typedef struct shown {
    dtl_str texts[DTL_LEDGER_SHOWN_MAX];
    size_t count;
} shown;

static void note_text(shown *of, dtl_str text)
{
    for (size_t i = 0; i < of->count; i++) {
        if (dtl_str_equal(of->texts[i], text))
            return;
    }
    if (of->count < DTL_LEDGER_SHOWN_MAX)
        of->texts[of->count++] = text;
}

// What each entry of the ledger is shown as. Owner: the caller, free().
static shown *find_shown(const dtl_doc *doc, const dtl_ledger_entry *ledger, size_t count)
{
    shown *all = dtl_realloc_array(NULL, count, sizeof *all);
    for (size_t i = 0; i < count; i++)
        all[i].count = 0;
    dtl_walk walk = dtl_walk_start(dtl_doc_get_root(doc));
    while (count > 0 && dtl_walk_next(&walk)) {
        const dtl_ledger_entry *entry = walk.entering ? dtl_node_get_fact(walk.node) : NULL;
        if (entry)
            note_text(&all[entry - ledger], dtl_node_get_text(walk.node));
    }
    return all;
}

static void put_entry(dtl_json *json, const dtl_ledger_entry *entry, const shown *as)
{
    dtl_json_begin_object(json);
    dtl_json_put_string(json, "id", entry->id);
    dtl_fact_put_fields(json, entry->fact);
    dtl_json_key(json, DTL_STR("shown"));
    dtl_json_begin_array(json);
    for (size_t i = 0; i < as->count; i++)
        dtl_json_string(json, as->texts[i]);
    dtl_json_end_array(json);
    dtl_json_key(json, DTL_STR("releases"));
    dtl_json_begin_array(json);
    for (size_t i = 0; i < entry->fact->release_count; i++)
        dtl_json_int(json, entry->fact->releases[i]);
    dtl_json_end_array(json);
    dtl_json_end_object(json);
}

static void put_source(dtl_json *json, const dtl_doc_source *source)
{
    dtl_json_begin_object(json);
    dtl_json_put_int(json, "release", source->release);
    dtl_json_put_string(json, "dataset", source->dataset);
    dtl_json_put_string(json, "title", source->title);
    dtl_json_put_string(json, "publisher", source->publisher);
    dtl_json_put_string(json, "licence", source->licence);
    dtl_json_put_string(json, "attribution", source->attribution);
    dtl_json_put_string(json, "homepage", source->homepage);
    put_date(json, "published", source->published);
    put_date(json, "retrieved", source->retrieved);
    dtl_json_put_string(json, "file", source->file_name);
    dtl_json_put_string(json, "sha256", source->sha256);
    dtl_json_put_bool(json, "provisional", source->provisional);
    dtl_json_end_object(json);
}

void dtl_ledger_put(dtl_json *json, const dtl_doc *doc)
{
    const dtl_ledger_entry *ledger;
    size_t count = dtl_doc_ledger(doc, &ledger);
    shown *all = find_shown(doc, ledger, count);
    dtl_json_key(json, DTL_STR("ledger"));
    dtl_json_begin_array(json);
    for (size_t i = 0; i < count; i++)
        put_entry(json, &ledger[i], &all[i]);
    dtl_json_end_array(json);
    free(all);

    const dtl_doc_source *sources;
    count = dtl_doc_sources(doc, &sources);
    dtl_json_key(json, DTL_STR("sources"));
    dtl_json_begin_array(json);
    for (size_t i = 0; i < count; i++)
        put_source(json, &sources[i]);
    dtl_json_end_array(json);
}

bool dtl_render_ledger(const dtl_doc *doc, dtl_buf *out, dtl_error *err)
{
    dtl_json json;
    (void)err;  // a tree within its limits always has a ledger
    dtl_json_init(&json, out);
    dtl_json_begin_object(&json);
    dtl_ledger_put_meta(&json, doc);
    dtl_ledger_put(&json, doc);
    dtl_json_end_object(&json);
    dtl_buf_add_char(out, '\n');
    return true;
}
