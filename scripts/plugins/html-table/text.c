// text.c - what a reader sees of a part of the page.
#include "html-table.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool refuse(const context *c, int64_t row, const char *format, ...)
{
    static const dtl_plugin_text nothing = {"", 0};
    char message[400];
    va_list args;
    va_start(args, format);
    int size = vsnprintf(message, sizeof message, format, args);
    va_end(args);
    dtl_plugin_text text = {message,
                            (size_t)size < sizeof message ? (size_t)size : sizeof message - 1};
    c->host->fail(c->call, row, 0, text, nothing);
    return false;
}

bool bytes_add(const context *c, bytes *to, const void *data, size_t size)
{
    if (size > to->capacity - to->size) {
        size_t capacity = to->capacity ? to->capacity : 256;
        while (capacity - to->size < size)
            capacity *= 2;
        char *larger = c->host->allocate(c->call, capacity);
        if (!larger)
            return false;
        if (to->size)
            memcpy(larger, to->data, to->size);
        c->host->release(c->call, to->data);
        to->data = larger;
        to->capacity = capacity;
    }
    if (size)
        memcpy(to->data + to->size, data, size);
    to->size += size;
    return true;
}

bool is_named(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && xmlStrEqual(node->name, (const xmlChar *)name);
}

xmlNode *next_node(xmlNode *node, const xmlNode *root, bool past)
{
    if (!past && node->type == XML_ELEMENT_NODE && node->children)
        return node->children;
    while (node != root && !node->next)
        node = node->parent;
    return node == root ? NULL : node->next;
}

static bool is_unseen(const xmlNode *node)
{
    static const char *const names[] = {"table", "script", "style", "template", "noscript"};
    if (node->type != XML_ELEMENT_NODE)
        return false;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (is_named(node, names[i]))
            return true;
    return xmlHasProp((xmlNode *)(uintptr_t)node, (const xmlChar *)"hidden") != NULL;
}

// The bytes of the white space that [at] starts with.
static size_t white(const char *at)
{
    if (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\r' || *at == '\f')
        return 1;
    return at[0] == '\xc2' && at[1] == '\xa0' ? 2 : 0;
}

static bool add_words(const context *c, const char *at, size_t start, bool *space, bytes *to)
{
    while (*at) {
        size_t size = 0;
        size_t skipped = white(at);
        if (skipped) {
            *space = to->size > start;
            at += skipped;
            continue;
        }
        while (at[size] && !white(at + size))
            size++;
        if ((*space && !bytes_add(c, to, " ", 1)) || !bytes_add(c, to, at, size))
            return false;
        *space = false;
        at += size;
    }
    return true;
}

// Words of two paragraphs or cells do not run together; those around <b> do.
static bool stands_apart(const xmlNode *node)
{
    static const char *const names[] = {"br", "p",  "div", "li", "ul",
                                        "ol", "tr", "td",  "th", "table"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (is_named(node, names[i]))
            return true;
    return false;
}

bool add_text(const context *c, const xmlNode *root, bytes *to)
{
    size_t start = to->size;
    bool space = false;
    xmlNode *node = root->children;
    while (node) {
        bool past = is_unseen(node);
        if (stands_apart(node))
            space = to->size > start;
        if ((node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) &&
            !add_words(c, (const char *)node->content, start, &space, to))
            return false;
        node = next_node(node, root, past);
    }
    return true;
}
