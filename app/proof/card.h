/* The card of a young person or of staff: a random secret as a QR code.
 *
 * Text: "ANK", P (participant) or S (staff), 32 symbols of base 32 (160 random bits), and
 * two check symbols. The remainder modulo 1021 of the 33 symbols read as one number finds
 * every wrong symbol and every two swapped. 38 characters fill a QR code of version 2.
 *
 * The store keeps card_lookup_key() only: from the database nobody can print a card. */
#ifndef PROOF_CARD_H
#define PROOF_CARD_H

#include "base/buf.h"
#include "base/err.h"
#include "base/rng.h"

#define CARD_PREFIX "ANK"
#define CARD_SECRET_SIZE 20
#define CARD_TEXT_SIZE 39 /* with NUL */
#define CARD_KEY_SIZE 32

enum card_kind { CARD_PARTICIPANT, CARD_STAFF, CARD_KIND_COUNT };

struct card {
    enum card_kind kind;
    uint8_t secret[CARD_SECRET_SIZE];
};

struct card card_make(enum card_kind kind, const struct rng *rng);
void card_wipe(struct card *card);
void card_encode(const struct card *card, char text_out[CARD_TEXT_SIZE]);
/* ERR_INVALID: not a card, or a card with a typing error. */
enum err card_decode(struct str text, struct card *card_out) NODISCARD;
/* What the store finds a person by: BLAKE2b-256 keyed with the secret. */
void card_lookup_key(const struct card *card, uint8_t key_out[CARD_KEY_SIZE]);
/* A seed that only this card can give, another one for each purpose. */
void card_derive_seed(const struct card *card, struct str purpose,
                      uint8_t seed_out[CARD_KEY_SIZE]);

#endif
