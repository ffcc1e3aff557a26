// core/plugin/request.h - one HTTP request, for plugins that were granted the network.
#ifndef DTL_PLUGIN_REQUEST_H
#define DTL_PLUGIN_REQUEST_H

#include "base/error.h"

enum {
    DTL_REQUEST_SECONDS_MAX = 30,
    DTL_REQUEST_ANSWER_MAX_BYTES = 16 * 1024 * 1024,
};

typedef struct dtl_request {
    dtl_str url;     // http or https
    dtl_str method;  // "GET", "POST", "PUT", "DELETE"
    dtl_str body;
    const dtl_str *headers;  // "Content-Type: text/plain"
    size_t header_count;
} dtl_request;

// Sends it by libcurl, which is loaded at the first request (the program does not link it), and adds
// the answer's body to [answer]. No redirect is followed: where the data goes is what the plugin said.
// DTL_EIO: no connection, a status that is not 2xx, an answer too large or too late, or no libcurl.
DTL_CHECK
bool dtl_request_send(const dtl_request *request, dtl_buf *answer, dtl_error *err);

#endif
