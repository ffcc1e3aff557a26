// core/plugin/manifest.h - plugin.json: what a plugin is and provides, read and never executed.
#ifndef DTL_PLUGIN_MANIFEST_H
#define DTL_PLUGIN_MANIFEST_H

#include "base/arena.h"
#include "base/error.h"
#include "base/sha256.h"

enum {
    DTL_PLUGIN_MANIFEST_FORMAT = 1,  // "manifest": the layout of plugin.json
    DTL_PLUGIN_API_LEVEL = 1,        // "api": what plugins may ask of the host; refused when higher
    DTL_PLUGIN_PROVIDES_MAX = 100,
};

typedef enum dtl_provide_kind {
    DTL_PROVIDE_IMPORTER,
    DTL_PROVIDE_RENDERER,
    DTL_PROVIDE_STYLE,      // a house style for --style
    DTL_PROVIDE_PHRASE,     // words: require "plugin.NAME".phrase_name
    DTL_PROVIDE_FUNCTION,   // a query function: require "plugin.NAME".function_name
    DTL_PROVIDE_DATASET,    // a manifest: datasets/NAME.lua in the plugin's folder
    DTL_PROVIDE_CHECK,      // looks a bulletin over before it goes out
    DTL_PROVIDE_PUBLISHER,  // called after a bulletin was written
    DTL_PROVIDE_REPORT,     // a report: reports/NAME.lua in the plugin's folder
    DTL_PROVIDE_KINDS,
} dtl_provide_kind;

typedef struct dtl_provision {
    dtl_provide_kind kind;
    dtl_str name;
    dtl_str extensions;  // importers and renderers: "ods fods", separated by spaces; or ""
    dtl_str summary;
} dtl_provision;

// Capabilities, asked for in the manifest and granted by the user (grants.h).
enum {
    DTL_CAPABILITY_READ_FILES = 1,
    DTL_CAPABILITY_WRITE_FILES = 2,
    DTL_CAPABILITY_NETWORK = 4,
    DTL_CAPABILITY_RUN_NATIVE = 8,  // every native plugin asks for it
};

// Where a plugin was found, in order of search.
typedef enum dtl_plugin_origin {
    DTL_PLUGIN_FROM_OPTION,     // --plugin PATH
    DTL_PLUGIN_FROM_REPORT,     // plugins/ beside the report
    DTL_PLUGIN_FROM_USER,       // $XDG_DATA_HOME/dateline/plugins
    DTL_PLUGIN_FROM_INSTALLED,  // the installed folder
} dtl_plugin_origin;

typedef struct dtl_plugin_info {
    dtl_str folder;
    dtl_plugin_origin origin;
    dtl_str name, version, summary, licence;
    int64_t api;
    dtl_str main;  // a Lua plugin's script, "main.lua" unless it says so; "" for a native one
    dtl_str
        library;  // a native plugin's library, "ods" (ods.so beside the manifest); "" for a Lua one
    const dtl_provision *provides;
    size_t provide_count;
    unsigned capabilities;
    bool usable;
    dtl_error problem;  // why not, when !usable
} dtl_plugin_info;

// Reads FOLDER/plugin.json. Always fills [out] as far as it can: a broken manifest gives an info that
// is not usable, with its problem (file, line, column, what was expected), never a failure of the
// caller. Unknown fields are problems, with a hint. [out] lives in [arena].
void dtl_plugin_manifest_read(const char *folder, dtl_plugin_origin origin, dtl_arena *arena,
                              dtl_plugin_info *out);
// The digest of what a run may execute or read, by name and content: every file of the folder but
// tests (*.test.lua, and all beneath test/ and tests/), what stands in reports/ and is no script (as the
// golden files of tests), sources in C and what is made of them on the way (*.c, *.h, *.o), Makefile,
// README*, LICENSE* and CHANGELOG*. A library (*.so) counts wherever it stands, datasets/ does as a whole.
// It is costly (it reads them all), so it is taken when grants are looked up.
DTL_CHECK
bool dtl_plugin_digest(const dtl_plugin_info *info, dtl_sha256 *out, dtl_error *err);
// Whether [file], relative to the plugin's folder, is one of these. No other may be run as a part of it.
bool dtl_plugin_counts(dtl_str file);

const char *dtl_provide_kind_name(dtl_provide_kind kind);  // "importer"
const char *
dtl_plugin_origin_name(dtl_plugin_origin origin);          // "--plugin", "beside the report", ...
void dtl_capabilities_add(dtl_buf *out, unsigned wanted);  // "read-files, run-native"

#endif
