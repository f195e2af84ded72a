/* What only one person knows: four pictures of eight in order, or the PIN of staff.
 *
 * Kept as argon2id with a salt of its own. Four pictures are 4096 possibilities: they
 * hold against somebody at the screen (proof/backoff.h slows them down), not against
 * somebody who has stolen the storage and computes. Slow on purpose: worker thread only.
 *
 * 19 MiB, two passes, one lane: OWASP Password Storage Cheat Sheet, argon2id; the
 * construction is RFC 9106. */
#ifndef PROOF_SECRET_H
#define PROOF_SECRET_H

#include "base/buf.h"
#include "base/err.h"
#include "base/rng.h"

#define SECRET_MEMORY_KIB 19456
#define SECRET_PASSES 2
#define SECRET_PICTURES 8 /* to choose from */
#define SECRET_LENGTH 4   /* to choose */
#define SECRET_PIN_MIN 4
#define SECRET_PIN_MAX 8
#define SECRET_RECORD_SIZE 52

struct secret {
    uint8_t len;
    uint8_t b[1 + SECRET_PIN_MAX]; /* what it is, then its digits */
};

/* As stored: version, passes, memory in MiB, 0, 16 bytes of salt, 32 of hash. */
struct secret_record {
    uint8_t b[SECRET_RECORD_SIZE];
};

/* ERR_INVALID: a picture ≥ SECRET_PICTURES; not 4 … 8 digits. */
enum err secret_from_pictures(const uint8_t pictures[SECRET_LENGTH],
                              struct secret *secret_out) NODISCARD;
enum err secret_from_pin(struct str digits, struct secret *secret_out) NODISCARD;
void secret_wipe(struct secret *secret);

/* ERR_FULL: no memory for it now. */
enum err secret_hash(const struct secret *secret, const struct rng *rng,
                     struct secret_record *record_out) NODISCARD;
/* ERR_DENIED: not the secret. ERR_CORRUPT: no record of ours. ERR_FULL: no memory.
 * record = NULL stands for a person who does not exist: as slow, always ERR_DENIED. */
enum err secret_check(const struct secret *secret,
                      const struct secret_record *record) NODISCARD;

#endif
