/* UTF-8 as in RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/buf.h"

/* The next character of `s` from `*at`, which moves behind it. U+FFFD and one byte
 * forward where the bytes are malformed; 0 at the end. */
uint32_t utf8_next(struct str s, size_t *at);
/* Writes 1–4 bytes (not terminated) and returns how many; cp must be a scalar value. */
size_t utf8_encode(uint32_t cp, char out[4]);
bool utf8_valid(struct str s);
size_t utf8_count(struct str s); /* characters */
/* The greatest length ≤ max at which `s` may be cut without splitting a character. */
size_t utf8_cut(struct str s, size_t max);
/* The length of `s` without a character that its end has cut off. */
size_t utf8_whole(struct str s);

/* What a person typed or a scanner sent, made harmless: malformed bytes, control
 * characters, bidi controls (UAX #9), invisible formatting and private-use characters
 * are dropped, white space becomes single spaces, both ends are trimmed, and no more
 * than chars_max characters are kept. Returns the bytes written (out is terminated). */
size_t utf8_clean(char *out, size_t out_size, struct str s, size_t chars_max);

#endif
