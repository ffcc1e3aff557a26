// core/import/libraries.c - which libraries read the files.
#include "import/libraries.h"

#include <cjson/cJSON.h>
#include <csv.h>

void dtl_import_libraries(dtl_buf *out)
{
    dtl_buf_printf(out, "libcsv %d.%d.%d, cJSON %s", CSV_MAJOR, CSV_MINOR, CSV_RELEASE,
                   cJSON_Version());
}
