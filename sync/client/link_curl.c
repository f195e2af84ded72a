#include "client/link_curl.h"

#include "client/transfer.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

/* A long poll that was interrupted stays open beside the request that came between, and
 * is gone on with when it is asked for again: a fact costs one request, not two. */
struct link_curl {
    CURLM *multi;
    struct transfer transfers[2];
    struct transfer *parked; /* NULL: none */
    atomic_bool interrupted, stopped;
    int64_t sent, got;
};

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void finish(struct link_curl *curl, struct transfer *transfer)
{
    if (transfer->under_way) {
        curl_multi_remove_handle(curl->multi, transfer->easy);
        transfer_count(transfer, &curl->sent, &curl->got);
    }
    transfer_end(transfer);
    if (curl->parked == transfer) {
        curl->parked = NULL;
    }
}

/* NULL: it could not be begun. */
static struct transfer *begin(struct link_curl *curl, const struct link_request *request)
{
    if (curl->parked != NULL && request->waits && transfer_is(curl->parked, request)) {
        struct transfer *parked = curl->parked;
        curl->parked = NULL;
        return parked;
    }
    if (curl->parked != NULL && request->waits) {
        finish(curl, curl->parked);
    }
    struct transfer *transfer =
        &curl->transfers[curl->parked == &curl->transfers[0] ? 1 : 0];
    if (transfer_begin(transfer, request, now_ms()) != ERR_OK ||
        curl_multi_add_handle(curl->multi, transfer->easy) != CURLM_OK) {
        finish(curl, transfer);
        return NULL;
    }
    transfer->under_way = true;
    return transfer;
}

static void note_results(struct link_curl *curl)
{
    CURLMsg *message;
    int left;
    while ((message = curl_multi_info_read(curl->multi, &left)) != NULL) {
        char *transfer = NULL;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer);
        if (message->msg == CURLMSG_DONE && transfer != NULL) {
            ((struct transfer *)(void *)transfer)->done = true;
            ((struct transfer *)(void *)transfer)->result = message->data.result;
        }
    }
}

/* True the first time that there is nothing to do but wait. */
static bool is_idle(struct transfer *transfer, const struct link_request *request,
                    bool *was_idle)
{
    if (*was_idle || request->meanwhile == NULL || !transfer_is_out(transfer)) {
        return false;
    }
    *was_idle = true;
    return true;
}

/* False: somebody interrupted it. */
static bool perform(struct link_curl *curl, struct transfer *transfer,
                    const struct link_request *request)
{
    int running;
    bool was_idle = false;
    while (!atomic_load(&curl->stopped)) {
        if (curl_multi_perform(curl->multi, &running) != CURLM_OK) {
            return true;
        }
        note_results(curl);
        int64_t left_ms = transfer_left_ms(transfer, now_ms());
        if (transfer->done || left_ms <= 0) {
            return true;
        }
        if (is_idle(transfer, request, &was_idle)) {
            request->meanwhile(request->meanwhile_ctx);
            continue;
        }
        if (request->waits && atomic_exchange(&curl->interrupted, false)) {
            return false;
        }
        if (curl_multi_poll(curl->multi, NULL, 0, (int)left_ms, NULL) != CURLM_OK) {
            return true;
        }
    }
    return true;
}

static void link_request(void *ctx, const struct link_request *request,
                         struct link_reply *reply_out)
{
    struct link_curl *curl = ctx;
    struct transfer *transfer = begin(curl, request);
    if (transfer == NULL) {
        return;
    }
    if (perform(curl, transfer, request)) {
        transfer_fill(transfer, reply_out);
        finish(curl, transfer);
    } else {
        curl->parked = transfer;
        reply_out->connected = true;
        reply_out->interrupted = true;
    }
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
    for (size_t i = 0; i < ARRAY_LEN(curl->transfers); i++) {
        finish(curl, &curl->transfers[i]);
        transfer_done(&curl->transfers[i]);
    }
    curl_multi_cleanup(curl->multi);
    free(curl);
}

static enum err open_parts(struct link_curl *curl)
{
    enum err err = ERR_OK;
    atomic_init(&curl->interrupted, false);
    atomic_init(&curl->stopped, false);
    curl->multi = curl_multi_init();
    for (size_t i = 0; i < ARRAY_LEN(curl->transfers) && err == ERR_OK; i++) {
        err = transfer_init(&curl->transfers[i]);
    }
    bool good = err == ERR_OK && curl->multi != NULL &&
                curl_multi_setopt(curl->multi, CURLMOPT_MAXCONNECTS,
                                  (long)ARRAY_LEN(curl->transfers)) == CURLM_OK;
    return good ? ERR_OK : ERR_FULL;
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
    enum err err = open_parts(curl);
    if (err != ERR_OK) {
        link_close(curl);
        return err;
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
