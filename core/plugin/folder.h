// core/plugin/folder.h - a plugin's folder: the files in it, and what they may be.
//
// Hidden files and folders are no part of a plugin. Links are refused: what they lead to could
// change without the plugin's digest changing.
#ifndef DTL_PLUGIN_FOLDER_H
#define DTL_PLUGIN_FOLDER_H

#include "base/arena.h"
#include "base/error.h"

enum {
    DTL_PLUGIN_FILES_MAX = 2000,
    DTL_PLUGIN_DEPTH_MAX = 8,
    DTL_PLUGIN_BYTES_MAX = 64 * 1024 * 1024,  // of all files together, and so of one
    DTL_PLUGIN_SCRIPT_MAX_BYTES = 4 * 1024 * 1024,
    DTL_PLUGIN_PATH_MAX_BYTES = 1024,
};

// The paths of all files beneath [folder], relative to it, sorted by bytes; in [arena].
DTL_CHECK
bool dtl_folder_files(const char *folder, dtl_arena *arena, dtl_str **out, size_t *count,
                      dtl_error *err);
// The folders within [folder] that are not hidden and do not end in ".disabled", sorted; none when
// it is not there.
size_t dtl_folder_folders(const char *folder, dtl_arena *arena, dtl_str **out);
// Reads FOLDER/[file] (relative, in the arena's own NUL-terminated text) without following a link on
// the way.
DTL_CHECK
bool dtl_folder_read(const char *folder, const char *file, size_t limit, dtl_buf *out,
                     dtl_error *err);
// Whether [file] stays beneath its folder: relative, no empty, "." or ".." part, nothing hidden.
bool dtl_folder_is_inside(dtl_str file);
// Whether [file], from wherever, may be made beneath a folder: as above, and of visible UTF-8, not too
// long or deep. DTL_EDATA says why not; DTL_ELIMIT when it is that.
DTL_CHECK
bool dtl_folder_check_name(dtl_str file, dtl_error *err);
// Makes [path] and the folders above it that are not there.
DTL_CHECK
bool dtl_folder_make(dtl_str path, dtl_error *err);
// Removes [path] and all beneath it; links are removed, not followed.
DTL_CHECK
bool dtl_folder_remove(const char *path, dtl_error *err);

#endif
