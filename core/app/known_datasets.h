// core/app/known_datasets.h - the datasets that a file may be of.
#ifndef DTL_APP_KNOWN_DATASETS_H
#define DTL_APP_KNOWN_DATASETS_H

#include "plugin/registry.h"
#include "script/run/run.h"

typedef struct dtl_known_datasets {
    const dtl_dataset **datasets;  // in the arena
    size_t count;
} dtl_known_datasets;

// Those that ship with the program, then those that [store] (NULL: none) has of its own.
DTL_CHECK
bool dtl_known_datasets_read(dtl_store *store, dtl_arena *arena, dtl_known_datasets *out,
                             dtl_error *err);
// The one to use where --dataset gave [name]: one of the known, or a manifest, when it ends in
// ".lua", or a plugin's, which is read and added. [*out] is its name. DTL_EUSAGE: there is none, with
// a hint.
DTL_CHECK
bool dtl_known_datasets_choose(dtl_known_datasets *known, dtl_str name,
                               const dtl_plugin_search *plugins, dtl_arena *arena, dtl_str *out,
                               dtl_error *err);

#endif
