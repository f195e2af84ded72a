/* The key of this device (Ed25519, RFC 8032): what it signs can be checked by anybody
 * who knows its public half.
 *
 * The seed is the only secret; the store keeps it. Whoever holds a struct key wipes it.
 * Any thread. */
#ifndef PROOF_KEY_H
#define PROOF_KEY_H

#include "base/buf.h"
#include "base/err.h"
#include "base/rng.h"

#define KEY_SEED_SIZE 32
#define KEY_PUBLIC_SIZE 32
#define KEY_ID_SIZE 4
#define KEY_SIGNATURE_SIZE 64
#define KEY_PUBLIC_TEXT_SIZE 65 /* hex and NUL */

struct key_public {
    uint8_t b[KEY_PUBLIC_SIZE];
};

struct key_id {
    uint8_t b[KEY_ID_SIZE]; /* the first bytes of BLAKE2b-256 of the public key */
};

struct key {
    uint8_t seed[KEY_SEED_SIZE];
    uint8_t secret[64]; /* seed and public key, as libsodium wants it */
    struct key_public public;
    struct key_id id;
};

/* Once before everything else of this folder. ERR_UNSUPPORTED: no randomness here. */
enum err proof_init(void) NODISCARD;

void key_make(const struct rng *rng, struct key *key_out);
void key_from_seed(const uint8_t seed[KEY_SEED_SIZE], struct key *key_out);
void key_wipe(struct key *key);

/* Signs `domain` (a text that says what is signed, with its version), a zero byte and the
 * bytes. A signature for one domain is worth nothing in another. len ≤ KEY_MESSAGE_MAX. */
#define KEY_MESSAGE_MAX 512
void key_sign(const struct key *key, struct str domain, const uint8_t *bytes, size_t len,
              uint8_t signature_out[KEY_SIGNATURE_SIZE]);
bool key_verify(const struct key_public *public, struct str domain, const uint8_t *bytes,
                size_t len, const uint8_t signature[KEY_SIGNATURE_SIZE]);

struct key_id key_id_of(const struct key_public *public);
bool key_id_eq(struct key_id a, struct key_id b);
/* 64 hex digits, either case. */
enum err key_public_parse(struct str hex, struct key_public *public_out) NODISCARD;
void key_public_format(const struct key_public *public, char out[KEY_PUBLIC_TEXT_SIZE]);
void key_id_format(struct key_id id, char out[9]);

#endif
