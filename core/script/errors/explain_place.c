// core/script/errors/explain_place.c - finds in a script's text what a message speaks of.
#include <stdio.h>

#include "script/errors/explain.h"
#include "script/errors/source_text.h"

enum {
    TEMPLATE_MAX = 4000  // bytes looked through for a part of a template
};

// The caret goes to the last name that the message quotes and the line holds.
void dtl_explain_quoted(dtl_error *err)
{
    dtl_str rest = dtl_str_from(err->message);
    dtl_str before;
    dtl_str quoted;
    dtl_str line = dtl_str_from(err->source);
    while (dtl_take_until(&rest, DTL_STR("'"), &before) &&
           dtl_take_until(&rest, DTL_STR("'"), &quoted)) {
        if (dtl_str_ends(before, DTL_STR(" parameter ")))  // p.NAME
            dtl_explain_column(err, dtl_source_find_member(line, quoted));
        else if (dtl_source_is_name(quoted))
            dtl_explain_column(err, dtl_source_find_name(line, quoted));
        else if (quoted.size > 1)
            dtl_explain_column(err, dtl_source_find_token(line, quoted));
    }
}

// What a message about a template is about: "{people}" or "{people", or the name of a value; else "".
static dtl_str template_part(dtl_str message, char *out, size_t size)
{
    dtl_str part = {NULL, 0};
    bool found = false;
    if (dtl_str_starts(message, DTL_STR("{")))
        found = dtl_take_until(&message, DTL_STR("}"), &part);
    else if (dtl_take_start(&message, DTL_STR("the value '")) ||
             (dtl_str_starts(message, DTL_STR("'{")) && dtl_take_start(&message, DTL_STR("'"))))
        found = dtl_take_until(&message, DTL_STR("'"), &part);
    snprintf(out, size, "%.*s", found ? (int)part.size : 0, part.data);
    return dtl_str_from(out);
}

// A template may stand lines below the call that was handed it.
void dtl_explain_template(dtl_error *err, const dtl_source *script)
{
    char text[128];
    dtl_str part = template_part(dtl_str_from(err->message), text, sizeof text);
    size_t start = dtl_source_line_offset(script, err->line);
    dtl_str rest = dtl_str_slice(script->text, start, start + TEMPLATE_MAX);
    size_t at = part.size && part.data[0] != '{' ? dtl_source_find_name(rest, part)
                                                 : dtl_str_find(rest, part);
    if (part.size && at != SIZE_MAX)
        dtl_error_point(err, script->name, script->text, start + at);
}

// ---- what a report declares ----

static bool is_assigned_at(dtl_str script, size_t at, size_t size)
{
    return dtl_source_is_assigned(dtl_str_slice(script, at, at + size), script);
}

static bool is_quoted_at(dtl_str script, size_t at, size_t size)
{
    (void)size;
    return at > 0 && strchr("\"'", script.data[at - 1]);
}

// [name] where it is given a value, else where it is quoted, else anywhere.
static size_t find_declared(dtl_str script, dtl_str name)
{
    bool (*const wanted[])(dtl_str, size_t, size_t) = {is_assigned_at, is_quoted_at};
    for (size_t i = 0; i < DTL_COUNT(wanted); i++)
        for (size_t at = 0; (at = dtl_source_find_name_from(script, name, at)) != SIZE_MAX; at++)
            if (wanted[i](script, at, name.size))
                return at;
    return dtl_source_find_name(script, name);
}

static size_t find_last_return(dtl_str script)
{
    size_t last = SIZE_MAX;
    for (size_t at = 0; (at = dtl_source_find_name_from(script, DTL_STR("return"), at)) != SIZE_MAX;
         at++)
        if (at == 0 || script.data[at - 1] == '\n')
            last = at;
    return last;
}

void dtl_explain_declaration(dtl_error *err, dtl_str file, dtl_str script)
{
    if (err->file[0] || err->code != DTL_ESCRIPT)
        return;
    dtl_str rest = dtl_str_from(err->message);
    dtl_str before;
    dtl_str quoted;
    size_t at = SIZE_MAX;
    while (dtl_take_until(&rest, DTL_STR("'"), &before) &&
           dtl_take_until(&rest, DTL_STR("'"), &quoted)) {
        size_t found = dtl_source_is_name(quoted) ? find_declared(script, quoted)
                                                  : dtl_str_find(script, quoted);
        at = found != SIZE_MAX ? found : at;
    }
    if (at == SIZE_MAX)
        at = find_last_return(script);
    if (at != SIZE_MAX)
        dtl_error_point(err, file, script, at);
    else
        dtl_error_at(err, file, 0, 0);
}
