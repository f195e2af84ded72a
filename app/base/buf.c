#include "base/buf.h"

#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

struct str str_of(const char *text)
{
    return (struct str){text ? text : "", text ? strlen(text) : 0};
}

bool str_eq(struct str a, struct str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

bool str_starts(struct str s, struct str prefix)
{
    return s.len >= prefix.len && memcmp(s.ptr, prefix.ptr, prefix.len) == 0;
}

bool str_copy(char *out, size_t out_size, struct str s)
{
    struct buf b;
    buf_init(&b, out, out_size);
    buf_put(&b, s);
    return !b.cut;
}

void buf_init(struct buf *b, char *memory, size_t size)
{
    CHECK(size >= 1);
    *b = (struct buf){.data = memory, .size = size};
    b->data[0] = '\0';
}

void buf_put(struct buf *b, struct str s)
{
    size_t room = b->size - 1 - b->len;
    size_t n = s.len;
    if (b->cut || n == 0) {
        return;
    }
    if (n > room) {
        n = utf8_cut(s, room);
        b->cut = true;
    }
    memcpy(b->data + b->len, s.ptr, n);
    b->len += n;
    b->data[b->len] = '\0';
}

void buf_puts(struct buf *b, const char *text)
{
    buf_put(b, str_of(text));
}

void buf_putc(struct buf *b, char c)
{
    buf_put(b, (struct str){&c, 1});
}

void buf_int(struct buf *b, int64_t value)
{
    char text[20]; /* of the longest, with its sign */
    size_t at = sizeof text;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do {
        text[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (value < 0) {
        text[--at] = '-';
    }
    buf_put(b, (struct str){text + at, sizeof text - at});
}

void buf_vprintf(struct buf *b, const char *format, va_list args)
{
    size_t room = b->size - b->len;
    if (b->cut) {
        return;
    }
    int n = vsnprintf(b->data + b->len, room, format, args);
    CHECK(n >= 0);
    if ((size_t)n < room) {
        b->len += (size_t)n;
        return;
    }
    struct str written = {b->data + b->len, room - 1};
    b->len += utf8_cut(written, utf8_whole(written));
    b->data[b->len] = '\0';
    b->cut = true;
}

void buf_printf(struct buf *b, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    buf_vprintf(b, format, args);
    va_end(args);
}

void buf_json(struct buf *b, struct str s)
{
    buf_putc(b, '"');
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c == '"' || c == '\\') {
            buf_putc(b, '\\');
            buf_putc(b, (char)c);
        } else if (c == '\n') {
            buf_puts(b, "\\n");
        } else if (c < 0x20 || c == 0x7f) {
            buf_printf(b, "\\u%04x", c);
        } else {
            /* A whole run at once, so that a multi-byte character is never split. */
            size_t from = i;
            while (i + 1 < s.len && (unsigned char)s.ptr[i + 1] >= 0x20 &&
                   s.ptr[i + 1] != '"' && s.ptr[i + 1] != '\\' && s.ptr[i + 1] != 0x7f) {
                i++;
            }
            buf_put(b, (struct str){s.ptr + from, i - from + 1});
        }
    }
    buf_putc(b, '"');
}

void buf_clear(struct buf *b)
{
    b->len = 0;
    b->cut = false;
    b->data[0] = '\0';
}

struct str buf_str(const struct buf *b)
{
    return (struct str){b->data, b->len};
}
