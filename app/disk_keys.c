#include "disk_keys.h"

#include "base/log.h"
#include "proof/centre_key.h"

#include <sodium.h>
#include <string.h>

_Static_assert(STORE_PUBLIC_KEY_SIZE == SEAL_PUBLIC_SIZE, "stored as it is");

/* Uses of a fact's dice; cards and hashes have other letters. */
#define DICE_TEAM 'T'
#define DICE_WRAP 'W'
#define DICE_SEAL 0x80 /* and reader and purpose */

/* ---- people ------------------------------------------------------------------------ */

enum err disk_keep_person_key(struct disk *disk, struct uid person, const char *card)
{
    struct seal_public public;
    enum err err = keyring_public_of(str_of(card), &public);
    return err == ERR_OK ? store_person_key_put(disk->store, person, public.b) : err;
}

/* The stored half is mended if it is not that of the card in hand: a card that the store
 * finds is the person's present one. */
enum err disk_take_person_key(struct disk *disk, struct uid person, const char *card)
{
    struct seal_public public, stored;
    enum err err = keyring_public_of(str_of(card), &public);
    if (err == ERR_OK) {
        err = store_person_key_get(disk->store, person, stored.b);
    }
    if (err == ERR_NOT_FOUND ||
        (err == ERR_OK && memcmp(stored.b, public.b, sizeof public.b) != 0)) {
        err = store_person_key_put(disk->store, person, public.b);
    }
    return err == ERR_OK ? keyring_take_person(disk->keyring, str_of(card), person) : err;
}

/* ---- the team ---------------------------------------------------------------------- */

/* The wrap before the key: a key that nobody can open would be one for ever. */
static enum err make_team(struct disk *disk, struct uid staff, const char *card)
{
    struct fact_dice dice;
    struct seal_public public;
    char wrap[TEAM_WRAP_TEXT_SIZE];
    struct rng rng = fact_dice_of(&dice, disk->key, staff, DICE_TEAM);
    enum err err = keyring_make_team(disk->keyring, str_of(card), &rng, &public, wrap);
    if (err == ERR_OK) {
        err = store_team_wrap_put(disk->store, staff, wrap);
    }
    if (err == ERR_OK) {
        err = store_team_key_put(disk->store, public.b);
    }
    if (err != ERR_OK) {
        keyring_forget(disk->keyring, (struct uid){{0}});
    }
    sodium_memzero(&dice, sizeof dice);
    return err;
}

static enum err unwrap_team(struct disk *disk, const struct seal_public *public,
                            struct uid staff, const char *card)
{
    char wrap[TEAM_WRAP_TEXT_SIZE];
    enum err err = store_team_wrap_get(disk->store, staff, wrap, sizeof wrap);
    return err == ERR_OK
               ? keyring_open_team(disk->keyring, str_of(card), str_of(wrap), public)
               : err;
}

bool disk_open_team_key(struct disk *disk, struct uid staff, const char *card)
{
    struct seal_public public;
    enum err err = store_team_key_get(disk->store, public.b);
    if (err == ERR_OK) {
        err = unwrap_team(disk, &public, staff, card);
    } else if (err == ERR_NOT_FOUND) {
        err = make_team(disk, staff, card);
    }
    if (err != ERR_OK) {
        log_line("event=team_key open=no err=%s", err_name(err));
    }
    return err == ERR_OK;
}

static enum err wrap_team(struct disk *disk, struct uid staff, const char *card)
{
    struct fact_dice dice;
    char wrap[TEAM_WRAP_TEXT_SIZE];
    struct rng rng = fact_dice_of(&dice, disk->key, staff, DICE_WRAP);
    enum err err = keyring_wrap_team(disk->keyring, str_of(card), &rng, wrap);
    if (err == ERR_OK) {
        err = store_team_wrap_put(disk->store, staff, wrap);
    }
    sodium_memzero(&dice, sizeof dice);
    return err;
}

bool disk_share_team_key(struct disk *disk, struct uid staff, const char *card)
{
    struct seal_public public;
    enum err err = store_team_key_get(disk->store, public.b);
    if (err == ERR_OK) {
        err = wrap_team(disk, staff, card);
    } else if (err == ERR_NOT_FOUND) {
        err = make_team(disk, staff, card);
    }
    if (err != ERR_OK) {
        log_line("event=team_key shared=no err=%s", err_name(err));
    }
    return err == ERR_OK;
}

/* ---- sealing ----------------------------------------------------------------------- */

static enum err centre_key(struct disk *disk, struct seal_public *public_out)
{
    char text[KEY_PUBLIC_TEXT_SIZE];
    enum err err = store_setting_get(disk->store, CENTRE_KEY_SETTING, text, sizeof text);
    return err == ERR_OK ? seal_public_parse(str_of(text), public_out) : err;
}

static enum err key_of(struct disk *disk, enum disk_reader reader, struct uid person,
                       struct seal_public *public_out)
{
    switch (reader) {
    case FOR_CENTRE:
        return centre_key(disk, public_out);
    case FOR_TEAM:
        return store_team_key_get(disk->store, public_out->b);
    default:
        return store_person_key_get(disk->store, person, public_out->b);
    }
}

static enum err seal_bytes(const struct seal_public *to, const struct disk_seal *seal,
                           enum disk_reader reader, const struct rng *rng,
                           struct store_blob *blob_out)
{
    uint8_t plain[SEAL_LEN_MAX];
    size_t at = reader == FOR_CENTRE ? 0 : sizeof seal->about.b;
    if (seal->len > sizeof plain - at) {
        return ERR_FULL;
    }
    memcpy(plain, seal->about.b, at);
    memcpy(plain + at, seal->bytes, seal->len);
    enum err err = seal_put(to, seal->purpose, plain, at + seal->len, rng,
                            blob_out->bytes, sizeof blob_out->bytes);
    blob_out->len = err == ERR_OK ? seal_size(at + seal->len) : 0;
    sodium_memzero(plain, at + seal->len);
    return err;
}

enum err disk_seal_for(struct disk *disk, const struct disk_seal *seal,
                       enum disk_reader reader, struct store_blob *blob_out)
{
    struct seal_public to;
    struct fact_dice dice;
    uint8_t use = (uint8_t)(DICE_SEAL + 16 * reader + seal->purpose);
    blob_out->len = 0;
    enum err err = key_of(disk, reader, seal->person, &to);
    if (err == ERR_NOT_FOUND) {
        return ERR_OK;
    }
    if (err == ERR_OK) {
        struct rng rng = fact_dice_of(&dice, disk->key, seal->fact, use);
        err = seal_bytes(&to, seal, reader, &rng, blob_out);
        sodium_memzero(&dice, sizeof dice);
    }
    return err;
}

bool disk_unseal(const struct seal_pair *pair, enum seal_purpose purpose,
                 struct uid about, const struct store_blob *blob, uint8_t *bytes_out,
                 size_t size, size_t *len_out)
{
    uint8_t plain[SEAL_LEN_MAX];
    size_t len = 0, at = sizeof about.b;
    if (blob->len == 0 || seal_open(pair, purpose, blob->bytes, blob->len, plain,
                                    sizeof plain, &len) != ERR_OK) {
        return false;
    }
    bool fits = len >= at && len - at <= size && memcmp(plain, about.b, at) == 0;
    if (fits) {
        memcpy(bytes_out, plain + at, len - at);
        *len_out = len - at;
    }
    sodium_memzero(plain, len);
    return fits;
}

bool disk_can_seal_words(struct disk *disk)
{
    struct seal_public public;
    return centre_key(disk, &public) == ERR_OK;
}
