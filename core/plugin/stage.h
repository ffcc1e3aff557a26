// core/plugin/stage.h - a folder beside the user's plugins in which one is put together, then renamed.
//
// Internal to core/plugin. Whoever has the stage has the user's folder alone; what a program that was
// killed left behind goes when the next one takes it.
#ifndef DTL_PLUGIN_STAGE_H
#define DTL_PLUGIN_STAGE_H

#include "base/arena.h"
#include "base/error.h"

typedef struct dtl_stage {
    dtl_arena *arena;
    dtl_str place;   // the user's folder of plugins
    dtl_str folder;  // the stage: hidden in it, so no plugin
    int lock;
    size_t files;
    size_t entries;
    size_t bytes;
} dtl_stage;

// Makes an empty stage. It is closed also when this fails.
DTL_CHECK
bool dtl_stage_open(dtl_stage *stage, dtl_arena *arena, dtl_error *err);
// Writes a file, or makes a folder, that came from wherever. DTL_EDATA: no name for a file of a
// plugin, or one that was there. DTL_ELIMIT: more, or more bytes, than a plugin may have.
DTL_CHECK
bool dtl_stage_add(dtl_stage *stage, dtl_str path, bool is_folder, dtl_str bytes, dtl_error *err);
// All of the stage is on the disk, then [folder] of it becomes the plugin called [name]; what was
// there under that name, if [replaces], goes in the same moment.
DTL_CHECK
bool dtl_stage_put(dtl_stage *stage, dtl_str folder, dtl_str name, bool replaces, dtl_error *err);
// Takes the plugin in [folder] out of the user's plugins in one moment, onto the stage, whose closing
// removes it.
DTL_CHECK
bool dtl_stage_take(dtl_stage *stage, dtl_str folder, dtl_error *err);
// Removes what is on the stage.
void dtl_stage_close(dtl_stage *stage);

#endif
