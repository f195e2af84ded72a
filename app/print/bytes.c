#include "print/bytes.h"

#include <string.h>

void bytes_init(struct bytes *b, uint8_t *memory, size_t size)
{
    *b = (struct bytes){.data = memory, .size = size};
}

uint8_t *bytes_take(struct bytes *b, size_t len)
{
    if (b->cut || len > b->size - b->len) {
        b->cut = true;
        return NULL;
    }
    uint8_t *at = b->data + b->len;
    memset(at, 0, len);
    b->len += len;
    return at;
}

void bytes_put(struct bytes *b, const void *data, size_t len)
{
    uint8_t *at = bytes_take(b, len);
    if (at && len > 0) {
        memcpy(at, data, len);
    }
}

void bytes_put_byte(struct bytes *b, uint8_t byte)
{
    bytes_put(b, &byte, 1);
}
