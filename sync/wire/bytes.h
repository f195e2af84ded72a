/* Bytes that grow, and the text forms of bytes on the wire. */
#ifndef WIRE_BYTES_H
#define WIRE_BYTES_H

#include "base/buf.h"
#include "base/err.h"

/* Starts as {0}. Owns its memory. `max` 0: no bound. After the first failure `failed`
 * stays set, everything more is dropped, and the owner asks once at the end. */
struct bytes {
    char *data; /* not terminated */
    size_t len, size, max;
    bool failed;
};

void bytes_free(struct bytes *b);
void bytes_clear(struct bytes *b); /* keeps the memory */
/* `len` more bytes for the caller to fill, or NULL: failed. Good until the next call. */
char *bytes_room(struct bytes *b, size_t len);
void bytes_put(struct bytes *b, const void *data, size_t len);
void bytes_puts(struct bytes *b, const char *text);
void bytes_printf(struct bytes *b, const char *format, ...) PRINTF_LIKE(2, 3);
void bytes_json(struct bytes *b, struct str s); /* a JSON string with its quotes */
void bytes_b64(struct bytes *b, const uint8_t *data, size_t len);
struct str bytes_str(const struct bytes *b);

/* Base 64 with - and _ and without padding (RFC 4648 §5). */
#define B64_SIZE(len) (((len)*4 + 2) / 3 + 1) /* with NUL */
void b64_format(const uint8_t *data, size_t len, char *text_out);
/* ERR_INVALID unless it is exactly the text of `len` bytes. */
enum err b64_parse(struct str text, uint8_t *out, size_t len) NODISCARD;

#endif
