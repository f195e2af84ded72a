/* A bounded writer of printer bytes into the caller's memory. */
#ifndef PRINT_BYTES_H
#define PRINT_BYTES_H

#include "base/buf.h"

struct bytes {
    uint8_t *data;
    size_t len, size;
    bool cut; /* something did not fit: do not print this */
};

void bytes_init(struct bytes *b, uint8_t *memory, size_t size);
void bytes_put(struct bytes *b, const void *data, size_t len);
void bytes_put_byte(struct bytes *b, uint8_t byte);
/* Room for len more, zeroed; NULL (and cut) if there is none. */
uint8_t *bytes_take(struct bytes *b, size_t len);

#endif
