#include "server/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define BACKLOG 1024 /* a whole town's kiosks after an outage */

static bool is_loopback(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET) {
        const struct sockaddr_in *in = (const struct sockaddr_in *)(const void *)address;
        return ntohl(in->sin_addr.s_addr) >> 24 == 127;
    }
    const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)(const void *)address;
    const uint8_t *b = in6->sin6_addr.s6_addr;
    return IN6_IS_ADDR_LOOPBACK(&in6->sin6_addr) ||
           (IN6_IS_ADDR_V4MAPPED(&in6->sin6_addr) && b[12] == 127);
}

/* Host and port, the host without its brackets. */
static bool split(const char *text, char host[LISTEN_TEXT_SIZE], const char **port_out)
{
    const char *colon = strrchr(text, ':');
    if (colon == NULL || colon == text || colon[1] == '\0') {
        return false;
    }
    struct str name = {text, (size_t)(colon - text)};
    if (name.ptr[0] == '[' && name.ptr[name.len - 1] == ']') {
        name = (struct str){name.ptr + 1, name.len - 2};
    } else if (memchr(name.ptr, ':', name.len) != NULL) {
        return false;
    }
    *port_out = colon + 1;
    return str_copy(host, LISTEN_TEXT_SIZE, name);
}

static struct addrinfo *resolve(const char *text)
{
    const struct addrinfo hints = {
        .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE,
        .ai_socktype = SOCK_STREAM,
    };
    char host[LISTEN_TEXT_SIZE];
    const char *port = NULL;
    struct addrinfo *found = NULL;
    if (!split(text, host, &port) || getaddrinfo(host, port, &hints, &found) != 0) {
        return NULL;
    }
    return found;
}

static void name_it(struct listen *listen)
{
    struct sockaddr_storage address = {0};
    socklen_t len = sizeof address;
    char host[LISTEN_TEXT_SIZE - 10] = "", port[8] = "";
    struct buf b;
    buf_init(&b, listen->text, sizeof listen->text);
    if (getsockname(listen->fd, (struct sockaddr *)&address, &len) == 0) {
        getnameinfo((struct sockaddr *)&address, len, host, sizeof host, port, sizeof port,
                    NI_NUMERICHOST | NI_NUMERICSERV);
    }
    buf_printf(&b, address.ss_family == AF_INET6 ? "[%s]:%s" : "%s:%s", host, port);
}

static enum err open_at(const struct addrinfo *at, int *fd_out)
{
    const int on = 1;
    int fd = socket(at->ai_family, at->ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        return ERR_IO;
    }
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(fd, at->ai_addr, at->ai_addrlen) != 0 || listen(fd, BACKLOG) != 0) {
        enum err err = errno == EADDRINUSE ? ERR_BUSY : ERR_IO;
        int saved = errno;
        close(fd);
        errno = saved;
        return err;
    }
    *fd_out = fd;
    return ERR_OK;
}

enum err listen_open(const char *address, struct listen *listen_out, struct buf *why)
{
    struct listen opened = {.fd = -1};
    struct addrinfo *at = resolve(address);
    if (at == NULL) {
        buf_printf(why, "%s: must be like 127.0.0.1:8600 or [::1]:8600", address);
        return ERR_INVALID;
    }
    opened.loopback = is_loopback(at->ai_addr);
    enum err err = open_at(at, &opened.fd);
    if (err != ERR_OK) {
        buf_printf(why, "%s: %s", address, strerror(errno));
    } else {
        name_it(&opened);
        *listen_out = opened;
    }
    freeaddrinfo(at);
    return err;
}
