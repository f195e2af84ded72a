/* The chain over a device's log: sync/PROTOCOL.md, "Up: the log".
 *
 * SHA-256 (FIPS 180-4) and not BLAKE2b, as everything that a stranger has to compute can
 * then be computed with what every language brings along. */
#ifndef PROOF_CHAIN_H
#define PROOF_CHAIN_H

#include "base/uid.h"
#include "proof/key.h"

#define CHAIN_HASH_SIZE 32
#define CHAIN_SALT_SIZE 8
#define CHAIN_CHECK_SIZE 8 /* the first bytes of a head, as they stand in a check */

struct chain_hash {
    uint8_t b[CHAIN_HASH_SIZE];
};

/* Who a device is: the first 16 bytes of SHA-256 of its public key. */
struct uid chain_device_of(const struct key_public *public);

/* Of a line's bytes without its LF. */
struct chain_hash chain_line_hash(struct str line);
/* The head of a log before its first line. */
struct chain_hash chain_start(struct uid dev, int64_t epoch, int64_t start);
/* The head after one more line. */
struct chain_hash chain_next(const struct chain_hash *head, const struct chain_hash *line);

bool chain_eq(const struct chain_hash *a, const struct chain_hash *b);
/* One signature covers all lines before: sign("anlauf log 1", head). */
void chain_sign(const struct key *key, const struct chain_hash *head,
                uint8_t signature_out[KEY_SIGNATURE_SIZE]);
bool chain_verify(const struct key_public *public, const struct chain_hash *head,
                  const uint8_t signature[KEY_SIGNATURE_SIZE]);

#endif
