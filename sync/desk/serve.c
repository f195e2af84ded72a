/* anlauf-server serve: parts, loop, take down. */
#include "base/log.h"
#include "desk/plan.h"
#include "server/http.h"
#include "server/tidy.h"

#include <malloc.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#define THREADS 2
#define QUEUE_MAX 1024
#define TICK_MS 500
#define GRACE_MS 2500
#define MEMORY_MAX (16u << 20)
#define REQUEST_MAX_S 300
#define PER_ADDRESS_DEFAULT 256
#define FILES_BESIDES 64    /* descriptors that are no connections */
#define COUNTS_EVERY_MS 10000

struct service {
    struct desk *desk;
    struct plan plan;
    int lock_fd;
    struct desk_data data;
    struct tls tls;
    struct listen listen;
    struct core *core;
    struct writer *writer;
    struct http *http;
    /* What was logged last. */
    struct writer_counts told;
    int64_t told_shut, told_ms;
};

/* ---- parts ------------------------------------------------------------------------------ */

/* Bodies come and go: big ones are given back to the system at once. */
static void settle_memory(void)
{
    (void)mallopt(M_ARENA_MAX, 2);
    (void)mallopt(M_MMAP_THRESHOLD, 128 << 10);
    (void)mallopt(M_TRIM_THRESHOLD, 256 << 10);
}

/* As many connections as the system gives descriptors for. */
static void settle_descriptors(struct plan *plan)
{
    struct rlimit limit;
    rlim_t wanted = (rlim_t)plan->connections_max + FILES_BESIDES;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted) {
        return;
    }
    limit.rlim_cur = limit.rlim_max < wanted ? limit.rlim_max : wanted;
    if (setrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < wanted) {
        plan->connections_max = (int)limit.rlim_cur - FILES_BESIDES;
        log_line("anlauf-server: connections=%d: the system gives no more descriptors",
                 plan->connections_max);
    }
}

static enum desk_exit open_socket(struct service *service)
{
    char memory[256];
    struct buf why;
    const struct plan *plan = &service->plan;
    buf_init(&why, memory, sizeof memory);
    enum err err = listen_open(plan->address, &service->listen, &why);
    if (err != ERR_OK) {
        desk_complain(service->desk, "%s", memory);
        return err == ERR_INVALID ? DESK_USAGE : DESK_FAILED;
    }
    if (!service->listen.loopback && !plan_has_tls(plan) && !plan->behind_proxy) {
        desk_complain(service->desk,
                      "%s: others can reach it, and nothing would be encrypted; see --tls, "
                      "--cert and --behind-proxy",
                      service->listen.text);
        return DESK_USAGE;
    }
    return DESK_OK;
}

static enum desk_exit open_tls(struct service *service)
{
    char memory[512];
    struct buf why;
    const struct plan *plan = &service->plan;
    enum err err = ERR_OK;
    buf_init(&why, memory, sizeof memory);
    if (plan->own_tls) {
        err = tls_load_own(service->desk->data, &service->tls, &why);
    } else if (plan->cert != NULL) {
        err = tls_load(plan->cert, plan->key, &service->tls, &why);
    }
    if (err == ERR_OK) {
        return DESK_OK;
    }
    desk_complain(service->desk, "%s%s", memory,
                  plan->own_tls && err == ERR_NOT_FOUND ? "; `tls make` makes it" : "");
    return DESK_FAILED;
}

/* An upgrade ends in a start. What cannot be taken up now stays parked; serving goes on. */
static void take_up_parked(struct service *service)
{
    int done = 0;
    enum err err = admin_unpark_all(&service->data.admin, &done);
    if (err != ERR_OK) {
        log_line("anlauf-server: parked events were not tried (%s)", err_name(err));
    } else if (done > 0) {
        log_line("anlauf-server: unparked=%d", done);
    }
}

static enum desk_exit open_core(struct service *service)
{
    const struct plan *plan = &service->plan;
    struct core_options options = {
        .storage = service->data.storage,
        .clock = service->desk->clock,
        .rng = service->desk->rng,
    };
    if (plan->own_tls || plan->pin) {
        (void)str_copy(options.pin, sizeof options.pin, str_of(service->tls.pin));
    }
    enum err err = core_make(&options, &service->core);
    if (err == ERR_OK) {
        take_up_parked(service);
    }
    return desk_result(service->desk, &service->data, err, NULL);
}

static enum err start_writer(struct service *service)
{
    const struct writer_options options = {
        .core = service->core,
        .storage = service->data.storage,
        .clock = service->desk->clock,
        .queue_max = QUEUE_MAX,
        .tick_ms = TICK_MS,
        .tidy = tidy_feeds,
    };
    return writer_start(&options, &service->writer);
}

/* On loopback there is only the proxy, and on a proxy's side only proxies. */
static int per_address(const struct service *service)
{
    const struct plan *plan = &service->plan;
    if (plan->per_address_max >= 0) {
        return plan->per_address_max;
    }
    return plan->behind_proxy || service->listen.loopback ? 0 : PER_ADDRESS_DEFAULT;
}

static enum desk_exit start(struct service *service)
{
    struct http_options options = {
        .core = service->core,
        .clock = service->desk->clock,
        .listen_fd = service->listen.fd,
        .tls = plan_has_tls(&service->plan) ? &service->tls : NULL,
        .threads = THREADS,
        .connections_max = service->plan.connections_max,
        .per_address_max = per_address(service),
        .memory_max = MEMORY_MAX,
        .idle_s = service->plan.idle_s,
        .request_s = REQUEST_MAX_S,
    };
    enum err err = start_writer(service);
    if (err == ERR_OK) {
        options.writer = service->writer;
        err = http_start(&options, &service->http);
        service->listen.fd = -1;
    }
    if (err != ERR_OK) {
        desk_complain(service->desk, "%s: the server does not start (%s)",
                      service->listen.text, err_name(err));
        return DESK_FAILED;
    }
    return DESK_OK;
}

/* A wildcard is no address that kiosks could ask at, nor is one behind a proxy. */
static void announce(struct service *service)
{
    char made[FILES_URL_SIZE];
    struct buf b;
    const char *at = service->listen.text;
    bool wildcard = strncmp(at, "0.0.0.0:", 8) == 0 || strncmp(at, "[::]:", 5) == 0;
    const char *url = service->plan.url;
    buf_init(&b, made, sizeof made);
    if (url == NULL && !wildcard) {
        buf_printf(&b, "http%s://%s", plan_has_tls(&service->plan) ? "s" : "", at);
        url = made;
    }
    if (url != NULL && enrol_url_valid(str_of(url))) {
        (void)files_url_keep(service->desk, url);
    }
    log_line("anlauf-server: listening at=%s tls=%s connections=%d", at,
             service->plan.own_tls    ? "own"
             : service->plan.cert     ? "file"
                                      : "no",
             service->plan.connections_max);
}

/* ---- loop ------------------------------------------------------------------------------- */

/* What went wrong since it was told last, at most every ten seconds. */
static void tell_counts(struct service *service)
{
    struct writer_counts counts = writer_counts(service->writer);
    int64_t shut = http_counts(service->http).shut;
    int64_t now_ms = clock_mono_ms(&service->desk->clock);
    if (now_ms - service->told_ms < COUNTS_EVERY_MS) {
        return;
    }
    if (counts.busy != service->told.busy || counts.failed != service->told.failed ||
        shut != service->told_shut) {
        log_line("anlauf-server: turned-away=%lld not-stored=%lld too-slow=%lld",
                 (long long)(counts.busy - service->told.busy),
                 (long long)(counts.failed - service->told.failed),
                 (long long)(shut - service->told_shut));
    }
    service->told = counts;
    service->told_shut = shut;
    service->told_ms = now_ms;
}

static sigset_t ending_signals(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    return set;
}

static void loop(struct service *service)
{
    const sigset_t set = ending_signals();
    const struct timespec tick = {0, TICK_MS * 1000000L};
    while (sigtimedwait(&set, NULL, &tick) < 0) {
        http_sweep(service->http);
        tell_counts(service);
    }
}

/* ---- take down -------------------------------------------------------------------------- */

static void take_down(struct service *service)
{
    if (service->http != NULL) {
        http_stop(service->http, GRACE_MS);
    }
    writer_free(service->writer);
    if (service->http != NULL) {
        http_free(service->http);
    }
    if (service->core != NULL) {
        core_free(service->core);
    }
    if (service->listen.fd >= 0) {
        close(service->listen.fd);
    }
    tls_done(&service->tls);
    desk_close(&service->data);
    if (service->lock_fd >= 0) {
        close(service->lock_fd);
    }
}

static enum desk_exit open_all(struct service *service)
{
    enum desk_exit result = open_socket(service);
    if (result != DESK_OK) {
        return result;
    }
    if (!desk_open(service->desk, &service->data)) {
        return DESK_NO_DATA;
    }
    if (!files_lock(service->desk, &service->lock_fd)) {
        return DESK_FAILED;
    }
    result = open_tls(service);
    if (result == DESK_OK) {
        result = open_core(service);
    }
    return result == DESK_OK ? start(service) : result;
}

static enum desk_exit run(struct desk *desk, const struct subcommand_args *args)
{
    struct service service = {.desk = desk, .lock_fd = -1, .listen = {.fd = -1}};
    const sigset_t set = ending_signals();
    if (!plan_read(desk, args, &service.plan)) {
        return DESK_USAGE;
    }
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error like a full disk */
    settle_memory();
    settle_descriptors(&service.plan);
    enum desk_exit result = open_all(&service);
    if (result == DESK_OK) {
        announce(&service);
        loop(&service);
        log_line("anlauf-server: stopping");
    }
    take_down(&service);
    if (result == DESK_OK) {
        log_line("anlauf-server: stopped");
    }
    return result;
}

const struct command command_serve = {
    .call.first = "serve",
    .call.help =
        "Lets kiosks sync, until SIGTERM or Ctrl-C. Without TLS only for this machine,\n"
        "or behind a proxy that has it.",
    .call.options = plan_options,
    .run = run,
};
