// tests/native/use.c - use FOLDER [IMPORTER FILE]: verifies a plugin; prints what its importer reads.
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "plugin/native.h"

static int fail(const dtl_error *err)
{
    dtl_buf text = {0};
    dtl_error_print(err, &text);
    fputs(text.data, stderr);
    dtl_buf_release(&text);
    return EXIT_FAILURE;
}

static int print_records(const dtl_importer *importer, const dtl_source_file *file, dtl_error *err)
{
    void *state = NULL;
    bool more = true;
    dtl_record record;
    if (!importer->open(importer, file, &state, err))
        return fail(err);
    while (importer->next(state, &record, &more, err) && more) {
        printf("%" PRId64, record.line);
        for (size_t i = 0; i < record.count; i++)
            printf("|%.*s", DTL_ARG(record.fields[i].text));
        putchar('\n');
    }
    importer->close(state);
    return err->code == DTL_OK ? EXIT_SUCCESS : fail(err);
}

int main(int argc, char **argv)
{
    dtl_arena arena = {0};
    dtl_error err = {0};
    dtl_buf bytes = {0};
    dtl_plugin_info info;
    dtl_importer importer;
    int status = EXIT_SUCCESS;
    if (argc != 2 && argc != 4)
        return EXIT_FAILURE;
    dtl_plugin_manifest_read(argv[1], DTL_PLUGIN_FROM_OPTION, &arena, &info);
    if (!info.usable) {
        status = fail(&info.problem);
    } else if (!dtl_native_verify(&info, &err)) {
        status = fail(&err);
    } else if (argc == 4) {
        dtl_source_file file = {.path = dtl_str_from(argv[3])};
        bool ok = dtl_file_read(argv[3], (size_t)1 << 26, &bytes, &err);
        file.bytes = dtl_buf_str(&bytes);
        ok = ok &&
             dtl_native_import(&info, dtl_str_from(argv[2]), &file, NULL, &arena, &importer, &err);
        status = ok ? print_records(&importer, &file, &err) : fail(&err);
    }
    dtl_buf_release(&bytes);
    dtl_arena_release(&arena);
    return status;
}
