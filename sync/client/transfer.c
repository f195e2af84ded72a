#include "client/transfer.h"

#include "wire/page.h"
#include "wire/words.h"

#include <stdio.h>
#include <string.h>

#define CONNECT_TIMEOUT_MS 15000L
#define HEADERS_BYTES_MAX 8192 /* of an answer */

/* More than the bound is no answer of ours: libcurl gives up. */
static size_t take_body(char *data, size_t size, size_t count, void *ctx)
{
    struct transfer *transfer = ctx;
    bytes_put(&transfer->body, data, size * count);
    return transfer->body.failed ? 0 : size * count;
}

static size_t take_header(char *data, size_t size, size_t count, void *ctx)
{
    struct transfer *transfer = ctx;
    (void)data;
    transfer->headers_len += size * count;
    return transfer->headers_len > HEADERS_BYTES_MAX ? 0 : size * count;
}

enum err transfer_init(struct transfer *transfer)
{
    *transfer = (struct transfer){.easy = curl_easy_init()};
    transfer->body.max = WIRE_PAGE_MAX;
    return transfer->easy != NULL ? ERR_OK : ERR_FULL;
}

void transfer_done(struct transfer *transfer)
{
    transfer_end(transfer);
    if (transfer->easy != NULL) {
        curl_easy_cleanup(transfer->easy);
        transfer->easy = NULL;
    }
    bytes_free(&transfer->body);
}

/* ---- the request --------------------------------------------------------------------
 */

static bool put_header(struct transfer *transfer, const char *line)
{
    struct curl_slist *more = curl_slist_append(transfer->headers, line);
    if (more != NULL) {
        transfer->headers = more;
    }
    return more != NULL;
}

/* Each of them costs on every request, so only what the protocol wants. */
static bool put_headers(struct transfer *transfer, const struct link_request *request)
{
    char line[TRANSFER_TOKEN_SIZE + 32];
    bool good = put_header(transfer, "Accept:") && put_header(transfer, "Expect:") &&
                put_header(transfer, "Content-Type:");
    if (request->coding == WIRE_WORDS) {
        good = good && put_header(transfer, "Content-Encoding: " WIRE_WORDS_CODING);
    }
    if (request->token != NULL) {
        snprintf(line, sizeof line, "Authorization: Bearer %s", transfer->token);
        good = good && put_header(transfer, line);
    }
    return good && curl_easy_setopt(transfer->easy, CURLOPT_HTTPHEADER,
                                    transfer->headers) == CURLE_OK;
}

static size_t give_body(char *out, size_t size, size_t count, void *ctx)
{
    struct transfer *transfer = ctx;
    size_t len =
        size * count < transfer->unsent.len ? size * count : transfer->unsent.len;
    memcpy(out, transfer->unsent.ptr, len);
    transfer->unsent.ptr += len;
    transfer->unsent.len -= len;
    return len;
}

/* By a function that cannot begin anew: else libcurl would silently send a batch again of
 * which a part has arrived, when a connection that it kept dies. */
static bool set_body(struct transfer *transfer, const struct link_request *request)
{
    CURL *easy = transfer->easy;
    if (!transfer->posts) {
        return curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L) == CURLE_OK;
    }
    transfer->unsent = request->body;
    transfer->body_len = (int64_t)request->body.len;
    return curl_easy_setopt(easy, CURLOPT_POST, 1L) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_READFUNCTION, give_body) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_READDATA, transfer) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
                            (curl_off_t)request->body.len) == CURLE_OK;
}

/* Where nobody asks the authorities, their certificates are not read: a hundred files for
 * each connection are long on a small machine. */
static bool set_authorities(CURL *easy, bool asked)
{
    const curl_version_info_data *built = curl_version_info(CURLVERSION_NOW);
    return curl_easy_setopt(easy, CURLOPT_CAINFO, asked ? built->cainfo : NULL) ==
               CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_CAPATH, asked ? built->capath : NULL) ==
               CURLE_OK;
}

/* With a pin the key is checked and nothing else; without one the certificate; while
 * enrolling neither, as the code's mac says who the server is. */
static bool set_trust(CURL *easy, const struct link_request *request)
{
    bool pinned = request->pin != NULL && request->pin[0] != '\0';
    bool certificate = !pinned && !request->any_certificate;
    return set_authorities(easy, certificate) &&
           curl_easy_setopt(easy, CURLOPT_PINNEDPUBLICKEY,
                            pinned ? request->pin : NULL) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, certificate ? 1L : 0L) ==
               CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, certificate ? 2L : 0L) ==
               CURLE_OK;
}

/* Proxies of the environment are not used: what is said here is for one server. */
static bool set_way(CURL *easy)
{
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
               CURLE_OK;
}

/* Where each bears few bytes, what is left of one is good for nothing. */
static bool set_fresh(CURL *easy, bool fresh)
{
    return curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, fresh ? 1L : 0L) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, fresh ? 1L : 0L) == CURLE_OK;
}

static bool set_back(struct transfer *transfer)
{
    CURL *easy = transfer->easy;
    return curl_easy_setopt(easy, CURLOPT_PRIVATE, transfer) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_WRITEDATA, transfer) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_HEADERDATA, transfer) == CURLE_OK;
}

/* Pages are long, and much in them is alike. A libcurl that cannot read it asks for none.
 */
static bool set_coding(struct transfer *transfer)
{
    const curl_version_info_data *built = curl_version_info(CURLVERSION_NOW);
    bool can = (built->features & CURL_VERSION_ZSTD) != 0;
    return transfer->posts || !can ||
           curl_easy_setopt(transfer->easy, CURLOPT_ACCEPT_ENCODING, "zstd") == CURLE_OK;
}

static const char *token_of(const struct link_request *request)
{
    return request->token != NULL ? request->token : "";
}

enum err transfer_begin(struct transfer *transfer, const struct link_request *request,
                        int64_t now_ms)
{
    CURL *easy = transfer->easy;
    int url_len = snprintf(transfer->url, sizeof transfer->url, "%s%s", request->url,
                           request->path);
    int token_len =
        snprintf(transfer->token, sizeof transfer->token, "%s", token_of(request));
    curl_easy_reset(easy);
    bytes_clear(&transfer->body);
    transfer->headers_len = 0;
    transfer->body_len = 0;
    transfer->posts = strcmp(request->method, "GET") != 0;
    transfer->done = false;
    transfer->bytes = 0;
    transfer->moved_at_ms = now_ms;
    transfer->limit_ms = (int64_t)request->timeout_s * 1000;
    bool good = url_len < (int)sizeof transfer->url &&
                token_len < (int)sizeof transfer->token && set_way(easy) &&
                set_fresh(easy, request->fresh) && set_back(transfer) &&
                set_trust(easy, request) && set_body(transfer, request) &&
                set_coding(transfer) && put_headers(transfer, request) &&
                curl_easy_setopt(easy, CURLOPT_URL, transfer->url) == CURLE_OK;
    return good ? ERR_OK : ERR_INVALID;
}

bool transfer_is(const struct transfer *transfer, const struct link_request *request)
{
    size_t len = strlen(request->url);
    return transfer->under_way && !transfer->posts &&
           strcmp(request->method, "GET") == 0 &&
           strncmp(transfer->url, request->url, len) == 0 &&
           strcmp(transfer->url + len, request->path) == 0 &&
           strcmp(transfer->token, token_of(request)) == 0;
}

/* ---- on the way ---------------------------------------------------------------------
 */

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

/* libcurl's own limit of speed would wake up every second of a long poll. */
int64_t transfer_left_ms(struct transfer *transfer, int64_t now_ms)
{
    CURL *easy = transfer->easy;
    int64_t bytes = long_of(easy, CURLINFO_REQUEST_SIZE) +
                    long_of(easy, CURLINFO_HEADER_SIZE) +
                    number_of(easy, CURLINFO_SIZE_UPLOAD_T) +
                    number_of(easy, CURLINFO_SIZE_DOWNLOAD_T);
    if (bytes != transfer->bytes) {
        transfer->bytes = bytes;
        transfer->moved_at_ms = now_ms;
    }
    return transfer->moved_at_ms + transfer->limit_ms - now_ms;
}

bool transfer_is_out(const struct transfer *transfer)
{
    return long_of(transfer->easy, CURLINFO_REQUEST_SIZE) > 0 &&
           number_of(transfer->easy, CURLINFO_SIZE_UPLOAD_T) == transfer->body_len;
}

/* ---- the answer ---------------------------------------------------------------------
 */

void transfer_fill(struct transfer *transfer, struct link_reply *reply_out)
{
    CURL *easy = transfer->easy;
    reply_out->connected = long_of(easy, CURLINFO_REQUEST_SIZE) > 0;
    reply_out->wrong_server =
        transfer->done && (transfer->result == CURLE_PEER_FAILED_VERIFICATION ||
                           transfer->result == CURLE_SSL_PINNEDPUBKEYNOTMATCH ||
                           transfer->result == CURLE_SSL_ISSUER_ERROR);
    if (transfer->done && transfer->result == CURLE_OK) {
        int64_t after_s = number_of(easy, CURLINFO_RETRY_AFTER);
        reply_out->status = (int)long_of(easy, CURLINFO_RESPONSE_CODE);
        reply_out->retry_after_s = after_s < INT32_MAX ? (int)after_s : INT32_MAX;
        bytes_put(&reply_out->body, transfer->body.data, transfer->body.len);
    }
}

void transfer_count(const struct transfer *transfer, int64_t *sent, int64_t *got)
{
    *sent += long_of(transfer->easy, CURLINFO_REQUEST_SIZE);
    *got += long_of(transfer->easy, CURLINFO_HEADER_SIZE) +
            number_of(transfer->easy, CURLINFO_SIZE_DOWNLOAD_T);
}

void transfer_end(struct transfer *transfer)
{
    curl_slist_free_all(transfer->headers);
    transfer->headers = NULL;
    transfer->under_way = false;
}
