/* "127.0.0.1:8600", "[::1]:8600", "0.0.0.0:0" → a socket that listens. */
#ifndef SERVER_LISTEN_H
#define SERVER_LISTEN_H

#include "base/buf.h"
#include "base/err.h"

#define LISTEN_TEXT_SIZE 64

struct listen {
    int fd;
    bool loopback;               /* only this machine can reach it */
    char text[LISTEN_TEXT_SIZE]; /* with the port it really has */
};
/* ERR_INVALID: no such address. ERR_BUSY: it is taken. ERR_IO. The caller closes fd. */
enum err listen_open(const char *address, struct listen *listen_out, struct buf *why) NODISCARD;

#endif
