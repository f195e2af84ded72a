#include "credentials.h"

#include "proof/card.h"
#include "proof/confirm.h"
#include "proof/enrol_code.h"
#include "proof/scan.h"
#include "proof/secret.h"
#include "proof/site_code.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define TRUSTED_MAX 64

struct device_key {
    struct key key;
    struct site_code_key sites;
    uint8_t run_secret[crypto_generichash_KEYBYTES]; /* of this run only */
    size_t believed_count;
    struct key_public believed[1 + TRUSTED_MAX]; /* its own is the first */
};

_Static_assert(CREDENTIAL_KEY_SIZE == CARD_KEY_SIZE, "a card's key is stored as it is");
_Static_assert(CREDENTIAL_HASH_SIZE > 2 * SECRET_RECORD_SIZE, "a record as hex fits");
_Static_assert(CREDENTIAL_SITE_SIZE >= SITE_CODE_QR_SIZE &&
                   CREDENTIAL_SITE_SIZE >= SITE_CODE_SHOWN_SIZE,
               "a site's code fits");
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
    site_code_key_of(seed, &key->sites);
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

/* ---- dice whose throws belong to one fact ------------------------------------------ */

_Static_assert(sizeof((struct fact_dice *)0)->key == crypto_stream_chacha20_KEYBYTES,
               "libsodium's size");

static void fact_fill(void *ctx, void *out, size_t len)
{
    struct fact_dice *dice = ctx;
    uint8_t nonce[crypto_stream_chacha20_NONCEBYTES] = {0};
    memcpy(nonce, &dice->used, sizeof dice->used);
    dice->used++;
    crypto_stream_chacha20(out, len, nonce, dice->key);
}

struct rng fact_dice_of(struct fact_dice *dice, const struct device_key *key,
                        struct uid fact, uint8_t use)
{
    uint8_t what[sizeof fact.b + 1];
    memcpy(what, fact.b, sizeof fact.b);
    what[sizeof fact.b] = use;
    dice->used = 0;
    crypto_generichash(dice->key, sizeof dice->key, what, sizeof what, key->run_secret,
                       sizeof key->run_secret);
    return (struct rng){fact_fill, dice};
}

/* ---- reading ----------------------------------------------------------------------- */

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
    credential->fact = slip.payload.fact;
    credential->minutes = slip.payload.minutes;
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
    case SCAN_ENROL_CODE:
        credential_out->kind = CREDENTIAL_CENTRE;
        break;
    case SCAN_SITE_CODE:
        credential_out->kind = CREDENTIAL_SITE;
        break;
    case SCAN_OTHER:
        break;
    }
}

/* ---- making ------------------------------------------------------------------------ */

void credential_make_card(const struct device_key *key, struct uid fact, bool staff,
                          char text_out[CREDENTIAL_TEXT_SIZE],
                          uint8_t lookup_out[CREDENTIAL_KEY_SIZE])
{
    struct fact_dice dice;
    struct rng rng = fact_dice_of(&dice, key, fact, 'C');
    struct card card = card_make(staff ? CARD_STAFF : CARD_PARTICIPANT, &rng);
    card_encode(&card, text_out);
    card_lookup_key(&card, lookup_out);
    card_wipe(&card);
    sodium_memzero(&dice, sizeof dice);
}

static enum err hash(const struct device_key *key, struct uid fact, struct secret *secret,
                     char hash_out[CREDENTIAL_HASH_SIZE])
{
    struct fact_dice dice;
    struct rng rng = fact_dice_of(&dice, key, fact, 'S');
    struct secret_record record;
    enum err err = secret_hash(secret, &rng, &record);
    if (err == ERR_OK) {
        sodium_bin2hex(hash_out, CREDENTIAL_HASH_SIZE, record.b, sizeof record.b);
    }
    secret_wipe(secret);
    sodium_memzero(&dice, sizeof dice);
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

enum err credential_hash_pin(const struct device_key *key, struct uid fact,
                             const char *pin, char hash_out[CREDENTIAL_HASH_SIZE])
{
    struct secret secret;
    enum err err = secret_from_pin(str_of(pin), &secret);
    return err != ERR_OK ? err : hash(key, fact, &secret, hash_out);
}

static enum err check(struct secret *secret, const char *hash)
{
    struct secret_record record;
    size_t len = 0;
    bool read = hash != NULL &&
                sodium_hex2bin(record.b, sizeof record.b, hash, strlen(hash), NULL, &len,
                               NULL) == 0 &&
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

/* ---- slips ------------------------------------------------------------------------- */

static enum err sign(const struct device_key *key, enum payload_kind kind,
                     const struct wish *wish, date_t issued,
                     char text_out[CREDENTIAL_TEXT_SIZE])
{
    struct payload payload = {
        .kind = kind,
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

enum err credential_sign_wish(const struct device_key *key, const struct wish *wish,
                              date_t issued, char text_out[CREDENTIAL_TEXT_SIZE])
{
    return sign(key, PAYLOAD_WISH, wish, issued, text_out);
}

enum err credential_sign_agreement(const struct device_key *key, const struct wish *wish,
                                   date_t issued, char text_out[CREDENTIAL_TEXT_SIZE])
{
    return sign(key, PAYLOAD_AGREEMENT, wish, issued, text_out);
}

enum err credential_sign_hours(const struct device_key *key, const struct wish *wish,
                               int minutes, date_t issued,
                               char text_out[CREDENTIAL_TEXT_SIZE])
{
    /* What is only on the sheet has no offer any more. */
    const char *code = wish->code[0] != '\0' ? wish->code : "-";
    struct confirm confirm = {
        .fact = wish->id,
        .participant = wish->participant,
        .field = wish->field,
        .date = wish->work.date,
        .start = wish->work.start,
        .end = wish->work.end,
        .minutes = minutes,
        .issued = issued,
    };
    if (minutes > confirm.end - confirm.start) {
        confirm.end =
            confirm.start + minutes; /* it took longer, and staff confirmed it */
    }
    if (!str_copy(confirm.offer_code, sizeof confirm.offer_code, str_of(code))) {
        return ERR_INVALID;
    }
    char text[PAYLOAD_TEXT_SIZE];
    enum err err = confirm_sign(&confirm, &key->key, text);
    if (err == ERR_OK) {
        str_copy(text_out, CREDENTIAL_TEXT_SIZE, str_of(text));
    }
    return err;
}

/* ---- order sheets ------------------------------------------------------------------ */

void credential_site_code(const struct device_key *key, struct str offer_code,
                          date_t date, char shown_out[CREDENTIAL_SITE_SIZE],
                          char qr_out[CREDENTIAL_SITE_SIZE])
{
    char code[SITE_CODE_SIZE];
    site_code_make(&key->sites, offer_code, date, code);
    site_code_show(code, shown_out);
    site_code_qr(code, qr_out);
}

enum err credential_read_site(struct str text, char code_out[CREDENTIAL_SITE_SIZE])
{
    return site_code_parse(text, code_out);
}

bool credential_is_site(const struct device_key *key, struct str offer_code, date_t date,
                        const char code[CREDENTIAL_SITE_SIZE])
{
    return site_code_check(&key->sites, offer_code, date, code);
}

/* ---- coming to a centre ------------------------------------------------------------ */

_Static_assert(CREDENTIAL_URL_SIZE == ENROL_URL_MAX + 1 &&
                   CREDENTIAL_CODE_SIZE == ENROL_CODE_CHARS + 1 &&
                   CREDENTIAL_CODE_BYTES == ENROL_CODE_SIZE,
               "an address and a code fit");

enum err credential_read_centre(struct str text, char url_out[CREDENTIAL_URL_SIZE],
                                char code_out[CREDENTIAL_CODE_SIZE])
{
    struct enrol_code code;
    char shown[ENROL_CODE_TEXT_SIZE];
    size_t len = 0;
    enum err err = enrol_qr_parse(text, &code, url_out);
    if (err != ERR_OK) {
        return err;
    }
    enrol_code_format(&code, shown);
    for (const char *c = shown; *c != '\0'; c++) {
        if (enrol_code_has(*c)) {
            code_out[len++] = *c;
        }
    }
    code_out[len] = '\0';
    sodium_memzero(&code, sizeof code);
    sodium_memzero(shown, sizeof shown);
    return ERR_OK;
}

enum err credential_code_bytes(struct str url, struct str code,
                               uint8_t bytes_out[CREDENTIAL_CODE_BYTES])
{
    struct enrol_code parsed;
    if (!enrol_url_valid(url) || enrol_code_parse(code, &parsed) != ERR_OK) {
        return ERR_INVALID;
    }
    memcpy(bytes_out, parsed.b, sizeof parsed.b);
    sodium_memzero(&parsed, sizeof parsed);
    return ERR_OK;
}
