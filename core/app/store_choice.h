// core/app/store_choice.h - which store a command reads or writes: --db, else $DATELINE_DB, else
// dateline.db in the working directory if it is there, else the bundled figures.
#ifndef DTL_APP_STORE_CHOICE_H
#define DTL_APP_STORE_CHOICE_H

#include "script/run/run.h"

// The row of an option table that --db is; [type] is the command's struct of values.
#define DTL_OPTION_DB(type, member)                                                                \
    {                                                                                              \
        .name = "db", .value = "FILE",                                                             \
        .help = "the database (else $DATELINE_DB, else dateline.db here)", .read = dtl_read_path,  \
        .offset = offsetof(type, member)                                                           \
    }

// [db] is what --db gave, or NULL. Nothing is opened; the path may live in [arena].
dtl_store_ref dtl_store_choice(const char *db, dtl_arena *arena);
// The bundled figures, whatever else there is.
dtl_store_ref dtl_store_choice_bundled(void);
// As messages name it: the path, or "the bundled figures".
const char *dtl_store_choice_name(const dtl_store_ref *ref);
// Opens it for reading; the caller closes.
DTL_CHECK
bool dtl_store_choice_open(const dtl_store_ref *ref, dtl_store **out, dtl_error *err);

// The file that an import writes. The one that would be made in the working directory takes the
// place of the bundled figures for every later command here, so it starts with them: [*created] is
// then true. Any other is left to dtl_store_open. With [look_only] nothing is made.
DTL_CHECK
bool dtl_store_choice_to_write(const char *db, bool look_only, dtl_arena *arena, const char **path,
                               bool *created, dtl_error *err);

#endif
