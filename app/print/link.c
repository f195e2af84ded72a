#include "print/link.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define CONNECT_MS 3000
#define FAREWELL_MS 200
#define CHUNK 4096 /* small enough that a slow printer shows its progress */

static int left_ms(const struct link *link, int64_t at_most)
{
    int64_t left = link->until_mono_ms - clock_mono_ms(&link->clock);
    left = left < at_most ? left : at_most;
    return left > 0 ? (int)left : 0;
}

/* True if the device is ready for `events`. A signal does not prolong the wait. */
static bool wait_for(const struct link *link, short events, int64_t at_most_ms)
{
    struct pollfd poll_fd = {.fd = link->fd, .events = events};
    int64_t end = clock_mono_ms(&link->clock) + left_ms(link, at_most_ms);
    for (;;) {
        int64_t left = end - clock_mono_ms(&link->clock);
        int ready = poll(&poll_fd, 1, left > 0 ? (int)left : 0);
        if (ready > 0) {
            return (poll_fd.revents & (events | POLLHUP | POLLERR)) != 0;
        }
        if (ready == 0 || errno != EINTR) {
            return false;
        }
    }
}

static socklen_t make_address(const struct printer *printer, struct sockaddr_storage *address)
{
    struct sockaddr_in v4 = {.sin_family = AF_INET};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
    memset(address, 0, sizeof *address);
    v4.sin_port = v6.sin6_port = htons((uint16_t)printer->port);
    if (inet_pton(AF_INET, printer->path, &v4.sin_addr) == 1) {
        memcpy(address, &v4, sizeof v4);
        return sizeof v4;
    }
    if (inet_pton(AF_INET6, printer->path, &v6.sin6_addr) == 1) {
        memcpy(address, &v6, sizeof v6);
        return sizeof v6;
    }
    return 0;
}

static enum err connect_socket(struct link *link, const struct printer *printer)
{
    struct sockaddr_storage address;
    socklen_t len = make_address(printer, &address);
    if (len == 0) {
        return ERR_INVALID;
    }
    link->is_socket = true;
    link->fd = socket(address.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (link->fd < 0) {
        return ERR_IO;
    }
    if (connect(link->fd, (struct sockaddr *)&address, len) == 0) {
        return ERR_OK;
    }
    int error = errno;
    socklen_t size = sizeof error;
    if (error == EINPROGRESS && wait_for(link, POLLOUT, CONNECT_MS) &&
        getsockopt(link->fd, SOL_SOCKET, SO_ERROR, &error, &size) == 0 && error == 0) {
        return ERR_OK;
    }
    return ERR_IO;
}

static enum err open_device(struct link *link, const char *path)
{
    const int flags = O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
    link->fd = open(path, O_RDWR | flags);
    if (link->fd < 0) {
        /* Some devices only listen. */
        link->fd = open(path, O_WRONLY | flags);
    }
    return link->fd < 0 ? ERR_IO : ERR_OK;
}

enum err link_open(const struct printer *printer, int64_t until_mono_ms,
                   struct link *link_out)
{
    struct link link = {.fd = -1, .clock = printer->clock, .until_mono_ms = until_mono_ms};
    enum err err = printer->kind == PRINTER_TCP ? connect_socket(&link, printer)
                                                : open_device(&link, printer->path);
    if (err) {
        if (link.fd >= 0) {
            close(link.fd);
        }
        return err;
    }
    *link_out = link;
    return ERR_OK;
}

static ssize_t write_some(const struct link *link, const uint8_t *bytes, size_t len)
{
    len = len < CHUNK ? len : CHUNK;
    return link->is_socket ? send(link->fd, bytes, len, MSG_NOSIGNAL)
                           : write(link->fd, bytes, len);
}

enum err link_write(struct link *link, const uint8_t *bytes, size_t len)
{
    while (len > 0) {
        if (!wait_for(link, POLLOUT, INT32_MAX)) {
            return ERR_IO;
        }
        ssize_t n = write_some(link, bytes, len);
        if (n < 0 && errno != EAGAIN && errno != EINTR) {
            return ERR_IO;
        }
        if (n > 0) {
            bytes += n;
            len -= (size_t)n;
        } else if (left_ms(link, INT32_MAX) == 0) {
            return ERR_IO;
        }
    }
    return ERR_OK;
}

int link_read_byte(struct link *link, int timeout_ms)
{
    uint8_t byte;
    if (!wait_for(link, POLLIN, timeout_ms)) {
        return -1;
    }
    return read(link->fd, &byte, 1) == 1 ? byte : -1;
}

void link_drain(struct link *link)
{
    /* Bounded: a device that talks without end is not waited for. */
    for (int i = 0; i < 256 && link_read_byte(link, 0) >= 0; i++) {
    }
}

void link_close(struct link *link)
{
    if (link->is_socket) {
        /* Closing with unread answers would reset the connection and throw away what the
         * printer has not taken yet. */
        shutdown(link->fd, SHUT_WR);
        for (int i = 0; i < 16 && link_read_byte(link, FAREWELL_MS) >= 0; i++) {
        }
    }
    close(link->fd);
    link->fd = -1;
}
