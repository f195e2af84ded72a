/* The key of a kiosk's team: what staff may read before its release.
 *
 * A random key pair. Its public half lies on the kiosk, its secret half only wrapped:
 * once for each staff card, under a key that only this card gives. So whoever of the
 * staff has their card at hand reads; a stolen kiosk does not.
 *
 *     at  bytes
 *      0  1   format version, 1
 *      1  24  nonce
 *     25  48  secretbox (XSalsa20-Poly1305) of the secret half
 *
 * A new colleague gets a wrap where somebody is who has the key open: the new card and
 * the card of one of the team, one after the other. Taking a wrap away keeps a lost card
 * from what comes to the kiosk later, not from a copy made before: then a new team key is
 * due. A wrap that opens under a card was made by somebody who had that card. */
#ifndef PROOF_TEAM_H
#define PROOF_TEAM_H

#include "proof/seal.h"

#define TEAM_WRAP_SIZE (1 + 24 + SEAL_SECRET_SIZE + 16)
#define TEAM_WRAP_TEXT_SIZE SEAL_BASE64_SIZE(TEAM_WRAP_SIZE)

struct team_wrap {
    uint8_t b[TEAM_WRAP_SIZE];
};

void team_make(const struct rng *rng, struct seal_pair *team_out);
/* ERR_DENIED: not a card of staff. */
enum err team_wrap(const struct seal_pair *team, const struct card *card,
                   const struct rng *rng, struct team_wrap *wrap_out) NODISCARD;
/* ERR_DENIED: not wrapped for this card, or changed. ERR_CORRUPT: no wrap of ours, or the
 * key in it is not the secret half of `public`. seal_keys_wipe() after use. */
enum err team_unwrap(const struct team_wrap *wrap, const struct card *card,
                     const struct seal_public *public,
                     struct seal_pair *team_out) NODISCARD;

/* As base 64; ERR_INVALID. */
void team_wrap_format(const struct team_wrap *wrap, char text_out[TEAM_WRAP_TEXT_SIZE]);
enum err team_wrap_parse(struct str text, struct team_wrap *wrap_out) NODISCARD;

#endif
