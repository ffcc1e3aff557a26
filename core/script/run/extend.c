// core/script/run/extend.c - what host and worker tell each other about plugins, packed.
#include "script/run/extend.h"

#include "script/worker/frame.h"

void dtl_pack_plugin(dtl_buf *out, const dtl_plugin_answer *plugin)
{
    dtl_pack_str(out, plugin->name);
    dtl_pack_str(out, plugin->version);
    dtl_pack_str(out, plugin->label);
    dtl_pack_str(out, plugin->source);
    dtl_pack_int(out, plugin->native);
    dtl_pack_int(out, (int64_t)plugin->provides);
    dtl_buf_add_str(out, plugin->rest);
}

bool dtl_unpack_plugin(dtl_str *at, dtl_plugin_answer *out)
{
    int64_t native;
    int64_t provides;
    if (!dtl_unpack_str(at, &out->name) || !dtl_unpack_str(at, &out->version) ||
        !dtl_unpack_str(at, &out->label) || !dtl_unpack_str(at, &out->source) ||
        !dtl_unpack_int(at, &native) || !dtl_unpack_int(at, &provides) || provides < 0)
        return false;
    out->native = native != 0;
    out->provides = (size_t)provides;
    out->rest = *at;
    return true;
}
