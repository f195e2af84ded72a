/* The keys of the present visit: held by the disk worker, in memory only.
 *
 * A person's pair comes from their card when it is scanned, the team's from the card of a
 * coach who signs in. Who signs in by alias has none. Both go when the visit ends. The
 * memory is locked (not swapped out) and left out of core dumps where the system allows
 * it. One thread at a time. */
#ifndef APP_KEYRING_H
#define APP_KEYRING_H

#include "base/uid.h"
#include "proof/team.h"

struct keyring;

enum err keyring_open(struct keyring **keyring_out) NODISCARD;
void keyring_close(struct keyring *keyring); /* wipes; NULL is fine */

/* The visit has ended. The pair of `stays` remains: whose card began the next visit while
 * the one before was ending. Nil: nobody's. */
void keyring_forget(struct keyring *keyring, struct uid stays);

/* The pair of a card as public half, for the store. ERR_INVALID: no card. */
enum err keyring_public_of(struct str card, struct seal_public *public_out) NODISCARD;
/* Takes the pair of the scanned card. ERR_INVALID: no card. */
enum err keyring_take_person(struct keyring *keyring, struct str card,
                             struct uid owner) NODISCARD;
/* NULL: that person's card was not read in this visit. */
const struct seal_pair *keyring_person(const struct keyring *keyring, struct uid owner);

/* NULL: closed. */
const struct seal_pair *keyring_team(const struct keyring *keyring);
/* A new team key, open from now on. The caller stores the two outputs. */
enum err keyring_make_team(struct keyring *keyring, struct str card,
                           const struct rng *rng, struct seal_public *public_out,
                           char wrap_out[TEAM_WRAP_TEXT_SIZE]) NODISCARD;
/* For a colleague's card. ERR_DENIED: the team's key is closed. */
enum err keyring_wrap_team(const struct keyring *keyring, struct str card,
                           const struct rng *rng,
                           char wrap_out[TEAM_WRAP_TEXT_SIZE]) NODISCARD;
/* ERR_DENIED, ERR_CORRUPT, ERR_INVALID: stays closed. */
enum err keyring_open_team(struct keyring *keyring, struct str card, struct str wrap,
                           const struct seal_public *public) NODISCARD;

#endif
