// paragraph.c - a text:p as a reader sees it.
//
// White space of the XML is one space, and none at either end; spaces that are meant are elements.
#include "ods.h"

#include <string.h>

typedef struct paragraph {
    context *c;
    bytes *text;
    size_t start;       // of this paragraph
    bool space_wanted;  // white space was met behind a word
} paragraph;

static bool is_white(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool add_words(paragraph *p, const char *text)
{
    while (*text) {
        size_t white = strspn(text, " \t\n\r");
        size_t word = strcspn(text + white, " \t\n\r");
        if (white && p->text->size > p->start && !is_white(p->text->data[p->text->size - 1]))
            p->space_wanted = true;
        if (word && p->space_wanted && !bytes_add(p->c, p->text, " ", 1))
            return false;
        if (word)
            p->space_wanted = false;
        if (!bytes_add(p->c, p->text, text + white, word))
            return false;
        text += white + word;
    }
    return true;
}

// White space that is meant.
static bool add_meant(paragraph *p, const char *what, int64_t count)
{
    if (p->space_wanted && !bytes_add(p->c, p->text, " ", 1))
        return false;
    p->space_wanted = false;
    for (; count > 0; count--)
        if (!bytes_add(p->c, p->text, what, 1))
            return false;
    return true;
}

static bool add_spaces(paragraph *p, xmlTextReaderPtr reader, int64_t column)
{
    const char *text = attribute(reader, "c", space_text);
    int64_t count = 1;
    if (text) {
        size_t size = strlen(text);
        if (size == 0 || size > 6 || strspn(text, "0123456789") != size)
            return refuse(p->c, column, "text:c is '%.20s', which is no count of spaces", text);
        count = 0;
        for (const char *at = text; *at; at++)
            count = count * 10 + (*at - '0');
    }
    return add_meant(p, " ", count);
}

// Comments, footnotes and the like are not what the cell says.
static bool is_aside(xmlTextReaderPtr reader)
{
    return !is_element(reader, space_text, NULL) || is_element(reader, space_text, "note") ||
           is_element(reader, space_text, "ruby-text");
}

static bool read_element(paragraph *p, xmlTextReaderPtr reader, int64_t column)
{
    if (is_element(reader, space_text, "s"))
        return add_spaces(p, reader, column);
    if (is_element(reader, space_text, "tab"))
        return add_meant(p, "\t", 1);
    if (is_element(reader, space_text, "line-break"))
        return add_meant(p, "\n", 1);
    return !is_aside(reader) || skip_element(p->c, reader);
}

bool paragraph_read(context *c, xmlTextReaderPtr reader, size_t start, int64_t column, bytes *text)
{
    int depth = xmlTextReaderDepth(reader);
    if (text->size > start && !bytes_add(c, text, "\n", 1))
        return false;
    paragraph p = {.c = c, .text = text, .start = text->size};
    if (xmlTextReaderIsEmptyElement(reader))
        return true;
    while (read_node(c, reader)) {
        if (xmlTextReaderDepth(reader) == depth)
            return true;
        int type = xmlTextReaderNodeType(reader);
        bool ok = true;
        if (type == XML_READER_TYPE_ELEMENT)
            ok = read_element(&p, reader, column);
        else if (type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_CDATA ||
                 type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE ||
                 type == XML_READER_TYPE_WHITESPACE)
            ok = add_words(&p, (const char *)xmlTextReaderConstValue(reader));
        if (ok && text->size - start > TEXT_MAX)
            ok = refuse(c, column, "a cell of more than %d bytes", TEXT_MAX);
        if (!ok)
            return false;
    }
    return false;
}
