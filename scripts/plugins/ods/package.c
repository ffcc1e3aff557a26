// package.c - the zip around a spreadsheet: what it is, and its content.xml as a stream.
//
// Nothing is written to disk, and no entry's name becomes a path. The inflated size is counted as it
// comes: what the zip says of itself is not believed.
#include "ods.h"

#include <string.h>
#include <zip.h>

enum {
    MIMETYPE_MAX = 256,
    MANIFEST_MAX = 1024 * 1024,  // bytes of META-INF/manifest.xml that are looked at
    END_RECORD_BYTES = 22,
    END_COMMENT_MAX = 65535,
};

static const char spreadsheet[] = "application/vnd.oasis.opendocument.spreadsheet";

struct package {
    context *c;
    zip_t *zip;
    zip_file_t *content;
    int64_t inflated;
};

// ---- what the file is ----

static bool starts(dtl_plugin_text file, const char *start, size_t size)
{
    return file.size >= size && memcmp(file.data, start, size) == 0;
}

static bool check_start(context *c, dtl_plugin_text file)
{
    size_t at = 0;
    if (file.size == 0)
        return refuse(c, 0, "the file is empty");
    if (starts(file, "PK\x03\x04", 4))
        return true;
    if (starts(file, "PK\x05\x06", 4))
        return refuse(c, 0, "the file is an empty zip, not a spreadsheet");
    if (starts(file, "\xd0\xcf\x11\xe0", 4))
        return refuse(c, 0,
                      "the file is an old or an encrypted Office file, not an OpenDocument "
                      "spreadsheet");
    while (at < file.size && strchr(" \t\r\n\xef\xbb\xbf", file.data[at]) && file.data[at])
        at++;
    if (at < file.size && file.data[at] == '<')
        return refuse(c, 0, "the file is a web page or XML, not a spreadsheet");
    if (starts(file, "version https://git-lfs", 23))
        return refuse(c, 0, "the file is a pointer to large file storage, not the file itself");
    return refuse(c, 0, "the file is no zip, and so no spreadsheet");
}

// The count at the zip's end, before anything is made of its entries.
static bool check_entries(context *c, dtl_plugin_text file)
{
    size_t from = file.size > END_RECORD_BYTES + END_COMMENT_MAX
                      ? file.size - END_RECORD_BYTES - END_COMMENT_MAX
                      : 0;
    for (size_t at = file.size; at >= from + END_RECORD_BYTES; at--) {
        const unsigned char *end = (const unsigned char *)file.data + at - END_RECORD_BYTES;
        if (memcmp(end, "PK\x05\x06", 4) != 0)
            continue;
        int count = end[10] | end[11] << 8;
        return count <= ENTRIES_MAX ||
               refuse(c, 0, "the zip has %d entries, and %d are allowed", count, ENTRIES_MAX);
    }
    return refuse(c, 0, "the file is cut off: the zip has no end");
}

// ---- its entries ----

// Reads up to [size] bytes of an entry; -1 when there is none or it cannot be read.
static int64_t read_start(zip_t *zip, const char *name, char *buffer, size_t size)
{
    zip_file_t *file = zip_fopen(zip, name, 0);
    if (!file)
        return -1;
    int64_t got = zip_fread(file, buffer, size);
    zip_fclose(file);
    return got;
}

static bool refuse_other(context *c, const char *type, int64_t size)
{
    static const struct {
        const char *type;
        const char *what;
    } known[] = {
        {"application/vnd.oasis.opendocument.text", "an OpenDocument text"},
        {"application/vnd.oasis.opendocument.presentation", "an OpenDocument presentation"},
        {"application/vnd.oasis.opendocument.graphics", "an OpenDocument drawing"},
        {"application/epub+zip", "an e-book"},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (strlen(known[i].type) == (size_t)size && memcmp(type, known[i].type, (size_t)size) == 0)
            return refuse(c, 0, "the file is %s, not a spreadsheet", known[i].what);
    return refuse(c, 0, "the file says that it is '%.*s', not a spreadsheet",
                  (int)(size < 80 ? size : 80), type);
}

static bool check_type(context *c, zip_t *zip)
{
    char type[MIMETYPE_MAX];
    int64_t size = read_start(zip, "mimetype", type, sizeof type);
    if (zip_name_locate(zip, "xl/workbook.xml", 0) >= 0)
        return refuse(c, 0, "the file is an Excel workbook: save it as .ods or .csv");
    if (size < 0)
        return true;  // old programs left it out; what content.xml holds will tell
    while (size > 0 && strchr(" \r\n", type[size - 1]) && type[size - 1])
        size--;
    size_t wanted = sizeof spreadsheet - 1;
    if ((size_t)size >= wanted && memcmp(type, spreadsheet, wanted) == 0 &&
        ((size_t)size == wanted ||
         ((size_t)size == wanted + 9 && memcmp(type + wanted, "-template", 9) == 0)))
        return true;
    return refuse_other(c, type, size);
}

static bool holds(const char *text, size_t size, const char *word)
{
    size_t length = strlen(word);
    for (size_t at = 0; at + length <= size; at++)
        if (memcmp(text + at, word, length) == 0)
            return true;
    return false;
}

// OpenDocument encrypts inside its zip, and says so in the manifest.
static bool check_encryption(context *c, zip_t *zip)
{
    char *manifest = c->host->allocate(c->call, MANIFEST_MAX);
    if (!manifest)
        return false;
    int64_t size = read_start(zip, "META-INF/manifest.xml", manifest, MANIFEST_MAX);
    bool encrypted = (size > 0 && holds(manifest, (size_t)size, ":encryption-data")) ||
                     zip_name_locate(zip, "encrypted-package", 0) >= 0;
    c->host->release(c->call, manifest);
    return !encrypted || refuse(c, 0, "the spreadsheet is encrypted: save it without a password");
}

static bool open_content(package *p)
{
    zip_stat_t info;
    if (zip_stat(p->zip, "content.xml", 0, &info) != 0)
        return refuse(p->c, 0, "the zip has no content.xml, and so is no spreadsheet");
    if (info.valid & ZIP_STAT_ENCRYPTION_METHOD && info.encryption_method != ZIP_EM_NONE)
        return refuse(p->c, 0, "the spreadsheet is encrypted: save it without a password");
    p->content = zip_fopen(p->zip, "content.xml", 0);
    return p->content || refuse(p->c, 0, "content.xml cannot be read: %s", zip_strerror(p->zip));
}

static zip_t *open_zip(context *c, dtl_plugin_text file)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_t *zip = NULL;
    zip_source_t *source = zip_source_buffer_create(file.data, file.size, 0, &error);
    if (source)
        zip = zip_open_from_source(source, ZIP_RDONLY, &error);
    if (!zip) {
        refuse(c, 0, "the zip is damaged: %s", zip_error_strerror(&error));
        zip_source_free(source);
    }
    zip_error_fini(&error);
    return zip;
}

package *package_open(context *c, dtl_plugin_text file)
{
    if (!check_start(c, file) || !check_entries(c, file))
        return NULL;
    package *p = c->host->allocate(c->call, sizeof *p);
    if (!p)
        return NULL;
    p->c = c;
    p->zip = open_zip(c, file);
    if (p->zip && check_type(c, p->zip) && check_encryption(c, p->zip) && open_content(p))
        return p;
    package_close(p);
    return NULL;
}

int package_read(void *opened, char *buffer, int size)
{
    package *p = opened;
    int64_t got = zip_fread(p->content, buffer, (zip_uint64_t)size);
    if (got < 0) {
        refuse(p->c, 0, "content.xml is damaged: %s", zip_file_strerror(p->content));
        return -1;
    }
    p->inflated += got;
    if (p->inflated > INFLATED_MAX) {
        refuse(p->c, 0, "content.xml inflates to more than %d MiB", INFLATED_MAX >> 20);
        return -1;
    }
    return (int)got;
}

void package_close(package *p)
{
    if (!p)
        return;
    if (p->content)
        zip_fclose(p->content);
    if (p->zip)
        zip_discard(p->zip);
    p->content = NULL;
    p->zip = NULL;
}
