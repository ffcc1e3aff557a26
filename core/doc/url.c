// core/doc/url.c - which links may go out.
#include "doc/inline.h"

static const char *const schemes[] = {"http", "https", "mailto"};

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_scheme(dtl_str text, const char *scheme)
{
    if (text.size != strlen(scheme))
        return false;
    for (size_t i = 0; i < text.size; i++) {
        if (lower(text.data[i]) != scheme[i])
            return false;
    }
    return true;
}

// The first part of an address decides: up to its first ':', unless '/', '?' or '#' comes before.
// Browsers drop white space and controls at the start, and tabs and line ends anywhere: those make
// no scheme of ours, so a scheme that holds one is refused by not being in the list. An '&' there
// may be an entity to a careless reader ("javascript&colon;"), so it is refused as well.
bool dtl_url_is_allowed(dtl_str url)
{
    size_t start = 0;
    while (start < url.size && (unsigned char)url.data[start] <= ' ')
        start++;
    if (start == url.size)
        return false;
    for (size_t at = start; at < url.size; at++) {
        char c = url.data[at];
        if (c == '/' || c == '?' || c == '#')
            return true;
        if (c == '&')
            return false;
        if (c != ':')
            continue;
        dtl_str scheme = dtl_str_slice(url, start, at);
        for (size_t i = 0; i < DTL_COUNT(schemes); i++) {
            if (is_scheme(scheme, schemes[i]))
                return true;
        }
        return false;
    }
    return true;
}
