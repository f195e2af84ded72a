/* Strict JSON (RFC 8259) in one line, without memory of its own.
 *
 * Stricter than the standard where two readers could read two things: no member twice in
 * an object (however it is escaped), no U+0000, no lone surrogates, no CR or LF, no
 * numbers that a double or 64 bits cannot hold. */
#ifndef WIRE_JSON_H
#define WIRE_JSON_H

#include "base/buf.h"

#define JSON_DEPTH_MAX 8     /* objects and arrays in each other */
#define JSON_DIGITS_MAX 16   /* before a point and behind it; 2 in an exponent */
#define JSON_MEMBERS_MAX 256 /* in objects that are open at the same time */

/* One object, and nothing behind it. */
bool json_object_valid(struct str text);

/* Its members one after the other. Only for what json_object_valid said yes to. */
struct json_walk {
    const char *at, *end;
};
struct json_walk json_walk(struct str object);
/* `name` without quotes and as it is escaped; `value` with all its bytes. */
bool json_walk_next(struct json_walk *walk, struct str *name_out, struct str *value_out);

/* Of values as json_walk_next gave them. */
bool json_number(struct str value, int64_t *number_out); /* whole, 0 … 2^53-1 */
/* Without its quotes; false if it is no string or has escapes. */
bool json_plain(struct str value, struct str *text_out);
bool json_b64(struct str value, uint8_t *out, size_t len);

#endif
