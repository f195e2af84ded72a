#include "client/link_curl.h"

#include <curl/curl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define CONNECT_TIMEOUT_MS 15000L
#define URL_SIZE 256
#define HEADER_SIZE 256
#define HEADERS_BYTES_MAX 8192 /* of an answer */

struct link_curl {
    CURLM *multi;
    CURL *easy;
    atomic_bool interrupted, stopped;
    int64_t sent, got;
    struct link_reply *reply;
    size_t headers_len;
};

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* More than the bound is no answer of ours: libcurl gives up. */
static size_t take_body(char *data, size_t size, size_t count, void *ctx)
{
    struct link_curl *curl = ctx;
    bytes_put(&curl->reply->body, data, size * count);
    return curl->reply->body.failed ? 0 : size * count;
}

static size_t take_header(char *data, size_t size, size_t count, void *ctx)
{
    struct link_curl *curl = ctx;
    (void)data;
    curl->headers_len += size * count;
    return curl->headers_len > HEADERS_BYTES_MAX ? 0 : size * count;
}

/* ---- the request ---------------------------------------------------------------- */

static bool put_header(struct curl_slist **headers, const char *line)
{
    struct curl_slist *more = curl_slist_append(*headers, line);
    if (more != NULL) {
        *headers = more;
    }
    return more != NULL;
}

/* Each of them costs on every request, so only what the protocol wants. */
static bool put_headers(const struct link_request *request, struct curl_slist **headers)
{
    char line[HEADER_SIZE];
    bool good = put_header(headers, "Accept:") && put_header(headers, "Expect:") &&
                put_header(headers, "Content-Type:");
    if (request->zstd) {
        good = good && put_header(headers, "Content-Encoding: zstd");
    }
    if (request->token != NULL) {
        int len = snprintf(line, sizeof line, "Authorization: Bearer %s", request->token);
        good = good && len < (int)sizeof line && put_header(headers, line);
    }
    return good;
}

static bool set_body(CURL *easy, const struct link_request *request)
{
    if (strcmp(request->method, "GET") == 0) {
        return curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L) == CURLE_OK;
    }
    return curl_easy_setopt(easy, CURLOPT_POST, 1L) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_POSTFIELDS,
                            request->body.ptr != NULL ? request->body.ptr : "") ==
               CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
                            (curl_off_t)request->body.len) == CURLE_OK;
}

/* With a pin the key is checked and nothing else; without one the certificate; while
 * enrolling neither, as the code's mac says who the server is. */
static bool set_trust(CURL *easy, const struct link_request *request)
{
    bool pinned = request->pin != NULL && request->pin[0] != '\0';
    bool certificate = !pinned && !request->any_certificate;
    return curl_easy_setopt(easy, CURLOPT_PINNEDPUBLICKEY,
                            pinned ? request->pin : NULL) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, certificate ? 1L : 0L) ==
               CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, certificate ? 2L : 0L) ==
               CURLE_OK;
}

/* Proxies of the environment are not used: what is said here is for one server. */
static bool set_always(struct link_curl *curl)
{
    CURL *easy = curl->easy;
    return curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https") == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1) ==
               CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2) ==
               CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_SSL_ENABLE_ALPN, 0L) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_PROXY, "") == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, CONNECT_TIMEOUT_MS) ==
               CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_WRITEDATA, curl) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_HEADERDATA, curl) == CURLE_OK;
}

static bool set_request(struct link_curl *curl, const struct link_request *request,
                        struct curl_slist **headers)
{
    char url[URL_SIZE];
    int len = snprintf(url, sizeof url, "%s%s", request->url, request->path);
    curl_easy_reset(curl->easy); /* keeps connections and TLS sessions */
    return len < (int)sizeof url && set_always(curl) && set_trust(curl->easy, request) &&
           set_body(curl->easy, request) && put_headers(request, headers) &&
           curl_easy_setopt(curl->easy, CURLOPT_URL, url) == CURLE_OK &&
           curl_easy_setopt(curl->easy, CURLOPT_HTTPHEADER, *headers) == CURLE_OK;
}

/* ---- waiting -------------------------------------------------------------------- */

static int64_t number_of(CURL *easy, CURLINFO info)
{
    curl_off_t number = 0;
    curl_easy_getinfo(easy, info, &number);
    return number;
}

static int64_t long_of(CURL *easy, CURLINFO info)
{
    long number = 0;
    curl_easy_getinfo(easy, info, &number);
    return number;
}

static int64_t moved_bytes(CURL *easy)
{
    return long_of(easy, CURLINFO_REQUEST_SIZE) + long_of(easy, CURLINFO_HEADER_SIZE) +
           number_of(easy, CURLINFO_SIZE_UPLOAD_T) +
           number_of(easy, CURLINFO_SIZE_DOWNLOAD_T);
}

/* libcurl's own limit of speed would wake up every second of a long poll. */
struct stall {
    int64_t bytes, since_ms, limit_ms;
};

/* Milliseconds that are left; ≤ 0: too long without a byte. */
static int64_t stall_left(struct stall *stall, CURL *easy)
{
    int64_t now = now_ms(), bytes = moved_bytes(easy);
    if (bytes != stall->bytes) {
        stall->bytes = bytes;
        stall->since_ms = now;
    }
    return stall->since_ms + stall->limit_ms - now;
}

static bool is_over(struct link_curl *curl, const struct link_request *request)
{
    if (atomic_load(&curl->stopped)) {
        return true;
    }
    if (request->waits && atomic_exchange(&curl->interrupted, false)) {
        curl->reply->interrupted = true;
        return true;
    }
    return false;
}

/* How it ended; CURLE_OK only if a whole answer came. */
static CURLcode result_of(struct link_curl *curl)
{
    int left;
    CURLMsg *message = curl_multi_info_read(curl->multi, &left);
    return message != NULL && message->msg == CURLMSG_DONE ? message->data.result
                                                           : CURLE_ABORTED_BY_CALLBACK;
}

static CURLcode perform(struct link_curl *curl, const struct link_request *request)
{
    struct stall stall = {0, now_ms(), (int64_t)request->timeout_s * 1000};
    int running = 1;
    while (!is_over(curl, request)) {
        if (curl_multi_perform(curl->multi, &running) != CURLM_OK) {
            return CURLE_ABORTED_BY_CALLBACK;
        }
        int64_t left_ms = stall_left(&stall, curl->easy);
        if (running == 0 || left_ms <= 0) {
            break;
        }
        if (curl_multi_poll(curl->multi, NULL, 0, (int)left_ms, NULL) != CURLM_OK) {
            return CURLE_ABORTED_BY_CALLBACK;
        }
    }
    return running == 0 ? result_of(curl) : CURLE_OPERATION_TIMEDOUT;
}

/* ---- the answer ----------------------------------------------------------------- */

static void count_bytes(struct link_curl *curl)
{
    curl->sent += long_of(curl->easy, CURLINFO_REQUEST_SIZE);
    curl->got += long_of(curl->easy, CURLINFO_HEADER_SIZE) +
                 number_of(curl->easy, CURLINFO_SIZE_DOWNLOAD_T);
}

static void fill_reply(struct link_curl *curl, CURLcode result)
{
    struct link_reply *reply = curl->reply;
    reply->connected = long_of(curl->easy, CURLINFO_REQUEST_SIZE) > 0;
    reply->wrong_server = result == CURLE_PEER_FAILED_VERIFICATION ||
                          result == CURLE_SSL_PINNEDPUBKEYNOTMATCH ||
                          result == CURLE_SSL_ISSUER_ERROR;
    if (result == CURLE_OK) {
        int64_t after_s = number_of(curl->easy, CURLINFO_RETRY_AFTER);
        reply->status = (int)long_of(curl->easy, CURLINFO_RESPONSE_CODE);
        reply->retry_after_s = after_s < INT32_MAX ? (int)after_s : INT32_MAX;
    }
}

static void link_request(void *ctx, const struct link_request *request,
                         struct link_reply *reply_out)
{
    struct link_curl *curl = ctx;
    struct curl_slist *headers = NULL;
    curl->reply = reply_out;
    curl->headers_len = 0;
    if (set_request(curl, request, &headers) &&
        curl_multi_add_handle(curl->multi, curl->easy) == CURLM_OK) {
        fill_reply(curl, perform(curl, request));
        curl_multi_remove_handle(curl->multi, curl->easy);
        count_bytes(curl);
    }
    curl_slist_free_all(headers);
}

static void link_interrupt(void *ctx)
{
    struct link_curl *curl = ctx;
    atomic_store(&curl->interrupted, true);
    curl_multi_wakeup(curl->multi);
}

static void link_close(void *ctx)
{
    struct link_curl *curl = ctx;
    curl_easy_cleanup(curl->easy);
    curl_multi_cleanup(curl->multi);
    free(curl);
}

enum err link_curl_open(struct link *link_out)
{
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        return ERR_UNSUPPORTED;
    }
    struct link_curl *curl = calloc(1, sizeof *curl);
    if (curl == NULL) {
        return ERR_FULL;
    }
    atomic_init(&curl->interrupted, false);
    atomic_init(&curl->stopped, false);
    curl->multi = curl_multi_init();
    curl->easy = curl_easy_init();
    if (curl->multi == NULL || curl->easy == NULL ||
        curl_multi_setopt(curl->multi, CURLMOPT_MAXCONNECTS, 1L) != CURLM_OK) {
        link_close(curl);
        return ERR_FULL;
    }
    *link_out = (struct link){link_request, link_interrupt, link_close, curl};
    return ERR_OK;
}

void link_curl_stop(const struct link *link)
{
    struct link_curl *curl = link->ctx;
    atomic_store(&curl->stopped, true);
    curl_multi_wakeup(curl->multi);
}

void link_curl_calm(const struct link *link)
{
    struct link_curl *curl = link->ctx;
    atomic_store(&curl->interrupted, false);
}

void link_curl_bytes(const struct link *link, int64_t *sent_out, int64_t *got_out)
{
    const struct link_curl *curl = link->ctx;
    *sent_out = curl->sent;
    *got_out = curl->got;
}
