#include "server/http.h"

#include "server/exchange.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define STACK_SIZE (256u << 10)
/* A request's head, and the piece of its body that is read at once. */
#define CONNECTION_MEMORY (16u << 10)

struct http {
    struct http_options options;
    struct exchanges exchanges;
    struct MHD_Daemon *daemon;
};

static void greet(const struct http *http, struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_GNUTLS_SESSION);
    if (http->options.tls != NULL && info != NULL && info->tls_session != NULL) {
        tls_greet(http->options.tls, info->tls_session);
    }
}

static void on_connection(void *cls, struct MHD_Connection *connection, void **visit,
                          enum MHD_ConnectionNotificationCode code)
{
    struct http *http = cls;
    struct visits *visits = &http->exchanges.visits;
    if (code == MHD_CONNECTION_NOTIFY_CLOSED) {
        visits_go(visits, *visit);
        *visit = NULL;
        return;
    }
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    *visit = visits_come(visits, info != NULL ? info->connect_fd : -1);
    greet(http, connection);
}

/* With epoll, libmicrohttpd 0.9.75 asks again and again for the rest of a TLS greeting that
 * has begun: three bytes of a stranger would cost a whole core until they are shut. */
static unsigned int polling(const struct http_options *options)
{
    return options->tls != NULL ? MHD_USE_POLL_INTERNAL_THREAD | MHD_USE_TLS
                                : MHD_USE_EPOLL_INTERNAL_THREAD;
}

static struct MHD_Daemon *start_daemon(struct http *http)
{
    const struct http_options *o = &http->options;
    unsigned int flags =
        polling(o) | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_SUPPRESS_DATE_NO_CLOCK;
    struct MHD_OptionItem secure[] = {
        {MHD_OPTION_HTTPS_MEM_KEY, 0, o->tls != NULL ? o->tls->key_pem : NULL},
        {MHD_OPTION_HTTPS_MEM_CERT, 0, o->tls != NULL ? o->tls->cert_pem : NULL},
        {MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)(uintptr_t)tls_priorities()},
        {MHD_OPTION_END, 0, NULL},
    };
    struct MHD_OptionItem plain[] = {{MHD_OPTION_END, 0, NULL}};
    return MHD_start_daemon(
        flags, 0, NULL, NULL, exchange_handle, &http->exchanges, /* the port is the socket's */
        MHD_OPTION_LISTEN_SOCKET, o->listen_fd,                  /* */
        MHD_OPTION_THREAD_POOL_SIZE, (unsigned int)o->threads,
        MHD_OPTION_THREAD_STACK_SIZE, (size_t)STACK_SIZE, /* */
        MHD_OPTION_CONNECTION_LIMIT, (unsigned int)o->connections_max,
        MHD_OPTION_PER_IP_CONNECTION_LIMIT, (unsigned int)o->per_address_max,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned int)o->idle_s,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY,
        MHD_OPTION_STRICT_FOR_CLIENT, 1, /* */
        MHD_OPTION_NOTIFY_COMPLETED, exchange_completed, &http->exchanges,
        MHD_OPTION_NOTIFY_CONNECTION, on_connection, http, /* */
        MHD_OPTION_ARRAY, o->tls != NULL ? secure : plain, MHD_OPTION_END);
}

enum err http_start(const struct http_options *options, struct http **http_out)
{
    struct http *http = calloc(1, sizeof *http);
    if (http == NULL) {
        close(options->listen_fd);
        return ERR_FULL;
    }
    http->options = *options;
    http->exchanges.core = options->core;
    http->exchanges.writer = options->writer;
    room_init(&http->exchanges.room, options->memory_max);
    visits_init(&http->exchanges.visits, options->clock);
    http->daemon = start_daemon(http);
    if (http->daemon == NULL) {
        close(options->listen_fd);
        http_free(http);
        return ERR_IO;
    }
    *http_out = http;
    return ERR_OK;
}

void http_sweep(struct http *http)
{
    visits_sweep(&http->exchanges.visits, http->options.idle_s * INT64_C(1000),
                 http->options.request_s * INT64_C(1000));
}

struct http_counts http_counts(struct http *http)
{
    struct visits *visits = &http->exchanges.visits;
    pthread_mutex_lock(&visits->lock);
    struct http_counts counts = {visits->count, visits->shut};
    pthread_mutex_unlock(&visits->lock);
    return counts;
}

/* A commit that has begun is waited for in any case. */
static void wait_for_answers(struct http *http, int grace_ms)
{
    const struct timespec moment = {0, 5000000};
    int64_t end_ms = clock_mono_ms(&http->options.clock) + grace_ms;
    for (;;) {
        bool over = clock_mono_ms(&http->options.clock) >= end_ms;
        if (atomic_load(&http->exchanges.active) == 0 ||
            (over && atomic_load(&http->exchanges.suspended) == 0)) {
            return;
        }
        nanosleep(&moment, NULL);
    }
}

void http_stop(struct http *http, int grace_ms)
{
    MHD_socket fd = MHD_quiesce_daemon(http->daemon);
    if (fd != MHD_INVALID_SOCKET) {
        close(fd);
    }
    room_open(&http->exchanges.room);
    writer_close(http->options.writer);
    wait_for_answers(http, grace_ms);
    MHD_stop_daemon(http->daemon);
}

void http_free(struct http *http)
{
    room_done(&http->exchanges.room);
    visits_done(&http->exchanges.visits);
    free(http);
}
