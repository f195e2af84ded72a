#include "proof/team.h"

#include "proof/card.h"

#include <sodium.h>
#include <string.h>

#define VERSION 1

enum { AT_VERSION = 0, AT_NONCE = 1, AT_LOCKED = AT_NONCE + crypto_secretbox_NONCEBYTES };

_Static_assert(AT_LOCKED + SEAL_SECRET_SIZE + crypto_secretbox_MACBYTES == TEAM_WRAP_SIZE,
               "wrap layout");
_Static_assert(CARD_KEY_SIZE == crypto_secretbox_KEYBYTES, "a card's seed is a key");

static void key_of(const struct card *card, uint8_t key_out[CARD_KEY_SIZE])
{
    card_derive_seed(card, STR("anlauf team 1"), key_out);
}

void team_make(const struct rng *rng, struct seal_pair *team_out)
{
    seal_keys_make(rng, team_out);
}

enum err team_wrap(const struct seal_pair *team, const struct card *card,
                   const struct rng *rng, struct team_wrap *wrap_out)
{
    uint8_t key[CARD_KEY_SIZE], dice[crypto_generichash_KEYBYTES];
    if (card->kind != CARD_STAFF) {
        return ERR_DENIED;
    }
    key_of(card, key);
    wrap_out->b[AT_VERSION] = VERSION;
    /* The key is hashed in: dice thrown alike must not give two keys one nonce. */
    rng_fill(rng, dice, sizeof dice);
    crypto_generichash(wrap_out->b + AT_NONCE, crypto_secretbox_NONCEBYTES,
                       team->public.b, sizeof team->public.b, dice, sizeof dice);
    crypto_secretbox_easy(wrap_out->b + AT_LOCKED, team->secret, sizeof team->secret,
                          wrap_out->b + AT_NONCE, key);
    sodium_memzero(key, sizeof key);
    return ERR_OK;
}

enum err team_unwrap(const struct team_wrap *wrap, const struct card *card,
                     const struct seal_public *public, struct seal_pair *team_out)
{
    uint8_t key[CARD_KEY_SIZE], secret[SEAL_SECRET_SIZE];
    enum err err = ERR_DENIED;
    if (wrap->b[AT_VERSION] != VERSION) {
        return ERR_CORRUPT;
    }
    key_of(card, key);
    if (crypto_secretbox_open_easy(secret, wrap->b + AT_LOCKED,
                                   TEAM_WRAP_SIZE - AT_LOCKED, wrap->b + AT_NONCE,
                                   key) == 0) {
        err = seal_keys_from_secret(secret, public, team_out);
    }
    sodium_memzero(key, sizeof key);
    sodium_memzero(secret, sizeof secret);
    return err;
}

void team_wrap_format(const struct team_wrap *wrap, char text_out[TEAM_WRAP_TEXT_SIZE])
{
    seal_text_format(wrap->b, sizeof wrap->b, text_out, TEAM_WRAP_TEXT_SIZE);
}

enum err team_wrap_parse(struct str text, struct team_wrap *wrap_out)
{
    struct team_wrap wrap;
    size_t len = 0;
    if (text.len != TEAM_WRAP_TEXT_SIZE - 1 ||
        seal_text_parse(text, wrap.b, sizeof wrap.b, &len) != ERR_OK ||
        len != sizeof wrap.b) {
        return ERR_INVALID;
    }
    *wrap_out = wrap;
    return ERR_OK;
}
