/* Words that only their reader can open: sealed boxes to an X25519 key pair.
 *
 * The sealed bytes are those of libsodium's crypto_box_seal (X25519, XSalsa20, Poly1305)
 * over, big-endian:
 *
 *     at  bytes
 *      0  1   format version, 1
 *      1  1   purpose (enum seal_purpose)
 *      2  2   length n of the bytes
 *      4  n   the bytes
 *    4+n      zeros up to the next multiple of 256, so that the size tells little
 *
 * Who may open what: words to the team of the centre go to the centre's key
 * (proof/centre_key.h), a person's history to the key pair of their card, what staff need
 * before a release to the key pair of the kiosk's team (proof/team.h). The kiosk keeps
 * public halves only, so it cannot read again what it has sealed, nor can who steals it.
 *
 * A seal says who can read, not who wrote: anybody who knows a public key can seal to it.
 * Who wrote is the business of the signed log.
 *
 * Lost card. A new card is a new key pair. What was sealed to the old one stays closed on
 * this kiosk: nobody here has the old secret. If the kiosk has synced, the centre, which
 * holds the history under its own key, can seal it anew to the new public key. If it has
 * not, that part of the history is lost with the card. seal_move() is only for the case
 * that the old card is at hand as well.
 *
 * Any thread. Plain copies made here are wiped; the caller wipes its own. */
#ifndef PROOF_SEAL_H
#define PROOF_SEAL_H

#include "base/buf.h"
#include "base/err.h"
#include "base/rng.h"
#include "proof/key.h"

#define SEAL_PUBLIC_SIZE 32
#define SEAL_SECRET_SIZE 32
#define SEAL_BUCKET 256
#define SEAL_TEXT_MAX 1000                  /* bytes of free text of a person */
#define SEAL_LEN_MAX (16 * SEAL_BUCKET - 4) /* bytes of anything */
#define SEAL_SIZE(len) (((len) + 4 + SEAL_BUCKET - 1) / SEAL_BUCKET * SEAL_BUCKET + 48)
#define SEAL_SIZE_MAX SEAL_SIZE(SEAL_LEN_MAX)
/* Base 64 with padding (RFC 4648 §4) of so many sealed bytes, with NUL. */
#define SEAL_BASE64_SIZE(size) (((size) + 2) / 3 * 4 + 1)

struct card; /* proof/card.h */

/* Numbers are for ever; new purposes go to the end. */
enum seal_purpose {
    SEAL_WORDS = 1, /* free text, to the centre */
    SEAL_SELF_VIEW, /* how a person saw a job, to team or person */
    SEAL_SITE_VIEW, /* how the site saw the person, to team or person */
    SEAL_HISTORY,   /* one entry of a person's sheet, to the person */
    SEAL_NOTE,      /* a note of staff, to the team */
    SEAL_PURPOSE_END
};

struct seal_public {
    uint8_t b[SEAL_PUBLIC_SIZE];
};

/* Both halves. Whoever holds one wipes it. */
struct seal_pair {
    struct seal_public public;
    uint8_t secret[SEAL_SECRET_SIZE];
};

void seal_keys_make(const struct rng *rng, struct seal_pair *pair_out);
/* The same pair for the same card every time: the secret half is on the card only. */
void seal_keys_from_card(const struct card *card, struct seal_pair *pair_out);
/* ERR_CORRUPT: the halves of `pair_out` would not be those of `public`. */
enum err seal_keys_from_secret(const uint8_t secret[SEAL_SECRET_SIZE],
                               const struct seal_public *public,
                               struct seal_pair *pair_out) NODISCARD;
void seal_keys_wipe(struct seal_pair *pair);

/* Sealed bytes for `len` ≤ SEAL_LEN_MAX bytes: the same for all of one bucket. */
size_t seal_size(size_t len);
/* Can so many bytes be sealed bytes? */
bool seal_size_exists(size_t sealed_len);
/* Writes seal_size(len) bytes. The same dice and content give the same bytes, so that a
 * retry of a fact can be recognised; other content never meets the same one-time key.
 * ERR_FULL: len > SEAL_LEN_MAX or sealed_size too small. ERR_INVALID: no public key. */
enum err seal_put(const struct seal_public *to, enum seal_purpose purpose,
                  const uint8_t *bytes, size_t len, const struct rng *rng,
                  uint8_t *sealed_out, size_t sealed_size) NODISCARD;
/* ERR_DENIED: sealed for somebody else, or changed: nobody can tell which. ERR_CORRUPT:
 * no sealed bytes of ours, or of another purpose. ERR_FULL: more than `size` bytes. */
enum err seal_open(const struct seal_pair *pair, enum seal_purpose purpose,
                   const uint8_t *sealed, size_t sealed_len, uint8_t *bytes_out,
                   size_t size, size_t *len_out) NODISCARD;
/* Opens with the old pair and seals to the new public key; purpose and bytes stay, and so
 * does the length: sealed_len bytes are written. Both cards are at hand. */
enum err seal_move(const struct seal_pair *from, const struct seal_public *to,
                   enum seal_purpose purpose, const uint8_t *sealed, size_t sealed_len,
                   const struct rng *rng, uint8_t *moved_out) NODISCARD;

/* As text for the log; ends in NUL. text_size ≥ SEAL_BASE64_SIZE(len). */
void seal_text_format(const uint8_t *sealed, size_t len, char *text_out,
                      size_t text_size);
/* ERR_INVALID: not exactly what seal_text_format() writes. ERR_FULL. */
enum err seal_text_parse(struct str text, uint8_t *sealed_out, size_t size,
                         size_t *len_out) NODISCARD;

/* Which key it is, in four bytes. */
struct key_id seal_key_id(const struct seal_public *public);
/* 64 hex digits, as kept in settings. ERR_INVALID. */
void seal_public_format(const struct seal_public *public, char out[KEY_PUBLIC_TEXT_SIZE]);
enum err seal_public_parse(struct str hex, struct seal_public *public_out) NODISCARD;

#endif
