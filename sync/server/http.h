/* The centre on the network: libmicrohttpd's daemon, its limits and its end. */
#ifndef SERVER_HTTP_H
#define SERVER_HTTP_H

#include "server/tls.h"
#include "server/writer.h"

struct http;

struct http_options {
    struct core *core;
    struct writer *writer;
    struct clock clock;
    int listen_fd;         /* http's from now on */
    const struct tls *tls; /* NULL: without; stays the caller's */
    int threads;
    int connections_max;
    int per_address_max;   /* 0: no limit; behind a proxy all have one address */
    size_t memory_max;     /* of bodies and answers together, roughly */
    int idle_s;            /* without a whole head of a request, or without a byte */
    int request_s;         /* for one request from head to answer, waiting included */
};
struct http_counts {
    size_t open;
    int64_t shut; /* because they were too slow */
};

enum err http_start(const struct http_options *options, struct http **http_out) NODISCARD;
/* Twice a second or so: shuts who is too slow. */
void http_sweep(struct http *http);
struct http_counts http_counts(struct http *http);
/* No new connections; what has begun is answered, at most `grace_ms`; then what came in of
 * the rest is handed to the writer, which is closed but not freed. */
void http_stop(struct http *http, int grace_ms);
/* After writer_free, which has what was cut. */
void http_free(struct http *http);

#endif
