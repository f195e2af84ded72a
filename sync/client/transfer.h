/* One HTTP request by libcurl and what came back of it. For link_curl.c only. */
#ifndef CLIENT_TRANSFER_H
#define CLIENT_TRANSFER_H

#include "client/link.h"

#include <curl/curl.h>

#define TRANSFER_URL_SIZE 256
#define TRANSFER_TOKEN_SIZE 160

struct transfer {
    CURL *easy;
    struct curl_slist *headers;
    char url[TRANSFER_URL_SIZE], token[TRANSFER_TOKEN_SIZE];
    bool posts;
    struct str unsent; /* of the body, which is the caller's */
    int64_t body_len;
    bool under_way, done; /* done: `result` says how */
    CURLcode result;
    struct bytes body;
    size_t headers_len;
    int64_t bytes, moved_at_ms, limit_ms; /* no byte since then; for so long it may */
};

/* ERR_FULL. transfer_done accepts one that was never made. */
enum err transfer_init(struct transfer *transfer) NODISCARD;
void transfer_done(struct transfer *transfer);

/* Everything but adding it to the multi handle. ERR_INVALID: too long, or no memory. */
enum err transfer_begin(struct transfer *transfer, const struct link_request *request,
                        int64_t now_ms) NODISCARD;
/* Is it this request that is under way? Only for those without a body. */
bool transfer_is(const struct transfer *transfer, const struct link_request *request);
/* Milliseconds that are left; ≤ 0: too long without a byte. */
int64_t transfer_left_ms(struct transfer *transfer, int64_t now_ms);
/* The whole request is out. */
bool transfer_is_out(const struct transfer *transfer);
/* `reply_out` gets the body too. */
void transfer_fill(struct transfer *transfer, struct link_reply *reply_out);
void transfer_count(const struct transfer *transfer, int64_t *sent, int64_t *got);
/* After it left the multi handle. */
void transfer_end(struct transfer *transfer);

#endif
