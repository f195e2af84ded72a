#include "keyring.h"

#include "proof/card.h"

#include <sodium.h>

struct keyring {
    bool has_person, has_team;
    struct uid owner;
    struct seal_pair person, team;
};

enum err keyring_open(struct keyring **keyring_out)
{
    /* Guarded, locked and filled with rubbish; freed memory is wiped. */
    struct keyring *keyring = sodium_malloc(sizeof *keyring);
    if (keyring == NULL) {
        return ERR_FULL;
    }
    sodium_memzero(keyring, sizeof *keyring);
    *keyring_out = keyring;
    return ERR_OK;
}

void keyring_close(struct keyring *keyring)
{
    sodium_free(keyring);
}

void keyring_forget(struct keyring *keyring, struct uid stays)
{
    seal_keys_wipe(&keyring->team);
    keyring->has_team = false;
    if (uid_is_nil(stays) || !uid_eq(keyring->owner, stays)) {
        seal_keys_wipe(&keyring->person);
        keyring->has_person = false;
        keyring->owner = (struct uid){{0}};
    }
}

enum err keyring_public_of(struct str card_text, struct seal_public *public_out)
{
    struct card card;
    struct seal_pair pair;
    enum err err = card_decode(card_text, &card);
    if (err == ERR_OK) {
        seal_keys_from_card(&card, &pair);
        *public_out = pair.public;
        seal_keys_wipe(&pair);
        card_wipe(&card);
    }
    return err;
}

enum err keyring_take_person(struct keyring *keyring, struct str card_text,
                             struct uid owner)
{
    struct card card;
    enum err err = card_decode(card_text, &card);
    if (err == ERR_OK) {
        seal_keys_from_card(&card, &keyring->person);
        keyring->owner = owner;
        keyring->has_person = true;
        card_wipe(&card);
    }
    return err;
}

const struct seal_pair *keyring_person(const struct keyring *keyring, struct uid owner)
{
    bool is_theirs = keyring->has_person && uid_eq(keyring->owner, owner);
    return is_theirs ? &keyring->person : NULL;
}

const struct seal_pair *keyring_team(const struct keyring *keyring)
{
    return keyring->has_team ? &keyring->team : NULL;
}

static enum err wrap_for(const struct seal_pair *team, struct str card_text,
                         const struct rng *rng, char wrap_out[TEAM_WRAP_TEXT_SIZE])
{
    struct card card;
    struct team_wrap wrap;
    enum err err = card_decode(card_text, &card);
    if (err != ERR_OK) {
        return err;
    }
    err = team_wrap(team, &card, rng, &wrap);
    if (err == ERR_OK) {
        team_wrap_format(&wrap, wrap_out);
    }
    card_wipe(&card);
    return err;
}

enum err keyring_make_team(struct keyring *keyring, struct str card,
                           const struct rng *rng, struct seal_public *public_out,
                           char wrap_out[TEAM_WRAP_TEXT_SIZE])
{
    team_make(rng, &keyring->team);
    enum err err = wrap_for(&keyring->team, card, rng, wrap_out);
    keyring->has_team = err == ERR_OK;
    if (err == ERR_OK) {
        *public_out = keyring->team.public;
    } else {
        seal_keys_wipe(&keyring->team);
    }
    return err;
}

enum err keyring_wrap_team(const struct keyring *keyring, struct str card,
                           const struct rng *rng, char wrap_out[TEAM_WRAP_TEXT_SIZE])
{
    return keyring->has_team ? wrap_for(&keyring->team, card, rng, wrap_out) : ERR_DENIED;
}

enum err keyring_open_team(struct keyring *keyring, struct str card_text,
                           struct str wrap_text, const struct seal_public *public)
{
    struct card card;
    struct team_wrap wrap;
    keyring->has_team = false;
    enum err err = team_wrap_parse(wrap_text, &wrap);
    if (err == ERR_OK) {
        err = card_decode(card_text, &card);
    }
    if (err == ERR_OK) {
        err = team_unwrap(&wrap, &card, public, &keyring->team);
        keyring->has_team = err == ERR_OK;
        card_wipe(&card);
    }
    return err;
}
