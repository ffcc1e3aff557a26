// core/app/store_choice.c - which store a command reads or writes.
#include "app/store_choice.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "store/image.h"

static const char default_path[] = "dateline.db";

static bool exists(const char *path)
{
    return access(path, F_OK) == 0;
}

// What was named: by --db, else by the environment. NULL: nothing was. A copy, because a worker
// wipes the environment out of its memory.
static const char *named(const char *db, dtl_arena *arena)
{
    const char *path = db ? db : getenv("DATELINE_DB");
    return path && path[0] ? dtl_arena_str(arena, dtl_str_from(path)).data : NULL;
}

dtl_store_ref dtl_store_choice_bundled(void)
{
    return (dtl_store_ref){.image = dtl_image_bytes, .image_size = dtl_image_size};
}

dtl_store_ref dtl_store_choice(const char *db, dtl_arena *arena)
{
    const char *path = named(db, arena);
    if (!path && exists(default_path))
        path = default_path;
    return path ? (dtl_store_ref){.path = path} : dtl_store_choice_bundled();
}

const char *dtl_store_choice_name(const dtl_store_ref *ref)
{
    return ref->path ? ref->path : "the bundled figures";
}

bool dtl_store_choice_open(const dtl_store_ref *ref, dtl_store **out, dtl_error *err)
{
    if (ref->path)
        return dtl_store_open(ref->path, DTL_STORE_READ, out, err);
    return dtl_store_open_image(ref->image, ref->image_size, out, err);
}

bool dtl_store_choice_to_write(const char *db, bool look_only, dtl_arena *arena, const char **path,
                               bool *created, dtl_error *err)
{
    *path = named(db, arena);
    *created = false;
    if (*path)
        return true;
    *path = default_path;
    if (look_only || exists(default_path))
        return true;
    *created = true;
    dtl_str image = {(const char *)dtl_image_bytes, dtl_image_size};
    return dtl_file_write(default_path, image, err);
}
