// core/plugin/names.h - which names a plugin's manifest may hold. Each becomes part of a path or of
// a script, so each is an allow-list.
#ifndef DTL_PLUGIN_NAMES_H
#define DTL_PLUGIN_NAMES_H

#include "base/str.h"

enum {
    DTL_PLUGIN_NAME_MAX_BYTES = 64
};

bool dtl_is_plugin_name(dtl_str text);     // [a-z][a-z0-9-]*
bool dtl_is_provision_name(dtl_str text);  // [a-z][a-z0-9_-]*
bool dtl_is_extension(dtl_str text);       // [a-z0-9]+
bool dtl_is_file_stem(dtl_str text);       // [A-Za-z0-9_][A-Za-z0-9_-]*
bool dtl_is_semver(dtl_str text);          // 1.0.0, 1.0.0-beta.1+build
// Of two semantic versions, negative when [a] is the older; what stands behind '+' is no part of it.
int dtl_semver_compare(dtl_str a, dtl_str b);
unsigned dtl_capability_named(dtl_str name);  // 0: there is none

#endif
