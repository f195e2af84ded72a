/* A bad line between two programs on one machine: TCP on loopback through delay, a narrow
 * rate, connections that die after so many bytes, a line that comes and goes, wrong bits.
 *
 *   tool_faultproxy --to 127.0.0.1:PORT [--listen 127.0.0.1:PORT] [--seconds N]
 *       --delay MS         each way half of it: a round trip takes MS longer, and so does
 *                          each new connection
 *       --rate BYTES       a second, each way and connection
 *       --cut BYTES        a connection dies after so many, both ways together
 *       --flap UP/DOWN     MS there, MS gone: what is open then dies, what comes is
 * refused
 *       --corrupt BYTES    one bit wrong in each so many, both ways
 *       --counts FILE      written on SIGUSR1 and at the end
 *
 * Prints "listening 127.0.0.1:PORT" and, at the end, the counts as one line of JSON. Ends
 * by itself after --seconds (60), at most an hour. One thread, poll(2), no other address
 * than loopback. */
#include "base/check.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define LINKS_MAX 256
#define PIECES_MAX 64 /* on their way at once, each way */
#define PIECE_MAX 16384
#define SECONDS_MAX 3600

struct options {
    struct sockaddr_in to, listen;
    int64_t delay_ms, rate, cut, up_ms, down_ms, corrupt, seconds;
    const char *counts;
};

/* What one side said and the other has not heard yet. */
struct piece {
    int64_t due_us;
    size_t len, sent;
    char data[PIECE_MAX];
};
struct way {
    struct piece pieces[PIECES_MAX];
    int first, count;
    int64_t free_us; /* when the narrow line has carried all before */
    bool ended;      /* who speaks has said all */
    bool told;       /* and the other knows */
};

struct link {
    int fd[2];         /* [0] who came, [1] where to; -1: free */
    struct way way[2]; /* [0] there, [1] back */
    int64_t bytes;
};

struct counts {
    int64_t bytes[2], links, refused, cut, flapped, bits;
};

static struct link *links[LINKS_MAX];
static struct counts counts;
static volatile sig_atomic_t stop_asked, counts_asked;

static int64_t now_us(void)
{
    struct timespec t;
    CHECK(clock_gettime(CLOCK_MONOTONIC, &t) == 0);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* ---- counts ------------------------------------------------------------------------ */

static void write_counts(FILE *out)
{
    fprintf(out,
            "{\"there\":%lld,\"back\":%lld,\"links\":%lld,\"refused\":%lld,\"cut\":%lld,"
            "\"flapped\":%lld,\"bits\":%lld}\n",
            (long long)counts.bytes[0], (long long)counts.bytes[1],
            (long long)counts.links, (long long)counts.refused, (long long)counts.cut,
            (long long)counts.flapped, (long long)counts.bits);
    fflush(out);
}

/* Whole or not at all: somebody may be waiting for the file. */
static void save_counts(const char *path)
{
    char fresh[4096];
    snprintf(fresh, sizeof fresh, "%s.new", path);
    FILE *out = fopen(fresh, "we");
    if (out != NULL) {
        write_counts(out);
        fclose(out);
        rename(fresh, path);
    }
}

/* ---- links ------------------------------------------------------------------------- */

/* At once and for both, as a line that breaks: no goodbye, what was on its way is lost.
 */
static void drop(int at)
{
    struct linger hard = {1, 0};
    for (int side = 0; side < 2; side++) {
        setsockopt(links[at]->fd[side], SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
        close(links[at]->fd[side]);
    }
    free(links[at]);
    links[at] = NULL;
}

static void finish(int at)
{
    close(links[at]->fd[0]);
    close(links[at]->fd[1]);
    free(links[at]);
    links[at] = NULL;
}

static int connect_to(const struct sockaddr_in *to)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd >= 0 && connect(fd, (const struct sockaddr *)to, sizeof *to) != 0) {
        close(fd);
        return -1;
    }
    return fd;
}

static void make_ready(int fd)
{
    int one = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
}

/* The handshake here was at once; over a long line nothing is heard before a round trip.
 */
static void add_link(const struct options *options, int came, int there)
{
    int at = 0;
    while (at < LINKS_MAX && links[at] != NULL) {
        at++;
    }
    struct link *link = at < LINKS_MAX ? calloc(1, sizeof *link) : NULL;
    if (link == NULL || there < 0) {
        counts.refused++;
        free(link);
        close(came);
        if (there >= 0) {
            close(there);
        }
        return;
    }
    make_ready(came);
    make_ready(there);
    link->fd[0] = came;
    link->fd[1] = there;
    link->way[0].free_us = now_us() + options->delay_ms * 1000;
    links[at] = link;
    counts.links++;
}

/* ---- bytes ------------------------------------------------------------------------- */

/* One wrong bit for each so many bytes, counted over all links. */
static void corrupt(struct piece *piece, int64_t every)
{
    static int64_t passed;
    for (size_t i = 0; every > 0 && i < piece->len; i++) {
        if (++passed % every == 0) {
            piece->data[i] ^= (char)(1 << counts.bits++ % 8);
        }
    }
}

/* Takes no more than the cut leaves. */
static size_t most(const struct options *options, const struct link *link)
{
    int64_t left = options->cut > 0 ? options->cut - link->bytes : PIECE_MAX;
    size_t slice = options->rate > 0 ? (size_t)options->rate / 20 + 1 : PIECE_MAX;
    size_t size = left < PIECE_MAX ? (size_t)left : PIECE_MAX;
    return slice < size ? slice : size;
}

static void post(const struct options *options, struct way *way, struct piece *piece)
{
    int64_t now = now_us();
    int64_t start = way->free_us > now ? way->free_us : now;
    way->free_us =
        options->rate > 0 ? start + (int64_t)piece->len * 1000000 / options->rate : start;
    piece->due_us = way->free_us + options->delay_ms * 500;
    piece->sent = 0;
    way->count++;
}

/* False if the link is over. */
static bool take(const struct options *options, struct link *link, int side)
{
    struct way *way = &link->way[side];
    struct piece *piece = &way->pieces[(way->first + way->count) % PIECES_MAX];
    ssize_t len = recv(link->fd[side], piece->data, most(options, link), 0);
    if (len < 0) {
        return errno == EAGAIN || errno == EINTR;
    }
    if (len == 0) {
        way->ended = true;
        return true;
    }
    piece->len = (size_t)len;
    link->bytes += len;
    counts.bytes[side] += len;
    corrupt(piece, options->corrupt);
    post(options, way, piece);
    return true;
}

static bool give(struct link *link, int side)
{
    struct way *way = &link->way[side];
    struct piece *piece = &way->pieces[way->first];
    ssize_t len = send(link->fd[!side], piece->data + piece->sent,
                       piece->len - piece->sent, MSG_NOSIGNAL);
    if (len < 0) {
        return errno == EAGAIN || errno == EINTR;
    }
    piece->sent += (size_t)len;
    if (piece->sent == piece->len) {
        way->first = (way->first + 1) % PIECES_MAX;
        way->count--;
    }
    return true;
}

static bool is_due(const struct way *way)
{
    return way->count > 0 && way->pieces[way->first].due_us <= now_us();
}

/* Carries what is due, then says that no more comes, then is done. */
static bool carry(struct link *link, int side, short ready)
{
    struct way *way = &link->way[side];
    if ((ready & POLLOUT) && is_due(way) && !give(link, side)) {
        return false;
    }
    if (way->ended && way->count == 0 && !way->told) {
        way->told = true;
        shutdown(link->fd[!side], SHUT_WR);
    }
    return true;
}

static bool is_cut(const struct options *options, const struct link *link)
{
    return options->cut > 0 && link->bytes >= options->cut && link->way[0].count == 0 &&
           link->way[1].count == 0;
}

static void serve_link(const struct options *options, int at, const struct pollfd *polls)
{
    struct link *link = links[at];
    bool alive = true;
    for (int side = 0; side < 2 && alive; side++) {
        struct way *way = &link->way[side];
        bool may = !way->ended && way->count < PIECES_MAX && most(options, link) > 0;
        if (may && (polls[side].revents & (POLLIN | POLLHUP | POLLERR))) {
            alive = take(options, link, side);
        }
        alive = alive && carry(link, side, polls[!side].revents);
    }
    if (alive && is_cut(options, link)) {
        counts.cut++;
        alive = false;
    }
    if (!alive) {
        drop(at);
    } else if (link->way[0].told && link->way[1].told) {
        finish(at);
    }
}

/* ---- the loop ---------------------------------------------------------------------- */

static bool is_up(const struct options *options, int64_t began_us)
{
    int64_t period = (options->up_ms + options->down_ms) * 1000;
    return options->down_ms == 0 ||
           (now_us() - began_us) % period < options->up_ms * 1000;
}

static void wish_for(const struct options *options, const struct link *link,
                     struct pollfd polls[2], int64_t *until_us)
{
    for (int side = 0; side < 2; side++) {
        polls[side] = (struct pollfd){.fd = link->fd[side]};
    }
    for (int side = 0; side < 2; side++) {
        const struct way *way = &link->way[side];
        if (!way->ended && way->count < PIECES_MAX && most(options, link) > 0) {
            polls[side].events |= POLLIN;
        }
        if (way->count > 0 && is_due(way)) {
            polls[!side].events |= POLLOUT;
        } else if (way->count > 0 && way->pieces[way->first].due_us < *until_us) {
            *until_us = way->pieces[way->first].due_us;
        }
    }
    for (int side = 0; side < 2; side++) {
        if (polls[side].events == 0) {
            polls[side].fd = -1; /* a peer that is gone must not wake us for ever */
        }
    }
}

static void take_newcomer(const struct options *options, int listener, bool up)
{
    struct linger hard = {1, 0};
    int came = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    if (came < 0) {
        return;
    }
    if (!up) {
        counts.refused++;
        setsockopt(came, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
        close(came);
        return;
    }
    add_link(options, came, connect_to(&options->to));
}

static void drop_all(void)
{
    for (int i = 0; i < LINKS_MAX; i++) {
        if (links[i] != NULL) {
            counts.flapped++;
            drop(i);
        }
    }
}

/* Waits until something can be done, at most 20 ms: the line may come and go. */
static void step(const struct options *options, int listener, int64_t began_us)
{
    static struct pollfd polls[1 + 2 * LINKS_MAX];
    int at[LINKS_MAX], count = 0;
    int64_t until_us = now_us() + 20000;
    bool up = is_up(options, began_us);
    if (!up) {
        drop_all();
    }
    polls[0] = (struct pollfd){listener, POLLIN, 0};
    for (int i = 0; i < LINKS_MAX; i++) {
        if (links[i] != NULL) {
            wish_for(options, links[i], &polls[1 + 2 * count], &until_us);
            at[count++] = i;
        }
    }
    int64_t wait_us = until_us - now_us();
    struct timespec wait = {0, wait_us > 0 ? wait_us * 1000 : 0};
    if (ppoll(polls, 1 + 2 * (nfds_t)count, &wait, NULL) < 0) {
        return;
    }
    for (int i = 0; i < count; i++) {
        serve_link(options, at[i], &polls[1 + 2 * i]);
    }
    if (polls[0].revents & POLLIN) {
        take_newcomer(options, listener, up);
    }
}

static void run(const struct options *options, int listener)
{
    int64_t began_us = now_us(), end_us = began_us + options->seconds * 1000000;
    while (!stop_asked && now_us() < end_us) {
        step(options, listener, began_us);
        if (counts_asked && options->counts != NULL) {
            counts_asked = 0;
            save_counts(options->counts);
        }
    }
}

/* ---- the start --------------------------------------------------------------------- */

static void note_signal(int number)
{
    if (number == SIGUSR1) {
        counts_asked = 1;
    } else {
        stop_asked = 1;
    }
}

static int open_listener(const struct sockaddr_in *address)
{
    struct sockaddr_in bound;
    socklen_t len = sizeof bound;
    int one = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(fd, (const struct sockaddr *)address, sizeof *address) != 0 ||
        listen(fd, 64) != 0 || getsockname(fd, (struct sockaddr *)&bound, &len) != 0) {
        perror("faultproxy");
        exit(1);
    }
    printf("listening 127.0.0.1:%d\n", ntohs(bound.sin_port));
    fflush(stdout);
    return fd;
}

_Noreturn static void refuse(const char *what)
{
    fprintf(stderr, "tool_faultproxy: %s\n", what);
    exit(2);
}

static int64_t read_number(const char *text, const char **rest_out)
{
    char *rest;
    errno = 0;
    long long number = strtoll(text, &rest, 10);
    if (errno != 0 || rest == text || number < 0 || number > 1000000000) {
        refuse("not a number");
    }
    *rest_out = rest;
    return number;
}

static struct sockaddr_in read_address(const char *text)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    const char *rest;
    if (strncmp(text, "127.0.0.1:", 10) != 0) {
        refuse("only 127.0.0.1:PORT");
    }
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons((uint16_t)read_number(text + 10, &rest));
    return address;
}

static void read_flap(struct options *options, const char *text)
{
    options->up_ms = read_number(text, &text);
    if (*text != '/') {
        refuse("--flap UP/DOWN");
    }
    options->down_ms = read_number(text + 1, &text);
}

static void read_option(struct options *options, const char *name, const char *value)
{
    struct {
        const char *name;
        int64_t *number;
    } numbers[] = {
        {"--delay", &options->delay_ms},  {"--rate", &options->rate},
        {"--cut", &options->cut},         {"--corrupt", &options->corrupt},
        {"--seconds", &options->seconds},
    };
    for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
        if (strcmp(name, numbers[i].name) == 0) {
            *numbers[i].number = read_number(value, &value);
            return;
        }
    }
    if (strcmp(name, "--to") == 0) {
        options->to = read_address(value);
    } else if (strcmp(name, "--listen") == 0) {
        options->listen = read_address(value);
    } else if (strcmp(name, "--flap") == 0) {
        read_flap(options, value);
    } else if (strcmp(name, "--counts") == 0) {
        options->counts = value;
    } else {
        refuse(name);
    }
}

int main(int argc, char **argv)
{
    struct options options = {.seconds = 60, .listen = read_address("127.0.0.1:0")};
    struct sigaction action = {.sa_handler = note_signal};
    for (int i = 1; i + 1 < argc; i += 2) {
        read_option(&options, argv[i], argv[i + 1]);
    }
    if (argc % 2 == 0 || options.to.sin_port == 0 || options.seconds > SECONDS_MAX) {
        refuse("wants --to 127.0.0.1:PORT and pairs of options");
    }
    sigaction(SIGUSR1, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    run(&options, open_listener(&options.listen));
    if (options.counts != NULL) {
        save_counts(options.counts);
    }
    write_counts(stdout);
    return 0;
}
