/* A key to be printed and put into a safe: 160 random bits as 36 symbols in groups of 4.
 *
 * Symbols of proof/base32.h. The last group is the remainder modulo 1048573 of the 32
 * before it read as one number: it finds every wrong symbol and every two swapped. */
#ifndef PROOF_RECOVERY_H
#define PROOF_RECOVERY_H

#include "base/buf.h"
#include "base/err.h"
#include "base/rng.h"

#define RECOVERY_SECRET_SIZE 20
#define RECOVERY_TEXT_SIZE (36 + 8 + 1) /* "0123-4567-…" and NUL */

struct recovery {
    uint8_t secret[RECOVERY_SECRET_SIZE];
};

void recovery_make(const struct rng *rng, struct recovery *recovery_out);
void recovery_wipe(struct recovery *recovery);
void recovery_format(const struct recovery *recovery, char text_out[RECOVERY_TEXT_SIZE]);
/* As a person types it: spaces and - anywhere, either case, I for 1 and O for 0.
 * ERR_INVALID: a typing error. */
enum err recovery_parse(struct str text, struct recovery *recovery_out) NODISCARD;

#endif
