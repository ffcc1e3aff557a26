// core/plugin/archive.h - the files of an archive (.zip, .tar and compressed .tar), read in a worker.
//
// libarchive is looked for when the first archive is read, not when the program starts, and runs in a
// process that is confined: it only sends back names and bytes. Nothing is written here.
#ifndef DTL_PLUGIN_ARCHIVE_H
#define DTL_PLUGIN_ARCHIVE_H

#include "base/error.h"

enum {
    DTL_ARCHIVE_MAX_BYTES = 128 * 1024 * 1024,  // of the archive itself
    DTL_ARCHIVE_ENTRIES_MAX = 4000,             // files and folders
};

// One entry, in the archive's order: a file with its [bytes], or a folder. Its path is relative,
// without "./" before and "/" behind it, and nothing more is known of it: it may lead anywhere.
typedef bool dtl_archive_entry_fn(void *context, dtl_str path, bool is_folder, dtl_str bytes,
                                  dtl_error *err);

// Reads the archive [file] and gives each entry to [on_entry], which may refuse it. All its files
// together may have [bytes_max] bytes. DTL_EDATA names the archive: not one, cut off, encrypted, or
// with a link, a device or a pipe in it. DTL_ELIMIT: larger, or more entries, than allowed. DTL_EIO:
// the file cannot be read, or libarchive cannot be loaded.
DTL_CHECK
bool dtl_archive_read(const char *file, size_t bytes_max, dtl_archive_entry_fn *on_entry,
                      void *context, dtl_error *err);

#endif
