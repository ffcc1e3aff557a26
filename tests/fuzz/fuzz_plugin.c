// tests/fuzz/fuzz_plugin.c - any bytes as a plugin.json: a plugin, or one that says what is wrong with it;
// and any bytes as what a worker asks about plugins: an answer, or an error, and nothing done.
#include <stdio.h>
#include <unistd.h>

#include "plugin/service.h"
#include "support/fuzz.h"

const char *const dtl_fuzz_seeds[] = {
    "{\"manifest\": 1, \"name\": \"x\", \"version\": \"1.0.0\", \"summary\": \"x\", \"license\": "
    "\"MIT\","
    " \"api\": 1, \"main\": \"main.lua\", \"provides\": [{\"kind\": \"renderer\", \"name\": \"x\","
    " \"extensions\": [\"x\"], \"summary\": \"x\"}], \"capabilities\": [\"read-files\"]}",
    "{\"manifest\": 1, \"name\": \"ods\", \"version\": \"1.0.0-a.1+b\", \"summary\": \"x\","
    " \"license\": \"MIT\", \"api\": 1, \"library\": \"ods\", \"provides\": [{\"kind\": "
    "\"importer\","
    " \"name\": \"ods\", \"extensions\": [\"ods\"]}], \"capabilities\": [\"run-native\"]}",
    "find plugin fuzz",
    "module fuzz lib.words",
    "act fuzz read /etc/passwd",
    "act fuzz write x text",
    "call fuzz f 1 2",
    NULL,
};

static char folder[] = "/tmp/fuzz-plugin-XXXXXX";

static void remove_folder(void)
{
    dtl_buf path = {0};
    dtl_buf_printf(&path, "%s/plugin.json", folder);
    unlink(path.data);
    rmdir(folder);
    dtl_buf_release(&path);
}

static const char *folder_path(void)
{
    static bool is_made;
    if (!is_made) {
        dtl_fuzz_require(mkdtemp(folder) != NULL);
        atexit(remove_folder);
        is_made = true;
    }
    return folder;
}

static void read_manifest(dtl_str bytes)
{
    dtl_arena arena = {0};
    dtl_plugin_info info;
    dtl_str path = dtl_arena_printf(&arena, "%s/plugin.json", folder_path());
    FILE *file = fopen(path.data, "wb");  // dtl_file_write syncs: too slow for so many
    dtl_fuzz_require(file && fwrite(bytes.data, 1, bytes.size, file) == bytes.size);
    dtl_fuzz_require(fclose(file) == 0);
    dtl_plugin_manifest_read(folder_path(), DTL_PLUGIN_FROM_OPTION, &arena, &info);
    dtl_fuzz_require(info.usable == (info.problem.code == DTL_OK));
    dtl_fuzz_require(info.usable || info.problem.message[0]);
    dtl_fuzz_require(!info.usable || (info.name.size && info.version.size && info.api > 0));
    dtl_arena_release(&arena);
}

// The words of the seed as the worker packs them, with the number of its first in front.
static void pack_words(dtl_buf *out, dtl_str text)
{
    static const char *const verbs[] = {"", "find", "module", "call", "act"};
    for (int first = 1; text.size; first = 0) {
        size_t space = dtl_str_find(text, DTL_STR(" "));
        dtl_str word = dtl_str_slice(text, 0, space);
        text = dtl_str_slice(text, space == SIZE_MAX ? text.size : space + 1, text.size);
        int64_t number = 0;
        for (size_t i = 1; first && i < DTL_COUNT(verbs); i++)
            if (dtl_str_equal(word, dtl_str_from(verbs[i])))
                number = (int64_t)i;
        if (number || dtl_str_to_int64(word, &number)) {
            dtl_buf_add(out, &number, sizeof number);
            continue;
        }
        number = (int64_t)word.size;
        dtl_buf_add(out, &number, sizeof number);
        dtl_buf_add_str(out, word);
    }
}

static void ask(dtl_str question)
{
    dtl_arena arena = {0};
    dtl_buf answer = {0};
    dtl_buf remarks = {0};
    dtl_error err = {0};
    // A plugin that may do all that Lua may, and was granted nothing.
    const dtl_plugin_info info = {.folder = dtl_str_from(folder_path()),
                                  .origin = DTL_PLUGIN_FROM_OPTION,
                                  .name = DTL_STR("fuzz"),
                                  .version = DTL_STR("1.0.0"),
                                  .main = DTL_STR("main.lua"),
                                  .capabilities = DTL_CAPABILITY_READ_FILES |
                                                  DTL_CAPABILITY_WRITE_FILES |
                                                  DTL_CAPABILITY_NETWORK,
                                  .usable = true};
    dtl_extensions extensions =
        dtl_plugin_service_extensions(dtl_plugin_service_new_for(&info, false, &arena));
    bool ok = extensions.answer(extensions.context, question, &remarks, &answer, &err);
    dtl_fuzz_require(ok || (err.code != DTL_OK && err.message[0]));
    dtl_buf_release(&answer);
    dtl_buf_release(&remarks);
    dtl_arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dtl_str bytes = {(const char *)data, size};
    dtl_buf packed = {0};
    read_manifest(bytes);
    ask(bytes);
    pack_words(&packed, bytes);
    ask(dtl_buf_str(&packed));
    dtl_buf_release(&packed);
    return 0;
}
