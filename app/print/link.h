/* A byte line to a printer that may be slow, silent or gone: every wait has an end. */
#ifndef PRINT_LINK_H
#define PRINT_LINK_H

#include "print/printer.h"

struct link {
    int fd; /* -1: none */
    bool is_socket;
    struct clock clock;
    int64_t until_mono_ms; /* the end of all waiting */
};

/* ERR_IO: nobody there within the time. */
enum err link_open(const struct printer *printer, int64_t until_mono_ms,
                   struct link *link_out) NODISCARD;
enum err link_write(struct link *link, const uint8_t *bytes, size_t len) NODISCARD;
/* One byte within timeout_ms, or -1. */
int link_read_byte(struct link *link, int timeout_ms);
/* Throws away what the printer said unasked. */
void link_drain(struct link *link);
/* Says that no more comes, waits a moment for the far end, closes. */
void link_close(struct link *link);

#endif
