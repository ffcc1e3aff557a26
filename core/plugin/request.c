// core/plugin/request.c - one HTTP request by libcurl, which only this needs: it is loaded when it is
// first asked for, so that no bulletin waits for it.
#include "plugin/request.h"

#include <curl/curl.h>
#include <dlfcn.h>
#include <pthread.h>
#include <string.h>

#include "base/arena.h"

typedef struct curl_library {
    __typeof__(&curl_global_init) global_init;
    __typeof__(&curl_easy_init) init;
    __typeof__(&curl_easy_setopt) set;
    __typeof__(&curl_easy_perform) perform;
    __typeof__(&curl_easy_getinfo) get_info;
    __typeof__(&curl_easy_strerror) error_text;
    __typeof__(&curl_easy_cleanup) cleanup;
    __typeof__(&curl_slist_append) append;
    __typeof__(&curl_slist_free_all) free_list;
    bool loaded;
} curl_library;

static curl_library curl;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void)
{
    const struct {
        const char *name;
        void *to;
    } symbols[] = {
        {"curl_global_init", &curl.global_init},  {"curl_easy_init", &curl.init},
        {"curl_easy_setopt", &curl.set},          {"curl_easy_perform", &curl.perform},
        {"curl_easy_getinfo", &curl.get_info},    {"curl_easy_strerror", &curl.error_text},
        {"curl_easy_cleanup", &curl.cleanup},     {"curl_slist_append", &curl.append},
        {"curl_slist_free_all", &curl.free_list},
    };
    void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (!library)
        return;
    for (size_t i = 0; i < DTL_COUNT(symbols); i++) {
        void *symbol = dlsym(library, symbols[i].name);
        if (!symbol)
            return;
        memcpy(symbols[i].to, &symbol, sizeof symbol);
    }
    curl.loaded = curl.global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
}

typedef struct transfer {
    dtl_buf *answer;
    size_t before;
    bool too_large;
} transfer;

static size_t take(char *bytes, size_t size, size_t count, void *context)
{
    transfer *t = context;
    size_t all = size * count;
    if (t->answer->size - t->before + all > DTL_REQUEST_ANSWER_MAX_BYTES) {
        t->too_large = true;
        return 0;
    }
    dtl_buf_add(t->answer, bytes, all);
    return all;
}

static void set_up(CURL *handle, const dtl_request *request, struct curl_slist *headers,
                   dtl_arena *arena, transfer *t)
{
    curl.set(handle, CURLOPT_URL, dtl_arena_str(arena, request->url).data);
    curl.set(handle, CURLOPT_CUSTOMREQUEST, dtl_arena_str(arena, request->method).data);
    if (request->body.size) {
        curl.set(handle, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body.size);
        curl.set(handle, CURLOPT_POSTFIELDS, request->body.data);
    }
    curl.set(handle, CURLOPT_HTTPHEADER, headers);
    curl.set(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    curl.set(handle, CURLOPT_TIMEOUT, (long)DTL_REQUEST_SECONDS_MAX);
    curl.set(handle, CURLOPT_NOSIGNAL, 1L);
    curl.set(handle, CURLOPT_USERAGENT, "dateline/" DTL_VERSION);
    curl.set(handle, CURLOPT_WRITEFUNCTION, take);
    curl.set(handle, CURLOPT_WRITEDATA, t);
}

static bool read_outcome(CURL *handle, CURLcode code, const dtl_request *request, const transfer *t,
                         dtl_error *err)
{
    long status = 0;
    if (t->too_large)
        return dtl_error_set(err, DTL_ELIMIT, "%.*s answered with more than %d MB",
                             DTL_ARG(request->url), DTL_REQUEST_ANSWER_MAX_BYTES >> 20);
    if (code != CURLE_OK)
        return dtl_error_set(err, DTL_EIO, "no answer from %.*s: %s", DTL_ARG(request->url),
                             curl.error_text(code));
    curl.get_info(handle, CURLINFO_RESPONSE_CODE, &status);
    if (status >= 200 && status < 300)
        return true;
    dtl_str body = dtl_str_slice(dtl_buf_str(t->answer), t->before, t->before + 200);
    dtl_error_set(err, DTL_EIO, "%.*s answered with the status %ld", DTL_ARG(request->url), status);
    return body.size
               ? dtl_error_expected(err, "a status of 200 to 299; it says: %.*s", DTL_ARG(body))
               : dtl_error_expected(err, "a status of 200 to 299");
}

// A line break in a header would start another one.
static bool check_headers(const dtl_request *request, dtl_error *err)
{
    for (size_t i = 0; i < request->header_count; i++)
        for (size_t at = 0; at < request->headers[i].size; at++)
            if ((unsigned char)request->headers[i].data[at] < ' ')
                return dtl_error_set(err, DTL_EUSAGE,
                                     "a header of the request holds a control "
                                     "character");
    return true;
}

bool dtl_request_send(const dtl_request *request, dtl_buf *answer, dtl_error *err)
{
    dtl_arena arena = {0};
    struct curl_slist *headers = NULL;
    transfer t = {answer, answer->size, false};
    if (!check_headers(request, err))
        return false;
    pthread_once(&once, load);
    CURL *handle = curl.loaded ? curl.init() : NULL;
    if (!handle) {
        dtl_error_set(err, DTL_EIO, "a request needs libcurl, which is not there");
        return dtl_error_hint(err, "on Debian: apt-get install libcurl4");
    }
    for (size_t i = 0; i < request->header_count; i++)
        headers = curl.append(headers, dtl_arena_str(&arena, request->headers[i]).data);
    set_up(handle, request, headers, &arena, &t);
    CURLcode code = curl.perform(handle);
    bool ok = read_outcome(handle, code, request, &t, err);
    if (!ok)
        answer->size = t.before;
    curl.free_list(headers);
    curl.cleanup(handle);
    dtl_arena_release(&arena);
    return ok;
}
