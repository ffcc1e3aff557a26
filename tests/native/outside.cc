// tests/native/outside.cc - a plugin in C++, by the installed header alone.
#include <dateline/plugin.h>

#include <string>
#include <vector>

namespace {

struct Reader {
    std::vector<std::string> words;
    std::vector<dtl_plugin_field> fields;
    bool done = false;
};

int probe(const dtl_plugin_file *file)
{
    return file->bytes.size > 0 ? 10 : 0;
}

void *open_file(const dtl_plugin_host *, dtl_plugin_call *, const dtl_plugin_file *file)
{
    Reader *reader = new Reader;
    std::string word;
    for (size_t i = 0; i < file->bytes.size; i++) {
        char c = file->bytes.data[i];
        if (c != ' ' && c != '\n') {
            word += c;
        } else if (!word.empty()) {
            reader->words.push_back(word);
            word.clear();
        }
    }
    return reader;
}

int next_record(void *state, dtl_plugin_call *, dtl_plugin_record *out)
{
    Reader *reader = static_cast<Reader *>(state);
    if (reader->done)
        return 0;
    reader->done = true;
    for (const std::string &word : reader->words)
        reader->fields.push_back({{word.data(), word.size()}, 0});
    out->line = 1;
    out->fields = reader->fields.data();
    out->field_count = reader->fields.size();
    return 1;
}

void close_file(void *state)
{
    delete static_cast<Reader *>(state);
}

const dtl_plugin_importer words = {sizeof(dtl_plugin_importer), DTL_PLUGIN_TEXT("words"), probe,
                                   open_file, next_record, close_file};
const dtl_plugin_importer *const importers[] = {&words, nullptr};
const dtl_plugin plugin = {DTL_PLUGIN_HEAD, DTL_PLUGIN_TEXT("outside"), DTL_PLUGIN_TEXT("0.1.0"),
                           importers, nullptr, nullptr, nullptr};

}  // namespace

extern "C" DTL_PLUGIN_EXPORT const dtl_plugin *dtl_plugin_query(void)
{
    return &plugin;
}
