// core/script/bindings/session.c - what the bindings of one state stand on.
#include "script/bindings/session.h"

#include <stdlib.h>

typedef struct cached_series {
    dtl_str key;
    dtl_series *series;
    struct cached_series *next;
} cached_series;

struct dtl_session {
    dtl_store *store;
    dtl_moment as_of;
    dtl_str style;
    dtl_arena arena;
    dtl_arena scratch;
    dtl_buf text;
    cached_series *series;  // newest first: a bulletin reads a handful
    const dtl_dataset *datasets;
    size_t dataset_count;
    bool has_datasets;
    dtl_event *events;
    size_t event_count;
    bool has_events;
    dtl_doc_source *sources;
    size_t source_count;
    bool has_sources;
};

dtl_session *dtl_session_new(dtl_store *store, dtl_moment as_of)
{
    dtl_session *session = dtl_alloc(sizeof *session);
    session->store = store;
    session->as_of = as_of;
    return session;
}

void dtl_session_free(dtl_session *session)
{
    if (!session)
        return;
    for (cached_series *s = session->series; s; s = s->next)
        dtl_series_free(s->series);
    dtl_buf_release(&session->text);
    dtl_arena_release(&session->scratch);
    dtl_arena_release(&session->arena);
    free(session);
}

dtl_store *dtl_session_store(const dtl_session *session)
{
    return session->store;
}

dtl_moment dtl_session_as_of(const dtl_session *session)
{
    return session->as_of;
}

void dtl_session_set_style(dtl_session *session, dtl_str style)
{
    session->style = dtl_arena_str(&session->arena, style);
}

dtl_str dtl_session_style(const dtl_session *session)
{
    return session->style;
}

dtl_arena *dtl_session_arena(dtl_session *session)
{
    return &session->arena;
}

dtl_arena *dtl_session_scratch(dtl_session *session)
{
    dtl_arena_reset(&session->scratch);
    return &session->scratch;
}

dtl_buf *dtl_session_text(dtl_session *session)
{
    dtl_buf_clear(&session->text);
    return &session->text;
}

static dtl_str cache_key(dtl_arena *arena, const dtl_series_key *key)
{
    dtl_buf text = {0};
    dtl_buf_printf(&text, "%lld", (long long)key->as_of);
    dtl_buf_add_char(&text, '\0');
    dtl_buf_add_str(&text, key->dataset);
    dtl_buf_add_char(&text, '\0');
    dtl_buf_add_str(&text, key->measure);
    for (size_t i = 0; i < key->filter_count; i++) {
        dtl_buf_add_char(&text, '\0');
        dtl_buf_add_str(&text, key->filters[i].dimension);
        dtl_buf_add_char(&text, '\0');
        dtl_buf_add_str(&text, key->filters[i].value);
    }
    dtl_str copy = dtl_arena_str(arena, dtl_buf_str(&text));
    dtl_buf_release(&text);
    return copy;
}

bool dtl_session_series(dtl_session *session, const dtl_series_key *key, const dtl_series **out,
                        dtl_error *err)
{
    dtl_str wanted = cache_key(dtl_session_scratch(session), key);
    for (const cached_series *s = session->series; s; s = s->next) {
        if (dtl_str_equal(s->key, wanted)) {
            *out = s->series;
            return true;
        }
    }
    dtl_series *series;
    if (!dtl_series_load(session->store, key, &series, err))
        return false;
    cached_series *entry = dtl_arena_alloc(&session->arena, sizeof *entry);
    *entry = (cached_series){cache_key(&session->arena, key), series, session->series};
    session->series = entry;
    *out = series;
    return true;
}

bool dtl_session_datasets(dtl_session *session, const dtl_dataset **out, size_t *count,
                          dtl_error *err)
{
    if (!session->has_datasets) {
        if (!dtl_store_datasets(session->store, &session->arena, &session->datasets,
                                &session->dataset_count, err))
            return false;
        session->has_datasets = true;
    }
    *out = session->datasets;
    *count = session->dataset_count;
    return true;
}

bool dtl_session_dataset(dtl_session *session, dtl_str name, const dtl_dataset **out,
                         dtl_error *err)
{
    const dtl_dataset *datasets;
    size_t count;
    if (!dtl_session_datasets(session, &datasets, &count, err))
        return false;
    dtl_arena *scratch = dtl_session_scratch(session);
    dtl_str *names = dtl_arena_alloc(scratch, (count + 1) * sizeof *names);
    for (size_t i = 0; i < count; i++) {
        if (dtl_str_equal(datasets[i].name, name)) {
            *out = &datasets[i];
            return true;
        }
        names[i] = datasets[i].name;
    }
    dtl_error_set(err, DTL_EUSAGE, "no dataset '%.*s' in %.*s", DTL_ARG(name),
                  DTL_ARG(dtl_store_name(session->store)));
    dtl_str near = dtl_str_nearest(name, names, count);
    if (near.size)
        dtl_error_hint(err, "did you mean '%.*s'?", DTL_ARG(near));
    else
        dtl_error_hint(err, "`dateline datasets` lists what there is");
    return false;
}

bool dtl_session_events(dtl_session *session, const dtl_event **out, size_t *count, dtl_error *err)
{
    if (!session->has_events) {
        if (!dtl_store_events(session->store, session->as_of, &session->arena, &session->events,
                              &session->event_count, err))
            return false;
        session->has_events = true;
    }
    *out = session->events;
    *count = session->event_count;
    return true;
}

bool dtl_session_event(dtl_session *session, dtl_str name, const dtl_event **out, dtl_error *err)
{
    const dtl_event *events;
    size_t count;
    if (!dtl_session_events(session, &events, &count, err))
        return false;
    dtl_arena *scratch = dtl_session_scratch(session);
    dtl_str *names = dtl_arena_alloc(scratch, (count + 1) * sizeof *names);
    for (size_t i = 0; i < count; i++) {
        if (dtl_str_equal(events[i].name, name)) {
            *out = &events[i];
            return true;
        }
        names[i] = events[i].name;
    }
    dtl_error_set(err, DTL_EUSAGE, "'%.*s' is neither a date nor a named event", DTL_ARG(name));
    dtl_error_expected(err, "a date such as 2024-10-18, or an event such as 'labour'");
    dtl_str near = dtl_str_nearest(name, names, count);
    if (near.size)
        dtl_error_hint(err, "did you mean '%.*s'?", DTL_ARG(near));
    return false;
}

static void fill_source(dtl_doc_source *source, const dtl_release *release,
                        const dtl_dataset *dataset)
{
    *source = (dtl_doc_source){
        .release = release->id,
        .dataset = release->dataset,
        .file_name = release->file_name,
        .sha256 = release->sha256,
        .published = release->published,
        .retrieved = dtl_moment_date(release->retrieved),
    };
    if (!dataset)
        return;
    source->title = dataset->title;
    source->publisher = dataset->publisher;
    source->licence = dataset->licence;
    source->attribution = dataset->attribution;
    source->homepage = dataset->homepage;
    source->provisional = dataset->provisional;
}

static bool read_sources(dtl_session *session, dtl_error *err)
{
    const dtl_dataset *datasets;
    size_t dataset_count;
    dtl_release *releases;
    size_t count;
    if (!dtl_session_datasets(session, &datasets, &dataset_count, err) ||
        !dtl_store_releases(session->store, DTL_STR(""), DTL_MOMENT_LATEST, &session->arena,
                            &releases, &count, err))
        return false;
    session->sources = dtl_arena_alloc(&session->arena, (count + 1) * sizeof *session->sources);
    for (size_t i = 0; i < count; i++) {
        const dtl_dataset *dataset = NULL;
        for (size_t d = 0; d < dataset_count && !dataset; d++)
            if (dtl_str_equal(datasets[d].name, releases[i].dataset))
                dataset = &datasets[d];
        fill_source(&session->sources[i], &releases[i], dataset);
    }
    session->source_count = count;
    session->has_sources = true;
    return true;
}

bool dtl_session_source(dtl_session *session, int64_t release, const dtl_doc_source **out,
                        dtl_error *err)
{
    if (!session->has_sources && !read_sources(session, err))
        return false;
    for (size_t i = 0; i < session->source_count; i++) {
        if (session->sources[i].release == release) {
            *out = &session->sources[i];
            return true;
        }
    }
    return dtl_error_set(err, DTL_EINTERNAL, "a figure rests on release %lld, which is not there",
                         (long long)release);
}
