// core/script/bindings/reasons.c - why the data could not say.
#include "script/bindings/reasons.h"

#include "script/errors/blocks.h"
#include "script/sandbox/internal.h"
#include "script/errors/source_text.h"

enum {
    NAMES_MAX = 32  // of variables, in one expression
};

void dtl_reasons_release(dtl_reasons *reasons)
{
    for (size_t i = 0; i < DTL_REASONS_MAX; i++)
        dtl_buf_release(&reasons->all[i].text);
}

void dtl_reasons_clear(dtl_reasons *reasons)
{
    for (size_t i = 0; i < DTL_REASONS_MAX; i++)
        reasons->all[i].frame_count = 0;
    reasons->next = 0;
}

// ---- noting ----

// The script's frame at [*level] or above it, which [*level] is moved to; its source, or NULL.
static const dtl_source *script_frame(lua_State *L, int *level, int64_t *line)
{
    lua_Debug frame;
    for (; lua_getstack(L, *level, &frame); (*level)++) {
        lua_getinfo(L, "Sl", &frame);
        if (frame.currentline <= 0 || frame.source[0] != '=')
            continue;
        *line = frame.currentline;
        return dtl_sources_find(dtl_state_sources(dtl_state_of(L)), dtl_str_from(frame.short_src));
    }
    return NULL;
}

// "people prevented" of "people prevented: no figure for ...", "boats" of "boats (BE): ..."; else "".
static dtl_str subject_of(dtl_str text)
{
    size_t end = dtl_str_find(text, DTL_STR(": "));
    if (end == SIZE_MAX)
        return DTL_STR("");
    dtl_str subject = dtl_str_slice(text, 0, end);
    return dtl_str_slice(subject, 0, dtl_str_find(subject, DTL_STR(" (")));
}

static bool is_again(const dtl_reason *old, const dtl_reason *new, dtl_str text)
{
    dtl_str before = dtl_buf_str(&old->text);
    dtl_str subject = subject_of(text);
    return old->frame_count && new->frame_count && old->sources[0] == new->sources[0] &&
           old->lines[0] == new->lines[0] &&
           (dtl_str_equal(before, text) ||
            (subject.size && dtl_str_equal(subject_of(before), subject)));
}

void dtl_reasons_note(lua_State *L, dtl_reasons *reasons, dtl_str text)
{
    dtl_reason fresh = {.frame_count = 0};
    int level = 0;
    int64_t line;
    const dtl_source *source;
    while (fresh.frame_count < DTL_REASON_FRAMES_MAX &&
           (source = script_frame(L, &level, &line)) != NULL) {
        fresh.sources[fresh.frame_count] = source;
        fresh.lines[fresh.frame_count++] = line;
        level++;
    }
    dtl_reason *place = &reasons->all[reasons->next % DTL_REASONS_MAX];
    for (size_t i = 0; i < DTL_REASONS_MAX; i++)
        if (is_again(&reasons->all[i], &fresh, text))
            place = &reasons->all[i];
    if (place == &reasons->all[reasons->next % DTL_REASONS_MAX])
        reasons->next++;
    fresh.text = place->text;
    *place = fresh;
    dtl_buf_clear(&place->text);
    dtl_buf_add_str(&place->text, text);
}

// ---- whose reason it is ----

// The expression whose value is missing.
typedef struct region {
    const dtl_source *source;
    int level;  // of the frame it is evaluated in
    int64_t first, last;
    dtl_str text;
} region;

typedef struct found {
    const dtl_reason *all[DTL_REASONS_MAX];
    size_t count;
} found;

static void add_found(found *list, const dtl_reason *reason)
{
    for (size_t i = 0; i < list->count; i++)
        if (dtl_str_equal(dtl_buf_str(&list->all[i]->text), dtl_buf_str(&reason->text)))
            return;
    if (list->count < DTL_REASONS_MAX)
        list->all[list->count++] = reason;
}

static bool is_noted_at(const dtl_reason *reason, const dtl_source *source, int64_t first,
                        int64_t last)
{
    for (size_t i = 0; i < reason->frame_count; i++)
        if (reason->sources[i] == source && reason->lines[i] >= first && reason->lines[i] <= last)
            return true;
    return false;
}

// Of several noted on the same lines, those whose measure the expression names.
static void keep_named(found *list, dtl_str expression)
{
    found named = {.count = 0};
    for (size_t i = 0; i < list->count; i++) {
        dtl_str subject = subject_of(dtl_buf_str(&list->all[i]->text));
        subject = dtl_source_word_at(subject, subject.size);  // "prevented" of "people prevented"
        if (dtl_source_find_name(expression, subject) != SIZE_MAX)
            named.all[named.count++] = list->all[i];
    }
    if (named.count)
        *list = named;
}

// Whether [line] assigns to [name]: "local people, reason = ...".
static bool assigns(dtl_str line, dtl_str name)
{
    size_t equals = dtl_str_find(line, DTL_STR("="));
    dtl_str left = dtl_str_slice(line, 0, equals);
    return equals != SIZE_MAX &&
           !dtl_str_starts(dtl_str_slice(line, equals, line.size), DTL_STR("==")) &&
           dtl_source_find_name(left, name) != SIZE_MAX;
}

static bool is_nil_now(lua_State *L, int level, dtl_str name)
{
    bool is_nil = !dtl_push_variable(L, level, name);
    if (!is_nil) {
        is_nil = !lua_toboolean(L, -1);
        lua_pop(L, 1);
    }
    return is_nil;
}

static void find_by_variable(lua_State *L, const dtl_reasons *reasons, const region *at,
                             dtl_str name, found *list)
{
    if (!is_nil_now(L, at->level, name))
        return;
    for (size_t i = 0; i < DTL_REASONS_MAX; i++) {
        const dtl_reason *reason = &reasons->all[i];
        for (size_t f = 0; f < reason->frame_count; f++)
            if (assigns(dtl_source_line(reason->sources[f], reason->lines[f]), name))
                add_found(list, reason);
    }
}

// The variables of an expression: names that stand behind no '.' or ':' and before no '='.
static size_t variables_of(dtl_str expression, dtl_str *names)
{
    dtl_words words = {.rest = expression, .line = 1, .fresh = true};
    dtl_word word;
    size_t count = 0;
    char before = '\0';
    while (dtl_words_next(&words, &word) && count < NAMES_MAX) {
        if (word.is_name && before != '.' && before != ':' && !dtl_word_is_keyword(word.text))
            names[count++] = word.text;
        before = word.text.data[0];
    }
    return count;
}

static void find(lua_State *L, const dtl_reasons *reasons, const region *at, found *list)
{
    for (size_t i = 0; i < DTL_REASONS_MAX; i++)
        if (is_noted_at(&reasons->all[i], at->source, at->first, at->last))
            add_found(list, &reasons->all[i]);
    if (list->count) {
        keep_named(list, at->text);
        return;
    }
    dtl_str names[NAMES_MAX];
    size_t count = variables_of(at->text, names);
    for (size_t i = 0; i < count; i++)
        find_by_variable(L, reasons, at, names[i], list);
}

static void add_reasons(lua_State *L, const dtl_reasons *reasons, const region *at, dtl_buf *out)
{
    found list = {.count = 0};
    find(L, reasons, at, &list);
    for (size_t i = 0; i < list.count; i++) {
        if (i)
            DTL_BUF_LITERAL(out, "; ");
        dtl_buf_add_str(out, dtl_buf_str(&list.all[i]->text));
    }
}

static bool running_line(lua_State *L, region *out)
{
    *out = (region){.level = 0};
    out->source = script_frame(L, &out->level, &out->first);
    if (!out->source || !lua_checkstack(L, 8))
        return false;
    out->last = out->first;
    out->text = dtl_source_line(out->source, out->first);
    return true;
}

void dtl_reasons_add_of_line(lua_State *L, const dtl_reasons *reasons, dtl_buf *out)
{
    region at;
    if (running_line(L, &at))
        add_reasons(L, reasons, &at, out);
}

void dtl_reasons_add_of_variable(lua_State *L, const dtl_reasons *reasons, dtl_str name,
                                 dtl_buf *out)
{
    region at;
    if (!running_line(L, &at))
        return;
    at.text = name;
    at.first = INT64_MAX;  // what the line itself asked is another value's
    at.last = 0;
    add_reasons(L, reasons, &at, out);
}

// ---- a slot's expression ----

static bool opens(char c)
{
    return c == '(' || c == '{' || c == '[';
}

static bool closes(char c)
{
    return c == ')' || c == '}' || c == ']';
}

// Narrows [at], which starts with a statement, to the expression behind "[slot] =" in its table.
static bool find_slot(region *at, dtl_str slot)
{
    dtl_words words = {.rest = at->text, .line = at->first, .fresh = true};
    dtl_word word;
    dtl_str last[2] = {{NULL, 0}, {NULL, 0}};
    int depth = 0;
    bool is_table_seen = false;
    int inside = -1;  // the depth of the slot's table, once its expression began
    size_t start = 0;
    while (dtl_words_next(&words, &word)) {
        char c = word.text.data[0];
        bool ends = closes(c) || ((c == ',' || c == ';') && depth == inside);
        if (inside >= 0 && ends && depth == inside) {
            at->text = dtl_str_slice(at->text, start, word.offset);
            return true;
        }
        if (inside >= 0)
            at->last = word.line;
        depth += opens(c) - closes(c);
        is_table_seen = is_table_seen || c == '{';
        if (depth <= 0 && is_table_seen && closes(c))
            return false;
        if (inside < 0 && depth > 0 && dtl_str_equal(last[1], DTL_STR("=")) && c != '=' &&
            dtl_str_equal(last[0], slot)) {
            inside = depth - opens(c);
            start = word.offset;
            at->first = at->last = word.line;
        }
        last[0] = last[1];
        last[1] = word.text;
    }
    return false;
}

void dtl_reasons_add_of_slot(lua_State *L, const dtl_reasons *reasons, dtl_str slot, dtl_buf *out)
{
    region at;
    if (!running_line(L, &at))
        return;
    region whole = at;
    size_t start = dtl_source_line_offset(at.source, at.first);
    whole.text = dtl_str_slice(at.source->text, start, at.source->text.size);
    if (find_slot(&whole, slot))
        at = whole;
    add_reasons(L, reasons, &at, out);
}
