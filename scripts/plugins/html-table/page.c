// page.c - a page's bytes into a tree, whatever they are; nothing is fetched and nothing is run.
//
// The encoding is settled here: UTF-8 when the bytes are, else Windows-1252, which is what pages that
// say Latin-1 or nothing are in. Others are refused: a wrong guess would change names silently.
#include "html-table.h"

#include <libxml/HTMLparser.h>
#include <string.h>

enum {
    HEAD_BYTES = 4096,  // where a page says its encoding
    LABEL_MAX = 40,
    OPTIONS = HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
              HTML_PARSE_COMPACT,
};

// What Windows-1252 has for 0x80 to 0x9f; 0: nothing.
static const unsigned windows[32] = {
    0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017d, 0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178};

// ---- the encoding ----

static bool is_utf8(dtl_plugin_text text)
{
    const unsigned char *at = (const unsigned char *)text.data;
    const unsigned char *end = at + text.size;
    while (at < end) {
        int more = *at < 0x80 ? 0 : *at >= 0xc2 && *at < 0xe0 ? 1 : *at < 0xf0 ? 2 : 3;
        if ((*at >= 0x80 && *at < 0xc2) || *at > 0xf4 || end - at <= more)
            return false;
        for (int i = 1; i <= more; i++)
            if ((at[i] & 0xc0) != 0x80)
                return false;
        at += more + 1;
    }
    return true;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

// The label behind "charset=" in the page's start; "" where there is none.
static void find_label(dtl_plugin_text text, char label[LABEL_MAX])
{
    static const char word[] = "charset=";
    size_t length = sizeof word - 1;
    size_t end = text.size < HEAD_BYTES ? text.size : HEAD_BYTES;
    label[0] = '\0';
    for (size_t at = 0; at + length < end; at++) {
        size_t same = 0;
        while (same < length && lower(text.data[at + same]) == word[same])
            same++;
        if (same < length)
            continue;
        size_t size = 0;
        for (at += length; at < end && strchr("\"' ", text.data[at]) && text.data[at];)
            at++;
        while (at < end && size < LABEL_MAX - 1 &&
               strchr("abcdefghijklmnopqrstuvwxyz0123456789-_", lower(text.data[at])) &&
               text.data[at])
            label[size++] = lower(text.data[at++]);
        label[size] = '\0';
        return;
    }
}

static bool check_label(const context *c, const char *label)
{
    static const char *const known[] = {"",       "windows-1252", "iso-8859-1",
                                        "latin1", "us-ascii",     "cp1252"};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (strcmp(label, known[i]) == 0)
            return true;
    if (strcmp(label, "utf-8") == 0)
        return refuse(c, 0, "the page says that it is UTF-8, and it is not");
    return refuse(c, 0, "the page is in %s: save it as UTF-8", label);
}

static bool add_character(const context *c, unsigned code, bytes *to)
{
    char three[3] = {(char)(0xe0 | code >> 12), (char)(0x80 | (code >> 6 & 0x3f)),
                     (char)(0x80 | (code & 0x3f))};
    char two[2] = {(char)(0xc0 | code >> 6), (char)(0x80 | (code & 0x3f))};
    return code < 0x800 ? bytes_add(c, to, two, 2) : bytes_add(c, to, three, 3);
}

static bool convert(const context *c, dtl_plugin_text text, bytes *to)
{
    for (size_t at = 0; at < text.size; at++) {
        unsigned char byte = (unsigned char)text.data[at];
        unsigned code = byte >= 0x80 && byte < 0xa0 ? windows[byte - 0x80] : byte;
        if (code == 0)
            return refuse(c, 0, "byte 0x%02x at offset %zu is no character of Windows-1252", byte,
                          at);
        if (byte < 0x80 ? !bytes_add(c, to, &text.data[at], 1) : !add_character(c, code, to))
            return false;
    }
    return true;
}

static bool to_utf8(const context *c, dtl_plugin_text file, bytes *made, dtl_plugin_text *out)
{
    char label[LABEL_MAX];
    *out = file;
    if (file.size >= 3 && memcmp(file.data, "\xef\xbb\xbf", 3) == 0) {
        out->data += 3;
        out->size -= 3;
    }
    if (file.size >= 2 &&
        (memcmp(file.data, "\xff\xfe", 2) == 0 || memcmp(file.data, "\xfe\xff", 2) == 0))
        return refuse(c, 0, "the page is UTF-16: save it as UTF-8");
    if (memchr(out->data, '\0', out->size))
        return refuse(c, 0, "a NUL byte: this is no web page");
    if (is_utf8(*out))
        return true;
    find_label(*out, label);
    if (!check_label(c, label) || !convert(c, *out, made))
        return false;
    out->data = made->data;
    out->size = made->size;
    return true;
}

// ---- the tree ----

static bool check_depth(const context *c, xmlDoc *page)
{
    xmlNode *root = xmlDocGetRootElement(page);
    xmlNode *node = root;
    int depth = 1;
    while (node) {
        if (node->type == XML_ELEMENT_NODE && node->children) {
            node = node->children;
            if (++depth > DEPTH_MAX)
                return refuse(
                    c, 0, "the page nests more than %d elements, or holds more than can be read",
                    DEPTH_MAX);
            continue;
        }
        while (node != root && !node->next) {
            node = node->parent;
            depth--;
        }
        node = node == root ? NULL : node->next;
    }
    return true;
}

// Where the parser gives up it still has a tree, of half the page: that is no page.
static xmlDoc *parse(const context *c, dtl_plugin_text text)
{
    htmlParserCtxt *parser = htmlNewParserCtxt();
    if (!parser)
        return NULL;
    xmlDoc *page = htmlCtxtReadMemory(parser, text.data, (int)text.size, NULL, "UTF-8", OPTIONS);
    bool gave_up = parser->disableSAX || parser->errNo == XML_ERR_NO_MEMORY;
    htmlFreeParserCtxt(parser);
    if (!gave_up)
        return page;
    xmlFreeDoc(page);
    refuse(c, 0, "the page nests more than %d elements, or holds more than can be read", DEPTH_MAX);
    return NULL;
}

xmlDoc *page_parse(const context *c, dtl_plugin_text file)
{
    bytes made = {NULL, 0, 0};
    dtl_plugin_text text;
    if (file.size == 0) {
        refuse(c, 0, "the file is empty");
        return NULL;
    }
    if (file.size > PAGE_MAX) {
        refuse(c, 0, "the page has %zu bytes, and %d are allowed", file.size, PAGE_MAX);
        return NULL;
    }
    if (!to_utf8(c, file, &made, &text))
        return NULL;
    xmlDoc *page = parse(c, text);
    c->host->release(c->call, made.data);
    if (!page || !xmlDocGetRootElement(page))
        refuse(c, 0, "no table found: the file is no web page");
    else if (check_depth(c, page))
        return page;
    xmlFreeDoc(page);
    return NULL;
}
