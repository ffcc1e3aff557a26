// core/store/writer.h - one release on its way into the store.
//
// Internal to core/store: writer.c takes rows, merge.c compares them with what was known and writes
// the differences, verify.c reads them back.
#ifndef DTL_STORE_WRITER_H
#define DTL_STORE_WRITER_H

#include "store/internal.h"
#include "store/rows.h"

typedef struct dtl_stored_event {
    dtl_event event;  // texts are the writer's
    int64_t line;
} dtl_stored_event;

struct dtl_writer {
    dtl_store *store;
    const dtl_dataset *dataset;  // the caller's, until the writer is finished
    dtl_release_kind kind;
    int64_t dataset_id;
    int64_t release_id;
    dtl_moment seen;         // the release's own place in history
    dtl_moment latest_seen;  // of the dataset's other releases; INT64_MIN when there is none
    dtl_rows rows;
    dtl_intern event_names;  // the number of a name is the place of its event
    dtl_stored_event *events;
    size_t event_count;
    size_t event_capacity;
    dtl_date covers_from, covers_to;
    int64_t held_line;  // the last row held, which may have several bad cells
    dtl_release_result result;
    dtl_change_fn *on_change;
    void *change_context;
    dtl_arena arena;
};

// ---- spans.c ----

#define DTL_SEEN_FOREVER INT64_MAX

// What a statement made at one moment does to the history of one key. Around it lie the span that
// was known then (if any) and the next one; another release may have repeated the known value later.
typedef struct dtl_span_place {
    bool is_known;         // a span contains the moment
    bool same_as_known;    // ... and says what the statement says
    dtl_moment known_to;   // its end, or DTL_SEEN_FOREVER
    dtl_moment repeated;   // the next statement on this key, or DTL_SEEN_FOREVER
    bool has_next;         // a span begins after the moment
    bool same_as_next;     // ... and says what the statement says
    dtl_moment next_from;  // its beginning
} dtl_span_place;

typedef struct dtl_span_plan {
    bool copy_tail;  // the known span goes on from `until`, where it was said again
    bool cut;        // the known span ends at the moment
    bool move_next;  // the next span begins at the moment already
    bool insert;     // a new span: from the moment to `until`
    dtl_moment until;
} dtl_span_plan;

dtl_span_plan dtl_span_plan_for(const dtl_span_place *place);

// ---- merge.c, verify.c, events.c ----

// Writes what differs, and the coverage. rows must be sorted.
DTL_CHECK
bool dtl_merge_rows(dtl_writer *writer, dtl_error *err);
// Reads every row back as of the release's moment. DTL_EINTERNAL on the first difference.
DTL_CHECK
bool dtl_verify_rows(dtl_writer *writer, dtl_error *err);
DTL_CHECK
bool dtl_merge_events(dtl_writer *writer, dtl_error *err);
DTL_CHECK
bool dtl_verify_events(dtl_writer *writer, dtl_error *err);
DTL_CHECK
bool dtl_events_vanished(dtl_writer *writer, int64_t earlier, dtl_str file_name,
                         dtl_vanished_fn *each, void *context, dtl_error *err);
// Calls [each] for the runs of periods that the release [earlier] had and this one lacks.
DTL_CHECK
bool dtl_rows_vanished(dtl_writer *writer, int64_t earlier, dtl_str file_name,
                       dtl_vanished_fn *each, void *context, dtl_error *err);
// The period behind [period] in the dataset's grain.
dtl_date dtl_period_next(const dtl_dataset *dataset, dtl_date period);

#endif
