/* Text and bytes with their length, and a bounded writer over the caller's memory.
 *
 * A struct str points into memory somebody else owns and need not end in NUL.
 * A struct buf writes into memory the caller owns, keeps it NUL-terminated and cuts
 * only at whole UTF-8 characters; `cut` tells that something did not fit. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/check.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct str {
    const char *ptr;
    size_t len;
};

#define STR(literal) ((struct str){(literal), sizeof(literal) - 1})

struct str str_of(const char *text); /* NULL gives the empty string */
bool str_eq(struct str a, struct str b);
bool str_starts(struct str s, struct str prefix);
/* A copy into `out`, cut at a whole character, always terminated. False if it was cut. */
bool str_copy(char *out, size_t out_size, struct str s);

struct buf {
    char *data;
    size_t len, size; /* size counts the terminating NUL */
    bool cut;
};

void buf_init(struct buf *b, char *memory, size_t size); /* size ≥ 1 */
void buf_put(struct buf *b, struct str s);
void buf_puts(struct buf *b, const char *text);
void buf_putc(struct buf *b, char c);
void buf_int(struct buf *b, int64_t value); /* decimal; sooner than buf_printf */
void buf_printf(struct buf *b, const char *format, ...) PRINTF_LIKE(2, 3);
void buf_vprintf(struct buf *b, const char *format, va_list args);
/* One JSON string with its quotes: control characters, quote and backslash escaped. */
void buf_json(struct buf *b, struct str s);
void buf_clear(struct buf *b);
struct str buf_str(const struct buf *b);

#endif
