/* One request to the server, as a value that main hands in: libcurl (link_curl.c) in the
 * product, a simulated net in tests. Blocks; one request at a time. */
#ifndef CLIENT_LINK_H
#define CLIENT_LINK_H

#include "wire/bytes.h"
#include "wire/upload.h"

struct link_request {
    const char *method;      /* "GET", "POST" */
    const char *url;         /* the server's, without path */
    const char *path;        /* "/v1/feed?since=0" */
    const char *token;       /* NULL: none */
    const char *pin;         /* "": an ordinary certificate is checked */
    bool any_certificate;    /* enrolling: the code's mac says who the server is */
    enum wire_coding coding; /* of the body */
    struct str body;
    int timeout_s; /* without any byte moving */
    bool waits;    /* a long poll: may be interrupted */
    bool fresh;    /* on a connection of its own: each bears few bytes here */
    /* Called once the request is out and while its answer is awaited, if that takes a
     * while; NULL: nothing to do meanwhile. Must not use the link. */
    void (*meanwhile)(void *ctx);
    void *meanwhile_ctx;
};

struct link_reply {
    int status;        /* 0: no whole answer came */
    bool connected;    /* bytes went out: a cut, else a refusal */
    bool wrong_server; /* the TLS key or certificate is not the right one */
    bool interrupted;  /* it ended because somebody interrupted it */
    int retry_after_s; /* 0: not said */
    struct bytes body; /* cleared before each request; at most WIRE_PAGE_MAX bytes */
};

struct link {
    void (*request)(void *ctx, const struct link_request *request,
                    struct link_reply *reply_out);
    /* Makes the long poll that is under way, or the next one, end at once with status 0;
     * from any thread. */
    void (*interrupt)(void *ctx);
    void (*close)(void *ctx);
    void *ctx;
};

#endif
