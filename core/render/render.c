// core/render/render.c - which renderers there are.
#include "render/render.h"

static const dtl_renderer *const renderers[] = {
    &dtl_renderer_markdown,
    &dtl_renderer_html,
    &dtl_renderer_text,
    &dtl_renderer_json,
};

size_t dtl_renderer_count(void)
{
    return DTL_COUNT(renderers);
}

const dtl_renderer *dtl_renderer_at(size_t index)
{
    return index < DTL_COUNT(renderers) ? renderers[index] : NULL;
}

const dtl_renderer *dtl_renderer_named(dtl_str name)
{
    for (size_t i = 0; i < DTL_COUNT(renderers); i++) {
        if (dtl_str_equal(name, dtl_str_from(renderers[i]->name)))
            return renderers[i];
    }
    return NULL;
}

// The part behind the last dot of a path's last name; empty where there is none, or nothing before
// it (".html" is a hidden file without an ending).
static dtl_str extension_of(dtl_str path)
{
    size_t at = path.size;
    while (at > 0 && path.data[at - 1] != '.' && path.data[at - 1] != '/')
        at--;
    bool has_dot = at > 1 && path.data[at - 1] == '.' && path.data[at - 2] != '/';
    return has_dot ? dtl_str_slice(path, at, path.size) : (dtl_str){0};
}

const dtl_renderer *dtl_renderer_for_file(dtl_str path)
{
    char lower[16];
    dtl_str extension = extension_of(path);
    if (extension.size == 0 || extension.size > sizeof lower)
        return NULL;
    for (size_t i = 0; i < extension.size; i++) {
        char c = extension.data[i];
        lower[i] = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
    }
    for (size_t i = 0; i < DTL_COUNT(renderers); i++) {
        if (dtl_str_has_word(dtl_str_from(renderers[i]->extensions),
                             (dtl_str){lower, extension.size}))
            return renderers[i];
    }
    return NULL;
}
