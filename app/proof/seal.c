#include "proof/seal.h"

#include "proof/card.h"

#include <sodium.h>
#include <string.h>

#define VERSION 1
#define PLAIN_MAX (SEAL_SIZE_MAX - crypto_box_SEALBYTES)
/* How deep libsodium's functions may leave copies of the first or last bytes below us. */
#define LEFT_ON_STACK 2048

enum { AT_VERSION = 0, AT_PURPOSE = 1, AT_LEN = 2, AT_BYTES = 4 };

_Static_assert(SEAL_PUBLIC_SIZE == crypto_box_PUBLICKEYBYTES, "libsodium's size");
_Static_assert(SEAL_SECRET_SIZE == crypto_box_SECRETKEYBYTES, "libsodium's size");
_Static_assert(crypto_box_SEALBYTES == 48, "SEAL_SIZE counts with it");
_Static_assert(SEAL_LEN_MAX <= UINT16_MAX, "the length has two bytes");

static void pair_from_seed(const uint8_t seed[crypto_box_SEEDBYTES],
                           struct seal_pair *pair)
{
    crypto_box_seed_keypair(pair->public.b, pair->secret, seed);
}

void seal_keys_make(const struct rng *rng, struct seal_pair *pair_out)
{
    uint8_t seed[crypto_box_SEEDBYTES];
    rng_fill(rng, seed, sizeof seed);
    pair_from_seed(seed, pair_out);
    sodium_memzero(seed, sizeof seed);
}

void seal_keys_from_card(const struct card *card, struct seal_pair *pair_out)
{
    uint8_t seed[CARD_KEY_SIZE];
    _Static_assert(CARD_KEY_SIZE == crypto_box_SEEDBYTES, "a card's seed makes a pair");
    card_derive_seed(card, STR("anlauf seal 1"), seed);
    pair_from_seed(seed, pair_out);
    sodium_memzero(seed, sizeof seed);
}

enum err seal_keys_from_secret(const uint8_t secret[SEAL_SECRET_SIZE],
                               const struct seal_public *public,
                               struct seal_pair *pair_out)
{
    struct seal_public own;
    crypto_scalarmult_base(own.b, secret);
    if (memcmp(own.b, public->b, sizeof own.b) != 0) {
        return ERR_CORRUPT;
    }
    pair_out->public = own;
    memcpy(pair_out->secret, secret, SEAL_SECRET_SIZE);
    return ERR_OK;
}

void seal_keys_wipe(struct seal_pair *pair)
{
    sodium_memzero(pair, sizeof *pair);
}

size_t seal_size(size_t len)
{
    CHECK(len <= SEAL_LEN_MAX);
    return SEAL_SIZE(len);
}

bool seal_size_exists(size_t sealed_len)
{
    return sealed_len >= SEAL_SIZE(0) && sealed_len <= SEAL_SIZE_MAX &&
           (sealed_len - SEAL_SIZE(0)) % SEAL_BUCKET == 0;
}

/* The one-time key pair of one seal. The dice alone would do; the content is hashed in,
 * so that dice thrown alike (a retry of a fact) meet another content with other keys. */
static void one_time_pair(const struct seal_public *to, const uint8_t *plain, size_t len,
                          const struct rng *rng, struct seal_pair *pair_out)
{
    static const char label[] = "anlauf seal one-time 1";
    uint8_t dice[crypto_generichash_KEYBYTES], seed[crypto_box_SEEDBYTES];
    crypto_generichash_state state;
    rng_fill(rng, dice, sizeof dice);
    crypto_generichash_init(&state, dice, sizeof dice, sizeof seed);
    crypto_generichash_update(&state, (const uint8_t *)label, sizeof label);
    crypto_generichash_update(&state, to->b, sizeof to->b);
    crypto_generichash_update(&state, plain, len);
    crypto_generichash_final(&state, seed, sizeof seed);
    pair_from_seed(seed, pair_out);
    sodium_memzero(&state, sizeof state);
    sodium_memzero(dice, sizeof dice);
    sodium_memzero(seed, sizeof seed);
}

/* What crypto_box_seal() does, with dice that are handed in. */
static enum err seal_plain(const struct seal_public *to, const uint8_t *plain, size_t len,
                           const struct rng *rng, uint8_t *sealed_out)
{
    struct seal_pair pair;
    uint8_t nonce[crypto_box_NONCEBYTES], both[2 * SEAL_PUBLIC_SIZE];
    one_time_pair(to, plain, len, rng, &pair);
    memcpy(both, pair.public.b, SEAL_PUBLIC_SIZE);
    memcpy(both + SEAL_PUBLIC_SIZE, to->b, SEAL_PUBLIC_SIZE);
    crypto_generichash(nonce, sizeof nonce, both, sizeof both, NULL, 0);
    int failed = crypto_box_easy(sealed_out + SEAL_PUBLIC_SIZE, plain, len, nonce, to->b,
                                 pair.secret);
    if (!failed) {
        memcpy(sealed_out, pair.public.b, SEAL_PUBLIC_SIZE);
    }
    seal_keys_wipe(&pair);
    return failed ? ERR_INVALID : ERR_OK;
}

enum err seal_put(const struct seal_public *to, enum seal_purpose purpose,
                  const uint8_t *bytes, size_t len, const struct rng *rng,
                  uint8_t *sealed_out, size_t sealed_size)
{
    uint8_t plain[PLAIN_MAX] = {
        [AT_VERSION] = VERSION,
        [AT_PURPOSE] = (uint8_t)purpose,
        [AT_LEN] = (uint8_t)(len >> 8),
        [AT_LEN + 1] = (uint8_t)len,
    };
    CHECK(purpose > 0 && purpose < SEAL_PURPOSE_END);
    if (len > SEAL_LEN_MAX || seal_size(len) > sealed_size) {
        return ERR_FULL;
    }
    if (len > 0) {
        memcpy(plain + AT_BYTES, bytes, len);
    }
    enum err err =
        seal_plain(to, plain, seal_size(len) - crypto_box_SEALBYTES, rng, sealed_out);
    sodium_memzero(plain, AT_BYTES + len);
    sodium_stackzero(LEFT_ON_STACK);
    return err;
}

/* Is this exactly what seal_put() would have sealed for this purpose? */
static bool plain_is_ours(const uint8_t *plain, size_t plain_len,
                          enum seal_purpose purpose)
{
    size_t len = (size_t)plain[AT_LEN] << 8 | plain[AT_LEN + 1];
    return plain[AT_VERSION] == VERSION && plain[AT_PURPOSE] == (uint8_t)purpose &&
           len <= SEAL_LEN_MAX && SEAL_SIZE(len) - crypto_box_SEALBYTES == plain_len &&
           sodium_is_zero(plain + AT_BYTES + len, plain_len - AT_BYTES - len);
}

static enum err take_bytes(const uint8_t *plain, size_t plain_len,
                           enum seal_purpose purpose, uint8_t *bytes_out, size_t size,
                           size_t *len_out)
{
    size_t len = (size_t)plain[AT_LEN] << 8 | plain[AT_LEN + 1];
    if (!plain_is_ours(plain, plain_len, purpose)) {
        return ERR_CORRUPT;
    }
    if (len > size) {
        return ERR_FULL;
    }
    if (len > 0) {
        memcpy(bytes_out, plain + AT_BYTES, len);
    }
    *len_out = len;
    return ERR_OK;
}

enum err seal_open(const struct seal_pair *pair, enum seal_purpose purpose,
                   const uint8_t *sealed, size_t sealed_len, uint8_t *bytes_out,
                   size_t size, size_t *len_out)
{
    uint8_t plain[PLAIN_MAX];
    enum err err = ERR_DENIED;
    if (!seal_size_exists(sealed_len)) {
        return ERR_CORRUPT;
    }
    size_t plain_len = sealed_len - crypto_box_SEALBYTES;
    if (crypto_box_seal_open(plain, sealed, sealed_len, pair->public.b, pair->secret) ==
        0) {
        err = take_bytes(plain, plain_len, purpose, bytes_out, size, len_out);
        sodium_memzero(plain, plain_len);
        sodium_stackzero(LEFT_ON_STACK);
    }
    return err;
}

enum err seal_move(const struct seal_pair *from, const struct seal_public *to,
                   enum seal_purpose purpose, const uint8_t *sealed, size_t sealed_len,
                   const struct rng *rng, uint8_t *moved_out)
{
    uint8_t bytes[SEAL_LEN_MAX];
    size_t len;
    enum err err =
        seal_open(from, purpose, sealed, sealed_len, bytes, sizeof bytes, &len);
    if (err == ERR_OK) {
        err = seal_put(to, purpose, bytes, len, rng, moved_out, sealed_len);
        sodium_memzero(bytes, len);
    }
    return err;
}

void seal_text_format(const uint8_t *sealed, size_t len, char *text_out, size_t text_size)
{
    CHECK(text_size >= SEAL_BASE64_SIZE(len));
    sodium_bin2base64(text_out, text_size, sealed, len, sodium_base64_VARIANT_ORIGINAL);
}

static size_t text_bytes(struct str text)
{
    size_t len = text.len / 4 * 3;
    for (size_t i = 0; i < 2 && len > 0 && text.ptr[text.len - 1 - i] == '='; i++) {
        len--;
    }
    return len;
}

enum err seal_text_parse(struct str text, uint8_t *sealed_out, size_t size,
                         size_t *len_out)
{
    size_t len;
    if (text_bytes(text) > size) {
        return ERR_FULL;
    }
    if (sodium_base642bin(sealed_out, size, text.ptr, text.len, NULL, &len, NULL,
                          sodium_base64_VARIANT_ORIGINAL) != 0) {
        return ERR_INVALID;
    }
    *len_out = len;
    return ERR_OK;
}

struct key_id seal_key_id(const struct seal_public *public)
{
    struct key_public as_key;
    memcpy(as_key.b, public->b, sizeof as_key.b);
    return key_id_of(&as_key);
}

void seal_public_format(const struct seal_public *public, char out[KEY_PUBLIC_TEXT_SIZE])
{
    sodium_bin2hex(out, KEY_PUBLIC_TEXT_SIZE, public->b, sizeof public->b);
}

enum err seal_public_parse(struct str hex, struct seal_public *public_out)
{
    struct key_public as_key;
    enum err err = key_public_parse(hex, &as_key);
    if (err == ERR_OK) {
        memcpy(public_out->b, as_key.b, sizeof public_out->b);
    }
    return err;
}
