// tests/support/html.c - reads HTML back into what is seen.
#include "support/html.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/utf8.h"

enum {
    MAX_OPEN = 128,
};

// A tag as it stands.
typedef struct html_tag {
    dtl_str name;
    dtl_str attributes;
    bool is_closing;
} html_tag;

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

// Where the tag that begins at [at] ends (behind its '>'), quoted attributes skipped; 0: it does not.
static size_t tag_end(dtl_str html, size_t at)
{
    char quote = '\0';
    for (; at < html.size; at++) {
        char c = html.data[at];
        if (quote) {
            quote = c == quote ? '\0' : quote;
        } else if (c == '"') {
            quote = c;
        } else if (c == '>') {
            return at + 1;
        }
    }
    return 0;
}

static bool read_tag(dtl_str html, size_t *at, html_tag *out)
{
    size_t end = tag_end(html, *at);
    if (end == 0)
        return false;
    dtl_str inside = dtl_str_slice(html, *at + 1, end - 1);
    *at = end;
    out->is_closing = dtl_str_starts(inside, DTL_STR("/"));
    inside = dtl_str_slice(inside, out->is_closing, inside.size);
    size_t size = 0;
    while (size < inside.size && !is_space(inside.data[size]) && inside.data[size] != '/')
        size++;
    out->name = dtl_str_slice(inside, 0, size);
    out->attributes = dtl_str_trim(dtl_str_slice(inside, size, inside.size));
    return true;
}

static bool is_name(dtl_str name, const char *names)
{
    size_t at = 0;
    dtl_str list = dtl_str_from(names);
    while (at < list.size) {
        size_t end = at;
        while (end < list.size && list.data[end] != ' ')
            end++;
        if (dtl_str_equal(name, dtl_str_slice(list, at, end)))
            return true;
        at = end + 1;
    }
    return false;
}

static bool is_void(dtl_str name)
{
    return is_name(name, "br hr meta !doctype");
}

static bool complain(dtl_str html, size_t at, const char *what)
{
    size_t from = at > 60 ? at - 60 : 0;
    printf("      %s at byte %zu: ...%.*s\n", what, at, 120,
           dtl_str_slice(html, from, html.size).data);
    return false;
}

// ---- what is seen ----

typedef struct reader {
    test_seen *out;
    int styles[4];  // how many elements of each test_style are open
    int items;
    int rows;
    char block;  // a block that begins with the next thing seen
    bool has_space;
    bool row_has_text;
    size_t row_at;
} reader;

static void emit(reader *r, char byte, char style)
{
    dtl_buf_add_char(&r->out->text, byte);
    dtl_buf_add_char(&r->out->styles, style);
}

static void begin(reader *r, char block)
{
    r->block = block;
    r->has_space = false;
}

static char style_of(const reader *r)
{
    int bits = 0;
    for (int i = 0; i < 4; i++)
        bits |= r->styles[i] > 0 ? 1 << i : 0;
    return (char)('@' + bits);
}

static void show(reader *r, dtl_str bytes)
{
    size_t size = r->out->text.size;
    bool is_first = size == 0 || (unsigned char)r->out->text.data[size - 1] < 0x20;
    if (r->block)
        emit(r, r->block, ' ');
    else if (r->has_space && !is_first)
        emit(r, ' ', ' ');
    r->block = 0;
    r->has_space = false;
    r->row_has_text = true;
    for (size_t i = 0; i < bytes.size; i++)
        emit(r, bytes.data[i], style_of(r));
}

static void on_tag(reader *r, const html_tag *tag)
{
    static const char *const styles[] = {"strong caption", "em", "code", "a"};
    int step = tag->is_closing ? -1 : 1;
    for (int i = 0; i < 4; i++)
        r->styles[i] += is_name(tag->name, styles[i]) ? step : 0;
    if (is_name(tag->name, "li"))
        r->items += step;
    if (tag->name.size == 2 && tag->name.data[0] == 'h' && tag->name.data[1] <= '6') {
        begin(r, tag->is_closing ? 7 : (char)(tag->name.data[1] - '0'));
    } else if (is_name(tag->name, "p caption")) {
        if (r->items == 0)
            begin(r, 7);
        r->has_space = true;
    } else if (is_name(tag->name, "li") && !tag->is_closing) {
        begin(r, 8);
    } else if (is_name(tag->name, "hr")) {
        r->block = 13;
        show(r, (dtl_str){0});
    } else if (is_name(tag->name, "tr") && !tag->is_closing) {
        r->block = 0;
        r->row_at = r->out->text.size;
        r->row_has_text = false;
        emit(r, 11, ' ');
    } else if (is_name(tag->name, "tr") && !r->row_has_text) {
        r->out->text.size = r->row_at;
        r->out->styles.size = r->row_at;
    } else if (is_name(tag->name, "td th") && !tag->is_closing) {
        emit(r, 12, ' ');
        r->has_space = false;
    } else if (is_name(tag->name, "td th table ul ol blockquote aside footer br")) {
        r->has_space = true;
        if (is_name(tag->name, "blockquote aside footer"))
            begin(r, 7);
    }
}

// The character a reference stands for, moved behind it; SIZE_MAX: none of those we know.
static uint32_t read_reference(dtl_str html, size_t *at)
{
    static const struct {
        const char *name;
        uint32_t character;
    } names[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}};
    dtl_str rest = dtl_str_slice(html, *at, html.size);
    for (size_t i = 0; i < DTL_COUNT(names); i++) {
        if (dtl_str_starts(rest, dtl_str_from(names[i].name))) {
            *at += strlen(names[i].name);
            return names[i].character;
        }
    }
    return UINT32_MAX;
}

static bool read_text(reader *r, dtl_str html, size_t *at)
{
    if (html.data[*at] == '&') {
        uint32_t character = read_reference(html, at);
        char c = (char)character;
        if (character == UINT32_MAX)
            return complain(html, *at, "an unknown reference");
        show(r, (dtl_str){&c, 1});
    } else if (is_space(html.data[*at])) {
        r->has_space = true;
        ++*at;
    } else {
        size_t from = *at;
        bool valid;
        dtl_utf8_next(html, at, &valid);
        dtl_str bytes = dtl_str_slice(html, from, *at);
        if (!valid)
            return complain(html, from, "invalid UTF-8");
        if (is_name(bytes, "\xC2\xA0 \xE3\x80\x80"))
            r->has_space = true;
        else
            show(r, bytes);
    }
    return true;
}

bool test_html_read(dtl_str html, test_seen *out)
{
    reader r = {.out = out};
    dtl_str open[MAX_OPEN];
    size_t depth = 0;
    for (size_t at = 0; at < html.size;) {
        if (html.data[at] != '<') {
            if (!read_text(&r, html, &at))
                return false;
            continue;
        }
        html_tag tag;
        size_t from = at;
        if (!read_tag(html, &at, &tag))
            return complain(html, from, "a tag without its end");
        if (tag.is_closing) {
            if (depth == 0 || !dtl_str_equal(open[--depth], tag.name))
                return complain(html, from, "a closing tag without its opening one");
        } else if (!is_void(tag.name)) {
            if (depth == MAX_OPEN)
                return complain(html, from, "too deep");
            open[depth++] = tag.name;
        }
        on_tag(&r, &tag);
    }
    return depth == 0 || complain(html, html.size, "an opening tag without its closing one");
}

void test_seen_release(test_seen *seen)
{
    dtl_buf_release(&seen->text);
    dtl_buf_release(&seen->styles);
}

// ---- what is ours ----

static const struct {
    const char *name, *attributes;
} ours[] = {
    {"!doctype", "html"},
    {"html", "lang"},
    {"head", ""},
    {"meta", "charset name content http-equiv"},
    {"title", ""},
    {"style", ""},
    {"body", ""},
    {"main", ""},
    {"article", ""},
    {"header", ""},
    {"footer", ""},
    {"aside", "role"},
    {"h1", ""},
    {"h2", ""},
    {"h3", ""},
    {"h4", ""},
    {"h5", ""},
    {"h6", ""},
    {"p", "class"},
    {"ul", ""},
    {"ol", ""},
    {"li", ""},
    {"div", "class role tabindex aria-label"},
    {"table", ""},
    {"caption", ""},
    {"thead", ""},
    {"tbody", ""},
    {"tr", ""},
    {"th", "scope class"},
    {"td", "class"},
    {"strong", ""},
    {"em", ""},
    {"code", ""},
    {"a", "href"},
    {"data", "value data-fact"},
    {"time", "datetime data-fact"},
    {"br", ""},
    {"hr", ""},
    {"script", "type id"},
};

// Whether each attribute is name="value", its name among [allowed].
static bool has_only(dtl_str attributes, const char *allowed)
{
    while (attributes.size > 0) {
        size_t equals = dtl_str_find(attributes, DTL_STR("=\""));
        if (equals == SIZE_MAX)
            return is_name(attributes, allowed);
        dtl_str rest = dtl_str_slice(attributes, equals + 2, attributes.size);
        size_t quote = dtl_str_find(rest, DTL_STR("\""));
        if (quote == SIZE_MAX || !is_name(dtl_str_slice(attributes, 0, equals), allowed))
            return false;
        attributes = dtl_str_slice(rest, quote + 1, rest.size);
        if (attributes.size > 0 && attributes.data[0] != ' ')
            return false;
        attributes = dtl_str_trim(attributes);
    }
    return true;
}

static bool is_our_tag(const html_tag *tag)
{
    for (size_t i = 0; i < DTL_COUNT(ours); i++) {
        if (dtl_str_equal(tag->name, dtl_str_from(ours[i].name)))
            return has_only(tag->attributes, tag->is_closing ? "" : ours[i].attributes);
    }
    return false;
}

bool test_html_is_ours(dtl_str html)
{
    dtl_str open[MAX_OPEN];
    size_t depth = 0;
    for (size_t at = 0; at < html.size;) {
        bool is_raw = depth > 0 && is_name(open[depth - 1], "script style");
        if (html.data[at] != '<' || (is_raw && html.data[at + 1] != '/')) {
            if (html.data[at] == '>' && !is_raw)
                return complain(html, at, "a bare '>'");
            at++;
            continue;
        }
        html_tag tag;
        size_t from = at;
        if (!read_tag(html, &at, &tag) || !is_our_tag(&tag))
            return complain(html, from, "not a tag of ours");
        if (tag.is_closing) {
            if (depth == 0 || !dtl_str_equal(open[--depth], tag.name))
                return complain(html, from, "a closing tag without its opening one");
        } else if (!is_void(tag.name)) {
            open[depth++] = tag.name;
        }
    }
    return depth == 0 || complain(html, html.size, "an opening tag without its closing one");
}

// ---- other programs ----

bool test_pipe(const char *command, dtl_str input, dtl_buf *out)
{
    char path[] = "/tmp/dateline-test-XXXXXX";
    char line[512];
    char bytes[65536];
    int fd = mkstemp(path);
    if (fd < 0)
        return false;
    FILE *file = fdopen(fd, "wb");
    size_t written = fwrite(input.data, 1, input.size, file);
    bool ok = fclose(file) == 0 && written == input.size;
    snprintf(line, sizeof line, "%s < %s 2>&1", command, path);
    FILE *pipe = ok ? popen(line, "r") : NULL;
    for (size_t size = 1; pipe && size > 0;) {
        size = fread(bytes, 1, sizeof bytes, pipe);
        dtl_buf_add(out, bytes, size);
    }
    ok = pipe && pclose(pipe) == 0;
    unlink(path);
    return ok;
}
