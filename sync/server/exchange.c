#include "server/exchange.h"

#include "server/route.h"
#include "wire/squeeze.h"
#include "wire/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define TOKEN_SIZE 128
/* So much of a refused body is read before the refusal is sent: a connection that is closed
 * while bytes come in may be reset, and the refusal lost. */
#define DRAIN_MAX (16u << 10)
/* A batch as it usually is, with its share of the decompressor. */
#define UPLOAD_USUAL (192u << 10)

enum phase {
    PHASE_TAKING,  /* the body comes in */
    PHASE_REFUSED, /* so does this one, for nobody */
    PHASE_QUEUED,  /* with the writer */
    PHASE_READY,
};

struct exchange {
    struct writer_job job; /* first: done() finds the exchange by it */
    struct room_guest guest;
    struct exchanges *all;
    struct MHD_Connection *connection;
    struct visit *visit;
    struct route route;
    enum phase phase;
    int refusal;
    size_t announced, received;
    struct bytes body;
    char token[TOKEN_SIZE];
};

static void exchange_free(struct exchange *exchange)
{
    wire_upload_free(exchange->job.core.upload);
    bytes_free(&exchange->body);
    bytes_free(&exchange->job.core.reply);
    room_hold(&exchange->all->room, &exchange->guest, 0);
    free(exchange);
}

/* ---- the request's head ----------------------------------------------------------------- */

static const char *header(const struct exchange *exchange, const char *name)
{
    return MHD_lookup_connection_value(exchange->connection, MHD_HEADER_KIND, name);
}

static const char *argument(const struct exchange *exchange, const char *name)
{
    return MHD_lookup_connection_value(exchange->connection, MHD_GET_ARGUMENT_KIND, name);
}

/* Too long is none: no token is. */
static void read_token(struct exchange *exchange)
{
    static const char scheme[] = "Bearer ";
    const char *text = header(exchange, "Authorization");
    if (text == NULL || strncasecmp(text, scheme, strlen(scheme)) != 0 ||
        !str_copy(exchange->token, TOKEN_SIZE, str_of(text + strlen(scheme)))) {
        exchange->token[0] = '\0';
    }
    exchange->job.core.token = str_of(exchange->token);
}

/* libmicrohttpd has refused what is no number. Without the header: 0, and it is counted. */
static void read_length(struct exchange *exchange)
{
    const char *text = header(exchange, "Content-Length");
    exchange->announced = text == NULL ? 0 : strtoull(text, NULL, 10);
}

static int read_coding(struct exchange *exchange)
{
    const char *text = header(exchange, "Content-Encoding");
    bool plain = text == NULL || strcasecmp(text, "identity") == 0;
    bool words = !plain && strcasecmp(text, WIRE_WORDS_CODING) == 0;
    if (!plain && !words && strcasecmp(text, "zstd") != 0) {
        return 400;
    }
    enum wire_coding coding = plain ? WIRE_PLAIN : words ? WIRE_WORDS : WIRE_ZSTD;
    enum err err = wire_upload_make(coding, &exchange->job.core.upload);
    return err == ERR_OK ? 200 : 503;
}

/* 200, or why not. */
static int read_head(struct exchange *exchange, const char *method, const char *url)
{
    struct core_job *core = &exchange->job.core;
    int status = route_find(method, url, &exchange->route);
    if (status != 200) {
        return status;
    }
    if (exchange->announced > exchange->route.body_max) {
        return exchange->route.body_max > 0 ? 413 : 400;
    }
    if (exchange->route.what == CORE_FEED &&
        (!route_since(&exchange->route, argument(exchange, "since")) ||
         !route_wait(&exchange->route, argument(exchange, "wait")) ||
         !route_most(&exchange->route, argument(exchange, "most")))) {
        return 400;
    }
    core->what = exchange->route.what;
    core->epoch = exchange->route.epoch;
    core->since = exchange->route.since;
    core->most = exchange->route.most;
    core->anew = argument(exchange, "anew") != NULL;
    exchange->job.wait_s = exchange->route.wait_s;
    read_token(exchange);
    if (core->what != CORE_UPLOAD) {
        return 200;
    }
    return core_token_good(exchange->all->core, core->token) ? read_coding(exchange) : 401;
}

/* ---- answers ---------------------------------------------------------------------------- */

static enum MHD_Result send_response(struct exchange *exchange, int status, int retry_after_s,
                                     struct MHD_Response *response)
{
    char text[16];
    if (response == NULL) {
        return MHD_NO;
    }
    if (retry_after_s > 0) {
        snprintf(text, sizeof text, "%d", retry_after_s);
        (void)MHD_add_response_header(response, "Retry-After", text);
    }
    enum MHD_Result result =
        MHD_queue_response(exchange->connection, (unsigned int)status, response);
    MHD_destroy_response(response);
    return result;
}

static enum MHD_Result send_refusal(struct exchange *exchange)
{
    const char *text = route_error(exchange->refusal);
    return send_response(exchange, exchange->refusal, exchange->refusal == 503,
                         MHD_create_response_from_buffer(strlen(text), (void *)(uintptr_t)text,
                                                         MHD_RESPMEM_PERSISTENT));
}

/* The library frees the bytes when they are sent. */
static enum MHD_Result send_reply(struct exchange *exchange)
{
    struct core_job *core = &exchange->job.core;
    if (core->reply.failed) {
        exchange->refusal = 503;
        return send_refusal(exchange);
    }
    bool squeezed = core->what == CORE_FEED && core->status == 200 &&
                    squeeze_wanted(header(exchange, "Accept-Encoding")) &&
                    squeeze(&core->reply);
    struct MHD_Response *response = MHD_create_response_from_buffer(
        core->reply.len, core->reply.data, MHD_RESPMEM_MUST_FREE);
    if (response != NULL) {
        core->reply = (struct bytes){0};
    }
    if (response != NULL && squeezed) {
        (void)MHD_add_response_header(response, "Content-Encoding", "zstd");
    }
    return send_response(exchange, core->status, core->retry_after_s, response);
}

static enum MHD_Result refuse(struct exchange *exchange, int status)
{
    exchange->phase = PHASE_REFUSED;
    exchange->refusal = status;
    bytes_clear(&exchange->body);
    return MHD_YES;
}

/* ---- to the writer and back ------------------------------------------------------------- */

static void on_room(struct room_guest *guest)
{
    struct exchange *exchange =
        (void *)((char *)guest - offsetof(struct exchange, guest));
    struct exchanges *all = exchange->all;
    MHD_resume_connection(exchange->connection);
    atomic_fetch_sub(&all->suspended, 1);
}

/* A body of unknown length comes in at once: its end could not be told from the call that
 * comes after the wait. */
static void wait_for_room(struct exchange *exchange)
{
    struct room *room = &exchange->all->room;
    exchange->guest.go_on = on_room;
    if (exchange->announced == 0 || room_try(room, &exchange->guest, UPLOAD_USUAL)) {
        return;
    }
    atomic_fetch_add(&exchange->all->suspended, 1);
    MHD_suspend_connection(exchange->connection);
    if (room_enter(room, &exchange->guest, UPLOAD_USUAL)) {
        on_room(&exchange->guest);
    }
}

static void on_done(struct writer_job *job)
{
    struct exchange *exchange = (void *)job;
    struct MHD_Connection *connection = exchange->connection;
    struct exchanges *all = exchange->all;
    wire_upload_free(job->core.upload);
    job->core.upload = NULL;
    room_hold(&all->room, &exchange->guest, job->core.reply.size);
    exchange->phase = PHASE_READY;
    MHD_resume_connection(connection);
    atomic_fetch_sub(&all->suspended, 1);
}

static void on_rest_done(struct writer_job *job)
{
    exchange_free((void *)job);
}

static enum MHD_Result hand_over(struct exchange *exchange)
{
    struct exchanges *all = exchange->all;
    exchange->job.core.body = bytes_str(&exchange->body);
    exchange->job.done = on_done;
    atomic_fetch_add(&all->suspended, 1);
    if (exchange->body.failed || !writer_seat(all->writer)) {
        atomic_fetch_sub(&all->suspended, 1);
        (void)refuse(exchange, 503);
        return send_refusal(exchange);
    }
    exchange->phase = PHASE_QUEUED;
    MHD_suspend_connection(exchange->connection);
    writer_put(all->writer, &exchange->job);
    return MHD_YES;
}

/* ---- the body --------------------------------------------------------------------------- */

/* After a fault the rest is read and dropped, so that the answer arrives. */
static enum MHD_Result take_upload(struct exchange *exchange, const char *data, size_t size)
{
    struct core_job *core = &exchange->job.core;
    if (exchange->received > exchange->route.body_max) {
        core->upload_err = core->upload_err == ERR_OK ? ERR_FULL : core->upload_err;
        return MHD_NO;
    }
    if (core->upload_err == ERR_OK) {
        core->upload_err = wire_upload_feed(core->upload, data, size);
        room_hold(&exchange->all->room, &exchange->guest, wire_upload_memory(core->upload));
    }
    return MHD_YES;
}

static enum MHD_Result take(struct exchange *exchange, const char *data, size_t size)
{
    exchange->received += size;
    if (exchange->phase == PHASE_REFUSED) {
        return exchange->received > DRAIN_MAX ? MHD_NO : MHD_YES;
    }
    if (exchange->route.what == CORE_UPLOAD) {
        return take_upload(exchange, data, size);
    }
    if (exchange->received > exchange->route.body_max) {
        return refuse(exchange, 413);
    }
    bytes_put(&exchange->body, data, size);
    return MHD_YES;
}

/* ---- the callbacks ---------------------------------------------------------------------- */

static struct visit *visit_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info != NULL ? info->socket_context : NULL;
}

static enum MHD_Result begin(struct exchanges *all, struct MHD_Connection *connection,
                             const char *url, const char *method, void **request)
{
    struct exchange *exchange = calloc(1, sizeof *exchange);
    if (exchange == NULL) {
        return MHD_NO;
    }
    exchange->all = all;
    exchange->connection = connection;
    exchange->visit = visit_of(connection);
    visits_mark(&all->visits, exchange->visit, true);
    atomic_fetch_add(&all->active, 1);
    *request = exchange;
    read_length(exchange);
    int status = read_head(exchange, method, url);
    if (status == 200) {
        if (exchange->route.what == CORE_UPLOAD) {
            wait_for_room(exchange);
        }
        return MHD_YES;
    }
    (void)refuse(exchange, status);
    bool chunked = header(exchange, "Transfer-Encoding") != NULL;
    bool large = chunked || exchange->announced > DRAIN_MAX;
    return large ? send_refusal(exchange) : MHD_YES;
}

/* NOLINTNEXTLINE(readability-function-size): a callback as the library wants it. */
enum MHD_Result exchange_handle(void *cls, struct MHD_Connection *connection, const char *url,
                                const char *method, const char *version, const char *data,
                                size_t *data_size, void **request)
{
    struct exchange *exchange = *request;
    (void)version;
    if (exchange == NULL) {
        return begin(cls, connection, url, method, request);
    }
    if (*data_size > 0) {
        size_t size = *data_size;
        *data_size = 0;
        return take(exchange, data, size);
    }
    /* Not the end: it comes back so from its wait for room. */
    if (exchange->received < exchange->announced && exchange->phase != PHASE_READY) {
        return MHD_YES;
    }
    switch (exchange->phase) {
    case PHASE_TAKING:
        return hand_over(exchange);
    case PHASE_REFUSED:
        return send_refusal(exchange);
    case PHASE_READY:
        return send_reply(exchange);
    case PHASE_QUEUED:
        break;
    }
    return MHD_YES;
}

/* Nobody is there any more to be answered, but lines that came in whole count. */
static bool leaves_a_rest(const struct exchange *exchange)
{
    return exchange->phase == PHASE_TAKING && exchange->job.core.upload != NULL &&
           wire_upload_count(exchange->job.core.upload) > 0;
}

void exchange_completed(void *cls, struct MHD_Connection *connection, void **request,
                        enum MHD_RequestTerminationCode code)
{
    struct exchanges *all = cls;
    struct exchange *exchange = *request;
    (void)connection;
    (void)code;
    if (exchange == NULL) {
        return;
    }
    *request = NULL;
    visits_mark(&all->visits, exchange->visit, false);
    if (leaves_a_rest(exchange)) {
        exchange->job.done = on_rest_done;
        writer_put_rest(all->writer, &exchange->job);
    } else {
        exchange_free(exchange);
    }
    atomic_fetch_sub(&all->active, 1);
}
