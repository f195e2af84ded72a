#include "client/watch.h"

#include <errno.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define LOG_FILE "state.db-wal" /* grows with each fact */
#define UNSEEN_MS 30000         /* between looks where nothing tells */
#define LOOK_EVERY_MS 20
#define LOOK_FOR_MS 3000
#define READ_SIZE 4096

struct watch {
    struct watch_line line;
    int files, net, signals, quit; /* -1: none */
    pthread_t thread;
    bool running;
    int64_t look_until_ms; /* 0: nobody wrote lately. Of the thread */
    pthread_mutex_t lock;
    pthread_cond_t bell;
    unsigned seen; /* with the lock */
};

static sigset_t ending_signals(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    return set;
}

void watch_block_signals(void)
{
    sigset_t set = ending_signals();
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    signal(SIGPIPE, SIG_IGN);
}

static void ring(struct watch *watch, unsigned what)
{
    pthread_mutex_lock(&watch->lock);
    watch->seen |= what;
    pthread_cond_signal(&watch->bell);
    pthread_mutex_unlock(&watch->lock);
}

/* ---- the kiosk's log ------------------------------------------------------------ */

static bool names_log(const char *events, size_t len)
{
    bool found = false;
    size_t at = 0;
    while (at + sizeof(struct inotify_event) <= len) {
        struct inotify_event event;
        memcpy(&event, events + at, sizeof event);
        const char *name = events + at + sizeof event;
        found = found || (event.len > 0 && strcmp(name, LOG_FILE) == 0) ||
                (event.mask & IN_Q_OVERFLOW) != 0;
        at += sizeof event + event.len;
    }
    return found;
}

/* True if the log was written to. */
static bool read_files(struct watch *watch)
{
    char events[READ_SIZE];
    bool found = false;
    ssize_t len;
    while (watch->files >= 0 && (len = read(watch->files, events, sizeof events)) > 0) {
        found = names_log(events, (size_t)len) || found;
    }
    return found;
}

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* The file is written to before the disk has it, and only then the fact can be read: it
 * is looked for until a slow card must be done. */
static void look(struct watch *watch)
{
    if (watch->look_until_ms == 0) {
        return;
    }
    if (now_ms() > watch->look_until_ms) {
        watch->look_until_ms = 0;
        return;
    }
    if (watch->line.due(watch->line.due_ctx)) {
        watch->look_until_ms = 0;
        pthread_mutex_lock(&watch->lock);
        watch->seen |= WATCH_FACTS;
        pthread_cond_signal(&watch->bell);
        watch->line.link->interrupt(watch->line.link->ctx);
        pthread_mutex_unlock(&watch->lock);
    }
}

/* ---- the network ---------------------------------------------------------------- */

static void see_net(struct watch *watch)
{
    char messages[READ_SIZE];
    while (recv(watch->net, messages, sizeof messages, MSG_DONTWAIT) > 0) {
    }
    ring(watch, WATCH_LINK);
}

static int open_net(void)
{
    struct sockaddr_nl address = {
        .nl_family = AF_NETLINK,
        .nl_groups = RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR |
                     RTMGRP_IPV4_ROUTE | RTMGRP_IPV6_ROUTE,
    };
    int net = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
    if (net >= 0 && bind(net, (const struct sockaddr *)&address, sizeof address) != 0) {
        close(net);
        net = -1;
    }
    return net;
}

static int open_files(const char *dir)
{
    int files = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    if (files >= 0 &&
        inotify_add_watch(files, dir, IN_MODIFY | IN_CREATE | IN_MOVED_TO) < 0) {
        close(files);
        files = -1;
    }
    return files;
}

/* ---- the thread ----------------------------------------------------------------- */

/* False: to end. */
static bool wait(struct watch *watch, struct pollfd fds[], nfds_t count)
{
    int limit_ms = watch->look_until_ms != 0 ? LOOK_EVERY_MS
                   : watch->files < 0        ? UNSEEN_MS
                                             : -1;
    int ready = poll(fds, count, limit_ms);
    if (ready == 0 && watch->files < 0) {
        watch->look_until_ms = now_ms() + LOOK_EVERY_MS;
    }
    return (ready >= 0 || errno == EINTR) && fds[2].revents == 0 && fds[3].revents == 0;
}

static void *run(void *arg)
{
    struct watch *watch = arg;
    struct pollfd fds[] = {{.fd = watch->files, .events = POLLIN},
                           {.fd = watch->net, .events = POLLIN},
                           {.fd = watch->signals, .events = POLLIN},
                           {.fd = watch->quit, .events = POLLIN}};
    while (wait(watch, fds, ARRAY_LEN(fds))) {
        if (fds[0].revents != 0 && read_files(watch)) {
            watch->look_until_ms = now_ms() + LOOK_FOR_MS;
        }
        if (fds[1].revents != 0) {
            see_net(watch);
        }
        look(watch);
    }
    if (fds[2].revents != 0) {
        ring(watch, WATCH_STOP);
        watch->line.stop(watch->line.link);
    }
    return NULL;
}

static void close_one(int fd)
{
    if (fd >= 0) {
        close(fd);
    }
}

void watch_close(struct watch *watch)
{
    if (watch == NULL) {
        return;
    }
    if (watch->running) {
        eventfd_write(watch->quit, 1);
        pthread_join(watch->thread, NULL);
    }
    close_one(watch->files);
    close_one(watch->net);
    close_one(watch->signals);
    close_one(watch->quit);
    pthread_cond_destroy(&watch->bell);
    pthread_mutex_destroy(&watch->lock);
    free(watch);
}

/* The bell is waited for by the monotonic clock: a kiosk's wall clock may jump by years.
 */
static void make_bell(struct watch *watch)
{
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&watch->bell, &attributes);
    pthread_condattr_destroy(&attributes);
    pthread_mutex_init(&watch->lock, NULL);
}

enum err watch_open(const char *dir, const struct watch_line *line,
                    struct watch **watch_out)
{
    sigset_t set = ending_signals();
    struct watch *watch = calloc(1, sizeof *watch);
    if (watch == NULL) {
        return ERR_FULL;
    }
    make_bell(watch);
    watch->line = *line;
    watch->files = open_files(dir);
    watch->net = open_net();
    watch->signals = signalfd(-1, &set, SFD_CLOEXEC);
    watch->quit = eventfd(0, EFD_CLOEXEC);
    watch->running = watch->signals >= 0 && watch->quit >= 0 &&
                     pthread_create(&watch->thread, NULL, run, watch) == 0;
    if (!watch->running) {
        watch_close(watch);
        return ERR_FULL;
    }
    *watch_out = watch;
    return ERR_OK;
}

void watch_arm(struct watch *watch)
{
    pthread_mutex_lock(&watch->lock);
    watch->seen &= ~WATCH_FACTS;
    watch->line.calm(watch->line.link);
    pthread_mutex_unlock(&watch->lock);
}

static struct timespec after(int64_t wait_ms)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    at.tv_sec += (time_t)(wait_ms / 1000);
    at.tv_nsec += (long)(wait_ms % 1000) * 1000000;
    if (at.tv_nsec >= 1000000000) {
        at.tv_nsec -= 1000000000;
        at.tv_sec++;
    }
    return at;
}

unsigned watch_take(struct watch *watch, int64_t wait_ms)
{
    struct timespec until = after(wait_ms);
    pthread_mutex_lock(&watch->lock);
    while (wait_ms > 0 && watch->seen == 0 &&
           pthread_cond_timedwait(&watch->bell, &watch->lock, &until) == 0) {
    }
    unsigned seen = watch->seen;
    watch->seen &= WATCH_STOP; /* is never over */
    pthread_mutex_unlock(&watch->lock);
    return seen;
}
