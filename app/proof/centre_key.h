/* The key of a centre: who holds it reads the words entrusted to the centre.
 *
 * It is made away from the kiosk. The kiosk gets the public half only. The secret half
 * lies in a file, locked twice: with a passphrase, and with a printed recovery key for
 * the day on which nobody remembers the passphrase. Either opens it. Losing both loses
 * the words.
 *
 * The file, each line ending in LF, nothing else in it, hex in small letters:
 *
 *     anlauf centre key 1
 *     public     64 hex digits
 *     argon2id   passes, MiB, 32 hex digits of salt      each after one space
 *     passphrase 144 hex digits: nonce and locked secret
 *     recovery   144 hex digits
 *     check      16 hex digits of BLAKE2b of all lines before
 *
 * with one space after the name of a line. Locks are XChaCha20-Poly1305 over the secret,
 * bound to the lines public and argon2id. Passphrase: argon2id (RFC 9106), 256 MiB, three
 * passes, libsodium's MODERATE: seconds on a small computer. The recovery key has 160
 * random bits and needs no slowing down. */
#ifndef PROOF_CENTRE_KEY_H
#define PROOF_CENTRE_KEY_H

#include "proof/recovery.h"
#include "proof/seal.h"

#define CENTRE_KEY_PASSES 3
#define CENTRE_KEY_MEMORY_MIB 256
#define CENTRE_KEY_PASSPHRASE_MIN 12 /* bytes */
#define CENTRE_KEY_PASSPHRASE_MAX 256
#define CENTRE_KEY_LOCK_SIZE (24 + SEAL_SECRET_SIZE + 16)
#define CENTRE_KEY_FILE_SIZE 600   /* with NUL */
#define CENTRE_KEY_PUBLIC_SIZE 128 /* of the file with the public half, with NUL */

/* As read from the file, still locked. */
struct centre_key {
    struct seal_public public;
    int passes, memory_mib;
    uint8_t salt[16];
    uint8_t passphrase[CENTRE_KEY_LOCK_SIZE];
    uint8_t recovery[CENTRE_KEY_LOCK_SIZE];
};

/* Slow. ERR_INVALID: the passphrase is too short or too long. ERR_FULL: no memory. */
enum err centre_key_make(struct str passphrase, const struct recovery *recovery,
                         const struct rng *rng, struct centre_key *key_out) NODISCARD;
/* Slow. ERR_DENIED: not the passphrase. ERR_CORRUPT: the file was changed by somebody who
 * mended its check. ERR_FULL: no memory for it now. The caller wipes the pair. */
enum err centre_key_open(const struct centre_key *key, struct str passphrase,
                         struct seal_pair *pair_out) NODISCARD;
enum err centre_key_recover(const struct centre_key *key, const struct recovery *recovery,
                            struct seal_pair *pair_out) NODISCARD;

void centre_key_format(const struct centre_key *key, char file_out[CENTRE_KEY_FILE_SIZE]);
/* ERR_CORRUPT: not exactly such a file, or damaged. */
enum err centre_key_parse(struct str file, struct centre_key *key_out) NODISCARD;

/* The file for kiosks: "anlauf centre public key 1 64-hex-digits check-of-16\n".
 * What a kiosk keeps is the setting CENTRE_KEY_SETTING: seal_public_format(). */
#define CENTRE_KEY_SETTING "centre_key"
void centre_key_public_format(const struct seal_public *public,
                              char file_out[CENTRE_KEY_PUBLIC_SIZE]);
/* ERR_CORRUPT */
enum err centre_key_public_parse(struct str file,
                                 struct seal_public *public_out) NODISCARD;

#endif
