// core/import/text.c - what a file is made of, before it is read as a table.
#include <inttypes.h>

#include "base/utf8.h"
#include "import/internal.h"

static const dtl_importer_limits default_limits = {
    .file_bytes = (size_t)1 << 30,
    .field_bytes = (size_t)1 << 20,
    .columns = 2000,
    .row_bytes = (size_t)16 << 20,
};

dtl_importer_limits dtl_limits_complete(dtl_importer_limits limits)
{
    if (!limits.file_bytes)
        limits.file_bytes = default_limits.file_bytes;
    if (!limits.field_bytes)
        limits.field_bytes = default_limits.field_bytes;
    if (!limits.columns)
        limits.columns = default_limits.columns;
    if (!limits.row_bytes)
        limits.row_bytes = default_limits.row_bytes;
    return limits;
}

// The offset of the first byte from [at] that is NUL or not ASCII, or the size. Eight at a time.
static size_t skip_plain(dtl_str text, size_t at)
{
    const uint64_t high = 0x8080808080808080u;
    const uint64_t low = 0x0101010101010101u;
    while (text.size - at >= sizeof high) {
        uint64_t word;
        memcpy(&word, text.data + at, sizeof word);
        if ((word & high) || ((word - low) & ~word & high))
            break;
        at += sizeof word;
    }
    while (at < text.size && text.data[at] > 0)
        at++;
    return at;
}

static bool check_utf8(const dtl_source_file *file, dtl_str text, dtl_error *err)
{
    size_t at = skip_plain(text, 0);
    while (at < text.size) {
        bool valid = true;
        size_t bad = at;
        if (text.data[at] == '\0') {
            dtl_error_set(err, DTL_EDATA, "a NUL byte at offset %zu: this is no text file", at);
            return dtl_error_point(err, file->path, text, at);
        }
        dtl_utf8_next(text, &at, &valid);
        if (!valid) {
            dtl_error_set(err, DTL_EDATA, "byte 0x%02x at offset %zu is no UTF-8",
                          (unsigned)(unsigned char)text.data[bad], bad);
            dtl_error_point(err, file->path, text, bad);
            return dtl_error_hint(err, "the file may be Latin-1 or Windows-1252: save it as UTF-8");
        }
        at = skip_plain(text, at);
    }
    return true;
}

bool dtl_text_open(const dtl_source_file *file, dtl_str *out, dtl_error *err)
{
    dtl_importer_limits limits = dtl_limits_complete(file->limits);
    dtl_str text = file->bytes;
    if (text.size > limits.file_bytes) {
        dtl_error_set(err, DTL_ELIMIT, "the file has %zu bytes; %zu are allowed", text.size,
                      limits.file_bytes);
        return dtl_error_at(err, file->path, 0, 0);
    }
    if (dtl_str_starts(text, DTL_STR("\xff\xfe")) || dtl_str_starts(text, DTL_STR("\xfe\xff"))) {
        dtl_error_set(err, DTL_EDATA, "the file is UTF-16");
        dtl_error_at(err, file->path, 0, 0);
        return dtl_error_hint(err, "save it as UTF-8");
    }
    if (dtl_str_starts(text, DTL_STR("\xef\xbb\xbf")))
        text = dtl_str_slice(text, 3, text.size);
    *out = text;
    return check_utf8(file, text, err);
}

static bool starts_folded(dtl_str text, const char *word)
{
    size_t size = strlen(word);
    if (text.size < size)
        return false;
    for (size_t i = 0; i < size; i++) {
        char c = text.data[i];
        if ((c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c) != word[i])
            return false;
    }
    return true;
}

const char *dtl_text_foreign(dtl_str bytes)
{
    static const struct {
        const char *start;
        const char *what;
    } known[] = {
        {"pk\x03\x04", "a zip file (a spreadsheet, perhaps)"},
        {"\x1f\x8b", "a gzip file"},
        {"%pdf-", "a PDF"},
        {"version https://git-lfs", "a pointer to large file storage, not the file itself"},
        {"sqlite format 3", "a SQLite database"},
        {"\xd0\xcf\x11\xe0", "an old Excel file"},
        {"\x89png", "an image"},
    };
    if (bytes.size == 0)
        return "empty";
    for (size_t i = 0; i < DTL_COUNT(known); i++)
        if (starts_folded(bytes, known[i].start))
            return known[i].what;
    dtl_str text = dtl_str_trim(dtl_str_slice(bytes, 0, 4096));
    if (dtl_str_starts(text, DTL_STR("\xef\xbb\xbf")))
        text = dtl_str_trim(dtl_str_slice(text, 3, text.size));
    if (text.size == 0)
        return "nothing but white space";
    if (starts_folded(text, "<!doctype html") || starts_folded(text, "<html"))
        return "an HTML page";
    if (text.data[0] == '<')
        return "XML or HTML";
    return NULL;
}

bool dtl_word_in(dtl_str word, const char *list)
{
    dtl_str rest = dtl_str_from(list);
    while (word.size && rest.size) {
        size_t end = dtl_str_find(rest, DTL_STR(" "));
        dtl_str one = dtl_str_slice(rest, 0, end);
        bool same = one.size == word.size;
        for (size_t i = 0; same && i < one.size; i++) {
            char c = word.data[i];
            same = (c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c) == one.data[i];
        }
        if (same)
            return true;
        rest = end == SIZE_MAX ? DTL_STR("") : dtl_str_slice(rest, end + 1, rest.size);
    }
    return false;
}

dtl_str dtl_path_extension(dtl_str path)
{
    for (size_t at = path.size; at > 0; at--) {
        if (path.data[at - 1] == '/')
            break;
        if (path.data[at - 1] == '.')
            return dtl_str_slice(path, at, path.size);
    }
    return DTL_STR("");
}
