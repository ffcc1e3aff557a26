// core/store/store.h - every value ever published, with the release that said so.
//
// A handful of functions, so that another engine can stand behind them. Kept as changes only: a
// value is stored with the moment from which and the moment until which the store knew it
// (seen_from, seen_to). A value and a reason for having none are two columns: missing is not zero,
// and neither is "not yet published". A store is used by one thread at a time.
#ifndef DTL_STORE_STORE_H
#define DTL_STORE_STORE_H

#include "store/dataset.h"

typedef struct dtl_store dtl_store;  // opaque: its fields are in store.c

typedef enum dtl_store_mode {
    DTL_STORE_READ,   // the file must exist and never changes (SQLite may make an index beside it)
    DTL_STORE_WRITE,  // created when absent
} dtl_store_mode;

// Opens a SQLite file. DTL_EIO: cannot open; DTL_EDATA: not a store of ours, or of a newer layout
// (both versions named). Owner: the caller, dtl_store_close.
DTL_CHECK
bool dtl_store_open(const char *path, dtl_store_mode mode, dtl_store **out, dtl_error *err);
// A new store in memory.
DTL_CHECK
bool dtl_store_open_memory(dtl_store **out, dtl_error *err);
// Read-only over the bytes of a store file, which must outlive the store: nothing is copied.
DTL_CHECK
bool dtl_store_open_image(const unsigned char *bytes, size_t size, dtl_store **out, dtl_error *err);
void dtl_store_close(dtl_store *store);  // NULL is allowed
// Writes the whole store to [path] as a file that dtl_store_open_image can take: compact, without a
// write-ahead log. The same contents written in the same order give the same bytes.
DTL_CHECK
bool dtl_store_save_image(dtl_store *store, const char *path, dtl_error *err);
// The path given at opening, "" in memory, "bundled figures" for an image. Borrowed.
dtl_str dtl_store_name(const dtl_store *store);

// ---- reading ----

typedef struct dtl_release {
    int64_t id;
    dtl_str dataset;
    dtl_str file_name;  // without folders
    dtl_str sha256;
    dtl_str kind;
    dtl_date published;  // DTL_DATE_NONE: not known
    dtl_moment retrieved;
    int64_t rows_in, rows_kept, rows_held;
    int64_t values_new, values_revised;
    dtl_date covers_from, covers_to;  // first and last period in the file
} dtl_release;

typedef struct dtl_filter {  // one dimension fixed to one value
    dtl_str dimension;
    dtl_str value;
} dtl_filter;

typedef struct dtl_observation {
    dtl_date period;  // a day; a week's or month's first day; the as-at date
    bool has_value;
    int64_t value;        // 0 when !has_value
    dtl_str missing;      // the reason when !has_value: "not_collected"
    dtl_str attribution;  // who said this one, or ""
    int64_t release;
} dtl_observation;

typedef struct dtl_event {
    dtl_str name;
    dtl_str label;
    dtl_date from;
    dtl_date to;  // inclusive; DTL_DATE_NONE: goes on
} dtl_event;

// All text handed out lives in [arena]. Lists are ordered by name, or by period, or by id.
// An unknown dataset is DTL_EUSAGE with a hint.
DTL_CHECK
bool dtl_store_datasets(dtl_store *store, dtl_arena *arena, const dtl_dataset **out, size_t *count,
                        dtl_error *err);
// Headers and formats are those of the manifest at the last import.
DTL_CHECK
bool dtl_store_dataset(dtl_store *store, dtl_str name, dtl_arena *arena, dtl_dataset *out,
                       dtl_error *err);
// Releases of [dataset] (all datasets when empty) known as of [as_of].
DTL_CHECK
bool dtl_store_releases(dtl_store *store, dtl_str dataset, dtl_moment as_of, dtl_arena *arena,
                        dtl_release **out, size_t *count, dtl_error *err);

// Calls [each] with every current observation of the series as of [as_of], by period. The filters
// must pick at most one series: several (a dimension left open) are refused with DTL_EUSAGE, which
// names the dimension and its values, because summing across sources is never right by default.
// [each] returning false ends the read early (its own error in [err]).
typedef bool dtl_observation_fn(void *context, const dtl_observation *observation, dtl_error *err);
DTL_CHECK
bool dtl_store_observations(dtl_store *store, dtl_str dataset, dtl_str measure,
                            const dtl_filter *filters, size_t filter_count, dtl_moment as_of,
                            dtl_observation_fn *each, void *context, dtl_error *err);
// Named events (grain "event"), by date then name.
DTL_CHECK
bool dtl_store_events(dtl_store *store, dtl_moment as_of, dtl_arena *arena, dtl_event **out,
                      size_t *count, dtl_error *err);

// What is wrong with the store, for `doctor`: integrity check, layout version, foreign triggers or
// views. Adds one line a finding to [out]; none means well.
DTL_CHECK
bool dtl_store_diagnose(dtl_store *store, dtl_buf *out, dtl_error *err);
// Adds the name and version of the engine at work: "SQLite 3.40.1".
void dtl_store_engine(dtl_buf *out);

// ---- writing one release ----

typedef struct dtl_release_info {
    const dtl_dataset *dataset;  // becomes the store's record of the dataset
    dtl_str file_name;
    dtl_str sha256;
    dtl_date published;    // DTL_DATE_NONE: not known
    dtl_moment retrieved;  // when this statement was known to us: its place in history
    dtl_release_kind kind;
} dtl_release_info;

typedef struct dtl_value {  // one cell of one row
    const dtl_column *measure;
    bool has_value;
    int64_t value;
    dtl_str missing;
    dtl_str raw;  // kept where it differs from what the value prints as
} dtl_value;

typedef struct dtl_row {  // one typed row, borrowed from the importer
    dtl_date period;
    const dtl_filter *dimensions;  // in the dataset's column order
    size_t dimension_count;
    const dtl_value *values;
    size_t value_count;
    dtl_str attribution;
    int64_t line;  // in the file, for messages
} dtl_row;

typedef struct dtl_writer dtl_writer;  // an open transaction; at most one a store

typedef struct dtl_release_result {
    int64_t release_id;
    bool already_known;      // the same bytes were imported before: nothing changed
    int64_t values_new;      // periods never seen before
    int64_t values_revised;  // values that differ from what was known
    int64_t values_same;
    int64_t rows_kept;
    int64_t rows_held;
    int64_t rows_repeated;   // kept rows that say exactly what an earlier row of the file said
    int64_t periods_absent;  // of the first measure, between its first and last period
    dtl_date first_absent;   // the first of them
} dtl_release_result;

// Several releases in one go or none: every writer between the two is a part of one transaction. At
// the end, without [commit], nothing has happened. A group that was begun must be ended.
DTL_CHECK
bool dtl_store_group_begin(dtl_store *store, dtl_error *err);
DTL_CHECK
bool dtl_store_group_end(dtl_store *store, bool commit, dtl_error *err);

// Begins a release. When a release of this dataset has the same sha256, [*out] is NULL and
// [result]->already_known is set: there is nothing to do. Holds our own flock until finished.
DTL_CHECK
bool dtl_writer_begin(dtl_store *store, const dtl_release_info *info, dtl_writer **out,
                      dtl_release_result *result, dtl_error *err);
// Equal keys in one release: summed when the dataset folds; counted when they say the same; else
// DTL_EDATA naming both rows, and neither is kept (the earlier one is held).
DTL_CHECK
bool dtl_writer_add(dtl_writer *writer, const dtl_row *row, dtl_error *err);
DTL_CHECK
bool dtl_writer_add_event(dtl_writer *writer, const dtl_event *event, int64_t line, dtl_error *err);
// Sets a row aside (table held) with its place, raw text and reason.
DTL_CHECK
bool dtl_writer_hold(dtl_writer *writer, const dtl_error *reason, dtl_str raw, dtl_error *err);
// Remarks kept with the release: a title row above the table, a column nobody reads.
DTL_CHECK
bool dtl_writer_note(dtl_writer *writer, int64_t line, dtl_str text, dtl_error *err);

// Periods that the full release before this one had, and this one lacks: one run of them.
typedef struct dtl_vanished {
    dtl_str measure;
    dtl_str dimensions;  // {"country":"BE"}, or "{}"; an event's name where there is no measure
    dtl_date first, last;
    int64_t count;
    dtl_str release;  // the file name of the release that had them
} dtl_vanished;
typedef bool dtl_vanished_fn(void *context, const dtl_vanished *vanished, dtl_error *err);
// For a full release, after its last row: what would seem to be withdrawn. The store never deletes:
// the caller decides whether to go on, and what to hold.
DTL_CHECK
bool dtl_writer_vanished(dtl_writer *writer, dtl_vanished_fn *each, void *context, dtl_error *err);

// One value that this release adds or revises, told while dtl_writer_finish compares.
typedef struct dtl_change {
    const dtl_column *measure;
    dtl_str dimensions;
    dtl_date period;
    bool was_known;  // a revision
    bool had_value;
    int64_t before;
    bool has_value;
    int64_t after;
    bool has_record;  // the series had a value before this release: the largest is [record]
    int64_t record;
    int64_t line;
} dtl_change;
typedef void dtl_change_fn(void *context, const dtl_change *change);
void dtl_writer_on_change(dtl_writer *writer, dtl_change_fn *each, void *context);

// Writes only what differs from what was known at info.retrieved, splitting intervals when the
// release is older than one already there; re-reads and compares before it commits (a mismatch
// rolls back). With [commit] false everything is rolled back after [result] is filled (a dry run).
// Frees the writer in every case.
DTL_CHECK
bool dtl_writer_finish(dtl_writer *writer, bool commit, dtl_release_result *result, dtl_error *err);
void dtl_writer_abort(dtl_writer *writer);  // rolls back and frees; NULL is allowed

#endif
