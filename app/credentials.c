#include "credentials.h"

#include "proof/card.h"
#include "proof/payload.h"
#include "proof/scan.h"
#include "proof/secret.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define TRUSTED_MAX 64

struct device_key {
    struct key key;
    uint8_t run_secret[crypto_generichash_KEYBYTES]; /* of this run only */
    size_t believed_count;
    struct key_public believed[1 + TRUSTED_MAX]; /* its own is the first */
};

_Static_assert(CREDENTIAL_KEY_SIZE == CARD_KEY_SIZE, "a card's key is stored as it is");
_Static_assert(CREDENTIAL_HASH_SIZE > 2 * SECRET_RECORD_SIZE, "a record as hex fits");
_Static_assert(CREDENTIAL_TEXT_SIZE >= SCAN_CHARS_MAX + 1, "a scan fits");

enum err device_key_open(const uint8_t seed[32], const struct rng *rng,
                         const struct key_public *trusted, size_t trusted_count,
                         struct device_key **key_out)
{
    CHECK(trusted_count <= TRUSTED_MAX);
    struct device_key *key = calloc(1, sizeof *key);
    if (key == NULL) {
        return ERR_FULL;
    }
    key_from_seed(seed, &key->key);
    rng_fill(rng, key->run_secret, sizeof key->run_secret);
    key->believed[0] = key->key.public;
    for (size_t i = 0; i < trusted_count; i++) {
        key->believed[1 + i] = trusted[i];
    }
    key->believed_count = 1 + trusted_count;
    *key_out = key;
    return ERR_OK;
}

void device_key_close(struct device_key *key)
{
    if (key != NULL) {
        sodium_memzero(key, sizeof *key);
        free(key);
    }
}

/* ---- dice whose throws belong to one fact ---------------------------------------------- */

struct fact_rng {
    uint8_t key[crypto_stream_chacha20_KEYBYTES];
    uint64_t used;
};

static void fact_fill(void *ctx, void *out, size_t len)
{
    struct fact_rng *rng = ctx;
    uint8_t nonce[crypto_stream_chacha20_NONCEBYTES] = {0};
    memcpy(nonce, &rng->used, sizeof rng->used);
    rng->used++;
    crypto_stream_chacha20(out, len, nonce, rng->key);
}

static struct rng fact_rng(struct fact_rng *state, const struct device_key *key,
                           struct uid fact, uint8_t purpose)
{
    uint8_t what[sizeof fact.b + 1];
    memcpy(what, fact.b, sizeof fact.b);
    what[sizeof fact.b] = purpose;
    state->used = 0;
    crypto_generichash(state->key, sizeof state->key, what, sizeof what, key->run_secret,
                       sizeof key->run_secret);
    return (struct rng){fact_fill, state};
}

/* ---- reading ---------------------------------------------------------------------------- */

static void read_slip(const struct device_key *key, struct credential *credential)
{
    struct payload_signed slip;
    size_t at;
    if (payload_decode(str_of(credential->text), &slip, &at) != ERR_OK) {
        return;
    }
    credential->kind = CREDENTIAL_SLIP_FALSE;
    if (payload_verify(&slip, key->believed, key->believed_count) != ERR_OK) {
        return;
    }
    credential->kind = CREDENTIAL_SLIP_TRUE;
    memcpy(credential->code, slip.payload.offer_code, sizeof credential->code);
    credential->date = slip.payload.date;
    credential->start = slip.payload.start;
    credential->end = slip.payload.end;
}

static void read_card(struct credential *credential)
{
    struct card card;
    if (card_decode(str_of(credential->text), &card) != ERR_OK) {
        return;
    }
    card_lookup_key(&card, credential->lookup);
    credential->kind = card.kind == CARD_STAFF ? CREDENTIAL_STAFF : CREDENTIAL_PERSON;
    card_wipe(&card);
}

void credential_read(const struct device_key *key, struct str text,
                     struct credential *credential_out)
{
    memset(credential_out, 0, sizeof *credential_out);
    size_t len = scan_clean(credential_out->text, text);
    switch (scan_kind_of((struct str){credential_out->text, len})) {
    case SCAN_SLIP:
        read_slip(key, credential_out);
        break;
    case SCAN_CARD:
    case SCAN_STAFF_CARD:
        read_card(credential_out);
        break;
    case SCAN_SITE_CODE: /* says nothing without knowing the job */
    case SCAN_OTHER:
        break;
    }
}

/* ---- making ----------------------------------------------------------------------------- */

void credential_make_card(const struct device_key *key, struct uid fact, bool staff,
                          char text_out[CREDENTIAL_TEXT_SIZE],
                          uint8_t lookup_out[CREDENTIAL_KEY_SIZE])
{
    struct fact_rng state;
    struct rng rng = fact_rng(&state, key, fact, 'C');
    struct card card = card_make(staff ? CARD_STAFF : CARD_PARTICIPANT, &rng);
    card_encode(&card, text_out);
    card_lookup_key(&card, lookup_out);
    card_wipe(&card);
    sodium_memzero(&state, sizeof state);
}

static enum err hash(const struct device_key *key, struct uid fact, struct secret *secret,
                     char hash_out[CREDENTIAL_HASH_SIZE])
{
    struct fact_rng state;
    struct rng rng = fact_rng(&state, key, fact, 'S');
    struct secret_record record;
    enum err err = secret_hash(secret, &rng, &record);
    if (err == ERR_OK) {
        sodium_bin2hex(hash_out, CREDENTIAL_HASH_SIZE, record.b, sizeof record.b);
    }
    secret_wipe(secret);
    sodium_memzero(&state, sizeof state);
    return err;
}

enum err credential_hash_pictures(const struct device_key *key, struct uid fact,
                                  const uint8_t pictures[4],
                                  char hash_out[CREDENTIAL_HASH_SIZE])
{
    struct secret secret;
    enum err err = secret_from_pictures(pictures, &secret);
    return err != ERR_OK ? err : hash(key, fact, &secret, hash_out);
}

enum err credential_hash_pin(const struct device_key *key, struct uid fact, const char *pin,
                             char hash_out[CREDENTIAL_HASH_SIZE])
{
    struct secret secret;
    enum err err = secret_from_pin(str_of(pin), &secret);
    return err != ERR_OK ? err : hash(key, fact, &secret, hash_out);
}

static enum err check(struct secret *secret, const char *hash)
{
    struct secret_record record;
    size_t len = 0;
    bool read = hash != NULL && sodium_hex2bin(record.b, sizeof record.b, hash, strlen(hash),
                                               NULL, &len, NULL) == 0 &&
                len == sizeof record.b;
    enum err err = secret_check(secret, read ? &record : NULL);
    secret_wipe(secret);
    return err;
}

enum err credential_check_pictures(const uint8_t pictures[4], const char *hash)
{
    struct secret secret;
    enum err err = secret_from_pictures(pictures, &secret);
    return err != ERR_OK ? ERR_DENIED : check(&secret, hash);
}

enum err credential_check_pin(const char *pin, const char *hash)
{
    struct secret secret;
    enum err err = secret_from_pin(str_of(pin), &secret);
    return err != ERR_OK ? ERR_DENIED : check(&secret, hash);
}

enum err credential_sign_wish(const struct device_key *key, const struct wish *wish,
                              date_t issued, char text_out[CREDENTIAL_TEXT_SIZE])
{
    struct payload payload = {
        .kind = PAYLOAD_WISH,
        .fact = wish->id,
        .holder = payload_holder_of(wish->participant, wish->id),
        .date = wish->work.date,
        .start = wish->work.start,
        .end = wish->work.end,
        .issued = issued,
    };
    if (!str_copy(payload.offer_code, sizeof payload.offer_code, str_of(wish->code))) {
        return ERR_INVALID;
    }
    char text[PAYLOAD_TEXT_SIZE];
    enum err err = payload_encode(&payload, &key->key, text);
    if (err == ERR_OK) {
        str_copy(text_out, CREDENTIAL_TEXT_SIZE, str_of(text));
    }
    return err;
}
