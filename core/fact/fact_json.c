// core/fact/fact_json.c - a fact as one JSON object, with the releases it rests on.
#include "fact/fact.h"

#include "base/json.h"

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

static void put_number(dtl_json *json, dtl_rational value)
{
    dtl_buf text = {0};
    dtl_number_add_decimal(&text, value);
    dtl_json_key(json, DTL_STR("value"));
    dtl_json_number(json, dtl_buf_str(&text));
    dtl_buf_clear(&text);
    dtl_number_add_exact(&text, value);
    dtl_json_put_string(json, "exact", dtl_buf_str(&text));
    dtl_buf_release(&text);
}

static void put_text(dtl_json *json, const dtl_fact *fact)
{
    dtl_buf text = {0};
    dtl_fact_add_text(&text, fact);
    dtl_json_put_string(json, "text", dtl_buf_str(&text));
    dtl_buf_release(&text);
}

static bool put_source(dtl_json *json, const dtl_release *release, dtl_store *store,
                       dtl_arena *arena, dtl_error *err)
{
    dtl_dataset dataset = {0};
    if (!dtl_store_dataset(store, release->dataset, arena, &dataset, err))
        return false;
    dtl_json_begin_object(json);
    dtl_json_put_int(json, "release", release->id);
    dtl_json_put_string(json, "dataset", release->dataset);
    dtl_json_put_string(json, "publisher", dataset.publisher);
    dtl_json_put_string(json, "licence", dataset.licence);
    put_date(json, "published", release->published);
    dtl_json_put_string(json, "file", release->file_name);
    dtl_json_put_string(json, "sha256", release->sha256);
    dtl_json_end_object(json);
    return true;
}

static bool is_source(const dtl_fact *fact, int64_t release)
{
    for (size_t i = 0; i < fact->release_count; i++) {
        if (fact->releases[i] == release)
            return true;
    }
    return false;
}

static bool put_sources(dtl_json *json, const dtl_fact *fact, dtl_store *store, dtl_error *err)
{
    dtl_arena arena = {0};
    dtl_release *releases = NULL;
    size_t count = 0;
    bool ok = fact->release_count == 0 || dtl_store_releases(store, DTL_STR(""), DTL_MOMENT_LATEST,
                                                             &arena, &releases, &count, err);
    dtl_json_key(json, DTL_STR("sources"));
    dtl_json_begin_array(json);
    for (size_t i = 0; ok && i < count; i++) {
        if (is_source(fact, releases[i].id))
            ok = put_source(json, &releases[i], store, &arena, err);
    }
    dtl_json_end_array(json);
    dtl_arena_release(&arena);
    return ok;
}

void dtl_fact_put_fields(dtl_json *json, const dtl_fact *fact)
{
    if (fact->kind == DTL_FACT_DATE) {
        dtl_json_put_string(json, "kind", DTL_STR("date"));
        put_date(json, "value", fact->date_value);
    } else {
        dtl_json_put_string(json, "kind", DTL_STR("fact"));
        put_number(json, fact->value);
    }
    dtl_json_put_string(json, "unit", fact->unit);
    put_text(json, fact);
    dtl_json_put_string(json, "label", fact->label);
    dtl_json_put_string(json, "expression", fact->expression);
    dtl_json_put_string(json, "note", fact->note);
    put_date(json, "from", fact->from);
    put_date(json, "to", fact->to);
    dtl_json_put_bool(json, "provisional", fact->provisional);
}

bool dtl_fact_add_json(dtl_buf *out, const dtl_fact *fact, dtl_store *store, dtl_error *err)
{
    dtl_json json;
    dtl_json_init(&json, out);
    dtl_json_begin_object(&json);
    dtl_fact_put_fields(&json, fact);
    bool ok = put_sources(&json, fact, store, err);
    dtl_json_end_object(&json);
    return ok;
}
