#include "wire/bytes.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SIZE_FIRST 256

void bytes_free(struct bytes *b)
{
    free(b->data);
    *b = (struct bytes){.max = b->max};
}

void bytes_clear(struct bytes *b)
{
    b->len = 0;
    b->failed = false;
}

/* Room for `len` more; false, and failed from now on, if there is none. */
static bool make_room(struct bytes *b, size_t len)
{
    size_t most = b->max ? b->max : SIZE_MAX / 2;
    if (b->failed || b->len > most || len > most - b->len) {
        b->failed = true;
        return false;
    }
    size_t size = b->size ? b->size : SIZE_FIRST;
    while (size < b->len + len) {
        size *= 2;
    }
    if (size > b->size) {
        char *data = realloc(b->data, size);
        if (data == NULL) {
            b->failed = true;
            return false;
        }
        b->data = data;
        b->size = size;
    }
    return true;
}

char *bytes_room(struct bytes *b, size_t len)
{
    if (!make_room(b, len)) {
        return NULL;
    }
    char *room = b->data + b->len;
    b->len += len;
    return room;
}

void bytes_put(struct bytes *b, const void *data, size_t len)
{
    if (len > 0 && make_room(b, len)) {
        memcpy(b->data + b->len, data, len);
        b->len += len;
    }
}

void bytes_puts(struct bytes *b, const char *text)
{
    bytes_put(b, text, strlen(text));
}

/* What vsnprintf writes ends in NUL, so the room is one byte more than what counts. */
void bytes_printf(struct bytes *b, const char *format, ...)
{
    char memory[512];
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int len = vsnprintf(memory, sizeof memory, format, args);
    CHECK(len >= 0);
    if ((size_t)len < sizeof memory) {
        bytes_put(b, memory, (size_t)len);
    } else if (make_room(b, (size_t)len + 1)) {
        vsnprintf(b->data + b->len, (size_t)len + 1, format, again);
        b->len += (size_t)len;
    }
    va_end(again);
    va_end(args);
}

static void put_escaped(struct bytes *b, unsigned char c)
{
    if (c == '"' || c == '\\') {
        bytes_put(b, (char[]){'\\', (char)c}, 2);
    } else {
        bytes_printf(b, "\\u%04x", c);
    }
}

void bytes_json(struct bytes *b, struct str s)
{
    size_t from = 0;
    bytes_put(b, "\"", 1);
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c < 0x20 || c == '"' || c == '\\') {
            bytes_put(b, s.ptr + from, i - from);
            put_escaped(b, c);
            from = i + 1;
        }
    }
    bytes_put(b, s.ptr + from, s.len - from);
    bytes_put(b, "\"", 1);
}

void bytes_b64(struct bytes *b, const uint8_t *data, size_t len)
{
    size_t chars = B64_SIZE(len) - 1;
    if (make_room(b, chars + 1)) {
        b64_format(data, len, b->data + b->len);
        b->len += chars;
    }
}

struct str bytes_str(const struct bytes *b)
{
    return (struct str){b->data ? b->data : "", b->len};
}

void b64_format(const uint8_t *data, size_t len, char *text_out)
{
    sodium_bin2base64(text_out, B64_SIZE(len), data, len,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

enum err b64_parse(struct str text, uint8_t *out, size_t len)
{
    size_t read = 0;
    if (text.len != B64_SIZE(len) - 1) {
        return ERR_INVALID;
    }
    if (sodium_base642bin(out, len, text.ptr, text.len, NULL, &read, NULL,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0) {
        return ERR_INVALID;
    }
    return read == len ? ERR_OK : ERR_INVALID;
}
