/* One number over a set of rows, in any order: sync/PROTOCOL.md, "Down: the feed".
 *
 * The sum modulo 2^256 of SHA-256(kind ‖ 0 ‖ id ‖ 0 ‖ rev ‖ 0 ‖ body), read and written
 * little-endian. Two ends that hold the same rows have the same sum; it finds what was
 * lost or left over, and is no proof against somebody who makes rows up (the page's
 * signature is). Pure. */
#ifndef PROOF_DIGEST_H
#define PROOF_DIGEST_H

#include "base/buf.h"

#define DIGEST_SIZE 32

struct digest {
    uint8_t b[DIGEST_SIZE]; /* all zero: no rows */
};

/* A row added to the sum, or taken out of it. */
void digest_add(struct digest *sum, struct str kind, struct str id, int64_t rev,
                struct str body);
void digest_take(struct digest *sum, struct str kind, struct str id, int64_t rev,
                 struct str body);

#endif
